"""A store in this process: Oxigraph, in memory or in a folder on disk."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import QueryError, StoreError
from ecosystem.files import write_atomically
from ecosystem.progress import Progress, silent
from ecosystem.store.columns import TabSeparated

__all__ = ["Solutions", "Store", "is_store"]

RdfTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
# A store folder holds its content in a generation; the pointer names the one that counts. A load writes a whole
# new generation and then turns the pointer, in one rename: a load that dies leaves the old content in place.
POINTER: Final = "ecosystem-store"
GENERATION: Final = re.compile(r"generation-\d{6}")
# Tokens of SPARQL whose inside is no part of the query's own words.
QUOTED: Final = re.compile(
    r"""\"""(?:[^"\\]|\\.|"(?!""))*\"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|#[^\n]*""",
    re.DOTALL,
)
STEP: Final = 2**20
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


class Store:
    """Quads that can be asked. Every data set is a graph of its own; a question sees all of them together."""

    def __init__(self, quads: ox.Store, folder: Path | None = None) -> None:
        self._store = quads
        self.folder = folder

    @classmethod
    def in_memory(cls) -> Store:
        """Return an empty store that is gone when it is let go."""
        return cls(ox.Store())

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open a store folder for questions; several may do so at once.

        Raises
        ------
        StoreError
            If the folder is no store of ours or cannot be read.
        """
        try:
            return cls(ox.Store.read_only(str(folder / _generation(folder))), folder)
        except (OSError, RuntimeError) as error:
            raise StoreError(
                f"{folder}: this store cannot be read: {error}.",
                hint="Load the data again into a new folder with `ecosystem load DATA -s FOLDER`.",
            ) from error

    def add(self, triples: Iterable[ox.Triple], graph: str) -> None:
        """Add triples to a named graph."""
        name = ox.NamedNode(graph)
        self._store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)

    def add_turtle(self, content: bytes, graph: str, progress: Progress = silent) -> None:
        """Add the statements of Turtle of our own making to a named graph, all of them or none.

        A store in memory takes some 350 bytes for each. There, loading in one transaction is faster than in bulk.
        """
        source = cast(IO[bytes], _Watched(content, f"Loading {graph}", progress))
        self._store.load(source, ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))

    def copy(self, other: Store) -> None:
        """Add all that another store holds."""
        _copy(other._store, self._store)

    def amend(self, added: Iterable[ox.Quad], removed: Iterable[ox.Quad]) -> None:
        """Take statements away and add others."""
        for quad in removed:
            self._store.remove(quad)
        self._store.extend(added)

    def drop(self, graph: str) -> None:
        """Remove a named graph, if it is there."""
        self._store.remove_graph(ox.NamedNode(graph))

    def graph(self, graph: str) -> Iterator[ox.Triple]:
        """Yield the triples of one named graph."""
        for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            yield quad.triple

    def graphs(self) -> list[str]:
        """Return the names of all graphs, sorted."""
        return sorted(name.value for name in self._store.named_graphs() if isinstance(name, ox.NamedNode))

    def quads(self) -> Iterator[ox.Quad]:
        """Yield all quads."""
        yield from self._store

    def __len__(self) -> int:
        return len(self._store)

    def query(
        self, query: str, parameters: Mapping[str, RdfTerm] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Ask a SPARQL 1.1 query over all graphs together (or those of its FROM), with our prefixes preset.

        `parameters` bind variables to terms; they are never pasted into the text. A SELECT must name them among its
        columns.

        Raises
        ------
        QueryError
            If the query is not SPARQL; the message gives line and column.
        """
        bound = {ox.Variable(name): term for name, term in (parameters or {}).items()}
        try:
            return self._store.query(
                query,
                prefixes=dict(terms.PREFIXES),
                use_default_graph_as_union=not FROM.search(bare(query)),
                substitutions=bound or None,
            )
        except SyntaxError as error:
            raise QueryError(f"The query is not SPARQL: {error.msg}.") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"The query failed: {error}.") from error

    def select(self, query: str, parameters: Mapping[str, RdfTerm] | None = None) -> Solutions:
        """Ask a SELECT and return all its answers.

        Raises
        ------
        QueryError
            If the query is not a SELECT, or wrong.
        """
        found = self.query(query, parameters)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("This must be a SELECT query.")
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
        found = self.query(query)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("This must be a SELECT query.")
        answer = TabSeparated(texts)
        found.serialize(cast(IO[bytes], answer), ox.QueryResultsFormat.TSV)
        return answer

    def write(self, folder: Path) -> None:
        """Make `folder` hold exactly this store's content, at once or not at all.

        Raises
        ------
        StoreError
            If the folder holds something else than a store, or cannot be written.
        """
        if folder.exists() and not is_store(folder) and (not folder.is_dir() or any(folder.iterdir())):
            raise StoreError(f"{folder}: this is not a store.", hint="Name a new or empty folder.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            old = _generation(folder) if is_store(folder) else "generation-000000"
            new = f"generation-{int(old[-6:]) + 1:06d}"
            shutil.rmtree(folder / new, ignore_errors=True)  # left by a load that died
            on_disk = ox.Store(str(folder / new))
            _copy(self._store, on_disk)
            on_disk.flush()
            del on_disk
            write_atomically(folder / POINTER, new + "\n")
            shutil.rmtree(folder / old, ignore_errors=True)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{folder}: the store cannot be written: {error}.") from error


class _Watched:
    """Bytes to read from, a part at a time: that tells how far the reader is, and lets it be interrupted."""

    def __init__(self, content: bytes, what: str, progress: Progress) -> None:
        self._content, self._what, self._progress = memoryview(content), what, progress
        self._place = self._told = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        end = len(self._content) if size < 0 else min(self._place + size, len(self._content))
        part = bytes(self._content[self._place : end])
        self._place = end
        if end - self._told > STEP or not part:
            self._told = end
            self._progress(self._what, end, len(self._content))
        return part


def _copy(source: ox.Store, target: ox.Store) -> None:
    """Copy all quads; as bytes, which is several times faster than by way of Python."""
    with tempfile.TemporaryFile() as file:
        source.dump(file, ox.RdfFormat.N_QUADS)
        file.seek(0)
        target.bulk_load(file, ox.RdfFormat.N_QUADS)


def bare(query: str) -> str:
    """Return a query without its strings, IRIs and comments: what is left are its own words.

    >>> bare("SELECT ?x FROM <urn:from> { ?x ?p 'from' } # from")
    'SELECT ?x FROM   { ?x ?p   }  '
    """
    return QUOTED.sub(" ", query)


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


def is_store(folder: Path) -> bool:
    """Tell whether `folder` holds a store of ours."""
    return (folder / POINTER).is_file()


def _generation(folder: Path) -> str:
    try:
        name = (folder / POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{folder}: this is not a store: {error}.") from error
    if not GENERATION.fullmatch(name) or not (folder / name).is_dir():
        raise StoreError(f"{folder}: this store is damaged: its content is missing.", hint="Load the data again.")
    return name
