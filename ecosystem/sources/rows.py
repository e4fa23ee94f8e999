"""Separated values as rows: dialect from the header, true row numbers, and nothing cut off without a word."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ecosystem.errors import DataError
from ecosystem.sources.inputs import Input

if TYPE_CHECKING:
    from _csv import Reader

__all__ = ["Row", "Sheet", "fitted", "in_blocks", "separated"]

CELL_LIMIT: Final = 1_000_000
BLOCK: Final = 8192
LINE_LIMIT: Final = 16 * CELL_LIMIT
SEPARATORS: Final = ",;\t"
# A first line by which some spreadsheets tell each other the separator.
DECLARATION: Final = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)
NULL: Final = r"\N"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, without blanks around them, and the line on which it begins (1 is the first).

    `fault` says why the row cannot be used, if it cannot.
    """

    line: int
    cells: list[str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    r"""A header, and the rows below it, to be gone through once.

    Rows that are wholly empty are left out, rows that lack cells at their end are filled up; `\N` is an empty cell.
    """

    header: Row
    rows: Iterator[Row]


def separated(source: Input) -> Sheet:
    """Read comma-, semicolon- or tab-separated values.

    Raises
    ------
    DataError
        From here, or while going through the rows: if the file is empty, is not UTF-8, holds a NUL byte, a cell
        or a line beyond the limits, or a quotation mark that is never closed.
    """
    reader, passed = _opened(source)
    rows = _rows(source, reader, passed)
    header = _trimmed(next(rows))
    return Sheet(header, _fitted(rows, len(header.cells), source))


def in_blocks(source: Input) -> tuple[Row, Iterator[list[tuple[int, list[str]]]]]:
    """Read a table of very many rows: the header, and blocks of rows, each with the line on which it begins.

    Cells are as they are written, and rows may be too short or too long: see `fitted`.

    Raises
    ------
    DataError
        As for `separated`.
    """
    reader, passed = _opened(source)
    header = _trimmed(next(_rows(source, reader, passed)))
    return header, _blocks(source, reader, passed, len(header.cells))


def fitted(cells: list[str], width: int) -> list[str] | None:
    """Return a row filled up to `width` cells; None where it has more."""
    return None if any(cells[width:]) else [*cells[:width], *[""] * (width - len(cells))]


def _opened(source: Input) -> tuple[Reader, int]:
    """Return a reader that begins with the header, and how many lines came before that."""
    lines = _lines(source)
    passed, separator = 0, ""
    for first in lines:
        if declared := DECLARATION.fullmatch(first):
            separator = declared[1]
        elif first.strip(SEPARATORS + "\r\n "):
            break
        passed += 1
    else:
        raise DataError(source.problem("is empty.", "The first row must name the columns."))
    delimiter = separator or _separator(first)
    return csv.reader(itertools.chain((first,), lines), delimiter=delimiter, strict=True), passed


def _trimmed(header: Row) -> Row:
    while header.cells and not header.cells[-1]:
        header.cells.pop()
    return header


def _blocks(source: Input, reader: Reader, passed: int, width: int) -> Iterator[list[tuple[int, list[str]]]]:
    block: list[tuple[int, list[str]]] = []
    last_line, last_count = 0, width
    while True:
        begins = passed + reader.line_num + 1
        # The limit is the process's: raised for this block only.
        limit = csv.field_size_limit(CELL_LIMIT)
        try:
            for cells in itertools.islice(reader, BLOCK):
                block.append((begins, cells))
                begins = passed + reader.line_num + 1
        except csv.Error as error:
            raise DataError(source.problem(*_explained(str(error)), begins)) from error
        finally:
            csv.field_size_limit(limit)
        if not block:
            break
        last_line, last_count = block[-1][0], len(block[-1][1])
        yield block
        block = []
    if last_count < width and not source.ends_in_line_break():
        raise DataError(source.problem(_cut_short(last_count, width), "Mend the row.", last_line))


def _lines(source: Input) -> Iterator[str]:
    with io.TextIOWrapper(source.open(), encoding="utf-8", newline="") as text:
        try:
            for number in itertools.count(1):
                line = text.readline(LINE_LIMIT + 1)
                if not line:
                    return
                if "\0" in line:
                    hint = "The file is damaged, or UTF-16: save it as UTF-8."
                    raise DataError(source.problem("holds a NUL byte.", hint, number))
                if len(line) > LINE_LIMIT:
                    raise DataError(source.problem("this line is too long for a table.", "Is this a CSV file?", number))
                yield line
        except UnicodeDecodeError as error:
            found = source.undecodable()
            if found is None:
                raise
            raise DataError(found) from error


def _separator(header: str) -> str:
    bare = re.sub(r'"[^"]*"', "", header)
    return max(SEPARATORS, key=bare.count)


def _rows(source: Input, reader: Reader, passed: int) -> Iterator[Row]:
    """Yield rows with the line on which each begins; `passed` lines came before the reader's first."""
    begins = passed + 1
    while True:
        # The limit is the process's: raised for this row only.
        limit = csv.field_size_limit(CELL_LIMIT)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise DataError(source.problem(*_explained(str(error)), begins)) from error
        finally:
            csv.field_size_limit(limit)
        yield Row(begins, ["" if (bare := cell.strip()) == NULL else bare for cell in cells])
        begins = passed + reader.line_num + 1


def _explained(error: str) -> tuple[str, str]:
    if "unexpected end" in error:
        return "a quotation mark that opens here is never closed.", "Close it; or is the file cut short?"
    if "limit" in error:
        hint = "Shorten it; or is a quotation mark not closed?"
        return f"a cell is longer than {CELL_LIMIT:,} characters.", hint
    return "a quotation mark stands within a quoted cell.", 'Write it twice: "".'


def _cut_short(count: int, width: int) -> str:
    return f"has {count} of {width} cells, and the file ends within it: it is cut short."


def _fitted(rows: Iterator[Row], width: int, source: Input) -> Iterator[Row]:
    for row, following in itertools.pairwise(itertools.chain(rows, (None,))):
        if row is None or not any(row.cells):
            continue
        count = len(row.cells)
        if any(row.cells[width:]):
            yield Row(row.line, [], f"has {count} cells, and the header names {width} columns.")
        elif count < width and following is None and not source.ends_in_line_break():
            yield Row(row.line, [], _cut_short(count, width))
        else:
            yield Row(row.line, [*row.cells[:width], *[""] * (width - count)])
