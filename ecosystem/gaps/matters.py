"""What actors are concerned with and what they can bring to others, as the relations of the ontology say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from ecosystem import terms
from ecosystem.ontology import Ontology
from ecosystem.store import Store

__all__ = ["Held", "concerns_of", "offers_of"]


@dataclass(frozen=True, slots=True)
class Held:
    """Concepts held by actors: `by_actor`, and for each concept its `holders`."""

    by_actor: Mapping[str, frozenset[str]]
    holders: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Held:
        """Gather pairs of actor and concept.

        >>> held = Held.of([("CAF", "Govtech"), ("OECD", "Govtech")])
        >>> sorted(held.holders["Govtech"]), held.worth({"Govtech"})
        (['CAF', 'OECD'], 0.5)
        """
        by_actor: defaultdict[str, set[str]] = defaultdict(set)
        holders: defaultdict[str, set[str]] = defaultdict(set)
        for actor, concept in pairs:
            by_actor[actor].add(concept)
            holders[concept].add(actor)
        return cls(*({key: frozenset(found) for key, found in index.items()} for index in (by_actor, holders)))

    def held_by(self, actor: str) -> frozenset[str]:
        """Return the concepts of an actor."""
        return self.by_actor.get(actor, frozenset())

    def sharing(self, actor: str) -> dict[str, set[str]]:
        """Return for each other actor the concepts that it has in common with `actor`, if any."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for concept in self.held_by(actor):
            for other in self.holders[concept] - {actor}:
                found[other].add(concept)
        return found

    def worth(self, concepts: Iterable[str]) -> float:
        """Return Σ 1/k over concepts with k holders each: what everybody has says little."""
        return sum(1 / len(self.holders[concept]) for concept in sorted(concepts))


def concerns_of(store: Store, ontology: Ontology, actors: Container[str]) -> Held:
    """Return what actors are concerned with: by themselves, and through the initiatives that they have a part in."""
    about = _listed((*(relation.iri for relation in ontology.relations.values() if relation.concerns), terms.SUBJECT))
    said = store.select(f"SELECT ?thing ?concept WHERE {{ VALUES ?about {{ {about} }} ?thing ?about ?concept }}")
    own = [(thing, concept) for thing, concept in said.values() if thing in actors]
    if len(own) == len(said):
        return Held.of(own)
    parts = _listed(iri for iri, relation in ontology.relations.items() if ontology.default_flow in relation.conveys)
    # What is about something stands first: of the parts that actors have, there may be a hundred times as many.
    through = store.select(
        f"SELECT ?actor ?concept WHERE {{ {{ VALUES ?about {{ {about} }} ?initiative ?about ?concept }} "
        f"{{ VALUES ?part {{ {parts} }} ?actor ?part ?initiative }} "
        f"?initiative a ?type . ?type rdfs:subClassOf* <{terms.INITIATIVE}> }}"
    )
    return Held.of([*own, *((actor, concept) for actor, concept in through.values() if actor in actors)])


def offers_of(store: Store, ontology: Ontology, actors: Container[str]) -> Held:
    """Return what actors can bring to others."""
    offers = _listed(relation.iri for relation in ontology.relations.values() if relation.offers)
    rows = store.select(f"SELECT ?actor ?concept WHERE {{ VALUES ?about {{ {offers} }} ?actor ?about ?concept }}")
    return Held.of((actor, concept) for actor, concept in rows.values() if actor in actors)


def _listed(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)
