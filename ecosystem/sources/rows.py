"""Separated values as rows: true row numbers, and nothing cut off without a word."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ecosystem.errors import DataError, Problem
from ecosystem.sources.dialects import Lines, opening
from ecosystem.sources.inputs import Input

if TYPE_CHECKING:
    from _csv import Reader

__all__ = ["Block", "Row", "Sheet", "fitted", "headed", "in_blocks", "row_of", "separated"]

CELL_LIMIT: Final = 1_000_000
BLOCK: Final = 8192
NULL: Final = r"\N"
LINE_BREAK: Final = re.compile(r"\r\n?|\n")


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
    `notes` are complete when the rows have been gone through.
    """

    header: Row
    rows: Iterator[Row]
    notes: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a table as they are written, which may be too short or too long, and the line of each."""

    lines: Sequence[int]
    rows: list[list[str]]


def separated(source: Input, header: int | None = None) -> Sheet:
    """Read values separated by comma, semicolon, tab or bar.

    Parameters
    ----------
    header
        The line that names the columns, where it is not the first below a title; 0 where none does, so that columns
        are called 1, 2 and so on.

    Raises
    ------
    DataError
        From here, or while going through the rows: if the file is empty, is no text, holds a NUL byte, a cell
        or a line beyond the limits, or a quotation mark that is never closed.
    """
    notes: list[Problem] = []
    reader, passed = _opened(source, notes, header)
    return headed(_rows(source, reader, passed), notes, numbered=header == 0, file=source)


def headed(rows: Iterator[Row], notes: list[Problem], *, numbered: bool = False, file: Input | None = None) -> Sheet:
    """Return rows as a sheet, of which the first is the header.

    Parameters
    ----------
    numbered
        There is no header: columns are called 1, 2 and so on.
    file
        The text that the rows come from, where it may be cut short.
    """
    first = _trimmed(next(rows))
    if numbered:
        names = [str(number) for number in range(1, len(first.cells) + 1)]
        return Sheet(Row(first.line, names), _fitted(itertools.chain((first,), rows), len(names), file), notes)
    return Sheet(first, _fitted(rows, len(first.cells), file), notes)


def in_blocks(source: Input, notes: list[Problem]) -> tuple[Row, Iterator[Block]]:
    """Read a table of very many rows: the header, and blocks of rows. See `Block`.

    What should be known of the file goes to `notes` at its end.

    Raises
    ------
    DataError
        As for `separated`.
    """
    reader, passed = _opened(source, notes)
    header = _trimmed(next(_rows(source, reader, passed)))
    return header, _blocks(source, reader, passed, len(header.cells))


def fitted(cells: list[str], width: int) -> list[str] | None:
    """Return a row filled up to `width` cells; None where it has more."""
    return None if any(cells[width:]) else [*cells[:width], *[""] * (width - len(cells))]


def row_of(line: int, written: list[str], width: int) -> Row | None:
    """Return a row of a block as a sheet has it; None where it is wholly empty."""
    row = Row(line, _bare(written))
    return _of_width(row, width) if any(row.cells) else None


def _opened(source: Input, notes: list[Problem], header: int | None = None) -> tuple[Reader, int]:
    """Return a reader that begins with the header, and how many lines came before that."""
    found = opening(Lines(source, notes), header)
    return csv.reader(found.lines, delimiter=found.separator, strict=True), found.passed


def _trimmed(header: Row) -> Row:
    while header.cells and not header.cells[-1]:
        header.cells.pop()
    return header


def _blocks(source: Input, reader: Reader, passed: int, width: int) -> Iterator[Block]:
    begins = passed + reader.line_num + 1
    held: list[list[str]] = []
    fault: csv.Error | DataError | None = None
    finished = False
    while not finished:
        rows, held, before = held, [], len(held)
        # The limit is the process's: raised for this block only.
        limit = csv.field_size_limit(CELL_LIMIT)
        try:
            # Rows that were read before an error stay in the list.
            rows += itertools.islice(reader, BLOCK)
        except (csv.Error, DataError) as error:
            fault = error
        finally:
            csv.field_size_limit(limit)
        finished = fault is not None or len(rows) - before < BLOCK
        lines = _lines(begins, rows, passed + reader.line_num + 1)
        begins = lines[len(rows)]
        # A short row may be the last of a file that is cut short, which is only known at the end.
        if rows and len(rows[-1]) < width and fault is None:
            held, begins = [rows.pop()], lines[len(rows)]
        if finished and held and (any(_bare(held[0])) and not source.ends_in_line_break()):
            fault = DataError(source.problem(_cut_short(len(held[0]), width), "Mend the row.", begins))
        elif finished:
            rows += held
        if rows:
            yield Block(lines[: len(rows)], rows)
    if isinstance(fault, csv.Error):
        raise DataError(source.problem(*_explained(str(fault)), begins)) from fault
    if fault is not None:
        raise fault


def _lines(begins: int, rows: list[list[str]], ends: int) -> Sequence[int]:
    """Return the lines on which rows begin, and that behind them; `ends` is the line to which the reader has come."""
    if ends - begins == len(rows):
        return range(begins, ends + 1)
    breaks = (len(LINE_BREAK.findall(",".join(cells))) for cells in rows)
    return [*itertools.accumulate((1 + count for count in breaks), initial=begins)]


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
        yield Row(begins, _bare(cells))
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


def _bare(cells: list[str]) -> list[str]:
    return ["" if (bare := cell.strip()) == NULL else bare for cell in cells]


def _fitted(rows: Iterator[Row], width: int, file: Input | None) -> Iterator[Row]:
    # A short row may be the last of a file that is cut short, which is only known when the next is asked for.
    short: Row | None = None
    try:
        for row in rows:
            if short:
                yield _of_width(short, width)
            short = row if file and any(row.cells) and len(row.cells) < width else None
            if not short and any(row.cells):
                yield _of_width(row, width)
    except DataError:
        if short:
            yield _of_width(short, width)
        raise
    if short and file and not file.ends_in_line_break():
        yield Row(short.line, [], _cut_short(len(short.cells), width))
    elif short:
        yield _of_width(short, width)


def _of_width(row: Row, width: int) -> Row:
    cells = fitted(row.cells, width)
    if cells is None:
        return Row(row.line, [], f"has {len(row.cells)} cells, and the header names {width} columns.")
    return Row(row.line, cells)
