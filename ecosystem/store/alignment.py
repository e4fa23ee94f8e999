"""RDF that others wrote, understood in our terms, as the ontology's alignments say.

What was said stays as it was said; what it means to us is added beside it. Bare triples of our relations get a
record, so that every tie can be asked for its evidence, and records get the direct triple that follows from them.
The engine does all of it: no statement comes to Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.ontology import Ontology
from ecosystem.records import SEPARATOR
from ecosystem.store.embedded import EmbeddedStore

__all__ = ["align", "loose_ends"]

# The IRI of a record follows from what it says, as `Relationship.iri` makes it: these are its parts but for the ends.
RECORD: Final = """
CONSTRUCT {{ ?record a {record} ; rdf:subject ?subject ; rdf:predicate {relation} ; rdf:object ?object ;
    {certainty} {stated} ; {source} {graph} }}
WHERE {{
  GRAPH {graph} {{
    ?subject {relation} ?object FILTER(isIRI(?subject) && isIRI(?object))
    MINUS {{ ?other rdf:predicate {relation} ; rdf:subject ?subject ; rdf:object ?object }}
  }}
  BIND(CONCAT(STR(?subject), {separator}, STR({relation}), {separator}, STR(?object), {rest}) AS ?told)
  BIND(IRI(CONCAT({prefix}, SUBSTR(SHA256(?told), 1, 16))) AS ?record)
}}"""
DIRECT: Final = """
CONSTRUCT {{ ?subject {relation} ?object }}
WHERE {{ GRAPH {graph} {{
  ?record rdf:predicate {relation} ; rdf:subject ?subject ; rdf:object ?object
  FILTER(isIRI(?record) && isIRI(?subject) && isIRI(?object))
  MINUS {{ ?record {certainty} {denied} }}
}} }}"""
ENDS: Final = """
SELECT DISTINCT ?end WHERE {{
  {{ GRAPH {graph} {{ ?record rdf:subject ?end ; rdf:predicate ?relation ; rdf:object ?other }} }}
  UNION {{ GRAPH {graph} {{ ?record rdf:object ?end ; rdf:predicate ?relation ; rdf:subject ?other }} }}
  FILTER(isIRI(?record) && isIRI(?end))
  MINUS {{ GRAPH ?any {{ ?end a ?type }} }}
}}"""


def align(store: EmbeddedStore, ontology: Ontology, dataset: str) -> None:
    """Add to the graph of a data set what it means in our terms, and the records and direct triples that it lacks.

    Parameters
    ----------
    dataset
        IRI of the data set; the source of a relationship for which none is given.
    """
    graph = ox.NamedNode(dataset)
    store.construct([*_meanings(store, ontology, graph)], dataset)
    common = _common(graph)
    records, direct = [], []
    for iri in ontology.relations:
        relation = ox.NamedNode(iri)
        if _occurs(store, graph, f"?subject {relation} ?object"):
            records.append(RECORD.format(relation=relation, **common))
        if _occurs(store, graph, f"?record rdf:predicate {relation}"):
            direct.append(DIRECT.format(relation=relation, **common))
    store.construct([*records, *direct], dataset)


def loose_ends(store: EmbeddedStore, dataset: str) -> set[str]:
    """Return the IRIs that relationships of a data set tie and of which no graph of the store says what they are."""
    graph = ox.NamedNode(dataset)
    if not _occurs(store, graph, "?record rdf:subject ?end"):
        return set()
    return {end for (end,) in store.select(ENDS.format(graph=graph)).values()}


def _meanings(store: EmbeddedStore, ontology: Ontology, graph: ox.NamedNode) -> Iterator[str]:
    """Yield a CONSTRUCT for each term of others that the data use and the ontology reads."""
    for foreign, ours in _nodes(ontology.classes_read.items()):
        if _occurs(store, graph, f"?thing a {foreign}"):
            yield f"CONSTRUCT {{ ?thing a {ours} }} WHERE {{ GRAPH {graph} {{ ?thing a {foreign} }} }}"
    for foreign, ours in _nodes(ontology.properties_read.items()):
        if _occurs(store, graph, f"?thing {foreign} ?value"):
            yield f"CONSTRUCT {{ ?thing {ours} ?value }} WHERE {{ GRAPH {graph} {{ ?thing {foreign} ?value }} }}"
    for foreign, ours in _nodes(ontology.properties_read_inversely.items()):
        if _occurs(store, graph, f"?thing {foreign} ?value"):
            pattern = f"?thing {foreign} ?value FILTER(!isLiteral(?value))"
            yield f"CONSTRUCT {{ ?value {ours} ?thing }} WHERE {{ GRAPH {graph} {{ {pattern} }} }}"


def _nodes(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
    for foreign, ours in pairs:
        yield ox.NamedNode(foreign), ox.NamedNode(ours)


def _occurs(store: EmbeddedStore, graph: ox.NamedNode, pattern: str) -> bool:
    return bool(store.query(f"ASK {{ GRAPH {graph} {{ {pattern} }} }}"))


def _common(graph: ox.NamedNode) -> dict[str, str]:
    """Return what the queries name, whatever the relation."""
    since = until = role = locator = ""
    rest = SEPARATOR.join(("", since, until, role, terms.STATED, graph.value, locator))
    nodes = {
        "record": terms.RELATIONSHIP,
        "certainty": terms.HAS_CERTAINTY,
        "stated": terms.STATED,
        "denied": terms.DENIED,
        "source": terms.DERIVED_FROM,
    }
    texts = {"separator": SEPARATOR, "rest": rest, "prefix": f"{terms.ID}rel-"}
    return {
        "graph": str(graph),
        **{name: str(ox.NamedNode(iri)) for name, iri in nodes.items()},
        **{name: str(ox.Literal(text)) for name, text in texts.items()},
    }
