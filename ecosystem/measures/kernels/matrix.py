"""Ties, open pairs and their brokers between each two groups, in matrices of as many rows as there are groups.

The time is that of the paths a → v → b, the memory that of the ties and of eight such matrices.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.kernels import jit

__all__ = ["best_brokers", "open_between", "ties_between"]

Counts = NDArray[np.int64]


@jit
def ties_between(indptr: Counts, indices: NDArray[np.int32], groups: NDArray[np.int32], count: int) -> Counts:
    """Count the ties from each group to each."""
    ties = np.zeros((count, count), np.int64)
    for tail in range(len(indptr) - 1):
        for tie in range(indptr[tail], indptr[tail + 1]):
            ties[groups[tail], groups[indices[tie]]] += 1
    return ties


@jit
def open_between(
    indptr: Counts, indices: NDArray[np.int32], groups: NDArray[np.int32], count: int
) -> tuple[Counts, Counts]:
    """Count the open pairs (a, b) that somebody serves by the groups of their ends, and those that only one serves."""
    size = len(indptr) - 1
    pairs, exclusive = np.zeros((count, count), np.int64), np.zeros((count, count), np.int64)
    brokers = np.zeros(size, np.int32)
    seen = np.empty(size, np.int32)
    for a in range(size):
        found = 0
        for tie in range(indptr[a], indptr[a + 1]):
            broker = indices[tie]
            for other in range(indptr[broker], indptr[broker + 1]):
                b = indices[other]
                if not brokers[b]:
                    seen[found] = b
                    found += 1
                brokers[b] += 1
        brokers[a] = 0
        for tie in range(indptr[a], indptr[a + 1]):
            brokers[indices[tie]] = 0
        for place in range(found):
            b = seen[place]
            pairs[groups[a], groups[b]] += brokers[b] > 0
            exclusive[groups[a], groups[b]] += brokers[b] == 1
            brokers[b] = 0
    return pairs, exclusive


@jit
def best_brokers(
    indptr: Counts,
    indices: NDArray[np.int32],
    in_indptr: Counts,
    tails: NDArray[np.int32],
    groups: NDArray[np.int32],
    count: int,
    order: Counts,
) -> tuple[Counts, Counts, Counts]:
    """Return, for each two groups, how many brokers they have, who serves most pairs of theirs (-1: nobody), how many.

    Of brokers with as many pairs the first in `order` is the best.
    """
    brokers, most = np.zeros((count, count), np.int64), np.zeros((count, count), np.int64)
    best = np.full((count, count), -1, np.int64)
    served = np.zeros((count, count), np.int64)
    is_head = np.zeros(len(indptr) - 1, np.bool_)
    for v in order:
        heads, senders = indices[indptr[v] : indptr[v + 1]], tails[in_indptr[v] : in_indptr[v + 1]]
        for b in heads:
            is_head[b] = True
        for a in senders:
            for b in heads:
                served[groups[a], groups[b]] += 1
            if is_head[a]:
                served[groups[a], groups[a]] -= 1
            for tie in range(indptr[a], indptr[a + 1]):
                if is_head[indices[tie]]:
                    served[groups[a], groups[indices[tie]]] -= 1
        for a in senders:
            for b in heads:
                one, other = groups[a], groups[b]
                if served[one, other] > most[one, other]:
                    most[one, other], best[one, other] = served[one, other], v
                brokers[one, other] += served[one, other] > 0
                served[one, other] = 0
        for b in heads:
            is_head[b] = False
    return brokers, best, most
