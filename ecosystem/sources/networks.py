"""Networks of any format on their way to records: nodes become profiles, edges relationships.

The readers of single formats find nodes, edges and their attributes; what these mean is decided here, the same for all.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from ecosystem import terms
from ecosystem.errors import Problem
from ecosystem.records import Citation, Dataset, Origin, Profile, Record, Relationship, Source, Text, is_date
from ecosystem.sources import values
from ecosystem.sources.inputs import Input
from ecosystem.sources.items import BETWEEN_VALUES, Item, is_any_iri
from ecosystem.sources.reading import Problems, Reading, Vocabulary
from ecosystem.sources.values import ValueFault, one_line, quoted
from ecosystem.wording import counted

__all__ = ["DIRECTIONS", "Network"]

LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
BETWEEN_WORDS: Final = re.compile(r"[_-]")
DIRECTIONS: Final = frozenset({"directed", "undirected", "mutual"})
# What attributes are called that say the same everywhere, in the order in which they are believed.
LABEL: Final = ("label", "name")
TITLE: Final = ("title", "name", "label")
KIND: Final = ("actor_type", "actor type", "actortype", "type", "kind", "category", "labels")
COUNTRY: Final = ("country", "country_code", "country code", "nation")
# What an edge is called in the format itself, before what its attributes say.
RELATION: Final = ("edge kind", "edge label", "relation", "relationship", "kind", "type", "interaction", "label")
HOMEPAGE: Final = ("homepage", "website", "url")
SINCE: Final = ("since", "start", "start_date", "startdate")
UNTIL: Final = ("until", "end", "end_date", "enddate")
SMALLEST: Final = sys.float_info.min
# What a network says of itself: what is read, and how it is built.
ABOUT: Final = frozenset({*TITLE, "description", "creator", "publisher", "licence", "date"})
ITSELF: Final = "source-network"


@dataclass(slots=True)
class _Edge:
    given: str
    ends: tuple[str, str]
    direction: str
    item: Item


@dataclass(slots=True)
class Network:
    """Gathers the nodes and edges of one file; the file itself is the source of what names no other.

    Parameters
    ----------
    about
        What the file says of itself: title, description, creator, publisher, licence, date.
    implied
        Whether edges may tie nodes that nothing describes, as in a bare list of edges.
    """

    source: Input
    vocabulary: Vocabulary
    about: dict[str, str] = field(default_factory=dict)
    implied: bool = False
    notes: list[str] = field(default_factory=list)
    problems: Problems = field(init=False)
    _ids: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _profiles: list[Profile] = field(default_factory=list)
    _edges: list[_Edge] = field(default_factory=list)
    _sources: dict[str, Source] = field(default_factory=dict)
    _locators: set[str] = field(default_factory=set)
    _unread: Counter[str] = field(default_factory=Counter)
    _places: Counter[str] = field(default_factory=Counter)
    _meanings: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _without_direction: int = 0

    def __post_init__(self) -> None:
        self.problems = Problems(self.source.path)
        self._taken.add(self.iri(ITSELF))

    def iri(self, local: str) -> str:
        """Return the IRI of something in this network."""
        return f"{terms.ID}{self.source.name}/{local}"

    def wrong(self, message: str, hint: str, item: Item) -> None:
        """Note what is wrong with a node or an edge."""
        path = item.path or self.source.path
        self.problems.add(Problem(path, item.line, f"{item.place}{message}", hint))

    def passed_over(self, *names: str) -> None:
        """Count attributes that no record holds."""
        self._unread.update(names)

    def node(self, given: str, label: str, item: Item) -> None:
        """Add a node; its kind, country and the like are found by what attributes are usually called."""
        if not given or given in self._ids:
            what = f"the id {quoted(given)} is that of another node." if given else "a node has no id."
            self.wrong(what, "Give each node its own id.", item)
            return
        iri = self._ids[given] = self._identity(given, item)
        # An IRI that was made here is nobody else's.
        if not iri.startswith(self.iri("")) and self._is_of_the_ontology(iri):
            return
        language, origin = item.language(), Origin(item.path or self.source.path, item.line)
        type_, kind = self._type(item)
        shown, others = self._named(given, label, item)
        country, supranational = self._place(item)
        self._profiles.append(
            Profile(
                iri,
                type_ or self.vocabulary.default_actor_type,
                item.texts(LABEL[0], language, shown) or (Text(given),),
                alternatives=tuple(
                    Text(part, text.language)
                    for text in (*(Text(name, language) for name in others), *item.texts("alt_labels", language))
                    for part in text.value.split(BETWEEN_VALUES)
                    if part
                ),
                acronym=item.take("acronym"),
                descriptions=item.texts("description", language),
                country=country,
                kind=kind or (item.take("kind") if type_ else ""),
                stage=self._concept("stage", item),
                since=item.date(*SINCE),
                until=item.date(*UNTIL),
                homepage=next((item.take(name) for name in HOMEPAGE if values.is_iri(item.fields.get(name, ""))), ""),
                identifiers=tuple(item.several("identifiers")),
                topics=self._topics(item),
                keywords=tuple(item.several("keywords")),
                supranational=supranational,
                citation=self._cited(item, f"node {given}"),
                origin=origin,
            )
        )
        self._unread.update(item.fields.keys())

    def edge(self, given: str, ends: tuple[str, str], direction: str, item: Item) -> None:
        """Add an edge between two nodes, by their ids; the nodes may come after it."""
        self._edges.append(_Edge(given, ends, direction, item))

    def reading(self) -> Reading:
        """Return what all nodes and edges say.

        Raises
        ------
        DataError
            With everything that is wrong.
        """
        relationships = list(self._relationships())
        self.problems.check()
        title = next(filter(None, map(self.about.get, TITLE)), "") or self.source.stem or self.source.name
        told = {name: self.about.get(name, "") for name in ("description", "publisher", "licence")}
        date = self.about.get("date", "")
        dataset = Dataset(self.source.name, title, **told, date=date if is_date(date) else "", language="")
        origin, creator = Origin(self.source.path), self.about.get("creator", "")
        itself = Source(self.iri(ITSELF), (Text(title),), creator=creator, origin=origin)
        sources = {itself.iri: itself, **self._sources}
        records: tuple[Record, ...] = (*sources.values(), *self._profiles, *relationships)
        return Reading(dataset, records, skipped=tuple(self._skipped()), path=self.source.path)

    # Nodes -------------------------------------------------------------------------------------------------------

    def _identity(self, given: str, item: Item) -> str:
        stated = item.fields.get("iri", "")
        if is_any_iri(stated) and stated not in self._taken:
            self._taken.add(item.take("iri"))
            return stated
        local = given if LOCAL_NAME.fullmatch(given) else values.slug(given)
        if self.iri(local) in self._taken:
            local = f"{local}-{hashlib.sha256(given.encode()).hexdigest()[:8]}"
        iri = self.iri(local)
        self._taken.add(iri)
        return iri

    def _type(self, item: Item) -> tuple[str, str]:
        """Return the type, and the words that say more; a node may have several."""
        words = item.take(*KIND)
        found = self._meaning(words, self.vocabulary.resolve_type)
        if found or BETWEEN_VALUES not in words:
            return found or "", "" if found else words
        parts = [part for part in map(str.strip, words.split(BETWEEN_VALUES)) if part]
        known = next((part for part in parts if self._meaning(part, self.vocabulary.resolve_type)), "")
        return self._meaning(known, self.vocabulary.resolve_type) or "", "; ".join(p for p in parts if p != known)

    def _named(self, given: str, label: str, item: Item) -> tuple[str, list[str]]:
        """Return what a node is called first, and what else; a label that repeats the id says less than a name."""
        called = [words for words in (label, *(item.take(name) for name in LABEL)) if words]
        called.sort(key=lambda words: words == given)
        first = called[0] if called else ""
        return first, [words for words in dict.fromkeys(called) if words not in (first, given)]

    def _is_of_the_ontology(self, iri: str) -> bool:
        """Tell whether this is a concept or a country: the ontology describes it already."""
        return iri in (self.vocabulary.resolve_concept(iri), self.vocabulary.resolve_country(iri))

    def _place(self, item: Item) -> tuple[str, bool]:
        """Return a country, and whether the node is of no one country."""
        stated = item.fields.get("supranational", "").casefold() in ("true", "1")
        if stated:
            item.take("supranational")
        words = item.take(*COUNTRY)
        if not words or values.is_supranational(words):
            return "", stated or bool(words)
        found = self._meaning(words, self.vocabulary.resolve_country)
        if found is None:
            self._places[words] += 1
        return found or "", stated

    def _concept(self, name: str, item: Item) -> str:
        found = self._meaning(item.fields.get(name, ""), self.vocabulary.resolve_concept)
        if found:
            item.take(name)
        return found or ""

    def _meaning(self, words: str, resolve: Callable[[str], str | None]) -> str | None:
        """Return what words mean; thousands of nodes and edges say the same few."""
        key = (words, resolve.__name__)
        if words and key not in self._meanings:
            # Databases write PART_OF for what has the local name partOf.
            self._meanings[key] = resolve(words) or resolve(BETWEEN_WORDS.sub("", words))
        return self._meanings[key] if words else None

    def _topics(self, item: Item) -> tuple[str, ...]:
        named = [part for part in item.fields.get("topics", "").split("|") if part]
        found = [self._meaning(name, self.vocabulary.resolve_concept) for name in named]
        if all(found):
            item.take("topics")
        return tuple(dict.fromkeys(topic for topic in found if topic))

    def _cited(self, item: Item, locator: str) -> Citation:
        source = item.source(self.iri("source-"), Origin(item.path or self.source.path, item.line))
        if source is not None:
            self._sources.setdefault(source.iri, source)
        return item.citation(source, Citation(self.iri(ITSELF), locator))

    # Edges -------------------------------------------------------------------------------------------------------

    def _relationships(self) -> Iterator[Relationship]:
        for edge in self._edges:
            item = edge.item
            ends = [self._end(given, name, item) for given, name in zip(edge.ends, ("source", "target"), strict=True)]
            direction = edge.direction.casefold()
            if direction not in DIRECTIONS:
                hint = "Write directed, undirected or mutual."
                self.wrong(f"the type {quoted(direction)} of an edge is not known.", hint, item)
            if "" in ends or direction not in DIRECTIONS:
                continue
            said = self._relationship(edge, ends[0], ends[1], direction)
            yield said
            if direction == "mutual" and self.vocabulary.relations[said.relation].directed:
                yield replace(said, subject=said.object, object=said.subject, given_iri="")
            self._unread.update(item.fields.keys())

    def _relationship(self, edge: _Edge, subject: str, target: str, direction: str) -> Relationship:
        item = edge.item
        language, iri = item.language(), item.iri("iri")
        relation, role = self._relation(item, direction)
        statements = item.texts("statement", language) or item.texts("description", language)
        amount = item.number("amount")
        said = Relationship(
            subject,
            relation,
            target,
            since=item.date(*SINCE),
            until=item.date(*UNTIL),
            strength=self._strength(item),
            confidence=item.number("confidence", most=1),
            certainty=self._concept("certainty", item) or terms.STATED,
            role=role,
            amount=amount,
            currency=item.take("currency") if amount is not None else "",
            statement=statements[0] if statements else Text(""),
            citation=self._cited(item, self._locator(edge)),
            origin=Origin(item.path or self.source.path, item.line),
        )
        return said if not iri or iri == said.iri else replace(said, given_iri=iri)

    def _end(self, written: str, name: str, item: Item) -> str:
        given = self._same(written)
        if given not in self._ids and self.implied and given:
            self.node(given, "", Item(item.place, item.line))
        elif given not in self._ids:
            what = f"{name} {quoted(given)} of an edge is no node." if given else f"an edge has no {name}."
            self.wrong(what, "Name a node by its id.", item)
        return self._ids.get(given, "")

    def _same(self, given: str) -> str:
        """Return an id as nodes have it: what was once a column of numbers may have 7.0 for 7."""
        alike = (given, given.removesuffix(".0"), f"{given}.0")
        return next((one for one in alike if one in self._ids), given)

    def _relation(self, item: Item, direction: str) -> tuple[str, str]:
        """Return the relation, and the words for it that the relation does not say."""
        words = list(dict.fromkeys(filter(None, (item.take(name) for name in RELATION))))
        found = {text: self._meaning(text, self.vocabulary.resolve_relation) for text in words}
        fitting = [
            relation
            for relation in found.values()
            if relation and not (direction == "undirected" and self.vocabulary.relations[relation].directed)
        ]
        self._without_direction += not fitting and direction == "directed"
        relation = fitting[0] if fitting else None
        unsaid = [text for text in words if relation is None or found[text] != relation]
        role = "; ".join(dict.fromkeys(filter(None, [*unsaid, item.take("role")])))
        return relation or self.vocabulary.default_relation, role

    def _strength(self, item: Item) -> float | None:
        text = item.take("edge weight", "weight", "strength")
        if not text and (counted_as := item.number("value", least=SMALLEST)):
            return counted_as
        try:
            strength = values.number(text) if text else None
        except ValueFault as fault:
            self.wrong(f"weight {fault.message}", fault.hint, item)
            return None
        if strength is not None and strength <= 0:
            hint = "A weight says how strong a tie is: leave out edges that do not exist, and signs of hostile ones."
            self.wrong(f"weight {quoted(text)} is not above 0.", hint, item)
        return strength

    def _locator(self, edge: _Edge) -> str:
        if not edge.given or edge.given in self._locators:
            return f"line {edge.item.line}" if edge.item.line else edge.item.place.rstrip(": ")
        self._locators.add(edge.given)
        return f"edge {edge.given}"

    def _skipped(self) -> Iterator[Problem]:
        """Yield one line for each kind of thing that the records do not hold."""
        for note in self.notes:
            yield self.source.problem(note)
        if self._places:
            found = counted(len(self._places), "place")
            yield self.source.problem(
                f"not carried over: {found} that no country is called: {values.examples(self._places)}."
            )
        if unread := [name for name, words in self.about.items() if words and name not in ABOUT]:
            yield self.source.problem(
                f"not carried over of the network itself: {', '.join(map(one_line, unread[:6]))}."
            )
        if self._unread:
            yield self.source.problem(f"not carried over: the attributes {values.examples(self._unread)}.")
        if self._without_direction:
            found = counted(self._without_direction, "directed edge")
            yield self.source.problem(f"kept as ties without direction: {found} of no known relation.")
