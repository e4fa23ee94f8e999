"""`convert`: any data in, another format out; data on stdout, what is left out on stderr."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from ecosystem.resources import datasets_folder


def test_a_file_by_its_suffix(run, tmp_path: Path) -> None:
    target = tmp_path / "opsi.gexf"
    result = run("convert", "-o", str(target))
    assert result.exit_code == 0 and result.stdout == f"{target}\n"
    assert result.stderr == (
        "Left out, as gexf has no place for it: 10 figures; of the data set: title, licence, date.\n"
    )
    assert target.read_text().startswith("<?xml")


def test_standard_output_has_data_only(run) -> None:
    result = run("convert", "--to", "graphology", "-o", "-")
    with (datasets_folder() / "opsi" / "relationships.csv").open(encoding="utf-8", newline="") as file:
        stated = sum(1 for _ in csv.DictReader(file))
    assert result.exit_code == 0 and len(json.loads(result.stdout)["edges"]) == stated
    assert result.stderr.startswith("Left out, as graphology has no place for it: 10 figures.")
    assert run("convert", "--to", "turtle", "-o", "-").stderr == ""


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["-o", "x.json"], 3, "x.json: the name may be kumu, graphology, node-link. Name one:"),
        (["-o", "x.xyz"], 3, "x.xyz: the name does not say in which format to write."),
        (["-o", "-"], 2, "Name a format with --to"),
        (["--to", "word", "-o", "x"], 3, "There is no format called 'word'."),
        (["--to", "xlsx", "-o", "-"], 2, "xlsx is no single text"),
        (["--to", "gephi", "-o", "-"], 2, "gephi is no single text"),
        (["--to", "gephi", "-o", "no/such/folder"], 3, "no/such/folder: cannot be made"),
        (["--to", "graphml", "-o", "no/such/file.graphml"], 3, "no/such/file.graphml: cannot be written"),
    ],
)
def test_mistakes(run, arguments: list[str], code: int, expected: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("convert", *arguments)
    assert result.exit_code == code and expected in result.stderr, result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_written_anew_or_file_by_file(run, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    for _ in range(2):
        assert run("convert", "--to", "dataset", "-o", str(folder)).exit_code == 0
        (folder / "notes.txt").write_text("kept")
    assert sorted(path.name for path in folder.iterdir()) == [
        *("actors.csv", "dataset.toml", "figures.csv", "initiatives.csv", "notes.txt", "relationships.csv"),
        "sources.csv",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


@pytest.mark.parametrize("form", ["graphml", "jsonld", "pajek", "xlsx", "dataset"])
def test_bytes_do_not_hang_on_the_hash_seed(form: str, program, tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        target = tmp_path / seed
        assert program("convert", "--to", form, "-o", str(target), seed=seed).returncode == 0
        files = sorted(target.iterdir()) if target.is_dir() else [target]
        made.append([path.read_bytes() for path in files])
    assert made[0] == made[1]
