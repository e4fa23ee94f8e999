"""Terms of our namespaces that are used and that nobody defines: a misspelt class passes every shape."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Set
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.ontology import local_name
from ecosystem.store import Store
from ecosystem.validation.results import Result
from ecosystem.validation.words import short

__all__ = ["unknown_terms"]

OURS: Final = (terms.ECO, terms.VIEW)
UNKNOWN: Final = "https://w3id.org/ecosystem-mapper/shape#UnknownTermConstraintComponent"
VIOLATION: Final = terms.PREFIXES["sh"] + "Violation"


def unknown_terms(store: Store, known: Set[str], beside: str = "") -> Iterator[Result]:
    """Yield one result for each term of our namespaces that is used and that nobody describes.

    Parameters
    ----------
    known
        Terms that the ontology describes; what the store itself describes is known too.
    beside
        The graph whose own use of terms does not count: that of the ontology.
    """
    unknown = _used(store) - known
    unknown -= _described(store, unknown)
    for term in sorted(unknown):
        users = _users(store, term, beside)
        if users:
            times = "once" if len(users) == 1 else f"{len(users)} times, here for the first"
            node = ox.NamedNode(term)
            yield Result(
                focus=min((user for user in users if isinstance(user, ox.NamedNode)), key=str, default=node),
                path=str(node),
                predicate=term,
                value=None,
                component=UNKNOWN,
                shape=ox.NamedNode(UNKNOWN),
                severity=VIOLATION,
                message=f"{short(term)} is not a term of the ontology; it is used {times}.",
                remedy=_suggestion(term, known),
            )


def _used(store: Store) -> set[str]:
    """Return the terms of our namespaces that are used as a property, class or value."""
    found: set[str] = set()
    for role in ("{ ?s ?term ?o }", "{ ?s ?p ?term FILTER(isIRI(?term)) }"):
        ours = " || ".join(f'STRSTARTS(STR(?term), "{space}")' for space in OURS)
        asked = f"SELECT ?term {{ {{ SELECT DISTINCT ?term {role} }} FILTER({ours}) }}"
        found.update(term for (term,) in store.select(asked).values())
    return found


def _described(store: Store, iris: Set[str]) -> set[str]:
    about = " ".join(str(ox.NamedNode(iri)) for iri in sorted(iris))
    return {iri for (iri,) in store.select(f"SELECT DISTINCT ?s {{ VALUES ?s {{ {about} }} ?s ?p ?o }}").values()}


def _users(store: Store, term: str, beside: str) -> list[object]:
    """Return the subject of each statement that uses a term."""
    node, graph = ox.NamedNode(term), ox.NamedNode(beside) if beside else None
    rest = f"MINUS {{ GRAPH {graph} {{ ?s ?p ?o }} }}" if graph else ""
    uses = f"{{ ?s {node} ?o BIND({node} AS ?p) }} UNION {{ ?s ?p {node} BIND({node} AS ?o) }}"
    asked = f"SELECT DISTINCT ?s ?p ?o {{ {uses} {rest} }}"
    return [row[0] for row in store.select(asked)]


def _suggestion(term: str, known: Set[str]) -> str:
    namespace = terms.VIEW if term.startswith(terms.VIEW) else terms.ECO
    names = sorted(local_name(iri) for iri in known if iri.startswith(namespace))
    close = difflib.get_close_matches(local_name(term), names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {short(namespace + close[0])}?"
    return "Choose a term that `ecosystem ontology list` shows, or add a block for it to the ontology."
