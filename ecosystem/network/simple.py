"""The seam between a network of statements and one that can be calculated with.

`collapse` decides arithmetic (direction, parallel ties, self-ties); `simple` takes whatever a caller has and hands a
measure the one form it knows; `to_networkx` goes the other way.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from ecosystem.errors import ProjectionError
from ecosystem.network.model import ActorNetwork, Collapse, SimpleNetwork
from ecosystem.store import Column, Texts

if TYPE_CHECKING:
    import networkx

__all__ = ["AnyNetwork", "By", "collapse", "groups_of", "simple", "tails_of", "to_networkx", "two_way", "within"]

AnyNetwork: TypeAlias = "ActorNetwork | SimpleNetwork | networkx.Graph"
By: TypeAlias = str | Mapping[Any, Hashable]
Value = TypeVar("Value")

TWO_WAY = Collapse(direction="two-way")
AS_STATED = Collapse(direction="as stated")


def collapse(network: ActorNetwork, how: Collapse = TWO_WAY) -> SimpleNetwork:
    """Return the simple weighted network of the statements in `network`.

    Parallel ties add their strengths up, ties of an actor to itself are dropped, isolates stay. A tie that has no
    direction runs both ways; with `how.direction` "two-way" every tie does, and the result is symmetric.

    Raises
    ------
    ProjectionError
        If a strength is not a positive number.
    """
    return _assemble(
        network.ids,
        network.labels,
        network.tails,
        network.heads,
        network.strengths,
        mutual=np.ones(network.tie_count, bool) if how.direction == "two-way" else ~network.directed,
        undirected=how.direction == "two-way",
        attributes=network.attributes,
        notes=(*network.notes, _direction_note(how)),
    )


def simple(graph: AnyNetwork, how: Collapse | None = None) -> SimpleNetwork:
    """Return `graph` as a simple network; `graph` itself stays as it is.

    Parameters
    ----------
    graph
        An `ActorNetwork` is collapsed as `how` says, two-way where it says nothing. A `SimpleNetwork` is returned
        as it is. A networkx graph of any kind keeps its order of nodes; its node attributes become attributes, and
        `label` the label. The strength of an edge is read from the edge attribute `strength` and nowhere else (1
        where there is none; an attribute `weight` is a distance to some measures and a strength to others, so it is
        ignored). An undirected graph, and an edge whose attribute `directed` is False, runs both ways. What a graph
        is called decides whether it is symmetric: a DiGraph stays directed, even if all its ties happen to be mutual.
    how
        Overrides the direction: "two-way" makes a directed graph symmetric, adding up the strengths of both ways.

    Raises
    ------
    ProjectionError
        If a strength is not a positive number.
    TypeError
        If `graph` is no network.

    Examples
    --------
    >>> import networkx as nx
    >>> network = simple(nx.MultiDiGraph([("CAF", "OECD"), ("CAF", "OECD"), ("OECD", "OECD")]))
    >>> network.ids, network.tie_count, network.strengths.tolist()
    (('CAF', 'OECD'), 1, [2.0])
    """
    if isinstance(graph, ActorNetwork):
        return collapse(graph, how or TWO_WAY)
    if not isinstance(graph, SimpleNetwork):
        return _from_networkx(graph, how)
    _check_strengths(graph.strengths, tails_of(graph), graph.labels)
    return two_way(graph) if how is not None and how.direction == "two-way" else graph


def two_way(network: SimpleNetwork) -> SimpleNetwork:
    """Return `network` with every tie in both directions, of strength a_ij + a_ji each.

    A symmetric network is returned as it is.
    """
    if network.symmetric:
        return network
    return _assemble(
        network.ids,
        network.labels,
        tails_of(network),
        network.indices,
        network.strengths,
        mutual=np.ones(network.tie_count, bool),
        undirected=True,
        attributes=network.attributes,
        notes=(*network.notes, _direction_note(TWO_WAY)),
    )


def within(network: SimpleNetwork, keep: Sequence[bool] | NDArray[np.bool_]) -> SimpleNetwork:
    """Return the network of the nodes for which `keep` is true and the ties among them, in the same order."""
    kept = np.asarray(keep, bool)
    if kept.all():
        return network
    number = np.cumsum(kept) - 1
    tails = tails_of(network)
    inside = kept[tails] & kept[network.indices]
    chosen = np.flatnonzero(kept)
    return _in_rows(
        _taken(network.ids, chosen),
        _taken(network.labels, chosen),
        number[tails[inside]],
        number[network.indices[inside]],
        network.strengths[inside],
        network.symmetric,
        {name: _taken(values, chosen) for name, values in network.attributes.items()},
        network.notes,
    )


def _taken(values: Sequence[Value], chosen: NDArray[np.int64]) -> Sequence[Value]:
    if isinstance(values, Texts | Column):
        return cast("Sequence[Value]", values.take(chosen))
    return tuple(values[node] for node in chosen.tolist())


def tails_of(network: SimpleNetwork) -> NDArray[np.int32]:
    """Return the node that each tie starts from, beside `network.indices`, which it runs to."""
    return np.repeat(np.arange(len(network), dtype=np.int32), np.diff(network.indptr))


def to_networkx(network: SimpleNetwork | ActorNetwork) -> networkx.Graph:
    """Return a networkx graph with all attributes; never one named `weight`, which means two things there.

    A symmetric `SimpleNetwork` becomes a Graph, any other a DiGraph, with `strength` and `distance` (1/strength) on
    each edge. An `ActorNetwork` becomes a MultiDiGraph whose edges are keyed by the IRI of their record (a folded
    tie by the IRIs of its two records, a space between them). Unknown values are left out.

    Examples
    --------
    >>> import networkx as nx
    >>> to_networkx(simple(nx.Graph([("CAF", "OECD")]))).edges["CAF", "OECD"]
    {'strength': 1.0, 'distance': 1.0}
    """
    import networkx as nx

    if isinstance(network, ActorNetwork):
        multi = nx.MultiDiGraph(projection=repr(network.projection))
        multi.add_nodes_from(_node_attributes(network, {"is_initiative": network.is_initiative.tolist()}))
        multi.add_edges_from(_record_edges(network))
        return multi
    plain = nx.Graph() if network.symmetric else nx.DiGraph()
    plain.add_nodes_from(_node_attributes(network, {}))
    ids = network.ids
    for tail, head, strength in zip(
        tails_of(network).tolist(), network.indices.tolist(), network.strengths.tolist(), strict=True
    ):
        plain.add_edge(ids[tail], ids[head], strength=strength, distance=1 / strength)
    return plain


def groups_of(network: SimpleNetwork | ActorNetwork, by: By) -> list[Hashable | None]:
    """Return the group of each node, None where it has none.

    Parameters
    ----------
    network
        The network whose nodes are grouped.
    by
        The name of a node attribute, or a mapping from node id to group. An empty text and NaN count as no group.

    Raises
    ------
    ProjectionError
        If there is no such attribute, if no node has a value, or if a value cannot be a group (a list).

    Examples
    --------
    >>> import networkx as nx
    >>> groups_of(simple(nx.path_graph(3)), {0: "Chile", 1: "Peru"})
    ['Chile', 'Peru', None]
    """
    if isinstance(by, str):
        if by not in network.attributes:
            raise ProjectionError(f"No actor has an attribute '{by}'.", hint=_attributes_hint(network))
        values: Iterable[Any] = network.attributes[by]
    else:
        values = (by.get(node) for node in network.ids)
    groups = [_group(value) for value in values]
    if groups and all(group is None for group in groups):
        what = (
            f"No actor has a value for '{by}'."
            if isinstance(by, str)
            else "No actor of the network is in the grouping."
        )
        hint = _attributes_hint(network) if isinstance(by, str) else "Its keys must be the ids of the network's actors."
        raise ProjectionError(what, hint=hint)
    return groups


def _group(value: Any) -> Hashable | None:
    if not isinstance(value, Hashable):
        raise ProjectionError(
            f"{value!r} cannot be a group.", hint="Group by an attribute that has one value an actor."
        )
    return None if value == "" or value != value else value


def _attributes_hint(network: SimpleNetwork | ActorNetwork) -> str:
    known = [name for name, values in network.attributes.items() if any(_known(value) for value in values)]
    return (
        f"Group by one of: {', '.join(sorted(known))}." if known else "The actors of this network have no attributes."
    )


def _known(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value)


def _direction_note(how: Collapse) -> str:
    if how.direction == "two-way":
        return "Every tie is taken in both directions."
    return "Ties are taken in the direction in which they are stated."


def _assemble(
    ids: Sequence[object],
    labels: Sequence[str],
    tails: NDArray[Any],
    heads: NDArray[Any],
    strengths: NDArray[np.float64],
    *,
    mutual: NDArray[np.bool_],
    undirected: bool,
    attributes: Mapping[str, Sequence[object]],
    notes: tuple[str, ...] = (),
) -> SimpleNetwork:
    """Make a simple network of ties in any order; those that are `mutual` run both ways.

    Without ties, `undirected` decides whether it is symmetric.
    """
    _check_strengths(strengths, tails, labels)
    count = len(ids)
    proper = tails != heads
    if not proper.all():
        tails, heads, strengths, mutual = tails[proper], heads[proper], strengths[proper], mutual[proper]
    symmetric = bool(mutual.all()) if len(mutual) else undirected
    if symmetric:
        # Summing unordered pairs once keeps both directions equal to the last bit.
        low, high, strengths = _merge(count, np.minimum(tails, heads), np.maximum(tails, heads), strengths)
        tails, heads = np.concatenate([low, high]), np.concatenate([high, low])
        order = np.argsort(tails.astype(np.int64) * count + heads)
        tails, heads, strengths = tails[order], heads[order], np.concatenate([strengths, strengths])[order]
    else:
        there, back = np.concatenate([tails, heads[mutual]]), np.concatenate([heads, tails[mutual]])
        tails, heads, strengths = _merge(count, there, back, np.concatenate([strengths, strengths[mutual]]))
    return _in_rows(ids, labels, tails, heads, strengths, symmetric, attributes, notes)


def _in_rows(
    ids: Sequence[object],
    labels: Sequence[str],
    tails: NDArray[np.integer],
    heads: NDArray[np.integer],
    strengths: NDArray[np.float64],
    symmetric: bool,
    attributes: Mapping[str, Sequence[object]],
    notes: tuple[str, ...],
) -> SimpleNetwork:
    """Make a simple network of distinct ties in order of tail and head."""
    ends = np.cumsum(np.bincount(tails, minlength=len(ids)))
    return SimpleNetwork(
        ids=ids,
        labels=labels,
        indptr=np.concatenate([[0], ends]).astype(np.int64),
        indices=heads.astype(np.int32, copy=False),
        strengths=strengths,
        symmetric=symmetric,
        attributes=attributes,
        notes=notes,
    )


def _merge(
    count: int, tails: NDArray[Any], heads: NDArray[Any], strengths: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Return the distinct ties in order of tail and head, the strengths of parallel ones added up in their order."""
    keys = tails.astype(np.int64) * count + heads
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.concatenate([np.ones(min(1, len(keys)), bool), np.diff(keys) != 0]))
    merged_tails, merged_heads = np.divmod(keys[first], max(count, 1))
    summed = np.add.reduceat(strengths[order], first) if len(first) else np.zeros(0)
    return merged_tails.astype(np.int32), merged_heads.astype(np.int32), summed


