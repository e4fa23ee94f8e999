"""All data as TriG: one graph a data set, sorted, the same bytes every time."""

from __future__ import annotations

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.store import Store

__all__ = ["trig"]


def trig(store: Store) -> str:
    """Return the store's data as TriG; the ontology is left out, for it has its own folder."""
    quads = [
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))
        for graph in store.graphs()
        if graph != terms.ONTOLOGY
        for triple in sorted(store.graph(graph), key=str)
    ]
    written = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=dict(terms.PREFIXES))
    return (written or b"").decode("utf-8")
