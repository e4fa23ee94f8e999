"""The loop that moves circles apart, compiled: what `ecosystem.publish.packing.spread` does for many of them."""

from __future__ import annotations

import numpy as np

from ecosystem.engines import jit
from ecosystem.publish.packing import GOLDEN_ANGLE, Floats

__all__ = ["move_apart"]

FILL = 1.2  # of an overlap that a round takes away: more than all, for circles in a crowd make room for each other
TOLERANCE = 6.0  # pixels by which two circles may overlap: less than the free space that they hold around a node


def move_apart(points: Floats, radii: Floats, masses: Floats, rounds: int) -> Floats:
    """Return the points, shape (n, 2), moved apart until no two circles overlap, or after `rounds` rounds."""
    x, y = points[:, 0].astype(np.float64), points[:, 1].astype(np.float64)
    _move(x, y, radii.astype(np.float64), masses.astype(np.float64), rounds)
    return np.column_stack((x, y))


def _loop(x: Floats, y: Floats, radii: Floats, masses: Floats, rounds: int) -> None:
    count = len(x)
    reach = 2.0 * radii.max()
    push_x, push_y = np.zeros(count), np.zeros(count)
    cell = np.zeros(count, np.int64)
    order = np.zeros(count, np.int64)
    for _ in range(rounds):
        left, top = x.min(), y.min()
        columns = int((x.max() - left) / reach) + 1
        lines = int((y.max() - top) / reach) + 1
        while columns * lines > 4 * count + 1000:  # far outliers: larger cells hold the same pairs and more
            reach *= 2.0
            columns = int((x.max() - left) / reach) + 1
            lines = int((y.max() - top) / reach) + 1
        start = np.zeros(columns * lines + 1, np.int64)
        for one in range(count):
            cell[one] = int((x[one] - left) / reach) * lines + int((y[one] - top) / reach)
            start[cell[one] + 1] += 1
        for number in range(columns * lines):
            start[number + 1] += start[number]
        filled = start[:-1].copy()
        for one in range(count):
            order[filled[cell[one]]] = one
            filled[cell[one]] += 1
        push_x[:] = 0.0
        push_y[:] = 0.0
        hits = 0
        for one in range(count):
            column, line = cell[one] // lines, cell[one] % lines
            for near_column in range(max(column - 1, 0), min(column + 2, columns)):
                for near_line in range(max(line - 1, 0), min(line + 2, lines)):
                    here = near_column * lines + near_line
                    for place in range(start[here], start[here + 1]):
                        other = order[place]
                        if other <= one:
                            continue
                        across, down = x[one] - x[other], y[one] - y[other]
                        touching = radii[one] + radii[other]
                        square = across * across + down * down
                        if square >= (touching - TOLERANCE) ** 2:
                            continue
                        hits += 1
                        distance = np.sqrt(square)
                        if distance < 1e-9:  # on the very same spot: any direction will do, the same one on every run
                            angle = (one * 7 + other) * GOLDEN_ANGLE
                            across, down, distance = np.cos(angle), np.sin(angle), 0.0
                            step = FILL * touching
                        else:
                            step = FILL * (touching - distance) / distance
                        share = masses[other] / (masses[one] + masses[other])
                        push_x[one] += step * across * share
                        push_y[one] += step * down * share
                        push_x[other] -= step * across * (1.0 - share)
                        push_y[other] -= step * down * (1.0 - share)
        if hits == 0:
            break
        for one in range(count):
            x[one] += push_x[one]
            y[one] += push_y[one]


_move = jit(_loop)
