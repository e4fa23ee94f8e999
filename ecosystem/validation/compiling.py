"""From shapes to SPARQL: one query a constraint, each about all that the shape aims at, at once.

A pattern is the text between braces. `Where` makes the pattern that binds a variable to the nodes in question; every
function here returns a pattern over those. `FILTER NOT EXISTS` is not used: with more than one triple in it the
engine asks it anew for every row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.validation.conditions import CONDITIONS
from ecosystem.validation.graph import ShapesError, Unsupported
from ecosystem.validation.paths import Path
from ecosystem.validation.shapes import Constraint, Shape, Target

__all__ = ["FOCUS", "PATH", "VALUE", "Check", "Compiler"]

FOCUS: Final = "?focus"
VALUE: Final = "?value"
PATH: Final = "?path"
# Constraints that each value meets or fails by itself.
OF_VALUES: Final = frozenset({*CONDITIONS, "class", "not", "and", "or", "xone", "node"})
Where = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint of one shape, as a query that finds what fails it.

    `query` selects ?focus, and ?value and ?path where there are any. `screen` asks the same without regard to what
    the shape aims at, which is several times cheaper: where its answer is no, nothing fails. `focuses` are queries
    for the nodes to put into `query`, one after another, where it can only be asked of one at a time.
    """

    shape: Shape
    constraint: Constraint
    query: str
    screen: str = ""
    focuses: str = ""


