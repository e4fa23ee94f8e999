"""A network as every format of networks has it: nodes and edges, and of each what the format carries."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ecosystem import terms
from ecosystem.exports.content import Content
from ecosystem.exports.particulars import (
    ABOUT,
    OF_EDGES,
    OF_NODES,
    Particular,
    Value,
    about,
    main_text,
    of_profile,
    of_relationship,
)
from ecosystem.ontology import local_name
from ecosystem.records import Profile, Relationship, Text

__all__ = ["Carried", "Edge", "Graph", "Node", "graph_of", "left_out"]

SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Carried:
    """What a format has a place for; the groups are those of `ecosystem.exports.particulars`.

    Parameters
    ----------
    nodes, edges, about
        Groups of particulars of actors, of relationships, and of the data set.
    figures
        Whether there is room for numbers about actors.
    unheld
        The groups of `nodes` for which there is no room with a thing of this kind.
    """

    nodes: frozenset[str] = frozenset()
    edges: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    figures: bool = False
    unheld: Callable[[Profile, Content], frozenset[str]] = lambda profile, content: frozenset()

    @classmethod
    def all_but(cls, *, nodes: Iterable[str] = (), edges: Iterable[str] = (), about: Iterable[str] = ()) -> Carried:
        """Return what a format of networks carries that has a place for all particulars but these."""
        return cls(frozenset(OF_NODES) - {*nodes}, frozenset(OF_EDGES) - {*edges}, frozenset(ABOUT) - {*about})


@dataclass(frozen=True, slots=True)
class Node:
    """An actor, an initiative, or a concept or country that one of them is tied to.

    `profile` is None for concepts and countries.
    """

    id: str
    label: str
    fields: Mapping[str, Value]
    profile: Profile | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship; `relation` is the IRI of its type, `label` what to call that."""

    id: str
    source: str
    target: str
    directed: bool
    relation: str
    label: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Graph:
    """All nodes and edges, in the order in which they are written."""

    name: str
    about: Mapping[str, str]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    content: Content

    def columns(self, items: Callable[[Graph], Iterable[Node | Edge]]) -> dict[str, type]:
        """Return the names of the fields of nodes or edges and the type of their values, in order."""
        found: dict[str, type] = {}
        for item in items(self):
            for name, value in item.fields.items():
                found.setdefault(name, type(value))
        return found


def graph_of(content: Content, carried: Carried) -> Graph:
    """Return the network, with no more than a format carries."""
    ids = _ids([*(profile.iri for profile in content.profiles), *_ideas(content)])
    nodes = [_node(profile, ids[profile.iri], content, carried) for profile in content.profiles]
    if "IRIs" in carried.nodes:
        nodes += [_idea(iri, ids[iri], content, carried) for iri in _ideas(content)]
    kept = _ties(content, carried)
    edges = [_edge(said, f"e{number}", ids, content, carried) for number, said in enumerate(kept, start=1)]
    told = {name: words for name, words in about(content).items() if name in carried.about}
    return Graph(content.dataset.name, told, tuple(nodes), tuple(edges), content)


def left_out(content: Content, carried: Carried) -> list[str]:
    """Return what the data say and the format has no place for, in words; nothing where it carries all."""
    kept = _ties(content, carried)
    nodes = _missing(
        (of_profile(one, _label(one, content), content), carried.nodes - carried.unheld(one, content))
        for one in content.profiles
    )
    edges = _missing((of_relationship(said, content), carried.edges) for said in kept)
    others = [name for name in about(content) if name not in carried.about]
    words = []
    for owner, count, order in (("actors and initiatives", nodes, OF_NODES), ("relationships", edges, OF_EDGES)):
        told = ", ".join(f"{group} ({count[group]:,})" for group in order if count[group])
        words += [f"of {owner}: {told}"] if told else []
    lost = len(content.relationships) - len(kept)
    if lost:
        words.append(f"{lost:,} relationships that are denied, or lead to concepts or countries")
    if content.figures and not carried.figures:
        words.append(f"{len(content.figures):,} figures")
    return words + ([f"of the data set: {', '.join(others)}"] if others else [])


def _ties(content: Content, carried: Carried) -> list[Relationship]:
    """Return the relationships that can be edges.

    Where nothing can say that one is denied, or that an end of it is an idea or a country, it would be taken for a tie
    between actors.
    """
    ideas = {*content.ontology.concepts, *content.ontology.countries} if "IRIs" not in carried.nodes else set()
    ideas -= {profile.iri for profile in content.profiles}
    return [
        said
        for said in content.relationships
        if not (said.certainty == terms.DENIED and "certainty" not in carried.edges)
        and said.subject not in ideas
        and said.object not in ideas
    ]


def _missing(records: Iterable[tuple[Iterator[Particular], frozenset[str]]]) -> Counter[str]:
    count: Counter[str] = Counter()
    for record, carried in records:
        count.update({one.group for one in record if one.is_said and one.group not in carried})
    return count


def _label(profile: Profile, content: Content) -> Text:
    return main_text(profile.labels, content.language)


def _ideas(content: Content) -> list[str]:
    """Return the ends of relationships that the ontology describes: concepts and countries."""
    described = {profile.iri for profile in content.profiles}
    ends = {end for said in content.relationships for end in (said.subject, said.object)}
    return sorted(ends - described)


def _node(profile: Profile, id_: str, content: Content, carried: Carried) -> Node:
    label = _label(profile, content)
    fields = _carried(of_profile(profile, label, content), carried.nodes - carried.unheld(profile, content))
    return Node(id_, label.value or local_name(profile.iri), fields, profile)


def _idea(iri: str, id_: str, content: Content, carried: Carried) -> Node:
    concept = content.ontology.concepts.get(iri)
    type_ = concept.kind if concept else terms.COUNTRY
    told = (Particular("IRIs", "iri", iri), Particular("types", "type", type_.removeprefix(terms.ECO)))
    return Node(id_, content.ontology.label(iri, content.language), _carried(told, carried.nodes), None)


def _edge(said: Relationship, id_: str, ids: Mapping[str, str], content: Content, carried: Carried) -> Edge:
    relation = content.ontology.relations[said.relation]
    fields = _carried(of_relationship(said, content), carried.edges)
    label = relation.label(content.language)
    return Edge(id_, ids[said.subject], ids[said.object], relation.directed, said.relation, label, fields)


def _carried(told: Iterable[Particular], groups: frozenset[str]) -> dict[str, Value]:
    return {one.name: one.value for one in told if one.is_said and one.group in groups}


def _ids(iris: Iterable[str]) -> dict[str, str]:
    """Return a short id for each IRI: the end of it where that is free, else with a digest behind it.

    >>> list(_ids([terms.ID + "caf", "https://example.org/caf", "urn:x:é"]).values())
    ['caf', 'caf-71e7e6a8', 'urn-x-4204a85e']
    """
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for iri in iris:
        short = local_name(iri)
        if not SAFE.fullmatch(short):
            short = re.sub(r"[^A-Za-z0-9._-]+", "-", short).strip("-._") or "x"
            short += f"-{hashlib.sha256(iri.encode()).hexdigest()[:8]}"
        elif short in taken:
            short += f"-{hashlib.sha256(iri.encode()).hexdigest()[:8]}"
        while short in taken:
            short += "-x"
        taken.add(short)
        ids[iri] = short
    return ids
