"""The open pairs of many actors as arrays: the same pairs, in the same order, as `triads` lists one by one."""

from __future__ import annotations

import networkx as nx
import pytest

from ecosystem.measures import ROLES, triads
from ecosystem.measures.grouping import group_by
from ecosystem.measures.served import served_pairs
from ecosystem.network.model import Direction


@pytest.mark.parametrize("direction", ["as stated", "two-way"])
@pytest.mark.parametrize("seed", range(4))
def test_arrays_hold_the_pairs_that_triads_list(seed: int, direction: Direction) -> None:
    graph = nx.gnp_random_graph(18, 0.2, seed=seed, directed=True)
    nx.set_node_attributes(graph, {node: f"Body {node % 7}" for node in graph}, "label")  # names that several share
    groups = {node: "abc"[node % 3] for node in graph if node != 5}  # and one actor that has no group
    grouped = group_by(graph, groups, direction)
    ids = grouped.network.ids
    for broker, found in zip(ids, served_pairs(grouped, range(len(ids))), strict=True):
        listed = triads(graph, by=groups, broker=broker, direction=direction)
        assert [ids[a] for a in found.a] == listed["a"]
        assert [ids[b] for b in found.b] == listed["b"]
        assert [ROLES[role] for role in found.roles] == listed["role"]
        assert found.exclusive.tolist() == listed["exclusive"]


def test_an_actor_whose_contacts_all_know_each_other_serves_no_pair() -> None:
    grouped = group_by(nx.complete_graph(4), dict.fromkeys(range(4), "all"))
    assert [len(found) for found in served_pairs(grouped, [0, 3])] == [0, 0]
