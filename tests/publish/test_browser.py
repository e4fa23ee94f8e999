"""The pages in a real Chromium with the network off."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ecosystem.publish.palette import CANVAS, contrast
from ecosystem.publish.payload import page_data
from ecosystem.publish.view import MapView

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DESKTOP, PHONE = (1440, 900), (390, 844)


@contextmanager
def opened(
    chromium: Browser, path: Path, fragment: str = "", size: tuple[int, int] = DESKTOP, theme: str = "light"
) -> Iterator[Page]:
    """Open a page without a network, and hold it to silence: no request, no error, no violation of its policy."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=theme, reduced_motion="reduce"
    )
    context.set_offline(True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.add_init_script(
        "window.__violations = [];"
        "document.addEventListener('securitypolicyviolation', (e) => window.__violations.push(e.violatedDirective));"
    )
    page.goto(path.as_uri() + fragment)
    page.wait_for_function("document.readyState === 'complete'")
    page.wait_for_timeout(150)
    yield page
    assert page.evaluate("window.__violations") == []
    assert said == []
    assert {url.split("#")[0] for url in asked} == {path.as_uri()}
    context.close()


@pytest.fixture(scope="module")
def ministry_page(page_of: Callable[[MapView], Path], ministry: MapView) -> Path:
    return page_of(ministry)


@pytest.fixture(scope="module")
def hostile_page(page_of: Callable[[MapView], Path], hostile: MapView) -> Path:
    return page_of(hostile)


def ink(page: Page, x: float, y: float) -> str:
    """The colour of the map's canvas at a point of its holder, as `#rrggbb`."""
    return page.evaluate(
        """async ([x, y]) => {
          await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
          const canvas = document.querySelector("#network canvas");
          const ratio = canvas.width / canvas.clientWidth;
          const pen = new OffscreenCanvas(1, 1).getContext("2d");
          pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--canvas");
          pen.fillRect(0, 0, 1, 1);
          pen.drawImage(canvas, -Math.round(x * ratio), -Math.round(y * ratio));
          const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
          return "#" + [r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("");
        }""",
        [x, y],
    )


def spot(page: Page, view: MapView, name: str) -> tuple[float, float]:
    """Where a node stands in the map's holder, in pixels."""
    node = next(node for node in view.nodes if name in (node.label, node.acronym))
    at = page.evaluate("(id) => document.querySelector('#network').ecosystem.spot(id)", node.id)
    return at["x"], at["y"]


def click_node(page: Page, view: MapView, name: str) -> None:
    x, y = spot(page, view, name)
    page.locator("#network").click(position={"x": x, "y": y})


def heading(page: Page) -> str:
    return page.locator("#profile h2").inner_text()


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
