"""Clusters in a real Chromium: folded by a double click or a choice, with their count and their bundled ties."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pages import heading, opened, spot

from ecosystem.publish.view import MapView

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def clusters(page: Page) -> dict[str, dict[str, float]]:
    return {one["key"]: one for one in page.evaluate("document.querySelector('#network').ecosystem.clusters()")}


def test_a_double_click_on_an_area_folds_it_and_another_unfolds_it(
    chromium: Browser, ministry_page: Path, ministry: MapView
) -> None:
    with opened(chromium, ministry_page) as page:
        (x1, y1), (x2, y2) = (
            spot(page, ministry, "UAE Government Accelerators"),
            spot(page, ministry, "Moonshot Pilot Grant"),
        )
        page.locator("#network").dblclick(position={"x": (x1 + x2) / 2, "y": (y1 + y2) / 2})
        page.wait_for_timeout(500)
        assert page.url.endswith("#fold=group:ARE")
        found = clusters(page)["group:ARE"]
        assert found["members"] == sum(node.group == "ARE" for node in ministry.nodes)
        assert page.locator("#actors tbody tr:visible").count() == len(ministry.nodes), "what is folded is not left out"
        page.locator("#network").click(position={"x": found["x"], "y": found["y"]})
        page.wait_for_timeout(500)
        assert heading(page) == "United Arab Emirates"
        text = page.locator("#profile").inner_text()
        assert "4 members" in text and "MBRCGI" in text
        page.locator("#network").dblclick(position={"x": found["x"], "y": found["y"]})
        page.wait_for_timeout(500)
        assert clusters(page) == {}


def test_all_are_folded_by_a_choice_and_bundles_count_their_ties(
    chromium: Browser, ministry_page: Path, ministry: MapView
) -> None:
    group = {node.id: node.group for node in ministry.nodes}
    with opened(chromium, ministry_page) as page:
        page.get_by_label("Fold by").select_option(label="Country")
        assert page.url.endswith("#fold=group:*")
        assert len(clusters(page)) == len({one for one in group.values() if one})
        page.evaluate("location.hash = '#cluster=group:GBR&fold=group:*'")
        page.wait_for_selector("#profile .bundles")
        counts = page.locator("#profile .bundles summary .quiet").all_inner_texts()
        outwards = [tie for tie in ministry.ties if (group[tie.source] == "GBR") != (group[tie.target] == "GBR")]
        assert sum(int(text.split()[0].replace("one", "1")) for text in counts) == len(outwards)
        page.locator("#unfold").click()
        assert page.url.endswith("#all") and page.locator("#unfold").is_hidden()


def test_what_is_looked_for_is_unfolded(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page, "#fold=community:*,family:*") as page:
        assert page.get_by_label("Fold by").input_value() == ""
        page.locator("#search").fill("nasa")
        page.keyboard.press("Enter")
        assert heading(page) == "National Aeronautics and Space Administration"
        assert "community:nasa" not in page.url and "community:" in page.url


@pytest.mark.parametrize("fragment", ["#fold=relation:*", "#fold=group:nowhere", "#cluster=group:ARE", "#fold=:*,*"])
def test_an_address_that_folds_nothing(chromium: Browser, ministry_page: Path, fragment: str) -> None:
    with opened(chromium, ministry_page, fragment) as page:
        assert clusters(page) == {} and page.locator("#overview").is_visible()
