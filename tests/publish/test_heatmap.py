"""Heatmaps: the same bytes for the same numbers, hostile names as they are, a clear line where nothing can be drawn."""

from __future__ import annotations

from math import nan
from pathlib import Path

import pytest

from ecosystem.errors import PublishError
from ecosystem.publish.heatmap import heatmap, write_heatmap

ROWS, COLUMNS = ("Chile", "$\\frac{<script>$"), ("auditor", "a\x1bb", "rules")
VALUES = ((1.0, nan, 3.0), (nan, 2.0, nan))
MARKS = (("1", "×", "3"), ("", "2", ""))


@pytest.mark.parametrize(("form", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_the_same_numbers_give_the_same_bytes(form: str, start: bytes) -> None:
    drawn = [
        heatmap(ROWS, COLUMNS, VALUES, marks=MARKS, title="Coverage $x", legend="how many", form=form) for _ in range(2)
    ]
    assert drawn[0] == drawn[1]
    assert drawn[0].startswith(start)
    assert b"<script" not in drawn[0]


def test_colours_part_where_asked() -> None:
    parted = heatmap(ROWS, COLUMNS, VALUES, marks=MARKS, title="", legend="", about=0.0)
    assert parted != heatmap(ROWS, COLUMNS, VALUES, marks=MARKS, title="", legend="")


@pytest.mark.parametrize(
    ("rows", "form", "message"),
    [((), "svg", "nothing to draw"), (ROWS, "gif", "gif"), (ROWS * 9_000, "svg", "cannot be read")],
)
def test_what_cannot_be_drawn_is_said(rows: tuple[str, ...], form: str, message: str) -> None:
    with pytest.raises(PublishError, match=message):
        heatmap(rows, COLUMNS, VALUES, marks=MARKS, title="", legend="", form=form)


def test_the_ending_says_the_form(tmp_path: Path) -> None:
    path = write_heatmap(tmp_path / "table.PNG", ROWS, COLUMNS, VALUES, marks=MARKS, title="", legend="")
    assert path.read_bytes().startswith(b"\x89PNG")
