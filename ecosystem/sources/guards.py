"""Checks before RDF goes to its parser, which trusts its input more than hostile or damaged files deserve."""

from __future__ import annotations

import re
from pyexpat import ErrorString, ExpatError, ParserCreate
from typing import Final

from ecosystem.errors import DataError, Problem
from ecosystem.sources.inputs import Input

__all__ = ["check_nesting", "check_xml", "xml_problem"]

CHUNK: Final = 1024**2
STATEMENT_DEPTH_LIMIT: Final = 1000
# What may hold brackets that are none (escapes, text, comments, addresses), and brackets.
TOKENS: Final = re.compile(
    rb"""\\.  |  "{3} (?: [^"\\] | \\. | "(?!"") )*+ "{3}  |  '{3} (?: [^'\\] | \\. | '(?!'') )*+ '{3}
    |  " (?: [^"\\\n\r] | \\. )*+ "  |  ' (?: [^'\\\n\r] | \\. )*+ '  |  \# [^\n\r]*+  |  < (?!<) [^<>\s]*+ >
    |  <<  |  >>""",
    re.DOTALL | re.VERBOSE,
)
ELEMENT_DEPTH_LIMIT: Final = 500
ENTITY_LIMIT: Final = 200


def check_nesting(source: Input) -> None:
    """See that statements do not nest without end: the parser would run out of stack.

    Raises
    ------
    DataError
        If they nest too deep.
    """
    with source.open(limit=None) as file:
        count, kept = 0, b""
        while (chunk := kept + file.read(CHUNK)) != kept:
            count += chunk.count(b"<<")
            # A bracket may lie across two chunks.
            kept = b"<" if chunk.endswith(b"<") and not chunk.endswith(b"<<") else b""
        if count <= STATEMENT_DEPTH_LIMIT:
            return
    # Only now is it worth while to tell brackets from text.
    with source.open(limit=None) as file:
        content = file.read()
    depth = 0
    for token in TOKENS.finditer(content):
        if token[0] == b"<<":
            depth += 1
            if depth > STATEMENT_DEPTH_LIMIT:
                raise DataError(source.problem(f"nests more than {STATEMENT_DEPTH_LIMIT:,} statements."))
        elif token[0] == b">>":
            depth = max(0, depth - 1)


def check_xml(source: Input) -> None:
    """See that an RDF/XML file is whole and well-formed XML without traps; the RDF parser takes half a file as whole.

    Raises
    ------
    DataError
        If it is cut short or not XML, nests too deep, or declares entities that unfold into more.
    """
    parser = ParserCreate()
    depth = 0

    def begin(name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth == 1 and name.casefold() == "html":
            raise DataError(source.problem("is a web page, not RDF/XML.", "Download the data itself.", line()))
        if depth > ELEMENT_DEPTH_LIMIT:
            raise DataError(source.problem(f"nests more than {ELEMENT_DEPTH_LIMIT} elements.", line=line()))

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(name: str, _parameter: bool, value: str | None, *_external: str | None) -> None:
        if value is None or len(value) > ENTITY_LIMIT or "&" in value:
            message = f"declares the entity {name!r}, which stands for more than a short text."
            raise DataError(source.problem(message, "Write the text itself where it is used.", line()))

    def line() -> int:
        return parser.CurrentLineNumber

    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = begin, end, entity
    try:
        with source.open(limit=None) as file:
            parser.ParseFile(file)
    except ExpatError as error:
        raise DataError(xml_problem(error, source)) from error


def xml_problem(error: ExpatError, source: Input) -> Problem:
    """Return where a file is not XML, and what to do about it."""
    undecodable = source.undecodable()
    if undecodable is not None:
        return undecodable
    reason = ErrorString(error.code)
    cut = reason in {"no element found", "unclosed token", "unclosed CDATA section"}
    hint = "The file is empty or cut short: fetch it again." if cut else "Mend this line."
    return source.problem(f"is not XML: {reason} (column {error.offset + 1}).", hint, error.lineno)
