"""Which relations the ontology lets tie two things together, by the types of their ends."""

from __future__ import annotations

from collections.abc import Iterable

from ecosystem.ontology import Kind, Ontology
from ecosystem.ontology.model import Relation

__all__ = ["fits", "relations_between"]


def fits(relation: Relation, subject: Kind, target: Kind) -> bool:
    """Tell whether a relation may run from a thing of one kind to a thing of another."""
    return _within(subject, relation.domains) and _within(target, relation.ranges)


def relations_between(ontology: Ontology, relations: Iterable[str], one: Kind, other: Kind) -> list[tuple[str, bool]]:
    """Return those of `relations` that may tie two kinds, and whether from the one to the other or the other way."""
    found = []
    for iri in relations:
        relation = ontology.relations[iri]
        if fits(relation, one, other):
            found.append((iri, True))
        elif fits(relation, other, one):
            found.append((iri, False))
    return found


def _within(kind: Kind, allowed: tuple[str, ...]) -> bool:
    return not allowed or bool({kind.iri, *kind.ancestors}.intersection(allowed))
