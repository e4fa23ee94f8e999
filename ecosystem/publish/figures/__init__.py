"""Figures for print: PNG, SVG or PDF, for a slide, a page or a column, the same bytes on every run.

Drawn with matplotlib, without pyplot: nothing here touches the state of a notebook.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ecosystem import __version__
from ecosystem.errors import PublishError
from ecosystem.files import write_atomically
from ecosystem.publish.figures.bars import draw_bars
from ecosystem.publish.figures.matrix import draw_matrix
from ecosystem.publish.figures.network import draw_network
from ecosystem.publish.figures.paper import SIZES, Paper, drawable
from ecosystem.publish.figures.timeline import draw_timeline
from ecosystem.publish.figures.view import Bars, Drawing, Figure, Matrix, Timeline
from ecosystem.publish.figures.world import draw_world

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Sheet

__all__ = ["FORMATS", "SIZES", "check_target", "drawn", "write_figure"]

MAKER: Final = f"ecosystem-mapper {__version__}"
# What each format says of its making: no date, so that the same figure has the same bytes.
FORMATS: Final[dict[str, dict[str, Any]]] = {
    ".png": {"Software": MAKER},
    ".svg": {"Date": None, "Creator": MAKER},
    ".pdf": {"CreationDate": None, "Creator": MAKER, "Producer": "matplotlib"},
}
STYLE: Final = {
    "svg.fonttype": "path",  # letters as outlines: the figure looks the same where the font is missing
    "svg.hashsalt": "ecosystem-mapper",
    "pdf.fonttype": 42,  # letters embedded as TrueType: the text can be searched and copied
    "path.simplify": False,
    "text.hinting": "none",  # letters keep their shape at any size
}


def check_target(path: Path, size: str) -> None:
    """Check that a figure of this size can be written to `path`.

    Raises
    ------
    PublishError
        If the size or the path's suffix is none of those that there are.
    """
    if size not in SIZES:
        raise PublishError(f"There is no size {size!r}.", hint=f"Say one of: {', '.join(SIZES)}.")
    if path.suffix.lower() not in FORMATS:
        raise PublishError(
            f"{path}: a figure has the suffix .png, .svg or .pdf.", hint="PNG for a screen, SVG or PDF for print."
        )


def write_figure(figure: Figure, path: Path | str, size: str = "page") -> Path:
    """Draw a figure and write it, in the format that the path's suffix names; return the path.

    Raises
    ------
    PublishError
        If there is no such size or format, or the file cannot be written.
    """
    target = Path(path)
    check_target(target, size)
    suffix = target.suffix.lower()
    content = io.BytesIO()
    with _style():
        sheet = drawn(figure, size)
        sheet.savefig(
            content,
            format=suffix[1:],
            dpi=sheet.dpi,
            metadata={"Title": drawable(figure.words.title), **FORMATS[suffix]},
        )
    write_atomically(target, _lean(content.getvalue()) if suffix == ".svg" else content.getvalue())
    return target


def _lean(svg: bytes) -> bytes:
    """Return an SVG without its document type, which names another host, its paths exact to a hundredth of a point."""
    without = re.sub(rb"<!DOCTYPE[^>]*>\s*", b"", svg, count=1)
    return re.sub(rb' d="[^"]*"', lambda path: re.sub(rb"(\.\d\d)\d+", rb"\1", path.group()), without)


def drawn(figure: Figure, size: str = "page") -> Sheet:
    """Return a figure as matplotlib's own object."""
    with _style():
        paper = Paper(SIZES[size], figure.words)
        paper.finish(_draw(figure, paper))
    return paper.figure


def _draw(figure: Figure, paper: Paper) -> float:
    """Draw a figure on paper and return where it ends."""
    if isinstance(figure, Bars):
        return draw_bars(figure, paper)
    if isinstance(figure, Matrix):
        return draw_matrix(figure, paper)
    if isinstance(figure, Drawing):
        return draw_network(figure, paper)
    if isinstance(figure, Timeline):
        return draw_timeline(figure, paper)
    return draw_world(figure, paper)


@contextmanager
def _style() -> Iterator[None]:
    """Draw with matplotlib's own settings and ours, whatever a user's are."""
    from matplotlib import style

    with style.context(["default", STYLE]):
        yield
