"""Finding things by their names, and saying what is known of them and who says so."""

from __future__ import annotations

import pytest
from builders import actor, tie

from ecosystem import terms
from ecosystem.errors import QueryError
from ecosystem.lookup import Lookup
from ecosystem.lookup.lookup import FEW
from ecosystem.ontology import Ontology
from ecosystem.records import Citation, Figure, Profile, Source, Text


@pytest.fixture
def lookup(make_store, ontology: Ontology) -> Lookup:
    recording = Source(
        terms.ID + "recording",
        (Text("A recording", "en"),),
        url="https://example.org/watch",
        time_stamped_url="https://example.org/watch?t={seconds}",
    )
    bank = Profile(
        terms.ID + "caf",
        terms.ECO + "DevelopmentBank",
        (Text("Development Bank of Latin America", "en"), Text("Banco de Desarrollo de América Latina", "es")),
        alternatives=(Text("Corporación Andina de Fomento", "es"),),
        acronym="CAF",
        descriptions=(Text("A bank.", "en"),),
        citation=Citation(terms.ID + "recording", "01:16:39"),
    )
    store = make_store(
        [
            recording,
            bank,
            *(actor(f"finance-{code.lower()}", "Ministry", code) for code in ("CHL", "FRA")),
            tie("caf", "funds", "finance-chl", statement=Text("The bank lent to the ministry.", "en"), since="2020"),
            tie("finance-fra", "partnersWith", "caf"),
            Figure(terms.ID + "fig", terms.ID + "caf", (Text("Loans", "en"),), 12500, "million US dollars"),
        ]
    )
    return Lookup(store, ontology)


@pytest.mark.parametrize(
    "name",
    [
        "CAF",
        "caf",
        "id:caf",
        terms.ID + "caf",
        "corporacion andina de fomento",
        "banco de desarrollo de america latina",
    ],
)
def test_a_thing_is_found_by_any_of_its_names(lookup: Lookup, name: str) -> None:
    assert lookup.find(name) == terms.ID + "caf"


def test_a_part_of_a_name_will_do_where_it_is_unique(lookup: Lookup) -> None:
    assert lookup.find("Andina") == terms.ID + "caf"


def test_unknown_and_ambiguous_names_say_what_to_do(make_store, ontology: Ontology, lookup: Lookup) -> None:
    with pytest.raises(QueryError) as unknown:
        lookup.find("Development Bank of Latin Amerika")
    assert "Development Bank of Latin America" in unknown.value.lines()[0]
    twins = [Profile(terms.ID + f"mof-{c}", terms.ECO + "Ministry", (Text("Ministry of Finance"),)) for c in "ab"]
    with pytest.raises(QueryError, match=r"2 things: mof-a .*mof-b"):
        Lookup(make_store(twins), ontology).find("ministry of finance")


@pytest.mark.parametrize("name", ["> } DROP ALL #", "id:>x", "http://x y", '"', "\\", "", "a:b"])
def test_hostile_names_find_nothing_and_break_nothing(lookup: Lookup, name: str) -> None:
    with pytest.raises(QueryError):
        lookup.find(name)


def test_a_profile_with_its_source_and_the_second_of_the_recording(lookup: Lookup) -> None:
    profile = lookup.profile(terms.ID + "caf")
    assert (profile.label, profile.acronym, profile.kind) == (
        "Development Bank of Latin America",
        "CAF",
        "development bank",
    )
    assert profile.link == "https://example.org/watch?t=4599"
    assert profile.figures == ("Loans: 12,500 million US dollars",)
    assert "Banco de Desarrollo de América Latina" in profile.alternatives
    spanish = Lookup(lookup.store, lookup.ontology, "es").profile(terms.ID + "caf")
    assert spanish.label == "Banco de Desarrollo de América Latina"


def test_relationships_come_with_their_evidence(lookup: Lookup) -> None:
    funds, partners = lookup.relationships_of(terms.ID + "caf")
    assert (funds.relation, funds.statement, funds.source, funds.locator, funds.since) == (
        "funds",
        "The bank lent to the ministry.",
        "A source",
        "page 1",
        "2020",
    )
    assert partners.subject == "Finance Fra"
    assert funds.link == "https://example.org/a"
    assert [one.record for one in lookup.evidence([partners.record, funds.record])] == [partners.record, funds.record]


def test_search_ranks_exact_names_first_and_knows_concepts(lookup: Lookup) -> None:
    assert [found.iri for found in lookup.search("finance chl")] == [terms.ID + "finance-chl"]
    assert lookup.search("caf")[0].iri == terms.ID + "caf"
    assert any(found.iri.startswith(terms.ECO) for found in lookup.search("procurement"))
    assert lookup.search("no such thing at all") == []


def test_many_profiles_at_once_are_the_same_as_one_by_one(lookup: Lookup) -> None:
    iris = [terms.ID + "caf", terms.ID + "finance-chl", *list(lookup.ontology.concepts)[:30]]
    together = lookup.profiles(iris)
    assert together == {iri: lookup.profile(iri) for iri in iris}


def test_what_the_data_describe_comes_before_groups_of_countries(make_store, ontology: Ontology) -> None:
    group = next(iter(sorted(ontology.country_groups)))
    name = ontology.label(group, "en")
    store = make_store([Profile(terms.ID + "club", terms.ECO + "StateNetwork", (Text(name, "en"),))])
    assert Lookup(store, ontology).find(name) == terms.ID + "club"


def test_what_is_said_of_many_things_is_what_is_said_of_each(make_store, ontology: Ontology) -> None:
    told = Citation(terms.ID + "report", 'page "3"\t4')
    many = [
        Profile(
            terms.ID + f"a{number}",
            terms.ECO + "Ministry",
            (Text(f"Ministry {number}", "en"), Text(f"Ministère n° {number}", "fr")),
            descriptions=(Text("Rien.", "fr"), Text(f"Says <b>\\ {number}</b>\nand more.", "en")),
            since="2019",
            citation=told,
        )
        for number in range(FEW + 1)
    ]
    lookup = Lookup(make_store([Source(terms.ID + "report", (Text("Report", "en"),)), *many]), ontology, "fr")
    found = lookup.profiles([one.iri for one in many])
    assert found == {one.iri: lookup.profile(one.iri) for one in many}
    assert found[many[3].iri].description == "Rien." and found[many[3].iri].locator == 'page "3"\t4'


def test_all_evidence_is_the_evidence_of_each_record(lookup: Lookup) -> None:
    everything = lookup.evidence()
    assert everything and lookup.evidence([one.record for one in everything]) == everything
