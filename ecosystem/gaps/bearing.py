"""Who has what: the actors and countries that bear a role, a mechanism, a type, or stand in a relation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ecosystem import terms
from ecosystem.ontology import Kind, Ontology
from ecosystem.store import Store

__all__ = ["Bearers", "peers_of"]


@dataclass(frozen=True)
class Bearers:
    """What the data say of who has what.

    Who stands in a relation that conveys nothing (plays a role, uses a mechanism, strengthens a pillar) to a concept
    bears it, and so do actors of a type whose natural role it is. What an initiative bears, its actors bear: those with
    a tie of contact to it.
    """

    store: Store
    ontology: Ontology
    _known: dict[str, Mapping[str, frozenset[str]]] = field(default_factory=dict, repr=False)

    def of(self, item: str) -> Mapping[str, frozenset[str]]:
        """Return the actors that have `item`, each with the things it has it by: itself, or initiatives.

        `item` is a type of actor (those of it), a type of initiative (those tied to one), a concept (who bears it), a
        class of concepts (those who bear one of them), a relation (those who stand in it as its subject), a country
        (those in it) or an actor (itself).
        """
        if item not in self._known:
            things = self._things(item)
            found: dict[str, set[str]] = defaultdict(set)
            for thing in things:
                for actor in (thing,) if thing in self.actors else self.actors_of.get(thing, ()):
                    found[actor].add(thing)
            self._known[item] = {actor: frozenset(by) for actor, by in sorted(found.items())}
        return self._known[item]

    def things_with(self, item: str) -> frozenset[str]:
        """Return the actors and initiatives that bear a concept, or are of a type."""
        return frozenset(self._things(item))

    def countries_of(self, thing: str) -> frozenset[str]:
        """Return the country of an actor or initiative; for an initiative without one, those of its actors."""
        own = self.countries.get(thing)
        if own or thing in self.actors:
            return own or frozenset()
        return frozenset().union(*(self.countries.get(actor, frozenset()) for actor in self.actors_of.get(thing, ())))

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The most specific type of every actor and initiative."""
        types: dict[str, list[str]] = defaultdict(list)
        named = " ".join(f"<{iri}>" for iri in self.ontology.kinds)
        query = f"SELECT ?thing ?type WHERE {{ VALUES ?type {{ {named} }} ?thing a ?type }}"
        for thing, kind in self.store.select(query).values():
            types[thing].append(kind)
        found = ((thing, self.ontology.most_specific(known)) for thing, known in sorted(types.items()))
        return {thing: kind for thing, kind in found if kind is not None}

    @cached_property
    def actors(self) -> frozenset[str]:
        """All actors that are no places."""
        return frozenset(thing for thing, kind in self.kinds.items() if not kind.is_initiative and not kind.is_place)

    @cached_property
    def countries(self) -> Mapping[str, frozenset[str]]:
        """The countries that are stated of each thing."""
        found: dict[str, set[str]] = defaultdict(set)
        for thing, country in self.store.select(f"SELECT ?s ?c WHERE {{ ?s <{terms.IN_COUNTRY}> ?c }}").values():
            found[thing].add(country)
        return {thing: frozenset(named) for thing, named in found.items()}

    @cached_property
    def actors_of(self) -> Mapping[str, tuple[str, ...]]:
        """The actors that have a tie of the default flow to each initiative."""
        relations = " ".join(f"<{iri}>" for iri in sorted(self.ontology.conveying([self.ontology.default_flow])))
        query = f"SELECT ?s ?o WHERE {{ VALUES ?relation {{ {relations} }} ?s ?relation ?o }}"
        found: dict[str, set[str]] = defaultdict(set)
        for subject, target in self.store.select(query).values():
            for one, other in ((subject, target), (target, subject)):
                if one in self.actors and other in self.kinds and self.kinds[other].is_initiative:
                    found[other].add(one)
        return {initiative: tuple(sorted(actors)) for initiative, actors in found.items()}

    @cached_property
    def _borne(self) -> Mapping[str, frozenset[str]]:
        """The things that bear each concept."""
        relations = [iri for iri, relation in self.ontology.relations.items() if not relation.conveys]
        named = " ".join(f"<{iri}>" for iri in (*relations, terms.SUBJECT))
        query = f"SELECT DISTINCT ?s ?o WHERE {{ VALUES ?relation {{ {named} }} ?s ?relation ?o }}"
        found: dict[str, set[str]] = defaultdict(set)
        for thing, concept in self.store.select(query).values():
            if concept in self.ontology.concepts and thing in self.kinds:
                found[concept].add(thing)
        for thing, kind in self.kinds.items():
            for above in (kind.iri, *kind.ancestors):
                for role in self.ontology.natural_roles.get(above, ()):
                    found[role].add(thing)
        return {concept: frozenset(things) for concept, things in found.items()}

    def _things(self, item: str) -> Iterable[str]:
        if item in self.ontology.kinds:
            wanted = self.ontology.subtypes([item])
            return [thing for thing, kind in self.kinds.items() if kind.iri in wanted]
        if item in self.ontology.countries:
            return [actor for actor in self.actors if item in self.countries_of(actor)]
        if item in self.actors:
            return [item]
        if item in self.ontology.relations:
            rows = self.store.select(f"SELECT DISTINCT ?s WHERE {{ ?s <{item}> ?o }}").values()
            return [thing for (thing,) in rows if thing in self.kinds]
        within = [concept.iri for concept in self.ontology.concepts.values() if concept.kind == item] or [item]
        return {thing for concept in within for thing in self._borne.get(concept, ())}


def peers_of(ontology: Ontology, country: str, others: Iterable[str], least: int = 2) -> tuple[str, tuple[str, ...]]:
    """Return the smallest country group that holds `country` and `least` of `others`, and those others, sorted.

    Nothing and nobody where there is no such group.
    """
    known = set(others) - {country}
    fitting = [
        (len(group.members), group.order, group.iri, tuple(sorted(known.intersection(group.members))))
        for group in ontology.country_groups.values()
        if country in group.members and len(known.intersection(group.members)) >= least
    ]
    if not fitting:
        return "", ()
    _, _, group, peers = min(fitting)
    return group, peers
