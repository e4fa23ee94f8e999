"""Draw the map of the bundled data as README shows it: python docs/picture.py (needs the test tools)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import ecosystem

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from browser import find_chromium  # noqa: E402

with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    page_file = ecosystem.open().map(Path(folder) / "map.html")
    with playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"]) as chromium:
        page = chromium.new_page(viewport={"width": 1360, "height": 820})
        page.goto(page_file.as_uri())
        page.wait_for_timeout(1500)  # the page's own policy forbids a script of ours to wait for it
        page.screenshot(path=ROOT / "docs" / "images" / "map.png")
