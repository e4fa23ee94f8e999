"""Brokerage between two sides: who connects actors of the one with those of the other, and what is lost without."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ecosystem.errors import ProjectionError
from ecosystem.measures.distances import steps_between
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import AnyNetwork, simple, two_way
from ecosystem.tables import Table

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["BrokerBetween", "Loss", "OpenPair", "brokers_between", "losses_between", "pair_ends", "pairs_between"]

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class BrokerBetween:
    """What one actor brokers between two sides: pairs without a tie of their own, each counted once.

    `exclusive` counts the pairs that no other actor serves; `partial_credit` shares each pair among its k brokers.
    """

    actor: Any
    label: str
    pairs: int
    exclusive: int
    partial_credit: float


@dataclass(frozen=True, slots=True)
class OpenPair:
    """A pair without a tie of its own that an actor connects: `a` on the one side, `b` on the other."""

    a: Any
    b: Any
    other_brokers: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """What the pairs across two sides lose when an actor goes.

    Of `reachable` pairs (connected at all, over any number of steps, the actor itself not among them) `cut_off` are
    connected no more; `longer` have a longer way, by `extra_steps` on average (NaN where there is none).
    """

    actor: Any
    reachable: int
    cut_off: int
    longer: int
    extra_steps: float


@dataclass(frozen=True, slots=True)
class _Sides:
    """A two-way network and the numbers of the actors on its two sides."""

    network: SimpleNetwork
    one: NDArray[np.int64]
    other: NDArray[np.int64]

    def weights(self, rows: NDArray[Any], columns: NDArray[Any]) -> NDArray[np.float64]:
        """Return 1 for each pair (row of `one`, column of `other`), 1/2 where it also stands the other way round."""
        in_one, in_other = (np.zeros(len(self.network), bool) for _ in range(2))
        in_one[self.one], in_other[self.other] = True, True
        both = in_one & in_other
        return np.where(both[self.one[rows]] & both[self.other[columns]], 0.5, 1.0)


def brokers_between(
    graph: AnyNetwork, *, one: Collection[Hashable], other: Collection[Hashable]
) -> Table[BrokerBetween]:
    """Count for each actor the open pairs between two sides that it serves.

    An actor v serves the pair of a (of the one side) and b (of the other) if it is tied to both and a and b are not
    tied to each other. v may be of either side or of none. A pair is counted once, also where the sides overlap.

    Parameters
    ----------
    graph
        An `ActorNetwork`, a `SimpleNetwork` or any networkx graph; ties are taken two-way, strengths do not matter.
    one, other
        The ids of the actors on each side; ids that are not in the network are ignored.

    Returns
    -------
    Table of BrokerBetween
        Those that serve a pair, most partial credit first, then by label; isolates never do.

    Notes
    -----
    Time and memory grow with the number of open pairs that anybody serves. The roles are those of Gould & Fernandez
    (1989), taken together; exclusive pairs and partial credit are those of `brokerage`.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("Chile", "CAF"), ("CAF", "Spain"), ("Chile", "OECD"), ("OECD", "Spain"), ("OECD", "France")])
    >>> rows = brokers_between(graph, one={"Chile"}, other={"Spain", "France"})
    >>> [(row.actor, row.pairs, row.exclusive, row.partial_credit) for row in rows]
    [('OECD', 2, 1, 1.5), ('CAF', 1, 0, 0.5)]
    """
    sides = _sides(graph, one, other)
    network = sides.network
    ties = _matrix(network)
    brokers = _open(sides, ties).tocoo()
    rows, columns, count = brokers.row, brokers.col, brokers.data
    weight = sides.weights(rows, columns)
    candidates = np.flatnonzero((ties[:, sides.one].sum(axis=1) > 0) & (ties[:, sides.other].sum(axis=1) > 0))
    sums = [
        _served(sides, ties, candidates, rows, columns, worth)
        for worth in (weight, np.where(count == 1, weight, 0), weight / count)
    ]
    found = [
        BrokerBetween(network.ids[node], network.labels[node], round(pairs), round(exclusive), float(credit))
        for node, pairs, exclusive, credit in zip(candidates.tolist(), *sums, strict=True)
        if pairs
    ]
    found.sort(key=lambda row: (-round(row.partial_credit, 9), row.label))
    note = f"{round(weight.sum()):,} pairs have no tie of their own and somebody in between."
    return Table(BrokerBetween, tuple(found), (*network.notes, note))


def pairs_between(
    graph: AnyNetwork, *, broker: Hashable, one: Collection[Hashable], other: Collection[Hashable]
) -> Table[OpenPair]:
    """List the open pairs between two sides that an actor serves, each with those who serve it too.

    Parameters and definition are those of `brokers_between`; pairs stand in order of labels.

    Raises
    ------
    ProjectionError
        If there is no such actor.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("Chile", "CAF"), ("CAF", "Spain"), ("Chile", "OECD"), ("OECD", "Spain")])
    >>> pairs_between(graph, broker="CAF", one={"Chile"}, other={"Spain"})[0]
    OpenPair(a='Chile', b='Spain', other_brokers=('OECD',))
    """
    network = two_way(simple(graph))
    firsts, seconds = pair_ends(network, broker=broker, one=one, other=other)
    own = _number(network, broker)
    near = {node: set(network.heads_of(node).tolist()) for node in {*firsts.tolist(), *seconds.tolist()}}
    pairs = sorted(
        zip(firsts.tolist(), seconds.tolist(), strict=True),
        key=lambda pair: (network.labels[pair[0]], network.labels[pair[1]]),
    )
    rows = [
        OpenPair(network.ids[a], network.ids[b], tuple(network.ids[node] for node in sorted(near[a] & near[b] - {own})))
        for a, b in pairs
    ]
    return Table(OpenPair, tuple(rows), network.notes)


def pair_ends(
    graph: AnyNetwork, *, broker: Hashable, one: Collection[Hashable], other: Collection[Hashable]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the open pairs that an actor serves as two arrays: the positions in the network of their ends.

    For counting what `pairs_between` lists; a hub serves hundreds of thousands of pairs.

    Raises
    ------
    ProjectionError
        If there is no such actor.

    Examples
    --------
    >>> import networkx as nx
    >>> firsts, seconds = pair_ends(nx.star_graph(3), broker=0, one={1, 2}, other={2, 3})
    >>> list(zip(firsts.tolist(), seconds.tolist()))
    [(1, 2), (1, 3), (2, 3)]
    """
    sides = _sides(graph, one, other)
    contacts = sides.network.heads_of(_number(sides.network, broker))
    firsts, seconds = np.intersect1d(contacts, sides.one), np.intersect1d(contacts, sides.other)
    tied = _matrix(sides.network)[firsts, :][:, seconds].toarray() > 0
    rows, columns = np.nonzero(~tied & (firsts[:, None] != seconds[None, :]))
    first, second = firsts[rows], seconds[columns]
    # A pair that also stands the other way round is kept once.
    twice = np.isin(first, sides.other) & np.isin(second, sides.one) & (first > second)
    return first[~twice], second[~twice]


