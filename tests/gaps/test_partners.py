"""Partners: who is proposed, by which tie, for which reasons, on a network small enough to see through."""

from __future__ import annotations

import json

import pytest
from builders import actor, tie

from ecosystem import terms
from ecosystem.errors import ProjectionError
from ecosystem.gaps.partners import Candidates
from ecosystem.network import project
from ecosystem.ontology import Ontology

ID, ECO = terms.ID, terms.ECO


@pytest.fixture
def candidates(make_store, ontology: Ontology) -> Candidates:
    """The bank and Spain's court share the OECD; the bank and Peru's ministry a topic; France shares nothing."""
    store = make_store(
        [
            actor("bank", "DevelopmentBank"),
            actor("oecd", "IntergovernmentalOrganisation"),
            actor("court", "SupremeAuditInstitution", "ESP"),
            actor("ministry", "Ministry", "PER"),
            actor("agency", "DigitalAgency", "PER"),
            actor("stranger", "Ministry", "FRA"),
            tie("bank", "partnersWith", "oecd"),
            tie("court", "partnersWith", "oecd"),
            tie("bank", "funds", "agency"),
            tie("bank", "addresses", ECO + "Govtech"),
            tie("ministry", "addresses", ECO + "Govtech"),
            tie("court", "playsRole", ECO + "AuditInstitutionRole"),
        ]
    )
    return Candidates(store, ontology, project(store, ontology))


def test_shared_contacts_and_matters_make_candidates_and_ties_do_not(candidates: Candidates) -> None:
    found = {one.actor.removeprefix(ID): one for one in candidates.for_actor(ID + "bank")}
    assert set(found) == {"court", "ministry"}
    court, ministry = found["court"], found["ministry"]
    assert court.contacts == (ID + "oecd",) and court.matters == () and court.nearness == pytest.approx(1 / 2)
    assert court.offers == (ECO + "AuditInstitutionRole",)
    assert court.country_ties == 0
    assert ministry.matters == (ECO + "Govtech",) and ministry.contacts == ()
    assert ministry.country_ties == 1  # the bank funds an agency there
    # The court is first by contacts, offers and country, the ministry first by matters and second by country.
    assert court.score == pytest.approx(3 / 61)
    assert ministry.score == pytest.approx(1 / 61 + 1 / 62)


def test_the_tie_is_one_that_the_ontology_allows_and_the_data_use(candidates: Candidates) -> None:
    for one in candidates.for_actor(ID + "bank"):
        relation = candidates.ontology.relations[one.tie.relation]
        assert relation.proposable
    court = candidates.for_actor(ID + "court")
    assert [one.actor for one in court] == [ID + "bank"]


def test_only_actors_of_the_network_have_partners(candidates: Candidates) -> None:
    with pytest.raises(ProjectionError, match="for actors of the network"):
        candidates.for_actor(ID + "nobody")


def test_on_the_bundled_data_an_auditor_is_proposed_to_those_who_lack_one(run_json) -> None:
    rows = run_json("partners", "Open Government Partnership", "--role", "AuditInstitutionRole")
    assert rows and all("auditing as audit institution" in row["why"] for row in rows)
    assert {row["kind"] for row in rows} == {"supreme audit institution"}
    brazil = run_json("partners", "Open Government Partnership", "--country", "Brazil", "--top", "0")
    assert {row["country"] for row in brazil} == {"Brazil"}


def test_every_ground_is_expanded_to_its_statements(run_json) -> None:
    grounds = run_json("partners", "Netherlands Court of Audit", "--top", "3", "--evidence")
    assert grounds and any(ground["evidence"] and ground["partner_evidence"] for ground in grounds)
    for ground in grounds:
        assert all(one["source"] for one in (*ground["evidence"], *ground["partner_evidence"]))


@pytest.fixture
def run_json():
    from click.testing import CliRunner

    from ecosystem.commands import cli

    def run(*arguments: str):
        result = CliRunner().invoke(cli, [*arguments, "-f", "json"])
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    return run
