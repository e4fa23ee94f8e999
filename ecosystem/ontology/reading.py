"""From the Turtle of an ontology folder to the terms of `ecosystem.ontology.model`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import OntologyError
from ecosystem.ontology.model import (
    Concept,
    Country,
    CountryGroup,
    GapRule,
    Kind,
    Relation,
    Term,
    fold,
    in_language,
    local_name,
)

CONSTRAINT_FILES: Final = frozenset({"shapes.ttl", "meta.ttl"})
Facts = Mapping[str, Mapping[str, Sequence[ox.Literal | ox.NamedNode]]]
LabelledTerm = TypeVar("LabelledTerm", bound=Term)


def triples_of(folders: Iterable[Path]) -> Iterator[ox.Triple]:
    """Yield the triples of every Turtle file in `folders`, but for those that hold constraints."""
    for folder in folders:
        files = sorted(folder.glob("*.ttl")) if folder.is_dir() else []
        if not files and not any(folder.glob("*.rq")) and not any(folder.glob("queries/*.rq")):
            raise OntologyError(f"{folder}: no ontology here.", hint="It should be a folder with Turtle files (*.ttl).")
        for path in files:
            if path.name in CONSTRAINT_FILES:
                continue
            try:
                for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
                    yield quad.triple
            except (SyntaxError, ValueError) as error:
                raise OntologyError(f"{path}: not Turtle: {error}.", hint="Mend the file at that place.") from error


def facts_of(triples: Iterable[ox.Triple]) -> Facts:
    """Index triples by subject and predicate; blank nodes stay out."""
    facts: dict[str, dict[str, list[ox.Literal | ox.NamedNode]]] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            about = facts.setdefault(triple.subject.value, {})
            about.setdefault(triple.predicate.value, []).append(triple.object)
    return facts


def instances(facts: Facts, *types: str) -> list[str]:
    """Return the IRIs of all that is of one of `types`."""
    return [iri for iri, about in facts.items() if any(item.value in types for item in about.get(terms.RDF_TYPE, ()))]


def _texts(facts: Facts, iri: str, term: str) -> Mapping[str, str]:
    found = facts.get(iri, {}).get(term, ())
    return {item.language or "": item.value for item in found if isinstance(item, ox.Literal)}


def text(facts: Facts, iri: str, term: str) -> str:
    """Return the English text of a property, else the untagged one, else nothing."""
    return in_language(_texts(facts, iri, term), "en")


def iris(facts: Facts, iri: str, term: str) -> tuple[str, ...]:
    """Return the IRIs that a property points to, sorted."""
    found = facts.get(iri, {}).get(term, ())
    return tuple(sorted(item.value for item in found if isinstance(item, ox.NamedNode)))


def flag(facts: Facts, iri: str, term: str) -> bool:
    """Tell whether a property is stated as true."""
    return any(item.value in ("true", "1") for item in facts.get(iri, {}).get(term, ()))


CoreFields = tuple[str, Mapping[str, str], tuple[str, ...], str, str, int]


def _core(facts: Facts, iri: str, colour: str = "") -> CoreFields:
    """Return the fields of `Term`, in order."""
    order = text(facts, iri, terms.ORDER)
    alternatives = tuple(sorted({item.value for item in facts.get(iri, {}).get(terms.ALT_LABEL, ())}))
    return (
        iri,
        _texts(facts, iri, terms.LABEL),
        alternatives,
        text(facts, iri, terms.DEFINITION),
        text(facts, iri, terms.COLOUR) or colour,
        int(order) if order.isdecimal() else 10_000,
    )


def ordered(found: Iterable[LabelledTerm]) -> dict[str, LabelledTerm]:
    """Return terms by IRI, in the order they are to be shown."""
    return {term.iri: term for term in sorted(found, key=lambda term: (term.order, term.iri))}


def terms_of(facts: Facts, kind: str) -> dict[str, Term]:
    """Return the individuals of a class that need no fields of their own."""
    return ordered(Term(*_core(facts, iri)) for iri in instances(facts, kind))


def kinds_of(facts: Facts) -> dict[str, Kind]:
    """Return all actor and initiative types with what they inherit from those above them."""
    parents = {iri: iris(facts, iri, terms.SUB_CLASS_OF) for iri in facts}
    found = []
    for iri in parents:
        line = _ancestors(iri, parents)
        roots = [root for root in (terms.ACTOR, terms.INITIATIVE) if root in (iri, *line)]
        if not roots:
            continue
        family = (
            iri,
            *(ancestor for ancestor in line if roots[0] in (ancestor, *_ancestors(ancestor, parents))),
        )
        own_branches = [one for one in family if roots[0] in parents.get(one, ())]
        inherited = {
            term: next(filter(None, (text(facts, one, term) for one in family)), "")
            for term in (terms.SHAPE, terms.COLOUR)
        }
        found.append(
            Kind(
                *_core(facts, iri, inherited[terms.COLOUR]),
                parents=parents[iri],
                ancestors=family[1:],
                branch=own_branches[0] if own_branches else iri,
                shape=inherited[terms.SHAPE],
                supranational=any(flag(facts, one, terms.SUPRANATIONAL) for one in family),
                gathers=any(flag(facts, one, terms.GATHERS) for one in family),
            )
        )
    return ordered(found)


def _ancestors(iri: str, parents: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return all classes above `iri`, nearest first; a circle ends where it closes."""
    seen: dict[str, None] = {}
    rank: Sequence[str] = parents.get(iri, ())
    while rank:
        fresh = [one for one in rank if one not in seen and one != iri]
        seen.update(dict.fromkeys(fresh))
        rank = [above for one in fresh for above in parents.get(one, ())]
    return tuple(seen)


