"""`ecosystem whatif` as people run it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest


def test_what_is_lost_is_said_first_then_shown_number_by_number(run) -> None:
    result = run("whatif", "--remove", "CAF")
    assert result.exit_code == 0
    assert result.stdout.startswith("Without CAF – Development Bank of Latin America: ")
    assert "no longer connected at all" in result.stdout
    assert "about" in result.stdout and "pairs connected" in result.stdout


def test_json_has_every_number(run) -> None:
    rows = json.loads(run("whatif", "--remove", "CAF", "--top", "0", "-f", "json").stdout)
    whole = {row["measure"]: row for row in rows if row["about"] == "network"}
    assert whole["actors"]["change"] == -1 and whole["pairs connected"]["change"] < 0
    assert all(row["change"] is None or row["change"] == row["after"] - row["before"] for row in rows)


def test_best_ties_are_a_patch(run, tmp_path: Path) -> None:
    path = tmp_path / "patch.csv"
    arguments = ("--best-ties", "3", "--between", "Latin America", "--and", "Europe", "-f", "csv")
    result = run("whatif", *arguments, "-o", str(path))
    assert result.exit_code == 0
    best = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert len(best) == 3 and all(row["why"] for row in best)
    rows = json.loads(run("whatif", str(path), "-f", "json").stdout)
    tied = next(row for row in rows if row["measure"] == "pairs with a tie")
    assert tied["change"] == 3
    # With them supposed, the same question counts the pairs that they brought.
    words = run("whatif", *arguments[:-2])
    assert words.stdout.startswith("1. ") and "Why:" in words.stdout
    assert "Objective: pairs of actors across the two sides that are within two steps" in words.stderr


def test_a_map_with_ghosts(run, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    result = run("whatif", "--remove", "CAF", "--add", "OPSI partnersWith 'Data Observatory'", "--map", str(path))
    assert result.exit_code == 0 and f"Written: {path}" in result.stderr
    page = path.read_text(encoding="utf-8")
    assert "Dashed line: only supposed" in page and "Pale and dotted: supposed to be gone" in page


def test_what_is_wrong_is_one_line_each_with_its_place(run, tmp_path: Path) -> None:
    path = tmp_path / "patch.csv"
    path.write_text("change,subject,relation,object\nadd,CAF,partnersWith,Nobody\nmove,a,b,c\n", encoding="utf-8")
    result = run("whatif", str(path))
    assert result.exit_code == 3
    assert result.stderr == f'Error: {path}:3: change "move" is neither add nor remove. Mend the row.\n'


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--best-ties", "3"),
        ("--best-ties", "3", "--between", "Europe"),
        ("--remove", "CAF", "--between", "Europe", "--and", "EU"),
        ("--remove", "CAF", "--best-ties", "2", "--between", "Chile", "--and", "Europe"),
        ("--remove", "CAF", "--top", "-1"),
        ("--best-ties", "2", "--between", "Chile", "--and", "Europe", "--map", "map.html"),
    ],
)
def test_what_does_not_go_together_is_said(run, arguments: tuple[str, ...]) -> None:
    result = run("whatif", *arguments)
    assert result.exit_code == 2 and "Traceback" not in result.output


def test_same_bytes_whatever_the_hash_seed(program) -> None:
    told = [program("whatif", "--remove", "OECD", "--top", "5", seed=seed) for seed in ("0", "7")]
    assert told[0].returncode == 0 and told[0].stdout == told[1].stdout and told[0].stderr == told[1].stderr
