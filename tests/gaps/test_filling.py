"""Who bears what, what countries lack that their peers have, and who could fill a gap: worked out by hand."""

from __future__ import annotations

import pytest
from builders import actor, tie

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.errors import OntologyError
from ecosystem.ontology import Ontology


@pytest.fixture
def eco(make_store, ontology: Ontology) -> Ecosystem:
    """Chile's agency uses a system; it knows a ministry, which knows Peru's court. Peru's agency is audited."""
    return Ecosystem(
        make_store(
            [
                actor("agency", "LineAgency", "CHL"),
                actor("ministry", "Ministry", "CHL"),
                actor("court", "SupremeAuditInstitution", "PER"),
                actor("far-court", "SupremeAuditInstitution", "ESP"),
                actor("peru-agency", "LineAgency", "PER"),
                actor("bolivia", "Ministry", "BOL"),
                actor("model", "AlgorithmicSystem"),
                tie("agency", "uses", "model"),
                tie("agency", "reportsTo", "ministry"),
                tie("ministry", "partnersWith", "court"),
                tie("court", "audits", "peru-agency"),
                tie("court", "partnersWith", "far-court"),
                tie("bolivia", "playsRole", terms.ECO + "AuditInstitutionRole", certainty=terms.DENIED),
            ]
        ),
        ontology,
    )


def test_the_nearest_of_the_missing_kind_with_the_way_and_a_peer(eco: Ecosystem) -> None:
    gaps = eco.gaps(["AgencyWithoutOverseer"]).where(lambda gap: gap.subject == "Agency")
    first, second = eco.fillers(gaps)
    assert (first.who, first.steps, first.introduces) == ("Court", 2, "Ministry")
    assert first.way == "Agency → Ministry → Court"
    assert [one.relation for one in first.evidence] == ["reports to", "partners with"]
    assert (first.peer, first.peer_has) == ("Peru", "Court")
    assert (second.who, second.steps) == ("Far Court", 3)


def test_the_subject_does_not_fill_its_own_gap(eco: Ecosystem) -> None:
    rows = eco.fillers(eco.gaps(["AccountabilityActorAlone", "AuditInstitutionApart"]))
    assert all(row.who != row.subject for row in rows)


def test_a_gap_that_says_nothing_of_what_is_missing_is_passed_over(eco: Ecosystem) -> None:
    assert len(eco.fillers(eco.gaps(families=["data"]))) == 0


def test_evidence_of_absence_is_a_state_of_its_own(eco: Ecosystem) -> None:
    cells = {(cell.country, cell.item): cell for cell in eco.coverage("roles").cells}
    auditing = "auditing as audit institution"
    assert cells["Peru", auditing].state == "recorded"
    assert cells["Peru", auditing].by == ("Court",), "an audit institution plays the role by what it is"
    assert cells["Bolivia", auditing].state == "recorded as absent"
    chile = cells["Chile", auditing]
    assert (chile.state, chile.peers_with, chile.peers, chile.examples) == ("nothing recorded", 1, 2, ("Peru",))


def test_what_peers_have_is_missing_here_the_denied_first(eco: Ecosystem) -> None:
    missing = eco.coverage("roles").missing()
    assert (missing[0].country, missing[0].state) == ("Bolivia", "recorded as absent")
    assert all(cell.peers_with for cell in missing)


def test_counts_are_a_row_a_country(eco: Ecosystem) -> None:
    covered = eco.coverage("types")
    counts = covered.counts()
    assert (len(counts), len(counts[0])) == (len(covered.countries), len(covered.items))
    assert counts[covered.countries.index("Chile")][covered.items.index("ministry")] == 1


def test_an_unknown_coverage_names_those_there_are(eco: Ecosystem) -> None:
    with pytest.raises(OntologyError, match="rolls") as told:
        eco.coverage("rolls")
    assert "roles" in told.value.hint


def test_a_country_group_stands_for_its_members(eco: Ecosystem) -> None:
    found = eco.gaps(countries=["South America"])
    assert {gap.country for gap in found} <= {"Chile", "Peru", "Bolivia"} and len(found)
    with pytest.raises(OntologyError, match="Atlantis"):
        eco.gaps(countries=["Atlantis"])
