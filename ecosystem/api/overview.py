"""The ecosystem at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem import terms
from ecosystem.lookup import SourceProfile
from ecosystem.network import Projection
from ecosystem.tables import Table

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["Count", "Overview", "overview"]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something there are; `what` groups the rows (actor, initiative, relation, country, source)."""

    what: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of an ecosystem, and the sources it rests on.

    `unsourced` relationships name no source, `inferred` ones are conclusions of the editors; `components` and
    `isolates` are of the network with initiatives as nodes and all relations as ties.
    """

    actors: int
    initiatives: int
    relationships: int
    countries: int
    unsourced: int
    inferred: int
    components: int
    isolates: int
    actor_types: Table[Count]
    initiative_types: Table[Count]
    relations: Table[Count]
    places: Table[Count]
    sources: Table[SourceProfile]

    def table(self) -> Table[Count]:
        """Return all counts as one table."""
        totals = [
            Count("total", name, getattr(self, name))
            for name in ("actors", "initiatives", "relationships", "countries", "unsourced", "inferred")
        ]
        network = [Count("network", name, getattr(self, name)) for name in ("components", "isolates")]
        sources = [Count("source", source.title, source.relationships) for source in self.sources]
        parts = (self.actor_types, self.initiative_types, self.relations, self.places)
        return Table(Count, (*totals, *network, *(row for part in parts for row in part), *sources))


def overview(eco: Ecosystem) -> Overview:
    """Count what there is; places that are only named are not counted as actors."""
    from ecosystem.measures import components

    network = eco.network(Projection(initiatives="keep"))
    evidence = eco.lookup.evidence()
    is_actor = ~network.is_initiative
    actors = [kind for kind, actor in zip(network.attributes["kind"], is_actor, strict=True) if actor]
    initiatives = [kind for kind, actor in zip(network.attributes["kind"], is_actor, strict=True) if not actor]
    places = [place for place, actor in zip(network.attributes["country"], is_actor, strict=True) if actor]
    named = {eco.ontology.label(iri, eco.language) for iri in eco.ontology.countries}
    parts = Counter(row.component for row in components(network))
    tied = {*network.tails.tolist(), *network.heads.tolist()}
    inferred = eco.ontology.label(terms.INFERRED, eco.language)
    return Overview(
        actors=len(actors),
        initiatives=len(initiatives),
        relationships=len(evidence),
        countries=len(named.intersection(place for place in places if place)),
        unsourced=sum(not one.source for one in evidence),
        inferred=sum(one.certainty == inferred for one in evidence),
        components=len(parts),
        isolates=len(network) - len(tied),
        actor_types=_counts("actor type", actors),
        initiative_types=_counts("initiative type", initiatives),
        relations=_counts("relation", (one.relation for one in evidence)),
        places=_counts("actors by country", (place or "Not known" for place in places)),
        sources=Table(SourceProfile, tuple(eco.lookup.sources())),
    )


def _counts(what: str, names: Iterable[str | None]) -> Table[Count]:
    counted = Counter(name or "" for name in names)
    rows = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return Table(Count, tuple(Count(what, name, count) for name, count in rows))
