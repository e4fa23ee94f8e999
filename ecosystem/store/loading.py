"""From what was read to what a store holds: ends checked, foreign terms understood."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.collection import collection_paused
from ecosystem.errors import DataError, Problem
from ecosystem.ontology import Ontology
from ecosystem.progress import Progress, silent
from ecosystem.records import Figure, Profile, Record, Relationship, Relationships
from ecosystem.sources.inputs import PACKED
from ecosystem.sources.rdf import Statements
from ecosystem.sources.reading import Problems, Reading
from ecosystem.store.alignment import align, loose_ends
from ecosystem.store.embedded import EmbeddedStore, watched
from ecosystem.store.interface import Store
from ecosystem.store.statements import PREFIXES, triples, turtle

__all__ = ["holds_ontology", "load"]

EXAMPLES: Final = 3
MANY: Final = 1000
PART: Final = 2**20


def load(
    store: EmbeddedStore,
    readings: Sequence[Reading],
    ontology: Ontology,
    progress: Progress = silent,
    *,
    beside: Store | None = None,
) -> tuple[Problem, ...]:
    """Put `readings` into the store, each in the place of what its data set said before, and the ontology beside them.

    Parameters
    ----------
    beside
        Another store that the data are meant for: what its other data sets describe may be tied, too.

    Returns
    -------
    tuple of Problem
        What was passed over, and ties of RDF to things that nobody describes.

    Raises
    ------
    DataError
        If a table or map ties an actor that neither it, the ontology nor a store describes, or cites such a source;
        if two data sets have one name; or if a large file, which is only read now, is wrong. The store then holds
        a part of the data, and is to be let go.
    """
    _check_names(readings)
    replaced = [reading.dataset.iri for reading in readings]
    for graph in replaced:
        store.drop(graph)
    if not holds_ontology(store, ontology):
        store.drop(terms.ONTOLOGY)
        store.add([*ontology.triples, _mark(ontology)], terms.ONTOLOGY)
    for reading in readings:
        store.add(triples(reading.dataset), reading.dataset.iri)
    foreign = [reading for reading in readings if reading.quads]
    noted = [problem for reading in foreign for problem in _add_statements(store, reading, progress)]
    _check_ends(readings, store, beside, replaced)
    tied: dict[str, set[str]] = {reading.dataset.iri: set() for reading in readings}
    for reading in readings:
        if reading.records or reading.stream or reading.relationships:
            graph = reading.dataset.iri
            with collection_paused():
                store.add_content(watched(_parts(reading, tied[graph]), f"Reading {reading.path}", progress), graph)
    for reading in readings:
        _check_listed(reading, tied[reading.dataset.iri], store, beside, replaced)
    for reading in foreign:
        align(store, ontology, reading.dataset.iri)
        loose = loose_ends(store, reading.dataset.iri)
        if loose and beside is not None:
            loose -= _described(loose, beside, replaced)
        noted += _told(reading, loose)
    return (*(problem for reading in readings for problem in reading.skipped), *noted)


def holds_ontology(store: Store, ontology: Ontology) -> bool:
    """Tell whether the ontology that lies in a store is this one."""
    return bool(store.query(f"ASK {{ GRAPH <{terms.ONTOLOGY}> {{ {_mark(ontology)} }} }}"))


def _mark(ontology: Ontology) -> ox.Triple:
    """Return a statement that stands beside an ontology in a store and tells it from any other."""
    digest = hashlib.sha256()
    for folder in ontology.folders:
        for path in sorted(folder.glob("*.ttl")):
            digest.update(path.read_bytes())
    number = ox.Literal(f"sha256:{digest.hexdigest()}")
    return ox.Triple(ox.NamedNode(terms.ONTOLOGY), ox.NamedNode(terms.IDENTIFIER), number)


def _add_statements(store: EmbeddedStore, reading: Reading, progress: Progress) -> Iterator[Problem]:
    """Add what RDF says: by the engine alone where it may read the file itself."""
    graph, what = reading.dataset.iri, f"Loading {reading.path}"
    said = reading.quads
    if not isinstance(said, Statements) or not said.plain:
        parts = (f"{quad.triple} .\n".encode() for quad in said)
        store.add_content(watched(_gathered(parts), what, progress), graph, ox.RdfFormat.N_TRIPLES)
        return
    with said.open() as file:
        total = None if said.source.suffix.endswith(PACKED) else said.source.size()
        content = watched(iter(lambda: file.read(PART), b""), what, progress, total)
        try:
            store.add_content(content, graph, said.syntax, said.base)
        except SyntaxError as error:
            raise DataError(said.explained(error)) from error
    about = ox.NamedNode(graph)
    if not reading.skipped and not store.query(f"ASK {{ GRAPH {about} {{ ?s ?p ?o FILTER(?s != {about}) }} }}"):
        yield Problem(reading.path, 0, "holds no statements.")


def _parts(reading: Reading, tied: set[str]) -> Iterator[bytes]:
    """Yield what records say, as Turtle; note in `tied` what a large table of relationships ties and cites."""
    yield PREFIXES.encode()
    yield "".join(map(turtle, reading.records)).encode()
    for batch in reading.stream:
        yield "".join(map(turtle, batch)).encode()
    for listed in chain.from_iterable(reading.relationships):
        tied.update(listed.subjects, listed.objects, _sources(listed))
        yield turtle(listed).encode()


def _gathered(parts: Iterable[bytes]) -> Iterator[bytes]:
    kept: list[bytes] = []
    for part in parts:
        kept.append(part)
        if len(kept) == MANY:
            yield b"".join(kept)
            kept.clear()
    yield b"".join(kept)


def _told(reading: Reading, loose: Collection[str]) -> Iterator[Problem]:
    """Report ties of RDF to things that nobody describes: RDF may do that, but a network cannot show them."""
    if loose:
        examples = ", ".join(sorted(loose)[:EXAMPLES])
        message = f"relationships lead to {len(loose)} things that are described nowhere: {examples}."
        yield Problem(reading.path, 0, message, "They are no ties of a network until these are described.")


def _check_names(readings: Sequence[Reading]) -> None:
    """Two data sets of one name would each take the other's place, or be taken for one."""
    first: dict[str, str] = {}
    for reading in readings:
        other = first.setdefault(reading.dataset.name, reading.path)
        if other != reading.path or sum(one.path == other for one in readings) > 1:
            message = f"this data set has the same name, {reading.dataset.name!r}, as {other}."
            raise DataError(Problem(reading.path, 0, message, "Rename one of the two, or give it once."))


