"""RDF that others wrote, understood in our terms, as the ontology's alignments say.

What was said stays as it was said; what it means to us is added beside it. Bare triples of our relations get a
record, so that every tie can be asked for its evidence, and records get the direct triple that follows from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.ontology import Ontology
from ecosystem.records import Citation, Relationship
from ecosystem.store.statements import turtle

__all__ = ["aligned"]

Terms = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def aligned(triples: Iterable[ox.Triple], ontology: Ontology, dataset: str, ends: set[str]) -> Iterator[str]:
    """Yield `triples`, what they mean in our terms, and the records and direct triples that are missing, as Turtle.

    Parameters
    ----------
    dataset
        IRI of the data set; the source of a relationship for which none is given.
    ends
        Filled with the IRIs of all that relationships tie.
    """
    relations = ontology.relations
    bare: dict[tuple[str, str, str], None] = {}
    recorded: set[tuple[str, str, str]] = set()
    records: dict[str, dict[str, str]] = {}
    parts = (terms.RDF_SUBJECT, terms.RDF_PREDICATE, terms.RDF_OBJECT, terms.HAS_CERTAINTY)
    for given in triples:
        for triple in (given, *_read(given, ontology)):
            yield f"{triple} .\n"
            if not isinstance(triple.subject, ox.NamedNode) or not isinstance(triple.object, ox.NamedNode):
                continue
            predicate = triple.predicate.value
            if predicate in relations:
                bare[triple.subject.value, predicate, triple.object.value] = None
            elif predicate in parts:
                records.setdefault(triple.subject.value, {})[predicate] = triple.object.value
    for record in records.values():
        if not all(part in record for part in parts[:3]):
            continue
        said = (record[parts[0]], record[parts[1]], record[parts[2]])
        recorded.add(said)
        ends.update((said[0], said[2]))
        if said not in bare and said[1] in relations and record.get(terms.HAS_CERTAINTY) != terms.DENIED:
            yield f"{ox.Triple(*(ox.NamedNode(iri) for iri in said))} .\n"
    for subject, relation, target in bare:
        ends.update((subject, target))
        if (subject, relation, target) not in recorded:
            yield turtle(Relationship(subject, relation, target, citation=Citation(dataset)))


def _read(triple: ox.Triple, ontology: Ontology) -> Iterator[ox.Triple]:
    predicate = triple.predicate.value
    if predicate == terms.RDF_TYPE and isinstance(triple.object, ox.NamedNode):
        kind = ontology.classes_read.get(triple.object.value)
        if kind:
            yield ox.Triple(triple.subject, triple.predicate, ox.NamedNode(kind))
    elif predicate in ontology.properties_read:
        yield ox.Triple(triple.subject, ox.NamedNode(ontology.properties_read[predicate]), triple.object)
    elif predicate in ontology.properties_read_inversely and isinstance(triple.object, ox.NamedNode | ox.BlankNode):
        inverse = ox.NamedNode(ontology.properties_read_inversely[predicate])
        yield ox.Triple(triple.object, inverse, triple.subject)
