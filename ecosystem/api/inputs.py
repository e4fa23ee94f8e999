"""What a publication was made of: the files that were read, each with its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ecosystem.api.opening import BUNDLED
from ecosystem.resources import datasets_folder
from ecosystem.store import is_store

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["inputs"]


def inputs(eco: Ecosystem, but: Path | None = None) -> dict[str, str]:
    """Return the SHA-256 of each file that an ecosystem was read from, by its name as the user would write it.

    A store and an endpoint are no files that somebody else could have: they are left out, and so is what lies in the
    folder `but`.

    >>> import ecosystem
    >>> sorted(inputs(ecosystem.open()))[:2]
    ['opsi/actors.csv', 'opsi/dataset.toml']
    """
    places = [(name, Path(name)) for name in eco.data] or [(BUNDLED, datasets_folder() / BUNDLED)]
    found = {}
    for name, place in places:
        for path in _files(place):
            if but is not None and path.resolve().is_relative_to(but.resolve()):
                continue
            called = name if path == place else f"{name.rstrip('/')}/{path.relative_to(place).as_posix()}"
            with path.open("rb") as file:
                found[called] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    elif place.is_dir() and not is_store(place):
        yield from sorted(path for path in place.rglob("*") if path.is_file() and not path.name.startswith("."))
