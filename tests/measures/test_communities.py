"""Leiden communities: repeatable, weighted by strength, and as good as igraph's own."""

from __future__ import annotations

import random

import igraph
import networkx as nx
import pytest

from ecosystem.errors import ProjectionError
from ecosystem.measures import centrality, communities, modularity


def test_zachary_in_four_communities() -> None:
    club = nx.karate_club_graph()
    table = communities(club)
    assert max(table["community"]) == 4
    found = dict(zip(table["actor"], table["community"], strict=True))
    assert modularity(club, by=found) == pytest.approx(0.4198, abs=5e-5)
    assert "modularity 0.4198" in table.notes[-1]


def test_communities_are_numbered_by_size() -> None:
    table = communities(nx.karate_club_graph())
    sizes = {row.community: row.size for row in table}
    assert list(sizes.values()) == sorted(sizes.values(), reverse=True)
    assert all(table["community"].count(number) == size for number, size in sizes.items())


def test_same_seed_same_answer_and_the_generator_is_python_s_again() -> None:
    graph = nx.gnp_random_graph(60, 0.08, seed=3)
    assert communities(graph, seed=5).rows == communities(graph, seed=5).rows
    draws = []
    for _ in range(2):
        random.seed(11)
        communities(graph, seed=5)
        draws.append(igraph.Graph.Erdos_Renyi(20, 0.3).get_edgelist())
    assert draws[0] == draws[1]


def test_the_caller_s_random_numbers_are_left_alone() -> None:
    random.seed(11)
    expected = random.random()
    random.seed(11)
    communities(nx.karate_club_graph())
    centrality(nx.karate_club_graph())
    assert random.random() == expected


def test_strength_decides() -> None:
    square = nx.cycle_graph(4)
    nx.set_edge_attributes(square, {(0, 1): 9.0, (2, 3): 9.0}, "strength")
    table = {row.actor: row.community for row in communities(square)}
    assert table[0] == table[1] != table[2] == table[3]


def test_modularity_agrees_with_networkx() -> None:
    club = nx.karate_club_graph()
    sides = [{node for node in club if club.nodes[node]["club"] == side} for side in ("Mr. Hi", "Officer")]
    for resolution in (1.0, 0.5):
        known = nx.community.modularity(club, sides, weight=None, resolution=resolution)
        assert modularity(club, by="club", resolution=resolution) == pytest.approx(known)


def test_isolates_stand_alone_and_empty_networks_are_empty() -> None:
    table = communities(nx.disjoint_union(nx.path_graph(2), nx.empty_graph(1)))
    assert [row.size for row in table] == [2, 2, 1]
    assert len(communities(nx.Graph())) == 0
    assert "modularity nan" in communities(nx.empty_graph(2)).notes[-1]


@pytest.mark.parametrize("resolution", [0, -1, float("nan")])
def test_resolution_must_be_positive(resolution: float) -> None:
    with pytest.raises(ProjectionError, match="resolution"):
        communities(nx.path_graph(3), resolution=resolution)
