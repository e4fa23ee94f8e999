"""Betweenness: how many shortest paths run through an actor, exact or estimated with a stated error."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from ecosystem.errors import ProjectionError
from ecosystem.measures.columns import Columns, ranked
from ecosystem.measures.engine import to_igraph
from ecosystem.measures.forms import compiled, thread_count
from ecosystem.measures.grouping import collapse_for
from ecosystem.network.model import Direction, SimpleNetwork
from ecosystem.network.simple import AnyNetwork, simple
from ecosystem.tables import Table

__all__ = ["CONFIDENCE", "EPSILON", "Betweenness", "Method", "Paths", "betweenness", "measured"]

Method: TypeAlias = Literal["auto", "exact", "sampled"]
Paths: TypeAlias = Literal["steps", "distance"]

EPSILON: Final = 0.006
CONFIDENCE: Final = 0.9
EXACT_UP_TO: Final = 2_000_000_000
"""Actors times ties, branches folded, up to which "auto" is exact: some ten seconds' worth."""
STEPS_OF_IGRAPH: Final = 100
"""igraph, which is the reference here, is compiled too: so many of its steps take the time of one of Python's."""


@dataclass(frozen=True, slots=True)
class Betweenness:
    """How many shortest paths between others run through an actor.

    `betweenness` is the sum over the pairs of others of the share of their shortest paths that run through the actor;
    `share` is that over the number of these pairs: 1 for the centre of a star.
    """

    actor: Any
    label: str
    betweenness: float
    share: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Betweenness of each actor, and how it was found."""

    values: NDArray[np.float64]
    note: str


def betweenness(
    graph: AnyNetwork,
    *,
    method: Method = "auto",
    epsilon: float = EPSILON,
    seed: int = 1,
    paths: Paths = "steps",
    direction: Direction | None = None,
) -> Table[Betweenness]:
    """Measure or estimate the betweenness of each actor (Freeman 1978).

    Parameters
    ----------
    graph
        An `ActorNetwork`, a `SimpleNetwork` or any networkx graph.
    method
        "exact"; "sampled", from pairs of actors drawn at random; or "auto": exact where that is some ten seconds'
        work at most. The notes say which, and how far off an estimate may be.
    epsilon
        The largest error of a sampled `share`, for all actors at once, in nine of ten samples; most errors are
        several times smaller. Half of it takes about three to four times as long.
    seed
        Makes the sample the same on every run, whatever the number of processors.
    paths
        The length of a path: its "steps", or its "distance", a strong tie being short (1/strength; exact only).
    direction
        As in `brokerage`.

    Returns
    -------
    Table of Betweenness
        Highest first, then by label. An isolate has 0, and pairs without a path add nothing. Each pair counts once
        where all ties run both ways, else both ways apart.

    Raises
    ------
    ProjectionError
        If there is no such method or kind of path, or `epsilon` is not between 0 and 1.

    Notes
    -----
    Exact betweenness takes time in proportion to actors times ties (Brandes 2001), not counting actors that hang on a
    single tie, of which the closed form takes care where ties run both ways. A sample takes about ln(n) / ε² searches
    between two actors, each of a small part of the network.

    References
    ----------
    Brandes, U. (2001). Journal of Mathematical Sociology, 25(2), 163-177.
    https://doi.org/10.1080/0022250X.2001.9990249

    Riondato, M., & Upfal, E. (2018). ACM Transactions on Knowledge Discovery from Data, 12(5), 61 (pairs at random).
    https://doi.org/10.1145/3208351

    Borassi, M., & Natale, E. (2019). ACM Journal of Experimental Algorithmics, 24, 1.2 (search from both ends).
    https://doi.org/10.1145/3284359

    Examples
    --------
    >>> import networkx as nx
    >>> centre = betweenness(nx.star_graph(4))[0]
    >>> centre.actor, centre.betweenness, centre.share
    (0, 6.0, 1.0)
    """
    network = simple(graph, collapse_for(direction))
    found = measured(network, method=method, epsilon=epsilon, seed=seed, paths=paths)
    pairs = _pairs(network)
    columns = {
        "actor": network.ids,
        "label": network.labels,
        "betweenness": found.values,
        "share": found.values / pairs if pairs else found.values,
    }
    rows = Columns(Betweenness, columns, partial(ranked, -found.values, network.labels))
    return Table(Betweenness, rows, (*network.notes, found.note))


def measured(
    network: SimpleNetwork, *, method: Method = "auto", epsilon: float = EPSILON, seed: int = 1, paths: Paths = "steps"
) -> Measured:
    """Return the betweenness of each actor in its order, and a note; parameters are those of `betweenness`."""
    _check(method, epsilon, paths)
    note = _note_on_lengths(paths, network)
    work = len(network) * network.tie_count
    if method != "sampled" and (paths == "distance" or not compiled(work // STEPS_OF_IGRAPH)):
        return Measured(_by_igraph(network, paths), note)
    from ecosystem.measures.kernels.betweenness import exact, fold

    core = fold(network)
    if method == "exact" or (method == "auto" and len(core.members) * len(core.indices) <= EXACT_UP_TO):
        return Measured(exact(network, core, thread_count()), note)
    from ecosystem.measures.kernels.sampling import estimate

    found = estimate(network, core, epsilon=epsilon, confidence=CONFIDENCE, seed=seed, threads=thread_count())
    how = (
        f"Betweenness is estimated from {found.pairs:,} pairs drawn at random (seed {seed}): in {CONFIDENCE:.0%} of "
        f"such samples no actor's share of the pairs is off by more than {found.error:.2g}, which is "
        f"{found.error * _pairs(network):.3g} in these units."
    )
    return Measured(found.betweenness, f"{note} {how}")


def _note_on_lengths(paths: Paths, network: SimpleNetwork) -> str:
    length = "steps" if paths == "steps" else "distances, 1/strength"
    ties = "each pair of actors counts once" if network.symmetric else "each pair of actors counts in both directions"
    return f"Betweenness is not scaled, {ties}; paths are measured in {length}."


def _by_igraph(network: SimpleNetwork, paths: Paths) -> NDArray[np.float64]:
    graph = to_igraph(network)
    weights = (1 / np.array(graph.es["strength"])).tolist() if paths == "distance" else None
    return np.array(graph.betweenness(directed=not network.symmetric, weights=weights), np.float64)


def _pairs(network: SimpleNetwork) -> int:
    others = len(network) - 1
    return max(others * (others - 1), 0) // (2 if network.symmetric else 1)


def _check(method: str, epsilon: float, paths: str) -> None:
    if method not in get_args(Method):
        raise ProjectionError(f"There is no method '{method}'.", hint="Say 'auto', 'exact' or 'sampled'.")
    if paths not in get_args(Paths):
        raise ProjectionError(f"There is no kind of path '{paths}'.", hint="Say 'steps' or 'distance'.")
    if method == "sampled" and paths == "distance":
        raise ProjectionError("Sampled betweenness counts steps, not distances.", hint="Say method 'exact'.")
    if not 0 < epsilon < 1:
        raise ProjectionError(f"An error of {epsilon:g} makes no sense.", hint="Say a share, such as 0.01.")
