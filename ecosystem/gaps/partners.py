"""Whom an actor could work with: actors that it has no tie to, and why.

Four things speak for a candidate: the contacts that it shares with the actor, the matters that both are concerned with,
what it offers that the actor lacks, and how few ties lead from the actor to its country. Each ranks the candidates, and
the ranks are put together by reciprocal rank fusion, which needs no weights (Cormack, Clarke & Büttcher 2009,
https://doi.org/10.1145/1571941.1572114).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any, Final

import numpy as np

from ecosystem.errors import ProjectionError
from ecosystem.gaps.matters import Held, concerns_of, offers_of
from ecosystem.measures import common_contacts, near_to
from ecosystem.measures.columns import Columns, Made
from ecosystem.network import SUPRANATIONAL, ActorNetwork, SimpleNetwork, simple
from ecosystem.ontology import Kind, Ontology
from ecosystem.store import Store

__all__ = ["Candidate", "Candidates", "PossibleTie"]

FUSION: Final = 60  # the constant of reciprocal rank fusion, as published


@dataclass(frozen=True, slots=True)
class PossibleTie:
    """A tie that the ontology allows: its relation, and whether it runs from the actor to the candidate."""

    relation: str
    forward: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that another could be tied to.

    Parameters
    ----------
    actor
        Its IRI.
    tie
        Of the ties that the ontology allows and can be proposed, the one most common between such actors.
    contacts
        The IRIs of shared contacts, those that know fewest others first.
    matters, offers
        The concepts that both are concerned with; those that the candidate offers and the actor does not. Rarest first.
    nearness
        Resource allocation over the shared contacts, see `ecosystem.measures.near_to`.
    country_ties
        How many of the actor's contacts are of the candidate's country; None for the actor's own country, and where
        the candidate has none.
    score
        The sum over the four rankings of 1 / (60 + rank).
    """

    actor: str
    tie: PossibleTie
    contacts: tuple[str, ...]
    matters: tuple[str, ...]
    offers: tuple[str, ...]
    nearness: float
    country_ties: int | None
    score: float = 0.0


