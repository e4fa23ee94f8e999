"""`ecosystem brokers` in all its views, on the bundled data."""

from __future__ import annotations

import json

import pytest

from ecosystem.measures import ROLES


def rows(run, *arguments: str) -> list[dict]:
    result = run("brokers", *arguments, "-f", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_two_groupings_add_up_to_each_alone(run) -> None:
    pairs = rows(run, "--by", "country", "--and", "type", "--top", "0")
    alone = {row["actor"]: row for row in rows(run, "--by", "country", "--top", "0")}
    assert pairs
    for actor in {row["actor"] for row in pairs}:
        for role in ROLES:
            summed = sum(row["count"] for row in pairs if row["actor"] == actor and row["first_role"] == role)
            assert summed <= alone[actor][role]  # an actor without a country takes no part in either
    agile = [row for row in pairs if row["label"] == "Agile Nations"]
    assert sum(row["count"] for row in agile) == alone[agile[0]["actor"]]["total"]


def test_chance_has_a_row_a_role_and_the_same_p_each_time(run) -> None:
    question = ("--show", "chance", "--actor", "CAF", "--permutations", "49", "--seed", "3")
    found = rows(run, *question)
    assert [row["role"] for row in found] == [*ROLES, "total"]
    assert all(0.02 <= row["p"] <= 1 for row in found)
    assert found == rows(run, *question)
    within = rows(run, *question, "--within", "degree")
    assert [row["observed"] for row in within] == [row["observed"] for row in found]


def test_without_deals_there_is_no_p(run) -> None:
    assert {row["p"] for row in rows(run, "--show", "chance", "--top", "2")} == {None}


def test_the_whole_network_sums_up_its_actors(run) -> None:
    whole = {row["role"]: row["observed"] for row in rows(run, "--show", "whole")}
    each = rows(run, "--top", "0")
    assert whole == {role: sum(row[role] for row in each) for role in (*ROLES, "total")}


def test_groups_name_who_connects_most(run) -> None:
    found = rows(run, "--show", "groups", "--top", "0")
    assert all(row["open_pairs"] >= row["top_pairs"] > 0 for row in found)
    chile = next(row for row in found if (row["group_a"], row["group_b"]) == ("Chile", "Chile"))
    assert chile["top_label"] == "Data Observatory"


@pytest.mark.parametrize(
    "wrong",
    [
        ("--and", "type", "--show", "whole"),
        ("--and", "type", "--evidence"),
        ("--actor", "CAF", "--show", "groups"),
    ],
)
def test_views_that_do_not_go_together_are_refused(run, wrong: tuple[str, ...]) -> None:
    result = run("brokers", *wrong)
    assert result.exit_code == 2
    assert "Error:" in result.stderr


def test_an_unknown_second_grouping_says_which_there_are(run) -> None:
    result = run("brokers", "--and", "colour")
    assert result.exit_code == 3
    assert "colour" in result.stderr and "country" in result.stderr
