"""Gould–Fernandez roles against published numbers, and what they say of triads, groups and directions."""

from __future__ import annotations

import networkx as nx
import pytest

from ecosystem.errors import ProjectionError
from ecosystem.measures import ROLES, brokerage, brokerage_total, ei_index, group_matrix, triads

pytestmark = pytest.mark.usefixtures("both_forms")

# coordinator, itinerant, representative, gatekeeper, liaison, total; activity, exclusive; both across groups; credit
KNOKE = {
    "COUN": (0, 1, 0, 0, 1, 2, 2, 0, 1, 0, 0.667),
    "COMM": (0, 5, 7, 3, 6, 21, 21, 0, 16, 0, 9.000),
    "EDUC": (0, 2, 1, 1, 5, 9, 9, 4, 7, 2, 5.917),
    "INDU": (0, 1, 1, 0, 0, 2, 2, 0, 1, 0, 0.583),
    "MAYR": (2, 5, 5, 6, 9, 27, 27, 5, 20, 3, 14.500),
    "WRO": (0, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0.333),
    "NEWS": (0, 0, 0, 5, 1, 6, 6, 0, 6, 0, 2.083),
    "UWAY": (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0),
    "WELF": (0, 0, 2, 0, 0, 2, 2, 0, 2, 0, 0.667),
    "WEST": (0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0.250),
}
ZACHARY = {
    0: (174, 0, 15, 15, 0, 204),
    1: (32, 0, 8, 8, 0, 48),
    2: (10, 12, 23, 23, 0, 68),
    8: (0, 0, 5, 5, 0, 10),
    30: (0, 2, 2, 2, 0, 6),
    31: (14, 0, 5, 5, 0, 24),
    32: (70, 0, 18, 18, 0, 106),
    33: (156, 6, 40, 40, 0, 242),
}


def test_knoke_table(knoke: nx.DiGraph) -> None:
    rows = {row.actor: row for row in brokerage(knoke, by="sector")}
    for actor, (*counts, credit) in KNOKE.items():
        row = rows[actor]
        roles = (row.coordinator, row.itinerant, row.representative, row.gatekeeper, row.liaison, row.total)
        assert [*roles, row.total, row.exclusive, row.cross_group, row.exclusive_cross_group] == counts
        assert row.partial_credit == pytest.approx(credit, abs=5e-4)


def test_knoke_whole_graph(knoke: nx.DiGraph) -> None:
    rows = {row.role: row for row in brokerage_total(knoke, by="sector")}
    order = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")
    assert [rows[role].observed for role in order] == [2, 15, 16, 16, 22, 71]
    assert [rows[role].expected for role in order] == pytest.approx(
        [4.861, 21.066, 21.066, 21.066, 29.168, 97.226], abs=5e-4
    )
    assert [rows[role].z for role in order] == pytest.approx([-1.216, -0.818, -0.802, -0.802, -1.333, -2.101], abs=5e-4)


def test_knoke_chance_of_one_actor(knoke: nx.DiGraph) -> None:
    mayor = brokerage(knoke, by="sector")[0]
    assert mayor.actor == "MAYR"
    order = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")
    for numbers, known in (
        (mayor.expected, [0.270, 2.431, 1.890, 1.890, 3.241, 9.723]),
        (mayor.sd, [0.483, 1.737, 1.769, 1.769, 2.153, 4.877]),
        (mayor.z, [3.579, 1.479, 1.757, 2.323, 2.675, 3.542]),
    ):
        assert [getattr(numbers, role) for role in order] == pytest.approx(known, abs=6e-4)


