"""The paper that figures are drawn on: measured in points from its upper left corner, with title, lead and caption."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from ecosystem.publish.figures.view import Words

if TYPE_CHECKING:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Circle, Rectangle

__all__ = ["INK", "PAPER", "QUIET", "RULE", "SIZES", "Box", "Paper", "Size", "drawable", "tint", "width_of"]

FONT: Final = "DejaVu Sans"  # comes with matplotlib, so that it is there on every machine
PAPER, INK, QUIET, RULE = "#ffffff", "#1b242c", "#56616b", "#c9d0d4"
UNKNOWN: Final = "\ufffd"
MILLIMETRE: Final = 72 / 25.4
LEADING: Final = 1.3  # from one baseline to the next, in font sizes
ASCENT, DESCENT = 0.80, 0.26  # of a line of text, in font sizes


@dataclass(frozen=True, slots=True)
class Size:
    """What a figure is made for: widths, heights and font sizes in points, resolution of a PNG in dots an inch.

    The paper is `height` high or, where that is 0, as high as its content and at most `tallest`.
    """

    name: str
    width: float
    height: float
    tallest: float
    title: float
    text: float
    small: float
    margin: float
    dpi: int

    @property
    def narrow(self) -> bool:
        """Whether labels find no room beside what they name."""
        return self.width < 40 * self.text


SIZES: Final = {
    size.name: size
    for size in (
        Size("slide", 960, 540, 540, title=25, text=13, small=10.5, margin=32, dpi=150),
        Size("page", 160 * MILLIMETRE, 0, 230 * MILLIMETRE, title=12, text=8, small=6.8, margin=6, dpi=300),
        Size("column", 80 * MILLIMETRE, 0, 180 * MILLIMETRE, title=9.5, text=7, small=6, margin=4, dpi=300),
    )
}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points; `top` is less than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From the left to the right side."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From the upper to the lower side."""
        return self.bottom - self.top

    def meets(self, other: Box) -> bool:
        """Tell whether the two share any area.

        >>> Box(0, 0, 2, 2).meets(Box(1, 1, 3, 3)), Box(0, 0, 1, 1).meets(Box(1, 0, 2, 1))
        (True, False)
        """
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        """Tell whether the other lies wholly inside."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


class Paper:
    """A sheet with title, lead and caption; `box` is the room that these leave for the figure itself.

    Parameters
    ----------
    size
        What the figure is made for.
    words
        What stands around it.
    """

    def __init__(self, size: Size, words: Words) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.size = size
        self.figure = Figure(figsize=(size.width / 72, size.tallest / 72), dpi=size.dpi, facecolor=PAPER)
        FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self._set_height(size.tallest)
        edge = size.margin
        inner = size.width - 2 * edge
        below = edge
        for text, font, colour, bold in (
            (words.title, size.title, INK, True),
            (words.lead, size.text, QUIET, False),
        ):
            below = self.paragraph(edge, below, self.wrapped(text, font, inner, bold=bold), font, colour, bold=bold)
            below += 0.45 * font if text else 0
        self._caption = self.wrapped(words.caption, size.small, inner)
        foot = len(self._caption) * size.small * LEADING + size.text
        self.box = Box(edge, below + 0.4 * size.text, size.width - edge, size.tallest - edge - foot)

    def finish(self, bottom: float) -> None:
        """Write the caption below the figure, which ends at `bottom`, and cut the paper where all is said."""
        size = self.size
        height = len(self._caption) * size.small * LEADING
        top = size.height - size.margin - height if size.height else bottom + size.text
        end = self.paragraph(size.margin, top, self._caption, size.small, QUIET)
        self._set_height(size.height or end + size.margin)

    def text(
        self, x: float, baseline: float, text: str, font: float, colour: str = INK, *, align: str = "left", **more: Any
    ) -> Box:
        """Write one line and return its box; `more` may say `bold`, `halo` (a colour around it) and `upright`."""
        from matplotlib.patheffects import withStroke

        shown, bold = drawable(text), bool(more.get("bold"))
        artist = self.axes.text(
            x,
            baseline,
            shown,
            fontfamily=FONT,
            fontsize=font,
            fontweight="bold" if bold else "normal",
            color=colour,
            horizontalalignment=align,
            verticalalignment="bottom" if more.get("upright") else "baseline",
            rotation=90 if more.get("upright") else 0,
            parse_math=False,
            zorder=10,
        )
        if more.get("halo"):
            artist.set_path_effects([withStroke(linewidth=font * 0.28, foreground=more["halo"])])
        width = width_of(shown, font, bold=bold)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[align]
        return Box(left, baseline - ASCENT * font, left + width, baseline + DESCENT * font)

    def paragraph(
        self, x: float, top: float, lines: Iterable[str], font: float, colour: str = INK, *, bold: bool = False
    ) -> float:
        """Write lines below each other and return where the next would begin."""
        for line in lines:
            self.text(x, top + font, line, font, colour, bold=bold)
            top += font * LEADING
        return top

    def rectangle(self, box: Box, colour: str, **more: Any) -> Rectangle:
        """Fill a rectangle."""
        from matplotlib.patches import Rectangle

        more = {"linewidth": 0, "zorder": 2, **more}
        drawn = Rectangle((box.left, box.top), box.width, box.height, facecolor=colour, **more)
        self.axes.add_patch(drawn)
        return drawn

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str, width: float, **more: Any) -> Line2D:
        """Draw a line through points."""
        from matplotlib.lines import Line2D

        drawn = Line2D(xs, ys, color=colour, linewidth=width, **{"zorder": 2, **more})
        self.axes.add_line(drawn)
        return drawn

    def legend(self, box: Box, entries: Sequence[tuple[str, str]]) -> float:
        """Draw (colour, label) pairs in as many lines as they need; return where the figure may begin.

        A colour that starts with "o" is drawn as a ring.
        """
        font = self.size.small
        x, top, height = box.left, box.top, font * 1.55
        for colour, label in entries:
            shown = self.shortened(label, font, box.width - 2.5 * font)
            width = 1.35 * font + width_of(shown, font)
            if x > box.left and x + width > box.right:
                x, top = box.left, top + height
            self.disc(x + 0.45 * font, top + 0.66 * font, 0.42 * font, colour.removeprefix("o"), ring=colour[0] == "o")
            self.text(x + 1.2 * font, top + font, shown, font, INK)
            x += width + 1.2 * font
        return top + height + 0.5 * font if entries else box.top

    def disc(self, x: float, y: float, radius: float, colour: str, *, ring: bool = False, **more: Any) -> Circle:
        """Draw a disc, or a ring."""
        from matplotlib.patches import Circle

        look: dict[str, Any] = {"facecolor": PAPER if ring else colour, "edgecolor": colour if ring else PAPER}
        look |= {"linewidth": max(radius * 0.4, 0.5) if ring else min(radius * 0.2, 0.6), "zorder": 4}
        drawn = Circle((x, y), radius, **{**look, **more})
        self.axes.add_patch(drawn)
        return drawn

    def discs(
        self,
        points: Sequence[tuple[float, float]],
        radii: Sequence[float],
        colours: Sequence[str],
        rings: Sequence[bool],
    ) -> None:
        """Draw many discs and rings at once, one over the other in the order given."""
        look = [
            (PAPER, colour, max(radius * 0.4, 0.5)) if ring else (colour, PAPER, min(radius * 0.2, 0.6))
            for radius, colour, ring in zip(radii, colours, rings, strict=True)
        ]
        inner, outer, widths = zip(*look, strict=True)
        self.axes.scatter(
            [x for x, _ in points],
            [y for _, y in points],
            s=[(2 * radius) ** 2 for radius in radii],
            c=inner,
            edgecolors=outer,
            linewidths=widths,
            zorder=4,
            clip_on=False,
        )

    def wrapped(self, text: str, font: float, width: float, *, bold: bool = False, most: int = 0) -> list[str]:
        """Break text into lines no wider than `width`; with `most`, the last of so many ends in …."""
        lines: list[str] = []
        for word in drawable(text).split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and width_of(longer, font, bold=bold) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        if most and 1 < len(lines) <= most:
            narrower = self.wrapped(text, font, width * 0.94, bold=bold)
            if len(narrower) == len(lines) and max(width_of(line, font, bold=bold) for line in narrower) < width:
                return self.wrapped(text, font, width * 0.94, bold=bold, most=most)  # lines of much the same width
        if most and len(lines) > most:
            lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
        return [self.shortened(line, font, width, bold=bold) for line in lines]

    def shortened(self, text: str, font: float, width: float, *, bold: bool = False) -> str:
        """Return text that is no wider than `width`, its end given up for … where need be."""
        shown = drawable(text)
        if width_of(shown, font, bold=bold) <= width:
            return shown
        low, high = 0, len(shown)
        while low < high:
            middle = (low + high + 1) // 2
            if width_of(shown[:middle].rstrip() + "…", font, bold=bold) <= width:
                low = middle
            else:
                high = middle - 1
        return shown[:low].rstrip() + "…"

    def _set_height(self, height: float) -> None:
        self.figure.set_size_inches(self.size.width / 72, height / 72)
        self.axes.set_xlim(0, self.size.width)
        self.axes.set_ylim(height, 0)


@lru_cache(maxsize=20_000)
def width_of(text: str, font: float, *, bold: bool = False) -> float:
    """Return how wide a line of text is, in points, with a little to spare."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    look = FontProperties(family=FONT, size=font, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, look, ismath=False)
    return float(width) * 1.01 + 0.2


def drawable(text: str) -> str:
    r"""Return text on one line, with a replacement character for what the font has not, and nothing that is unseen.

    >>> drawable("Agence\n numérique $x^2$ \x1b[31m\u202e漢")
    'Agence numérique $x^2$ [31m�'
    """
    known = _characters()
    seen = (char for char in " ".join(text.split()) if unicodedata.category(char) not in ("Cc", "Cf"))
    return "".join(char if ord(char) in known else UNKNOWN for char in seen)


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties(family=FONT))).get_charmap())


def tint(colour: str, share: float) -> str:
    """Return a `#rrggbb` colour mixed with white: 0 is white, 1 the colour itself.

    >>> tint("#0072b2", 0), tint("#0072b2", 1)
    ('#ffffff', '#0072b2')
    """
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * share):02x}" for part in parts)
