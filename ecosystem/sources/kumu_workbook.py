"""Kumu's workbook: a sheet of elements and a sheet of connections, as its spreadsheet import asks for them."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, Final

from ecosystem.errors import DataError, Problem
from ecosystem.sources import kumu, values
from ecosystem.sources.inputs import Input
from ecosystem.sources.reading import Reading, Vocabulary
from ecosystem.sources.values import quoted

__all__ = ["is_kumu_workbook", "read"]

ELEMENTS: Final = "elements"
CONNECTIONS: Final = "connections"
IGNORED: Final = "(ignore)"
UNPACKED_LIMIT: Final = 1024**3
CELL_LIMIT: Final = 20_000_000
# What Kumu calls things in a sheet, where its blueprints have a place of their own for them.
STRUCTURE: Final = ("id", "from", "to", "direction")


def is_kumu_workbook(sheets: Iterable[str]) -> bool:
    """Tell whether sheets of these names are those of a map of Kumu.

    >>> is_kumu_workbook(["Elements", "Connections"]), is_kumu_workbook(["actors", "relationships"])
    (True, False)
    """
    return CONNECTIONS in {name.strip().casefold() for name in sheets}


def read(source: Input, vocabulary: Vocabulary) -> Reading:
    """Read the workbook of a map; elements that only connections name are known by their label alone.

    Raises
    ------
    DataError
        If it is not a workbook, or with every row that is wrong.
    """
    sheets, skipped = _sheets(source), []
    document: dict[str, Any] = {ELEMENTS: [], CONNECTIONS: []}
    described = False
    for name, rows in sheets:
        kind = name.strip().casefold()
        if kind in document:
            document[kind] = list(_objects(name, rows))
            described = described or kind == ELEMENTS
        elif IGNORED not in kind:
            skipped.append(source.problem(f"sheet {quoted(name)} is none of a map's and is passed over."))
    if not described:
        ends = (words for one in document[CONNECTIONS] for end in ("from", "to") if (words := one.get(end)))
        document[ELEMENTS] = [{"label": label} for label in dict.fromkeys(ends)]
        skipped.append(source.problem("no sheet of elements: they are known by what the connections call them."))
    reading = kumu.read(document, source, vocabulary)
    found: tuple[Problem, ...] = (*skipped, *reading.skipped)
    return Reading(reading.dataset, reading.records, skipped=found, path=reading.path)


def _sheets(source: Input) -> list[tuple[str, list[list[Any]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with source.open() as file, zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_LIMIT:
                raise DataError(source.problem("unpacks to more than 1 GB.", "Save it as CSV."))
            file.seek(0)
            book = CalamineWorkbook.from_filelike(file)
            found, cells = [], 0
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                cells += sheet.total_height * sheet.total_width
                if cells > CELL_LIMIT:
                    raise DataError(source.problem(f"has more than {CELL_LIMIT:,} cells.", "Save it as CSV."))
                found.append((name, sheet.to_python(skip_empty_area=False)))
    except (zipfile.BadZipFile, CalamineError) as error:
        raise DataError(source.problem("is not a workbook, or damaged.", "Save it as .xlsx again.")) from error
    return found


def _objects(sheet: str, rows: list[list[Any]]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a sheet as a blueprint has them, each with the place by which messages name it."""
    filled = ((number, row) for number, row in enumerate(rows, start=1) if any(cell not in ("", None) for cell in row))
    _, header = next(filled, (0, []))
    names = [str(cell).strip() for cell in header]
    for number, row in filled:
        cells = {name: _words(cell) for name, cell in zip(names, row, strict=False) if name and _words(cell)}
        structure = {name.casefold(): cells.pop(name) for name in list(cells) if name.casefold() in STRUCTURE}
        yield {**structure, "attributes": cells, kumu.PLACE: f"{values.one_line(sheet)}, row {number}"}


def _words(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell).strip() if cell is not None else ""
