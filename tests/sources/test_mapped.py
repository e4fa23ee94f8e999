"""Foreign tables with a plan: what rows make, what a plan may say, and what a mistake in either is told."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from ecosystem import terms
from ecosystem.errors import DataError
from ecosystem.ontology import Ontology
from ecosystem.records import Profile, Relationship
from ecosystem.sources import Reading, read, suggest_plan
from ecosystem.store import EmbeddedStore, load

Said = tuple[Reading, dict[str, Profile], list[Relationship]]
Tell = Callable[..., Said]
PLAN = """
title = "Projects and who pays"
file = "rows.csv"
[initiative]
label = "name"
country = "land"
since = "start"
homepage = { column = "page", before = "https://example.org/" }
topics = "topic"
[actor.funder]
label = "paid by"
country = { is = "FRA" }
type = { is = "Ministry" }
[actor.partner]
label = "with"
country = "land"
[[relationship]]
from = "funder"
to = "initiative"
relation = "funds"
amount = "sum"
currency = "EUR"
[[relationship]]
from = "partner"
to = "initiative"
role = "how"
[relations]
lead = "coordinates"
helper = "participatesIn"
[topics]
AI = "AIInGovernment"
[empty]
sum = ["NA", "-"]
"with" = ["nobody"]
[several]
"with" = ";"
topic = "/"
[skip]
name = ["Total"]
"""
ROWS = """name,land,start,page,topic,paid by,sum,with,how
Clean air,FR,2020-05-01T00:00:00Z,air,AI/Painting,Ministry of Finance,1000,Lab;Ministry of Finance,lead
Clean water,IT,2021.0,,,Ministry of Finance,NA,Ministry of Finance,helper
Clean ground,IT,,ground,AI,,,nobody,
Total,,,,,,1000,,
"""


def told(reading: Reading) -> Said:
    records = [record for batch in reading.stream for record in batch]
    profiles = {one.iri.removeprefix(terms.ID): one for one in records if isinstance(one, Profile)}
    assert len(profiles) == sum(isinstance(one, Profile) for one in records), "nothing is described twice"
    return reading, profiles, [one for one in records if isinstance(one, Relationship)]


@pytest.fixture
def said(write, ontology: Ontology) -> Tell:
    def read_rows(rows: str | bytes = ROWS, plan: str = PLAN, name: str = "rows__csv") -> Said:
        folder = write(plan__toml=plan, **{name: rows})
        return told(read(folder / "plan.toml", ontology))

    return read_rows


def ties(relationships: list[Relationship]) -> list[tuple[str, str, str, float | None, str]]:
    return [
        (
            tie.subject.removeprefix(terms.ID),
            tie.relation.removeprefix(terms.ECO),
            tie.object.removeprefix(terms.ID),
            tie.amount,
            tie.citation.locator,
        )
        for tie in relationships
    ]


def test_a_row_makes_things_and_what_ties_them(said: Tell) -> None:
    reading, profiles, relationships = said()
    assert list(profiles) == [
        *("clean-air-fra", "clean-water-ita", "clean-ground-ita"),
        *("ministry-of-finance-fra", "lab-fra", "ministry-of-finance-ita"),
    ]
    air = profiles["clean-air-fra"]
    assert (air.since, air.homepage) == ("2020-05-01", "https://example.org/air")
    assert air.topics == (terms.ECO + "AIInGovernment",)
    assert (profiles["clean-water-ita"].since, profiles["clean-water-ita"].homepage) == ("2021", "")
    assert profiles["ministry-of-finance-fra"].type == terms.ECO + "Ministry"
    assert ties(relationships) == [
        ("ministry-of-finance-fra", "funds", "clean-air-fra", 1000.0, "row 2"),
        ("lab-fra", "coordinates", "clean-air-fra", None, "row 2"),
        ("ministry-of-finance-fra", "coordinates", "clean-air-fra", None, "row 2"),
        ("ministry-of-finance-fra", "funds", "clean-water-ita", None, "row 3"),
        ("ministry-of-finance-ita", "participatesIn", "clean-water-ita", None, "row 3"),
    ]
    assert [tie.currency for tie in relationships[:2]] == ["EUR", ""]
    assert [problem.message for problem in reading.skipped] == [
        "1 row left out, as the plan says.",
        "topics not understood and passed over: Painting (1).",
    ]


SEVERAL = """
file = "rows.json"
[actor]
id = "id"
label = "names.value"
type = "types"
country = "places.code"
homepage = "links"
topics = ["field", "subjects"]
[actor.other]
id = "ties.id"
[[relationship]]
to = "other"
role = "ties.type"
[relations]
parent = "partOf"
child = "coordinates"
"""
REGISTER = [
    {
        "id": "a",
        "names": [{"value": "Court"}, {"value": "Cour"}],
        "types": ["guild", "Ministry", "funder"],
        "places": [{"code": "FR"}, {"code": "DE"}],
        "links": ["https://example.org/", "https://example.com/"],
        "field": "AI in government",
        "subjects": ["AI in government", "Court"],
        "ties": [{"id": "b", "type": "parent"}, {"type": "child"}, {"id": "a", "type": "child"}],
    },
    {"id": "b", "names": [{"value": "State"}]},
]


def test_one_thing_of_several_values_keeps_or_tells_each(said: Tell) -> None:
    reading, profiles, relationships = said(json.dumps(REGISTER), SEVERAL, "rows__json")
    court = profiles["a"]
    assert [text.value for text in (*court.labels, *court.alternatives)] == ["Court", "Cour"]
    assert (court.type, court.kind) == (terms.ECO + "Ministry", "guild; funder")
    assert (court.country[-3:], court.homepage) == ("FRA", "https://example.org/")
    assert court.topics == (terms.ECO + "AIInGovernment",)
    assert [tie[:3] for tie in ties(relationships)] == [("a", "partOf", "b"), ("a", "coordinates", "a")]
    assert [problem.message for problem in reading.skipped] == [
        "several values where one has a place, the first is kept: country (1), homepage (1).",
        "topics not understood and passed over: Court (1).",
    ]


def test_a_suggested_plan_sees_what_is_nested_and_several(write, ontology: Ontology) -> None:
    rows = [
        {"id": "a", "names": [{"value": "Court"}, {"value": "Cour"}], "types": ["x"], "links": [{"value": "https://a.b/"}],
         "relationships": [{"id": "b", "label": "State"}, {"id": "c", "label": "Bank"}]},
        {"id": "b", "names": [{"value": "State"}], "types": [], "links": [], "relationships": []},
    ]  # fmt: skip
    plan = suggest_plan(write(some__json=json.dumps(rows)), ontology)
    said = tomllib.loads(plan)
    assert said["actor"] == {
        "id": "id",
        "label": "names.value",
        "type": "types",
        "homepage": "links.value",
        "relationships_id": {"id": "relationships.id", "label": "relationships.label"},
    }
    assert len(said["relationship"]) == 1


def test_the_only_list_of_objects_is_found_wherever_it_lies(said: Tell) -> None:
    bindings = [{"body": {"type": "uri", "value": "https://example.org/a"}, "name": {"value": "Court"}}]
    document = {"head": {"vars": ["body", "name"]}, "results": {"bindings": bindings}}
    plan = 'file = "rows.json"\n[actor]\nid = "body.value"\nlabel = "name.value"'
    assert list(said(json.dumps(document), plan, "rows__json")[1]) == ["https://example.org/a"]


def test_ties_that_differ_in_what_is_said_of_them_are_all_kept(said: Tell) -> None:
    plan = 'file = "rows.csv"\n[actor]\nlabel = "a"\n[actor.other]\nlabel = "b"\n[[relationship]]\nto = "other"\n'
    plan += 'relation = "funds"\nstatement = "said"\n'
    reading, _, relationships = said("a,b,said\nCourt,Bank,Once.\nCourt,Bank,Twice.\nCourt,Bank,Once.\n", plan)
    assert [tie.statement.value for tie in relationships] == ["Once.", "Twice."]
    assert [p.message for p in reading.skipped] == ["1 relationship said again, kept once."]


def test_a_remark_below_a_table_is_told_where_others_have_an_id(said: Tell) -> None:
    plan = 'file = "rows.csv"\n[actor]\nid = "code"\nlabel = "name"\n'
    reading, profiles, _ = said("code,name\n1,Court\n,Source: the ministry\n", plan)
    assert len(profiles) == 2
    assert [p.message for p in reading.skipped] == [
        "without an id, and told apart by name: Source: the ministry (row 3)."
    ]


def test_values_that_fit_no_thing_are_told(said: Tell) -> None:
    rows = [{"id": "b", "names": [{"value": "State"}], "ties": [{"id": "b"}, {"id": "b"}], "how": ["parent"] * 3}]
    reading, _, relationships = said(json.dumps(rows), SEVERAL.replace("ties.type", "how").replace(
        'homepage = "links"\ntopics = ["field", "subjects"]\n', "").replace('country = "places.code"\n', "").replace(
        'type = "types"\n', ""), "rows__json")  # fmt: skip
    assert [tie[1] for tie in ties(relationships)] == ["tiedTo"]
    assert "not carried over, as it is not clear whose they are: values of role (1)." in [
        problem.message for problem in reading.skipped
    ]


def test_what_rows_say_is_stored_with_direct_triples(write, ontology: Ontology) -> None:
    folder = write(plan__toml=PLAN, rows__csv=ROWS)
    store = EmbeddedStore.in_memory()
    load(store, [read(folder / "plan.toml", ontology)], ontology)
    rows = store.select(
        "SELECT ?row ?amount { id:ministry-of-finance-fra eco:funds ?p . ?r rdf:subject id:ministry-of-finance-fra ; "
        "rdf:predicate eco:funds ; rdf:object ?p ; eco:locator ?row OPTIONAL { ?r eco:amount ?amount } } ORDER BY ?row"
    )
    assert [row for row, _ in rows.values()] == ["row 2", "row 3"]


def test_a_reference_by_id_finds_the_row_before_or_behind_it(said: Tell) -> None:
    plan = """