class Compiler:
    """Turns shapes into checks.

    Parameters
    ----------
    classes_below
        Returns a class and all below it, sorted: what is of one of them is of the class.
    """

    def __init__(self, classes_below: Callable[[str], Sequence[str]]) -> None:
        self._below = classes_below
        self._count = 0

    def checks(self, shape: Shape) -> Iterator[Check]:
        """Yield the checks of a shape and of the property shapes in it.

        Raises
        ------
        Unsupported
            If something in it has no form in SPARQL.
        """
        yield from self._checks(
            shape, lambda node: self._targets(shape.targets, node), _only_subjects_of(shape.targets)
        )

    def _checks(self, shape: Shape, where: Where, subjects_of: str = "") -> Iterator[Check]:
        for rule in shape.constraints:
            if rule.name == "sparql":
                focuses = f"SELECT DISTINCT {FOCUS} {{ {where(FOCUS)} }}"
                yield Check(shape, rule, rule.query, focuses=focuses)
                continue
            value = FOCUS if shape.path is None and rule.name in OF_VALUES else VALUE
            plain = shape.path is not None and bool(shape.path.predicate)
            everywhere = plain and shape.path is not None and shape.path.predicate == subjects_of
            targets = _anywhere if everywhere and rule.name in (*OF_VALUES, "maxCount") else where
            found = self._violations(shape, rule, targets, FOCUS, value)
            columns = dict.fromkeys(
                (FOCUS, *([value] if _has_value(rule) else []), *([PATH] if rule.name == "closed" else []))
            )
            yield Check(
                shape,
                rule,
                f"SELECT DISTINCT {' '.join(columns)} {{ {found} }}",
                self._screen(shape, rule) if plain and not (everywhere and rule.name in OF_VALUES) else "",
            )
        for inner in shape.properties:
            yield from self._checks(inner, self._values(shape.path, where))

    def _screen(self, shape: Shape, rule: Constraint) -> str:
        """Return the question whether anything at all fails a constraint on a single property."""
        path = shape.path
        if path is None:
            return ""
        if rule.name in OF_VALUES:
            return f"ASK {{ {self._failing_values(rule, self._values(path, _anywhere), VALUE)} }}"
        if rule.name == "maxCount" and _number(rule) > 0:
            rows, nodes = "(COUNT(?focus) AS ?rows)", "(COUNT(DISTINCT ?focus) AS ?nodes)"
            return f"ASK {{ {{ SELECT {rows} {nodes} {{ ?focus {path.sparql} ?value }} }} FILTER(?rows != ?nodes) }}"
        return ""

    # Where to look ---------------------------------------------------------------------------------------------------

    def _new(self) -> str:
        self._count += 1
        return f"?v{self._count}"

    def _targets(self, targets: Sequence[Target], node: str) -> str:
        return _union(self._target(target, node) for target in targets)

    def _target(self, target: Target, node: str) -> str:
        if target.kind == "targetNode":
            return f"VALUES {node} {{ {_constant(target.node)} }}"
        if not isinstance(target.node, ox.NamedNode):
            raise ShapesError(f"sh:{target.kind} is no IRI: {target.node}")
        if target.kind == "targetClass":
            return self._instances(target.node.value, node)
        if target.kind == "targetSubjectsOf":
            return f"{node} {target.node} {self._new()} ."
        return f"{self._new()} {target.node} {node} ."

    def _instances(self, kind: str, node: str) -> str:
        classes = [str(ox.NamedNode(iri)) for iri in self._below(kind)]
        a = str(ox.NamedNode(terms.RDF_TYPE))
        if len(classes) == 1:
            return f"{node} {a} {classes[0]} ."
        one = self._new()
        return f"VALUES {one} {{ {' '.join(classes)} }} {node} {a} {one} ."

    def _values(self, path: Path | None, where: Where) -> Where:
        """Return where the values are, of the nodes that are somewhere."""
        if path is None:
            return where

        def values(node: str) -> str:
            return _reach(where, self._new(), path, node)

        return values

    # What fails ------------------------------------------------------------------------------------------------------

    def _violations(self, shape: Shape, rule: Constraint, where: Where, focus: str, value: str) -> str:
        """Return the pattern of what fails a constraint: its focus, and the value that is to blame."""
        if rule.name not in OF_VALUES:
            return WHOLE_SET[rule.name](self, shape, rule, where, focus, value)
        if shape.path is None:
            return self._failing_values(rule, where, focus)
        reach = _reach(where, focus, shape.path, value)
        if rule.name in CONDITIONS:
            return f"{reach} {_unless(CONDITIONS[rule.name](rule, value))}"
        values = self._values(shape.path, where)
        return f"{{ SELECT DISTINCT {value} {{ {self._failing_values(rule, values, value)} }} }} {reach}"

    def _failing_values(self, rule: Constraint, values: Where, value: str) -> str:
        """Return the pattern of the values that fail a constraint on each value."""
        if rule.name in CONDITIONS:
            return f"{values(value)} {_unless(CONDITIONS[rule.name](rule, value))}"
        failing = [self._failing(shape, values, value) for shape in rule.shapes]
        if rule.name in ("node", "and"):
            return _union(failing)
        if rule.name == "or":
            return " ".join(f"{{ {each} }}" for each in failing)
        distinct = f"{{ SELECT DISTINCT {value} {{ {values(value)} }} }}"
        if rule.name == "not":
            return f"{distinct} MINUS {{ {failing[0]} }}"
        if rule.name == "class":
            return f"{distinct} MINUS {{ {self._instances(_iri(rule), value)} }}"
        count = self._new()
        return (
            f"{distinct} OPTIONAL {{ SELECT {value} (COUNT(*) AS {count}) {{ {_union(failing)} }} GROUP BY {value} }} "
            f"FILTER(COALESCE({count}, 0) != {len(failing) - 1})"
        )

    def _failing(self, shape: Shape, where: Where, node: str) -> str:
        """Return the pattern of the nodes, among those somewhere, that do not conform to a shape."""
        found = []
        for rule in shape.constraints:
            if rule.name == "sparql":
                raise Unsupported("sh:sparql in a shape that another one refers to")
            value = node if shape.path is None and rule.name in OF_VALUES else self._new()
            found.append(self._violations(shape, rule, where, node, value))
        for inner in shape.properties:
            if shape.path is None:
                found.append(self._failing(inner, where, node))
            else:
                value = self._new()
                failing = self._failing(inner, self._values(shape.path, where), value)
                found.append(f"{{ {failing} }} {_reach(where, node, shape.path, value)}")
        return f"SELECT DISTINCT {node} {{ {_union(found)} }}"

    # Constraints on all values of a node together --------------------------------------------------------------------

    def _fewer(self, shape: Shape, rule: Constraint, where: Where, focus: str, value: str) -> str:
        least, path, any_ = _number(rule), _path(shape), self._new()
        if least == 0 or (least == 1 and path.open):
            return NOTHING
        if least > 1:
            return self._counted(where, focus, f"OPTIONAL {{ {_found(where, focus, path, any_)} }}", any_, f"< {least}")
        if path.predicate:
            return f"{where(focus)} MINUS {{ {focus} {path.sparql} {any_} }}"
        return f"{where(focus)} OPTIONAL {{ {focus} {path.sparql} {any_} }} FILTER(!BOUND({any_}))"

    def _more(self, shape: Shape, rule: Constraint, where: Where, focus: str, value: str) -> str:
        any_ = self._new()
        found = _found(where, focus, _path(shape), any_)
        return self._counted(where, focus, found, any_, f"> {_number(rule)}")

    def _counted(self, where: Where, focus: str, pattern: str, counted: str, limit: str) -> str:
        having = f"HAVING(COUNT(DISTINCT {counted}) {limit})"
        return f"{{ SELECT {focus} {{ {where(focus)} {pattern} }} GROUP BY {focus} {having} }}"

    def _without_value(self, shape: Shape, rule: Constraint, where: Where, focus: str, value: str) -> str:
        wanted = _constant(rule.terms[0])
        if shape.path is None:
            return f"{where(focus)} FILTER(!sameTerm({focus}, {wanted}))"
        if shape.path.open:
            any_ = self._new()
            found = f"{_found(where, focus, shape.path, any_)} FILTER(sameTerm({any_}, {wanted}))"
            return f"{where(focus)} OPTIONAL {{ {found} }} FILTER(!BOUND({any_}))"
        return f"{where(focus)} MINUS {{ {focus} {shape.path.sparql} {wanted} }}"

    def _language_twice(self, shape: Shape, rule: Constraint, where: Where, focus: str, value: str) -> str:
        if getattr(rule.terms[0], "value", "") not in ("true", "1"):
            return NOTHING
        one, other, path = self._new(), self._new(), _path(shape)
        return (
            f"{_reach(where, focus, path, one)} {_found(where, focus, path, other)} FILTER(LANG({one}) != '' && "
            f"LCASE(LANG({one})) = LCASE(LANG({other})) && !sameTerm({one}, {other}))"
        )

    def _unequal(self, shape: Shape, rule: Constraint, where: Where, focus: str, value: str) -> str:
        other = f"<{_iri(rule)}>"
        theirs = f"{where(focus)} {focus} {other} {value} ."
        if shape.path is None:
            mine = f"{where(focus)} BIND({focus} AS {value})"
            return _union(
                (
                    f"{{ {mine} }} MINUS {{ {focus} {other} {value} }}",
                    f"{theirs} FILTER(!sameTerm({focus}, {value}))",
                )
            )
        mine = _reach(where, focus, shape.path, value)
        mine_too = _found(where, focus, shape.path, value)
        return _union((f"{mine} MINUS {{ {focus} {other} {value} }}", f"{{ {theirs} }} MINUS {{ {mine_too} }}"))

    def _shared(self, shape: Shape, rule: Constraint, where: Where, focus: str, value: str) -> str:
        theirs = f"{where(focus)} {focus} <{_iri(rule)}> {value} ."
        if shape.path is None:
            return f"{theirs} FILTER(sameTerm({focus}, {value}))"
        return f"{theirs} {_found(where, focus, shape.path, value)}"

    def _not_less(self, shape: Shape, rule: Constraint, where: Where, focus: str, value: str) -> str:
        other, sign = self._new(), "<" if rule.name == "lessThan" else "<="
        reach = f"{_reach(where, focus, _path(shape), value)} {focus} <{_iri(rule)}> {other} ."
        return f"{reach} {_unless(f'{value} {sign} {other}')}"

    def _open(self, shape: Shape, rule: Constraint, where: Where, focus: str, value: str) -> str:
        node = focus if shape.path is None else self._new()
        reach = where(focus) if shape.path is None else _reach(where, focus, shape.path, node)
        property = PATH if focus == FOCUS else self._new()
        known = ", ".join(str(term) for term in rule.terms)
        unknown = f"{property} NOT IN ({known})" if known else "true"
        return f"{reach} {node} {property} {value} . FILTER({unknown})"

    def _qualified(self, shape: Shape, rule: Constraint, where: Where, focus: str, value: str) -> str:
        limit, any_, path = _number(rule), self._new(), _path(shape)
        values = self._values(path, where)
        distinct = f"{{ SELECT DISTINCT {any_} {{ {values(any_)} }} }}"
        good = f"{distinct} MINUS {{ {self._failing(rule.shapes[0], values, any_)} }}"
        good += "".join(f" {{ {self._failing(sibling, values, any_)} }}" for sibling in rule.siblings)
        chosen = f"{_found(where, focus, path, any_)} {{ SELECT {any_} {{ {good} }} }}"
        if rule.name == "qualifiedMaxCount":
            return self._counted(where, focus, chosen, any_, f"> {limit}")
        if limit == 0:
            return NOTHING
        pairs = f"{{ SELECT {focus} {any_} {{ {where(focus)} {chosen} }} }}"
        return self._counted(where, focus, f"OPTIONAL {{ {pairs} }}", any_, f"< {limit}")


