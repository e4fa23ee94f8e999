"""Lists of participations, each row an actor in an initiative: read in one pass, and without an object a row.

A plan (see `ecosystem.sources.plans`) says what the columns mean. Rows become batches of records while they are gone
through; a table of any length takes the memory of one batch, of its plan and of the ids in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Final, TypeVar

from ecosystem.errors import DataError, Problem
from ecosystem.records import Citation, Profile, Relationships, Text, record_iris
from ecosystem.sources import values
from ecosystem.sources.descriptions import itself_as_source
from ecosystem.sources.documents import toml_of
from ecosystem.sources.inputs import Input
from ecosystem.sources.plans import Plan, plan_of
from ecosystem.sources.reading import Batch, Problems, Reading, Vocabulary
from ecosystem.sources.rows import NULL, Block, fitted, in_blocks
from ecosystem.sources.values import ValueFault, quoted
from ecosystem.wording import counted

__all__ = ["read"]

Places = dict[tuple[str, str], int]
# What a row says of one thing: several cells, or the only one.
Given = tuple[str, ...] | str
Meaning = TypeVar("Meaning")
EXAMPLES: Final = 3


def read(source: Input, vocabulary: Vocabulary) -> Reading:
    """Read the plan; the table that it names is read when the reading's stream is gone through.

    Raises
    ------
    DataError
        If the plan is wrong, or lacks a table; later, with every row that is wrong.
    """
    skipped: list[Problem] = []
    plan = plan_of(toml_of(source), source, vocabulary, skipped)
    dataset = plan.dataset
    itself = itself_as_source(dataset, source.path)
    stream = _Stream(plan, vocabulary, Citation(itself.iri), skipped)
    return Reading(dataset, (itself,), skipped=skipped, path=source.path, stream=stream)


@dataclass(frozen=True, slots=True)
class _Stream:
    """The batches of a table, which is read anew each time that they are gone through."""

    plan: Plan
    vocabulary: Vocabulary
    cited: Citation
    skipped: list[Problem]

    def __iter__(self) -> Iterator[Batch]:
        """Yield what each block of rows says.

        Raises
        ------
        DataError
            If the table lacks a column or cannot be read to its end; and after its last row, if any was wrong.
        """
        header, blocks = in_blocks(self.plan.table, self.skipped)
        problems = Problems(self.plan.table.path)
        places = _places(self.plan, header.cells, header.line)
        cells = _Cells(self.plan, self.vocabulary, problems)
        actors = _Ends("actor", cells, places, self.cited)
        initiatives = _Ends("initiative", cells, places, self.cited)
        actors.others, initiatives.others = initiatives, actors
        table = _Participations(actors, initiatives, places, cells, self.cited)
        try:
            for block in blocks:
                ties = table.said(_fitted(block, len(header.cells), cells))
                cells.report()
                # What is wrong somewhere is not stored; the rest is read for its problems.
                if not problems.count:
                    yield (*actors.described(), *initiatives.described(), ties)
        except DataError as error:
            problems.add(*error.problems)
        problems.check()
        self.skipped.extend([*actors.differing(), *initiatives.differing()])


def _places(plan: Plan, headings: list[str], line: int) -> Places:
    """Return where each part of each section stands."""
    folded = {heading.casefold(): place for place, heading in reversed([*enumerate(headings)])}
    found, problems = {}, Problems(plan.table.path)
    for section, columns in plan.columns.items():
        for part, heading in columns.items():
            if heading.casefold() in folded:
                found[section, part] = folded[heading.casefold()]
            else:
                hint = f"It has {', '.join(map(quoted, headings[:12]))}."
                message = f"has no column {quoted(heading)}, which the plan names as {part} of [{section}]."
                problems.add(plan.table.problem(message, hint, line))
    problems.check()
    return found


def _fitted(block: Block, width: int, cells: _Cells) -> Block:
    """Return the rows as rows of the right width; those that are wholly empty are left out."""
    if all(len(row) == width for row in block.rows):
        return block
    lines, rows = [], []
    for line, given in zip(block.lines, block.rows, strict=True):
        found = fitted(given, width) if any(cell.strip() for cell in given) else []
        if found is None:
            cells.wrong(f"has {len(given)} cells, and the header names {width} columns.", "Mend the row.", line)
        elif found:
            lines.append(line)
            rows.append(found)
    return Block(lines, rows)


class _Participations:
    """What rows say of an actor in an initiative, by column; what one is the first to name is described on the way."""

    def __init__(self, actors: _Ends, initiatives: _Ends, places: Places, cells: _Cells, cited: Citation) -> None:
        self.actors, self.initiatives, self.cells, self.cited = actors, initiatives, cells, cited
        self.places = {part: place for (section, part), place in places.items() if section == "participation"}
        self.currency = cells.constants.get("currency", "")

    def said(self, block: Block) -> Relationships:
        """Return the relationships of a block of rows."""
        cells, lines, unstated = self.cells, block.lines, [""] * len(block.rows)
        stated = [cells.role(written, line) for written, line in zip(self._column("role", block), lines, strict=True)]
        roles, relations = [role for role, _ in stated], [relation for _, relation in stated]
        actors, initiatives = self._ends(block)
        since, until = (
            [cells.date("participation", part, *cell) for cell in zip(self._column(part, block), lines, strict=True)]
            if part in self.places
            else unstated
            for part in ("since", "until")
        )
        amounts = [
            cells.amount(*cell)
            for cell in zip(self._column("amount", block), lines, strict=True)
            if "amount" in self.places
        ]
        sources, locators = [self.cited.source] * len(lines), [f"row {line}" for line in lines]
        return Relationships(
            record_iris(actors, relations, initiatives, since, until, roles, unstated, sources, locators),
            *(actors, relations, initiatives, since, until),
            roles=roles,
            amounts=amounts,
            currencies=["" if amount is None else self.currency for amount in amounts],
            sources=sources,
            locators=locators,
            path=cells.plan.table.place,
            lines=lines,
        )

    def _ends(self, block: Block) -> tuple[list[str], list[str]]:
        """Return the IRIs of the actor and of the initiative of each row; new ones are described row by row."""
        ends = self.actors, self.initiatives
        given = [list(map(end.given, block.rows)) for end in ends]
        found = [list(map(end.known.get, said)) for end, said in zip(ends, given, strict=True)]
        new = [place for place, iris in enumerate(zip(*found, strict=True)) if None in iris]
        for place in new:
            for end, said, iris in zip(ends, given, found, strict=True):
                iris[place] = end.iri(said[place], block.lines[place])
        actors, initiatives = ([iri or "" for iri in iris] for iris in found)
        return actors, initiatives

    def _column(self, part: str, block: Block) -> list[str]:
        place = self.places.get(part)
        return [row[place] for row in block.rows] if place is not None else [""] * len(block.rows)


class _Cells:
    """What cells mean, by the words of the plan; those that occur in thousands of rows are understood once."""

    def __init__(self, plan: Plan, vocabulary: Vocabulary, problems: Problems) -> None:
        self.plan, self.vocabulary, self.problems = plan, vocabulary, problems
        self.noted: list[Problem] = []
        self.words, self.constants = plan.words, plan.constants["participation"]
        self.empty = {
            (section, part): plan.empty.get(heading, frozenset()) | {NULL, ""}
            for section, columns in plan.columns.items()
            for part, heading in columns.items()
        }
        self.known: dict[tuple[str, str], str] = {}
        self.roles: dict[str, tuple[str, str]] = {}
        self.types: dict[tuple[str, str], tuple[str, str]] = {}

    def wrong(self, message: str, hint: str, line: int) -> None:
        """Note that something is wrong with a row."""
        self.noted.append(self.plan.table.problem(message, hint, line))

    def report(self) -> None:
        """Report what was noted, row by row: columns are understood one after another."""
        self.problems.add(*sorted(self.noted, key=attrgetter("line")))
        self.noted.clear()

    def text(self, section: str, part: str, written: str) -> str:
        """Return the words of a cell."""
        text = written.strip()
        return "" if text in self.empty[section, part] else text

    def role(self, written: str, line: int) -> tuple[str, str]:
        """Return the relation that a role means, behind the role's own words if the relation does not say them."""
        found = self.roles.get(written)
        if found is None:
            role = self.text("participation", "role", written) if written else ""
            stated = self.words["relations"].get(role) or self.vocabulary.resolve_relation(role) if role else ""
            if role and not stated and self.words["relations"] and "relation" not in self.constants:
                hint = "Say there what it means, or give [participation] a relation for all other roles."
                self.wrong(f"role {quoted(role)} is not one of [relations].", hint, line)
            relation = stated or self.constants.get("relation") or self.vocabulary.default_relation
            found = self.roles[written] = "" if stated else role, relation
        return found

    def type(self, section: str, written: str) -> tuple[str, str]:
        """Return a type, and the kind as the table words it where no fitting type says it."""
        found = self.types.get((section, written))
        if found is None:
            vocabulary, initiative = self.vocabulary, section == "initiative"
            kind = self.text(section, "type", written) if written else ""
            meant = self.words["types"].get(kind) or vocabulary.resolve_type(kind) if kind else None
            default = vocabulary.default_initiative_type if initiative else vocabulary.default_actor_type
            fits = meant is not None and vocabulary.is_initiative_type(meant) is initiative
            found = self.types[section, written] = (meant, "") if meant and fits else (default, kind)
        return found

    def country(self, section: str, written: str, line: int) -> str:
        """Return a country; one that is not known is reported once."""
        found = self.known.get((section, written))
        if found is None:
            text, words = self.text(section, "country", written), self.words["countries"]
            found = words[text] if text in words else self.vocabulary.resolve_country(text) or ""
            if text and not found and text not in words:
                near = self.vocabulary.nearest(text, "country")
                meant = f"Did you mean {near}? " if near else ""
                hint = f"{meant}Else say what it means below [countries]."
                self.wrong(f"country {quoted(text)} is not known.", hint, line)
            self.known[section, written] = found
        return found

    def date(self, section: str, part: str, written: str, line: int) -> str:
        """Return a date; one that cannot be understood is reported once."""
        found = self.known.get((part, written))
        if found is None:
            text = self.text(section, part, written)
            found = self.understood(part, values.date, text, line, "") if text else ""
            self.known[part, written] = found
        return found

    def amount(self, written: str, line: int) -> float | None:
        """Return an amount, if there is one."""
        text = written.strip()
        if text in self.empty["participation", "amount"]:
            return None
        found = self.understood("amount", values.number, text, line, 0.0)
        if found < 0:
            self.wrong(f"amount {quoted(text)} is below 0.", "Mend it.", line)
        return found

    def understood(
        self, what: str, meaning: Callable[[str], Meaning], text: str, line: int, otherwise: Meaning
    ) -> Meaning:
        """Return what a text means; if nothing, report it."""
        try:
            return meaning(text)
        except ValueFault as fault:
            self.wrong(f"{what} {fault.message}", fault.hint, line)
            return otherwise


