"""Brokerage against its definition, word by word, on random directed graphs of every shape."""

from __future__ import annotations

from itertools import permutations
from math import isclose

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.measures import ROLES, Broker, brokerage

pytestmark = pytest.mark.usefixtures("both_forms")

PATHS = {"coordinator": "AAA", "itinerant": "ABA", "gatekeeper": "ABB", "representative": "AAB", "liaison": "ABC"}
quick = settings(max_examples=80, deadline=None, derandomize=True)


@st.composite
def grouped_graphs(draw: st.DrawFn, *, symmetric: bool = False) -> nx.DiGraph:
    """Draw a digraph with self-loops, isolates and groups of one actor."""
    size = draw(st.integers(1, 9))
    nodes = st.integers(0, size - 1)
    edges = draw(st.lists(st.tuples(nodes, nodes), max_size=size * size))
    graph = nx.DiGraph()
    graph.add_nodes_from((node, {"group": draw(st.integers(0, 3))}) for node in range(size))
    graph.add_edges_from(edges)
    if symmetric:
        graph.add_edges_from([(head, tail) for tail, head in edges])
    return graph


def pattern(groups: tuple[int, int, int]) -> str:
    letters: dict[int, str] = {}
    return "".join(letters.setdefault(group, "ABC"[len(letters)]) for group in groups)


def by_definition(graph: nx.DiGraph) -> dict[int, tuple[list[int], int, float]]:
    """Return role counts, exclusive pairs and partial credit of each actor, over all ordered triples."""
    group = nx.get_node_attributes(graph, "group")
    found = [
        (a, v, b)
        for a, v, b in permutations(graph, 3)
        if graph.has_edge(a, v) and graph.has_edge(v, b) and not graph.has_edge(a, b)
    ]
    brokers = {(a, b): sum((a, b) == (x, y) for x, _, y in found) for a, _, b in found}
    answer = {}
    for actor in graph:
        own = [(a, b) for a, v, b in found if v == actor]
        kinds = [pattern((group[a], group[actor], group[b])) for a, b in own]
        alone = sum(brokers[pair] == 1 for pair in own)
        answer[actor] = ([kinds.count(PATHS[role]) for role in ROLES], alone, sum(1 / brokers[pair] for pair in own))
    return answer


def rows_of(graph: nx.DiGraph) -> dict[object, Broker]:
    return {row.actor: row for row in brokerage(graph, by="group")}


@quick
@given(grouped_graphs())
def test_definition(graph: nx.DiGraph) -> None:
    rows = rows_of(graph)
    for actor, (roles, exclusive, credit) in by_definition(graph).items():
        row = rows[actor]
        assert [getattr(row, role) for role in ROLES] == roles
        assert row.total == sum(roles)
        assert row.cross_group == row.gatekeeper + row.representative + row.liaison
        assert row.exclusive == exclusive
        assert isclose(row.partial_credit, credit, abs_tol=1e-12)


@quick
@given(grouped_graphs(symmetric=True))
def test_gatekeeper_equals_representative_where_ties_run_both_ways(graph: nx.DiGraph) -> None:
    for row in brokerage(graph, by="group"):
        assert row.gatekeeper == row.representative
        assert row.total % 2 == 0


@quick
@given(grouped_graphs())
def test_one_group_has_only_coordinators(graph: nx.DiGraph) -> None:
    for row in brokerage(graph, by=dict.fromkeys(graph, "all")):
        assert row.total == row.coordinator


@quick
@given(grouped_graphs(), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(graph: nx.DiGraph, random: object) -> None:
    nodes, edges = list(graph.nodes(data="group")), list(graph.edges)
    random.shuffle(nodes)  # type: ignore[attr-defined]
    random.shuffle(edges)  # type: ignore[attr-defined]
    other = nx.DiGraph()
    other.add_nodes_from((node, {"group": f"group {9 - group}"}) for node, group in nodes)
    other.add_edges_from(edges)
    renamed = rows_of(other)
    for actor, row in rows_of(graph).items():
        twin = renamed[actor]
        assert [getattr(twin, role) for role in ROLES] == [getattr(row, role) for role in ROLES]
        assert (twin.exclusive, twin.expected) == (row.exclusive, row.expected)
        assert isclose(twin.partial_credit, row.partial_credit, abs_tol=1e-12)


@quick
@given(grouped_graphs(), st.data())
def test_a_new_tie_raises_nobody_but_its_ends(graph: nx.DiGraph, data: st.DataObject) -> None:
    a, b = (data.draw(st.sampled_from(list(graph)), label=label) for label in "ab")
    before = rows_of(graph)
    graph.add_edge(a, b)
    after = rows_of(graph)
    for actor in set(graph) - {a, b}:
        assert all(getattr(after[actor], role) <= getattr(before[actor], role) for role in ROLES)
