"""Orchestrators between two sides, in an ecosystem small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from builders import actor, tie

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.errors import ProjectionError
from ecosystem.ontology import Ontology

ACTORS = [
    actor("chile", "NationalGovernment", "CHL"),
    actor("peru", "NationalGovernment", "PER"),
    actor("spain", "NationalGovernment", "ESP"),
    actor("france", "NationalGovernment", "FRA"),
    actor("canada", "NationalGovernment", "CAN"),
    actor("bank", "DevelopmentBank"),
    actor("league", "StateNetwork"),
    actor("lab", "Pilot"),
]
# The bank and Canada share chile–spain; the bank alone serves chile–france. Spain leads the league, where it meets
# Peru. France coordinates the lab, in which Peru and Spain take part, and takes part itself.
TIES = [
    tie("chile", "partnersWith", "bank"),
    tie("bank", "funds", "spain"),
    tie("bank", "funds", "france"),
    tie("chile", "partnersWith", "canada"),
    tie("canada", "partnersWith", "spain", certainty=terms.INFERRED),
    tie("spain", "leads", "league", since="2020", until="2022"),
    tie("peru", "memberOf", "league"),
    tie("france", "coordinates", "lab"),
    tie("peru", "participatesIn", "lab"),
    tie("spain", "participatesIn", "lab"),
]


@pytest.fixture
def eco(make_store: Callable[..., object], ontology: Ontology) -> Ecosystem:
    return Ecosystem(make_store([*ACTORS, *TIES]), ontology)  # type: ignore[arg-type]


def test_measured_and_said_are_kept_apart(eco: Ecosystem) -> None:
    rows = {row.label: row for row in eco.orchestrators("Latin America", "Europe")}
    bank, canada, france, spain = (rows[name] for name in ("Bank", "Canada", "France", "Spain"))
    assert (bank.pairs, bank.exclusive, bank.partial_credit, bank.occasions) == (2, 1, 1.5, 0)
    assert (bank.role, canada.role) == ("liaison", "liaison")
    assert (canada.pairs, canada.exclusive, canada.partial_credit) == (1, 0, 0.5)
    assert bank.said == "" and france.measured == "", "Peru and France meet in the lab: the pair is not open"
    assert (france.pairs, france.occasions) == (0, 1)
    assert spain.occasions == 1
    assert eco.orchestrators("Latin America", "Europe")[0].label == "Bank"


def test_the_sentences(eco: Ecosystem) -> None:
    rows = {row.label: row for row in eco.orchestrators("Latin America", "Europe")}
    assert rows["Bank"].measured == (
        "connects Chile with France (and 1 more such pair) by direct ties: "
        "2 pairs of actors without a tie of their own, 1 of which nobody else connects"
    )
    assert rows["France"].said == "coordinates Lab, which brings together Peru with Spain"
    assert rows["Spain"].said == "leads League (until 2022), in which it meets Peru"
    assert rows["Canada"].evidence == "rests on one source, 2 statements, 50 % of them inferred by the editors"
    assert rows["Bank"].evidence == "rests on one source, 3 statements"


def test_what_is_lost_without_an_actor(eco: Ecosystem) -> None:
    # All four are connected; without the bank Chile reaches France through Canada and Spain.
    bank = next(row for row in eco.orchestrators("Latin America", "Europe") if row.label == "Bank")
    assert (bank.reachable, bank.cut_off, bank.longer, bank.extra_steps) == (4, 0, 1, 1.0)
    assert bank.lost == "without it 1 pair must go 1 step further"


def test_every_number_expands_to_statements(eco: Ecosystem) -> None:
    for row in eco.orchestrators("Latin America", "Europe"):
        connections = eco.orchestrator_evidence(row.actor, "Latin America", "Europe")
        measured = [one for one in connections if one.kind == "measured"]
        assert len(measured) == row.pairs
        assert sum(one.exclusive for one in measured) == row.exclusive
        assert len(connections) - len(measured) == row.occasions
        assert len({one.record for connection in connections for one in connection.evidence}) == row.statements
        assert all(one.source and one.locator for connection in connections for one in connection.evidence)


def test_the_order_of_the_sides_changes_no_number(eco: Ecosystem) -> None:
    there, back = (eco.orchestrators(*sides) for sides in (("Latin America", "Europe"), ("Europe", "Latin America")))
    for one, other in zip(there, back, strict=True):
        assert (one.label, one.pairs, one.partial_credit, one.occasions, one.cut_off, one.statements) == (
            other.label, other.pairs, other.partial_credit, other.occasions, other.cut_off, other.statements,
        )  # fmt: skip


def test_a_country_and_supranational_bodies_are_sides_too(eco: Ecosystem) -> None:
    table = eco.orchestrators("Peru", "supranational")
    assert any(note.startswith("Peru: 1 actor of 1 country. supranational bodies: 2 actors") for note in table.notes)
    assert {row.label for row in table} >= {"Spain"}


def test_what_is_inferred_can_be_left_out(eco: Ecosystem) -> None:
    stated = eco.orchestrators("Latin America", "Europe", projection=eco.projection(leave_out_inferred=True))
    assert "Canada" not in {row.label for row in stated}


def test_initiatives_that_are_nodes_are_no_orchestrators(eco: Ecosystem) -> None:
    rows = eco.orchestrators("Latin America", "Europe", projection=eco.projection(initiatives="keep"))
    assert "Lab" not in {row.label for row in rows}
    assert {row.label: row.occasions for row in rows}["France"] == 1


def test_top_limits_each_kind_of_evidence(eco: Ecosystem) -> None:
    table = eco.orchestrators("Latin America", "Europe", top=1)
    assert len(table) == 2 and any(note.startswith("Not shown") for note in table.notes)
    assert len(eco.orchestrators("Latin America", "Europe", top=0)) >= 4


@pytest.mark.parametrize(
    ("name", "told"), [("Latin Amerika", "LatinAmericaAndCaribbean"), ("Oceania", "No actor"), ("", "no country group")]
)
def test_a_side_that_is_none(name: str, told: str, eco: Ecosystem) -> None:
    with pytest.raises(ProjectionError) as error:
        eco.orchestrators(name, "Europe")
    assert told in f"{error.value.message} {error.value.hint}"


def test_direct_connections_that_a_source_speaks_of(make_store: Callable[..., object], ontology: Ontology) -> None:
    records = [*ACTORS, tie("bank", "connects", "chile"), tie("bank", "connects", "spain")]
    (row,) = Ecosystem(make_store(records), ontology).orchestrators("Latin America", "Europe")  # type: ignore[arg-type]
    assert (row.label, row.said) == ("Bank", "connects Chile with Spain")
    assert row.pairs == 1, "its ties are ties of contact too"
