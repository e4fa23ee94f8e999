"""Structural holes against published numbers, closed forms, and the definition written with matrices."""

from __future__ import annotations

from math import isnan, log, nan

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.errors import ProjectionError
from ecosystem.measures import Hole, structural_holes
from ecosystem.measures.holes import Model

pytestmark = pytest.mark.usefixtures("both_forms")

KNOKE = {
    "COUN": (0.4806, 2.611, 0.4223),
    "COMM": (0.4014, 4.200, 0.4064),
    "EDUC": (0.3860, 3.300, 0.3856),
    "INDU": (0.4786, 2.056, 0.4248),
    "MAYR": (0.3874, 4.375, 0.4064),
    "WRO": (0.4543, 2.375, 0.4719),
    "NEWS": (0.4242, 4.500, 0.3762),
    "UWAY": (0.5138, 1.750, 0.4511),
    "WELF": (0.4356, 2.750, 0.3942),
    "WEST": (0.4858, 1.786, 0.4366),
}


def holes(graph: nx.Graph, model: Model = "whole network") -> dict[object, Hole]:
    return {row.actor: row for row in structural_holes(graph, model=model)}


def constraints(graph: nx.Graph, model: Model = "whole network") -> dict[object, float]:
    return {actor: row.constraint for actor, row in holes(graph, model).items()}


def test_borgatti_whole_network(borgatti: nx.Graph) -> None:
    plain = nx.Graph(list(borgatti.edges()))
    sizes = {actor: row.effective_size for actor, row in holes(plain).items()}
    assert sizes == pytest.approx({"A": 2.5, "B": 1.667, "D": 1, "E": 1, "F": 1, "G": 4.667, "C": 1}, abs=5e-4)
    known = {"A": 0.595, "B": 0.643, "D": 0.785, "E": 0.731, "F": 0.731, "G": 0.400, "C": 1.0}
    assert constraints(plain) == pytest.approx(known, abs=6e-4)


def test_borgatti_ego_network(borgatti: nx.Graph) -> None:
    plain = nx.Graph(list(borgatti.edges()))
    known = {"A": 0.684, "B": 0.840, "D": 1.125, "E": 1.125, "F": 1.125, "G": 0.400, "C": 1.0}
    assert constraints(plain, "ego network") == pytest.approx(known, abs=6e-4)


def test_borgatti_weighted(borgatti: nx.Graph) -> None:
    rows = holes(borgatti)
    assert [rows[actor].constraint for actor in "GAC"] == pytest.approx([0.299, 0.795, 1.0], abs=5e-4)
    assert [rows[actor].effective_size for actor in "GAC"] == pytest.approx([5.47, 2.47, 1.0], abs=6e-3)


def test_knoke_both_ways(knoke: nx.DiGraph) -> None:
    directed, symmetrised = holes(knoke), constraints(knoke.to_undirected())
    for actor, (constraint, effective_size, undirected) in KNOKE.items():
        assert directed[actor].constraint == pytest.approx(constraint, abs=5e-5)
        assert directed[actor].effective_size == pytest.approx(effective_size, abs=6e-4)
        assert symmetrised[actor] == pytest.approx(undirected, abs=5e-5)


def test_two_way_is_the_same_as_directed(knoke: nx.DiGraph) -> None:
    assert structural_holes(knoke).rows == structural_holes(knoke, direction="two-way").rows


def test_florentine_marriages() -> None:
    rows = holes(nx.florentine_families_graph())
    known = {"Medici": 0.2099, "Guadagni": 0.25, "Albizzi": 0.3333, "Strozzi": 0.4583, "Peruzzi": 0.6559}
    assert {name: rows[name].constraint for name in known} == pytest.approx(known, abs=5e-5)
    assert {row.constraint for row in rows.values() if row.degree == 1} == {1.0}
    sizes = {"Medici": 5.667, "Guadagni": 4, "Strozzi": 3, "Albizzi": 3}
    assert {name: rows[name].effective_size for name in sizes} == pytest.approx(sizes, abs=5e-4)


def test_zachary_counts_ties_without_their_weights() -> None:
    rows = constraints(nx.karate_club_graph())
    known = {0: 0.1554, 1: 0.2795, 2: 0.1852, 11: 1.0, 32: 0.2492, 33: 0.1564}
    assert {actor: rows[actor] for actor in known} == pytest.approx(known, abs=6e-5)


