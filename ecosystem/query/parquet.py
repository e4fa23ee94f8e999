"""Answers as Parquet, the format in which data frames keep their types."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any, Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.store import RdfTerm, Solutions, plain

__all__ = ["parquet"]

XSD: Final = terms.PREFIXES["xsd"]
WHOLE: Final = frozenset(XSD + name for name in ("integer", "int", "long", "nonNegativeInteger"))
FRACTION: Final = WHOLE | {XSD + name for name in ("decimal", "double", "float")}
LARGEST: Final = 2**63


def parquet(table: Solutions) -> bytes:
    """Return rows as a Parquet file: numbers and truths where a whole column is of them, else text; null if unbound."""
    import polars

    columns = [_column([row[at] for row in table.rows]) for at in range(len(table.columns))]
    types = {int: polars.Int64, float: polars.Float64, bool: polars.Boolean, str: polars.String}
    frame = polars.DataFrame(
        [polars.Series(name, values, types[kind]) for name, (kind, values) in zip(table.columns, columns, strict=True)]
    )
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def _column(cells: Sequence[RdfTerm | None]) -> tuple[type, list[Any]]:
    types = {cell.datatype.value if isinstance(cell, ox.Literal) else "" for cell in cells if cell is not None}
    kinds: list[tuple[type, Callable[[str], Any]]] = []
    if types and types <= WHOLE:
        kinds.append((int, int))
    if types and types <= FRACTION:
        kinds.append((float, float))
    if types == {XSD + "boolean"}:
        kinds.append((bool, {"true": True, "1": True, "false": False, "0": False}.__getitem__))
    for kind, made in kinds:
        try:
            values = [None if cell is None else made(plain(cell)) for cell in cells]
        except (ValueError, KeyError):  # a literal may be of a type and not in its form
            continue
        if kind is not int or all(value is None or -LARGEST <= value < LARGEST for value in values):
            return kind, values
    return str, [None if cell is None else plain(cell) for cell in cells]