def test_zachary() -> None:
    table = brokerage(nx.karate_club_graph(), by="club")
    rows = {row.actor: row for row in table}
    for actor, counts in ZACHARY.items():
        row = rows[actor]
        found = (row.coordinator, row.itinerant, row.representative, row.gatekeeper, row.liaison, row.total)
        assert found == counts
    sums = [sum(table[role]) for role in ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")]
    assert sums == [510, 20, 128, 128, 0]
    assert sum(table["total"]) == 786


@pytest.mark.parametrize(
    ("groups", "role"),
    [((1, 1, 1), 0), ((1, 2, 1), 1), ((1, 2, 2), 2), ((1, 1, 2), 3), ((1, 2, 3), 4)],
)
def test_each_role_on_a_path(groups: tuple[int, int, int], role: int) -> None:
    path = nx.path_graph(3, create_using=nx.DiGraph)
    row = next(row for row in brokerage(path, by=dict(enumerate(groups))) if row.actor == 1)
    assert [getattr(row, name) for name in ROLES] == [int(place == role) for place in range(5)]


def test_closed_triad_brokers_nothing() -> None:
    assert set(brokerage(nx.complete_graph(3), by={0: "A", 1: "B", 2: "C"})["total"]) == {0}


def test_rows_are_in_order_and_isolates_have_one(knoke: nx.DiGraph) -> None:
    knoke.add_node("ALONE", sector=1)
    table = brokerage(knoke, by="sector")
    assert table["total"] == sorted(table["total"], reverse=True)
    assert table["label"][-2:] == ["ALONE", "UWAY"]
    assert table[-2].total == 0


def test_hidden_fields_stay_out_of_files(knoke: nx.DiGraph) -> None:
    table = brokerage(knoke, by="sector")
    assert not {"expected", "sd", "z"} & set(table.columns)
    assert table[0].z.total == pytest.approx(3.542, abs=5e-4)


def test_actors_without_a_group_take_no_part(knoke: nx.DiGraph) -> None:
    del knoke.nodes["MAYR"]["sector"]
    knoke.nodes["WEST"]["sector"] = ""
    table = brokerage(knoke, by="sector")
    without = brokerage(knoke.subgraph(set(knoke) - {"MAYR", "WEST"}), by="sector")
    assert table["actor"] == without["actor"]
    assert table["total"] == without["total"]
    assert repr([row.z for row in table]) == repr([row.z for row in without])
    assert "2 actors have no value for 'sector'" in " ".join(table.notes)


def test_direction_says_how_ties_are_taken(knoke: nx.DiGraph) -> None:
    as_stated = brokerage(knoke, by="sector", direction="as stated")
    two_way = brokerage(knoke, by="sector", direction="two-way")
    assert as_stated.rows == brokerage(knoke, by="sector").rows
    assert two_way["total"] == brokerage(knoke.to_undirected(), by="sector")["total"]
    assert two_way["gatekeeper"] == two_way["representative"]
    assert "once in each direction" in two_way.notes[-1]
    assert "Ties have a direction" in as_stated.notes[-1]
    with pytest.raises(ProjectionError, match="no direction 'both'"):
        brokerage(knoke, by="sector", direction="both")  # type: ignore[arg-type]


def test_triads_expand_every_count(knoke: nx.DiGraph) -> None:
    for row in brokerage(knoke, by="sector"):
        rows = triads(knoke, by="sector", broker=row.actor)
        assert len(rows) == row.total
        assert sum(rows["exclusive"]) == row.exclusive
        assert sum(1 / (1 + len(triad.other_brokers)) for triad in rows) == pytest.approx(row.partial_credit)
        for role in ROLES:
            assert len(triads(knoke, by="sector", broker=row.actor, role=role)) == getattr(row, role)


def test_triads_are_open_and_name_the_other_brokers(knoke: nx.DiGraph) -> None:
    for triad in triads(knoke, by="sector", broker="MAYR"):
        assert knoke.has_edge(triad.a, "MAYR")
        assert knoke.has_edge("MAYR", triad.b)
        assert not knoke.has_edge(triad.a, triad.b)
        between = set(knoke.successors(triad.a)) & set(knoke.predecessors(triad.b))
        assert set(triad.other_brokers) == between - {"MAYR"}
        assert triad.exclusive == (between == {"MAYR"})


def test_triads_between_two_groups(knoke: nx.DiGraph) -> None:
    rows = triads(knoke, by="sector", broker="MAYR", between=(2, 3))
    sector = nx.get_node_attributes(knoke, "sector")
    assert {(sector[row.a], sector[row.b]) for row in rows} == {(2, 3), (3, 2)}
    assert set(rows["role"]) == {"liaison"}
    inside = triads(knoke, by="sector", broker="MAYR", between=(3, 3))
    assert {(sector[row.a], sector[row.b]) for row in inside} == {(3, 3)}


def test_triads_refuse_what_is_not_there(knoke: nx.DiGraph) -> None:
    with pytest.raises(ProjectionError, match="'NASA' is no actor"):
        triads(knoke, by="sector", broker="NASA")
    with pytest.raises(ProjectionError, match="no brokerage role 'consultant'") as raised:
        triads(knoke, by="sector", broker="MAYR", role="consultant")
    assert "itinerant" in raised.value.hint
    with pytest.raises(ProjectionError, match="no group '9'"):
        triads(knoke, by="sector", broker="MAYR", between=(1, 9))


def test_group_matrix_adds_up(knoke: nx.DiGraph) -> None:
    table = group_matrix(knoke, by="sector")
    rows = {(row.group_a, row.group_b): row for row in table}
    assert sum(row.ties for row in table) == 49
    assert sum(row.exclusive for row in table) == sum(brokerage(knoke, by="sector")["exclusive"])
    assert sum(row.open_pairs for row in table) <= 90 - 49
    to_third = triads(knoke, by="sector", broker=rows[2, 3].top, between=(2, 3))
    sector = nx.get_node_attributes(knoke, "sector")
    assert rows[2, 3].top_pairs == sum(sector[row.a] == 2 for row in to_third)


def test_groups_that_differ_in_case_are_told_of() -> None:
    notes = brokerage(nx.path_graph(3), by={0: "Chile", 1: "chile ", 2: "Peru"}).notes
    assert any("'Chile', 'chile '" in note for note in notes)


def test_unknown_attribute_lists_those_that_exist(knoke: nx.DiGraph) -> None:
    with pytest.raises(ProjectionError, match="attribute 'country'") as raised:
        brokerage(knoke, by="country")
    assert "sector" in raised.value.hint


@pytest.mark.parametrize("graph", [nx.empty_graph(1), nx.DiGraph([(0, 0)]), nx.MultiDiGraph([(0, 0), (0, 0)])])
def test_one_actor_brokers_nothing(graph: nx.Graph) -> None:
    row = brokerage(graph, by={0: "A"})[0]
    assert (row.total, row.partial_credit, row.expected.total) == (0, 0.0, 0.0)
    assert row.z.total != row.z.total
    assert brokerage_total(graph, by={0: "A"})["observed"] == [0] * 6


def test_empty_network_has_no_rows() -> None:
    empty = nx.Graph()
    assert len(brokerage(empty, by={})) == 0
    assert len(group_matrix(empty, by={})) == 0
    assert ei_index(empty, by={}).internal == 0
