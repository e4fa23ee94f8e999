"""Pictures of what is seen, saved from a page in a real Chromium."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from pages import opened

from ecosystem.publish.view import MapView

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ELEMENTS = {"svg", "title", "desc", "g", "rect", "text", "circle", "polygon", "path", "line"}


def saved(page: Page, kind: str, folder: Path) -> Path:
    page.locator(".menu summary").click()
    with page.expect_download() as waiting:
        page.locator(f"[data-picture={kind}]").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def parsed(path: Path) -> ElementTree.Element:
    """The picture, held to plain shapes and texts: no link, no script, nothing from elsewhere."""
    root = ElementTree.fromstring(path.read_bytes())
    for element in root.iter():
        name = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
        assert name in ELEMENTS, name
        for attribute, value in element.attrib.items():
            assert "href" not in attribute and not attribute.startswith("on") and attribute != "style", attribute
            assert "url(" not in value and "javascript" not in value.lower(), value
    return root


def texts(root: ElementTree.Element) -> str:
    return "\n".join(element.text or "" for element in root.iter() if element.tag.endswith("text"))


def test_an_svg_holds_what_is_seen(chromium: Browser, ministry_page: Path, ministry: MapView, tmp_path: Path) -> None:
    with opened(chromium, ministry_page, "#view=gaps&hide=group:ESP") as page:
        path = saved(page, "svg", tmp_path)
        assert page.locator("#live").inner_text() == f"Saved: {path.name}"
        names = page.evaluate("document.querySelector('#network').ecosystem.names()")
    assert path.name == "who-connects-governments-on-artificial-intelligence-and-acro.svg"
    root = parsed(path)
    said = texts(root)
    lines = said.split("\n")
    assert " ".join(lines[:4]).startswith("Who connects governments on artificial intelligence")
    for name in names:
        assert all(word in said for word in name["text"].split()), name
    assert "Netherlands 1/2" in lines, "the legend, with the counts of the view"
    assert not any(line.startswith(("Spain", "is part of")) for line in lines), "without what is not to be seen"
    assert any(line.startswith("Sources: ") for line in lines)
    assert "2022-06-30 · map.html#view=gaps&hide=group:ESP" in lines
    marks = [element.text for element in root.iter() if element.tag.endswith("title")][1:]
    assert len(marks) == sum(node.group != "ESP" for node in ministry.nodes)


def test_a_picture_of_clusters_and_of_the_dark(chromium: Browser, ministry_page: Path, tmp_path: Path) -> None:
    with opened(chromium, ministry_page, "#fold=group:*", theme="dark") as page:
        root = parsed(saved(page, "svg", tmp_path))
    assert "Chile" in texts(root).split("\n")
    assert root[2].attrib["fill"] == "#161d25"


def test_a_png_is_twice_as_sharp(chromium: Browser, ministry_page: Path, tmp_path: Path) -> None:
    with opened(chromium, ministry_page, "#node=caf") as page:
        svg, png = parsed(saved(page, "svg", tmp_path)), saved(page, "png", tmp_path)
    assert png.name.endswith(".png")
    content = png.read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", content[16:24]) == tuple(
        2 * int(float(svg.attrib[side])) for side in ("width", "height")
    )
    assert len(content) > 50_000, "it is not blank"


def test_hostile_texts_are_texts_in_a_picture_too(
    chromium: Browser, hostile: MapView, page_of: Callable[[MapView], Path], tmp_path: Path
) -> None:
    odd = "\x00\x08 and \ufffe"
    nodes = (replace(hostile.nodes[0], label=hostile.nodes[0].label + odd), *hostile.nodes[1:])
    with opened(chromium, page_of(replace(hostile, nodes=nodes))) as page:
        path = saved(page, "svg", tmp_path)
        saved(page, "png", tmp_path)
        assert page.evaluate("window.__pwned") is None
    assert re.fullmatch(r"[a-z0-9-]+\.svg", path.name)
    root = parsed(path)
    assert "<script>window.__pwned = 1</script>" in texts(root).replace("\n", " ") or "__pwned" in texts(root)


def test_a_title_without_letters_gives_a_file_name_all_the_same(
    chromium: Browser, ministry: MapView, page_of: Callable[[MapView], Path], tmp_path: Path
) -> None:
    with opened(chromium, page_of(replace(ministry, title="../../هيئة: <>"))) as page:
        assert saved(page, "svg", tmp_path).name == "map.svg"
