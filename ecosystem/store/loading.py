"""From what was read to what the store holds: ends checked, foreign terms understood, changes counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import DataError, Problem
from ecosystem.ontology import Ontology
from ecosystem.records import Dataset, Figure, Profile, Record, Relationship
from ecosystem.sources.reading import Reading
from ecosystem.store.alignment import aligned
from ecosystem.store.embedded import Store
from ecosystem.store.statements import dataset_triples, triples
from ecosystem.tables import Table

__all__ = ["Load", "LoadRow", "load", "prepare"]

OTHER = "other"
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class LoadRow:
    """How many things of one kind a load creates, updates, leaves as they are and removes."""

    dataset: str
    kind: str
    created: int
    updated: int
    unchanged: int
    removed: int


@dataclass(frozen=True, slots=True)
class Load:
    """One data set, ready to be put into a store as a whole."""

    dataset: Dataset
    triples: tuple[ox.Triple, ...]
    skipped: tuple[Problem, ...] = ()


def prepare(readings: Sequence[Reading], ontology: Ontology, store: Store) -> list[Load]:
    """Turn readings into triples, one `Load` for each data set; nothing is written.

    Raises
    ------
    DataError
        If a table or map ties an actor that neither it, the ontology nor the store describes, or cites such a source;
        or if two data sets have one name.
    """
    _check_names(readings)
    described = _described(readings, ontology, store)
    _check_ends(readings, described)
    return [_prepared(reading, ontology, described) for reading in readings]


def _prepared(reading: Reading, ontology: Ontology, described: set[str]) -> Load:
    said: dict[ox.Triple, None] = dict.fromkeys(dataset_triples(reading.dataset))
    for record in reading.records:
        said.update(dict.fromkeys(triples(record)))
    said.update(dict.fromkeys(aligned((quad.triple for quad in reading.quads), ontology, reading.dataset.iri)))
    return Load(reading.dataset, tuple(said), (*reading.skipped, *_loose_ends(reading, said, ontology, described)))


def _loose_ends(
    reading: Reading, said: Iterable[ox.Triple], ontology: Ontology, described: set[str]
) -> Iterator[Problem]:
    """Report ties of RDF to things that nobody describes: RDF may do that, but a network cannot show them."""
    loose = {
        end.value
        for triple in said
        if triple.predicate.value in ontology.relations
        for end in (triple.subject, triple.object)
        if isinstance(end, ox.NamedNode) and end.value not in described
    }
    if loose:
        examples = ", ".join(sorted(loose)[:EXAMPLES])
        message = f"relationships lead to {len(loose)} things that are described nowhere: {examples}."
        yield Problem(reading.path, 0, message, "They are no ties of a network until these are described.")


def load(store: Store, loads: Iterable[Load], ontology: Ontology) -> None:
    """Put `loads` into the store, each in the place of what its data set said before, and the ontology beside them."""
    store.drop(terms.ONTOLOGY)
    store.add(ontology.triples, terms.ONTOLOGY)
    for one in loads:
        store.drop(one.dataset.iri)
        store.add(one.triples, one.dataset.iri)


def changes(loads: Iterable[Load], store: Store, ontology: Ontology) -> Table[LoadRow]:
    """Compare `loads` with what the store holds, thing by thing."""
    rows: list[LoadRow] = []
    for one in loads:
        new, old = _things(one.triples, ontology), _things(store.graph(one.dataset.iri), ontology)
        kinds = {iri: _kind(said, ontology) for iri, said in {**old, **new}.items()}
        count: Counter[tuple[str, str]] = Counter()
        for iri, said in new.items():
            verdict = "created" if iri not in old else "unchanged" if old[iri] == said else "updated"
            count[kinds[iri], verdict] += 1
        for iri in old.keys() - new.keys():
            count[kinds[iri], "removed"] += 1
        verdicts = ("created", "updated", "unchanged", "removed")
        rows += [
            LoadRow(one.dataset.name, kind, *(count[kind, verdict] for verdict in verdicts))
            for kind in ("actor", "initiative", "relationship", "source", "figure", "dataset", OTHER)
            if any(count[kind, verdict] for verdict in verdicts)
        ]
    return Table(LoadRow, tuple(rows))


Said = frozenset[tuple[str, str]]


def _things(said: Iterable[ox.Triple], ontology: Ontology) -> Mapping[str, Said]:
    """Group what is said by subject; direct triples of relations are left to the records that they follow from."""
    things: dict[str, set[tuple[str, str]]] = {}
    for triple in said:
        if triple.predicate.value not in ontology.relations:
            about = things.setdefault(str(triple.subject), set())
            about.add((triple.predicate.value, str(triple.object)))
    return {iri: frozenset(about) for iri, about in things.items()}


def _kind(said: Said, ontology: Ontology) -> str:
    types = [value[1:-1] for term, value in said if term == terms.RDF_TYPE]
    known = ontology.most_specific(types)
    if known:
        return "initiative" if known.is_initiative else "actor"
    names = {
        terms.RELATIONSHIP: "relationship",
        terms.SOURCE: "source",
        terms.FIGURE: "figure",
        terms.DATASET: "dataset",
    }
    return next((names[iri] for iri in types if iri in names), OTHER)


def _check_names(readings: Sequence[Reading]) -> None:
    """Two data sets of one name would each take the other's place, or be taken for one."""
    first: dict[str, str] = {}
    for reading in readings:
        other = first.setdefault(reading.dataset.name, reading.path)
        if other != reading.path or sum(one.path == other for one in readings) > 1:
            message = f"this data set has the same name, {reading.dataset.name!r}, as {other}."
            raise DataError(Problem(reading.path, 0, message, "Rename one of the two, or give it once."))


def _described(readings: Sequence[Reading], ontology: Ontology, store: Store) -> set[str]:
    """Return the IRIs of all that the readings, the ontology or the store say something about."""
    described = {triple.subject.value for triple in ontology.triples if isinstance(triple.subject, ox.NamedNode)}
    described |= {iri for (iri,) in store.select("SELECT DISTINCT ?s WHERE { ?s a ?type }").values()}
    described |= {reading.dataset.iri for reading in readings}
    for reading in readings:
        described |= {record.iri for record in reading.records if not isinstance(record, Relationship)}
        typed = (quad for quad in reading.quads if quad.predicate.value == terms.RDF_TYPE)
        described |= {quad.subject.value for quad in typed if isinstance(quad.subject, ox.NamedNode)}
    return described


def _check_ends(readings: Sequence[Reading], described: set[str]) -> None:
    problems = [
        Problem(record.origin.path, record.origin.line, message, hint)
        for reading in readings
        for record in reading.records
        for message, hint in _dangling(record, described)
    ]
    if problems:
        raise DataError(problems)


def _dangling(record: Record, described: set[str]) -> Iterable[tuple[str, str]]:
    if isinstance(record, Relationship):
        ends = {"subject": record.subject, "object": record.object}
    elif isinstance(record, Figure):
        ends = {"subject": record.subject}
    else:
        ends = {}
    for column, iri in ends.items():
        if iri not in described:
            yield (
                f"the {column} {_short(iri)!r} is described nowhere.",
                "Add it to actors.csv or initiatives.csv, or mend its id.",
            )
    if isinstance(record, Profile | Relationship | Figure):
        source = record.citation.source
        if source.startswith(terms.ID) and source not in described:
            yield f"the source {_short(source)!r} is described nowhere.", "Add it to sources.csv, or mend its id."


def _short(iri: str) -> str:
    return iri.removeprefix(terms.ID)
