"""An ecosystem year by year, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from builders import actor, tie
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.api import Ecosystem
from ecosystem.api.timeline import timeline
from ecosystem.errors import ProjectionError
from ecosystem.network.ties import holds
from ecosystem.ontology import Ontology

RECORDS = [
    actor("chile", "NationalGovernment", "CHL"),
    actor("peru", "NationalGovernment", "PER"),
    actor("spain", "NationalGovernment", "ESP"),
    actor("japan", "NationalGovernment", "JPN"),
    actor("lab", "Pilot", since="2021", until="2021-06"),
    tie("chile", "partnersWith", "peru", since="2019", until="2021"),
    tie("peru", "partnersWith", "spain", since="2020-03"),
    tie("spain", "participatesIn", "lab"),
    tie("japan", "participatesIn", "lab"),
    tie("chile", "partnersWith", "japan"),
]


@pytest.fixture
def eco(make_store: Callable[..., Any], ontology: Ontology) -> Ecosystem:
    return Ecosystem(make_store(RECORDS), ontology)


def test_each_year(eco: Ecosystem) -> None:
    table = timeline(eco)
    rows = {row.year: row for row in table}
    assert list(rows) == [2019, 2020, 2021]
    assert [row.relationships for row in table] == [1, 2, 4], "taking part in the lab holds while the lab runs"
    assert [(row.begun, row.ended) for row in table] == [(1, 0), (1, 0), (2, 3)]
    assert [(row.actors, row.pairs, row.parts, row.largest) for row in table] == [
        (2, 1, 1, 2),
        (3, 2, 1, 3),
        (4, 3, 1, 4),
    ]
    # Peru lies between Chile and Spain from 2020 on, Spain between Peru and Japan in 2021.
    assert [(row.liaison, row.brokered) for row in table] == [(0, 0), (1, 1), (2, 2)]
    assert (rows[2019].broker, rows[2020].broker, rows[2020].broker_pairs) == ("", "Peru", 1)
    assert table.notes[0].startswith("1 of 5 relationships bear no date and are in no year")


def test_what_bears_no_date_can_be_in_every_year(eco: Ecosystem) -> None:
    table = timeline(eco, undated=True)
    assert [row.actors for row in table] == [3, 4, 4] and table[0].relationships == 1, "it is counted apart"
    assert "counted in every year" in table.notes[0]


def test_a_window_limits_the_years(eco: Ecosystem) -> None:
    table = timeline(eco, projection=eco.projection(start="2020", end="2020"))
    assert [(row.year, row.pairs) for row in table] == [(2020, 2)]


def test_without_dates_there_are_no_years(make_store: Callable[..., Any], ontology: Ontology) -> None:
    undated = [actor("chile"), actor("peru"), tie("chile", "partnersWith", "peru")]
    with pytest.raises(ProjectionError, match="No relationship that counts as a tie bears a date"):
        timeline(Ecosystem(make_store(undated), ontology))
    endless = [actor("chile"), actor("peru"), tie("chile", "partnersWith", "peru", since="0001", until="9999")]
    with pytest.raises(ProjectionError, match="more than 400 years"):
        timeline(Ecosystem(make_store(endless), ontology))


@pytest.mark.parametrize(
    ("start", "end", "pairs"), [("", "", 4), ("2022", "", 3), ("", "2018", 2), ("2019", "2019", 3), ("2020-03", "", 4)]
)
def test_ties_that_hold_at_any_time_in_a_window(eco: Ecosystem, start: str, end: str, pairs: int) -> None:
    # Ties that bear no date always hold: chile – japan, and spain – japan by the lab.
    assert eco.network(eco.projection(start=start, end=end)).tie_count == pairs


dates = st.one_of(st.just(""), st.builds("{:04}".format, st.integers(2000, 2004)))
months = st.builds("{:04}-{:02}".format, st.integers(2000, 2004), st.integers(1, 12))
days = st.builds("{}-{:02}".format, months, st.integers(1, 28))


@settings(max_examples=300, deadline=None)
@given(since=st.one_of(dates, months), until=st.one_of(dates, days), first=st.one_of(dates, months), last=days)
def test_by_days(since: str, until: str, first: str, last: str) -> None:
    """Two spans meet if each begins before the other ends, a date standing for all its days."""

    def begins(date: str) -> str:
        return date + "0000-00-00"[len(date) :]

    def ends(date: str) -> str:
        return date + "9999-99-99"[len(date) :]

    assert holds(since, until, first, last) == (begins(since) <= ends(last) and begins(first) <= ends(until))
    if holds(since, until, last, last):
        assert holds(since, until, first, last) or begins(first) > ends(last), "a wider window holds no less"
