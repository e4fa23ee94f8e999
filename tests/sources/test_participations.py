"""Lists of participations: what a row says, what a plan means, and what a mistake in either is told."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from ecosystem import terms
from ecosystem.errors import DataError
from ecosystem.ontology import Ontology
from ecosystem.records import Profile, Relationships
from ecosystem.sources import read
from ecosystem.store import EmbeddedStore, load

PLAN = """
title = "Projects"
licence = "CC0-1.0"
file = "rows.csv"
[actor]
id = "org"
prefix = "org-"
label = "name"
type = "kind"
country = "land"
[initiative]
id = "project"
prefix = "p-"
since = "start"
[participation]
role = "role"
amount = "money"
currency = "EUR"
[relations]
lead = "coordinates"
partner = "participatesIn"
[types]
PUB = "PublicBody"
[countries]
YU = ""
[empty]
money = ["NA"]
"""
ROWS = """project,org,name,kind,land,role,money,start
7,1,Court of Audit,PUB,EL,lead,1000,2019-05-01
7,2,Windhoek University,HES,NA,partner,NA,2019-05-01
8,2,Windhoek University,HES,NA,lead,12.5,2020
8,3,"Institute, of
two lines",,YU,partner,,2020
"""


@pytest.fixture
def said(write, ontology: Ontology):
    def read_rows(rows: str = ROWS, plan: str = PLAN, name: str = "rows__csv"):
        folder = write(plan__toml=plan, **{name: rows})
        reading = read(folder / "plan.toml", ontology)
        records = [record for batch in reading.stream for record in batch]
        profiles = {one.iri.removeprefix(terms.ID): one for one in records if isinstance(one, Profile)}
        ties = [tie for one in records if isinstance(one, Relationships) for tie in one]
        return reading, profiles, ties

    return read_rows


def test_rows_become_profiles_and_relationships_with_source_and_row(said) -> None:
    reading, profiles, ties = said()
    assert list(profiles) == ["org-1", "org-2", "org-3", "p-7", "p-8"]
    court = profiles["org-1"]
    assert (court.type, court.country) == (terms.ECO + "PublicBody", terms.COUNTRY_AUTHORITY + "GRC")
    assert court.labels[0].value == "Court of Audit"
    assert profiles["org-2"].country == terms.COUNTRY_AUTHORITY + "NAM", "NA is Namibia, but for money"
    assert profiles["org-2"].kind == "HES", "a kind that no type is called is kept as it is worded"
    assert profiles["org-3"].country == "", "the plan says that YU is no country"
    assert (profiles["p-7"].since, profiles["p-7"].labels[0].value) == ("2019-05-01", "p-7")
    told = [(t.subject[-1], t.relation.rpartition("#")[2], t.object[-1], t.amount, t.citation.locator) for t in ties]
    assert told == [
        ("1", "coordinates", "7", 1000.0, "row 2"),
        ("2", "participatesIn", "7", None, "row 3"),
        ("2", "coordinates", "8", 12.5, "row 4"),
        ("3", "participatesIn", "8", None, "row 5"),
    ]
    assert {tie.citation.source for tie in ties} == {reading.records[0].iri}
    assert reading.dataset.licence == "CC0-1.0"


def test_a_list_is_stored_with_direct_triples_and_evidence(write, ontology: Ontology) -> None:
    folder = write(plan__toml=PLAN, rows__csv=ROWS)
    store = EmbeddedStore.in_memory()
    load(store, [read(folder / "plan.toml", ontology)], ontology)
    rows = store.select(
        "SELECT ?actor ?row { ?actor eco:coordinates ?p . ?r rdf:subject ?actor ; rdf:object ?p ; "
        "eco:locator ?row ; prov:wasDerivedFrom id:source-plan } ORDER BY ?actor"
    )
    assert [(actor[-1], row) for actor, row in rows.values()] == [("1", "row 2"), ("2", "row 4")]


def test_a_packed_table_reads_the_same(write, ontology: Ontology, said) -> None:
    plain = said()[2]
    folder = write(plan__toml=PLAN.replace("rows.csv", "rows.csv.gz"), rows__csv__gz=gzip.compress(ROWS.encode()))
    again = [
        tie
        for batch in read(folder / "plan.toml", ontology).stream
        for one in batch
        if isinstance(one, Relationships)
        for tie in one
    ]
    assert again == plain


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (ROWS.replace("EL,lead", "ELL,lead"), 'rows.csv:2: country "ELL" is not known.'),
        (ROWS.replace("EL,lead", "EL,boss"), 'rows.csv:2: role "boss" is not one of [relations].'),
        (ROWS.replace(",1000,", ",lots,"), 'rows.csv:2: amount "lots" is not a number.'),
        (ROWS.replace(",1000,", ",-3,"), 'rows.csv:2: amount "-3" is below 0.'),
        (ROWS.replace("7,1,", "7,,"), "rows.csv:2: the id of the actor is empty."),
        (ROWS.replace("7,1,", "7,Court of Audit,"), 'rows.csv:2: actor "org-Court of Audit" is not an id'),
        (ROWS.replace("2020\n8", "2020-13\n8"), 'rows.csv:4: since "2020-13" is not a date.'),
        (ROWS.replace("HES,NA,lead", "HES,NA,lead,x,y,z"), "rows.csv:4: has 11 cells"),
        (ROWS.replace("money", "cash"), 'rows.csv:1: has no column "money", which the plan names as amount'),
        (ROWS + '9,"1', "rows.csv:7: a quotation mark that opens here is never closed."),
        (ROWS + "9,1", "rows.csv:7: has 2 of 8 cells, and the file ends within it"),
    ],
)
def test_mistakes_in_rows_name_the_row(said, rows: str, expected: str) -> None:
    with pytest.raises(DataError) as caught:
        said(rows)
    lines = [line.rpartition("/")[2] for line in caught.value.lines()]
    assert any(line.startswith(expected) for line in lines), lines


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('file = "rows.csv"', "", "plan.toml: names no table to read."),
        ('file = "rows.csv"', 'file = "../rows.csv"', "plan.toml: names no table to read."),
        ('file = "rows.csv"', 'file = "other.csv"', 'plan.toml: there is no file "other.csv" beside this one.'),
        ('id = "org"\nprefix = "org-"\nlabel = "name"', "", "plan.toml: [actor] names no id and no label."),
        ("coordinates", "coordinate", 'plan.toml: relation "coordinate" is not known. Did you mean coordinates?'),
        ("PublicBody", "Pub", 'plan.toml: type "Pub" is not known.'),
        ('country = "land"', 'contry = "land"', 'plan.toml: [actor] has no "contry". Did you mean country?'),
        ("[relations]", "relations = 3\n[more]", "plan.toml: "),
        ("[types]", "[types", "plan.toml:22: is not TOML"),
    ],
)
def test_mistakes_in_a_plan(said, old: str, new: str, expected: str) -> None:
    with pytest.raises(DataError) as caught:
        said(plan=PLAN.replace(old, new, 1))
    assert any(line.rpartition("/")[2].startswith(expected) for line in caught.value.lines()), caught.value.lines()


def test_an_id_that_is_both_actor_and_initiative_is_refused(said) -> None:
    with pytest.raises(DataError, match="is both an actor and an initiative"):
        said(ROWS.replace("7,1,", "1,1,"), PLAN.replace('prefix = "org-"', "").replace('prefix = "p-"', ""))


def test_rows_that_contradict_each_other_are_told(said) -> None:
    reading, profiles, _ = said(ROWS.replace("8,2,Windhoek University,HES,NA", "8,2,Windhoek University,PUB,NA"))
    assert profiles["org-2"].kind == "HES"
    assert [problem.message for problem in reading.skipped] == [
        "1 actor described in several ways, the first is kept: 2 (row 4)."
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"no gzip at all", "rows.csv.gz: is not gzip, or damaged."),
        (gzip.compress(ROWS.encode())[:-9], "rows.csv.gz: is cut short."),
    ],
)
def test_damaged_packing(write, ontology: Ontology, content: bytes, expected: str) -> None:
    folder = write(plan__toml=PLAN.replace("rows.csv", "rows.csv.gz"), rows__csv__gz=content)
    with pytest.raises(DataError) as caught:
        list(read(folder / "plan.toml", ontology).stream)
    assert caught.value.lines()[0].rpartition("/")[2].startswith(expected)


def test_a_small_file_that_unpacks_to_a_large_one_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ecosystem.sources import inputs

    monkeypatch.setattr(inputs, "FILE_LIMIT", 2**20)
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"a" * 2**24))
    with (
        pytest.raises(DataError, match="unpacks to more than 1 MB"),
        inputs.Input.of(str(path), ".csv.gz", "x").open(2**20) as file,
    ):
        file.read()