def _check_ends(readings: Sequence[Reading], store: Store, beside: Store | None, replaced: Collection[str]) -> None:
    """Look for what relationships tie and cite: in the readings first, then in the stores."""
    own = {record.iri for reading in readings for record in reading.records if not isinstance(record, Relationship)}
    used = {
        iri
        for reading in readings
        for record in reading.records
        for iri in (*_ends(record).values(), _source(record))
        if iri and iri not in own
    }
    found = _described(used, store)
    if beside is not None and used - found:
        found |= _described(used - found, beside, replaced)
    problems = [problem for reading in readings for problem in _undescribed(reading.records, used - found)]
    if problems:
        raise DataError(problems)


def _check_listed(
    reading: Reading, tied: Collection[str], store: Store, beside: Store | None, replaced: Collection[str]
) -> None:
    """Look in the stores for what a large table ties and cites: only now are all data sets in their place."""
    lost = set(tied) - _described(tied, store)
    if lost and beside is not None:
        lost -= _described(lost, beside, replaced)
    if not lost:
        return
    problems = Problems(reading.path)
    for listed in chain.from_iterable(reading.relationships):
        if not lost.isdisjoint((*listed.subjects, *listed.objects, *_sources(listed))):
            problems.add(*_undescribed(listed, lost))
    problems.check()


def _sources(listed: Relationships) -> set[str]:
    return {source for source in set(listed.sources) if source.startswith(terms.ID)}


def _undescribed(records: Iterable[Record], lost: Collection[str]) -> Iterator[Problem]:
    for record in records:
        for message, hint in _dangling(record, lost):
            yield Problem(record.origin.path, record.origin.line, message, hint)


def _described(iris: Collection[str], store: Store, except_in: Collection[str] = ()) -> set[str]:
    """Return those of `iris` of which a graph of the store says what they are."""
    graphs = " ".join(f"FILTER(?graph != {ox.NamedNode(graph)})" for graph in except_in)
    nodes, found = [str(ox.NamedNode(iri)) for iri in sorted(iris)], set()
    for start in range(0, len(nodes), MANY):
        values = " ".join(nodes[start : start + MANY])
        query = f"SELECT DISTINCT ?thing {{ VALUES ?thing {{ {values} }} GRAPH ?graph {{ ?thing a ?type }} {graphs} }}"
        found |= {thing for (thing,) in store.select(query).values()}
    return found


def _ends(record: Record) -> dict[str, str]:
    if isinstance(record, Relationship):
        return {"subject": record.subject, "object": record.object}
    return {"subject": record.subject} if isinstance(record, Figure) else {}


def _source(record: Record) -> str:
    """Return the source that a record cites, if it is one that must be described."""
    cites = isinstance(record, Profile | Relationship | Figure) and record.citation.source.startswith(terms.ID)
    return record.citation.source if cites else ""  # type: ignore[union-attr]


def _dangling(record: Record, lost: Collection[str]) -> Iterable[tuple[str, str]]:
    for column, iri in _ends(record).items():
        if iri in lost:
            yield (
                f"the {column} {_short(iri)!r} is described nowhere.",
                "Add it to actors.csv or initiatives.csv, or mend its id.",
            )
    if _source(record) in lost:
        yield f"the source {_short(_source(record))!r} is described nowhere.", "Add it to sources.csv, or mend its id."


def _short(iri: str) -> str:
    return iri.removeprefix(terms.ID)
