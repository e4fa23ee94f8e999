"""Numbers as sentences: what a broker does, how thin the evidence is, what a map shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem.lookup import Evidence
from ecosystem.network import SUPRANATIONAL
from ecosystem.publish.words import Words
from ecosystem.wording import counted

if TYPE_CHECKING:
    from ecosystem.measures import Broker
    from ecosystem.tables import Table

__all__ = ["ROLES", "Brokered", "broker_in_words", "brokered", "date_in_words", "list_in_words", "pairs_of", "thinness"]

SUPRANATIONAL_BODIES = "supranational bodies"
ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
IN_ENGLISH = Words("en")


@dataclass(frozen=True, slots=True)
class Brokered:
    """What a broker connects, in pairs that a reader would count.

    Where ties run both ways the census counts a pair in both directions; to a reader it is one pair, and a
    gatekeeper one way is the representative the other way: one role, called gatekeeper here. `exclusive` is None where
    nobody counted it.
    """

    roles: tuple[tuple[str, int], ...]
    total: int
    exclusive: int | None


def brokered(row: Broker, two_way: bool) -> Brokered:
    """Return the pairs that a broker connects, each counted once."""
    counts = {role: getattr(row, role) for role in ROLES}
    if two_way:
        counts = {role: count // 2 for role, count in counts.items()}
        counts["gatekeeper"] = row.gatekeeper
        counts["representative"] = 0
    each = 2 if two_way else 1
    roles = tuple((role, count) for role, count in counts.items() if count or not two_way)
    return Brokered(roles, row.total // each, None if row.exclusive is None else row.exclusive // each)


def pairs_of(brokers: Table[Broker], two_way: bool) -> dict[str, int]:
    """Return how many pairs each broker connects, as `brokered` counts them."""
    each = 2 if two_way else 1
    return {actor: total // each for actor, total in zip(brokers["actor"], brokers["total"], strict=True)}


def broker_in_words(row: Broker, between: Mapping[tuple[str, str], int], two_way: bool) -> str:
    """Say whom a broker connects, in which roles, how often, and how often nobody else does.

    `between` tells how many of its open pairs run from one group to another.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    for ends, count in between.items():
        pairs[(min(ends), max(ends)) if two_way else ends] += count
    told = brokered(row, two_way)
    top = sorted((-count, role) for role, count in told.roles if count)[:2]
    played = " and ".join(role for _, role in top)
    if told.exclusive is None:
        alone = ""
    elif told.exclusive:
        alone = f", {told.exclusive:,} that nobody else connects"
    else:
        alone = ", all of which others connect too"
    return f"connects {_whom(pairs, two_way)} as {played}: {counted(told.total, 'pair')}{alone}"


def _whom(pairs: Mapping[tuple[str, str], int], two_way: bool) -> str:
    ranked = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    across = [pair for pair in ranked if pair[0] != pair[1]]
    if not across:
        return f"{_members(ranked[0][0])} with each other" if ranked else "actors"
    named = (" and " if two_way else " to ").join(
        SUPRANATIONAL_BODIES if group == SUPRANATIONAL else group for group in across[0]
    )
    others = len(across) - 1
    return named + (f" (and {others} more such {'pair' if others == 1 else 'pairs'})" if others else "")


def _members(group: str) -> str:
    return SUPRANATIONAL_BODIES if group == SUPRANATIONAL else f"actors of {group}"


def thinness(evidence: Sequence[Evidence], speak: Words = IN_ENGLISH) -> str:
    """Say how thin the evidence is, before anyone acts on it."""
    if not evidence:
        return speak.say("thin_nothing")
    sources = Counter(one.source for one in evidence if one.source)
    pairs = Counter(frozenset((one.subject_iri, one.object_iri)) for one in evidence)
    single = sum(count == 1 for count in pairs.values())
    unsourced = sum(not one.source for one in evidence)
    counts = {
        "relationships": speak.count("thin_relationships", len(evidence)),
        "sources": speak.count("thin_sources", len(sources)),
    }
    if len(sources) > 1:
        top, count = sorted(sources.items(), key=lambda item: (-item[1], item[0]))[0]
        said = [speak.say("thin_most", percent=str(round(100 * count / len(evidence))), source=top, **counts)]
    else:
        said = [speak.say("thin_rest", **counts)]
    said.append(speak.say("thin_once", percent=str(round(100 * single / len(pairs)))))
    if unsourced:
        said.append(speak.say("thin_unsourced", n=speak.figure(unsourced)))
    return speak.say("semicolon").join(said) + "."


def date_in_words(date: str, speak: Words = IN_ENGLISH) -> str:
    """Write an ISO date as people do.

    >>> date_in_words("2026-11-22"), date_in_words("2021-06"), date_in_words("2021")
    ('22 November 2026', 'June 2021', '2021')
    >>> date_in_words("2026-11-22", Words("es"))
    '22 de noviembre de 2026'
    """
    year, *rest = date.split("-")
    if not rest:
        return year
    month = speak.say(f"month_{int(rest[0])}")
    if len(rest) == 1:
        return speak.say("date_month", month=month, year=year)
    return speak.say("date_day", day=str(int(rest[1])), month=month, year=year)


def list_in_words(items: Sequence[str]) -> str:
    """Join items as a sentence does.

    >>> list_in_words(["a"]), list_in_words(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return ", ".join(items[:-1]) + (" and " if len(items) > 1 else "") + "".join(items[-1:])
