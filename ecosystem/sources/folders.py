"""A data set folder: `dataset.toml` and the tables beside it."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Final

from ecosystem.errors import DataError, Problem
from ecosystem.records import Dataset
from ecosystem.sources.descriptions import dataset_of
from ecosystem.sources.documents import toml_of
from ecosystem.sources.inputs import Input
from ecosystem.sources.reading import Problems, Reading, Vocabulary
from ecosystem.sources.tables import TABLES, Assembly

__all__ = ["is_dataset_folder", "read"]

DESCRIPTION: Final = "dataset.toml"
TABLE_SUFFIXES: Final = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"})


def is_dataset_folder(folder: Path) -> bool:
    """Tell whether `folder` has a data set's description or one of its tables."""
    return any((folder / name).is_file() for name in (DESCRIPTION, *(f"{table}.csv" for table in TABLES)))


def read(folder: Path, vocabulary: Vocabulary, *, name: str = "") -> Reading:
    """Read a data set folder; `name` takes the place of the one in its description.

    Raises
    ------
    DataError
        With every row of every table that is wrong.
    """
    problems, skipped = Problems(str(folder)), _strangers(folder)
    dataset = _described(folder, name, problems, skipped)
    assembly = Assembly(vocabulary, dataset.language, problems)
    assembly.skipped += skipped
    tables = [(layout, folder / f"{table}.csv") for table, layout in TABLES.items()]
    tables = [(layout, path) for layout, path in tables if path.is_file()]
    if not tables:
        hint = "Put actors.csv, initiatives.csv or relationships.csv beside it."
        problems.add(Problem(str(folder / DESCRIPTION), 0, "describes a data set that has no tables.", hint))
    for layout, path in tables:
        assembly.add(Input.of(str(path), ".csv", dataset.name), layout)
    return assembly.reading(dataset, str(folder))


def _strangers(folder: Path) -> list[Problem]:
    """Note tables that are none of a data set's: a misspelt name must not lose a table without a word."""
    found = []
    known = [f"{table}.csv" for table in TABLES]
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in TABLE_SUFFIXES and path.name not in known:
            nearest = difflib.get_close_matches(path.name.casefold(), known, n=1)
            hint = f"Did you mean {nearest[0]}?" if nearest else ""
            found.append(Problem(str(path), 0, "is none of a data set's tables and is passed over.", hint))
    return found


def _described(folder: Path, name: str, problems: Problems, skipped: list[Problem]) -> Dataset:
    path, said = folder / DESCRIPTION, {}
    try:
        if path.is_file():
            said = toml_of(Input.of(str(path), path.suffix, ""))
    except DataError as error:
        problems.add(*error.problems)
    return dataset_of(said, str(path), name, folder.resolve().name, problems, skipped)
