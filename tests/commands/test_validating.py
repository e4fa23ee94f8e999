"""`ecosystem validate` tells what is wrong and where, in every format, and fails when something is violated."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import SH

AUDITS = Path(__file__).resolve().parents[1] / "fixtures" / "sources" / "audits"
MINE = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix eco: <https://w3id.org/ecosystem-mapper/ontology#> .
<https://example.org/s> a sh:PropertyShape ; sh:targetSubjectsOf eco:country ; sh:path eco:country ; sh:maxCount 0 ;
    sh:severity sh:{severity} ; sh:message "Countries are not wanted here." ; eco:remedy "Leave it out." ."""


@pytest.fixture
def audits(tmp_path: Path) -> Path:
    return shutil.copytree(AUDITS, tmp_path / "audits")


def mine(folder: Path, severity: str) -> str:
    path = folder / "mine.ttl"
    path.write_text(MINE.format(severity=severity), encoding="utf-8")
    return str(path)


def test_a_finding_in_a_table_has_its_file_and_row(run, audits: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = run("validate", "-d", str(audits), "--shapes", mine(tmp_path, "Violation"), "-f", "json")
    found = [one for one in json.loads(result.stdout) if one["message"] == "Countries are not wanted here."]
    assert result.exit_code == 1
    assert found
    for one in found:
        path, _, line = one["place"].rpartition(":")
        row = Path(path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert one["label"] in row
        assert one["remedy"] == "Leave it out."


def test_a_finding_in_rdf_has_its_file(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "map.ttl"
    path.write_text("<urn:a> a <https://w3id.org/ecosystem-mapper/ontology#Ministri> .", encoding="utf-8")
    result = run("validate", "-d", str(path), "-f", "json")
    (found,) = json.loads(result.stdout)
    assert (found["place"], found["remedy"]) == (str(path), "Did you mean eco:Ministry?")


@pytest.mark.parametrize(
    ("severity", "strict", "code"),
    [("Violation", (), 1), ("Warning", (), 0), ("Warning", ("--strict",), 1), ("Info", (), 0)],
)
def test_only_what_is_grave_enough_fails(  # type: ignore[no-untyped-def]
    severity: str, strict: tuple[str, ...], code: int, run, audits: Path, tmp_path: Path
) -> None:
    result = run("validate", "-d", str(audits), "--shapes", mine(tmp_path, severity), *strict)
    assert result.exit_code == code
    assert severity.lower() in result.stdout
    assert "actors.csv:" in result.stdout.replace("\n", "").replace(" ", "")


def test_a_shacl_report_goes_where_it_is_wanted(run, audits: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "report.ttl"
    result = run("validate", "-d", str(audits), "--shapes", mine(tmp_path, "Info"), "-f", "shacl", "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    graph = rdflib.Graph().parse(target)
    assert rdflib.URIRef("https://example.org/s") in set(graph.objects(None, SH.sourceShape))


def test_wrong_shapes_are_the_users_to_mend(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "mine.ttl"
    path.write_text("a b c", encoding="utf-8")
    result = run("validate", "--shapes", str(path))
    assert result.exit_code == 3
    assert result.stderr.startswith(f"Error: {path}: the shapes are wrong")


def test_a_shape_that_pyshacl_is_asked_about_is_named(run, audits: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "mine.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <https://example.org/s> a sh:NodeShape ; sh:targetNode <urn:x> ;"
        'sh:pattern "(.)\\\\1" .',
        encoding="utf-8",
    )
    result = run("validate", "-d", str(audits), "--shapes", str(path))
    assert "https://example.org/s was left to pySHACL" in result.stderr