class _Ends:
    """The actors, or the initiatives, of a list: each is described by the first row that names it."""

    def __init__(self, section: str, cells: _Cells, places: Places, cited: Citation) -> None:
        self.section, self.cells, self.cited = section, cells, cited
        self.prefix = cells.plan.constants[section].get("prefix", "")
        self.parts = [part for one, part in places if one == section]
        self.given = itemgetter(*(places[section, part] for part in self.parts))
        self.id_at = self.parts.index("id")
        self.others = self
        # The IRI of each by what the first row says that names it, and by its id.
        self.known: dict[Given, str] = {}
        self._first: dict[str, str] = {}
        self._iris: set[str] = set()
        self._differing: dict[str, int] = {}
        self._fresh: list[Profile] = []

    def iri(self, given: Given, line: int) -> str:
        """Return the IRI of the one of which a row says this."""
        found = self.known.get(given)
        if found is None:
            key = given if isinstance(given, str) else given[self.id_at]
            found = self._first.get(key)
            if found is None:
                found = self._first[key] = self.known[given] = self._describe(key, given, line)
            else:
                self._differing.setdefault(key, line)
        return found

    def described(self) -> list[Profile]:
        """Return those that were described since this was last asked."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def differing(self) -> Iterator[Problem]:
        """Say that rows contradict each other, if they do."""
        if self._differing:
            found = [f"{values.one_line(key)} (row {line})" for key, line in self._differing.items()]
            shown = ", ".join(found[:EXAMPLES]) + (", …" if len(found) > EXAMPLES else "")
            count = counted(len(found), self.section)
            yield self.cells.plan.table.problem(f"{count} described in several ways, the first is kept: {shown}.")

    def _describe(self, key: str, given: Given, line: int) -> str:
        cells, section = self.cells, self.section
        text = cells.text(section, "id", key)
        if not text:
            cells.wrong(f"the id of the {section} is empty.", "Fill it in, or leave the row out.", line)
            return ""
        name = f"{self.prefix}{text}"
        iri = cells.understood(section, values.identity, name, line, "")
        if iri in self.others._iris:
            hint = f'Give one of them a prefix: below [{section}], prefix = "{section}-".'
            cells.wrong(f"{quoted(name)} is both an actor and an initiative.", hint, line)
        elif iri and iri not in self._iris:
            self._iris.add(iri)
            part = dict(zip(self.parts, (given,) if isinstance(given, str) else given, strict=True))
            self._fresh.append(self._profile(iri, name, part, line))
        return iri

    def _profile(self, iri: str, name: str, part: dict[str, str], line: int) -> Profile:
        cells, section = self.cells, self.section
        type_, kind = cells.type(section, part.get("type", ""))
        label = cells.text(section, "label", part["label"]) if "label" in part else ""
        return Profile(
            iri,
            type_,
            (Text(label or name),),
            country=cells.country(section, part["country"], line) if "country" in part else "",
            kind=kind,
            since=cells.date(section, "since", part["since"], line) if "since" in part else "",
            until=cells.date(section, "until", part["until"], line) if "until" in part else "",
            citation=self.cited,
        )
