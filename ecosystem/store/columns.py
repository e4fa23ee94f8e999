"""Answers as columns: what a SELECT finds, without a Python object a cell.

An answer is read as tab-separated values while the store writes it, block by block; so it could come from any
SPARQL endpoint. A column is numbers into the table of its distinct texts (4 bytes a row), or, where hardly any text
occurs twice, one block of bytes (16 bytes a row beside the text itself).
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

__all__ = ["Column", "Lazy", "TabSeparated", "Texts", "plain_bytes"]

Value = TypeVar("Value", covariant=True)
Codes = NDArray[np.int32]
BLOCK: Final = 4 * 1024**2
SHOWN: Final = 20
ESCAPES: Final = {b"t": b"\t", b"n": b"\n", b"r": b"\r", b'"': b'"', b"\\": b"\\"}
ESCAPE: Final = re.compile(rb"\\(.)", re.DOTALL)


class Lazy(Sequence[Value]):
    """A sequence whose values are made when asked for; equal to any sequence of equal values."""

    __slots__ = ()

    @abstractmethod
    def at(self, position: int) -> Value:
        """Return the value at a position that is known to exist."""

    @overload
    def __getitem__(self, position: int) -> Value: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[Value, ...]: ...
    def __getitem__(self, position: int | slice) -> Value | tuple[Value, ...]:
        if isinstance(position, slice):
            return tuple(self.at(one) for one in range(*position.indices(len(self))))
        count = len(self)
        if not -count <= position < count:
            raise IndexError(position)
        return self.at(position if position >= 0 else position + count)

    def __iter__(self) -> Iterator[Value]:
        return (self.at(position) for position in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str | bytes):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = ", ".join(map(repr, self[:SHOWN]))
        return f"({shown}, … {len(self):,} in all)" if len(self) > SHOWN else f"({shown})"


class Texts(Lazy[str]):
    """Texts in one block of bytes, from `starts` to `ends`.

    >>> texts = Texts.of(["CAF", "OCDE", "Ministère"])
    >>> texts[2], len(texts), "CAF" in texts, texts == ("CAF", "OCDE", "Ministère")
    ('Ministère', 3, True, True)
    """

    __slots__ = ("_content", "_ends", "_starts")

    def __init__(self, content: bytes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        self._content, self._starts, self._ends = content, starts, ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Make it of texts."""
        return cls.joined([text.encode("utf-8") for text in texts])

    @classmethod
    def joined(cls, parts: Sequence[bytes], bracket: int = 0) -> Texts:
        """Make it of UTF-8; `bracket` bytes at both ends of each part are not part of the text."""
        ends = np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)))
        starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]])[: len(ends)]
        return cls(b"".join(parts), starts + bracket, ends - bracket)

    def __len__(self) -> int:
        return len(self._ends)

    def at(self, position: int) -> str:
        """Decode one text."""
        return self._content[self._starts[position] : self._ends[position]].decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        content = self._content
        for start, end in zip(self._starts.tolist(), self._ends.tolist(), strict=True):
            yield content[start:end].decode("utf-8")

    def take(self, positions: NDArray[np.integer]) -> Texts:
        """Return the texts at `positions`; they share the block."""
        return Texts(self._content, self._starts[positions], self._ends[positions])

    @classmethod
    def together(cls, parts: Sequence[Texts]) -> Texts:
        """Return the texts of several blocks as one."""
        offsets = np.cumsum([0, *(len(part._content) for part in parts)])
        moved = list(zip(parts, offsets[:-1], strict=True))
        return cls(
            b"".join(part._content for part in parts),
            np.concatenate([part._starts + offset for part, offset in moved] or [np.zeros(0, np.int64)]),
            np.concatenate([part._ends + offset for part, offset in moved] or [np.zeros(0, np.int64)]),
        )


