"""What nodes and edges of other people's networks say, whatever the format: attributes by what they are called.

The names are those under which our own exports write them, and those that are usual elsewhere. What nobody asks for
is left in the item, so that it can be told.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from ecosystem.records import Citation, Origin, Source, Text
from ecosystem.sources import values
from ecosystem.sources.values import ValueFault

__all__ = ["BETWEEN_VALUES", "LANGUAGE", "UNDETERMINED", "Item", "is_any_iri", "words_of"]

BETWEEN_VALUES: Final = "|"
# The language of texts whose attribute names none, and the tag of texts in no language.
LANGUAGE: Final = "text_language"
UNDETERMINED: Final = "und"
OF_SOURCE: Final = "source_"
SOURCE_IRI: Final = "source_iri"
# Programs that count in time, as Gephi does, write a year as a number.
YEAR_AS_NUMBER: Final = re.compile(r"^(\d{4})\.0+$")
SOURCE_PARTS: Final = ("url", "creator", "publisher", "date", "licence", "time_stamped_url")


@dataclass(slots=True)
class Item:
    """A node or an edge: how a message names it, its line, its file where that is another, and its attributes."""

    place: str = ""
    line: int = 0
    path: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    # What was added beside the first of a name, and the number of the last: a file may say one name very often.
    _further: set[tuple[str, str]] = field(default_factory=set, repr=False, compare=False)
    _numbers: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def add(self, name: str, words: str) -> None:
        """Set an attribute; another of the same name gets a number, so that it is told and not lost.

        >>> item = Item(fields={"name": "Court"})
        >>> item.add("name", "Bank")
        >>> item.fields
        {'name': 'Court', 'name (2)': 'Bank'}
        """
        if self.fields.setdefault(name, words) == words or (name, words) in self._further:
            return
        self._further.add((name, words))
        number = next(n for n in itertools.count(self._numbers.get(name, 1) + 1) if f"{name} ({n})" not in self.fields)
        self._numbers[name] = number
        self.fields[f"{name} ({number})"] = words

    def take(self, *names: str) -> str:
        """Return the words of the first of these attributes that is stated, and count it as read."""
        for name in names:
            if name in self.fields and (words := self.fields.pop(name)):
                return words
        return ""

    def language(self) -> str:
        """Return the language of texts that name none."""
        if LANGUAGE not in self.fields:
            return ""
        try:
            return values.language_tag(self.fields.pop(LANGUAGE) or UNDETERMINED).replace(UNDETERMINED, "")
        except ValueFault:
            return ""

    def texts(self, name: str, language: str, plain: str = "") -> tuple[Text, ...]:
        """Return the words of `name`, or `plain`, and of `name@fr`, `name@es` … beside it."""
        first, tagged = plain or self.take(name), f"{name}@"
        found = [Text(first, language)] if first else []
        for key in [key for key in self.fields if key.startswith(tagged)]:
            try:
                tag = values.language_tag(key.partition("@")[2]).replace(UNDETERMINED, "")
            except ValueFault:
                continue
            found.append(Text(self.take(key), tag))
        return tuple(dict.fromkeys(text for text in found if text.value))

    def several(self, *names: str) -> list[str]:
        """Return each of several values."""
        return [part for item in self.take(*names).split(BETWEEN_VALUES) if (part := item.strip())]

    def date(self, *names: str) -> str:
        """Return the first of these that is a date or begins with a day; others stay unread."""
        for name in [name for name in names if name in self.fields]:
            words = YEAR_AS_NUMBER.sub(r"\1", self.fields[name])
            try:
                found = values.date(words[: len("2022-06-21")]) if words else ""
            except ValueFault:
                continue
            if found:
                # What says the same more exactly, as the start of GEXF beside our since, is read with it.
                for same in [other for other in names if self.fields.get(other, "").startswith(found)]:
                    del self.fields[same]
                return found
        return ""

    def number(self, name: str, least: float = 0, most: float = float("inf")) -> float | None:
        """Return a number within limits; anything else stays unread."""
        if name not in self.fields:
            return None
        try:
            found = values.number(self.fields[name])
        except ValueFault:
            return None
        if not least <= found <= most:
            return None
        del self.fields[name]
        return found

    def iri(self, name: str) -> str:
        """Return an IRI; anything else stays unread."""
        return self.take(name) if is_any_iri(self.fields.get(name, "")) else ""

    def source(self, made: str, origin: Origin) -> Source | None:
        """Return the source that the item names, if it does: by its IRI, or by its title or address.

        `made` is what the IRI of a source begins with that has none.
        """
        if not any(name.startswith(OF_SOURCE) for name in self.fields):
            return None
        iri = self.iri(SOURCE_IRI)
        label = self.texts("source_label", self.take("source_language"))
        told: Mapping[str, str] = {part: self.take(f"source_{part}") for part in SOURCE_PARTS}
        if not iri and not label and not told["url"]:
            return None
        shown = label or (Text(told["url"] or iri),)
        return Source(iri or f"{made}{values.slug(shown[0].value)[:80]}", shown, **told, origin=origin)

    def citation(self, source: Source | None, default: Citation) -> Citation:
        """Return where it stands: in the source that the item names, else in the network itself."""
        locator = self.take("locator")
        if source is None:
            return Citation(default.source, locator or default.locator)
        return Citation(source.iri, locator)


def words_of(value: object) -> str:
    """Return a value of JSON as words: lists joined, numbers as they are written, nothing for what has none.

    >>> words_of(["a", 2]), words_of(True), words_of(None), words_of({"a": 1})
    ('a|2', 'true', '', '')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return BETWEEN_VALUES.join(filter(None, map(words_of, value)))
    return str(value).strip() if isinstance(value, str | int | float) else ""


def is_any_iri(text: str) -> bool:
    """Tell whether `text` is an IRI of any scheme.

    >>> is_any_iri("urn:a:b"), is_any_iri("https://a.b/"), is_any_iri("a b"), is_any_iri("caf")
    (True, True, False, False)
    """
    if ":" not in text:
        return False
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
