"""Where bytes come from: a file, or standard input. Sizes are limited and undecodable bytes are located here."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from ecosystem.errors import DataError, Problem

__all__ = ["BYTE_ORDER_MARK", "FILE_LIMIT", "Input"]

FILE_LIMIT: Final = 2 * 1024**3
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


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
        The bytes, where they cannot be read twice (standard input, pipes); else None.
    """

    path: str
    suffix: str
    name: str
    content: bytes | None = None

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

    @property
    def stem(self) -> str:
        """The file's name without folder and suffix."""
        return Path(self.path).stem if self.path != "-" else ""

    def problem(self, message: str, hint: str = "", line: int = 0) -> Problem:
        """Return a problem with this input."""
        return Problem(self.path, line, message, hint)

    def open(self, limit: int | None = FILE_LIMIT) -> io.BytesIO | io.BufferedReader:
        """Open the input for reading bytes from its start, behind a byte order mark.

        Raises
        ------
        DataError
            If it cannot be opened or is larger than `limit` bytes (None: no limit, for what is streamed).
        """
        try:
            file = io.BytesIO(self.content) if self.content is not None else Path(self.path).open("rb")  # noqa: SIM115
            if limit is not None and file.seek(0, io.SEEK_END) > limit:
                file.close()
                raise DataError(self.problem(f"is larger than {_size(limit)}.", "Split it into several files."))
            file.seek(0)
            if file.read(len(BYTE_ORDER_MARK)) != BYTE_ORDER_MARK:
                file.seek(0)
        except OSError as error:
            raise DataError(self.problem(f"cannot be read: {error.strerror or error}.")) from error
        return file

    def ends_in_line_break(self) -> bool:
        """Tell whether the last byte ends a line."""
        with self.open() as file:
            if file.seek(0, io.SEEK_END):
                file.seek(-1, io.SEEK_END)
            return file.read() in (b"\n", b"\r")

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


def _all(file: BinaryIO, path: str) -> bytes:
    content = file.read(FILE_LIMIT + 1)
    if len(content) > FILE_LIMIT:
        raise DataError(Problem(path, 0, f"is larger than {_size(FILE_LIMIT)}.", "Give a file instead."))
    return content


def _size(count: int) -> str:
    return f"{count // 1024**3} GB" if count >= 1024**3 else f"{count // 1024**2} MB"
