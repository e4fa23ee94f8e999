"""Queries as text for a server: prefixes written out, parameters put in as terms, and pages cut.

The embedded engine takes prefixes and parameters beside the query; the SPARQL protocol has no place for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ecosystem import terms
from ecosystem.errors import QueryError
from ecosystem.store.interface import QUOTED, RdfTerm, bare

__all__ = ["columns_of", "first_row", "form_of", "paged", "worded"]

TOKEN: Final = re.compile(
    rf"(?P<quoted>{QUOTED.pattern})|(?P<variable>[?$]\w+)|(?P<word>[A-Za-z]\w*)|[{{}}]", re.DOTALL
)
DECLARED: Final = r"(?:[Pp][Rr][Ee][Ff][Ii][Xx]\s+[^\s:]*:\s*<[^>]*>|[Bb][Aa][Ss][Ee]\s+<[^>]*>)"
PROLOGUE: Final = re.compile(rf"(?:\s+|#[^\n]*(?:\n|$)|{DECLARED})*")
FORMS: Final = ("select", "ask", "construct", "describe")


def worded(query: str, parameters: Mapping[str, RdfTerm] | None = None) -> str:
    """Return a query that says all by itself: with the prefixes of ours that it uses, and parameters bound."""
    query = _bound(query, parameters) if parameters else query
    words = bare(query)
    used = (
        f"PREFIX {name}: <{space}>\n"
        for name, space in terms.PREFIXES.items()
        if re.search(rf"(?<![\w:.-]){name}:", words) and not re.search(rf"\bprefix\s+{name}:", words, re.IGNORECASE)
    )
    return "".join(used) + query


def form_of(query: str) -> str:
    r"""Return the form of a query: select, ask, construct or describe.

    >>> form_of("# select\nPREFIX ask: <urn:a> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    'construct'

    Raises
    ------
    QueryError
        If it is none of these.
    """
    body = query[len(_prologue(query)) :]
    form = re.match(r"[A-Za-z]*", body)
    word = form[0].casefold() if form else ""
    if word not in FORMS:
        raise QueryError("The query is not SPARQL.", hint="It must be a SELECT, ASK, CONSTRUCT or DESCRIBE.")
    return word


def columns_of(query: str) -> list[str]:
    """Return the columns that a SELECT names, in its order; none where it says `*`.

    >>> (
    ...     columns_of("SELECT DISTINCT ?a (COUNT(DISTINCT *) AS ?n) WHERE { ?a ?b ?c }"),
    ...     columns_of("SELECT * { ?a ?b ?c }"),
    ... )
    (['a', 'n'], [])
    """
    head = bare(query[len(_prologue(query)) :]).partition("{")[0]
    names, depth, previous = [], 0, ""
    for part in re.findall(r"[()*]|[?$]\w+|\w+", head):
        depth += (part == "(") - (part == ")")
        if part == "*" and not depth:
            return []
        if part[0] in "?$" and (not depth or (depth == 1 and previous.casefold() == "as")):
            names.append(part[1:])
        previous = part
    return names


def first_row(query: str) -> str:
    """Return a SELECT for one row of what `query` finds, whatever its columns."""
    prologue = _prologue(query)
    return f"{prologue}SELECT * WHERE {{ {{ {query[len(prologue) :]}\n}} }} LIMIT 1"


def paged(query: str, columns: Sequence[str], offset: int, count: int) -> str:
    """Return a SELECT for a part of what `query` finds; in an order, so that parts fit together.

    >>> print(paged("SELECT ?a WHERE { ?a ?b ?c }", ["a"], 20, 10))
    SELECT ?a WHERE { { SELECT ?a WHERE { { SELECT ?a WHERE { ?a ?b ?c }
    } } ORDER BY ?a } } LIMIT 10 OFFSET 20
    """
    prologue = _prologue(query)
    names = " ".join(f"?{name}" for name in columns)
    inner = f"{query[len(prologue) :]}\n"
    if not re.search(r"\border\s+by\b", bare(inner), re.IGNORECASE):
        inner = f"SELECT {names} WHERE {{ {{ {inner}}} }} ORDER BY {names} "
    return f"{prologue}SELECT {names} WHERE {{ {{ {inner}}} }} LIMIT {count} OFFSET {offset}"


def _prologue(query: str) -> str:
    found = PROLOGUE.match(query)
    return found[0] if found else ""


def _bound(query: str, parameters: Mapping[str, RdfTerm]) -> str:
    """Put terms in the place of variables wherever the pattern says them; outside of it a VALUES block binds them.

    So a filter in whatever group sees the term, as if the engine had been given it beside the query.
    """
    construct = form_of(query) == "construct"
    parts: list[str] = []
    depth = place = groups = 0
    selecting = False
    for token in TOKEN.finditer(query):
        parts.append(query[place : token.start()])
        place, text = token.end(), token[0]
        in_pattern = depth > 0 and not (construct and groups == 1)
        if text == "{":
            groups += depth == 0
            depth += 1
            selecting = False
            if depth == 1 and groups == (2 if construct and _has_template(query) else 1):
                text = "{ " + _values(parameters)
        elif text == "}":
            depth -= 1
        elif token["word"] and in_pattern:
            selecting = (selecting or text.casefold() == "select") and text.casefold() != "where"
        elif token["variable"] and in_pattern and text[1:] in parameters:
            term = str(parameters[text[1:]])
            text = f"({term} AS {text})" if selecting else term
        parts.append(text)
    return "".join([*parts, query[place:]])


def _has_template(query: str) -> bool:
    return re.search(r"\bconstruct\s*\{", bare(query), re.IGNORECASE) is not None


def _values(parameters: Mapping[str, RdfTerm]) -> str:
    names = " ".join(f"?{name}" for name in parameters)
    return f"VALUES ({names}) {{ ({' '.join(str(term) for term in parameters.values())}) }} "
