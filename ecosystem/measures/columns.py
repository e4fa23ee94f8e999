"""Rows of a table that are kept as columns, and made one at a time when they are looked at.

A million frozen rows are a gigabyte and seconds of making; the arrays that they come from are neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from ecosystem.store.columns import Column, Lazy, Texts

__all__ = ["Columns", "Made", "ranked"]

Row = TypeVar("Row")
Order = NDArray[np.int64]


class Columns(Sequence[Row], Generic[Row]):
    """A sequence of rows of one frozen dataclass type, made from columns.

    Parameters
    ----------
    kind
        The row type.
    columns
        For each of its fields, in order, an array or a sequence of the values, one an actor.
    order
        The positions to read, or a function that finds them, called once and only when the order matters.

    Examples
    --------
    >>> from fractions import Fraction
    >>> rows = Columns(Fraction, {"numerator": np.array([1, 2]), "denominator": (3, 5)}, np.array([1, 0]))
    >>> rows[0], list(rows), rows[1:], rows.column("denominator")
    (Fraction(2, 5), [Fraction(2, 5), Fraction(1, 3)], (Fraction(1, 3),), [5, 3])
    """

    def __init__(
        self, kind: Callable[..., Row], columns: Mapping[str, Any], order: Order | Callable[[], Order]
    ) -> None:
        self._kind = kind
        self._columns = columns
        self._order = order

    @cached_property
    def _positions(self) -> Order:
        return self._order() if callable(self._order) else self._order

    def __len__(self) -> int:
        return len(self._positions) if not callable(self._order) else len(next(iter(self._columns.values())))

    @overload
    def __getitem__(self, key: int) -> Row: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[Row]: ...
    def __getitem__(self, key: int | slice) -> Row | Sequence[Row]:
        if isinstance(key, slice):
            return Columns(self._kind, self._columns, self._positions[key])
        return self._row(self._positions[key])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self._positions)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Columns | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def column(self, name: str) -> list[Any]:
        """Return the values of one field, in the order of the rows."""
        values = self._columns[name]
        if isinstance(values, np.ndarray):
            chosen: list[Any] = values[self._positions].tolist()
            return chosen
        if isinstance(values, Column | Texts):
            return list(values.take(self._positions))
        return [values[position] for position in self._positions.tolist()]

    def _row(self, position: np.int64) -> Row:
        return self._kind(**{name: _plain(values[position]) for name, values in self._columns.items()})


class Made(Lazy[Any]):
    """A column whose values are made when they are read.

    >>> Made(3, lambda position: position**2)[2]
    4
    """

    __slots__ = ("length", "make")

    def __init__(self, length: int, make: Callable[[int], Any]) -> None:
        self.length, self.make = length, make

    def __len__(self) -> int:
        return self.length

    def at(self, position: int) -> Any:
        """Return the value at a position."""
        return self.make(position)


def ranked(keys: NDArray[Any], labels: Sequence[str]) -> Order:
    """Return positions by ascending key, equal keys by label, then as they stand; NaN comes last.

    >>> ranked(np.array([2.0, 1.0, np.nan, 1.0]), ("d", "c", "b", "a")).tolist()
    [3, 1, 0, 2]
    """
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    new = (ordered[1:] != ordered[:-1]) & ~(np.isnan(ordered[1:]) & np.isnan(ordered[:-1]))
    ends = np.flatnonzero(np.concatenate([new, [True]])) + 1 if len(keys) else np.empty(0, np.int64)
    starts = np.concatenate([[0], ends[:-1]]).astype(np.int64)
    several = ends - starts > 1
    for start, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
        order[start:end] = sorted(order[start:end].tolist(), key=labels.__getitem__)
    return order


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
