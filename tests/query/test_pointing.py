"""Errors point at the place: what is under the caret is what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.errors import QueryError
from ecosystem.query import ask
from ecosystem.query.pointing import pointed
from ecosystem.store import EmbeddedStore


def wrong(query: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        ask(EmbeddedStore.in_memory(), query)
    return caught.value


@pytest.mark.parametrize(
    ("query", "under_caret", "words"),
    [
        ("SELECT ?x { ?x ?? ?z . ?a ?b ?c }", "??", "not expected"),
        ("SELECT ?x { ?x eco:funds ?z ?a ?b ?c }", "?a", "not expected"),
        ("SELECT ?x { ?x eco:funds ?z . FILTER(?x = ) ?a ?b ?c }", ") ?a", "not expected"),
        ("SELECT ?x { ?x eco:funds ?z . FILTER ?x = 3 }", "?x = 3", "not expected"),
        ("SELECT ?x { ?x eco:funds ?z . OPTINAL { ?a ?b ?c } }", "OPTINAL", "not expected"),
        ("SELECT ?x { ?x eco:funds ?z } ORDER ?x", "?x", "not expected"),
        ("SELECT ?x, ?y { ?x eco:funds ?z }", ", ?y", "not expected"),
        ("SELECT ?x { ?x eco:funds }", "}", "not expected"),
        ("SELECT (COUNT(?x)) { ?x eco:funds ?y }", ") {", "not expected"),
        ("SELECT ?x { ?x eco:funds ?y . ) }", ") }", "not expected"),
        ("ASK { ?x eco:funds ?y } }", "}", "not expected"),
        ("SELECT ?x WHERE ?x eco:funds ?y }", "?x eco", "not expected"),
        ("SELECT ?x { ?x <http://e/ a> ?y }", "<http", "no whole IRI"),
        ("SELEC ?x { ?x ?y ?z }", "SELEC", "Is it SELECT?"),
        ("PREFIX a: <urn:a>\nSELEC ?x { ?x ?y ?z }", "SELEC", "Is it SELECT?"),
        ("SELECT ?x { ?x ecco:funds ?y }", "ecco", "Is it eco:?"),
        ("SELECT ?x { ?x zzz:funds ?y }", "zzz", "PREFIX zzz:"),
        ("SELECT ?x ?n { ?x ?y ?n } GROUP BY ?x", "SELECT", "neither grouped"),
        ("SELECT ?x {\n\n\t?x rdfs:label '日本語' 'x' 4 }", "'x'", "not expected"),
    ],
)  # fmt: skip
def test_the_caret_stands_under_what_is_wrong(query: str, under_caret: str, words: str) -> None:
    error = wrong(query)
    head, line, caret = error.lines()
    assert words in head
    place = query.rindex(under_caret) if under_caret in ("?x", "}") else query.index(under_caret)
    row, column = query[:place].count("\n") + 1, place - query.rfind("\n", 0, place)
    assert f"{row}:{column}:" in head, head
    assert line.strip() == query.splitlines()[row - 1].strip()
    wide = sum(char in "日本語" for char in query[:place])
    assert caret.index("^") == column - 1 + 2 + wide


def test_a_query_that_is_not_whole_says_what_is_open() -> None:
    assert "Close the {" in wrong("SELECT ?x { ?x ?y ?z ").lines()[0]
    assert "Close the (" in wrong("SELECT ?x { FILTER(?x ").lines()[0]
    assert "ends too early" in wrong("").message


def test_long_lines_are_cut_and_control_characters_are_not_shown() -> None:
    query = "SELECT ?x { " + "?x eco:funds ?y . " * 100 + " ?x \x1b[31m ?? }"
    head, line, caret = wrong(query).lines()
    assert len(line) < 120 and "\x1b" not in head + line and len(caret) <= len(line) + 1


def test_a_bound_variable_must_be_a_column() -> None:
    import pyoxigraph as ox

    with pytest.raises(QueryError, match=r"\?y is bound.*columns") as caught:
        ask(EmbeddedStore.in_memory(), "SELECT ?x { ?x ?p ?y }", {"y": ox.Literal("a")})
    assert "SELECT ?y" in caught.value.hint


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="SELECTask{}()<>'\"#?:. \n\r\t日\x1b\\@^x1", max_size=60))
def test_pointing_at_any_text_ends_in_whole_lines(text: str) -> None:
    error = pointed(text, QueryError("unchanged"))
    assert all("\n" not in line and "\r" not in line and "\x1b" not in line for line in error.lines())
