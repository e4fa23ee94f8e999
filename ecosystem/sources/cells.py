"""From the cells of a row to what they mean. What cannot be understood is reported, and read as not stated."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from ecosystem import terms
from ecosystem.errors import Problem
from ecosystem.records import Citation, Origin, Relationship, Text
from ecosystem.sources import values
from ecosystem.sources.columns import Columns, Layout
from ecosystem.sources.inputs import Input
from ecosystem.sources.reading import Problems, Vocabulary
from ecosystem.sources.rows import Row
from ecosystem.sources.values import ValueFault, quoted

__all__ = ["Cells", "Register", "Table"]

Meaning = TypeVar("Meaning")
BETWEEN_VALUES = "|"
COUNTRY_PREFIX = "country:"


@dataclass(slots=True)
class Register:
    """What has been named so far in a data set: ids, labels and statements, with their places."""

    places: dict[str, Origin] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, Relationship] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    meanings: dict[tuple[str, str], str] = field(default_factory=dict)

    def describe(self, written: str, iri: str, labels: Iterable[Text]) -> None:
        """Note that an actor or initiative is described, so that relationships may name it by its id."""
        self.ids[written] = iri
        for label in labels:
            self.labels.setdefault(label.value.casefold(), []).append(written)


@dataclass(frozen=True, slots=True)
class Table:
    """What stays the same through all rows of one table."""

    source: Input
    layout: Layout
    columns: Columns
    vocabulary: Vocabulary
    register: Register
    problems: Problems
    skipped: list[Problem]


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a table."""

    table: Table
    row: Row

    @property
    def origin(self) -> Origin:
        """Where the row stands."""
        return Origin(self.table.source.place, self.row.line)

    def wrong(self, message: str, hint: str = "") -> None:
        """Report a problem with this row."""
        self.table.problems.add(self.table.source.problem(message, hint, self.row.line))

    def pass_over(self, message: str) -> None:
        """Note that this row is passed over."""
        self.table.skipped.append(self.table.source.problem(message, line=self.row.line))

    def text(self, column: str) -> str:
        """Return the words of a cell; nothing where the column is not there."""
        for index in self.table.columns.get(column, {}).values():
            if self.row.cells[index]:
                return self.row.cells[index]
        return ""

    def texts(self, column: str) -> tuple[Text, ...]:
        """Return the words of a cell in each language."""
        stated = self.table.columns.get(column, {}).items()
        return tuple(Text(self.row.cells[index], tag) for tag, index in stated if self.row.cells[index])

    def text_lists(self, column: str) -> tuple[Text, ...]:
        """Return each of several words in each language."""
        return tuple(Text(item, words.language) for words in self.texts(column) for item in _split(words.value))

    def items(self, column: str) -> tuple[str, ...]:
        """Return each of several values in one cell."""
        return tuple(_split(self.text(column)))

    def identity(self, column: str) -> str:
        """Return the IRI of an id; nothing where the cell is empty."""
        return self._understood(column, values.identity, "")

    def claimed(self) -> str:
        """Return the IRI of this row's id, which no other row may have."""
        iri = self.identity("id")
        if iri:
            first = self.table.register.places.setdefault(iri, self.origin)
            if first != self.origin:
                self.wrong(f"id {quoted(self.text('id'))} is taken already, at {first}.", "Give each row its own id.")
        return iri

    def web_address(self, column: str) -> str:
        """Return a web address."""
        return self._understood(column, values.web_address, "")

    def date(self, column: str) -> str:
        """Return a date."""
        return self._understood(column, values.date, "")

    def period(self) -> tuple[str, str]:
        """Return the dates from which and until which something holds."""
        since, until = self.date("since"), self.date("until")
        shared = min(len(since), len(until))
        if since[:shared] > until[:shared]:
            self.wrong(f"since {quoted(since)} lies after until {quoted(until)}.", "Mend one of them.")
        return since, until

    def number(self, column: str, above: float | None = None, least: float | None = None) -> float | None:
        """Return a number that is above or at least a limit."""

        def within(text: str) -> float:
            found = values.number(text)
            if above is not None and found <= above:
                raise ValueFault(f"{quoted(text)} is not above {above:g}.")
            if least is not None and found < least:
                raise ValueFault(f"{quoted(text)} is below {least:g}.")
            return found

        return self._understood(column, within, None)

    def share(self, column: str) -> float | None:
        """Return a number between 0 and 1."""

        def within(text: str) -> float:
            found = values.number(text)
            if not 0 <= found <= 1:
                raise ValueFault(f"{quoted(text)} is not between 0 and 1.")
            return found

        return self._understood(column, within, None)

    def relation(self) -> str:
        """Return the relation that the row states."""
        return self._known("relation", self.text("relation"), "relation", self.table.vocabulary.resolve_relation)

    def type(self) -> str:
        """Return the type that the row states."""
        return self._known("type", self.text("type"), "type", self.table.vocabulary.resolve_type)

    def concept(self, column: str) -> str:
        """Return a concept."""
        return self._known(column, self.text(column), "concept", self.table.vocabulary.resolve_concept)

    def concepts(self, column: str) -> tuple[str, ...]:
        """Return each of several concepts."""
        resolve = self.table.vocabulary.resolve_concept
        found = (self._known(column, item, "concept", resolve) for item in self.items(column))
        return tuple(dict.fromkeys(iri for iri in found if iri))

    def country(self) -> str:
        """Return the country of analysis."""
        text = self.text("country")
        if BETWEEN_VALUES in text:
            hint = "Leave the cell empty for a body of several countries, and tie it to each in relationships.csv."
            self.wrong(f"country {quoted(text)} names several.", hint)
            return ""
        return self._known("country", text, "country", self.table.vocabulary.resolve_country)

    def citation(self) -> Citation:
        """Return the source that says so, and where in it."""
        text = self.text("source")
        if BETWEEN_VALUES in text:
            self.wrong(f"source {quoted(text)} names several.", "Name one source a row.")
            return Citation()
        return Citation(self.identity("source"), self.text("locator"))

    def reference(self, column: str) -> str:
        """Return the IRI of an actor, initiative, country or concept that a row names."""
        text = self.text(column)
        known = self.table.register.references
        iri = known.get(text) or self._understood(column, self._referred, "")
        if iri:
            known[text] = iri
        return iri

    def _referred(self, text: str) -> str:
        register, vocabulary = self.table.register, self.table.vocabulary
        if text in register.ids:
            return register.ids[text]
        if text.casefold().startswith(COUNTRY_PREFIX):
            written = text[len(COUNTRY_PREFIX) :].strip()
            country = vocabulary.resolve_country(written)
            if country is None:
                raise ValueFault(
                    f"{quoted(written)} is not a known country.", _suggestion(vocabulary, written, "country")
                )
            return country
        concept = vocabulary.resolve_concept(text)
        if concept is not None:
            return concept
        if values.is_slug(text):
            return terms.ID + text
        if values.is_iri(text):
            return text
        message = f"{quoted(text)} is not an id, a concept, a country as country:COL, or a web address."
        raise ValueFault(message, self._meant(text))

    def _meant(self, text: str) -> str:
        bearers = self.table.register.labels.get(text.casefold(), [])
        if bearers:
            return f"Write the id of the one so called: {' or '.join(bearers[:3])}."
        country = self.table.vocabulary.resolve_country(text)
        if country is not None:
            return f"Write {COUNTRY_PREFIX}{country.rpartition('/')[2]}."
        near = difflib.get_close_matches(values.slug(text), self.table.register.ids, n=1, cutoff=0.75)
        return f"Did you mean {near[0]}?" if near else _suggestion(self.table.vocabulary, text, "concept")

    def _known(self, column: str, text: str, kind: str, resolve: Callable[[str], str | None]) -> str:
        if not text:
            return ""
        # Thousands of rows say the same few words.
        known = self.table.register.meanings
        found = known.get((kind, text)) or resolve(text)
        if found:
            known[kind, text] = found
        else:
            self.wrong(f"{column} {quoted(text)} is not known.", _suggestion(self.table.vocabulary, text, kind))
        return found or ""

    def _understood(self, column: str, meaning: Callable[[str], Meaning], unstated: Meaning) -> Meaning:
        text = self.text(column)
        if not text:
            return unstated
        try:
            return meaning(text)
        except ValueFault as fault:
            self.wrong(f"{column} {fault.message}", fault.hint)
            return unstated


def _split(text: str) -> list[str]:
    return [item for part in text.split(BETWEEN_VALUES) if (item := part.strip())]


def _suggestion(vocabulary: Vocabulary, text: str, kind: str) -> str:
    nearest = vocabulary.nearest(text, kind)
    if nearest:
        return f"Did you mean {nearest}?"
    if kind == "country":
        return "Write its ISO code, as COL or CO; leave it empty for a body of no one country."
    return "`ecosystem ontology list` shows what is known."
