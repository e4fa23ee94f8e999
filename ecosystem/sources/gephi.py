"""Gephi's pair of tables: nodes with Id and Label, edges with Source, Target and Type.

Either the folder or the table of edges is named; its table of nodes lies beside it. Without one, edges tie nodes that
are known by their id alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from ecosystem.errors import DataError, Problem
from ecosystem.sources import rows, values
from ecosystem.sources.inputs import Input
from ecosystem.sources.items import Item
from ecosystem.sources.networks import DIRECTIONS, Network
from ecosystem.sources.reading import Reading, Vocabulary
from ecosystem.sources.rows import Row, Sheet

__all__ = ["is_edge_table", "is_pair", "nodes_beside", "read", "read_folder"]

NODES: Final = "nodes.csv"
EDGES: Final = "edges.csv"
OF_EDGES: Final = frozenset({"source", "target"})
OF_STATEMENTS: Final = frozenset({"subject", "object"})
INTERVAL: Final = re.compile(r"<?[\[(]([^,]*),([^,\])]*)[\])]>?")
OPEN: Final = re.compile("[+-]?infinity", re.IGNORECASE)
NEUTRALISED: Final = ("'=", "'+", "'-", "'@")


def is_pair(folder: Path) -> bool:
    """Tell whether a folder holds a table of edges."""
    return (folder / EDGES).is_file()


def is_edge_table(source: Input) -> bool:
    """Tell whether the header of a table is that of edges."""
    try:
        header = rows.separated(source).header
    except DataError:
        return False
    names = {cell.strip().casefold() for cell in header.cells}
    return names >= OF_EDGES and not names & OF_STATEMENTS


def read_folder(folder: Path, vocabulary: Vocabulary, *, name: str = "") -> Reading:
    """Read the pair of tables in a folder.

    Raises
    ------
    DataError
        With every row that is wrong.
    """
    own = name or values.slug(folder.resolve().name)
    source = Input.of(str(folder / EDGES), ".csv", own)
    return _read(source, source.neighbour(NODES, ".csv", own), folder.resolve().name, vocabulary)


def read(source: Input, vocabulary: Vocabulary) -> Reading:
    """Read a table of edges, and the table of nodes beside it if there is one.

    Raises
    ------
    DataError
        With every row that is wrong.
    """
    nodes = source.neighbour(nodes_beside(Path(source.part or source.path).name), ".csv", source.name)
    return _read(source, nodes, source.stem, vocabulary)


def nodes_beside(edges: str) -> str:
    """Return what the table of nodes is called that belongs to a table of edges.

    >>> nodes_beside("Ties [Edges].csv"), nodes_beside("ties.csv")
    ('Ties [Nodes].csv', 'nodes.csv')
    """
    name = re.sub("(?i)edges", _nodes_as_written, edges)
    return name if name != edges else NODES


def _read(source: Input, nodes: Input | None, title: str, vocabulary: Vocabulary) -> Reading:
    network = Network(source, vocabulary, {"title": title} if title else {}, implied=nodes is None)
    notes: list[Problem] = []
    if nodes:
        sheet = rows.separated(nodes)
        for row, fields in _items(sheet, nodes, network):
            given, label = fields.pop("id", ""), fields.pop("label", "")
            network.node(given, label, Item(line=row.line, path=nodes.path, fields=fields))
        notes += sheet.notes
    else:
        network.notes.append("no table of nodes lies beside it: actors are known by what its edges call them.")
    sheet = rows.separated(source)
    edges = list(_items(sheet, source, network))
    # Other programs have the kind of a tie in the column that says for Gephi whether it has a direction.
    says_direction = any(fields.get("type", "").casefold() in DIRECTIONS for _, fields in edges)
    for row, fields in edges:
        ends = fields.pop("source", ""), fields.pop("target", "")
        direction = (fields.pop("type", "") if says_direction else "") or "directed"
        network.edge(fields.pop("id", ""), ends, direction, Item(line=row.line, fields=fields))
    reading = network.reading()
    return replace(reading, skipped=(*notes, *sheet.notes, *reading.skipped))


def _items(sheet: Sheet, source: Input, network: Network) -> Iterator[tuple[Row, dict[str, str]]]:
    names = [name.strip().casefold() for name in sheet.header.cells]
    if len(set(names)) < len(names):
        raise DataError(source.problem("two columns have one name.", "Leave one out.", sheet.header.line))
    for row in sheet.rows:
        if row.fault:
            network.problems.add(source.problem(row.fault, "Mend the row.", row.line))
            continue
        cells = zip(names, map(_plain, row.cells), strict=True)
        fields = {name: cell for name, cell in cells if cell}
        interval = INTERVAL.fullmatch(fields.get("time interval", "") or fields.get("timeset", ""))
        if interval:
            fields = {name: cell for name, cell in fields.items() if name not in ("time interval", "timeset")}
            times = {"start": interval[1].strip(), "end": interval[2].strip()}
            fields = {**{name: time for name, time in times.items() if time and not OPEN.fullmatch(time)}, **fields}
        yield row, fields


def _plain(cell: str) -> str:
    """Return a cell without the sign that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell.startswith(NEUTRALISED) else cell


def _nodes_as_written(found: re.Match[str]) -> str:
    words = found[0]
    return "NODES" if words.isupper() else "Nodes" if words[0].isupper() else "nodes"
