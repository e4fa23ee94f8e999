"""Key players against the published table (Borgatti 2006's measures on three known networks)."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.errors import ProjectionError
from ecosystem.measures import key_players, key_value
from ecosystem.measures import keyplayers as module
from ecosystem.network.simple import simple, two_way

F, DF, DR = "fragmentation", "distance-weighted fragmentation", "reach"
GRAPHS = {
    "kite": nx.krackhardt_kite_graph(),
    "Florentine": nx.florentine_families_graph(),
    "Zachary": nx.karate_club_graph(),
}
CENTRE = {"Guadagni", "Medici"}
TABLE = [
    ("kite", 1, F, {7}, 0.3889),
    ("kite", 1, DF, {7}, 0.4861),
    ("kite", 1, DR, {3}, 0.8083),
    ("kite", 2, F, {5, 6}, 0.5357),
    ("kite", 2, DF, {5, 6}, 0.6071),
    ("kite", 2, DR, {3, 8}, 1.0),
    ("kite", 3, F, None, 0.5714),
    ("kite", 3, DF, {3, 5, 6}, 0.6746),
    ("kite", 3, DR, None, 1.0),
    ("Florentine", 1, F, {"Medici"}, 0.3846),
    ("Florentine", 1, DF, {"Medici"}, 0.6738),
    ("Florentine", 1, DR, {"Medici"}, 0.7),
    ("Florentine", 2, F, CENTRE, 0.7051),
    ("Florentine", 2, DF, CENTRE, 0.8024),
    ("Florentine", 2, DR, {"Bischeri", "Medici"}, 0.8667),
    ("Florentine", 3, F, CENTRE | {"Strozzi"}, 0.8636),
    ("Florentine", 3, DF, CENTRE | {"Strozzi"}, 0.8889),
    ("Florentine", 3, DR, None, 0.9333),
    ("Zachary", 1, F, {0}, 0.3163),
    ("Zachary", 1, DF, {0}, 0.6415),
    ("Zachary", 1, DR, {33}, 0.7132),
    ("Zachary", 2, F, {0, 1}, 0.4234),
    ("Zachary", 2, DF, {0, 1}, 0.6844),
    ("Zachary", 2, DR, {0, 33}, 0.9559),
    ("Zachary", 3, F, {0, 32, 33}, 0.5699),
    ("Zachary", 3, DF, {0, 32, 33}, 0.7968),
    ("Zachary", 3, DR, None, 0.9853),
]


@pytest.mark.parametrize(("graph", "size", "objective", "best", "value"), TABLE)
def test_published_table(graph: str, size: int, objective: str, best: set[object] | None, value: float) -> None:
    table = key_players(GRAPHS[graph], size=size, objective=objective)  # type: ignore[arg-type]
    assert table[0].value == pytest.approx(value, abs=6e-5)
    if best is not None:
        assert set(table["actor"]) == best
        assert set(table["alternative"]) == {1}


def test_ties_are_listed_as_alternatives() -> None:
    table = key_players(GRAPHS["kite"], size=3)
    assert max(table["alternative"]) == 5
    assert "5 are equally good" in table.notes[-1]
    assert len({row.value for row in table}) == 1
    seven = key_players(GRAPHS["Florentine"], size=3, objective="reach")
    assert "7 are equally good" in seven.notes[-1]


def test_the_best_set_is_not_the_two_most_central() -> None:
    club = GRAPHS["Zachary"]
    assert key_value(club, actors=[0, 33]) < key_players(club, size=2)[0].value


def test_without_tells_what_each_member_adds() -> None:
    for row in key_players(GRAPHS["Zachary"], size=2):
        (other,) = {0, 1} - {row.actor}
        assert row.without == pytest.approx(key_value(GRAPHS["Zachary"], actors=[other]))


def test_values_by_definition() -> None:
    graph = nx.Graph([(0, 1), (1, 2), (2, 3), (4, 5)])
    for chosen in combinations(graph, 2):
        left = graph.subgraph(set(graph) - set(chosen))
        near = sum(1 / nx.shortest_path_length(left, a, b) for a, b in combinations(left, 2) if nx.has_path(left, a, b))
        joined = sum(nx.has_path(left, a, b) for a, b in combinations(left, 2))
        assert key_value(graph, actors=chosen) == pytest.approx(1 - joined / 6)
        assert key_value(graph, actors=chosen, objective=DF) == pytest.approx(1 - near / 6)  # type: ignore[arg-type]


def test_large_choices_are_grown_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EXACT_LIMIT", 10)
    table = key_players(GRAPHS["Zachary"], size=2, objective="reach")
    assert set(table["actor"]) == {0, 33}
    assert "not exact" in table.notes[-1]


def test_refusals() -> None:
    for size in (0, 10):
        with pytest.raises(ProjectionError, match=f"set of {size} key players among 10"):
            key_players(GRAPHS["kite"], size=size)
    with pytest.raises(ProjectionError, match="no objective 'centrality'"):
        key_players(GRAPHS["kite"], size=1, objective="centrality")  # type: ignore[arg-type]
    with pytest.raises(ProjectionError, match="'NASA' is no actor"):
        key_value(GRAPHS["kite"], actors=["NASA"])
    with pytest.raises(ProjectionError, match="among 0 actors"):
        key_players(nx.Graph(), size=1)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[nx.Graph, list[int]]:
    size = draw(st.integers(3, 11))
    nodes = st.integers(0, size - 1)
    graph = nx.empty_graph(size)
    graph.add_edges_from(draw(st.lists(st.tuples(nodes, nodes), max_size=20)))
    return graph, draw(st.lists(nodes, unique=True, max_size=size - 3))


@pytest.mark.parametrize("name", [F, DF, DR])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(graphs())
def test_the_next_best_is_found_without_trying_all(name: str, given: tuple[nx.Graph, list[int]]) -> None:
    graph, chosen = given
    worth = module.OBJECTIVES[name](two_way(simple(graph)))
    rest = [node for node in graph if node not in chosen]
    tried = {node: worth.value([*chosen, node]) for node in rest}
    found = worth.with_each(chosen)
    assert found.max() == pytest.approx(max(tried.values()))
    told = [node for node in rest if found[node] > -np.inf]
    assert [found[node] for node in told] == pytest.approx([tried[node] for node in told])
    assert all(tried[node] < max(tried.values()) for node in rest if node not in told)


@pytest.mark.parametrize("name", [F, DF, DR])
def test_a_grown_set_is_that_of_plain_greedy(name: str) -> None:
    graph = nx.barabasi_albert_graph(40, 2, seed=3)
    worth = module.OBJECTIVES[name](two_way(simple(graph)))
    chosen: list[int] = []
    for _ in range(4):
        chosen.append(max((node for node in graph if node not in chosen), key=lambda n: worth.value([*chosen, n])))
    assert worth.value(worth.grown(4)) == pytest.approx(worth.value(chosen))
