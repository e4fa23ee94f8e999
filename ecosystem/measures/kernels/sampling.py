"""Betweenness estimated from pairs drawn at random, with the error that the draws themselves show.

Each pair of actors is joined by a search from both ends, and every actor gets the share of the pair's shortest paths
that it lies on: a number between 0 and 1 whose mean over all pairs is its betweenness.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import ceil, log, sqrt

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.kernels import in_order, jit
from ecosystem.measures.kernels.betweenness import Core
from ecosystem.measures.kernels.ties import transpose
from ecosystem.network.model import SimpleNetwork

__all__ = ["Estimate", "estimate"]

BLOCKS = 16
FIRST_ROUND = 4096
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Estimated betweenness.

    Parameters
    ----------
    betweenness
        In the units of exact betweenness.
    error
        The largest error of any actor, as a share of the pairs of other actors: with the confidence asked for, none
        is further off.
    pairs
        How many pairs were drawn.
    """

    betweenness: Floats
    error: float
    pairs: int


def estimate(
    network: SimpleNetwork, core: Core, *, epsilon: float, confidence: float, seed: int, threads: int
) -> Estimate:
    """Draw pairs until no actor's error exceeds `epsilon`, with the given confidence for all actors at once.

    Pairs of the core are drawn in proportion to the nodes that their ends stand for; what is folded is exact. The
    error is the empirical Bernstein bound (Maurer & Pontil 2009) over all actors and rounds; where Hoeffding's needs
    fewer pairs, that ends the draws; each of the two has half of the chance to fail, and round r of the first
    1 / (r (r + 1)) of its half. The same to the last digit for any number of threads.
    """
    size, others = len(network), len(network) - 1
    every_pair = others * (others - 1)  # of other actors, each way
    total = core.weights.sum()
    # Of all ordered draws with replacement, this is what one stands for in the sum over ordered pairs.
    scale = total**2
    answer = core.outside.copy()
    if every_pair <= 0 or len(core.indices) == 0:
        return Estimate(answer, 0.0, 0)
    allowed = epsilon * every_pair / scale
    fail = 1 - confidence
    most = ceil(log(4 * size / fail) / (2 * allowed**2))
    search = partial(_share, *_both_ways(network, core))
    sums, squares = np.zeros(len(core.members)), np.zeros(len(core.members))
    generator, cumulated = np.random.default_rng(seed), np.cumsum(core.weights)
    drawn, round_number, error = 0, 0, 1.0
    while error > allowed and drawn < most:
        round_number += 1
        count = min(max(FIRST_ROUND, drawn // 4), most - drawn)
        ends = np.searchsorted(cumulated, generator.random((2, count)) * total, side="right").astype(np.int64)
        blocks = np.array_split(np.minimum(ends, len(cumulated) - 1), BLOCKS, axis=1)
        for first, second in in_order(lambda block: search(*np.ascontiguousarray(block)), blocks, threads):
            sums += first
            squares += second
        drawn += count
        error = _bernstein(sums, squares, drawn, 2 * size * round_number * (round_number + 1) / fail)
    if drawn >= most:
        error = min(error, allowed)
    answer[core.members] += sums / drawn * scale / (2 if network.symmetric else 1)
    return Estimate(answer, error * scale / every_pair, drawn)


def _bernstein(sums: Floats, squares: Floats, count: int, chances: float) -> float:
    """Return the largest error of any mean; `chances` is one over the chance that one may exceed it, either way."""
    variance = np.maximum(squares - sums**2 / count, 0.0) / (count - 1)
    worst = float(variance.max())
    return sqrt(2 * worst * log(4 * chances) / count) + 7 * log(4 * chances) / (3 * (count - 1))


def _both_ways(
    network: SimpleNetwork, core: Core
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
    if network.symmetric:
        return core.indptr, core.indices, core.indptr, core.indices
    in_indptr, tails, _ = transpose(core.indptr, core.indices, np.empty(len(core.indices), np.uint8))
    return core.indptr, core.indices, in_indptr, tails


@jit
def _share(
    out_indptr: NDArray[np.int64],
    heads: NDArray[np.int32],
    in_indptr: NDArray[np.int64],
    tails: NDArray[np.int32],
    sources: NDArray[np.int64],
    targets: NDArray[np.int64],
) -> tuple[Floats, Floats]:
    """Return the sum over the pairs of each node's share of their shortest paths, and the sum of its squares."""
    size = len(out_indptr) - 1
    sums, squares, onward = np.zeros(size), np.zeros(size), np.zeros(size)
    levels = np.full((2, size), -1, np.int32)
    paths = np.zeros((2, size))
    queues = np.empty((2, size), np.int32)
    middle = np.empty(size, np.int32)
    ends = np.empty(2, np.int64)
    for pair in range(len(sources)):
        if sources[pair] == targets[pair]:
            continue
        ends[0], ends[1] = sources[pair], targets[pair]
        counts, met, total = _meet(out_indptr, heads, in_indptr, tails, ends, levels, paths, queues, middle)
        for place in range(met):
            node = middle[place]
            if node != ends[0] and node != ends[1]:
                part = paths[0, node] * paths[1, node] / total
                sums[node] += part
                squares[node] += part * part
        if met:
            _back(in_indptr, tails, middle, met, levels[0], paths[0], paths[1], onward, total, sums, squares)
            _back(out_indptr, heads, middle, met, levels[1], paths[1], paths[0], onward, total, sums, squares)
        for side in range(2):
            for place in range(counts[side]):
                levels[side, queues[side, place]] = -1
    return sums, squares


@jit
def _meet(
    out_indptr: NDArray[np.int64],
    heads: NDArray[np.int32],
    in_indptr: NDArray[np.int64],
    tails: NDArray[np.int32],
    ends: NDArray[np.int64],
    levels: NDArray[np.int32],
    paths: Floats,
    queues: NDArray[np.int32],
    middle: NDArray[np.int32],
) -> tuple[tuple[int, int], int, float]:
    """Search from both ends, always on the side that has fewer ties to follow, until the searches meet.

    Returns
    -------
    counts
        How many nodes each search reached; they stand in `queues`.
    met
        How many nodes both reached, in `middle`: each shortest path runs through one of them. 0 if there is no path.
    total
        The number of shortest paths.
    """
    for side in range(2):
        queues[side, 0] = ends[side]
        levels[side, ends[side]] = 0
        paths[side, ends[side]] = 1.0
    here_s, count_s, here_t, count_t = 0, 1, 0, 1
    ties_s = out_indptr[ends[0] + 1] - out_indptr[ends[0]]
    ties_t = in_indptr[ends[1] + 1] - in_indptr[ends[1]]
    met, total = 0, 0.0
    while met == 0 and here_s < count_s and here_t < count_t:
        if ties_s <= ties_t:
            side, before = 0, count_s
            count_s, ties_s = _step(out_indptr, heads, queues[0], here_s, count_s, levels[0], paths[0])
            here_s, after = before, count_s
        else:
            side, before = 1, count_t
            count_t, ties_t = _step(in_indptr, tails, queues[1], here_t, count_t, levels[1], paths[1])
            here_t, after = before, count_t
        for place in range(before, after):
            node = queues[side, place]
            if levels[1 - side, node] >= 0:
                middle[met] = node
                met += 1
                total += paths[0, node] * paths[1, node]
    return (count_s, count_t), met, total


@jit
def _step(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    queue: NDArray[np.int32],
    start: int,
    count: int,
    level: NDArray[np.int32],
    paths: Floats,
) -> tuple[int, int]:
    """Reach the next level; return how many nodes are reached by now, and how many ties lead on from it."""
    stop, ties = count, 0
    for place in range(start, stop):
        node = queue[place]
        next_level, own = level[node] + 1, paths[node]
        for tie in range(indptr[node], indptr[node + 1]):
            other = indices[tie]
            if level[other] < 0:
                level[other] = next_level
                paths[other] = own
                queue[count] = other
                count += 1
                ties += indptr[other + 1] - indptr[other]
            elif level[other] == next_level:
                paths[other] += own
    return count, ties


@jit
def _back(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    queue: NDArray[np.int32],
    met: int,
    level: NDArray[np.int32],
    paths: Floats,
    beyond: Floats,
    onward: Floats,
    total: float,
    sums: Floats,
    squares: Floats,
) -> None:
    """Give their shares to the nodes between the middle and one end, whose levels and paths are given.

    `onward` counts the ways on from a node, over the middle, to the other end.
    """
    for place in range(met):
        onward[queue[place]] = beyond[queue[place]]
    count, place = met, 0
    while place < count:
        node = queue[place]
        place += 1
        if level[node] < 2:  # the end itself comes next
            continue
        for tie in range(indptr[node], indptr[node + 1]):
            other = indices[tie]
            if level[other] == level[node] - 1:
                if onward[other] == 0:
                    queue[count] = other
                    count += 1
                onward[other] += onward[node]
    for place in range(met, count):
        node = queue[place]
        part = paths[node] * onward[node] / total
        sums[node] += part
        squares[node] += part * part
    for place in range(count):
        onward[queue[place]] = 0
