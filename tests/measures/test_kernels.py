"""Kernels against the reference forms, on random networks of every shape, and whatever the number of threads."""

from __future__ import annotations

from math import isnan
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.errors import ProjectionError
from ecosystem.measures import (
    ROLES,
    betweenness,
    brokerage,
    brokerage_by_two,
    brokerage_total,
    centrality,
    group_matrix,
    structural_holes,
)
from ecosystem.measures.forms import COMPILED_FROM, compiled, prefer, thread_count
from ecosystem.tables import Table

quick = settings(max_examples=60, deadline=None, derandomize=True)


@st.composite
def networks(draw: st.DrawFn) -> nx.Graph:
    """Draw a network, directed or not, with strengths, self-loops, isolates, unconnected parts and groups of one."""
    size = draw(st.integers(1, 14))
    kind = draw(st.sampled_from([nx.Graph, nx.DiGraph, nx.MultiDiGraph]))
    nodes, strengths = st.integers(0, size - 1), st.floats(0.01, 100)
    graph = kind()
    graph.add_nodes_from(
        (node, {"group": draw(st.integers(0, 4)), "type": draw(st.integers(0, 2))}) for node in range(size)
    )
    for tail, head, strength in draw(st.lists(st.tuples(nodes, nodes, strengths), max_size=3 * size)):
        graph.add_edge(tail, head, strength=strength)
    return graph


