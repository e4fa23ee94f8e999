"""What takes a look at every open pair: by how many it is served, and its roles in two groupings at once.

The time is that of the paths a → v → b, which hubs make many: the sum over actors of in-degree times out-degree.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.kernels import jit
from ecosystem.measures.kernels.census import _column

__all__ = ["sharing", "two_roles"]


@jit
def sharing(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], groups: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return exclusive pairs, those of them across groups, and partial credit of each actor.

    From each a, the brokers of every b two steps away are counted, then each broker is given its share: in the
    order of the definition, so that sums are the same to the last digit.
    """
    size = len(indptr) - 1
    exclusive, cross = np.zeros(size, np.int64), np.zeros(size, np.int64)
    credit = np.zeros(size, np.float64)
    brokers = np.zeros(size, np.int32)
    for a in range(size):
        first, stop = indptr[a], indptr[a + 1]
        for tie in range(first, stop):
            broker = indices[tie]
            for other in range(indptr[broker], indptr[broker + 1]):
                brokers[indices[other]] += 1
        brokers[a] = 0
        for tie in range(first, stop):
            brokers[indices[tie]] = 0
        for tie in range(first, stop):
            broker = indices[tie]
            total = credit[broker]
            for other in range(indptr[broker], indptr[broker + 1]):
                count = brokers[indices[other]]
                if count > 0:
                    total += 1.0 / count
                    if count == 1:
                        exclusive[broker] += 1
                        cross[broker] += groups[a] != groups[indices[other]]
            credit[broker] = total
        for tie in range(first, stop):
            broker = indices[tie]
            for other in range(indptr[broker], indptr[broker + 1]):
                brokers[indices[other]] = 0
    return exclusive, cross, credit


@jit
def two_roles(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], first: NDArray[np.int32], second: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Count each actor's open pairs by role in the first grouping (rows) and in the second (columns)."""
    size = len(indptr) - 1
    counts = np.zeros((size, 5, 5), np.int64)
    closed = np.zeros(size, np.bool_)
    for a in range(size):
        closed[a] = True
        for tie in range(indptr[a], indptr[a + 1]):
            closed[indices[tie]] = True
        for tie in range(indptr[a], indptr[a + 1]):
            broker = indices[tie]
            for other in range(indptr[broker], indptr[broker + 1]):
                b = indices[other]
                if not closed[b]:
                    row = _column(first[a], first[broker], first[b])
                    counts[broker, row, _column(second[a], second[broker], second[b])] += 1
        closed[a] = False
        for tie in range(indptr[a], indptr[a + 1]):
            closed[indices[tie]] = False
    return counts
