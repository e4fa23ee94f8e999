"""The few new ties that would help two sides most, each with a relation that the ontology allows, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ecosystem import terms
from ecosystem.api.sides import Side, side_of
from ecosystem.api.words import list_in_words
from ecosystem.network import ActorNetwork, Projection
from ecosystem.ontology import Kind, Relation
from ecosystem.tables import Table
from ecosystem.whatif.suggesting import BestTie, best_ties
from ecosystem.wording import counted

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["Introduction", "introductions"]

NAMED = 2


@dataclass(frozen=True, slots=True)
class Introduction:
    """A new tie; the first four columns are a line of a patch.

    `gain` is the number of pairs across the sides that it brings within two steps, `reached` how many are when this tie
    and those above it are there.
    """

    change: str
    subject: str
    relation: str
    object: str
    start: str
    words: str
    end: str
    gain: int
    reached: int
    why: str


def introductions(
    eco: Ecosystem, between: str, and_: str, *, count: int = 5, projection: Projection | None = None
) -> Table[Introduction]:
    """Choose the new ties that bring most pairs across two sides within two steps; see `whatif.suggesting.best_ties`.

    Only such ties are weighed as the ontology has a relation for, among those that count as ties: one without direction
    before one with, then the one that is used most.

    Raises
    ------
    ProjectionError
        If a side is unknown, nobody of the network is on it, or both share an actor.
    """
    network = eco.network(projection or eco.projection())
    one, other = (side_of(eco, network, text) for text in (between, and_))
    preferred = _relations(eco, network)
    kinds, may = _kinds(eco, network, preferred)
    found = best_ties(network, one=one.actors, other=other.actors, count=count, kinds=(kinds, may))
    number = network.index()
    rows, reached = [], found.before
    for tie in found.ties:
        reached += tie.gain
        ends = [eco.ontology.kinds[network.types[number[iri]]] for iri in (tie.a, tie.b)]
        relation, forward = _between(preferred, *ends)[0]
        start, end = (tie.a, tie.b) if forward else (tie.b, tie.a)
        rows.append(
            Introduction(
                change="add",
                subject=start.removeprefix(terms.ID),
                relation=relation.name,
                object=end.removeprefix(terms.ID),
                start=network.labels[number[start]],
                words=relation.label(eco.language),
                end=network.labels[number[end]],
                gain=tie.gain,
                reached=reached,
                why=_why(tie, network, number),
            )
        )
    return Table(Introduction, tuple(rows), _notes(one, other, found.before, found.pairs, len(rows), count))


def _relations(eco: Ecosystem, network: ActorNetwork) -> list[Relation]:
    """Return the relations that count as ties and can be proposed, in the order in which they are."""
    ontology, choice = eco.ontology, network.projection
    counted_ones = ontology.conveying(choice.conveys) if choice.conveys else tuple(ontology.relations)
    used = Counter(network.relations)
    chosen = [iri for iri in counted_ones if not choice.relations or iri in choice.relations]
    chosen.sort(key=lambda iri: (ontology.relations[iri].directed, -used[iri]))
    return [ontology.relations[iri] for iri in chosen if ontology.relations[iri].proposable]


def _between(relations: Sequence[Relation], one: Kind, other: Kind) -> list[tuple[Relation, bool]]:
    """Return those that may tie two kinds, and whether from the one to the other or the other way."""
    ways = ((True, one, other), (False, other, one))
    return [(relation, way[0]) for relation in relations for way in ways if relation.fits(*way[1:])]


def _kinds(
    eco: Ecosystem, network: ActorNetwork, relations: Sequence[Relation]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Return the kind of each node as a number, and between which kinds a relation may run."""
    known = list(dict.fromkeys(network.types))
    code = {iri: number for number, iri in enumerate(known)}
    kinds = [eco.ontology.kinds[iri] for iri in known]
    may = [[bool(_between(relations, one, other)) for other in kinds] for one in kinds]
    return np.array([code[iri] for iri in network.types], np.int32), np.array(may, bool).reshape(len(known), -1)


def _why(tie: BestTie, network: ActorNetwork, number: dict[str, int]) -> str:
    a, b = (network.labels[number[iri]] for iri in (tie.a, tie.b))
    said = []
    if tie.beside_b:
        said.append(f"{a} would reach {_named(tie.beside_b, network, number)} through {b}")
    if tie.beside_a:
        said.append(f"{b} would reach {_named(tie.beside_a, network, number)} through {a}")
    if tie.gain > len(tie.beside_a) + len(tie.beside_b):
        said.append("the two have no contact in common yet" if said else "the two have no way of two steps yet")
    return "; ".join(said)


def _named(actors: Sequence[str], network: ActorNetwork, number: dict[str, int]) -> str:
    names = [network.labels[number[iri]] for iri in actors[:NAMED]]
    rest = len(actors) - NAMED
    return list_in_words([*names, f"{rest:,} more"] if rest > 0 else names)


def _notes(one: Side, other: Side, before: int, pairs: int, found: int, wanted: int) -> tuple[str, ...]:
    share = f" ({100 * before / pairs:.0f} %)" if pairs else ""
    notes = [
        f"{one.in_words()}. {other.in_words()}.",
        "Objective: pairs of actors across the two sides that are within two steps, tied or with a contact in common: "
        f"{before:,} of {pairs:,}{share} are now.",
        "Ties are chosen one by one, each the best there is then: together they bring at least 63 % of what the best "
        "set of as many would.",
    ]
    if found < wanted:
        notes.append(f"No more than {counted(found, 'tie')} would bring a pair nearer that the ontology allows.")
    return tuple(notes)
