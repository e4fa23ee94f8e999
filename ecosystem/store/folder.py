"""Store folders: content lies in a generation, and a pointer names the one that counts.

A load writes a whole new generation and then turns the pointer, in one rename: a load that fails or is killed leaves
the old content as it was, and whoever reads meanwhile goes on reading what they opened. Nobody ever writes to a
generation that counts, so a new one may share its files.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ecosystem.errors import StoreError
from ecosystem.files import write_atomically

__all__ = ["generation_of", "is_store", "new_generation", "share"]

POINTER: Final = "ecosystem-store"
LOCK: Final = "loading"
GENERATION: Final = re.compile(r"generation-\d{6}")
# The engine's tables, which it never changes once they are written; and what belongs to one generation alone.
TABLES: Final = ".sst"
OWN_FILES: Final = frozenset({"LOCK", "LOG"})


def is_store(folder: Path) -> bool:
    """Tell whether `folder` holds a store of ours."""
    return (folder / POINTER).is_file()


def generation_of(folder: Path) -> Path:
    """Return where the content of a store lies.

    Raises
    ------
    StoreError
        If the folder is no store, or its content is missing.
    """
    try:
        name = (folder / POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{folder}: this is not a store: {error}.") from error
    if not GENERATION.fullmatch(name) or not (folder / name).is_dir():
        raise StoreError(f"{folder}: this store is damaged: its content is missing.", hint="Load the data again.")
    return folder / name


@contextmanager
def new_generation(folder: Path) -> Iterator[Path]:
    """Give the path of a generation to write; when that is done, it counts, and all others are removed.

    Raises
    ------
    StoreError
        If the folder holds something else than a store, another load is writing it, or it cannot be written.
    """
    if folder.exists() and not is_store(folder) and not _is_free(folder):
        raise StoreError(f"{folder}: this is not a store.", hint="Name a new or empty folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            counted = generation_of(folder).name if is_store(folder) else "generation-000000"
            _remove_others(folder, counted)  # left by loads that died
            new = folder / f"generation-{int(counted[-6:]) + 1:06d}"
            try:
                yield new
                write_atomically(folder / POINTER, new.name + "\n")
            except BaseException:
                shutil.rmtree(new, ignore_errors=True)
                raise
            _remove_others(folder, new.name)
    except OSError as error:
        raise StoreError(f"{folder}: the store cannot be written: {error}.") from error


def share(generation: Path, new: Path) -> None:
    """Make `new` a copy of a generation that shares its tables, where the file system can."""
    new.mkdir()
    for file in sorted(generation.iterdir()):
        if file.name in OWN_FILES:
            continue
        if file.suffix == TABLES:
            try:
                os.link(file, new / file.name)
                continue
            except OSError:  # a file system without hard links
                pass
        shutil.copyfile(file, new / file.name)


def _is_free(folder: Path) -> bool:
    """Tell whether a folder holds nothing, or only what a first load that died has left."""
    return folder.is_dir() and all(
        path.name == LOCK or path.name.startswith(f".{POINTER}.") or GENERATION.fullmatch(path.name)
        for path in folder.iterdir()
    )


def _remove_others(folder: Path, counted: str) -> None:
    for path in folder.iterdir():
        if GENERATION.fullmatch(path.name) and path.name != counted:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f".{POINTER}."):
            path.unlink(missing_ok=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system gives it up when the process ends, however it ends."""
    with (folder / LOCK).open("ab") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            hint = "Wait until it is done, then load again."
            raise StoreError(f"{folder}: another load is writing this store.", hint=hint) from error
        yield


def _lock(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
