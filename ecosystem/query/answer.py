"""What a query answered, kept as the engine writes it: one line of SPARQL's TSV a row, or of N-Triples a triple.

So no Python object is made for a cell before somebody looks at it, and rows are sorted, cut, handed from one process
to another and written in another format as bytes.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ecosystem.errors import QueryError
from ecosystem.query import forms
from ecosystem.store import Solutions

__all__ = ["FORMATS", "Answer"]

FORMATS: Final = ("table", "csv", "tsv", "json", "xml", "md", "ttl", "nt", "parquet")
TRIPLE: Final = ("subject", "predicate", "object")
SHOWN_IN_NOTEBOOK: Final = 200


@dataclass(frozen=True)
class Answer:
    """Rows of a SELECT, the truth of an ASK, or the triples of a CONSTRUCT or DESCRIBE.

    Parameters
    ----------
    columns
        Their names, in the order in which the query writes them; none for an ASK.
    lines
        One a row, in SPARQL's TSV, or one a triple, in N-Triples.
    truth
        What an ASK answered; None for all others.
    of_triples
        Whether `lines` are triples.
    ordered
        Whether the query asks for an order; else the lines are sorted.
    """

    columns: tuple[str, ...] = ()
    lines: tuple[bytes, ...] = ()
    truth: bool | None = None
    of_triples: bool = False
    ordered: bool = False

    def __len__(self) -> int:
        return 1 if self.truth is not None else len(self.lines)

    @cached_property
    def solutions(self) -> Solutions:
        """Rows and columns, whatever the form of the query."""
        if self.truth is not None:
            return Solutions(("answer",), ((ox.Literal(self.truth),),))
        if self.of_triples:
            return Solutions(TRIPLE, tuple((one.subject, one.predicate, one.object) for one in self.triples))
        found = ox.parse_query_results(self.tsv(), format=ox.QueryResultsFormat.TSV)
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError("rows must be solutions")
        return Solutions(self.columns, tuple(tuple(row) for row in found))

    def table(self) -> Solutions:
        """Return rows and columns, whatever the form of the query."""
        return self.solutions

    @property
    def triples(self) -> tuple[ox.Triple, ...]:
        """The triples of a CONSTRUCT or DESCRIBE; none of another query."""
        if not self.of_triples:
            return ()
        return tuple(quad.triple for quad in ox.parse(b"\n".join(self.lines), format=ox.RdfFormat.N_TRIPLES))

    def tsv(self) -> bytes:
        """Return the rows in SPARQL's own TSV, which tells IRIs, literals and unbound cells apart."""
        head = "\t".join(f"?{name}" for name in self.columns).encode()
        return b"\n".join((head, *self.lines, b""))

    def head(self, count: int) -> Answer:
        """Return the first `count` rows or triples."""
        return replace(self, lines=self.lines[:count])

    def named(self, label: Callable[[str], str], leave_out: Collection[str] = ()) -> Answer:
        """Return the rows with what `label` calls them in the place of IRIs, and without some columns.

        Rows that came in no order of the query's own are sorted by what they are called.
        """
        if self.truth is not None or self.of_triples:
            return self
        kept = [at for at, name in enumerate(self.columns) if name not in leave_out] or list(range(len(self.columns)))
        called: dict[bytes, bytes] = {}

        def cell(term: bytes) -> bytes:
            if not term.startswith(b"<") or term.startswith(b"<<"):
                return term
            if term not in called:
                name = str(ox.Literal(label(term[1:-1].decode()))).encode()
                called[term] = name.replace(b"\t", rb"\t").replace(b"\r", rb"\r")
            return called[term]

        rows = (line.split(b"\t") for line in self.lines)
        lines = [b"\t".join([cell(row[at]) for at in kept]) for row in rows]
        if not self.ordered:
            lines.sort(key=lambda line: (line.lower(), line))
        return replace(self, columns=tuple(self.columns[at] for at in kept), lines=tuple(lines))

    def write(self, form: str) -> str:
        """Return the answer in one of the written `FORMATS`: all but `table`, and `parquet`, which is not text.

        Raises
        ------
        QueryError
            If this form of query has no such format: Turtle is for triples, SPARQL JSON and XML are for rows.
        """
        if form in ("ttl", "nt"):
            if not self.of_triples:
                raise QueryError(
                    f"A SELECT or ASK has no triples to write as {form}.", hint="Ask a CONSTRUCT or DESCRIBE."
                )
            return forms.triples(self.lines, form)
        if form in ("json", "xml"):
            if self.of_triples:
                raise QueryError(f"A CONSTRUCT or DESCRIBE has no rows to write as {form}.", hint="Write it as ttl.")
            return forms.truth(self.truth, form) if self.truth is not None else forms.results(self.tsv(), form)
        if form == "md":
            return forms.markdown(self.solutions)
        if self.truth is not None or self.of_triples:
            return forms.separated_cells((self.solutions.columns, *self.solutions.values()), form)
        return forms.separated(self.tsv(), form)

    def parquet(self) -> bytes:
        """Return the rows as a Parquet file: a column of numbers where all are, else of text; null where unbound."""
        from ecosystem.query.parquet import parquet

        return parquet(self.solutions)

    def to_pandas(self) -> object:
        """Return the rows as a data frame of plain text; needs pandas."""
        return self.solutions.to_pandas()

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.solutions.columns)
        rows = (
            "".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in self.head(SHOWN_IN_NOTEBOOK)._cells()
        )
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        more = len(self) - SHOWN_IN_NOTEBOOK
        note = f"<p>{more:,} more rows are not shown.</p>" if more > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"

    def _cells(self) -> list[tuple[str, ...]]:
        return list(self.solutions.values())
