"""Pages in a real Chromium with the network off: how tests open them and look at the map."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ecosystem.publish.view import MapView

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESKTOP, PHONE = (1440, 900), (390, 844)


@contextmanager
def opened(
    chromium: Browser,
    path: Path,
    fragment: str = "",
    size: tuple[int, int] = DESKTOP,
    theme: str = "light",
    script: str = "",
) -> Iterator[Page]:
    """Open a page without a network, and hold it to silence: no request, no error, no violation of its policy.

    `script` runs before those of the page.
    """
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=theme, reduced_motion="reduce"
    )
    context.set_offline(True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    # "verbose" are the browser's own hints, as of the layout that a test's question forces.
    page.on("console", lambda one: one.type == "verbose" or said.append(f"{one.type}: {one.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.add_init_script(
        "window.__violations = [];"
        "document.addEventListener('securitypolicyviolation', (e) => window.__violations.push(e.violatedDirective));"
    )
    page.add_init_script(script)
    page.goto(path.as_uri() + fragment)
    page.wait_for_function("document.readyState === 'complete'")
    page.wait_for_timeout(150)
    yield page
    violations = page.evaluate("window.__violations")
    assert violations == [], violations
    assert said == [], said
    assert {url.split("#")[0] for url in asked} == {path.as_uri()}
    context.close()


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
