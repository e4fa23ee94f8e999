"""Lines of a table of separated values, whatever wrote it: encoding, separator, titles above the header."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ecosystem.errors import DataError, Problem
from ecosystem.sources.inputs import Input
from ecosystem.sources.values import quoted
from ecosystem.wording import counted

__all__ = ["Lines", "Opening", "opening"]

LINE_LIMIT: Final = 16_000_000
SEPARATORS: Final = ",;\t|"
# A first line by which some spreadsheets tell each other the separator.
DECLARATION: Final = re.compile(r"sep=([,;\t|])\s*", re.IGNORECASE)
BETWEEN_QUOTES: Final = re.compile(r'"[^"]*"')
UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
ESCAPED: Final = re.compile("[\udc80-\udcff]+")
TITLE_LIMIT: Final = 20


@dataclass(slots=True)
class Lines:
    """The lines of a text, to be gone through once.

    Text is UTF-8, or UTF-16 behind its mark. Single bytes that UTF-8 cannot be are what Windows-1252 (and Latin-1)
    writes for a letter with an accent: they are read as that, and `notes` says so at the end.
    """

    source: Input
    notes: list[Problem] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        """Yield each line with its end.

        Raises
        ------
        DataError
            At a NUL byte, at bytes that are no text, and at a line too long for a table.
        """
        repaired = first = number = 0
        with self.source.open() as file:
            encoding = "utf-16" if file.peek(2)[:2] in UTF_16_MARKS else "utf-8"
            with io.TextIOWrapper(file, encoding, errors="surrogateescape", newline="") as text:
                try:
                    while line := text.readline(LINE_LIMIT + 1):
                        number += 1
                        if "\0" in line or len(line) > LINE_LIMIT:
                            raise DataError(self._unfit(line, number))
                        if not line.isascii() and ESCAPED.search(line):
                            line = self._repaired(line, number)
                            first, repaired = first or number, repaired + 1
                        yield line
                except UnicodeDecodeError as error:
                    hint = "Save it as UTF-8."
                    raise DataError(self.source.problem("is damaged UTF-16.", hint, number + 1)) from error
        if repaired:
            message = f"is not UTF-8: {counted(repaired, 'line')} from here on are read as Windows-1252."
            self.notes.append(self.source.problem(message, "Look at a name with an accent.", first))

    def _unfit(self, line: str, number: int) -> Problem:
        if "\0" in line:
            return self.source.problem("holds a NUL byte.", "The file is damaged, or UTF-16: save it as UTF-8.", number)
        return self.source.problem("this line is too long for a table.", "Is this a CSV file?", number)

    def _repaired(self, line: str, number: int) -> str:
        try:
            return ESCAPED.sub(lambda part: part[0].encode("ascii", "surrogateescape").decode("cp1252"), line)
        except UnicodeDecodeError as error:
            message = f"byte 0x{error.object[error.start]:02X} is neither UTF-8 nor Windows-1252."
            raise DataError(self.source.problem(message, "Save the file as UTF-8.", number)) from error


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the table begins in a text: its lines from the header on, how many came before, and what separates."""

    lines: Iterator[str]
    passed: int
    separator: str


def opening(lines: Lines, header: int | None = None) -> Opening:
    """Find the header of a table.

    Parameters
    ----------
    header
        The line that names the columns, if the user says so (0: none does). Else it is the first; where that is a
        title, a line without any separator, the first below that has one.

    Raises
    ------
    DataError
        If there is no line that could be it.
    """
    rest = iter(lines)
    passed, declared = 0, ""
    for line in rest:
        if found := DECLARATION.fullmatch(line):
            declared = found[1]
        elif line.strip(SEPARATORS + "\r\n ") and passed + 1 >= (header or 0):
            break
        passed += 1
    else:
        words = "has no such line" if header and passed else "is empty"
        raise DataError(lines.source.problem(f"{words}.", "The first row must name the columns.", header or 0))
    if header is not None:
        return Opening(itertools.chain((line,), rest), passed, declared or _separator(line))
    first = [line, *itertools.islice(rest, TITLE_LIMIT)] if _is_title(line) else [line]
    titles = next((place for place, one in enumerate(first) if not _is_title(one)), 0)
    if titles:
        message = f"{counted(titles, 'line')} above the header are passed over: {quoted(line)}."
        lines.notes.append(lines.source.problem(message, line=passed + 1))
    separator = declared or _separator(first[titles])
    return Opening(itertools.chain(first[titles:], rest), passed + titles, separator)


def _is_title(line: str) -> bool:
    """Tell whether a line has one cell at most; one on which a quotation mark is left open may be a header."""
    bare = BETWEEN_QUOTES.sub("x", line).strip(SEPARATORS + "\r\n ")
    return '"' not in bare and not any(separator in bare for separator in SEPARATORS)


def _separator(header: str) -> str:
    return max(SEPARATORS, key=BETWEEN_QUOTES.sub("", header).count)
