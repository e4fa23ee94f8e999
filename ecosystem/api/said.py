"""Orchestration by the word of a source: who leads, coordinates or connects what actors of two sides take part in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ecosystem.network import ActorNetwork, Projection

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["Occasion", "occasions"]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an actor orchestrates: an initiative or network, or (without `venue`) the actors that it connects directly.

    `one` and `other` are those who take part, by side; `records` the relationships that say so, the orchestrator's own
    first. The orchestrator may take part itself.
    """

    actor: str
    relation: str
    venue: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(slots=True)
class _Call:
    """An actor's part in an occasion, while it is being gathered."""

    relation: str
    records: list[str] = field(default_factory=list)
    guests: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def occasions(
    eco: Ecosystem, projection: Projection, one: Collection[str], other: Collection[str]
) -> Mapping[str, Sequence[Occasion]]:
    """Return for each actor the occasions that it orchestrates by the word of a source, and where both sides meet.

    Which relations orchestrate, and which actors are occasions too, says the ontology. Dates and certainty are those of
    the projection; taking part is any tie of the default flow.
    """
    choice = replace(projection, initiatives="keep", relations=(), conveys=(eco.ontology.default_flow,))
    network = eco.network(choice)
    found: dict[str, list[Occasion]] = defaultdict(list)
    for (actor, venue), call in sorted(_calls(eco, network).items()):
        sides = [[guest for guest in call.guests if guest in side] for side in (one, other)]
        # Somebody of the one side must meet somebody else of the other.
        if not (sides[0] and sides[1] and len({*sides[0], *sides[1]}) > 1):
            continue
        met = dict.fromkeys(record for guest in dict.fromkeys([*sides[0], *sides[1]]) for record in call.guests[guest])
        records = tuple(dict.fromkeys([*call.records, *met]))
        found[actor].append(Occasion(actor, call.relation, venue, tuple(sides[0]), tuple(sides[1]), records))
    return found


def _calls(eco: Ecosystem, network: ActorNetwork) -> dict[tuple[str, str], _Call]:
    """Gather for each orchestrator and venue who takes part; actors that are connected directly have the venue ""."""
    relations = eco.ontology.relations
    orchestrating = {iri for iri, relation in relations.items() if relation.orchestrates}
    is_venue = [
        initiative or (kind in eco.ontology.kinds and eco.ontology.kinds[kind].gathers)
        for initiative, kind in zip(network.is_initiative.tolist(), network.types, strict=True)
    ]
    ties: dict[int, list[tuple[int, str]]] = defaultdict(list)
    calls: dict[tuple[str, str], _Call] = {}
    edges = zip(network.tails.tolist(), network.heads.tolist(), network.relations, network.records, strict=True)
    for tail, head, relation, records in edges:
        ties[head].append((tail, records[0]))
        ties[tail].append((head, records[0]))
        if relation in orchestrating and not network.is_initiative[tail]:
            venue = network.ids[head] if is_venue[head] else ""
            call = calls.setdefault((network.ids[tail], venue), _Call(relation))
            call.records.append(records[0])
            if not venue:
                call.guests[network.ids[head]].append(records[0])
    number = network.index()
    for (_, venue), call in calls.items():
        for guest, record in ties[number[venue]] if venue else ():
            if not network.is_initiative[guest]:
                call.guests[network.ids[guest]].append(record)
    return calls
