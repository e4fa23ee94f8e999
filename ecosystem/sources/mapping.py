"""How a foreign table is to be read: which column means what, and which words.

A plan is a small TOML file beside the table that it names. It has a section for each thing that a row makes:

    title = "Projects and who pays for them"
    file = "projects.csv"          # .tsv, .xlsx, .ods, .xls, .json, .jsonl or .xml as well, and packed as .gz
    sheet = "Sheet1"               # of a workbook;  header = 5: the row that names the columns (0: none does)
    rows = "result.items"          # of a document: where the list is; of XML, the element that is repeated

    [initiative]                   # what the row is about; [actor] likewise
    label = "name"                 # a column; also id, type, country, description, homepage, since, until, topics …
    country = { is = "GBR" }       # the same for all rows
    homepage = { column = "path", before = "https://example.org/" }
    topics = ["field", "subject"]  # several columns; likewise alt_labels and identifiers

    [actor.funder]                 # further actors that it names: described by what this row says of them …
    label = "paid by"
    [actor.parent]                 # … or, without a label, by the row that has this id
    id = "parent"
    prefix = "org-"                # put before ids, so that they differ from those of others

    [[relationship]]               # and what ties them: from and to name the sections above
    from = "funder"
    relation = "funds"             # for all rows; role = a column whose words [relations] explains
    amount = "sum"                 # also since, until, strength, confidence, statement, locator, currency (for all)

    [relations]                    # what the words of the table mean; likewise [types], [countries], [topics], [stages]
    lead = "coordinates"
    [empty]                        # words that mean "not stated", by column
    sum = ["NA", "-"]
    [several]                      # what stands between several values in one cell, by column
    parent = ";"
    [skip]                         # rows to be left out: by column, the words that say so
    name = ["Total"]

`[participation]` is a `[[relationship]]` from the actor to the initiative of a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ecosystem.records import Dataset
from ecosystem.sources.inputs import Input

__all__ = ["ACTOR", "INITIATIVE", "PARTICIPATION", "RELATIONSHIP", "SEPARATED", "Part", "Plan", "Thing", "Tie"]

SEPARATED: Final = (".csv", ".tsv", ".txt")
ACTOR, INITIATIVE, PARTICIPATION, RELATIONSHIP = "actor", "initiative", "participation", "relationship"
# What a list of participations may say, to be read without an object a row.
PLAIN: Final[Mapping[str, tuple[str, ...]]] = {
    ACTOR: ("id", "label", "type", "country"),
    INITIATIVE: ("id", "label", "type", "country", "since", "until"),
    PARTICIPATION: ("role", "since", "until", "amount"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Where a part of a thing comes from: a column, with what to put before its words; or the same for all rows."""

    column: str = ""
    before: str = ""
    constant: str = ""
    others: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that it comes from; only what may be several comes from more than one."""
        return (self.column, *self.others) if self.column else ()

    @property
    def is_plain(self) -> bool:
        """Whether it is a column as it stands."""
        return bool(self.column) and not self.before and not self.others


@dataclass(frozen=True, slots=True)
class Thing:
    """An actor or initiative that a row names; `own` is what the row is about, the others are further ones."""

    name: str
    initiative: bool
    parts: Mapping[str, Part]
    prefix: str = ""
    own: bool = True


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties two things of a row; `relation` is an IRI, or empty where only roles say it."""

    section: str
    subject: str
    object: str
    parts: Mapping[str, Part]
    relation: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan says, with its words resolved.

    Parameters
    ----------
    table
        The file that holds the rows; its part is the sheet of a workbook.
    words
        What the words of the table mean, by kind (`relations`, `types` …): IRIs, or nothing.
    empty, skip
        For each column, the words that mean "not stated", and those that leave the row out.
    several
        For each column, what stands between several values.
    header
        The row that names the columns, if it is stated.
    rows
        Where a document has its rows.
    """

    dataset: Dataset
    table: Input
    things: tuple[Thing, ...]
    ties: tuple[Tie, ...]
    words: Mapping[str, Mapping[str, str]]
    empty: Mapping[str, frozenset[str]] = field(default_factory=dict)
    skip: Mapping[str, frozenset[str]] = field(default_factory=dict)
    several: Mapping[str, str] = field(default_factory=dict)
    header: int | None = None
    rows: str = ""

    @property
    def columns(self) -> dict[str, dict[str, str]]:
        """For each section of a list of participations, the column that each part is in."""
        found: dict[str, dict[str, str]] = {name: {} for name in PLAIN}
        for name, parts in self._sections():
            found[name] = {part: one.column for part, one in parts.items() if one.column}
        return found

    @property
    def constants(self) -> dict[str, dict[str, str]]:
        """For each section of a list of participations, what is the same for all rows."""
        found = {thing.name: {"prefix": thing.prefix} for thing in self.things}
        for tie in self.ties:
            stated = {"relation": tie.relation, "currency": tie.currency}
            found[tie.section] = {key: value for key, value in stated.items() if value}
        return found

    @property
    def is_list_of_participations(self) -> bool:
        """Whether it is one of separated values, and says no more than who takes part in what."""
        named = [name for name, _ in self._sections()]
        return (
            named == list(PLAIN)
            and self.table.kind in SEPARATED
            and not (self.several or self.skip or self.header is not None)
            and all("id" in thing.parts for thing in self.things)
            and all(
                part in PLAIN[name] and one.is_plain for name, parts in self._sections() for part, one in parts.items()
            )
        )

    def _sections(self) -> Iterator[tuple[str, Mapping[str, Part]]]:
        yield from ((thing.name, thing.parts) for thing in self.things)
        yield from ((tie.section, tie.parts) for tie in self.ties)
