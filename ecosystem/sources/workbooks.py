"""Workbooks of spreadsheet programs: XLSX, ODS and the older XLS, each sheet read as a table of text is.

A workbook is a data set where its sheets are called as a data set's tables are (`actors`, `relationships` …; a sheet
`dataset` of keys and values may describe it), or one table. A sheet whose name ends in "(ignore)" is left alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from typing import Any, Final

from ecosystem.errors import DataError, Problem
from ecosystem.records import Dataset
from ecosystem.sources import workbook_process
from ecosystem.sources.descriptions import dataset_of, nearest_key
from ecosystem.sources.inputs import Input
from ecosystem.sources.reading import Problems, Reading, Vocabulary
from ecosystem.sources.rows import NULL, Row, Sheet, headed
from ecosystem.sources.tables import TABLES, Assembly
from ecosystem.sources.values import one_line, quoted
from ecosystem.wording import counted

__all__ = ["SUFFIXES", "read", "sheet_of", "sheets_of"]

SUFFIXES: Final = (".xlsx", ".ods", ".xls")
SIZE_LIMIT: Final = 100 * 1024**2
MEMORY_LIMIT: Final = 2 * 1024**3
SECONDS_LIMIT: Final = 120
IGNORED: Final = "(ignore)"
DESCRIPTION: Final = "dataset"
TITLE_LIMIT: Final = 20


def read(source: Input, vocabulary: Vocabulary) -> Reading:
    """Read a data set in one workbook, or a single table.

    Raises
    ------
    DataError
        If it is no workbook, is too large, has no sheet that is known; and with every row that is wrong.
    """
    names = sheets_of(source)
    called = {name.strip().casefold(): name for name in reversed(names)}
    tables = [(layout, called[table]) for table, layout in TABLES.items() if table in called]
    problems = Problems(source.path)
    dataset, skipped = _described(source, called, problems)
    assembly = Assembly(vocabulary, dataset.language, problems)
    assembly.skipped += skipped
    if not tables and len(names) == 1:
        assembly.add(replace(source, part=names[0]), opened=sheet_of)
    elif tables:
        known = {*(name for _, name in tables), called.get(DESCRIPTION)}
        assembly.skipped += [_stranger(source, name) for name in names if name not in known]
        for layout, name in tables:
            assembly.add(replace(source, part=name), layout, sheet_of)
    else:
        message = f"has no sheet called {', '.join(TABLES)}: {_named(names)}."
        hint = "Rename its sheets, or write a plan that says what one holds: `ecosystem plan` makes its skeleton."
        raise DataError(source.problem(message, hint))
    return assembly.reading(dataset, source.path)


def sheets_of(source: Input) -> list[str]:
    """Return the names of a workbook's sheets, without those to be ignored.

    Raises
    ------
    DataError
        If it is no workbook, or has none.
    """
    with closing(_told(source)) as told:
        names: list[str] = next(told)["sheets"]
    kept = [name for name in names if not name.strip().casefold().endswith(IGNORED)]
    if not kept:
        raise DataError(source.problem("has no sheet to read.", f"A name must not end in {IGNORED}."))
    return kept


def sheet_of(source: Input, header: int | None = None) -> Sheet:
    """Return the sheet that is the input's part, to be gone through once.

    Parameters
    ----------
    header
        The row that names the columns, where it is not the first that fills two cells; 0 where none does.

    Raises
    ------
    DataError
        If the workbook cannot be read, or the sheet is empty or not there.
    """
    notes: list[Problem] = []
    rows = _below_titles(_rows(source), source, header, notes)
    return headed(_within(rows, source, notes), notes, numbered=header == 0)


def _below_titles(rows: Iterator[Row], place: Input, header: int | None, notes: list[Problem]) -> Iterator[Row]:
    """Yield the header and what follows it; titles fill one cell, a header two or more."""
    first: list[Row] = []
    for row in rows:
        if header is not None and row.line < header:
            continue
        first.append(row)
        if header is not None or sum(map(bool, row.cells)) > 1 or len(first) > TITLE_LIMIT:
            break
    if not first:
        raise DataError(place.problem("is empty.", "The first row must name the columns."))
    below = next((at for at, row in enumerate(first) if sum(map(bool, row.cells)) > 1), 0)
    if below:
        title = quoted(next(filter(None, first[0].cells)))
        message = f"what stands above the header is passed over: {title}."
        notes.append(place.problem(message, line=first[below].line))
    yield from first[below:]
    yield from rows


def _within(rows: Iterator[Row], place: Input, notes: list[Problem]) -> Iterator[Row]:
    """Yield rows without what stands beside the table: remarks, and what a merged cell left behind."""
    width = first = count = 0
    for row in rows:
        width = width or len(row.cells)
        if len(row.cells) > width:
            first, count = first or row.line, count + 1
            row = Row(row.line, row.cells[:width])
        yield row
    if count:
        message = f"cells beyond the last heading are passed over in {counted(count, 'row')}, this one first."
        notes.append(place.problem(message, line=first))


def _rows(place: Input) -> Iterator[Row]:
    with closing(_told(place, place.part)) as told:
        names = next(told)["sheets"]
        if place.part not in names:
            hint = nearest_key(place.part, tuple(names)) or f"It has {_named(names)}."
            raise DataError(replace(place, part="").problem(f"has no sheet {quoted(place.part)}.", hint))
        for one in told:
            if isinstance(one, list):
                line, cells = one
                yield Row(line, ["" if cell == NULL else cell for cell in cells])


def _told(source: Input, *wanted: str) -> Generator[Any]:
    """Yield what the process that parses a workbook tells of it: first the names of its sheets."""
    with source.open(SIZE_LIMIT) as file:
        content = file.read()
    limits = (str(MEMORY_LIMIT), str(SECONDS_LIMIT))
    command = [sys.executable, "-I", workbook_process.__file__, *limits, *wanted]
    ended = False
    with subprocess.Popen(  # noqa: S603 - our own script, and no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            with suppress(BrokenPipeError), process.stdin as stdin:
                stdin.write(content)
            for line in process.stdout:
                one = json.loads(line)
                if isinstance(one, dict) and "error" in one:
                    raise DataError(_problem(source, one["error"]))
                ended = isinstance(one, dict) and "end" in one
                yield one
        finally:
            process.kill()
    if not ended:
        raise DataError(_problem(source, "limits"))


def _problem(source: Input, error: str) -> Problem:
    """Return why a workbook cannot be read."""
    if error == "password":
        return source.problem("is locked with a password.", "Save it without one.")
    if error == "limits":
        words = f"takes more than {MEMORY_LIMIT // 1024**3} GB or {SECONDS_LIMIT} seconds to read, or is damaged."
        return source.problem(words, "Save its sheets as CSV, or save it anew.")
    hint = "Open it, and save it anew; if it is text, let its name end in .csv."
    return source.problem(f"is not a workbook, or damaged: {one_line(error)[:100]}.", hint)


def _described(source: Input, called: Mapping[str, str], problems: Problems) -> tuple[Dataset, list[Problem]]:
    """Return what the sheet of keys and values says of the data set, if there is one, and what was passed over."""
    skipped: list[Problem] = []
    said: dict[str, object] = {}
    if DESCRIPTION in called:
        rows = [row.cells for row in _rows(replace(source, part=called[DESCRIPTION]))]
        said = {cells[0].casefold(): cells[1] for cells in rows if len(cells) > 1 and cells[0].casefold() != "key"}
    return dataset_of(
        said, source.path, "" if said.get("name") else source.name, source.stem, problems, skipped
    ), skipped


def _stranger(source: Input, name: str) -> Problem:
    near = nearest_key(name, tuple(TABLES))
    return source.problem(f"sheet {quoted(name)} is none of a data set's and is passed over.", near)


def _named(names: Sequence[str]) -> str:
    return ", ".join(map(quoted, names[:12])) + (" …" if len(names) > 12 else "")
