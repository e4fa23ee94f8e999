"""Groups on a circle: those that share many ties side by side, so that few ties cross the middle."""

from __future__ import annotations

import numpy as np

from ecosystem.publish.layout.discs import Discs, place_in_discs
from ecosystem.publish.layout.model import Layout, Scene, place_isolates
from ecosystem.publish.packing import Floats, Ints

__all__ = ["on_a_circle"]

STRETCH = 1.25  # screens are wider than high
SPARE = 1.04  # so much longer than its discs need is the circle at least


def on_a_circle(given: Scene) -> Layout:
    """Place a scene with its groups on a circle; what has no group stands in the middle."""
    areas = np.where(given.tied, given.groups, -1)

    def centres(discs: Discs) -> Floats:
        found = np.zeros((len(discs.areas), 2))
        rim = np.flatnonzero(discs.areas >= 0)
        if len(rim) > 1:
            order = rim[_side_by_side(discs.pulls[np.ix_(rim, rim)])]
            found[order] = _around(discs.radii[order] + discs.margins[order], _middle(discs))
        return found

    positions = place_in_discs(given, areas, centres, singles=False)
    place_isolates(positions, given)
    return Layout(np.round(positions, 1) + 0.0, areas)


def _middle(discs: Discs) -> float:
    inner = discs.areas < 0
    return float((discs.radii + discs.margins)[inner].max(initial=0.0))


def _around(radii: Floats, inner: float) -> Floats:
    """Return centres of circles that nearly touch each other along an ellipse about a circle of radius `inner`."""
    reach = max(float(2 * radii.sum() * SPARE / (2 * np.pi)), float(radii.max()) * 1.2, inner + float(radii.max()))
    ends = np.cumsum(2 * radii)
    angle = (ends - radii) / ends[-1] * 2 * np.pi - np.pi / 2 - radii[0] / ends[-1] * 2 * np.pi
    while True:
        found = np.column_stack((STRETCH * reach * np.cos(angle), reach * np.sin(angle)))
        apart = np.hypot(*(found[:, None] - found[None]).transpose(2, 0, 1))
        np.fill_diagonal(apart, np.inf)
        if (apart >= radii[:, None] + radii[None]).all():
            return found
        reach *= 1.05


def _side_by_side(pulls: Floats) -> Ints:
    """Return an order in which neighbours share many ties: grown from the strongest at either end, then mended."""
    count = len(pulls)
    totals = pulls.sum(axis=1)
    share = pulls / np.sqrt(np.maximum(np.outer(totals, totals), 1e-12))
    order = [int(np.argmax(totals))]
    free = np.ones(count, dtype=bool)
    free[order[0]] = False
    while free.any():
        gains = np.where(free, share[[order[0], order[-1]]], -1.0)
        end, best = np.unravel_index(int(np.argmax(gains)), gains.shape)
        order = [int(best), *order] if end == 0 else [*order, int(best)]
        free[best] = False
    return _mended(np.array(order), share)


def _mended(order: Ints, share: Floats, rounds: int = 4) -> Ints:
    """Swap neighbours on the circle as long as that brings groups nearer to those they share ties with."""
    count = len(order)
    place = np.arange(count)
    steps = np.abs(place[:, None] - place[None])
    steps = np.minimum(steps, count - steps)
    for _ in range(rounds):
        better = False
        for one in range(count):
            other = (one + 1) % count
            swapped = order.copy()
            swapped[one], swapped[other] = order[other], order[one]
            if _length(swapped, share, steps) < _length(order, share, steps) - 1e-9:
                order, better = swapped, True
        if not better:
            break
    return order


def _length(order: Ints, share: Floats, steps: Ints) -> float:
    return float((share[np.ix_(order, order)] * steps).sum())
