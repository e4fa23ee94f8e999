"""The brokers of a map in full: the sentence about each, and the open pairs behind it with the ties they rest on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ecosystem.api.captions import broker_caption
from ecosystem.api.words import ROLES, broker_in_words
from ecosystem.network import ActorNetwork, Projection
from ecosystem.publish import view as page
from ecosystem.publish.words import Words

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem
    from ecosystem.measures import Broker
    from ecosystem.measures.grouping import Grouped
    from ecosystem.measures.served import Served

__all__ = ["Told", "brokers_told"]

EXPLAINED = 40  # brokers whose pairs are worked out; the rest broker too little to be read
TRIADS = 24  # pairs of one broker that a map holds, the most telling first
# Across borders first: those are the pairs that a map of an ecosystem is drawn for.
TELLING = ("liaison", "gatekeeper", "representative", "itinerant", "coordinator")


@dataclass(frozen=True, slots=True)
class Told:
    """A broker's sentence, and the most telling of the pairs that it connects."""

    words: str
    triads: tuple[page.Triad, ...]


def brokers_told(
    eco: Ecosystem,
    brokers: Sequence[Broker],
    *,
    by: str,
    choice: Projection,
    node: Mapping[str, str],
    tie: Mapping[str, str],
) -> dict[str, Told]:
    """Return for each of the leading brokers, by IRI, what a map tells of it.

    Parameters
    ----------
    choice
        The projection that brokers were counted on.
    node, tie
        The ids of nodes by IRI, and of ties by the IRI of their record, on the map. Pairs with an end that is not on
        the map are left out.
    """
    from ecosystem.measures.grouping import group_by
    from ecosystem.measures.served import served_pairs

    network, direction = eco.network(choice), eco.direction(choice)
    grouped, two_way = group_by(network, by, direction), direction == "two-way"
    ids = [str(iri) for iri in grouped.network.ids]
    number = {iri: position for position, iri in enumerate(ids)}
    shown = np.array([iri in node for iri in ids], bool)
    leading = [row for row in brokers[:EXPLAINED] if row.total]
    records = _records(network, {row.actor for row in leading})
    told, speak = {}, Words(eco.language)
    for row, pairs in zip(leading, served_pairs(grouped, [number[row.actor] for row in leading]), strict=True):
        words = (
            broker_in_words(row, _between(pairs, grouped), two_way)
            if speak.language == "en"
            else broker_caption(row, two_way, speak)
        )
        once = _once(pairs, len(ids)) if two_way else pairs
        telling = _most_telling(once.take(shown[once.a] & shown[once.b]))
        ends = zip(
            telling.a.tolist(), telling.b.tolist(), telling.roles.tolist(), telling.exclusive.tolist(), strict=True
        )
        triads = (
            _shown(row.actor, (ids[a], ids[b]), role, exclusive, node, tie, records, two_way)
            for a, b, role, exclusive in ends
        )
        told[row.actor] = Told(words, tuple(triads))
    return told


def _between(pairs: Served, grouped: Grouped) -> dict[tuple[str, str], int]:
    """Count pairs by the groups of their ends."""
    size = len(grouped.groups)
    keys, counts = np.unique(
        grouped.codes[pairs.a].astype(np.int64) * size + grouped.codes[pairs.b], return_counts=True
    )
    names = [str(group) for group in grouped.groups]
    return {
        (names[key // size], names[key % size]): count
        for key, count in zip(keys.tolist(), counts.tolist(), strict=True)
    }


def _records(network: ActorNetwork, brokers: set[str]) -> dict[tuple[str, str], list[str]]:
    """Return the records behind the ties of brokers, by broker and other end."""
    ids = list(network.ids)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for edge, (tail, head) in enumerate(zip(network.tails.tolist(), network.heads.tolist(), strict=True)):
        for one, other in ((ids[tail], ids[head]), (ids[head], ids[tail])):
            if one in brokers and one != other:
                found[one, other] += network.records[edge]
    return found


def _once(pairs: Served, size: int) -> Served:
    """Return each pair once: where ties run both ways it is listed in both directions."""
    _, first = np.unique(np.minimum(pairs.a, pairs.b) * size + np.maximum(pairs.a, pairs.b), return_index=True)
    return pairs.take(np.sort(first))


def _most_telling(pairs: Served) -> Served:
    """Return the pairs that a map holds: first those which nobody else connects, then those across borders.

    Of these, first those whose ends have not been named yet.
    """
    importance = np.array([TELLING.index(role) for role in ROLES])
    ranked = pairs.take(np.lexsort((importance[pairs.roles], ~pairs.exclusive)))
    alone = int(ranked.exclusive.sum())
    if alone >= TRIADS:  # no other will be among them
        ranked = ranked.take(np.arange(alone))
    named: Counter[int] = Counter()
    places = []
    for number, (a, b, _, exclusive) in enumerate(ranked.rows()):
        places.append((not exclusive, max(named[a], named[b]), number))
        named[a] += 1
        named[b] += 1
    return ranked.take(np.array([number for *_, number in sorted(places)[:TRIADS]], np.int64))


def _shown(
    broker: str,
    ends: tuple[str, str],
    role: int,
    exclusive: bool,
    node: Mapping[str, str],
    tie: Mapping[str, str],
    records: Mapping[tuple[str, str], Sequence[str]],
    two_way: bool,
) -> page.Triad:
    first, second = (
        tuple(dict.fromkeys(tie[record] for record in records[broker, end] if record in tie)) for end in ends
    )
    # Both ways, a representative is the gatekeeper of the other direction: one role, as in `brokered`.
    name = "gatekeeper" if ROLES[role] == "representative" and two_way else ROLES[role]
    return page.Triad(node[ends[0]], node[ends[1]], name, exclusive, first, second)
