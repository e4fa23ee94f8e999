"""From files to what they say: one module a format, all of them called through `read`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from ecosystem.collection import collection_paused
from ecosystem.errors import DataError, Problem
from ecosystem.sources import (
    archives,
    folders,
    ftm,
    gephi,
    gexf,
    graphml,
    graphology,
    kumu,
    kumu_workbook,
    mapped,
    pajek,
    rdf,
    suggestions,
    tables,
    values,
    workbooks,
)
from ecosystem.sources.documents import document_of, toml_of
from ecosystem.sources.guards import check_kind
from ecosystem.sources.inputs import PACKED, Input
from ecosystem.sources.mapping import SEPARATED
from ecosystem.sources.plans import DOCUMENTS
from ecosystem.sources.reading import Reader, Reading, Vocabulary

__all__ = ["READERS", "Reader", "Reading", "Vocabulary", "read", "suggest_plan"]


def _read_document(source: Input, vocabulary: Vocabulary) -> Reading:
    if ftm.has_entities(source):
        return ftm.read(source, vocabulary)
    document = document_of(source)
    for looks_like, reader in SHAPES:
        if looks_like(document):
            return reader(document, source, vocabulary)
    known = "A Kumu map has elements and connections, a network nodes and edges; JSON-LD has @context, @graph or @id."
    raise DataError(source.problem("is JSON of no known kind.", f"{known} {WITH_A_PLAN}"))


def _read_lines(source: Input, vocabulary: Vocabulary) -> Reading:
    if ftm.has_entities(source):
        return ftm.read(source, vocabulary)
    raise DataError(source.problem("holds no entities of FollowTheMoney.", WITH_A_PLAN))


def _read_separated(source: Input, vocabulary: Vocabulary) -> Reading:
    return (gephi.read if gephi.is_edge_table(source) else tables.read)(source, vocabulary)


def _ties(source: Input) -> bool:
    return source.suffix == ".csv" and gephi.is_edge_table(source)


def _read_workbook(source: Input, vocabulary: Vocabulary) -> Reading:
    is_map = kumu_workbook.is_kumu_workbook(workbooks.sheets_of(source))
    return (kumu_workbook.read if is_map else workbooks.read)(source, vocabulary)


# JSON is told apart by its content: what it looks like, and who reads it.
SHAPES: Final[tuple[tuple[Callable[[object], bool], Callable[[Any, Input, Vocabulary], Reading]], ...]] = (
    (kumu.is_blueprint, kumu.read),
    (ftm.are_entities, ftm.read_list),
    (graphology.is_graphology, graphology.read_graphology),
    (rdf.is_linked_data, rdf.read_linked_data),
    (graphology.is_node_link, graphology.read_node_link),
)
PLAN: Final = ".toml"
WITH_A_PLAN: Final = "Other lists are read with a plan: `ecosystem plan FILE` writes its skeleton."
_READERS: Final[Mapping[str, Reader]] = {
    **dict.fromkeys((".csv", ".tsv"), _read_separated),
    PLAN: mapped.read,
    ".gexf": gexf.read,
    ".graphml": graphml.read,
    **dict.fromkeys((".net", ".paj"), pajek.read),
    **dict.fromkeys((".ftm", ".ijson"), ftm.read),
    **dict.fromkeys((".jsonl", ".ndjson"), _read_lines),
    ".json": _read_document,
    **dict.fromkeys(workbooks.SUFFIXES, _read_workbook),
    **dict.fromkeys(rdf.FORMATS, rdf.read),
}


def _read_archive(source: Input, vocabulary: Vocabulary) -> Reading:
    """Read the data set, or the only file, that an archive holds."""
    files = archives.members_of(source)
    folder_of = {path: Path(path).parent for path in files}
    folders_found = {
        folder: {Path(path).name: file for path, file in files.items() if folder_of[path] == folder}
        for folder in dict.fromkeys(folder_of.values())
    }
    datasets = [folder for folder, inside in folders_found.items() if folders.is_dataset(inside)]
    if len(datasets) == 1:
        own_name = datasets[0].name or source.stem
        return folders.read_files(folders_found[datasets[0]], vocabulary, source.path, own_name)
    readable = [path for path, file in files.items() if file.suffix in _READERS]
    plans = [path for path in readable if files[path].suffix == PLAN]
    pairs = {
        path: str(folder_of[path] / gephi.nodes_beside(Path(path).name)) for path in readable if _ties(files[path])
    }
    edges = [path for path, nodes in pairs.items() if sorted(readable) == sorted((path, nodes))]
    if len(readable) == 1 or len(plans) == 1 or edges:
        (path,) = plans or edges or readable
        given = replace(files[path], beside=folders_found[folder_of[path]])
        reading = _READERS[given.suffix](given, vocabulary)
        read_too = {path, *([str(folder_of[path] / str(toml_of(given).get("file")))] if plans else []), pairs.get(path)}
        others = [file.problem("is passed over.") for one, file in files.items() if one not in read_too]
        return replace(reading, skipped=[*reading.skipped, *others]) if others else reading
    held = ", ".join(list(files)[:5]) or "nothing"
    message = f"holds {len(datasets) or len(readable)} things that could be read, and not one: {values.quoted(held)}."
    raise DataError(source.problem(message, "Unpack it, and give what you mean."))


READERS: Final[Mapping[str, Reader]] = {
    **_READERS,
    **{f"{suffix}{PACKED}": reader for suffix, reader in _READERS.items()},
    **dict.fromkeys(archives.SUFFIXES, _read_archive),
}


def read(
    path: Path | str,
    vocabulary: Vocabulary,
    *,
    name: str | None = None,
    format: str | None = None,
    allow_remote_context: bool = False,
) -> Reading:
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
    allow_remote_context
        Whether a JSON-LD context of which no copy lies beside the file may be fetched from the web.

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
            source = replace(Input.of(shown, suffix, name or values.slug(stem)), allows_fetching=allow_remote_context)
            if suffix not in archives.SUFFIXES:
                check_kind(source)
            reading = READERS[suffix](source, vocabulary)
    except OSError as error:
        raise DataError(Problem(shown, 0, f"cannot be read: {error.strerror or error}.")) from error
    return replace(reading, dataset=replace(reading.dataset, name=name)) if name else reading


def _suffix(shown: str, format: str | None) -> str:
    suffix = f".{format.removeprefix('.')}".casefold() if format else _own_suffix(Path(shown)).casefold()
    if suffix in READERS:
        return suffix
    known = f"{', '.join(sorted(_READERS))}, each of them packed as .gz; {', '.join(archives.SUFFIXES)}"
    if shown == "-" and not format:
        raise DataError(Problem("-", 0, "standard input has no suffix.", f"State its format: {known}."))
    words = (
        f"files of the kind {values.quoted(suffix)} are not read." if suffix else "has no suffix that says its kind."
    )
    if suffix.removesuffix(PACKED) in DOCUMENTS:
        raise DataError(Problem(shown, 0, "is not read by itself.", WITH_A_PLAN))
    raise DataError(Problem(shown, 0, words, f"These are: {known}."))


def _own_suffix(path: Path) -> str:
    """Return what says a file's kind; of a packed file also what says the kind of what is in it."""
    return "".join(path.suffixes[-2:]) if path.suffix.casefold() == PACKED else path.suffix


