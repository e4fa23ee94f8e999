"""How two things are connected: the shortest chain of relationships between them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass

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
    steps: dict[int, list[Step]] = defaultdict(list)
    for edge, (tail, head) in enumerate(zip(network.tails.tolist(), network.heads.tolist(), strict=True)):
        steps[tail].append(Step(tail, head, edge, True))
        steps[head].append(Step(head, tail, edge, False))
    places = {number for number, place in enumerate(network.attributes["place"]) if place}
    came: dict[int, Step | None] = dict.fromkeys(first)
    queue = deque(first)
    while queue:
        node = queue.popleft()
        if node in places and came[node] is not None:
            continue
        for step in sorted(steps[node], key=lambda step: (step.end, step.edge)):
            if step.end in came:
                continue
            came[step.end] = step
            if step.end in goals:
                return _back(came, step.end)
            queue.append(step.end)
    return None


def _back(came: dict[int, Step | None], end: int) -> list[Step]:
    path = []
    step = came[end]
    while step is not None:
        path.append(step)
        step = came[step.start]
    return path[::-1]
