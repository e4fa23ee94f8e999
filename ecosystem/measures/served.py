"""The open pairs that actors serve, as arrays: what `triads` lists in rows, for whoever asks about many actors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.grouping import Grouped
from ecosystem.measures.roles import ROLES, role_of
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import tails_of

__all__ = ["Served", "served_pairs"]

Ints = NDArray[np.int64]
# The place in ROLES by whether a broker is of the first end's group, of the last one's, and whether these are one.
ROLE_BY_EQUALITY = np.zeros((2, 2, 2), np.int64)
for groups in ("AAA", "ABA", "ABB", "AAB", "ABC"):
    first, own, last = groups
    ROLE_BY_EQUALITY[int(own == first), int(own == last), int(first == last)] = ROLES.index(role_of(first, own, last))


@dataclass(frozen=True, slots=True)
class Served:
    """The open pairs of one actor, in the order of `triads`.

    Parameters
    ----------
    a, b
        The numbers of their ends in the network.
    roles
        The place in `ROLES` of the role that the actor plays.
    exclusive
        Whether no other actor serves the pair.
    """

    a: Ints
    b: Ints
    roles: Ints
    exclusive: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.a)

    def rows(self) -> Iterator[tuple[int, int, int, bool]]:
        """Yield a pair at a time: its ends, role, and whether it is exclusive."""
        columns = (self.a, self.b, self.roles, self.exclusive)
        yield from zip(*(column.tolist() for column in columns), strict=True)

    def take(self, chosen: NDArray[Any]) -> Served:
        """Return the chosen pairs, by position or by a mask."""
        return Served(self.a[chosen], self.b[chosen], self.roles[chosen], self.exclusive[chosen])


def served_pairs(grouped: Grouped, brokers: Sequence[int]) -> Iterator[Served]:
    """Yield the open pairs that each of some actors, given by their numbers, serves."""
    network, codes = grouped.network, grouped.codes
    by_head = np.argsort(network.indices, kind="stable")
    tails, ends = tails_of(network)[by_head], np.cumsum(np.bincount(network.indices, minlength=len(network)))
    place = {label: number for number, label in enumerate(sorted(set(network.labels)))}
    alphabetic = np.array([place[label] for label in network.labels], np.int64)
    for broker in brokers:
        a, b, ways = _open_pairs(network, broker, tails[ends[broker - 1] if broker else 0 : ends[broker]])
        order = np.lexsort((alphabetic[b], alphabetic[a]))
        a, b = a[order], b[order]
        with_a, with_b, both = codes[a] == codes[broker], codes[b] == codes[broker], codes[a] == codes[b]
        roles = ROLE_BY_EQUALITY[with_a.astype(int), with_b.astype(int), both.astype(int)]
        yield Served(a, b, roles, ways[order] == 1)


def _open_pairs(network: SimpleNetwork, broker: int, tails: NDArray[np.int32]) -> tuple[Ints, Ints, Ints]:
    """Return the ends of the open pairs of one actor, and by how many actors each pair is served."""
    heads = network.heads_of(broker)
    found = []
    for a in tails.tolist():
        near = network.heads_of(a)
        b = heads[heads != a]
        b = b[~np.isin(b, near, assume_unique=True)]
        if len(b):
            ways = np.bincount(_heads_of_all(network, near), minlength=len(network))[b]
            found.append((np.full(len(b), a), b, ways))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    a, b, ways = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return a, b, ways


def _heads_of_all(network: SimpleNetwork, nodes: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the heads of several nodes, one after the other."""
    starts = network.indptr[nodes]
    counts = network.indptr[nodes + 1] - starts
    before = np.cumsum(counts) - counts
    found: NDArray[np.int32] = network.indices[np.arange(counts.sum()) + np.repeat(starts - before, counts)]
    return found
