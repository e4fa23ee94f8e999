"""Errors that point at the place in the query: line, column, and a caret under it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import QueryError
from ecosystem.query.tokens import Token, tokens

__all__ = ["pointed"]

PLACE: Final = re.compile(r"error at (\d+):(\d+)")
# What the engine says beside the tokens that it expects, and what that means.
REASONS: Final = {
    "The SELECT contains a variable that is unbound": "a column of this SELECT is neither grouped by nor aggregated",
    "The SELECT overrides an existing variable": "AS gives a name that is taken already",
    "IRI parsing failed": "this is no whole IRI",
    "language tag parsing failed": "this is no language tag",
}
FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
WIDEST: Final = 100  # columns of a line of the query that are shown
PADDING: Final = " " * 32  # longer than every keyword


def pointed(query: str, error: QueryError) -> QueryError:
    """Return the error with the place in `query` that it is about, if the query is wrong SPARQL; else as it is."""
    padded, places = _padded(query)
    try:
        ox.Store().query(padded, prefixes=dict(terms.PREFIXES))
    except SyntaxError as wrong:
        said = wrong.msg
    except (OSError, RuntimeError, ValueError):
        return error
    else:
        return error
    found = list(tokens(query))
    unknown = _unknown_prefix(found)
    if unknown is not None:
        return _unknown(query, unknown)
    first = next((token for token in _after_prologue(found)), None)
    if first is not None and first.text.upper() not in FORMS:
        near = difflib.get_close_matches(first.text.upper(), FORMS, n=1)
        hint = f"Is it {near[0]}?" if near else "Begin with SELECT, ASK, CONSTRUCT or DESCRIBE."
        return _at(query, first.start, f"no query begins with {_quoted(first.text)}", hint)
    place = PLACE.match(said)
    at = _offset(padded, int(place[1]), int(place[2])) if place else 0
    here = next((token for start, token in reversed(places) if start <= at), None)
    reason = next((words for words_said, words in REASONS.items() if words_said in said), "")
    if reason:
        select = next((token for token in found if token.text.lower() == "select"), here)
        about = select if at >= len(padded.rstrip()) else here
        return _at(query, about.start if about else 0, reason)
    if here is None or at >= len(padded):
        return _at(query, len(query.rstrip()), "it ends too early", _open_bracket(found))
    return _at(query, here.start, f"{_quoted(here.text)} is not expected here")


def _padded(query: str) -> tuple[str, list[tuple[int, Token]]]:
    """Return the query with wide gaps between its tokens, and where each token is then.

    The engine compares as many characters as a keyword has before it finds that the keyword is not there, and
    reports the furthest character it has seen. In gaps that are wider than all keywords, that is still the gap
    behind the token that is wrong.
    """
    pieces: list[str] = []
    places: list[tuple[int, Token]] = []
    length, end, apart = 0, 0, True
    for token in tokens(query):
        alone = token.kind in ("open", "close") or token.text in ",;"
        if token.start > end or alone or apart:
            pieces.append(PADDING)
            length += len(PADDING)
            places.append((length, token))
        pieces.append(token.text)
        length += len(token.text)
        end, apart = token.start + len(token.text), alone
    return "".join((*pieces, PADDING)), places


def _unknown(query: str, token: Token) -> QueryError:
    if query[token.start - 1 : token.start] == "<":
        return _at(query, token.start - 1, REASONS["IRI parsing failed"], "It has a space or a quotation mark in it.")
    prefix = token.text.partition(":")[0]
    near = difflib.get_close_matches(prefix, terms.PREFIXES, n=1)
    hint = f"Is it {near[0]}:?" if near else f"Put PREFIX {prefix}: <…> before the query."
    return _at(query, token.start, f"the prefix {prefix}: is not declared", hint)


def _after_prologue(found: list[Token]) -> Iterator[Token]:
    """Yield the tokens from the first one that is no declaration of a prefix or base."""
    rest = iter(found)
    for token in rest:
        word = token.text.lower()
        if word == "prefix":
            next(rest, None), next(rest, None)
        elif word == "base":
            next(rest, None)
        else:
            yield token


def _unknown_prefix(found: list[Token]) -> Token | None:
    """Return the first name whose prefix nobody declares."""
    declared = {*terms.PREFIXES, "_"}
    for before, token in zip([None, *found], found, strict=False):
        if token.kind != "name":
            continue
        prefix = token.text.partition(":")[0]
        if before is not None and before.text.lower() == "prefix":
            declared.add(prefix)
        elif prefix not in declared:
            return token
    return None


def _open_bracket(found: list[Token]) -> str:
    opened: list[Token] = []
    for token in found:
        if token.kind == "open":
            opened.append(token)
        elif token.kind == "close" and opened:
            opened.pop()
    return f"Close the {opened[-1].text} that is open." if opened else ""


def _at(query: str, start: int, words: str, hint: str = "") -> QueryError:
    line_start = max(query.rfind("\n", 0, start), query.rfind("\r", 0, start)) + 1
    before = query[line_start:start]
    line = re.split(r"[\n\r]", query[line_start:], maxsplit=1)[0]
    number = len(re.findall(r"\r\n|\n|\r", query[:line_start])) + 1
    cut = max(0, len(before) - WIDEST // 2)
    shown = _plain(line[cut : cut + WIDEST])
    caret = " " * sum(map(_width, _plain(before[cut:]))) + "^"
    message = f"The query is wrong at {number}:{len(before) + 1}: {words}."
    return QueryError(message, hint=hint, excerpt=(f"  {shown}", f"  {caret}"))


def _offset(query: str, line: int, column: int) -> int:
    """Return where a line and column, both counted from one, are in the text; its end if they are beyond it."""
    start = 0
    for _ in range(line - 1):
        end = query.find("\n", start)
        if end < 0:
            return len(query)
        start = end + 1
    return min(start + column - 1, len(query))


def _quoted(text: str) -> str:
    shown = text if len(text) <= 40 else text[:39] + "…"
    return f"“{_plain(shown)}”"


def _plain(text: str) -> str:
    """Return text of one line that steers no terminal."""
    return "".join(" " if char == "\t" else char if char.isprintable() else "\ufffd" for char in text)


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
