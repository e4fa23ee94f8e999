"""The ontology as tables: what it knows, and what each term means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecosystem.errors import OntologyError
from ecosystem.ontology import Concept, Country, CountryGroup, GapRule, Kind, Ontology, Relation, Term
from ecosystem.tables import Table

__all__ = ["Entry", "describe", "entries"]

GROUPS = {
    "types": "type",
    "relations": "relation",
    "concepts": "concept",
    "rules": "rule",
    "flows": "flow",
    "countries": "country",
    "groups": "country group",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One term: its name (what tables and queries call it), its label, where it belongs, what it means."""

    name: str
    label: str
    belongs_to: str
    definition: str


def entries(ontology: Ontology, group: str, language: str = "en") -> Table[Entry]:
    """Return the terms of a group: types, relations, concepts, rules, flows, countries, country groups."""
    rows = (
        Entry(term.name, term.label(language), _belongs(ontology, term, language), _meaning(term, language))
        for term in ontology.terms(GROUPS[group]).values()
    )
    return Table(Entry, tuple(rows))


def describe(ontology: Ontology, name: str, language: str = "en") -> list[tuple[str, str]]:
    """Return what the ontology says of one term, as (property, text).

    Raises
    ------
    OntologyError
        If no term is called so.
    """
    found = [iri for group in GROUPS.values() if (iri := ontology.resolve(group, name))]
    if not found:
        near = next((near for group in GROUPS.values() if (near := ontology.nearest(name, group))), "")
        hint = f"Is it {near}?" if near else "See `ecosystem ontology list`."
        raise OntologyError(f"The ontology has no term called {name!r}.", hint=hint)
    term = ontology.term(found[0])
    if term is None:
        raise OntologyError(f"The ontology has no term called {name!r}.")
    said = [
        ("name", term.name),
        ("IRI", term.iri),
        *((f"label ({tag})", label) for tag, label in sorted(term.labels.items())),
        ("also called", "; ".join(term.alternatives)),
        ("meaning", _meaning(term, language)),
        *_particulars(ontology, term, language),
        ("colour", term.colour),
    ]
    return [(key, value) for key, value in said if value]


def _particulars(ontology: Ontology, term: Term, language: str) -> list[tuple[str, str]]:
    def labels(iris: Iterable[str]) -> str:
        return ", ".join(ontology.label(iri, language) for iri in iris)

    if isinstance(term, Relation):
        return [
            ("read backwards", term.inverse_label(language)),
            ("from", labels(term.domains)),
            ("to", labels(term.ranges)),
            ("conveys", labels(term.conveys)),
            ("directed", "yes" if term.directed else "no"),
        ]
    if isinstance(term, Kind):
        return [("kind of", labels(term.ancestors)), ("shape", term.shape)]
    if isinstance(term, GapRule):
        return [
            ("family", ontology.label(term.family, language) if term.family else ""),
            ("severity", ontology.label(term.severity, language)),
            ("remedy", term.remedy(language)),
            ("absence", term.absence),
            ("missing", labels(term.missing)),
            ("source", f"{term.source} {term.locator}"),
            ("query", "\n" + term.select.strip()),
        ]
    if isinstance(term, Country):
        return [("codes", f"{term.alpha3} {term.alpha2}")]
    if isinstance(term, CountryGroup):
        source = ontology.label(term.source, language)
        return [("members", labels(term.members)), ("as of", term.date), ("source", source)]
    return [("scheme", _belongs(ontology, term, language))]


def _belongs(ontology: Ontology, term: Term, language: str) -> str:
    if isinstance(term, Kind):
        return ontology.label(term.branch, language)
    if isinstance(term, Relation):
        return ", ".join(ontology.label(iri, language) for iri in term.conveys)
    if isinstance(term, Concept):
        return ontology.label(term.scheme, language) if term.scheme else ""
    if isinstance(term, GapRule):
        return ontology.label(term.severity, language)
    return term.alpha3 if isinstance(term, Country) else ""


def _meaning(term: Term, language: str) -> str:
    return term.rationale(language) if isinstance(term, GapRule) else term.definition
