"""Sentences about numbers."""

from __future__ import annotations

from collections import Counter

from ecosystem.api.words import broker_in_words, brokered, thinness
from ecosystem.lookup import Evidence
from ecosystem.measures import brokerage, triads

GROUPS = {"oecd": "Supranational", "chile": "Chile", "caf": "Colombia", "bogota": "Colombia"}
TIES = [("chile", "oecd"), ("oecd", "caf"), ("caf", "bogota")]


def sentence(direction: str, actor: str) -> str:
    import networkx as nx

    graph = nx.DiGraph(TIES)
    row = next(row for row in brokerage(graph, by=GROUPS, direction=direction) if row.actor == actor)
    found = triads(graph, by=GROUPS, broker=actor, direction=direction)
    between = Counter((GROUPS[pair.a], GROUPS[pair.b]) for pair in found)
    return broker_in_words(row, between, direction == "two-way")


def test_a_pair_is_one_pair_whichever_way_it_is_counted() -> None:
    assert sentence("as stated", "oecd") == "connects Chile to Colombia as liaison: 1 pair, 1 that nobody else connects"
    assert sentence("two-way", "oecd") == "connects Chile and Colombia as liaison: 1 pair, 1 that nobody else connects"


def test_a_gatekeeper_one_way_is_the_same_role_the_other_way() -> None:
    said = sentence("two-way", "caf")
    assert said == "connects Colombia and supranational bodies as gatekeeper: 1 pair, 1 that nobody else connects"


def test_roles_sum_to_the_total() -> None:
    import networkx as nx

    graph = nx.gnp_random_graph(30, 0.15, seed=3)
    groups = {node: "abc"[node % 3] for node in graph}
    for row in brokerage(graph, by=groups, direction="two-way"):
        told = brokered(row, True)
        assert sum(count for _, count in told.roles) == told.total == row.total / 2


def test_thinness() -> None:
    def one(subject: str, target: str, source: str) -> Evidence:
        return Evidence("", "", "", "", source, "", subject_iri=subject, object_iri=target)

    said = thinness([one("a", "b", "X"), one("b", "a", "Y"), one("a", "c", "X"), one("a", "d", "")])
    assert said == (
        "4 relationships rest on 2 sources, 50 % of them on one: X; 67 % of the ties are stated only once; "
        "1 name no source."
    )
    assert thinness([]) == "Nothing is recorded yet."
