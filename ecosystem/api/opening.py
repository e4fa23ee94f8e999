"""Opening data: files, data set folders, store folders and SPARQL endpoints, together in one ecosystem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ecosystem import sources, terms
from ecosystem.api.ecosystem import Ecosystem
from ecosystem.errors import Problem
from ecosystem.ontology import Ontology
from ecosystem.progress import Progress, silent
from ecosystem.resources import datasets_folder, ontology_folder
from ecosystem.sources import read
from ecosystem.store import EmbeddedStore, LoadRow, Store, changes, holds_ontology, is_endpoint, is_store, load
from ecosystem.store.remote import RemoteStore
from ecosystem.store.web import Endpoint
from ecosystem.tables import Table
from ecosystem.wording import counted

__all__ = ["BUNDLED", "LoadReport", "load_into", "load_ontology", "open", "shown", "suggest_plan"]

BUNDLED = "opsi"


def open(
    *data: str | Path,
    ontology: str | Path | Sequence[str | Path] = (),
    language: str = "en",
    progress: Progress = silent,
) -> Ecosystem:
    """Open any number of files, data set folders and store folders as one ecosystem.

    Parameters
    ----------
    data
        Paths, and addresses of SPARQL endpoints; without any, the bundled OPSI data set. One store alone is asked
        where it lies; anything else is read into memory, and nothing is ever written.
    ontology
        A folder with Turtle, or several, to read beside the bundled ontology: more types, relations, gap rules.
    language
        Language of labels: en, fr, es.
    progress
        Called now and then with what is being done, how many bytes of it, and of how many.

    Raises
    ------
    DataError
        If something cannot be read; it names every wrong row.
    StoreError
        If a store cannot be reached or read.
    """
    vocabulary = load_ontology(ontology)
    items: Sequence[str | Path] = data or [datasets_folder() / BUNDLED]
    names = tuple(shown(item) for item in data)
    kept = [store for store in map(_store_at, items) if store is not None]
    if len(items) == 1 and kept:
        same = holds_ontology(kept[0], vocabulary)
        if isinstance(kept[0], RemoteStore) and not kept[0].endpoint.copy:
            return Ecosystem(kept[0], vocabulary, language=language, data=names, skipped=() if same else _other(names))
        # Questions are answered with the ontology that lies in the store: another one needs a copy of the data.
        if same and isinstance(kept[0], EmbeddedStore):
            return Ecosystem(kept[0], vocabulary, language=language, data=names)
    store = EmbeddedStore.in_memory()
    for one in kept:
        store.copy(one)
    readings = [read(Path(item), vocabulary) for item in items if not _is_kept(item)]
    skipped = load(store, readings, vocabulary, progress)
    return Ecosystem(store, vocabulary, language=language, data=names, skipped=skipped)


def _is_kept(item: str | Path) -> bool:
    return is_endpoint(item) or is_store(Path(item))


def _store_at(item: str | Path) -> Store | None:
    if is_endpoint(item):
        return RemoteStore.open(str(item))
    return EmbeddedStore.open(Path(item)) if is_store(Path(item)) else None


def shown(item: str | Path) -> str:
    """Return data as they are named in what is published: of an endpoint, without what may be secret."""
    return Endpoint.of(str(item)).shown if is_endpoint(item) else str(item)


def _other(names: tuple[str, ...]) -> tuple[Problem, ...]:
    hint = "Only `query` can be relied on; load data with `ecosystem load DATA -s URL` for the rest."
    return tuple(Problem(name, 0, "this store holds no ontology, or another one than this.", hint) for name in names)


def load_ontology(folders: str | Path | Sequence[str | Path] = ()) -> Ontology:
    """Return the bundled ontology, with what a folder, or several, add to it."""
    more = (folders,) if isinstance(folders, str | Path) else folders
    return Ontology.load(ontology_folder(), *map(Path, more))


def suggest_plan(path: str | Path, *, sheet: str = "", rows: str = "", ontology: Sequence[str | Path] = ()) -> str:
    """Return the skeleton of a plan, in TOML, for a table, workbook or document of columns that are not ours.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    return sources.suggest_plan(path, load_ontology(ontology), sheet=sheet, rows=rows)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load changes in a store, and what the readers passed over."""

    changes: Table[LoadRow]
    skipped: tuple[Problem, ...]


def load_into(
    data: Sequence[str | Path],
    target: str | Path | None,
    *,
    ontology: Sequence[str | Path] = (),
    dry_run: bool = False,
    allow_remote_context: bool = False,
    progress: Progress = silent,
) -> LoadReport:
    """Load data sets into a store, all of them or, if anything is wrong, none.

    Parameters
    ----------
    target
        A store folder, made where it does not exist, or the address of a SPARQL endpoint. None: nothing is written,
        and everything counts as new.
    dry_run
        Only report what would change.
    allow_remote_context
        Whether JSON-LD contexts of which no copy lies beside the data may be fetched from the web.
    progress
        Called now and then, as by `open`.

    Raises
    ------
    DataError, StoreError
        If the data cannot be read, or the store cannot be reached, read or written.
    """
    vocabulary = load_ontology(ontology)
    readings = [read(Path(item), vocabulary, allow_remote_context=allow_remote_context) for item in data]
    datasets = [reading.dataset for reading in readings]
    graphs = [dataset.iri for dataset in datasets]
    old = _store_at(target) if target is not None else None
    if target is not None and not dry_run and not isinstance(old, RemoteStore):
        with EmbeddedStore.replacing(Path(target), graphs) as new:
            skipped = load(new, readings, vocabulary, progress)
            return LoadReport(changes(datasets, new, old, vocabulary), skipped)
    staged = EmbeddedStore.in_memory()
    skipped = load(staged, readings, vocabulary, progress, beside=old)
    report = changes(datasets, staged, old, vocabulary)
    if isinstance(old, RemoteStore) and not dry_run:
        graphs += [] if holds_ontology(old, vocabulary) else [terms.ONTOLOGY]
        counts = old.replace(staged, graphs, progress)
        sent = {graph: staged.count(graph) for graph in graphs}
        skipped += tuple(
            _lost(old, graph, sent[graph] - counts[graph]) for graph in graphs if counts[graph] < sent[graph]
        )
    return LoadReport(report, skipped)


def _lost(store: RemoteStore, graph: str, count: int) -> Problem:
    message = f"{counted(count, 'statement')} of {graph} are not there: the server takes some values for equal."
    return Problem(store.endpoint.shown, 0, message)
