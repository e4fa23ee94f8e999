"""Rows as columns and back: nothing lost, nothing added, the same text every time."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecosystem.publish.columns import columns, packed, rows_of

TEXT = st.text(max_size=5)
VALUES = st.one_of(TEXT, st.integers(0, 2**31), st.booleans(), st.lists(TEXT, max_size=2))
ROWS = st.lists(st.dictionaries(st.sampled_from(["id", "label", "kind", "gaps"]), VALUES, max_size=4), max_size=8)
CALMLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@CALMLY
@given(ROWS)
def test_rows_come_back_as_they_were(rows: list[dict[str, object]]) -> None:
    assert rows_of(json.loads(json.dumps(columns(rows)))) == rows


@CALMLY
@given(st.lists(st.integers(0, 2**32 - 1)))
def test_whole_numbers_come_back(numbers: list[int]) -> None:
    assert rows_of(columns([{"x": number} for number in numbers])) == [{"x": number} for number in numbers]


def test_numbers_take_as_few_bytes_as_they_need() -> None:
    assert [next(iter(packed(numbers))) for numbers in ([0, 255], [256], [70_000], [0.5], [-1])] == [
        "u8",
        "u16",
        "u32",
        "f32",
        "f32",
    ]


def test_texts_that_repeat_are_written_once() -> None:
    column = columns([{"kind": "office"}, {"kind": "office"}, {"kind": "firm"}, {"kind": "office"}])["columns"]["kind"]
    assert column["of"] == ["office", "firm"]


def test_positions_come_back_to_a_hundredth_of_a_pixel() -> None:
    places = [12345.6, -98765.4, 0.0]
    found = [row["x"] for row in rows_of(columns([{"x": place} for place in places]))]
    assert found == pytest.approx(places, abs=0.01)
