"""From statements to a network, on ecosystems small enough to work out by hand."""

from __future__ import annotations

import pytest
from builders import actor, tie

from ecosystem import terms
from ecosystem.errors import ProjectionError
from ecosystem.network import SUPRANATIONAL, ActorNetwork, Projection, project, shortest_path
from ecosystem.ontology import Ontology
from ecosystem.records import Text

CONTACT = Projection(conveys=(terms.ECO + "Contact",))


def pairs(network: ActorNetwork) -> list[tuple[str, str]]:
    names = [iri.removeprefix(terms.ID) for iri in network.ids]
    return sorted((names[a], names[b]) for a, b in zip(network.tails, network.heads, strict=True))


def test_only_what_conveys_contact_is_a_tie_by_default(make_store, ontology: Ontology) -> None:
    store = make_store(
        [
            actor("court", "SupremeAuditInstitution", "NLD"),
            actor("ministry", "Ministry", "NLD"),
            actor("alone", "Ministry", "NLD"),
            tie("court", "audits", "ministry"),
            tie("court", "regulates", "ministry"),  # authority only
        ]
    )
    network = project(store, ontology)
    assert pairs(network) == [("court", "ministry")]
    assert len(network) == 3, "an actor without ties stays in the network"
    assert network.attributes["country"] == ["Netherlands"] * 3
    assert (
        pairs(project(store, ontology, Projection(conveys=(terms.ECO + "Authority",)))) == [("court", "ministry")] * 2
    )


def test_parallel_relationships_stay_apart(make_store, ontology: Ontology) -> None:
    store = make_store(
        [actor("a"), actor("b"), tie("a", "funds", "b", since="2020"), tie("a", "funds", "b", since="2022")]
    )
    network = project(store, ontology, CONTACT)
    assert network.tie_count == 2
    assert len(set(network.records)) == 2


def test_folding_ties_the_actors_of_an_initiative_by_one_over_k_minus_one(make_store, ontology: Ontology) -> None:
    members = ["a", "b", "c"]
    store = make_store(
        [
            *(actor(name) for name in members),
            actor("challenge", "Challenge"),
            *(tie(name, "coOrganises", "challenge") for name in members),
        ]
    )
    folded = project(store, ontology, CONTACT)
    assert pairs(folded) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert folded.strengths.tolist() == [0.5] * 3
    assert set(folded.via) == {terms.ID + "challenge"}
    assert all(len(records) == 2 for records in folded.records)
    kept = project(store, ontology, Projection(conveys=CONTACT.conveys, initiatives="keep"))
    assert pairs(kept) == [(name, "challenge") for name in members]
    assert kept.is_initiative.tolist() == [False, False, True, False] or sum(kept.is_initiative) == 1
    left_out = project(store, ontology, Projection(conveys=CONTACT.conveys, initiatives="leave out"))
    assert (len(left_out), left_out.tie_count) == (3, 0)


def test_a_large_initiative_is_reported_and_not_folded(make_store, ontology: Ontology) -> None:
    names = [f"a{number}" for number in range(5)]
    store = make_store(
        [*map(actor, names), actor("call", "OpenCall"), *(tie(name, "participatesIn", "call") for name in names)]
    )
    network = project(store, ontology, Projection(conveys=CONTACT.conveys, fold_limit=4))
    assert network.tie_count == 0
    assert network.notes == ("1 initiatives with more than 4 actors are not folded into ties.",)


def test_denied_relationships_are_no_ties_and_inferred_ones_can_be_left_out(make_store, ontology: Ontology) -> None:
    store = make_store(
        [
            *map(actor, "abc"),
            tie("a", "funds", "b", certainty=terms.DENIED),
            tie("b", "funds", "c", certainty=terms.INFERRED),
        ]
    )
    assert pairs(project(store, ontology, CONTACT)) == [("b", "c")]
    assert pairs(project(store, ontology, Projection(conveys=CONTACT.conveys, leave_out_inferred=True))) == []
    direct = store.query("ASK { id:a eco:funds id:b }")
    assert not bool(direct), "a denied relationship has a record and no direct triple"


