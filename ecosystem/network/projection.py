"""From RDF to a network: `project` decides what is an actor and what is a tie, and loses nothing of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ecosystem import terms
from ecosystem.errors import ProjectionError
from ecosystem.network.model import ActorNetwork, Projection
from ecosystem.ontology import Kind, Ontology, local_name
from ecosystem.store import Store

__all__ = ["SUPRANATIONAL", "labels_of", "project"]

SUPRANATIONAL = "Supranational"


@dataclass(frozen=True, slots=True)
class _Tie:
    """An edge on its way to the arrays."""

    tail: str
    head: str
    relation: str
    records: tuple[str, ...]
    strength: float
    directed: bool
    via: str = ""


def project(
    store: Store, ontology: Ontology, projection: Projection | None = None, language: str = "en"
) -> ActorNetwork:
    """Return the network that `projection` sees in the store.

    Every relationship record whose relation counts as a tie becomes one edge, keyed by its IRI; parallel ones stay
    apart. Denied relationships are no ties. Actors without ties stay in the network as isolates. Relationships with
    an end that nobody describes are left out and counted in the notes.

    Parameters
    ----------
    projection
        What counts; by default ties of the ontology's default flow, with initiatives folded.
    language
        Language of the labels and attributes.

    Raises
    ------
    ProjectionError
        If the store holds no actor that the projection lets through.
    """
    choice = projection or Projection(conveys=(ontology.default_flow,))
    kinds = _kinds(store, ontology)
    nodes = _nodes(kinds, choice, ontology)
    places = _places(store, ontology, kinds, language)
    if choice.countries:
        wanted = {ontology.label(iri, language) for iri in choice.countries}
        nodes = {iri: kind for iri, kind in nodes.items() if kind.is_initiative or places.get(iri) in wanted}
    if not nodes or (choice.initiatives != "keep" and all(kind.is_initiative for kind in nodes.values())):
        raise ProjectionError(
            "There is no actor in these data.",
            hint="Actors have a type that `ecosystem ontology list types` shows, or one that it reads as such.",
        )
    ties, notes = _ties(store, ontology, choice, nodes, kinds)
    if choice.initiatives == "fold":
        ties, folding = _folded(ties, nodes, choice.fold_limit)
        notes += folding
    if choice.initiatives != "keep":
        nodes = {iri: kind for iri, kind in nodes.items() if not kind.is_initiative}
        ties = [tie for tie in ties if tie.tail in nodes and tie.head in nodes]
    return _network(store, nodes, ties, places, choice, notes, ontology, language)


def _kinds(store: Store, ontology: Ontology) -> dict[str, Kind]:
    """Return the most specific kind of everything the data describe as an actor or initiative."""
    types: dict[str, list[str]] = defaultdict(list)
    query = "SELECT ?thing ?type WHERE { GRAPH ?graph { ?thing a ?type } FILTER(?graph != ?ontology) }"
    for thing, kind in store.select(query.replace("?ontology", f"<{terms.ONTOLOGY}>")).values():
        types[thing].append(kind)
    found = {thing: ontology.most_specific(kinds) for thing, kinds in types.items()}
    return {thing: found[thing] for thing in sorted(found) if found[thing] is not None}  # type: ignore[misc]


def _nodes(kinds: Mapping[str, Kind], choice: Projection, ontology: Ontology) -> dict[str, Kind]:
    wanted = ontology.subtypes(choice.types)
    return {
        iri: kind
        for iri, kind in kinds.items()
        if (choice.initiatives != "leave out" if kind.is_initiative else _is_wanted(kind, wanted))
    }


def _is_wanted(kind: Kind, wanted: frozenset[str]) -> bool:
    return kind.iri in wanted if wanted else not kind.is_place


def _places(store: Store, ontology: Ontology, kinds: Mapping[str, Kind], language: str) -> dict[str, str]:
    """Return the country of analysis of each node: its own, else that of the place it is in, else supranational."""
    own = _first(store, terms.IN_COUNTRY)
    located: dict[str, str] = {}
    for relation in ontology.relations.values():
        if relation.locates:
            for thing, place in _pairs(store, relation.iri):
                located.setdefault(thing, own.get(place, place))
    names = {}
    for iri, kind in kinds.items():
        country = own.get(iri) or located.get(iri, "")
        if country in ontology.countries:
            names[iri] = ontology.label(country, language)
        elif kind.supranational:
            names[iri] = SUPRANATIONAL
    return names


def _ties(
    store: Store, ontology: Ontology, choice: Projection, nodes: Mapping[str, Kind], kinds: Mapping[str, Kind]
) -> tuple[list[_Tie], tuple[str, ...]]:
    counted = set(ontology.conveying(choice.conveys)) if choice.conveys else set(ontology.relations)
    if choice.relations:
        counted &= set(choice.relations)
    certainty = _first(store, terms.HAS_CERTAINTY)
    strength = {record: float(value) for record, value in _first(store, terms.STRENGTH).items()}
    since, until = _first(store, terms.SINCE), _first(store, terms.UNTIL)
    ties, undescribed = [], 0
    known = set(kinds) | set(ontology.concepts) | set(ontology.countries)
    for record, subject, relation, target in _statements(store):
        told = certainty.get(record, terms.STATED)
        if relation not in counted or told == terms.DENIED or (choice.leave_out_inferred and told == terms.INFERRED):
            continue
        if choice.as_of and not _holds(since.get(record, ""), until.get(record, ""), choice.as_of):
            continue
        if subject in nodes and target in nodes:
            directed = ontology.relations[relation].directed
            ties.append(_Tie(subject, target, relation, (record,), strength.get(record, 1.0), directed))
        elif subject not in known or target not in known:
            undescribed += 1
    notes = (f"{undescribed} relationships have an end that nobody describes and are left out.",) if undescribed else ()
    return ties, notes


def _statements(store: Store) -> Iterable[tuple[str, ...]]:
    rows = store.select(
        "SELECT ?record ?subject ?relation ?object WHERE "
        "{ ?record rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object }"
    )
    return sorted(set(rows.values()))


def _folded(ties: Sequence[_Tie], nodes: Mapping[str, Kind], limit: int) -> tuple[list[_Tie], tuple[str, ...]]:
    """Tie the actors of each initiative with one another, each pair with strength 1/(k-1) (Newman 2001)."""
    direct = [tie for tie in ties if not nodes[tie.tail].is_initiative and not nodes[tie.head].is_initiative]
    actors: dict[str, dict[str, str]] = defaultdict(dict)
    for tie in ties:
        for actor, initiative in ((tie.tail, tie.head), (tie.head, tie.tail)):
            if nodes[initiative].is_initiative and not nodes[actor].is_initiative:
                actors[initiative].setdefault(actor, tie.records[0])
    too_large = sorted(initiative for initiative, members in actors.items() if len(members) > limit)
    for initiative in sorted(actors):
        members = actors[initiative]
        if initiative in too_large:
            continue
        for one, other in combinations(sorted(members), 2):
            records = (members[one], members[other])
            direct.append(_Tie(one, other, "", records, 1 / (len(members) - 1), False, initiative))
    notes: tuple[str, ...] = ()
    if too_large:
        notes = (f"{len(too_large)} initiatives with more than {limit} actors are not folded into ties.",)
    return direct, notes


def _network(
    store: Store,
    nodes: Mapping[str, Kind],
    ties: Sequence[_Tie],
    places: Mapping[str, str],
    choice: Projection,
    notes: tuple[str, ...],
    ontology: Ontology,
    language: str,
) -> ActorNetwork:
    ids = tuple(sorted(nodes))
    number = {iri: index for index, iri in enumerate(ids)}
    ties = sorted(ties, key=lambda tie: (tie.records, tie.via))
    labels = labels_of(store, language)
    stated, acronyms = _first(store, terms.STATED_KIND), _first(store, terms.ACRONYM)
    kind_of = [nodes[iri] for iri in ids]
    attributes: dict[str, list[str | None]] = {
        "type": [kind.label(language) for kind in kind_of],
        "kind": [stated.get(iri) or kind.label(language) for iri, kind in zip(ids, kind_of, strict=True)],
        "branch": [ontology.label(kind.branch, language) for kind in kind_of],
        "country": [places.get(iri) for iri in ids],
        "acronym": [acronyms.get(iri) for iri in ids],
        "place": ["yes" if kind.is_place else None for kind in kind_of],
    }
    return ActorNetwork(
        ids=ids,
        labels=tuple(labels.get(iri) or local_name(iri) for iri in ids),
        is_initiative=np.array([kind.is_initiative for kind in kind_of], dtype=np.bool_),
        attributes=attributes,
        tails=np.array([number[tie.tail] for tie in ties], dtype=np.int32),
        heads=np.array([number[tie.head] for tie in ties], dtype=np.int32),
        relations=tuple(tie.relation for tie in ties),
        records=tuple(tie.records for tie in ties),
        strengths=np.array([tie.strength for tie in ties], dtype=np.float64),
        directed=np.array([tie.directed for tie in ties], dtype=np.bool_),
        via=tuple(tie.via for tie in ties),
        types=tuple(kind.iri for kind in kind_of),
        projection=choice,
        notes=notes,
    )


def labels_of(store: Store, language: str) -> dict[str, str]:
    """Return what to call everything that has a label: in `language`, else in English, else the first of them."""
    rank = {language: 0, "en": 1, "": 2}
    found: dict[str, tuple[int, str]] = {}
    for thing, label, tag in store.select(
        "SELECT ?thing ?label (LANG(?label) AS ?tag) WHERE { ?thing rdfs:label ?label }"
    ).values():
        candidate = (rank.get(tag, 3), label)
        if thing not in found or candidate < found[thing]:
            found[thing] = candidate
    return {thing: label for thing, (_, label) in found.items()}


def _pairs(store: Store, term: str) -> list[tuple[str, ...]]:
    return sorted(store.select(f"SELECT ?thing ?value WHERE {{ ?thing <{term}> ?value }}").values())


def _first(store: Store, term: str) -> dict[str, str]:
    """Return one value of a property for each thing: the first, where there are several."""
    values: dict[str, str] = {}
    for thing, value in _pairs(store, term):
        values.setdefault(thing, value)
    return values


def _holds(since: str, until: str, day: str) -> bool:
    """Tell whether something that holds from `since` until `until` holds at `day`; a year stands for all its days.

    >>> _holds("2021-06", "", "2021"), _holds("2021-06", "", "2020-12-31"), _holds("", "2019", "2019-07-01")
    (True, False, True)
    """
    began = not since or since[: len(day)] <= day[: len(since)]
    lasts = not until or until[: len(day)] >= day[: len(until)]
    return began and lasts
