"""The few new ties that help two sides of a network most."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from ecosystem.errors import ProjectionError
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import AnyNetwork, simple, two_way

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["BestTie", "BestTies", "best_ties"]

ROWS, LATER_ROWS = 256, 32  # actors of the one side whose ties are weighed at a time, first and when few are in doubt
LARGEST: Final = 500_000_000  # pairs across the sides; each takes a byte
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class BestTie:
    """A new tie, and how many pairs across the sides come within two steps by it: its ends and those beside them.

    `beside_a` are actors on the side of `a` who reach `b` by it, `beside_b` those on the side of `b` whom `a` reaches.
    """

    a: Any
    b: Any
    gain: int
    beside_a: tuple[Any, ...]
    beside_b: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class BestTies:
    """New ties in the order in which they were chosen; `before` of `pairs` were within two steps without them."""

    ties: tuple[BestTie, ...]
    pairs: int
    before: int


def best_ties(
    graph: AnyNetwork,
    *,
    one: Collection[Hashable],
    other: Collection[Hashable],
    count: int,
    kinds: tuple[NDArray[np.int32], Flags] | None = None,
) -> BestTies:
    """Choose new ties across two sides, one after another, each the one that brings most pairs within two steps.

    The objective is the number of pairs (a of the one side, b of the other) that are tied or have a contact in
    common: who can be introduced. A new tie a - b brings a and b within two steps, a and the contacts of b on the
    side of b, and b and the contacts of a on the side of a.

    Parameters
    ----------
    graph
        An `ActorNetwork`, a `SimpleNetwork` or any networkx graph; ties are taken two-way, strengths do not matter.
    one, other
        The ids of the actors on each side, which share none.
    count
        How many ties, at most: fewer are returned where no other tie helps.
    kinds
        A kind for each node, and for each two kinds whether a tie may run between them; left out, it may.

    Returns
    -------
    BestTies
        Of ties that help as much, the one between those with most contacts on their own side comes first, then by
        label.

    Raises
    ------
    ProjectionError
        If the sides share an actor, or are too large: 500 million pairs and more.

    Notes
    -----
    What a tie brings does not depend on the others but in what they have brought already; so the objective is a
    coverage function, and ties chosen one by one bring at least 1 - 1/e = 63 % of what the best set of as many would
    (Nemhauser, Wolsey & Fisher 1978). Each choice is exact: an actor is weighed again only if what it could bring when
    it was weighed last is more than the best so far (Minoux 1978). Time is in proportion to the actors of the smaller
    side times the ties within the larger.

    References
    ----------
    Nemhauser, G. L., Wolsey, L. A., & Fisher, M. L. (1978). Mathematical Programming, 14, 265-294.
    https://doi.org/10.1007/BF01588971

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("CAF", "Chile"), ("CAF", "Peru"), ("OECD", "France"), ("OECD", "Spain")])
    >>> found = best_ties(graph, one={"CAF", "Chile", "Peru"}, other={"OECD", "France", "Spain"}, count=1)
    >>> found.ties[0].a, found.ties[0].b, found.ties[0].gain, found.before, found.pairs
    ('CAF', 'OECD', 5, 0, 9)
    """
    network = two_way(simple(graph))
    first, second = (
        np.array([node for node, actor in enumerate(network.ids) if actor in side], np.int64)
        for side in (frozenset(one), frozenset(other))
    )
    shared = np.intersect1d(first, second)
    if len(shared):
        raise ProjectionError(
            f"The two sides share {len(shared)} actors, {network.labels[shared[0]]!r} among them.",
            hint="Name sides that share none.",
        )
    if len(first) * len(second) > LARGEST:
        raise ProjectionError("The two sides are too large to weigh all ties.", hint="Name a country or two.")
    turned = len(first) > len(second)
    search = _Search(network, second, first, kinds) if turned else _Search(network, first, second, kinds)
    before = int(search.near.sum())
    found: list[BestTie] = []
    while len(found) < count and (tie := search.best()) is not None:
        search.take(*tie[:2])
        found.append(_told(search, *tie, turned))
    return BestTies(tuple(found), len(first) * len(second), before)


class _Search:
    """What is within two steps across the sides, and what each new tie would bring."""

    def __init__(
        self,
        network: SimpleNetwork,
        rows: NDArray[np.int64],
        columns: NDArray[np.int64],
        kinds: tuple[NDArray[np.int32], Flags] | None,
    ) -> None:
        from scipy import sparse

        size = len(network)
        ties = sparse.csr_array((np.ones(network.tie_count, np.float32), network.indices, network.indptr), (size, size))
        self.network, self.rows, self.columns = network, rows, columns
        self.within_rows = ties[rows, :][:, rows]
        self.within_columns = ties[columns, :][:, columns]
        self.near = self._near(ties)
        self.kinds = kinds
        # In the order in which ties that help as much are chosen.
        self.row_order, self.column_order = (
            _rank(network, nodes, within)
            for nodes, within in ((rows, self.within_rows), (columns, self.within_columns))
        )
        most = 1 + np.diff(self.within_columns.indptr).max(initial=0)
        self.bound = (np.diff(self.within_rows.indptr) + most).astype(np.int64) if len(columns) else np.zeros(0, int)
        self.asked = np.full(len(rows), -1)
        self.choice = np.full(len(rows), -1)
        self.round = 0

    def _near(self, ties: sparse.csr_array) -> Flags:
        near = np.zeros((len(self.rows), len(self.columns)), bool)
        into = ties[:, self.columns]
        for start in range(0, len(self.rows), ROWS):
            part = ties[self.rows[start : start + ROWS], :]
            near[start : start + ROWS] = (part @ into + part[:, self.columns]).toarray() > 0
        return near

    def best(self) -> tuple[int, int, int] | None:
        """Return the places of the ends of the best tie that is left, and what it brings; None if none brings any."""
        while len(self.rows):
            top = int(self.bound.max())
            if top <= 0:
                return None
            ahead = np.flatnonzero(self.bound == top)
            stale = ahead[self.asked[ahead] < self.round]
            if not len(stale):
                row = int(ahead[np.argmin(self.row_order[ahead])])
                return row, int(self.choice[row]), top
            # Weighing some that are next in line together with it costs little and saves turns.
            waiting = np.flatnonzero(self.asked < self.round)
            width = LATER_ROWS if self.round else ROWS
            self._weigh(waiting[np.argsort(-self.bound[waiting], kind="stable")[:width]])
        return None

    def _weigh(self, rows: NDArray[np.int64]) -> None:
        gains = self.gains(rows)
        best = gains.max(axis=1)
        ranks = np.where(gains == best[:, None], self.column_order[None, :], len(self.columns))
        self.bound[rows] = best
        self.choice[rows] = ranks.argmin(axis=1)
        self.asked[rows] = self.round

    def gains(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return what a tie from each of `rows` to each column would bring: 0 where there is one, or may be none."""
        far = (~self.near[rows]).astype(np.float32)
        beside_columns = (self.within_columns @ np.ascontiguousarray(far.T)).T
        beside_rows = np.zeros_like(far)
        for place, row in enumerate(rows.tolist()):
            own = self.within_rows.indices[self.within_rows.indptr[row] : self.within_rows.indptr[row + 1]]
            beside_rows[place] = len(own) - self.near[own].sum(axis=0, dtype=np.int32)
        gains: NDArray[np.int64] = (far + beside_columns + beside_rows).astype(np.int64)
        if self.kinds is not None:
            kind, may = self.kinds
            gains[~may[kind[self.rows[rows]]][:, kind[self.columns]]] = 0
        return gains

    def brings(self, row: int, column: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the rows beside a tie's row that come within two steps of its column, and the other way round."""
        own = self.within_rows.indices[self.within_rows.indptr[row] : self.within_rows.indptr[row + 1]]
        far = self.within_columns.indices[self.within_columns.indptr[column] : self.within_columns.indptr[column + 1]]
        return own[~self.near[own, column]], far[~self.near[row, far]]

    def take(self, row: int, column: int) -> None:
        """Suppose a tie."""
        self.last = self.brings(row, column)
        beside_rows, beside_columns = self.last
        self.near[beside_rows, column] = True
        self.near[row, beside_columns] = True
        self.near[row, column] = True
        self.round += 1


def _rank(network: SimpleNetwork, nodes: NDArray[np.int64], within: sparse.csr_array) -> NDArray[np.int64]:
    """Return the place of each node in order of contacts on its own side, most first, then of labels."""
    contacts = np.diff(within.indptr).tolist()
    order = sorted(range(len(nodes)), key=lambda place: (-contacts[place], network.labels[int(nodes[place])], place))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _told(search: _Search, row: int, column: int, gain: int, turned: bool) -> BestTie:
    ids = search.network.ids
    ends = ids[search.rows[row]], ids[search.columns[column]]
    beside = (
        tuple(ids[search.rows[place]] for place in sorted(search.last[0].tolist(), key=search.row_order.__getitem__)),
        tuple(
            ids[search.columns[place]] for place in sorted(search.last[1].tolist(), key=search.column_order.__getitem__)
        ),
    )
    if turned:
        return BestTie(ends[1], ends[0], gain, beside[1], beside[0])
    return BestTie(*ends, gain, *beside)
