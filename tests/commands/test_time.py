"""`ecosystem timeline`, `ecosystem diff` and windows of time, as people run them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

OPSI = Path(__file__).resolve().parents[2] / "datasets" / "opsi"


def test_the_bundled_data_year_by_year(run) -> None:
    rows = json.loads(run("timeline", "--from", "2018", "--to", "2022", "-f", "json").stdout)
    assert [row["year"] for row in rows] == [2018, 2019, 2020, 2021, 2022]
    assert rows[-1]["pairs"] > rows[0]["pairs"] and rows[-1]["broker"]
    result = run("timeline")
    assert result.exit_code == 0 and "bear no date and are in no year" in result.stderr


@pytest.mark.parametrize("arguments", [("--as-of", "2020", "--from", "2019"), ("--from", "2021-05", "--to", "2020")])
def test_windows_that_are_none(run, arguments: tuple[str, ...]) -> None:
    result = run("brokers", *arguments)
    assert result.exit_code == 2 and "Traceback" not in result.output


def test_a_window_of_time_leaves_later_ties_out(run) -> None:
    early, all_ = (json.loads(run("cohesion", *more, "-f", "json").stdout) for more in (("--to", "1990"), ()))
    ties = [next(row["value"] for row in rows if row["measure"] == "ties") for rows in (early, all_)]
    assert 0 < ties[0] < ties[1]


def test_two_editions(run, tmp_path: Path) -> None:
    new = tmp_path / "opsi"
    shutil.copytree(OPSI, new)
    lines = (new / "relationships.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (new / "relationships.csv").write_text("".join(lines[:1] + lines[2:]), encoding="utf-8")
    pages = [tmp_path / "changes.md", tmp_path / "changes.html"]
    result = run("diff", str(OPSI), str(new), "--page", str(pages[0]), "--page", str(pages[1]), "-f", "json")
    assert result.exit_code == 0 and "1 tie removed" in result.stderr
    (gone,) = [row for row in json.loads(result.stdout) if row["about"] == "tie"]
    assert gone["change"] == "removed" and gone["subject"].startswith("OECD Public Governance Directorate is part of")
    assert all("Ties removed" in page.read_text(encoding="utf-8") for page in pages)
    same = run("diff", str(OPSI), str(OPSI))
    assert same.stdout == "" and "Both editions say the same." in same.stderr
    assert run("diff", str(OPSI), str(new), "--page", "changes.pdf").exit_code == 2
    assert run("diff", str(OPSI), str(tmp_path / "missing")).exit_code == 3


def test_same_bytes_whatever_the_hash_seed(program, tmp_path: Path) -> None:
    new = tmp_path / "opsi"
    shutil.copytree(OPSI, new)
    lines = (new / "relationships.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (new / "relationships.csv").write_text("".join(lines[:1] + lines[12:]), encoding="utf-8")
    told = [program("diff", str(OPSI), str(new), seed=seed) for seed in ("0", "7")]
    assert told[0].returncode == 0 and told[0].stdout and told[0].stdout == told[1].stdout
