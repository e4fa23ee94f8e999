"""How two things are connected: the shortest chain of relationships between them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecosystem.network.model import ActorNetwork

__all__ = ["Step", "shortest_path"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: from a node to the next, along an edge; `forward` if the edge is read from its subject."""

    start: int
    end: int
    edge: int
    forward: bool


def shortest_path(network: ActorNetwork, starts: Iterable[int], ends: Iterable[int]) -> list[Step] | None:
    """Return a shortest path from any of `starts` to any of `ends`, whatever the directions of its ties.

    The path may begin and end at any node, but does not run through a place: being in one country connects nobody.
    Where several paths are as short, the one whose nodes come first by IRI is returned.

    Returns
    -------
    The steps, an empty list where a start is an end, or None where the two are not connected.
    """
    goals, first = set(ends), sorted(set(starts))
    if goals.intersection(first):
        return []
    indptr, far, edges = _adjacency(network)
    places = {number for number, place in enumerate(network.attributes["place"]) if place}
    came: dict[int, Step | None] = dict.fromkeys(first)
    queue = deque(first)
    while queue:
        node = queue.popleft()
        if node in places and came[node] is not None:
            continue
        around = slice(int(indptr[node]), int(indptr[node + 1]))
        for end, edge in zip(far[around].tolist(), edges[around].tolist(), strict=True):
            if end in came:
                continue
            came[end] = Step(node, end, edge, int(network.tails[edge]) == node)
            if end in goals:
                return _back(came, end)
            queue.append(end)
    return None


def _adjacency(network: ActorNetwork) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """Return the edges around each node as compressed rows, in order of their far ends."""
    near = np.concatenate([network.tails, network.heads])
    far = np.concatenate([network.heads, network.tails])
    order = np.lexsort((far, near))
    edges = order % max(network.tie_count, 1)
    indptr = np.concatenate([[0], np.cumsum(np.bincount(near, minlength=len(network)))])
    return indptr, far[order], edges


def _back(came: dict[int, Step | None], end: int) -> list[Step]:
    path = []
    step = came[end]
    while step is not None:
        path.append(step)
        step = came[step.start]
    return path[::-1]