def test_krackhardt_kite() -> None:
    known = [0.5412, 0.5412, 0.6641, 0.4702, 0.6641, 0.4451, 0.4451, 0.4311, 0.5, 1]
    assert constraints(nx.krackhardt_kite_graph()) == pytest.approx(dict(enumerate(known)), abs=5e-5)


def test_closed_forms() -> None:
    assert list(constraints(nx.path_graph(4)).values()) == pytest.approx([0.5, 0.5, 1, 1])
    assert set(constraints(nx.cycle_graph(4)).values()) == {0.5}
    for size in range(2, 9):
        centre = holes(nx.star_graph(size))[0]
        assert (centre.constraint, centre.effective_size) == (pytest.approx(1 / size), size)
        assert (centre.efficiency, centre.hierarchy) == (1, pytest.approx(0))
        everyone = structural_holes(nx.complete_graph(size))
        assert everyone["effective_size"] == pytest.approx([1] * size)
    assert structural_holes(nx.complete_graph(4))["constraint"] == pytest.approx([0.925926] * 4, abs=5e-7)


def test_hierarchy_by_hand() -> None:
    """Two contacts of strength 3 and 1: c = 9/16 and 1/16, so r = 1.8 and 0.2."""
    graph = nx.Graph()
    graph.add_edge("ego", "strong", strength=3)
    graph.add_edge("ego", "weak", strength=1)
    expected = (1.8 * log(1.8) + 0.2 * log(0.2)) / (2 * log(2))
    assert holes(graph)["ego"].hierarchy == pytest.approx(expected)
    assert isnan(holes(graph)["weak"].hierarchy)


def test_isolates_have_no_number_and_come_last() -> None:
    graph = nx.DiGraph([("a", "b"), ("c", "c")])
    last = structural_holes(graph)[-1]
    assert (last.actor, last.degree) == ("c", 0)
    assert all(isnan(value) for value in (last.constraint, last.effective_size, last.efficiency, last.hierarchy))


def test_notes_name_model_and_strength(knoke: nx.DiGraph) -> None:
    assert "ego network model" in structural_holes(knoke, model="ego network").notes[-1]
    assert "sum of the strengths of both directions" in structural_holes(knoke).notes[-1]
    assert "by the strength of a tie" in structural_holes(knoke.to_undirected()).notes[-1]
    with pytest.raises(ProjectionError, match="no model 'ego'"):
        structural_holes(knoke, model="ego")  # type: ignore[arg-type]


@st.composite
def weighted_graphs(draw: st.DrawFn) -> nx.DiGraph:
    size = draw(st.integers(1, 8))
    nodes, strengths = st.integers(0, size - 1), st.floats(0.01, 100)
    graph = nx.empty_graph(size, create_using=nx.DiGraph)
    for tail, head, strength in draw(st.lists(st.tuples(nodes, nodes, strengths), max_size=size * size)):
        graph.add_edge(tail, head, strength=strength)
    return graph


def with_matrices(graph: nx.DiGraph, model: Model) -> dict[int, tuple[float, float]]:
    """Return constraint and effective size from Burt's formulas over whole matrices."""
    a = nx.to_numpy_array(graph, weight="strength")
    np.fill_diagonal(a, 0)
    answer = {}
    for ego in range(len(a)):
        z = a + a.T
        if model == "ego network":
            inside = z[ego] > 0
            inside[ego] = True
            z = z * np.outer(inside, inside)
        if not z[ego].any():
            answer[ego] = (nan, nan)
            continue
        with np.errstate(invalid="ignore", divide="ignore"):
            p = np.nan_to_num(z / z.sum(axis=1, keepdims=True))
            m = np.nan_to_num(z / z.max(axis=1, keepdims=True))
        contacts = z[ego] > 0
        constraint = ((p[ego] + p[ego] @ p) ** 2)[contacts].sum()
        answer[ego] = (constraint, (1 - p[ego] @ m.T)[contacts].sum())
    return answer


@settings(max_examples=80, deadline=None, derandomize=True)
@given(weighted_graphs(), st.sampled_from(["whole network", "ego network"]))
def test_definition(graph: nx.DiGraph, model: Model) -> None:
    rows = holes(graph, model)
    for ego, numbers in with_matrices(graph, model).items():
        found = (rows[ego].constraint, rows[ego].effective_size)
        assert found == pytest.approx(numbers, rel=1e-9, abs=1e-9, nan_ok=True)
        if rows[ego].degree > 1:
            assert -1e-12 <= rows[ego].hierarchy <= 1 + 1e-12
