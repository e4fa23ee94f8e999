"""Where bytes come from: a file, or standard input. Sizes are limited and undecodable bytes are located here."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from ecosystem.errors import DataError, Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["BYTE_ORDER_MARK", "FILE_LIMIT", "PACKED", "Input"]

FILE_LIMIT: Final = 2 * 1024**3
PART: Final = 256 * 1024
PACKED: Final = ".gz"
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
# Those of UTF-16 too, whose signs have two bytes.
LINE_ENDS: Final = (b"\n", b"\r", b"\n\0", b"\r\0")
RATIO_LIMIT: Final = 250
RATIO_MATTERS: Final = 64 * 1024**2


@dataclass(frozen=True, slots=True)
class Input:
    """Something to read.

    Parameters
    ----------
    path
        The file as the user named it; `-` is standard input.
    suffix
        What says the format: `.csv`, `.ttl` …
    name
        The data set's name, where the user or the file's name gives it.
    content
        The bytes, where they cannot be read twice (standard input, pipes, archives); else None.
    part
        The sheet, or the file in an archive, that is read of it.
    allows_fetching
        Whether what it names by address, as a JSON-LD context, may be fetched.
    beside
        The files that lie beside it in its archive, by name; None if it lies on disk.
    """

    path: str
    suffix: str
    name: str
    content: bytes | None = field(default=None, repr=False)
    part: str = ""
    allows_fetching: bool = False
    beside: Mapping[str, Input] | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, path: str, suffix: str, name: str) -> Input:
        """Return the input at `path`; what is not a plain file is held in memory.

        Raises
        ------
        DataError
            If it cannot be read.
        """
        try:
            if path == "-":
                return cls(path, suffix, name, _all(sys.stdin.buffer, path))
            if Path(path).is_file():
                return cls(path, suffix, name)
            with Path(path).open("rb") as file:
                return cls(path, suffix, name, _all(file, path))
        except OSError as error:
            raise DataError(Problem(path, 0, f"cannot be read: {error.strerror or error}.")) from error

    def neighbour(self, file: str, suffix: str, name: str, part: str = "") -> Input | None:
        """Return the file of this name that lies beside the input, as an input; None if there is none."""
        if self.beside is not None:
            found = self.beside.get(file)
            place = f"{self.path}/{file}"
            return replace(found, path=place, suffix=suffix, name=name, part=part) if found else None
        path = Path(self.path).parent / file
        return Input(str(path), suffix, name, part=part) if self.path != "-" and path.is_file() else None

    @property
    def stem(self) -> str:
        """The file's name without folder and suffix."""
        return "" if self.path == "-" else Path(self.path.removesuffix(PACKED)).stem

    @property
    def kind(self) -> str:
        """What says the format, whether the file is packed or not: `.ttl` of a `.ttl.gz` too."""
        return self.suffix.removesuffix(PACKED)

    @property
    def place(self) -> str:
        """What to call it: the file, and which part of it."""
        return f"{self.path} ({self.part})" if self.part else self.path

    def problem(self, message: str, hint: str = "", line: int = 0) -> Problem:
        """Return a problem with this input."""
        return Problem(self.place, line, message, hint)

    def is_larger_than(self, size: int) -> bool:
        """Tell whether it has more than `size` bytes, as it is stored."""
        if self.content is not None:
            return len(self.content) > size
        return Path(self.path).stat().st_size > size

    def open(self, limit: int | None = FILE_LIMIT) -> io.BufferedReader:
        """Open the input for reading bytes from its start, behind a byte order mark.

        Raises
        ------
        DataError
            If it cannot be opened or is larger than `limit` bytes (None: no limit, for what is streamed).
        """
        try:
            if self.content is not None:
                file = cast("io.BufferedReader", io.BufferedReader(cast("io.RawIOBase", io.BytesIO(self.content))))
            else:
                file = Path(self.path).open("rb")  # noqa: SIM115
            if self.suffix.endswith(PACKED):
                return self._unpacked(file, limit)
            if limit is not None and file.seek(0, io.SEEK_END) > limit:
                file.close()
                raise DataError(self.problem(f"is larger than {_size(limit)}.", "Split it into several files."))
            file.seek(0)
            if file.read(len(BYTE_ORDER_MARK)) != BYTE_ORDER_MARK:
                file.seek(0)
        except OSError as error:
            raise DataError(self.problem(f"cannot be read: {error.strerror or error}.")) from error
        return file

    def _unpacked(self, file: io.BufferedReader, limit: int | None) -> io.BufferedReader:
        unpacked = cast("io.BufferedReader", io.BufferedReader(_Unpacked(self, file, limit or FILE_LIMIT), PART))
        if unpacked.peek(len(BYTE_ORDER_MARK)).startswith(BYTE_ORDER_MARK):
            unpacked.read(len(BYTE_ORDER_MARK))
        return unpacked

    def size(self) -> int:
        """Return how many bytes it holds, packed if it is."""
        return len(self.content) if self.content is not None else Path(self.path).stat().st_size

    def ends_in_line_break(self) -> bool:
        """Tell whether the last byte ends a line."""
        with self.open() as file:
            if not file.seekable():
                part = last = b""
                while part := file.read(PART):
                    last = part
                return last.endswith(LINE_ENDS)
            file.seek(-min(2, file.seek(0, io.SEEK_END)), io.SEEK_END)
            return file.read().endswith(LINE_ENDS)

    def undecodable(self) -> Problem | None:
        """Return where the first byte stands that is not UTF-8, or None."""
        with self.open(limit=None) as file:
            for line, content in enumerate(file, start=1):
                try:
                    content.decode("utf-8")
                except UnicodeDecodeError as error:
                    byte = content[error.start]
                    message = f"is not UTF-8: byte 0x{byte:02X} at position {error.start + 1} of this line."
                    hint = "Save the file as UTF-8 (in a spreadsheet: CSV UTF-8)."
                    return self.problem(message, hint, line)
        return None


class _Unpacked(io.RawIOBase):
    """What a gzip file holds, as far as the limit: a small file may unpack to one that fills the disk."""

    def __init__(self, source: Input, file: BinaryIO, limit: int) -> None:
        self._source, self._packed, self._limit = source, file, limit
        self._most = max(RATIO_MATTERS, RATIO_LIMIT * file.seek(0, io.SEEK_END))
        file.seek(0)
        self._file = gzip.GzipFile(fileobj=file)
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        try:
            count = self._file.readinto(buffer)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            message = "is cut short." if isinstance(error, EOFError) else "is not gzip, or damaged."
            raise DataError(self._source.problem(message, "Fetch it again.")) from error
        self._count += count
        if self._count > self._most:
            message = f"unpacks to more than {RATIO_LIMIT} times its size: nobody's data does that."
            raise DataError(self._source.problem(message, "Unpack it yourself, if you trust it."))
        if self._count > self._limit:
            message = f"unpacks to more than {_size(self._limit)}."
            raise DataError(self._source.problem(message, "Split it into several files."))
        return count

    def close(self) -> None:
        self._file.close()
        self._packed.close()
        super().close()


def _all(file: BinaryIO, path: str) -> bytes:
    content = file.read(FILE_LIMIT + 1)
    if len(content) > FILE_LIMIT:
        raise DataError(Problem(path, 0, f"is larger than {_size(FILE_LIMIT)}.", "Give a file instead."))
    return content


def _size(count: int) -> str:
    return f"{count // 1024**3} GB" if count >= 1024**3 else f"{count // 1024**2} MB"
