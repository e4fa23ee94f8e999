"""From a store back to records: what the data say of actors, initiatives, relationships, sources and figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.exports import Content
from ecosystem.ontology import Ontology, local_name
from ecosystem.records import Citation, Dataset, Figure, Profile, Relationship, Source, Text, is_date
from ecosystem.sources.values import number
from ecosystem.store import Store

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["Recorded", "recorded"]

Node = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Recorded:
    """The records of a store, and in words what it holds beside them."""

    content: Content
    others: tuple[str, ...]


def recorded(eco: Ecosystem) -> Recorded:
    """Return all records, sorted by IRI; what several data sets say of one thing is one record."""
    return _Reader(eco.store, eco.ontology, eco.language).read()


class _Thing:
    """What is said of one thing, by property."""

    def __init__(self, iri: str, said: Mapping[str, set[Node]]) -> None:
        self.iri, self._said = iri, said

    def values(self, term: str) -> list[str]:
        """Return all values of a property as plain text, sorted."""
        return sorted({value.value for value in self._said.get(term, ())})

    def value(self, term: str) -> str:
        """Return the first value of a property."""
        return next(iter(self.values(term)), "")

    def iris(self, term: str) -> list[str]:
        """Return the IRIs that a property points to, sorted."""
        return sorted(value.value for value in self._said.get(term, ()) if isinstance(value, ox.NamedNode))

    def iri_of(self, term: str) -> str:
        """Return the first IRI that a property points to."""
        return next(iter(self.iris(term)), "")

    def texts(self, term: str) -> tuple[Text, ...]:
        """Return texts with their languages: those in English first, so that they are the main ones by default."""
        stated = (value for value in self._said.get(term, ()) if isinstance(value, ox.Literal) and value.value)
        found = {Text(value.value, value.language or "") for value in stated}
        return tuple(sorted(found, key=lambda text: (text.language != "en", text.language, text.value)))

    def date(self, term: str) -> str:
        """Return the first date of a property; a moment counts as its day."""
        return next((day for value in self.values(term) if is_date(day := value[: len("2022-06-21")])), "")

    def number(self, term: str) -> float | None:
        """Return the first number of a property."""
        for value in self.values(term):
            try:
                return number(value)
            except ValueError:
                continue
        return None

    def citation(self) -> Citation:
        """Return where it stands."""
        return Citation(self.iri_of(terms.DERIVED_FROM), self.value(terms.LOCATOR))


class _Reader:
    def __init__(self, store: Store, ontology: Ontology, language: str) -> None:
        self.ontology, self.language = ontology, language
        said: dict[str, dict[str, set[Node]]] = defaultdict(lambda: defaultdict(set))
        for graph in store.graphs():
            for triple in store.graph(graph) if graph != terms.ONTOLOGY else ():
                if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
                    said[triple.subject.value][triple.predicate.value].add(triple.object)
        self.things = [_Thing(iri, said[iri]) for iri in sorted(said)]

    def read(self) -> Recorded:
        found: dict[str, list[_Thing]] = defaultdict(list)
        profiles: list[Profile] = []
        for thing in self.things:
            types = thing.iris(terms.RDF_TYPE)
            kind = self.ontology.most_specific(types)
            known = next((one for one in STRUCTURAL if one in types), "")
            if known:
                found[known].append(thing)
            elif kind:
                profiles.append(self.profile(thing, kind.iri))
            elif types:
                found[""].append(thing)
        relationships = [self.relationship(thing) for thing in found[terms.RELATIONSHIP]]
        kept = [
            said for said in relationships if said.relation in self.ontology.relations and said.subject and said.object
        ]
        bare = self.bare(kept, profiles)
        datasets = [self.dataset(thing) for thing in found[terms.DATASET]]
        figures = [self.figure(thing) for thing in found[terms.FIGURE]]
        content = Content(
            _together(datasets),
            tuple(sorted((*profiles, *bare), key=lambda profile: profile.iri)),
            tuple(kept),
            self.sources([*map(self.source, found[terms.SOURCE])], (*profiles, *kept, *figures), datasets),
            tuple(figures),
            self.ontology,
            self.language,
        )
        others = (
            (len(found[""]), "things that are neither actors nor initiatives"),
            (len(relationships) - len(kept), "records of no known relation"),
        )
        return Recorded(content, tuple(f"{count:,} {words}" for count, words in others if count))

    def profile(self, thing: _Thing, kind: str) -> Profile:
        return Profile(
            thing.iri,
            kind,
            thing.texts(terms.LABEL) or (Text(local_name(thing.iri)),),
            alternatives=thing.texts(terms.ALT_LABEL),
            acronym=thing.value(terms.ACRONYM),
            descriptions=thing.texts(terms.DESCRIPTION),
            country=thing.iri_of(terms.IN_COUNTRY),
            kind=thing.value(terms.STATED_KIND),
            stage=thing.iri_of(terms.STAGE),
            since=thing.date(terms.SINCE),
            until=thing.date(terms.UNTIL),
            homepage=thing.value(terms.HOMEPAGE),
            identifiers=tuple(thing.values(terms.IDENTIFIER)),
            topics=tuple(iri for iri in thing.iris(terms.SUBJECT) if iri in self.ontology.concepts),
            keywords=tuple(thing.values(terms.KEYWORD)),
            supranational=thing.value(terms.SUPRANATIONAL) in ("true", "1"),
            citation=thing.citation(),
        )

    def relationship(self, thing: _Thing) -> Relationship:
        said = Relationship(
            thing.iri_of(terms.RDF_SUBJECT),
            thing.iri_of(terms.RDF_PREDICATE),
            thing.iri_of(terms.RDF_OBJECT),
            since=thing.date(terms.SINCE),
            until=thing.date(terms.UNTIL),
            strength=thing.number(terms.STRENGTH),
            confidence=thing.number(terms.CONFIDENCE),
            certainty=thing.iri_of(terms.HAS_CERTAINTY),
            role=thing.value(terms.ROLE),
            amount=thing.number(terms.AMOUNT),
            currency=thing.value(terms.CURRENCY),
            statement=next(iter(thing.texts(terms.STATEMENT)), Text("")),
            citation=thing.citation(),
        )
        # The IRI that follows from what a record says need not be written with it.
        given = "" if said.iri == thing.iri else thing.iri
        return replace(said, given_iri=given) if given else said

    def figure(self, thing: _Thing) -> Figure:
        return Figure(
            thing.iri,
            thing.iri_of(terms.SUBJECT_OF_FIGURE),
            thing.texts(terms.LABEL),
            thing.number(terms.VALUE) or 0.0,
            thing.value(terms.UNIT),
            date=thing.date(terms.DATE),
            citation=thing.citation(),
        )

    def source(self, thing: _Thing) -> Source:
        return Source(
            thing.iri,
            thing.texts(terms.LABEL) or (Text(local_name(thing.iri)),),
            url=thing.value(terms.PAGE),
            creator=thing.value(terms.CREATOR),
            publisher=thing.value(terms.PUBLISHER),
            date=thing.date(terms.DATE),
            licence=thing.value(terms.LICENCE),
            time_stamped_url=thing.value(terms.TIME_STAMPED),
        )

    def dataset(self, thing: _Thing) -> Dataset:
        titles = thing.texts(terms.TITLE)
        return Dataset(
            thing.iri.removeprefix(f"{terms.ID}dataset/"),
            titles[0].value if titles else local_name(thing.iri),
            description=next((text.value for text in thing.texts(terms.DESCRIPTION)), ""),
            licence=thing.value(terms.LICENCE),
            publisher=thing.value(terms.PUBLISHER),
            date=thing.date(terms.DATE),
            language=titles[0].language if titles else "",
        )

    def bare(self, relationships: Iterable[Relationship], profiles: Iterable[Profile]) -> list[Profile]:
        """Return the ends of relationships that nobody describes: RDF may tie such, and they must not be lost."""
        described = (
            {profile.iri for profile in profiles} | self.ontology.concepts.keys() | self.ontology.countries.keys()
        )
        ends = {end for said in relationships for end in (said.subject, said.object)} - described
        return [Profile(iri, self.ontology.default_actor_type, (Text(local_name(iri)),)) for iri in sorted(ends)]

    def sources(
        self,
        described: Sequence[Source],
        citing: Iterable[Profile | Relationship | Figure],
        datasets: Iterable[Dataset],
    ) -> tuple[Source, ...]:
        """Return the sources; a data set that statements rest on is one too, as is what nobody describes."""
        titles = {dataset.iri: dataset.title for dataset in datasets}
        known = {source.iri: source for source in described}
        for iri in {one.citation.source for one in citing} - known.keys() - {""}:
            known[iri] = Source(iri, (Text(titles.get(iri) or local_name(iri)),))
        return tuple(known[iri] for iri in sorted(known))


STRUCTURAL = (terms.RELATIONSHIP, terms.SOURCE, terms.FIGURE, terms.DATASET)


def _together(datasets: Sequence[Dataset]) -> Dataset:
    if len(datasets) == 1:
        return datasets[0]
    names, titles = sorted(one.name for one in datasets), sorted(one.title for one in datasets)
    return Dataset("-".join(names)[:80] or "ecosystem", "; ".join(titles) or "Ecosystem", language="")
