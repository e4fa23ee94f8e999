"""Weak places of a network, worked out by hand; ties between groups beside an enumeration of what chance gives."""

from __future__ import annotations

from math import comb

import networkx as nx
import numpy as np
import pytest
from builders import actor, tie
from hypothesis import given
from hypothesis import strategies as st

from ecosystem import terms
from ecosystem.gaps.chance import adjusted, group_chances
from ecosystem.gaps.structural import StructuralGap, structural_gaps
from ecosystem.network import Projection, project
from ecosystem.ontology import Ontology
from ecosystem.tables import Table


def test_expected_ties_and_their_chance_are_those_of_the_definition() -> None:
    graph = nx.Graph([("a", "b"), ("a", "x"), ("b", "x"), ("x", "y")])
    rows = {(row.group_a, row.group_b): row for row in group_chances(graph, by=dict(zip("abxy", "AAXX", strict=True)))}
    # 4 ties, 4 tie ends at each group: half of the ties should run between them.
    across = rows["A", "X"]
    assert (across.observed, across.expected, across.ratio) == (2, 2.0, 1.0)
    assert rows["A", "A"].observed == rows["X", "X"].observed == 1
    tail = sum(comb(4, k) * 0.25**k * 0.75 ** (4 - k) for k in (0, 1))
    assert rows["A", "A"].p == pytest.approx(min(1.0, 2 * min(tail, 1 - 0.75**4)))
    assert across.p == 1.0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_p_values_are_those_of_the_textbook(p: list[float]) -> None:
    found = adjusted(p)
    order = np.argsort(p, kind="stable")
    textbook = [min(1.0, *(p[order[j]] * len(p) / (j + 1) for j in range(i, len(p)))) for i in range(len(p))]
    assert found[order] == pytest.approx(textbook)
    assert (found >= np.array(p) - 1e-12).all()


@given(st.integers(2, 5), st.integers(0, 2**10 - 1))
def test_observed_and_expected_ties_sum_to_all_ties(groups: int, bits: int) -> None:
    graph = nx.Graph([(0, 1), *(pair for place, pair in enumerate(nx.complete_graph(5).edges) if bits >> place & 1)])
    rows = group_chances(graph, by={node: node % groups for node in graph})
    assert sum(rows["observed"]) == graph.number_of_edges()
    assert sum(rows["expected"]) == pytest.approx(graph.number_of_edges())


@pytest.fixture
def weak(make_store, ontology: Ontology) -> Table[StructuralGap]:
    """Two cliques of seven, joined through one actor; a tail; an isolate."""
    chile, peru = [f"c{n}" for n in range(7)], [f"p{n}" for n in range(7)]
    ties = [
        tie(one, "partnersWith", other) for side in (chile, peru) for at, one in enumerate(side) for other in side[:at]
    ]
    ties += [
        tie("c0", "advises", "p0"),
        tie("c0", "funds", "p1"),
        tie("p4", "advises", "tail"),
        tie("tail", "advises", "end"),
    ]
    actors = [
        *(actor(name, "Ministry", "CHL") for name in chile),
        *(actor(name, "Ministry", "PER") for name in (*peru, "tail", "end")),
        actor("alone", "Ministry", "PER"),
    ]
    store = make_store([*actors, *ties])
    network = project(store, ontology, Projection(conveys=(ontology.default_flow,)))
    sources = {record: terms.ID + "source-a" for records in network.records for record in records}
    return structural_gaps(network, "country", sources)


def test_each_weak_place_is_named(weak: Table[StructuralGap]) -> None:
    told = {(row.kind, row.subject, row.other): row for row in weak}
    assert ("hole between groups", "Chile", "Peru") in told
    assert {row.subject for row in weak if row.kind == "silo"} == {"Chile", "Peru"}
    link = told["one actor between two groups", "C0", ""]
    assert (link.value, link.sources, link.group) == (2, 1, "Chile – Peru")
    assert told["actor that holds a part together", "P4", ""].value == 2
    assert told["actor that holds a part together", "C0", ""].value == 6
    assert told["tie that holds a part together", "P4", "Tail"].value == 2
    assert ("isolated actor", "Alone", "") in told
    assert ("actor that hangs on one tie", "End", "Tail") in told
    assert not [row for row in weak if row.kind == "one tie between two groups"]


def test_ties_on_one_source_are_counted(weak: Table[StructuralGap]) -> None:
    assert weak.notes[-1] == "46 of 46 ties rest on one source, or on none."
