"""From files to what they say: one module a format, all of them called through `read`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from ecosystem.collection import collection_paused
from ecosystem.errors import DataError, Problem
from ecosystem.sources import (
    folders,
    ftm,
    gephi,
    gexf,
    graphml,
    graphology,
    kumu,
    kumu_workbook,
    pajek,
    participations,
    rdf,
    tables,
    values,
)
from ecosystem.sources.documents import document_of
from ecosystem.sources.inputs import PACKED, Input
from ecosystem.sources.reading import Reader, Reading, Vocabulary

__all__ = ["READERS", "Reader", "Reading", "Vocabulary", "read"]


def _read_document(source: Input, vocabulary: Vocabulary) -> Reading:
    if ftm.has_entities(source):
        return ftm.read(source, vocabulary)
    document = document_of(source)
    for looks_like, reader in SHAPES:
        if looks_like(document):
            return reader(document, source, vocabulary)
    hint = "A Kumu map has elements and connections, a network nodes and edges; JSON-LD has @context, @graph or @id."
    raise DataError(source.problem("is JSON of no known kind.", hint))


def _read_separated(source: Input, vocabulary: Vocabulary) -> Reading:
    return (gephi.read if gephi.is_edge_table(source) else tables.read)(source, vocabulary)


# JSON is told apart by its content: what it looks like, and who reads it.
SHAPES: Final[tuple[tuple[Callable[[object], bool], Callable[[Any, Input, Vocabulary], Reading]], ...]] = (
    (kumu.is_blueprint, kumu.read),
    (graphology.is_graphology, graphology.read_graphology),
    (rdf.is_linked_data, rdf.read_linked_data),
    (graphology.is_node_link, graphology.read_node_link),
)
READERS: Final[Mapping[str, Reader]] = {
    **dict.fromkeys((".csv", ".tsv", ".csv.gz", ".tsv.gz"), _read_separated),
    ".toml": participations.read,
    ".gexf": gexf.read,
    ".graphml": graphml.read,
    ".net": pajek.read,
    ".paj": pajek.refuse_project,
    **dict.fromkeys((".ftm", ".ijson", ".jsonl", ".ndjson"), ftm.read),
    ".xlsx": kumu_workbook.read,
    ".json": _read_document,
    **dict.fromkeys(rdf.FORMATS, rdf.read),
}


def read(path: Path | str, vocabulary: Vocabulary, *, name: str | None = None, format: str | None = None) -> Reading:
    """Read a file or a data set folder.

    Parameters
    ----------
    path
        A data set folder, a file, or `-` for standard input.
    vocabulary
        The ontology, as readers need it.
    name
        The data set's name, in the place of the one that the data or the file's name give.
    format
        What the file is, where its suffix does not say: `ttl`, `csv`, `json` …

    Raises
    ------
    DataError
        If it cannot be read; it carries every problem found.
    """
    shown = str(path)
    if name is not None and not values.is_slug(name):
        hint = f'Write "{values.slug(name)}".'
        raise DataError(Problem(shown, 0, f"{values.quoted(name)} cannot be a data set's name.", hint))
    place = Path(shown)
    try:
        if shown != "-" and place.is_dir():
            return _read_folder(place, vocabulary, name or "")
        if shown != "-" and not place.exists():
            raise DataError(Problem(shown, 0, "there is no such file or folder.", "Mend the path."))
        suffix = _suffix(shown, format)
        stem = Path(shown.removesuffix(PACKED)).stem if shown != "-" else "standard-input"
        with collection_paused():
            reading = READERS[suffix](Input.of(shown, suffix, name or values.slug(stem)), vocabulary)
    except OSError as error:
        raise DataError(Problem(shown, 0, f"cannot be read: {error.strerror or error}.")) from error
    return replace(reading, dataset=replace(reading.dataset, name=name)) if name else reading


def _suffix(shown: str, format: str | None) -> str:
    suffix = f".{format.removeprefix('.')}".casefold() if format else _own_suffix(Path(shown)).casefold()
    if suffix in READERS:
        return suffix
    known = ", ".join(sorted(READERS))
    if shown == "-" and not format:
        raise DataError(Problem("-", 0, "standard input has no suffix.", f"State its format: {known}."))
    words = (
        f"files of the kind {values.quoted(suffix)} are not read." if suffix else "has no suffix that says its kind."
    )
    raise DataError(Problem(shown, 0, words, f"These are: {known}."))


def _own_suffix(path: Path) -> str:
    """Return what says a file's kind; of a packed file also what says the kind of what is in it."""
    return "".join(path.suffixes[-2:]) if path.suffix.casefold() == PACKED else path.suffix


def _read_folder(folder: Path, vocabulary: Vocabulary, name: str) -> Reading:
    if folders.is_dataset_folder(folder):
        return folders.read(folder, vocabulary, name=name)
    if gephi.is_pair(folder):
        return gephi.read_folder(folder, vocabulary, name=name)
    readable = sorted(path.name for path in folder.iterdir() if _own_suffix(path).casefold() in READERS)
    hint = "A data set has dataset.toml, actors.csv, initiatives.csv or relationships.csv"
    hint += f"; or name one of its files: {', '.join(readable[:5])}." if readable else ", a store was made by `load`."
    raise DataError(Problem(str(folder), 0, "is neither a data set nor a store.", hint))
