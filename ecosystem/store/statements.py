"""The one place where a record becomes triples, written as Turtle, which the store reads faster than Python could.

A relationship is written as a record, which carries its evidence, and as the direct triple that people query. The
record is authoritative; a denied relationship has a record and no direct triple.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial, singledispatch
from itertools import chain
from typing import Final, TypeVar

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.records import Citation, Dataset, Figure, Profile, Record, Relationship, Relationships, Source, Text

__all__ = ["PREFIXES", "triples", "turtle"]

# Names that need no escaping behind a prefix.
LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
SPACES: Final = (("", terms.ID), *((name, terms.PREFIXES[name]) for name in ("eco", "rdf", "rdfs", "prov", "xsd")))
PREFIXES: Final = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in SPACES)
# In a column of such names, each behind a line break and a colon: what cannot be part of one, or not stand at its ends.
NO_NAMES: Final = re.compile(r"[^A-Za-z0-9._\n:-]")
NOT_AT_AN_END: Final = ("\n:.", "\n:-", ".\n", ":\n")
DATES: Final = re.compile(r"[0-9-]*")
# The datatype of a date by its length; that of any other is a day.
DATATYPES: Final = {len("2022"): terms.XSD_YEAR, len("2022-06"): terms.XSD_YEAR_MONTH}
# What nearly every literal is made of: anything else is escaped.
UNESCAPED: Final = re.compile(r'[^"\\\x00-\x1f\x7f]*')
Value = TypeVar("Value", str, float | None)


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
    """Say the same as for each relationship alone; what rows share is made once, and columns are checked as a whole."""
    if not record.iris:
        return ""
    subjects, relations, objects = (
        list(map(_node, iris)) for iris in (record.subjects, record.relations, record.objects)
    )
    said = zip(_id_column(record.iris), subjects, relations, objects, strict=True)
    opening = [
        f"{iri} {SAYS}{one} ; {SAYS_PREDICATE} {two} ; {SAYS_OBJECT} {three} ; " for iri, one, two, three in said
    ]
    direct = [f".\n{one} {two} {three} .\n" for one, two, three in zip(subjects, relations, objects, strict=True)]
    if terms.DENIED in record.certainties:
        pairs = zip(direct, record.certainties, strict=True)
        direct = [".\n" if certainty == terms.DENIED else stated for stated, certainty in pairs]
    columns = (
        opening,
        _date_column(terms.SINCE, record.since),
        _date_column(terms.UNTIL, record.until),
        _shared_column(record.strengths, partial(_number, terms.STRENGTH)),
        _shared_column(record.confidences, partial(_number, terms.CONFIDENCE)),
        _shared_column(record.certainties, partial(_link, terms.HAS_CERTAINTY)),
        _word_column(terms.ROLE, record.roles),
        _shared_column(record.amounts, partial(_number, terms.AMOUNT)),
        _word_column(terms.CURRENCY, record.currencies),
        _word_column(terms.STATEMENT, record.statements, record.language),
        _shared_column(record.sources, partial(_link, terms.DERIVED_FROM)),
        _word_column(terms.LOCATOR, record.locators, end=" "),
        direct,
    )
    return "".join(chain.from_iterable(zip(*filter(None, columns), strict=True)))


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


def _shared_column(values: Sequence[Value], written: Callable[[Value], str]) -> list[str]:
    """Return the Turtle of each value of a column; that of one which rows share is made once."""
    made = {value: written(value) for value in set(values)}
    return list(map(made.__getitem__, values))


def _id_column(iris: Sequence[str]) -> list[str]:
    """Return IRIs, nearly all of which are ids of ours that occur once, as Turtle writes them.

    >>> _id_column([terms.ID + "a", terms.ID + "b-1"]), _id_column([terms.ID + "a.", "https://example.org/b"])
    ([':a', ':b-1'], ['<https://w3id.org/ecosystem-mapper/id/a.>', '<https://example.org/b>'])
    """
    told = "\n".join(("", *iris, ""))
    names = told.replace("\n" + terms.ID, "\n:")
    marks = names.count("\n:"), names.count(":"), names.count("\n") - 1
    well_formed = NO_NAMES.search(names) is None and not any(wrong in names for wrong in NOT_AT_AN_END)
    return names[1:-1].split("\n") if well_formed and marks == (len(iris),) * 3 else list(map(_node, iris))


def _word_column(term: str, values: Sequence[str], language: str = "", end: str = " ; ") -> list[str]:
    """Return the Turtle of a column of words, with what comes behind it."""
    node, words = _node(term), "".join(values)
    if not words:
        return []
    if words.isprintable() and '"' not in words and "\\" not in words:
        opening, closing = f'{node} "', f'"@{language}{end}' if language else f'"{end}'
        return [f"{opening}{value}{closing}" if value else "" for value in values]
    return [f"{node} {_tagged(Text(value, language))}{end}" if value else "" for value in values]


def _date_column(term: str, dates: Sequence[str]) -> list[str]:
    """Return the Turtle of a column of dates."""
    if not DATES.fullmatch("".join(dates)):
        return [_date(term, date) for date in dates]
    opening, day = f'{_node(term)} "', terms.XSD_DATE
    closing = {length: f'"^^{_node(DATATYPES.get(length, day))} ; ' for length in set(map(len, dates))}
    return [f"{opening}{date}{closing[len(date)]}" if date else "" for date in dates]


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
    try:
        return f"{_node(term)} {ox.NamedNode(url)} ; " if url else ""
    except ValueError:  # it has signs that an address cannot have, no scheme, or a host that cannot be
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
    return f"{_node(term)} {_literal(date)}^^{_node(DATATYPES.get(len(date), terms.XSD_DATE))} ; "


def _dates(since: str, until: str) -> str:
    return f"{_date(terms.SINCE, since)}{_date(terms.UNTIL, until)}" if since or until else ""


def _cited(citation: Citation) -> str:
    return f"{_link(terms.DERIVED_FROM, citation.source)}{_plain(terms.LOCATOR, citation.locator)}"


RECORD: Final = f"a {_node(terms.RELATIONSHIP)}"
SAYS_SUBJECT: Final = _node(terms.RDF_SUBJECT)
SAYS_PREDICATE: Final = _node(terms.RDF_PREDICATE)
SAYS_OBJECT: Final = _node(terms.RDF_OBJECT)
SAYS: Final = f"{RECORD} ; {SAYS_SUBJECT} "
