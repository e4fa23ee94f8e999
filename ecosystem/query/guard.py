"""Finding SERVICE, by which a query would have the engine ask another server. The engine has no switch against it.

A parser of our own would read some texts otherwise than the engine does, and what it misreads could reach the
network. So every reading is followed that the engine may have: `<` may open an IRI or be the sign "less than",
keywords need no space around them, and a line feed or a carriage return ends a comment. A query is refused if a
SERVICE clause stands in any of these readings.
"""

from __future__ import annotations

import re
from typing import Final

from ecosystem.errors import QueryError
from ecosystem.query.tokens import COMMENT, IRI, LOCAL, STRING

__all__ = ["asks_elsewhere", "forbid_service"]

GAP: Final = rf"(?:\s++|{COMMENT})*+"
CLAUSE: Final = re.compile(
    rf"service{GAP}(?:silent{GAP})?(?:{IRI}|(?:\\.|[^\s<>{{}}\"'#\\()])+){GAP}\{{", re.IGNORECASE | re.DOTALL
)
# What is passed over as a whole: nothing inside it is a keyword in a reading that takes it for this token.
WHOLE: Final = re.compile(rf"{COMMENT}|{STRING}|[?$]\w+|@[A-Za-z]+(?:-+[A-Za-z0-9]+)*+|_:{LOCAL}", re.DOTALL)
OPENED: Final = re.compile(IRI)
WORD: Final = re.compile(rf"(\w[\w.-]*)?:{LOCAL}|\w+")
SERVICE: Final = re.compile("service", re.IGNORECASE)
ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(00[01][0-9A-Fa-f]{5})")


def forbid_service(query: str) -> None:
    """Raise if the query would ask another server.

    Raises
    ------
    QueryError
        If it may hold a SERVICE clause.
    """
    if asks_elsewhere(query):
        raise QueryError(
            "SERVICE asks another server, which is not allowed.",
            hint="Load that data and ask it here, or allow it with --allow-service.",
        )


def asks_elsewhere(query: str) -> bool:
    """Tell whether a query may hold a SERVICE clause, in any reading of its text.

    >>> asks_elsewhere("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    True
    >>> asks_elsewhere("SELECT ?service { ?service rdfs:label 'SERVICE' } # SERVICE <http://example.org/> { }")
    False
    """
    # Whether escapes are read before the grammar or after it differs between engines.
    plain = ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), query)
    return any(SERVICE.search(text) is not None and _has_clause(text) for text in {query, plain})


def _has_clause(text: str) -> bool:
    waiting, seen = [0], set()
    while waiting:
        at = waiting.pop()
        while at < len(text) and at not in seen:
            seen.add(at)
            whole = WHOLE.match(text, at)
            if whole:
                at = whole.end()
            elif text[at] == "<":
                iri = OPENED.match(text, at)
                if iri:
                    waiting.append(iri.end())
                at += 1
            else:
                word = WORD.match(text, at)
                if word and _begins_clause(text, at, word.end(1) if word[1] else at if ":" in word[0] else word.end()):
                    return True
                at = word.end() if word else at + 1
    return False


def _begins_clause(text: str, start: int, end: int) -> bool:
    """Tell whether a SERVICE clause begins anywhere in a word: the engine needs no space before a keyword."""
    return any(CLAUSE.match(text, found.start()) for found in SERVICE.finditer(text, start, end))
