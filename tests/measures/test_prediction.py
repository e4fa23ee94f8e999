"""Missing ties: the scores are networkx's, and the judge is one that can be fooled by nothing."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.errors import ProjectionError
from ecosystem.measures import hidden_ties, near_to
from ecosystem.measures.prediction import METHODS, _auc, judged


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(2, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40))
def test_scores_are_those_of_networkx(size: int, ties: list[tuple[int, int]]) -> None:
    graph = nx.empty_graph(size)
    graph.add_edges_from((a % size, b % size) for a, b in ties)
    plain = nx.Graph(graph)
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    pairs = [(0, other) for other in range(1, size) if not plain.has_edge(0, other)]
    expected = {
        "resource_allocation": {b: score for _, b, score in nx.resource_allocation_index(plain, pairs) if score},
        "adamic_adar": {b: score for _, b, score in nx.adamic_adar_index(plain, pairs) if score},
        "common": {b: len(list(nx.common_neighbors(plain, 0, b))) for _, b in pairs},
    }
    rows = near_to(graph, 0)
    assert {row.actor for row in rows} == {actor for actor, count in expected["common"].items() if count}
    for row in rows:
        for name, scores in expected.items():
            assert getattr(row, name) == pytest.approx(scores[row.actor], rel=1e-9)
    scores = [row.resource_allocation for row in rows]
    assert scores == sorted(scores, reverse=True) or scores == pytest.approx(sorted(scores, reverse=True))


def test_who_is_not_there_has_nobody_near() -> None:
    with pytest.raises(ProjectionError, match="'NASA' is no actor"):
        near_to(nx.path_graph(3), "NASA")
    assert len(near_to(nx.empty_graph(2), 0)) == 0


def test_area_under_the_curve_is_the_share_of_pairs_in_order() -> None:
    present, absent = np.array([3.0, 1.0, 2.0]), np.array([2.0, 0.0])
    wins = [(a > b) + (a == b) / 2 for a in present for b in absent]
    assert _auc(present, absent) == pytest.approx(sum(wins) / len(wins))


def test_ties_hidden_in_cliques_are_found_and_chance_finds_none() -> None:
    rows = {row.method: row for row in hidden_ties(nx.caveman_graph(12, 10), seed=4)}
    assert list(rows) == list(METHODS)
    assert rows["resource allocation"].auc > 0.99
    assert rows["resource allocation"].precision_at_10 == pytest.approx(rows["random"].best_possible)
    assert 0.3 < rows["random"].auc < 0.7
    assert rows["random"].precision_at_10 < 0.1
    assert hidden_ties(nx.caveman_graph(12, 10), seed=4) == hidden_ties(nx.caveman_graph(12, 10), seed=4)


def test_later_ties_without_a_common_contact_are_not_found_by_contacts() -> None:
    known = np.array([0, 2]), np.array([1, 3])
    later = np.array([0]), np.array([3])
    rows = {row.method: row for row in judged(6, known, later)}
    assert rows["common contacts"].auc == pytest.approx(0.5)  # nobody has any: every pair scores the same


def test_nothing_to_hide_is_said() -> None:
    with pytest.raises(ProjectionError, match="Of 2 ties a share"):
        hidden_ties(nx.path_graph(3))
