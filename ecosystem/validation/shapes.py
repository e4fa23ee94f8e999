"""SHACL shapes as frozen objects, read from Turtle; what is not known here is left to pySHACL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.validation.graph import SH, Facts, Node, ShapesError, Term, Unsupported
from ecosystem.validation.paths import Path, path_of

__all__ = ["Constraint", "Shape", "Target", "read_shapes", "targets_of"]

RDFS_CLASS: Final = terms.PREFIXES["rdfs"] + "Class"
TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
# Parameters that make a constraint, and the component that each stands for where its name does not say.
COMPONENTS: Final = {
    **{
        name: name[0].upper() + name[1:] + "ConstraintComponent"
        for name in (
            *("class", "datatype", "nodeKind", "minCount", "maxCount", "in", "hasValue"),
            *("minExclusive", "minInclusive", "maxExclusive", "maxInclusive"),
            *("minLength", "maxLength", "pattern", "languageIn", "uniqueLang"),
            *("equals", "disjoint", "lessThan", "lessThanOrEquals"),
            *("not", "and", "or", "xone", "node", "closed", "qualifiedMinCount", "qualifiedMaxCount"),
        )
    },
    "sparql": "SPARQLConstraintComponent",
}
OF_SHAPES: Final = frozenset({"not", "node"})
OF_SHAPE_LISTS: Final = frozenset({"and", "or", "xone"})
OF_LISTS: Final = frozenset({"in", "languageIn"})
ONCE: Final = frozenset(
    {"datatype", "nodeKind", "minCount", "maxCount", "in", "minLength", "maxLength", "languageIn", "uniqueLang"}
    | {"closed", "qualifiedMinCount", "qualifiedMaxCount", "minExclusive", "minInclusive"}
    | {"maxExclusive", "maxInclusive"}
)
# Said of a shape, and of no consequence to what it finds, or read together with a constraint.
BESIDE: Final = frozenset(
    {*TARGETS, "path", "property", "severity", "message", "deactivated", "name", "description", "order", "group"}
    | {"defaultValue", "flags", "ignoredProperties", "qualifiedValueShape", "qualifiedValueShapesDisjoint", "declare"}
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a shape aims at: `kind` is one of TARGETS, `node` the class, node or property."""

    kind: str
    node: Node | ox.Literal


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that a shape demands: the SHACL parameter's name, and its value.

    `shapes` are those that it is about; `terms` are its value or the members of its list; `flags` a pattern's.
    """

    name: str
    terms: tuple[Term, ...] = ()
    shapes: tuple[Shape, ...] = ()
    siblings: tuple[Shape, ...] = ()
    flags: str = ""
    query: str = ""
    messages: tuple[str, ...] = ()

    @property
    def component(self) -> str:
        """IRI of the constraint component."""
        return SH + COMPONENTS[self.name]


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or a property shape where it has a path.

    `rule` is the IRI of the shape, or of the named one that it stands in.
    """

    node: Node
    rule: str
    path: Path | None
    constraints: tuple[Constraint, ...]
    properties: tuple[Shape, ...]
    severity: str
    messages: tuple[str, ...]
    remedy: str
    targets: tuple[Target, ...] = ()


def read_shapes(facts: Facts) -> Iterator[tuple[Shape | None, Node, str]]:
    """Yield every shape that aims at something; where one cannot be turned into queries, nothing and the reason.

    Raises
    ------
    ShapesError
        If a shape contradicts SHACL.
    """
    reader = _Reader(facts)
    for node in facts.subjects():
        if not targets_of(node, facts, reader.classes):
            reader.check(node)
            continue
        try:
            shape = reader.shape(node, "")
        except Unsupported as unknown:
            yield None, node, str(unknown)
        else:
            if shape is not None:
                yield shape, node, ""


