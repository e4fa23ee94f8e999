"""The one place where a record becomes triples.

A relationship is written as a record, which carries its evidence, and as the direct triple that people query. The
record is authoritative; a denied relationship has a record and no direct triple.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import singledispatch

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.records import Citation, Dataset, Figure, Profile, Record, Relationship, Source, Text

__all__ = ["dataset_triples", "triples"]

Triples = Iterator[ox.Triple]
# What an IRI may not hold (RFC 3987); anything else that claims to be one is kept as text.
NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
NODES: dict[str, ox.NamedNode] = {}


@singledispatch
def triples(record: Record) -> Triples:
    """Yield the triples that say what `record` says."""
    raise TypeError(f"Not a record: {record!r}")


@triples.register
def _(record: Profile) -> Triples:
    about = _node(record.iri)
    yield ox.Triple(about, _node(terms.RDF_TYPE), _node(record.type))
    yield from _texts(about, terms.LABEL, record.labels)
    yield from _texts(about, terms.ALT_LABEL, record.alternatives)
    yield from _texts(about, terms.DESCRIPTION, record.descriptions)
    yield from _plain(about, terms.ACRONYM, record.acronym)
    yield from _plain(about, terms.STATED_KIND, record.kind)
    yield from _links(about, terms.IN_COUNTRY, record.country)
    yield from _links(about, terms.STAGE, record.stage)
    yield from _links(about, terms.SUBJECT, *record.topics)
    yield from _dates(about, record.since, record.until)
    yield from _page(about, terms.HOMEPAGE, record.homepage)
    for identifier in record.identifiers:
        yield from _plain(about, terms.IDENTIFIER, identifier)
    yield from _cited(about, record.citation)


@triples.register
def _(record: Relationship) -> Triples:
    about = _node(record.iri)
    subject, relation, target = _node(record.subject), _node(record.relation), _node(record.object)
    yield ox.Triple(about, _node(terms.RDF_TYPE), _node(terms.RELATIONSHIP))
    yield ox.Triple(about, _node(terms.RDF_SUBJECT), subject)
    yield ox.Triple(about, _node(terms.RDF_PREDICATE), relation)
    yield ox.Triple(about, _node(terms.RDF_OBJECT), target)
    yield from _dates(about, record.since, record.until)
    yield from _number(about, terms.STRENGTH, record.strength)
    yield from _number(about, terms.CONFIDENCE, record.confidence)
    yield from _links(about, terms.HAS_CERTAINTY, record.certainty)
    yield from _plain(about, terms.ROLE, record.role)
    yield from _number(about, terms.AMOUNT, record.amount)
    yield from _plain(about, terms.CURRENCY, record.currency)
    yield from _texts(about, terms.STATEMENT, (record.statement,))
    yield from _cited(about, record.citation)
    if record.certainty != terms.DENIED:
        yield ox.Triple(subject, relation, target)


@triples.register
def _(record: Figure) -> Triples:
    about = _node(record.iri)
    yield ox.Triple(about, _node(terms.RDF_TYPE), _node(terms.FIGURE))
    yield from _links(about, terms.SUBJECT_OF_FIGURE, record.subject)
    yield from _texts(about, terms.LABEL, record.labels)
    yield from _number(about, terms.VALUE, record.value)
    yield from _plain(about, terms.UNIT, record.unit)
    yield from _date(about, terms.DATE, record.date)
    yield from _cited(about, record.citation)


@triples.register
def _(record: Source) -> Triples:
    about = _node(record.iri)
    yield ox.Triple(about, _node(terms.RDF_TYPE), _node(terms.SOURCE))
    yield from _texts(about, terms.LABEL, record.labels)
    yield from _page(about, terms.PAGE, record.url)
    yield from _plain(about, terms.CREATOR, record.creator)
    yield from _plain(about, terms.PUBLISHER, record.publisher)
    yield from _date(about, terms.DATE, record.date)
    yield from _plain(about, terms.LICENCE, record.licence)
    yield from _plain(about, terms.TIME_STAMPED, record.time_stamped_url)


def dataset_triples(dataset: Dataset) -> Triples:
    """Yield the description of a data set, in DCAT."""
    about = _node(dataset.iri)
    yield ox.Triple(about, _node(terms.RDF_TYPE), _node(terms.DATASET))
    yield from _texts(about, terms.TITLE, (Text(dataset.title, dataset.language),))
    yield from _texts(about, terms.DESCRIPTION, (Text(dataset.description, dataset.language),))
    yield from _plain(about, terms.LICENCE, dataset.licence)
    yield from _plain(about, terms.PUBLISHER, dataset.publisher)
    yield from _date(about, terms.DATE, dataset.date)


def _node(iri: str) -> ox.NamedNode:
    node = NODES.get(iri)
    if node is None:
        node = NODES[iri] = ox.NamedNode(iri)
    return node


def _texts(about: ox.NamedNode, term: str, texts: tuple[Text, ...]) -> Triples:
    for text in texts:
        if text.value:
            yield ox.Triple(about, _node(term), ox.Literal(text.value, language=text.language or None))


def _plain(about: ox.NamedNode, term: str, value: str) -> Triples:
    if value:
        yield ox.Triple(about, _node(term), ox.Literal(value))


def _links(about: ox.NamedNode, term: str, *iris: str) -> Triples:
    for iri in iris:
        if iri:
            yield ox.Triple(about, _node(term), _node(iri))


def _page(about: ox.NamedNode, term: str, url: str) -> Triples:
    if url and not NOT_IN_IRI.search(url):
        yield ox.Triple(about, _node(term), ox.NamedNode(url))


def _number(about: ox.NamedNode, term: str, value: float | None) -> Triples:
    if value is not None:
        yield ox.Triple(about, _node(term), ox.Literal(_decimal(value), datatype=_node(terms.XSD_DECIMAL)))


def _decimal(value: float) -> str:
    """Write a number as xsd:decimal does: never with an exponent.

    >>> _decimal(100000.0), _decimal(0.25), _decimal(1e-7)
    ('100000.0', '0.25', '0.0000001')
    """
    short = repr(float(value))
    return short if "e" not in short else f"{value:.18f}".rstrip("0")


def _dates(about: ox.NamedNode, since: str, until: str) -> Triples:
    yield from _date(about, terms.SINCE, since)
    yield from _date(about, terms.UNTIL, until)


def _date(about: ox.NamedNode, term: str, date: str) -> Triples:
    if date:
        datatype = {4: terms.XSD_YEAR, 7: terms.XSD_YEAR_MONTH}.get(len(date), terms.XSD_DATE)
        yield ox.Triple(about, _node(term), ox.Literal(date, datatype=_node(datatype)))


def _cited(about: ox.NamedNode, citation: Citation) -> Triples:
    yield from _links(about, terms.DERIVED_FROM, citation.source)
    yield from _plain(about, terms.LOCATOR, citation.locator)
