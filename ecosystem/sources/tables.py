"""Tables of a data set: actors, initiatives, relationships, sources and figures, each row a record."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from ecosystem.errors import DataError, Problem
from ecosystem.records import Dataset, Figure, Profile, Record, Source
from ecosystem.sources.cells import Cells, Register, Table
from ecosystem.sources.columns import Layout, columns_of
from ecosystem.sources.inputs import Input
from ecosystem.sources.reading import Problems, Reading, Vocabulary
from ecosystem.sources.relationships import Listed, relationship, usable
from ecosystem.sources.rows import Sheet, separated
from ecosystem.sources.values import quoted

__all__ = ["TABLES", "Assembly", "read"]

PROFILE: Final = (
    *("type", "acronym", "alt_labels", "country", "description", "homepage", "identifiers"),
    *("since", "until", "kind", "topics", "keywords", "supranational", "source", "locator"),
)
PROFILE_TEXTS: Final = ("label", "alt_labels", "description")

SOURCES: Final = Layout(
    "sources",
    ("id", "label"),
    ("url", "creator", "publisher", "date", "licence", "time_stamped_url"),
    texts=("label",),
)
ACTORS: Final = Layout("actors", ("id", "label"), PROFILE, texts=PROFILE_TEXTS)
INITIATIVES: Final = Layout("initiatives", ("id", "label"), (*PROFILE, "stage"), texts=PROFILE_TEXTS)
RELATIONSHIPS: Final = Layout(
    "relationships",
    ("subject", "relation", "object"),
    (
        *("id", "since", "until", "strength", "confidence", "certainty", "role", "amount", "currency"),
        *("source", "locator", "statement"),
    ),
    text=("statement",),
)
FIGURES: Final = Layout(
    "figures", ("id", "subject", "label", "value"), ("unit", "date", "source", "locator"), texts=("label",)
)
# How many bytes of relationships are read by column, in batches, and not row by row into memory.
LARGE: Final = 2**18
# A table that stands alone may hold actors and initiatives together.
PROFILES: Final = replace(INITIATIVES, name="profiles")


def read(source: Input, vocabulary: Vocabulary) -> Reading:
    """Read one table that stands alone; its file's name or its header says which kind it is.

    Raises
    ------
    DataError
        With every row that is wrong.
    """
    dataset = Dataset(source.name, source.stem or source.name)
    assembly = Assembly(vocabulary, dataset.language, Problems(source.path))
    assembly.add(source)
    return assembly.reading(dataset, source.path)


class Assembly:
    """The tables of one data set on their way to records: what one table names, the later ones may refer to."""

    def __init__(self, vocabulary: Vocabulary, language: str, problems: Problems) -> None:
        self.vocabulary = vocabulary
        self.language = language
        self.problems = problems
        self.register = Register()
        self.records: list[Record] = []
        # Large tables of relationships, which are read when these are gone through.
        self.listed: list[Listed] = []
        self.skipped: list[Problem] = []

    def add(self, source: Input, layout: Layout | None = None, opened: Callable[[Input], Sheet] = separated) -> None:
        """Read a table, which `opened` makes a sheet; without a layout, its name or header says which kind it is."""
        try:
            sheet = opened(source)
            layout = layout or _layout(source, sheet)
            if layout is RELATIONSHIPS and opened is separated and source.is_larger_than(LARGE):
                self.listed.append(Listed(self._table(source, sheet, layout)))
            else:
                self.add_sheet(source, sheet, layout)
        except DataError as error:
            self.problems.add(*error.problems)

    def add_sheet(self, source: Input, sheet: Sheet, layout: Layout) -> None:
        """Turn the rows of a table into records; what is wrong with single rows is gathered in `problems`.

        Raises
        ------
        DataError
            If the table cannot be read as a whole, or not to its end.
        """
        table = self._table(source, sheet, layout)
        for row in sheet.rows:
            cells = Cells(table, row)
            record = MAKERS[layout.name](cells) if usable(cells) else None
            if record is not None:
                self.records.append(record)
        self.skipped += sheet.notes

    def _table(self, source: Input, sheet: Sheet, layout: Layout) -> Table:
        columns, passed = columns_of(sheet.header, layout, self.language, source)
        self.skipped += passed
        return Table(source, layout, columns, self.vocabulary, self.register, self.problems, self.skipped)

    def reading(self, dataset: Dataset, path: str) -> Reading:
        """Return all that was read.

        Raises
        ------
        DataError
            If any row was wrong.
        """
        if self.problems.count:
            # All that is wrong is told in one go.
            for _ in itertools.chain(*self.listed):
                pass
        self.problems.check()
        if not self.listed:
            return Reading(dataset, tuple(self.records), skipped=tuple(self.skipped), path=path)
        return Reading(dataset, tuple(self.records), skipped=self.skipped, path=path, relationships=tuple(self.listed))


def _layout(source: Input, sheet: Sheet) -> Layout:
    if source.stem in TABLES:
        return TABLES[source.stem]
    names = {cell.partition("@")[0].strip().casefold() for cell in sheet.header.cells}
    for layout, telling in ((RELATIONSHIPS, {"relation", "object"}), (FIGURES, {"value"}), (PROFILES, {"id", "label"})):
        if telling & names and names.issuperset(layout.required):
            return layout
    found = quoted(", ".join(filter(None, sheet.header.cells)))
    raise DataError(
        source.problem(
            f"is neither a table of actors nor of relationships: it has the columns {found}.",
            "Actors need id and label, relationships subject, relation and object. "
            "For other columns a plan says what they mean: `ecosystem plan FILE` writes its skeleton.",
            sheet.header.line,
        )
    )


def _profile(cells: Cells, initiative: bool | None) -> Profile:
    iri, labels = cells.claimed(), cells.texts("label")
    cells.table.register.describe(cells.text("id"), iri, labels)
    type_, kind = _type(cells, initiative)
    stage = cells.concept("stage")
    if stage and initiative is None and not cells.table.vocabulary.is_initiative_type(type_):
        cells.wrong("an actor has no stage.", "Leave stage empty, or state a type of initiatives.")
    since, until = cells.period()
    return Profile(
        iri,
        type_,
        labels,
        alternatives=cells.text_lists("alt_labels"),
        acronym=cells.text("acronym"),
        descriptions=cells.texts("description"),
        country=cells.country(),
        kind=kind,
        stage=stage,
        since=since,
        until=until,
        homepage=cells.web_address("homepage"),
        identifiers=cells.items("identifiers"),
        topics=cells.concepts("topics"),
        keywords=cells.items("keywords"),
        supranational=cells.text("supranational").casefold() in ("yes", "true", "1"),
        citation=cells.citation(),
        origin=cells.origin,
    )


def _type(cells: Cells, initiative: bool | None) -> tuple[str, str]:
    """Return the type, and the kind as worded where no type says it; `initiative` is None where both may stand."""
    vocabulary = cells.table.vocabulary
    as_initiative = initiative or (initiative is None and bool(cells.text("stage")))
    default = vocabulary.default_initiative_type if as_initiative else vocabulary.default_actor_type
    kind = cells.text("kind")
    if cells.text("type"):
        stated = cells.type()
        if stated and initiative is not None and vocabulary.is_initiative_type(stated) is not initiative:
            kinds, table = ("actors", "actors.csv") if initiative else ("initiatives", "initiatives.csv")
            cells.wrong(f"type {quoted(cells.text('type'))} is one of {kinds}.", f"Move the row to {table}.")
        return stated or default, kind
    meant = vocabulary.resolve_type(kind) if kind else None
    if meant is None or (initiative is not None and vocabulary.is_initiative_type(meant) is not initiative):
        return default, kind
    return meant, ""


def _figure(cells: Cells) -> Figure:
    return Figure(
        cells.claimed(),
        cells.reference("subject"),
        cells.texts("label"),
        cells.number("value") or 0.0,
        cells.text("unit"),
        date=cells.date("date"),
        citation=cells.citation(),
        origin=cells.origin,
    )


def _source(cells: Cells) -> Source:
    pattern = cells.text("time_stamped_url")
    if pattern and "{seconds}" not in pattern:
        cells.wrong(f"time_stamped_url {quoted(pattern)} lacks {{seconds}}.", "Put it where the time belongs.")
    return Source(
        cells.claimed(),
        cells.texts("label"),
        url=cells.web_address("url"),
        creator=cells.text("creator"),
        publisher=cells.text("publisher"),
        date=cells.date("date"),
        licence=cells.text("licence"),
        time_stamped_url=pattern,
        origin=cells.origin,
    )


# In the order in which they are read: what relationships refer to is known before them.
TABLES: Final[Mapping[str, Layout]] = {
    layout.name: layout for layout in (SOURCES, ACTORS, INITIATIVES, RELATIONSHIPS, FIGURES)
}
MAKERS: Final[Mapping[str, Callable[[Cells], Record | None]]] = {
    SOURCES.name: _source,
    ACTORS.name: partial(_profile, initiative=False),
    INITIATIVES.name: partial(_profile, initiative=True),
    PROFILES.name: partial(_profile, initiative=None),
    RELATIONSHIPS.name: relationship,
    FIGURES.name: _figure,
}
