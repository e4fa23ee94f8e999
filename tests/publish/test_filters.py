"""Filters by year, confidence, country and certainty, in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pages import opened

from ecosystem.publish.facets import at_time, certainties, places, sureness
from ecosystem.publish.view import Evidence, Group, Grouping, MapTie, MapView

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def shown(page: Page, table: str) -> int:
    return page.locator(f"#{table} tbody tr:visible").count()


def by_branch(view: MapView) -> MapView:
    """The view grouped by the branch of kinds in place of the country."""
    branch = {kind.id: kind.branch for kind in view.kinds}
    groups = tuple(Group(name, name) for name in sorted(set(branch.values())))
    nodes = tuple(replace(node, group=branch[node.kind], area=None) for node in view.nodes)
    return replace(view, nodes=nodes, grouping=Grouping("Branch", groups))


@pytest.mark.browser
def test_the_slider_of_years_has_two_thumbs(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page) as page:
        first, last = page.get_by_label("First year"), page.get_by_label("Last year")
        assert (first.input_value(), last.input_value()) == ("2012", "2024")
        last.focus()
        for _ in range(4):
            page.keyboard.press("ArrowLeft")
        assert page.url.endswith("#years=2012-2020")
        assert page.get_by_label("To", exact=True).input_value() == "2020"
        assert last.get_attribute("aria-valuetext") == "2020"
        first.focus()
        page.keyboard.press("End")
        assert page.url.endswith("#years=2024-2024"), "the other thumb is taken along"
        for thumb in (first, last):
            box = thumb.bounding_box()
            assert box is not None and box["height"] >= 24


@pytest.mark.browser
def test_both_thumbs_can_be_dragged(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page) as page:
        box = page.locator(".range").bounding_box()
        assert box is not None
        middle = box["y"] + box["height"] / 2
        for start, end in ((box["x"] + 9, 0.25), (box["x"] + box["width"] - 9, 0.75)):
            page.mouse.move(start, middle)
            page.mouse.down()
            page.mouse.move(box["x"] + box["width"] * end, middle, steps=5)
            page.mouse.up()
        assert page.url.endswith("#years=2015-2021")


@pytest.mark.browser
def test_a_threshold_of_confidence(chromium: Browser, ministry_page: Path, ministry: MapView) -> None:
    sure = [tie for tie in ministry.ties if tie.evidence[0].confidence is not None]
    with opened(chromium, ministry_page) as page:
        field = page.get_by_label("Confidence")
        assert f"{len(ministry.ties) - len(sure)} ties state no confidence" in page.locator(".sureness").inner_text()
        field.focus()
        for _ in range(18):
            page.keyboard.press("ArrowRight")
        assert page.url.endswith("#sure=90") and shown(page, "ties") == len(ministry.ties)
        page.keyboard.press("ArrowRight")
        assert field.get_attribute("aria-valuetext") == "At least 95 %"
        assert shown(page, "ties") == len(ministry.ties) - len(sure)
        page.locator("#show-all").click()
        assert field.input_value() == "0" and shown(page, "ties") == len(ministry.ties)
    with opened(chromium, ministry_page, "#sure=101") as page:
        assert page.locator("#show-all").is_hidden()


@pytest.mark.browser
def test_countries_are_filters_where_groups_are_not_countries(
    chromium: Browser, ministry: MapView, page_of: Callable[[MapView], Path]
) -> None:
    assert places(ministry) == [], "its groups tell the country already"
    with opened(chromium, page_of(by_branch(ministry))) as page:
        page.locator(".more summary").click()
        page.locator(".toggle[data-list=country]", has_text="Chile").click()
        chile = sum(node.country == "Chile" for node in ministry.nodes)
        assert page.url.endswith("#hide=country:Chile") and shown(page, "actors") == len(ministry.nodes) - chile
        page.locator("#show-all").click()
        page.locator(".toggle[data-list=country]", has_text="None stated").click()
        assert page.url.endswith("#hide=country:")
        assert shown(page, "actors") == sum(bool(node.country) for node in ministry.nodes)


@pytest.mark.browser
def test_certainty_is_a_filter(chromium: Browser, ministry: MapView, page_of: Callable[[MapView], Path]) -> None:
    ties = [replace(tie, evidence=(replace(tie.evidence[0], certainty="inferred"),)) for tie in ministry.ties[:5]]
    view = replace(ministry, ties=(*ties, *ministry.ties[5:]))
    assert certainties(view) == ["stated", "inferred"] and certainties(ministry) == []
    with opened(chromium, page_of(view)) as page:
        page.locator(".toggle[data-list=certainty]", has_text="inferred").click()
        assert page.url.endswith("#hide=certainty:inferred") and shown(page, "ties") == len(ministry.ties) - 5


def test_a_tie_is_as_sure_as_its_surest_evidence() -> None:
    tie = MapTie("t", "a", "b", "r", (Evidence(confidence=-1.0), Evidence(confidence=7.0)))
    assert sureness(tie) == 100
    assert sureness(replace(tie, evidence=())) is None


@pytest.mark.parametrize(
    ("url", "locator", "wanted"),
    [
        ("https://www.youtube.com/watch?v=a&list=b", "12:34", "https://www.youtube.com/watch?v=a&list=b&t=754s"),
        ("https://youtu.be/a", "0:05", "https://youtu.be/a?t=5s"),
        ("https://www.youtube.com/watch?v=a&t=3s", "12:34", "https://www.youtube.com/watch?v=a&t=3s"),
        ("https://www.youtube.com/watch?v=a", "12:75", "https://www.youtube.com/watch?v=a"),
        ("https://youtube.com.evil.example/", "12:34", "https://youtube.com.evil.example/"),
        ("", "12:34", ""),
    ],
)
def test_a_recording_opens_at_its_second(url: str, locator: str, wanted: str) -> None:
    assert at_time(url, locator) == wanted
