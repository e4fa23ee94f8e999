"""From RDF to a network: `project` decides what is an actor and what is a tie, and loses nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from ecosystem import terms
from ecosystem.collection import collection_paused
from ecosystem.errors import ProjectionError
from ecosystem.network.folding import folded
from ecosystem.network.merging import representatives
from ecosystem.network.model import ActorNetwork, Projection, Records
from ecosystem.network.ties import Ties, ties
from ecosystem.ontology import Kind, Ontology, local_name
from ecosystem.store import Column, Store, Texts
from ecosystem.store.columns import plain_bytes

__all__ = ["SUPRANATIONAL", "labels_of", "project"]

SUPRANATIONAL = "Supranational"
Value = TypeVar("Value")
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Things:
    """Everything that the data describe as an actor or initiative, sorted by IRI, each with its kind.

    `number` finds a thing by its IRI in angle brackets, and by each of the `others` that name the same body.
    """

    ids: Texts
    number: Mapping[bytes, int]
    kinds: Column[Kind]
    others: frozenset[bytes] = frozenset()

    def __len__(self) -> int:
        return len(self.ids)

    def where(self, holds: Callable[[Kind], bool]) -> Mask:
        """Tell of each thing whether something holds of its kind."""
        return np.array([holds(kind) for kind in self.kinds.table], bool)[self.kinds.codes]

    def of_kind(self, value: Callable[[Kind], Value]) -> Column[Value]:
        """Return what each thing has from its kind."""
        table = [value(kind) for kind in self.kinds.table]
        return Column(self.kinds.codes, table, table[0])


@collection_paused()
def project(
    store: Store, ontology: Ontology, projection: Projection | None = None, language: str = "en"
) -> ActorNetwork:
    """Return the network that `projection` sees in the store.

    Every relationship record whose relation counts as a tie becomes one edge, keyed by its IRI; parallel ones stay
    apart. Denied relationships are no ties. Actors without ties stay in the network as isolates. Relationships with
    an end that nobody describes are left out and counted in the notes. Those that skos:exactMatch says are one body
    are one node, with the ties and attributes of all; see `ecosystem.network.merging`.

    The store is asked by SELECT only and its answers go into arrays: while it works, this takes one Python object
    for each thing that the data name, and none a tie.

    Parameters
    ----------
    projection
        What counts; by default ties of the ontology's default flow, with initiatives folded.
    language
        Language of the labels and attributes.

    Raises
    ------
    ProjectionError
        If the store holds no actor that the projection lets through, or a strength is not a number.
    """
    choice = projection or Projection(conveys=(ontology.default_flow,))
    things = _things(store, ontology)
    places = _places(store, ontology, things, language)
    is_initiative = things.where(lambda kind: kind.is_initiative) if len(things) else np.zeros(0, bool)
    nodes = _nodes(things, places, is_initiative, choice, ontology, language)
    if not nodes.any() or (choice.initiatives != "keep" and not (nodes & ~is_initiative).any()):
        raise ProjectionError(
            "There is no actor in these data.",
            hint="Actors have a type that `ecosystem ontology list types` shows, or one that it reads as such.",
        )
    found, notes = _ties(store, ontology, choice, things, nodes)
    if things.others:
        notes += (f"{len(things.others)} are counted with another that skos:exactMatch says is the same.",)
    if choice.initiatives == "fold":
        found, more = folded(found, is_initiative, choice.fold_limit)
        notes += more
    if choice.initiatives != "keep":
        nodes = nodes & ~is_initiative
        found = found.take(nodes[found.tails] & nodes[found.heads])
    return _network(store, things, places, nodes, found, choice, notes, ontology, language)


def _things(store: Store, ontology: Ontology) -> _Things:
    """Read what the data describe, each body once, with the most specific of its kinds."""
    kinds = sorted(ontology.kinds.values(), key=lambda kind: (-len(kind.ancestors), kind.order, kind.iri))
    rank = {kind.iri: position for position, kind in enumerate(kinds)}
    answer = store.columns(
        f"SELECT ?thing ?type WHERE {{ VALUES ?type {{ {' '.join(f'<{iri}>' for iri in sorted(rank))} }} "
        f"GRAPH ?graph {{ ?thing a ?type }} FILTER(?graph != <{terms.ONTOLOGY}> && isIRI(?thing)) }}"
    )
    thing, type_ = answer.coded("thing"), answer.column("type")
    same = {f"<{one}>".encode(): f"<{best}>".encode() for one, best in representatives(store, ontology).items()}
    terms_ = sorted((term for term in thing.table if term not in same), key=lambda term: term[1:-1])
    number = {term: position for position, term in enumerate(terms_)}
    number.update({term: number[best] for term, best in same.items()})
    places = np.fromiter((number[term] for term in thing.table), np.int64, len(thing.table))
    ranks = np.array([rank[iri] for iri in type_.table], np.int64)
    best = _first(places[thing.codes], ranks[type_.codes], len(terms_)).astype(np.int32)
    return _Things(Texts.joined(terms_, bracket=1), number, Column(best, kinds, kinds[0]), frozenset(same))


def _first(places: NDArray[Any], ranks: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return the lowest rank at each of `count` places, -1 where there is none."""
    none = np.iinfo(np.int64).max
    lowest = np.full(count, none)
    np.minimum.at(lowest, places, ranks)
    lowest[lowest == none] = -1
    return lowest


