"""The pages in a real Chromium with the network off."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pages import DESKTOP, PHONE, click_node, heading, ink, opened, spot

from ecosystem.publish.palette import contrast
from ecosystem.publish.view import MapView

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_it_answers_before_it_is_touched(chromium: Browser, ministry_page: Path, ministry: MapView) -> None:
    with opened(chromium, ministry_page) as page:
        head = page.locator(".masthead").inner_text()
        assert ministry.title in head and ministry.sentence in head
        assert [chip.inner_text() for chip in page.locator(".chip").all()] == ["OECD", "OPSI", "MBRCGI"]
        assert page.locator("#overview").is_visible()


def test_search_finds_an_actor_by_its_acronym_and_by_a_name_without_accents(
    chromium: Browser, ministry_page: Path
) -> None:
    with opened(chromium, ministry_page) as page:
        page.keyboard.press("/")
        page.keyboard.type("caf")
        assert page.locator("#found li").first.inner_text().startswith("Development Bank of Latin America")
        page.keyboard.press("Enter")
        assert heading(page) == "Development Bank of Latin America"
        for asked, name in (
            ("corporacion andina", "Development Bank of Latin America"),
            ("NUMERIQUE", "Agence numérique d’Abidjan"),
        ):
            page.locator("#search").fill(asked)
            assert page.locator("#found li span").first.inner_text() == name
        page.locator("#search").fill("nobody of that name")
        assert "Nothing by that name" in page.locator("#found").inner_text()


def test_a_legend_entry_hides_its_nodes(chromium: Browser, ministry_page: Path, ministry: MapView) -> None:
    with opened(chromium, ministry_page) as page:
        x, y = spot(page, ministry, "MBRCGI")
        before = ink(page, x, y)
        entry = page.locator(".toggle[data-list=group]", has_text="United Arab Emirates")
        entry.click()
        assert entry.get_attribute("aria-pressed") == "false"
        assert ink(page, x, y) != before == "#009e73"
        assert "hide=group:ARE" in page.url
        assert not page.locator("#actors tr", has_text="UAE Government Accelerators").is_visible()
        assert "25 of 29 shown" in page.locator("#actors-shown").inner_text()
        page.locator("#show-all").click()
        assert ink(page, x, y) == before


def test_a_relation_can_be_hidden_and_shown_alone(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page) as page:
        page.locator(".only[data-list=relation]").first.click(force=True)
        shown = page.locator("#ties tbody tr:visible").all_text_contents()
        assert len(shown) == 2 and all("is part of" in row for row in shown)


def test_a_click_on_a_node_opens_its_evidence(chromium: Browser, ministry_page: Path, ministry: MapView) -> None:
    with opened(chromium, ministry_page) as page:
        click_node(page, ministry, "CAF")
        assert heading(page) == "Development Bank of Latin America"
        profile = page.locator("#profile")
        assert "Connects Chile and the OECD as gatekeeper" in profile.inner_text()
        statement = "Development Bank of Latin America and Government of Colombia are named together here."
        assert statement not in profile.inner_text()
        profile.locator(".tied", has_text="Government of Colombia").locator(".disclose").click()
        assert statement in profile.inner_text()
        link = profile.locator(".tied .proof:visible a")
        assert link.get_attribute("href") == "https://oecd-opsi.org/"
        assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_click_on_a_tie_opens_its_evidence(chromium: Browser, ministry_page: Path, ministry: MapView) -> None:
    with opened(chromium, ministry_page) as page:
        one, other = spot(page, ministry, "NASA"), spot(page, ministry, "International Space Apps Challenge")
        page.locator("#network").click(position={"x": (one[0] + other[0]) / 2, "y": (one[1] + other[1]) / 2})
        assert heading(page) == "leads"
        assert "01:05:56" in page.locator("#profile").inner_text()
        assert (
            page.locator("#profile .told a").get_attribute("href")
            == "https://www.youtube.com/watch?v=nGjuo-7sUXM&t=3956s"
        )


def test_a_click_on_nothing_closes_the_panel(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page, "#node=caf") as page:
        page.locator("#network").click(position={"x": 5, "y": 5})
        assert page.locator("#profile").is_hidden() and page.locator("#overview").is_visible()


def test_the_keyboard_walks_ties_opens_and_closes(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page, "#node=nca") as page:
        page.locator("#network").focus()
        heard = set()
        for _ in range(2):
            page.keyboard.press("ArrowRight")
            heard.add(page.locator("#live").inner_text())
        assert len(heard) == 2 and all(text.startswith("Tie ") for text in heard)
        page.keyboard.press("Enter")
        first = heading(page)
        assert first in {
            "Line agency with an audited algorithm",
            "Organisation for Economic Co-operation and Development",
        }
        assert first in page.locator("#live").inner_text()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.textContent") == first
        page.keyboard.press("Escape")
        assert page.locator("#profile").is_hidden()
        assert page.evaluate("document.activeElement.id") == "network"


def test_focus_can_be_seen(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        for _ in range(12):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                "[document.activeElement.id, getComputedStyle(document.activeElement).outlineStyle,"
                " getComputedStyle(document.activeElement, '::after').borderTopWidth]"
            )
            assert seen[1] != "none" or seen[2] == "3px", seen


def test_state_is_in_the_address_and_goes_back_and_forward(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page) as page:
        page.locator(".views [data-view=brokers]").click()
        page.locator(".toggle[data-list=relation]").first.click()
        page.locator(".chip").first.click()
        address = page.url
        assert "node=oecd" in address and "view=brokers" in address and "hide=relation:partOf" in address
        page.go_back()
        page.wait_for_function("document.getElementById('profile').hidden")
        page.go_forward()
        page.wait_for_function("!document.getElementById('profile').hidden")
    with opened(chromium, ministry_page, "#" + address.split("#")[1]) as page:
        assert heading(page) == "Organisation for Economic Co-operation and Development"
        assert page.locator(".views [data-view=brokers]").get_attribute("aria-pressed") == "true"
        assert page.locator(".toggle[data-list=relation]").first.get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize(
    "fragment", ["#node=nobody", "#view=group:%E0%A4%A", "#hide=kind:,group:x,,:", "#%", "#__proto__=1&tie="]
)
def test_an_address_that_says_nothing_shows_the_whole_map(
    chromium: Browser, ministry_page: Path, fragment: str
) -> None:
    with opened(chromium, ministry_page, fragment) as page:
        assert page.locator("#overview").is_visible()
        assert page.locator("#show-all").is_hidden()


def test_views_of_gaps_and_groups(chromium: Browser, ministry_page: Path, ministry: MapView) -> None:
    with opened(chromium, ministry_page) as page:
        x, y = spot(page, ministry, "OECD")
        before = ink(page, x, y)
        page.locator(".glance [data-view=gaps]").click()
        page.wait_for_timeout(100)
        assert contrast(ink(page, x, y), "#f7f8f6") < contrast(before, "#f7f8f6") / 2, "the rest is faded"
        page.locator("#group-view").select_option(label="Chile")
        assert "view=group:CHL" in page.url
        assert page.locator(".views [aria-pressed=true]").count() == 0


def test_the_tables_hold_all_actors_and_are_linked_both_ways(
    chromium: Browser, ministry_page: Path, ministry: MapView
) -> None:
    with opened(chromium, ministry_page) as page:
        names = page.locator("#actors tbody th a").all_inner_texts()
        assert sorted(names) == sorted(node.label for node in ministry.nodes)
        page.locator("#actors tbody a", has_text="CitizenLab").click()
        assert heading(page) == "CitizenLab"
        assert "No tie is recorded" in page.locator("#profile").inner_text()
        page.get_by_role("button", name="Show in the table").click()
        assert page.evaluate("document.activeElement.textContent") == "CitizenLab"
        assert page.locator("#actors tr[aria-current=true]").count() == 1


def test_tables_are_sorted_by_any_column(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page) as page:
        header = page.locator("#actors th button", has_text="Pairs it connects")
        header.click()
        header.click()
        assert page.locator("#actors th[aria-sort]").get_attribute("aria-sort") == "descending"
        assert page.locator("#actors tbody th a").first.inner_text().startswith("Organisation for Economic")


def test_hostile_text_stays_text_and_runs_nothing(chromium: Browser, hostile_page: Path, hostile: MapView) -> None:
    with opened(chromium, hostile_page) as page:
        assert page.locator("h1").inner_text() == hostile.title
        for number in range(len(hostile.nodes)):
            page.locator("#actors tbody th a").nth(number).click()
            for button in page.locator("#profile .disclose").all():
                button.click()
            label = page.locator("#actors tr[aria-current=true] a").inner_text()
            assert heading(page) == label
        page.locator("#search").fill("<img")
        assert page.locator("#found li").count() > 0
        page.keyboard.press("Escape")
        for toggle in page.locator(".toggle:visible").all()[:3]:
            toggle.click()
        assert page.evaluate("window.__pwned") is None
        assert (
            page.locator("img, iframe, svg[onload], a[href^='javascript' i], a[href^='http'][href*='evil']").count()
            == 0
        )
        assert page.evaluate("document.querySelectorAll('script').length") == 6


def test_hostile_nodes_round_trip_through_the_address(chromium: Browser, hostile_page: Path, hostile: MapView) -> None:
    with opened(chromium, hostile_page) as page:
        page.locator("#actors tbody th a").nth(4).click()
        label, address = heading(page), page.url
    with opened(chromium, hostile_page, "#" + address.split("#", 1)[1]) as page:
        assert heading(page) == label


def test_a_phone_has_no_sideways_scroll(chromium: Browser, ministry_page: Path, hostile_page: Path) -> None:
    for path in (ministry_page, hostile_page):
        with opened(chromium, path, size=PHONE) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
            page.locator("#actors tbody a").first.click()
            box = page.locator("#profile").bounding_box()
            assert box is not None and box["width"] <= PHONE[0] and box["y"] + box["height"] == pytest.approx(PHONE[1])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_can_be_read(chromium: Browser, ministry_page: Path, theme: str) -> None:
    with opened(chromium, ministry_page, "#node=caf", theme=theme) as page:
        page.locator("#profile .disclose").first.click()
        pairs = page.evaluate(
            """() => {
              const ground = (element) => {
                for (let at = element; at; at = at.parentElement) {
                  const colour = getComputedStyle(at).backgroundColor;
                  if (!/, 0\\)$|transparent/.test(colour)) return colour;
                }
              };
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const found = new Set();
              while (walker.nextNode()) {
                const element = walker.currentNode.parentElement;
                if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
                if (element.closest("script, style, .only")) continue;
                found.add(getComputedStyle(element).color + "|" + ground(element));
              }
              return [...found];
            }"""
        )
        assert len(pairs) > 5
        for pair in pairs:
            text, ground = (as_hex(colour) for colour in pair.split("|"))
            assert contrast(text, ground) >= 4.5, (theme, pair)


def test_the_theme_follows_the_system_and_the_button(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page, theme="dark") as page:
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        dark = ink(page, 3, 3)
        page.locator("#theme").click()
        assert page.evaluate("document.documentElement.dataset.theme") == "light"
        assert contrast(ink(page, 3, 3), dark) > 10


def test_names_never_lie_over_each_other(chromium: Browser, ministry_page: Path, hostile_page: Path) -> None:
    for path in (ministry_page, hostile_page):
        for size in (DESKTOP, PHONE):
            with opened(chromium, path, size=size) as page:
                names = page.evaluate("document.querySelector('#network').ecosystem.names()")
                assert 0 < len(names) <= 40
                for one, other in combinations(names, 2):
                    beside = one["right"] <= other["left"] or other["right"] <= one["left"]
                    above = one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
                    assert beside or above, (one, other)


def test_it_prints_light_with_its_legend(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page, theme="dark") as page:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.dataset.theme") == "light"
        assert page.locator("#legend .entries:visible").first.is_visible()
        assert page.locator("#search").is_hidden()
        page.emulate_media(media="screen")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_without_scripts_everything_can_be_read(chromium: Browser, ministry_page: Path, ministry: MapView) -> None:
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(ministry_page.as_uri())
    assert page.locator(".no-script").is_visible()
    text = page.locator("body").inner_text()
    assert all(node.label in text for node in ministry.nodes)
    assert page.locator("#search").is_hidden()
    context.close()


def as_hex(colour: str) -> str:
    parts = colour[colour.index("(") + 1 : -1].replace(",", " ").split()[:3]
    return "#" + "".join(f"{int(part):02x}" for part in parts)