def losses_between(
    graph: AnyNetwork, *, actors: Sequence[Hashable], one: Collection[Hashable], other: Collection[Hashable]
) -> Table[Loss]:
    """Tell what the pairs across two sides lose when an actor goes, for one actor after another.

    Pairs count once, with ties two-way and distances in steps; pairs of which the actor is itself an end are left out.

    Returns
    -------
    Table of Loss
        In the order of `actors`.

    Raises
    ------
    ProjectionError
        If an actor is not in the network.

    Notes
    -----
    Takes a search from each actor of the smaller side for each of `actors` whose shortest paths run through it.

    Examples
    --------
    >>> import networkx as nx
    >>> ring = nx.cycle_graph(["Chile", "CAF", "Spain", "France", "OECD"])
    >>> losses_between(ring, actors=["CAF"], one={"Chile"}, other={"Spain", "France"})[0]
    Loss(actor='CAF', reachable=2, cut_off=0, longer=1, extra_steps=1.0)
    """
    sides = _sides(graph, one, other)
    if len(sides.one) > len(sides.other):
        sides = _Sides(sides.network, sides.other, sides.one)
    before = steps_between(sides.network, sides.one, sides.other)
    connected = np.isfinite(before) & (before > 0)
    weights = np.zeros_like(before)
    weights[connected] = sides.weights(*np.nonzero(connected))
    rows = tuple(_loss(sides, before, weights, _number(sides.network, actor)) for actor in actors)
    return Table(Loss, rows, sides.network.notes)


