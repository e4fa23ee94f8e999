"""Which actors are proposed as one, and which never."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import actor
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem import terms
from ecosystem.network import SUPRANATIONAL
from ecosystem.ontology import Ontology
from ecosystem.reconciliation import Body, bodies, propose
from ecosystem.reconciliation.bodies import identifier
from ecosystem.reconciliation.judging import judge
from ecosystem.reconciliation.names import Weights
from ecosystem.records import Text

WORDS = [
    "Ministry",
    "of",
    "Finance",
    "Health",
    "Oslo",
    "Bergen",
    "Agency",
    "AMA",
    "Digital",
    "(AMA)",
    "2",
    "Nord",
    "ü\t=1",
]
NAMES = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
COUNTRIES = st.sampled_from(["", "Chile", "Peru", SUPRANATIONAL])
IDS = st.frozensets(st.sampled_from(["wikidata:Q1", "wikidata:Q2", "x:1"]), max_size=2)


def body(name: str, country: str = "", iri: str = "", **more: object) -> Body:
    return replace(Body(iri=iri or f"urn:{name}:{country}", label=name, names=(name,), country=country), **more)  # type: ignore[arg-type]


def pairs(*found: Body, least: float = 0.75) -> list[tuple[str, str, str]]:
    names = terms.PREFIXES["skos"]
    return [(m.subject_label, m.object_label, m.predicate_id.removeprefix(names)) for m in propose(found, least=least)]


def test_a_ministry_of_finance_in_five_countries_stays_five_bodies() -> None:
    five = [body("Ministry of Finance", country) for country in ("Chile", "Peru", "Spain", "France", "Italy")]
    assert pairs(*five, least=0) == []
    twin = body("The Finance Ministry", "Chile")
    (match,) = propose([*five, twin])
    assert match.comment == "same name; same country Chile"
    assert match.pair == {five[0].iri, twin.iri}


def test_a_generic_name_needs_a_country() -> None:
    assert pairs(body("Ministry of Health", "Chile"), body("Ministry of Health", "", "urn:other")) == []
    assert pairs(body("Ministry of Health", "", "urn:1"), body("Ministry of Health", "", "urn:2")) == []
    named = pairs(body("Ministry of Health of Chile", "Chile"), body("Chile: Ministry of Health", "", "urn:other"))
    assert [predicate for *_, predicate in named] == ["exactMatch"]
    telling = pairs(body("Wallace Collection", "", "urn:1"), body("The Wallace Collection", "", "urn:2"))
    assert [predicate for *_, predicate in telling] == ["exactMatch"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("University of Oslo", "University of Bergen"),
        ("Surrey County Council", "Kent County Council"),
        ("North Sea Agency", "South Sea Agency"),
        ("Police District 9", "Police District 10"),
        ("pic-999574050", "pic-999574051"),
        ("NDAS", "NDA"),
    ],
)
def test_names_that_differ_in_the_word_that_tells_are_not_one(one: str, other: str) -> None:
    assert pairs(body(one, "Norway"), body(other, "Norway")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Agência para a Modernização Administrativa (AMA)", "Agencia para a Modernizacao Administrativa"),
        ("DCMS - NATIONAL GALLERY", "National Gallery"),
        ("Dept. for Education", "Department for Education"),
        ("VisitBritain", "Visit Britain"),
        ("National Archives, The", "The National Archives"),
        ("Qualification & Curriculum Authority", "Qualifications and Curriculum Authority"),
    ],
)
def test_names_that_are_only_written_differently_are_one(one: str, other: str) -> None:
    assert [predicate for *_, predicate in pairs(body(one, "Norway"), body(other, "Norway"))] == ["exactMatch"]


def test_identifiers_come_first_and_a_conflict_of_countries_is_reported() -> None:
    ids = frozenset({"wikidata:Q41550"})
    oecd, ocde = body("OECD", iri="urn:1", identifiers=ids), body("OCDE", iri="urn:2", identifiers=ids)
    (match,) = propose([oecd, ocde])
    assert (match.is_exact, match.comment) == (True, "same identifier wikidata:Q41550; names differ")
    (conflict,) = propose([replace(oecd, country="Chile"), replace(ocde, country="Peru")])
    assert not conflict.is_exact
    assert conflict.comment == "conflict: same identifier wikidata:Q41550, but in Chile and Peru"
    other = replace(ocde, identifiers=frozenset({"wikidata:Q2"}), names=("OECD",))
    assert propose([oecd, other]).rows == (), "two identifiers of a kind that a body has one of"


def test_an_acronym_alone_is_never_certain() -> None:
    one = body("Department for International Development", "Norway", acronyms=frozenset({"dfid"}))
    assert [predicate for *_, predicate in pairs(one, body("DFID", "Norway"))] == ["closeMatch"]
    assert pairs(one, body("DFID", "")) == []


def test_bodies_are_read_from_a_store(make_store, ontology: Ontology) -> None:
    store = make_store(
        [
            actor(
                "caf",
                "DevelopmentBank",
                acronym="CAF",
                identifiers=("wikidata:Q1024683",),
                homepage="https://www.caf.com/",
            ),
            actor("court", "SupremeAuditInstitution", "NLD", alternatives=(Text("Rekenkamer", "nl"),)),
            actor("challenge", "Challenge"),
        ]
    )
    caf, court = bodies(store, ontology)
    assert (caf.country, caf.acronyms, caf.homepage) == (SUPRANATIONAL, {"caf"}, "caf.com") or not caf.country
    assert (court.country, court.names) == ("Netherlands", ("Court", "Rekenkamer"))
    assert caf.identifiers == {"wikidata:Q1024683"}
    assert court.sources == (terms.ID + "dataset/hand-made",)


@pytest.mark.parametrize("text", ["", "17", "Q41550", "wikidata:q41550", "http://[", "5493001KJTIIGC8Y1R12", "a b:c"])
def test_identifiers_of_any_form_can_be_compared(text: str) -> None:
    assert identifier(text, "urn:a") == identifier(f" {text} ", "urn:a")


def test_what_is_decided_is_not_proposed_again() -> None:
    one, other = body("Wallace Collection", iri="urn:1"), body("The Wallace Collection", iri="urn:2")
    assert len(propose([one, other])) == 1
    assert len(propose([one, other], rejected={frozenset(("urn:1", "urn:2"))})) == 0
    assert len(propose([one, other], same={"urn:2": "urn:1"})) == 0


BODIES = st.lists(st.builds(body, NAMES, COUNTRIES, identifiers=IDS), max_size=8).map(
    lambda found: [replace(one, iri=f"urn:{number}") for number, one in enumerate(found)]
)


@settings(max_examples=150, deadline=None)
@given(BODIES, st.randoms(use_true_random=False))
def test_proposals_do_not_depend_on_the_order_and_respect_countries(found: list[Body], random) -> None:
    matches = propose(found, least=0.3)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert propose(shuffled, least=0.3).rows == matches.rows
    by_iri = {one.iri: one for one in found}
    for match in matches:
        one, other = by_iri[match.subject_id], by_iri[match.object_id]
        assert match.subject_id < match.object_id
        assert 0 <= match.confidence <= 1
        if one.is_placed and other.is_placed and one.country != other.country:
            assert not match.is_exact
            assert match.comment.startswith("conflict")


@settings(max_examples=150, deadline=None)
@given(st.builds(body, NAMES, COUNTRIES, identifiers=IDS), st.builds(body, NAMES, COUNTRIES, identifiers=IDS))
def test_judging_is_symmetric(one: Body, other: Body) -> None:
    weights = Weights(name.words for each in (one, other) for name in each.readings)
    assert judge(one, other, weights) == judge(other, one, weights)


def test_a_large_country_takes_no_time_that_grows_with_the_square() -> None:
    many = [body(f"Registry of {number * 7919 % 100_003:05d} Records", "Chile") for number in range(3000)]
    assert propose(many).rows == ()