def _check_strengths(strengths: NDArray[np.float64], tails: NDArray[Any], labels: Sequence[str]) -> None:
    wrong = np.flatnonzero(~(np.isfinite(strengths) & (strengths > 0)))
    if len(wrong):
        first = wrong[0]
        raise ProjectionError(
            f"A tie of '{labels[tails[first]]}' has the strength {strengths[first]:g}.",
            hint="A strength must be a positive number; leave out ties that do not exist.",
        )


def _from_networkx(graph: Any, how: Collapse | None) -> SimpleNetwork:
    import networkx as nx

    if not isinstance(graph, nx.Graph):
        raise TypeError(f"not a network: {type(graph).__name__}")
    number = {node: position for position, node in enumerate(graph)}
    both_ways = not graph.is_directed() or (how is not None and how.direction == "two-way")
    tails, heads, strengths, mutual = [], [], [], []
    for tail, head, data in graph.edges(data=True):
        tails.append(number[tail])
        heads.append(number[head])
        strengths.append(_strength(tail, head, data.get("strength", 1.0)))
        mutual.append(both_ways or data.get("directed") is False)
    names = dict.fromkeys(name for _, data in graph.nodes(data=True) for name in data if name != "label")
    return _assemble(
        tuple(number),
        tuple(str(data.get("label", node)) for node, data in graph.nodes(data=True)),
        np.array(tails, np.int32),
        np.array(heads, np.int32),
        np.array(strengths, np.float64),
        mutual=np.array(mutual, bool),
        undirected=both_ways,
        attributes={str(name): [data.get(name) for _, data in graph.nodes(data=True)] for name in names},
        notes=_networkx_notes(graph, how),
    )


