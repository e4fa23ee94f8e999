"""The main job: statements in; RDF graph, brokers, gaps and map out; the same bytes every time."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest

FILES = ("graph.trig", "brokers.csv", "gaps.csv", "map.html")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    from click.testing import CliRunner

    from ecosystem.commands import cli

    folder = tmp_path_factory.mktemp("built") / "deep" / "er"
    result = CliRunner().invoke(cli, ["build", "-o", str(folder)])
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == str(folder / "map.html"), "the map's path comes last"
    assert "Brokers by country" in result.stdout and "Gaps (" in result.stdout
    return folder


def test_all_files_are_there_and_hold_together(built: Path) -> None:
    assert sorted(path.name for path in built.iterdir()) == sorted(FILES)
    quads = list(ox.parse(path=built / "graph.trig", format=ox.RdfFormat.TRIG))
    records = {q.subject for q in quads if q.predicate.value.endswith("#predicate")}
    assert len(records) > 300
    assert list(csv.DictReader((built / "brokers.csv").open(encoding="utf-8")))
    assert (built / "map.html").read_text(encoding="utf-8").startswith("<!doctype html>") or (
        built / "map.html"
    ).read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_the_graph_can_be_read_back_and_gives_the_same_brokers(built: Path, run) -> None:
    from_tables = run("brokers", "--top", "0", "-f", "csv").stdout
    from_graph = run("brokers", "-d", str(built / "graph.trig"), "--top", "0", "-f", "csv").stdout
    assert from_graph == from_tables


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_the_same_bytes_whatever_the_hash_seed(built: Path, program, tmp_path: Path, seed: str) -> None:
    done = program("build", "-o", str(tmp_path), seed=seed)
    assert done.returncode == 0, done.stderr
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes(), f"{name} differs"


def test_a_real_kumu_map_goes_all_the_way(shared_data: Path, run, tmp_path: Path) -> None:
    source = shared_data / "kumu-uk-science-networks" / "science-networks.json"
    result = run("build", "-d", str(source), "-o", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    brokers = list(csv.DictReader((tmp_path / "brokers.csv").open(encoding="utf-8")))
    assert len(brokers) == 342
    assert "Brokers by kind" in result.stdout
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert page.count("Moredun Research Institute") >= 1
