"""SPARQL as users ask it: what it answers, in which formats, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
from builders import actor, tie

from ecosystem.errors import QueryError
from ecosystem.query import ask
from ecosystem.store import Store


@pytest.fixture
def store(make_store) -> Store:
    return make_store([actor("b", country="FRA"), actor("a"), tie("a", "funds", "b"), actor("formula", acronym="=1+1")])


def test_columns_come_as_written_and_rows_sorted(store: Store) -> None:
    answer = ask(store, "SELECT ?z ?a { ?a eco:funds ?z }")
    assert answer.table().columns == ("z", "a")
    names = ask(store, "SELECT ?x { ?x a eco:Actor . FILTER(STRSTARTS(STR(?x), STR(id:))) }")
    found = list(names.table().values())
    assert found == sorted(found) and len(found) == 3
    backwards = ask(store, "SELECT ?x { ?x a eco:Actor . FILTER(STRSTARTS(STR(?x), STR(id:))) } ORDER BY DESC(?x)")
    assert list(backwards.table().values()) == found[::-1]


@pytest.mark.parametrize("star", ["SELECT *", "select distinct  *"])
def test_select_star_has_its_columns_in_the_order_of_the_query(store: Store, star: str) -> None:
    assert ask(store, star + " { ?z ?p ?a . # ?b\n FILTER(?a != '?c') }").table().columns == ("z", "p", "a")


def test_from_narrows_the_question_to_its_graphs(store: Store) -> None:
    everything = len(ask(store, "SELECT ?s ?p ?o { ?s ?p ?o }"))
    one = len(ask(store, "SELECT ?s ?p ?o FROM <https://w3id.org/ecosystem-mapper/id/dataset/hand-made> { ?s ?p ?o }"))
    assert 0 < one < everything
    assert len(ask(store, "SELECT ?from ?p ?o { ?from ?p ?o FILTER('from' != 'FROM') } # from")) == everything


def test_written_formats_are_readable_by_others(store: Store) -> None:
    columns = "SELECT ?s ?label ?acronym { ?s a eco:Actor ; rdfs:label ?label "
    rest = "OPTIONAL { ?s eco:acronym ?acronym } FILTER(STRSTARTS(STR(?s), STR(id:))) }"
    answer = ask(store, columns + rest)
    rows = list(csv.reader(io.StringIO(answer.write("csv"))))
    assert rows[0] == ["s", "label", "acronym"]
    assert "'=1+1" in [row[2] for row in rows], "a cell that a spreadsheet would take for a formula is escaped"
    results = json.loads(answer.write("json"))
    assert results["head"]["vars"] == ["s", "label", "acronym"]
    first = results["results"]["bindings"][0]
    assert first["label"] == {"type": "literal", "value": "A", "xml:lang": "en"} and "acronym" not in first
    tree = ET.fromstring(answer.write("xml"))
    assert len(tree.findall(".//{http://www.w3.org/2005/sparql-results#}result")) == 3
    assert answer.write("md").splitlines()[0] == "| s | label | acronym |"


def test_ask_and_construct(store: Store) -> None:
    assert ask(store, "ASK { id:a eco:funds id:b }").truth is True
    assert json.loads(ask(store, "ASK { id:b eco:funds id:a }").write("json"))["boolean"] is False
    made = ask(store, "CONSTRUCT { ?o eco:partnersWith ?s } WHERE { ?s eco:funds ?o }")
    assert "id:b eco:partnersWith id:a" in made.write("ttl")
    with pytest.raises(QueryError, match="no triples"):
        ask(store, "ASK { ?s ?p ?o }").write("ttl")
    with pytest.raises(QueryError, match="no rows"):
        made.write("json")


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DROP ALL",
        "LOAD <file:///etc/passwd>",
        "PREFIX a: <urn:a>\nCLEAR ALL",
    ],
)
def test_queries_only_read(store: Store, update: str) -> None:
    before = len(store)
    with pytest.raises(QueryError, match="update"):
        ask(store, update)
    assert len(store) == before


def test_from_reads_no_file(store: Store, tmp_path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:a> <urn:b> 'secret' .")
    assert len(ask(store, f"SELECT * FROM <{secret.as_uri()}> {{ ?s ?p ?o }}")) == 0
    assert len(ask(store, f"SELECT * FROM NAMED <{secret.as_uri()}> {{ GRAPH ?g {{ ?s ?p 'secret' }} }}")) == 0
