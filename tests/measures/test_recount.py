"""A census that counts again only what a change touches is the census that counts everything."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.measures import recount as room
from ecosystem.measures.census import Census, count
from ecosystem.measures.forms import prefer
from ecosystem.measures.grouping import Grouped, group_by
from ecosystem.measures.recount import recount

NODES = range(9)
ties = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=40)


@st.composite
def changes(draw: Callable[..., object]) -> tuple[Grouped, Grouped]:
    """Two networks, directed or not, of which the second has other ties, lacks some actors and has a new one."""
    kind = draw(st.sampled_from([nx.Graph, nx.DiGraph]))
    groups = dict(enumerate(draw(st.lists(st.sampled_from("ABC"), min_size=11, max_size=11))))
    before = kind(draw(ties))
    before.add_nodes_from(NODES)
    after = before.copy()
    after.remove_nodes_from(draw(st.lists(st.sampled_from(NODES), max_size=2)))
    after.remove_edges_from(draw(ties))
    after.add_edges_from(edge for edge in draw(ties) if set(edge) <= set(after))
    if draw(st.booleans()):
        after.add_edges_from((10, node) for node in list(after)[:3])
    if not len(after):
        after.add_node(0)
    for graph in (before, after):
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return group_by(before, groups), group_by(after, groups)


def same(one: Census, other: Census) -> None:
    assert np.array_equal(one.roles, other.roles)
    for name in ("exclusive", "exclusive_cross_group", "partial_credit"):
        first, second = getattr(one, name), getattr(other, name)
        assert (first is None) == (second is None) and (first is None or np.allclose(first, second)), name


@settings(max_examples=400, deadline=None)
@given(change=changes(), shared=st.booleans())
def test_what_is_counted_again_is_what_counting_everything_gives(change: tuple[Grouped, Grouped], shared: bool) -> None:
    before, after = change
    with prefer("kernel"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "FEW", 0)  # however much changes
        found = recount(count(before.network, before.codes, shared=shared), before, after)
        same(found, count(after.network, after.codes, shared=shared))


def test_by_hand() -> None:
    """CAF stands between Chile and Spain; with a tie of their own it does so no more."""
    groups = {"Chile": "Americas", "CAF": "Americas", "Spain": "Europe"}
    before = group_by(nx.Graph([("Chile", "CAF"), ("CAF", "Spain")]), groups)
    after = group_by(nx.Graph([("Chile", "CAF"), ("CAF", "Spain"), ("Chile", "Spain")]), groups)
    with prefer("kernel"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "FEW", 0)
        counted = count(before.network, before.codes)
        assert counted.roles[before.network.ids.index("CAF")].tolist() == [0, 0, 1, 1, 0]
        assert not recount(counted, before, after).roles.any()


def test_whoever_changes_its_group_is_counted_anew() -> None:
    path = nx.path_graph(4)
    before, after = group_by(path, dict(enumerate("AABB"))), group_by(path, dict(enumerate("AAAB")))
    with prefer("kernel"):
        same(recount(count(before.network, before.codes), before, after), count(after.network, after.codes))
