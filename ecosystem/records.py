"""What a data set says, as frozen value objects: profiles of actors and initiatives, relationships, sources, figures.

Readers of every format make these; the store turns them into triples. All references are full IRIs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ecosystem import terms

__all__ = [
    "Citation",
    "Dataset",
    "Figure",
    "Origin",
    "Profile",
    "Record",
    "Relationship",
    "Relationships",
    "Source",
    "Text",
    "record_iris",
]

SEPARATOR = "\x1f"
DATE_PATTERN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """Words in a language; the tag is empty where the input names none."""

    value: str
    language: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a record was read: the file's name as the user gave it, and its row (1 is the first line)."""

    path: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """The source that says so, and where in it: a section's heading, a page, or `hh:mm:ss` in a recording."""

    source: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set's description, from its `dataset.toml` or from the file's name where there is none.

    `name` is a slug; `licence` an SPDX id or URL; `date` an ISO date.
    """

    name: str
    title: str
    description: str = ""
    licence: str = ""
    publisher: str = ""
    date: str = ""
    language: str = "en"

    @property
    def iri(self) -> str:
        """The IRI of the data set, which is also the name of its graph in a store."""
        return f"{terms.ID}dataset/{self.name}"


@dataclass(frozen=True, slots=True)
class Profile:
    """What is said of one actor or initiative; its type tells which of the two it is.

    `kind` is the kind as the input words it, kept where the ontology has no type of that name. `country` is the
    IRI of its country of analysis; supranational bodies and networks have none;
    `supranational` says that this is one, where its type does not. `topics` are concepts of the ontology, `keywords`
    the input's own words. Dates are `YYYY`, `YYYY-MM` or
    `YYYY-MM-DD`.
    """

    iri: str
    type: str
    labels: tuple[Text, ...]
    alternatives: tuple[Text, ...] = ()
    acronym: str = ""
    descriptions: tuple[Text, ...] = ()
    country: str = ""
    kind: str = ""
    stage: str = ""
    since: str = ""
    until: str = ""
    homepage: str = ""
    identifiers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    supranational: bool = False
    citation: Citation = Citation()
    origin: Origin = field(default=Origin(), compare=False)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One statement that ties a subject to an object, with all that a bare triple cannot carry.

    `strength` is the tie's weight (larger is stronger), `confidence` lies in 0 … 1, `certainty` is the IRI of a
    certainty (stated, implied, inferred, denied), or empty where none is recorded. A denied relationship is recorded,
    and not asserted.
    """

    subject: str
    relation: str
    object: str
    since: str = ""
    until: str = ""
    strength: float | None = None
    confidence: float | None = None
    certainty: str = terms.STATED
    role: str = ""
    amount: float | None = None
    currency: str = ""
    statement: Text = Text("")
    citation: Citation = Citation()
    origin: Origin = field(default=Origin(), compare=False)
    given_iri: str = ""

    @property
    def iri(self) -> str:
        """The IRI of the record: the one given, else one that follows from what the record says.

        >>> Relationship("a", "b", "c").iri == Relationship("a", "b", "c").iri
        True
        """
        if self.given_iri:
            return self.given_iri
        told = (self.subject, self.relation, self.object, self.since, self.until, self.role, self.certainty)
        columns = ((text,) for text in (*told, self.citation.source, self.citation.locator))
        return record_iris(*columns)[0]


def record_iris(*told: Iterable[str]) -> list[str]:
    """Return the IRIs of records that have none given.

    Parameters
    ----------
    told
        Subjects, relations, objects, dates since and until, roles, certainties, sources and locators: a column each.
    """
    space, digest = f"{terms.ID}rel-", hashlib.sha256
    told_in_one = map(SEPARATOR.join, zip(*told, strict=True))
    return [f"{space}{digest(text.encode()).hexdigest()[:16]}" for text in told_in_one]


@dataclass(frozen=True, slots=True)
class Relationships:
    """Many relationships by column: a large table has no `Relationship` object a row.

    Columns are as the fields of `Relationship` and of one length; one in which nothing is stated may be left empty.
    `language` is that of all statements. `lines` are where the relationships stand in the file `path`.
    """

    iris: Sequence[str]
    subjects: Sequence[str]
    relations: Sequence[str]
    objects: Sequence[str]
    since: Sequence[str] = ()
    until: Sequence[str] = ()
    strengths: Sequence[float | None] = ()
    confidences: Sequence[float | None] = ()
    certainties: Sequence[str] = ()
    roles: Sequence[str] = ()
    amounts: Sequence[float | None] = ()
    currencies: Sequence[str] = ()
    statements: Sequence[str] = ()
    sources: Sequence[str] = ()
    locators: Sequence[str] = ()
    language: str = ""
    path: str = ""
    lines: Sequence[int] = ()

    @classmethod
    def of(cls, records: Sequence[Relationship]) -> Relationships:
        """Return records of one file by column."""
        return cls(
            [one.iri for one in records],
            [one.subject for one in records],
            [one.relation for one in records],
            [one.object for one in records],
            [one.since for one in records],
            [one.until for one in records],
            [one.strength for one in records],
            [one.confidence for one in records],
            [one.certainty for one in records],
            [one.role for one in records],
            [one.amount for one in records],
            [one.currency for one in records],
            [one.statement.value for one in records],
            [one.citation.source for one in records],
            [one.citation.locator for one in records],
            next((one.statement.language for one in records if one.statement.value), ""),
            records[0].origin.path if records else "",
            [one.origin.line for one in records],
        )

    def __len__(self) -> int:
        return len(self.iris)

    def __iter__(self) -> Iterator[Relationship]:
        words: Sequence[str] = [""] * len(self)
        numbers: Sequence[float | None] = [None] * len(self)
        since, until, roles = self.since or words, self.until or words, self.roles or words
        strengths, confidences = self.strengths or numbers, self.confidences or numbers
        certainties, amounts = self.certainties or words, self.amounts or numbers
        currencies, statements = self.currencies or words, self.statements or words
        sources, locators = self.sources or words, self.locators or words
        lines = self.lines or [0] * len(self)
        for place, iri in enumerate(self.iris):
            one = Relationship(
                self.subjects[place],
                self.relations[place],
                self.objects[place],
                since[place],
                until[place],
                strengths[place],
                confidences[place],
                certainties[place],
                roles[place],
                amounts[place],
                currencies[place],
                Text(statements[place], self.language) if statements[place] else Text(""),
                Citation(sources[place], locators[place]),
                Origin(self.path, lines[place]),
            )
            yield one if one.iri == iri else replace(one, given_iri=iri)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a source gives about an actor or initiative."""

    iri: str
    subject: str
    labels: tuple[Text, ...]
    value: float
    unit: str
    date: str = ""
    citation: Citation = Citation()
    origin: Origin = field(default=Origin(), compare=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A document, recording or register that statements rest on.

    `time_stamped_url` is a pattern with `{seconds}` in it, for recordings: it makes a locator into a link.
    """

    iri: str
    labels: tuple[Text, ...]
    url: str = ""
    creator: str = ""
    publisher: str = ""
    date: str = ""
    licence: str = ""
    time_stamped_url: str = ""
    origin: Origin = field(default=Origin(), compare=False)


Record = Profile | Relationship | Figure | Source


def is_date(text: str) -> bool:
    """Tell whether `text` is a year, a year and month, or a day.

    >>> [is_date(text) for text in ("2021", "2021-06", "2021-06-22", "22/06/2021", "2021-13")]
    [True, True, True, False, False]
    """
    return DATE_PATTERN.fullmatch(text) is not None