def _nodes(
    things: _Things, places: Column[str | None], is_initiative: Mask, choice: Projection, ontology: Ontology, tag: str
) -> Mask:
    if not len(things):
        return is_initiative
    wanted = ontology.subtypes(choice.types)
    actors = things.where(lambda kind: kind.iri in wanted if wanted else not kind.is_place) & ~is_initiative
    if choice.countries:
        names = {ontology.label(iri, tag) for iri in choice.countries}
        actors &= np.array([*(name in names for name in places.table), False], bool)[places.codes]
    return actors | is_initiative if choice.initiatives != "leave out" else actors


def _values(store: Store, term: str, things: _Things) -> Column[str | None]:
    """Return one value of a property for each thing: the first, where there are several."""
    answer = store.columns(f"SELECT ?thing ?value WHERE {{ ?thing <{term}> ?value }}")
    value = answer.column("value")
    order, rank = _ranks(value.table)
    best = _first_said(answer.coded("thing"), rank[value.codes], len(order), things)
    codes = np.where(best < 0, -1, best % max(len(order), 1)).astype(np.int32)
    return Column(codes, [value.table[place] for place in order], None)


def _first_said(thing: Column[bytes], ranks: NDArray[np.int64], count: int, things: _Things) -> NDArray[np.int64]:
    """Return the lowest rank at each thing, -1 where there is none.

    What is said of a body by another IRI comes after all that is said by its own: such a rank is larger by `count`.
    """
    table = np.fromiter((things.number.get(term, -1) for term in thing.table), np.int64, len(thing.table))
    later = np.fromiter((term in things.others for term in thing.table), np.int64, len(thing.table)) * count
    places = table[thing.codes]
    known = places >= 0
    return _first(places[known], (ranks + later[thing.codes])[known], len(things))


def _ranks(table: Sequence[Any]) -> tuple[list[int], NDArray[np.int64]]:
    """Return the places of a table in sorted order, and the rank of each place."""
    order = sorted(range(len(table)), key=table.__getitem__)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return order, rank


def _places(store: Store, ontology: Ontology, things: _Things, language: str) -> Column[str | None]:
    """Return the country of analysis of each thing: its own, else that of the place it is in, else supranational."""
    number = things.number
    iris = [_values(store, terms.IN_COUNTRY, things)]
    for relation in ontology.relations.values():
        if relation.locates:
            held_by = _values(store, relation.iri, things)
            spots = [number.get(f"<{place}>".encode(), -1) for place in held_by.table]
            through = [iris[0][spot] if spot >= 0 else None for spot in spots]
            table = [where or place for where, place in zip(through, held_by.table, strict=True)]
            iris.append(Column(held_by.codes, table, None))
    names = sorted({iri for column in iris for iri in column.table if iri and iri in ontology.countries})
    code = {iri: position for position, iri in enumerate(names)}
    found = np.full(len(things), -1, np.int32)
    for column in reversed(iris):
        lookup = np.array([*(code.get(iri or "", -1) for iri in column.table), -1], np.int32)
        found = np.where(lookup[column.codes] >= 0, lookup[column.codes], found)
        if column is iris[0]:
            # A country that nobody knows is not made up for by the place that a body is in.
            found = np.where((column.codes >= 0) & (lookup[column.codes] < 0), -1, found)
    if len(things):
        stated = _values(store, terms.SUPRANATIONAL, things)
        across = things.where(lambda kind: kind.supranational) | _is_true(stated)
        found = np.where((found < 0) & across, len(names), found)
    table = [*(ontology.label(iri, language) for iri in names), SUPRANATIONAL]
    return Column(found.astype(np.int32), table, None)


