"""Cohesion: the parts of a network, and the actors and ties that hold a part together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from ecosystem.measures.blocks import blocks_of
from ecosystem.measures.columns import Columns, ranked
from ecosystem.measures.engine import to_igraph
from ecosystem.measures.parts import Parts
from ecosystem.network.simple import AnyNetwork, simple, two_way
from ecosystem.tables import Table

__all__ = ["Bridge", "Component", "Core", "CutPoint", "bridges", "components", "core_numbers", "cut_points"]


@dataclass(frozen=True, slots=True)
class Component:
    """The part of the network that an actor is in; part 1 is the largest."""

    actor: Any
    label: str
    component: int
    size: int


@dataclass(frozen=True, slots=True)
class CutPoint:
    """An actor without whom its part of the network falls apart.

    `pieces` is the number of parts that are left of it, `cut_off` the number of other actors that lose touch with
    the largest of them.
    """

    actor: Any
    label: str
    pieces: int
    cut_off: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """A tie without which its part of the network falls in two; `cut_off` actors are on the smaller side."""

    a: Any
    a_label: str
    b: Any
    b_label: str
    cut_off: int


@dataclass(frozen=True, slots=True)
class Core:
    """The largest k for which an actor is in the k-core: actors who each have k ties to one another at least."""

    actor: Any
    label: str
    core: int


def components(graph: AnyNetwork) -> Table[Component]:
    """Tell which actors are connected at all, whatever the direction of ties (weak components).

    Returns
    -------
    Table of Component
        Largest part first, then by label. Parts of the same size are numbered in order of their first actor in the
        network. An isolate is a part of its own.

    Examples
    --------
    >>> import networkx as nx
    >>> components(nx.Graph([("CAF", "OECD"), ("NASA", "CSA"), ("CSA", "ESA")]))["component"]
    [1, 1, 1, 2, 2]
    """
    network = simple(graph)
    parts = Parts.of(to_igraph(two_way(network)).connected_components().membership)
    columns = {"actor": network.ids, "label": network.labels, "component": parts.number, "size": parts.size}
    rows = Columns(Component, columns, partial(ranked, parts.number, network.labels))
    isolates = int((parts.sizes == 1).sum())
    alone = "1 is a single actor" if isolates == 1 else f"{isolates} are single actors"
    note = f"{len(parts.sizes)} parts, of which {alone} without a tie."
    return Table(Component, rows, (*network.notes, note))


def cut_points(graph: AnyNetwork) -> Table[CutPoint]:
    """Find the actors without whom a part of the network falls apart (articulation points), ties taken two-way.

    Returns
    -------
    Table of CutPoint
        Those that cut off most actors first, then by label. Takes time in proportion to actors and ties.

    Notes
    -----
    A cut point in the data may be none in the world: a tie that nobody recorded does not count.

    References
    ----------
    Hopcroft, J., & Tarjan, R. (1973). Communications of the ACM, 16(6), 372-378.
    https://doi.org/10.1145/362248.362272

    Examples
    --------
    >>> import networkx as nx
    >>> [(row.actor, row.pieces, row.cut_off) for row in cut_points(nx.star_graph(3))]
    [(0, 3, 2)]
    """
    network = simple(graph)
    rows = [
        CutPoint(network.ids[node], network.labels[node], len(pieces), sum(pieces) - max(pieces))
        for node, pieces in blocks_of(two_way(network)).pieces().items()
    ]
    rows.sort(key=lambda row: (-row.cut_off, row.label))
    return Table(CutPoint, tuple(rows), network.notes)


def bridges(graph: AnyNetwork) -> Table[Bridge]:
    """Find the ties without which a part of the network falls in two, ties taken two-way.

    Returns
    -------
    Table of Bridge
        Those that cut off most actors first, then by label.

    Examples
    --------
    >>> import networkx as nx
    >>> [(row.a, row.b, row.cut_off) for row in bridges(nx.lollipop_graph(3, 2))]
    [(2, 3, 2), (3, 4, 1)]
    """
    network = simple(graph)
    rows = [
        Bridge(network.ids[a], network.labels[a], network.ids[b], network.labels[b], side)
        for a, b, side in blocks_of(two_way(network)).bridges()
    ]
    rows.sort(key=lambda row: (-row.cut_off, row.a_label, row.b_label))
    return Table(Bridge, tuple(rows), network.notes)


def core_numbers(graph: AnyNetwork) -> Table[Core]:
    """Tell how deep in the network each actor stands: its core number (Seidman 1983), ties taken two-way.

    The k-core is what is left when all who have fewer than k contacts are taken away, again and again, until everybody
    left has k contacts left. An actor's core number is the largest k whose core it is in. Strengths do not matter.

    Returns
    -------
    Table of Core
        The innermost first, then by label. An isolate has 0. Takes time in proportion to actors and ties.

    Notes
    -----
    Folded initiatives make cores: the k actors of one initiative are all tied to each other, and so in the (k-1)-core.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks, 5(3), 269-287.
    https://doi.org/10.1016/0378-8733(83)90028-X. Batagelj, V., & Zaveršnik, M. (2011). Fast algorithms for determining
    (generalized) core groups in social networks. Advances in Data Analysis and Classification, 5, 129-145.
    https://doi.org/10.1007/s11634-010-0079-y

    Examples
    --------
    >>> import networkx as nx
    >>> [(row.actor, row.core) for row in core_numbers(nx.lollipop_graph(3, 1))]
    [(0, 2), (1, 2), (2, 2), (3, 1)]
    """
    network = simple(graph)
    numbers = np.array(to_igraph(two_way(network)).coreness(), np.int64)
    columns = {"actor": network.ids, "label": network.labels, "core": numbers}
    rows = Columns(Core, columns, partial(ranked, -numbers, network.labels))
    innermost = int(numbers.max(initial=0))
    note = f"The innermost core is the {innermost}-core, with {int((numbers == innermost).sum())} actors."
    return Table(Core, rows, (*network.notes, note))
