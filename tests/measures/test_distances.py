"""Searches from many sources at once, against networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.measures import distances
from ecosystem.measures.distances import steps_between
from ecosystem.network import simple


@st.composite
def graphs(draw: st.DrawFn) -> tuple[nx.Graph, list[int], list[int], list[int]]:
    size = draw(st.integers(1, 12))
    nodes = st.integers(0, size - 1)
    graph = nx.empty_graph(size, create_using=draw(st.sampled_from([nx.Graph, nx.DiGraph])))
    graph.add_edges_from(draw(st.lists(st.tuples(nodes, nodes), max_size=25)))
    return graph, *(draw(st.lists(nodes, unique=True)) for _ in range(3))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(graphs())
def test_steps_are_those_of_networkx(given: tuple[nx.Graph, list[int], list[int], list[int]]) -> None:
    graph, sources, targets, gone = given
    found = steps_between(simple(graph), np.array(sources, np.int64), np.array(targets, np.int64), without=gone)
    left = graph.subgraph(set(graph) - set(gone))
    for row, source in enumerate(sources):
        known = nx.single_source_shortest_path_length(left, source) if source in left else {}
        assert found[row].tolist() == [known.get(target, np.inf) for target in targets]


def test_more_sources_than_one_search_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distances, "BUDGET", 1)
    graph = nx.gnm_random_graph(200, 500, seed=1)
    everyone = np.arange(200)
    found = steps_between(simple(graph), everyone, everyone)
    known = dict(nx.all_pairs_shortest_path_length(graph))
    assert all(found[a, b] == known[a].get(b, np.inf) for a in (0, 63, 64, 199) for b in range(200))
