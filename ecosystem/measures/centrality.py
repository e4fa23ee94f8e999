"""Centrality: how many ties an actor has, between how many others it lies, how near and how well tied it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from ecosystem.errors import ProjectionError
from ecosystem.measures.engine import seeded, to_igraph
from ecosystem.measures.grouping import collapse_for
from ecosystem.network.model import Direction, SimpleNetwork
from ecosystem.network.simple import AnyNetwork, simple, two_way
from ecosystem.tables import Table

if TYPE_CHECKING:
    import igraph

__all__ = ["Centrality", "Paths", "centrality"]

Paths = Literal["steps", "distance"]


@dataclass(frozen=True, slots=True)
class Centrality:
    """Where an actor stands in the network; see `centrality` for the definitions."""

    actor: Any
    label: str
    degree: int
    in_degree: int
    out_degree: int
    betweenness: float
    closeness: float
    pagerank: float
    eigenvector: float
    clustering: float


def centrality(graph: AnyNetwork, *, paths: Paths = "steps", direction: Direction | None = None) -> Table[Centrality]:
    """Measure the usual centralities of each actor.

    - degree: contacts, in either direction; in-degree and out-degree: ties towards and from the actor
    - betweenness: for all pairs of others, the share of their shortest paths that run through the actor, summed and
      not scaled; each pair once where all ties run both ways, else both ways apart (Freeman 1978, Brandes 2001)
    - closeness: (r/s)·(r/(n-1)), with r the number of others that the actor reaches along the ties and s the sum of
      the lengths of the paths; the second factor keeps small parts from looking central (Wasserman & Faust 1994)
    - pagerank: damping 0.85, weighted by strength; sums to 1 (Brin & Page 1998)
    - eigenvector: of the two-way network weighted by strength, largest 1 (Bonacich 1972)
    - clustering: ties among the actor's contacts over pairs of them, two-way (Watts & Strogatz 1998)

    Parameters
    ----------
    graph
        An `ActorNetwork`, a `SimpleNetwork` or any networkx graph.
    paths
        The length of a path: its "steps", or its "distance", a strong tie being short (1/strength).
    direction
        As in `brokerage`.

    Returns
    -------
    Table of Centrality
        Highest betweenness first, then by label. An isolate has betweenness 0, and NaN for closeness, eigenvector
        and clustering. Clustering is NaN with less than two contacts. Eigenvector centrality cannot be compared
        between parts that are not connected: it is given for the largest part, NaN elsewhere.

    Raises
    ------
    ProjectionError
        If there is no such kind of path.

    Notes
    -----
    Computed with igraph; betweenness and closeness take time in proportion to actors times ties.

    References
    ----------
    Freeman, L. C. (1978). Social Networks, 1(3), 215-239. https://doi.org/10.1016/0378-8733(78)90021-7

    Brandes, U. (2001). Journal of Mathematical Sociology, 25(2), 163-177.
    https://doi.org/10.1080/0022250X.2001.9990249

    Examples
    --------
    >>> import networkx as nx
    >>> first = centrality(nx.path_graph(3))[0]
    >>> first.actor, first.degree, first.betweenness, first.closeness
    (1, 2, 1.0, 1.0)
    """
    if paths not in get_args(Paths):
        raise ProjectionError(f"There is no kind of path '{paths}'.", hint="Say 'steps' or 'distance'.")
    network = simple(graph, collapse_for(direction))
    both = two_way(network)
    directed, undirected = to_igraph(network), to_igraph(both)
    weights = (1 / np.array(directed.es["strength"])).tolist() if paths == "distance" else None
    columns = (
        network.ids,
        network.labels,
        np.diff(both.indptr).tolist(),
        np.bincount(network.indices, minlength=len(network)).tolist(),
        np.diff(network.indptr).tolist(),
        directed.betweenness(directed=not network.symmetric, weights=weights),
        _closeness(directed, weights, both),
        directed.pagerank(weights="strength" if network.tie_count else None),
        _eigenvector(undirected),
        undirected.transitivity_local_undirected(mode="nan"),
    )
    rows = [Centrality(*row) for row in zip(*columns, strict=True)]
    rows.sort(key=lambda row: (-row.betweenness, row.label))
    return Table(Centrality, tuple(rows), (*network.notes, _note(paths, network)))


def _closeness(graph: igraph.Graph, weights: list[float] | None, both: SimpleNetwork) -> list[float]:
    """Return closeness along the ties; igraph's is over the actors reached, so their share comes on top."""
    size = len(both)
    if graph.is_directed():
        reached = [count - 1 for count in graph.neighborhood_size(order=size, mode="out")]
    else:
        parts = graph.connected_components()
        reached = [parts.size(part) - 1 for part in parts.membership]
    isolated = (np.diff(both.indptr) == 0).tolist()
    near = graph.closeness(mode="out", weights=weights, normalized=True)
    return [
        nan if alone else value * count / (size - 1) if count else 0.0
        for value, count, alone in zip(near, reached, isolated, strict=True)
    ]


def _eigenvector(graph: igraph.Graph) -> list[float]:
    parts = graph.connected_components().membership
    sizes = Counter(parts)
    largest = min(sizes, key=lambda part: (-sizes[part], part), default=0)
    members = [node for node, part in enumerate(parts) if part == largest]
    values = [nan] * len(parts)
    if len(members) > 1:
        with seeded(1):  # igraph starts from a random vector, and the last digits show it
            found = graph.induced_subgraph(members).eigenvector_centrality(weights="strength")
        for node, value in zip(members, found, strict=True):
            values[node] = value
    return values


def _note(paths: Paths, network: SimpleNetwork) -> str:
    length = "steps" if paths == "steps" else "distances, 1/strength"
    ties = "each pair of actors counts once" if network.symmetric else "each pair of actors counts in both directions"
    return f"Betweenness is not scaled, {ties}; paths are measured in {length}."
