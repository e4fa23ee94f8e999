"""A data set folder: `dataset.toml` and the tables beside it."""

from __future__ import annotations

import datetime
import difflib
import re
import tomllib
from pathlib import Path
from typing import Final

from ecosystem.errors import Problem
from ecosystem.records import Dataset
from ecosystem.sources import values
from ecosystem.sources.inputs import Input
from ecosystem.sources.reading import Problems, Reading, Vocabulary
from ecosystem.sources.tables import TABLES, Assembly
from ecosystem.sources.values import ValueFault, quoted

__all__ = ["is_dataset_folder", "read"]

DESCRIPTION: Final = "dataset.toml"
DESCRIPTION_LIMIT: Final = 1024**2
KEYS: Final = ("name", "title", "description", "licence", "publisher", "date", "language")
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
    dataset = _description(folder, name, problems, skipped)
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


def _description(folder: Path, name: str, problems: Problems, skipped: list[Problem]) -> Dataset:
    path = folder / DESCRIPTION
    own_name = folder.resolve().name
    said: dict[str, str] = {}
    for key, value in (_toml(path, problems) if path.is_file() else {}).items():
        if key not in KEYS:
            nearest = difflib.get_close_matches(key, KEYS, n=1)
            hint = f"Did you mean {nearest[0]}?" if nearest else ""
            skipped.append(Problem(str(path), 0, f"key {quoted(key)} is passed over.", hint))
        elif isinstance(value, str | datetime.date):
            said[key] = str(value).strip()
        else:
            problems.add(Problem(str(path), 0, f"{key} is not text.", f'Write {key} = "…".'))
    for key, meaning in (("date", values.date), ("language", values.language_tag), ("name", _name)):
        try:
            if said.get(key):
                said[key] = meaning(said[key])
        except ValueFault as fault:
            problems.add(Problem(str(path), 0, f"{key} {fault.message}", fault.hint))
    stated = {key: value for key, value in said.items() if value}
    stated["name"] = name or stated.get("name") or values.slug(own_name)
    return Dataset(**{"title": own_name, **stated})


def _name(text: str) -> str:
    if not values.is_slug(text):
        message = f"{quoted(text)} is not a data set's name: those are lower-case letters, digits, dots and hyphens."
        raise ValueFault(message, f'Write "{values.slug(text)}".')
    return text


def _toml(path: Path, problems: Problems) -> dict[str, object]:
    source = Input.of(str(path), path.suffix, "")
    try:
        with source.open(DESCRIPTION_LIMIT) as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column \d+\)|\(at end of document\)", str(error))
        line = int(place[1]) if place and place[1] else 0
        words = values.one_line(str(error).partition(" (at ")[0])
        problems.add(source.problem(f"is not TOML: {words[:1].lower()}{words[1:]}.", "Mend this line.", line))
    except RecursionError:
        problems.add(source.problem("nests too deep."))
    except UnicodeDecodeError:
        problems.add(source.undecodable() or source.problem("is not UTF-8."))
    return {}