title = "Units"
file = "rows.csv"
[actor]
id = "code"
prefix = "unit-"
label = "name"
[actor.parent]
id = "in"
[[relationship]]
to = "parent"
relation = "partOf"
[several]
in = ","
"""
    _, profiles, relationships = said("code;name;in\nB;Bee;A,C\nA;Ay;\nC;Cee;A\n", plan)
    assert list(profiles) == ["unit-b", "unit-a", "unit-c"]
    assert [(one, other) for one, _, other, *_ in ties(relationships)] == [
        ("unit-b", "unit-a"),
        ("unit-b", "unit-c"),
        ("unit-c", "unit-a"),
    ]
    with pytest.raises(DataError) as caught:
        said("code;name;in\nB;Bee;A\n", plan)
    assert caught.value.lines()[0].endswith(
        'rows.csv:2: "A" is described by no row: unit-a. Mend it; or give the section that names it a label, '
        "so that it is described by its name."
    )


def test_one_body_said_from_both_sides_is_tied_once(said: Tell) -> None:
    plan = """
title = "Units"
file = "rows.csv"
[actor]
label = "name"
[actor.above]
label = "parent"
[actor.below]
label = "child"
[[relationship]]
to = "above"
relation = "partOf"
[[relationship]]
from = "below"
to = "actor"
relation = "partOf"
"""
    reading, profiles, relationships = said("name,parent,child\nA,,B\nB,A,\n", plan)
    assert (list(profiles), len(relationships)) == (["a", "b"], 1)
    assert "1 relationship said again, kept once." in [note.message for note in reading.skipped]


def test_names_that_differ_in_signs_alone_stay_apart_and_other_scripts_get_a_number(said: Tell) -> None:
    plan = 'title = "x"\nfile = "rows.csv"\n[actor]\nlabel = "name"\n'
    _, profiles, _ = said("name\nA & B\nA/B\nРада\nДума\nA & B\n", plan)
    assert len(profiles) == 4
    assert sorted(one.labels[0].value for one in profiles.values()) == ["A & B", "A/B", "Дума", "Рада"]
    assert sorted(profiles)[0] == "a-b"


LISTED = {"result": {"items": [{"n": {"en": "Lab"}, "in": [{"id": 7}]}, {"n": {"en": "Ward"}, "id": 7, "in": []}]}}
LIST_PLAN = """
title = "x"
file = "rows.json"
rows = "result.items"
[actor]
label = "n.en"
[actor.other]
id = "in.id"
label = "in.id"
prefix = "no-"
[[relationship]]
to = "other"
relation = "partOf"
"""


def test_a_list_within_a_document_and_keys_within_keys(said: Tell) -> None:
    _, profiles, relationships = said(json.dumps(LISTED), LIST_PLAN, "rows__json")
    assert (sorted(profiles), ties(relationships)[0][:3]) == (["lab", "no-7", "ward"], ("lab", "partOf", "no-7"))


def test_json_lines_packed_or_not_read_alike(said: Tell) -> None:
    lines = "\n".join(json.dumps(item) for item in LISTED["result"]["items"]) + "\n\n"
    plan = LIST_PLAN.replace('rows = "result.items"\n', "").replace("rows.json", "rows.jsonl")
    plain = said(lines, plan, "rows__jsonl")[1:]
    packed = said(gzip.compress(lines.encode()), plan.replace("jsonl", "jsonl.gz"), "rows__jsonl__gz")[1:]
    assert plain == packed
    assert plain[1][0].citation.locator == "line 1"


def test_repeated_elements_of_xml(said: Tell) -> None:
    xml = """<?xml version="1.0"?><l:list xmlns:l="urn:x"><l:body code="1"><name>A <b>bold</b> body</name></l:body>