Violations = Callable[[Compiler, Shape, Constraint, Where, str, str], str]
WHOLE_SET: Final[Mapping[str, Violations]] = {
    "minCount": Compiler._fewer,
    "maxCount": Compiler._more,
    "hasValue": Compiler._without_value,
    "uniqueLang": Compiler._language_twice,
    "equals": Compiler._unequal,
    "disjoint": Compiler._shared,
    "lessThan": Compiler._not_less,
    "lessThanOrEquals": Compiler._not_less,
    "closed": Compiler._open,
    "qualifiedMinCount": Compiler._qualified,
    "qualifiedMaxCount": Compiler._qualified,
}
NOTHING: Final = "FILTER(false)"
WITHOUT_VALUE: Final = frozenset(
    {"minCount", "maxCount", "hasValue", "uniqueLang", "qualifiedMinCount", "qualifiedMaxCount"}
)


def _has_value(rule: Constraint) -> bool:
    return rule.name not in WITHOUT_VALUE


def _anywhere(node: str) -> str:
    """Say nothing about where a node must be: the path beside it finds all that there are."""
    return ""


def _only_subjects_of(targets: Sequence[Target]) -> str:
    """Return the property whose subjects a shape aims at, where that is all: its own path then finds them."""
    return targets[0].node.value if len(targets) == 1 and targets[0].kind == "targetSubjectsOf" else ""


