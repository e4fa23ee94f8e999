"""Open pairs that a change of ties touches: the census of those alone, in the network before it or after."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.kernels import jit
from ecosystem.measures.kernels.census import _column

__all__ = ["touched"]

Starts = NDArray[np.int64]
Ends = NDArray[np.int32]
TIED, CHANGED = 1, 2


@jit
def touched(
    indptr: Starts,
    indices: Ends,
    in_indptr: Starts,
    tails: Ends,
    changed_indptr: Starts,
    changed_heads: Ends,
    changed_in_indptr: Starts,
    changed_tails: Ends,
    groups: NDArray[np.int32],
) -> NDArray[np.int64]:
    """Count by broker and role the open pairs (a, b), served by v, of which a → v, v → b or a → b has changed.

    Rows of heads and of tails are those of the network, then those of all ties that come or go. Each pair of a broker
    counts once: by a → v where that has changed, else by v → b, else by a → b. Takes time in proportion to the ties of
    the ends of what has changed.
    """
    size = len(indptr) - 1
    roles = np.zeros((size, 5), np.int64)
    mark, other = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    for a in range(size):
        if changed_indptr[a] == changed_indptr[a + 1]:
            continue
        _set(mark, indptr, indices, a, TIED)
        _set(mark, changed_indptr, changed_heads, a, CHANGED)
        for place in range(changed_indptr[a], changed_indptr[a + 1]):
            end = changed_heads[place]
            if mark[end] & TIED:  # a → v has changed, and is there
                for tie in range(indptr[end], indptr[end + 1]):
                    b = indices[tie]
                    if b != a and not mark[b] & TIED:
                        roles[end, _column(groups[a], groups[end], groups[b])] += 1
            else:  # a → b has changed, and is not there
                _set(other, changed_in_indptr, changed_tails, end, CHANGED)
                for tie in range(in_indptr[end], in_indptr[end + 1]):
                    v = tails[tie]
                    if mark[v] == TIED and not other[v]:
                        roles[v, _column(groups[a], groups[v], groups[end])] += 1
                _clear(other, changed_in_indptr, changed_tails, end)
        _clear(mark, indptr, indices, a)
        _clear(mark, changed_indptr, changed_heads, a)
    for b in range(size):
        if changed_in_indptr[b] == changed_in_indptr[b + 1]:
            continue
        _set(mark, in_indptr, tails, b, TIED)
        for place in range(changed_in_indptr[b], changed_in_indptr[b + 1]):
            v = changed_tails[place]
            if not mark[v]:
                continue
            _set(other, changed_in_indptr, changed_tails, v, CHANGED)
            for tie in range(in_indptr[v], in_indptr[v + 1]):  # v → b has changed, and is there; a → v has not
                a = tails[tie]
                if a != b and not mark[a] and not other[a]:
                    roles[v, _column(groups[a], groups[v], groups[b])] += 1
            _clear(other, changed_in_indptr, changed_tails, v)
        _clear(mark, in_indptr, tails, b)
    return roles


@jit
def _set(mark: NDArray[np.uint8], indptr: Starts, ends: Ends, node: int, value: int) -> None:
    for place in range(indptr[node], indptr[node + 1]):
        mark[ends[place]] |= value


@jit
def _clear(mark: NDArray[np.uint8], indptr: Starts, ends: Ends, node: int) -> None:
    for place in range(indptr[node], indptr[node + 1]):
        mark[ends[place]] = 0
