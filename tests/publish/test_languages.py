"""Pages in other languages, in a real Chromium: the words, the numbers, the direction of reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pages import PHONE, heading, opened, spot

import ecosystem
from ecosystem.publish.view import MapView

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ATTRIBUTION = ("en", "81 actors from 19 countries"), ("fr", "81 acteurs de 19 pays"), ("es", "81 actores de 19 países")


@pytest.mark.parametrize(("language", "said"), [*ATTRIBUTION, ("ar", "الجهات: 81، من بلدان عددها 19")])
def test_a_map_says_what_it_shows_in_its_language(language: str, said: str) -> None:
    view = ecosystem.open("datasets/opsi", language=language).view()
    assert said in view.sentence and view.language == language
    assert (f" --language {language}" in view.command) == (language != "en")
    words = {broker.words for broker in view.brokers if broker.words}
    assert words and all(("connects" in one) == (language == "en") for one in words)


@pytest.mark.browser
@pytest.mark.parametrize(("language", "button"), [("fr", "Frontières"), ("es", "Fronteras")])
def test_the_page_speaks_it(
    chromium: Browser, ministry: MapView, page_of: Callable[[MapView], Path], language: str, button: str
) -> None:
    with opened(chromium, page_of(replace(ministry, language=language)), "#node=caf") as page:
        page.get_by_role("button", name=button).click()
        assert page.evaluate("document.documentElement.lang") == language
        text = page.locator("body").inner_text()
        for english in ("Search", "Whole map", "Legend", "Evidence", "Close", "Show everything", "undefined"):
            assert english not in text, english


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1440, 900), PHONE])
def test_arabic_is_read_from_right_to_left(
    chromium: Browser, ministry: MapView, page_of: Callable[[MapView], Path], size: tuple[int, int]
) -> None:
    with opened(chromium, page_of(replace(ministry, language="ar")), size=size) as page:
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        if size != PHONE:
            rail, side = (page.locator(part).bounding_box() for part in (".rail", ".side"))
            assert rail is not None and side is not None and side["x"] < rail["x"], "the panel stands on the left"
            first, last = (page.locator(f"#year-{end}") for end in ("first", "last"))
            box = page.locator(".range").bounding_box()
            assert box is not None
            page.mouse.move(box["x"] + box["width"] - 9, box["y"] + 13)
            page.mouse.down()
            page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 13, steps=4)
            page.mouse.up()
            assert int(first.input_value()) > 2012 and last.input_value() == "2024", "years run from the right"
        x, y = spot(page, ministry, "CAF")
        page.locator("#network").click(position={"x": x, "y": y})
        assert heading(page) == "Development Bank of Latin America"
