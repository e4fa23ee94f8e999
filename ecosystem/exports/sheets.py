"""Everything as tables, a row a record: a data set folder of ours, a workbook, and Parquet."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ecosystem import terms
from ecosystem.errors import PublishError
from ecosystem.exports.content import Content
from ecosystem.ontology import local_name
from ecosystem.records import Profile, Relationship, Text
from ecosystem.sources.cells import BETWEEN_VALUES, COUNTRY_PREFIX
from ecosystem.sources.values import is_slug
from ecosystem.tables import spreadsheet_safe

__all__ = ["dataset", "parquet", "workbook"]

Cell = str | float | None | Sequence[str]
CREATED: Final = datetime.datetime(2000, 1, 1)
CELL_LENGTH: Final = 32_767
ROW_LIMIT: Final = 1_048_575
MARK: Final = "und"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, its columns, and its rows by column; columns of texts are followed by other languages."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]


def dataset(content: Content) -> dict[str, bytes]:
    """Return a data set folder: a description and a CSV file for each kind of record."""
    language = content.main_language or MARK
    files = {"dataset.toml": _description(content, language)}
    for sheet in _sheets(content, language):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(sheet.columns)
        writer.writerows([spreadsheet_safe(_written(row.get(name))) for name in sheet.columns] for row in sheet.rows)
        files[f"{sheet.name}.csv"] = out.getvalue().encode("utf-8")
    return files


def workbook(content: Content) -> bytes:
    """Return a workbook with a sheet for each kind of record; cells are text or numbers, never formulas or links."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": content.dataset.title[:255], "created": CREATED})
    bold = book.add_format({"bold": True})
    for sheet in _sheets(content, content.main_language or MARK):
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for at, name in enumerate(sheet.columns):
            page.write_string(0, at, name, bold)
        if len(sheet.rows) > ROW_LIMIT:
            message = f"{len(sheet.rows):,} {sheet.name} are more than a sheet holds."
            raise PublishError(message, hint="Write parquet or dataset instead.")
        for number, row in enumerate(sheet.rows, start=1):
            for at, name in enumerate(sheet.columns):
                value = row.get(name)
                if isinstance(value, float):
                    page.write_number(number, at, value)
                elif words := _written(value):
                    page.write_string(number, at, words[:CELL_LENGTH])
    book.close()
    return out.getvalue()


def parquet(content: Content) -> dict[str, bytes]:
    """Return a Parquet file for each kind of record; what has several values is a list."""
    import polars as pl

    files = {}
    for sheet in _sheets(content, content.main_language or MARK):
        series = []
        for name in sheet.columns:
            values = [row.get(name) for row in sheet.rows]
            kinds = {type(value) for value in values if value is not None}
            type_ = pl.Float64 if kinds == {float} else pl.List(pl.String) if tuple in kinds else pl.String
            series.append(pl.Series(name, [None if value == "" else value for value in values], dtype=type_))
        out = io.BytesIO()
        pl.DataFrame(series).write_parquet(out, compression="zstd", statistics=True)
        files[f"{sheet.name}.parquet"] = out.getvalue()
    return files


def _sheets(content: Content, language: str) -> Iterator[Sheet]:
    """Yield the tables that are not empty, and always that of actors."""
    names = _Names(content)
    initiatives = [one for one in content.profiles if content.ontology.is_initiative_type(one.type)]
    actors = [one for one in content.profiles if not content.ontology.is_initiative_type(one.type)]
    said: list[tuple[str, Iterable[Mapping[str, Cell]], Sequence[str]]] = [
        ("actors", (names.profile(one, language) for one in actors), ("id", "type", "label", "kind")),
        ("initiatives", (names.profile(one, language) for one in initiatives), ("id", "type", "label", "kind")),
        ("relationships", map(names.relationship, content.relationships), ("subject", "relation", "object")),
        (
            "sources",
            (
                {
                    "id": names.id(one.iri),
                    **_in_languages("label", one.labels, language),
                    **{name: getattr(one, name) for name in (*SOURCE, "time_stamped_url")},
                }
                for one in content.sources
            ),
            ("id", "label"),
        ),
        (
            "figures",
            (
                {
                    **{"id": names.id(one.iri), "subject": names.id(one.subject)},
                    **_in_languages("label", one.labels, language),
                    **{"value": float(one.value), "unit": one.unit, "date": one.date},
                    **{"source": names.id(one.citation.source), "locator": one.citation.locator},
                }
                for one in content.figures
            ),
            ("id", "subject", "label", "value"),
        ),
    ]
    for name, found, needed in said:
        rows = tuple({column: cell for column, cell in row.items() if cell not in ("", (), None)} for row in found)
        if rows or name == "actors":
            columns = dict.fromkeys([*needed, *_order(rows)])
            yield Sheet(name, tuple(columns), rows)


