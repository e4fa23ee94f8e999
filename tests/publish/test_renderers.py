"""The two renderers in a real Chromium: the same page over both, and large maps that one alone draws smoothly."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from pages import click_node, heading, opened, spot

import ecosystem
from ecosystem.publish.drawing import chosen_renderer
from ecosystem.publish.layout import place
from ecosystem.publish.map import write_map
from ecosystem.publish.view import Evidence, Group, Grouping, Kind, MapNode, MapTie, MapView, Relation

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
EUROSIS = ROOT.parent / "shared" / "data" / "eurosis" / "eurosis.gexf"
RENDERERS = ("canvas", "webgl")
PATIENCE = 60  # seconds until a page that does nothing counts as broken
HOSTILE = "</script><img src=x onerror='window.__pwned=1'>"


@pytest.fixture(scope="module")
def opsi() -> MapView:
    return place(ecosystem.open(ROOT / "datasets" / "opsi").view())


@pytest.fixture(scope="module", params=RENDERERS)
def page_of(request: pytest.FixtureRequest, opsi: MapView, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_map(opsi, tmp_path_factory.mktemp("maps") / f"{request.param}.html", request.param)


def made_up(count: int, seed: int = 7) -> MapView:
    """A map of twenty countries; its first node has a hostile name, its last no tie."""
    dice = random.Random(seed)
    where = [dice.randrange(20) for _ in range(count)]
    ends = [(node, dice.randrange(count - 1)) for node in range(count - 1) for _ in range(2)]
    ties = tuple(
        MapTie(
            f"t{number}", f"n{one}", f"n{other}", "knows", (Evidence(f"Statement {number} {HOSTILE}", "A register"),)
        )
        for number, (one, other) in enumerate(ends)
        if one != other
    )
    nodes = tuple(
        MapNode(
            id=f"n{number}",
            label=f"Actor {number}" if number else HOSTILE,
            kind="office" if number % 3 else "firm",
            group=f"c{where[number]}",
            country=f"Country {where[number]}",
            size=dice.random() ** 8,
            broker_total=number % 50,
        )
        for number in range(count)
    )
    return MapView(
        "A made-up map",
        nodes,
        ties,
        kinds=(Kind("office", "Office", "Public", "square"), Kind("firm", "Firm", "Private", "triangle")),
        relations=(Relation("knows", "knows", "is known by", "#0072b2"),),
        grouping=Grouping("Country", tuple(Group(f"c{number}", f"Country {number}") for number in range(20))),
    )


@pytest.fixture(scope="module")
def large() -> MapView:
    return place(made_up(3000))


@pytest.fixture(scope="module")
def large_page(large: MapView, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_map(large, tmp_path_factory.mktemp("maps") / "large.html")


def test_a_canvas_draws_small_maps_and_webgl_all_others() -> None:
    assert [chosen_renderer(made_up(count)) for count in (300, 450)] == ["canvas", "webgl"]
    assert chosen_renderer(made_up(300), "webgl") == "webgl"


def names(page: Page) -> list[str]:
    found: list[str] = page.evaluate("document.querySelector('#network').ecosystem.names().map((one) => one.text)")
    return sorted(found)


def settled(page: Page) -> None:
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_both_renderers_write_the_same_names_at_the_same_places(
    chromium: Browser, opsi: MapView, tmp_path: Path
) -> None:
    told = []
    for renderer in RENDERERS:
        with opened(chromium, write_map(opsi, tmp_path / f"{renderer}.html", renderer)) as page:
            settled(page)
            assert page.locator("#network").get_attribute("data-renderer") == renderer
            at_rest, place_of = names(page), spot(page, opsi, "OECD")
            page.locator(".chip").first.click()
            settled(page)
            told.append((at_rest, names(page), tuple(round(part) for part in place_of)))
    assert told[0] == told[1]
    assert len(told[0][0]) > 20


def test_a_click_opens_a_node_and_one_beside_it_closes(chromium: Browser, page_of: Path, opsi: MapView) -> None:
    with opened(chromium, page_of) as page:
        settled(page)
        click_node(page, opsi, "OECD")
        assert heading(page) == "Organisation for Economic Co-operation and Development"
        page.locator("#network").click(position={"x": 4, "y": 4})
        page.locator("#profile").wait_for(state="hidden")


def clearest_tie(view: MapView) -> MapTie:
    """The tie whose middle is farthest from all nodes and from the middles of all other ties."""
    at = {node.id: np.array((node.x, node.y)) for node in view.nodes}
    middles = [(at[tie.source] + at[tie.target]) / 2 for tie in view.ties]
    others = np.array([*at.values(), *middles])
    apart = [np.sort(np.hypot(*(others - middle).T))[1] for middle in middles]
    return view.ties[int(np.argmax(apart))]


def test_a_click_on_a_tie_opens_it(chromium: Browser, page_of: Path, opsi: MapView) -> None:
    tie = clearest_tie(opsi)
    label = {node.id: node.label for node in opsi.nodes}
    with opened(chromium, page_of) as page:
        settled(page)
        one, other = spot(page, opsi, label[tie.source]), spot(page, opsi, label[tie.target])
        page.locator("#network").click(position={"x": (one[0] + other[0]) / 2, "y": (one[1] + other[1]) / 2})
        assert page.url.split("#")[1] == f"tie={tie.id}"
        assert label[tie.source] in page.locator("#profile").inner_text()


def test_the_pointer_over_a_node_fades_the_rest(chromium: Browser, page_of: Path, opsi: MapView) -> None:
    with opened(chromium, page_of) as page:
        settled(page)
        before = names(page)
        x, y = spot(page, opsi, "NCA")
        page.locator("#network").hover(position={"x": x, "y": y})
        page.wait_for_timeout(200)
        assert page.evaluate("document.querySelector('#network').style.cursor") == "pointer"
        assert names(page) != before
        assert "Netherlands Court of Audit (NCA)" in names(page)


def test_a_filter_and_the_address_work_over_both(chromium: Browser, page_of: Path) -> None:
    with opened(chromium, page_of, "#view=gaps") as page:
        page.locator(".toggle[data-list=group]", has_text="Chile").click()
        settled(page)
        assert "DO" not in names(page)
        assert "hide=group:Chile" in page.url and "view=gaps" in page.url


def test_dragging_moves_the_map_and_zooming_brings_more_names(chromium: Browser, page_of: Path, opsi: MapView) -> None:
    with opened(chromium, page_of) as page:
        settled(page)
        x, y = spot(page, opsi, "OECD")
        box = page.locator("#network").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 40, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + 100, box["y"] + 80, steps=4)
        page.mouse.up()
        page.wait_for_timeout(300)
        moved = spot(page, opsi, "OECD")
        assert abs(moved[0] - x - 60) < 3 and abs(moved[1] - y - 40) < 3
        few = len(names(page))
        for _ in range(3):
            page.locator("[data-zoom=in]").click()
        settled(page)
        assert len(names(page)) > few


def test_a_large_map_is_drawn_by_webgl_with_tables_a_page_at_a_time(chromium: Browser, large_page: Path) -> None:
    with opened(chromium, large_page) as page:
        assert page.locator("#network").get_attribute("data-renderer") == "webgl"
        assert page.locator("#actors tbody tr").count() == 0
        page.locator("#actors-table").evaluate("(table) => table.scrollIntoView()")
        page.wait_for_selector("#actors tbody tr")
        assert page.locator("#actors tbody tr").count() == 100
        assert "Rows 1 to 100 of 3,000 shown, of 3,000 in all" in page.locator("#actors-shown").inner_text()
        page.locator("section", has=page.locator("#actors")).get_by_role("button", name="Further rows").click()
        assert "Rows 101 to 200" in page.locator("#actors-shown").inner_text()
        page.locator("#actors th button", has_text="Pairs it connects").click()
        page.locator("#actors th button", has_text="Pairs it connects").click()
        assert page.locator("#actors tbody tr").first.locator("td.number").nth(1).inner_text() == "49"
        assert page.evaluate("window.__pwned") is None


def test_every_crowded_area_is_named_at_rest(chromium: Browser, large_page: Path, large: MapView) -> None:
    with opened(chromium, large_page) as page:
        settled(page)
        there = set(names(page))
    crowd = Counter(node.country for node in large.nodes)
    assert min(crowd.values()) > 100
    assert set(crowd) <= there


def test_a_large_map_finds_shows_and_proves(chromium: Browser, large_page: Path) -> None:
    with opened(chromium, large_page) as page:
        page.locator("#search").fill("Actor 1234")
        page.keyboard.press("Enter")
        assert heading(page) == "Actor 1234"
        page.locator("#profile .disclose").first.click()
        assert "Statement" in page.locator("#profile .proof:visible").inner_text()
        page.get_by_role("button", name="Show in the table").click()
        assert page.evaluate("document.activeElement.textContent") == "Actor 1234"
        page.locator(".toggle[data-list=kind]").first.click()
        assert "of 3,000 in all" in page.locator("#actors-shown").inner_text()
        assert page.locator("#actors-shown").inner_text() != "Rows 1 to 100 of 3,000 shown, of 3,000 in all"


WITHOUT_WEBGL = """
const plain = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.includes("webgl") ? null : plain.call(this, kind, ...more);
};
"""

# Frames come late, as on a computer without a graphics processor; each drawing of nodes and of ties is counted.
SLOW_AND_COUNTED = """
window.drawn = { "sigma-nodes": 0, "sigma-edges": 0 };
for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext]) {
  for (const name of ["drawArrays", "drawArraysInstanced"]) {
    const draw = prototype[name];
    prototype[name] = function (...given) {
      window.drawn[this.canvas.className] += 1;
      return draw?.apply(this, given);
    };
  }
}
const nextFrame = window.requestAnimationFrame;
window.requestAnimationFrame = (work) => nextFrame(() => setTimeout(() => nextFrame(work), 150));
"""


def test_a_slow_computer_moves_a_map_of_many_ties_without_them_and_then_draws_all(
    chromium: Browser, tmp_path: Path
) -> None:
    path = write_map(place(made_up(11_000)), tmp_path / "many.html")
    with opened(chromium, path, script=SLOW_AND_COUNTED) as page:

        def drawn() -> tuple[int, int]:
            found: dict[str, int] = page.evaluate("window.drawn")
            return found["sigma-nodes"], found["sigma-edges"]

        def wait_until(holds: Callable[[], bool]) -> None:
            deadline = time.monotonic() + PATIENCE
            while not holds():
                assert time.monotonic() < deadline, drawn()
                page.wait_for_timeout(50)

        wait_until(lambda: drawn()[1] > 0)
        assert drawn()[0] == drawn()[1], "both are drawn when all is in place, and not before"

        ways = cycle(("in", "out"))

        def moves_without_ties() -> bool:
            page.locator(f"[data-zoom={next(ways)}]").evaluate("(button) => button.click()")
            return drawn()[0] > drawn()[1]

        wait_until(moves_without_ties)
        before = drawn()[1]
        wait_until(lambda: drawn()[1] > before)


def test_without_webgl_a_still_picture_says_why_and_can_be_asked(
    chromium: Browser, large_page: Path, large: MapView
) -> None:
    with opened(chromium, large_page, script=WITHOUT_WEBGL) as page:
        assert page.locator("#network").get_attribute("data-renderer") == "still"
        assert "has no WebGL" in page.locator(".no-webgl").inner_text()
        page.wait_for_timeout(500)
        x, y = spot(page, large, "Actor 77")
        page.locator("#network canvas").click(position={"x": x, "y": y})
        assert page.locator("#profile").is_visible()


def test_what_webgl_draws_is_on_paper_too(chromium: Browser, large_page: Path) -> None:
    with opened(chromium, large_page) as page:
        settled(page)
        colours = page.evaluate(
            """() => {
              dispatchEvent(new Event("beforeprint"));
              const paper = document.querySelector("canvas.printed");
              const { data } = paper.getContext("2d").getImageData(0, 0, paper.width, paper.height);
              const seen = new Set(new Uint32Array(data.buffer)).size;
              dispatchEvent(new Event("afterprint"));
              return seen;
            }"""
        )
        assert colours > 100
        assert page.locator("canvas.printed").count() == 0


def test_eurosis_is_drawn_by_webgl(chromium: Browser, tmp_path: Path) -> None:
    if not EUROSIS.is_file():
        pytest.skip("EuroSiS is no part of the project")
    view = place(ecosystem.open(EUROSIS).view())
    with opened(chromium, write_map(view, tmp_path / "eurosis.html")) as page:
        settled(page)
        assert page.locator("#network").get_attribute("data-renderer") == "webgl"
        assert len(names(page)) > 10
