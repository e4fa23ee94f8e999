"""Centrality: how many ties an actor has, between how many others it lies, how near and how well tied it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.betweenness import EPSILON, STEPS_OF_IGRAPH, Method, Paths, measured
from ecosystem.measures.columns import Columns, ranked
from ecosystem.measures.engine import seeded, to_igraph
from ecosystem.measures.forms import compiled, thread_count
from ecosystem.measures.grouping import collapse_for
from ecosystem.network.model import Direction, SimpleNetwork
from ecosystem.network.simple import AnyNetwork, simple, two_way
from ecosystem.tables import Table

if TYPE_CHECKING:
    import igraph

__all__ = ["Centrality", "Paths", "centrality"]

CLOSENESS_UP_TO = 1_000_000_000_000
"""Actors times ties up to which closeness is calculated: some minutes' work."""


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


def centrality(
    graph: AnyNetwork,
    *,
    paths: Paths = "steps",
    direction: Direction | None = None,
    betweenness: Method = "auto",
    epsilon: float = EPSILON,
    seed: int = 1,
) -> Table[Centrality]:
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
    betweenness, epsilon, seed
        Whether betweenness is exact or estimated, and how closely: see `ecosystem.measures.betweenness`.

    Returns
    -------
    Table of Centrality
        Highest betweenness first, then by label. An isolate has betweenness 0, and NaN for closeness, eigenvector
        and clustering. Clustering is NaN with less than two contacts. Eigenvector centrality cannot be compared
        between parts that are not connected: it is given for the largest part, NaN elsewhere.

    Raises
    ------
    ProjectionError
        If there is no such kind of path or method.

    Notes
    -----
    Betweenness and closeness take time in proportion to actors times ties, closeness a hundredth of it. Where that is
    more than 10^12, closeness is left out (NaN) and the notes say so. For betweenness alone, which can be had in much
    less, call `betweenness`.

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
    network = simple(graph, collapse_for(direction))
    found = measured(network, method=betweenness, epsilon=epsilon, seed=seed, paths=paths)
    both = two_way(network)
    directed = to_igraph(network)
    undirected = directed if network.symmetric else to_igraph(both)
    closeness, note = _closeness(network, both, directed, paths)
    columns = {
        "actor": network.ids,
        "label": network.labels,
        "degree": np.diff(both.indptr),
        "in_degree": np.bincount(network.indices, minlength=len(network)),
        "out_degree": np.diff(network.indptr),
        "betweenness": found.values,
        "closeness": closeness,
        "pagerank": np.array(directed.pagerank(weights="strength" if network.tie_count else None), np.float64),
        "eigenvector": np.array(_eigenvector(undirected), np.float64),
        "clustering": np.array(undirected.transitivity_local_undirected(mode="nan"), np.float64),
    }
    rows = Columns(Centrality, columns, partial(ranked, -found.values, network.labels))
    return Table(Centrality, rows, (*network.notes, found.note, *note))


def _closeness(
    network: SimpleNetwork, both: SimpleNetwork, graph: igraph.Graph, paths: Paths
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Return closeness along the ties, and a note if it was left out."""
    size, work = len(network), len(network) * network.tie_count
    if work > CLOSENESS_UP_TO:
        return np.full(size, nan), ("Closeness was left out: it takes a search from every actor.",)
    if paths == "steps" and compiled(work // STEPS_OF_IGRAPH):
        from ecosystem.measures.kernels.closeness import distances

        reached, steps = distances(network, thread_count())
        near = reached / np.where(steps > 0, steps, 1)
    else:
        weights = (1 / np.array(graph.es["strength"])).tolist() if paths == "distance" else None
        reached = np.array(_reached(graph), np.int64)
        near = np.array(graph.closeness(mode="out", weights=weights, normalized=True), np.float64)
    closeness = np.where(reached > 0, near, 0.0) * reached / max(size - 1, 1)
    closeness[np.diff(both.indptr) == 0] = nan
    return closeness, ()


def _reached(graph: igraph.Graph) -> list[int]:
    """Return how many others each actor reaches along the ties; igraph's closeness is over these alone."""
    if graph.is_directed():
        return [count - 1 for count in graph.neighborhood_size(order=graph.vcount(), mode="out")]
    parts = graph.connected_components()
    return [parts.size(part) - 1 for part in parts.membership]


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
