"""Numbers as sentences: what a broker does, how thin the evidence is, what a map shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ecosystem.lookup import Evidence

if TYPE_CHECKING:
    from ecosystem.measures import Broker, Triad

__all__ = ["broker_in_words", "date_in_words", "list_in_words", "thinness"]

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def broker_in_words(row: Broker, triads: Sequence[Triad], groups: dict[str, str | None], two_way: bool) -> str:
    """Say whom a broker connects, in which roles, how often, and how often nobody else does.

    Where ties run both ways a pair is one pair, although both of its directions are counted.
    """
    divide = 2 if two_way else 1
    pairs: Counter[tuple[str, str]] = Counter()
    for triad in triads:
        ends = (groups.get(triad.a) or "", groups.get(triad.b) or "")
        pairs[min(ends), max(ends)] += 1
    roles = Counter({role: getattr(row, role) for role in ROLES if getattr(row, role)})
    if two_way:  # a gatekeeper one way is a representative the other way
        roles["gatekeeper"] += roles.pop("representative", 0)
    top = sorted(roles, key=lambda role: (-roles[role], role))[:2]
    played = " and ".join(top)
    count = row.total // divide
    exclusive = row.exclusive // divide
    alone = f", {exclusive} that nobody else connects" if exclusive else ", each of which others connect too"
    return f"connects {_whom(pairs)} as {played}: {count} {'pair' if count == 1 else 'pairs'}{alone}"


def _whom(pairs: Counter[tuple[str, str]]) -> str:
    ranked = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    across = [pair for pair in ranked if pair[0] != pair[1]]
    if not across:
        return f"actors of {ranked[0][0]}" if ranked else "actors"
    first = f"{across[0][0]} and {across[0][1]}"
    others = len(across) - 1
    return first + (f" (and {others} other {'pair' if others == 1 else 'pairs'} of groups)" if others else "")


def thinness(evidence: Sequence[Evidence]) -> str:
    """Say how thin the evidence is, before anyone acts on it."""
    if not evidence:
        return "Nothing is recorded yet."
    sources = Counter(one.source for one in evidence if one.source)
    pairs = Counter(frozenset((one.subject_iri, one.object_iri)) for one in evidence)
    single = sum(count == 1 for count in pairs.values())
    unsourced = sum(not one.source for one in evidence)
    said = [
        f"{len(evidence):,} relationships rest on {len(sources)} {'source' if len(sources) == 1 else 'sources'}",
    ]
    if sources:
        top, count = sorted(sources.items(), key=lambda item: (-item[1], item[0]))[0]
        said[0] += f", {round(100 * count / len(evidence))} % of them on one: {top}"
    said.append(f"{round(100 * single / len(pairs))} % of the ties are stated only once")
    if unsourced:
        said.append(f"{unsourced:,} name no source")
    return "; ".join(said) + "."


def date_in_words(date: str) -> str:
    """Write an ISO date as people do.

    >>> date_in_words("2026-11-22"), date_in_words("2021-06"), date_in_words("2021")
    ('22 November 2026', 'June 2021', '2021')
    """
    year, *rest = date.split("-")
    words = [year]
    if rest:
        words.insert(0, MONTHS[int(rest[0]) - 1])
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return " ".join(words)


def list_in_words(items: Sequence[str]) -> str:
    """Join items as a sentence does.

    >>> list_in_words(["a"]), list_in_words(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return ", ".join(items[:-1]) + (" and " if len(items) > 1 else "") + "".join(items[-1:])
