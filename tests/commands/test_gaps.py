"""`gaps`: rules, families, explanations, structure, coverage, fillers, and rules of a user's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from ecosystem.ontology import Ontology

OWN = """
@prefix eco: <https://w3id.org/ecosystem-mapper/ontology#> .
@prefix id: <https://w3id.org/ecosystem-mapper/id/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

eco:GardenGaps a eco:GapFamily ; rdfs:label "garden"@en ; skos:definition "Gardens."@en .
eco:NothingGrows a eco:GapRule ; rdfs:label "Nothing grows here"@en ; eco:family eco:GardenGaps ;
    eco:rationale "Gardens need care."@en ; eco:severity eco:High ; eco:remedy "Plant something."@en ;
    eco:absence "Nothing is recorded."@en ; prov:wasDerivedFrom id:source-opsi-ai ; eco:locator "Procurement" ;
    eco:select "SELECT ?subject { ?subject a eco:StartUp }" .
eco:Broken a eco:GapRule ; rdfs:label "Broken"@en ; eco:family eco:GardenGaps ; eco:severity eco:Low ;
    eco:select "SELECT ?subject {" .
"""


@pytest.fixture
def own(tmp_path: Path) -> str:
    (tmp_path / "own.ttl").write_text(OWN, encoding="utf-8")
    return str(tmp_path)


def rows(result: Result) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_a_rule_of_ones_own_is_listed_found_and_explained(run, own: str) -> None:
    listed = run("gaps", "--rules", own, "--list", "--family", "garden")
    assert "Nothing grows here" in listed.stdout
    found = rows(run("gaps", "--rules", own, "--rule", "NothingGrows", "-f", "json"))
    assert [row["subject"] for row in found] == ["CitizenLab"]
    told = run("gaps", "--rules", own, "--explain", "NothingGrows").stdout
    assert all(
        words in told for words in ("Gardens need care.", "Plant something.", "?subject a eco:StartUp", "CitizenLab")
    )


def test_a_wrong_rule_is_named_the_others_are_printed_and_the_exit_code_is_1(run, own: str) -> None:
    result = run("gaps", "--rules", own, "--family", "garden", "-f", "json")
    assert result.exit_code == 1
    assert [row["gap"] for row in rows(result)] == ["Nothing grows here"]
    assert "Broken gave no answer" in result.stderr


def test_families_severities_and_countries_choose(run) -> None:
    found = rows(run("gaps", "--family", "accountability", "--severity", "high", "--country", "NLD", "-f", "json"))
    assert found
    assert {(row["family"], row["severity"], row["country"]) for row in found} == {
        ("accountability", "high", "Netherlands")
    }


def test_what_a_source_says_is_not_met_is_recorded_as_absent(run) -> None:
    found = rows(run("gaps", "--rule", "RequirementsNotMet", "-f", "json"))
    assert {row["evidence"] for row in found} == {"recorded as absent"}
    assert "Government of the Netherlands" in {row["subject"] for row in found}


def test_every_family_and_rule_is_listed(run, ontology: Ontology) -> None:
    found = rows(run("gaps", "--list", "-f", "json"))
    assert {row["rule"] for row in found} == {rule.name for rule in ontology.rules.values()}
    assert len({row["family"] for row in found}) == len(ontology.families) >= 7
    assert len(found) >= 28


def test_fillers_come_with_their_way_and_its_evidence(run) -> None:
    found = rows(run("gaps", "--rule", "StrategyLackingElement", "--fill", "-f", "json"))
    colombia = next(row for row in found if row["who"] == "Government of Colombia")
    assert colombia["introduces"] and colombia["steps"] == len(str(colombia["way"]).split(" → ")) - 1
    assert all(one["source"] and one["locator"] for one in colombia["evidence"])  # type: ignore[attr-defined]
    assert "looking for" in run("gaps", "--rule", "StrategyLackingElement", "--fill").stdout


def test_structure_pairs_and_coverage_are_tables(run) -> None:
    assert {row["kind"] for row in rows(run("gaps", "--structural", "-f", "json"))} >= {"silo", "isolated actor"}
    assert {row["group_a"] for row in rows(run("gaps", "--pairs", "-f", "json"))} >= {"Chile", "Netherlands"}
    cells = rows(run("gaps", "--coverage", "--of", "mechanisms", "-f", "json"))
    assert {row["state"] for row in cells} == {"recorded", "nothing recorded"}


@pytest.mark.parametrize("what", [("--structural",), ("--pairs",), ("--coverage", "--of", "pillars")])
def test_a_table_is_drawn_where_the_file_is_a_picture(run, tmp_path: Path, what: tuple[str, ...]) -> None:
    path = tmp_path / "drawn.svg"
    assert run("gaps", *what, "-o", str(path)).exit_code == 0
    assert b"<svg" in path.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("--list", "--structural"), 2, "Take one"),
        (("--time-limit", "0"), 2, "above 0"),
        (("--family", "weather"), 3, "weather"),
        (("--severity", "extreme"), 3, "extreme"),
        (("--country", "Atlantis"), 3, "Atlantis"),
        (("--coverage", "--of", "rolls"), 3, "mechanisms"),
        (("--explain", "NoSuchRule"), 3, "NoSuchRule"),
        (("--structural", "--by", "shoe size"), 3, "shoe size"),
    ],
)
def test_mistakes_are_a_line_with_what_to_do(run, arguments: tuple[str, ...], code: int, word: str) -> None:
    result = run("gaps", *arguments)
    assert result.exit_code == code
    assert word in result.stderr