def _reach(where: Where, focus: str, path: Path, value: str) -> str:
    """Return the pattern of the nodes that are somewhere, and of what a path leads to from each."""
    step = f"{where(focus)} {focus} {path.sparql} {value} ."
    # A path of no steps ends where it starts, also at a node that no statement is about, which the engine overlooks.
    return f"{{ {{ {step} }} UNION {{ {where(focus)} BIND({focus} AS {value}) }} }}" if path.open else step


def _found(where: Where, focus: str, path: Path, value: str) -> str:
    """Return the same for a pattern that stands beside one that says where the nodes are."""
    return _reach(where if path.open else _anywhere, focus, path, value)


def _union(patterns: Iterator[str] | Sequence[str]) -> str:
    return " UNION ".join(f"{{ {pattern} }}" for pattern in patterns) or NOTHING


def _unless(condition: str) -> str:
    return f"FILTER(!COALESCE({condition}, false))"


def _path(shape: Shape) -> Path:
    if shape.path is None:
        raise ShapesError(f"the shape {shape.node} has no sh:path")
    return shape.path


def _number(rule: Constraint) -> int:
    return int(getattr(rule.terms[0], "value", "0"))


def _iri(rule: Constraint) -> str:
    if not isinstance(rule.terms[0], ox.NamedNode):
        raise ShapesError(f"sh:{rule.name} is no IRI: {rule.terms[0]}")
    return rule.terms[0].value


def _constant(term: object) -> str:
    if not isinstance(term, ox.NamedNode | ox.Literal):
        raise Unsupported("a blank node as a value")
    return str(term)
