"""Orchestrators: who connects two groups of countries, by measure and by the word of sources, and what rests on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ecosystem import terms
from ecosystem.api import orchestrator_words as words
from ecosystem.api.connections import Ties
from ecosystem.api.said import Occasion, occasions
from ecosystem.api.sides import Side, side_of
from ecosystem.lookup import Evidence
from ecosystem.network import ActorNetwork, Projection, SimpleNetwork, collapse
from ecosystem.tables import Table
from ecosystem.wording import counted

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem
    from ecosystem.measures import BrokerBetween, Loss

__all__ = ["Connection", "Orchestration", "Orchestrator", "orchestrators"]


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection that an orchestrator makes, with the statements that it rests on.

    `kind` is "measured" (an open pair, `start` and `end` being its two actors, `through` the two ties) or "said" (an
    occasion, `start` and `end` being those of each side who take part). `exclusive`: nobody else connects them.
    """

    kind: str
    start: str
    orchestrator: str
    end: str
    through: str
    exclusive: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Orchestrator:
    """An actor that connects two sides; the numbers are those of `ecosystem.measures.brokers_between` and `Loss`.

    `role` is that of Gould and Fernandez with the two sides as groups: gatekeeper (of one side), liaison (of neither),
    coordinator (of both). `occasions` counts what the actor orchestrates by the word of a source. `statements`,
    `sources` and `inferred` (a share, 0 … 1) say what all this rests on. The last four columns say it in sentences;
    `measured` or `said` is empty where there is no evidence of that kind.
    """

    label: str
    country: str
    role: str
    pairs: int
    exclusive: int
    partial_credit: float
    occasions: int
    reachable: int
    cut_off: int
    longer: int
    extra_steps: float
    statements: int
    sources: int
    inferred: float
    measured: str
    said: str
    lost: str
    evidence: str
    actor: str


