"""From what was read to what the store holds: ends checked, foreign terms understood, changes counted."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.collection import collection_paused
from ecosystem.errors import DataError, Problem
from ecosystem.ontology import Ontology
from ecosystem.progress import Progress, silent
from ecosystem.records import Dataset, Figure, Profile, Record, Relationship, Relationships
from ecosystem.sources.reading import Problems, Reading
from ecosystem.store.alignment import aligned
from ecosystem.store.embedded import Store
from ecosystem.store.statements import PREFIXES, turtle
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
    """One data set, ready to be put into a store as a whole; `content` is Turtle, some 40 bytes a statement."""

    dataset: Dataset
    content: bytes
    skipped: tuple[Problem, ...] = ()


def prepare(readings: Sequence[Reading], ontology: Ontology, store: Store, progress: Progress = silent) -> list[Load]:
    """Turn readings into what a store can load, one `Load` for each data set; nothing is written.

    Raises
    ------
    DataError
        If a table or map ties an actor that neither it, the ontology nor the store describes, or cites such a source;
        if two data sets have one name; or if a row of a large table, which is only read now, is wrong.
    """
    _check_names(readings)
    described = _described(readings, ontology, store)
    _check_ends(readings, described)
    return [_prepared(reading, ontology, described, progress) for reading in readings]


def _prepared(reading: Reading, ontology: Ontology, described: set[str], progress: Progress) -> Load:
    ends: set[str] = set()
    parts = [PREFIXES, turtle(reading.dataset), *map(turtle, reading.records)]
    parts += aligned((quad.triple for quad in reading.quads), ontology, reading.dataset.iri, ends)
    content = io.BytesIO()
    content.write("".join(parts).encode("utf-8"))
    with collection_paused():
        for batch in chain(reading.stream, ([listed] for listed in _tied(reading, described))):
            content.write("".join(map(turtle, batch)).encode("utf-8"))
            progress(f"Reading {reading.path}", content.tell(), None)
    return Load(reading.dataset, content.getvalue(), (*reading.skipped, *_loose_ends(reading, ends - described)))


def _tied(reading: Reading, described: set[str]) -> Iterator[Relationships]:
    """Yield the relationships of a large table until one of them ties, or cites, what nobody describes.

    Raises
    ------
    DataError
        At the end, with every such row.
    """
    problems = Problems(reading.path)
    for listed in reading.relationships:
        sources = {source for source in set(listed.sources) if source.startswith(terms.ID)}
        if not (
            described.issuperset(listed.subjects) and described.issuperset(listed.objects) and described >= sources
        ):
            problems.add(*_undescribed(listed, described))
        if not problems.count:
            yield listed
    problems.check()


def _loose_ends(reading: Reading, loose: set[str]) -> Iterator[Problem]:
    """Report ties of RDF to things that nobody describes: RDF may do that, but a network cannot show them."""
    if loose:
        examples = ", ".join(sorted(loose)[:EXAMPLES])
        message = f"relationships lead to {len(loose)} things that are described nowhere: {examples}."
        yield Problem(reading.path, 0, message, "They are no ties of a network until these are described.")


def load(store: Store, loads: Iterable[Load], ontology: Ontology, progress: Progress = silent) -> None:
    """Put `loads` into the store, each in the place of what its data set said before, and the ontology beside them."""
    store.drop(terms.ONTOLOGY)
    store.add(ontology.triples, terms.ONTOLOGY)
    for one in loads:
        store.drop(one.dataset.iri)
        store.add_turtle(one.content, one.dataset.iri, progress)


def changes(loads: Iterable[Load], store: Store, ontology: Ontology) -> Table[LoadRow]:
    """Compare `loads` with what the store holds, thing by thing."""
    rows: list[LoadRow] = []
    for one in loads:
        coming = (quad.triple for quad in ox.parse(one.content, ox.RdfFormat.TURTLE))
        new, old = _things(coming, ontology), _things(store.graph(one.dataset.iri), ontology)
        count: Counter[tuple[str, str]] = Counter()
        for iri, thing in new.items():
            verdict = "created" if iri not in old else "unchanged" if old[iri].said == thing.said else "updated"
            count[thing.kind(ontology), verdict] += 1
        for iri in old.keys() - new.keys():
            count[old[iri].kind(ontology), "removed"] += 1
        verdicts = ("created", "updated", "unchanged", "removed")
        rows += [
            LoadRow(one.dataset.name, kind, *(count[kind, verdict] for verdict in verdicts))
            for kind in ("actor", "initiative", "relationship", "source", "figure", "dataset", OTHER)
            if any(count[kind, verdict] for verdict in verdicts)
        ]
    return Table(LoadRow, tuple(rows))


@dataclass(slots=True)
class _Thing:
    """What is said of one thing: its types, and a number for each statement, which is enough to compare."""

    types: list[str] = field(default_factory=list)
    said: set[int] = field(default_factory=set)

    def kind(self, ontology: Ontology) -> str:
        """Return what to count it as."""
        known = ontology.most_specific(self.types)
        if known:
            return "initiative" if known.is_initiative else "actor"
        names = {
            terms.RELATIONSHIP: "relationship",
            terms.SOURCE: "source",
            terms.FIGURE: "figure",
            terms.DATASET: "dataset",
        }
        return next((names[iri] for iri in sorted(self.types) if iri in names), OTHER)


def _things(said: Iterable[ox.Triple], ontology: Ontology) -> Mapping[str, _Thing]:
    """Group what is said by subject; direct triples of relations are left to the records that they follow from."""
    things: defaultdict[str, _Thing] = defaultdict(_Thing)
    relations = ontology.relations
    for triple in said:
        predicate = triple.predicate.value
        if predicate not in relations:
            target = triple.object
            thing = things[str(triple.subject)]
            thing.said.add(hash((predicate, target)))
            if predicate == terms.RDF_TYPE and isinstance(target, ox.NamedNode):
                thing.types.append(target.value)
    return things


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
    problems = [one for reading in readings for one in _undescribed(reading.records, described)]
    if problems:
        raise DataError(problems)


def _undescribed(records: Iterable[Record], described: set[str]) -> Iterator[Problem]:
    for record in records:
        for message, hint in _dangling(record, described):
            yield Problem(record.origin.path, record.origin.line, message, hint)


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
