"""Checks before a file goes to its parser: of its kind, and of what parsers of RDF trust more than they should."""

from __future__ import annotations

import re
from pyexpat import ErrorString, ExpatError, ParserCreate
from typing import Final

from ecosystem.errors import DataError, Problem
from ecosystem.sources.inputs import Input

__all__ = ["check_kind", "check_nesting", "check_xml", "xml_problem"]

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
# How files begin that are often called by the name of another kind, what they are, and what to do about it.
PACKED_BY_GZIP: Final = (b"\x1f\x8b", "is packed as gzip.", "Let its name end in .gz.")
ZIPPED: Final = (b"PK\x03\x04", "is a workbook or a ZIP archive.", "Let its name end in .xlsx, .ods or .zip.")
OLD_WORKBOOK: Final = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old workbook.", "Let its name end in .xls.")
WEB_PAGE: Final = re.compile(rb"\s*<(?:!doctype html|html|head|body|table)\b", re.IGNORECASE)
WORKBOOKS: Final = frozenset({".xlsx", ".ods", ".xls"})
# Readers of XML and RDF say by themselves that they were given a web page.
TEXTS: Final = frozenset(
    {".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".ftm", ".ijson", ".net", ".paj", ".toml"}
)


def check_kind(source: Input) -> None:
    """See that a file is not plainly of another kind than its name says.

    Raises
    ------
    DataError
        If it is, with what to do about it.
    """
    with source.open(limit=None) as file:
        begins = file.read(64)
    others = (PACKED_BY_GZIP,) if source.kind in WORKBOOKS else (PACKED_BY_GZIP, ZIPPED, OLD_WORKBOOK)
    for magic, message, hint in others:
        if begins.startswith(magic):
            raise DataError(source.problem(message, hint))
    if source.kind in WORKBOOKS | TEXTS and WEB_PAGE.match(begins):
        hint = "Download the data itself; what a browser shows as a table, a spreadsheet program can save as XLSX."
        raise DataError(source.problem("is a web page.", hint))


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
