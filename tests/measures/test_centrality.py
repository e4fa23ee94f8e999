"""Centralities against published numbers and networkx, where networkx is right."""

from __future__ import annotations

from math import isnan

import networkx as nx
import pytest

from ecosystem.errors import ProjectionError
from ecosystem.measures import Centrality, centrality

pytestmark = pytest.mark.usefixtures("both_forms")


def rows_of(graph: nx.Graph, **options: str) -> dict[object, Centrality]:
    return {row.actor: row for row in centrality(graph, **options)}  # type: ignore[arg-type]


def column(graph: nx.Graph, name: str, **options: str) -> dict[object, float]:
    return {actor: getattr(row, name) for actor, row in rows_of(graph, **options).items()}


def test_betweenness_of_knoke_is_directed(knoke: nx.DiGraph) -> None:
    known = [0.667, 12.333, 11.694, 0.806, 17.833, 0.333, 2.75, 0, 1.222, 0.361]
    assert column(knoke, "betweenness") == pytest.approx(dict(zip(knoke, known, strict=True)), abs=5e-4)


def test_betweenness_of_undirected_networks_counts_pairs_once() -> None:
    florentine = column(nx.florentine_families_graph(), "betweenness")
    assert [florentine[name] for name in ("Medici", "Guadagni", "Albizzi")] == pytest.approx(
        [47.5, 23.167, 19.333], abs=5e-4
    )
    kite = [0.833, 0.833, 0, 3.667, 0, 8.333, 8.333, 14, 8, 0]
    assert column(nx.krackhardt_kite_graph(), "betweenness") == pytest.approx(dict(enumerate(kite)), abs=5e-4)


def test_degrees_count_contacts_and_each_direction() -> None:
    row = rows_of(nx.DiGraph([("a", "b"), ("b", "a"), ("c", "a"), ("a", "a")]))["a"]
    assert (row.degree, row.in_degree, row.out_degree) == (2, 2, 1)


def test_closeness_and_pagerank_agree_with_networkx(knoke: nx.DiGraph) -> None:
    knoke.add_edges_from([("WEST", "SINK"), ("PAIR", "TWIN")])
    reversed_for_outward = nx.closeness_centrality(knoke.reverse())
    assert column(knoke, "closeness") == pytest.approx(reversed_for_outward)
    assert column(knoke, "pagerank") == pytest.approx(nx.pagerank(knoke, tol=1e-12), rel=1e-6)
    club = nx.karate_club_graph()
    assert column(club, "closeness") == pytest.approx(nx.closeness_centrality(club))


def test_pagerank_and_eigenvector_weigh_by_strength(borgatti: nx.Graph) -> None:
    pagerank = nx.pagerank(borgatti, weight="strength", tol=1e-12)
    assert column(borgatti, "pagerank") == pytest.approx(pagerank, rel=1e-6)
    vector = nx.eigenvector_centrality_numpy(borgatti, weight="strength")
    known = {actor: value / max(vector.values()) for actor, value in vector.items()}
    assert column(borgatti, "eigenvector") == pytest.approx(known)


def test_paths_can_be_distances(borgatti: nx.Graph) -> None:
    for _, _, data in borgatti.edges(data=True):
        data["distance"] = 1 / data["strength"]
    known = nx.betweenness_centrality(borgatti, weight="distance", normalized=False)
    assert column(borgatti, "betweenness", paths="distance") == pytest.approx(known)
    assert column(borgatti, "closeness", paths="distance") == pytest.approx(
        nx.closeness_centrality(borgatti, distance="distance")
    )
    assert column(borgatti, "betweenness") != pytest.approx(known)
    with pytest.raises(ProjectionError, match="no kind of path 'weight'"):
        centrality(borgatti, paths="weight")  # type: ignore[arg-type]


def test_isolates_and_small_parts() -> None:
    graph = nx.Graph([("a", "b"), ("b", "c"), ("x", "y")])
    graph.add_node("alone")
    rows = rows_of(graph)
    alone = rows["alone"]
    assert (alone.degree, alone.betweenness) == (0, 0)
    assert all(isnan(value) for value in (alone.closeness, alone.eigenvector, alone.clustering))
    assert rows["x"].closeness == pytest.approx(1 / 5)
    assert isnan(rows["x"].eigenvector)
    assert rows["b"].eigenvector == pytest.approx(1)
    assert sum(row.pagerank for row in rows.values()) == pytest.approx(1)


@pytest.mark.parametrize("graph", [nx.empty_graph(1), nx.empty_graph(3), nx.DiGraph([(0, 0)]), nx.Graph()])
def test_networks_without_ties(graph: nx.Graph) -> None:
    table = centrality(graph)
    assert len(table) == len(graph)
    assert all(value == 0 for value in table["betweenness"])
    assert all(isnan(value) for value in table["closeness"])
