"""Twelve random graphs with R's answers (sna 2.7.1, igraph 1.3.5)."""

from __future__ import annotations

import json
from math import nan
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from ecosystem.measures import (
    brokerage,
    brokerage_total,
    centrality,
    components,
    cut_points,
    modularity,
    structural_holes,
)

pytestmark = pytest.mark.usefixtures("both_forms")

FILES = sorted((Path(__file__).parents[1] / "oracles").glob("random-*.json"))
KINDS = ("expected", "sd", "z")


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def oracle(request: pytest.FixtureRequest) -> dict[str, Any]:
    return json.loads(request.param.read_text(encoding="utf-8"))


@pytest.fixture
def directed(oracle: dict[str, Any]) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from((node, {"group": group}) for node, group in zip(oracle["nodes"], oracle["group"], strict=True))
    graph.add_edges_from(oracle["edges"])
    return graph


@pytest.fixture
def undirected(directed: nx.DiGraph) -> nx.Graph:
    graph = nx.Graph(directed)
    graph.add_nodes_from(directed.nodes(data=True))
    return graph


def close(numbers: list[float | None]) -> Any:
    """Compare to 1e-9 relative; R's NaN is null in the files."""
    return pytest.approx([nan if number is None else number for number in numbers], rel=1e-9, abs=1e-11, nan_ok=True)


def column(table: Any, name: str, nodes: list[int]) -> list[Any]:
    values = dict(zip(table["actor"], table[name], strict=True))
    return [values[node] for node in nodes]


def test_all_twelve_are_here() -> None:
    assert len(FILES) == 12


def test_brokerage_of_actors(oracle: dict[str, Any], directed: nx.DiGraph) -> None:
    table = brokerage(directed, by="group")
    for role, observed in oracle["brokerage"]["observed"].items():
        assert column(table, role, oracle["nodes"]) == observed
    for kind in KINDS:
        numbers = column(table, kind, oracle["nodes"])
        for role, values in oracle["brokerage"][kind].items():
            assert [getattr(number, role) for number in numbers] == close(values)


def test_brokerage_of_the_whole(oracle: dict[str, Any], directed: nx.DiGraph) -> None:
    table = brokerage_total(directed, by="group")
    for kind in ("observed", *KINDS):
        assert table[kind] == close([oracle["whole"][kind][role] for role in table["role"]])


def test_betweenness(oracle: dict[str, Any], directed: nx.DiGraph, undirected: nx.Graph) -> None:
    assert column(centrality(directed), "betweenness", oracle["nodes"]) == close(oracle["betweenness_directed"])
    found = column(centrality(undirected), "betweenness", oracle["nodes"])
    assert found == close(oracle["undirected"]["betweenness"])


def test_constraint(oracle: dict[str, Any], undirected: nx.Graph) -> None:
    found = column(structural_holes(undirected), "constraint", oracle["nodes"])
    assert found == close(oracle["undirected"]["constraint"])


def test_clustering_is_local_transitivity(oracle: dict[str, Any], undirected: nx.Graph) -> None:
    found = column(centrality(undirected), "clustering", oracle["nodes"])
    assert found == close(oracle["undirected"]["transitivity"])


def test_cut_points(oracle: dict[str, Any], directed: nx.DiGraph) -> None:
    assert sorted(cut_points(directed)["actor"]) == oracle["undirected"]["cut_points"]


def test_components(oracle: dict[str, Any], directed: nx.DiGraph) -> None:
    found = column(components(directed), "component", oracle["nodes"])
    pairs = set(zip(found, oracle["undirected"]["components"], strict=True))
    assert len(pairs) == len({ours for ours, _ in pairs}) == len({theirs for _, theirs in pairs})


def test_modularity_of_the_groups(oracle: dict[str, Any], undirected: nx.Graph) -> None:
    assert [modularity(undirected, by="group")] == close([oracle["undirected"]["modularity_of_groups"]])