<l:body code="2"><name>B</name><part>1</part></l:body></l:list>"""
    plan = """
title = "x"
file = "rows.xml"
rows = "body"
[actor]
id = "@code"
prefix = "b-"
label = "name"
[actor.whole]
id = "part"
[[relationship]]
to = "whole"
relation = "partOf"
"""
    _, profiles, relationships = said(xml, plan, "rows__xml")
    assert {key: one.labels[0].value for key, one in profiles.items()} == {"b-1": "A bold body", "b-2": "B"}
    assert ties(relationships)[0][:3] == ("b-2", "partOf", "b-1")


def test_xml_rows_take_what_stands_above_them(said: Tell) -> None:
    plan = """
    file = "rows.xml"
    rows = "agency"
    [actor]
    label = "name"
    country = "../@code"
    kind = "../../title"
    """
    rows = """<register><title>Agencies</title>
    <country code="FR"><agency><name>Court</name></agency><agency><name>Bank</name></agency></country>
    <country code="DE"><agency><name>Court</name></agency></country></register>"""
    _, profiles, _ = said(rows, plan, "rows__xml")
    assert list(profiles) == ["court-fra", "bank-fra", "court-deu"]
    assert {one.kind for one in profiles.values()} == {"Agencies"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (ROWS.replace(",FR,", ",FRR,"), 'rows.csv:2: country "FRR" is not known.'),
        (ROWS.replace("2021.0", "soon"), 'rows.csv:3: since "soon" is not a date.'),
        (ROWS.replace(",1000,Lab", ",lots,Lab"), 'rows.csv:2: amount "lots" is not a number.'),
        (ROWS.replace(",1000,Lab", ",-3,Lab"), 'rows.csv:2: amount "-3" is below 0.'),
        (ROWS.replace(",lead", ",boss"), 'rows.csv:2: role "boss" is not one of [relations].'),
        (ROWS.replace("Clean ground", ""), "rows.csv:4: names no actor and no initiative."),
        (ROWS + "a,b,c,d,e,f,g,h,i,j\n", "rows.csv:6: has 10 cells"),
        (ROWS.replace("paid by", "paid"), 'rows.csv:1: has no column "paid by", which the plan names as'),
        (ROWS.replace("Lab;", "Clean air;"), 'rows.csv:2: "Clean air" is both an actor and an initiative.'),
    ],
)  # fmt: skip
def test_mistakes_in_rows_name_the_row(said: Tell, rows: str, expected: str) -> None:
    with pytest.raises(DataError) as caught:
        said(rows)
    lines = [line.rpartition("/")[2] for line in caught.value.lines()]
    assert any(line.startswith(expected) for line in lines), lines


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('label = "name"', 'lable = "name"', 'plan.toml: [initiative] has no "lable". Did you mean label?'),
        ('label = "name"\n', "", "plan.toml: [initiative] names no id and no label."),
        ("[topics]", "[topic]", "plan.toml: there is no section [topic]. Did you mean topics?"),
        ('from = "partner"', 'from = "parter"', 'plan.toml: from of [relationship] is "parter", which is no'),
        ('relation = "funds"', 'relation = "found"', 'plan.toml: relation "found" is not known.'),
        ('{ is = "FRA" }', '{ is = "FRRR" }', 'plan.toml: country "FRRR" is not known.'),
        ('{ is = "FRA" }', '{ was = "FRA" }', "plan.toml: country of [actor.funder] is not text."),
        ('{ is = "FRA" }', "[1]", "plan.toml: country of [actor.funder] is not text."),
        ('file = "rows.csv"', 'file = "rows.doc"', 'plan.toml: "rows.doc" is no table.'),
        ('file = "rows.csv"', 'file = "rows.csv"\nheader = "x"', "plan.toml: header is not the number of a row."),
        ('file = "rows.csv"', 'file = "rows.csv"\nrows = 3', "plan.toml: rows is not text."),
        ("[actor.partner]", "[actor.initiative]", "plan.toml: [actor.initiative] is called as another section is."),
    ],
)  # fmt: skip
def test_mistakes_in_a_plan(said: Tell, old: str, new: str, expected: str) -> None:
    assert old in PLAN
    with pytest.raises(DataError) as caught:
        said(plan=PLAN.replace(old, new, 1))
    assert any(line.rpartition("/")[2].startswith(expected) for line in caught.value.lines()), caught.value.lines()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("rows__json", "{}", 'rows.json: has no list "result.items".'),
        ("rows__json", '{"result": {"items": 3}}', 'rows.json: has no list "result.items".'),
        ("rows__json", '{"result": {"items": [3]}}', 'rows.json: has no column "n.en", which the plan'),
        ("rows__json", '{"result": {"items": [{"n": {"de": "x"}, "in": []}]}}', 'rows.json: has no column "n.en"'),
        ("rows__json", json.dumps(LISTED).replace("7}]}", "7}]}, 3"), "rows.json: item 2: is not an object"),
        ("rows__jsonl", '{"a": 1}\n{', "rows.jsonl:2: is not JSON"),
        ("rows__jsonl", b'{"a": "\xff"}', "rows.jsonl:1: is not UTF-8."),
        ("rows__xml", "<a><b/>", "rows.xml:1: is not XML"),
        ("rows__xml", "<a><b/></a>", 'rows.xml: has no element "result.items". It has "a", "b".'),
        ("rows__xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///x">]><a>&x;</a>', "rows.xml:1: declares the entity"),
        ("rows__xlsx", b"PK", "rows.xlsx: is not a workbook, or damaged"),
    ],
)  # fmt: skip
def test_documents_that_cannot_be_read_say_why(said: Tell, name: str, content: str | bytes, expected: str) -> None:
    with pytest.raises(DataError) as caught:
        said(content, LIST_PLAN.replace("rows.json", name.replace("__", ".")), name)
    assert any(expected in line for line in caught.value.lines()), caught.value.lines()


def test_a_million_repeated_words_are_told_once(said: Tell) -> None:
    with pytest.raises(DataError) as caught:
        said("name,land\n" + "".join(f"a{number},Nowhere\n" for number in range(500)),
             'title = "x"\nfile = "rows.csv"\n[actor]\nlabel = "name"\ncountry = "land"\n')  # fmt: skip
    assert len(caught.value.lines()) == 1


def test_the_same_bytes_whatever_the_hash_seed(write, tmp_path: Path) -> None:
    folder = write(plan__toml=PLAN, rows__csv=ROWS)
    code = (
        "import sys; from ecosystem.api.opening import load_ontology; from ecosystem.sources import read; "
        "from ecosystem.store import EmbeddedStore, load; o = load_ontology(); s = EmbeddedStore.in_memory(); "
        "load(s, [read(sys.argv[1], o)], o); print(*sorted(map(str, s.quads())), sep='\\n')"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code, str(folder / "plan.toml")],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1 and len(found.pop()) > 1000
