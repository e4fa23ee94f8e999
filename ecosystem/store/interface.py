"""What everything above asks of a store, wherever it lies: questions in SPARQL, and graphs by name."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final, cast

import pyoxigraph as ox

from ecosystem.errors import QueryError
from ecosystem.store.columns import TabSeparated

__all__ = ["QUOTED", "RdfTerm", "Solutions", "Store", "bare", "names_graphs", "plain"]

RdfTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
# Tokens of SPARQL whose inside is no part of the query's own words.
QUOTED: Final = re.compile(
    r"""\"""(?:[^"\\]|\\.|"(?!""))*\"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|#[^\n]*""",
    re.DOTALL,
)
FROM: Final = re.compile(r"(?<![\w?$:.-])from(?![\w:.-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Solutions:
    """Answers of a SELECT: the columns as the query words them, and one tuple of terms a row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[RdfTerm | None, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[RdfTerm | None, ...]]:
        return iter(self.rows)

    def values(self) -> Iterator[tuple[str, ...]]:
        """Yield rows as plain text: an IRI, a literal's lexical form, nothing where unbound."""
        for row in self.rows:
            yield tuple(plain(term) for term in row)

    def to_pandas(self) -> object:
        """Return a data frame of plain text; needs pandas (`pip install 'ecosystem-mapper[notebook]'`)."""
        import pandas

        return pandas.DataFrame(list(self.values()), columns=list(self.columns))


class Store(ABC):
    """Quads that can be asked. Every data set is a graph of its own; a question sees all of them together."""

    @abstractmethod
    def query(
        self, query: str, parameters: Mapping[str, RdfTerm] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Ask a SPARQL 1.1 query over all graphs together (or those of its FROM), with our prefixes preset.

        `parameters` bind variables to terms; they are never pasted into the text. A SELECT must name them among its
        columns.

        Raises
        ------
        QueryError
            If the query is not SPARQL; the message gives line and column where they are known.
        StoreError
            If the store cannot be reached or read.
        """

    @abstractmethod
    def graphs(self) -> list[str]:
        """Return the names of all graphs, sorted."""

    @abstractmethod
    def graph(self, graph: str) -> Iterator[ox.Triple]:
        """Yield the triples of one named graph."""

    def select(self, query: str, parameters: Mapping[str, RdfTerm] | None = None) -> Solutions:
        """Ask a SELECT and return all its answers.

        Raises
        ------
        QueryError
            If the query is not a SELECT, or wrong.
        """
        found = self._solutions(query, parameters)
        names = tuple(variable.value for variable in found.variables)
        return Solutions(names, tuple(tuple(solution[name] for name in names) for solution in found))

    def columns(self, query: str, texts: Sequence[str] = ()) -> TabSeparated:
        """Ask a SELECT and return its answers by column, without a Python object a cell.

        Parameters
        ----------
        texts
            Names of columns of IRIs that hardly ever repeat; the others are numbers into tables of distinct texts.

        Raises
        ------
        QueryError
            If the query is not a SELECT, or wrong.
        """
        answer = TabSeparated(texts)
        self._solutions(query).serialize(cast(IO[bytes], answer), ox.QueryResultsFormat.TSV)
        return answer

    def quads(self) -> Iterator[ox.Quad]:
        """Yield all quads, graph by graph."""
        for graph in self.graphs():
            name = ox.NamedNode(graph)
            for triple in self.graph(graph):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, name)

    def __len__(self) -> int:
        """Return the number of statements."""
        ((count,),) = self.select("SELECT (COUNT(*) AS ?count) WHERE { ?subject ?predicate ?object }").values()
        return int(count)

    def __bool__(self) -> bool:
        return True  # an empty store is a store

    def holds(self, graph: str) -> bool:
        """Tell whether there is a named graph with anything in it."""
        return bool(self.query(f"ASK {{ GRAPH {ox.NamedNode(graph)} {{ ?subject ?predicate ?object }} }}"))

    def _solutions(self, query: str, parameters: Mapping[str, RdfTerm] | None = None) -> ox.QuerySolutions:
        found = self.query(query, parameters)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("This must be a SELECT query.")
        return found


def bare(query: str) -> str:
    """Return a query without its strings, IRIs and comments: what is left are its own words.

    >>> bare("SELECT ?x FROM <urn:from> { ?x ?p 'from' } # from")
    'SELECT ?x FROM   { ?x ?p   }  '
    """
    return QUOTED.sub(" ", query)


def names_graphs(query: str) -> bool:
    """Tell whether a query says itself which graphs it asks (FROM)."""
    return FROM.search(bare(query)) is not None


def plain(term: RdfTerm | None) -> str:
    """Return a term as plain text.

    >>> plain(ox.NamedNode("http://example.org/a")), plain(ox.Literal("CAF")), plain(None)
    ('http://example.org/a', 'CAF', '')
    """
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    return str(term)
