"""The Ecosystem object as a notebook uses it."""

from __future__ import annotations

import pandas
import pytest

import ecosystem
from ecosystem.api import Ecosystem
from ecosystem.errors import ProjectionError
from ecosystem.measures import brokerage, centrality


def test_the_fixed_names_work_from_a_notebook(opsi: Ecosystem) -> None:
    rows = opsi.brokers(by="country")
    assert {"actor", "group", "coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total"} <= set(
        rows.columns
    )
    frame = rows.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and len(frame) == len(rows) == len(rows["actor"])
    assert rows._repr_html_().startswith("<table>")
    assert len(opsi.query("SELECT ?x { ?x a eco:SpaceAgency }").to_pandas()) == 2


def test_measures_take_the_network_and_networkx_alike(opsi: Ecosystem) -> None:
    from ecosystem.network import collapse, to_networkx

    network = opsi.network()
    graph = to_networkx(collapse(network))
    mine = {row.actor: row.total for row in brokerage(network, by="country")}
    theirs = {row.actor: row.total for row in brokerage(graph, by=dict(graph.nodes(data="country")))}
    assert mine == theirs
    assert len(centrality(network)) == len(network)


def test_brokerage_expands_to_exactly_its_count(opsi: Ecosystem) -> None:
    for row in list(opsi.brokers())[:5]:
        triads = opsi.broker_evidence(row.actor)
        assert len(triads) * 2 == row.total


def test_flows_and_relations_are_given_by_name(opsi: Ecosystem) -> None:
    money = opsi.network(opsi.projection(conveys=["money"], initiatives="keep"))
    assert set(money.relations) <= set(opsi.ontology.conveying([opsi.ontology.resolve("flow", "money")]))
    only = opsi.network(opsi.projection(conveys=[], relations=["audits"], initiatives="keep"))
    assert set(only.relations) == {opsi.ontology.resolve_relation("audits")}
    with pytest.raises(ProjectionError) as caught:
        opsi.projection(relations=["fundss"])
    assert "Is it funds?" in caught.value.lines()[0]


def test_the_direction_follows_what_is_conveyed(opsi: Ecosystem) -> None:
    assert opsi.direction(opsi.projection()) == "two-way"
    assert opsi.direction(opsi.projection(conveys=["authority"])) == "as stated"
    assert opsi.direction(opsi.projection(conveys=["contact", "money"])) == "as stated"


def test_the_path_between_two_actors_has_evidence_for_each_step(opsi: Ecosystem) -> None:
    steps = opsi.path("CAF", "OPSI")
    assert steps[0].start.startswith("CAF") and "Observatory" in steps[len(steps) - 1].end
    assert all(step.source and step.record for step in steps)
    assert len(opsi.path("NASA", "NASA")) == 0


def test_labels_change_with_the_language() -> None:
    french = ecosystem.open(language="fr")
    assert french.show("OECD").label != ecosystem.open().show("OECD").label
    assert "France" in french.network().attributes["country"]
    assert "Pays-Bas" in french.network().attributes["country"]


def test_the_map_says_what_it_shows_and_how_thin_it_is(opsi: Ecosystem) -> None:
    view = opsi.view()
    assert view.sentence.startswith("8") and "countries" in view.sentence and "2026" in view.sentence
    assert view.notes[0].startswith("4") and "rest on" in view.notes[0]
    assert len(view.brokers) > 3 and all("connects" in broker.words for broker in view.brokers[:3])
    shown = {node.id: node for node in view.nodes}
    assert all(tie.source in shown and tie.target in shown and tie.evidence for tie in view.ties)
    assert sum(gap.count for gap in view.gaps) == len(opsi.gaps())


def test_a_network_is_projected_once_for_each_projection(opsi: Ecosystem) -> None:
    folded = opsi.network()
    assert opsi.network(opsi.projection()) is folded
    assert opsi.network(opsi.projection(initiatives="keep")) is not folded
    years = [opsi.network(opsi.projection(as_of=str(year))) for year in range(2000, 2010)]
    assert len({id(network) for network in years}) == 10
    assert len(opsi._networks) < 10
