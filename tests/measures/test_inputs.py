"""What every measure does with its input: leaves it alone, ignores `weight`, makes one tie of parallel ones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import is_dataclass
from typing import Any

import networkx as nx
import pytest

from ecosystem import measures
from ecosystem.measures import (
    betweenness,
    bridges,
    brokerage,
    brokerage_by_two,
    brokerage_total,
    centrality,
    communities,
    components,
    cut_points,
    ei_index,
    group_matrix,
    key_players,
    structural_holes,
    triads,
)
from ecosystem.network.simple import simple, to_networkx

pytestmark = pytest.mark.usefixtures("both_forms")

Measure = Callable[[Any], Any]
MEASURES: dict[str, Measure] = {
    "brokerage": lambda graph: brokerage(graph, by="club"),
    "brokerage_total": lambda graph: brokerage_total(graph, by="club"),
    "triads": lambda graph: triads(graph, by="club", broker=0),
    "group_matrix": lambda graph: group_matrix(graph, by="club"),
    "structural_holes": structural_holes,
    "brokerage_by_two": lambda graph: brokerage_by_two(graph, by=("club", "club")),
    "centrality": centrality,
    "betweenness": betweenness,
    "components": components,
    "cut_points": cut_points,
    "bridges": bridges,
    "communities": communities,
    "ei_index": lambda graph: ei_index(graph, by="club").actors,
    "key_players": lambda graph: key_players(graph, size=1),
}


@pytest.fixture
def plain() -> nx.Graph:
    graph = nx.karate_club_graph()
    for _, _, data in graph.edges(data=True):
        data.clear()
    return graph


@pytest.fixture(params=MEASURES.values(), ids=MEASURES.keys())
def measure(request: pytest.FixtureRequest) -> Measure:
    return request.param


def test_input_is_not_changed(measure: Measure, content: Any) -> None:
    for graph in (nx.karate_club_graph(), nx.MultiDiGraph(nx.karate_club_graph())):
        before = content(graph)
        measure(graph)
        assert content(graph) == before


def test_weight_is_ignored(measure: Measure, plain: nx.Graph, same_rows: Any) -> None:
    weighted = nx.karate_club_graph()
    assert any(weight != 1 for _, _, weight in weighted.edges(data="weight"))
    assert same_rows(measure(weighted), measure(plain))


def test_parallel_ties_and_loops_are_collapsed(measure: Measure, plain: nx.Graph, same_rows: Any) -> None:
    multi = nx.MultiGraph(plain)
    multi.add_edges_from(plain.edges)
    multi.add_edges_from((node, node) for node in plain)
    doubled = plain.copy()
    nx.set_edge_attributes(doubled, 2.0, "strength")
    assert same_rows(measure(multi), measure(doubled))


def test_every_form_of_a_network_gives_the_same(measure: Measure, plain: nx.Graph, same_rows: Any) -> None:
    network = simple(plain)
    assert same_rows(measure(network), measure(plain))
    assert same_rows(measure(to_networkx(network)), measure(plain))


def test_rows_are_frozen_and_name_their_actor(measure: Measure, plain: nx.Graph) -> None:
    table = measure(plain)
    assert is_dataclass(table.kind)
    assert table.kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    if "actor" in table.columns:
        assert table["label"] == [str(actor) for actor in table["actor"]]
    assert len(table.to_pandas()) == len(table)


def test_not_a_network(measure: Measure) -> None:
    with pytest.raises(TypeError, match="not a network: list"):
        measure([("a", "b")])


def test_all_measures_are_exported() -> None:
    assert MEASURES.keys() <= set(measures.__all__)
    assert all(hasattr(measures, name) for name in measures.__all__)


def test_import_stays_light() -> None:
    code = (
        "import sys, ecosystem.measures;"
        "print([m for m in ('networkx','igraph','numba','scipy','pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_same_bytes_whatever_the_hash_seed() -> None:
    code = """
import networkx as nx
from ecosystem.measures import *
club = nx.relabel_nodes(nx.karate_club_graph(), str)
tables = [brokerage(club, by="club"), group_matrix(club, by="club"), structural_holes(club), centrality(club)]
tables += [triads(club, by="club", broker="33"), communities(club), cut_points(club), bridges(club)]
tables += [components(club), ei_index(club, by="club").actors, key_players(club, size=2, objective="reach")]
print(*(repr(table.rows) for table in tables), sep="\\n")
"""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) == 11
