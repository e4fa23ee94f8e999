"""Entities of FollowTheMoney, one JSON object a line: things become profiles, intervals relationships.

Which schema is what, and which property says what, is data of the ontology (`eco:reads`, `eco:subjectIn`,
`eco:objectIn`). Schemata that it does not name are passed over and counted; so are people, who are not recorded.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ecosystem import terms
from ecosystem.errors import DataError, Problem
from ecosystem.records import Citation, Dataset, Origin, Profile, Record, Relationship, Source, Text
from ecosystem.sources import values
from ecosystem.sources.inputs import Input
from ecosystem.sources.items import words_of
from ecosystem.sources.reading import Problems, Reading, Vocabulary
from ecosystem.sources.values import ValueFault, quoted

__all__ = ["FTM", "are_entities", "has_entities", "is_entity", "read", "read_list"]

FTM: Final = "https://w3id.org/ftm#"
LINE_LIMIT: Final = 16 * 1024**2
LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
ITSELF: Final = "source-entities"


def is_entity(document: object) -> bool:
    """Tell whether a JSON document looks like one entity."""
    return isinstance(document, dict) and {"id", "schema", "properties"} <= document.keys()


def has_entities(source: Input) -> bool:
    """Tell whether the first line of a file is an entity."""
    with source.open(limit=None) as file:
        first = file.readline(LINE_LIMIT)
    try:
        return is_entity(json.loads(first))
    except (ValueError, RecursionError):
        return False


def are_entities(document: object) -> bool:
    """Tell whether a JSON document is a list of entities, as programs that answer queries give it."""
    found = _listed(document)
    return bool(found) and is_entity(found[0])


def read_list(document: object, source: Input, vocabulary: Vocabulary) -> Reading:
    """Read a list of entities; messages count them.

    Raises
    ------
    DataError
        With every entity that is wrong.
    """
    lines = "\n".join(json.dumps(one) for one in _listed(document)).encode()
    return read(replace(source, suffix=".ftm", content=lines, part="entities"), vocabulary)


def _listed(document: object) -> list[Any]:
    if isinstance(document, dict):
        document = [document] if is_entity(document) else document.get("results")
    return document if isinstance(document, list) else []


def read(source: Input, vocabulary: Vocabulary) -> Reading:
    """Read entities; the file itself is the source of what names no other.

    Raises
    ------
    DataError
        With every line that is wrong.
    """
    return _Entities(source, vocabulary).reading()


@dataclass(slots=True)
class _Entity:
    """An entity: its line, its values by the property of ours that they are read as, and what is left of the rest."""

    line: int
    id: str
    schema: str
    told: dict[str, list[str]]
    own: dict[str, list[str]]

    def first(self, term: str) -> str:
        """Return the first value of a property; the others stay unread."""
        first, *others = self.told.pop(term, None) or [""]
        if others:
            self.told[term] = others
        return first

    def all(self, term: str) -> list[str]:
        """Return all values of a property."""
        return self.told.pop(term, [])


@dataclass(slots=True)
class _Entities:
    source: Input
    vocabulary: Vocabulary
    problems: Problems = field(init=False)
    ids: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    loose: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.problems = Problems(self.source.path)
        self.taken.add(self.iri(ITSELF))

    def iri(self, local: str) -> str:
        return f"{terms.ID}{self.source.name}/{local}"

    def wrong(self, message: str, hint: str, line: int) -> None:
        self.problems.add(self.source.problem(message, hint, line))

    def reading(self) -> Reading:
        title, ties = self.source.stem or self.source.name, []
        records: list[Record] = []
        for entity in self.entities():
            if FTM + entity.schema in self.vocabulary.ends_read:
                ties.append(entity)
            elif FTM + entity.schema in self.vocabulary.classes_read:
                records.append(self.profile(entity))
                ties += self.references(entity)
            else:
                self.skipped[entity.schema] += 1
                self.left_out[entity.id] = entity.schema
        for tie in ties:
            records += self.relationships(tie)
        self.problems.check()
        itself = Source(self.iri(ITSELF), (Text(title),), origin=Origin(self.source.path))
        dataset = Dataset(self.source.name, title, language="")
        everything = (itself, *self.sources.values(), *records)
        return Reading(dataset, everything, skipped=tuple(self.passed_over()), path=self.source.path)

    # Lines -------------------------------------------------------------------------------------------------------

    def entities(self) -> Iterator[_Entity]:
        """Yield what each line says, and what is nested in it; a wrong line is noted, and left out."""
        with self.source.open(limit=None) as file:
            number = 0
            while content := file.readline(LINE_LIMIT + 1):
                number += 1
                if len(content) > LINE_LIMIT:
                    raise DataError(self.source.problem("this line is too long for an entity.", line=number))
                if content.strip():
                    document = self.document(content, number)
                    if document is not None:
                        yield from self.entity(document, number)

    def document(self, content: bytes, line: int) -> dict[str, Any] | None:
        try:
            text = content.decode("utf-8")
            document = json.loads(text)
            if HALF.search(text):
                json.dumps(document, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            self.wrong("holds half of a character, as \\ud800.", "Write the character itself.", line)
        except UnicodeDecodeError:
            self.wrong("is not UTF-8.", "Save the file as UTF-8.", line)
        except (ValueError, RecursionError):
            self.wrong("is not JSON.", "Each line is one entity; is the file cut short?", line)
        else:
            if is_entity(document) and isinstance(document["properties"], dict):
                return document  # type: ignore[no-any-return]
            self.wrong("is no entity.", "An entity has id, schema and properties.", line)
        return None

    def entity(self, document: Mapping[str, Any], line: int) -> Iterator[_Entity]:
        given, schema = words_of(document["id"]), words_of(document["schema"])
        if not given or not schema:
            self.wrong("an entity has no id or no schema.", "Give it both.", line)
            return
        if given in self.lines:
            self.wrong(f"the id {quoted(given)} is that of line {self.lines[given]}.", "Give each its own id.", line)
            return
        self.lines[given] = line
        entity = _Entity(line, given, schema, {}, {})
        nested: list[Mapping[str, Any]] = []
        for name, stated in document["properties"].items():
            items = stated if isinstance(stated, list) else [stated]
            within = [item for item in items if isinstance(item, dict)]
            nested += [item for item in within if is_entity(item) and isinstance(item["properties"], dict)]
            self.unread[name] += sum(not is_entity(item) for item in within)
            texts = [text for item in items if (text := words_of(item.get("id") if isinstance(item, dict) else item))]
            term = self.vocabulary.properties_read.get(FTM + name)
            (entity.told.setdefault(term, []) if term else entity.own.setdefault(name, [])).extend(texts)
        yield entity
        for one in nested:
            # The same body is nested wherever it is named.
            if words_of(one["id"]) not in self.lines:
                yield from self.entity(one, line)

    # Things ------------------------------------------------------------------------------------------------------

    def profile(self, entity: _Entity) -> Profile:
        """Return an actor or initiative; a stated kind that the ontology knows is its type."""
        iri = self.ids[entity.id] = self.named(entity.id)
        names, type_, kind = entity.all(terms.LABEL), self.vocabulary.classes_read[FTM + entity.schema], ""
        others = [*names[1:], *entity.all(terms.ALT_LABEL)]
        for words in entity.all(terms.STATED_KIND):
            known = self.vocabulary.resolve_type(words)
            fits = known and self.vocabulary.is_initiative_type(known) is self.vocabulary.is_initiative_type(type_)
            type_, kind = (known, kind) if known and fits else (type_, "; ".join(filter(None, (kind, words))))
        acronyms, descriptions = entity.all(terms.ACRONYM), entity.all(terms.DESCRIPTION)
        identifiers, keywords = entity.all(terms.IDENTIFIER), entity.all(terms.KEYWORD)
        topics = {words: self.vocabulary.resolve_concept(words) for words in keywords}
        return Profile(
            iri,
            type_,
            (Text(names[0] if names else entity.id),),
            alternatives=tuple(Text(name) for name in dict.fromkeys([*others, *acronyms[1:]])),
            acronym=acronyms[0] if acronyms else "",
            descriptions=(Text("\n".join(descriptions)),) if descriptions else (),
            country=self.country(entity),
            kind=kind,
            since=self.date(entity, terms.SINCE),
            until=self.date(entity, terms.UNTIL),
            homepage=self.homepage(entity),
            identifiers=tuple(dict.fromkeys(identifiers)),
            topics=tuple(dict.fromkeys(topic for topic in topics.values() if topic)),
            keywords=tuple(words for words, topic in topics.items() if not topic),
            citation=self.cited(entity),
            origin=Origin(self.source.path, entity.line),
        )

    def named(self, given: str) -> str:
        local = given if LOCAL_NAME.fullmatch(given) else values.slug(given)
        if self.iri(local) in self.taken:
            local = f"{local}-{hashlib.sha256(given.encode()).hexdigest()[:8]}"
        self.taken.add(self.iri(local))
        return self.iri(local)

    def country(self, entity: _Entity) -> str:
        """Return the one country of a thing; several make it a body of no one country."""
        found = {words: self.vocabulary.resolve_country(words) for words in entity.all(terms.IN_COUNTRY)}
        self.places.update(words for words, country in found.items() if country is None)
        known = {country for country in found.values() if country}
        if len(known) > 1:
            self.unread["several countries"] += 1
        return known.pop() if len(known) == 1 else ""

    def homepage(self, entity: _Entity) -> str:
        """Return the first web address; the others are counted."""
        stated = entity.all(terms.HOMEPAGE)
        found = next(filter(values.is_iri, stated), "")
        self.unread["website"] += len(set(stated) - {found})
        return found

    def date(self, entity: _Entity, term: str) -> str:
        """Return the first date, as exactly as any says it; others are counted."""
        found = ""
        for words in entity.all(term):
            try:
                date = values.date(words[: len("2022-06-21")])
            except ValueFault:
                self.unread[_short(term)] += 1
                continue
            self.unread[_short(term)] += not (found.startswith(date) or date.startswith(found))
            found = date if date.startswith(found) else found
        return found

    def references(self, entity: _Entity) -> Iterator[_Entity]:
        """Yield the relationships that a thing's own properties state, as a company its parent."""
        for term in [term for term in entity.told if term in self.vocabulary.relations]:
            for target in entity.told.pop(term):
                yield _Entity(entity.line, "", term, {}, {"": [entity.id], " ": [target]})
        self.unread.update([*entity.own, *(_short(term) for term in entity.told)])

    # Ties --------------------------------------------------------------------------------------------------------

    def relationships(self, entity: _Entity) -> Iterator[Relationship]:
        """Yield a relationship for each pair of ends; an interval may name several."""
        ends = self.vocabulary.ends_read.get(FTM + entity.schema, ("", " "))
        subjects, objects = (self.named_in(entity, end.removeprefix(FTM)) for end in ends)
        if not subjects or not objects:
            if entity.id and not self.named_something(entity, ends):
                self.wrong("names no end.", f"An entity of the schema {entity.schema} ties two.", entity.line)
            else:
                self.loose[_short(entity.schema)] += 1
            return
        relation, role = self.relation(entity)
        dates = self.date(entity, terms.SINCE), self.date(entity, terms.UNTIL)
        amount, currency = self.amount(entity), entity.first(terms.CURRENCY)
        said, citation = entity.all(terms.DESCRIPTION), self.cited(entity)
        for subject in subjects:
            for target in objects:
                yield Relationship(
                    subject,
                    relation,
                    target,
                    since=dates[0],
                    until=dates[1],
                    role=role,
                    amount=amount,
                    currency=currency if amount is not None else "",
                    statement=Text("\n".join(said)),
                    citation=citation,
                    origin=Origin(self.source.path, entity.line),
                )
        for end in ends:
            entity.own.pop(end.removeprefix(FTM), None)
        self.unread.update([*entity.own, *(_short(term) for term in entity.told)])

    def named_in(self, entity: _Entity, end: str) -> list[str]:
        """Return the IRIs of those that one end names."""
        found = []
        for given in entity.own.get(end, ()):
            if given in self.ids:
                found.append(self.ids[given])
            elif given not in self.left_out:
                self.wrong(f"{quoted(given)} is no entity of this file.", "Add the entity.", entity.line)
        return found

    def named_something(self, entity: _Entity, ends: tuple[str, str]) -> bool:
        return all(entity.own.get(end.removeprefix(FTM)) for end in ends)

    def relation(self, entity: _Entity) -> tuple[str, str]:
        """Return the relation, and the words for it that the relation does not say.

        Of a tie whose kind the schema does not state, the role may be the name of a relation.
        """
        default, roles = self.vocabulary.default_relation, entity.all(terms.ROLE)
        plain = FTM + entity.schema in self.vocabulary.written_as.get(default, ())
        if entity.schema in self.vocabulary.relations:
            return entity.schema, ""
        relation = self.vocabulary.properties_read.get(FTM + entity.schema, "")
        if relation == default:
            named = {words: self.vocabulary.resolve_relation(words) for words in roles}
            known = next((words for words, found in named.items() if found), "")
            relation = named.get(known) or default
            roles = [words for words in roles if words != known]
        # A schema that is read as a tie of unstated kind says of what kind it is by its name.
        if relation not in self.vocabulary.relations or (relation == default and not roles and not plain):
            roles = [*roles, entity.schema]
        return relation if relation in self.vocabulary.relations else default, "; ".join(dict.fromkeys(roles))

    def amount(self, entity: _Entity) -> float | None:
        stated = entity.first(terms.AMOUNT)
        try:
            found = values.number(stated or "-1")
        except ValueFault:
            found = -1.0
        self.unread[_short(terms.AMOUNT)] += bool(stated) and found < 0
        return found if found >= 0 else None

    def cited(self, entity: _Entity) -> Citation:
        """Return where it stands: at the address that the entity gives, else in this file."""
        url, publisher, locator = (entity.first(term) for term in (terms.PAGE, terms.PUBLISHER, terms.LOCATOR))
        if not url and not publisher:
            return Citation(self.iri(ITSELF), locator or (f"entity {entity.id}" if entity.id else ""))
        name = hashlib.sha256(f"{url}\n{publisher}".encode()).hexdigest()[:12]
        iri = self.iri(f"source-{name}")
        page = url if values.is_iri(url) else ""
        self.sources.setdefault(iri, Source(iri, (Text(publisher or url),), url=page, publisher=publisher))
        return Citation(iri, locator)

    def passed_over(self) -> Iterator[Problem]:
        """Yield one line for each kind of thing that the records do not hold."""
        for what, found in (
            ("entities of schemata that are not read: ", self.skipped),
            ("relationships that lead to what is not carried over: ", self.loose),
            ("places that no country is called: ", self.places),
            ("the properties ", self.unread),
        ):
            found = +found
            if found:
                yield self.source.problem(f"not carried over: {what}{values.examples(found)}.")


def _short(name: str) -> str:
    return name.rpartition("#")[2].rpartition("/")[2]
