"""What people choose is bound to variables as terms of the kind that the query declares, whatever it looks like."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.errors import EcosystemError, QueryError, TimeLimitError

ALL_KINDS = """\
# title: Everything
# parameter a (actor, optional): .
# parameter c (country, optional): .
# parameter g (country group, optional): .
# parameter r (relation, optional): .
# parameter t (type, optional): .
# parameter k (concept, optional): .
# parameter w (text, optional): .
# parameter n (number, optional): .
# parameter y (year, optional): .
SELECT ?a ?c ?g ?r ?t ?k ?w ?n ?y { }
"""
XSD = terms.PREFIXES["xsd"]


@pytest.mark.parametrize(
    ("name", "text", "term"),
    [
        ("a", "CAF", terms.ID + "caf"),
        ("a", "id:caf", terms.ID + "caf"),
        ("a", "Development Bank of Latin America", terms.ID + "caf"),
        ("c", "Spain", terms.COUNTRY_AUTHORITY + "ESP"),
        ("c", "ES", terms.COUNTRY_AUTHORITY + "ESP"),
        ("c", "España", terms.COUNTRY_AUTHORITY + "ESP"),
        ("c", "country:ESP", terms.COUNTRY_AUTHORITY + "ESP"),
        ("r", "partners with", terms.ECO + "partnersWith"),
        ("r", "eco:partnersWith", terms.ECO + "partnersWith"),
        ("t", "supreme audit institution", terms.ECO + "SupremeAuditInstitution"),
        ("k", "Govtech", terms.ECO + "Govtech"),
        ("k", "Denied", terms.DENIED),
    ],
)
def test_a_name_becomes_the_iri_of_its_kind(opsi: Ecosystem, name: str, text: str, term: str) -> None:
    assert opsi.question(ALL_KINDS, {name: text}).bound == {name: ox.NamedNode(term)}


def test_values_become_literals(opsi: Ecosystem) -> None:
    bound = opsi.question(ALL_KINDS, {"w": "12", "n": "0.5", "y": "2021"}).bound
    assert bound == {
        "w": ox.Literal("12"),
        "n": ox.Literal("0.5", datatype=ox.NamedNode(XSD + "decimal")),
        "y": ox.Literal("2021", datatype=ox.NamedNode(XSD + "integer")),
    }
    group = opsi.question(ALL_KINDS, {"g": "Latin America"}).bound["g"]
    assert isinstance(group, ox.NamedNode) and group.value in opsi.ontology.country_groups


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("c", "Spian", "none is called 'Spian'. Is it"),
        ("r", "fundz", "Is it funds"),
        ("t", "qqq", "ecosystem ontology list types"),
        ("n", "many", "Write it as 0.5"),
        ("y", "21", "Write it as 2021"),
        ("a", "Nobody at all", "Nothing is called"),
        ("z", "1", "no parameter 'z'. It has: a (actor, optional)"),
    ],
)
def test_what_is_of_another_kind_is_refused(opsi: Ecosystem, name: str, text: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        opsi.question(ALL_KINDS, {name: text})
    assert said in caught.value.lines()[0]


def test_what_must_be_given_is_asked_for(opsi: Ecosystem) -> None:
    with pytest.raises(QueryError, match="asks for country: The country") as caught:
        opsi.query("funders-of-a-country")
    assert "--set country=" in caught.value.hint
    with pytest.raises(QueryError, match="no saved query called 'who-overseas-whom'") as caught:
        opsi.query("who-overseas-whom")
    assert caught.value.hint == "Is it who-oversees-whom?"


def test_a_query_that_declares_nothing_takes_terms_as_sparql_writes_them(opsi: Ecosystem) -> None:
    query = "SELECT ?what ?x { ?x ?p ?what }"
    assert len(opsi.query(query, what="id:caf")) == len(opsi.query(query, what=ox.NamedNode(terms.ID + "caf"))) > 0
    assert opsi.question(query, {"what": "<urn:a>"}).bound["what"] == ox.NamedNode("urn:a")
    assert opsi.question(query, {"what": "true"}).bound["what"] == ox.Literal(True)
    assert opsi.question(query, {"what": "-3"}).bound["what"] == ox.Literal(-3)
    assert opsi.question(query, {"what": "unknown:thing"}).bound["what"] == ox.Literal("unknown:thing")
    with pytest.raises(QueryError, match="no parameter 'nothing'"):
        opsi.query(query, nothing="1")


INJECTIONS = ("'} DROP ALL #", "<urn:a> . ?s ?p ?o", "?x", '" } UNION { ?a ?b ?c } #', "\\u0022", "a\nb", "12 || true")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.sampled_from(INJECTIONS), st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)))
def test_text_stays_text(opsi: Ecosystem, text: str) -> None:
    answer = opsi.query("# title: Echo\n# parameter w (text): .\nSELECT ?w { }", w=text)
    assert [row[0] for row in answer.table().rows] == [ox.Literal(text)]
    (row,) = opsi.query("SELECT ?w { }", w=text).table().rows
    assert isinstance(row[0], ox.Literal | ox.NamedNode)
    assert len(opsi.query("SELECT ?w ?x { ?x rdfs:label ?w }", w=ox.Literal(text))) <= 1


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from("acgrtkny"), st.one_of(st.sampled_from(INJECTIONS), st.text(max_size=30)))
def test_any_choice_is_a_term_or_an_error_in_a_line(opsi: Ecosystem, name: str, text: str) -> None:
    try:
        bound = opsi.question(ALL_KINDS, {name: text}).bound
    except EcosystemError as error:
        assert error.message
    else:
        assert isinstance(bound[name], ox.NamedNode | ox.Literal)


def test_answers_in_words(opsi: Ecosystem) -> None:
    question = opsi.question("shared-memberships", {"one": "ITA", "other": "JPN"})
    assert question.heading() == "Where two countries are members together (one: Italy, other: Japan)"
    answer = question.ask()
    assert answer.columns == ("network", "one", "member", "other", "partner")
    words = question.in_words(answer)
    assert words.columns == ("network", "member", "partner")
    assert list(words.table().values()) == [("Agile Nations", "Government of Italy", "Government of Japan")]


def test_words_leave_addresses_as_they_are(opsi: Ecosystem) -> None:
    question = opsi.question("SELECT ?page { ?x foaf:homepage ?page }")
    assert {row[0] for row in question.in_words(question.ask()).table().values()} > {"https://oecd-opsi.org"}


def test_a_time_limit(opsi: Ecosystem) -> None:
    with pytest.raises(TimeLimitError):
        opsi.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", time_limit=0.2)
