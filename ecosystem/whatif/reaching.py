"""Who reaches whom before and after a change, and over how many ties; exact, or from actors drawn at random.

Both networks are searched from the same actors, so that what differs is the change and not the draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from math import nan, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.distances import levels, steps_between
from ecosystem.network.model import SimpleNetwork
from ecosystem.progress import Progress, silent

__all__ = ["EXACT_UP_TO", "SAMPLE", "Detours", "detours", "parts_of"]

EXACT_UP_TO: Final = 3_000
"""Actors up to which the search starts from everybody."""
SAMPLE: Final = 512
BATCH: Final = 64
Bits = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Detours:
    """What becomes of the ways between actors; pairs are unordered, ties two-way.

    `connected`, `mean` (steps between connected actors) are of each whole network, before and after; the other numbers
    are of the actors that both have: pairs `cut` off, newly `joined`, with `longer` and `shorter` ways, and by how many
    steps all in all. `connected`, `cut` and `joined` are exact. `sampled` is the number of actors that were searched
    from, 0 where it was all of them; then `errors` are 0, else the standard errors of the two means, of their
    difference, and of `longer`.
    """

    connected: tuple[int, int]
    mean: tuple[float, float]
    cut: int
    joined: int
    longer: float
    shorter: float
    steps_more: float
    steps_less: float
    sampled: int = 0
    errors: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


def parts_of(network: SimpleNetwork) -> NDArray[np.int32]:
    """Return the number of the part that each actor is in."""
    from scipy import sparse

    size = len(network)
    ties = sparse.csr_array((np.ones(network.tie_count, np.int8), network.indices, network.indptr), shape=(size, size))
    found: NDArray[np.int32] = sparse.csgraph.connected_components(ties, directed=False)[1]
    return found


def detours(
    before: SimpleNetwork,
    after: SimpleNetwork,
    parts: tuple[NDArray[np.int32], NDArray[np.int32]] | None = None,
    *,
    seed: int = 1,
    progress: Progress = silent,
) -> Detours:
    """Compare the ways between actors in two symmetric networks; `seed` draws those that are searched from.

    `parts` are those that `parts_of` gives for both, where they are known.
    """
    number = {actor: place for place, actor in enumerate(after.ids)}
    place = np.array([number.get(actor, -1) for actor in before.ids], np.int64)
    here = np.flatnonzero(place >= 0)
    there = place[here]
    old, new = parts or (parts_of(before), parts_of(after))
    both = old[here].astype(np.int64) * (int(new.max(initial=0)) + 1) + new[there]
    kept = _pairs(both)
    cut, joined = _pairs(old[here]) - kept, _pairs(new[there]) - kept
    exact = len(here) <= EXACT_UP_TO
    drawn = np.arange(len(here)) if exact else np.sort(np.random.default_rng(seed).permutation(len(here))[:SAMPLE])
    found = []
    for first in range(0, len(drawn), BATCH):
        found.append(_searched(before, after, here, there, drawn[first : first + BATCH]))
        progress("Looking for ways", min(first + BATCH, len(drawn)), len(drawn))
    columns = np.concatenate([*found, np.zeros((0, 8))])
    sums = columns.sum(axis=0)
    share = len(here) / len(drawn) / 2 if len(drawn) else 0.0
    # Actors that only one network has are searched from too, where all are; a sample leaves them out.
    more_old, more_new = (
        _from_others(network, common) if exact else (0.0, 0.0) for network, common in ((before, here), (after, there))
    )
    means = tuple(
        _ratio(sums[place] + more[0], sums[place + 1] + more[1]) for place, more in ((0, more_old), (2, more_new))
    )
    longer, shorter, steps_more, steps_less = (float(total) * share for total in sums[4:])
    errors = (0.0, 0.0, 0.0, 0.0) if exact else _errors(columns, len(here))
    return Detours(
        connected=(_pairs(old), _pairs(new)),
        mean=(means[0], means[1]),
        cut=cut,
        joined=joined,
        longer=longer,
        shorter=shorter,
        steps_more=steps_more,
        steps_less=steps_less,
        sampled=0 if exact else len(drawn),
        errors=errors,
    )


def _searched(
    before: SimpleNetwork,
    after: SimpleNetwork,
    here: NDArray[np.int64],
    there: NDArray[np.int64],
    chosen: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return for each actor chosen: steps and reached before, the same after, then what became of its pairs.

    Everything is counted level by level, with a bit a pair: a way is longer by one step for each level at which its
    end was reached before, and is not after.
    """
    count = len(chosen)
    old, new = (
        [reached for _, _, reached in levels(one, nodes[chosen])] for one, nodes in ((before, here), (after, there))
    )
    totals = np.zeros((8, count))
    for row, fronts in ((0, old), (2, new)):
        for level, reached in enumerate(fronts):
            ends = _counted(reached, count)
            totals[row : row + 2] += (level * ends, ends)
        totals[row + 1] -= 1  # whoever is searched from reaches itself
    nothing = np.zeros((len(here), 1), np.uint64)
    both = np.bitwise_or.reduce([nothing, *(front[here] for front in old)]) & np.bitwise_or.reduce(
        [nothing, *(front[there] for front in new)]
    )
    then, now, further, nearer = (nothing.copy() for _ in range(4))
    for one, other in zip_longest(old, new):
        then |= nothing if one is None else one[here]
        now |= nothing if other is None else other[there]
        late, soon = then & ~now & both, now & ~then & both
        further |= late
        nearer |= soon
        totals[6:] += (_counted(late, count), _counted(soon, count))
    totals[4:6] = _counted(further, count), _counted(nearer, count)
    return totals.T


def _counted(bits: Bits, count: int) -> NDArray[np.int64]:
    """Return how often each of the first `count` bits is set."""
    if not bits.any():
        return np.zeros(count, np.int64)
    rows = bits[bits.any(axis=1)]
    found: NDArray[np.int64] = np.unpackbits(rows.view(np.uint8), axis=1, count=count).sum(axis=0, dtype=np.int64)
    return found


def _from_others(network: SimpleNetwork, common: NDArray[np.int64]) -> tuple[float, float]:
    """Return steps and number reached from the actors that the other network lacks."""
    others = np.setdiff1d(np.arange(len(network)), common)
    if not len(others):
        return 0.0, 0.0
    steps = steps_between(network, others, np.arange(len(network)))
    reached = steps[np.isfinite(steps)]
    return float(reached.sum(dtype=np.float64)), float(len(reached) - len(others))


def _pairs(parts: NDArray[np.integer]) -> int:
    """Return how many pairs are of the same part."""
    sizes = np.unique(parts, return_counts=True)[1].astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _ratio(total: float, count: float) -> float:
    return float(total / count) if count else nan


def _errors(columns: NDArray[np.float64], size: int) -> tuple[float, float, float, float]:
    """Return standard errors of both mean distances, of their difference, and of the number of longer ways.

    Each mean is a ratio of two sums over the actors drawn; the error is that of its linear form.
    """
    count = len(columns)
    rest = sqrt(1 - count / size)
    residuals = []
    for place in (0, 2):
        steps, reached = columns[:, place], columns[:, place + 1]
        mean = _ratio(steps.sum(), reached.sum())
        residuals.append((steps - mean * reached) / max(reached.mean(), 1e-300))
    spread = [float(np.std(column, ddof=1)) / sqrt(count) * rest for column in residuals]
    between = float(np.std(residuals[1] - residuals[0], ddof=1)) / sqrt(count) * rest
    longer = float(np.std(columns[:, 4], ddof=1)) / sqrt(count) * rest * size / 2
    return spread[0], spread[1], between, longer
