"""A side of a comparison: the actors of a group of countries, of one country, or those that stand above countries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem.errors import ProjectionError
from ecosystem.network import SUPRANATIONAL, ActorNetwork
from ecosystem.ontology import fold

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["SUPRANATIONAL_BODIES", "Side", "side_of"]

SUPRANATIONAL_BODIES = "supranational bodies"


@dataclass(frozen=True, slots=True)
class Side:
    """A name, and the IRIs of the actors of a network that stand on this side."""

    name: str
    actors: frozenset[str]
    countries: int

    def in_words(self) -> str:
        """Return how many actors stand on this side, of how many countries."""
        actors = f"{len(self.actors):,} actor{'' if len(self.actors) == 1 else 's'}"
        if not self.countries or self.name == SUPRANATIONAL_BODIES:
            return f"{self.name}: {actors}"
        return f"{self.name}: {actors} of {self.countries} {'country' if self.countries == 1 else 'countries'}"


def side_of(eco: Ecosystem, network: ActorNetwork, text: str) -> Side:
    """Return the side called `text`: a country group, a country, or "supranational".

    Initiatives that are nodes of the network stand on no side.

    Raises
    ------
    ProjectionError
        If nothing is called so, or if no actor of the network stands there.
    """
    name, countries = _countries(eco, text)
    places = network.attributes["country"]
    found = {
        iri: place
        for iri, place, initiative in zip(network.ids, places, network.is_initiative.tolist(), strict=True)
        if place in countries and not initiative
    }
    if not found:
        known = Counter(place for place in places if place)
        most = ", ".join(place for place, _ in known.most_common(5))
        hint = f"Most are of: {most}." if most else "No actor has a country."
        raise ProjectionError(f"No actor of this network is of {name}.", hint=hint)
    return Side(name, frozenset(found), len(set(found.values())))


def _countries(eco: Ecosystem, text: str) -> tuple[str, frozenset[str]]:
    """Return what to call a side, and the values of the attribute `country` that make it."""
    ontology, language = eco.ontology, eco.language
    if fold(text) in (fold(SUPRANATIONAL), fold(SUPRANATIONAL_BODIES)):
        return SUPRANATIONAL_BODIES, frozenset({SUPRANATIONAL})
    group = ontology.resolve_country_group(text)
    if group:
        members = ontology.country_groups[group].members
        return ontology.label(group, language), frozenset(ontology.label(iri, language) for iri in members)
    country = ontology.resolve_country(text)
    if country:
        return ontology.label(country, language), frozenset({ontology.label(country, language)})
    near = ontology.nearest(text, "country group") or ontology.nearest(text, "country")
    hint = f"Is it {near}?" if near else "See `ecosystem ontology list groups`; or say supranational."
    raise ProjectionError(f"The ontology knows no country group or country called {text!r}.", hint=hint)
