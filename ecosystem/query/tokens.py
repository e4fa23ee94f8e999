"""The tokens of SPARQL: enough to point at a place, to tell whether a query is whole, and to find what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["COMMENT", "IRI", "LOCAL", "STRING", "Token", "columns_of", "is_ordered", "is_whole", "tokens", "words_of"]

# Possessive quantifiers: no text, however hostile, makes these try again what they have matched.
STRING: Final = (
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"""' + r"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
    r'|"(?:[^"\\\n\r]++|\\.)*+"' + r"|'(?:[^'\\\n\r]++|\\.)*+'"
)
IRI: Final = r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>'
COMMENT: Final = r"#[^\n\r]*+"
# What may follow the colon of a prefixed name; a dot at its end is no part of it.
LOCAL: Final = r"(?:(?:[\w:·-]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?#@%-])|\.+(?=[\w:·%\\-]))*+"
TOKEN: Final = re.compile(
    rf"(?P<comment>{COMMENT})|(?P<string>{STRING})|(?P<iri>{IRI})|(?P<variable>[?$]\w+)|(?P<tag>@[A-Za-z][\w-]*)"
    rf"|(?P<name>(?:\w[\w.-]*)?:{LOCAL})|(?P<word>\w+)|(?P<open>[{{(\[])|(?P<close>[}})\]])|(?P<other>\S)",
    re.DOTALL,
)
CLOSES: Final = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: its kind, its text, and where it starts."""

    kind: str
    text: str
    start: int


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of a query; comments are left out.

    >>> [(one.kind, one.text) for one in tokens("ASK { ?a eco:audits 'b' } # who?")][:4]
    [('word', 'ASK'), ('open', '{'), ('variable', '?a'), ('name', 'eco:audits')]
    """
    for match in TOKEN.finditer(query):
        kind = match.lastgroup or "other"
        if kind != "comment":
            yield Token(kind, match[0], match.start())


def words_of(query: str) -> list[str]:
    """Return the keywords of a query in lower case, in order.

    >>> words_of("SELECT ?from { ?x rdfs:label 'order by' } ORDER BY ?from")
    ['select', 'order', 'by']
    """
    return [token.text.lower() for token in tokens(query) if token.kind == "word"]


def is_whole(query: str) -> bool:
    """Tell whether a query may end here: all its brackets are closed, and there is something to ask.

    >>> is_whole("SELECT ?x {"), is_whole("SELECT ?x { ?x ?y ?z }"), is_whole("DESCRIBE id:caf")
    (False, True, True)
    """
    found = list(tokens(query))
    depth = 0
    for token in found:
        depth += (token.kind == "open") - (token.kind == "close")
    if depth > 0 or re.search(r"\"{3}|'{3}", TOKEN.sub("", query)):
        return False
    describes = len(found) > 1 and found[-2].text.lower() == "describe"
    return describes or any(token.text == "}" for token in found)


def is_ordered(query: str) -> bool:
    """Tell whether the answers of a SELECT come in an order that the query asks for.

    >>> is_ordered("SELECT ?x { ?x ?y ?z } ORDER BY ?x"), is_ordered("SELECT ?x { { SELECT ?x { } ORDER BY ?x } }")
    (True, False)
    """
    depth, before = 0, ""
    for token in tokens(query):
        depth += (token.kind == "open") - (token.kind == "close")
        word = token.text.lower()
        if depth == 0 and before == "order" and word == "by":
            return True
        before = word
    return False


def columns_of(query: str, names: list[str]) -> tuple[str, ...]:
    """Return the columns in the order in which the query names them; for `SELECT *` the engine's order is another.

    >>> columns_of("SELECT * { ?z ?p ?a }", ["a", "p", "z"])
    ('z', 'p', 'a')
    """
    found = list(tokens(query))
    at = next((place for place, token in enumerate(found) if token.text.lower() == "select"), len(found))
    head = [token.text.lower() for token in found[at + 1 : at + 3]]
    if "*" not in (head[1:] if head[:1] in (["distinct"], ["reduced"]) else head[:1]):
        return tuple(names)
    seen = {name: place for place, name in enumerate(dict.fromkeys(t.text[1:] for t in found if t.kind == "variable"))}
    return tuple(sorted(names, key=lambda name: seen.get(name, len(seen))))
