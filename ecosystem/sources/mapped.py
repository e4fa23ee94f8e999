"""Foreign tables, workbooks and documents, read as their plan says: in one pass, a batch of records at a time.

Each row names things (see `mapping`). A thing is described by the first row that is about it; one that a row only
names, by what that row says of it, unless a row about it comes up until the end. What a row names by id alone must
be described by another row.
"""

from __future__ import annotations

import itertools
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
LISTED: Final = frozenset({"alt_labels", "identifiers", "topics"})
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
            for column in part.columns:
                found.setdefault(column, f"{name} of [{section}]")
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
        asked = [*(one.parts for one in plan.things), *(one.parts for one in plan.ties)]
        self.parts = {id(parts): self._found(parts) for parts in asked}
        self.records: list[Profile | Relationship] = []
        self.described: dict[str, int] = {}
        self.initiative: dict[str, bool] = {}
        # What is only named so far: its profile, or none where the row had nothing but its id; and the first row.
        self.named: dict[str, tuple[Profile | None, str, int]] = {}
        self.said: set[int] = set()
        self.skipped = self.repeated = 0
        self.differing: dict[str, int] = {}
        self.unnamed: Counter[str] = Counter()
        self.without_id: dict[str, int] = {}
        # By part: values beside the first where one has a place, and values of which it is not clear whose they are.
        self.further: Counter[str] = Counter()
        self.unclear: Counter[str] = Counter()
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
            if not any(map(any, known.values())):
                self.wrong("names no actor and no initiative.", "Mend it, or leave it out: list it below [skip].")
            for tie in self.plan.ties:
                self._tie(tie, known, row)

    def _things(self, thing: Thing, row: Listed) -> list[str]:
        """Return the IRIs of what a row names in one section, "" for one without a name; the new is described."""
        cells = self._cells(thing.parts, row)
        keys, labels = cells.get("id", ()), cells.get("label", ())
        if len(keys) == 1 and len(labels) > 1:  # one thing with several names
            cells["alt_labels"] = (*labels[1:], *cells.get("alt_labels", ()))
            cells["label"] = labels[:1]
        count = len(keys) or len(labels)
        if count == 1 and len(types := tuple(filter(None, cells.get("type", ())))) > 1:
            cells.update(self._one_type(thing, types, cells.get("kind", ())))
        found = [self._thing(thing, self._said(cells, place, count), cells) for place in range(count)]
        if not any(found) and thing.own:
            self.unnamed[thing.name] += 1
        return found

    def _said(self, cells: Mapping[str, Cell], place: int, count: int) -> dict[str, str]:
        """Return what is said of one of several things; one value serves for all, the first of several for one."""
        said = {}
        for name, cell in cells.items():
            if len(cell) == count:
                said[name] = cell[place]
            elif len(cell) == 1 or (cell and count == 1):
                said[name] = cell[0]
                if len(cell) > 1 and name not in LISTED:
                    said[name] = next(filter(None, cell))
                    self.further[name] += len(set(filter(None, cell))) > 1
            else:
                said[name] = ""
                self.unclear[name] += bool(cell) and not place and name not in LISTED
        return said

    def _one_type(self, thing: Thing, types: Cell, kind: Cell) -> dict[str, Cell]:
        """Return the first type that is known, and the others as words for the kind; a thing may be of several."""
        known = (words for words in types if not self.meanings.type(words, thing.initiative)[1])
        first = next(known, types[0])
        others = [words for words in dict.fromkeys(types) if words != first]
        return {"type": (first,), "kind": ("; ".join(filter(None, (*kind, *others))),)}

    def _thing(self, thing: Thing, said: Mapping[str, str], cells: Mapping[str, Cell]) -> str:
        identifier, label = said.get("id", ""), said.get("label", "")
        if not identifier and not label:
            return ""
        if not identifier and thing.own and "id" in thing.parts:
            self.without_id.setdefault(label, self.line)
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
        topics = [meanings.concept("topics", text) for text in cells.get("topics", ())]
        others, description = cells.get("alt_labels"), said.get("description")
        return Profile(
            iri,
            type_,
            (Text(said.get("label", "") or said.get("id", ""), language),),
            tuple(Text(text, language) for text in others if text) if others else (),
            said.get("acronym", ""),
            (Text(description, language),) if description else (),
            country,
            kind=said.get("kind", "") or kind,
            stage=meanings.concept("stages", said.get("stage", "")),
            since=meanings.date("since", said.get("since", ""), self.where),
            until=meanings.date("until", said.get("until", ""), self.where),
            homepage=meanings.web_address(said.get("homepage", "")),
            identifiers=tuple(filter(None, cells.get("identifiers", ()))),
            topics=tuple(dict.fromkeys(filter(None, topics))) if topics else (),
            supranational=bool(stated) and not country and values.is_supranational(stated),
            citation=Citation(self.source, f"{self.noun} {self.line}"),
            origin=Origin(self.plan.table.place, self.line),
        )

    def _tie(self, tie: Tie, known: Mapping[str, list[str]], row: Listed) -> None:
        """Tie what a row names in two sections, each to each."""
        cells = self._cells(tie.parts, row)
        subjects, targets = known[tie.subject], known[tie.object]
        # What is said of each tie stands beside those that are several.
        count = len(subjects) * len(targets)
        for place, (subject, target) in enumerate(itertools.product(subjects, targets)):
            if subject and target:
                one = self._relationship(tie, subject, target, self._said(cells, place, count))
                said = (one.since, one.until, one.role, one.amount, one.strength, one.confidence, one.statement)
                number = hash((one.subject, one.relation, one.object, said))
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

    def _found(self, parts: Mapping[str, Part]) -> list[tuple[str, Part, int]]:
        """Return where each part is: the place of its column where that is taken as it stands, else -1."""
        changed = self.plan.several.keys() | self.plan.empty.keys()
        return [
            (name, part, self.places[part.column] if part.is_plain and part.column not in changed else -1)
            for name, part in parts.items()
        ]

    def _cells(self, parts: Mapping[str, Part], row: Listed) -> dict[str, Cell]:
        found, cells = self.parts[id(parts)], row.cells
        return {name: cells[place] if place >= 0 else self._values(part, row) for name, part, place in found}

    def _values(self, part: Part, row: Listed) -> Cell:
        """Return what a row says in the columns of a part, without words that mean nothing."""
        if part.constant:
            return (part.constant,)
        if part.others:
            return tuple(text for column in part.columns for text in self._cell(column, "", row) if text)
        return self._cell(part.column, part.before, row)

    def _cell(self, column: str, before: str, row: Listed) -> Cell:
        cell = row.cells[self.places[column]]
        if between := self.plan.several.get(column):
            cell = tuple(piece.strip() for text in cell for piece in text.split(between))
        empty = self.plan.empty.get(column, frozenset())
        if empty:
            cell = tuple("" if text in empty else text for text in cell)
        if before:
            cell = tuple(before + text if text else "" for text in cell)
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
            yield problem(f"{counted(self.repeated, 'relationship')} said again, kept once.")
        for what, places in (
            ("described in several ways, the first is kept", self.differing),
            ("without an id, and told apart by name", self.without_id),
        ):
            if places:
                found = [f"{values.one_line(name)} ({noun} {line})" for name, line in places.items()]
                shown = ", ".join(found[:EXAMPLES]) + (", …" if len(found) > EXAMPLES else "")
                yield problem(f"{what}: {shown}.")
        for what, counts in (
            ("several values where one has a place, the first is kept: ", +self.further),
            ("not carried over, as it is not clear whose they are: values of ", +self.unclear),
        ):
            if counts:
                yield problem(f"{what}{values.examples(counts)}.")
        for name, count in self.unnamed.items():
            yield problem(f"{counted(count, noun)} without a name or id of [{name}].")
        yield from self.meanings.passed_over()


def _fingerprint(thing: Thing, said: Mapping[str, str]) -> int:
    return hash((thing.name, *said.values()))
