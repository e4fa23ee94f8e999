"""What the ontology is made of: terms with labels, and what each kind of term adds to them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from ecosystem import terms

__all__ = [
    "Concept",
    "Country",
    "CountryGroup",
    "GapRule",
    "Kind",
    "Relation",
    "Term",
    "fold",
    "in_language",
    "local_name",
]


def fold(text: str) -> str:
    """Return `text` for comparing: no case, no accents, single spaces.

    >>> fold("  Türkiye's  Übersicht")
    "turkiye's ubersicht"
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return the text in a language, else in English, else the one without a language, else nothing.

    >>> in_language({"en": "gap", "fr": "lacune"}, "fr"), in_language({"en": "gap"}, "fr"), in_language({}, "fr")
    ('lacune', 'gap', '')
    """
    return texts.get(language) or texts.get("en") or texts.get("", "")


def local_name(iri: str) -> str:
    """Return what stands behind the last `#` or `/`.

    >>> local_name("http://publications.europa.eu/resource/authority/country/COL")
    'COL'
    """
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Term:
    """Anything the ontology names: an IRI, its labels by language, what it means and how it is drawn."""

    iri: str
    labels: Mapping[str, str]
    alternatives: tuple[str, ...] = ()
    definition: str = ""
    colour: str = ""
    order: int = 10_000

    @property
    def name(self) -> str:
        """The local name.

        >>> Term("https://w3id.org/ecosystem-mapper/ontology#Actor", {}).name
        'Actor'
        """
        return local_name(self.iri)

    def label(self, language: str = "en") -> str:
        """Return the label in `language`, else in English, else the local name."""
        return self.labels.get(language) or self.labels.get("en") or self.name


@dataclass(frozen=True, slots=True)
class Kind(Term):
    """An actor type or initiative type. `ancestors` run from the nearest to the root; `branch` is the one below it.

    An actor of a kind that `gathers` is also an occasion on which others meet, as a network is.
    """

    parents: tuple[str, ...] = ()
    ancestors: tuple[str, ...] = ()
    branch: str = ""
    shape: str = ""
    supranational: bool = False
    gathers: bool = False

    @property
    def is_initiative(self) -> bool:
        """Whether this is an initiative type (else it is an actor type)."""
        return terms.INITIATIVE in (self.iri, *self.ancestors)

    @property
    def is_place(self) -> bool:
        """Whether this is a kind of place: an actor by class, but no node of a network by default."""
        return terms.PLACE in (self.iri, *self.ancestors)


@dataclass(frozen=True, slots=True)
class Relation(Term):
    """A relation type: which ends it may tie, what it conveys, and whether it has a direction.

    One that `orchestrates` says of its subject that it brings others together; one that `offers`, what it can bring to
    others; one that `concerns`, a matter that those who share it could take up together. One that is `proposable` can
    be proposed to two actors that have no tie.
    """

    inverse_labels: Mapping[str, str] = field(default_factory=dict)
    domains: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    conveys: tuple[str, ...] = ()
    directed: bool = True
    locates: bool = False
    orchestrates: bool = False
    offers: bool = False
    concerns: bool = False
    proposable: bool = False

    def fits(self, subject: Kind, target: Kind) -> bool:
        """Tell whether the relation may run from a thing of one kind to a thing of another."""
        ends = ((subject, self.domains), (target, self.ranges))
        return all(not allowed or {kind.iri, *kind.ancestors}.intersection(allowed) for kind, allowed in ends)

    def inverse_label(self, language: str = "en") -> str:
        """Return the label read from object to subject."""
        if not self.directed:
            return self.label(language)
        return self.inverse_labels.get(language) or self.inverse_labels.get("en") or f"← {self.label(language)}"


@dataclass(frozen=True, slots=True)
class Concept(Term):
    """A concept of a scheme: a role, a mechanism, a stage, an obstacle or a topic."""

    kind: str = ""
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class CountryGroup(Concept):
    """Countries that are spoken of together; `members` are their IRIs, as of `date`.

    `notations` are names of the organisation whose members they are; they name the group only where one is asked for.
    """

    members: tuple[str, ...] = ()
    notations: tuple[str, ...] = ()
    date: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Country(Term):
    """A country, by its IRI in the EU's authority list; `alpha3` and `alpha2` are ISO 3166-1 codes."""

    alpha3: str = ""
    alpha2: str = ""


@dataclass(frozen=True, slots=True)
class GapRule(Term):
    """A gap rule: what is missing, why that matters and says who, how grave it is, what would mend it.

    `absence` says what counts as evidence of absence, and what is only absence of evidence. `missing` names who or what
    could fill the gap: types, concepts or relations. A rule `about_record` finds fault with the record, not the world.
    """

    rationales: Mapping[str, str] = field(default_factory=dict)
    remedies: Mapping[str, str] = field(default_factory=dict)
    severity: str = ""
    source: str = ""
    locator: str = ""
    select: str = ""
    family: str = ""
    about_record: bool = False
    absence: str = ""
    missing: tuple[str, ...] = ()

    def rationale(self, language: str = "en") -> str:
        """Return why what is missing matters, in `language`, else in English."""
        return in_language(self.rationales, language)

    def remedy(self, language: str = "en") -> str:
        """Return what would mend it, in `language`, else in English."""
        return in_language(self.remedies, language)
