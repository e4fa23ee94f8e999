"""Each type of page in a real Chromium without a network: silent, within its policy, as wide as the screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe import violations
from pages import DESKTOP, PHONE, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
TYPES = (
    "index.html",
    "brokers.html",
    "gaps.html",
    "data.html",
    "actors/index.html",
    "actors/caf.html",
    "initiatives/nine-algorithms-audit.html",
    "countries/index.html",
    "sources/index.html",
    "sources/source-opsi-crossborder.html",
    "questions/index.html",
    "questions/actors-in-a-region.html",
    "query.html",
    "countries/nld.html",
)
TABLET = (768, 1024)


@pytest.mark.parametrize("name", TYPES)
def test_pages_are_silent_and_fit(chromium: Browser, site: Path, name: str) -> None:
    for size, theme in ((DESKTOP, "light"), (TABLET, "light"), (PHONE, "dark")):
        with opened(chromium, site / name, size=size, theme=theme) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
            assert page.locator("h1").is_visible()
            paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 29, 37)"}[theme]
            assert violations(page) == [], (size, theme)


def test_hostile_pages_run_nothing(chromium: Browser, hostile_site: Path) -> None:
    for path in sorted(hostile_site.rglob("*.html")):
        with opened(chromium, path) as page:
            assert page.evaluate("window.__pwned") is None, path


def test_one_walks_from_the_start_to_the_source_by_keyboard(chromium: Browser, site: Path) -> None:
    context = chromium.new_context()
    context.set_offline(True)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for name in ("All 34 brokers", "Agile Nations"):
        page.get_by_role("link", name=name).first.focus()
        page.keyboard.press("Enter")
        page.wait_for_load_state()
    assert page.locator("h1").inner_text().startswith("Agile Nations")
    page.locator(".told a").first.click()
    page.wait_for_load_state()
    assert "/sources/" in page.url
    context.close()


def test_an_actors_page_opens_it_on_the_map(chromium: Browser, site: Path) -> None:
    context = chromium.new_context()
    context.set_offline(True)
    page = context.new_page()
    page.goto((site / "actors" / "caf.html").as_uri())
    page.get_by_role("link", name="Show on the map").click()
    page.wait_for_selector("#profile h2")
    assert page.locator("#profile h2").inner_text() == "CAF – Development Bank of Latin America"
    context.close()