def _sides(graph: AnyNetwork, one: Collection[Hashable], other: Collection[Hashable]) -> _Sides:
    network = two_way(simple(graph))
    first, second = (
        np.array([node for node, actor in enumerate(network.ids) if actor in side], np.int64)
        for side in (frozenset(one), frozenset(other))
    )
    return _Sides(network, first, second)


def _number(network: SimpleNetwork, actor: Hashable) -> int:
    if actor not in network.ids:
        raise ProjectionError(f"'{actor}' is no actor of the network.", hint="Use the id of an actor.")
    return network.ids.index(actor)


def _matrix(network: SimpleNetwork) -> sparse.csr_array:
    from scipy import sparse

    size = len(network)
    return sparse.csr_array((np.ones(network.tie_count, np.int32), network.indices, network.indptr), shape=(size, size))


def _open(sides: _Sides, ties: sparse.csr_array) -> sparse.csr_array:
    """Return for each open pair across the sides the number of its brokers."""
    from scipy import sparse

    near, far = ties[sides.one, :], ties[:, sides.other]
    counts = near @ far
    counts = (counts - counts.multiply(near[:, sides.other])).tocoo()
    open_ones = (counts.data > 0) & (sides.one[counts.row] != sides.other[counts.col])
    places = counts.row[open_ones], counts.col[open_ones]
    return sparse.coo_array((counts.data[open_ones], places), shape=counts.shape).tocsr()


def _served(
    sides: _Sides,
    ties: sparse.csr_array,
    candidates: NDArray[np.int64],
    rows: NDArray[Any],
    columns: NDArray[Any],
    worth: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return for each candidate the sum of the worth of the open pairs that it is tied to both ends of."""
    from scipy import sparse

    pairs = sparse.csr_array((worth, (rows, columns)), shape=(len(sides.one), len(sides.other)))
    parts = [
        (ties[chosen, :][:, sides.one] @ pairs).multiply(ties[chosen, :][:, sides.other]).sum(axis=1)
        for chosen in _chunks(candidates)
    ]
    return np.concatenate([np.asarray(part, np.float64).ravel() for part in parts]) if parts else np.zeros(0)


def _chunks(nodes: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    for start in range(0, len(nodes), CHUNK):
        yield nodes[start : start + CHUNK]


def _loss(sides: _Sides, before: NDArray[np.float32], weights: NDArray[np.float32], node: int) -> Loss:
    """Compare distances with and without a node, for those pairs that a shortest path through it connects."""
    own = np.array([node], np.int64)
    to_one, to_other = (steps_between(sides.network, own, side)[0] for side in (sides.one, sides.other))
    others = weights * (sides.one != node)[:, None] * (sides.other != node)[None, :]
    rows, columns = np.nonzero((others > 0) & (before == to_one[:, None] + to_other[None, :]))
    sources, place = np.unique(rows, return_inverse=True)
    then, weight = before[rows, columns], others[rows, columns].astype(np.float64)
    now = steps_between(sides.network, sides.one[sources], sides.other, without=[node])[place, columns]
    longer = np.isfinite(now) & (now > then)
    more = float(weight[longer].sum())
    return Loss(
        actor=sides.network.ids[node],
        reachable=round(float(others.sum(dtype=np.float64))),
        cut_off=round(float(weight[np.isinf(now)].sum())),
        longer=round(more),
        extra_steps=float(((now - then)[longer] * weight[longer]).sum()) / more if more else nan,
    )
