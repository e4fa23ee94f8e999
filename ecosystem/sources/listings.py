"""The rows of a foreign table, workbook or document, cut down to the columns that a plan asks for."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ecosystem.errors import DataError, Problem
from ecosystem.sources import workbooks
from ecosystem.sources.descriptions import nearest_key
from ecosystem.sources.documents import document_of, lines_of
from ecosystem.sources.guards import check_kind
from ecosystem.sources.inputs import Input
from ecosystem.sources.repeated import elements_of, tags_of
from ecosystem.sources.rows import Sheet, separated
from ecosystem.sources.values import quoted

__all__ = ["Cell", "Listed", "Listing", "columns_of", "dug", "listing"]

# What a row says in one column: nothing, one value, or several.
Cell = tuple[str, ...]
NAMED: Final = 12
SAMPLE: Final = 1000


@dataclass(frozen=True, slots=True)
class Listed:
    """A row: where it stands, its cells in the order in which columns were asked for, and why it cannot be used."""

    line: int
    cells: Sequence[Cell]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows to be gone through once; `noun` is what to call one, `notes` are complete at their end."""

    rows: Iterator[Listed]
    noun: str = "row"
    notes: list[Problem] = field(default_factory=list)


def listing(table: Input, columns: Mapping[str, str], *, header: int | None = None, rows: str = "") -> Listing:
    """Open a table, workbook or document.

    Parameters
    ----------
    columns
        The columns that are wanted, each with the place in the plan that asks for it. Those of a document are its
        keys; a full stop leads to the keys within: `details.name`.
    header
        The row of a table that names its columns, where it is stated; 0: none does, they are called 1, 2 …
    rows
        Where the rows of a document are.

    Raises
    ------
    DataError
        From here, or while going through the rows: if it cannot be read, or lacks a column.
    """
    check_kind(table)
    if table.kind == ".xml":
        return Listing(_picked(elements_of(table, _element(table, rows)), table, columns), "line")
    if table.kind == ".json":
        items = enumerate(_items(document_of(table), table, rows), start=1)
        return Listing(_picked(items, table, columns), "item")
    if table.kind in (".jsonl", ".ndjson"):
        return Listing(_picked(lines_of(table), table, columns), "line")
    sheet = _sheet(table, header)
    headings = _headings(sheet)
    missing = [name for name in columns if _folded(name) not in headings]
    if missing:
        raise DataError(_missing(table, missing, columns, [*headings.values()], sheet.header.line))
    names = [*headings]
    return Listing(_cells(sheet, [names.index(_folded(name)) for name in columns]), notes=sheet.notes)


