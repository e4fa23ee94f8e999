"""Steps between many pairs of actors at once: a search from 64 sources at a time, one bit for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ecosystem.network.model import SimpleNetwork

__all__ = ["levels", "steps_between"]

BUDGET = 4_000_000  # words of 64 bits that one search may hold for its front: 32 MB
WORD = 64


def steps_between(
    network: SimpleNetwork, sources: NDArray[np.int64], targets: NDArray[np.int64], without: Iterable[int] = ()
) -> NDArray[np.float32]:
    """Return the least number of ties from each source to each target: 0 to itself, infinite where there is no path.

    Nodes in `without` count as if they were not there. Directions are those of the network.

    Examples
    --------
    >>> import networkx as nx
    >>> from ecosystem.network import simple
    >>> path = simple(nx.path_graph(4))
    >>> steps_between(path, np.array([0, 3]), np.array([2, 3]))
    array([[2., 3.],
           [1., 0.]], dtype=float32)
    >>> steps_between(path, np.array([0]), np.array([2]), without=[1])
    array([[inf]], dtype=float32)
    """
    found = np.full((len(targets), len(sources)), np.inf, np.float32)
    for chosen, level, reached in levels(network, sources, without):
        fresh = np.unpackbits(reached[targets].view(np.uint8), axis=1, count=chosen.stop - chosen.start)
        np.copyto(found[:, chosen], np.float32(level), where=fresh.view(bool))
    return found.T


def levels(
    network: SimpleNetwork, sources: NDArray[np.int64], without: Iterable[int] = ()
) -> Iterator[tuple[slice, int, NDArray[np.uint64]]]:
    """Search from all sources, level by level.

    Yields
    ------
    chosen
        Where in `sources` those stand that this batch searches from.
    level
        The number of steps.
    reached
        For each node the sources of the batch that are just so many steps away, a bit each (`np.unpackbits` of the
        bytes gives them in order).
    """
    gone = np.zeros(len(network), bool)
    gone[list(without)] = True
    # A node takes its bits from those who have a tie to it: row i must hold the tails of its ties.
    feeding = network if network.symmetric else _turned(network)
    tied = np.flatnonzero(np.diff(feeding.indptr) > 0)
    starts = feeding.indptr[tied]
    batch = WORD * max(1, BUDGET // max(1, len(network), network.tie_count))
    for first in range(0, len(sources), batch):
        chosen = slice(first, min(first + batch, len(sources)))
        front = _bits(len(network), sources[chosen])
        front[gone] = 0
        seen, level = front.copy(), 0
        while front.any():
            yield chosen, level, front
            moved = np.zeros_like(front)
            if len(tied):
                moved[tied] = np.bitwise_or.reduceat(front[feeding.indices], starts, axis=0)
            moved[gone] = 0
            front = moved & ~seen
            seen |= front
            level += 1


def _bits(size: int, sources: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return for each node the set of sources that it is, in words of 64 bits."""
    width = -(-len(sources) // WORD)
    rows = np.zeros((size, width * 8), np.uint8)
    places = np.arange(len(sources))
    np.bitwise_or.at(rows, (sources, places // 8), (128 >> (places % 8)).astype(np.uint8))
    return rows.view(np.uint64)


def _turned(network: SimpleNetwork) -> SimpleNetwork:
    from scipy import sparse

    size = len(network)
    ties = sparse.csr_array((np.ones(network.tie_count), network.indices, network.indptr), shape=(size, size))
    turned = ties.T.tocsr()
    return replace(network, indptr=turned.indptr.astype(np.int64), indices=turned.indices, strengths=turned.data)