def _strength(tail: object, head: object, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise ProjectionError(
            f"The tie from '{tail}' to '{head}' has the strength {value!r}.", hint="A strength must be a number."
        ) from error


def _networkx_notes(graph: Any, how: Collapse | None) -> tuple[str, ...]:
    merged = ("Parallel ties were made one, their strengths added up.",) if graph.is_multigraph() else ()
    return merged if how is None else (*merged, _direction_note(how))


def _node_attributes(
    network: SimpleNetwork | ActorNetwork, more: Mapping[str, Sequence[Any]]
) -> Iterable[tuple[Any, dict[str, Any]]]:
    columns = {"label": network.labels, **network.attributes, **more}
    for position, node in enumerate(network.ids):
        values = ((name, column[position]) for name, column in columns.items())
        yield node, {name: value for name, value in values if value is not None}


def _record_edges(network: ActorNetwork) -> Iterable[tuple[str, str, str, dict[str, Any]]]:
    for edge in range(network.tie_count):
        strength = float(network.strengths[edge])
        key = " ".join(network.records[edge])
        about = {
            "relation": network.relations[edge],
            "records": key,
            "strength": strength,
            "distance": 1 / strength,
            "directed": bool(network.directed[edge]),
            "via": network.via[edge],
        }
        yield network.ids[network.tails[edge]], network.ids[network.heads[edge]], key, about
