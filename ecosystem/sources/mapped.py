"""Foreign tables, workbooks and documents, read as their plan says: in one pass, a batch of records at a time.

Each row names things (see `mapping`). A thing is described by the first row that is about it; one that a row only
names, by what that row says of it, unless a row about it comes up until the end. What a row names by id alone must
be described by another row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ecosystem import terms
from ecosystem.errors import DataError, Problem
from ecosystem.records import Citation, Origin, Profile, Relationship, Text
from ecosystem.sources import participations, values
from ecosystem.sources.descriptions import itself_as_source
from ecosystem.sources.documents import toml_of
from ecosystem.sources.inputs import Input
from ecosystem.sources.listings import Cell, Listed, listing
from ecosystem.sources.mapping import Part, Plan, Thing, Tie
from ecosystem.sources.meanings import Meanings
from ecosystem.sources.naming import Names
from ecosystem.sources.plans import plan_of
from ecosystem.sources.reading import Batch, Problems, Reading, Vocabulary
from ecosystem.sources.values import quoted
from ecosystem.wording import counted

__all__ = ["read"]

BATCH: Final = 4096
EXAMPLES: Final = 3
Column = tuple[str, str]


def read(source: Input, vocabulary: Vocabulary) -> Reading:
    """Read the plan; the table that it names is read when the reading's stream is gone through.

    Raises
    ------
    DataError
        If the plan is wrong, or lacks a table; later, with every row that is wrong.
    """
    skipped: list[Problem] = []
    plan = plan_of(toml_of(source), source, vocabulary, skipped)
    if plan.is_list_of_participations:
        return participations.read(source, vocabulary)
    dataset = plan.dataset
    itself = itself_as_source(dataset, source.path)
    stream = _Stream(plan, vocabulary, itself.iri, skipped)
    return Reading(dataset, (itself,), skipped=skipped, path=source.path, stream=stream)


@dataclass(frozen=True, slots=True)
class _Stream:
    """The batches of a table, which is read anew each time that they are gone through."""

    plan: Plan
    vocabulary: Vocabulary
    source: str
    skipped: list[Problem]

    def __iter__(self) -> Iterator[Batch]:
        """Yield what the rows say.

        Raises
        ------
        DataError
            If the table lacks a column or cannot be read to its end; and after its last row, if any was wrong.
        """
        plan = self.plan
        columns = _columns(plan)
        found = listing(plan.table, columns, header=plan.header, rows=plan.rows)
        problems = Problems(plan.table.place)
        reader = _Reader(plan, self.vocabulary, self.source, problems, [*columns], found.noun)
        try:
            for row in found.rows:
                reader.add(row)
                if len(reader.records) >= BATCH:
                    yield reader.taken()
        except DataError as error:
            problems.add(*error.problems)
        reader.finish()
        problems.check()
        yield reader.taken()
        self.skipped.extend([*found.notes, *reader.notes()])


def _columns(plan: Plan) -> dict[str, str]:
    """Return the columns that a plan asks for, each with the place in the plan that does."""
    found: dict[str, str] = {}
    for section, parts in [
        *((one.name, one.parts) for one in plan.things),
        *((one.section, one.parts) for one in plan.ties),
    ]:
        for name, part in parts.items():
            if part.column:
                found.setdefault(part.column, f"{name} of [{section}]")
    for section, words in (("empty", plan.empty), ("several", plan.several), ("skip", plan.skip)):
        for column in words:
            found.setdefault(column, f"one of [{section}]")
    return found


class _Reader:
    """From rows to records; it keeps what must be known until the end: who was named, described, and said."""

    def __init__(
        self, plan: Plan, vocabulary: Vocabulary, source: str, problems: Problems, columns: list[str], noun: str
    ) -> None:
        self.plan, self.source, self.problems, self.noun = plan, source, problems, noun
        self.meanings = Meanings(plan, vocabulary, problems)
        self.names = Names()
        self.places = {column: place for place, column in enumerate(columns)}
        self.records: list[Profile | Relationship] = []
        self.described: dict[str, int] = {}
        self.initiative: dict[str, bool] = {}
        # What is only named so far: its profile, or none where the row had nothing but its id; and the first row.
        self.named: dict[str, tuple[Profile | None, str, int]] = {}
        self.said: set[int] = set()
        self.skipped = self.repeated = 0
        self.differing: dict[str, int] = {}
        self.unnamed: Counter[str] = Counter()
        self.line = 0

    def where(self) -> tuple[str, int]:
        """Return what to say before a problem of the row at hand, and its line."""
        return (f"{self.noun} {self.line}: ", 0) if self.noun == "item" else ("", self.line)

    def wrong(self, message: str, hint: str) -> None:
        """Report what is wrong with the row at hand."""
        self.meanings.wrong(message, hint, self.where)

    def add(self, row: Listed) -> None:
        """Make records of a row."""
        self.line = row.line
        if row.fault:
            self.wrong(row.fault, "Mend it.")
        elif any(words.intersection(row.cells[self.places[column]]) for column, words in self.plan.skip.items()):
            self.skipped += 1
        else:
            known = {thing.name: self._things(thing, row) for thing in self.plan.things}
            if not any(known.values()):
                self.wrong("names no actor and no initiative.", "Mend it, or leave it out: list it below [skip].")
            for tie in self.plan.ties:
                self._tie(tie, known, row)

    def _things(self, thing: Thing, row: Listed) -> list[str]:
        """Return the IRIs of what a row names in one section; what is new of it is described."""
        cells = {name: self._values(part, row) for name, part in thing.parts.items()}
        keys, labels = cells.get("id", ()), cells.get("label", ())
        count = max(len(keys), len(labels))
        found = []
        for place in range(count):
            said = {name: _at(cell, place, count) for name, cell in cells.items()}
            if iri := self._thing(thing, said, cells):
                found.append(iri)
        if not found and thing.own:
            self.unnamed[thing.name] += 1
        return found

    def _thing(self, thing: Thing, said: Mapping[str, str], cells: Mapping[str, Cell]) -> str:
        identifier, label = said.get("id", ""), said.get("label", "")
        if not identifier and not label:
            return ""
        country = self.meanings.country(said.get("country", ""), self.where)
        iri = self.names.iri(thing.prefix, identifier or label, "" if identifier else country)
        if iri in self.described and thing.own:
            if self.described[iri] != _fingerprint(thing, said):
                self.differing.setdefault(label or identifier, self.line)
        elif iri not in self.described:
            self._describe(thing, iri, said, cells, country)
        if self.initiative.setdefault(iri, thing.initiative) is not thing.initiative:
            hint = f'Give one of them a prefix: below [{thing.name}], prefix = "{thing.name}-".'
            self.wrong(f"{quoted(identifier or label)} is both an actor and an initiative.", hint)
        return iri

    def _describe(
        self, thing: Thing, iri: str, said: Mapping[str, str], cells: Mapping[str, Cell], country: str
    ) -> None:
        """Describe a thing that this row is about; keep what it says of one that it only names."""
        if thing.own:
            self.described[iri] = _fingerprint(thing, said)
            self.named.pop(iri, None)
            self.records.append(self._profile(thing, iri, said, cells, country))
        elif iri not in self.named or (self.named[iri][0] is None and "label" in thing.parts):
            known = self._profile(thing, iri, said, cells, country) if "label" in thing.parts else None
            self.named[iri] = known, said.get("id", "") or said.get("label", ""), self.line

    def _profile(
        self, thing: Thing, iri: str, said: Mapping[str, str], cells: Mapping[str, Cell], country: str
    ) -> Profile:
        meanings, language = self.meanings, self.plan.dataset.language
        stated = said.get("country", "")
        type_, kind = meanings.type(said.get("type", ""), thing.initiative)
        topics = (meanings.concept("topics", text) for text in cells.get("topics", ()))
        return Profile(
            iri,
            type_,
            (Text(said.get("label", "") or said.get("id", ""), language),),
            tuple(Text(text, language) for text in cells.get("alt_labels", ()) if text),
            said.get("acronym", ""),
            tuple(Text(text, language) for text in (said.get("description", ""),) if text),
            country,
            kind=said.get("kind", "") or kind,
            stage=meanings.concept("stages", said.get("stage", "")),
            since=meanings.date("since", said.get("since", ""), self.where),
            until=meanings.date("until", said.get("until", ""), self.where),
            homepage=meanings.web_address(said.get("homepage", "")),
            identifiers=tuple(filter(None, cells.get("identifiers", ()))),
            topics=tuple(dict.fromkeys(topic for topic in topics if topic)),
            supranational=bool(stated) and not country and values.is_supranational(stated),
            citation=Citation(self.source, f"{self.noun} {self.line}"),
            origin=Origin(self.plan.table.place, self.line),
        )

    def _tie(self, tie: Tie, known: Mapping[str, list[str]], row: Listed) -> None:
        """Tie what a row names in two sections, each to each."""
        said = {name: _at(self._values(part, row), 0, 1) for name, part in tie.parts.items()}
        for subject in known[tie.subject]:
            for target in known[tie.object]:
                one = self._relationship(tie, subject, target, said)
                told = (one.subject, one.relation, one.object, one.since, one.until, one.role, one.amount)
                number = hash(told)
                if number in self.said:
                    self.repeated += 1
                else:
                    self.said.add(number)
                    self.records.append(one)

    def _relationship(self, tie: Tie, subject: str, target: str, said: Mapping[str, str]) -> Relationship:
        meanings, where = self.meanings, self.where
        role, relation = meanings.relation(said.get("role", ""), tie.relation, where)
        amount = meanings.number("amount", said.get("amount", ""), where)
        strength = meanings.number("strength", said.get("strength", ""), where)
        if strength == 0:
            self.wrong("strength is 0, which is no tie.", "Leave the row out, or list 0 below [empty].")
        return Relationship(
            subject,
            relation,
            target,
            since=meanings.date("since", said.get("since", ""), where),
            until=meanings.date("until", said.get("until", ""), where),
            strength=strength,
            confidence=meanings.number("confidence", said.get("confidence", ""), where, most=1),
            certainty="",
            role=role,
            amount=amount,
            currency=tie.currency if amount is not None else "",
            statement=Text(said.get("statement", ""), self.plan.dataset.language if said.get("statement") else ""),
            citation=Citation(self.source, said.get("locator", "") or f"{self.noun} {self.line}"),
            origin=Origin(self.plan.table.place, self.line),
        )

    def _values(self, part: Part, row: Listed) -> Cell:
        """Return what a row says in the column of a part, without words that mean nothing."""
        if part.constant:
            return (part.constant,)
        cell = row.cells[self.places[part.column]]
        if between := self.plan.several.get(part.column):
            cell = tuple(piece.strip() for text in cell for piece in text.split(between))
        empty = self.plan.empty.get(part.column, frozenset())
        if empty:
            cell = tuple("" if text in empty else text for text in cell)
        if part.before:
            cell = tuple(part.before + text if text else "" for text in cell)
        return cell if any(cell) else ()

    def taken(self) -> list[Profile | Relationship]:
        """Return the records made since this was last asked."""
        taken, self.records = self.records, []
        return taken

    def finish(self) -> None:
        """Describe what was only named; what no row describes is reported."""
        for iri, (profile, written, line) in self.named.items():
            self.line = line
            if profile is not None:
                self.records.append(profile)
            else:
                hint = "Mend it; or give the section that names it a label, so that it is described by its name."
                self.wrong(f"{quoted(written)} is described by no {self.noun}: {iri.removeprefix(terms.ID)}.", hint)

    def notes(self) -> Iterator[Problem]:
        """Say what was left out or passed over."""
        problem, noun = self.plan.table.problem, self.noun
        if self.skipped:
            yield problem(f"{counted(self.skipped, noun)} left out, as the plan says.")
        if self.repeated:
            yield problem(f"{counted(self.repeated, 'relationship')} said again by other columns, kept once.")
        if self.differing:
            found = [f"{values.one_line(name)} ({noun} {line})" for name, line in self.differing.items()]
            shown = ", ".join(found[:EXAMPLES]) + (", …" if len(found) > EXAMPLES else "")
            yield problem(f"described in several ways, the first is kept: {shown}.")
        for name, count in self.unnamed.items():
            yield problem(f"{counted(count, noun)} without a name or id of [{name}].")
        yield from self.meanings.passed_over()


def _at(cell: Cell, place: int, count: int) -> str:
    """Return the value of one of several things; one value serves for all, another number of them for none."""
    if len(cell) == count:
        return cell[place]
    return cell[0] if len(cell) == 1 else ""


def _fingerprint(thing: Thing, said: Mapping[str, str]) -> int:
    return hash((thing.name, *said.values()))
