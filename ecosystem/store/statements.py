"""The one place where a record becomes triples, written as Turtle, which the store reads faster than Python could.

A relationship is written as a record, which carries its evidence, and as the direct triple that people query. The
record is authoritative; a denied relationship has a record and no direct triple.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, singledispatch
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.records import Citation, Dataset, Figure, Profile, Record, Relationship, Relationships, Source, Text

__all__ = ["PREFIXES", "triples", "turtle"]

# What an IRI may not hold (RFC 3987); anything else that claims to be one is kept as text.
NOT_IN_IRI: Final = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
ID_LENGTH: Final = len(terms.ID)
# Names that need no escaping behind a prefix.
LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
SPACES: Final = (("", terms.ID), *((name, terms.PREFIXES[name]) for name in ("eco", "rdf", "rdfs", "prov", "xsd")))
PREFIXES: Final = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in SPACES)
# What nearly every literal is made of: anything else is escaped.
UNESCAPED: Final = re.compile(r'[^"\\\x00-\x1f\x7f]*')


@singledispatch
def turtle(record: Dataset | Record | Relationships) -> str:
    """Return the Turtle that says what `record` says; it goes below `PREFIXES`."""
    raise TypeError(f"Not a record: {record!r}")


def triples(record: Dataset | Record | Relationships) -> Iterator[ox.Triple]:
    """Yield the triples that say what `record` says."""
    for quad in ox.parse((PREFIXES + turtle(record)).encode("utf-8"), ox.RdfFormat.TURTLE):
        yield quad.triple


@turtle.register
def _(record: Profile) -> str:
    parts = [f"a {_node(record.type)} ; {_texts(terms.LABEL, record.labels)}"]
    if record.alternatives or record.descriptions:
        parts += [_texts(terms.ALT_LABEL, record.alternatives), _texts(terms.DESCRIPTION, record.descriptions)]
    if record.acronym or record.kind or record.identifiers:
        parts += [_plain(terms.ACRONYM, record.acronym), _plain(terms.STATED_KIND, record.kind)]
        parts += [_plain(terms.IDENTIFIER, identifier) for identifier in record.identifiers]
    if record.supranational:
        parts += [f'{_node(terms.SUPRANATIONAL)} "true"^^{_node(terms.XSD_BOOLEAN)} ; ']
    parts += [_plain(terms.KEYWORD, keyword) for keyword in record.keywords]
    if record.stage or record.topics or record.homepage:
        parts += [_link(terms.STAGE, record.stage), _page(terms.HOMEPAGE, record.homepage)]
        parts += [_link(terms.SUBJECT, topic) for topic in record.topics]
    parts += [_link(terms.IN_COUNTRY, record.country), _dates(record.since, record.until), _cited(record.citation)]
    return _block(record.iri, *parts)


@turtle.register
def _(record: Relationship) -> str:
    subject, relation, target = _node(record.subject), _node(record.relation), _node(record.object)
    block = _block(
        record.iri,
        f"{RECORD} ; {SAYS_SUBJECT} {subject} ; {SAYS_PREDICATE} {relation} ; {SAYS_OBJECT} {target} ; ",
        _dates(record.since, record.until),
        _number(terms.STRENGTH, record.strength),
        _number(terms.CONFIDENCE, record.confidence),
        _link(terms.HAS_CERTAINTY, record.certainty),
        _plain(terms.ROLE, record.role),
        _number(terms.AMOUNT, record.amount),
        _plain(terms.CURRENCY, record.currency),
        _texts(terms.STATEMENT, (record.statement,)),
        _cited(record.citation),
    )
    return block if record.certainty == terms.DENIED else f"{block}{subject} {relation} {target} .\n"


@turtle.register
def _(record: Relationships) -> str:
    """Say the same as for each relationship alone; the words that rows share are made once."""
    source, currency = _link(terms.DERIVED_FROM, record.source), _plain(terms.CURRENCY, record.currency)
    node, found_at, lines = _node, _node(terms.LOCATOR), []
    for iri, row in zip(record.iris(), record.rows, strict=True):
        one, two, three, since, until, role, amount, locator = row
        subject, relation, target = node(one), node(two), node(three)
        dates = _dates(since, until) if since or until else ""
        said = _plain(terms.ROLE, role) if role else ""
        money = f"{_number(terms.AMOUNT, amount)}{currency}" if amount is not None else ""
        lines.append(
            f":{iri[ID_LENGTH:]} {RECORD} ; {SAYS_SUBJECT} {subject} ; {SAYS_PREDICATE} {relation} ; "
            f"{SAYS_OBJECT} {target} ; {dates}{said}{money}{source}{found_at} {_literal(locator)} .\n"
            f"{subject} {relation} {target} .\n"
        )
    return "".join(lines)


@turtle.register
def _(record: Figure) -> str:
    return _block(
        record.iri,
        _link(terms.RDF_TYPE, terms.FIGURE),
        _link(terms.SUBJECT_OF_FIGURE, record.subject),
        _texts(terms.LABEL, record.labels),
        _number(terms.VALUE, record.value),
        _plain(terms.UNIT, record.unit),
        _date(terms.DATE, record.date),
        _cited(record.citation),
    )


@turtle.register
def _(record: Source) -> str:
    return _block(
        record.iri,
        _link(terms.RDF_TYPE, terms.SOURCE),
        _texts(terms.LABEL, record.labels),
        _page(terms.PAGE, record.url),
        _plain(terms.CREATOR, record.creator),
        _plain(terms.PUBLISHER, record.publisher),
        _date(terms.DATE, record.date),
        _plain(terms.LICENCE, record.licence),
        _plain(terms.TIME_STAMPED, record.time_stamped_url),
    )


@turtle.register
def _(record: Dataset) -> str:
    """Describe a data set in DCAT."""
    return _block(
        record.iri,
        _link(terms.RDF_TYPE, terms.DATASET),
        _texts(terms.TITLE, (Text(record.title, record.language),)),
        _texts(terms.DESCRIPTION, (Text(record.description, record.language),)),
        _plain(terms.LICENCE, record.licence),
        _plain(terms.PUBLISHER, record.publisher),
        _date(terms.DATE, record.date),
    )


def _block(about: str, *parts: str) -> str:
    """Return what the parts, each of which ends in a semicolon or is empty, say of one thing."""
    return f"{_node(about)} {''.join(parts)}.\n"


@lru_cache(maxsize=2**17)
def _node(iri: str) -> str:
    """Return an IRI as Turtle writes it.

    >>> _node(terms.ID + "caf"), _node("https://example.org/a")
    (':caf', '<https://example.org/a>')
    """
    for prefix, space in SPACES:
        if iri.startswith(space) and LOCAL.fullmatch(iri, len(space)):
            return f"{prefix}:{iri[len(space) :]}"
    return str(ox.NamedNode(iri))


def _literal(text: str) -> str:
    return f'"{text}"' if UNESCAPED.fullmatch(text) else str(ox.Literal(text))


def _texts(term: str, texts: tuple[Text, ...]) -> str:
    return "".join(f"{_node(term)} {_tagged(text)} ; " for text in texts if text.value)


def _tagged(text: Text) -> str:
    return str(ox.Literal(text.value, language=text.language)) if text.language else _literal(text.value)


def _plain(term: str, value: str) -> str:
    return f"{_node(term)} {_literal(value)} ; " if value else ""


def _link(term: str, iri: str) -> str:
    return f"{_node(term)} {_node(iri)} ; " if iri else ""


def _page(term: str, url: str) -> str:
    if not url or NOT_IN_IRI.search(url):
        return ""
    try:
        return f"{_node(term)} {ox.NamedNode(url)} ; "
    except ValueError:  # it has no scheme, or a host that cannot be: no address
        return ""


def _number(term: str, value: float | None) -> str:
    return f'{_node(term)} "{_decimal(value)}"^^{_node(terms.XSD_DECIMAL)} ; ' if value is not None else ""


def _decimal(value: float) -> str:
    """Write a number as xsd:decimal does: never with an exponent.

    >>> _decimal(100000.0), _decimal(0.25), _decimal(1e-7)
    ('100000.0', '0.25', '0.0000001')
    """
    short = repr(float(value))
    return short if "e" not in short else f"{value:.18f}".rstrip("0")


def _date(term: str, date: str) -> str:
    if not date:
        return ""
    datatype = {4: terms.XSD_YEAR, 7: terms.XSD_YEAR_MONTH}.get(len(date), terms.XSD_DATE)
    return f"{_node(term)} {_literal(date)}^^{_node(datatype)} ; "


def _dates(since: str, until: str) -> str:
    return f"{_date(terms.SINCE, since)}{_date(terms.UNTIL, until)}" if since or until else ""


def _cited(citation: Citation) -> str:
    return f"{_link(terms.DERIVED_FROM, citation.source)}{_plain(terms.LOCATOR, citation.locator)}"


RECORD: Final = f"a {_node(terms.RELATIONSHIP)}"
SAYS_SUBJECT: Final = _node(terms.RDF_SUBJECT)
SAYS_PREDICATE: Final = _node(terms.RDF_PREDICATE)
SAYS_OBJECT: Final = _node(terms.RDF_OBJECT)
