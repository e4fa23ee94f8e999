"""What a data set says of itself in TOML: name, title, licence and the like."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Mapping
from typing import Final

from ecosystem import terms
from ecosystem.errors import Problem
from ecosystem.records import Dataset, Origin, Source, Text
from ecosystem.sources import values
from ecosystem.sources.reading import Problems
from ecosystem.sources.values import ValueFault, quoted

__all__ = ["dataset_of", "itself_as_source", "nearest_key"]

KEYS: Final = ("name", "title", "description", "licence", "publisher", "date", "language")


def dataset_of(
    given: Mapping[str, object], path: str, name: str, own_name: str, problems: Problems, skipped: list[Problem]
) -> Dataset:
    """Return the description of a data set; what is wrong with it goes to `problems`, strange keys to `skipped`.

    Parameters
    ----------
    path
        The file that says so.
    name
        The data set's name, in the place of the one given.
    own_name
        What the file or folder is called: the name and title of a data set that states none.
    """
    said: dict[str, str] = {}
    for key, value in given.items():
        if key not in KEYS:
            skipped.append(Problem(path, 0, f"key {quoted(key)} is passed over.", nearest_key(key, KEYS)))
        elif isinstance(value, str | datetime.date):
            said[key] = str(value).strip()
        else:
            problems.add(Problem(path, 0, f"{key} is not text.", f'Write {key} = "…".'))
    for key, meaning in (("date", values.date), ("language", values.language_tag), ("name", _name)):
        try:
            if said.get(key):
                said[key] = meaning(said[key])
        except ValueFault as fault:
            problems.add(Problem(path, 0, f"{key} {fault.message}", fault.hint))
    stated = {key: value for key, value in said.items() if value}
    stated["name"] = name or stated.get("name") or values.slug(own_name)
    return Dataset(**{"title": own_name, **stated})


def itself_as_source(dataset: Dataset, path: str) -> Source:
    """Return a data set as the source of what it lists, for lists that name no other."""
    return Source(
        f"{terms.ID}source-{dataset.name}",
        (Text(dataset.title, dataset.language),),
        publisher=dataset.publisher,
        date=dataset.date,
        licence=dataset.licence,
        origin=Origin(path),
    )


def nearest_key(key: str, known: tuple[str, ...]) -> str:
    """Return a question after the key that was meant, if one is near."""
    nearest = difflib.get_close_matches(key.casefold(), known, n=1)
    return f"Did you mean {nearest[0]}?" if nearest else ""


def _name(text: str) -> str:
    if not values.is_slug(text):
        message = f"{quoted(text)} is not a data set's name: those are lower-case letters, digits, dots and hyphens."
        raise ValueFault(message, f'Write "{values.slug(text)}".')
    return text
