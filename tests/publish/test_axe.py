"""axe-core finds nothing on the map page, whatever it shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe import violations
from pages import DESKTOP, PHONE, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("fragment", ["", "#node=caf", "#tie=rel-0001", "#view=borders", "#view=communities"])
def test_the_map_is_for_everyone(
    chromium: Browser, ministry_page: Path, fragment: str, size: tuple[int, int], theme: str
) -> None:
    with opened(chromium, ministry_page, fragment, size=size, theme=theme) as page:
        assert violations(page) == []


def test_it_is_not_blind(chromium: Browser, ministry_page: Path) -> None:
    with opened(chromium, ministry_page) as page:
        page.evaluate("document.querySelector('#search').labels[0].remove()")
        page.evaluate("document.querySelector('#search').removeAttribute('placeholder')")
        assert any(line.startswith("label (") for line in violations(page))
