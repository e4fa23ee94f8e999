"""Rankings and counts as horizontal bars, each with its number written behind it."""

from __future__ import annotations

from typing import Final

from ecosystem.publish.figures.paper import ASCENT, INK, LEADING, QUIET, Box, Paper, width_of
from ecosystem.publish.figures.view import Bar, Bars
from ecosystem.publish.palette import OTHER, PAINTS

__all__ = ["draw_bars"]

LABELS: Final = 0.44  # the share of the width that labels may take
BEHIND: Final = 0.38  # the share that what is written behind bars may take
AIR: Final = 0.75  # between rows, in font sizes


def draw_bars(figure: Bars, paper: Paper) -> float:
    """Draw rows from the top until there is no room, and return where they end."""
    size, box = paper.size, paper.box
    colours = [*PAINTS[: len(figure.series) - 1], OTHER] if figure.rest else PAINTS
    series = list(zip(colours, figure.series, strict=False))
    top = paper.legend(box, series) if len(series) > 1 else box.top
    rows = _Rows(figure, paper)
    shown = _fitting(figure, rows, box.bottom - top)
    if size.height:
        rows.air = _airier(figure.rows[:shown], rows, box.bottom - top)
    section = ""
    for row in figure.rows[:shown]:
        if row.section != section:
            section = row.section
            top = _heading(section, top, paper)
        top = rows.draw(row, top, [colour for colour, _ in series])
    left = len(figure.rows) - shown
    if left:
        paper.text(box.left, top + size.small, f"and {left:,} {figure.more}", size.small, QUIET)
        top += size.small * LEADING
    return top


class _Rows:
    """How rows are laid out: where labels end, where bars begin, and how long one of 1 is."""

    def __init__(self, figure: Bars, paper: Paper) -> None:
        size, box = paper.size, paper.box
        self.paper = paper
        self.above = size.narrow
        self.air = AIR
        room = box.width if self.above else box.width * LABELS
        self.lines = {row: paper.wrapped(row.label, size.text, room, most=2) for row in figure.rows}
        widest = max(width_of(line, size.text) for lines in self.lines.values() for line in lines)
        self.start = box.left if self.above else box.left + widest + size.text
        behind = min(max(width_of(_said(row), size.small) for row in figure.rows) + size.text, BEHIND * box.width)
        longest = max(sum(row.parts) for row in figure.rows)
        self.unit = (box.right - self.start - behind) / max(longest, 1e-9)

    def height(self, row: Bar) -> float:
        text = self.paper.size.text
        lines = len(self.lines[row])
        return text * ((lines * LEADING + 1 if self.above else max(lines * LEADING, 1.2)) + self.air)

    def draw(self, row: Bar, top: float, colours: list[str]) -> float:
        paper, text = self.paper, self.paper.size.text
        height, lines = self.height(row), self.lines[row]
        if self.above:
            for place, line in enumerate(lines):
                paper.text(self.start, top + (ASCENT + place * LEADING) * text, line, text)
            middle = top + len(lines) * LEADING * text + 0.42 * text
        else:
            middle = top + (height - self.air * text) / 2
            first = middle - (len(lines) - 1) * LEADING * text / 2 + 0.36 * text
            for place, line in enumerate(lines):
                paper.text(self.start - text * 0.7, first + place * LEADING * text, line, text, align="right")
        thick, at = (0.36 if self.above else 0.52) * text, self.start
        for part, colour in zip(row.parts, colours, strict=True):
            if part:
                paper.rectangle(Box(at, middle - thick, at + part * self.unit, middle + thick), colour)
            at += part * self.unit
        small = paper.size.small
        number, note = _number(row), row.note
        paper.text(at + 0.4 * text, middle + 0.36 * small, number, small, INK, bold=True)
        if note:
            after = at + 0.4 * text + width_of(number, small, bold=True) + 0.5 * small
            shown = paper.shortened(note, small, paper.box.right - after)
            paper.text(after, middle + 0.36 * small, shown, small, QUIET)
        return top + height


def _fitting(figure: Bars, rows: _Rows, room: float) -> int:
    """Return how many rows find room, with a line that counts the others where not all do."""
    size = rows.paper.size
    used, section = 0.0, ""
    for number, row in enumerate(figure.rows):
        used += rows.height(row) + (_heading_height(rows.paper) if row.section != section else 0)
        section = row.section
        spare = 0 if number == len(figure.rows) - 1 else size.small * LEADING
        if used + spare > room:
            return number
    return len(figure.rows)


def _airier(shown: tuple[Bar, ...], rows: _Rows, room: float) -> float:
    """Return the air that spreads rows over a paper of fixed height, within reason."""
    if not shown:
        return AIR
    sections = len({row.section for row in shown if row.section})
    used = sum(rows.height(row) for row in shown) + sections * _heading_height(rows.paper)
    spare = (room - used - 2 * rows.paper.size.small) / len(shown) / rows.paper.size.text
    return AIR + min(max(spare, 0.0), 1.1)


def _heading(section: str, top: float, paper: Paper) -> float:
    text = paper.size.text
    shown = paper.shortened(section, text, paper.box.width, bold=True)
    paper.text(paper.box.left, top + text, shown, text, bold=True)
    return top + _heading_height(paper)


def _heading_height(paper: Paper) -> float:
    return paper.size.text * 1.7


def _number(row: Bar) -> str:
    total = sum(row.parts)
    return f"{total:,.0f}" if total == round(total) else f"{total:,.1f}"


def _said(row: Bar) -> str:
    return f"{_number(row)}   {row.note}"
