"""What a reader takes along: link, citation, command line, code to embed; and the embedded page itself."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pages import opened

import ecosystem
from ecosystem.commands import cli
from ecosystem.publish.view import MapView

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def copied(page: Page, what: str) -> str:
    page.evaluate("document.execCommand = () => { window.__copied = document.activeElement.value; return true; }")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })")
    page.evaluate("window.__copied = undefined")
    page.locator(".menu summary").click()
    page.locator(f"[data-copy={what}]").click()
    page.locator(".menu summary").click()
    text = page.evaluate("window.__copied")
    assert isinstance(text, str)
    return text


def test_the_link_and_the_citation(chromium: Browser, ministry_page: Path, ministry: MapView) -> None:
    with opened(chromium, ministry_page, "#view=brokers") as page:
        assert copied(page, "link") == page.url
        citation = copied(page, "citation")
        sources = "; ".join(source.title for source in ministry.sources)
        assert citation == (
            f"{ministry.title}. Interactive map. Data of 2022-06-30. Sources: {sources}. map.html#view=brokers"
        )


@pytest.mark.parametrize(
    ("fragment", "command"),
    [
        ("", "ecosystem map -d datasets/opsi --output map.html"),
        ("#node=nasa", "ecosystem show nasa --evidence -d datasets/opsi"),
        ("#node=caf", "ecosystem brokers --actor caf --evidence --by country -d datasets/opsi"),
        ("#path=caf,nasa", "ecosystem path caf nasa --evidence -d datasets/opsi"),
        ("#tie=rel-0000", "ecosystem show opsi --evidence -d datasets/opsi"),
        ("#view=gaps", "ecosystem gaps -d datasets/opsi"),
        ("#view=borders", "ecosystem map -d datasets/opsi --output map.html"),
    ],
)
def test_the_command_that_repeats_what_is_seen(
    chromium: Browser, ministry_page: Path, fragment: str, command: str
) -> None:
    with opened(chromium, ministry_page, fragment) as page:
        assert copied(page, "command") == command


def test_names_cannot_break_out_of_a_command_or_an_embedding(
    chromium: Browser, hostile_page: Path, hostile: MapView
) -> None:
    with opened(chromium, hostile_page) as page:
        page.locator("#actors tbody th a", has_text="alert(1)").first.click()
        words = shlex.split(copied(page, "command").removeprefix(hostile.title), comments=False)
        assert "'; alert(1); //" in words
        code = copied(page, "embed")
        assert code.count("<") == 2 and code.count(">") == 2 and code.startswith('<iframe src="map.html?embed=1#')
        assert code.count('"') == 10


def test_an_embedded_map_is_the_map_its_search_and_its_panel(
    chromium: Browser, ministry_page: Path, ministry: MapView
) -> None:
    for size in ((1200, 640), (600, 500)):
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
        page = context.new_page()
        page.goto(f"{ministry_page.as_uri()}?embed=1#node=caf")
        page.wait_for_timeout(200)
        for hidden in (".glance", ".tools", ".sheet", ".legend", "#years"):
            assert not page.locator(hidden).first.is_visible(), hidden
        assert page.locator("#search").is_visible() and page.locator("#profile").is_visible()
        whole = page.locator("#whole-page")
        assert whole.is_visible()
        assert whole.get_attribute("href") == f"{ministry_page.as_uri()}#node=caf"
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Escape")
        box = page.locator("#network").bounding_box()
        assert box is not None and box["height"] > size[1] / 2
        assert whole.get_attribute("href") == f"{ministry_page.as_uri()}#all"
        context.close()


def test_the_commands_that_a_map_names_run() -> None:
    view = ecosystem.open("datasets/opsi").view()
    names = {"{node}": "oecd", "{from}": "caf", "{to}": "nasa"}
    assert view.commands
    for name, command in view.commands.items():
        words = [names.get(word, word) for word in command.split()][1:]
        told = CliRunner().invoke(cli, words)
        assert told.exit_code == 0 and told.stdout, (name, told.output)


def test_the_menu_by_keyboard(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page) as page:
        menu = page.locator(".menu")
        menu.locator("summary").focus()
        page.keyboard.press("Enter")
        assert menu.evaluate("menu => menu.open")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.copy") == "link"
        page.keyboard.press("Escape")
        assert not menu.evaluate("menu => menu.open")
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
