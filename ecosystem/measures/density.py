"""Density and reciprocity: which share of possible ties there is, within and between groups, and which are returned."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np

from ecosystem.measures.grouping import collapse_for, group_by
from ecosystem.network.model import ActorNetwork, Direction
from ecosystem.network.simple import AnyNetwork, By, simple, tails_of
from ecosystem.tables import Table

__all__ = ["GroupDensity", "Reciprocity", "group_density", "reciprocity"]


@dataclass(frozen=True, slots=True)
class GroupDensity:
    """One cell of the density matrix: the ties between two groups (or within one), of those that are possible.

    Where ties run both ways each pair of actors is one tie, and each pair of groups one row; else ties run from
    `group_a` to `group_b`, and there is a row for each direction. `density` is NaN within a group of one.
    """

    group_a: Any
    group_b: Any
    size_a: int
    size_b: int
    ties: int
    possible: int
    density: float


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """How far ties are returned.

    `ties` counts tied ordered pairs, `returned` those whose other direction is tied too; `dyads` counts pairs with a
    tie in either direction, `mutual` those with both. `tie_based` is returned/ties, `dyad_based` mutual/dyads.
    """

    ties: int
    returned: int
    tie_based: float
    dyads: int
    mutual: int
    dyad_based: float


def group_density(graph: AnyNetwork, *, by: By, direction: Direction | None = None) -> Table[GroupDensity]:
    """Return the density within and between all groups, as the long form of a matrix.

    Density is the number of ties over the number of pairs that could be tied: n(n-1)/2 within a group of n and n·m
    between groups of n and m, twice as many within where ties have a direction. Strengths do not matter.

    Parameters
    ----------
    graph, by, direction
        As in `brokerage`.

    Returns
    -------
    Table of GroupDensity
        In order of the groups' names; also pairs without a tie. Isolates count among the possible. Actors without a
        group are left out, the notes say how many. The notes give the density of the whole.

    Raises
    ------
    ProjectionError
        If no actor has the attribute, or a value for it.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). Social Network Analysis. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import networkx as nx
    >>> rows = group_density(nx.path_graph(4), by=dict(enumerate("AABB")))
    >>> [(row.group_a, row.group_b, row.ties, row.possible, row.density) for row in rows]
    [('A', 'A', 1, 1, 1.0), ('A', 'B', 1, 4, 0.25), ('B', 'B', 1, 1, 1.0)]
    """
    grouped = group_by(graph, by, direction)
    network, count = grouped.network, len(grouped.groups)
    order = sorted(range(count), key=lambda code: str(grouped.groups[code]))
    keys = grouped.codes[tails_of(network)].astype(np.int64) * count + grouped.codes[network.indices]
    found = np.bincount(keys, minlength=count * count).reshape(count, count)
    rows = []
    for place, a in enumerate(order):
        for b in order[place:] if network.symmetric else order:
            n, m = grouped.sizes[a], grouped.sizes[b]
            half = network.symmetric and a == b
            ties = int(found[a, b]) // (2 if half else 1)
            possible = n * (n - 1) // (2 if half else 1) if a == b else n * m
            rows.append(
                GroupDensity(grouped.groups[a], grouped.groups[b], n, m, ties, possible, _share(ties, possible))
            )
    size = len(network)
    whole = f"The density of the whole is {_share(network.tie_count, size * (size - 1)):.4g}."
    return Table(GroupDensity, tuple(rows), (*grouped.notes, whole))


def reciprocity(graph: AnyNetwork, *, direction: Direction = "as stated") -> Table[Reciprocity]:
    """Tell how many ties are returned, by ties and by pairs.

    Two measures go by this name: of 3 ties a→b, b→a and a→c, two are returned (tie-based 2/3), but of the 2 tied pairs
    one is mutual (dyad-based 1/2).

    Parameters
    ----------
    graph
        An `ActorNetwork`, a `SimpleNetwork` or any networkx graph.
    direction
        "as stated", because a network that is made two-way returns every tie.

    Returns
    -------
    Table of Reciprocity
        One row. Ties whose relation has no direction are returned by nature and count as such. The shares are NaN where
        there are no ties, and where all ties run both ways from the outset (the notes say so).

    References
    ----------
    Wasserman, S., & Faust, K. (1994). Social Network Analysis. Cambridge University Press, section 13.2.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import networkx as nx
    >>> row = reciprocity(nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c")]))[0]
    >>> round(row.tie_based, 3), row.dyad_based
    (0.667, 0.5)
    """
    how = collapse_for(direction)
    network = simple(graph, how if isinstance(graph, ActorNetwork) or direction == "two-way" else None)
    size, tails, heads = len(network), tails_of(network).astype(np.int64), network.indices.astype(np.int64)
    returned = int(np.isin(tails * size + heads, heads * size + tails).sum())
    ties, mutual = network.tie_count, returned // 2
    dyads = ties - mutual
    told = not network.symmetric
    row = Reciprocity(
        ties, returned, _share(returned, ties) if told else nan, dyads, mutual, _share(mutual, dyads) if told else nan
    )
    note = () if told else ("All ties run both ways: that they are returned says nothing.",)
    return Table(Reciprocity, (row,), (*network.notes, *note))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else nan
