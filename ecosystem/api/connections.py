"""Numbers and chains expanded to the statements behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import QueryError
from ecosystem.lookup import Evidence
from ecosystem.network import ActorNetwork, Projection, shortest_path
from ecosystem.network.model import Direction
from ecosystem.tables import Table

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem
    from ecosystem.gaps import Gap
    from ecosystem.query import Answer

__all__ = ["GapEvidence", "Hop", "Ties", "TriadEvidence", "evidence_of", "gap_evidence", "path_between", "triads_of"]


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path: a relationship, read in the direction of the path, with its evidence."""

    start: str
    relation: str
    end: str
    statement: str
    source: str
    locator: str
    link: str
    record: str


@dataclass(frozen=True, slots=True)
class TriadEvidence:
    """One open pair that a broker connects, with what each of the two ties rests on."""

    role: str
    start: str
    broker: str
    end: str
    exclusive: bool
    first_tie: str
    first_evidence: tuple[Evidence, ...]
    second_tie: str
    second_evidence: tuple[Evidence, ...]


def path_between(eco: Ecosystem, start: str, end: str) -> Table[Hop]:
    """Return a shortest path between two things: over all relations, through actors and initiatives.

    A country stands for the actors that are in it.

    Raises
    ------
    QueryError
        If one of them is no actor, initiative or place, or if no path connects them.
    """
    everything = Projection(types=(terms.ACTOR,), initiatives="keep")
    network = eco.network(everything)
    starts, ends = _standing_for(eco, network, start), _standing_for(eco, network, end)
    steps = shortest_path(network, starts, ends)
    names = eco.lookup.label(start), eco.lookup.label(end)
    if steps is None:
        raise QueryError(f"No path connects {names[0]} and {names[1]}.", hint="They are in different components.")
    records = [network.records[step.edge][0] for step in steps]
    hops = []
    for step, evidence in zip(steps, eco.lookup.evidence(records), strict=True):
        relation = eco.ontology.relations[network.relations[step.edge]]
        words = relation.label(eco.language) if step.forward else relation.inverse_label(eco.language)
        hops.append(
            Hop(
                start=network.labels[step.start],
                relation=words,
                end=network.labels[step.end],
                statement=evidence.statement,
                source=evidence.source,
                locator=evidence.locator,
                link=evidence.link,
                record=evidence.record,
            )
        )
    if not steps:
        return Table(Hop, (), (f"{names[0]} and {names[1]} are the same, or one is in the other.",))
    return Table(Hop, tuple(hops), _ends_in_words(network, steps[0].start, steps[-1].end, start, end, names))


def _standing_for(eco: Ecosystem, network: ActorNetwork, iri: str) -> list[int]:
    number = network.index()
    found = [number[iri]] if iri in number else []
    if iri in eco.ontology.countries:
        name = eco.ontology.label(iri, eco.language)
        found += [node for node, country in enumerate(network.attributes["country"]) if country == name]
    if not found:
        raise QueryError(
            f"{eco.lookup.label(iri)} is no actor, initiative or place of this data.",
            hint="See `ecosystem search` for what is in it.",
        )
    return found


def _ends_in_words(
    network: ActorNetwork, first: int, last: int, start: str, end: str, names: tuple[str, str]
) -> tuple[str, ...]:
    notes = []
    for node, iri, name in ((first, start, names[0]), (last, end, names[1])):
        if network.ids[node] != iri:
            notes.append(f"{network.labels[node]} is in {name}.")
    return tuple(notes)


