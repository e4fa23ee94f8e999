"""Key players (Borgatti 2006): the set of actors whose going breaks a network most, or who reach most of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from ecosystem.errors import ProjectionError
from ecosystem.measures.objectives import DistanceFragmentation, Fragmentation, Objective, Reach
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import AnyNetwork, simple, two_way
from ecosystem.tables import Table

__all__ = ["EXACT_LIMIT", "OBJECTIVES", "KeyPlayer", "ObjectiveName", "key_players", "key_value"]

ObjectiveName: TypeAlias = Literal["fragmentation", "distance-weighted fragmentation", "reach"]
OBJECTIVES: Final[dict[str, type[Objective]]] = {
    "fragmentation": Fragmentation,
    "distance-weighted fragmentation": DistanceFragmentation,
    "reach": Reach,
}

EXACT_LIMIT = 20_000
ALTERNATIVES = 10
CLOSE = 1e-12


@dataclass(frozen=True, slots=True)
class KeyPlayer:
    """A member of a best set.

    `value` is the objective of the whole set, `without` that of the set less this actor. Sets that are as good as
    each other are told apart by `alternative`, from 1.
    """

    actor: Any
    label: str
    alternative: int
    value: float
    without: float


def key_players(graph: AnyNetwork, *, size: int, objective: ObjectiveName = "fragmentation") -> Table[KeyPlayer]:
    """Find the set of `size` actors that matters most together, which seldom is that of the most central ones.

    - "fragmentation": F, the share of pairs of the others that are no longer connected once the set is gone
    - "distance-weighted fragmentation": DF = 1 - mean of 1/d over the pairs of the others once the set is gone,
      d the number of steps between them (1/d = 0 where they are not connected)
    - "reach": DR, the mean over all actors of 1/d to the nearest of the set; its members count 1

    Parameters
    ----------
    graph
        An `ActorNetwork`, a `SimpleNetwork` or any networkx graph; ties are taken two-way, strengths do not matter.
    size
        How many actors.
    objective
        Which of the three.

    Returns
    -------
    Table of KeyPlayer
        One row a member, the best set first. Where several sets are best, they follow as alternatives, ten at most,
        and the notes say how many there are. Isolates are fragments from the start: F of a network with isolates is
        above 0 with nobody gone.

    Raises
    ------
    ProjectionError
        If the size is less than 1 or leaves nobody, or there is no such objective.

    Notes
    -----
    All sets are tried where there are at most 20,000 of them, or where the set is one actor. Above, the set is grown
    one actor at a time, taking the best each time, and the notes say that it is not exact. Reach is submodular: a grown
    set has at least 63 % of the best possible, and CELF finds it with few evaluations. Fragmentation is not: nothing is
    proven of a grown set. A step takes time in proportion to actors and ties for F (cut points); for DF a search from
    every actor for each candidate that a bound does not rule out. Reach takes memory in proportion to the square of the
    number of actors.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. Computational & Mathematical
    Organization Theory, 12(1), 21-34. https://doi.org/10.1007/s10588-006-7084-x. Leskovec, J., et al. (2007).
    Cost-effective outbreak detection in networks. KDD '07, 420-429. https://doi.org/10.1145/1281192.1281239

    Examples
    --------
    >>> import networkx as nx
    >>> best = key_players(nx.krackhardt_kite_graph(), size=2)
    >>> best["actor"], round(best[0].value, 4)
    ([5, 6], 0.5357)
    """
    network = simple(graph)
    worth = _objective(two_way(network), objective)
    count = len(network)
    if not 1 <= size < count:
        raise ProjectionError(
            f"There is no set of {size} key players among {count} actors.", hint=f"Give a size from 1 to {count - 1}."
        )
    if size == 1 or comb(count, size) <= EXACT_LIMIT:
        sets, how = _best(worth, size)
    else:
        sets, how = [worth.grown(size)], f"The set is not exact: it was grown one actor at a time; {worth.promise}."
    rows = [
        KeyPlayer(
            actor=network.ids[node],
            label=network.labels[node],
            alternative=alternative,
            value=worth.value(chosen),
            without=worth.value([other for other in chosen if other != node]),
        )
        for alternative, chosen in enumerate(sets[:ALTERNATIVES], start=1)
        for node in chosen
    ]
    return Table(KeyPlayer, tuple(rows), (*network.notes, how))


def key_value(graph: AnyNetwork, *, actors: Sequence[Any], objective: ObjectiveName = "fragmentation") -> float:
    """Return the value of a given set of actors, as `key_players` defines it.

    Raises
    ------
    ProjectionError
        If an actor is not in the network, or there is no such objective.

    Examples
    --------
    >>> import networkx as nx
    >>> key_value(nx.star_graph(4), actors=[0]), key_value(nx.star_graph(4), actors=[0], objective="reach")
    (1.0, 1.0)
    """
    network = simple(graph)
    number = {actor: node for node, actor in enumerate(network.ids)}
    for actor in actors:
        if actor not in number:
            raise ProjectionError(f"'{actor}' is no actor of the network.", hint="Use the id of an actor.")
    return _objective(two_way(network), objective).value([number[actor] for actor in actors])


def _best(worth: Objective, size: int) -> tuple[list[tuple[int, ...]], str]:
    """Try all sets; those of one actor are valued together."""
    sets = list(combinations(range(worth.size), size))
    values = worth.with_each(()) if size == 1 else np.array([worth.value(chosen) for chosen in sets])
    best = np.flatnonzero(values >= values.max() - CLOSE).tolist()
    how = "it is the only best one" if len(best) == 1 else f"{len(best)} are equally good"
    return [sets[place] for place in best], f"All {len(sets)} sets of {size} were tried; {how}."


def _objective(network: SimpleNetwork, objective: ObjectiveName) -> Objective:
    if objective not in OBJECTIVES:
        raise ProjectionError(f"There is no objective '{objective}'.", hint=f"Say one of: {', '.join(OBJECTIVES)}.")
    return OBJECTIVES[objective](network)