@dataclass(frozen=True)
class Orchestration:
    """Two sides of a network, and what connects them; make one with `Orchestration.between`."""

    eco: Ecosystem
    network: ActorNetwork
    one: Side
    other: Side
    occasions: Mapping[str, Sequence[Occasion]]
    names: words.Names

    @classmethod
    def between(cls, eco: Ecosystem, one: str, other: str, projection: Projection | None = None) -> Orchestration:
        """Look up the sides, and who orchestrates between them by the word of a source.

        Raises
        ------
        ProjectionError
            If a side is unknown, or nobody of the network is on it.
        """
        choice = projection or eco.projection()
        network = eco.network(choice)
        first, second = (side_of(eco, network, text) for text in (one, other))
        columns = {
            name: dict(zip(network.ids, network.attributes[name], strict=True)) for name in ("country", "acronym")
        }
        return cls(
            eco=eco,
            network=network,
            one=first,
            other=second,
            occasions=occasions(eco, choice, first.actors, second.actors),
            names=words.Names(
                columns["country"], dict(zip(network.ids, network.labels, strict=True)), columns["acronym"]
            ),
        )

    @cached_property
    def _plain(self) -> SimpleNetwork:
        return collapse(self.network)

    @cached_property
    def _rests_on(self) -> Mapping[str, tuple[str, str]]:
        """The source and the certainty of every relationship record."""
        rows = self.eco.store.select(
            f"SELECT ?record ?source ?certainty WHERE {{ ?record a <{terms.RELATIONSHIP}> . "
            f"OPTIONAL {{ ?record <{terms.DERIVED_FROM}> ?source }} "
            f"OPTIONAL {{ ?record <{terms.HAS_CERTAINTY}> ?certainty }} }}"
        )
        return {record: (source, certainty) for record, source, certainty in sorted(rows.values())}

    def orchestrators(self, top: int = 10) -> Table[Orchestrator]:
        """Rank those who connect the two sides; see `orchestrators`."""
        from ecosystem.measures import brokers_between, losses_between

        one, other = self.one.actors, self.other.actors
        found = brokers_between(self._plain, one=one, other=other)
        # Initiatives that are kept as nodes are occasions, not orchestrators.
        venues = {
            iri for iri, venue in zip(self.network.ids, self.network.is_initiative.tolist(), strict=True) if venue
        }
        measured = {row.actor: row for row in found if row.actor not in venues}
        said = sorted(self.occasions, key=lambda actor: (-len(self.occasions[actor]), self.names.labels[actor], actor))
        chosen = list(measured)[: top or None]
        chosen += [actor for actor in said[: top or None] if actor not in chosen]
        losses = losses_between(self._plain, actors=chosen, one=one, other=other)
        ties = Ties.of(self.eco, self.network, chosen)
        rows = [self._row(ties, loss, measured.get(loss.actor)) for loss in losses]
        rows.sort(key=lambda row: not row.pairs)
        left = len({*measured, *said}) - len(rows)
        return Table(Orchestrator, tuple(rows), self._notes(found.notes, len(rows), left))

    def connections(self, actor: str) -> Table[Connection]:
        """Expand what makes an actor an orchestrator to its connections, each with its statements and sources."""
        from ecosystem.measures import pairs_between

        pairs = pairs_between(self._plain, broker=actor, one=self.one.actors, other=self.other.actors)
        ties = Ties.of(self.eco, self.network, [actor])
        ends = dict.fromkeys(end for pair in pairs for end in (pair.a, pair.b))
        evidence = ties.evidence((actor, end) for end in ends)
        told = {end: ties.words(actor, end) for end in ends}
        rows = [
            Connection(
                kind="measured",
                start=self.names.labels[pair.a],
                orchestrator=self.names.labels[actor],
                end=self.names.labels[pair.b],
                through=f"{told[pair.a]}; {told[pair.b]}",
                exclusive=not pair.other_brokers,
                evidence=_together(evidence[actor, pair.a], evidence[actor, pair.b]),
            )
            for pair in pairs
        ]
        rows += [self._said(one) for one in self.occasions.get(actor, ())]
        return Table(Connection, tuple(rows))

    def _said(self, one: Occasion) -> Connection:
        relation = self.eco.ontology.label(one.relation, self.eco.language)
        return Connection(
            kind="said",
            start="; ".join(self.names.labels[guest] for guest in one.one),
            orchestrator=self.names.labels[one.actor],
            end="; ".join(self.names.labels[guest] for guest in one.other),
            through=f"{relation} {self.eco.lookup.label(one.venue)}" if one.venue else relation,
            exclusive=False,
            evidence=tuple(self.eco.lookup.evidence(one.records)),
        )

    def _row(self, ties: Ties, loss: Loss, measured: BrokerBetween | None) -> Orchestrator:
        actor = loss.actor
        places, ends = self._ends(actor) if measured else ({}, [])
        spoken = self.occasions.get(actor, ())
        records = dict.fromkeys(record for end in ends for record in ties.records(actor, end))
        records.update(dict.fromkeys(record for one in spoken for record in one.records))
        rests = [self._rests_on[record] for record in records if record in self._rests_on]
        sources = {source for source, _ in rests if source}
        inferred = sum(certainty == terms.INFERRED for _, certainty in rests)
        return Orchestrator(
            label=self.names.labels[actor],
            country=self.names.places.get(actor) or "",
            role=self._role(actor) if measured else "",
            pairs=measured.pairs if measured else 0,
            exclusive=measured.exclusive if measured else 0,
            partial_credit=measured.partial_credit if measured else 0.0,
            occasions=len(spoken),
            reachable=loss.reachable,
            cut_off=loss.cut_off,
            longer=loss.longer,
            extra_steps=loss.extra_steps,
            statements=len(rests),
            sources=len(sources),
            inferred=inferred / len(rests) if rests else 0.0,
            measured=words.measured(measured, places, words.Means.of(ties, actor, ends)) if measured else "",
            said=words.said(spoken, self.names, self.eco),
            lost=words.lost(loss),
            evidence=words.thinness(len(rests), len(sources), inferred),
            actor=actor,
        )

    def _ends(self, actor: str) -> tuple[Mapping[tuple[str, str], int], list[str]]:
        """Return how many of an actor's open pairs lie between two places, and all ends of these pairs."""
        from ecosystem.measures import pair_ends

        firsts, seconds = pair_ends(self._plain, broker=actor, one=self.one.actors, other=self.other.actors)
        ends, place = np.unique(np.concatenate([firsts, seconds]), return_inverse=True)
        actors = [self.network.ids[end] for end in ends.tolist()]
        names = [self.names.place(end) for end in actors]
        known = list(dict.fromkeys(names))
        codes = np.array([known.index(name) for name in names])[place]
        keys, counts = np.unique(codes[: len(firsts)] * len(known) + codes[len(firsts) :], return_counts=True)
        pairs = (divmod(key, len(known)) for key in keys.tolist())
        places = {(known[a], known[b]): count for (a, b), count in zip(pairs, counts.tolist(), strict=True)}
        return places, actors

    def _role(self, actor: str) -> str:
        """Return the role of a broker between the two sides: a side is a group, and whoever is on none is outside."""
        sides = (actor in self.one.actors) + (actor in self.other.actors)
        return ("liaison", "gatekeeper", "coordinator")[sides]

    def _notes(self, found: Sequence[str], shown: int, left: int) -> tuple[str, ...]:
        venues = self.network.is_initiative.tolist()
        placeless = sum(
            not place and not venue for place, venue in zip(self.names.places.values(), venues, strict=True)
        )
        overlap = len(self.one.actors & self.other.actors)
        notes = [*found, f"{self.one.in_words()}. {self.other.in_words()}."]
        if overlap:
            notes.append(f"On both sides: {counted(overlap, 'actor')}; a pair is counted once.")
        if placeless:
            notes.append(f"Without a known country, and so on no side: {counted(placeless, 'actor')}.")
        if left:
            notes.append(f"Not shown: {counted(left, 'more actor')} that connect the two sides.")
        if not shown:
            notes.append(
                "Nobody in these data connects the two sides in one step; longer chains may, see `ecosystem path`."
            )
        return tuple(notes)


def _together(first: Sequence[Evidence], second: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the statements behind two ties; one that is behind both stands once."""
    known = {one.record for one in first}
    return (*first, *(one for one in second if one.record not in known))


def orchestrators(
    eco: Ecosystem, between: str, and_: str, *, projection: Projection | None = None, top: int = 10
) -> Table[Orchestrator]:
    """Rank the actors that connect the actors of one side with those of another.

    Two kinds of evidence count, and are kept apart. *Measured*: the actor is tied to a of the one side and to b of the
    other, who have no tie of their own. *Said*: a source says that it leads, coordinates or connects (whatever the
    ontology marks with `eco:orchestrates`) something in which actors of both sides take part.

    Parameters
    ----------
    between, and_
        A country group ("Latin America", "EU"), a country, or "supranational".
    projection
        What counts as a tie; ties are taken two-way.
    top
        How many actors of each kind of evidence; 0 for all.

    Returns
    -------
    Table of Orchestrator
        Those with open pairs first, most partial credit first; then those of whom only a source speaks, most occasions
        first. What is lost is worked out by taking the actor away; what it led stays.

    Raises
    ------
    ProjectionError
        If a side is unknown, or nobody of the network is on it.
    """
    return Orchestration.between(eco, between, and_, projection).orchestrators(top)
