"""Answers in the formats that others read: SPARQL's own by the engine, tables so that a spreadsheet runs nothing."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.store import RdfTerm, Solutions, plain
from ecosystem.tables import spreadsheet_safe

__all__ = ["compact", "markdown", "results", "separated", "separated_cells", "triples", "truth"]

RESULTS: Final = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}
SEPARATORS: Final = {"csv": ",", "tsv": "\t"}
SUSPECT: Final = frozenset("=+-@\t\r")
# A cell that may begin with what a spreadsheet would run; a comma or a quotation mark within a text is taken for such.
SUSPECTED: Final = re.compile(r'[,"\n][=+@\t\r-]')
LOCAL: Final = re.compile(r"[\w.-]+")


def compact(term: RdfTerm | None) -> str:
    """Return a term as people read it: an IRI with its prefix, a literal without its datatype.

    >>> compact(ox.NamedNode("https://w3id.org/ecosystem-mapper/id/caf")), compact(ox.Literal("CAF", language="en"))
    ('id:caf', 'CAF')
    """
    if isinstance(term, ox.NamedNode):
        for prefix, namespace in terms.PREFIXES.items():
            if term.value.startswith(namespace) and LOCAL.fullmatch(term.value[len(namespace) :]):
                return f"{prefix}:{term.value[len(namespace) :]}"
    return plain(term)


def results(tsv: bytes, form: str) -> str:
    """Return rows in the SPARQL 1.1 Query Results JSON or XML Format."""
    written = ox.parse_query_results(tsv, format=ox.QueryResultsFormat.TSV).serialize(format=RESULTS[form])
    return _clean(written or b"", form)


def truth(answer: bool, form: str) -> str:
    """Return the answer of an ASK in the SPARQL 1.1 Query Results JSON or XML Format."""
    if form == "json":
        return f'{{"head": {{}}, "boolean": {str(answer).lower()}}}\n'
    boolean = f"<head/><boolean>{str(answer).lower()}</boolean>"
    return f'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">{boolean}</sparql>\n'


def _clean(written: bytes, form: str) -> str:
    text = written.decode() + "\n"
    if form == "xml":
        # XML has no place for these, and reads a bare carriage return as the end of a line.
        text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text).replace("\r", "&#13;")
    return text


def triples(lines: Sequence[bytes], form: str) -> str:
    """Return triples, one line of N-Triples each, as such or as Turtle with our prefixes."""
    if form == "nt":
        return b"".join(line + b"\n" for line in lines).decode()
    read = ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    written = ox.serialize((one.triple for one in read), format=ox.RdfFormat.TURTLE, prefixes=dict(terms.PREFIXES))
    return (written or b"").decode()


def separated(tsv: bytes, form: str) -> str:
    """Return rows of SPARQL's TSV as comma- or tab-separated values, safe to open in a spreadsheet."""
    found = ox.parse_query_results(tsv, format=ox.QueryResultsFormat.TSV)
    if rb"\r" in tsv and isinstance(found, ox.QuerySolutions):
        # The engine writes a carriage return without quotation marks, which ends the row for all who read it.
        names = [variable.value for variable in found.variables]
        return separated_cells([names, *([plain(term) for term in row] for row in found)], form)
    text = (found.serialize(format=ox.QueryResultsFormat.CSV) or b"").decode()
    if form == "csv" and isinstance(found, ox.QuerySolutions) and len(found.variables) > 1:
        # As hardly any answer has a suspect, what the engine wrote will do; a row of one empty cell would be no row.
        lines = text.replace("\r\n", "\n")
        if not SUSPECTED.search(lines):
            return lines
    return separated_cells(csv.reader(io.StringIO(text, newline="")), form)


def separated_cells(rows: Iterable[Sequence[str]], form: str) -> str:
    """Return rows of plain text, the heading among them, as comma- or tab-separated values."""
    out = io.StringIO()
    # Hardly any cell is a suspect: this asks the first character of each, and no more.
    cells = [[spreadsheet_safe(cell) if cell[:1] in SUSPECT else cell for cell in row] for row in rows]
    # Python, too, writes a carriage return without quotation marks, unless all cells have them.
    returns = any("\r" in cell for row in cells for cell in row)
    quoting: Literal[0, 1] = 1 if returns else 0  # csv.QUOTE_ALL, csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=SEPARATORS[form], lineterminator="\n", quoting=quoting).writerows(cells)
    return out.getvalue()


def markdown(table: Solutions) -> str:
    """Return rows as a Markdown table, IRIs with their prefix."""
    lines = ["| " + " | ".join(table.columns) + " |", "|" + "---|" * len(table.columns)]
    for row in table.rows:
        cells = (compact(term).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for term in row)
        lines.append("| " + " | ".join(html.escape(cell, quote=False) for cell in cells) + " |")
    return "\n".join(lines) + "\n"
