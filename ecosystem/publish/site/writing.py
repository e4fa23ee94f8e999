"""Writing a site: only what changed, nothing half done, and what an earlier run left behind is taken away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from ecosystem.errors import PublishError
from ecosystem.files import write_atomically
from ecosystem.progress import Progress, silent

__all__ = ["MANIFEST", "File", "Written", "write_site"]

MANIFEST: Final = "manifest.json"
MADE_BY: Final = "ecosystem-mapper site"
LARGEST_MANIFEST: Final = 2**27  # bytes


@dataclass(frozen=True, slots=True)
class File:
    """A file of a site: its path below the root, and how its bytes are made when their turn comes."""

    path: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did: the paths that it wrote, left as they were, and took away."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def write_site(folder: Path, files: Sequence[File], about: Mapping[str, Any], progress: Progress = silent) -> Written:
    """Write the files that differ from those in the folder, and a manifest with the hash of each.

    A run that is stopped leaves whole files only; the next one goes on from there.

    Parameters
    ----------
    about
        What the manifest says beside the hashes: versions and parameters.

    Raises
    ------
    PublishError
        If the folder holds other things than a site, or cannot be written.
    """
    old = _earlier(folder)
    names = [one.path for one in files]
    if len(set(names)) != len(names):
        raise ValueError("two files of a site have one path")
    begun = {"made by": MADE_BY, "complete": False, "files": dict.fromkeys(sorted({*names, *old}), "")}
    written: list[str] = []
    unchanged: list[str] = []
    hashes: dict[str, str] = {}
    for done, one in enumerate(files):
        content = one.make()
        hashes[one.path] = hashlib.sha256(content).hexdigest()
        target = folder / one.path
        if _holds(target, content):
            unchanged.append(one.path)
        else:
            if not written:
                _make(folder)
                write_atomically(folder / MANIFEST, _json(begun))
            _make(target.parent)
            write_atomically(target, content, lasting=False)
            written.append(one.path)
        progress("Writing pages", done + 1, len(files))
    removed = _remove(folder, sorted(old - set(names)))
    manifest = _json({"made by": MADE_BY, **about, "files": hashes})
    if not _holds(folder / MANIFEST, manifest):
        write_atomically(folder / MANIFEST, manifest)
    return Written(tuple(written), tuple(unchanged), removed)


def _earlier(folder: Path) -> set[str]:
    """Return the paths that an earlier run wrote; none in a new or empty folder."""
    manifest = folder / MANIFEST
    try:
        if not folder.exists() or not any(folder.iterdir()):
            return set()
        if manifest.stat().st_size > LARGEST_MANIFEST:
            raise ValueError
        said = json.loads(manifest.read_bytes())
        if said["made by"] != MADE_BY:
            raise ValueError
        return {path for path in said["files"] if isinstance(path, str) and _is_inside(path)}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise PublishError(
            f"{folder}: holds something else than a site that this command made.",
            hint="Name a new or empty folder with -o.",
        ) from error


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path and "\0" not in path


def _remove(folder: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Take away files of an earlier run, and the folders that this leaves empty."""
    root, removed = folder.resolve(), []
    for path in paths:
        target = folder / path
        if path == MANIFEST or not target.parent.resolve().is_relative_to(root) or not target.is_file():
            continue
        try:
            target.unlink()
            removed.append(path)
            parent = target.parent
            while parent != folder and not any(parent.iterdir()):
                parent.rmdir()
                parent = parent.parent
        except OSError as error:
            raise PublishError(f"{target}: cannot be removed: {error.strerror or error}.") from error
    return tuple(removed)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PublishError(f"{folder}: cannot be made: {error.strerror}.", hint="Name another folder.") from error


def _json(said: Mapping[str, Any]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", errors="replace")
