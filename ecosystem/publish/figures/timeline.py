"""What began when: counts by year in panels one above the other."""

from __future__ import annotations

from typing import Final

from ecosystem.publish.figures.paper import INK, QUIET, RULE, Box, Paper, width_of
from ecosystem.publish.figures.view import Panel, Timeline
from ecosystem.publish.palette import PAINTS

__all__ = ["draw_timeline"]

STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
LEAST_BAR: Final = 0.9  # how narrow a bar may be, in small font sizes, before it stands for more than a year
PANEL: Final = 0.26  # the height of a panel where the paper's is free, as a share of the width


def draw_timeline(figure: Timeline, paper: Paper) -> float:
    """Draw the panels, and return where they end."""
    size, box = paper.size, paper.box
    font = size.small
    years = [year for panel in figure.panels for year, _ in panel.counts]
    first, last = min(years), max(years)
    step = next((one for one in STEPS if box.width / ((last - first) // one + 1) >= LEAST_BAR * font), STEPS[-1])
    first -= first % step
    bins = (last - first) // step + 1
    wide = box.width / max(bins, 8)
    bottom, top = box.bottom - 1.6 * font, box.top
    height = (
        (bottom - top) / len(figure.panels)
        if size.height
        else min(box.width * PANEL + 4 * font, (bottom - top) / len(figure.panels))
    )
    for number, panel in enumerate(figure.panels):
        area = Box(box.left, top, box.left + wide * bins, top + height - 1.2 * font)
        _panel(panel, area, first, step, wide, PAINTS[number % len(PAINTS)], paper)
        top += height
    return _axis(first, bins, step, wide, top - 1.2 * font, paper)


def _panel(panel: Panel, area: Box, first: int, step: int, wide: float, colour: str, paper: Paper) -> None:
    size, box = paper.size, paper.box
    text, font = size.text, size.small
    counts: dict[int, int] = {}
    for year, count in panel.counts:
        place = (year - first) // step
        counts[place] = counts.get(place, 0) + count
    label = paper.text(
        box.left, area.top + text, paper.shortened(panel.label, text, box.width, bold=True), text, colour, bold=True
    )
    top = label.bottom
    for line in paper.wrapped(panel.undated, font, box.width):
        paper.text(box.left, top + font, line, font, QUIET)
        top += font * 1.3
    top += 1.6 * font
    unit = (area.bottom - top) / max(counts.values(), default=1)
    for place, count in sorted(counts.items()):
        left = area.left + place * wide
        bar = Box(left + 0.08 * wide, area.bottom - count * unit, left + 0.92 * wide, area.bottom)
        paper.rectangle(bar, colour)
        said = f"{count:,}"
        if width_of(said, font) < wide:
            paper.text(left + wide / 2, bar.top - 0.3 * font, said, font, INK, align="center")
    paper.line((box.left, box.right), (area.bottom, area.bottom), RULE, 0.6)


def _axis(first: int, bins: int, step: int, wide: float, top: float, paper: Paper) -> float:
    """Write the years below the last panel, as many as there is room for."""
    font = paper.size.small
    said = [str(first + place * step) if step == 1 else f"{first + place * step}–" for place in range(bins)]
    room = max(width_of(year, font) for year in said) + 0.6 * font
    every = next(one for one in (1, 2, 5, 10, 20, 50, 100, bins) if one * wide >= room or one >= bins)
    for place in range(0, bins, every):
        middle = paper.box.left + (place + 0.5) * wide
        half = width_of(said[place], font) / 2
        middle = min(max(middle, paper.box.left + half), paper.box.right - half)
        paper.text(middle, top + 1.3 * font, said[place], font, QUIET, align="center")
    return top + 1.6 * font
