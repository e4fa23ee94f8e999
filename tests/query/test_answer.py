"""Answers in every format say what the engine found, and are the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import polars
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.query import ask
from ecosystem.store import EmbeddedStore, Store
from ecosystem.tables import spreadsheet_safe

RESULT = "{http://www.w3.org/2005/sparql-results#}"
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
literals = st.one_of(
    st.builds(ox.Literal, texts),
    st.builds(lambda text: ox.Literal(text, language="en"), texts),
    st.builds(ox.Literal, st.integers(-(2**40), 2**40)),
    st.builds(ox.Literal, st.booleans()),
    st.builds(ox.Literal, st.floats(allow_nan=False, allow_infinity=False)),
    st.builds(lambda name: ox.NamedNode(f"urn:{name}"), st.text(alphabet="abcé-_.0", min_size=1, max_size=8)),
)


def store_of(terms: list[ox.NamedNode | ox.Literal]) -> Store:
    store = EmbeddedStore.in_memory()
    predicate = ox.NamedNode("urn:p")
    store.add([ox.Triple(ox.NamedNode(f"urn:s{at:02}"), predicate, term) for at, term in enumerate(terms)], "urn:g")
    return store


@settings(max_examples=150, deadline=None)
@given(st.lists(literals, max_size=6))
def test_every_format_says_what_the_engine_found(terms: list[ox.NamedNode | ox.Literal]) -> None:
    query = "SELECT ?o ?s ?none { ?s <urn:p> ?o }"
    store = store_of(terms)
    found = sorted(store.select(query).rows, key=lambda row: str(row[1]))
    answer = ask(store, query)
    assert sorted(answer.table().rows, key=lambda row: str(row[1])) == found
    assert answer.lines == ask(store, query).lines == tuple(sorted(answer.lines))
    plain = sorted(tuple(term.value if term else "" for term in row) for row in found)
    for form, separator in (("csv", ","), ("tsv", "\t")):
        read = csv.reader(io.StringIO(answer.write(form), newline=""), delimiter=separator)
        assert next(read) == ["o", "s", "none"]
        safe = sorted(tuple(spreadsheet_safe(cell) for cell in row) for row in plain)
        assert sorted(map(tuple, read)) == safe
    bindings = json.loads(answer.write("json"))["results"]["bindings"]
    assert sorted((one["o"]["value"], one["s"]["value"], "") for one in bindings) == plain
    ET.fromstring(answer.write("xml"))
    frame = polars.read_parquet(answer.parquet())
    assert frame.columns == ["o", "s", "none"] and frame.height == len(terms)
    assert frame["none"].null_count() == len(terms)


def test_xml_bears_what_xml_cannot_hold() -> None:
    answer = ask(store_of([ox.Literal("a\x01b\rc\ufffed")]), "SELECT ?o { ?s <urn:p> ?o }")
    (cell,) = ET.fromstring(answer.write("xml")).iter(RESULT + "literal")
    assert cell.text == "a\ufffdb\rc\ufffdd"


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_carriage_return_ends_no_row(form: str) -> None:
    answer = ask(store_of([ox.Literal("a\rb"), ox.Literal("\r")]), "SELECT ?o ?s { ?s <urn:p> ?o }")
    separator = {"csv": ",", "tsv": "\t"}[form]
    read = list(csv.reader(io.StringIO(answer.write(form), newline=""), delimiter=separator))
    assert sorted(row[0] for row in read[1:]) == ["'\r", "a\rb"]


def test_parquet_has_numbers_where_all_are() -> None:
    values = "VALUES (?i ?f ?b ?t ?m ?n) { (1 1.5 true 'a' 1 UNDEF) (2 2 false 'b' 'x' 3) }"
    big = ask(EmbeddedStore.in_memory(), "SELECT ?big { VALUES ?big { 99999999999999999 1 } }")
    frame = polars.read_parquet(ask(EmbeddedStore.in_memory(), f"SELECT * {{ {values} }}").parquet())
    assert frame.schema == {
        "i": polars.Int64, "f": polars.Float64, "b": polars.Boolean, "t": polars.String, "m": polars.String,
        "n": polars.Int64,
    }  # fmt: skip
    assert frame["n"].to_list() == [None, 3]
    assert polars.read_parquet(big.parquet())["big"].sum() == 100_000_000_000_000_000


def test_triples_have_no_doubles_and_blank_nodes_keep_their_names() -> None:
    store = store_of([ox.Literal("b"), ox.Literal("a")])
    query = "CONSTRUCT { ?s <urn:has> [ <urn:is> ?o ] . <urn:x> <urn:y> <urn:z> } WHERE { ?s <urn:p> ?o }"
    once, again = ask(store, query), ask(store, query)
    assert once.write("nt") == again.write("nt") and once.write("ttl") == again.write("ttl")
    assert len(once) == 5, "the same triple, made twice, is one"


def test_columns_and_order_follow_the_query() -> None:
    store = store_of([ox.Literal(2), ox.Literal(10), ox.Literal(1)])
    by_number = ask(store, "SELECT ?o { ?s <urn:p> ?o } ORDER BY ?o")
    assert [row[0] for row in by_number.table().values()] == ["1", "2", "10"]
    inner = ask(store, "SELECT * { { SELECT ?o ?s { ?s <urn:p> ?o } ORDER BY ?o } }")
    assert inner.columns == ("o", "s") and not inner.ordered
    assert ask(store, "SELECT * { }").columns == () and len(ask(store, "SELECT * { }")) == 1
    assert ask(store, "SELECT (COUNT(*) AS ?from) { ?s ?p ?o }").columns == ("from",)


def test_names_take_the_place_of_iris() -> None:
    store = store_of([ox.NamedNode("urn:z"), ox.Literal("<urn:z>")])
    answer = ask(store, "SELECT ?s ?o { ?s <urn:p> ?o }")
    named = answer.named(lambda iri: {"urn:z": 'tab\there "quoted"\nline'}.get(iri, "B" if "00" in iri else "a"))
    assert list(named.table().values()) == [("a", "<urn:z>"), ("B", 'tab\there "quoted"\nline')]
    assert named.named(str, leave_out=["s"]).columns == ("o",)
    assert answer.named(str, leave_out=["s", "o"]).columns == ("s", "o"), "a table keeps at least its columns"


@pytest.mark.parametrize("form", ["csv", "tsv", "md", "json", "xml"])
def test_an_ask_has_every_format_of_rows(form: str) -> None:
    assert "true" in ask(EmbeddedStore.in_memory(), "ASK {}").write(form)


def test_the_first_rows() -> None:
    answer = ask(store_of([ox.Literal(number) for number in range(5)]), "SELECT ?o { ?s <urn:p> ?o } ORDER BY ?o")
    assert [row[0] for row in answer.head(2).table().values()] == ["0", "1"]
    assert "0" in answer._repr_html_()
