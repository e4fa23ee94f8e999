"""Which IRIs name one body, as skos:exactMatch says, and which of them stands for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ecosystem import terms
from ecosystem.ontology import Kind, Ontology
from ecosystem.store import Store

__all__ = ["joined", "representatives"]

LINKS = (
    f"SELECT ?one ?other WHERE {{ GRAPH ?graph {{ ?one <{terms.EXACT_MATCH}> ?other }} "
    f"FILTER(?graph != <{terms.ONTOLOGY}> && isIRI(?one) && isIRI(?other)) }}"
)


def representatives(store: Store, ontology: Ontology) -> dict[str, str]:
    """Return for each IRI of a body that has several the one that stands for it; not for those that do so themselves.

    IRIs that a chain of skos:exactMatch connects name one body, also where the chain runs through things that nobody
    describes here. Only what is alike is joined: actors with actors, initiatives with initiatives, places with places.
    The one that most relationships name stands for all; of equals, the smallest.
    """
    links = [(one, other) for one, other in store.select(LINKS).values() if one != other]
    if not links:
        return {}
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    first = joined(links)
    natures = _natures(store, ontology, first)
    for iri, root in first.items():
        if iri in natures:
            groups[root, natures[iri]].append(iri)
    several = [group for group in groups.values() if len(group) > 1]
    said = _statements(store, [iri for group in several for iri in group])
    found = {}
    for group in several:
        best = min(group, key=lambda iri: (-said.get(iri, 0), iri))
        found.update({iri: best for iri in group if iri != best})
    return found


def joined(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the smallest member of the group of each that links connect.

    >>> joined([("b", "c"), ("c", "a"), ("x", "y")])
    {'b': 'a', 'c': 'a', 'a': 'a', 'x': 'x', 'y': 'x'}
    """
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in links:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {one: root(one) for one in parent}


def _natures(store: Store, ontology: Ontology, iris: Iterable[str]) -> dict[str, str]:
    types: defaultdict[str, list[str]] = defaultdict(list)
    query = (
        f"SELECT ?thing ?kind WHERE {{ {_values(iris)} GRAPH ?graph {{ ?thing a ?kind }} "
        f"FILTER(?graph != <{terms.ONTOLOGY}>) }}"
    )
    for thing, kind in store.select(query).values():
        types[thing].append(kind)
    known = ((iri, ontology.most_specific(found)) for iri, found in types.items())
    return {iri: _nature(kind) for iri, kind in known if kind}


def _nature(kind: Kind) -> str:
    return terms.INITIATIVE if kind.is_initiative else terms.PLACE if kind.is_place else terms.ACTOR


def _statements(store: Store, iris: Iterable[str]) -> Mapping[str, int]:
    """Return how many relationship records name each as an end."""
    rows = store.select(
        f"SELECT ?thing (COUNT(DISTINCT ?record) AS ?count) WHERE {{ {_values(iris)} "
        "{ ?record rdf:subject ?thing } UNION { ?record rdf:object ?thing } } GROUP BY ?thing"
    )
    return {thing: int(count) for thing, count in rows.values()}


def _values(iris: Iterable[str]) -> str:
    return f"VALUES ?thing {{ {' '.join(f'<{iri}>' for iri in sorted(iris))} }}"