class Column(Lazy[Value], Generic[Value]):
    """Values as numbers into a table of the distinct ones; -1 stands for `missing`.

    >>> column = Column(np.array([0, 1, 0, -1], np.int32), ["Chile", "Peru"], None)
    >>> list(column), column == ["Chile", "Peru", "Chile", None]
    (['Chile', 'Peru', 'Chile', None], True)
    """

    __slots__ = ("codes", "missing", "table")

    def __init__(self, codes: Codes, table: Sequence[Value], missing: Value) -> None:
        self.codes, self.table, self.missing = codes, table, missing

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, position: int) -> Value:
        """Look one value up."""
        code = int(self.codes[position])
        return self.missing if code < 0 else self.table[code]

    def __iter__(self) -> Iterator[Value]:
        table = [*self.table, self.missing]
        return (table[code] for code in self.codes.tolist())

    def take(self, positions: NDArray[np.integer]) -> Column[Value]:
        """Return the values at `positions`; they share the table."""
        return Column(self.codes[positions], self.table, self.missing)


class TabSeparated:
    """A file to write an answer into; what arrives is made into columns at once, and let go.

    Parameters
    ----------
    texts
        Names of columns of IRIs that hardly ever repeat.
    """

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self._as_texts = texts
        self._pending: list[bytes] = []
        self._size = 0
        self._names: list[str] | None = None
        self._tables: dict[str, _Codes] = {}
        self._parts: dict[str, list[Codes]] = {}
        self._blocks: dict[str, list[Texts]] = {}

    def write(self, content: bytes) -> int:
        """Take the next part of the answer."""
        self._pending.append(bytes(content))
        self._size += len(content)
        if self._size > BLOCK:
            self._take()
        return len(content)

    def flush(self) -> None:
        """Do nothing: a block is taken when it is large enough."""

    def column(self, name: str) -> Column[str]:
        """Return a column that was not asked for as texts; "" where a cell is empty."""
        coded = self.coded(name)
        return Column(coded.codes, [plain_bytes(term).decode("utf-8") for term in coded.table], "")

    def coded(self, name: str) -> Column[bytes]:
        """Return such a column with its terms as the answer writes them: an IRI `caf` is `b"<caf>"`."""
        self._take()
        parts = self._parts[name] or [np.zeros(0, np.int32)]
        return Column(np.concatenate(parts), list(self._tables[name]), b"")

    def texts(self, name: str) -> Texts:
        """Return a column that was asked for as texts."""
        self._take()
        return Texts.together(self._blocks[name])

    def _take(self) -> None:
        content = b"".join(self._pending)
        whole, _, rest = content.rpartition(b"\n")
        self._pending, self._size = [rest] if rest else [], len(rest)
        if self._names is None:
            header, _, whole = whole.partition(b"\n")
            self._names = [name.removeprefix("?") for name in header.decode().rstrip("\r").split("\t")]
            self._tables = {name: _Codes() for name in self._names if name not in self._as_texts}
            self._parts = {name: [] for name in self._tables}
            self._blocks = {name: [] for name in self._as_texts}
        if not whole:
            return
        # Tabs and line breaks within a value are escaped: every one of them ends a cell.
        cells = whole.replace(b"\n", b"\t").split(b"\t")
        for place, name in enumerate(self._names):
            column = cells[place :: len(self._names)]
            if name in self._blocks:
                self._blocks[name].append(Texts.joined(column, bracket=1))
            else:
                coded = map(self._tables[name].__getitem__, column)
                self._parts[name].append(np.fromiter(coded, np.int32, len(column)))


class _Codes(dict[bytes, int]):
    """A number for each text, given when it is first seen."""

    def __missing__(self, text: bytes) -> int:
        number = self[text] = len(self)
        return number


def plain_bytes(term: bytes) -> bytes:
    r"""Return a term as tab-separated values write it as plain text.

    >>> [plain_bytes(term) for term in (b"<urn:a>", b'"say \\"a\\"\\n"@en', b"2.5", b"")]
    [b'urn:a', b'say "a"\n', b'2.5', b'']
    """
    if term.startswith(b"<"):
        return term[1:-1]
    if term.startswith(b'"'):
        inner = term[1 : term.rindex(b'"')]
        return ESCAPE.sub(lambda found: ESCAPES.get(found[1], found[1]), inner) if b"\\" in inner else inner
    return term
