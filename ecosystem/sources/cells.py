"""From the cells of a row to what they mean. What cannot be understood is reported, and read as not stated."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

from ecosystem import terms
from ecosystem.errors import Problem
from ecosystem.records import Citation, Origin, Text
from ecosystem.sources import values
from ecosystem.sources.columns import Columns, Layout
from ecosystem.sources.inputs import Input
from ecosystem.sources.reading import Problems, Vocabulary
from ecosystem.sources.rows import Row
from ecosystem.sources.values import BETWEEN_VALUES, ValueFault, quoted

__all__ = ["BETWEEN_VALUES", "COUNTRY_PREFIX", "Cells", "Register", "Table"]

Meaning = TypeVar("Meaning")
COUNTRY_PREFIX = "country:"
RESOLVED: Final[Mapping[str, Callable[[Vocabulary, str], str | None]]] = {
    "type": lambda vocabulary, text: vocabulary.resolve_type(text),
    "relation": lambda vocabulary, text: vocabulary.resolve_relation(text),
    "concept": lambda vocabulary, text: vocabulary.resolve_concept(text),
    "country": lambda vocabulary, text: vocabulary.resolve_country(text),
}


@dataclass(slots=True)
class Register:
    """What has been named so far in a data set: ids, labels and statements.

    `places` are the file and line of each id; `said` those of each relationship without an id of its own, with a
    number for the particulars that its IRI does not follow from.
    """

    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    meanings: dict[tuple[str, str], str] = field(default_factory=dict)

    def describe(self, written: str, iri: str, labels: Iterable[Text]) -> None:
        """Note that an actor or initiative is described, so that relationships may name it by its id."""
        self.ids[written] = iri
        for label in labels:
            self.labels.setdefault(label.value.casefold(), []).append(written)


@dataclass(frozen=True, slots=True)
class Table:
    """What stays the same through all rows of one table, and what words mean in it."""

    source: Input
    layout: Layout
    columns: Columns
    vocabulary: Vocabulary
    register: Register
    problems: Problems
    skipped: list[Problem]

    def known(self, kind: str, text: str) -> str:
        """Return the IRI of a type, relation, concept or country.

        Raises
        ------
        ValueFault
            If the ontology has none so called.
        """
        # Thousands of rows say the same few words.
        meanings = self.register.meanings
        found = meanings.get((kind, text)) or RESOLVED[kind](self.vocabulary, text)
        if not found:
            raise ValueFault(f"{quoted(text)} is not known.", _suggestion(self.vocabulary, text, kind))
        meanings[kind, text] = found
        return found

    def referred(self, text: str) -> str:
        """Return the IRI of an actor, initiative, country or concept that a row names.

        Raises
        ------
        ValueFault
            If it can be none.
        """
        references = self.register.references
        found = references.get(text)
        if found is None:
            found = references[text] = self._referred(text)
        return found

    def _referred(self, text: str) -> str:
        register, vocabulary = self.register, self.vocabulary
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
        bearers = self.register.labels.get(text.casefold(), [])
        if bearers:
            return f"Write the id of the one so called: {' or '.join(bearers[:3])}."
        country = self.vocabulary.resolve_country(text)
        if country is not None:
            return f"Write {COUNTRY_PREFIX}{country.rpartition('/')[2]}."
        near = difflib.get_close_matches(values.slug(text), self.register.ids, n=1, cutoff=0.75)
        return f"Did you mean {near[0]}?" if near else _suggestion(self.vocabulary, text, "concept")


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
        stated, cells = self.table.columns.get(column), self.row.cells
        for index in stated.values() if stated else ():
            if cells[index]:
                return cells[index]
        return ""

    def texts(self, column: str) -> tuple[Text, ...]:
        """Return the words of a cell in each language."""
        stated = self.table.columns.get(column)
        if stated is None:
            return ()
        return tuple(Text(self.row.cells[index], tag) for tag, index in stated.items() if self.row.cells[index])

    def text_lists(self, column: str) -> tuple[Text, ...]:
        """Return each of several words in each language."""
        return tuple(Text(item, words.language) for words in self.texts(column) for item in _split(words.value))

    def items(self, column: str) -> tuple[str, ...]:
        """Return each of several values in one cell."""
        text = self.text(column)
        return tuple(_split(text)) if text else ()

    def identity(self, column: str) -> str:
        """Return the IRI of an id; nothing where the cell is empty."""
        return self._understood(column, values.identity, "")

    def claimed(self) -> str:
        """Return the IRI of this row's id, which no other row may have."""
        iri = self.identity("id")
        if iri:
            here = self.table.source.place, self.row.line
            first = self.table.register.places.setdefault(iri, here)
            if first != here:
                taken = f"id {quoted(self.text('id'))} is taken already, at {Origin(*first)}."
                self.wrong(taken, "Give each row its own id.")
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
        if values.ends_before(since, until):
            self.wrong(f"since {quoted(since)} lies after until {quoted(until)}.", "Mend one of them.")
        return since, until

    def number(self, column: str, meaning: Callable[[str], float] = values.number) -> float | None:
        """Return a number."""
        return self._understood(column, meaning, None)

    def relation(self) -> str:
        """Return the relation that the row states."""
        return self._known("relation", "relation")

    def type(self) -> str:
        """Return the type that the row states."""
        return self._known("type", "type")

    def concept(self, column: str) -> str:
        """Return a concept."""
        return self._known(column, "concept")

    def concepts(self, column: str) -> tuple[str, ...]:
        """Return each of several concepts."""
        items, known = self.items(column), partial(self.table.known, "concept")
        if not items:
            return ()
        found = (self._meaning(column, item, known, "") for item in items)
        return tuple(dict.fromkeys(iri for iri in found if iri))

    def country(self) -> str:
        """Return the country of analysis."""
        text = self.text("country")
        if BETWEEN_VALUES in text:
            hint = "Leave the cell empty for a body of several countries, and tie it to each in relationships.csv."
            self.wrong(f"country {quoted(text)} names several.", hint)
            return ""
        return self._known("country", "country")

    def citation(self) -> Citation:
        """Return the source that says so, and where in it."""
        return Citation(self._understood("source", values.one_source, ""), self.text("locator"))

    def reference(self, column: str) -> str:
        """Return the IRI of an actor, initiative, country or concept that a row names."""
        return self._understood(column, self.table.referred, "")

    def _known(self, column: str, kind: str) -> str:
        return self._understood(column, partial(self.table.known, kind), "")

    def _understood(self, column: str, meaning: Callable[[str], Meaning], unstated: Meaning) -> Meaning:
        text = self.text(column)
        return self._meaning(column, text, meaning, unstated) if text else unstated

    def _meaning(self, column: str, text: str, meaning: Callable[[str], Meaning], unstated: Meaning) -> Meaning:
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
