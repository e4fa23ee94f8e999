"""Ways between actors before and after a change, held against networkx."""

from __future__ import annotations

from itertools import combinations
from math import isnan

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.network import simple
from ecosystem.whatif import reaching
from ecosystem.whatif.reaching import detours

graphs = st.builds(
    lambda size, edges, skip: nx.Graph([*((node, node) for node in range(size) if node != skip), *edges]),
    st.integers(1, 9),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=14),
    st.integers(0, 9),
)


@settings(max_examples=150, deadline=None)
@given(before=graphs, after=graphs)
def test_by_definition(before: nx.Graph, after: nx.Graph) -> None:
    found = detours(simple(before), simple(after))
    steps = [dict(nx.all_pairs_shortest_path_length(graph)) for graph in (before, after)]
    ways = [
        {pair: one[pair[0]][pair[1]] for pair in combinations(sorted(one), 2) if pair[1] in one[pair[0]]}
        for one in steps
    ]
    assert found.connected == tuple(len(way) for way in ways)
    for mean, way in zip(found.mean, ways, strict=True):
        assert mean == pytest.approx(sum(way.values()) / len(way)) if way else isnan(mean)
    shared = set(combinations(sorted(set(before) & set(after)), 2))
    old, new = ({pair: steps for pair, steps in way.items() if pair in shared} for way in ways)
    assert (found.cut, found.joined) == (len(old.keys() - new.keys()), len(new.keys() - old.keys()))
    more = [new[pair] - old[pair] for pair in old.keys() & new.keys()]
    assert (found.longer, found.shorter) == (sum(gap > 0 for gap in more), sum(gap < 0 for gap in more))
    assert found.steps_more == sum(gap for gap in more if gap > 0)
    assert found.steps_less == -sum(gap for gap in more if gap < 0)


def test_a_sample_states_its_error_and_keeps_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = nx.barabasi_albert_graph(900, 2, seed=4)
    without = whole.copy()
    without.remove_node(max(whole, key=lambda node: whole.degree[node]))
    exact = detours(simple(whole), simple(without))
    monkeypatch.setattr(reaching, "EXACT_UP_TO", 100)
    monkeypatch.setattr(reaching, "SAMPLE", 200)
    drawn = [detours(simple(whole), simple(without), seed=seed) for seed in range(20)]
    assert exact.sampled == 0 and drawn[0].sampled == 200
    assert drawn[0] == detours(simple(whole), simple(without), seed=0)
    assert all((one.connected, one.cut, one.joined) == (exact.connected, exact.cut, exact.joined) for one in drawn)
    # Of draws with such standard errors, hardly any is three errors off; and the change is known better than the means.
    off = [abs(one.mean[1] - exact.mean[1]) / one.errors[1] for one in drawn]
    assert sum(way > 2 for way in off) <= 4 and max(off) < 4 and max(off) > 0.2
    off = [abs((one.mean[1] - one.mean[0]) - (exact.mean[1] - exact.mean[0])) / one.errors[2] for one in drawn]
    assert sum(way > 2 for way in off) <= 5
    off = [abs(one.longer - exact.longer) / one.errors[3] for one in drawn]
    assert sum(way > 2 for way in off) <= 4
    assert all(one.errors[2] < one.errors[1] for one in drawn)
