"""The main features on real data, each page in a real Chromium: bundled, from Kumu, and EuroSiS."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe import violations
from pages import heading, opened

import ecosystem
from ecosystem.publish.layout import place
from ecosystem.publish.map import PAGE_ROWS, write_map

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TABLET = (768, 1024)
LARGE = 3_000_000  # bytes of a page
SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"
DATA = {
    "opsi": Path("datasets/opsi"),
    "kumu": SHARED / "kumu-uk-science-networks" / "science-networks.json",
    "eurosis": SHARED / "eurosis" / "eurosis.gexf",
}


@pytest.fixture(scope="module", params=sorted(DATA))
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A page, and the ids of its two leading brokers."""
    if not DATA[request.param].exists():
        pytest.skip(f"{DATA[request.param].name} is not there")
    view = ecosystem.open(DATA[request.param]).view()
    path = write_map(place(view), tmp_path_factory.mktemp(request.param) / "map.html")
    return path, [broker.id for broker in view.brokers[:2]]


def rows(page: Page) -> int:
    """Return how many actors the table shows; of a large map it has a page at a time, and says how many there are."""
    page.locator("#actors-table").scroll_into_view_if_needed()
    page.locator("#actors tbody tr:visible").first.wait_for()
    there = page.locator("#actors tbody tr:visible").count()
    said = re.search(r"of ([\d,]+) shown", page.locator("#actors-shown").inner_text())
    return int(said[1].replace(",", "")) if said and there == PAGE_ROWS else there


def test_every_way_of_looking(chromium: Browser, real: tuple[Path, list[str]], tmp_path: Path) -> None:
    path, (first, second) = real
    with opened(chromium, path) as page:
        page.locator(".ranking a").first.click()
        name = heading(page)
        page.locator("[data-steps='2']").click()
        assert page.locator("#within").inner_text().startswith("reaches ")
        pair = page.locator("[data-pair]").first
        pair.click()
        assert page.locator(".triads .part .row").count() >= 2, "both ties of the pair are listed"
        page.locator(".triads .part .disclose").first.click()
        assert page.locator(".triads .proof:visible .told").first.inner_text()
        page.evaluate(
            "(pair) => { location.hash = 'path=' + pair.map(encodeURIComponent).join(','); }", [first, second]
        )
        page.wait_for_timeout(200)
        assert "shortest way" in page.locator("#profile").inner_text()
        assert rows(page) >= 2
        page.locator("#fold").select_option("family")
        page.wait_for_timeout(200)
        clusters = page.evaluate("document.querySelector('#network').ecosystem.clusters()")
        assert sum(one["members"] for one in clusters) == rows(page)
        page.locator("#unfold").click()
        page.locator("#search").fill(name[:12])
        page.keyboard.press("Enter")
        assert page.locator("#profile h2").is_visible()
        page.locator(".menu summary").click()
        with page.expect_download() as waiting:
            page.locator("[data-picture=svg]").click()
        waiting.value.save_as(tmp_path / "picture.svg")
        assert (tmp_path / "picture.svg").stat().st_size > 10_000


def test_it_is_for_everyone_on_a_tablet(chromium: Browser, real: tuple[Path, list[str]]) -> None:
    path, (first, _) = real
    if path.stat().st_size > LARGE:
        pytest.skip("axe-core takes a minute for thousands of elements, and other data have the same ones")
    with opened(chromium, path, size=TABLET, theme="dark") as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= TABLET[0]
        page.evaluate("(id) => { location.hash = 'node=' + encodeURIComponent(id); }", first)
        page.wait_for_timeout(200)
        assert violations(page, within=".screen", but=("skip-link",)) == []