@pytest.mark.parametrize(("day", "expected"), [("2019", 0), ("2020", 1), ("2021-06-30", 1), ("2022", 0)])
def test_as_of(make_store, ontology: Ontology, day: str, expected: int) -> None:
    store = make_store([actor("a"), actor("b"), tie("a", "funds", "b", since="2020-03", until="2021")])
    assert project(store, ontology, Projection(as_of=day)).tie_count == expected


def test_supranational_bodies_have_a_group_of_their_own_and_unknown_places_none(make_store, ontology: Ontology) -> None:
    store = make_store(
        [
            actor("igo", "IntergovernmentalOrganisation"),
            actor("start-up", "StartUp"),
            actor("paris", "CityGovernment", "FRA"),
        ]
    )
    network = project(store, ontology)
    assert dict(zip(network.ids, network.attributes["country"], strict=True)) == {
        terms.ID + "igo": SUPRANATIONAL,
        terms.ID + "paris": "France",
        terms.ID + "start-up": None,
    }


def test_a_country_can_come_from_the_place_that_an_actor_is_based_in(make_store, ontology: Ontology) -> None:
    store = make_store([actor("lab"), actor("city", "City", "CHL"), tie("lab", "basedIn", "city")])
    network = project(store, ontology)
    assert network.ids == (terms.ID + "lab",), "places are no nodes by default"
    assert network.attributes["country"] == ["Chile"]


def test_countries_limit_actors(make_store, ontology: Ontology) -> None:
    store = make_store([actor("a", country="FRA"), actor("b", country="CHL"), tie("a", "funds", "b")])
    network = project(store, ontology, Projection(countries=(terms.COUNTRY_AUTHORITY + "FRA",)))
    assert (network.ids, network.tie_count) == ((terms.ID + "a",), 0)


def test_labels_follow_the_language(make_store, ontology: Ontology) -> None:
    labels = (Text("OECD", "en"), Text("OCDE", "fr"))
    profile = actor("oecd", "IntergovernmentalOrganisation")
    store = make_store([type(profile)(profile.iri, profile.type, labels)])
    assert project(store, ontology, language="fr").labels == ("OCDE",)
    assert project(store, ontology, language="de").labels == ("OECD",)


def test_an_empty_ecosystem_is_a_users_mistake(make_store, ontology: Ontology) -> None:
    with pytest.raises(ProjectionError, match="no actor"):
        project(make_store([]), ontology)


def test_input_order_changes_nothing(make_store, ontology: Ontology) -> None:
    records = [*map(actor, "abcd"), tie("a", "funds", "b"), tie("c", "partnersWith", "b"), tie("d", "advises", "a")]
    one = project(make_store(records), ontology)
    other = project(make_store(records[::-1]), ontology)
    assert (one.ids, one.records, one.tails.tolist()) == (other.ids, other.records, other.tails.tolist())


def test_a_path_does_not_run_through_a_place(make_store, ontology: Ontology) -> None:
    store = make_store(
        [
            *map(actor, "abc"),
            actor("city", "City", "CHL"),
            tie("a", "basedIn", "city"),
            tie("b", "basedIn", "city"),
            tie("c", "funds", "a"),
            tie("c", "funds", "b"),
        ]
    )
    network = project(store, ontology, Projection(types=(terms.ACTOR,), initiatives="keep"))
    number = {iri.removeprefix(terms.ID): node for iri, node in network.index().items()}
    steps = shortest_path(network, [number["a"]], [number["b"]])
    assert steps is not None
    assert [step.end for step in steps] == [number["c"], number["b"]]
    assert [step.forward for step in steps] == [False, True]
    to_place = shortest_path(network, [number["a"]], [number["city"]])
    assert to_place is not None and len(to_place) == 1
    assert shortest_path(network, [number["a"]], [number["a"]]) == []
