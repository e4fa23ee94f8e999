"""The query part of the SPARQL 1.1 Protocol: from a request to a query, from an answer to a body; HTTP is elsewhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs

from ecosystem.errors import QueryError
from ecosystem.query.answer import Answer
from ecosystem.store import plain

__all__ = ["GRAPHS", "ROWS", "Refused", "body_of", "query_of", "wanted"]

# Media types with the form that each names, the preferred first.
ROWS: Final = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
GRAPHS: Final = {"text/turtle": "ttl", "application/n-triples": "nt", "text/plain": "nt"}
MOST_PARAMETERS: Final = 20


class Refused(Exception):  # noqa: N818 (nothing went wrong)
    """A request that is not answered: the status of HTTP, and why in words."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


def query_of(method: str, search: str, media_type: str, body: bytes) -> str:
    """Return the query that a request asks.

    Raises
    ------
    Refused
        If it asks for an update, for graphs of its own choice, or for nothing.
    """
    kind = media_type.partition(";")[0].strip().casefold()
    if method == "GET":
        given = _parameters(search)
    elif kind == "application/sparql-query":
        given = {**_parameters(search), "query": [_text(body)]}
    elif kind == "application/x-www-form-urlencoded":
        given = _parameters(_text(body))
    elif kind == "application/sparql-update":
        raise Refused(403, "This endpoint only reads: updates are refused.")
    else:
        raise Refused(415, "Send a query as application/sparql-query, or as the field query of a form.")
    if "update" in given:
        raise Refused(403, "This endpoint only reads: updates are refused.")
    if any(name in given for name in ("default-graph-uri", "named-graph-uri")):
        raise Refused(400, "Graphs cannot be chosen in the request: write FROM into the query.")
    asked = given.get("query", [])
    if len(asked) != 1 or not asked[0].strip():
        raise Refused(400, "Ask one query, in the parameter query.")
    return asked[0]


def wanted(accept: str, of_triples: bool) -> tuple[str, str]:
    """Return the media type and the form that suit an Accept header best.

    >>> wanted("text/csv;q=0.5, application/sparql-results+xml", False)
    ('application/sparql-results+xml', 'xml')
    >>> wanted("*/*", True), wanted("", False)
    (('text/turtle', 'ttl'), ('application/sparql-results+json', 'json'))

    Raises
    ------
    Refused
        If there is no such form of this answer.
    """
    offered: Mapping[str, str] = GRAPHS if of_triples else ROWS
    ranges = _ranges(accept or "*/*")
    best = max(offered, key=lambda one: _liking(one, ranges))  # of equals, max takes the first
    if _liking(best, ranges) <= 0:
        raise Refused(406, f"The answer to this can be had as {', '.join(offered)}.")
    return best, offered[best]


def body_of(answer: Answer, form: str) -> bytes:
    """Return an answer as the standards write it, nothing changed for spreadsheets.

    Raises
    ------
    Refused
        If a yes or no is asked for as a table.
    """
    if answer.truth is not None and form in ("csv", "tsv"):
        raise Refused(406, "The answer to an ASK can be had as JSON or XML.")
    if form == "tsv":
        return answer.tsv()
    if form == "csv":
        out = io.StringIO()
        # Rows end in CRLF, as the standard has it; cells that hold either sign then get quotation marks.
        lines = csv.writer(out, lineterminator="\r\n")
        lines.writerow(answer.columns)
        lines.writerows([plain(term) for term in row] for row in answer.solutions.rows)
        return out.getvalue().encode()
    try:
        return answer.write(form).encode()
    except QueryError as error:
        raise Refused(406, error.message) from error


def _parameters(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError as error:
        raise Refused(400, "The parameters cannot be read.") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, "The query is not UTF-8.") from error


def _ranges(accept: str) -> list[tuple[str, float]]:
    """Return the ranges of an Accept header with how much each is liked."""
    found = []
    for part in accept.split(",")[:MOST_PARAMETERS]:
        name, *settings = (piece.strip().casefold() for piece in part.split(";"))
        liking = 1.0
        for setting in settings:
            key, _, value = setting.partition("=")
            if key.strip() == "q":
                try:
                    liking = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    liking = 0.0
        found.append((name, liking))
    return found


def _liking(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """Return how much a media type is liked: what the most particular range says that it lies in."""
    wider = ("*/*", media_type.partition("/")[0] + "/*", media_type)
    fits = [(wider.index(name), liking) for name, liking in ranges if name in wider]
    return max(fits, default=(0, 0.0))[1]
