"""Files packed together (ZIP, tar): taken out into memory, within limits; nothing is ever written to disk."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, Final

from ecosystem.errors import DataError
from ecosystem.sources.inputs import PACKED, RATIO_LIMIT, RATIO_MATTERS, Input
from ecosystem.sources.values import quoted

__all__ = ["SUFFIXES", "members_of"]

SUFFIXES: Final = (".zip", ".tar", ".tar.gz", ".tgz")
WITHIN: Final = (*SUFFIXES, PACKED, ".bz2", ".xz", ".7z", ".rar", ".zst")
PACKED_LIMIT: Final = 512 * 1024**2
UNPACKED_LIMIT: Final = 512 * 1024**2
COUNT_LIMIT: Final = 1000
PART: Final = 1024**2


def members_of(source: Input) -> dict[str, Input]:
    """Return the files in an archive by their path in it, without hidden ones and those that systems add.

    Raises
    ------
    DataError
        If it is no archive, is damaged or locked, holds too many or too large files, other archives, or a file
        that would lie outside of it.
    """
    found: dict[str, Input] = {}
    left = UNPACKED_LIMIT
    try:
        for name, file in _entries(source):
            path = _safe(name, source)
            if any(part.startswith((".", "__MACOSX")) for part in path.parts):
                continue
            if path.name.casefold().endswith(WITHIN):
                message = f"holds {quoted(name)}, which is packed itself."
                raise DataError(source.problem(message, "Unpack it, and give the files in it."))
            if len(found) >= COUNT_LIMIT:
                raise DataError(source.problem(f"holds more than {COUNT_LIMIT:,} files.", "Unpack it yourself."))
            content = _within(file, left, source)
            left -= len(content)
            suffix = path.suffix.casefold()
            found[str(path)] = replace(source, suffix=suffix, content=content, part=str(path))
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, zlib.error, OSError, NotImplementedError) as error:
        raise DataError(source.problem("is no archive, or damaged.", "Fetch it again.")) from error
    except RuntimeError as error:  # so zipfile says that a password is needed
        raise DataError(source.problem("is locked with a password.", "Unpack it yourself.")) from error
    return found


def _entries(source: Input) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield each file of an archive, open; links and devices are none."""
    if source.suffix != ".zip":
        packed_tar = replace(source, suffix=".tar.gz") if source.suffix == ".tgz" else source
        with packed_tar.open(2 * UNPACKED_LIMIT) as file, tarfile.open(fileobj=file, mode="r|") as tar:
            for member in tar:
                if member.isfile() and (content := tar.extractfile(member)) is not None:
                    yield member.name, content
        return
    with source.open(PACKED_LIMIT) as file:
        packed = file.read()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        whole = sum(entry.file_size for entry in archive.infolist())
        if whole > max(RATIO_MATTERS, RATIO_LIMIT * len(packed)):
            message = f"unpacks to more than {RATIO_LIMIT} times its size: nobody's data does that."
            raise DataError(source.problem(message, "Unpack it yourself, if you trust it."))
        for entry in archive.infolist():
            if not entry.is_dir():
                with archive.open(entry) as content:
                    yield entry.filename, content


def _safe(name: str, source: Input) -> PurePosixPath:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or not path.name:
        message = f"holds {quoted(name)}, which would lie outside of it."
        raise DataError(source.problem(message, "Do not trust this archive."))
    return path


def _within(file: IO[bytes], left: int, source: Input) -> bytes:
    content = io.BytesIO()
    while part := file.read(PART):
        if content.tell() + len(part) > left:
            message = f"unpacks to more than {UNPACKED_LIMIT // 1024**2} MB."
            raise DataError(source.problem(message, "Unpack it yourself, and give the files in it."))
        content.write(part)
    return content.getvalue()
