"""A data set folder: `dataset.toml` and the tables beside it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from ecosystem.errors import DataError, Problem
from ecosystem.records import Dataset
from ecosystem.sources.descriptions import dataset_of
from ecosystem.sources.documents import toml_of
from ecosystem.sources.inputs import Input
from ecosystem.sources.reading import Problems, Reading, Vocabulary
from ecosystem.sources.tables import TABLES, Assembly

__all__ = ["is_dataset", "read", "read_files"]

DESCRIPTION: Final = "dataset.toml"
TABLE_SUFFIXES: Final = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"})


def is_dataset(names: Iterable[str]) -> bool:
    """Tell whether files of these names are a data set: its description, or one of its tables."""
    return not {DESCRIPTION, *(f"{table}.csv" for table in TABLES)}.isdisjoint(names)


def read(folder: Path, vocabulary: Vocabulary, *, name: str = "") -> Reading:
    """Read a data set folder; `name` takes the place of the one in its description.

    Raises
    ------
    DataError
        With every row of every table that is wrong.
    """
    paths = [path for path in sorted(folder.iterdir()) if path.is_file()]
    files = {path.name: Input.of(str(path), path.suffix.casefold(), "") for path in paths}
    return read_files(files, vocabulary, str(folder), folder.resolve().name, name=name)


def read_files(
    files: Mapping[str, Input], vocabulary: Vocabulary, shown: str, own_name: str, *, name: str = ""
) -> Reading:
    """Read a data set from its files, by their names; `shown` is what to call the place where they are.

    Raises
    ------
    DataError
        With every row of every table that is wrong.
    """
    problems = Problems(shown)
    skipped = [_stranger(file, one) for file, one in files.items() if _is_stranger(file)]
    dataset = _described(files.get(DESCRIPTION), shown, own_name, name, problems, skipped)
    assembly = Assembly(vocabulary, dataset.language, problems)
    assembly.skipped += skipped
    tables = [(layout, files[f"{table}.csv"]) for table, layout in TABLES.items() if f"{table}.csv" in files]
    if not tables:
        hint = "Put actors.csv, initiatives.csv or relationships.csv beside it."
        place = files[DESCRIPTION].place if DESCRIPTION in files else shown
        problems.add(Problem(place, 0, "describes a data set that has no tables.", hint))
    for layout, table in tables:
        assembly.add(replace(table, name=dataset.name), layout)
    return assembly.reading(dataset, shown)


def _is_stranger(file: str) -> bool:
    return Path(file).suffix.casefold() in TABLE_SUFFIXES and file.removesuffix(".csv") not in TABLES


def _stranger(file: str, source: Input) -> Problem:
    """Note a table that is none of a data set's: a misspelt name must not lose a table without a word."""
    nearest = difflib.get_close_matches(file.casefold(), [f"{table}.csv" for table in TABLES], n=1)
    hint = f"Did you mean {nearest[0]}?" if nearest else ""
    return source.problem("is none of a data set's tables and is passed over.", hint)


def _described(
    source: Input | None, shown: str, own_name: str, name: str, problems: Problems, skipped: list[Problem]
) -> Dataset:
    said: dict[str, object] = {}
    try:
        if source is not None:
            said = toml_of(source)
    except DataError as error:
        problems.add(*error.problems)
    return dataset_of(said, source.place if source else shown, name, own_name, problems, skipped)