@dataclass(frozen=True)
class Candidates:
    """What is needed to propose partners to the actors of a network: made once, asked often."""

    store: Store
    ontology: Ontology
    network: ActorNetwork

    def for_actor(self, actor: str) -> Columns[Candidate]:
        """Return the candidates for `actor`, best first, then by IRI; each is made when it is looked at.

        Raises
        ------
        ProjectionError
            If the actor is not in the network.
        """
        if actor not in self._number:
            raise ProjectionError(
                "Partners are for actors of the network.", hint="Ask for an actor, not an initiative."
            )
        own = self._number[actor]
        rows = near_to(self._simple, actor)
        near = dict(zip(rows["actor"], rows["resource_allocation"], strict=True))
        shared = self._concerns.sharing(actor)
        contacts = self._simple.heads_of(own).tolist()
        others = sorted({*near, *shared} - {self._ids[node] for node in contacts})
        ties = {other: self._tie(own, self._number[other]) for other in others}
        actors = [other for other in others if ties[other]]
        nodes = [self._number[other] for other in actors]
        countries = Counter(self._countries[node] for node in contacts)
        columns = {
            "actor": actors,
            "tie": [ties[other] for other in actors],
            # Contacts are dear, and no rank needs them.
            "contacts": Made(len(nodes), lambda place: self._shared_contacts(own, nodes[place])),
            "matters": [_rarest_first(shared.get(other, ()), self._concerns) for other in actors],
            "offers": [
                _rarest_first(self.offered_by(other) - self.offered_by(actor), self._offers) for other in actors
            ],
            "nearness": [near.get(other, 0.0) for other in actors],
            "country_ties": [self._country_ties(countries, own, node) for node in nodes],
        }
        columns["score"] = scores = self._scores(columns)
        order = sorted(range(len(actors)), key=lambda place: (-round(scores[place], 12), actors[place]))
        return Columns(Candidate, columns, np.array(order, np.int64))

    def offered_by(self, actor: str) -> frozenset[str]:
        """Return the concepts that an actor offers."""
        return self._offers.held_by(actor)

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        """All IRIs, decoded once: whoever asks for many actors reads each of them many times."""
        return tuple(self.network.ids)

    @cached_property
    def _number(self) -> Mapping[str, int]:
        places = self.network.is_initiative.tolist()
        return {iri: node for node, iri in enumerate(self._ids) if not places[node]}

    @cached_property
    def _simple(self) -> SimpleNetwork:
        return replace(simple(self.network), ids=self._ids)

    def _shared_contacts(self, one: int, other: int) -> tuple[str, ...]:
        return tuple(self._ids[contact] for contact in common_contacts(self._simple, one, other))

    @cached_property
    def _concerns(self) -> Held:
        return concerns_of(self.store, self.ontology, self._number)

    @cached_property
    def _offers(self) -> Held:
        return offers_of(self.store, self.ontology, self._number)

    @cached_property
    def _countries(self) -> tuple[str | None, ...]:
        return tuple(self.network.attributes["country"])

    def _country_ties(self, countries: Mapping[str | None, int], own: int, other: int) -> int | None:
        country = self._countries[other]
        return None if country in (None, SUPRANATIONAL, self._countries[own]) else countries.get(country, 0)

    def _tie(self, one: int, other: int) -> PossibleTie | None:
        kinds = self.network.types[one], self.network.types[other]
        if kinds not in self._ties:
            self._ties[kinds] = self._tie_between(*(self.ontology.kinds[kind] for kind in kinds))
        return self._ties[kinds]

    @cached_property
    def _ties(self) -> dict[tuple[str, str], PossibleTie | None]:
        """The tie to propose between actors of two types, for those that have been asked for."""
        return {}

    def _tie_between(self, own: Kind, other: Kind) -> PossibleTie | None:
        """Return the tie that is most common between actors of these types, then where one of the types is that."""
        possible = []
        for relation in self.ontology.relations.values():
            if not relation.proposable:
                continue
            for forward, tail, head in ((True, own, other), (False, other, own)):
                if relation.fits(tail, head):
                    alike, one_alike, of_branches = (
                        sum(self._used[relation.iri, *ends] for ends in level) for level in _ends(tail, head)
                    )
                    # Where no actor of either type has such a tie, one that binds both alike is the safer word.
                    rank = (-alike, -one_alike, relation.directed, -of_branches, relation.order, not forward)
                    possible.append((rank, PossibleTie(relation.iri, forward)))
        return min(possible, key=lambda pair: pair[0])[1] if possible else None

    @cached_property
    def _used(self) -> Counter[tuple[str, str, str]]:
        """How often each relation runs between two types, or branches of types."""
        used: Counter[tuple[str, str, str]] = Counter()
        ends = (self.network.tails.tolist(), self.network.heads.tolist(), self.network.relations)
        types = list(self.network.types)
        edges = Counter((types[tail], types[head], relation) for tail, head, relation in zip(*ends, strict=True))
        for (tail, head, relation), count in edges.items():
            if relation:
                levels = _ends(self.ontology.kinds[tail], self.ontology.kinds[head])
                for pair in dict.fromkeys(chain.from_iterable(levels)):
                    used[relation, *pair] += count
        return used

    def _scores(self, columns: Mapping[str, Any]) -> list[float]:
        worths = (
            columns["nearness"],
            [self._concerns.worth(matters) for matters in columns["matters"]],
            [self._offers.worth(offers) for offers in columns["offers"]],
            [0.0 if ties is None else 1 / (1 + ties) for ties in columns["country_ties"]],
        )
        return [sum(points) for points in zip(*map(_points, worths), strict=True)]


def _points(worths: Sequence[float]) -> list[float]:
    """Return 1 / (60 + rank) for each worth, equal ones sharing the better rank, and nothing for what is worth nothing.

    >>> [round(points * 61, 3) for points in _points([0.5, 0.0, 2.0, 0.5])]
    [0.984, 0.0, 1.0, 0.984]
    """
    rounded = [round(worth, 12) for worth in worths]
    rank: dict[float, int] = {}
    for place, worth in enumerate(sorted(rounded, reverse=True), start=1):
        rank.setdefault(worth, place)
    return [1 / (FUSION + rank[worth]) if worth else 0.0 for worth in rounded]


def _ends(tail: Kind, head: Kind) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return pairs of ends from near to far: both types, a type and the branch of the other, both branches."""
    mixed = (tail.iri, head.branch), (tail.branch, head.iri)
    return ((tail.iri, head.iri),), mixed, ((tail.branch, head.branch),)


def _rarest_first(concepts: Iterable[str], held: Held) -> tuple[str, ...]:
    return tuple(sorted(concepts, key=lambda concept: (len(held.holders[concept]), concept)))
