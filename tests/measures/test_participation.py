"""Participation in communities, worked out by hand and by its definition."""

from __future__ import annotations

from math import isnan
from statistics import mean, pstdev

import networkx as nx
import pytest

from ecosystem.measures import communities, participation


def test_a_hub_between_three_groups() -> None:
    star = nx.star_graph(4)
    rows = {row.actor: row for row in participation(star, by=dict(enumerate("AABBC")))}
    assert rows[0].participation == 1 - (1 / 4) ** 2 - (2 / 4) ** 2 - (1 / 4) ** 2
    assert (rows[0].ties, rows[0].groups) == (4, 3)
    assert rows[1].participation == 0, "all of its one contact is of one group"


def test_an_isolate_has_none_and_stands_last() -> None:
    graph = nx.path_graph(2)
    graph.add_node(2)
    rows = participation(graph, by=dict.fromkeys(range(3), "A"))
    assert rows[2].actor == 2 and isnan(rows[2].participation)
    assert isnan(participation(nx.cycle_graph(4), by=dict.fromkeys(range(4), "A"))[0].within_z)


def test_zachary_by_definition() -> None:
    club = nx.karate_club_graph()
    found = {row.actor: row.community for row in communities(club)}
    rows = {row.actor: row for row in participation(club, by=found)}
    inside = {actor: sum(found[other] == found[actor] for other in club[actor]) for actor in club}
    for actor in club:
        contacts = [found[other] for other in club[actor]]
        shares = [contacts.count(group) / len(contacts) for group in set(contacts)]
        assert rows[actor].participation == pytest.approx(1 - sum(share**2 for share in shares))
        fellows = [inside[other] for other in club if found[other] == found[actor]]
        assert rows[actor].within_z == pytest.approx((inside[actor] - mean(fellows)) / pstdev(fellows))
