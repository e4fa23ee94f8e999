"""RDF in every syntax, as it was said: parsed by pyoxigraph, streamed, never fetched from anywhere.

Three things change on the way. Blank nodes get IRIs, so that those of two files never meet. Named graphs are
folded together, because a graph of ours says which data set a statement is from. Statements about statements
(RDF 1.2 triple terms) are passed over.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import DataError, Problem
from ecosystem.records import Dataset
from ecosystem.sources import values
from ecosystem.sources.contexts import embedded
from ecosystem.sources.documents import document_of
from ecosystem.sources.guards import check_nesting, check_xml
from ecosystem.sources.inputs import Input
from ecosystem.sources.plain import is_plain, mentions
from ecosystem.sources.reading import Reading, Vocabulary
from ecosystem.sources.values import ValueFault
from ecosystem.wording import counted

__all__ = ["FORMATS", "Statements", "is_linked_data", "read", "read_linked_data"]

FORMATS: Final[Mapping[str, ox.RdfFormat]] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
DATE_TERMS: Final = (terms.DATE, terms.PREFIXES["dcterms"] + "modified", terms.PREFIXES["dcterms"] + "issued")
PLACE: Final = re.compile(r"^Parser error (?:at|between) .*?: ")
DATASET: Final = ox.NamedNode(terms.DATASET)
MESSAGE_LENGTH: Final = 200
# A larger file that needs no change and does not describe itself is gone through once, by the store it is loaded into.
LARGE: Final = 4 * 1024**2
DCAT: Final = terms.DATASET.removesuffix("Dataset").encode()
# What a parser says, and what to do about it.
REMEDIES: Final = (
    ("rdf:nodeID", "A nodeID must begin with a letter: put one before each, or take the same data as Turtle."),
    ("nexpected end", "The file may be cut short: fetch it again."),
    ("prefix", "Declare the prefix at the top of the file."),
    ("IRI", "Mend the address; a character that may not stand in one is written as % and its code, a space as %20."),
    ("UTF-8", "Save the file as UTF-8."),
)


def read(source: Input, vocabulary: Vocabulary) -> Reading:
    """Read Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD, as the input's suffix says.

    Raises
    ------
    DataError
        If it is not RDF of that syntax; the problem says where. Of a large file this may come up only when it is
        loaded.
    """
    syntax = FORMATS[source.kind]
    if syntax == ox.RdfFormat.JSON_LD:
        return read_linked_data(document_of(source), source, vocabulary)
    plain = is_plain(source, syntax)
    if not plain:
        (check_xml if syntax == ox.RdfFormat.RDF_XML else check_nesting)(source)
    elif source.size() > LARGE and not mentions(source, DCAT):
        return Reading(_named_after(source), quads=Statements(source, syntax, "", plain=True), path=source.path)
    return _reading(Statements(source, syntax, _fingerprint(source), plain=plain))


def is_linked_data(document: object) -> bool:
    """Tell whether a JSON document looks like JSON-LD."""
    parts = document if isinstance(document, list) else [document]
    return any(isinstance(part, dict) and {"@context", "@graph", "@id", "@type"} & part.keys() for part in parts)


def read_linked_data(document: Any, source: Input, vocabulary: Vocabulary) -> Reading:
    """Read a JSON document as JSON-LD; contexts are taken from it or from beside it.

    Raises
    ------
    DataError
        If it is not JSON-LD, or names a context that is not here.
    """
    content = embedded(document, source)
    return _reading(Statements(source, ox.RdfFormat.JSON_LD, _fingerprint(source), content))


@dataclass(frozen=True, slots=True)
class Statements:
    """The triples of one input, parsed anew each time they are gone through.

    Parameters
    ----------
    fingerprint
        What the IRIs of blank nodes begin with: the same for the same input only.
    content
        What to parse instead of the input's own bytes, where contexts had to be written into it.
    plain
        Whether a store may read the input itself (see `open`): it would find the same triples as stand here.
    """

    source: Input
    syntax: ox.RdfFormat
    fingerprint: str
    content: bytes | None = field(default=None, repr=False)
    plain: bool = False

    @property
    def base(self) -> str:
        """What relative IRIs are relative to: never a path of this machine."""
        return f"{terms.ID}{self.source.name}/"

    def __iter__(self) -> Iterator[ox.Quad]:
        nodes: dict[ox.BlankNode, ox.NamedNode] = {}
        prefix = f"{self.base}bnode-{self.fingerprint}-"

        def named(node: ox.BlankNode) -> ox.NamedNode:
            if node not in nodes:
                nodes[node] = ox.NamedNode(f"{prefix}{len(nodes) + 1}")
            return nodes[node]

        for quad in self.as_said():
            subject, target = quad.subject, quad.object
            if isinstance(target, ox.Triple):
                continue
            if isinstance(subject, ox.BlankNode):
                subject = named(subject)
            if isinstance(target, ox.BlankNode):
                target = named(target)
            yield ox.Quad(subject, quad.predicate, target)

    def as_said(self) -> Iterator[ox.Quad]:
        """Yield the quads of the input with their blank nodes and graphs.

        Raises
        ------
        DataError
            Where the syntax is wrong.
        """
        with self.open() as file:
            try:
                yield from ox.parse(file, self.syntax, base_iri=self.base)
            except SyntaxError as error:
                raise DataError(self.explained(error)) from error

    def open(self) -> io.BytesIO | io.BufferedReader:
        """Open what is parsed, at its start."""
        return io.BytesIO(self.content) if self.content is not None else self.source.open(limit=None)

    def explained(self, error: SyntaxError) -> Problem:
        """Return what a parser complains of in plain words, with its place and what to do."""
        undecodable = self.source.undecodable() if "UTF-8" in error.msg else None
        if undecodable is not None:
            return undecodable
        if self._is_web_page():
            return self.source.problem(f"is a web page, not {self.syntax.name}.", "Download the data itself.")
        words = values.one_line(PLACE.sub("", error.msg[:MESSAGE_LENGTH]))
        hint = next((hint for sign, hint in REMEDIES if sign in words), "Mend this line.")
        at = f" (column {error.offset})" if error.offset else ""
        line = 0 if self.content is not None else error.lineno or self._line_of_error()
        return self.source.problem(f"is not {self.syntax.name}: {words}{at}.", hint, line)

    def _is_web_page(self) -> bool:
        with self.source.open(limit=None) as file:
            return file.read(200).lstrip().lower().startswith((b"<!doctype html", b"<html"))

    def _line_of_error(self) -> int:
        """Find the line where the parser stops, where it does not say so: it is given one line at a time."""
        with self.open() as file:
            lines = _LineByLine(file)
            try:
                for _ in ox.parse(cast(IO[bytes], lines), self.syntax, base_iri=self.base):
                    pass
            except SyntaxError:
                return lines.count
        return 0


class _LineByLine(io.RawIOBase):
    """A file that never gives more than the rest of one line, and counts the lines that it gave."""

    def __init__(self, file: io.BytesIO | io.BufferedReader) -> None:
        self.file = file
        self.count = 0
        self._inside = False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        part: bytes = self.file.readline(size)
        self.count += bool(part) and not self._inside
        self._inside = bool(part) and not part.endswith(b"\n")
        return part


def _fingerprint(source: Input) -> str:
    with source.open(limit=None) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]


def _reading(statements: Statements) -> Reading:
    """Go through the statements once: errors come up now, and what the reading must tell is counted."""
    source = statements.source
    graphs: set[object] = set()
    datasets: dict[str, None] = {}
    count = nested = 0
    for quad in statements.as_said():
        count += 1
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            graphs.add(quad.graph_name)
        if isinstance(quad.object, ox.Triple):
            nested += 1
        elif (
            quad.object == DATASET and quad.predicate.value == terms.RDF_TYPE and isinstance(quad.subject, ox.NamedNode)
        ):
            datasets[quad.subject.value] = None
    notes = (
        (not count, "holds no statements."),
        (graphs, f"folded into the graph of the data set: {counted(len(graphs), 'named graph')}."),
        (nested, f"passed over: {counted(nested, 'statement')} about statements."),
    )
    dataset = _named_after(source)
    if len(datasets) == 1:
        dataset = _described(next(iter(datasets)), statements, dataset)
    skipped = tuple(source.problem(words) for holds, words in notes if holds)
    return Reading(dataset, quads=statements, skipped=skipped, path=source.path)


def _named_after(source: Input) -> Dataset:
    return Dataset(source.name, source.stem or source.name, language="")


def _described(iri: str, statements: Statements, otherwise: Dataset) -> Dataset:
    """Return the description that the data give of themselves; their name only if it is one of ours."""
    said: dict[str, list[ox.NamedNode | ox.Literal]] = {}
    for quad in statements.as_said():
        subject, target = quad.subject, quad.object
        if isinstance(subject, ox.NamedNode) and subject.value == iri and isinstance(target, ox.NamedNode | ox.Literal):
            said.setdefault(quad.predicate.value, []).append(target)

    def preferred(term: str) -> tuple[str, str]:
        found = [(getattr(node, "language", None) or "", node.value) for node in said.get(term, ())]
        return min(found, key=lambda words: (words[0] != "en", words), default=("", ""))

    language, title = preferred(terms.TITLE)
    own_name = iri.removeprefix(terms.ID + "dataset/")
    return Dataset(
        own_name if values.is_slug(own_name) else otherwise.name,
        title or otherwise.title,
        description=preferred(terms.DESCRIPTION)[1],
        licence=preferred(terms.LICENCE)[1],
        publisher=preferred(terms.PUBLISHER)[1],
        date=next(filter(None, (_day(preferred(term)[1]) for term in DATE_TERMS)), ""),
        language=language,
    )


def _day(text: str) -> str:
    try:
        return values.date(text[: len("2022-06-21")])
    except ValueFault:
        return ""
