"""Whether two ways of saying the same say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ecosystem.records import Profile, Record, Relationship
from ecosystem.sources import Reading


def comparable(records: Iterable[Record]) -> tuple[dict[str, Profile], Counter[Relationship]]:
    """Return profiles by IRI and relationships, with the order of what has none made the same."""
    profiles, ties = {}, Counter()
    for one in records:
        if isinstance(one, Profile):
            profiles[one.iri] = replace(
                one,
                labels=tuple(sorted(one.labels)),
                alternatives=tuple(sorted(one.alternatives)),
                descriptions=tuple(sorted(one.descriptions)),
                identifiers=tuple(sorted(one.identifiers)),
                topics=tuple(sorted(one.topics)),
                keywords=tuple(sorted(one.keywords)),
            )
        elif isinstance(one, Relationship):
            ties[one] += 1
    return profiles, ties


def assert_same(found: Iterable[Record], expected: Iterable[Record]) -> None:
    profiles, ties = comparable(found)
    wanted, said = comparable(expected)
    assert profiles.keys() == wanted.keys()
    for iri, profile in profiles.items():
        assert profile == wanted[iri]
    assert ties == said


def told(reading: Reading) -> tuple[list[tuple[str, ...]], list[tuple[object, ...]]]:
    """Return label, type, kind and country of each profile, and ends, relation and strength of each relationship."""
    profiles = [
        (one.labels[0].value, one.type.rpartition("#")[2], one.kind, one.country[-3:])
        for one in reading.records
        if isinstance(one, Profile)
    ]
    ties = [
        (one.subject.rpartition("/")[2], one.relation.rpartition("#")[2], one.object.rpartition("/")[2], one.strength)
        for one in reading.records
        if isinstance(one, Relationship)
    ]
    return profiles, ties
