"""What a set of key players is worth, and which actor adds most to it: one class for each of Borgatti's measures.

All of them know a symmetric network and answer two questions: the value of a set, and the values of the set with each
other actor added, of which the largest is right and the rest may be given as -inf where they cannot reach it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.blocks import blocks_of
from ecosystem.measures.distances import levels, steps_between
from ecosystem.measures.engine import to_igraph
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import within

__all__ = ["DistanceFragmentation", "Fragmentation", "Objective", "Reach"]

CLOSE = 1e-12
BATCH = 4_000_000  # numbers that a batch of searches may hold in each level
ONES = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(axis=1).astype(np.int64)


class Objective(ABC):
    """The worth of sets of actors of a symmetric network."""

    #: What is known of a set that is grown one actor at a time.
    promise = "nothing is proven of it, and a better set may exist"

    def __init__(self, network: SimpleNetwork) -> None:
        self.network = network
        self.size = len(network)

    @abstractmethod
    def value(self, chosen: Sequence[int]) -> float:
        """Return the worth of a set."""

    @abstractmethod
    def with_each(self, chosen: Sequence[int]) -> NDArray[np.float64]:
        """Return the worth of the set with each actor added; -inf for its members and those who cannot be best."""

    def grown(self, size: int) -> tuple[int, ...]:
        """Return a set that is grown one actor at a time, each the best there is; the first of equals is taken."""
        chosen: list[int] = []
        for _ in range(size):
            values = self.with_each(chosen)
            chosen.append(int(np.argmax(values >= values.max() - CLOSE)))
        return tuple(chosen)


class Fragmentation(Objective):
    """F: the share of pairs of the others that are not connected once the set is gone."""

    def value(self, chosen: Sequence[int]) -> float:
        """Return F, in time proportional to actors and ties."""
        left = to_igraph(self._without(chosen)[0])
        return self._share(sum(size * (size - 1) for size in left.connected_components().sizes()), len(chosen))

    def with_each(self, chosen: Sequence[int]) -> NDArray[np.float64]:
        """Return F for each actor more, all of them together in time proportional to actors and ties.

        An actor that is no cut point leaves its part whole; what a cut point leaves is read off the tree of blocks.
        """
        left, nodes = self._without(chosen)
        part = np.array(to_igraph(left).connected_components().membership, np.int64)
        size = np.bincount(part)[part] if len(part) else np.zeros(0, np.int64)
        connected = int((size - 1).sum())
        rest = connected - size * (size - 1) + (size - 1) * (size - 2)
        for cut, pieces in blocks_of(left).pieces().items():
            rest[cut] = connected - size[cut] * (size[cut] - 1) + sum(piece * (piece - 1) for piece in pieces)
        values = np.full(self.size, -np.inf)
        values[nodes] = [self._share(pairs, len(chosen) + 1) for pairs in rest.tolist()]
        return values

    def _without(self, chosen: Sequence[int]) -> tuple[SimpleNetwork, NDArray[np.int64]]:
        keep = np.ones(self.size, bool)
        keep[list(chosen)] = False
        return within(self.network, keep), np.flatnonzero(keep)

    def _share(self, connected: int, gone: int) -> float:
        pairs = (self.size - gone) * (self.size - gone - 1)
        return 1 - connected / pairs if pairs else 1.0


class DistanceFragmentation(Objective):
    """DF: 1 - the mean of 1/d over the pairs of the others once the set is gone."""

    def value(self, chosen: Sequence[int]) -> float:
        """Return DF, by a search from every actor that is left."""
        pairs = (self.size - len(chosen)) * (self.size - len(chosen) - 1)
        return 1 - float(self._nearness(chosen).sum()) / pairs if pairs else 1.0

    def with_each(self, chosen: Sequence[int]) -> NDArray[np.float64]:
        """Return DF for those actors whose going could be worst; a bound from one pass over the network rules out most.

        Without v the sum of 1/d loses what v itself had, twice, and at most 1/d for the pairs whose shortest paths run
        through v, in proportion to how many of these do (length-scaled betweenness, Borgatti & Everett 2006).
        """
        near = self._nearness(chosen)
        pairs = (self.size - len(chosen) - 1) * (self.size - len(chosen) - 2)
        if not pairs:
            values = np.ones(self.size)
        else:
            least = near.sum() - 2 * near - self._through(chosen)
            values, best = np.full(self.size, -np.inf), -np.inf
            for node in np.argsort(least, kind="stable").tolist():
                if 1 - least[node] / pairs < best - CLOSE:
                    break
                if node not in chosen:
                    values[node] = self.value([*chosen, node])
                    best = max(best, values[node])
        values[list(chosen)] = -np.inf
        return values

    def _nearness(self, chosen: Sequence[int]) -> NDArray[np.float64]:
        """Return for each actor the sum of 1/d to all others, the set being gone."""
        found = np.zeros(self.size)
        for _, level, reached in levels(self.network, np.arange(self.size), chosen):
            if level:
                found += ONES[reached.view(np.uint8)].sum(axis=1) / level
        return found

    def _through(self, chosen: Sequence[int]) -> NDArray[np.float64]:
        """Return for each actor Σ 1/d over ordered pairs of others, by the share of their shortest paths through it."""
        from scipy import sparse

        ties = sparse.csr_array(
            (np.ones(self.network.tie_count), self.network.indices, self.network.indptr), shape=(self.size, self.size)
        )
        keep = np.ones(self.size, bool)
        keep[list(chosen)] = False
        sources = np.flatnonzero(keep)
        width = max(1, BATCH // max(1, self.size))
        total = np.zeros(self.size)
        for first in range(0, len(sources), width):
            batch = sources[first : first + width]
            front = np.zeros((self.size, len(batch)))
            front[batch, np.arange(len(batch))] = 1
            paths, seen = [front], front > 0
            while True:
                front = (ties @ paths[-1]) * ~seen * keep[:, None]
                if not front.any():
                    break
                paths.append(front)
                seen |= front > 0
            onward = np.zeros_like(front)
            for level in range(len(paths) - 1, 0, -1):
                here = paths[level]
                share = np.divide(1 / level + onward, here, out=np.zeros_like(here), where=here > 0)
                onward = (ties @ share) * paths[level - 1]
                if level > 1:
                    total += onward.sum(axis=1)
        return total


class Reach(Objective):
    """DR: the mean over all actors of 1/d to the nearest of the set, whose members count 1."""

    promise = "its reach is at least 63 % of the best possible"

    def __init__(self, network: SimpleNetwork) -> None:
        super().__init__(network)
        everyone = np.arange(self.size)
        with np.errstate(divide="ignore"):
            self._near: NDArray[np.float64] = 1 / steps_between(network, everyone, everyone).astype(np.float64)
        np.fill_diagonal(self._near, 1)

    def value(self, chosen: Sequence[int]) -> float:
        """Return DR."""
        return float(self._reached(chosen).mean())

    def with_each(self, chosen: Sequence[int]) -> NDArray[np.float64]:
        """Return DR for each actor more."""
        values = np.asarray(np.maximum(self._near, self._reached(chosen)).mean(axis=1))
        values[list(chosen)] = -np.inf
        return values

    def grown(self, size: int) -> tuple[int, ...]:
        """Return a grown set, by asking only those again whose earlier gain could still be the largest (CELF).

        What an actor adds to a larger set is never more than what it adds to a smaller one (Leskovec et al. 2007).
        """
        chosen: list[int] = []
        gains, asked = self.with_each(chosen), np.zeros(self.size, np.int64)
        reached, now = self._reached(chosen), 0.0
        while len(chosen) < size:
            best = int(np.argmax(gains >= gains.max() - CLOSE))
            if asked[best] == len(chosen):
                chosen.append(best)
                now += float(gains[best])
                gains[best] = -np.inf
                reached = np.maximum(reached, self._near[best])
            else:
                gains[best] = float(np.maximum(self._near[best], reached).mean()) - now
                asked[best] = len(chosen)
        return tuple(chosen)

    def _reached(self, chosen: Sequence[int]) -> NDArray[np.float64]:
        return np.asarray(self._near[list(chosen)].max(axis=0)) if len(chosen) else np.zeros(self.size)
