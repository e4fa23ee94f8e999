"""Labels that do not overlap: the important ones first, each moved to where it fits, or left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ecosystem.publish.figures.paper import ASCENT, DESCENT, INK, LEADING, PAPER, Box, Paper, width_of

__all__ = ["Label", "Labels"]

AIR: Final = 0.12  # kept free around a label, in font sizes
# Where a label may stand around its point, the best place first: sideways and downwards, from -1 to 1.
SIDES: Final = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))


@dataclass(frozen=True, slots=True)
class Label:
    """What to write at a disc: lines of text, and other ways to say it for where those find no room."""

    ways: tuple[tuple[str, ...], ...]
    x: float
    y: float
    radius: float
    font: float
    colour: str = INK
    bold: bool = False


class Labels:
    """Labels on a paper.

    Parameters
    ----------
    paper
        What they are written on.
    bounds
        What no label may leave.
    discs
        x, y and radius of what labels should not cover, shape (n, 3).

    Where the lowest of them ends is told by `lowest`.
    """

    def __init__(self, paper: Paper, bounds: Box, discs: Sequence[tuple[float, float, float]] = ()) -> None:
        self._paper = paper
        self._bounds = bounds
        self._discs: NDArray[np.float64] = np.array(discs, dtype=np.float64).reshape(-1, 3)
        self._taken: list[Box] = []
        self.lowest = bounds.top

    def write(self, label: Label, *, may_cover: float = 0.0) -> bool:
        """Write a label where it covers least; return whether there is such a place.

        `may_cover` is how much of the discs it may cover, in squares of its font size.
        """
        for lines in label.ways:
            width = max(width_of(line, label.font, bold=label.bold) for line in lines)
            height = ((len(lines) - 1) * LEADING + ASCENT + DESCENT) * label.font
            placed = [_beside(label, width, height, side) for side in SIDES]
            free = [(self._covered(box), place, box) for place, box in enumerate(placed) if self._is_free(box)]
            if free and min(free)[0] <= may_cover * label.font**2:
                self._write(label, lines, min(free)[2], SIDES[min(free)[1]][0])
                return True
        return False

    def _is_free(self, box: Box) -> bool:
        return self._bounds.holds(box) and not any(box.meets(other) for other in self._taken)

    def _covered(self, box: Box) -> float:
        """Return about how much area of the discs a box covers."""
        x, y, radius = self._discs.T
        across = np.minimum(x + radius, box.right) - np.maximum(x - radius, box.left)
        down = np.minimum(y + radius, box.bottom) - np.maximum(y - radius, box.top)
        return round(float((np.clip(across, 0, None) * np.clip(down, 0, None)).sum()), 3)

    def _write(self, label: Label, lines: tuple[str, ...], box: Box, side: int) -> None:
        align = {-1: "right", 0: "center", 1: "left"}[side]
        x = {-1: box.right, 0: (box.left + box.right) / 2, 1: box.left}[side]
        for number, line in enumerate(lines):
            baseline = box.top + (ASCENT + number * LEADING) * label.font
            self._paper.text(x, baseline, line, label.font, label.colour, align=align, bold=label.bold, halo=PAPER)
        self.lowest = max(self.lowest, box.bottom)
        air = AIR * label.font
        self._taken.append(Box(box.left - air, box.top - air, box.right + air, box.bottom + air))


def _beside(label: Label, width: float, height: float, side: tuple[int, int]) -> Box:
    """Return the box of a label of this size on a side of its disc."""
    right, down = side
    away = label.radius + 0.25 * label.font
    if right and down:
        away *= 0.75
    left = label.x + right * away - (width, width / 2, 0.0)[right + 1]
    top = label.y + down * away - (height, height / 2, 0.0)[down + 1]
    return Box(left, top, left + width, top + height)
