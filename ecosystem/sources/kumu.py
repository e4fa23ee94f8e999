"""Kumu's JSON blueprints, as the service exports them and in the reduced form that its guide describes.

What Kumu computes (betweenness, closeness …) and how it draws (positions, perspectives) is not carried over.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ecosystem import terms
from ecosystem.errors import Problem
from ecosystem.records import Citation, Dataset, Origin, Profile, Relationship, Source, Text
from ecosystem.sources import values
from ecosystem.sources.inputs import Input
from ecosystem.sources.items import BETWEEN_VALUES, Item
from ecosystem.sources.reading import Problems, Reading, Vocabulary
from ecosystem.sources.values import quoted
from ecosystem.wording import counted

__all__ = ["is_blueprint", "read"]

UNSTATED: Final = frozenset({"", "n/a"})
ADDRESS_LINE: Final = re.compile(r"^[ \t]*(https?://\S+)[ \t]*\r?$", re.MULTILINE)
LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
STRUCTURE: Final = frozenset({"_id", "id", "from", "to", "direction", "reversed", "attributes", " place"})
DIRECTIONS: Final = frozenset({"", "directed", "undirected", "mutual"})
MAP: Final = "source-map"
# The place that messages name, where an element or connection does not come from a blueprint.
PLACE: Final = " place"
SMALLEST: Final = sys.float_info.min


def is_blueprint(document: object) -> bool:
    """Tell whether a JSON document looks like a Kumu map."""
    return isinstance(document, dict) and {"elements", "connections"} <= document.keys()


def read(document: dict[str, Any], source: Input, vocabulary: Vocabulary) -> Reading:
    """Read a map: its elements as profiles, its connections as relationships, the map itself as their source.

    Raises
    ------
    DataError
        With every element and connection that is wrong, by its position (the first is `elements[0]`).
    """
    title = _words(document.get("name")) or source.stem or source.name
    dataset = Dataset(source.name, title, description=_words(document.get("description")), language="")
    map_ = _Map(source, vocabulary)
    profiles = list(map_.profiles(document["elements"]))
    relationships = list(map_.relationships(document["connections"]))
    map_.problems.check()
    origin = Origin(source.path)
    itself = Source(map_.iri(MAP), (Text(title),), origin=origin)
    sources = {itself.iri: itself, **map_.sources}
    skipped = (*map_.passed_over(), *_drawing(document, source))
    return Reading(dataset, (*sources.values(), *profiles, *relationships), skipped=skipped, path=source.path)


@dataclass(slots=True)
class _Element(Item):
    """An element or connection: what stands in it beside its fields, and the names of fields that hold no words."""

    structure: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    wordless: list[str] = field(default_factory=list)

    def own(self, *names: str) -> str:
        """Return what the map says of the item itself: its id, an end, its direction."""
        return next((words for name in names if (words := _words(self.structure.get(name)))), "")


@dataclass(slots=True)
class _Map:
    source: Input
    vocabulary: Vocabulary
    problems: Problems = field(init=False)
    ids: dict[str, str] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    connections: set[str] = field(default_factory=set)
    unread: Counter[str] = field(default_factory=Counter)
    sources: dict[str, Source] = field(default_factory=dict)
    without_direction: int = 0

    def __post_init__(self) -> None:
        self.problems = Problems(self.source.path)
        self.taken.add(self.iri(MAP))

    def iri(self, local: str) -> str:
        return f"{terms.ID}{self.source.name}/{local}"

    def wrong(self, message: str, hint: str = "") -> None:
        self.problems.add(self.source.problem(message, hint))

    def items(self, name: str, given: object) -> Iterator[_Element]:
        if not isinstance(given, list):
            self.wrong(f"{name} is not a list.", "Export the map again as a JSON blueprint.")
            return
        for number, item in enumerate(given):
            place = f"{name}[{number}]"
            if not isinstance(item, dict):
                self.wrong(f"{place} is not an object.", "Mend it, or export the map again.")
                continue
            place = item.get(PLACE, place)
            nested = item.get("attributes")
            fields = {key: value for key, value in item.items() if key not in STRUCTURE}
            fields |= nested if isinstance(nested, dict) else {}
            yield _element(place, item, {key.strip().casefold(): value for key, value in fields.items()})

    def profiles(self, given: object) -> Iterator[Profile]:
        for item in self.items("elements", given):
            label = item.take("label")
            if not label:
                self.wrong(f"{item.place} has no label.", "Name it in Kumu, or leave it out.")
                continue
            iri = self.named(item, label)
            if iri in (self.vocabulary.resolve_concept(iri), self.vocabulary.resolve_country(iri)):
                continue
            language = item.language()
            type_, kind = self.type(item.take("element type") or item.take("type"))
            descriptions = item.texts("description", language)
            topics = {tag: self.vocabulary.resolve_concept(tag) for tag in item.tags}
            yield Profile(
                iri,
                type_ or self.vocabulary.default_actor_type,
                item.texts("label", language, label),
                alternatives=tuple(
                    Text(part.strip(), text.language)
                    for text in item.texts("alt_labels", language)
                    for part in text.value.split(BETWEEN_VALUES)
                    if part.strip()
                ),
                acronym=item.take("acronym"),
                descriptions=descriptions,
                country=self.country(item),
                kind=kind or item.take("kind"),
                stage=self.concept(item, "stage"),
                since=item.date("since"),
                until=item.date("until"),
                homepage=_homepage(item, descriptions),
                identifiers=tuple(item.several("identifiers")),
                topics=tuple(dict.fromkeys(topic for topic in topics.values() if topic)),
                keywords=tuple(tag for tag, topic in topics.items() if not topic),
                supranational=item.take("supranational").casefold() == "true",
                citation=self.cited(item, f"element {item.own('_id', 'id') or label}"),
                origin=Origin(self.source.path),
            )
            self.unread.update([*item.fields, *item.wordless])

    def named(self, item: _Element, label: str) -> str:
        """Return the element's IRI, and keep by what connections may name it."""
        given = item.own("_id", "id")
        if given in self.ids or (not given and label in self.labels):
            self.wrong(
                f"{item.place}: {quoted(given or label)} names another element already.", "Give each its own id."
            )
        iri = self.identity(item, given or label)
        self.taken.add(iri)
        if given:
            self.ids[given] = iri
        self.labels.setdefault(label, []).append(iri)
        return iri

    def identity(self, item: _Element, key: str) -> str:
        """Return the IRI that the element states, else one that follows from its id or label."""
        if item.fields.get("iri") not in self.taken and (stated := item.iri("iri")):
            return stated
        local = key if LOCAL_NAME.fullmatch(key) else values.slug(key)
        if self.iri(local) in self.taken or local == values.slug(""):
            local = f"{local}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
        return self.iri(local)

    def type(self, words: str) -> tuple[str | None, str]:
        """Return the type, and the words that say more; an element may have several types in a sheet."""
        parts = [part for part in map(str.strip, words.split(BETWEEN_VALUES)) if part]
        known = {part: found for part in parts if (found := self.vocabulary.resolve_type(part))}
        first = next(iter(known), "")
        return known.get(first), "; ".join(part for part in parts if part != first)

    def country(self, item: _Element) -> str:
        words = item.fields.get("country", "")
        found = self.vocabulary.resolve_country(words) if words else None
        if found:
            item.take("country")
        return found or ""

    def concept(self, item: _Element, name: str) -> str:
        found = self.vocabulary.resolve_concept(item.fields.get(name, ""))
        if found:
            item.take(name)
        return found or ""

    def cited(self, item: _Element, locator: str) -> Citation:
        """Return the source that the item names, else the map."""
        source = item.source(self.iri("source-"), Origin(self.source.path))
        if source is not None:
            self.sources.setdefault(source.iri, source)
        return item.citation(source, Citation(self.iri(MAP), locator))

    def relationships(self, given: object) -> Iterator[Relationship]:
        for item in self.items("connections", given):
            key = item.own("_id", "id")
            if key and key in self.connections:
                self.wrong(
                    f"{item.place}: the id {quoted(key)} is that of another connection.", "Give each its own id."
                )
            self.connections.add(key)
            ends = [self.end(item, name) for name in ("from", "to")]
            if "" in ends:
                continue
            direction = self.direction(item)
            if direction == "directed" and item.structure.get("reversed") is True:
                ends.reverse()
            said = self.relationship(item, ends, direction, f"connection {key}" if key else item.place)
            yield said
            if direction == "mutual" and self.vocabulary.relations[said.relation].directed:
                yield replace(said, subject=said.object, object=said.subject, given_iri="")
            self.unread.update([*item.fields, *item.wordless])

    def relationship(self, item: _Element, ends: list[str], direction: str, locator: str) -> Relationship:
        relation, role = self.relation(item, direction)
        language, iri, amount = item.language(), item.iri("iri"), item.number("amount")
        said = Relationship(
            ends[0],
            relation,
            ends[1],
            since=item.date("since"),
            until=item.date("until"),
            strength=_strength(item),
            confidence=item.number("confidence", most=1),
            certainty=self.concept(item, "certainty") or terms.STATED,
            role=role,
            amount=amount,
            currency=item.take("currency") if amount is not None else "",
            statement=next(iter(item.texts("description", language)), Text("")),
            citation=self.cited(item, locator),
            origin=Origin(self.source.path),
        )
        return said if not iri or iri == said.iri else replace(said, given_iri=iri)

    def end(self, item: _Element, name: str) -> str:
        """Return the IRI of the element at one end, by its id or else its label."""
        named = item.own(name)
        bearers = [self.ids[named]] if named in self.ids else self.labels.get(named, [])
        if len(bearers) == 1:
            return bearers[0]
        shown = f"{item.place}: {name!r} names {quoted(named)}, "
        if bearers:
            self.wrong(f"{shown}which is the label of {len(bearers)} elements.", "Name the element by its id.")
        elif named:
            self.wrong(f"{shown}which is no element.", "Add the element, or mend the name.")
        else:
            self.wrong(f"{item.place} has no {name!r}.", "Name the element by its id or label.")
        return ""

    def direction(self, item: _Element) -> str:
        words = item.own("direction").casefold()
        if words not in DIRECTIONS:
            hint = "Write directed, undirected or mutual."
            self.wrong(f"{item.place}: the direction {quoted(words)} is not known.", hint)
        return words

    def relation(self, item: _Element, direction: str) -> tuple[str, str]:
        """Return the relation, and the words for it that the relation does not say."""
        kind, label = item.take("connection type") or item.take("type"), item.take("label")
        by_kind, by_label = (self.vocabulary.resolve_relation(words) if words else None for words in (kind, label))
        found = by_kind or by_label
        if found and direction == "undirected" and self.vocabulary.relations[found].directed:
            found = by_kind = None
        words = ("" if by_kind else kind, label)
        if found is None and direction == "directed":
            self.without_direction += 1
        return found or self.vocabulary.default_relation, "; ".join(dict.fromkeys(filter(None, words)))

    def passed_over(self) -> Iterator[Problem]:
        """Yield one line for each kind of thing that the records do not hold."""
        if self.unread:
            yield self.source.problem(f"not carried over: the attributes {values.examples(self.unread)}.")
        if self.without_direction:
            found = counted(self.without_direction, "directed connection")
            yield self.source.problem(f"kept as ties without direction: {found} of no known relation.")


