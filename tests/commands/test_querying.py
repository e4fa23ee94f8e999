"""`ecosystem query`: saved queries, parameters, limits and formats as a user meets them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars
import pytest

MINE = """\
# title: Who is in a country
# description: Actors of a country.
# audience: policy
# parameter country (country, default Spain): The country.
SELECT ?actor ?country { ?actor eco:country ?country }
"""
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_list_of_saved_queries(run) -> None:
    table = run("query", "--list")
    assert table.exit_code == 0 and "who-oversees-whom" in table.stdout
    listed = json.loads(run("query", "--list", "-f", "json").stdout)
    assert len(listed) >= 25 and all(one["title"] and one["audience"] for one in listed)
    assert {"name": "funders-of-a-country", "parameters": ["country (country)"]}.items() <= {
        key: value for one in listed if one["name"] == "funders-of-a-country" for key, value in one.items()
    }.items()
    french = json.loads(run("query", "--list", "-f", "json", "--language", "fr").stdout)
    assert "Qui contrôle qui" in {one["title"] for one in french}
    assert run("query", "--list", "-f", "xml").exit_code == 2


def test_one_saved_query_is_shown_as_it_is_written(run) -> None:
    shown = run("query", "--show", "who-oversees-whom")
    assert shown.stdout.startswith("# title: Who oversees whom") and "SELECT" in shown.stdout
    missing = run("query", "--show", "who-oversee-whom")
    assert missing.exit_code == 3 and "Is it who-oversees-whom?" in missing.stderr


def test_a_saved_query_answers_in_words_and_says_what_was_asked(run) -> None:
    result = run("query", "shared-memberships", "--set", "one=Italy", "--set", "other=Japan", "-f", "csv")
    assert rows(result.stdout) == [
        {"network": "Agile Nations", "member": "Government of Italy", "partner": "Government of Japan"}
    ]
    assert "Where two countries are members together (one: Italy, other: Japan)" in result.stderr
    iris = run("query", "shared-memberships", "--set", "one=Italy", "--set", "other=Japan", "-f", "csv", "--iris")
    assert rows(iris.stdout)[0]["network"].endswith("/agile-nations") and "one" in rows(iris.stdout)[0]
    spanish = run("query", "who-oversees-whom", "-f", "csv", "--language", "es")
    assert rows(spanish.stdout)[0]["relation"] == "fiscaliza"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["funders-of-a-country"], 3, "--set country="),
        (["funders-of-a-country", "--set", "country"], 2, "NAME=VALUE"),
        (["funders-of-a-country", "--set", "country=Atlantis"], 3, "none is called 'Atlantis'"),
        (["no-such-query"], 3, "--list"),
        ([], 2, "--list"),
        (["missing.rq"], 2, "cannot be read"),
        (["ASK {}", "--time-limit", "0"], 2, "0"),
        (["SELECT ?x { ?x ?? }"], 3, "^"),
        (["SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"], 3, "--allow-service"),
        (["INSERT DATA { <urn:a> <urn:b> 1 }"], 3, "update"),
        (["ASK {}", "-f", "ttl"], 3, "no triples"),
    ],
)
def test_mistakes_are_said_in_a_line_with_what_to_do(run, arguments: list[str], code: int, said: str) -> None:
    result = run("query", *arguments)
    assert result.exit_code == code and said in result.stderr and "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_file_of_ones_own_has_typed_parameters(run, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(MINE)
    default = rows(run("query", str(file), "-f", "csv").stdout)
    assert {"actor": "Government of Spain"} in default
    other = rows(run("query", str(file), "-f", "csv", "--set", "country=Finland").stdout)
    assert {"actor": "Government of Finland"} in other
    file.write_text(MINE.replace("(country,", "(planet,"))
    wrong = run("query", str(file))
    assert wrong.exit_code == 3 and f"{file}:4" in wrong.stderr


def test_a_folder_of_ones_own_stands_beside_ours(run, tmp_path: Path) -> None:
    (tmp_path / "in-a-country.rq").write_text(MINE)
    listed = json.loads(run("query", "--list", "-f", "json", "--ontology", str(tmp_path)).stdout)
    assert "in-a-country" in {one["name"] for one in listed}
    asked = run("query", "in-a-country", "--ontology", str(tmp_path), "-f", "csv", "--set", "country=Finland")
    assert len(rows(asked.stdout)) > 1


def test_bound_variables_of_plain_sparql(run) -> None:
    query = "SELECT ?by ?what { ?by eco:funds ?what }"
    result = run("query", query, "--set", "what=id:gavi", "-f", "csv")
    assert [row["by"].rpartition("/")[2] for row in rows(result.stdout)] == ["gates-foundation"]
    hostile = run("query", query, "--set", "what=?x } UNION { ?by ?p ?what", "-f", "csv")
    assert hostile.exit_code == 0 and rows(hostile.stdout) == []
    unnamed = run("query", "SELECT ?by { ?by eco:funds ?what }", "--set", "what=id:gavi")
    assert unnamed.exit_code == 3 and "among its columns" in unnamed.stderr


def test_the_first_rows_and_how_many_there_are(run) -> None:
    result = run("query", "SELECT ?s { ?s a eco:Country }", "--limit", "3", "-f", "csv")
    assert len(rows(result.stdout)) == 3
    assert "The first 3 of " in result.stderr and "--limit 0" in result.stderr
    everything = run("query", "SELECT ?s { ?s a eco:Country }", "--limit", "0", "-f", "csv")
    assert len(rows(everything.stdout)) > 200 and "first" not in everything.stderr


def test_a_time_limit_has_an_exit_code_of_its_own(program) -> None:
    stopped = program("query", SLOW, "--time-limit", "0.3")
    assert stopped.returncode == 4 and "no empty answer" in stopped.stderr and stopped.stdout == ""
    empty = program("query", "SELECT ?x { ?x eco:audits ?x }", "--time-limit", "60", "-f", "csv")
    assert empty.returncode == 0 and empty.stdout == "x\n"


def test_triples_as_turtle_and_rows_as_parquet(run, tmp_path: Path) -> None:
    turtle = run("query", "neighbourhood", "--set", "about=CAF", "-f", "ttl")
    assert "id:oecd eco:partnersWith id:caf" in turtle.stdout.replace("\n\t", " ").replace(";", "") or (
        "eco:partnersWith id:caf" in turtle.stdout
    )
    file = tmp_path / "networks.parquet"
    assert run("query", "networks-and-members", "-f", "parquet", "-o", str(file)).exit_code == 0
    frame = polars.read_parquet(file)
    assert frame.schema == {"network": polars.String, "members": polars.Int64, "countries": polars.Int64}
    piped = run("query", "networks-and-members", "-f", "parquet")
    assert piped.stdout_bytes == file.read_bytes()


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml", "md"])
def test_the_same_bytes_whatever_the_seed(program, form: str) -> None:
    first, second = (program("query", "SELECT * { ?a eco:leads ?b }", "-f", form, seed=seed) for seed in "12")
    assert first.stdout == second.stdout != ""
