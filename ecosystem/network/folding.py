"""Two-mode data made one: the actors of an initiative are tied with one another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ecosystem.network.ties import Ties

__all__ = ["folded"]


def folded(ties: Ties, is_initiative: NDArray[np.bool_], limit: int) -> tuple[Ties, tuple[str, ...]]:
    """Return the ties between actors, and for each initiative one between every pair of its k actors.

    Such a tie has the strength 1/(k-1), so that an initiative adds 1 to the strength of each of its actors however
    many take part (Newman 2001, https://doi.org/10.1103/PhysRevE.64.016132). An actor that is tied to an initiative
    several times takes part once. Time and memory grow with the number of pairs, the sum of k(k-1)/2: some 40 bytes
    a pair while it works.

    Parameters
    ----------
    limit
        Initiatives with more actors are left out and reported: their cliques would drown everything else.
    """
    initiatives, actors, records = _memberships(ties, is_initiative)
    begins = np.diff(initiatives, prepend=-1) != 0
    first = np.flatnonzero(begins)
    sizes = np.diff(np.concatenate([first, [len(initiatives)]]))
    size = np.repeat(sizes, sizes)
    too_large = int(np.count_nonzero(sizes > limit))
    # Each member is paired with those that follow it in its initiative.
    following = np.repeat(first + sizes, sizes) - np.arange(len(initiatives)) - 1
    following[size > limit] = 0
    one = np.repeat(np.arange(len(initiatives)), following)
    within = np.arange(len(one)) - np.repeat(np.cumsum(following) - following, following)
    other = one + 1 + within
    count = len(one)
    pairs = replace(
        ties,
        tails=actors[one],
        heads=actors[other],
        relations=np.full(count, -1, np.int32),
        records=np.column_stack([records[one], records[other]]),
        strengths=1.0 / (size[one] - 1),
        directed=np.zeros(count, bool),
        via=initiatives[one],
    )
    direct = ties.take(~is_initiative[ties.tails] & ~is_initiative[ties.heads])
    notes: tuple[str, ...] = ()
    if too_large:
        notes = (f"{too_large} initiatives with more than {limit} actors are not folded into ties.",)
    return (direct.followed_by(pairs) if len(direct) else pairs), notes


def _memberships(
    ties: Ties, is_initiative: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Return initiatives, actors and the first record that ties them, in order of initiative and actor."""
    tail, head = is_initiative[ties.tails], is_initiative[ties.heads]
    out, into = ~tail & head, tail & ~head
    initiatives = np.concatenate([ties.heads[out], ties.tails[into]])
    actors = np.concatenate([ties.tails[out], ties.heads[into]])
    records = np.concatenate([ties.records[out, 0], ties.records[into, 0]])
    keys = initiatives.astype(np.int64) * len(is_initiative) + actors
    _, first = np.unique(keys, return_index=True)
    return initiatives[first], actors[first], records[first]
