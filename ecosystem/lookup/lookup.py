"""Questions about single things: what is called so, what is it, what ties it has, and who says so."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from urllib.parse import urlsplit

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import QueryError
from ecosystem.lookup.rows import Evidence, Found, Profile, SourceProfile
from ecosystem.lookup.values import Said, Value, first, read, united
from ecosystem.network import labels_of, representatives
from ecosystem.ontology import Ontology, fold, local_name
from ecosystem.store import Store, plain

__all__ = ["Lookup"]

FEW = 20
MANY = 100
CONTEXT_KINDS = {terms.SOURCE: "source", terms.FIGURE: "figure", terms.DATASET: "data set"}


class Lookup:
    """Answers questions about single things from a store, in one language.

    Labels are read once, all together when many are needed; make a new one when the store has changed.
    """

    def __init__(self, store: Store, ontology: Ontology, language: str = "en") -> None:
        self.store = store
        self.ontology = ontology
        self.language = language
        self._asked: dict[str, str] = {}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What to call everything that has a label."""
        return labels_of(self.store, self.language)

    @cached_property
    def stands(self) -> Mapping[str, str]:
        """What stands for each IRI of a body that has several, as skos:exactMatch says; itself for no other."""
        return representatives(self.store, self.ontology)

    def names_of(self, iri: str) -> list[str]:
        """Return all IRIs of the body that `iri` is one of, that which stands for them first."""
        first = self.stands.get(iri, iri)
        return [first, *sorted(other for other, best in self.stands.items() if best == first)]

    def label(self, iri: str) -> str:
        """Return what to call `iri`."""
        if "labels" in vars(self) or len(self._asked) > MANY:
            return self.labels.get(iri) or local_name(iri)
        if iri not in self._asked:
            self._asked[iri] = self._label_of(iri) or local_name(iri)
        return self._asked[iri]

    def _label_of(self, iri: str) -> str:
        try:
            return labels_of(self.store, self.language, ox.NamedNode(iri)).get(iri, "")
        except ValueError:  # no IRI: a blank node, a text
            return ""

    # Finding things by their names -------------------------------------------------------------------------------

    def search(self, text: str) -> list[Found]:
        """Return the things one of whose names holds all words of `text`, best first: exact, then prefix, then part.

        Case and accents do not matter. Names are labels in all languages, alternative labels and acronyms.
        """
        words = fold(text).split()
        best: dict[str, tuple[int, str, str]] = {}
        for iri, name in self._names():
            folded = fold(name)
            if not all(word in folded for word in words):
                continue
            rank = 0 if folded == fold(text) else 1 if folded.startswith(fold(text)) else 2
            candidate = (rank, folded, name)
            iri = self.stands.get(iri, iri)
            if iri not in best or candidate < best[iri]:
                best[iri] = candidate
        kinds, countries = self._kinds(best), self._countries()
        ranked = sorted(best, key=lambda iri: (best[iri][0], iri not in countries, best[iri][1], iri))
        return [
            Found(self.label(iri), kinds[iri], countries.get(iri, ""), best[iri][2], iri)
            for iri in ranked
            if kinds[iri]
        ]

    def find(self, text: str) -> str:
        """Return the IRI of the one thing that is called `text`: its IRI, `prefix:name`, id, or any of its names.

        Of a body that has several IRIs it is the one that stands for all.

        Raises
        ------
        QueryError
            If nothing is called so, with what is called alike; or if several things are, with their ids.
        """
        if self._is_described(text):
            return self.stands.get(text, text)
        prefix, _, name = text.partition(":")
        for candidate in (terms.PREFIXES.get(prefix, "\n") + name, terms.ID + text):
            if self._is_described(candidate):
                return self.stands.get(candidate, candidate)
        folded = fold(text)
        named = {self.stands.get(iri, iri) for iri, name in self._names() if fold(name) == folded}
        # Terms of the ontology have names too; whoever asks for a name means a thing, unless it is a concept.
        exact = sorted(iri for iri, kind in self._kinds(named).items() if kind)
        # What the data describe comes before the ontology's countries, groups of countries and concepts.
        known = self.ontology.countries.keys() | self.ontology.country_groups.keys() | self.ontology.concepts.keys()
        described = [iri for iri in exact if iri not in known] or exact
        if len(described) == 1:
            return described[0]
        if described:
            names = ", ".join(f"{self._short(iri)} ({self._where(iri)})" for iri in described)
            raise QueryError(f"{text!r} is the name of {len(described)} things: {names}.", hint="Use an id from these.")
        partial = self.search(text)
        if len({found.iri for found in partial}) == 1:
            return partial[0].iri
        close = difflib.get_close_matches(folded, sorted({fold(name) for _, name in self._names()}), n=3, cutoff=0.6)
        near = [found.label for found in partial[:5]] or [self.label(self.find(name)) for name in close[:1]]
        hint = f"Is it {' or '.join(map(repr, near))}?" if near else "Try `ecosystem search` with a part of the name."
        raise QueryError(f"Nothing is called {text!r}.", hint=hint)

    def _names(self) -> list[tuple[str, str]]:
        query = (
            "SELECT DISTINCT ?thing ?name WHERE "
            "{ VALUES ?term { rdfs:label skos:altLabel eco:acronym dcterms:title } ?thing ?term ?name }"
        )
        return [(thing, name) for thing, name in self.store.select(query).values() if not thing.startswith("_:")]

    def _is_described(self, iri: str) -> bool:
        if ":" not in iri or any(char in iri for char in '<>"{}|\\^`\n ') or not urlsplit(iri).scheme:
            return False
        try:
            thing = ox.NamedNode(iri)
        except ValueError:
            return False
        return bool(self.store.query("ASK { ?thing a ?type }", {"thing": thing}))

    def _kinds(self, iris: Iterable[str]) -> dict[str, str]:
        wanted = set(iris)
        types: dict[str, list[str]] = defaultdict(list)
        for thing, kind in self.store.select("SELECT DISTINCT ?thing ?type WHERE { ?thing a ?type }").values():
            if thing in wanted:
                types[thing].append(kind)
        return {iri: self._kind(iri, types[iri]) for iri in wanted}

    def _kind(self, iri: str, types: Sequence[str]) -> str:
        known = self.ontology.most_specific(types)
        if known:
            return known.label(self.language)
        if iri in self.ontology.concepts:
            concept = self.ontology.concepts[iri]
            return self.labels.get(concept.kind, "concept").lower()
        return next((CONTEXT_KINDS[kind] for kind in sorted(types) if kind in CONTEXT_KINDS), "")

    def _countries(self) -> dict[str, str]:
        rows = self.store.select(f"SELECT ?thing ?country WHERE {{ ?thing <{terms.IN_COUNTRY}> ?country }}").values()
        return {thing: self.label(country) for thing, country in sorted(rows)}

    def _where(self, iri: str) -> str:
        kind, country = self._kinds([iri])[iri], self._countries().get(iri, "")
        return ", ".join(part for part in (kind, country) if part)

    def _short(self, iri: str) -> str:
        return iri.removeprefix(terms.ID)

    # What is said of a thing -------------------------------------------------------------------------------------

    def profile(self, iri: str) -> Profile:
        """Return what is said of `iri` itself."""
        return self.profiles([iri])[iri]

    def profiles(self, iris: Sequence[str]) -> dict[str, Profile]:
        """Return what is said of each of `iris`, by any IRI of its body."""
        # Most statements are those of relationship records, which are nobody's profile.
        query = (
            "SELECT DISTINCT ?thing ?term ?value WHERE { "
            f"?thing a ?type FILTER(?type != <{terms.RELATIONSHIP}>) ?thing ?term ?value }}"
        )
        bodies = {iri: list(dict.fromkeys((iri, *self.names_of(iri)))) for iri in iris}
        wanted = {one for body in bodies.values() for one in body}
        said: dict[str, Said] = {iri: defaultdict(list) for iri in wanted}
        for thing, term, value in self._statements(query, wanted):
            if thing in wanted:
                said[thing][term].append(value)
        figures = self._figures()
        return {
            iri: self._profile(
                iri, united([said[one] for one in body]), [line for one in body for line in figures[one]]
            )
            for iri, body in bodies.items()
        }

    def _statements(self, query: str, wanted: Collection[str]) -> Iterator[tuple[str, str, Value]]:
        """Yield what is said of a few things; of many, what is said of all: one scan is quicker than many questions."""
        if len(wanted) > FEW:
            answer = self.store.columns(query)
            values = answer.coded("value")
            known = [read(value) for value in values.table]
            rows = zip(answer.column("thing"), answer.column("term"), values.codes.tolist(), strict=True)
            yield from ((thing, term, value) for thing, term, code in rows if (value := known[code]))
            return
        for iri in sorted(wanted):
            for _, term, value in self.store.select(query, {"thing": ox.NamedNode(iri)}):
                if isinstance(value, ox.NamedNode):
                    yield iri, plain(term), Value(value.value)
                elif isinstance(value, ox.Literal):
                    yield iri, plain(term), Value(value.value, value.language or "")

    def _profile(self, iri: str, said: Said, figures: Sequence[str]) -> Profile:
        source, locator = first(said, terms.DERIVED_FROM), first(said, terms.LOCATOR)
        names = {value.value for value in (*said.get(terms.LABEL, ()), *said.get(terms.ALT_LABEL, ()))}
        label = self.label(iri)
        kind = self._kind(iri, [value.value for value in said.get(terms.RDF_TYPE, ())])
        country, stage = first(said, terms.IN_COUNTRY), first(said, terms.STAGE)
        return Profile(
            iri=iri,
            label=label,
            kind=first(said, terms.STATED_KIND) or kind,
            acronym=first(said, terms.ACRONYM),
            alternatives=tuple(sorted(names - {label})),
            country=self.label(country) if country else "",
            description=self._text(said, terms.DESCRIPTION) or self._text(said, terms.DEFINITION),
            homepage=first(said, terms.HOMEPAGE),
            stage=self.label(stage) if stage else "",
            since=first(said, terms.SINCE),
            until=first(said, terms.UNTIL),
            topics=tuple(sorted(self.label(value.value) for value in said.get(terms.SUBJECT, ()))),
            identifiers=tuple(sorted(value.value for value in said.get(terms.IDENTIFIER, ()))),
            source=self.label(source) if source else "",
            locator=locator,
            link=self._link(source, locator),
            figures=tuple(figures),
        )

    def _figures(self) -> defaultdict[str, list[str]]:
        query = (
            f"SELECT ?thing ?label ?value ?unit WHERE {{ ?figure <{terms.SUBJECT_OF_FIGURE}> ?thing ; "
            f"rdfs:label ?label ; <{terms.VALUE}> ?value ; <{terms.UNIT}> ?unit }}"
        )
        figures: defaultdict[str, list[str]] = defaultdict(list)
        for thing, label, value, unit in sorted(self.store.select(query).values()):
            figures[thing].append(f"{label}: {float(value):,.10g} {unit}")
        return figures

    def _text(self, said: Said, term: str) -> str:
        rank = {self.language: 0, "en": 1, "": 2}
        texts = [value for value in said.get(term, ()) if value.language is not None]
        return min(((rank.get(text.language or "", 3), text.value) for text in texts), default=(0, ""))[1]

    # Who says so -------------------------------------------------------------------------------------------------

    def relationships_of(self, iri: str) -> list[Evidence]:
        """Return the relationships that `iri`, or another IRI of its body, is an end of: by relation and other end."""
        query = "SELECT DISTINCT ?end ?record WHERE { { ?record rdf:subject ?end } UNION { ?record rdf:object ?end } }"
        own = self.names_of(iri)
        rows = (row for end in own for row in self.store.select(query, {"end": ox.NamedNode(end)}).values())
        found = self.evidence(dict.fromkeys(record for _, record in rows))
        order = {relation: number for number, relation in enumerate(self.ontology.relations)}
        return sorted(
            found, key=lambda one: (one.subject_iri not in own, order.get(one.relation_iri, 0), one.subject, one.object)
        )

    def evidence(self, records: Iterable[str] | None = None) -> list[Evidence]:
        """Return what stands behind relationship records, in the order given; all of them by IRI where none are."""
        if records is None:
            rows = self.store.select(f"SELECT ?record WHERE {{ ?record a <{terms.RELATIONSHIP}> }}").values()
            wanted = sorted({record for (record,) in rows})
            said = self._all_records()
        else:
            wanted = list(records)
            said = {record: self._record(record) for record in wanted}
        return [self._evidence(record, said[record]) for record in wanted if terms.RDF_SUBJECT in said[record]]

    def _record(self, record: str) -> dict[str, str]:
        about = {"record": ox.NamedNode(record)}
        rows = self.store.select("SELECT ?record ?term ?value WHERE { ?record ?term ?value }", about).values()
        return {term: value for _, term, value in sorted(rows)}

    def _all_records(self) -> dict[str, dict[str, str]]:
        query = f"SELECT ?record ?term ?value WHERE {{ ?record a <{terms.RELATIONSHIP}> ; ?term ?value }}"
        answer = self.store.columns(query)
        said: dict[str, dict[str, str]] = defaultdict(dict)
        for record, term, value in zip(*(answer.column(name) for name in ("record", "term", "value")), strict=True):
            known = said[record]
            known[term] = max(value, known.get(term, ""))
        return said

    def _evidence(self, record: str, said: Mapping[str, str]) -> Evidence:
        source, locator = said.get(terms.DERIVED_FROM, ""), said.get(terms.LOCATOR, "")
        amount = " ".join(part for part in (said.get(terms.AMOUNT, ""), said.get(terms.CURRENCY, "")) if part)
        certainty = said.get(terms.HAS_CERTAINTY, "")
        return Evidence(
            subject=self.label(said[terms.RDF_SUBJECT]),
            relation=self.ontology.label(said[terms.RDF_PREDICATE], self.language),
            object=self.label(said[terms.RDF_OBJECT]),
            statement=said.get(terms.STATEMENT, ""),
            source=self.label(source) if source else "",
            locator=locator,
            certainty=self.ontology.label(certainty, self.language) if certainty else "",
            confidence=said.get(terms.CONFIDENCE, ""),
            since=said.get(terms.SINCE, ""),
            until=said.get(terms.UNTIL, ""),
            role=said.get(terms.ROLE, ""),
            amount=amount,
            link=self._link(source, locator),
            record=record,
            subject_iri=said[terms.RDF_SUBJECT],
            relation_iri=said[terms.RDF_PREDICATE],
            object_iri=said[terms.RDF_OBJECT],
            source_iri=source,
        )

    def sources(self) -> list[SourceProfile]:
        """Return all sources that relationships rest on, the most used first."""
        query = (
            "SELECT ?source (COUNT(DISTINCT ?record) AS ?count) WHERE "
            f"{{ ?record a <{terms.RELATIONSHIP}> ; <{terms.DERIVED_FROM}> ?source }} GROUP BY ?source"
        )
        found = []
        for source, count in self.store.select(query).values():
            said = self._record(source)
            found.append(
                SourceProfile(
                    title=self.labels.get(source) or said.get(terms.TITLE) or local_name(source),
                    publisher=said.get(terms.PUBLISHER, ""),
                    date=said.get(terms.DATE, ""),
                    licence=said.get(terms.LICENCE, ""),
                    url=said.get(terms.PAGE, ""),
                    relationships=int(count),
                    iri=source,
                )
            )
        return sorted(found, key=lambda one: (-one.relationships, one.title, one.iri))

    def _link(self, source: str, locator: str) -> str:
        pattern, page = self._pages.get(source, ("", ""))
        seconds = _seconds(locator)
        return pattern.replace("{seconds}", str(seconds)) if pattern and seconds is not None else page

    @cached_property
    def _pages(self) -> Mapping[str, tuple[str, str]]:
        """The time-stamped pattern and the page of each source."""
        query = (
            f"SELECT ?source ?pattern ?page WHERE {{ ?source a <{terms.SOURCE}> . "
            f"OPTIONAL {{ ?source <{terms.TIME_STAMPED}> ?pattern }} OPTIONAL {{ ?source <{terms.PAGE}> ?page }} }}"
        )
        return {source: (pattern, page) for source, pattern, page in sorted(self.store.select(query).values())}


def _seconds(locator: str) -> int | None:
    """Return a time stamp as seconds after the start.

    >>> _seconds("01:16:39"), _seconds("2:05"), _seconds("section 3")
    (4599, 125, None)
    """
    parts = locator.strip().split(":")
    if not 2 <= len(parts) <= 3 or not all(part.isdecimal() for part in parts):
        return None
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds
