"""Networks in GEXF 1.0 to 1.3, the format of Gephi: nodes become profiles, edges relationships.

How a map is drawn (colours, positions, sizes) is not carried over. The XML is read as a stream, and nothing in it is
fetched or unfolded.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pyexpat import ExpatError, ParserCreate
from typing import Final

from ecosystem import terms
from ecosystem.errors import DataError, Problem
from ecosystem.records import Citation, Dataset, Origin, Profile, Relationship, Source, Text
from ecosystem.sources import values
from ecosystem.sources.guards import ELEMENT_DEPTH_LIMIT, xml_problem
from ecosystem.sources.inputs import Input
from ecosystem.sources.reading import Problems, Reading, Vocabulary
from ecosystem.sources.values import ValueFault, quoted

__all__ = ["read"]

LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
DIRECTIONS: Final = frozenset({"directed", "undirected", "mutual"})
# What attributes are called that say the same everywhere, in the order in which they are believed.
LABEL: Final = ("label", "name")
KIND: Final = ("actor_type", "actor type", "actortype", "type", "kind", "category")
COUNTRY: Final = ("country", "country_code", "country code", "nation")
RELATION: Final = ("relation", "relationship", "kind", "type", "label")
DESCRIPTION: Final = ("description",)
HOMEPAGE: Final = ("homepage", "website", "url")
ITSELF: Final = "source-network"


def read(source: Input, vocabulary: Vocabulary) -> Reading:
    """Read a network; the file itself is the source of what it says.

    Raises
    ------
    DataError
        If it is not GEXF, or with every node and edge that is wrong.
    """
    document = _Document(source)
    document.parse()
    graph = _Graph(source, vocabulary, document)
    profiles = list(graph.profiles())
    relationships = list(graph.relationships())
    graph.problems.check()
    title = source.stem or source.name
    dataset = Dataset(source.name, title, description=document.description, language="")
    itself = Source(graph.iri(ITSELF), (Text(title),), creator=document.creator, origin=Origin(source.path))
    return Reading(dataset, (itself, *profiles, *relationships), skipped=tuple(graph.passed_over()), path=source.path)


@dataclass(slots=True)
class _Item:
    """A node or edge: its XML attributes, the values it has by attribute id, and the line on which it begins."""

    line: int
    own: Mapping[str, str]
    stated: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    def take(self, names: tuple[str, ...]) -> str:
        """Return the words of the first of these attributes that is stated, and count it as read."""
        return next((words for name in names if (words := self.fields.pop(name, ""))), "")


class _Document:
    """The elements of a file, gathered while it is parsed."""

    def __init__(self, source: Input) -> None:
        self.source = source
        self.nodes: list[_Item] = []
        self.edges: list[_Item] = []
        self.direction = "undirected"
        self.creator = self.description = ""
        self._titles: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self._defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self._path: list[str] = []
        self._items: list[_Item] = []
        self._declared = ("node", "")
        self._text: list[str] = []
        self._parser = ParserCreate(namespace_separator=" ")

    def parse(self) -> None:
        """Read the file.

        Raises
        ------
        DataError
            If it is not XML, not GEXF, nests too deep or declares entities.
        """
        parser = self._parser
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler = self._text.append
        parser.EntityDeclHandler = self._entity
        try:
            with self.source.open() as file:
                parser.ParseFile(file)
        except ExpatError as error:
            raise DataError(xml_problem(error, self.source)) from error
        for kind, items in (("node", self.nodes), ("edge", self.edges)):
            titles, defaults = self._titles[kind], self._defaults[kind]
            for item in items:
                stated = {**defaults, **item.stated}
                item.fields = {titles.get(key, key): words for key, words in stated.items() if words}

    def _begin(self, full: str, own: dict[str, str]) -> None:
        space, _, name = full.rpartition(" ")
        line = self._parser.CurrentLineNumber
        if not self._path and name != "gexf":
            what = "a web page" if name.casefold() == "html" else f"XML of another kind ({values.one_line(name)[:40]})"
            raise DataError(self.source.problem(f"is {what}, not GEXF.", "Export the network as GEXF.", line))
        self._path.append("" if space.endswith("viz") else name)
        if len(self._path) > ELEMENT_DEPTH_LIMIT:
            raise DataError(self.source.problem(f"nests more than {ELEMENT_DEPTH_LIMIT} elements.", line=line))
        self._text.clear()
        if self._path[-1] in ("node", "edge"):
            item = _Item(line, own)
            (self.nodes if name == "node" else self.edges).append(item)
            self._items.append(item)
        elif self._path[-1] == "graph":
            self.direction = own.get("defaultedgetype", self.direction)
        elif self._path[-1] == "attributes":
            self._declared = (own.get("class", "node"), "")
        elif self._path[-1] == "attribute" and self._declared[0] in self._titles:
            self._declared = (self._declared[0], own.get("id", ""))
            title = own.get("title", own.get("id", "")).strip().casefold()
            self._titles[self._declared[0]][self._declared[1]] = title
        elif self._path[-1] == "attvalue" and self._items:
            # GEXF 1.0 said `id` where all later ones say `for`.
            key = own.get("for", own.get("id", ""))
            self._items[-1].stated[key] = own.get("value", "").strip()

    def _end(self, _full: str) -> None:
        name = self._path.pop()
        if name in ("node", "edge"):
            self._items.pop()
        elif name == "default" and self._declared[0] in self._defaults:
            self._defaults[self._declared[0]][self._declared[1]] = "".join(self._text).strip()
        elif name == "creator":
            self.creator = "".join(self._text).strip()
        elif name == "description":
            self.description = "".join(self._text).strip()
        self._text.clear()

    def _entity(self, name: str, *_rest: object) -> None:
        message = f"declares the entity {quoted(name)}."
        line = self._parser.CurrentLineNumber
        raise DataError(self.source.problem(message, "Write the text itself where it is used.", line))


class _Graph:
    """Nodes and edges on their way to records."""

    def __init__(self, source: Input, vocabulary: Vocabulary, document: _Document) -> None:
        self.source, self.vocabulary, self.document = source, vocabulary, document
        self.problems = Problems(source.path)
        self.ids: dict[str, str] = {}
        self.unread: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self.without_direction = 0
        self._taken = {ITSELF}
        self._edges: set[str] = set()

    def iri(self, local: str) -> str:
        """Return the IRI of something in this network."""
        return f"{terms.ID}{self.source.name}/{local}"

    def profiles(self) -> Iterator[Profile]:
        """Yield the nodes; their labels, kinds and countries are found by what attributes are usually called."""
        for item in self.document.nodes:
            given = item.own.get("id", "")
            labels = item.own.get("label", "").strip(), item.take(LABEL)
            if not given or given in self.ids:
                what = f"the id {quoted(given)} is that of another node." if given else "a node has no id."
                self._wrong(what, "Give each node its own id.", item)
                continue
            iri = self.ids[given] = self._named(given)
            kind = item.take(KIND)
            type_ = self.vocabulary.resolve_type(kind) if kind else None
            description = item.take(DESCRIPTION)
            country, supranational = self._place(item.take(COUNTRY))
            yield Profile(
                iri,
                type_ or self.vocabulary.default_actor_type,
                (Text(labels[0] or labels[1] or given),),
                descriptions=(Text(description),) if description else (),
                country=country,
                supranational=supranational,
                kind="" if type_ else kind,
                since=self._date(item, "start"),
                until=self._date(item, "end"),
                homepage=next(
                    (item.take((name,)) for name in HOMEPAGE if values.is_iri(item.fields.get(name, ""))), ""
                ),
                citation=Citation(self.iri(ITSELF), f"node {given}"),
                origin=Origin(self.source.path, item.line),
            )
            self.unread.update(item.fields.keys())

    def _named(self, given: str) -> str:
        local = given if LOCAL_NAME.fullmatch(given) else values.slug(given)
        if local in self._taken:
            local = f"{local}-{hashlib.sha256(given.encode()).hexdigest()[:8]}"
        self._taken.add(local)
        return self.iri(local)

    def _place(self, words: str) -> tuple[str, bool]:
        """Return a country, and whether the words say that it is of no one country."""
        if not words or values.is_supranational(words):
            return "", bool(words)
        found = self.vocabulary.resolve_country(words)
        if found is None:
            self.places[words] += 1
        return found or "", False

    def relationships(self) -> Iterator[Relationship]:
        """Yield the edges."""
        for item in self.document.edges:
            ends = [self._node(item, name) for name in ("source", "target")]
            direction = (item.own.get("type") or self.document.direction).casefold()
            if direction not in DIRECTIONS:
                hint = "Write directed, undirected or mutual."
                self._wrong(f"the type {quoted(direction)} of an edge is not known.", hint, item)
            if "" in ends or direction not in DIRECTIONS:
                continue
            relation, role = self._relation(item, direction)
            said = Relationship(
                ends[0],
                relation,
                ends[1],
                since=self._date(item, "start"),
                until=self._date(item, "end"),
                strength=self._strength(item),
                role=role,
                citation=Citation(self.iri(ITSELF), self._locator(item)),
                origin=Origin(self.source.path, item.line),
            )
            yield said
            if direction == "mutual" and self.vocabulary.relations[relation].directed:
                yield replace(said, subject=said.object, object=said.subject)
            self.unread.update(item.fields.keys())

    def _node(self, item: _Item, name: str) -> str:
        given = item.own.get(name, "")
        if given not in self.ids:
            what = f"{name} {quoted(given)} of an edge is no node." if given else f"an edge has no {name}."
            self._wrong(what, "Name a node by its id.", item)
        return self.ids.get(given, "")

    def _relation(self, item: _Item, direction: str) -> tuple[str, str]:
        """Return the relation, and the words for it that the relation does not say."""
        own = [item.own.get(name, "").strip() for name in ("kind", "label")]
        words = list(dict.fromkeys(filter(None, [*own, *(item.take((name,)) for name in RELATION)])))
        found = {text: self.vocabulary.resolve_relation(text) for text in words}
        fitting = [
            text
            for text, relation in found.items()
            if relation and not (direction == "undirected" and self.vocabulary.relations[relation].directed)
        ]
        self.without_direction += not fitting and direction == "directed"
        relation = found[fitting[0]] if fitting else None
        role = "; ".join(text for text in words if text not in fitting[:1])
        return relation or self.vocabulary.default_relation, role

    def _strength(self, item: _Item) -> float | None:
        text = item.own.get("weight", "") or item.take(("weight",))
        try:
            strength = values.number(text) if text else None
        except ValueFault as fault:
            self._wrong(f"weight {fault.message}", fault.hint, item)
            return None
        if strength is not None and strength <= 0:
            hint = "A weight says how strong a tie is; leave out edges that do not exist."
            self._wrong(f"weight {quoted(text)} is not above 0.", hint, item)
        return strength

    def _locator(self, item: _Item) -> str:
        given = item.own.get("id", "")
        if not given or given in self._edges:
            return f"line {item.line}"
        self._edges.add(given)
        return f"edge {given}"

    def _date(self, item: _Item, name: str) -> str:
        try:
            return values.date(item.own.get(name, "")[: len("2022-06-21")])
        except ValueFault:
            if name in item.own:
                self.unread[name] += 1
            return ""

    def _wrong(self, message: str, hint: str, item: _Item) -> None:
        self.problems.add(self.source.problem(message, hint, item.line))

    def passed_over(self) -> Iterator[Problem]:
        """Yield one line for each kind of thing that the records do not hold."""
        if self.places:
            found = values.counted(len(self.places), "place")
            yield self.source.problem(
                f"not carried over: {found} that no country is called: {values.examples(self.places)}."
            )
        if self.unread:
            yield self.source.problem(f"not carried over: the attributes {values.examples(self.unread)}.")
        if self.without_direction:
            found = values.counted(self.without_direction, "directed edge")
            yield self.source.problem(f"kept as ties without direction: {found} of no known relation.")
