"""What people decided about matches, as statements: kept beside the data, so that nothing is asked twice.

A pair that is one has the triple skos:exactMatch. Every decision, a rejection too, has a record beside it, in the way
of SSSOM/RDF: an owl:Axiom about the triple, with what it rests on.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.reconciliation.proposals import Match
from ecosystem.store import Store

__all__ = ["MATCHES", "decided", "decisions_in", "rejected_in", "to_turtle"]

MATCHES: Final = f"{terms.ID}dataset/matches"
TITLE: Final = "Matches: which actors are one, and which are not"
SSSOM: Final = "https://w3id.org/sssom/"
SOURCE, PROPERTY, TARGET = (terms.PREFIXES["owl"] + "annotated" + end for end in ("Source", "Property", "Target"))
AXIOM: Final = terms.PREFIXES["owl"] + "Axiom"
COMMENT: Final = terms.PREFIXES["rdfs"] + "comment"
NEGATED: Final = SSSOM + "NegatedPredicate"
MODIFIER: Final = SSSOM + "predicate_modifier"
DOUBLE: Final = terms.PREFIXES["xsd"] + "double"
TEXTS: Final = {"subject_label": SSSOM + "subject_label", "object_label": SSSOM + "object_label", "comment": COMMENT}
LINKS: Final = {
    "mapping_justification": SSSOM + "mapping_justification",
    "subject_source": SSSOM + "subject_source",
    "object_source": SSSOM + "object_source",
}


def decided(earlier: Iterable[Match], rows: Iterable[Match]) -> list[Match]:
    """Return all decisions: those of before, and over them those of a table, sorted by the pair.

    A row is a decision if it says that two are one, or with the modifier Not that they are not. Any other row takes
    back what was decided of its pair.
    """
    found = {match.pair: match for match in earlier}
    for row in rows:
        found.pop(row.pair, None)
        if row.is_exact or row.is_rejected:
            low, high = sorted(row.pair)
            turned = row.subject_id != low
            found[row.pair] = _turned(row) if turned else replace(row, object_id=high)
    return sorted(found.values(), key=lambda match: (match.subject_id, match.object_id))


def _turned(row: Match) -> Match:
    return replace(
        row,
        subject_id=row.object_id,
        subject_label=row.object_label,
        subject_source=row.object_source,
        object_id=row.subject_id,
        object_label=row.subject_label,
        object_source=row.subject_source,
    )


def to_turtle(matches: Iterable[Match]) -> str:
    """Return decisions as a data set in Turtle; the same decisions give the same bytes."""
    triples = [
        ox.Triple(ox.NamedNode(MATCHES), ox.NamedNode(terms.RDF_TYPE), ox.NamedNode(terms.DATASET)),
        ox.Triple(ox.NamedNode(MATCHES), ox.NamedNode(terms.TITLE), ox.Literal(TITLE, language="en")),
    ]
    for match in matches:
        triples += _statements(match)
    prefixes = {name: terms.PREFIXES[name] for name in ("dcat", "dcterms", "id", "owl", "rdfs", "skos", "xsd")}
    prefixes |= {"sssom": SSSOM, "semapv": "https://w3id.org/semapv/vocab/"}
    content = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(sorted(prefixes.items())))
    return (content or b"").decode("utf-8")


def _statements(match: Match) -> Iterator[ox.Triple]:
    one, other = ox.NamedNode(match.subject_id), ox.NamedNode(match.object_id)
    exact = ox.NamedNode(terms.EXACT_MATCH)
    if match.is_exact:
        yield ox.Triple(one, exact, other)
    record = ox.NamedNode(f"{terms.ID}match-{_digest(match)}")
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (terms.RDF_TYPE, ox.NamedNode(AXIOM)),
        (SOURCE, one),
        (PROPERTY, exact if match.is_exact else ox.NamedNode(match.predicate_id)),
        (TARGET, other),
        *([(MODIFIER, ox.NamedNode(NEGATED))] if match.is_rejected else []),
        *((term, ox.NamedNode(value)) for name, term in LINKS.items() if (value := getattr(match, name))),
        (SSSOM + "confidence", ox.Literal(f"{match.confidence:g}", datatype=ox.NamedNode(DOUBLE))),
        *((term, ox.Literal(value)) for name, term in TEXTS.items() if (value := getattr(match, name))),
    ]
    yield from (ox.Triple(record, ox.NamedNode(term), value) for term, value in said)


def _digest(match: Match) -> str:
    return hashlib.sha256(f"{match.subject_id}\x1f{match.object_id}".encode()).hexdigest()[:16]


def decisions_in(triples: Iterable[ox.Triple]) -> list[Match]:
    """Return the decisions that statements record, sorted by the pair."""
    records: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            records[triple.subject.value][triple.predicate.value] = triple.object.value
    found = [_match(said) for said in records.values() if said.keys() >= {SOURCE, PROPERTY, TARGET}]
    return decided([], found)


def _match(said: dict[str, str]) -> Match:
    number = said.get(SSSOM + "confidence", "1")
    return Match(
        subject_id=said[SOURCE],
        predicate_id=said[PROPERTY],
        predicate_modifier="Not" if MODIFIER in said else "",
        object_id=said[TARGET],
        confidence=float(number) if number.replace(".", "", 1).isdecimal() else 1.0,
        **{name: said.get(term, "") for name, term in {**TEXTS, **LINKS}.items()},
    )


def rejected_in(store: Store) -> set[frozenset[str]]:
    """Return the pairs of which somebody decided that they are not one, in any data set of the store."""
    query = (
        f"SELECT ?one ?other WHERE {{ ?record <{MODIFIER}> ?not ; <{SOURCE}> ?one ; <{TARGET}> ?other . "
        f"?record <{PROPERTY}> ?match }}"
    )
    return {frozenset(pair) for pair in store.select(query).values()}
