"""Kumu's workbook: a sheet of elements and a sheet of connections, as its spreadsheet import asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from ecosystem.errors import Problem
from ecosystem.sources import kumu, values, workbooks
from ecosystem.sources.inputs import Input
from ecosystem.sources.reading import Reading, Vocabulary
from ecosystem.sources.rows import Sheet
from ecosystem.sources.values import quoted

__all__ = ["is_kumu_workbook", "read"]

ELEMENTS: Final = "elements"
CONNECTIONS: Final = "connections"
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
    skipped: list[Problem] = []
    document: dict[str, Any] = {ELEMENTS: [], CONNECTIONS: []}
    described = False
    for name in workbooks.sheets_of(source):
        kind = name.strip().casefold()
        if kind in document:
            sheet = workbooks.sheet_of(replace(source, part=name), header=1)
            document[kind] = list(_objects(name, sheet))
            skipped += sheet.notes
            described = described or kind == ELEMENTS
        else:
            skipped.append(source.problem(f"sheet {quoted(name)} is none of a map's and is passed over."))
    if not described:
        ends = (words for one in document[CONNECTIONS] for end in ("from", "to") if (words := one.get(end)))
        document[ELEMENTS] = [{"label": label} for label in dict.fromkeys(ends)]
        skipped.append(source.problem("no sheet of elements: they are known by what the connections call them."))
    reading = kumu.read(document, source, vocabulary)
    found: tuple[Problem, ...] = (*skipped, *reading.skipped)
    return Reading(reading.dataset, reading.records, skipped=found, path=reading.path)


def _objects(name: str, sheet: Sheet) -> Iterator[dict[str, Any]]:
    """Yield the rows of a sheet as a blueprint has them, each with the place by which messages name it."""
    for row in sheet.rows:
        cells = {
            heading: cell for heading, cell in zip(sheet.header.cells, row.cells, strict=False) if heading and cell
        }
        structure = {
            heading.casefold(): cells.pop(heading) for heading in list(cells) if heading.casefold() in STRUCTURE
        }
        yield {**structure, "attributes": cells, kumu.PLACE: f"{values.one_line(name)}, row {row.line}"}
