"""Headers of saved queries: what they say is read, what they should not say is an error with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.errors import EcosystemError, OntologyError, QueryError
from ecosystem.ontology import Ontology, is_name, parse_query
from ecosystem.ontology.saved import AUDIENCES, KINDS, saved_queries
from ecosystem.resources import ontology_folder

WHOLE = """\
# title: Who funds it
# title@fr: Qui le finance
# description: Who gives money,
#   and since when.
# audience: policy, audit
# parameter actor (actor): Who is funded.
# parameter from (year, default 1990): The first year.
# parameter role (concept, optional): Only these.

# a comment of the query's own
SELECT ?by ?actor ?from ?role { ?by eco:funds ?actor }
"""


def test_a_header_is_read() -> None:
    saved = parse_query(WHOLE, "who-funds-it")
    assert saved.title() == saved.title("es") == "Who funds it" and saved.title("fr") == "Qui le finance"
    assert saved.description == "Who gives money, and since when."
    assert saved.audience == ("policy", "audit")
    assert [str(one) for one in saved.parameters] == [
        "actor (actor)",
        "from (year, default 1990)",
        "role (concept, optional)",
    ]
    assert saved.text == WHOLE


def test_a_query_without_a_header_may_begin_with_any_comment() -> None:
    saved = parse_query("# note: parameter of nothing\nSELECT ?x { ?x a ?y }")
    assert not saved.titles and not saved.parameters


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("# colour: red", "says nothing of “colour”"),
        ("# no colon at all", "no line of a header"),
        ("# title: Again", "a title already"),
        ("# description@fr: Qui", "has no language"),
        ("# audience: kings", "“kings” is no audience"),
        ("# parameter x (planet): Which.", "“planet” is no kind"),
        ("# parameter x: Which.", "a name and a kind"),
        ("# parameter x (actor,): Which.", "a name and a kind"),
        ("# parameter nowhere (actor): Which.", "no variable ?nowhere"),
        ("# parameter x (actor):", "nothing stands after"),
        ("# audience (all): policy", "nothing before its colon"),
    ],
)
def test_an_error_names_its_line(line: str, said: str) -> None:
    with pytest.raises(QueryError, match=r"mine\.rq:2: ") as caught:
        parse_query(f"# title: What\n{line}\nSELECT ?x {{ ?x a ?y }}", path="mine.rq")
    assert said in caught.value.message


def test_a_parameter_is_declared_once() -> None:
    twice = "# parameter x (actor): Which.\n" * 2
    with pytest.raises(QueryError, match=":3: there is a parameter x already"):
        parse_query(f"# title: What\n{twice}SELECT ?x {{ ?x a ?y }}")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Bad_Name.rq", WHOLE, "cannot be called"),
        ("bare.rq", "SELECT ?x { ?x a ?y }", "no title"),
        ("half.rq", "# title: What\nASK {}", "no description"),
        ("foreign.rq", "# title: What\n# title@fr: Quoi\n# description: It.\nASK {}", "no audience"),
        ("wrong.rq", "# title: What\n# colour: red\nASK {}", "wrong.rq:2"),
    ],
)
def test_a_file_must_have_a_whole_header(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=said):
        saved_queries([tmp_path])


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "bytes.rq").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OntologyError, match="cannot be read"):
        saved_queries([tmp_path])


def test_a_folder_of_ones_own_is_read_beside_ours(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "mine.rq").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "queries" / "also-mine.rq").write_text("\ufeff" + WHOLE, encoding="utf-8")
    both = Ontology.load(ontology_folder(), tmp_path)
    assert {"mine", "also-mine", "who-oversees-whom"} <= both.queries.keys()
    assert list(both.queries) == sorted(both.queries)
    assert "mine" not in Ontology.load().queries
    (tmp_path / "queries" / "mine.rq").write_text(WHOLE, encoding="utf-8")
    with pytest.raises(OntologyError, match="a saved query of this name"):
        _ = Ontology.load(ontology_folder(), tmp_path).queries


def test_ours_have_three_titles_and_an_audience(ontology: Ontology) -> None:
    assert len(ontology.queries) >= 25
    for saved in ontology.queries.values():
        assert {"en", "fr", "es"} <= saved.titles.keys(), saved.name
        assert saved.description.endswith(".") and not saved.title().endswith("."), saved.name
        assert set(saved.audience) <= set(AUDIENCES) and all(one.kind in KINDS for one in saved.parameters)
    served = {one for saved in ontology.queries.values() for one in saved.audience}
    assert served == set(AUDIENCES)


def test_ours_take_no_group_of_patterns_away_one_by_one(ontology: Ontology) -> None:
    for saved in ontology.queries.values():
        assert "EXISTS" not in saved.text.upper(), f"{saved.name}: NOT EXISTS is quadratic; take away with MINUS"


@pytest.mark.parametrize("text", ["", "SELECT", "a b", "ask{}", "-a", "a--b", "a.rq", "a/b"])
def test_what_is_no_name(text: str) -> None:
    assert not is_name(text)


LINES = st.lists(
    st.one_of(
        st.sampled_from(WHOLE.splitlines()),
        st.text(alphabet="#: (),@abtitleprm\t=", max_size=30).map(lambda text: "#" + text),
        st.text(max_size=30),
    ),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(LINES)
def test_any_header_is_read_or_refused_in_a_line(lines: list[str]) -> None:
    text = "# title: What\n" + "\n".join(lines)
    try:
        saved = parse_query(text, "any", "any.rq")
    except EcosystemError as error:
        assert error.message.startswith("any.rq:")
    else:
        assert saved.title() and saved.text == text
