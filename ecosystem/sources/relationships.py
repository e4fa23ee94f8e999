"""Relationships that a table lists: row by row, and very many of them by column.

A large table is understood a block of rows at a time, each column at once and each distinct cell of it once. Where
something in a block is wrong or said twice, its halves are read, and theirs, until few rows are left that are read one
by one: what is told of them is the same whatever the size of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress, repeat
from operator import not_
from typing import Final, Generic, TypeVar

from ecosystem import terms
from ecosystem.errors import DataError, Problem
from ecosystem.records import Origin, Relationship, Relationships, Text, record_iris
from ecosystem.sources import values
from ecosystem.sources.cells import Cells, Table
from ecosystem.sources.rows import NULL, Block, fitted, in_blocks, row_of
from ecosystem.sources.values import ValueFault

__all__ = ["Listed", "relationship", "usable"]

Meaning = TypeVar("Meaning")
# Columns whose words are kept as they are.
WORDS: Final = ("id", "role", "currency", "statement", "locator")
# How many rows are read one by one where something is wrong with one of them.
FEW: Final = 32
# How many distinct cells of a column are remembered.
REMEMBERED: Final = 2**17


def usable(cells: Cells) -> bool:
    """Tell whether a row states what it must; report what it does not."""
    if cells.row.fault:
        cells.wrong(cells.row.fault, "Mend the row.")
        return False
    unstated = [column for column in cells.table.layout.required if not cells.text(column)]
    for column in unstated:
        cells.wrong(f"{column} is empty.", "Fill it in, or leave the row out.")
    return not unstated


def relationship(cells: Cells) -> Relationship | None:
    """Return what one row says; None where another says the same."""
    since, until = cells.period()
    said = Relationship(
        cells.reference("subject"),
        cells.relation(),
        cells.reference("object"),
        since=since,
        until=until,
        strength=cells.number("strength", values.positive),
        confidence=cells.number("confidence", values.share),
        certainty=cells.concept("certainty") or terms.STATED,
        role=cells.text("role"),
        amount=cells.number("amount", values.not_negative),
        currency=cells.text("currency"),
        statement=next(iter(cells.texts("statement")), Text("")),
        citation=cells.citation(),
        origin=cells.origin,
        given_iri=cells.claimed(),
    )
    return None if _repeats(cells, said) else said


def _repeats(cells: Cells, said: Relationship) -> bool:
    register, iri = cells.table.register, said.iri
    if said.given_iri:
        return False
    particulars = hash((said.strength, said.confidence, said.amount, said.currency, said.statement.value))
    if iri in register.places:
        first, same = Origin(*register.places[iri]), False
    else:
        path, line, others = register.said.setdefault(iri, (said.origin.path, said.origin.line, particulars))
        first, same = Origin(path, line), others == particulars
        if first == said.origin:
            return False
    if same:
        cells.pass_over(f"repeats {first} and is passed over.")
        return True
    message = f"states the same as {first}, with other particulars."
    cells.wrong(message, "Give both rows an id, or a locator that tells them apart.")
    return False


@dataclass(frozen=True, slots=True)
class Listed:
    """The relationships of a large table, which is read anew each time that they are gone through."""

    table: Table

    def __iter__(self) -> Iterator[Relationships]:
        """Yield what the rows say, a batch at a time, until one is wrong: then the rest is only checked.

        Raises
        ------
        DataError
            If the table cannot be read to its end; and after its last row, if any was wrong.
        """
        register = self.table.register
        own = replace(register, places=dict(register.places), said=dict(register.said))
        table = replace(self.table, register=own)
        problems, notes = table.problems, list[Problem]()
        try:
            header, blocks = in_blocks(table.source, notes)
            rows = _Rows(table, len(header.cells))
            for block in blocks:
                for batch in rows.said(block):
                    if batch and not problems.count:
                        yield batch
            table.skipped.extend(notes)
        except DataError as error:
            problems.add(*error.problems)
        problems.check()


class _Known(Generic[Meaning], dict[str, Meaning]):
    """What the cells of a column mean, each distinct one understood once; one that means nothing raises."""

    def __init__(self, meaning: Callable[[str], Meaning], unstated: Meaning, *, required: bool = False) -> None:
        super().__init__()
        self.meaning, self.unstated, self.required = meaning, unstated, required

    def __missing__(self, written: str) -> Meaning:
        text = written.strip()
        is_stated = text not in ("", NULL)
        if self.required and not is_stated:
            raise ValueFault("is empty.")
        found = self.meaning(text) if is_stated else self.unstated
        if len(self) >= REMEMBERED:
            self.clear()
        self[written] = found
        return found


class _Rows:
    """The rows of one table, by column."""

    def __init__(self, table: Table, width: int) -> None:
        self.table, self.width = table, width
        self.places = {name: next(iter(stand.values())) for name, stand in table.columns.items()}
        self.language = next(iter(table.columns.get("statement", ("",))))
        end, date = _Known(table.referred, "", required=True), _Known(values.date, "")
        texts = {
            "subject": end,
            "relation": _Known(partial(table.known, "relation"), "", required=True),
            "object": end,
            "since": date,
            "until": date,
            "certainty": _Known(partial(table.known, "concept"), terms.STATED),
            "source": _Known(values.one_source, ""),
        }
        numbers: dict[str, _Known[float | None]] = {
            "strength": _Known(values.positive, None),
            "confidence": _Known(values.share, None),
            "amount": _Known(values.not_negative, None),
        }
        self.texts = {name: known for name, known in texts.items() if name in self.places}
        self.numbers = {name: known for name, known in numbers.items() if name in self.places}

    def said(self, block: Block) -> Iterator[Relationships]:
        """Yield what a block of rows says: all at once, or, where that cannot be, in parts."""
        count = len(block.rows)
        found = self._at_once(block)
        if found is not None:
            yield found
        elif count <= FEW:
            yield self._one_by_one(block)
        else:
            for part in (slice(0, count // 2), slice(count // 2, count)):
                yield from self.said(Block(block.lines[part], block.rows[part]))

    def _one_by_one(self, block: Block) -> Relationships:
        rows = (row_of(line, cells, self.width) for line, cells in zip(block.lines, block.rows, strict=True))
        table = (Cells(self.table, row) for row in rows if row is not None)
        found = (relationship(cells) for cells in table if usable(cells))
        return Relationships.of([one for one in found if one is not None])

    def _at_once(self, block: Block) -> Relationships | None:
        """Return what rows say; None where one of them is wrong, or says what another does."""
        rows = block.rows
        if set(map(len, rows)) != {self.width}:
            filled = [fitted(cells, self.width) for cells in rows]
            rows = [cells for cells in filled if cells is not None]
            if len(rows) < len(filled):
                return None
        try:
            said = self._meant(list(zip(*rows, strict=True)), block.lines)
        except ValueFault:
            return None
        periods = zip(said.since, said.until, strict=True)
        if any(until and since > until and values.ends_before(since, until) for since, until in periods):
            return None
        return self._named(said)

    def _meant(self, columns: Sequence[Sequence[str]], lines: Sequence[int]) -> Relationships:
        """Return what columns of cells mean; as IRIs the ids that are given."""
        places, words = self.places, [""] * len(lines)
        text = {name: list(map(known.__getitem__, columns[places[name]])) for name, known in self.texts.items()}
        number = {name: [*map(known.__getitem__, columns[places[name]])] for name, known in self.numbers.items()}
        stated = {name: _bare(columns[places[name]]) for name in WORDS if name in places}
        return Relationships(
            values.identities(stated.get("id", words)),
            text["subject"],
            text["relation"],
            text["object"],
            text.get("since", words),
            text.get("until", words),
            number.get("strength", ()),
            number.get("confidence", ()),
            text.get("certainty") or [terms.STATED] * len(lines),
            stated.get("role", words),
            number.get("amount", ()),
            stated.get("currency", ()),
            stated.get("statement", ()),
            text.get("source", words),
            stated.get("locator", words),
            self.language,
            self.table.source.place,
            lines,
        )

    def _named(self, said: Relationships) -> Relationships | None:
        """Return relationships with all their IRIs, which are taken from now on; None where one is not free."""
        places, path = self.table.register.places, self.table.source.place
        given = [iri for iri in said.iris if iri]
        named = set(given)
        if len(named) < len(given) or not places.keys().isdisjoint(named):
            return None
        if len(given) < len(said):
            bare = [not iri for iri in said.iris]
            made = self._made(said, bare, named)
            if made is None:
                return None
            following = iter(made)
            said = replace(said, iris=[iri or next(following) for iri in said.iris])
            lines = list(compress(said.lines, map(not_, bare)))
        else:
            lines = list(said.lines)
        places.update(zip(given, zip(repeat(path), lines, strict=False), strict=True))
        return said

    def _made(self, said: Relationships, bare: Sequence[bool], named: set[str]) -> list[str] | None:
        """Return the IRIs of relationships without an id; None where one says what another does."""
        register, path = self.table.register, self.table.source.place
        told = (
            *(said.subjects, said.relations, said.objects, said.since, said.until, said.roles, said.certainties),
            *(said.sources, said.locators),
        )
        made = record_iris(*(compress(column, bare) for column in told))
        free = set(made)
        taken = named, register.places.keys(), register.said.keys()
        if len(free) < len(made) or not all(names.isdisjoint(free) for names in taken):
            return None
        words, numbers = [""] * len(said), [None] * len(said)
        others: tuple[Sequence[object], ...] = (
            *(said.strengths or numbers, said.confidences or numbers, said.amounts or numbers),
            *(said.currencies or words, said.statements or words),
        )
        particulars = map(hash, zip(*(compress(column, bare) for column in others), strict=True))
        lines = compress(said.lines, bare)
        register.said.update(zip(made, zip(repeat(path), lines, particulars, strict=False), strict=True))
        return made


def _bare(cells: Sequence[str]) -> list[str]:
    bare = list(map(str.strip, cells))
    return ["" if text == NULL else text for text in bare] if NULL in bare else bare