SOURCE: Final = ("url", "creator", "publisher", "date", "licence")


def _order(rows: Sequence[Mapping[str, Cell]]) -> list[str]:
    """Return the columns that any row fills, in the order in which records say them."""
    place: dict[str, int] = {}
    for row in rows:
        for at, name in enumerate(row):
            place[name] = max(at, place.get(name, 0))
    return sorted(place, key=lambda name: (place[name], name))


class _Names:
    """How tables name things: by id where an IRI is one of ours, terms by their local names."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._described = {self.id(one.iri) for one in content.profiles}

    def id(self, iri: str) -> str:
        """Return an id, or an IRI that is none of ours whole."""
        short = iri.removeprefix(terms.ID)
        return short if is_slug(short) else iri

    def profile(self, one: Profile, language: str) -> dict[str, Cell]:
        """Return the row of an actor or initiative."""
        return {
            "id": self.id(one.iri),
            "type": self.term(one.type),
            **_in_languages("label", one.labels, language),
            "kind": one.kind,
            "acronym": one.acronym,
            **_lists("alt_labels", one.alternatives, language),
            "country": local_name(one.country) if one.country else "",
            "stage": self.term(one.stage),
            "since": one.since,
            "until": one.until,
            **_in_languages("description", one.descriptions, language),
            "homepage": one.homepage,
            "identifiers": one.identifiers,
            "topics": tuple(map(self.term, one.topics)),
            "keywords": one.keywords,
            "supranational": "yes" if one.supranational else "",
            "source": self.id(one.citation.source),
            "locator": one.citation.locator,
        }

    def relationship(self, said: Relationship) -> dict[str, Cell]:
        """Return the row of a relationship."""
        return {
            "id": self.id(said.given_iri),
            "subject": self.end(said.subject),
            "relation": self.term(said.relation),
            "object": self.end(said.object),
            "since": said.since,
            "until": said.until,
            "strength": said.strength,
            "confidence": said.confidence,
            "certainty": self.term(said.certainty),
            "role": said.role,
            "amount": said.amount,
            "currency": said.currency,
            "source": self.id(said.citation.source),
            "locator": said.citation.locator,
            "statement": said.statement.value,
        }

    def end(self, iri: str) -> str:
        """Return how a relationship names one of its ends: an actor, a concept or a country."""
        if iri in self.content.ontology.countries and iri not in self._described:
            return COUNTRY_PREFIX + local_name(iri)
        name = self.term(iri)
        return name if iri in self.content.ontology.concepts and name not in self._described else self.id(iri)

    def term(self, iri: str) -> str:
        """Return the local name of a term of ours, any other IRI whole."""
        return iri.removeprefix(terms.ECO)


def _in_languages(name: str, texts: Sequence[Text], language: str) -> dict[str, Cell]:
    return {_column(name, text.language, language): text.value for text in reversed(texts)}


def _lists(name: str, texts: Sequence[Text], language: str) -> dict[str, Cell]:
    found: dict[str, list[str]] = {}
    for text in texts:
        found.setdefault(_column(name, text.language, language), []).append(text.value)
    return {column: tuple(words) for column, words in found.items()}


def _column(name: str, tag: str, language: str) -> str:
    return name if (tag or MARK) == language else f"{name}@{tag or MARK}"


def _description(content: Content, language: str) -> bytes:
    said = content.dataset
    told = {
        **{"name": said.name, "title": said.title, "description": said.description, "licence": said.licence},
        **{"publisher": said.publisher, "date": said.date, "language": language},
    }
    return "".join(f"{key} = {_toml(words)}\n" for key, words in told.items() if words).encode("utf-8")


def _toml(words: str) -> str:
    escapes = {ord('"'): '\\"', ord("\\"): "\\\\", ord("\n"): "\\n", ord("\t"): "\\t", ord("\r"): "\\r"}
    escapes |= {code: f"\\u{code:04x}" for code in (*range(32), 127) if code not in escapes}
    return f'"{words.translate(escapes)}"'


def _written(value: Any) -> str:
    return BETWEEN_VALUES.join(value) if isinstance(value, tuple) else "" if value is None else str(value)
