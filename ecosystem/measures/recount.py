"""The census of a network that differs by some ties from one that has been counted: only what they touch is counted.

An actor's open pairs change only with ties of its own, and with ties between two of its contacts. Those that a changed
tie has a part in are counted before and after; all others are what they were.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.census import SHARED_UP_TO, Census, count
from ecosystem.measures.forms import compiled, two_step_paths
from ecosystem.measures.grouping import Grouped
from ecosystem.network.simple import tails_of

__all__ = ["recount"]

FEW: Final = 10
"""A change is small if no more than one tie in so many comes or goes; after larger ones, all is counted anew."""

Numbers = NDArray[np.int64]


def recount(counted: Census, before: Grouped, after: Grouped) -> Census:
    """Return the census of `after`, given that of `before`.

    Actors may come and go. Where one changes its group, where much changes, and where the network is so small that no
    kernel is asked for, everything is counted.

    Parameters
    ----------
    counted
        The census of `before`.
    before, after
        Two networks whose actors are known by the same ids.
    """
    paths = two_step_paths(after.network)
    shared = counted.exclusive is not None and paths <= SHARED_UP_TO
    change = _Change.between(before, after) if compiled(paths) else None
    if change is None:
        return count(after.network, after.codes, shared=shared)
    roles = change.roles(counted.roles)
    if not shared:
        return Census(roles)
    from ecosystem.measures.kernels.pairs import sharing

    return Census(roles, *sharing(after.network.indptr, after.network.indices, after.codes))


class _Change:
    """Two networks in one numbering: the actors of the first, then those that only the second has."""

    def __init__(self, before: Grouped, after: Grouped) -> None:
        number = {actor: place for place, actor in enumerate(before.network.ids)}
        self.place = np.array([number.setdefault(actor, len(number)) for actor in after.network.ids], np.int64)
        self.size, self.symmetric = len(number), before.network.symmetric and after.network.symmetric
        self.old = _keys(before, np.arange(len(before.network)), self.size)
        self.new = _keys(after, self.place, self.size)
        self.changed = np.setxor1d(self.old, self.new, assume_unique=True)
        code = {group: number for number, group in enumerate(before.groups)}
        codes = np.array([code.setdefault(group, len(code)) for group in after.groups], np.int32)
        self.groups = np.zeros(self.size, np.int32)
        self.groups[: len(before.codes)] = before.codes
        stays = self.place < len(before.codes)
        self.regrouped = bool((self.groups[self.place] != codes[after.codes])[stays].any())
        self.groups[self.place] = codes[after.codes]

    @classmethod
    def between(cls, before: Grouped, after: Grouped) -> _Change | None:
        """Return the change, if it is small and nobody changes its group."""
        change = cls(before, after)
        return None if change.regrouped or len(change.changed) * FEW > len(change.old) else change

    def roles(self, counted: Numbers) -> Numbers:
        """Return the roles of the second network, in the order of its actors."""
        from ecosystem.measures.kernels.touched import touched

        changed = self._both(self.changed)
        lost, gained = (touched(*self._both(keys), *changed, self.groups) for keys in (self.old, self.new))
        difference = gained - lost
        difference[: len(counted)] += counted
        roles: Numbers = difference[self.place]
        return roles

    def _both(self, keys: Numbers) -> tuple[Numbers, NDArray[np.int32], Numbers, NDArray[np.int32]]:
        """Return rows of heads, and rows of tails."""
        tails, heads = np.divmod(keys, self.size)
        there = self._rows(tails, heads)
        if self.symmetric:
            return (*there, *there)
        order = np.lexsort((tails, heads))
        return (*there, *self._rows(heads[order], tails[order]))

    def _rows(self, tails: Numbers, heads: Numbers) -> tuple[Numbers, NDArray[np.int32]]:
        ends = np.cumsum(np.bincount(tails, minlength=self.size))
        return np.concatenate([[0], ends]).astype(np.int64), heads.astype(np.int32)


def _keys(grouped: Grouped, place: Numbers, size: int) -> Numbers:
    """Return each tie as one number, sorted."""
    network = grouped.network
    return np.sort(place[tails_of(network)] * size + place[network.indices], kind="stable")
