"""Parts, cut points and bridges, held against taking actors and ties away one by one."""

from __future__ import annotations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.measures import bridges, components, core_numbers, cut_points


@st.composite
def sparse_graphs(draw: st.DrawFn) -> nx.DiGraph:
    size = draw(st.integers(1, 14))
    nodes = st.integers(0, size - 1)
    graph = nx.empty_graph(size, create_using=nx.DiGraph)
    graph.add_edges_from(draw(st.lists(st.tuples(nodes, nodes), max_size=size + 3)))
    return graph


def part_sizes(graph: nx.Graph, within: set[int]) -> list[int]:
    return [len(part) for part in nx.connected_components(graph.subgraph(within))]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(sparse_graphs())
def test_cut_points_are_what_falls_apart_without_them(graph: nx.DiGraph) -> None:
    undirected = nx.Graph(graph)
    expected = {}
    for actor in undirected:
        sizes = part_sizes(undirected, nx.node_connected_component(undirected, actor) - {actor})
        if len(sizes) > 1:
            expected[actor] = (len(sizes), sum(sizes) - max(sizes))
    assert {row.actor: (row.pieces, row.cut_off) for row in cut_points(graph)} == expected


@settings(max_examples=150, deadline=None, derandomize=True)
@given(sparse_graphs())
def test_bridges_are_what_falls_in_two_without_them(graph: nx.DiGraph) -> None:
    undirected = nx.Graph(graph)
    expected = {}
    for a, b in undirected.edges:
        without = undirected.copy()
        without.remove_edge(a, b)
        if a != b and not nx.has_path(without, a, b):
            sides = (nx.node_connected_component(without, end) for end in (a, b))
            expected[frozenset((a, b))] = min(map(len, sides))
    found = bridges(graph)
    assert {frozenset((row.a, row.b)): row.cut_off for row in found} == expected
    assert len(found) == len(expected)


def test_parts_are_numbered_by_size() -> None:
    graph = nx.DiGraph([("a", "b"), ("x", "y"), ("z", "y")])
    graph.add_node("alone")
    table = components(graph)
    assert [(row.actor, row.component, row.size) for row in table] == [
        ("x", 1, 3),
        ("y", 1, 3),
        ("z", 1, 3),
        ("a", 2, 2),
        ("b", 2, 2),
        ("alone", 3, 1),
    ]
    assert table.notes[-1] == "3 parts, of which 1 is a single actor without a tie."


def test_nothing_to_cut_in_a_ring_or_in_nothing() -> None:
    for graph in (nx.cycle_graph(5), nx.Graph(), nx.empty_graph(2)):
        assert len(cut_points(graph)) == len(bridges(graph)) == 0
        assert len(components(graph)) == len(graph)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(sparse_graphs())
def test_core_numbers_are_those_of_networkx(graph: nx.DiGraph) -> None:
    plain = nx.Graph(graph)
    plain.remove_edges_from(nx.selfloop_edges(plain))
    table = core_numbers(graph)
    assert dict(zip(table["actor"], table["core"], strict=True)) == nx.core_number(plain)
    assert table["core"] == sorted(table["core"], reverse=True)


def test_the_innermost_core_is_told() -> None:
    assert "the 2-core, with 3 actors" in core_numbers(nx.lollipop_graph(3, 2)).notes[-1]
    assert len(core_numbers(nx.Graph())) == 0
