"""Networks in Pajek's .net format: vertices, arcs, edges, their lists, matrices, and several relations."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ecosystem.errors import DataError
from ecosystem.sources import values
from ecosystem.sources.inputs import Input
from ecosystem.sources.items import Item
from ecosystem.sources.networks import Network
from ecosystem.sources.reading import Reading, Vocabulary
from ecosystem.sources.values import quoted

__all__ = ["read"]

VERTEX_LIMIT: Final = 5_000_000
LINE_LIMIT: Final = 1_000_000
TOKEN: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|\[([^\]]*)\]|(\S+)')
SECTION: Final = re.compile(r"\*\s*([A-Za-z]+)\s*(.*)")
RELATION: Final = re.compile(r':\s*(\d+)\s*(?:"([^"]*)"|(\S.*))?')
# What stands beside a network in a project, each with a line of its own that begins with *Vertices; and states, which
# the links below them tie in the place of vertices.
BESIDE: Final = frozenset({"partition", "vector", "permutation", "cluster", "hierarchy", "states"})
COMMENTS: Final = ("%", "#")
YEARS: Final = re.compile(r"([0-9]{4})(?:-([0-9]{4}|\*))?")
ESCAPED: Final = re.compile(r"&#(x[0-9a-fA-F]{1,6}|[0-9]{1,7});")


def read(source: Input, vocabulary: Vocabulary) -> Reading:
    """Read a network, or the only one of a project; the file itself is the source of what it says.

    Raises
    ------
    DataError
        If it is not a network of Pajek, holds several, or with every line that is wrong.
    """
    file = _File(source, vocabulary)
    for number, line in _lines(source, file.network):
        file.take(number, line)
    return file.reading()


class _File:
    """A file on its way to a network, line by line."""

    def __init__(self, source: Input, vocabulary: Vocabulary) -> None:
        self.source = source
        self.network = Network(source, vocabulary)
        self._labels: dict[int, tuple[str, Item]] = {}
        self._count = self._rows = self._row = 0
        self._section: Callable[[int, list[str]], None] | None = None
        self._direction, self._relation = "directed", ""
        self._relations: dict[str, str] = {}
        self._passed: Counter[str] = Counter()
        self._unknown, self._beside = 0, False
        self._sections: Mapping[str, tuple[Callable[[int, list[str]], None], str]] = {
            "vertices": (self._vertex, ""),
            "arcs": (self._line, "directed"),
            "edges": (self._line, "undirected"),
            "links": (self._line, "directed"),
            "arcslist": (self._list, "directed"),
            "edgeslist": (self._list, "undirected"),
            "matrix": (self._matrix, "directed"),
        }

    def take(self, number: int, line: str) -> None:
        """Read one line."""
        if line.startswith("*"):
            self._begin(number, line)
        elif self._section is not None:
            self._section(number, _tokens(line))
        elif not self._unknown:
            hint = "The first line should say *Vertices and how many there are."
            raise DataError(self.source.problem("is not a network of Pajek.", hint, number))

    def reading(self) -> Reading:
        """Return what the network says.

        Raises
        ------
        DataError
            With every line that is wrong, or if there are no vertices.
        """
        if not self._count and not self._labels:
            raise DataError(self.source.problem("has no vertices.", "A network of Pajek begins with *Vertices."))
        # Vertices come first, whichever of them the file leaves without a line of their own.
        for vertex in range(1, self._count + 1):
            label, item = self._labels.get(vertex, ("", Item()))
            self.network.node(str(vertex), label, item)
        if self._passed:
            self.network.notes.append(f"not carried over: {values.examples(self._passed)}.")
        return self.network.reading()

    def _begin(self, number: int, line: str) -> None:
        found = SECTION.fullmatch(line)
        name, rest = (found[1].casefold(), found[2].strip()) if found else ("", "")
        self._beside = name in BESIDE or (self._beside and name != "network")
        if self._beside:
            self._section = None
            if name in BESIDE:
                self._unknown += 1
                self._passed[f"*{name}"] += 1
            return
        self._unknown += name not in self._sections
        if name == "network":
            self.network.about.setdefault("title", rest.strip('"'))
            if self._count:
                hint = "Save each network as a file of its own."
                raise DataError(self.source.problem("holds several networks.", hint, number))
        if name not in self._sections:
            self._section = None
            if name not in ("network", "end"):
                self._passed[f"*{name or 'section'}"] += 1
            return
        self._section, self._direction = self._sections[name]
        self._relation, self._row = self._named(rest), 0
        if name == "vertices":
            self._size(number, rest)

    def _named(self, rest: str) -> str:
        """Return the relation of what follows `*Arcs :2 "audits"`; without a name its number stands for it."""
        found = RELATION.match(rest)
        if not found:
            return ""
        name = (found[2] or found[3] or "").strip()
        if name:
            self._relations[found[1]] = _unescaped(name)
        return self._relations.get(found[1], f"relation {found[1]}")

    def _size(self, number: int, rest: str) -> None:
        sizes = rest.split()
        if self._count:
            raise DataError(self.source.problem("*Vertices occurs twice.", "Save each network on its own.", number))
        if not sizes or not all(_is_number(size) for size in sizes[:2]):
            raise DataError(self.source.problem("*Vertices does not say how many.", "Write *Vertices 10.", number))
        if int(sizes[0]) > VERTEX_LIMIT:
            raise DataError(self.source.problem(f"has more than {VERTEX_LIMIT:,} vertices.", line=number))
        self._count = int(sizes[0])
        # A two-mode network says how many of its vertices are of the first kind.
        self._rows = int(sizes[1]) if len(sizes) > 1 else 0

    def _vertex(self, number: int, tokens: list[str]) -> None:
        vertex = self._number(tokens[0], number)
        if vertex in self._labels:
            self.network.wrong(f"vertex {vertex} occurs twice.", "Give each its own number.", Item(line=number))
        elif vertex:
            label = tokens[1] if len(tokens) > 1 else ""
            item = Item(line=number)
            self._period(tokens[2:], item)
            self._labels[vertex] = (_unescaped(label), item)

    def _line(self, number: int, tokens: list[str]) -> None:
        relation = self._relation
        if tokens[0].endswith(":") and _is_number(tokens[0][:-1]):
            relation = self._relations.get(tokens[0][:-1], f"relation {tokens[0][:-1]}")
            tokens = tokens[1:]
        if len(tokens) < 2:
            self.network.wrong("names one end only.", "Write the numbers of both vertices.", Item(line=number))
            return
        item = Item(line=number)
        # A line's value is 1 unless it says another.
        if len(tokens) > 2 and values.NUMBER.fullmatch(tokens[2]) and tokens[2] != "1":
            item.fields["weight"] = tokens[2]
        parameters = tokens[2:]
        if "l" in parameters[:-1]:
            item.fields["label"] = _unescaped(parameters[parameters.index("l") + 1])
        self._period(parameters, item)
        self._tie(tokens[0], tokens[1], item, relation)

    def _list(self, number: int, tokens: list[str]) -> None:
        """Read a vertex and those that it is tied to; a minus before one turns the tie round in newer files."""
        for target in tokens[1:]:
            self._tie(tokens[0], target.removeprefix("-"), Item(line=number), self._relation)

    def _matrix(self, number: int, tokens: list[str]) -> None:
        self._row += 1
        first = self._rows if self._rows < self._count else 0
        for column, weight in enumerate(tokens, start=1):
            if values.NUMBER.fullmatch(weight) and float(weight) != 0:
                fields = {"weight": weight} if float(weight) != 1 else {}
                self._tie(str(self._row), str(first + column), Item(line=number, fields=fields), self._relation)

    def _tie(self, source: str, target: str, item: Item, relation: str) -> None:
        ends = [self._number(end, item.line) for end in (source, target)]
        if all(ends):
            if relation:
                item.fields["relation"] = relation
            self.network.edge("", (str(ends[0]), str(ends[1])), self._direction, item)

    def _number(self, text: str, line: int) -> int:
        """Return the number of a vertex; 0 where it is none."""
        number = int(text) if _is_number(text) else 0
        if 1 <= number <= self._count:
            return number
        hint = f"Vertices have the numbers 1 to {self._count:,}."
        self.network.wrong(f"{quoted(text)} is no vertex.", hint, Item(line=line))
        return 0

    def _period(self, parameters: list[str], item: Item) -> None:
        """Read years in brackets, [1990-1995]; the counted moments that Pajek has there too are no dates."""
        for text in parameters:
            if not text.startswith("["):
                continue
            found = YEARS.fullmatch(text[1:])
            if found is None:
                self._passed["moments"] += 1
                continue
            item.fields["since"] = found[1]
            item.fields["until"] = (found[2] or found[1]).replace("*", "")


def _lines(source: Input, network: Network) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers; old files are in the code page of Windows."""
    encoding = "utf-8" if source.undecodable() is None else "cp1252"
    if encoding != "utf-8":
        network.notes.append("is not UTF-8 and is read as Windows-1252: look at the accents.")
    with io.TextIOWrapper(source.open(), encoding=encoding, errors="replace") as file:
        number = 0
        while line := file.readline(LINE_LIMIT + 1):
            number += 1
            if len(line) > LINE_LIMIT:
                raise DataError(source.problem("this line is too long.", "Is this a network of Pajek?", number))
            bare = line.strip().lstrip("\ufeff")
            if bare and not bare.startswith(COMMENTS):
                yield number, bare


def _tokens(line: str) -> list[str]:
    """Split a line; what stands in brackets keeps the first of them.

    >>> _tokens('1 "Court of Audit" 0.5 [1990-1995] l "audits"')
    ['1', 'Court of Audit', '0.5', '[1990-1995', 'l', 'audits']
    """
    found = TOKEN.finditer(line)
    return [
        one[1].replace('\\"', '"') if one[1] is not None else f"[{one[2]}" if one[2] is not None else one[3]
        for one in found
    ]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _unescaped(text: str) -> str:
    """Return a label with what Pajek writes as character references.

    >>> _unescaped("Contralor&#237;a"), _unescaped("A&#34;B")
    ('Contraloría', 'A"B')
    """

    def character(found: re.Match[str]) -> str:
        code = int(found[1][1:], 16) if found[1].startswith("x") else int(found[1])
        usable = code in (9, 10) or 31 < code < 0xD800 or 0xDFFF < code < 0x110000
        return chr(code) if usable else found[0]

    return ESCAPED.sub(character, text)
