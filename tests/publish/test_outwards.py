"""From one actor outwards, in a real Chromium: steps around it, paths, the pairs behind a broker, ghost ties."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from pages import PHONE, heading, ink, opened, spot

from ecosystem.publish.palette import CANVAS, contrast
from ecosystem.publish.view import MapView

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def network(view: MapView) -> nx.Graph:
    graph = nx.Graph((tie.source, tie.target) for tie in view.ties)
    graph.add_nodes_from(node.id for node in view.nodes)
    return graph


def shown(page: Page, table: str) -> set[str]:
    return set(page.locator(f"#{table} tbody tr:visible").evaluate_all("rows => rows.map((row) => row.dataset.number)"))


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_steps_around_an_actor(chromium: Browser, ministry_page: Path, ministry: MapView, steps: int) -> None:
    near = nx.single_source_shortest_path_length(network(ministry), "nca", steps)
    with opened(chromium, ministry_page, "#node=nca") as page:
        button = page.locator(f"[data-steps='{steps}']")
        button.click()
        assert page.url.endswith(f"#node=nca&steps={steps}")
        assert button.get_attribute("aria-pressed") == "true"
        numbers = {str(number) for number, node in enumerate(ministry.nodes) if node.id in near}
        assert shown(page, "actors") == numbers
        reached = len(near) - 1
        assert page.locator("#within").inner_text() == f"reaches {reached}"
        button.click()
        assert page.url.endswith("#node=nca") and len(shown(page, "actors")) == len(ministry.nodes)


def test_steps_by_keyboard_and_address(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page, "#node=nca&steps=7") as page:
        assert page.locator("[data-steps][aria-pressed=true]").count() == 0
        page.locator("#network").focus()
        page.keyboard.press("2")
        assert page.url.endswith("#node=nca&steps=2")
        page.keyboard.press("Escape")
        assert page.url.endswith("#all")


def test_all_shortest_ways_with_their_evidence(chromium: Browser, ministry_page: Path, ministry: MapView) -> None:
    ways = list(nx.all_shortest_paths(network(ministry), "colombia-gov", "opsi"))
    assert len(ways) == 2, "through the bank and through the OECD"
    with opened(chromium, ministry_page, "#node=colombia-gov") as page:
        field = page.get_by_role("combobox", name="Path to")
        field.fill("observatory of public")
        page.keyboard.press("Enter")
        assert page.url.endswith("#path=colombia-gov,opsi")
        assert heading(page) == "Government of Colombia → OPSI"
        panel = page.locator("#profile")
        assert f"{len(ways[0]) - 1} steps · {len(ways)} shortest ways" in panel.inner_text()
        assert panel.locator(".ways > li").count() == len(ways)
        on_way = {str(number) for number, node in enumerate(ministry.nodes) if any(node.id in way for way in ways)}
        assert shown(page, "actors") == on_way
        panel.locator(".disclose").first.click()
        assert "are named together here." in panel.inner_text()
        page.get_by_role("button", name="Turn round").click()
        assert page.url.endswith("#path=opsi,colombia-gov")
        page.go_back()
        page.wait_for_url("**#path=colombia-gov,opsi")


def test_a_path_heeds_the_filters(chromium: Browser, ministry_page: Path, ministry: MapView) -> None:
    with opened(
        chromium, ministry_page, "#path=nasa,oecd&hide=relation:advises,relation:partOf,relation:partnersWith"
    ) as page:
        assert "No path" in page.locator("#profile").inner_text()
        assert len(shown(page, "actors")) == 2
        page.locator("#show-all").click()
        assert "shortest way" in page.locator("#profile").inner_text()
    with opened(chromium, ministry_page, "#path=nasa,citizenlab") as page:
        assert "No path" in page.locator("#profile").inner_text()
    for nowhere in ("#path=nasa,nasa", "#path=nasa", "#path=nobody,nasa", "#path=%E0%A4%A,nasa"):
        with opened(chromium, ministry_page, nowhere) as page:
            assert page.locator("#profile").is_hidden()


def test_a_pair_of_a_broker_stands_out_and_opens_its_ties(
    chromium: Browser, ministry_page: Path, ministry: MapView
) -> None:
    with opened(chromium, ministry_page, "#node=caf") as page:
        panel = page.locator("#profile")
        assert "Liaison 8 connects two groups and is of neither" in panel.locator(".roles").inner_text()
        assert panel.locator(".triads > li").count() == 2 and "and 12 more" in panel.inner_text()
        pair = panel.locator("[data-pair]", has_text="Start-Up Brazil")
        assert "nobody else connects them" in panel.locator(".triads > li", has_text="Start-Up Brazil").inner_text()
        pair.focus()
        page.keyboard.press("Enter")
        assert page.url.endswith("#node=caf&pair=chile-gov,start-up-brazil")
        assert page.evaluate("document.activeElement.dataset.pair") == "chile-gov,start-up-brazil"
        assert panel.locator(".triads .part .row > span").all_inner_texts() == [
            "CAF advises Government of Chile",
            "Start-Up Brazil takes part in CAF",
        ]
        assert contrast(ink(page, *spot(page, ministry, "Government of Colombia")), CANVAS["light"]) < 1.6, "faded"
        assert contrast(ink(page, *spot(page, ministry, "Government of Chile")), CANVAS["light"]) > 1.9
        panel.locator(".triads .disclose").first.click()
        assert "are named together here." in panel.locator(".triads").inner_text()
        page.keyboard.press("Escape")
        assert page.url.endswith("#node=caf")
    with opened(chromium, ministry_page, "#node=caf&pair=chile-gov,start-up-brazil", size=PHONE) as page:
        for name in ("CAF", "Government of Chile", "Start-Up Brazil"):
            x, y = spot(page, ministry, name)
            assert 0 < x < PHONE[0] and y > 0, "in sight above the sheet"


def test_ghost_ties_are_dashed_arcs_told_in_the_panel(
    chromium: Browser, ministry_page: Path, ministry: MapView
) -> None:
    with opened(chromium, ministry_page, "#node=abidjan") as page:
        panel = page.locator("#profile .missing")
        assert panel.inner_text() == (
            "Netherlands Court of Audit Agency that uses AI, and no overseer. The nearest who could help: who audits."
        )
        assert "Dashed arc: a tie that a gap misses" in page.locator(".marks").inner_text()
        panel.locator("a").click()
        assert heading(page) == "Netherlands Court of Audit"
    with opened(chromium, ministry_page, "#view=gaps") as page:
        with_gaps = page.evaluate("document.querySelector('#network').ecosystem.ghosts()")
        assert len(with_gaps) == 2
        dark = [contrast(ink(page, *point), CANVAS["light"]) > 3 for arc in with_gaps for point in arc]
        assert any(dark) and not all(dark), "dashes, with gaps between them"


def test_every_measure_is_explained(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page, "#node=caf") as page:
        told = page.locator("#profile .measures")
        assert told.locator("dt").all_inner_texts() == [
            "Ties 4",
            "Neighbours 4",
            "Pairs it connects 14",
            "Other groups reached 3",
        ]
        assert all(text.endswith(".") for text in told.locator("dd").all_inner_texts())