def _drawing(document: dict[str, Any], source: Input) -> Iterator[Problem]:
    found = {name: document.get(f"{name}s") for name in ("loop", "map", "perspective")}
    parts = [counted(len(given), name) for name, given in found.items() if isinstance(given, list) and given]
    if parts:
        yield source.problem(f"not carried over: {', '.join(parts)}.")


def _element(place: str, structure: dict[str, Any], fields: dict[str, Any]) -> _Element:
    given = fields.pop("tags", None)
    tags = given if isinstance(given, list) else str(given or "").split(BETWEEN_VALUES)
    told = {name: _words(value) for name, value in fields.items()}
    words = {name: text for name, text in told.items() if text.casefold() not in UNSTATED}
    wordless = [name for name, value in fields.items() if not told[name] and value and str(value).strip()]
    kept = list(dict.fromkeys(tag for tag in map(_words, tags) if tag))
    return _Element(place, fields=words, structure=structure, tags=kept, wordless=wordless)


def _homepage(item: _Element, descriptions: tuple[Text, ...]) -> str:
    for name in ("website", "homepage", "url"):
        if values.is_iri(item.fields.get(name, "")):
            return item.take(name)
    found = ADDRESS_LINE.search(descriptions[0].value) if descriptions else None
    return found[1] if found and values.is_iri(found[1]) else ""


def _strength(item: _Element) -> float | None:
    return item.number("strength", least=SMALLEST)


def _words(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(filter(None, map(_words, value)))
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
