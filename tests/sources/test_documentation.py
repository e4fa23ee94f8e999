"""The plans that the documentation shows are those that the tests read by, or plans at least."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_plans_in_the_documentation_are_those_that_are_tested() -> None:
    page = (ROOT / "docs" / "bring-your-data.md").read_text(encoding="utf-8")
    shown = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    tested = {path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "fixtures" / "plans").glob("*.toml")}
    assert sum(text in tested for text in shown) == 2
    assert all("file" in tomllib.loads(text) for text in shown)
