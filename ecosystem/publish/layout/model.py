"""What every way of placing nodes begins with and ends in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecosystem.publish.packing import Flags, Floats, Ints

__all__ = ["Layout", "Scene", "Ties", "node_radius", "place_isolates", "scene"]

WIDE_GAP, NARROW_GAP = 32.0, 9.0  # free space around a node, in pixels at scale 1: less on larger maps
SMALLEST, LARGEST = 7.0, 24.0
ISOLATE_COLUMN, ISOLATE_ROW = 4.0, 2.6  # in gaps


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions in pixels at scale 1, shape (n, 2); `areas` numbers the area of each node, -1 for none."""

    positions: Floats
    areas: Ints
    by_community: bool = False


@dataclass(frozen=True, slots=True)
class Ties:
    """Ties without direction, self-loops or parallels."""

    tails: Ints
    heads: Ints
    strengths: Floats


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be placed: nodes with their groups and sizes, and the ties between them.

    `groups` and `communities` hold a number for each node, -1 for none; `sizes` are radii in pixels, `gap` is the free
    space around each, `tied` tells who has a tie at all.
    """

    ties: Ties
    groups: Ints
    communities: Ints
    sizes: Floats
    gap: float
    tied: Flags

    def __len__(self) -> int:
        return len(self.groups)


def node_radius(size: float, is_initiative: bool = False) -> float:
    """Return the radius in pixels of a node whose measure is `size` (0 … 1): areas grow with the measure."""
    scale: float = min(max(size, 0.0), 1.0) ** 0.5
    return (SMALLEST + (LARGEST - SMALLEST) * scale) * (0.75 if is_initiative else 1.0)


def scene(
    n: int,
    tails: Sequence[int],
    heads: Sequence[int],
    groups: Sequence[int],
    strengths: Sequence[float] | None = None,
    *,
    communities: Sequence[int] = (),
    radii: Sequence[float] | None = None,
) -> Scene:
    """Return what is to be placed; see `ecosystem.publish.layout.force.layout` for what is given."""
    ties = _simple(n, tails, heads, strengths)
    tied = np.zeros(n, dtype=bool)
    tied[ties.tails] = tied[ties.heads] = True
    return Scene(
        ties=ties,
        groups=np.asarray(groups, dtype=np.int64),
        communities=np.asarray(communities, dtype=np.int64),
        sizes=np.full(n, 10.0) if radii is None else np.asarray(radii, dtype=np.float64),
        gap=float(np.clip(WIDE_GAP * (60 / max(n, 1)) ** 0.45, NARROW_GAP, WIDE_GAP)),
        tied=tied,
    )


def _simple(n: int, tails: Sequence[int], heads: Sequence[int], strengths: Sequence[float] | None) -> Ties:
    start, end = np.asarray(tails, dtype=np.int64), np.asarray(heads, dtype=np.int64)
    weight = np.ones(len(start)) if strengths is None else np.asarray(strengths, dtype=np.float64)
    low, high, kept = np.minimum(start, end), np.maximum(start, end), start != end
    pairs, which = np.unique(low[kept] * n + high[kept], return_inverse=True)
    totals = np.bincount(which, np.maximum(weight[kept], 1e-6), len(pairs))
    return Ties(pairs // n, pairs % n, np.sqrt(totals))  # a root: ten parallel ties should not glue two nodes


def place_isolates(positions: Floats, scene: Scene) -> None:
    """Put the nodes without ties in rows below all others, in the order given."""
    sizes, gap, tied = scene.sizes, scene.gap, scene.tied
    alone = np.flatnonzero(~tied)
    if not len(alone):
        return
    placed = positions[tied] if tied.any() else np.zeros((1, 2))
    left, right = float(placed[:, 0].min()), float(placed[:, 0].max())
    floor = float((placed[:, 1] + (sizes[tied].max() if tied.any() else 0)).max())
    across, down = ISOLATE_COLUMN * gap, ISOLATE_ROW * gap
    columns = min(max(int((right - left) // across) + 1, 6), len(alone))
    start = (left + right) / 2 - (columns - 1) * across / 2
    row, column = np.divmod(np.arange(len(alone)), columns)
    positions[alone] = np.column_stack((start + column * across, floor + 3 * gap + row * down))
