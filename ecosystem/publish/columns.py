"""Rows turned into columns for large pages: numbers packed, repeated texts once, nothing for what most rows lack.

`columns.js` turns them back. The same rows give the same text.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["columns", "packed", "rows_of"]

Plain = dict[str, Any]
SEVERAL = 2  # texts that stand at least so often on average are written once
UNSIGNED: dict[str, np.dtype[Any]] = {"u8": np.dtype("<u1"), "u16": np.dtype("<u2"), "u32": np.dtype("<u4")}
FLOAT: np.dtype[Any] = np.dtype("<f4")


def columns(rows: Sequence[Plain]) -> Plain:
    """Return rows as columns, in the order in which the rows first name them.

    >>> columns([{"id": "a", "size": 1}, {"id": "b"}])["columns"]["size"]
    {'packed': {'u8': 'AQ=='}, 'rows': {'u8': 'AA=='}}
    """
    names = dict.fromkeys(name for row in rows for name in row)
    return {"length": len(rows), "columns": {name: _column(rows, name) for name in names}}


def packed(values: Sequence[float] | NDArray[Any]) -> Plain:
    """Return numbers as the smallest whole numbers without sign that hold them all, or as floats of 32 bits, in Base64.

    >>> packed([1, 2, 300])
    {'u16': 'AQACACwB'}
    """
    numbers = np.asarray(values)
    if numbers.dtype.kind in "iu" and (not len(numbers) or numbers.min() >= 0):
        most = int(numbers.max(initial=0))
        name, kind = next(pair for pair in UNSIGNED.items() if most <= np.iinfo(pair[1]).max)
        return {name: _text(numbers.astype(kind))}
    return {"f32": _text(numbers.astype(FLOAT))}


def rows_of(table: Plain) -> list[Plain]:
    """Return the rows of what `columns` has made: the way back, as the page goes it."""
    rows: list[Plain] = [{} for _ in range(table["length"])]
    for name, column in table["columns"].items():
        places = _numbers(column["rows"]).tolist() if "rows" in column else range(len(rows))
        for place, value in zip(places, _values(column), strict=True):
            rows[place][name] = value
    return rows


def _column(rows: Sequence[Plain], name: str) -> Plain:
    places = [place for place, row in enumerate(rows) if name in row]
    values = [rows[place][name] for place in places]
    column = _written(values)
    return column if len(places) == len(rows) else {**column, "rows": packed(places)}


def _written(values: list[Any]) -> Plain:
    kinds = {type(value) for value in values}
    if kinds == {int} and min(values) >= 0:
        return {"packed": packed(values)}
    if kinds <= {int, float}:
        return {"packed": packed(np.array(values, dtype=np.float64))}
    if kinds == {str}:
        distinct = dict.fromkeys(values)
        if len(distinct) * SEVERAL <= len(values):
            code = {text: number for number, text in enumerate(distinct)}
            return {"of": list(distinct), "at": packed([code[text] for text in values])}
    return {"list": values}


def _values(column: Plain) -> list[Any]:
    if "packed" in column:
        numbers: list[Any] = _numbers(column["packed"]).tolist()
        return numbers
    if "of" in column:
        return [column["of"][place] for place in _numbers(column["at"])]
    return list(column["list"])


def _numbers(given: Plain) -> NDArray[Any]:
    ((name, text),) = given.items()
    found: NDArray[Any] = np.frombuffer(base64.b64decode(text), UNSIGNED.get(name, FLOAT))
    return found


def _text(numbers: NDArray[Any]) -> str:
    return base64.b64encode(numbers.tobytes()).decode("ascii")