def _is_true(column: Column[str | None]) -> Mask:
    return np.array([*(value in ("true", "1") for value in column.table), False], bool)[column.codes]


def _ties(
    store: Store, ontology: Ontology, choice: Projection, things: _Things, nodes: Mask
) -> tuple[Ties, tuple[str, ...]]:
    described = {*things.number, *(f"<{iri}>".encode() for iri in (*ontology.concepts, *ontology.countries))}
    if nodes.all():
        return ties(store, ontology, choice, things.number, described)
    wanted = {term: position for term, position in things.number.items() if nodes[position]}
    return ties(store, ontology, choice, wanted, described)


def _network(
    store: Store,
    things: _Things,
    places: Column[str | None],
    nodes: Mask,
    found: Ties,
    choice: Projection,
    notes: tuple[str, ...],
    ontology: Ontology,
    language: str,
) -> ActorNetwork:
    chosen = np.flatnonzero(nodes)
    number = np.full(len(nodes), -1, np.int32)
    number[chosen] = np.arange(len(chosen), dtype=np.int32)
    own = things.of_kind(lambda kind: kind.label(language)).take(chosen)
    attributes: dict[str, Sequence[str | None]] = {
        "type": own,
        "kind": _else(_values(store, terms.STATED_KIND, things).take(chosen), own),
        "branch": things.of_kind(lambda kind: ontology.label(kind.branch, language)).take(chosen),
        "country": places.take(chosen),
        "acronym": _values(store, terms.ACRONYM, things).take(chosen),
        "place": things.of_kind(lambda kind: "yes" if kind.is_place else None).take(chosen),
    }
    ends = found.renumbered(number)
    return ActorNetwork(
        ids=things.ids.take(chosen),
        labels=_labels(store, things, language).take(chosen),
        is_initiative=things.where(lambda kind: kind.is_initiative)[chosen],
        attributes=attributes,
        tails=ends.tails,
        heads=ends.heads,
        relations=Column(found.relations, found.relation_table, ""),
        records=Records(found.records, found.record_table),
        strengths=found.strengths,
        directed=found.directed,
        via=Column(found.via, things.ids, ""),
        types=things.of_kind(lambda kind: kind.iri).take(chosen),
        projection=choice,
        notes=notes,
    )


def _else(one: Column[str | None], other: Column[str]) -> Column[str | None]:
    """Return the values of one column, and where it has none, those of another."""
    has = np.array([*(bool(value) for value in one.table), False], bool)[one.codes]
    codes = np.where(has, one.codes, other.codes + np.int32(len(one.table)))
    return Column(codes.astype(np.int32), [*one.table, *other.table], None)


def _labels(store: Store, things: _Things, language: str) -> Texts:
    """Return what to call each thing; see `labels_of`."""
    answer = store.columns(LABELS)
    label, tag = answer.coded("label"), answer.column("tag")
    order, rank = _ranks(label.table)
    preference = _preference(language)
    preferred = np.array([preference.get(one, len(preference)) for one in tag.table], np.int64)
    ranks = preferred[tag.codes] * len(order) + rank[label.codes]
    best = _first_said(answer.coded("thing"), ranks, (len(preference) + 1) * len(order), things).tolist()
    texts = [plain_bytes(label.table[order[code % len(order)]]) if code >= 0 else b"" for code in best]
    return Texts.joined([text or local_name(things.ids[place]).encode() for place, text in enumerate(texts)])


LABELS = "SELECT ?thing ?label (LANG(?label) AS ?tag) WHERE { ?thing rdfs:label ?label }"


def _all_labels(store: Store) -> Iterable[tuple[str, str, str]]:
    answer = store.columns(LABELS)
    return zip(*(answer.column(name) for name in ("thing", "label", "tag")), strict=True)


def _preference(language: str) -> Mapping[str, int]:
    return {language: 0, "en": 1, "": 2} if language != "en" else {"en": 0, "": 2}


def labels_of(store: Store, language: str, only: ox.NamedNode | None = None) -> dict[str, str]:
    """Return what to call everything that has a label: in `language`, else in English, else the first of them.

    `only` limits this to one thing, which a large store answers at once.
    """
    rank = _preference(language)
    found: dict[str, tuple[int, str]] = {}
    for thing, label, tag in store.select(LABELS, {"thing": only}).values() if only else _all_labels(store):
        candidate = (rank.get(tag, 3), label)
        if thing not in found or candidate < found[thing]:
            found[thing] = candidate
    return {thing: label for thing, (_, label) in found.items()}
