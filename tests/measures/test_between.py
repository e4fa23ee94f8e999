"""Brokerage between two sides: against its definition, by hand and on random graphs."""

from __future__ import annotations

from itertools import product
from math import isclose

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.errors import ProjectionError
from ecosystem.measures import brokers_between, losses_between, pairs_between

# Two brokers share Chile–Spain; OECD alone serves Chile–France; Chile and Italy are tied.
SMALL = nx.Graph(
    [("chile", "caf"), ("caf", "spain"), ("chile", "oecd"), ("oecd", "spain"), ("oecd", "france"), ("chile", "italy")]
)
LATIN, EUROPE = {"chile", "peru"}, {"spain", "france", "italy"}


def test_pairs_are_counted_shared_and_told_apart() -> None:
    rows = {row.actor: row for row in brokers_between(SMALL, one=LATIN, other=EUROPE)}
    assert (rows["oecd"].pairs, rows["oecd"].exclusive, rows["oecd"].partial_credit) == (2, 1, 1.5)
    assert (rows["caf"].pairs, rows["caf"].exclusive, rows["caf"].partial_credit) == (1, 0, 0.5)
    assert set(rows) == {"oecd", "caf"}


def test_a_broker_may_be_of_a_side() -> None:
    rows = brokers_between(nx.path_graph(["peru", "chile", "spain"]), one=LATIN, other=EUROPE)
    assert [(row.actor, row.pairs, row.exclusive) for row in rows] == [("chile", 1, 1)]


def test_the_order_of_the_sides_does_not_matter() -> None:
    assert brokers_between(SMALL, one=LATIN, other=EUROPE) == brokers_between(SMALL, one=EUROPE, other=LATIN)
    found = [losses_between(SMALL, actors=["oecd"], one=a, other=b) for a, b in ((LATIN, EUROPE), (EUROPE, LATIN))]
    assert found[0] == found[1]


def test_a_pair_of_overlapping_sides_is_counted_once() -> None:
    star = nx.star_graph(["hub", "a", "b", "c"])
    assert brokers_between(star, one="abc", other="abc")[0].pairs == 3
    assert brokers_between(star, one="ab", other="bc")[0].pairs == 3  # a–b, a–c, b–c
    assert len(pairs_between(star, broker="hub", one="ab", other="bc")) == 3


def test_what_is_lost_without_an_actor() -> None:
    lost = losses_between(SMALL, actors=["oecd", "caf", "chile"], one=LATIN, other=EUROPE)
    assert [(row.reachable, row.cut_off, row.longer) for row in lost] == [(3, 1, 0), (3, 0, 0), (0, 0, 0)]
    ring = nx.cycle_graph(["chile", "caf", "spain", "x", "y", "z"])
    assert [(row.longer, row.extra_steps) for row in losses_between(ring, actors=["caf"], one=LATIN, other=EUROPE)] == [
        (1, 2.0)
    ]


def test_a_side_without_actors_and_an_unknown_actor() -> None:
    assert len(brokers_between(SMALL, one={"nobody"}, other=EUROPE)) == 0
    assert losses_between(SMALL, actors=["oecd"], one=(), other=EUROPE)[0].reachable == 0
    with pytest.raises(ProjectionError, match="no actor"):
        pairs_between(SMALL, broker="nobody", one=LATIN, other=EUROPE)
    assert len(brokers_between(nx.empty_graph(3), one={0}, other={1})) == 0


@st.composite
def graphs(draw: st.DrawFn) -> tuple[nx.Graph, set[int], set[int]]:
    size = draw(st.integers(1, 9))
    nodes = st.integers(0, size - 1)
    kind = draw(st.sampled_from([nx.Graph, nx.DiGraph]))
    graph = kind()
    graph.add_nodes_from(range(size))
    graph.add_edges_from(draw(st.lists(st.tuples(nodes, nodes), max_size=25)))
    return graph, draw(st.sets(nodes)), draw(st.sets(nodes))


@settings(max_examples=120, deadline=None)
@given(graphs())
def test_it_is_what_the_definition_says(given: tuple[nx.Graph, set[int], set[int]]) -> None:
    graph, one, other = given
    plain = nx.Graph(graph)
    across = {frozenset((a, b)) for a, b in product(one, other) if a != b}
    brokers = {
        pair: [v for v in plain if all(plain.has_edge(v, end) and v != end for end in pair)]
        for pair in across
        if not plain.has_edge(*pair)
    }
    rows = {row.actor: row for row in brokers_between(graph, one=one, other=other)}
    for v in plain:
        served = [found for found in brokers.values() if v in found]
        if not served:
            assert v not in rows
            continue
        assert rows[v].pairs == len(served) == len(pairs_between(graph, broker=v, one=one, other=other))
        assert rows[v].exclusive == sum(len(found) == 1 for found in served)
        assert isclose(rows[v].partial_credit, sum(1 / len(found) for found in served))
    for lost in losses_between(graph, actors=list(plain), one=one, other=other):
        left = nx.Graph(plain)
        left.remove_node(lost.actor)
        pairs = [pair for pair in across if lost.actor not in pair and nx.has_path(plain, *pair)]
        still = [pair for pair in pairs if nx.has_path(left, *pair)]
        longer = [nx.shortest_path_length(left, *pair) - nx.shortest_path_length(plain, *pair) for pair in still]
        more = [steps for steps in longer if steps]
        assert (lost.reachable, lost.cut_off, lost.longer) == (len(pairs), len(pairs) - len(still), len(more))
        assert not more or isclose(lost.extra_steps, sum(more) / len(more))
