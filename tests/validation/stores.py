"""Statements in a store beside their ontology, as `ecosystem.open` leaves them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.ontology import Ontology
from ecosystem.store import EmbeddedStore, Store
from ecosystem.tables import Table
from ecosystem.validation import Finding, validate

DATA = terms.ID + "dataset/test"


def store_of(data: Iterable[ox.Quad | ox.Triple], *ontologies: Ontology) -> Store:
    store = EmbeddedStore.in_memory()
    for ontology in ontologies:
        store.add(ontology.triples, terms.ONTOLOGY)
    store.add((ox.Triple(each.subject, each.predicate, each.object) for each in data), DATA)
    return store


def checked(data: Iterable[ox.Quad | ox.Triple], *folders: Path, shapes: Iterable[Path] = ()) -> Table[Finding]:
    ontology = Ontology.load(*folders)
    return validate(store_of(data, ontology), ontology, shapes=tuple(shapes))
