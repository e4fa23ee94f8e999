"""Classes of brokers: Knoke's network by its published counts, and one of each class by hand."""

from __future__ import annotations

import networkx as nx

from ecosystem.measures import brokering_classes


def test_knoke(knoke: nx.DiGraph) -> None:
    # Published cross-group activity and exclusivity; their means are 5.4 and 0.5.
    table = brokering_classes(knoke, by="sector")
    found = {row.actor: (row.brokering, row.activity, row.exclusivity) for row in table}
    assert found["MAYR"] == ("powerhouse", 20, 3)
    assert found["EDUC"] == ("powerhouse", 7, 2)
    assert found["COMM"] == ("connector", 16, 0)
    assert found["NEWS"] == ("connector", 6, 0)
    assert {name for name, (brokering, _, _) in found.items() if brokering == "sideliner"} == {
        "COUN", "INDU", "WRO", "UWAY", "WELF", "WEST",
    }  # fmt: skip
    assert "activity 5.4, exclusivity 0.5" in table.notes[-1]
    assert [row.actor for row in table][:4] == ["MAYR", "EDUC", "COMM", "NEWS"]


def test_a_linchpin_does_little_that_nobody_else_does() -> None:
    crowd = nx.complete_bipartite_graph(3, 5)  # whoever brokers here is one of several
    nx.add_path(crowd, ["a", "pin", "b"])
    rows = {row.actor: row.brokering for row in brokering_classes(crowd, by={node: node for node in crowd})}
    assert rows["pin"] == "linchpin"
    assert {rows[node] for node in range(3)} == {"connector"}
    assert rows["a"] == "sideliner"


def test_nobody_is_above_the_mean_of_equals() -> None:
    ring = brokering_classes(nx.cycle_graph(6), by={node: node for node in range(6)})
    assert set(ring["brokering"]) == {"sideliner"}
    assert len(brokering_classes(nx.Graph(), by={})) == 0
