"""Folding initiatives with arrays gives what going through every pair gives."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.network.folding import folded
from ecosystem.network.ties import Ties
from ecosystem.store import Texts

ACTORS, INITIATIVES = 6, 3
IS_INITIATIVE = np.array([False] * ACTORS + [True] * INITIATIVES)
ends = st.integers(0, ACTORS + INITIATIVES - 1)


def ties_of(pairs: list[tuple[int, int]]) -> Ties:
    count = len(pairs)
    return Ties(
        tails=np.array([tail for tail, _ in pairs], np.int32),
        heads=np.array([head for _, head in pairs], np.int32),
        relations=np.zeros(count, np.int32),
        records=np.column_stack([np.arange(count), np.full(count, -1)]).astype(np.int32),
        strengths=np.ones(count),
        directed=np.ones(count, bool),
        via=np.full(count, -1, np.int32),
        relation_table=["r"],
        record_table=Texts.of(f"record-{number}" for number in range(count)),
    )


@settings(max_examples=200, deadline=None)
@given(pairs=st.lists(st.tuples(ends, ends), max_size=30), limit=st.integers(1, 7))
def test_folding_agrees_with_going_through_every_pair(pairs: list[tuple[int, int]], limit: int) -> None:
    members: defaultdict[int, dict[int, int]] = defaultdict(dict)
    expected = []
    for record, (tail, head) in enumerate(pairs):
        if not IS_INITIATIVE[tail] and not IS_INITIATIVE[head]:
            expected.append((tail, head, 1.0, -1, (record, -1)))
        for actor, initiative in ((tail, head), (head, tail)):
            if IS_INITIATIVE[initiative] and not IS_INITIATIVE[actor]:
                members[initiative].setdefault(actor, record)
    # Of several records that tie an actor to an initiative, those in which the actor comes first are taken first.
    for record, (tail, head) in reversed([*enumerate(pairs)]):
        if IS_INITIATIVE[head] and not IS_INITIATIVE[tail]:
            members[head][tail] = record
    large = [initiative for initiative, actors in members.items() if len(actors) > limit]
    for initiative in sorted(members):
        actors = members[initiative]
        if initiative not in large:
            for one, other in combinations(sorted(actors), 2):
                expected.append((one, other, 1 / (len(actors) - 1), initiative, (actors[one], actors[other])))
    found, notes = folded(ties_of(pairs), IS_INITIATIVE, limit)
    columns = zip(found.tails, found.heads, found.strengths, found.via, map(tuple, found.records.tolist()), strict=True)
    assert [tuple(row) for row in columns] == expected
    assert bool(notes) == bool(large)
    assert not found.directed[found.via >= 0].any()


def test_each_initiative_adds_one_to_the_strength_of_each_of_its_actors() -> None:
    found, _ = folded(ties_of([(actor, 6) for actor in range(5)]), IS_INITIATIVE, 200)
    for actor in range(5):
        around = (found.tails == actor) | (found.heads == actor)
        assert found.strengths[around].sum() == pytest.approx(1)