def large(seed: int = 3, *, directed: bool = False) -> nx.Graph:
    """Return a network with hubs, branches, loose parts and isolates."""
    graph = nx.barabasi_albert_graph(300, 2, seed=seed)
    graph.add_edges_from((node % 40, 300 + node) for node in range(200))
    graph.add_edges_from([(600, 601), (601, 602), (602, 600), (603, 604)])
    graph.add_nodes_from([700, 701])
    if directed:
        graph = nx.gn_graph(200, seed=seed).to_directed()
        graph.add_edges_from((tail, tail // 3) for tail in range(1, 200))
        graph.add_edges_from((tail // 2, tail) for tail in range(1, 200, 3))
    nx.set_node_attributes(graph, {node: f"group {node % 7}" for node in graph}, "group")
    nx.set_node_attributes(graph, {node: node % 3 for node in graph}, "type")
    return graph


def agree(first: Table[Any], second: Table[Any], names: tuple[str, ...]) -> None:
    """Compare columns actor by actor, to 1e-9, NaN equal to NaN."""
    for name in names:
        mine, theirs = (dict(zip(table["actor"], table[name], strict=True)) for table in (first, second))
        assert mine == pytest.approx(theirs, rel=1e-9, abs=1e-9, nan_ok=True), name


def both(measure: Any, *arguments: Any, **options: Any) -> tuple[Table[Any], Table[Any]]:
    with prefer("reference"):
        first = measure(*arguments, **options)
    with prefer("kernel"):
        return first, measure(*arguments, **options)


@quick
@given(networks())
def test_matrix_of_groups_is_the_same(graph: nx.Graph) -> None:
    reference, kernel = both(group_matrix, graph, by="group")
    assert list(reference) == list(kernel)


@quick
@given(networks())
def test_census_is_the_same(graph: nx.Graph) -> None:
    reference, kernel = both(brokerage, graph, by="group")
    assert reference["actor"] == kernel["actor"]
    for name in (*ROLES, "total", "cross_group", "exclusive", "exclusive_cross_group", "partial_credit"):
        assert reference[name] == kernel[name], name
    assert [repr(row.z) for row in reference] == [repr(row.z) for row in kernel]


@quick
@given(networks(), st.sampled_from(["whole network", "ego network"]))
def test_holes_are_the_same(graph: nx.Graph, model: str) -> None:
    reference, kernel = both(structural_holes, graph, model=model)
    agree(reference, kernel, ("degree", "constraint", "effective_size", "efficiency", "hierarchy"))


@quick
@given(networks())
def test_centralities_are_the_same(graph: nx.Graph) -> None:
    reference, kernel = both(centrality, graph)
    agree(reference, kernel, ("betweenness", "closeness"))


@quick
@given(networks())
def test_two_groupings_are_the_same(graph: nx.Graph) -> None:
    reference, kernel = both(brokerage_by_two, graph, by=("group", "type"))
    assert reference.rows == kernel.rows


@pytest.mark.parametrize("directed", [False, True])
def test_larger_networks_are_the_same(directed: bool) -> None:
    graph = large(directed=directed)
    agree(*both(betweenness, graph), ("betweenness", "share"))
    agree(*both(centrality, graph), ("closeness",))
    for model in ("whole network", "ego network"):
        agree(*both(structural_holes, graph, model=model), ("constraint", "effective_size", "hierarchy"))
    reference, kernel = both(brokerage, graph, by="group")
    assert list(reference) == list(kernel)


@pytest.mark.parametrize("directed", [False, True])
def test_the_number_of_threads_changes_no_byte(directed: bool) -> None:
    graph = large(directed=directed)
    found = []
    for threads in (1, 2, 5):
        with prefer("kernel", threads=threads):
            assert thread_count() == threads
            table = centrality(graph)
            sampled = betweenness(graph, method="sampled", epsilon=0.05)
            found.append((table["betweenness"], repr(table["closeness"]), sampled["betweenness"], sampled.notes))
    assert found[0] == found[1] == found[2]


def test_trees_are_folded_to_nothing() -> None:
    for tree in (nx.balanced_tree(3, 4), nx.path_graph(30), nx.star_graph(50), nx.Graph([(0, 1)])):
        agree(*both(betweenness, tree), ("betweenness",))


def test_branches_hang_on_a_core() -> None:
    graph = nx.lollipop_graph(6, 9)
    graph.add_edges_from([(0, "a"), ("a", "b"), ("a", "c"), (14, "d"), ("x", "y")])
    agree(*both(betweenness, graph), ("betweenness",))


@pytest.mark.parametrize("graph", [large(), large(directed=True), nx.karate_club_graph(), nx.star_graph(30)])
def test_a_sample_errs_no_more_than_it_says(graph: nx.Graph) -> None:
    exact = betweenness(graph, method="exact")
    share = dict(zip(exact["actor"], exact["share"], strict=True))
    within = 0
    for seed in range(10):
        sample = betweenness(graph, method="sampled", epsilon=0.02, seed=seed)
        worst = max(abs(row.share - share[row.actor]) for row in sample)
        within += worst <= 0.02
        assert f"seed {seed}" in sample.notes[-1]
    assert within >= 9
    top = set(exact["actor"][:3])
    assert len(top & set(betweenness(graph, method="sampled", epsilon=0.005)["actor"][:4])) >= min(2, len(top))


def test_a_sample_is_the_same_for_a_seed_and_other_for_another() -> None:
    def values(seed: int) -> list[float]:
        return betweenness(large(), method="sampled", epsilon=0.05, seed=seed)["betweenness"]

    assert values(1) == values(1)
    assert values(1) != values(2)


@pytest.mark.parametrize(
    "graph", [nx.Graph(), nx.empty_graph(1), nx.empty_graph(3), nx.DiGraph([(0, 0)]), nx.path_graph(2)]
)
def test_networks_in_which_nobody_is_between(graph: nx.Graph) -> None:
    for form in ("reference", "kernel"):
        with prefer(form):
            for method in ("exact", "sampled", "auto"):
                assert betweenness(graph, method=method)["betweenness"] == [0.0] * len(graph)
            assert all(isnan(row.constraint) or row.degree == 1 for row in structural_holes(graph))
            assert set(brokerage(graph, by=dict.fromkeys(graph, "A"), permutations=3)["total"]) <= {0}
            assert len(centrality(graph)) == len(graph)


def test_methods_that_do_not_exist() -> None:
    graph = nx.path_graph(3)
    with pytest.raises(ProjectionError, match="no method 'guess'"):
        betweenness(graph, method="guess")  # type: ignore[arg-type]
    with pytest.raises(ProjectionError, match="steps, not distances"):
        betweenness(graph, method="sampled", paths="distance")
    with pytest.raises(ProjectionError, match="An error of 0"):
        betweenness(graph, epsilon=0)
    with pytest.raises(ProjectionError, match="cannot be -1 permutations"):
        brokerage(graph, by=dict.fromkeys(graph, "A"), permutations=-1)


@pytest.mark.parametrize("strength", [float("nan"), -1, 0, float("inf"), "strong"])
def test_strengths_that_are_none(strength: object) -> None:
    graph = nx.Graph()
    graph.add_edge("CAF", "OECD", strength=strength)
    for form in ("reference", "kernel"):
        with prefer(form):
            for measure in (structural_holes, centrality, betweenness, lambda graph: brokerage(graph, by={"CAF": 1})):
                with pytest.raises(ProjectionError, match="strength"):
                    measure(graph)


def test_size_decides_which_form_runs() -> None:
    assert not compiled(COMPILED_FROM - 1)
    assert compiled(COMPILED_FROM)
    with prefer("kernel"):
        assert compiled(1)
        with prefer("reference"):
            assert not compiled(COMPILED_FROM)
        assert compiled(1)


def test_hubs_do_not_stop_it() -> None:
    """A star has n² paths of two ties, a hundred million here: counted one by one they would take a minute."""
    star = nx.star_graph(10_000)
    nx.set_node_attributes(star, {node: node % 5 for node in star}, "group")
    row = brokerage(star, by="group", exclusive=False)[0]
    assert (row.actor, row.total, row.exclusive, row.partial_credit) == (0, 10_000 * 9_999, None, None)
    assert (
        "Exclusive pairs and partial credit were not counted" in brokerage(star, by="group", exclusive=False).notes[-1]
    )
    assert structural_holes(star)[0].effective_size == 10_000
    assert betweenness(star)[0].betweenness == 10_000 * 9_999 / 2
    totals = brokerage_total(star, by="group")
    assert totals["observed"][-1] == row.total


def test_rows_are_made_when_looked_at() -> None:
    with prefer("kernel"):
        table = brokerage(large(), by="group")
    first = table[0]
    assert (first.label, first.total) == (table["label"][0], table["total"][0])
    assert table.head(3)["actor"] == table["actor"][:3]
    assert [row.actor for row in table.where(lambda row: row.total == 0)] == [
        row.actor for row in table if row.total == 0
    ]
    assert table.to_csv().splitlines()[1].startswith(f"{first.actor},")
    assert table.to_pandas()["total"].tolist() == table["total"]
    assert isinstance(first.total, int) and isinstance(first.partial_credit, float)
    assert table.records()[0]["total"] == first.total
    assert table[-1] == list(table)[-1]
    assert "307 more rows are not shown" in table._repr_html_()
    with pytest.raises(KeyError):
        table["nothing"]


def test_p_is_what_all_deals_give(knoke: nx.DiGraph) -> None:
    """Among four actors all 24 deals can be tried; 2,000 random ones come close."""
    from itertools import permutations

    chain = nx.DiGraph([("a", "v"), ("v", "b"), ("b", "c")])
    names, groups = list(chain), ("X", "X", "Y", "Z")
    observed = {row.actor: row for row in brokerage(chain, by=dict(zip(names, groups, strict=True)))}["v"]
    deals = [
        next(row for row in brokerage(chain, by=dict(zip(names, deal, strict=True))) if row.actor == "v")
        for deal in permutations(groups)
    ]
    with prefer("kernel"):
        table = brokerage(chain, by=dict(zip(names, groups, strict=True)), permutations=2000, seed=5)
    found = next(row for row in table if row.actor == "v")
    for role in ROLES:
        share = np.mean([getattr(deal, role) >= getattr(observed, role) for deal in deals])
        assert getattr(found.p, role) == pytest.approx(share, abs=0.04)
        share = np.mean([getattr(deal, role) <= getattr(observed, role) for deal in deals])
        assert getattr(found.p_lower, role) == pytest.approx(share, abs=0.04)
    assert found.p.total == 1
    assert "2000 random deals of the groups, seed 5" in table.notes[-1]


@pytest.mark.parametrize("within", [None, "type", "degree"])
def test_p_is_the_same_by_either_form(within: str | None) -> None:
    seen = []
    reference, kernel = both(
        brokerage, large(), by="group", permutations=20, within=within, progress=lambda *done: seen.append(done)
    )
    assert [row.p for row in reference] == [row.p for row in kernel]
    assert [row.p_lower for row in reference] == [row.p_lower for row in kernel]
    assert seen == [(done, 20) for done in range(1, 21)] * 2
    assert all(1 / 21 <= value <= 1 for row in kernel for value in row.p.numbers())


def test_nothing_changes_within_strata_of_one_group(knoke: nx.DiGraph) -> None:
    table = brokerage(knoke, by="sector", permutations=5, within="sector")
    assert {value for row in table for value in (*row.p.numbers(), *row.p_lower.numbers())} == {1.0}
    assert "of the same sector" in table.notes[-1]
    assert brokerage(knoke, by="sector")[0].p is None
    with pytest.raises(ProjectionError, match="No actor has an attribute"):
        brokerage(knoke, by="sector", permutations=5, within="country")


def test_two_groupings_add_up_to_each_of_them(knoke: nx.DiGraph) -> None:
    for place, actor in enumerate(knoke):
        knoke.nodes[actor]["kind"] = "public" if place % 2 else "welfare"
    table = brokerage_by_two(knoke, by=("sector", "kind"))
    for name, by in (("first_role", "sector"), ("second_role", "kind")):
        for row in brokerage(knoke, by=by):
            for role in ROLES:
                parts = [pair.count for pair in table if pair.actor == row.actor and getattr(pair, name) == role]
                assert sum(parts) == getattr(row, role)
    assert all(row.count > 0 for row in table)
    assert table["count"] == sorted(table["count"], reverse=True)
    assert {(row.first_group, row.second_group) for row in table if row.actor == "MAYR"} == {(1, "welfare")}


def test_two_groupings_leave_out_whoever_lacks_one(knoke: nx.DiGraph) -> None:
    with pytest.raises(ProjectionError, match="attribute 'kind'"):
        brokerage_by_two(knoke, by=("sector", "kind"))
    with pytest.raises(ProjectionError, match="Two groupings"):
        brokerage_by_two(knoke, by="sector")  # type: ignore[arg-type]
    knoke.nodes["COMM"]["kind"] = knoke.nodes["WRO"]["kind"] = knoke.nodes["INDU"]["kind"] = "public"
    table = brokerage_by_two(knoke, by=("sector", "kind"))
    assert set(table["actor"]) <= {"COMM", "WRO", "INDU"}
    assert any("7 actors have no group" in note for note in table.notes)


def test_a_kernel_compiles_where_no_machine_code_can_be_kept() -> None:
    """numba finds no folder for a function that comes from no file, as where all folders are read-only."""
    from ecosystem.measures.kernels import jit

    made: dict[str, Any] = {}
    exec("def twice(number):\n    return 2 * number", made)
    assert jit(made["twice"])(21) == 42


def test_kernels_may_run_in_several_threads_of_the_caller() -> None:
    from concurrent.futures import ThreadPoolExecutor

    def measure(_: int) -> list[float]:
        with prefer("kernel", threads=2):
            return betweenness(graph, method="exact")["betweenness"]

    graph = large()
    with ThreadPoolExecutor(3) as pool:
        first, *others = pool.map(measure, range(4))
    assert all(other == first for other in others)
