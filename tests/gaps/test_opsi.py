"""The page that judges the findings on the bundled data speaks of all of them, and of no others."""

from __future__ import annotations

import re
from pathlib import Path

from ecosystem.api import Ecosystem

PAGE = Path(__file__).resolve().parents[2] / "docs" / "opsi-gaps.md"


def test_every_finding_has_its_verdict(opsi: Ecosystem) -> None:
    rows = re.findall(r"^\| (.+?) \| (\d+) \| (.+?) \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sum(int(count) for _, count, _, _ in rows) == len(opsi.gaps())
    assert all(re.search(r"\*\*(right|unrecorded|debatable)\*\*", verdict) for *_, verdict in rows)
    assert all(re.search(r"\b[AB], |own description|dates of the sources", passage) for _, _, passage, _ in rows)


def test_evidence_of_absence_occurs_and_is_sourced(opsi: Ecosystem) -> None:
    denied = opsi.gaps().where(lambda gap: bool(gap.record))
    assert len(denied) == 4
    for one in opsi.evidence(denied["record"]):
        assert one.certainty == "denied" and one.source and one.locator and one.statement
