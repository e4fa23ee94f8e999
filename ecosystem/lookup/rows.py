"""What a lookup answers with: things found, profiles, evidence and sources, in words."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Evidence", "Found", "Profile", "SourceProfile"]


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that a search found: what it is, and by which of its names it was found."""

    label: str
    kind: str
    country: str
    name: str
    iri: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A relationship with all that stands behind it, in words.

    `link` leads to the source, to the very second where it is a recording and the locator a time stamp.
    """

    subject: str
    relation: str
    object: str
    statement: str
    source: str
    locator: str
    certainty: str = ""
    confidence: str = ""
    since: str = ""
    until: str = ""
    role: str = ""
    amount: str = ""
    link: str = ""
    record: str = ""
    subject_iri: str = field(default="", metadata={"hidden": True})
    relation_iri: str = field(default="", metadata={"hidden": True})
    object_iri: str = field(default="", metadata={"hidden": True})
    source_iri: str = field(default="", metadata={"hidden": True})

    def __str__(self) -> str:
        said = self.statement or f"{self.subject} {self.relation} {self.object}"
        return f"{said} ({self.source}, {self.locator})"


@dataclass(frozen=True, slots=True)
class SourceProfile:
    """A source and how many relationships rest on it."""

    title: str
    publisher: str
    date: str
    licence: str
    url: str
    relationships: int
    iri: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is said of one actor, initiative, place or concept itself; its ties are `Evidence`."""

    iri: str
    label: str
    kind: str
    acronym: str = ""
    alternatives: tuple[str, ...] = ()
    country: str = ""
    description: str = ""
    homepage: str = ""
    stage: str = ""
    since: str = ""
    until: str = ""
    topics: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    source: str = ""
    locator: str = ""
    link: str = ""
    figures: tuple[str, ...] = ()