def targets_of(node: Node, facts: Facts, classes: set[Node]) -> tuple[Target, ...]:
    """Return what a shape aims at; a shape that is a class aims at its instances."""
    found = [
        Target(kind, value)
        for kind in TARGETS
        for value in facts.values(node, SH + kind)
        if not isinstance(value, ox.Triple)
    ]
    if node in classes and facts.instances_of(SH + "NodeShape", SH + "PropertyShape") & {node}:
        found.append(Target("targetClass", node))
    if facts.values(node, SH + "target"):
        found.append(Target("target", node))
    return tuple(found)


class _Reader:
    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        kinds = {RDFS_CLASS} | {
            node.value
            for node in facts.subjects()
            if isinstance(node, ox.NamedNode) and ox.NamedNode(RDFS_CLASS) in facts.values(node, terms.SUB_CLASS_OF)
        }
        self.classes = facts.instances_of(*kinds)
        self.components = {
            getattr(facts.one(parameter, SH + "path"), "value", "")
            for node in facts.subjects()
            for parameter in facts.values(node, SH + "parameter")
        }
        self.reading: list[Node] = []

    def check(self, node: Node) -> None:
        """Look at a shape that aims at nothing: a property shape without a path is wrong wherever it stands."""
        if ox.NamedNode(SH + "PropertyShape") in self.facts.values(node, terms.RDF_TYPE):
            self.path(node)

    def path(self, node: Node) -> Path | None:
        """Return the path of a property shape."""
        path = self.facts.one(node, SH + "path")
        if path is not None:
            return path_of(path, self.facts)
        if ox.NamedNode(SH + "PropertyShape") in self.facts.values(node, terms.RDF_TYPE):
            raise ShapesError(f"the property shape {node} has no sh:path")
        return None

    def shape(self, node: Term, around: str) -> Shape | None:
        """Read a shape and those in it; nothing where it is switched off.

        Raises
        ------
        ShapesError, Unsupported
            If it is wrong, or holds what is not turned into queries.
        """
        if not isinstance(node, ox.NamedNode | ox.BlankNode):
            raise ShapesError(f"{node} is no shape")
        if node in self.reading:
            raise Unsupported("a shape that refers to itself")
        if self.facts.one(node, SH + "deactivated") == ox.Literal(True):
            return None
        self.reading.append(node)
        try:
            return self._shape(node, node.value if isinstance(node, ox.NamedNode) else around)
        finally:
            self.reading.pop()

    def _shape(self, node: Node, rule: str) -> Shape:
        facts = self.facts
        severity = facts.one(node, SH + "severity")
        targets = targets_of(node, facts, self.classes) if len(self.reading) == 1 else ()
        if any(target.kind == "target" for target in targets):
            raise Unsupported("sh:target")
        path = self.path(node)
        return Shape(
            node,
            rule,
            path,
            tuple(self._constraints(node, rule, path)),
            self._shapes(facts.values(node, SH + "property"), rule),
            severity.value if isinstance(severity, ox.NamedNode) else SH + "Violation",
            _texts(facts, node, SH + "message"),
            next(iter(_texts(facts, node, terms.REMEDY)), ""),
            targets,
        )

    def _shapes(self, nodes: list[Term] | tuple[Term, ...], rule: str) -> tuple[Shape, ...]:
        return tuple(shape for shape in (self.shape(node, rule) for node in nodes) if shape is not None)

    def _constraints(self, node: Node, rule: str, path: Path | None) -> Iterator[Constraint]:
        for name, value in self.facts.about(node):
            if name in self.components:
                raise Unsupported(f"the constraint component of {name}")
            if not name.startswith(SH):
                continue
            kind = name.removeprefix(SH)
            if kind in ONCE:
                self.facts.one(node, name)
            if kind in COMPONENTS:
                yield from self._constraint(node, kind, value, rule, path)
            elif kind not in BESIDE:
                raise Unsupported(f"sh:{kind}")

    def _constraint(self, node: Node, kind: str, value: Term, rule: str, path: Path | None) -> Iterator[Constraint]:
        facts = self.facts
        if kind in ("minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount"):
            _count(value, kind)
        if kind in ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals") and path is None:
            raise ShapesError(f"sh:{kind} stands in a shape without a path")
        if kind in OF_SHAPES or kind in OF_SHAPE_LISTS:
            nodes = (value,) if kind in OF_SHAPES else facts.items(value)
            if not nodes:
                raise ShapesError(f"sh:{kind} names no shapes")
            yield Constraint(kind, shapes=tuple(self._inner(each, rule) for each in nodes))
        elif kind.startswith("qualified"):
            yield from self._qualified(node, kind, value, rule, path)
        elif kind == "sparql":
            yield from self._asked(value)
        elif kind == "closed":
            if value == ox.Literal(True):
                ignored = [item for each in facts.values(node, SH + "ignoredProperties") for item in facts.items(each)]
                known = [facts.one(each, SH + "path") for each in facts.values(node, SH + "property")]
                yield Constraint(kind, tuple(term for term in (*ignored, *known) if isinstance(term, ox.NamedNode)))
        elif kind == "pattern":
            flags = facts.one(node, SH + "flags")
            yield Constraint(kind, (value,), flags=flags.value if isinstance(flags, ox.Literal) else "")
        else:
            yield Constraint(kind, facts.items(value) if kind in OF_LISTS else (value,))

    def _inner(self, node: Term, rule: str) -> Shape:
        """Return a shape that a constraint refers to; one that is switched off demands nothing."""
        found = self.shape(node, rule)
        if found is None:
            return Shape(node, rule, None, (), (), "", (), "")  # type: ignore[arg-type]
        return found

    def _qualified(self, node: Node, kind: str, count: Term, rule: str, path: Path | None) -> Iterator[Constraint]:
        facts = self.facts
        shape = facts.one(node, SH + "qualifiedValueShape")
        if shape is None or path is None:
            raise ShapesError(f"sh:{kind} needs sh:qualifiedValueShape and sh:path beside it")
        siblings: tuple[Shape, ...] = ()
        if facts.one(node, SH + "qualifiedValueShapesDisjoint") == ox.Literal(True):
            parents = [each for each in facts.subjects() if node in facts.values(each, SH + "property")]
            found = {
                sibling: None
                for parent in parents
                for property in facts.values(parent, SH + "property")
                for sibling in facts.values(property, SH + "qualifiedValueShape")
                if sibling != shape
            }
            siblings = tuple(self._inner(each, rule) for each in found)
        yield Constraint(kind, (count,), (self._inner(shape, rule),), siblings)

    def _asked(self, node: Term) -> Iterator[Constraint]:
        facts = self.facts
        if facts.one(node, SH + "deactivated") == ox.Literal(True):
            return
        select = facts.one(node, SH + "select")
        if not isinstance(select, ox.Literal):
            raise ShapesError("sh:sparql without a sh:select")
        prefixes = {
            prefix.value: space.value
            for head in facts.values(node, SH + "prefixes")
            for declared in facts.values(head, SH + "declare")
            if isinstance(prefix := facts.one(declared, SH + "prefix"), ox.Literal)
            and isinstance(space := facts.one(declared, SH + "namespace"), ox.Literal | ox.NamedNode)
        }
        head = "".join(f"PREFIX {prefix}: {ox.NamedNode(space)}\n" for prefix, space in prefixes.items())
        yield Constraint("sparql", query=head + select.value, messages=_texts(facts, node, SH + "message"))


def _count(value: Term, kind: str) -> None:
    if not isinstance(value, ox.Literal) or not value.value.isdecimal():
        raise ShapesError(f"sh:{kind} is not a whole number: {value}")


def _texts(facts: Facts, node: Term, property: str) -> tuple[str, ...]:
    """Return texts, English ones first."""
    found = [value for value in facts.values(node, property) if isinstance(value, ox.Literal)]
    return tuple(text.value for text in sorted(found, key=lambda t: (t.language not in ("en", None), t.value)))
