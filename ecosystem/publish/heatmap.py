"""A table of numbers as a heatmap, for print and for the screen: the same bytes for the same numbers."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from math import isnan
from pathlib import Path
from typing import Any, Final

from ecosystem.errors import PublishError
from ecosystem.files import write_atomically

__all__ = ["FORMATS", "heatmap", "write_heatmap"]

FORMATS: Final = ("svg", "png", "pdf")
CELL: Final = 0.34  # inches
LETTERS_AN_INCH: Final = 13  # of a title
LONGEST: Final = 42  # characters of a name
EMPTY: Final = "#f2f2f2"
LARGEST: Final = 40_000  # cells; more than anybody can read


def heatmap(
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float]],
    *,
    marks: Sequence[Sequence[str]],
    title: str,
    legend: str,
    about: float | None = None,
    form: str = "svg",
) -> bytes:
    """Draw a table of numbers.

    Parameters
    ----------
    values
        A row for each of `rows`, a number for each of `columns`; NaN is left grey.
    marks
        What to write into each cell, so that nothing is told by colour alone.
    legend
        What the colours measure.
    about
        The number that is neither much nor little: colours part there. None: the larger, the darker.
    form
        svg, png or pdf.

    Raises
    ------
    PublishError
        If there is nothing to draw, more than can be read, or no such form.
    """
    if form not in FORMATS:
        raise PublishError(
            f"A heatmap cannot be written as {form!r}.", hint=f"Name a file that ends in {', '.join(FORMATS)}."
        )
    if not rows or not columns:
        raise PublishError("There is nothing to draw.", hint="The table has no rows or no columns.")
    if len(rows) * len(columns) > LARGEST:
        raise PublishError(
            f"A heatmap of {len(rows)} by {len(columns)} cells cannot be read.", hint="Draw a part of it."
        )
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "ecosystem", "svg.fonttype": "path", "pdf.compression": 6}):
        figure = Figure(figsize=(CELL * len(columns) + 5, CELL * len(rows) + 3.2), layout="constrained")
        FigureCanvasAgg(figure)
        _draw(figure, rows, columns, values, marks, title, legend, about)
        out = io.BytesIO()
        # A date would make every file another one.
        dated: dict[str, dict[str, Any]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}
        figure.savefig(out, format=form, dpi=150, metadata=dated[form])
    return out.getvalue()


def write_heatmap(path: str | Path, *drawing: Any, **options: Any) -> Path:
    """Write a heatmap to a file whose ending says the form; see `heatmap`."""
    target = Path(path)
    write_atomically(target, heatmap(*drawing, **options, form=target.suffix.lstrip(".").lower()))
    return target


def _draw(
    figure: Any,
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float]],
    marks: Sequence[Sequence[str]],
    title: str,
    legend: str,
    about: float | None,
) -> None:
    import numpy as np
    from matplotlib import colormaps
    from matplotlib.colors import Normalize, TwoSlopeNorm
    from matplotlib.ticker import MaxNLocator

    matrix = np.ma.masked_invalid(np.array(values, float))
    low, high = (float(matrix.min()), float(matrix.max())) if matrix.count() else (0.0, 1.0)
    if about is None:
        scale, colours = Normalize(min(low, 0.0), max(high, 1.0)), colormaps["Blues"]
    else:
        reach = max(about - low, high - about, 1.0)
        scale, colours = TwoSlopeNorm(about, about - reach, about + reach), colormaps["PuOr"]
    colours = colours.with_extremes(bad=EMPTY)
    axes = figure.add_subplot()
    image = axes.imshow(matrix, cmap=colours, norm=scale, aspect="equal")
    axes.set_xticks(range(len(columns)), [_plain(name) for name in columns], rotation=50, ha="right", fontsize=7)
    axes.set_yticks(range(len(rows)), [_plain(name) for name in rows], fontsize=7)
    wide = textwrap.fill(_plain(title, 300), int(figure.get_figwidth() * LETTERS_AN_INCH))
    figure.suptitle(wide, fontsize=9, x=0.01, ha="left")
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    for down, row in enumerate(marks):
        for across, mark in enumerate(row):
            if mark:
                value = float(values[down][across])
                dark = not isnan(value) and sum(colours(scale(value))[:3]) < 1.4
                axes.text(
                    across, down, mark, ha="center", va="center", fontsize=6, color="white" if dark else "#1e1e1e"
                )
    ticks = MaxNLocator(integer=about is None)
    bar = figure.colorbar(image, ax=axes, shrink=0.6, ticks=ticks)
    bar.set_label(_plain(legend, 300), fontsize=7)
    bar.ax.tick_params(labelsize=7)


def _plain(name: str, longest: int = LONGEST) -> str:
    """Return a name that is no formula to matplotlib, and not too long."""
    short = name if len(name) <= longest else name[: longest - 1] + "…"
    return "".join(char if char.isprintable() else " " for char in short).replace("$", r"\$")
