"""What a load changes in a store: things created, updated, left as they are and removed, by kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.ontology import Ontology
from ecosystem.records import Dataset
from ecosystem.store.interface import RdfTerm, Store
from ecosystem.tables import Table

__all__ = ["LoadRow", "changes"]

STATED_KINDS: Final = {
    terms.RELATIONSHIP: "relationship",
    terms.SOURCE: "source",
    terms.FIGURE: "figure",
    terms.DATASET: "dataset",
}
OTHER: Final = "other"
BY_VALUE: Final = (terms.XSD_DECIMAL, terms.XSD_BOOLEAN)
KINDS: Final = ("actor", "initiative", *STATED_KINDS.values(), OTHER)
VERDICTS: Final = ("created", "updated", "unchanged", "removed")


@dataclass(frozen=True, slots=True)
class LoadRow:
    """How many things of one kind a load creates, updates, leaves as they are and removes.

    A thing is what some statement says the type of.
    """

    dataset: str
    kind: str
    created: int
    updated: int
    unchanged: int
    removed: int


def changes(datasets: Iterable[Dataset], new: Store, old: Store | None, ontology: Ontology) -> Table[LoadRow]:
    """Compare what `new` holds of each data set with what `old` does, thing by thing."""
    rows: list[LoadRow] = []
    for dataset in datasets:
        if old is None or not old.holds(dataset.iri):
            count = Counter(
                {(kind, "created"): number for kind, number in _counted(new, dataset.iri, ontology).items()}
            )
        else:
            count = _compared(new.graph(dataset.iri), old.graph(dataset.iri), ontology)
        rows += [
            LoadRow(dataset.name, kind, *(count[kind, verdict] for verdict in VERDICTS))
            for kind in KINDS
            if any(count[kind, verdict] for verdict in VERDICTS)
        ]
    return Table(LoadRow, tuple(rows))


def _counted(store: Store, graph: str, ontology: Ontology) -> dict[str, int]:
    """Count the things of a data set that is new, by kind; the engine counts what can be very many."""
    inside = f"GRAPH {ox.NamedNode(graph)}"
    kinds = " ".join(str(ox.NamedNode(iri)) for iri in sorted(ontology.kinds))
    types: defaultdict[str, list[str]] = defaultdict(list)
    query = f"SELECT ?thing ?type WHERE {{ VALUES ?type {{ {kinds} }} {inside} {{ ?thing a ?type }} }}"
    for thing, type_ in store.select(query).values():
        types[thing].append(type_)
    counts = Counter(_kind_of(iris, ontology) for iris in types.values())
    for iri, name in STATED_KINDS.items():
        counts[name] = _number(store, f"{inside} {{ ?thing a {ox.NamedNode(iri)} }}")
    counts[OTHER] = max(0, _number(store, f"{inside} {{ ?thing a ?type }}") - counts.total())
    return dict(counts)


def _number(store: Store, pattern: str) -> int:
    ((count,),) = store.select(f"SELECT (COUNT(DISTINCT ?thing) AS ?count) WHERE {{ {pattern} }}").values()
    return int(count)


@dataclass(slots=True)
class _Thing:
    """What is said of one thing: its types, and a number for each statement, which is enough to compare."""

    types: list[str] = field(default_factory=list)
    said: set[int] = field(default_factory=set)


def _compared(coming: Iterable[ox.Triple], going: Iterable[ox.Triple], ontology: Ontology) -> Counter[tuple[str, str]]:
    new, old = _things(coming, ontology), _things(going, ontology)
    count: Counter[tuple[str, str]] = Counter()
    for iri, thing in new.items():
        verdict = "created" if iri not in old else "unchanged" if old[iri].said == thing.said else "updated"
        count[_kind_of(thing.types, ontology), verdict] += 1
    for iri in old.keys() - new.keys():
        count[_kind_of(old[iri].types, ontology), "removed"] += 1
    return count


def _things(said: Iterable[ox.Triple], ontology: Ontology) -> Mapping[str, _Thing]:
    """Group what is said by subject; direct triples of relations are left to the records that they follow from."""
    things: defaultdict[str, _Thing] = defaultdict(_Thing)
    relations = ontology.relations
    for triple in said:
        predicate = triple.predicate.value
        if predicate not in relations:
            target = triple.object
            thing = things[str(triple.subject)]
            thing.said.add(hash((predicate, _same(target))))
            if predicate == terms.RDF_TYPE and isinstance(target, ox.NamedNode):
                thing.types.append(target.value)
    return {name: thing for name, thing in things.items() if thing.types}


def _same(value: RdfTerm) -> RdfTerm | Decimal | bool:
    """Return something equal for values that are written otherwise: servers keep numbers as numbers.

    >>> _same(ox.Literal("2.0", datatype=ox.NamedNode(terms.XSD_DECIMAL))) == Decimal(2)
    True
    """
    if not isinstance(value, ox.Literal) or value.datatype.value not in BY_VALUE:
        return value
    if value.datatype.value == terms.XSD_BOOLEAN:
        return value.value in ("true", "1")
    try:
        return Decimal(value.value)
    except InvalidOperation:
        return value


def _kind_of(types: Iterable[str], ontology: Ontology) -> str:
    """Return what to count a thing of these types as."""
    known = ontology.most_specific(types)
    if known:
        return "initiative" if known.is_initiative else "actor"
    return next((STATED_KINDS[iri] for iri in sorted(types) if iri in STATED_KINDS), OTHER)
