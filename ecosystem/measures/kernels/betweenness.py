"""Exact betweenness: what hangs on one tie is folded and counted in closed form, the rest as Brandes does.

An actor with a single contact lies between nobody, and whatever comes from it comes through that contact. Taking such
actors off, again and again, leaves a core whose actors stand for 1 + those that hang on them; the pairs that the taken
ones serve follow from the sizes of the branches. Networks of hubs and spokes are mostly branches.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.kernels import in_order, jit
from ecosystem.network.model import SimpleNetwork

__all__ = ["Core", "exact", "fold"]

BLOCKS = 32
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Core:
    """What is left of a network when its branches are folded.

    Parameters
    ----------
    members
        The nodes of the core, as numbers of the whole network.
    indptr, indices
        Rows of heads, as positions in `members`.
    weights
        How many nodes each stands for, with itself.
    outside
        The betweenness of each node of the whole network that needs no search: of pairs of which at least one is
        not of the core, or both hang on the same.
    """

    members: NDArray[np.int64]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    weights: Floats
    outside: Floats


def fold(network: SimpleNetwork) -> Core:
    """Return the core; of a network whose ties have a direction, all of it."""
    size = len(network)
    if not network.symmetric:
        return Core(np.arange(size), network.indptr, network.indices, np.ones(size), np.zeros(size))
    taken, weights, outside = _fold(network.indptr, network.indices)
    members = np.flatnonzero(~taken)
    indptr, indices = _inside(network.indptr, network.indices, taken)
    return Core(members, indptr, indices, weights[members], outside)


def exact(network: SimpleNetwork, core: Core, threads: int) -> Floats:
    """Return the betweenness of each actor; pairs count once where ties run both ways, else each way.

    Time in proportion to actors of the core times their ties; the same to the last digit for any number of threads,
    because sources are searched in fixed blocks whose sums are added in order.
    """
    found = np.zeros(len(core.members))
    blocks = np.array_split(np.arange(len(core.members)), BLOCKS)
    for part in in_order(lambda block: _search(core.indptr, core.indices, core.weights, block), blocks, threads):
        found += part
    answer = core.outside.copy()
    answer[core.members] += found / 2 if network.symmetric else found
    return answer


@jit
def _fold(indptr: NDArray[np.int64], indices: NDArray[np.int32]) -> tuple[NDArray[np.bool_], Floats, Floats]:
    """Return who is folded, how many nodes each stands for, and the betweenness that follows from branches."""
    size = len(indptr) - 1
    left = indptr[1:] - indptr[:-1]
    taken = np.zeros(size, np.bool_)
    weights, squares = np.ones(size), np.zeros(size)
    queue, parent = np.empty(size, np.int64), np.full(size, -1)
    count = 0
    for node in range(size):
        if left[node] == 1:
            queue[count] = node
            count += 1
    done = 0
    while done < count:
        node = queue[done]
        done += 1
        if left[node] != 1:
            continue
        taken[node] = True
        for tie in range(indptr[node], indptr[node + 1]):
            other = indices[tie]
            if not taken[other]:
                parent[node] = other
                weights[other] += weights[node]
                squares[other] += weights[node] ** 2
                left[other] -= 1
                if left[other] == 1:
                    queue[count] = other
                    count += 1
    reach = _reach(indptr, indices, taken, weights)
    outside = np.empty(size)
    for position in range(count - 1, -1, -1):
        node = queue[position]
        if taken[node]:
            reach[node] = reach[parent[node]]
    for node in range(size):
        branches = weights[node] - 1
        rest = reach[node] - weights[node]
        outside[node] = (branches**2 - squares[node]) / 2 + branches * rest
    return taken, weights, outside


@jit
def _reach(indptr: NDArray[np.int64], indices: NDArray[np.int32], taken: NDArray[np.bool_], weights: Floats) -> Floats:
    """Return for each node of the core how many nodes its component has, the folded ones counted in."""
    size = len(indptr) - 1
    reach = np.zeros(size)
    queue = np.empty(size, np.int64)
    for root in range(size):
        if taken[root] or reach[root] > 0:
            continue
        queue[0] = root
        count, done = 1, 0
        reach[root] = 1
        total = 0.0
        while done < count:
            node = queue[done]
            done += 1
            total += weights[node]
            for tie in range(indptr[node], indptr[node + 1]):
                other = indices[tie]
                if not taken[other] and reach[other] == 0:
                    reach[other] = 1
                    queue[count] = other
                    count += 1
        for position in range(count):
            reach[queue[position]] = total
    return reach


@jit
def _inside(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], taken: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return the rows among the nodes that are not taken, numbered anew."""
    size = len(indptr) - 1
    number = np.cumsum(~taken) - 1
    starts = np.zeros((~taken).sum() + 1, np.int64)
    heads = np.empty(len(indices), np.int32)
    count = 0
    for node in range(size):
        if not taken[node]:
            for tie in range(indptr[node], indptr[node + 1]):
                if not taken[indices[tie]]:
                    heads[count] = number[indices[tie]]
                    count += 1
            starts[number[node] + 1] = count
    return starts, heads[:count].copy()


@jit
def _search(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], weights: Floats, sources: NDArray[np.int64]
) -> Floats:
    """Return what the shortest paths from some sources give to each node.

    Nodes are known by their position in the order of the search, so that a node's level needs no array of its own
    and the way back runs over positions in sequence. `next_on` lists the positions one step on from each.
    """
    size = len(indptr) - 1
    found = np.zeros(size)
    position = np.full(size, -1, np.int32)
    order = np.empty(size, np.int32)
    next_on = np.empty(len(indices), np.int32)
    until = np.empty(size + 1, np.int64)
    paths, share = np.empty(size), np.empty(size)
    until[0] = 0
    for source in sources:
        order[0] = source
        position[source] = 0
        paths[0] = 1.0
        count, here, steps = 1, 0, 0
        while here < count:
            level_end = count
            while here < level_end:
                node = order[here]
                own = paths[here]
                for tie in range(indptr[node], indptr[node + 1]):
                    other = indices[tie]
                    place = position[other]
                    if place < 0:
                        position[other] = count
                        order[count] = other
                        paths[count] = own
                        next_on[steps] = count
                        count += 1
                        steps += 1
                    elif place >= level_end:
                        paths[place] += own
                        next_on[steps] = place
                        steps += 1
                here += 1
                until[here] = steps
        for place in range(count - 1, 0, -1):
            onward = 0.0
            for step in range(until[place], until[place + 1]):
                onward += share[next_on[step]]
            node = order[place]
            depending = paths[place] * onward
            share[place] = (weights[node] + depending) / paths[place]
            found[node] += weights[source] * depending
        for place in range(count):
            position[order[place]] = -1
    return found
