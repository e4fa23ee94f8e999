"""Views, years, gaps and evidence of a page in a real Chromium with the network off."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pages import heading, ink, opened, spot

from ecosystem.publish.palette import CANVAS, contrast
from ecosystem.publish.payload import page_data
from ecosystem.publish.view import MapView

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def choose_view(page: Page, name: str) -> None:
    page.locator(f".views [data-view={name}]").click()


def rows_shown(page: Page, table: str) -> list[str]:
    return page.locator(f"#{table} tbody tr:visible td:nth-child(2)").all_inner_texts()


def counted(page: Page, label: str) -> str:
    return page.locator(".toggle", has_text=label).first.locator(".entry-count").inner_text()


def test_the_borders_are_the_ties_between_groups(chromium: Browser, ministry_page: Path, ministry: MapView) -> None:
    group = {node.id: node.group for node in ministry.nodes}
    across = [tie for tie in ministry.ties if group[tie.source] and group[tie.target]]
    across = [tie for tie in across if group[tie.source] != group[tie.target]]
    with opened(chromium, ministry_page) as page:
        x, y = spot(page, ministry, "LOTI")
        before = ink(page, x, y)
        choose_view(page, "borders")
        assert page.url.endswith("#view=borders")
        panel = page.locator("#parts")
        assert f"{len(across)} of {len(ministry.ties)} ties run between two groups (Country)" in panel.inner_text()
        assert page.locator("#overview").is_hidden()
        counts = [int(text.split()[0].replace("one", "1")) for text in panel.locator(".row .quiet").all_inner_texts()]
        assert sum(counts) == len(across) and counts == sorted(counts, reverse=True)
        assert len(rows_shown(page, "ties")) == len(across)
        assert counted(page, "Netherlands") == "1/2"
        assert contrast(ink(page, x, y), "#f7f8f6") < contrast(before, "#f7f8f6") / 2, "a tie within is faded"


def test_a_pair_of_groups_opens_its_ties_and_their_evidence(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page, "#view=borders") as page:
        link = page.locator("#parts a", has_text="Supranational – United Arab Emirates")
        link.focus()
        page.keyboard.press("Enter")
        assert page.url.endswith("#view=borders&part=supranational,ARE")
        assert link.get_attribute("aria-expanded") == "true"
        assert page.evaluate("document.activeElement.dataset.part") == "supranational,ARE"
        ties = page.locator("#parts .part .row > span").all_inner_texts()
        assert sorted(ties) == sorted(
            ["OPSI is a partner of MBRCGI", "MBRCGI funds OPSI", "MBRCGI is a member of Agile Nations"]
        )
        assert len(rows_shown(page, "ties")) == 3
        page.locator("#parts .disclose").first.click()
        assert "00:02:48" in page.locator("#parts .proof:visible").inner_text()
        page.keyboard.press("Escape")
        assert page.url.endswith("#view=borders")
        page.keyboard.press("Escape")
        assert page.url.endswith("#all") and page.locator("#overview").is_visible()
        page.go_back()
        page.go_back()
        page.wait_for_selector("#parts .part")


def test_communities_are_coloured_named_and_listed(chromium: Browser, ministry_page: Path, ministry: MapView) -> None:
    with opened(chromium, ministry_page) as page:
        at = [spot(page, ministry, name) for name in ("NASA", "CSA")]
        before = [ink(page, *one) for one in at]
        assert before[0] != before[1], "two countries"
        choose_view(page, "communities")
        first, second = (ink(page, *one) for one in at)
        assert first == second != before[0], "one community"
        panel = page.locator("#parts")
        assert "more ties among themselves than chance" in panel.inner_text()
        assert "2 actors have no tie and are in none." in panel.inner_text()
        assert panel.locator("li a[data-part]").all_inner_texts()[:2] == ["Around OECD", "Around MBRCGI"]
        assert page.locator(".rail h2", has_text="Colour:").all_inner_texts() == ["COLOUR: COMMUNITY"]
        assert "Around NASA" in page.locator("#actors tr", has_text="Canadian Space Agency").inner_text()
        panel.locator("a[data-part]", has_text="Around NASA").click()
        assert "part=nasa" in page.url and len(rows_shown(page, "actors")) == 4
        page.locator(".toggle[data-list=community]", has_text="Around OECD").click()
        choose_view(page, "all")
        assert len(rows_shown(page, "actors")) == 29 - 13, "a filter outlives its view"
        assert ink(page, *at[0]) == before[0]


def test_years_hide_what_lies_outside_them(chromium: Browser, ministry_page: Path, ministry: MapView) -> None:
    undated = [tie for tie in ministry.ties if not tie.evidence[0].since]
    with opened(chromium, ministry_page) as page:
        assert f"{len(undated)} ties state no year and always stay." in page.locator("#years").inner_text()
        assert [page.locator(f"#year-{end}").input_value() for end in ("from", "to")] == ["2012", "2024"]
        page.get_by_label("To", exact=True).fill("2020")
        page.keyboard.press("Enter")
        assert page.url.endswith("#years=2012-2020")
        started_later = {"deep-space"}
        assert len(rows_shown(page, "actors")) == len(ministry.nodes) - len(started_later)
        assert len(rows_shown(page, "ties")) == len(undated)
        page.get_by_label("From", exact=True).fill("2022")
        page.keyboard.press("Tab")
        assert page.url.endswith("#years=2022-2022"), "the other end follows"
        assert len(rows_shown(page, "ties")) == len(ministry.ties)
        page.get_by_label("To", exact=True).fill("1")
        page.keyboard.press("Enter")
        assert page.url.endswith("#years=2012-2012"), "no further than the first year"
        page.go_back()
        page.wait_for_function("document.getElementById('year-to').value === '2022'")
        page.locator("#show-all").click()
        assert page.url.endswith("#all")
    with opened(chromium, ministry_page, "#years=2012-2015&node=deep-space") as page:
        assert heading(page) == "Deep Space Food Challenge"
    with opened(chromium, ministry_page, "#years=2030-1999") as page:
        assert page.locator("#show-all").is_hidden()


def test_a_view_of_a_map_without_groups_or_dates_is_not_offered(
    chromium: Browser, page_of: Callable[[MapView], Path], ministry: MapView
) -> None:
    bare = [replace(node, group="", community=None, gaps=(), since="", until="") for node in ministry.nodes]
    ties = [replace(tie, evidence=()) for tie in ministry.ties]
    path = page_of(replace(ministry, nodes=tuple(bare), ties=tuple(ties), brokers=()))
    with opened(chromium, path, "#view=borders") as page:
        assert page.locator(".views button").all_inner_texts() == ["Whole map"]
        assert page.locator("#years").count() == 0
        assert page.locator("#overview").is_visible(), "the address asks for what is not offered"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_has_a_gap_is_dashed_and_the_legend_says_so(
    chromium: Browser, ministry_page: Path, ministry: MapView, theme: str
) -> None:
    ground = CANVAS[theme]
    with opened(chromium, ministry_page, "#view=gaps", theme=theme) as page:
        assert "Dashed: something is missing" in page.locator(".marks").inner_text()
        x, y = spot(page, ministry, "Agence numérique d’Abidjan")
        scale = page.evaluate("document.querySelector('#network').ecosystem.scale()")
        node = next(node for node in page_data(ministry)["nodes"] if node["id"] == "abidjan")
        reach = (node["radius"] + 4.5 / max(scale, 0.5)) * scale
        turns = [step * math.pi / 24 for step in range(48)]
        seen = [contrast(ink(page, x + reach * math.cos(a), y + reach * math.sin(a)), ground) for a in turns]
        assert max(seen) > 3, "dashes can be seen"
        assert sum(one < 1.5 for one in seen) > 5, "with gaps between them"


def test_the_panel_can_be_selected_and_copied(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page, "#node=caf") as page:
        page.evaluate(
            "document.querySelectorAll('#profile .proof').forEach((one) => { one.hidden = false; });"
            "getSelection().selectAllChildren(document.getElementById('profile'));"
        )
        selected = page.evaluate("getSelection().toString()")
        for said in (
            "Development Bank of Latin America",
            "Government of Chile",
            "are named together here.",
            "Strategies",
        ):
            assert said in selected, said
        page.evaluate("document.execCommand = () => { window.__copied = document.activeElement.value; return true; }")
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page.get_by_role("button", name="Copy text").click()
        page.wait_for_function("window.__copied")
        lines = page.evaluate("window.__copied").split("\n")
        assert lines[0] == "Development Bank of Latin America" and lines[-1].endswith("#node=caf")
        assert "Development Bank of Latin America and Government of Chile are named together here." in lines


def test_evidence_is_there_when_the_address_asks_for_a_tie(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page, "#tie=rel-0001") as page:
        proof = page.locator("#profile .proof").inner_text()
        assert "are named together here." in proof and "00:02:48" in proof and "confidence 90" in proof
