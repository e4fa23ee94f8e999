"""Loading into a store: what changes is told before and after, and a failed load changes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

TABLES = {
    "actors.csv": "id,type,label,acronym,country,source,locator\n"
    "court,SupremeAuditInstitution,Court of Audit,CoA,NLD,source-a,p. 1\n"
    "ministry,Ministry,Ministry of Finance,MoF,NLD,source-a,p. 2\n",
    "relationships.csv": "subject,relation,object,since,source,locator,statement\n"
    "court,audits,ministry,2021,source-a,p. 3,The court looks into the ministry's books.\n",
    "sources.csv": "id,label,url,date,licence\nsource-a,A report,https://example.org/a,2021,CC-BY-4.0\n",
    "dataset.toml": 'title = "Audits"\nlicence = "CC-BY-4.0"\ndate = 2021-06-30\n',
}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "audits"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def counts(output: str) -> dict[str, tuple[int, int, int, int]]:
    return {
        row["kind"]: (row["created"], row["updated"], row["unchanged"], row["removed"]) for row in json.loads(output)
    }


def test_a_dry_run_tells_and_writes_nothing(run, dataset: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    result = run("load", str(dataset), "-s", str(store), "--dry-run", "-f", "json")
    assert result.exit_code == 0, result.output
    assert counts(result.stdout)["actor"] == (2, 0, 0, 0)
    assert counts(result.stdout)["relationship"] == (1, 0, 0, 0)
    assert not store.exists() and "dry run" in result.stderr


def test_a_second_load_tells_what_changed_and_questions_see_it(run, dataset: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    assert run("load", str(dataset), "-s", store).exit_code == 0
    actors = dataset / "actors.csv"
    actors.write_text(
        TABLES["actors.csv"].replace("Court of Audit", "Netherlands Court of Audit")
        + "agency,LineAgency,Agency,,NLD,source-a,p. 4\n"
    )
    result = run("load", str(dataset), "-s", store, "-f", "json")
    assert counts(result.stdout)["actor"] == (1, 1, 1, 0)
    shown = run("show", "CoA", "-d", store)
    assert "Netherlands Court of Audit" in shown.stdout and "books" in shown.stdout


def test_two_data_sets_and_a_store_are_asked_together(run, dataset: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    run("load", str(dataset), "-s", store)
    other = tmp_path / "other"
    shutil.copytree(dataset, other)
    (other / "actors.csv").write_text("id,type,label\nwatchdog,Watchdog,Watchdog\n")
    (other / "relationships.csv").unlink()
    found = run(
        "query",
        "SELECT ?x { ?x a ?t . ?t rdfs:subClassOf* eco:Actor . FILTER(STRSTARTS(STR(?x), STR(id:))) }",
        "-d",
        store,
        "-d",
        str(other),
        "-f",
        "csv",
    )
    assert len(found.stdout.splitlines()) == 1 + 3


TIE = "subject,relation,object"
# What is wrong: in which table, its text, the place that is named, and what is suggested.
MISTAKES = {
    "a missing column": ("relationships.csv", "subject,object\ncourt,ministry\n", ":1:", "relation"),
    "an unknown type": ("actors.csv", "id,type,label\ncourt,Ministri,C\nministry,Ministry,M\n", ":2:", "Ministry"),
    "a dangling end": ("relationships.csv", f"{TIE}\ncourt,audits,nobody\n", ":2:", "nobody"),
    "an unknown relation": ("relationships.csv", f"{TIE}\ncourt,audit,ministry\n", ":2:", "audits"),
    "a bad date": ("relationships.csv", f"{TIE},since\ncourt,audits,ministry,22/06/2021\n", ":2:", "2021"),
    "a truncated file": ("relationships.csv", f'{TIE}\ncourt,audits,"minis', ":2", ""),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_bad_input_is_one_line_and_leaves_the_store_as_it_was(
    program, dataset: Path, tmp_path: Path, mistake: str
) -> None:
    store = tmp_path / "store"
    assert program("load", str(dataset), "-s", str(store)).returncode == 0
    before = {path: path.read_bytes() for path in sorted(store.rglob("*")) if path.is_file()}
    name, text, place, hint = MISTAKES[mistake]
    (dataset / name).write_text(text, encoding="utf-8")
    done = program("load", str(dataset), "-s", str(store))
    assert done.returncode == 3, done.stderr
    assert name + place in done.stderr and hint in done.stderr and "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in sorted(store.rglob("*")) if path.is_file()} == before


def test_latin_1_is_told_with_its_row(program, dataset: Path) -> None:
    (dataset / "actors.csv").write_bytes("id,label\ncourt,Cour\nministry,Ministère\n".encode("latin-1"))
    done = program("stats", "-d", str(dataset))
    assert done.returncode == 0 and "actors.csv:3: is not UTF-8: 1 line" in done.stderr and "1252" in done.stderr


def test_a_damaged_store_is_one_line(program, tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "ecosystem-store").write_text("generation-000001\n")
    done = program("stats", "-d", str(store))
    assert done.returncode == 3 and str(store) in done.stderr and "Traceback" not in done.stderr


def test_a_store_is_asked_with_the_ontology_of_today(run, dataset: Path, tmp_path: Path) -> None:
    store, words = str(tmp_path / "store"), tmp_path / "words"
    run("load", str(dataset), "-s", store)
    words.mkdir()
    (words / "labels.ttl").write_text(
        "@prefix eco: <https://w3id.org/ecosystem-mapper/ontology#> . "
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . eco:audits rdfs:label 'inspiziert'@de .",
        encoding="utf-8",
    )
    german = ["show", "CoA", "-d", store, "--ontology", str(words), "--language", "de"]
    assert "inspiziert" in run(*german).stdout
    question = 'ASK { eco:audits rdfs:label "inspiziert"@de }'
    assert "true" in run("query", question, "-d", store, "--ontology", str(words)).stdout
    assert "false" in run("query", question, "-d", store).stdout
