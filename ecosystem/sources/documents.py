"""JSON and TOML documents, read whole and within limits: no file may exhaust memory or the stack."""

from __future__ import annotations

import itertools
import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

from ecosystem.errors import DataError, Problem
from ecosystem.sources.inputs import Input
from ecosystem.sources.values import one_line

__all__ = ["document_of", "lines_of", "toml_of"]

SIZE_LIMIT: Final = 200 * 1024**2
LINE_LIMIT: Final = 16 * 1024**2
TOML_LIMIT: Final = 1024**2
DEPTH_LIMIT: Final = 500
SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


def document_of(source: Input) -> Any:
    """Return what a JSON file holds.

    Raises
    ------
    DataError
        If it is not JSON in UTF-8, is too large or nests too deep.
    """
    with source.open(SIZE_LIMIT) as file:
        content = file.read()
    try:
        return _parsed(content.decode("utf-8"), source)
    except UnicodeDecodeError as error:
        raise DataError(source.undecodable() or source.problem("is not UTF-8.")) from error


def lines_of(source: Input) -> Iterator[tuple[int, Any]]:
    """Yield what each line of a file of JSON lines holds, with its number; empty lines are left out.

    Raises
    ------
    DataError
        If a line is not JSON in UTF-8, is too long or nests too deep.
    """
    with source.open() as file:
        for number in itertools.count(1):
            line = file.readline(LINE_LIMIT + 1)
            if not line:
                return
            if len(line) > LINE_LIMIT:
                hint = "Each line must be a JSON value of its own."
                raise DataError(source.problem("this line is too long.", hint, number))
            try:
                text = line.decode("utf-8").strip()
            except UnicodeDecodeError as error:
                raise DataError(source.problem("is not UTF-8.", "Save the file as UTF-8.", number)) from error
            if text:
                yield number, _parsed(text, source, number)


def _parsed(text: str, source: Input, line: int = 0) -> Any:
    """Return what a JSON text holds; `line` is where it stands, if it is not the whole file."""
    try:
        document = json.loads(text)
        if SURROGATE.search(text):  # half a character may stand in JSON, but not in RDF
            json.dumps(document, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        hint = "Write the character itself, or both halves of its escape."
        raise DataError(source.problem("holds half of a character, as \\ud800.", hint, line)) from error
    except json.JSONDecodeError as error:
        cut = not text[error.pos :].strip()
        hint = "The file may be cut short: fetch it again." if cut else "Mend this line."
        message = f"is not JSON: {one_line(error.msg)} (column {error.colno})."
        raise DataError(source.problem(message, hint, line or error.lineno)) from error
    except RecursionError as error:
        raise DataError(_too_deep(source)) from error
    except ValueError as error:  # what else json objects to: whole numbers of thousands of digits
        raise DataError(source.problem("holds a number that is too long to be read.", "Shorten it.", line)) from error
    _check_depth(document, source)
    return document


def toml_of(source: Input) -> dict[str, Any]:
    """Return what a TOML file holds.

    Raises
    ------
    DataError
        If it is not TOML in UTF-8, is too large or nests too deep.
    """
    try:
        with source.open(TOML_LIMIT) as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column \d+\)|\(at end of document\)", str(error))
        line = int(place[1]) if place and place[1] else 0
        words = one_line(str(error).partition(" (at ")[0])
        message = f"is not TOML: {words[:1].lower()}{words[1:]}."
        raise DataError(source.problem(message, "Mend this line.", line)) from error
    except RecursionError as error:
        raise DataError(source.problem("nests too deep.")) from error
    except UnicodeDecodeError as error:
        raise DataError(source.undecodable() or source.problem("is not UTF-8.")) from error


def _check_depth(document: Any, source: Input) -> None:
    level = [document]
    for _ in range(DEPTH_LIMIT):
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return
    raise DataError(_too_deep(source))


def _too_deep(source: Input) -> Problem:
    return source.problem(f"nests more than {DEPTH_LIMIT} deep.", "Is this the right file?")
