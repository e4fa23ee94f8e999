"""How far everyone is from everyone, from 512 actors at a time.

A search marks who was reached from which of them in 512 bits a node, so that one look at a tie serves all 512
(Then et al. 2014, https://doi.org/10.14778/2735496.2735507).
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.kernels import in_order, jit
from ecosystem.measures.kernels.ties import transpose
from ecosystem.network.model import SimpleNetwork

__all__ = ["distances"]

WORDS = 8


def distances(network: SimpleNetwork, threads: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each actor how many others it reaches along the ties, and the sum of the steps to them.

    Time in proportion to n m / 512 times the longest shortest path, or somewhat more.
    """
    indptr, indices = network.indptr, network.indices
    if not network.symmetric:  # who is reached from b against the ties reaches b along them
        indptr, indices, _ = transpose(indptr, indices, np.empty(len(indices), np.uint8))
    size = len(network)
    reached, steps = np.zeros(size, np.int64), np.zeros(size, np.int64)
    starts = range(0, size, 64 * WORDS)
    for count, total in in_order(partial(_batch, indptr, indices), starts, threads):
        reached += count
        steps += total
    return reached, steps


@jit
def _batch(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], start: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    size = len(indptr) - 1
    reached, steps = np.zeros(size, np.int64), np.zeros(size, np.int64)
    seen = np.zeros((size, WORDS), np.uint64)
    front = np.zeros((size, WORDS), np.uint64)
    fresh = np.zeros((size, WORDS), np.uint64)
    for node in range(start, min(start + 64 * WORDS, size)):
        bit = node - start
        seen[node, bit // 64] = front[node, bit // 64] = np.uint64(1) << np.uint64(bit % 64)
    level, active = 0, True
    while active:
        level += 1
        for node in range(size):
            if front[node].any():
                for tie in range(indptr[node], indptr[node + 1]):
                    other = indices[tie]
                    for word in range(WORDS):
                        fresh[other, word] |= front[node, word]
        active = False
        for node in range(size):
            count = 0
            for word in range(WORDS):
                bits = fresh[node, word] & ~seen[node, word]
                front[node, word] = bits
                fresh[node, word] = np.uint64(0)
                if bits:
                    seen[node, word] |= bits
                    count += _ones(bits)
            if count:
                active = True
                reached[node] += count
                steps[node] += level * count
    return reached, steps


@jit
def _ones(bits: np.uint64) -> int:
    """Count the ones among 64 bits, by adding neighbouring fields of 1, 2, 4 and 8 bits."""
    bits = bits - ((bits >> np.uint64(1)) & np.uint64(0x5555555555555555))
    fours = np.uint64(0x3333333333333333)
    bits = (bits & fours) + ((bits >> np.uint64(2)) & fours)
    bits = (bits + (bits >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((bits * np.uint64(0x0101010101010101)) >> np.uint64(56))
