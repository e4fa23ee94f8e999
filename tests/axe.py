"""The accessibility checker axe-core, for tests alone: got once from the npm registry, checked, kept in a cache.

`violations(page)` says what it finds on an open page. No copy of axe-core (MPL-2.0) is part of the project.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

VERSION = "4.14.1"
INTEGRITY = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="  # sha512
MEMBER = "package/axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LIMIT = 120  # seconds


def violations(page: Page, *, within: str = "", but: tuple[str, ...] = ()) -> list[str]:
    """Return what axe-core finds wrong with a page as it is now: a line for each rule, with the first elements.

    Parameters
    ----------
    within
        A CSS selector of what is looked at; the whole page by default.
    but
        Rules that are left out; whoever leaves one out says why beside it.
    """
    page.evaluate(axe_core())
    found: list[dict[str, Any]] = page.evaluate(
        """async ([within, standards, but]) => {
          const rules = Object.fromEntries(but.map((rule) => [rule, { enabled: false }]));
          const options = { runOnly: { type: "tag", values: standards }, rules, resultTypes: ["violations"] };
          return (await axe.run(within || document, options)).violations;
        }""",
        [within, STANDARDS, list(but)],
    )
    return [f"{one['id']} ({one['impact']}): {one['help']}: {_where(one['nodes'])}" for one in found]


@cache
def axe_core() -> str:
    """Return axe-core's script; where it cannot be had the test is skipped, or fails if CI=true and npm is there."""
    kept = _cache() / f"axe-core-{VERSION}.min.js"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            fresh = Path(folder) / kept.name
            fresh.write_bytes(_unpacked(_packed(Path(folder))))
            fresh.replace(kept)
    return kept.read_text(encoding="utf-8")


def _cache() -> Path:
    named = os.environ.get("ECOSYSTEM_TEST_CACHE") or os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "ecosystem-mapper-tests"


def _packed(folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("axe-core is got by npm, and there is no npm.")
    command = [npm, "pack", f"axe-core@{VERSION}", "--silent"]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LIMIT, check=False)
    found = list(folder.glob("*.tgz"))
    if not found:
        said = f"npm could not get axe-core {VERSION}: {told.stderr.strip()[-300:]}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(said)
    return found[0]


def _unpacked(package: Path) -> bytes:
    digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    assert digest == INTEGRITY, f"this is not the axe-core {VERSION} that was chosen: sha512-{digest}"
    with tarfile.open(package) as archive:
        script = archive.extractfile(MEMBER)
        assert script is not None
        return script.read()


def _where(nodes: list[dict[str, Any]]) -> str:
    shown = "; ".join(" ".join(map(str, node["target"])) for node in nodes[:3])
    return shown + (f" and {len(nodes) - 3} more" if len(nodes) > 3 else "")
