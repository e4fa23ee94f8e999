"""axe-core finds nothing on the map page, whatever it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe import violations
from pages import DESKTOP, PHONE, opened

from ecosystem.publish.view import MapView

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

STATES = (
    "node=caf&pair=chile-gov,start-up-brazil",
    "node=abidjan",
    "tie=rel-0001",
    "path=colombia-gov,opsi",
    "view=borders&part=supranational,ARE",
    "view=communities",
    "view=gaps&sure=50&years=2013-2021",
    "fold=group:*&cluster=group:GBR",
)


@pytest.mark.parametrize(("size", "theme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_the_map_is_for_everyone(chromium: Browser, ministry_page: Path, size: tuple[int, int], theme: str) -> None:
    with opened(chromium, ministry_page, size=size, theme=theme) as page:
        assert violations(page) == []
        for state in STATES:
            page.evaluate("(state) => { location.hash = state; }", state)
            page.wait_for_timeout(60)
            # Links that change the state look like links to a part of the page that is not there: the rule is left out
            # for them, and the one link that skips is looked at above.
            assert violations(page, within=".screen", but=("skip-link",)) == [], state
        page.locator(".menu summary").click()
        assert violations(page, within=".screen", but=("skip-link",)) == []


def test_so_is_an_embedded_one(chromium: Browser, ministry_page: Path) -> None:
    context = chromium.new_context(viewport={"width": 900, "height": 600}, offline=True)
    page = context.new_page()
    page.goto(f"{ministry_page.as_uri()}?embed=1")
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_so_is_another_language(
    chromium: Browser, ministry: MapView, page_of: Callable[[MapView], Path], language: str
) -> None:
    with opened(chromium, page_of(replace(ministry, language=language)), "#node=caf") as page:
        assert violations(page) == []


def test_it_is_not_blind(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page) as page:
        page.evaluate("document.querySelector('#search').labels[0].remove()")
        page.evaluate("document.querySelector('#search').removeAttribute('placeholder')")
        assert any(line.startswith("label (") for line in violations(page))
