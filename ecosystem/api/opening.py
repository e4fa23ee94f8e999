"""Opening data: files, data set folders and store folders, together in one ecosystem."""

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
from ecosystem.store import LoadRow, Store, changes, is_store, load, prepare
from ecosystem.tables import Table

__all__ = ["BUNDLED", "LoadReport", "load_into", "load_ontology", "open", "suggest_plan"]

BUNDLED = "opsi"


def open(
    *data: str | Path, ontology: Sequence[str | Path] = (), language: str = "en", progress: Progress = silent
) -> Ecosystem:
    """Open any number of files, data set folders and store folders as one ecosystem.

    Parameters
    ----------
    data
        Paths; without any, the bundled OPSI data set. One store folder alone is asked where it lies; anything else
        is read into memory, and nothing is ever written.
    ontology
        Folders with Turtle to read beside the bundled ontology: more types, relations, gap rules.
    language
        Language of labels: en, fr, es.
    progress
        Called now and then with what is being done, how many bytes of it, and of how many.

    Raises
    ------
    DataError
        If something cannot be read; it names every wrong row.
    StoreError
        If a store folder cannot be read.
    """
    vocabulary = load_ontology(ontology)
    paths = [Path(item) for item in data] or [datasets_folder() / BUNDLED]
    names = tuple(str(item) for item in data)
    if len(paths) == 1 and is_store(paths[0]):
        kept = Store.open(paths[0])
        # Questions are answered with the ontology that lies in the store: another one needs a copy of the data.
        if set(kept.graph(terms.ONTOLOGY)) == set(vocabulary.triples):
            return Ecosystem(kept, vocabulary, language=language, data=names)
    store = Store.in_memory()
    for path in paths:
        if is_store(path):
            store.copy(Store.open(path))
    readings = [read(path, vocabulary) for path in paths if not is_store(path)]
    loads = prepare(readings, vocabulary, store, progress)
    load(store, loads, vocabulary, progress)
    skipped = tuple(problem for one in loads for problem in one.skipped)
    return Ecosystem(store, vocabulary, language=language, data=names, skipped=skipped)


def load_ontology(folders: Sequence[str | Path] = ()) -> Ontology:
    """Return the bundled ontology, with what `folders` add to it."""
    return Ontology.load(ontology_folder(), *(Path(folder) for folder in folders))


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
    folder: Path | None,
    *,
    ontology: Sequence[str | Path] = (),
    dry_run: bool = False,
    progress: Progress = silent,
) -> LoadReport:
    """Load data sets into a store folder, all of them or, if anything is wrong, none.

    Parameters
    ----------
    folder
        The store; made where it does not exist. None: nothing is written, and everything counts as new.
    dry_run
        Only report what would change.
    progress
        Called now and then, as by `open`.

    Raises
    ------
    DataError, StoreError
        If the data cannot be read, or the store cannot be read or written.
    """
    vocabulary = load_ontology(ontology)
    store = Store.in_memory()
    if folder is not None and is_store(folder):
        store.copy(Store.open(folder))
    loads = prepare([read(Path(item), vocabulary) for item in data], vocabulary, store, progress)
    report = LoadReport(changes(loads, store, vocabulary), tuple(problem for one in loads for problem in one.skipped))
    if folder is not None and not dry_run:
        load(store, loads, vocabulary, progress)
        store.write(folder)
    return report
