"""The brokers of a map in full: the sentence about each, and the open pairs behind it with the ties they rest on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem.api.captions import broker_caption
from ecosystem.api.words import broker_in_words
from ecosystem.network import ActorNetwork, Projection
from ecosystem.publish import view as page
from ecosystem.publish.words import Words

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem
    from ecosystem.measures import Broker, Triad

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
    from ecosystem.measures import triads

    network = eco.network(choice)
    direction = eco.direction(choice)
    groups = dict(zip(network.ids, network.attributes[by], strict=True))
    leading = [row for row in brokers[:EXPLAINED] if row.total]
    records = _records(network, {row.actor for row in leading})
    told, speak = {}, Words(eco.language)
    for row in leading:
        found = triads(network, by=by, broker=row.actor, direction=direction).rows
        two_way = direction == "two-way"
        words = (
            broker_in_words(row, found, groups, two_way)
            if speak.language == "en"
            else broker_caption(row, two_way, speak)
        )
        pairs = [one for one in _once(found, two_way) if one.a in node and one.b in node]
        told[row.actor] = Told(
            words, tuple(_shown(one, node, tie, records, direction) for one in _most_telling(pairs)[:TRIADS])
        )
    return told


def _records(network: ActorNetwork, brokers: set[str]) -> dict[tuple[str, str], list[str]]:
    """Return the records behind the ties of brokers, by broker and other end."""
    ids = list(network.ids)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for edge, (tail, head) in enumerate(zip(network.tails.tolist(), network.heads.tolist(), strict=True)):
        for one, other in ((ids[tail], ids[head]), (ids[head], ids[tail])):
            if one in brokers and one != other:
                found[one, other] += network.records[edge]
    return found


def _once(triads: Iterable[Triad], two_way: bool) -> Iterator[Triad]:
    """Yield each pair once: where ties run both ways it is listed in both directions."""
    seen = set()
    for one in triads:
        if not two_way or (one.b, one.a) not in seen:
            seen.add((one.a, one.b))
            yield one


def _most_telling(triads: Sequence[Triad]) -> list[Triad]:
    """Return triads so that those which nobody else connects come first, then those across borders, of many ends."""
    ranked = sorted(triads, key=lambda one: (not one.exclusive, TELLING.index(one.role)))
    named: Counter[str] = Counter()
    places = []
    for number, one in enumerate(ranked):
        places.append((not one.exclusive, max(named[one.a], named[one.b]), number))
        named.update((one.a, one.b))
    return [ranked[number] for *_, number in sorted(places)]


def _shown(
    one: Triad,
    node: Mapping[str, str],
    tie: Mapping[str, str],
    records: Mapping[tuple[str, str], Sequence[str]],
    direction: str,
) -> page.Triad:
    first, second = (
        tuple(dict.fromkeys(tie[record] for record in records[one.broker, end] if record in tie))
        for end in (one.a, one.b)
    )
    # Both ways, a representative is the gatekeeper of the other direction: one role, as in `brokered`.
    role = "gatekeeper" if one.role == "representative" and direction == "two-way" else one.role
    return page.Triad(node[one.a], node[one.b], role, one.exclusive, first, second)