def relation_of(facts: Facts, iri: str) -> Relation:
    """Return the relation type of this IRI."""
    directed = text(facts, iri, terms.DIRECTED)
    return Relation(
        *_core(facts, iri),
        inverse_labels=_texts(facts, iri, terms.INVERSE_LABEL),
        domains=iris(facts, iri, terms.DOMAIN_INCLUDES),
        ranges=iris(facts, iri, terms.RANGE_INCLUDES),
        conveys=iris(facts, iri, terms.CONVEYS),
        directed=directed not in ("false", "0"),
        locates=flag(facts, iri, terms.LOCATES),
        orchestrates=flag(facts, iri, terms.ORCHESTRATES),
        offers=flag(facts, iri, terms.OFFERS),
        concerns=flag(facts, iri, terms.CONCERNS),
        proposable=flag(facts, iri, terms.PROPOSABLE),
    )


def concepts_in(facts: Facts) -> list[str]:
    """Return the IRIs of all concepts, of whatever class below `skos:Concept`."""
    parents = {iri: iris(facts, iri, terms.SUB_CLASS_OF) for iri in facts}
    kinds = [iri for iri in parents if terms.CONCEPT in _ancestors(iri, parents)]
    return instances(facts, terms.CONCEPT, *kinds)


def concept_of(facts: Facts, iri: str) -> Concept:
    """Return the concept of this IRI."""
    kinds = [kind for kind in iris(facts, iri, terms.RDF_TYPE) if kind.startswith(terms.ECO)]
    kind, scheme = (kinds or [""])[0], (iris(facts, iri, terms.IN_SCHEME) or ("",))[0]
    if terms.COUNTRY_GROUP not in kinds:
        return Concept(*_core(facts, iri), kind=kind, scheme=scheme)
    return CountryGroup(
        *_core(facts, iri),
        kind=kind,
        scheme=scheme,
        members=iris(facts, iri, terms.MEMBER_COUNTRY),
        notations=tuple(sorted(item.value for item in facts[iri].get(terms.NOTATION, ()))),
        date=text(facts, iri, terms.DATE),
        source=(iris(facts, iri, terms.DERIVED_FROM) or ("",))[0],
    )


def country_of(facts: Facts, iri: str) -> Country:
    """Return the country of this IRI."""
    return Country(
        *_core(facts, iri),
        alpha3=text(facts, iri, terms.NOTATION) or local_name(iri),
        alpha2=text(facts, iri, terms.IDENTIFIER),
    )


def rule_of(facts: Facts, iri: str) -> GapRule:
    """Return the gap rule of this IRI."""
    family = (iris(facts, iri, terms.FAMILY) or ("",))[0]
    return GapRule(
        *_core(facts, iri),
        rationales=_texts(facts, iri, terms.RATIONALE),
        remedies=_texts(facts, iri, terms.REMEDY),
        severity=(iris(facts, iri, terms.SEVERITY_OF_RULE) or ("",))[0],
        source=(iris(facts, iri, terms.DERIVED_FROM) or ("",))[0],
        locator=text(facts, iri, terms.LOCATOR),
        select=text(facts, iri, terms.SELECT),
        family=family,
        about_record=flag(facts, family, terms.ABOUT_RECORD),
        absence=text(facts, iri, terms.ABSENCE),
        missing=iris(facts, iri, terms.MISSING),
    )


def coverages_of(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Return the names under which coverage is told, each with the classes that it gathers."""
    named = sorted((item.value, iri) for iri in facts for item in facts[iri].get(terms.COVERAGE, ()))
    return {name: tuple(iri for other, iri in named if other == name) for name in dict.fromkeys(dict(named))}


def defaults_of(facts: Facts) -> dict[str, str]:
    """Return the defaults that the ontology header names; each must be named once."""
    wanted = (
        terms.DEFAULT_ACTOR_TYPE,
        terms.DEFAULT_INITIATIVE_TYPE,
        terms.DEFAULT_RELATION,
        terms.DEFAULT_FLOW,
    )
    found = {term: iris(facts, terms.ONTOLOGY, term) for term in wanted}
    for term, named in found.items():
        if len(named) != 1:
            raise OntologyError(
                f"The ontology names {len(named)} values of {local_name(term)}.",
                hint=f"Its header should say eco:{local_name(term)} once.",
            )
    return {term: named[0] for term, named in found.items()}


def foreign_names(facts: Facts, term: str, kinds: Mapping[str, Kind]) -> dict[str, str]:
    """Map foreign properties to the property of ours that they are read as."""
    return {foreign: iri for iri in sorted(facts) if iri not in kinds for foreign in iris(facts, iri, term)}


def foreign_ends(facts: Facts) -> dict[str, tuple[str, str]]:
    """Map foreign classes of relationships to the properties that name their subject and their object."""
    ends = {iri: (iris(facts, iri, terms.SUBJECT_IN), iris(facts, iri, terms.OBJECT_IN)) for iri in facts}
    return {iri: (subject[0], target[0]) for iri, (subject, target) in ends.items() if subject and target}


def index_of_names(found: Iterable[Term]) -> dict[str, str]:
    """Index terms by all they are called; an IRI, local name or code wins over a label, that over an alternative."""
    ranked: list[tuple[int, str, str]] = []
    for term in found:
        codes = (term.alpha3, term.alpha2) if isinstance(term, Country) else ()
        ranked += [(0, name, term.iri) for name in (term.iri, term.name, *codes) if name]
        ranked += [(1, label, term.iri) for label in term.labels.values()]
        ranked += [(2, name, term.iri) for name in term.alternatives]
    names: dict[str, str] = {}
    for _, name, iri in sorted(ranked):
        names.setdefault(fold(name), iri)
    return names
