"""Density between groups and reciprocity, against their definitions and networkx."""

from __future__ import annotations

from math import isnan

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.errors import ProjectionError
from ecosystem.measures import group_density, reciprocity


@st.composite
def grouped_graphs(draw: st.DrawFn) -> tuple[nx.Graph, dict[int, str]]:
    size = draw(st.integers(1, 9))
    nodes = st.integers(0, size - 1)
    graph = nx.empty_graph(size, create_using=draw(st.sampled_from([nx.Graph, nx.DiGraph])))
    graph.add_edges_from(draw(st.lists(st.tuples(nodes, nodes), max_size=20)))
    return graph, {node: draw(st.sampled_from("ABC")) for node in graph}


def test_knoke_as_a_whole(knoke: nx.DiGraph) -> None:
    table = group_density(knoke, by="sector")
    assert sum(row.ties for row in table) == 49
    assert sum(row.possible for row in table) == 90
    assert "0.5444" in table.notes[-1]
    assert [(row.group_a, row.group_b) for row in table] == [(a, b) for a in (1, 2, 3) for b in (1, 2, 3)]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(grouped_graphs())
def test_density_is_what_the_definition_says(given: tuple[nx.Graph, dict[int, str]]) -> None:
    graph, groups = given
    for row in group_density(graph, by=groups):
        ends = [
            (a, b)
            for a in graph
            for b in graph
            if a != b and groups[a] == row.group_a and groups[b] == row.group_b
            if graph.is_directed() or row.group_a != row.group_b or a < b
        ]
        assert row.possible == len(ends)
        assert row.ties == sum(graph.has_edge(a, b) for a, b in ends)
        assert isnan(row.density) if not ends else row.density == row.ties / len(ends)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(grouped_graphs())
def test_reciprocity_is_that_of_networkx(given: tuple[nx.Graph, dict[int, str]]) -> None:
    graph = nx.DiGraph(given[0]) if not given[0].is_directed() else given[0]
    plain = nx.DiGraph(graph)
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    row = reciprocity(graph)[0]
    if not plain.number_of_edges():
        assert isnan(row.tie_based) and isnan(row.dyad_based)
        return
    mutual = sum(plain.has_edge(b, a) for a, b in plain.edges) / 2
    dyads = nx.Graph(plain).number_of_edges()
    assert row.tie_based == pytest.approx(nx.overall_reciprocity(plain))
    assert (row.dyads, row.mutual, row.dyad_based) == (dyads, mutual, pytest.approx(mutual / dyads))


def test_reciprocity_of_a_network_without_directions_says_nothing() -> None:
    table = reciprocity(nx.path_graph(3))
    assert isnan(table[0].tie_based) and table[0].dyads == 2
    assert "says nothing" in table.notes[-1]


def test_a_direction_that_does_not_exist() -> None:
    with pytest.raises(ProjectionError, match="sideways"):
        reciprocity(nx.path_graph(3), direction="sideways")  # type: ignore[arg-type]
