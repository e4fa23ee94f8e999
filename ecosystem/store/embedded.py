"""A store in this process: Oxigraph, in memory or in a folder on disk."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import QueryError, StoreError
from ecosystem.progress import Progress, silent
from ecosystem.store.folder import generation_of, is_store, new_generation, share
from ecosystem.store.interface import RdfTerm, Store, names_graphs

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["EmbeddedStore", "watched"]

STEP: Final = 2**20
# Removing a statement from disk takes this many times as long as copying one.
REMOVAL_COST: Final = 3


class EmbeddedStore(Store):
    """An Oxigraph store; one from a folder is opened for questions only, by any number of processes at once."""

    def __init__(self, quads: ox.Store, *, on_disk: bool = False, folder: Path | None = None) -> None:
        self._store = quads
        self._on_disk = on_disk
        self.folder = folder  # that it was opened from, and can be again

    @classmethod
    def in_memory(cls) -> EmbeddedStore:
        """Return an empty store that is gone when it is let go."""
        return cls(ox.Store())

    @classmethod
    def open(cls, folder: Path) -> EmbeddedStore:
        """Open a store folder for questions; several may do so at once, also while another process loads.

        Raises
        ------
        StoreError
            If the folder is no store of ours or cannot be read.
        """
        generation = generation_of(folder)
        while True:
            try:
                return cls(ox.Store.read_only(str(generation)), on_disk=True, folder=folder)
            except (OSError, RuntimeError) as error:
                # A load may have turned the pointer since it was read.
                generation, tried = generation_of(folder), generation
                if generation == tried:
                    raise StoreError(
                        f"{folder}: this store cannot be read: {error}.",
                        hint="Load the data again into a new folder with `ecosystem load DATA -s FOLDER`.",
                    ) from error

    @classmethod
    @contextmanager
    def replacing(cls, folder: Path, graphs: Collection[str] = ()) -> Iterator[EmbeddedStore]:
        """Give a store to write that takes the place of the one in `folder`, at once or, on an error, not at all.

        Parameters
        ----------
        graphs
            Graphs that will be written anew; the store given holds all others.

        Raises
        ------
        StoreError
            If the folder holds something else than a store, another load is writing it, or it cannot be written.
        """
        old = generation_of(folder) if is_store(folder) else None
        with new_generation(folder) as new:
            store = cls(_without(old, graphs, new) if old else ox.Store(str(new)), on_disk=True)
            try:
                yield store
                store._store.flush()
            finally:
                del store._store  # closes it: it would go on writing where an error has everything removed

    def add(self, triples: Iterable[ox.Triple], graph: str) -> None:
        """Add a few triples to a named graph.

        The engine writes it to disk with what comes next: each table of its own would make questions slower.
        """
        name = ox.NamedNode(graph)
        self._store.extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)

    def add_content(
        self, content: IO[bytes], graph: str, syntax: ox.RdfFormat = ox.RdfFormat.TURTLE, base: str | None = None
    ) -> None:
        """Add what RDF says to a named graph; in memory all of it or, on an error, nothing.

        Raises
        ------
        SyntaxError
            If it is not RDF of that syntax.
        """
        # A store in memory takes some 350 bytes a statement; there, one transaction is faster than loading in bulk.
        # (No name for the method: in a traceback it would hold the store open.)
        name = ox.NamedNode(graph)
        if self._on_disk:
            self._store.bulk_load(content, syntax, base_iri=base, to_graph=name)
        else:
            self._store.load(content, syntax, base_iri=base, to_graph=name)

    def construct(self, queries: Sequence[str], graph: str) -> None:
        """Add to a graph what CONSTRUCT queries find in the store as it is now."""
        with tempfile.TemporaryFile() as file:
            for query in queries:
                found = self.query(query)
                if not isinstance(found, ox.QueryTriples):
                    raise QueryError("This must be a CONSTRUCT query.")
                found.serialize(file, ox.RdfFormat.N_TRIPLES)
            if file.tell():
                file.seek(0)
                self.add_content(cast(IO[bytes], file), graph, ox.RdfFormat.N_TRIPLES)

    def copy(self, other: Store) -> None:
        """Add all that another store holds."""
        if isinstance(other, EmbeddedStore):
            _copy(other._store, self._store)
        else:
            self._store.bulk_extend(other.quads())

    def amend(self, added: Iterable[ox.Quad], removed: Iterable[ox.Quad]) -> None:
        """Take statements away and add others."""
        for quad in removed:
            self._store.remove(quad)
        self._store.extend(added)

    def drop(self, graph: str) -> None:
        """Remove a named graph, if it is there."""
        self._store.remove_graph(ox.NamedNode(graph))

    def dump(self, graph: str) -> IO[bytes]:
        """Return a named graph as N-Triples in a temporary file, at its start."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
        self._store.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
        file.seek(0)
        return cast(IO[bytes], file)

    def graph(self, graph: str) -> Iterator[ox.Triple]:
        """Yield the triples of one named graph."""
        for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            yield quad.triple

    def graphs(self) -> list[str]:
        """Return the names of all graphs, sorted."""
        return sorted(name.value for name in self._store.named_graphs() if isinstance(name, ox.NamedNode))

    def count(self, graph: str) -> int:
        """Return how many statements a named graph holds."""
        return _count(self._store, graph)

    def __len__(self) -> int:
        return len(self._store)

    def query(
        self, query: str, parameters: Mapping[str, RdfTerm] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Ask a SPARQL 1.1 query; see `Store.query`."""
        bound = {ox.Variable(name): term for name, term in (parameters or {}).items()}
        try:
            return self._store.query(
                query,
                prefixes=dict(terms.PREFIXES),
                use_default_graph_as_union=not names_graphs(query),
                substitutions=bound or None,
            )
        except SyntaxError as error:
            raise QueryError(f"The query is not SPARQL: {' '.join(error.msg.split())}.") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"The query failed: {error}.") from error

    def write(self, folder: Path) -> None:
        """Make `folder` hold exactly this store's content, at once or not at all.

        Raises
        ------
        StoreError
            If the folder holds something else than a store, or cannot be written.
        """
        with new_generation(folder) as new:
            on_disk = ox.Store(str(new))
            _copy(self._store, on_disk)
            on_disk.flush()


def watched(parts: Iterable[bytes], what: str, progress: Progress = silent, total: int | None = None) -> IO[bytes]:
    """Return parts of a text as a file: reading it tells how far the reader is, and can be interrupted."""
    return io.BufferedReader(_Parts(parts, what, progress, total), STEP)


class _Parts(io.RawIOBase):
    def __init__(self, parts: Iterable[bytes], what: str, progress: Progress, total: int | None) -> None:
        self._parts, self._what, self._progress, self._total = iter(parts), what, progress, total
        self._kept = memoryview(b"")
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._kept:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._kept = memoryview(part)
        target = memoryview(buffer).cast("B")
        count = min(len(target), len(self._kept))
        target[:count], self._kept = self._kept[:count], self._kept[count:]
        self._done += count
        self._progress(self._what, self._done, self._total)
        return count


def _without(old: Path, graphs: Collection[str], new: Path) -> ox.Store:
    """Return a store in `new` that holds what `old` does, but for some graphs."""
    source = ox.Store.read_only(str(old))
    going = sum(_count(source, graph) for graph in graphs)
    if going * REMOVAL_COST < len(source) - going:
        share(old, new)
        target = ox.Store(str(new))
        for graph in graphs:
            target.remove_graph(ox.NamedNode(graph))
        return target
    target = ox.Store(str(new))
    for name in source.named_graphs():
        if isinstance(name, ox.NamedNode) and name.value not in graphs:
            with tempfile.TemporaryFile() as file:
                source.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=name)
                file.seek(0)
                target.bulk_load(file, ox.RdfFormat.N_TRIPLES, to_graph=name)
    return target


def _count(store: ox.Store, graph: str) -> int:
    found = store.query(f"SELECT (COUNT(*) AS ?count) WHERE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}")
    assert isinstance(found, ox.QuerySolutions)
    return int(next(found)["count"].value)


def _copy(source: ox.Store, target: ox.Store) -> None:
    """Copy all quads; as bytes, which is several times faster than by way of Python."""
    with tempfile.TemporaryFile() as file:
        source.dump(file, ox.RdfFormat.N_QUADS)
        file.seek(0)
        target.bulk_load(file, ox.RdfFormat.N_QUADS)
