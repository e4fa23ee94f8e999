"""Numbers between two lists of things as a heat map: the darker a cell, the larger its number, which stands in it."""

from __future__ import annotations

from typing import Final

from ecosystem.publish.figures.paper import INK, PAPER, QUIET, RULE, Box, Paper, tint, width_of
from ecosystem.publish.figures.view import Layer, Matrix
from ecosystem.publish.palette import PAINTS, contrast

__all__ = ["draw_matrix"]

LABELS: Final = 0.32  # the share of the width that labels of rows, and of the height that those of columns, may take
NARROWEST, LOWEST, HIGHEST = 2.2, 1.6, 5.0  # the sides of a cell, in small font sizes
WIDER: Final = 3.6  # a cell may be so many times wider than high
PALEST: Final = 0.12


def draw_matrix(figure: Matrix, paper: Paper) -> float:
    """Draw as many rows and columns as there is room for, and return where the matrix ends."""
    size, box = paper.size, paper.box
    if len(figure.layers) > 1:
        top = paper.legend(box, [(PAINTS[number], layer.label) for number, layer in enumerate(figure.layers)])
    else:
        top = box.top
    font, gap = size.small, 0.5 * size.small
    rows = [paper.shortened(name, font, box.width * LABELS) for name in figure.rows]
    columns = [paper.shortened(name, font, (box.bottom - top) * LABELS) for name in figure.columns]
    left = box.left + max(width_of(name, font) for name in rows) + gap
    head = top + max(width_of(name, font) for name in columns) + gap
    count, wide, high = _grid(figure, paper, box.right - left, box.bottom - head - 1.3 * font)
    for column in range(count[1]):
        middle = left + (column + 0.5) * wide
        paper.text(middle + 0.36 * font - 0.5 * font, head - gap, columns[column], font, upright=True)
    for row in range(count[0]):
        middle = head + (row + 0.5) * high
        paper.text(left - gap, middle + 0.36 * font, rows[row], font, align="right")
        for column in range(count[1]):
            cell = Box(left + column * wide, head + row * high, left + (column + 1) * wide, head + (row + 1) * high)
            _cell(figure, row, column, cell, paper)
    bottom = head + count[0] * high
    return _left_out(figure, count, bottom, paper)


def _grid(figure: Matrix, paper: Paper, width: float, height: float) -> tuple[tuple[int, int], float, float]:
    """Return how many rows and columns are shown, and how wide and high a cell is."""
    font = paper.size.small
    columns = max(min(len(figure.columns), int(width / (NARROWEST * font))), 1)
    rows = max(min(len(figure.rows), int(height / (LOWEST * font))), 1)
    if figure.square:
        rows = columns = min(rows, columns)
    high = min(height / rows, HIGHEST * font, width / columns * 1.2)
    wide = min(width / columns, high * WIDER)
    return (rows, columns), wide, min(high, wide)


def _cell(figure: Matrix, row: int, column: int, box: Box, paper: Paper) -> None:
    edge = {"edgecolor": PAPER, "linewidth": 0.8, "zorder": 2}
    for number, layer in enumerate(figure.layers):
        value = layer.values[row][column]
        if value is None:
            continue
        share = value / _largest(layer)
        colour = tint(PAINTS[number], PALEST + (1 - PALEST) * share) if value else "#f3f4f2"
        paper.rectangle(box, colour, **edge)
        font = paper.size.small
        said = f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"
        ink = max((INK, PAPER), key=lambda ink: contrast(ink, colour))
        if value and width_of(said, font) < box.width - 0.3 * font:
            paper.text(
                (box.left + box.right) / 2, (box.top + box.bottom) / 2 + 0.36 * font, said, font, ink, align="center"
            )
        return
    paper.rectangle(box, PAPER, **{**edge, "edgecolor": RULE, "linewidth": 0.3})


def _largest(layer: Layer) -> float:
    return max((value for row in layer.values for value in row if value is not None), default=1.0) or 1.0


def _left_out(figure: Matrix, count: tuple[int, int], bottom: float, paper: Paper) -> float:
    """Say how many rows and columns there was no room for."""
    rows, columns = len(figure.rows) - count[0], len(figure.columns) - count[1]
    if not rows and not columns:
        return bottom
    font = paper.size.small
    if figure.square:
        said = f"{count[0]} of {len(figure.rows)} are shown: those with most."
    else:
        said = f"{rows:,} more rows and {columns:,} more columns are not shown."
    paper.text(paper.box.left, bottom + 1.2 * font, said, font, QUIET)
    return bottom + 1.4 * font
