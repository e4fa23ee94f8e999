"""Key players (Borgatti 2006): the set of actors whose going breaks a network most, or who reach most of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from ecosystem.errors import ProjectionError
from ecosystem.measures.engine import to_igraph
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import AnyNetwork, simple, two_way
from ecosystem.tables import Table

if TYPE_CHECKING:
    import igraph

__all__ = ["EXACT_LIMIT", "KeyPlayer", "Objective", "key_players", "key_value"]

Objective = Literal["fragmentation", "distance-weighted fragmentation", "reach"]
Value: TypeAlias = Callable[[Sequence[int]], float]

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


def key_players(graph: AnyNetwork, *, size: int, objective: Objective = "fragmentation") -> Table[KeyPlayer]:
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
    All sets are tried where there are at most 20,000 of them. Above, the set is grown one actor at a time, taking
    the best each time: reach then is at least 63 % of the best possible, for the others nothing is proven; the notes
    say so. Distances take memory in proportion to the square of the number of actors.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. Computational & Mathematical
    Organization Theory, 12(1), 21-34. https://doi.org/10.1007/s10588-006-7084-x

    Examples
    --------
    >>> import networkx as nx
    >>> best = key_players(nx.krackhardt_kite_graph(), size=2)
    >>> best["actor"], round(best[0].value, 4)
    ([5, 6], 0.5357)
    """
    network = simple(graph)
    value = _objective(two_way(network), objective)
    count = len(network)
    if not 1 <= size < count:
        raise ProjectionError(
            f"There is no set of {size} key players among {count} actors.", hint=f"Give a size from 1 to {count - 1}."
        )
    if comb(count, size) <= EXACT_LIMIT:
        sets, how = _best(value, count, size)
    else:
        sets, how = [_grown(value, count, size)], "The set was grown one actor at a time; a better set may exist."
    rows = [
        KeyPlayer(
            actor=network.ids[node],
            label=network.labels[node],
            alternative=alternative,
            value=value(chosen),
            without=value([other for other in chosen if other != node]),
        )
        for alternative, chosen in enumerate(sets[:ALTERNATIVES], start=1)
        for node in chosen
    ]
    return Table(KeyPlayer, tuple(rows), (*network.notes, how))


def key_value(graph: AnyNetwork, *, actors: Sequence[Any], objective: Objective = "fragmentation") -> float:
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
    return _objective(two_way(network), objective)([number[actor] for actor in actors])


def _best(value: Value, count: int, size: int) -> tuple[list[tuple[int, ...]], str]:
    sets = list(combinations(range(count), size))
    values = np.array([value(chosen) for chosen in sets])
    best = np.flatnonzero(values >= values.max() - CLOSE).tolist()
    how = "it is the only best one" if len(best) == 1 else f"{len(best)} are equally good"
    return [sets[place] for place in best], f"All {len(sets)} sets of {size} were tried; {how}."


def _grown(value: Value, count: int, size: int) -> tuple[int, ...]:
    chosen: list[int] = []
    for _ in range(size):
        rest = [node for node in range(count) if node not in chosen]
        gains = np.array([value([*chosen, node]) for node in rest])
        chosen.append(rest[int(np.argmax(gains >= gains.max() - CLOSE))])
    return tuple(chosen)


def _objective(network: SimpleNetwork, objective: Objective) -> Value:
    if objective not in get_args(Objective):
        raise ProjectionError(
            f"There is no objective '{objective}'.", hint=f"Say one of: {', '.join(get_args(Objective))}."
        )
    graph = to_igraph(network)
    return {"fragmentation": _fragmentation, "reach": _reach}.get(objective, _distance_fragmentation)(graph)


def _fragmentation(graph: igraph.Graph) -> Value:
    def value(chosen: Sequence[int]) -> float:
        left = graph - list(chosen)
        connected = sum(size * (size - 1) for size in left.connected_components().sizes())
        pairs = left.vcount() * (left.vcount() - 1)
        return 1 - connected / pairs if pairs else 1.0

    return value


def _distance_fragmentation(graph: igraph.Graph) -> Value:
    def value(chosen: Sequence[int]) -> float:
        left = graph - list(chosen)
        pairs = left.vcount() * (left.vcount() - 1)
        return 1 - float(_nearness(left).sum()) / pairs if pairs else 1.0

    return value


def _reach(graph: igraph.Graph) -> Value:
    nearness = _nearness(graph) + np.eye(graph.vcount())

    def value(chosen: Sequence[int]) -> float:
        return float(nearness[list(chosen)].max(axis=0).mean()) if chosen else 0.0

    return value


def _nearness(graph: igraph.Graph) -> NDArray[np.float64]:
    """Return 1/d for each pair of actors: 0 where they are not connected, and on the diagonal."""
    distances = np.array(graph.distances(), np.float64).reshape(graph.vcount(), graph.vcount())
    np.fill_diagonal(distances, np.inf)
    return 1 / distances
