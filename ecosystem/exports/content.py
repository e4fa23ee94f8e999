"""What is handed over to be written: plain records, and the ontology that says what to call things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ecosystem.ontology import Ontology
from ecosystem.records import Dataset, Figure, Profile, Relationship, Source, Text

__all__ = ["Content"]


@dataclass(frozen=True)
class Content:
    """Everything that is to be written, each kind of record in the order in which it is written.

    Parameters
    ----------
    dataset
        The description of it all; of several data sets together it has a title only.
    figures
        Numbers about actors, which only tables have room for.
    language
        The language of labels, where there is a choice.
    """

    dataset: Dataset
    profiles: tuple[Profile, ...]
    relationships: tuple[Relationship, ...]
    sources: tuple[Source, ...]
    figures: tuple[Figure, ...]
    ontology: Ontology
    language: str = "en"

    def source(self, iri: str) -> Source:
        """Return the source of this IRI; one that nobody describes has its IRI for a label."""
        return self._sources.get(iri) or Source(iri, (Text(iri),))

    @cached_property
    def main_language(self) -> str:
        """The language that most labels are in; nothing where most are in none that is stated."""
        count = Counter(text.language for profile in self.profiles for text in profile.labels)
        return min(count, key=lambda tag: (-count[tag], tag), default="")

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        return {source.iri: source for source in self.sources}
