"""What a store says of one thing: IRIs and texts by property."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ecosystem import terms
from ecosystem.store.columns import plain_bytes

__all__ = ["Said", "Value", "first", "read", "united"]

MANIFOLD = (terms.LABEL, terms.ALT_LABEL, terms.IDENTIFIER, terms.SUBJECT, terms.RDF_TYPE)  # what may have many values


class Value(NamedTuple):
    """An IRI, or a text in a language or in none ("")."""

    value: str
    language: str | None = None


Said = dict[str, list[Value]]


def read(written: bytes) -> Value | None:
    """Return an IRI or a text as tab-separated values write it; None for a blank node.

    >>> read(b"<urn:a>"), read(b'"b"@en'), read(b"_:c")
    (Value(value='urn:a', language=None), Value(value='b', language='en'), None)
    >>> read(b'"d"^^<urn:e>'), read(b"2.5")
    (Value(value='d', language=''), Value(value='2.5', language=''))
    """
    text, (_, quote, tag) = plain_bytes(written).decode("utf-8"), written.rpartition(b'"')
    if written.startswith(b"<"):
        return Value(text)
    if written.startswith(b"_:"):
        return None
    return Value(text, tag[1:].decode() if quote and tag.startswith(b"@") else "")


def united(parts: Sequence[Said]) -> Said:
    """Return what is said of a body by all its IRIs: all its names, and what only the first that says it says."""
    found: Said = {}
    for said in parts:
        found |= {term: found.get(term, []) + said[term] for term in said if term not in found or term in MANIFOLD}
    return found


def first(said: Said, term: str) -> str:
    """Return the first value of a property, in the order of their texts; nothing where it has none."""
    return min((value.value for value in said.get(term, ())), default="")
