"""Ties seen from the other end, and each pair of contacts once, in the row of the actor with fewer contacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.kernels import jit

__all__ = ["Contacts", "contacts_of", "transpose"]

Rows = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Contacts:
    """Each pair of contacts once, among actors numbered anew by descending number of contacts.

    A row lists the contacts of smaller number, which have at least as many contacts themselves; so none is longer
    than √(2m), and walking the rows of a row's actors takes time in proportion to m^1.5 at worst, hubs or not. The
    numbers put those that are looked at most beside each other in memory, which halves the time.

    Parameters
    ----------
    order
        The node of each number.
    degrees
        The number of contacts of each, in either direction; of a number, not of a node, as all that follows.
    starts, ends
        The rows.
    sums
        Of each pair, the value of the tie from the row's actor plus that of the tie back.
    """

    order: NDArray[np.int64]
    degrees: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int32]
    sums: NDArray[Any]


def contacts_of(there: Rows, back: Rows) -> Contacts:
    """Return the pairs of contacts of a network given by its rows of heads and of tails, with values of the ties."""
    degrees = _degrees(*there[:2], *back[:2])
    order = np.argsort(-degrees, kind="stable")
    number = np.empty(len(order), np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    return Contacts(order, degrees[order], *_rows(*there, *back, order, number, int(degrees.sum()) // 2))


@jit
def transpose(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], values: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[Any]]:
    """Return the rows of the tails of each node's incoming ties, sorted, with the values of the ties."""
    size = len(indptr) - 1
    starts = np.zeros(size + 1, np.int64)
    for head in indices:
        starts[head + 1] += 1
    for node in range(size):
        starts[node + 1] += starts[node]
    place = starts[:-1].copy()
    tails = np.empty(len(indices), np.int32)
    turned = np.empty_like(values)
    for tail in range(size):
        for tie in range(indptr[tail], indptr[tail + 1]):
            head = indices[tie]
            tails[place[head]] = tail
            turned[place[head]] = values[tie]
            place[head] += 1
    return starts, tails, turned


@jit
def _degrees(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], in_indptr: NDArray[np.int64], tails: NDArray[np.int32]
) -> NDArray[np.int64]:
    size = len(indptr) - 1
    degrees = np.zeros(size, np.int64)
    for node in range(size):
        out, stop = indptr[node], indptr[node + 1]
        back, last = in_indptr[node], in_indptr[node + 1]
        degrees[node] = stop - out + last - back
        while out < stop and back < last:
            head, tail = indices[out], tails[back]
            degrees[node] -= head == tail
            out += head <= tail
            back += tail <= head
    return degrees


@jit
def _rows(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    values: NDArray[Any],
    in_indptr: NDArray[np.int64],
    tails: NDArray[np.int32],
    in_values: NDArray[Any],
    order: NDArray[np.int64],
    number: NDArray[np.int32],
    pairs: int,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[Any]]:
    size = len(indptr) - 1
    starts = np.zeros(size + 1, np.int64)
    ends = np.empty(pairs, np.int32)
    sums = np.empty(pairs, values.dtype)
    count = 0
    for own in range(size):
        node = order[own]
        out, stop = indptr[node], indptr[node + 1]
        back, last = in_indptr[node], in_indptr[node + 1]
        while out < stop or back < last:
            head = indices[out] if out < stop else size
            tail = tails[back] if back < last else size
            other = min(head, tail)
            if number[other] < own:
                ends[count] = number[other]
                sums[count] = (values[out] if head == other else 0) + (in_values[back] if tail == other else 0)
                count += 1
            out += head == other
            back += tail == other
        starts[own + 1] = count
    return starts, ends, sums
