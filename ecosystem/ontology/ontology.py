"""The ontology folder as one immutable object."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.ontology import reading
from ecosystem.ontology.model import Concept, Country, CountryGroup, GapRule, Kind, Relation, Term, fold, local_name
from ecosystem.ontology.saved import SavedQuery, saved_queries
from ecosystem.resources import ontology_folder

__all__ = ["Ontology"]


@dataclass(frozen=True)
class Ontology:
    """All that the ontology folder says. Mappings are keyed by IRI and ordered by `view:order`, then IRI."""

    version: str
    kinds: Mapping[str, Kind]
    relations: Mapping[str, Relation]
    concepts: Mapping[str, Concept]
    countries: Mapping[str, Country]
    rules: Mapping[str, GapRule]
    flows: Mapping[str, Term]
    severities: Mapping[str, Term]
    families: Mapping[str, Term]
    coverages: Mapping[str, tuple[str, ...]]
    natural_roles: Mapping[str, tuple[str, ...]]
    certainties: Mapping[str, Term]
    one_way_flows: frozenset[str]
    defaults: Mapping[str, str]
    classes_read: Mapping[str, str]
    properties_read: Mapping[str, str]
    properties_read_inversely: Mapping[str, str]
    ends_read: Mapping[str, tuple[str, str]]
    written_as: Mapping[str, tuple[str, ...]]
    held_by: Mapping[str, tuple[str, ...]]
    triples: tuple[ox.Triple, ...]
    folders: tuple[Path, ...]

    @classmethod
    def load(cls, *folders: Path) -> Ontology:
        """Read the Turtle of the bundled folder, or of `folders`, into one ontology.

        Parameters
        ----------
        folders
            Folders with `*.ttl`; read together, so that the second may add to the first.

        Raises
        ------
        OntologyError
            If a folder is missing, a file is not Turtle, or a default is not defined.
        """
        folders = folders or (ontology_folder(),)
        triples = tuple(reading.triples_of(folders))
        facts = reading.facts_of(triples)
        kinds = reading.kinds_of(facts)
        flows = reading.terms_of(facts, terms.FLOW)
        relations = reading.instances(facts, terms.RELATION_TYPE)
        countries = reading.instances(facts, terms.COUNTRY)
        rules = reading.instances(facts, terms.GAP_RULE)
        return cls(
            version=reading.text(facts, terms.ONTOLOGY, terms.PREFIXES["owl"] + "versionInfo"),
            kinds=kinds,
            relations=reading.ordered(reading.relation_of(facts, iri) for iri in relations),
            concepts=reading.ordered(reading.concept_of(facts, iri) for iri in reading.concepts_in(facts)),
            countries=reading.ordered(reading.country_of(facts, iri) for iri in countries),
            rules=reading.ordered(reading.rule_of(facts, iri) for iri in rules),
            flows=flows,
            severities=reading.terms_of(facts, terms.SEVERITY),
            families=reading.terms_of(facts, terms.GAP_FAMILY),
            coverages=reading.coverages_of(facts),
            natural_roles={iri: found for iri in kinds if (found := reading.iris(facts, iri, terms.NATURAL_ROLE))},
            certainties=reading.terms_of(facts, terms.CERTAINTY),
            one_way_flows=frozenset(iri for iri in flows if not reading.flag(facts, iri, terms.TWO_WAY)),
            defaults=reading.defaults_of(facts),
            classes_read={foreign: iri for iri in kinds for foreign in reading.iris(facts, iri, terms.READS)},
            properties_read=reading.foreign_names(facts, terms.READS, kinds),
            properties_read_inversely=reading.foreign_names(facts, terms.READS_INVERSE, kinds),
            ends_read=reading.foreign_ends(facts),
            written_as={iri: found for iri in facts if (found := reading.iris(facts, iri, terms.WRITES))},
            held_by={iri: found for iri in facts if (found := reading.iris(facts, iri, terms.HOLDS))},
            triples=triples,
            folders=folders,
        )

    @cached_property
    def country_groups(self) -> Mapping[str, CountryGroup]:
        """The concepts that are groups of countries: regions, and the members of organisations."""
        return {iri: concept for iri, concept in self.concepts.items() if isinstance(concept, CountryGroup)}

    @cached_property
    def queries(self) -> Mapping[str, SavedQuery]:
        """The saved queries of its folders, by name; read when first asked for.

        Raises
        ------
        OntologyError
            If one of them has no whole header.
        """
        return saved_queries(self.folders)

    @property
    def default_actor_type(self) -> str:
        """The type of an actor whose kind nobody states."""
        return self.defaults[terms.DEFAULT_ACTOR_TYPE]

    @property
    def default_initiative_type(self) -> str:
        """The type of an initiative whose kind nobody states."""
        return self.defaults[terms.DEFAULT_INITIATIVE_TYPE]

    @property
    def default_relation(self) -> str:
        """The relation of a tie whose kind nobody states."""
        return self.defaults[terms.DEFAULT_RELATION]

    @property
    def default_flow(self) -> str:
        """The flow that a tie must convey for brokerage, unless the user asks for another."""
        return self.defaults[terms.DEFAULT_FLOW]

    def is_initiative_type(self, iri: str) -> bool:
        """Tell whether `iri` is an initiative type."""
        return iri in self.kinds and self.kinds[iri].is_initiative

    def subtypes(self, iris: Iterable[str]) -> frozenset[str]:
        """Return `iris` and all kinds below them."""
        wanted = set(iris)
        return frozenset(kind.iri for kind in self.kinds.values() if wanted.intersection((kind.iri, *kind.ancestors)))

    def most_specific(self, types: Iterable[str]) -> Kind | None:
        """Return the deepest known kind among `types`, the first by order where several are as deep."""
        known = [self.kinds[iri] for iri in types if iri in self.kinds]
        return min(known, key=lambda kind: (-len(kind.ancestors), kind.order, kind.iri), default=None)

    def conveying(self, flows: Iterable[str]) -> tuple[str, ...]:
        """Return the relations that convey at least one of `flows`."""
        wanted = set(flows)
        return tuple(iri for iri, relation in self.relations.items() if wanted.intersection(relation.conveys))

    def terms(self, group: str) -> Mapping[str, Term]:
        """Return the terms of a group: type, relation, concept, country, country group, flow, rule or severity."""
        return self._groups[group]

    def term(self, iri: str) -> Term | None:
        """Return the kind, relation, concept, country, rule … of this IRI, or None."""
        for group in self._groups.values():
            if iri in group:
                return group[iri]
        return None

    def label(self, iri: str, language: str = "en") -> str:
        """Return what to call any term of the ontology, or its local name where it is not one."""
        term = self.term(iri)
        return term.label(language) if term else local_name(iri)

    def resolve(self, group: str, text: str) -> str | None:
        """Return the IRI of what `text` names: an IRI, a local name, a code, or a label in any language.

        `group` is one of type, relation, concept (with certainties and country groups), country, country group, flow,
        rule, severity, family.
        """
        return self._names[group].get(fold(text))

    def resolve_type(self, text: str) -> str | None:
        """Return the IRI of the actor or initiative type called `text`."""
        return self.resolve("type", text)

    def resolve_relation(self, text: str) -> str | None:
        """Return the IRI of the relation called `text`."""
        return self.resolve("relation", text)

    def resolve_concept(self, text: str) -> str | None:
        """Return the IRI of the concept, stage or certainty called `text`."""
        return self.resolve("concept", text)

    def resolve_country_group(self, text: str) -> str | None:
        """Return the IRI of the country group called `text`: "Latin America", "EU", "Nordic countries"."""
        return self.resolve("country group", text)

    def resolve_country(self, text: str) -> str | None:
        """Return the IRI of the country with this ISO code or name."""
        return self.resolve("country", text)

    def nearest(self, text: str, kind: str) -> str:
        """Return the local name of the known term that is called most like `text`, or nothing."""
        names = self._names[kind]
        found = difflib.get_close_matches(fold(text), names, n=1, cutoff=0.6)
        return local_name(names[found[0]]) if found else ""

    @cached_property
    def _groups(self) -> Mapping[str, Mapping[str, Term]]:
        return {
            "type": self.kinds,
            "relation": self.relations,
            "concept": {**self.concepts, **self.certainties},
            "country": self.countries,
            "country group": self.country_groups,
            "flow": self.flows,
            "rule": self.rules,
            "severity": self.severities,
            "family": self.families,
        }

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, str]]:
        names = {group: reading.index_of_names(found.values()) for group, found in self._groups.items()}
        # "OECD" means the organisation, unless a group of countries is asked for.
        for iri, group in self.country_groups.items():
            for notation in group.notations:
                names["country group"].setdefault(fold(notation), iri)
        return names