def triads_of(
    eco: Ecosystem, broker: str, by: str, projection: Projection, direction: Direction
) -> Table[TriadEvidence]:
    """Expand the pairs that a broker connects to the relationships behind both of their ties.

    Where ties run both ways every pair is brokered in both directions; it is shown once.
    """
    from ecosystem.measures import triads

    network = eco.network(projection)
    found = triads(network, by=by, broker=broker, direction=direction)
    ties = Ties.of(eco, network, [broker])
    shown, seen = [], set()
    for triad in found:
        if direction != "two-way" or (triad.b, triad.a) not in seen:
            seen.add((triad.a, triad.b))
            shown.append(triad)
    ends = {end for triad in shown for end in (triad.a, triad.b)}
    evidence = ties.evidence((broker, end) for end in ends)
    rows = tuple(
        TriadEvidence(
            role=triad.role,
            start=triad.a_label,
            broker=triad.broker_label,
            end=triad.b_label,
            exclusive=triad.exclusive,
            first_tie=ties.words(triad.a, broker),
            first_evidence=evidence[broker, triad.a],
            second_tie=ties.words(broker, triad.b),
            second_evidence=evidence[broker, triad.b],
        )
        for triad in shown
    )
    twice = ("Ties run both ways: each pair is counted in both directions and shown once.",)
    return Table(TriadEvidence, rows, (*found.notes, *(twice if direction == "two-way" else ())))


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties of some actors of a network: what each is in words, through what it runs, what it rests on."""

    eco: Ecosystem
    network: ActorNetwork
    edges: Mapping[frozenset[str], Sequence[int]]

    @classmethod
    def of(cls, eco: Ecosystem, network: ActorNetwork, actors: Iterable[str]) -> Ties:
        """Gather the edges that end at one of `actors`."""
        wanted = set(actors)
        near = np.array([iri in wanted for iri in network.ids], bool)
        edges: dict[frozenset[str], list[int]] = defaultdict(list)
        for edge in np.flatnonzero(near[network.tails] | near[network.heads]).tolist():
            ends = network.ids[network.tails[edge]], network.ids[network.heads[edge]]
            edges[frozenset(ends)].append(edge)
        return cls(eco, network, edges)

    def words(self, one: str, other: str) -> str:
        """Return the relationships between two actors as words: "funds", "through the …"."""
        lookup, ontology = self.eco.lookup, self.eco.ontology
        words = (
            f"through {lookup.label(self.network.via[edge])}"
            if self.network.via[edge]
            else ontology.label(self.network.relations[edge], self.eco.language)
            for edge in self.edges[frozenset((one, other))]
        )
        return ", ".join(dict.fromkeys(words))

    def venues(self, one: str, other: str) -> tuple[str, ...]:
        """Return the initiatives that two actors are tied through; "" stands for a tie of their own."""
        return tuple(dict.fromkeys(self.network.via[edge] for edge in self.edges[frozenset((one, other))]))

    def records(self, one: str, other: str) -> list[str]:
        """Return the relationship records that the ties of two actors rest on."""
        edges = self.edges[frozenset((one, other))]
        return list(dict.fromkeys(record for edge in edges for record in self.network.records[edge]))

    def evidence(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[Evidence, ...]]:
        """Return for each pair of actors the statements that its ties rest on."""
        records = {pair: self.records(*pair) for pair in pairs}
        wanted = dict.fromkeys(record for found in records.values() for record in found)
        told = {one.record: one for one in self.eco.lookup.evidence(wanted)}
        return {pair: tuple(told[one] for one in found if one in told) for pair, found in records.items()}


@dataclass(frozen=True, slots=True)
class GapEvidence:
    """Why a gap matters, who says so, and what is recorded of the one that has it."""

    gap: str
    subject: str
    detail: str
    evidence: str
    rationale: str
    source: str
    locator: str
    recorded: tuple[Evidence, ...]


def gap_evidence(eco: Ecosystem, gaps: Table[Gap]) -> Table[GapEvidence]:
    """Expand gaps to the reason behind each and the statements that its subject is known by.

    A gap that is recorded as absent is expanded to the statement that denies the thing.
    """
    rows = []
    for gap in gaps:
        known = eco.lookup.evidence([gap.record]) if gap.record else eco.lookup.relationships_of(gap.subject_iri)
        rows.append(
            GapEvidence(
                gap=gap.gap,
                subject=gap.subject,
                detail=gap.detail,
                evidence=gap.evidence,
                rationale=gap.rationale,
                source=gap.source,
                locator=gap.locator,
                recorded=tuple(known),
            )
        )
    return Table(GapEvidence, tuple(rows), gaps.notes)


def evidence_of(eco: Ecosystem, answer: Answer) -> Table[Evidence]:
    """Return the relationships that stand behind the rows of an answer.

    A row stands on the records that it names and on those that tie two of the things it names; a row that names one
    thing (beside numbers and texts), on all relationships of that thing.
    """
    everything = eco.lookup.evidence()
    by_pair: dict[frozenset[str], list[Evidence]] = defaultdict(list)
    for one in everything:
        by_pair[frozenset((one.subject_iri, one.object_iri))].append(one)
    by_record = {one.record: one for one in everything}
    found: dict[str, Evidence] = {}
    for row in answer.table().rows:
        named = {term.value for term in row if isinstance(term, ox.NamedNode)}
        records = [by_record[iri] for iri in sorted(named & by_record.keys())]
        things = sorted(named - by_record.keys())
        for pair in combinations(things, 2):
            records += by_pair[frozenset(pair)]
        if not records and len(things) == 1:
            records = eco.lookup.relationships_of(things[0])
        found.update((one.record, one) for one in records)
    return Table(Evidence, tuple(found.values()))
