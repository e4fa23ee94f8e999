"""Who could fill a gap: the nearest of the missing kind, by which way, and a peer country that has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ecosystem.gaps.bearing import Bearers, peers_of
from ecosystem.gaps.rules import Gap
from ecosystem.network import ActorNetwork
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import collapse

__all__ = ["Near", "Search", "missing_of"]


@dataclass(frozen=True, slots=True)
class Near:
    """A candidate, and a shortest way to it: nodes of the network, from a start to the candidate."""

    actor: str
    steps: int
    way: tuple[int, ...]


def missing_of(bearers: Bearers, gap: Gap) -> tuple[str, ...]:
    """Return what is missing: what the gap's rule names, else the detail (a term, a country or an actor)."""
    rule, ontology, detail = bearers.ontology.rules.get(gap.rule), bearers.ontology, gap.detail_iri
    if rule is not None and rule.missing:
        return rule.missing
    groups = (ontology.concepts, ontology.kinds, ontology.relations, ontology.countries, bearers.actors)
    return (detail,) if any(detail in known for known in groups) and detail not in ontology.country_groups else ()


@dataclass(frozen=True)
class Search:
    """Searches from the subjects of gaps over one network, whose ties are taken two-way."""

    bearers: Bearers
    network: ActorNetwork

    @cached_property
    def simple(self) -> SimpleNetwork:
        """The network to walk on."""
        return collapse(self.network)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The node of each actor."""
        return self.network.index()

    @cached_property
    def degrees(self) -> NDArray[np.int64]:
        """How many contacts each actor has."""
        return np.diff(self.simple.indptr)

    def starts(self, subject: str) -> list[int]:
        """Return the nodes that stand for a subject: an actor itself, the actors of an initiative or of a country."""
        if subject in self.places:
            return [self.places[subject]]
        if subject in self.bearers.ontology.countries:
            found: Iterable[str] = (iri for iri in self.places if subject in self.bearers.countries_of(iri))
        else:
            found = self.bearers.actors_of.get(subject, ())
        return sorted(self.places[iri] for iri in found if iri in self.places)

    def candidates(self, missing: Sequence[str]) -> frozenset[str]:
        """Return the actors that have one of the missing things."""
        return frozenset(actor for item in missing for actor in self.bearers.of(item))

    def nearest(self, starts: Sequence[int], wanted: Iterable[str], country: str, each: int) -> list[Near]:
        """Return the nearest of `wanted`, fewest steps first, then those of `country`, then those of most contacts.

        Starts are no candidates. Of ways of one length, the one over the actors with most contacts is taken.
        """
        goals = {self.places[iri] for iri in wanted if iri in self.places} - set(starts)
        if not starts or not goals:
            return []
        came = np.full(len(self.simple), -1, np.int64)
        came[list(starts)] = list(starts)
        front, steps = sorted(starts, key=self._rank), 0
        found: list[Near] = []
        while front and len(found) < each:
            steps += 1
            fresh: list[int] = []
            for node in front:
                for end in self.simple.heads_of(node).tolist():
                    if came[end] < 0:
                        came[end] = node
                        fresh.append(end)
            reached = [node for node in fresh if node in goals]
            reached.sort(
                key=lambda node: (country not in self.bearers.countries_of(self.network.ids[node]), *self._rank(node))
            )
            found += [Near(self.network.ids[node], steps, self._back(came, node)) for node in reached]
            front = sorted(fresh, key=self._rank)
        return found[:each]

    def peer(self, country: str, missing: Sequence[str]) -> tuple[str, frozenset[str]]:
        """Return a country of the same group that has what is missing, the one most alike, and who has it there.

        Alike are countries whose actors are of the same types; of equals the first by IRI.
        """
        having: dict[str, set[str]] = {}
        for item in missing:
            for actor, by in self.bearers.of(item).items():
                for thing in by:
                    for place in self.bearers.countries_of(thing) or self.bearers.countries_of(actor):
                        having.setdefault(place, set()).add(actor)
        having.pop(country, None)
        _, peers = peers_of(self.bearers.ontology, country, having, least=1)
        if not peers:
            return "", frozenset()
        best = min(peers, key=lambda peer: (-self._likeness(country, peer), peer))
        return best, frozenset(having[best])

    def _likeness(self, one: str, other: str) -> float:
        first, second = self._types.get(one, frozenset()), self._types.get(other, frozenset())
        return len(first & second) / len(first | second) if first | second else 0.0

    @cached_property
    def _types(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for actor in self.bearers.actors:
            for country in self.bearers.countries_of(actor):
                found.setdefault(country, set()).add(self.bearers.kinds[actor].iri)
        return {country: frozenset(types) for country, types in found.items()}

    def _rank(self, node: int) -> tuple[int, str, int]:
        return -int(self.degrees[node]), self.network.labels[node], node

    def _back(self, came: NDArray[np.int64], node: int) -> tuple[int, ...]:
        way = [node]
        while came[way[-1]] != way[-1]:
            way.append(int(came[way[-1]]))
        return tuple(reversed(way))
