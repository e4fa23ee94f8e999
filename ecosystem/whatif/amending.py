"""A patch applied to statements: which to add and which to take away, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.store import EmbeddedStore, Store
from ecosystem.store.statements import triples
from ecosystem.whatif.patch import SUPPOSED, SUPPOSITION, Patch

__all__ = ["Amendment", "amendment", "patched"]

ABOUT = "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
SUBORDINATE = (terms.RDF_SUBJECT, terms.RDF_OBJECT, terms.SUBJECT_OF_FIGURE)


@dataclass(frozen=True, slots=True)
class Amendment:
    """Statements to add to a store and to take away from it; none that is there already, none that is not there."""

    added: tuple[ox.Quad, ...]
    removed: tuple[ox.Quad, ...]

    @property
    def undone(self) -> Amendment:
        """The way back: a store that is amended by both holds what it held."""
        return Amendment(self.removed, self.added)


def amendment(store: Store, patch: Patch) -> Amendment:
    """Return what a patch changes in a store, which stays as it is.

    With an actor go its ties and figures, with a relationship record the direct statement that follows from it,
    unless another record says the same.
    """
    gone: dict[ox.Quad, None] = {}
    for iri in patch.without_actors:
        gone |= dict.fromkeys(_with_dependants(store, iri))
    for iri in patch.without_ties:
        gone |= dict.fromkeys(_quads(store, {"s": ox.NamedNode(iri)}))
    gone |= dict.fromkeys(_direct(store, gone))
    graph = ox.NamedNode(SUPPOSED)
    records = (*((SUPPOSITION,) if patch.actors or patch.ties else ()), *patch.actors, *patch.ties)
    coming = dict.fromkeys(
        ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        for record in records
        for triple in triples(record)
    )
    return Amendment(tuple(quad for quad in coming if not _holds(store, quad)), tuple(gone))


def patched(store: Store, change: Amendment) -> Store:
    """Return a copy of a store with a change; the store itself stays as it is."""
    copy = EmbeddedStore.in_memory()
    copy.copy(store)
    copy.amend(change.added, change.removed)
    return copy


def _quads(store: Store, bound: dict[str, ox.NamedNode]) -> Iterator[ox.Quad]:
    for s, p, o, g in store.select(ABOUT, bound):
        yield ox.Quad(s, p, o, g)  # type: ignore[arg-type]


def _holds(store: Store, quad: ox.Quad) -> bool:
    bound = {"s": quad.subject, "p": quad.predicate, "o": quad.object, "g": quad.graph_name}
    return bool(len(store.select(ABOUT, bound)))  # type: ignore[arg-type]


def _with_dependants(store: Store, iri: str) -> Iterator[ox.Quad]:
    """Yield what is said of a thing and with it, and what is said in the records and figures that it is an end of."""
    thing = ox.NamedNode(iri)
    yield from _quads(store, {"s": thing})
    for quad in _quads(store, {"o": thing}):
        yield quad
        if quad.predicate.value in SUBORDINATE and isinstance(quad.subject, ox.NamedNode):
            yield from _quads(store, {"s": quad.subject})


def _direct(store: Store, gone: dict[ox.Quad, None]) -> Iterator[ox.Quad]:
    """Yield the direct statements that follow from records which are gone, and from no other."""
    said: dict[tuple[object, object], dict[str, ox.NamedNode]] = {}
    places = {terms.RDF_SUBJECT: "s", terms.RDF_PREDICATE: "p", terms.RDF_OBJECT: "o"}
    for quad in gone:
        if quad.predicate.value in places and isinstance(quad.object, ox.NamedNode):
            about = said.setdefault((quad.subject, quad.graph_name), {})
            about[places[quad.predicate.value]] = quad.object
    lost = {record for record, _ in said}
    for (_, graph), triple in said.items():
        if len(triple) == len(places):
            bound = {**triple, "g": graph}
            others = store.select(SAME, bound)  # type: ignore[arg-type]
            if all(row[0] in lost for row in others):
                yield from _quads(store, bound)  # type: ignore[arg-type]


SAME = (
    "SELECT ?record ?s ?p ?o ?g WHERE { GRAPH ?g { ?record rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } "
    f"MINUS {{ ?record <{terms.HAS_CERTAINTY}> <{terms.DENIED}> }} }}"
)
