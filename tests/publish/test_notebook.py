"""Maps and networks in a notebook: framed, escaped, and alive in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ecosystem.api import Ecosystem
from ecosystem.network import ActorNetwork
from ecosystem.publish.notebook import MapPage

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EVIL = '"><script>window.__pwned = 1</script>'


def test_a_map_can_be_saved_after_it_was_looked_at(opsi: Ecosystem, tmp_path: Path) -> None:
    page = opsi.map(title="Ours")
    assert isinstance(page, MapPage)
    assert len(repr(page)) < 100
    saved = page.save(tmp_path / "map.html")
    assert saved.read_bytes() == opsi.map(tmp_path / "other.html", title="Ours").read_bytes()


def test_hostile_titles_and_names_are_escaped() -> None:
    assert MapPage(EVIL, EVIL)._repr_html_().count("<") == 2
    network = ActorNetwork(
        ids=("a", "b"),
        labels=(EVIL, "B"),
        is_initiative=np.array([False, True]),
        attributes={"type": (EVIL, None)},
        tails=np.array([0], np.int32),
        heads=np.array([1], np.int32),
        relations=("r",),
        records=((),),
        strengths=np.ones(1),
        directed=np.ones(1, np.bool_),
        via=("",),
        notes=(EVIL,),
    )
    shown = network._repr_html_()
    assert "<script" not in shown
    assert "<strong>1 actor, 1 initiative, 1 tie, 0 nodes without any</strong>" in shown


@pytest.mark.browser
def test_the_map_works_in_its_frame(chromium: Browser, opsi: Ecosystem, tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><title>n</title>{opsi.map()._repr_html_()}", encoding="utf-8")
    context = chromium.new_context()
    context.set_offline(True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(notebook.as_uri())
    frame = page.frames[1]
    frame.fill("#search", "CAF")
    frame.press("#search", "Enter")
    frame.wait_for_selector("#profile h2")
    assert frame.inner_text("#profile h2") == "CAF – Development Bank of Latin America"
    assert said == []
    context.close()
