"""Collapsing statements into numbers, and to and from networkx."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.errors import ProjectionError
from ecosystem.network.model import ActorNetwork, Collapse, SimpleNetwork
from ecosystem.network.simple import collapse, groups_of, simple, tails_of, to_networkx, two_way, within

AS_STATED, TWO_WAY = Collapse("as stated"), Collapse("two-way")
Tie = tuple[int, int, float, bool]

# CAF funds OECD (twice), OECD partners with NASA (no direction), CAF audits itself, ESA is alone.
TIES: list[Tie] = [(0, 3, 1.0, True), (0, 3, 0.5, True), (3, 2, 2.0, False), (0, 0, 9.0, True)]


def statements(ties: list[Tie], names: tuple[str, ...] = ("CAF", "ESA", "NASA", "OECD")) -> ActorNetwork:
    tails, heads, strengths, directed = zip(*ties, strict=True) if ties else ((), (), (), ())
    return ActorNetwork(
        ids=tuple(f"id:{name}" for name in names),
        labels=names,
        is_initiative=np.zeros(len(names), bool),
        attributes={"country": ["PER", *([None] * (len(names) - 1))]},
        tails=np.array(tails, np.int32),
        heads=np.array(heads, np.int32),
        relations=tuple("eco:tiedTo" for _ in ties),
        records=tuple((f"id:rel-{number}",) for number in range(len(ties))),
        strengths=np.array(strengths, float),
        directed=np.array(directed, bool),
        via=tuple("" for _ in ties),
        notes=("Ties of contact.",),
    )


def ties_of(network: SimpleNetwork) -> dict[tuple[str, str], float]:
    ends = zip(tails_of(network).tolist(), network.indices.tolist(), strict=True)
    pairs = [(network.labels[tail], network.labels[head]) for tail, head in ends]
    assert pairs == sorted(set(pairs), key=lambda pair: [network.labels.index(end) for end in pair])
    return dict(zip(pairs, network.strengths.tolist(), strict=True))


def test_as_stated() -> None:
    network = collapse(statements(TIES), AS_STATED)
    assert ties_of(network) == {("CAF", "OECD"): 1.5, ("NASA", "OECD"): 2.0, ("OECD", "NASA"): 2.0}
    assert not network.symmetric
    assert network.ids == ("id:CAF", "id:ESA", "id:NASA", "id:OECD")
    assert network.heads_of(1).tolist() == []
    assert network.notes == ("Ties of contact.", "Ties are taken in the direction in which they are stated.")


def test_two_way_is_the_default() -> None:
    network = collapse(statements(TIES))
    assert network.symmetric
    assert ties_of(network) == {
        ("CAF", "OECD"): 1.5,
        ("OECD", "CAF"): 1.5,
        ("NASA", "OECD"): 2.0,
        ("OECD", "NASA"): 2.0,
    }
    assert ties_of(simple(statements(TIES))) == ties_of(network)


def test_ties_without_direction_only_make_a_symmetric_network() -> None:
    assert collapse(statements([(0, 1, 1.0, False)]), AS_STATED).symmetric


def test_nothing_at_all() -> None:
    for network in (collapse(statements([])), simple(nx.Graph()), collapse(statements([], names=("CAF",)))):
        assert network.tie_count == 0
        assert len(network.indptr) == len(network) + 1


@pytest.mark.parametrize("strength", [0.0, -1.0, float("nan"), float("inf")])
def test_strengths_are_positive_numbers(strength: float) -> None:
    with pytest.raises(ProjectionError, match="'CAF' has the strength"):
        collapse(statements([(0, 1, strength, True)]))
    graph = nx.DiGraph()
    graph.add_edge("CAF", "OECD", strength=strength)
    with pytest.raises(ProjectionError, match="'CAF' has the strength"):
        simple(graph)


def test_strengths_are_numbers() -> None:
    graph = nx.Graph()
    graph.add_edge("CAF", "OECD", strength="strong")
    with pytest.raises(ProjectionError, match="from 'CAF' to 'OECD' has the strength 'strong'"):
        simple(graph)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.floats(0.001, 1000), st.booleans()),
        max_size=30,
    ),
    st.sampled_from([AS_STATED, TWO_WAY]),
)
def test_collapse_is_a_matrix_sum(ties: list[Tie], how: Collapse) -> None:
    matrix = np.zeros((6, 6))
    for tail, head, strength, directed in ties:
        matrix[tail, head] += strength
        if how is TWO_WAY or not directed:
            matrix[head, tail] += strength
    np.fill_diagonal(matrix, 0)
    network = collapse(statements(ties, names=tuple("ABCDEF")), how)
    found = np.zeros((6, 6))
    found[tails_of(network), network.indices] = network.strengths
    assert np.allclose(found, matrix, rtol=1e-12)
    assert network.tie_count == np.count_nonzero(matrix)
    if network.symmetric:
        assert np.array_equal(found, found.T)


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_any_networkx_graph(kind: Any) -> None:
    graph = kind([("b", "a", {"strength": 2, "weight": 99}), ("b", "c"), ("c", "c")])
    graph.add_node("alone", label="Alone", country="PER")
    network = simple(graph)
    assert network.ids == ("b", "a", "c", "alone")
    assert network.labels == ("b", "a", "c", "Alone")
    assert network.attributes == {"country": [None, None, None, "PER"]}
    assert network.symmetric == (not graph.is_directed())
    assert ties_of(network)["b", "a"] == 2.0
    assert (("a", "b") in ties_of(network)) == network.symmetric


def test_parallel_edges_add_up_and_say_so() -> None:
    graph = nx.MultiDiGraph([("a", "b"), ("a", "b", {"strength": 0.5}), ("b", "a")])
    network = simple(graph)
    assert ties_of(network) == {("a", "b"): 1.5, ("b", "a"): 1.0}
    assert "Parallel ties" in network.notes[0]
    assert ties_of(simple(graph, TWO_WAY)) == {("a", "b"): 2.5, ("b", "a"): 2.5}


def test_a_digraph_stays_directed_and_two_way_is_asked_for() -> None:
    mutual = simple(nx.DiGraph([("a", "b"), ("b", "a")]))
    assert not mutual.symmetric
    assert two_way(mutual).symmetric
    assert two_way(two_way(mutual)) is not mutual
    once = two_way(mutual)
    assert two_way(once) is once
    assert simple(once, TWO_WAY) is once
    assert simple(mutual) is mutual


def test_within_keeps_order_attributes_and_inner_ties() -> None:
    network = simple(nx.path_graph(5))
    inner = within(network, [True, True, False, True, True])
    assert inner.ids == (0, 1, 3, 4)
    assert ties_of(inner) == {("0", "1"): 1, ("1", "0"): 1, ("3", "4"): 1, ("4", "3"): 1}
    assert inner.symmetric
    assert within(network, [True] * 5) is network
    assert len(within(network, [False] * 5)) == 0


def test_simple_network_to_networkx() -> None:
    directed = to_networkx(collapse(statements(TIES), AS_STATED))
    assert type(directed) is nx.DiGraph
    assert directed.edges["id:CAF", "id:OECD"] == {"strength": 1.5, "distance": 1 / 1.5}
    assert directed.nodes["id:CAF"] == {"label": "CAF", "country": "PER"}
    assert directed.nodes["id:ESA"] == {"label": "ESA"}
    assert type(to_networkx(collapse(statements(TIES)))) is nx.Graph


def test_actor_network_to_networkx_loses_no_statement() -> None:
    graph = to_networkx(statements(TIES))
    assert type(graph) is nx.MultiDiGraph
    assert graph.number_of_edges() == len(TIES)
    assert set(graph["id:CAF"]["id:OECD"]) == {"id:rel-0", "id:rel-1"}
    edge = graph.edges["id:OECD", "id:NASA", "id:rel-2"]
    assert (edge["strength"], edge["distance"], edge["directed"]) == (2.0, 0.5, False)
    assert not any("weight" in data for _, _, data in graph.edges(data=True))


@pytest.mark.parametrize("how", [AS_STATED, TWO_WAY])
def test_there_and_back_again(how: Collapse) -> None:
    network = statements(TIES)
    assert ties_of(simple(to_networkx(network), how)) == ties_of(simple(network, how))
    collapsed = simple(network, how)
    assert ties_of(simple(to_networkx(collapsed))) == ties_of(collapsed)


def test_networkx_can_write_what_it_is_given() -> None:
    for network in (statements(TIES), collapse(statements(TIES))):
        graph = to_networkx(network)
        gexf, graphml = BytesIO(), BytesIO()
        nx.write_gexf(graph, gexf)
        nx.write_graphml(graph, graphml)
        for written in (gexf.getvalue(), graphml.getvalue()):
            assert written.count(b"<edge ") == graph.number_of_edges()
            assert written.count(b"<node ") == graph.number_of_nodes()
        assert nx.node_link_graph(json.loads(json.dumps(nx.node_link_data(graph)))).size() == graph.size()


def test_groups_by_attribute_or_mapping() -> None:
    network = statements(TIES)
    assert groups_of(network, "country") == ["PER", None, None, None]
    assert groups_of(collapse(network), {"id:ESA": "Europe", "id:CAF": ""}) == [None, "Europe", None, None]
    with_nan = simple(nx.Graph([(0, 1)]))
    assert groups_of(with_nan, {0: float("nan"), 1: 2}) == [None, 2]


def test_groups_that_cannot_be() -> None:
    network = simple(nx.Graph([(0, 1)]))
    with pytest.raises(ProjectionError, match="attribute 'country'") as raised:
        groups_of(network, "country")
    assert raised.value.hint == "The actors of this network have no attributes."
    with pytest.raises(ProjectionError, match="in the grouping"):
        groups_of(network, {"a": 1})
    graph = nx.Graph()
    graph.add_node(0, topics=["AI"], country="", sector="state", pos=np.zeros(2))
    with pytest.raises(ProjectionError, match="cannot be a group"):
        groups_of(simple(graph), "topics")
    with pytest.raises(ProjectionError, match="value for 'country'") as raised:
        groups_of(simple(graph), "country")
    assert raised.value.hint == "Group by one of: pos, sector, topics."
    with pytest.raises(ProjectionError, match="cannot be a group"):
        groups_of(simple(graph), "pos")


def test_not_a_network() -> None:
    with pytest.raises(TypeError, match="not a network: dict"):
        simple({"a": "b"})  # type: ignore[arg-type]


@pytest.mark.parametrize("strength", [float("nan"), float("inf"), 0.0, -1.0])
def test_a_network_made_by_hand_has_positive_strengths(strength: float) -> None:
    whole = simple(nx.path_graph(["CAF", "OECD", "NASA"]))
    strengths = whole.strengths.copy()
    strengths[1] = strength
    with pytest.raises(ProjectionError, match="A tie of 'OECD' has the strength"):
        simple(replace(whole, strengths=strengths))


def test_a_digraph_without_ties_stays_directed() -> None:
    assert not simple(nx.empty_graph(2, create_using=nx.DiGraph)).symmetric
    assert simple(nx.empty_graph(2)).symmetric
