"""What the commands answer from the bundled data: each number can be expanded to statements with sources."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from pathlib import Path

import pytest


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_brokers_by_country_as_csv_sum_to_their_totals(run) -> None:
    result = run("brokers", "--by", "country", "--top", "0", "-f", "csv")
    assert result.exit_code == 0
    found = rows(result.stdout)
    roles = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
    assert len(found) > 50
    assert all(sum(int(row[role]) for role in roles) == int(row["total"]) for row in found)
    totals = [int(row["total"]) for row in found]
    assert totals == sorted(totals, reverse=True) and totals[0] > 0


def test_a_brokers_count_is_expanded_to_as_many_pairs(run) -> None:
    top = rows(run("brokers", "-f", "csv").stdout)[0]
    triads = json.loads(run("brokers", "--actor", top["label"], "--evidence", "-f", "json").stdout)
    assert len(triads) == int(top["total"]) / 2, "ties run both ways: each pair counts twice and is shown once"
    for triad in triads:
        for evidence in (triad["first_evidence"], triad["second_evidence"]):
            assert evidence and all(one["source"] and one["locator"] and one["statement"] for one in evidence)


def test_one_way_flows_keep_their_direction(run) -> None:
    result = run("brokers", "--conveys", "authority", "--initiatives", "keep", "--top", "0", "-f", "json")
    found = json.loads(result.stdout)
    assert any(row["gatekeeper"] != row["representative"] for row in found) or all(row["total"] == 0 for row in found)
    assert "both ways" not in result.stderr


def test_gaps_say_why_and_tell_silence_from_denial(run) -> None:
    found = json.loads(run("gaps", "-f", "json").stdout)
    assert {row["evidence"] for row in found} <= {"nothing recorded", "recorded as absent"}
    assert len({row["gap"] for row in found}) >= 6
    expanded = json.loads(run("gaps", "--evidence", "-f", "json").stdout)
    assert len(expanded) == len(found)
    assert all(row["rationale"] and row["source"] for row in expanded)


def test_colombias_strategy_lacks_no_element(run) -> None:
    found = json.loads(run("gaps", "--rule", "StrategyLackingElement", "-f", "json").stdout)
    assert found and not any("Colombia" in row["subject"] for row in found)


def test_path_from_a_country_to_an_agency(run) -> None:
    steps = json.loads(run("path", "Colombia", "NASA", "-f", "json").stdout)
    assert steps[0]["start"] == "Government of Colombia"
    assert steps[-1]["end"] == "National Aeronautics and Space Administration"
    assert all(one["end"] == other["start"] for one, other in pairwise(steps))
    assert all(step["source"] and step["locator"] for step in steps)


def test_show_by_acronym(run) -> None:
    result = run("show", "CAF")
    assert "Development Bank of Latin America" in result.stdout
    assert "[1] " in result.stdout, "sources are listed"
    ties = json.loads(run("show", "CAF", "-f", "json").stdout)
    assert all(one["source"] and one["locator"] for one in ties)


def test_search_ignores_case_and_accents(run) -> None:
    assert (
        rows(run("search", "nasa", "-f", "csv").stdout)[0]["label"] == "National Aeronautics and Space Administration"
    )


def test_query_from_text_file_and_standard_input(run, tmp_path: Path) -> None:
    text = "SELECT ?auditor ?audited { ?auditor eco:audits ?audited }"
    file = tmp_path / "question.rq"
    file.write_text(text)
    answers = [
        run("query", text, "-f", "csv"),
        run("query", str(file), "-f", "csv"),
        run("query", "-", "-f", "csv", input=text),
    ]
    assert len({answer.stdout for answer in answers}) == 1
    assert rows(answers[0].stdout)
    evidence = run("query", text, "--evidence").stderr
    assert "audits" in evidence and "[1" in evidence


def test_output_goes_to_the_file_asked_for(run, tmp_path: Path) -> None:
    target = tmp_path / "brokers.csv"
    result = run("brokers", "-f", "csv", "-o", str(target))
    assert result.stdout == "" and str(target) in result.stderr
    assert rows(target.read_text(encoding="utf-8"))


def test_other_languages(run) -> None:
    assert (
        "OCDE" in run("search", "OECD", "--language", "fr").stdout
        or "coopération" in run("search", "OECD", "--language", "fr").stdout
    )


def test_gaps_and_partners_are_told_in_the_language(run) -> None:
    found = rows(run("gaps", "--rule", "AuditWithoutFollowUp", "-f", "csv", "--language", "fr").stdout)
    assert found[0]["remedy"].startswith("Chercher ce que sont devenus les constats")
    told = run("gaps", "--explain", "AuditWithoutFollowUp", "--language", "es").stdout
    assert "no protege a nadie" in told and "Averiguar qué fue de los hallazgos" in told
    assert "no protege a nadie" in run("ontology", "show", "AuditWithoutFollowUp", "--language", "es").stdout
    assert "sujets communs" in run("partners", "caf", "-f", "csv", "--language", "fr").stdout


@pytest.mark.parametrize("group", ["types", "relations", "concepts", "rules", "flows", "countries", "groups"])
def test_ontology_list(run, group: str) -> None:
    found = rows(run("ontology", "list", group, "-f", "csv").stdout)
    assert found and all(row["name"] and row["label"] for row in found)


def test_ontology_show_and_check(run) -> None:
    shown = run("ontology", "show", "audits").stdout
    assert "read backwards" in shown and "conveys" in shown
    assert run("ontology", "check").exit_code == 0


def test_the_bundled_data_hold_what_the_ontology_asks(run) -> None:
    result = run("validate", "-f", "json")
    assert result.exit_code == 0, result.stdout
