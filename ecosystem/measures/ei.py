"""The E-I index: whether ties run out of the groups or stay inside them."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np

from ecosystem.measures.grouping import Grouped, group_by
from ecosystem.network.simple import AnyNetwork, By, tails_of, two_way
from ecosystem.tables import Table

__all__ = ["ActorEI", "EIIndex", "GroupEI", "ei_index"]


@dataclass(frozen=True, slots=True)
class GroupEI:
    """Tie ends of one group's actors: at actors of the group, and at others."""

    group: Any
    size: int
    internal: int
    external: int
    index: float


@dataclass(frozen=True, slots=True)
class ActorEI:
    """Tie ends of one actor: at actors of its group, and at others."""

    actor: Any
    label: str
    group: Any
    internal: int
    external: int
    index: float


@dataclass(frozen=True, slots=True)
class EIIndex:
    """The E-I index of a network, its groups and its actors; see `ei_index`."""

    internal: int
    external: int
    index: float
    expected: float
    minimum: float
    maximum: float
    rescaled: float
    groups: Table[GroupEI]
    actors: Table[ActorEI]
    notes: tuple[str, ...]


def ei_index(graph: AnyNetwork, *, by: By) -> EIIndex:
    """Compare ties that leave the groups with ties inside them (Krackhardt & Stern 1988).

    The index is (external - internal) / (external + internal): -1 if all ties stay inside, 1 if all leave. Two
    actors are tied if there is a tie in either direction; strengths do not matter; each tie has two ends.

    Parameters
    ----------
    graph, by
        As in `brokerage`.

    Returns
    -------
    EIIndex
        `internal` and `external` count tie ends. `expected` is what the groups' sizes alone would give, if pairs
        were tied regardless of group. `minimum` and `maximum` are the least and the most that so many ties can give
        among groups of these sizes; `rescaled` puts the index between them on -1 … 1, and is NaN where they are the
        same. Groups stand in order of their names, actors in the order of the network. Without ties the index is
        NaN: for the whole, a group, or an isolate. Actors without a group are left out, the notes say how many.

    Raises
    ------
    ProjectionError
        If no actor has the attribute, or a value for it.

    References
    ----------
    Krackhardt, D., & Stern, R. N. (1988). Informal networks and organizational crises: an experimental simulation.
    Social Psychology Quarterly, 51(2), 123-140. https://doi.org/10.2307/2786835

    Examples
    --------
    >>> import networkx as nx
    >>> result = ei_index(nx.path_graph(4), by={0: "Chile", 1: "Chile", 2: "Peru", 3: "Peru"})
    >>> result.internal, result.external, round(result.index, 3), round(result.expected, 3)
    (4, 2, -0.333, 0.333)
    """
    grouped = group_by(graph, by)
    network = two_way(grouped.network)
    tails, codes = tails_of(network), grouped.codes
    outside = codes[tails] != codes[network.indices]
    external = np.bincount(tails[outside], minlength=len(network))
    internal = np.bincount(tails[~outside], minlength=len(network))
    actors = [
        ActorEI(network.ids[node], network.labels[node], grouped.group_of(node), inside, out, _index(inside, out))
        for node, (inside, out) in enumerate(zip(internal.tolist(), external.tolist(), strict=True))
    ]
    whole_internal, whole_external = int(internal.sum()), int(external.sum())
    index = _index(whole_internal, whole_external)
    expected, minimum, maximum = _range(grouped.sizes, network.tie_count // 2)
    return EIIndex(
        internal=whole_internal,
        external=whole_external,
        index=index,
        expected=expected,
        minimum=minimum,
        maximum=maximum,
        rescaled=2 * (index - minimum) / (maximum - minimum) - 1 if maximum > minimum else nan,
        groups=Table(GroupEI, _groups(grouped, actors), grouped.notes),
        actors=Table(ActorEI, tuple(actors), grouped.notes),
        notes=(*grouped.notes, "Two actors are tied if there is a tie in either direction; tie ends are counted."),
    )


def _groups(grouped: Grouped, actors: list[ActorEI]) -> tuple[GroupEI, ...]:
    internal, external = ([0] * len(grouped.groups) for _ in range(2))
    for code, actor in zip(grouped.codes.tolist(), actors, strict=True):
        internal[code] += actor.internal
        external[code] += actor.external
    columns = (grouped.groups, grouped.sizes, internal, external)
    rows = [GroupEI(*row, _index(row[2], row[3])) for row in zip(*columns, strict=True)]
    return tuple(sorted(rows, key=lambda row: str(row.group)))


def _index(internal: int, external: int) -> float:
    return (external - internal) / (external + internal) if external + internal else nan


def _range(sizes: list[int], ties: int) -> tuple[float, float, float]:
    """Return the index that the sizes of the groups lead to expect, and the least and most that are possible."""
    inside = sum(size * (size - 1) // 2 for size in sizes)
    total = sum(sizes)
    outside = total * (total - 1) // 2 - inside
    most_inside, most_outside = min(ties, inside), min(ties, outside)
    return (
        _index(inside, outside),
        _index(most_inside, ties - most_inside),
        _index(ties - most_outside, most_outside),
    )
