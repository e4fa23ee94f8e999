"""Shapes as they were written: statements by subject, in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from ecosystem import terms

__all__ = ["SH", "Facts", "Node", "ShapesError", "Unsupported"]

SH: Final = terms.PREFIXES["sh"]
RDF: Final = terms.PREFIXES["rdf"]
LONGEST: Final = 100_000

Node = ox.NamedNode | ox.BlankNode
Term = Node | ox.Literal | ox.Triple


class ShapesError(ValueError):
    """Shapes that contradict SHACL; caught where the file is known."""


class Unsupported(Exception):  # noqa: N818 (it is no error: someone else can do it)
    """A construct that is not turned into queries; pySHACL is asked instead."""


class Facts:
    """Statements that can be looked up by subject."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._said: defaultdict[Node, list[tuple[str, Term]]] = defaultdict(list)
        for triple in triples:
            if isinstance(triple.subject, ox.Triple):
                continue
            said = (triple.predicate.value, triple.object)
            if said not in self._said[triple.subject]:
                self._said[triple.subject].append(said)

    def subjects(self) -> list[Node]:
        """Return all that something is said of: what has a name by its name, then the rest as it was written."""
        named = sorted((node for node in self._said if isinstance(node, ox.NamedNode)), key=lambda node: node.value)
        return [*named, *(node for node in self._said if isinstance(node, ox.BlankNode))]

    def about(self, node: Term) -> list[tuple[str, Term]]:
        """Return what is said of a node: properties and values."""
        return self._said.get(node, []) if isinstance(node, ox.NamedNode | ox.BlankNode) else []

    def values(self, node: Term, property: str) -> list[Term]:
        """Return the values of a property."""
        return [value for name, value in self.about(node) if name == property]

    def one(self, node: Term, property: str) -> Term | None:
        """Return the value of a property that may have one.

        Raises
        ------
        ShapesError
            If it has several.
        """
        found = self.values(node, property)
        if len(found) > 1:
            raise ShapesError(f"{node} has more than one {property}")
        return found[0] if found else None

    def items(self, head: Term) -> tuple[Term, ...]:
        """Return the members of a list; none where this is no list.

        Raises
        ------
        ShapesError
            If it does not end.
        """
        found: list[Term] = []
        while first := self.values(head, RDF + "first"):
            found.append(first[0])
            rest = self.values(head, RDF + "rest")
            if not rest or len(found) > LONGEST:
                raise ShapesError(f"the list at {head} does not end")
            head = rest[0]
        return tuple(found)

    def instances_of(self, *classes: str) -> set[Node]:
        """Return what is said to be of one of these classes."""
        return {
            node
            for node, said in self._said.items()
            if any(name == terms.RDF_TYPE and getattr(value, "value", "") in classes for name, value in said)
        }