def suggest_plan(path: Path | str, vocabulary: Vocabulary, *, sheet: str = "", rows: str = "") -> str:
    """Return the skeleton of a plan, in TOML, for a table, workbook or document of columns that are not ours.

    Parameters
    ----------
    sheet
        The sheet of a workbook; the first, if none is named.
    rows
        Where a document has its rows: the key of a list, or the XML element that is repeated.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    suffix = _own_suffix(Path(path)).casefold()
    known = (*SEPARATED, *workbooks.SUFFIXES, *DOCUMENTS)
    if suffix.removesuffix(PACKED) not in known:
        raise DataError(Problem(str(path), 0, "is no table that a plan could read.", f"These are: {', '.join(known)}."))
    table = Input.of(str(path), suffix, values.slug(Path(path).stem))
    check_kind(table)
    if suffix in workbooks.SUFFIXES:
        table = replace(table, part=sheet or workbooks.sheets_of(table)[0])
    return suggestions.suggested(table, vocabulary.default_relation, rows)


def _read_folder(folder: Path, vocabulary: Vocabulary, name: str) -> Reading:
    if folders.is_dataset(path.name for path in folder.iterdir()):
        return folders.read(folder, vocabulary, name=name)
    if gephi.is_pair(folder):
        return gephi.read_folder(folder, vocabulary, name=name)
    readable = sorted(path.name for path in folder.iterdir() if _own_suffix(path).casefold() in READERS)
    hint = "A data set has dataset.toml, actors.csv, initiatives.csv or relationships.csv"
    hint += f"; or name one of its files: {', '.join(readable[:5])}." if readable else ", a store was made by `load`."
    raise DataError(Problem(str(folder), 0, "is neither a data set nor a store.", hint))
