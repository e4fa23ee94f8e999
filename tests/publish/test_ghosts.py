"""What is only supposed, and what is supposed to be gone: on the map, in its legend and in its tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pages import heading, ink, opened, spot

from ecosystem.publish.drawing import network_data
from ecosystem.publish.ghosts import both
from ecosystem.publish.layout import place
from ecosystem.publish.map import render_map
from ecosystem.publish.payload import legend
from ecosystem.publish.view import Kind, MapNode, MapTie, MapView, Relation

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOSTILE = '</script><img src=x onerror="window.__pwned=1">'


def view(nodes: tuple[MapNode, ...], ties: tuple[MapTie, ...]) -> MapView:
    return MapView("Map", nodes, ties, kinds=(Kind("k", "Kind"),), relations=(Relation("r", "ties"),))


CHILE, BANK, SPAIN = (MapNode(name, name.title(), "k", size=1.0) for name in ("chile", "bank", "spain"))
LAB = MapNode("lab", HOSTILE, "k", size=1.0)
BEFORE = view(
    (CHILE, replace(BANK, broker="connects them", broker_total=1, gaps=("a gap",)), SPAIN),
    (MapTie("t1", "chile", "bank", "r"), MapTie("t2", "bank", "spain", "r"), MapTie("t3", "chile", "spain", "r")),
)
AFTER = view(
    (CHILE, LAB, SPAIN),
    (MapTie("t3", "chile", "spain", "r"), MapTie("t4", "lab", "chile", "r")),
)


def test_both_views_are_one() -> None:
    found = both(BEFORE, AFTER)
    assert {node.id: node.ghost for node in found.nodes} == {
        "chile": "",
        "lab": "added",
        "spain": "",
        "bank": "removed",
    }
    assert {tie.id: tie.ghost for tie in found.ties} == {"t3": "", "t4": "added", "t1": "removed", "t2": "removed"}
    bank = found.nodes[-1]
    assert (bank.broker, bank.broker_total, bank.gaps) == ("", None, ()), "it is measured in no network any more"
    assert both(AFTER, AFTER) == AFTER


def test_lines_tell_them_apart() -> None:
    found = place(both(BEFORE, AFTER))
    nodes, edges, _ = network_data(found)
    added, removed = edges[1], edges[2]
    assert added["dashes"] and added["opacity"] == 1.0
    assert removed["dashes"] and removed["opacity"] < 0.5 and "dashes" not in edges[0]
    assert nodes[1]["shapeProperties"]["borderDashes"] and nodes[3]["opacity"] < 0.5
    assert legend(found)["ghosts"] == ["added", "removed"] and legend(BEFORE)["ghosts"] == []


def test_the_page_says_it_in_words_and_one_without_ghosts_does_not() -> None:
    page = render_map(place(both(BEFORE, AFTER)))
    assert "Dashed line: only supposed</li>" in page and "Pale and dotted: supposed to be gone</li>" in page
    assert page.count('<span class="quiet">supposed</span>') == 2
    assert page.count('<span class="quiet">supposed to be gone</span>') == 3
    assert HOSTILE not in page
    plain = render_map(place(BEFORE))
    assert "only supposed</li>" not in plain and '<span class="quiet">supposed' not in plain


@pytest.mark.browser
def test_in_a_browser(chromium: Browser, page_of: Callable[[MapView], Path]) -> None:
    found = place(both(BEFORE, AFTER))
    with opened(chromium, page_of(found)) as page:
        assert page.evaluate("window.__pwned") is None
        solid, gone = (ink(page, *spot(page, found, label)) for label in ("Chile", "Bank"))
        assert solid != gone, "what is gone is pale"
        marks = page.locator(".marks").inner_text()
        assert "Dashed line: only supposed" in marks and "Pale and dotted: supposed to be gone" in marks
        page.evaluate("location.hash = '#node=bank'")
        page.wait_for_function("document.querySelector('#profile h2')?.textContent === 'Bank'")
        assert heading(page) == "Bank" and "supposed to be gone" in page.locator("#profile").inner_text()
        assert page.locator("#ties tbody tr", has_text="supposed to be gone").count() == 2
