"""From what the engine finds to an `Answer`: columns as written, rows sorted, errors with their place."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import IO, Final, Protocol, cast

import pyoxigraph as ox

from ecosystem.errors import QueryError
from ecosystem.query.answer import TRIPLE, Answer
from ecosystem.query.pointing import pointed
from ecosystem.query.tokens import columns_of, is_ordered, words_of
from ecosystem.store import RdfTerm

__all__ = ["Asked", "answer"]

PROLOGUE: Final = ("prefix", "base")
UPDATES: Final = frozenset(("insert", "delete", "load", "clear", "drop", "create", "copy", "move", "add"))
UNNAMED: Final = re.compile(r"variable (\?\w+) in its SELECT projection")
LARGEST: Final = 2**30  # bytes of an answer, before its rows are sorted
TOO_LARGE: Final = "The answer is larger than 1 GiB."


class Asked(Protocol):
    """Whatever can be asked a query, in this process or elsewhere."""

    def query(
        self, query: str, parameters: Mapping[str, RdfTerm] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Ask a SPARQL 1.1 query with our prefixes preset and variables bound."""


def answer(store: Asked, query: str, parameters: Mapping[str, RdfTerm] | None = None) -> Answer:
    """Ask in this process, and without a guard."""
    try:
        found = store.query(query, parameters)
        if isinstance(found, ox.QueryBoolean):
            return Answer(truth=bool(found))
        if isinstance(found, ox.QueryTriples):
            return Answer(TRIPLE, _lines_of(found), of_triples=True)
        return _rows(found, query)
    except QueryError as error:
        raise _explained(query, error) from error
    except (OSError, RuntimeError) as error:
        raise QueryError(f"The query failed: {error}.") from error


def _rows(found: ox.QuerySolutions, query: str) -> Answer:
    names = [variable.value for variable in found.variables]
    columns = columns_of(query, names)
    out = _Bounded()
    found.serialize(cast(IO[bytes], out), ox.QueryResultsFormat.TSV)
    lines: Iterable[bytes] = out.getvalue().split(b"\n")[1:-1]
    if columns != tuple(names):
        places = [names.index(name) for name in columns]
        cells = (line.split(b"\t") for line in lines)
        lines = (b"\t".join([row[place] for place in places]) for row in cells)
    ordered = is_ordered(query)
    return Answer(columns, tuple(lines if ordered else sorted(lines)), ordered=ordered)


def _lines_of(found: ox.QueryTriples) -> tuple[bytes, ...]:
    """Return triples as sorted lines of N-Triples; blank nodes are numbered by what is said of them."""
    out = _Bounded()
    found.serialize(cast(IO[bytes], out), ox.RdfFormat.N_TRIPLES)
    lines = set(out.getvalue().split(b"\n")[:-1])
    if any(b"_:" in line for line in lines):
        quads = ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
        graph = ox.Dataset(quads)
        graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        written = ox.serialize((quad.triple for quad in graph), format=ox.RdfFormat.N_TRIPLES) or b""
        lines = set(written.split(b"\n")[:-1])
    return tuple(sorted(lines))


def _explained(query: str, error: QueryError) -> QueryError:
    """Return the error with its place in the query, or with why no such query is answered."""
    first = next((word for word in words_of(query) if word not in PROLOGUE), "")
    if first in UPDATES:
        return QueryError("This is an update; queries only read.", hint="Change the data set and load it again.")
    unnamed = UNNAMED.search(error.message)
    if unnamed:
        hint = f"Write SELECT {unnamed[1]} …, or leave it free."
        return QueryError(f"{unnamed[1]} is bound, so this SELECT must name it among its columns.", hint=hint)
    return pointed(query, error)


class _Bounded(io.BytesIO):
    """Bytes in memory, but not more than a machine can be asked to hold."""

    def write(self, data: object, /) -> int:
        """Add bytes."""
        if self.tell() > LARGEST:
            raise QueryError(TOO_LARGE, hint="Ask for less, with LIMIT.")
        return super().write(cast(bytes, data))
