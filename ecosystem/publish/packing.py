"""Circles in the plane, kept from lying on each other: the arithmetic under a layout."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["Flags", "Floats", "Ints", "gather", "near_pairs", "pack", "spiral", "spread"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
FEW = 60  # so many points are faster compared each with each than sorted into cells
PATIENT = 3000  # rounds that a compiled loop may take to part thousands of circles
TOLERANCE = 0.2  # pixels by which two circles may overlap
# Half of the cells around one, so that each pair of cells is looked at once.
NEIGHBOUR_CELLS = ((0, 0), (0, 1), (1, -1), (1, 0), (1, 1))


def spiral(count: int) -> Floats:
    """Return `count` points spread evenly over a disc of radius √count, the first in the middle."""
    number = np.arange(count)
    radius = np.sqrt(number)
    return np.column_stack((radius * np.cos(number * GOLDEN_ANGLE), radius * np.sin(number * GOLDEN_ANGLE)))


@lru_cache(maxsize=64)
def _all_pairs(count: int) -> tuple[Ints, Ints]:
    first, second = np.triu_indices(count, 1)
    return first.astype(np.int64), second.astype(np.int64)


def near_pairs(x: Floats, y: Floats, reach: float) -> tuple[Ints, Ints]:
    """Return every pair of points that could be nearer than `reach`, each once, in time linear in the pairs."""
    if len(x) <= FEW:
        return _all_pairs(len(x))
    columns, lines = (((axis - axis.min()) / reach).astype(np.int64) + 1 for axis in (x, y))
    stride = int(lines.max()) + 2
    keys = columns * stride + lines
    order = np.argsort(keys, kind="stable")
    wanted = np.concatenate([keys + across * stride + down for across, down in NEIGHBOUR_CELLS])
    start, end = np.searchsorted(keys[order], np.concatenate((wanted, wanted + 1))).reshape(2, -1)
    counts = end - start
    first = np.tile(np.arange(len(x)), len(NEIGHBOUR_CELLS)).repeat(counts)
    ends = np.cumsum(counts)
    second = order[np.arange(len(first)) + (end - ends).repeat(counts)]
    own = int(ends[len(x) - 1])  # pairs within one cell, which comes first, are found from both ends
    kept = np.concatenate((np.flatnonzero(first[:own] < second[:own]), np.arange(own, len(first))))
    return first[kept], second[kept]


def spread(
    points: Floats, radii: Floats, masses: Floats | None = None, rounds: int = 400, *, compiled: bool = False
) -> Floats:
    """Return the points moved apart until no two circles overlap, heavier circles moving less.

    Ends after `rounds` rounds at the latest; what overlap is then left is a small part of a radius. `compiled` says
    that there are so many circles to move, in this call and others, that starting numba pays.
    """
    if len(points) < 2:
        return points.astype(np.float64, copy=True)
    count = len(points)
    weights = np.ones(count) if masses is None else masses
    if compiled:
        from ecosystem.publish.apart import move_apart

        return move_apart(points, radii, weights, rounds)
    reach = 2.0 * float(radii.max())
    x, y = points[:, 0].astype(np.float64), points[:, 1].astype(np.float64)
    first, second = near_pairs(x, y, reach)
    touching = radii[first] + radii[second]
    for round_ in range(rounds):
        if round_ and count > FEW:  # of few, every pair is near
            first, second = near_pairs(x, y, reach)
            touching = radii[first] + radii[second]
        across, down = x.take(first) - x.take(second), y.take(first) - y.take(second)
        hit = np.flatnonzero(across * across + down * down < (touching - TOLERANCE) ** 2)
        if not len(hit):
            break
        _part(x, y, first.take(hit), second.take(hit), across.take(hit), down.take(hit), touching.take(hit), weights)
    return np.column_stack((x, y))


def _part(
    x: Floats, y: Floats, first: Ints, second: Ints, across: Floats, down: Floats, touching: Floats, weights: Floats
) -> None:
    """Move overlapping circles apart by a part of the overlap, in place."""
    distance = np.hypot(across, down)
    overlap = touching - distance
    same = distance < 1e-9
    if same.any():  # on the very same spot: any direction will do, the same one on every run
        angle = (first * 7 + second) * GOLDEN_ANGLE
        across, down = np.where(same, np.cos(angle), across), np.where(same, np.sin(angle), down)
        distance = np.where(same, 1.0, distance)
    step = 0.8 * overlap / distance
    heavy = weights.take(second)
    share = heavy / (weights.take(first) + heavy)
    for axis, push in ((x, step * across), (y, step * down)):
        axis += np.bincount(first, push * share, len(x))
        axis -= np.bincount(second, push * (1 - share), len(x))


def gather(points: Floats, radii: Floats, rounds: int = 20, *, compiled: bool = False) -> Floats:
    """Return the points drawn together about their middle until the circles nearly touch, order kept."""
    drawn = spread(points - points.mean(axis=0), radii, compiled=compiled)
    for _ in range(rounds):
        drawn = spread(drawn * 0.95, radii, rounds=4, compiled=compiled)
    return spread(drawn, radii, rounds=PATIENT if compiled else 400, compiled=compiled)


def pack(start: Floats, radii: Floats, pulls: Floats, middle: Floats, rounds: int = 300) -> Floats:
    """Place circles near those that pull them and near the origin, without overlap.

    Parameters
    ----------
    start
        First positions, shape (k, 2).
    radii
        Radius of each circle.
    pulls
        Symmetric (k, k) matrix of how strongly circles attract each other.
    middle
        How strongly each circle is drawn to the origin; 1 is usual.
    """
    points = start.astype(np.float64, copy=True)
    if len(points) < 2:
        return np.zeros_like(points)
    totals = np.maximum(pulls.sum(axis=1), 1e-12)
    share = pulls / np.sqrt(np.outer(totals, totals))
    touching = radii[:, None] + radii[None, :]
    for step in range(rounds):
        heat = 0.3 * (1 - step / rounds)
        apart = points[:, None, :] - points[None, :, :]
        distance = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 1e-9)
        stretch = share * np.maximum(distance - touching, 0) / distance
        points -= heat * (stretch[..., None] * apart).sum(axis=1)
        points -= heat * 0.12 * middle[:, None] * points
        points = spread(points, radii, radii**2, rounds=3)
    return spread(points, radii, radii**2)
