"""Communities: sets of actors with more ties among themselves than chance would give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecosystem.errors import ProjectionError
from ecosystem.measures.columns import Columns, ranked
from ecosystem.measures.engine import seeded, to_igraph
from ecosystem.measures.grouping import group_by
from ecosystem.measures.parts import Parts
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import AnyNetwork, By, simple, tails_of, two_way
from ecosystem.tables import Table

__all__ = ["Community", "Participation", "communities", "modularity", "participation"]

CLOSE = 1e-12


@dataclass(frozen=True, slots=True)
class Community:
    """The community that an actor is in; community 1 is the largest."""

    actor: Any
    label: str
    community: int
    size: int


@dataclass(frozen=True, slots=True)
class Participation:
    """How an actor's ties are spread over groups: `participation` over all of them, `within_z` inside its own.

    `ties` counts its contacts, `groups` the different groups that they are of.
    """

    actor: Any
    label: str
    group: Any
    ties: int
    groups: int
    participation: float
    within_z: float


def communities(graph: AnyNetwork, *, resolution: float = 1.0, seed: int = 1, iterations: int = 10) -> Table[Community]:
    """Find communities with the Leiden algorithm (Traag, Waltman & van Eck 2019), maximising modularity.

    Parameters
    ----------
    graph
        An `ActorNetwork`, a `SimpleNetwork` or any networkx graph; taken two-way, weighted by `strength`.
    resolution
        Larger gives more and smaller communities.
    seed
        Another seed may give another answer of nearly the same modularity: look at several before you believe in a
        border. The same seed and the same order of actors give the same answer.
    iterations
        How often the algorithm improves on its own result; it stops earlier where it cannot.

    Returns
    -------
    Table of Community
        Largest community first, then by label; communities of the same size are numbered in order of their first
        actor. An isolate is a community of its own. The notes state the modularity.

    Raises
    ------
    ProjectionError
        If the resolution is not a positive number.

    Notes
    -----
    Modularity cannot see communities smaller than about √(2m) ties, and finds some in networks that have none.

    References
    ----------
    Traag, V. A., Waltman, L., & van Eck, N. J. (2019). From Louvain to Leiden. Scientific Reports, 9, 5233.
    https://doi.org/10.1038/s41598-019-41695-z

    Examples
    --------
    >>> import networkx as nx
    >>> communities(nx.barbell_graph(3, 0))["community"]
    [1, 1, 1, 2, 2, 2]
    """
    if not resolution > 0:
        raise ProjectionError(f"A resolution of {resolution} finds nothing.", hint="Give a number above 0, such as 1.")
    network = simple(graph)
    both = two_way(network)
    with seeded(seed):
        found = to_igraph(both).community_leiden(
            objective_function="modularity",
            weights="strength" if both.tie_count else None,
            resolution=resolution,
            n_iterations=iterations,
        )
    parts = Parts.of(found.membership)
    columns = {"actor": network.ids, "label": network.labels, "community": parts.number, "size": parts.size}
    rows = Columns(Community, columns, partial(ranked, parts.number, network.labels))
    quality = _modularity(both, parts.number, resolution)
    note = f"{len(parts.sizes)} communities; modularity {quality:.4f} at resolution {resolution:g}, seed {seed}."
    return Table(Community, rows, (*network.notes, note))


def modularity(graph: AnyNetwork, *, by: By, resolution: float = 1.0) -> float:
    """Return the modularity of given groups (Newman & Girvan 2004): how far ties stay inside them beyond chance.

    Q = Σ_c [ L_c/m - γ (k_c/2m)² ] with m the strength of all ties taken two-way, L_c of those inside group c, and
    k_c of the tie ends of its actors. Actors without a group are left out. NaN for a network without ties.

    References
    ----------
    Newman, M. E. J., & Girvan, M. (2004). Physical Review E, 69, 026113. https://doi.org/10.1103/PhysRevE.69.026113

    Examples
    --------
    >>> import networkx as nx
    >>> round(modularity(nx.barbell_graph(3, 0), by=dict(enumerate("AAABBB"))), 4)
    0.3571
    """
    grouped = group_by(graph, by)
    return _modularity(two_way(grouped.network), grouped.codes, resolution)


def participation(graph: AnyNetwork, *, by: By) -> Table[Participation]:
    """Tell how evenly each actor's contacts are spread over groups or communities (Guimerà & Amaral 2005).

    The participation coefficient is 1 - Σ_s (k_s/k)² with k_s of the actor's k contacts in group s: 0 if all are of one
    group, towards 1 - 1/S if they are spread evenly over S groups. `within_z` is the number of contacts inside the own
    group, in standard deviations from the mean of the group's actors.

    Parameters
    ----------
    graph
        An `ActorNetwork`, a `SimpleNetwork` or any networkx graph; ties are taken two-way, strengths do not matter.
    by
        An attribute, or a mapping from actor to group: for communities
        `{row.actor: row.community for row in communities(graph)}`.

    Returns
    -------
    Table of Participation
        Largest coefficient first, then by label; isolates last, with NaN. `within_z` is NaN where all actors of a group
        have as many contacts inside it. Actors without a group are left out, the notes say how many. Takes time in
        proportion to the ties.

    Raises
    ------
    ProjectionError
        If no actor has the attribute, or a value for it.

    Notes
    -----
    An actor with two contacts in two groups has 1/2: read it beside the number of contacts.

    References
    ----------
    Guimerà, R., & Amaral, L. A. N. (2005). Functional cartography of complex metabolic networks. Nature, 433, 895-900.
    https://doi.org/10.1038/nature03288

    Examples
    --------
    >>> import networkx as nx
    >>> rows = participation(nx.star_graph(4), by=dict(enumerate("AABBC")))
    >>> rows[0].actor, rows[0].ties, rows[0].groups, rows[0].participation
    (0, 4, 3, 0.625)
    """
    grouped = group_by(graph, by)
    network, codes, count = two_way(grouped.network), grouped.codes, len(grouped.groups)
    tails = tails_of(network)
    places, shares = np.unique(tails.astype(np.int64) * count + codes[network.indices], return_counts=True)
    actors = places // max(count, 1)
    degree = np.diff(network.indptr)
    squares = np.bincount(actors, weights=(shares / degree[actors]) ** 2, minlength=len(network))
    spread = np.where(degree > 0, 1 - squares, nan)
    groups = np.bincount(actors, minlength=len(network))
    z = _within_z(np.bincount(tails[codes[tails] == codes[network.indices]], minlength=len(network)), codes)
    rows = [
        Participation(network.ids[node], network.labels[node], grouped.group_of(node), *numbers)
        for node, numbers in enumerate(zip(degree.tolist(), groups.tolist(), spread.tolist(), z.tolist(), strict=True))
    ]
    rows.sort(key=lambda row: (-row.participation if row.ties else 1.0, row.label))
    return Table(Participation, tuple(rows), grouped.notes)


def _within_z(inside: NDArray[np.int64], codes: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the number of contacts inside the own group, in standard deviations from the group's mean."""
    sizes = np.bincount(codes)
    mean = np.bincount(codes, weights=inside) / np.maximum(sizes, 1)
    away = inside - mean[codes]
    sd = np.sqrt(np.bincount(codes, weights=away**2) / np.maximum(sizes, 1))[codes]
    z = np.full(len(codes), nan)
    np.divide(away, sd, out=z, where=sd > CLOSE)
    return z


def _modularity(network: SimpleNetwork, codes: NDArray[np.integer], resolution: float) -> float:
    whole = float(network.strengths.sum())
    if not whole:
        return nan
    own = codes[tails_of(network)]
    inside = own == codes[network.indices]
    inner = float(network.strengths[inside].sum())
    ends = np.bincount(own, weights=network.strengths)
    return inner / whole - resolution * float(((ends / whole) ** 2).sum())
