"""A network with a patch: the arrays of one that is there, less what is taken away, with what is supposed beside it.

Nothing is projected again but the patch itself, so that a change to a million statements takes no longer than a look
at its ties. Where a patch could change what was projected (a place, or a projection of some countries only), a copy of
the store is projected instead; both ways give the same network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from ecosystem import terms
from ecosystem.network import ActorNetwork, Projection, project
from ecosystem.network.folding import folded
from ecosystem.network.model import Records
from ecosystem.network.ties import Ties
from ecosystem.ontology import Ontology
from ecosystem.records import Profile, Relationship
from ecosystem.store import Column, EmbeddedStore, Store, Texts
from ecosystem.store.statements import triples
from ecosystem.whatif.amending import amendment, patched
from ecosystem.whatif.patch import SUPPOSED, Patch

__all__ = ["folded_network", "overlaid", "with_edges"]


def overlaid(
    store: Store, ontology: Ontology, network: ActorNetwork, patch: Patch, language: str = "en"
) -> ActorNetwork:
    """Return the network that the patched store would give; store and network stay as they are.

    Parameters
    ----------
    network
        What `project` made of the store with initiatives kept as nodes; the result keeps them too.
    """
    if not patch:
        return network
    if _moves_places(store, ontology, patch) or network.projection.countries or network.projection.types:
        copy = patched(store, amendment(store, patch))
        return project(copy, ontology, network.projection, language)
    left = _less(network, patch)
    if not patch.actors and not patch.ties:
        return left
    return _together(left, _supposed(store, ontology, patch, network.projection, language))


def folded_network(network: ActorNetwork, choice: Projection) -> ActorNetwork:
    """Return a network whose initiatives are nodes as `choice.initiatives` wants them: kept, folded or left out."""
    if choice.initiatives == "keep":
        return replace(network, projection=choice)
    ties, notes = _ties(network), network.notes
    if choice.initiatives == "fold":
        ties, more = folded(ties, network.is_initiative, choice.fold_limit)
        notes += more
    actors = ~network.is_initiative
    ties = ties.take(actors[ties.tails] & actors[ties.heads])
    return _with(_nodes(network, np.flatnonzero(actors)), ties, network.ids, actors, notes, choice)


def with_edges(network: ActorNetwork, chosen: NDArray[np.bool_]) -> ActorNetwork:
    """Return a network with only the chosen of its edges, and all of its nodes."""
    everyone = np.ones(len(network), bool)
    return _with(network, _ties(network).take(chosen), network.ids, everyone, network.notes, network.projection)


def _moves_places(store: Store, ontology: Ontology, patch: Patch) -> bool:
    """Tell whether a patch could change the country of something that stays."""
    locating = [iri for iri, relation in ontology.relations.items() if relation.locates]
    if any(tie.relation in locating for tie in patch.ties):
        return True
    values = " ".join(f"<{iri}>" for iri in locating)
    place = f"ASK {{ VALUES ?relation {{ {values} }} ?other ?relation ?thing }}"
    record = f"ASK {{ VALUES ?relation {{ {values} }} ?thing rdf:predicate ?relation }}"
    asked = [(place, iri) for iri in patch.without_actors] + [(record, iri) for iri in patch.without_ties]
    return any(store.query(question, {"thing": ox.NamedNode(iri)}) for question, iri in asked)


def _less(network: ActorNetwork, patch: Patch) -> ActorNetwork:
    gone = frozenset(patch.without_actors)
    records = frozenset(patch.without_ties)
    stays = np.array([iri not in gone for iri in network.ids], bool) if gone else np.ones(len(network), bool)
    ties = _ties(network)
    held = stays[ties.tails] & stays[ties.heads]
    if records:
        held &= np.array([not records.intersection(behind) for behind in network.records], bool)
    return _with(
        _nodes(network, np.flatnonzero(stays)), ties.take(held), network.ids, stays, network.notes, network.projection
    )


def _supposed(store: Store, ontology: Ontology, patch: Patch, choice: Projection, language: str) -> ActorNetwork:
    """Project what a patch supposes, with no more of the store than the types of the things that it ties."""
    small = EmbeddedStore.in_memory()
    records: list[Profile | Relationship] = [*patch.actors, *patch.ties]
    for record in records:
        small.add(triples(record), SUPPOSED)
    ends = dict.fromkeys(end for tie in patch.ties for end in (tie.subject, tie.object))
    a = ox.NamedNode(terms.RDF_TYPE)
    for end in ends:
        types = store.select("SELECT ?thing ?type WHERE { ?thing a ?type }", {"thing": ox.NamedNode(end)})
        small.add((ox.Triple(ox.NamedNode(end), a, ox.NamedNode(type_)) for _, type_ in types.values()), SUPPOSED)
    return project(small, ontology, choice, language)


def _together(one: ActorNetwork, other: ActorNetwork) -> ActorNetwork:
    """Return the nodes of both, each once, as the first describes it, and the edges of both."""
    known = set(one.ids)
    new = np.array([node for node, iri in enumerate(other.ids) if iri not in known], np.int64)
    added = _nodes(other, new)
    ids = [*one.ids, *added.ids]
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    number = {ids[place]: position for position, place in enumerate(order.tolist())}
    both = replace(
        one,
        ids=ids,
        labels=[*one.labels, *added.labels],
        is_initiative=np.concatenate([one.is_initiative, added.is_initiative]),
        attributes={name: [*values, *added.attributes[name]] for name, values in one.attributes.items()},
        types=[*one.types, *added.types],
    )
    first, second = (
        part.renumbered(np.array([number.get(iri, -1) for iri in network.ids], np.int32))
        for part, network in ((_ties(one), one), (_ties(other), other))
    )
    ties = _ordered(_joined(first, second))
    everyone = np.ones(len(ids), bool)
    return _with(_nodes(both, order), ties, (), everyone, one.notes, one.projection, renumber=False)


def _joined(one: Ties, other: Ties) -> Ties:
    """Return the ties of both, whose tables are put one behind the other."""
    records = np.where(other.records >= 0, other.records + np.int32(len(one.record_table)), -1).astype(np.int32)
    relations = other.relations + np.int32(len(one.relation_table))
    moved = replace(other, relations=relations.astype(np.int32), records=records)
    joined = one.followed_by(moved)
    return replace(
        joined,
        relation_table=[*one.relation_table, *other.relation_table],
        record_table=Texts.together([one.record_table, other.record_table]),
    )


def _ordered(ties: Ties) -> Ties:
    """Put ties in the order in which a projection has them: by tail, head, relation and record."""
    relation = np.array([*_ranks(ties.relation_table), -1])[ties.relations]
    record = np.array(_ranks(list(ties.record_table)))[ties.records[:, 0]]
    return ties.take(np.lexsort((record, relation, ties.heads, ties.tails)))


def _ranks(texts: Sequence[str]) -> list[int]:
    rank = {text: position for position, text in enumerate(sorted(set(texts)))}
    return [rank[text] for text in texts]


def _ties(network: ActorNetwork) -> Ties:
    """Return the edges of a network that came from a store."""
    relations, records = cast("Column[str]", network.relations), cast("Records", network.records)
    return Ties(
        tails=network.tails,
        heads=network.heads,
        relations=relations.codes,
        records=records.codes,
        strengths=network.strengths,
        directed=network.directed,
        via=np.full(network.tie_count, -1, np.int32),
        relation_table=relations.table,
        record_table=cast("Texts", records.table),
    )


def _nodes(network: ActorNetwork, chosen: NDArray[np.int64]) -> ActorNetwork:
    """Return the chosen nodes, with edges that do not fit them yet."""
    places = chosen.tolist()

    def taken(values: Sequence[str | None]) -> Sequence[str | None]:
        return values.take(chosen) if isinstance(values, Column | Texts) else [values[place] for place in places]

    return replace(
        network,
        ids=cast("Sequence[str]", taken(network.ids)),
        labels=cast("Sequence[str]", taken(network.labels)),
        is_initiative=network.is_initiative[chosen],
        attributes={name: taken(values) for name, values in network.attributes.items()},
        types=cast("Sequence[str]", taken(network.types)),
    )


def _with(
    nodes: ActorNetwork,
    ties: Ties,
    initiatives: Sequence[str],
    stays: NDArray[np.bool_],
    notes: tuple[str, ...],
    choice: Projection,
    *,
    renumber: bool = True,
) -> ActorNetwork:
    """Return the nodes that stay, with ties that still bear the numbers of before."""
    if renumber:
        ties = ties.renumbered((np.cumsum(stays) - 1).astype(np.int32))
    return replace(
        nodes,
        tails=ties.tails,
        heads=ties.heads,
        relations=Column(ties.relations, ties.relation_table, ""),
        records=Records(ties.records, ties.record_table),
        strengths=ties.strengths,
        directed=ties.directed,
        via=Column(ties.via, initiatives, ""),
        notes=notes,
        projection=choice,
    )
