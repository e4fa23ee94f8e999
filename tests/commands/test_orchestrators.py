"""The facilitator's commands on the bundled data: do the answers make sense to someone who knows the field?"""

from __future__ import annotations

import csv
import io
import json

import pytest

LATIN_EUROPE = ("orchestrators", "--between", "Latin America", "--and", "Europe")
OVERSEAS = ("orchestrators", "--between", "Europe", "--and", "Northern America")


def test_auditors_connect_brazil_with_the_netherlands(run) -> None:
    # Brazil's audit court meets the Dutch one in an audit handbook; the audited Dutch bodies it does not meet.
    (row,) = json.loads(run(*LATIN_EUROPE, "-f", "json").stdout)
    assert row["label"] == "Netherlands Court of Audit"
    assert row["measured"].startswith("connects Brazil with the Netherlands through")
    assert row["role"] == "gatekeeper" and row["pairs"] == row["exclusive"] == row["cut_off"]
    assert row["sources"] > 1


def test_the_cities_collaborative_and_the_agile_nations_connect_across_the_atlantic(run) -> None:
    rows = {row["label"]: row for row in json.loads(run(*OVERSEAS, "-f", "json").stdout)}
    cities = rows["Global Innovation Collaborative"]
    assert cities["role"] == "liaison" and cities["occasions"] == 3
    assert "with the United States" in cities["measured"] and "Creative Cities Challenge" in cities["said"]
    assert "which brings together" in cities["said"]
    chair = rows["Government of the United Kingdom"]
    assert chair["measured"] == "" and chair["said"].startswith("leads Agile Nations (until 2022)")
    assert rows["Agile Nations"]["evidence"].startswith("rests on one source")


def test_in_a_terminal_each_orchestrator_is_four_sentences(run) -> None:
    result = run(*OVERSEAS)
    assert result.stdout.startswith(
        "1. Global Innovation Collaborative (Supranational, liaison)\n  Measured: Connects "
    )
    for word in ("Measured:", "Said:", "Lost:", "Evidence:"):
        assert word in result.stdout
    assert "Northern America: 13 actors of 2 countries" in result.stderr


def test_the_evidence_names_its_sources(run) -> None:
    text = run(*OVERSEAS, "--evidence").stdout
    assert "Government of Denmark ↔ Government of Canada  (measured: is a member of; is a member of" in text
    assert "\n[1] " in text and "[1, 00:" in text
    connections = json.loads(run(*OVERSEAS, "--evidence", "-f", "json").stdout)
    rows = json.loads(run(*OVERSEAS, "-f", "json").stdout)
    assert len(connections) == sum(row["pairs"] + row["occasions"] for row in rows)
    assert all(one["evidence"] for one in connections)


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "md", "table"])
def test_every_format(run, form: str) -> None:
    for command in (OVERSEAS, ("cohesion",), ("communities",), ("keyplayers", "--size", "2")):
        result = run(*command, "-f", form)
        assert result.exit_code == 0 and result.stdout, result.output


def test_nobody_connects_and_that_is_said(run) -> None:
    result = run("orchestrators", "--between", "Chile", "--and", "Europe")
    assert result.exit_code == 0 and result.stdout == ""
    assert "Nobody in these data connects the two sides in one step" in result.stderr


def test_cohesion_says_that_ties_stay_inside_countries(run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("cohesion", "-f", "csv").stdout)))
    figures = {row["measure"]: float(row["value"]) for row in rows}
    assert figures["E-I index by country"] < figures["E-I expected"] and figures["E-I p"] == 0.001
    assert figures["density"] == pytest.approx(
        2 * figures["ties"] / figures["actors"] / (figures["actors"] - 1), rel=1e-5
    )
    points = list(csv.DictReader(io.StringIO(run("cohesion", "--show", "cut-points", "-f", "csv").stdout)))
    assert len(points) == figures["cut points"]


@pytest.mark.parametrize("detail", ["groups", "densities", "actors", "parts", "bridges", "cores"])
def test_cohesion_in_detail(run, detail: str) -> None:
    result = run("cohesion", "--by", "branch", "--show", detail, "-f", "csv")
    assert result.exit_code == 0 and len(result.stdout.splitlines()) > 3


def test_communities_are_repeatable(run) -> None:
    first, again = (run("communities", "-f", "csv").stdout for _ in range(2))
    assert first == again
    assert "modularity" in run("communities").stderr


def test_a_search_that_is_not_exact_says_so(run) -> None:
    assert "not exact" in run("keyplayers", "--size", "4", "--objective", "reach").stderr
    assert "All 3240 sets of 2 were tried" in run("keyplayers", "--size", "2").stderr
