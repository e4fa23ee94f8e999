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
from typing import Final

from ecosystem.errors import ProjectionError
from ecosystem.gaps.matters import Held, concerns_of, offers_of
from ecosystem.measures import common_contacts, near_to
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

    def for_actor(self, actor: str) -> list[Candidate]:
        """Return the candidates for `actor`, best first, then by IRI.

        Raises
        ------
        ProjectionError
            If the actor is not in the network.
        """
        if actor not in self._number:
            raise ProjectionError(
                "Partners are for actors of the network.", hint="Ask for an actor, not an initiative."
            )
        own, ids = self._number[actor], self.network.ids
        near = {row.actor: row.resource_allocation for row in near_to(self._simple, actor)}
        shared = self._concerns.sharing(actor)
        contacts = self._simple.heads_of(own).tolist()
        countries = Counter(self._country(node) for node in contacts)
        found = []
        for other in sorted({*near, *shared} - {ids[node] for node in contacts}):
            node = self._number[other]
            tie = self._tie(self._kind(own), self._kind(node))
            if tie:
                candidate = Candidate(
                    actor=other,
                    tie=tie,
                    contacts=tuple(ids[contact] for contact in common_contacts(self._simple, own, node)),
                    matters=_rarest_first(shared.get(other, ()), self._concerns),
                    offers=_rarest_first(self._offers.held_by(other) - self._offers.held_by(actor), self._offers),
                    nearness=near.get(other, 0.0),
                    country_ties=self._country_ties(countries, own, node),
                )
                found.append(candidate)
        return self._ranked(found)

    def offered_by(self, actor: str) -> frozenset[str]:
        """Return the concepts that an actor offers."""
        return self._offers.held_by(actor)

    @cached_property
    def _number(self) -> Mapping[str, int]:
        places = self.network.is_initiative.tolist()
        return {iri: node for node, iri in enumerate(self.network.ids) if not places[node]}

    @cached_property
    def _simple(self) -> SimpleNetwork:
        return simple(self.network)

    @cached_property
    def _concerns(self) -> Held:
        return concerns_of(self.store, self.ontology, self._number)

    @cached_property
    def _offers(self) -> Held:
        return offers_of(self.store, self.ontology, self._number)

    def _country(self, node: int) -> str | None:
        return self.network.attributes["country"][node]

    def _country_ties(self, countries: Mapping[str | None, int], own: int, other: int) -> int | None:
        country = self._country(other)
        return None if country in (None, SUPRANATIONAL, self._country(own)) else countries.get(country, 0)

    def _kind(self, node: int) -> Kind:
        return self.ontology.kinds[self.network.types[node]]

    def _tie(self, own: Kind, other: Kind) -> PossibleTie | None:
        """Return the tie that is most common between actors of these types, then of these branches of types."""
        possible = []
        for relation in self.ontology.relations.values():
            if not relation.proposable:
                continue
            for forward, tail, head in ((True, own, other), (False, other, own)):
                if relation.fits(tail, head):
                    used = (self._used[relation.iri, *ends] for ends in _ends(tail, head))
                    rank = (*(-count for count in used), relation.directed, relation.order, not forward)
                    possible.append((rank, PossibleTie(relation.iri, forward)))
        return min(possible, key=lambda pair: pair[0])[1] if possible else None

    @cached_property
    def _used(self) -> Counter[tuple[str, str, str]]:
        """How often each relation runs between two types, and between two branches of types."""
        used: Counter[tuple[str, str, str]] = Counter()
        edges = zip(self.network.tails.tolist(), self.network.heads.tolist(), self.network.relations, strict=True)
        for tail, head, relation in edges:
            if relation:
                used.update({(relation, *ends) for ends in _ends(self._kind(tail), self._kind(head))})
        return used

    def _ranked(self, found: Sequence[Candidate]) -> list[Candidate]:
        worths = (
            [candidate.nearness for candidate in found],
            [self._concerns.worth(candidate.matters) for candidate in found],
            [self._offers.worth(candidate.offers) for candidate in found],
            [0.0 if candidate.country_ties is None else 1 / (1 + candidate.country_ties) for candidate in found],
        )
        scores = [sum(points) for points in zip(*map(_points, worths), strict=True)]
        scored = [replace(candidate, score=score) for candidate, score in zip(found, scores, strict=True)]
        return sorted(scored, key=lambda candidate: (-round(candidate.score, 12), candidate.actor))


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


def _ends(tail: Kind, head: Kind) -> tuple[tuple[str, str], tuple[str, str]]:
    return (tail.iri, head.iri), (tail.branch, head.branch)


def _rarest_first(concepts: Iterable[str], held: Held) -> tuple[str, ...]:
    return tuple(sorted(concepts, key=lambda concept: (len(held.holders[concept]), concept)))
