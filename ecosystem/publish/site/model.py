"""What a site says, as plain data: the api fills it, the pages show it, nothing here is computed or read as markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ecosystem.lookup import Evidence, Profile, SourceProfile
from ecosystem.publish.view import MapView

__all__ = [
    "BrokerLine",
    "CountryPage",
    "DatasetLine",
    "Download",
    "Finding",
    "Grid",
    "Proposal",
    "QuestionPage",
    "RuleFindings",
    "Site",
    "SourcePage",
    "Thing",
    "Tie",
    "TieGroup",
]


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship of a thing, seen from it: the other end, and what stands behind it."""

    other: str
    other_iri: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TieGroup:
    """The relationships of a thing that read alike; `total` counts those too that there is no room for."""

    relation: str
    ties: tuple[Tie, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing, and for whom."""

    rule: str
    gap: str
    severity: str
    subject: str
    subject_iri: str
    country: str
    detail: str
    evidence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """A gap rule, why it matters and who says so, and what it finds; `key` is its place in the page."""

    key: str
    gap: str
    severity: str
    rationale: str
    source: str
    source_iri: str
    locator: str
    remedy: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Counts by two things at once: a cell says what it counts, and from 0 to 4 how dark it is.

    `key` is its place in the page.
    """

    key: str
    title: str
    notes: tuple[str, ...]
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...]  # label, IRI, cells


@dataclass(frozen=True, slots=True)
class Proposal:
    """A partner that is proposed to an actor."""

    label: str
    iri: str
    country: str
    tie: str
    why: str
    introduced_by: str


@dataclass(frozen=True, slots=True)
class Thing:
    """An actor or an initiative: all that its page says. `on_map` is its id there."""

    profile: Profile
    is_initiative: bool
    kind: str
    country: str
    country_iri: str
    ties: tuple[TieGroup, ...]
    count: int
    on_map: str
    source_iri: str = ""
    broker: str = ""
    gaps: tuple[Finding, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    @property
    def iri(self) -> str:
        """Its IRI."""
        return self.profile.iri

    @property
    def label(self) -> str:
        """What it is called."""
        return self.profile.label


@dataclass(frozen=True, slots=True)
class BrokerLine:
    """A broker, whom it connects in words, and how often in each role that it plays."""

    label: str
    iri: str
    country: str
    words: str
    roles: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class CountryPage:
    """A country: who is there, what runs there, and what ties it to others; `total` counts all ties across borders."""

    name: str
    iri: str
    things: tuple[Thing, ...]
    abroad: tuple[tuple[str, str, tuple[Evidence, ...]], ...]  # the other country, its IRI, what ties them
    total: int


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source and the statements that rest on it."""

    profile: SourceProfile
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A saved question, how to ask it again, and its answer; a cell is its text and the IRI that it names, or "".

    `begin` is the query as the page that asks begins with it. `example` says what was chosen for this answer, where
    something has to be; `unanswered` why there is no answer, where there is none.
    """

    name: str
    title: str
    description: str
    text: str
    command: str
    begin: str = ""
    example: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    total: int = 0
    unanswered: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away: its path, what it is, and what it has no place for."""

    path: str
    title: str
    media_type: str
    content: bytes
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatasetLine:
    """A data set that the site is made of."""

    title: str
    iri: str
    description: str
    licence: str
    publisher: str
    date: str


@dataclass(frozen=True, slots=True)
class Site:
    """A whole site.

    Parameters
    ----------
    view
        The map, its nodes placed; title, sentence, notes, settings and sources are taken from it.
    command, query_command
        The command lines that make the site again, and that ask a question in a file.
    base_url
        Where it will stand, ending in a slash; empty where that is open.
    triples
        How many triples the data hold.
    trig
        Data and ontology as the query page holds them.
    labels
        What to call things, by IRI.
    """

    view: MapView
    command: str
    query_command: str
    things: tuple[Thing, ...]
    brokers: tuple[BrokerLine, ...]
    rules: tuple[RuleFindings, ...]
    countries: tuple[CountryPage, ...]
    sources: tuple[SourcePage, ...]
    questions: tuple[QuestionPage, ...]
    downloads: tuple[Download, ...]
    datasets: tuple[DatasetLine, ...]
    grids: tuple[Grid, ...] = ()
    base_url: str = ""
    relationships: int = 0
    triples: int = 0
    trig: bytes = b""
    labels: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Its heading."""
        return self.view.title

    @property
    def actors(self) -> tuple[Thing, ...]:
        """The actors, by name."""
        return tuple(thing for thing in self.things if not thing.is_initiative)

    @property
    def initiatives(self) -> tuple[Thing, ...]:
        """The initiatives, by name."""
        return tuple(thing for thing in self.things if thing.is_initiative)
