"""The E-I index against published numbers."""

from __future__ import annotations

from math import isnan

import networkx as nx
import pytest

from ecosystem.errors import ProjectionError
from ecosystem.measures import ei_index


def test_knoke(knoke: nx.DiGraph) -> None:
    result = ei_index(knoke, by="sector")
    assert (result.internal, result.external, result.index) == (14, 50, 0.5625)
    assert result.groups["index"] == pytest.approx([0.619, 0.478, 0.600], abs=5e-4)
    assert result.groups["size"] == [3, 3, 4]
    known = [0.714, 0.5, 0.667, 0.333, 0.5, 0.333, 0.556, 0.667, 0.333, 1.0]
    assert result.actors["index"] == pytest.approx(known, abs=5e-4)
    assert result.expected == pytest.approx(0.4667, abs=5e-5)
    assert (result.minimum, result.maximum) == (0.25, 1.0)
    assert result.rescaled == pytest.approx(-0.1667, abs=5e-5)


def test_zachary() -> None:
    assert ei_index(nx.karate_club_graph(), by="club").index == pytest.approx(-0.7179, abs=5e-5)


def test_strengths_and_direction_do_not_matter(knoke: nx.DiGraph) -> None:
    heavy = nx.DiGraph(knoke)
    nx.set_edge_attributes(heavy, 7.5, "strength")
    assert ei_index(heavy, by="sector").actors.rows == ei_index(knoke.to_undirected(), by="sector").actors.rows


def test_without_ties_or_choice_there_is_no_index() -> None:
    empty = ei_index(nx.empty_graph(3), by={0: "A", 1: "A", 2: "B"})
    assert all(isnan(value) for value in (empty.index, empty.rescaled, *empty.actors["index"]))
    one = ei_index(nx.complete_graph(3), by=dict.fromkeys(range(3), "A"))
    assert (one.index, one.minimum, one.maximum) == (-1, -1, -1)
    assert isnan(one.rescaled)


def test_bounds_are_reached() -> None:
    groups = {0: "A", 1: "A", 2: "B", 3: "B"}
    inside = ei_index(nx.Graph([(0, 1), (2, 3)]), by=groups)
    assert (inside.index, inside.rescaled) == (inside.minimum, -1)
    across = ei_index(nx.Graph([(0, 2), (1, 3)]), by=groups)
    assert (across.index, across.rescaled) == (across.maximum, 1)


def test_actors_without_a_group_are_left_out() -> None:
    result = ei_index(nx.path_graph(3), by={0: "A", 1: "A"})
    assert (result.internal, result.external) == (2, 0)
    assert "1 actor has no group" in result.notes[0]


def test_p_of_a_path_is_that_of_all_its_deals() -> None:
    # Of the six deals of A A B B along a path of four, external ties are 1, 1, 2, 2, 3, 3: four are as far from 2 as 1.
    path = nx.path_graph(4)
    result = ei_index(path, by=dict(enumerate("AABB")), permutations=4000)
    assert result.p == pytest.approx(4 / 6, abs=0.03)
    assert result.permuted_mean == pytest.approx(result.expected, abs=0.03)
    assert result.permuted_sd == pytest.approx(2 / 3 * (2 / 3) ** 0.5, abs=0.02)


def test_p_is_repeatable_two_sided_and_never_zero() -> None:
    club = nx.karate_club_graph()
    result = ei_index(club, by="club", permutations=99, seed=7)
    assert result.p == 0.01
    assert result == ei_index(club, by="club", permutations=99, seed=7)
    assert "99 random deals" in result.notes[-1]
    outward = ei_index(nx.complete_bipartite_graph(6, 6), by=dict(enumerate("A" * 6 + "B" * 6)), permutations=99)
    assert outward.index == 1 and outward.p < 0.05


def test_p_is_unknown_where_nothing_can_be_dealt(knoke: nx.DiGraph) -> None:
    assert isnan(ei_index(knoke, by="sector").p)
    assert isnan(ei_index(nx.empty_graph(3), by=dict.fromkeys(range(3), "A"), permutations=9).p)
    assert ei_index(nx.complete_graph(4), by=dict(enumerate("AABB")), permutations=9).p == 1
    with pytest.raises(ProjectionError, match="-1 permutations"):
        ei_index(knoke, by="sector", permutations=-1)
