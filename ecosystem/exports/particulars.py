"""What records say, particular by particular: each has the group by which formats declare whether they carry it.

The names are those that `ecosystem.sources` reads back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ecosystem import terms
from ecosystem.exports.content import Content
from ecosystem.ontology import local_name
from ecosystem.records import Citation, Profile, Relationship, Text
from ecosystem.sources.items import BETWEEN_VALUES, LANGUAGE, UNDETERMINED

__all__ = [
    "ABOUT",
    "OF_EDGES",
    "OF_NODES",
    "Particular",
    "Value",
    "about",
    "main_text",
    "of_profile",
    "of_relationship",
]

Value = str | float | bool

OF_SOURCES: Final = ("titles of sources", "links to sources", "particulars of sources", "locators")
# What may be carried of an actor or initiative, of a relationship, and of the data set; the words are for people.
OF_NODES: Final = (
    *("types", "stated kinds", "labels in other languages", "other names", "acronyms", "descriptions", "countries"),
    *("stages", "dates", "web pages", "identifiers", "topics", "keywords", *OF_SOURCES, "IRIs"),
)
OF_EDGES: Final = (
    *("strengths", "dates", "roles", "amounts", "certainty", "confidence", "statements"),
    *("statements in other languages", *OF_SOURCES, "IRIs"),
)
ABOUT: Final = ("title", "description", "publisher", "licence", "date")


class Particular(NamedTuple):
    """One thing that a record says: its group, the name under which it is written, and its value."""

    group: str
    name: str
    value: Value

    @property
    def is_said(self) -> bool:
        """Whether there is a value; 0 is one."""
        return self.value != "" and self.value is not False


def about(content: Content) -> dict[str, str]:
    """Return what is said of the data set."""
    said = {name: str(getattr(content.dataset, name)) for name in ABOUT}
    return {name: words for name, words in said.items() if words}


def main_text(texts: Sequence[Text], language: str) -> Text:
    """Return the text to show first: in `language`, else in English, else in none, else the first."""
    rank = {language: 0, "en": 1, "": 2}
    return min(texts, key=lambda text: rank.get(text.language, 3), default=Text(""))


def of_profile(profile: Profile, label: Text, content: Content) -> Iterator[Particular]:
    """Yield what is said of an actor or initiative, beside its label."""
    language = label.language
    yield Particular("IRIs", "iri", profile.iri)
    yield Particular("types", "type", _short(profile.type))
    yield Particular("stated kinds", "kind", profile.kind)
    if language:
        yield Particular("labels in other languages", LANGUAGE, language)
    others = [text for text in profile.labels if text != label]
    yield from _texts("labels in other languages", "label", others, None)
    yield from _texts("other names", "alt_labels", _joined(profile.alternatives), language)
    yield Particular("acronyms", "acronym", profile.acronym)
    yield from _texts("descriptions", "description", profile.descriptions, language)
    yield Particular("countries", "country", local_name(profile.country) if profile.country else "")
    yield Particular("countries", "supranational", profile.supranational)
    yield Particular("stages", "stage", _short(profile.stage))
    yield Particular("dates", "since", profile.since)
    yield Particular("dates", "until", profile.until)
    yield Particular("web pages", "homepage", profile.homepage)
    yield Particular("identifiers", "identifiers", BETWEEN_VALUES.join(profile.identifiers))
    yield Particular("topics", "topics", BETWEEN_VALUES.join(map(_short, profile.topics)))
    yield Particular("keywords", "keywords", BETWEEN_VALUES.join(profile.keywords))
    yield from _cited(profile.citation, content)


def of_relationship(said: Relationship, content: Content) -> Iterator[Particular]:
    """Yield what is said of a relationship, beside its ends, its relation and its direction."""
    yield Particular("IRIs", "iri", said.given_iri)
    if said.strength is not None:
        yield Particular("strengths", "weight", said.strength)
    yield Particular("dates", "since", said.since)
    yield Particular("dates", "until", said.until)
    yield Particular("roles", "role", said.role)
    if said.amount is not None:
        yield Particular("amounts", "amount", said.amount)
        yield Particular("amounts", "currency", said.currency)
    yield Particular("certainty", "certainty", _short(said.certainty))
    if said.confidence is not None:
        yield Particular("confidence", "confidence", said.confidence)
    if said.statement.value and said.statement.language:
        usual = said.statement.language == content.main_language
        group = "statements" if usual else "statements in other languages"
        yield Particular(group, LANGUAGE, said.statement.language)
    yield Particular("statements", "statement", said.statement.value)
    yield from _cited(said.citation, content)


def _cited(citation: Citation, content: Content) -> Iterator[Particular]:
    yield Particular("locators", "locator", citation.locator)
    if not citation.source:
        return
    source = content.source(citation.source)
    label = main_text(source.labels, content.language)
    yield Particular("particulars of sources", "source_iri", source.iri)
    yield Particular("titles of sources", "source_label", label.value)
    if label.language:
        yield Particular("titles of sources", "source_language", label.language)
    for text in source.labels:
        if text != label:
            yield Particular("titles of sources", f"source_label@{text.language or UNDETERMINED}", text.value)
    yield Particular("links to sources", "source_url", source.url)
    for name in ("creator", "publisher", "date", "licence", "time_stamped_url"):
        yield Particular("particulars of sources", f"source_{name}", getattr(source, name))


def _texts(group: str, name: str, texts: Sequence[Text], language: str | None) -> Iterator[Particular]:
    """Yield texts: those in `language` under the plain name, others with their language behind it."""
    plain = next((text for text in texts if text.language == language), None)
    for text in texts:
        yield Particular(group, name if text is plain else f"{name}@{text.language or UNDETERMINED}", text.value)


def _joined(texts: Sequence[Text]) -> list[Text]:
    languages = dict.fromkeys(text.language for text in texts)
    return [
        Text(BETWEEN_VALUES.join(text.value for text in texts if text.language == language), language)
        for language in languages
    ]


def _short(iri: str) -> str:
    """Return the local name of a term of ours, any other IRI whole."""
    return iri.removeprefix(terms.ECO)