def columns_of(table: Input, rows: str = "") -> tuple[dict[str, list[str]], int, str]:
    """Return the columns of a table or document, each with its values in the first rows; how many; where rows are.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    found: dict[str, list[str]] = {}
    if table.kind in (".json", ".jsonl", ".ndjson", ".xml"):
        if table.kind == ".xml":
            rows = rows or _most_repeated(table)
            items: Iterable[Any] = (item for _, item in elements_of(table, rows))
        elif table.kind == ".json":
            items = _items(document_of(table), table, rows)
        else:
            items = (item for _, item in lines_of(table))
        sample = list(itertools.islice(items, SAMPLE))
        for item in sample:
            for path in _paths(item):
                found.setdefault(path, []).extend(value for value in dug(item, path.split(".")) if value)
        # Where the parts of an element are columns, the whole of its text is not told as one more.
        parts = {path: values for path, values in found.items() if not path.endswith(".")}
        return parts or found, len(sample), rows
    sheet = _sheet(table, None)
    headings = [*_headings(sheet).values()]
    found = {name: [] for name in headings}
    taken = list(itertools.islice(sheet.rows, SAMPLE))
    for row in taken:
        for name, cell in zip(headings, row.cells, strict=False):
            found[name] += [cell] if cell else []
    return found, len(taken), rows


def _sheet(table: Input, header: int | None) -> Sheet:
    if table.kind not in workbooks.SUFFIXES:
        return separated(table, header)
    if table.part:
        return workbooks.sheet_of(table, header)
    names = workbooks.sheets_of(table)
    if len(names) > 1:
        hint = f'Write sheet = "…": it has {", ".join(map(quoted, names[:NAMED]))}.'
        raise DataError(table.problem("has several sheets.", hint))
    return workbooks.sheet_of(Input(table.path, table.suffix, table.name, table.content, names[0]), header)


def _folded(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def _headings(sheet: Sheet) -> dict[str, str]:
    """Return the headings of a sheet in their order, by their folded form; one that occurs again gets a number."""
    found: dict[str, str] = {}
    for place, cell in enumerate(sheet.header.cells, start=1):
        heading = name = " ".join(cell.split()) or str(place)
        for number in itertools.count(2):
            if name.casefold() not in found:
                break
            name = f"{heading} ({number})"
        found[name.casefold()] = name
    return found


def _cells(sheet: Sheet, places: Sequence[int]) -> Iterator[Listed]:
    for row in sheet.rows:
        cells = [] if row.fault else [(row.cells[place],) if row.cells[place] else () for place in places]
        yield Listed(row.line, cells, row.fault)


def _missing(
    table: Input, missing: Sequence[str], columns: Mapping[str, str], known: Sequence[str], line: int = 0
) -> list[Problem]:
    """Return a problem for each column that a table lacks."""
    named = ", ".join(map(quoted, known[:NAMED])) + (f" and {len(known) - NAMED} more" if len(known) > NAMED else "")
    folded = {_folded(one): one for one in known}
    return [
        table.problem(
            f"has no column {quoted(name)}, which the plan names as {columns[name]}.",
            f"{_near(name, folded)}It has {named}." if known else "It has none.",
            line,
        )
        for name in missing
    ]


def _near(name: str, folded: Mapping[str, str]) -> str:
    near = nearest_key(_folded(name), tuple(folded))
    return f"Did you mean {quoted(folded[near.removeprefix('Did you mean ')[:-1]])}? " if near else ""


def _picked(items: Iterable[tuple[int, Any]], table: Input, columns: Mapping[str, str]) -> Iterator[Listed]:
    """Yield what is wanted of each item of a document; that a column is nowhere is known at the end."""
    paths = {name: name.split(".") for name in columns}
    wanted, known = set(columns), dict[str, None]()
    rest = iter(items)
    # Where the first thousand have all, or are all there are, the plan's mistakes are told before those of rows.
    first = list(itertools.islice(rest, SAMPLE))
    for _, item in first:
        _note(item, wanted, known)
    if wanted and len(first) < SAMPLE:
        raise DataError(_missing(table, [name for name in columns if name in wanted], columns, [*known]))
    for line, item in itertools.chain(first, rest):
        if not isinstance(item, dict):
            yield Listed(line, [], "is not an object with keys.")
            continue
        if wanted:
            _note(item, wanted, known)
        yield Listed(line, [dug(item, path) for path in paths.values()])
    if wanted:
        raise DataError(_missing(table, [name for name in columns if name in wanted], columns, [*known]))


def _note(item: object, wanted: set[str], known: dict[str, None]) -> None:
    """Take the columns that an item has from those that are wanted; an empty one may have any columns within."""
    for path in _paths(item):
        known[path] = None
        wanted.difference_update([name for name in wanted if name == path or name.startswith(f"{path}.")])


def _paths(node: object, before: str = "", depth: int = 6) -> Iterator[str]:
    """Yield the keys of all that has no keys within."""
    if isinstance(node, list):
        kept = [one for one in node if one not in (None, "", [], {})]
        yield from dict.fromkeys(path for one in kept for path in _paths(one, before, depth))
        if not kept and before:
            yield before.removesuffix(".")
    elif isinstance(node, dict) and depth and node:
        for key, value in node.items():
            yield from _paths(value, f"{before}{key}.", depth - 1)
    elif before:
        yield before.removesuffix(".")


def dug(node: Any, path: Sequence[str]) -> Cell:
    """Return the texts at a path; where one of several things lacks it, an empty text holds its place.

    >>> dug({"a": [{"b": "x"}, {}, {"b": 3.0}]}, ["a", "b"])
    ('x', '', '3')
    """
    found = _dug(node, path)
    return found if any(found) else ()


def _dug(node: Any, path: Sequence[str]) -> Cell:
    if isinstance(node, list):
        return tuple(text for one in node for text in _dug(one, path))
    if isinstance(node, dict):
        for count in range(len(path), 0, -1):  # keys may have full stops themselves
            if (key := ".".join(path[:count])) in node:
                return _dug(node[key], path[count:])
        return _dug(node["."], []) if not path and "." in node else ("",)
    if path or node is None:
        return ("",)
    if isinstance(node, bool):
        return ("true" if node else "false",)
    if isinstance(node, float) and node.is_integer() and abs(node) < 1e15:
        return (str(int(node)),)
    return (str(node).strip(),)


def _items(document: Any, table: Input, rows: str) -> list[Any]:
    """Return the list in a document: the one named, the document itself, or the only one in it."""
    if rows:
        for key in rows.split("."):
            document = document.get(key) if isinstance(document, dict) else None
        if isinstance(document, list):
            return document
        raise DataError(table.problem(f"has no list {quoted(rows)}.", 'Mend rows = "…" in the plan.'))
    if isinstance(document, list):
        return document
    lists = _lists(document)
    # A list of names, as of the columns of a result, has no keys to be read.
    keyed = [path for path, items in lists.items() if any(isinstance(one, dict) for one in items)] or [*lists]
    if len(keyed) == 1:
        return lists[keyed[0]]
    named = f": it has {', '.join(map(quoted, list(lists)[:NAMED]))}" if lists else ""
    raise DataError(table.problem("is not one list of items.", f'Name it in the plan, as rows = "items"{named}.'))


def _lists(document: Any, before: str = "", depth: int = 3) -> dict[str, list[Any]]:
    """Return the lists in a document by the keys that lead to them; not those within lists."""
    found: dict[str, list[Any]] = {}
    for key, value in document.items() if isinstance(document, dict) and depth else ():
        if isinstance(value, list):
            found[f"{before}{key}"] = value
        found |= _lists(value, f"{before}{key}.", depth - 1)
    return found


def _element(table: Input, rows: str) -> str:
    if rows:
        return rows
    hint = f'Write rows = "{_most_repeated(table)}" in the plan, or another.'
    raise DataError(table.problem("is XML: which element is repeated is not said.", hint))


def _most_repeated(table: Input) -> str:
    """Return the element that is repeated most; of several, one that surrounds the others."""
    counts = tags_of(table)
    most = max(counts.values(), default=0)
    return min((count, name) for name, count in counts.items() if count > 0.95 * most)[1]
