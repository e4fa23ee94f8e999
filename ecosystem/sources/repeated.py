"""Repeated elements of an XML file, each as the nested words that a JSON register would have in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pyexpat import ExpatError, ParserCreate
from typing import Any, Final

from ecosystem.errors import DataError
from ecosystem.sources.guards import check_xml, xml_problem
from ecosystem.sources.inputs import Input
from ecosystem.sources.values import quoted

__all__ = ["ABOVE", "elements_of", "tags_of"]

CHUNK: Final = 64 * 1024
SIZE_LIMIT: Final = 16_000_000
# What an element that holds others says by itself, all its text in one.
WHOLE: Final = "."
ABOVE: Final = "../"
TEXT_LIMIT: Final = 10_000
# Attributes that tell a parser something.
OF_XML: Final = ("xmlns", "xsi:", "xml:")


def elements_of(source: Input, name: str) -> Iterator[tuple[int, Any]]:
    """Yield each element of a name that is not within another of it, with the line on which it begins.

    An element that holds text alone is that text; one with attributes or children is a dictionary of lists by their
    names (`@name` is an attribute, `.` all text within). Prefixes of names are left out. What the elements around it
    say of themselves, in attributes and in the last text before it, is under `../@name`, `../name`, `../../@name` …

    Raises
    ------
    DataError
        If the file is not XML, declares entities that unfold, nests too deep, or has no such element.
    """
    check_xml(source)
    builder = _Builder(source, name)
    parser = ParserCreate()
    parser.buffer_text = True

    def begin(tag: str, attributes: dict[str, str]) -> None:
        builder.begin(_local(tag), attributes, parser.CurrentLineNumber)

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda tag: builder.end(_local(tag))
    parser.CharacterDataHandler = builder.text
    try:
        with source.open() as file:
            while part := file.read(CHUNK):
                parser.Parse(part)
                yield from builder.taken()
            parser.Parse(b"", True)
    except ExpatError as error:
        raise DataError(xml_problem(error, source)) from error
    yield from builder.taken()
    if not builder.seen[name]:
        often = [tag for tag, _ in builder.seen.most_common(8)]
        raise DataError(source.problem(f"has no element {quoted(name)}.", f"It has {', '.join(map(quoted, often))}."))


def tags_of(source: Input) -> Counter[str]:
    """Return how often each element occurs.

    Raises
    ------
    DataError
        As for `elements_of`.
    """
    check_xml(source)
    counts: Counter[str] = Counter()
    parser = ParserCreate()
    parser.StartElementHandler = lambda tag, _: counts.update((_local(tag),))
    with source.open() as file:
        parser.ParseFile(file)
    return counts


class _Builder:
    """Puts the elements together that are wanted, while the file is gone through."""

    def __init__(self, source: Input, name: str) -> None:
        self.source, self.name = source, name
        self.done: list[tuple[int, Any]] = []
        self.seen: Counter[str] = Counter()
        self._open: list[tuple[dict[str, list[Any]], list[str]]] = []
        # What surrounds the element at hand: attributes and texts, and the text that is being read.
        self._around: list[tuple[dict[str, list[Any]], list[str]]] = []
        self._line = self._size = 0

    def taken(self) -> list[tuple[int, Any]]:
        """Return the elements that are complete, once."""
        done, self.done = self.done, []
        return done

    def begin(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """Note that an element begins."""
        self.seen[tag] += 1
        if not self._open:
            if tag != self.name:
                own = {f"@{_local(key)}": [value] for key, value in attributes.items() if not key.startswith(OF_XML)}
                self._around.append((own, []))
                return
            self._line, self._size = line, 0
        self._open.append(({f"@{_local(key)}": [value] for key, value in attributes.items()}, []))

    def text(self, words: str) -> None:
        """Note text, which belongs to all elements that are open."""
        if not self._open:
            if self._around and words.strip():
                self._around[-1][1].append(words[:TEXT_LIMIT])
            return
        self._size += len(words) * len(self._open)
        if self._size > SIZE_LIMIT:
            message = f"an element {quoted(self.name)} holds more than {SIZE_LIMIT:,} characters."
            raise DataError(self.source.problem(message, "Is it the one that is repeated?", self._line))
        for _, texts in self._open:
            texts.append(words)

    def end(self, tag: str) -> None:
        """Note that an element ends."""
        if not self._open:
            _, texts = self._around.pop()
            if self._around and (whole := "".join(texts).strip()):
                self._around[-1][0][tag] = [whole]
            return
        parts, texts = self._open.pop()
        whole = "".join(texts).strip()
        said = {**parts, WHOLE: [whole]} if parts else whole
        if self._open:
            self._open[-1][0].setdefault(tag, []).append(said)
        else:
            own = said if isinstance(said, dict) else {WHOLE: [whole]}
            self.done.append((self._line, {**own, **self._surroundings()}))

    def _surroundings(self) -> dict[str, list[Any]]:
        """Return what the elements around this one say, the nearest first."""
        return {
            f"{ABOVE * number}{key}": value
            for number, (own, _) in enumerate(reversed(self._around), start=1)
            for key, value in own.items()
        }


def _local(name: str) -> str:
    return name.rpartition(":")[2]
