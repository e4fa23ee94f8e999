"""Where everything stands on the map, computed once and the same on every run.

Position means something: the members of a group stand together in an area of their own, groups that share many
ties stand near each other, a broker stands on that side of its area that faces those it ties, whatever belongs
to no group stands between the areas it is tied to, and isolates stand in a row at the bottom.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ecosystem import engines
from ecosystem.publish.packing import Flags, Floats, Ints, gather, pack, spiral

if TYPE_CHECKING:
    from ecosystem.publish.view import MapView

__all__ = ["Layout", "layout", "node_radius", "place"]

WIDE_GAP, NARROW_GAP = 32.0, 9.0  # free space around a node, in pixels at scale 1: less on larger maps
STRETCH = 1.2  # screens and labels are wider than high
ISOLATE_COLUMN, ISOLATE_ROW = 4.0, 2.6  # in gaps
SMALLEST, LARGEST = 7.0, 24.0
ANCHOR_PULL = 0.35  # how strongly a tie out of an area draws its member to the rim, beside 1 for a tie within
MANY = 800  # from so many nodes on, igraph may take its faster, coarser form


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions in pixels at scale 1, shape (n, 2); `areas` numbers the area of each node, -1 for none."""

    positions: Floats
    areas: Ints
    by_community: bool


@dataclass(frozen=True, slots=True)
class _Ties:
    """Ties without direction, self-loops or parallels."""

    tails: Ints
    heads: Ints
    strengths: Floats


def node_radius(size: float, is_initiative: bool = False) -> float:
    """Return the radius in pixels of a node whose measure is `size` (0 … 1): areas grow with the measure."""
    scale: float = min(max(size, 0.0), 1.0) ** 0.5
    return (SMALLEST + (LARGEST - SMALLEST) * scale) * (0.75 if is_initiative else 1.0)


def place(view: MapView, seed: int = 1) -> MapView:
    """Return the view with a position and an area for every node.

    Areas are the view's groups; where hardly any node has a group, or groups are but kinds, the communities of its
    nodes take their place. The seed is told among the view's settings.
    """
    number = {node.id: index for index, node in enumerate(view.nodes)}
    groups = () if view.groups_are_kinds else view.grouping.groups
    group_number = {group.id: index for index, group in enumerate(groups)}
    central = [index for index, group in enumerate(groups) if group.central]
    found = layout(
        len(view.nodes),
        [number[tie.source] for tie in view.ties],
        [number[tie.target] for tie in view.ties],
        [group_number.get(node.group, -1) for node in view.nodes],
        [tie.strength for tie in view.ties],
        communities=[-1 if node.community is None else node.community for node in view.nodes],
        radii=[node_radius(node.size, node.is_initiative) for node in view.nodes],
        central=central,
        seed=seed,
    )
    nodes = tuple(
        replace(node, x=float(x), y=float(y), area=int(area) if area >= 0 else None)
        for node, (x, y), area in zip(view.nodes, found.positions, found.areas, strict=True)
    )
    return replace(view, nodes=nodes, settings={**view.settings, "layout seed": str(seed)})


def layout(
    n: int,
    tails: Sequence[int],
    heads: Sequence[int],
    groups: Sequence[int],
    strengths: Sequence[float] | None = None,
    *,
    communities: Sequence[int] = (),
    radii: Sequence[float] | None = None,
    central: Sequence[int] = (),
    seed: int = 1,
) -> Layout:
    """Place `n` nodes.

    Parameters
    ----------
    tails, heads, strengths
        Ends of each tie as node numbers, and its strength (1 where not given). Direction plays no part.
    groups
        Group number of each node, -1 for none.
    communities
        Community number of each node, -1 for none: what areas are made of where groups say too little.
    radii
        Radius of each node in pixels; 10 where not given.
    central
        Groups that are drawn to the middle.
    seed
        The same seed gives the same positions, on every run.
    """
    if n == 0:
        return Layout(np.zeros((0, 2)), np.zeros(0, dtype=np.int64), False)
    ties = _simple(n, tails, heads, strengths)
    sizes = np.full(n, 10.0) if radii is None else np.asarray(radii, dtype=np.float64)
    tied = np.zeros(n, dtype=bool)
    tied[ties.tails] = tied[ties.heads] = True
    gap = float(np.clip(WIDE_GAP * (60 / n) ** 0.45, NARROW_GAP, WIDE_GAP))
    igraph = engines.igraph()

    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 (a layout, not a secret)
    try:
        areas, by_community = _areas(np.asarray(groups, dtype=np.int64), np.asarray(communities, dtype=np.int64), tied)
        middle = set() if by_community else set(central)
        positions = _place_tied(ties, areas, sizes, gap, tied, middle) * (STRETCH, 1.0)
    finally:
        igraph.set_random_number_generator(random)
    _place_isolates(positions, sizes, gap, tied)
    return Layout(np.round(positions, 1) + 0.0, areas, by_community)


def _simple(n: int, tails: Sequence[int], heads: Sequence[int], strengths: Sequence[float] | None) -> _Ties:
    start, end = np.asarray(tails, dtype=np.int64), np.asarray(heads, dtype=np.int64)
    weight = np.ones(len(start)) if strengths is None else np.asarray(strengths, dtype=np.float64)
    low, high, kept = np.minimum(start, end), np.maximum(start, end), start != end
    pairs, which = np.unique(low[kept] * n + high[kept], return_inverse=True)
    totals = np.bincount(which, np.maximum(weight[kept], 1e-6), len(pairs))
    return _Ties(pairs // n, pairs % n, np.sqrt(totals))  # a root: ten parallel ties should not glue two nodes


def _areas(groups: Ints, communities: Ints, tied: Flags) -> tuple[Ints, bool]:
    """Return the area of each tied node: its group, or its community where groups say too little."""
    areas = np.where(tied, groups, -1)
    grouped = areas[areas >= 0]
    if len(np.unique(grouped)) > 1 and len(grouped) >= 0.4 * tied.sum():
        return areas, False
    found = communities if len(communities) else np.zeros_like(groups)
    return np.where(tied, found, -1), True


def _place_tied(ties: _Ties, areas: Ints, sizes: Floats, gap: float, tied: Flags, middle: set[int]) -> Floats:
    """Place circles for the areas and for nodes outside any, then the members inside their circle."""
    positions = np.zeros((len(areas), 2))
    names, circle_of = np.unique(areas, return_inverse=True)
    outside = np.flatnonzero(tied & (areas < 0))
    first_free = len(names)
    circle_of[outside] = first_free + np.arange(len(outside))
    members = [np.flatnonzero(tied & (circle_of == circle)) for circle in range(first_free + len(outside))]
    used = [circle for circle, nodes in enumerate(members) if len(nodes)]
    members = [members[circle] for circle in used]
    renumbered = np.full(first_free + len(outside), -1)
    renumbered[used] = np.arange(len(used))
    circle_of = renumbered[circle_of]
    if not members:
        return positions

    pulls = np.zeros((len(members), len(members)))
    between = circle_of[ties.tails] != circle_of[ties.heads]
    ends = circle_of[ties.tails[between]], circle_of[ties.heads[between]]
    np.add.at(pulls, ends, ties.strengths[between])
    pulls += pulls.T
    is_area = np.array([len(nodes) > 1 or areas[nodes[0]] >= 0 for nodes in members])
    drawn_in = np.array([6.0 if areas[nodes[0]] in middle else 1.0 for nodes in members])

    rough = np.array([np.sqrt(((sizes[nodes] + gap) ** 2).sum()) for nodes in members])
    margin = np.where(is_area, gap + 4, gap * 0.6)
    centres = _widest_across(pack(_start(pulls, rough), rough + margin, pulls, drawn_in), rough)
    inside = [_arrange(nodes, ties, circle_of, centres, sizes, gap) for nodes in members]
    radii = np.array(
        [np.max(np.hypot(at[:, 0], at[:, 1]) + sizes[nodes]) for nodes, at in zip(members, inside, strict=True)]
    )
    centres = pack(centres, radii + margin, pulls, drawn_in)
    for nodes, centre, at in zip(members, centres, inside, strict=True):
        positions[nodes] = centre + at
    return positions


def _widest_across(centres: Floats, radii: Floats) -> Floats:
    """Return the circles turned so that they reach further to the sides than up and down."""
    weights = radii**2 / (radii**2).sum()
    about = centres - (weights[:, None] * centres).sum(axis=0)
    _, axes = np.linalg.eigh((weights[:, None] * about).T @ about)
    across = axes[:, 1] * (1 if axes[0, 1] >= 0 else -1)
    turned: Floats = about @ np.column_stack((across, (-across[1], across[0])))
    return turned


def _start(pulls: Floats, radii: Floats) -> Floats:
    """Return first places for circles, from the ties between them."""
    igraph = engines.igraph()

    tails, heads = np.nonzero(np.triu(pulls))
    graph = igraph.Graph(len(pulls), np.column_stack((tails, heads)).tolist())
    first = spiral(len(pulls))[np.argsort(np.argsort(-pulls.sum(axis=1), kind="stable"), kind="stable")]
    found = graph.layout_fruchterman_reingold(
        weights=pulls[tails, heads].tolist(), seed=first.tolist(), niter=300, grid=False
    )
    return np.asarray(found.coords, dtype=np.float64) * float(radii.mean()) * 2


def _arrange(nodes: Ints, ties: _Ties, circle_of: Ints, centres: Floats, sizes: Floats, gap: float) -> Floats:
    """Place the members of one circle about its middle, each on the side of those outside that it is tied to."""
    count = len(nodes)
    if count == 1:
        return np.zeros((1, 2))
    local = np.full(len(circle_of), -1)
    local[nodes] = np.arange(count)
    tail_in, head_in = local[ties.tails] >= 0, local[ties.heads] >= 0
    within, leaving = tail_in & head_in, tail_in ^ head_in
    member = np.where(tail_in, local[ties.tails], local[ties.heads])[leaving]
    far = np.where(tail_in, circle_of[ties.heads], circle_of[ties.tails])[leaving]
    anchors, anchor = np.unique(far, return_inverse=True)
    direction = centres[anchors] - centres[circle_of[nodes[0]]]
    direction /= np.maximum(np.hypot(direction[:, 0], direction[:, 1]), 1e-9)[:, None]

    inner = np.column_stack((local[ties.tails[within]], local[ties.heads[within]]))
    outer = np.column_stack((member, count + anchor))
    edges = np.concatenate((inner, outer))
    weights = np.concatenate((ties.strengths[within], ANCHOR_PULL * ties.strengths[leaving]))
    lean = np.column_stack([np.bincount(member, direction[anchor, axis], count) for axis in (0, 1)])
    busiest_first = np.argsort(np.argsort(-np.bincount(edges[:, 0], minlength=count)[:count], kind="stable"))
    start = spiral(count)[busiest_first] * 0.6 + lean * 0.2
    room = sizes[nodes] + gap
    drawn = gather(_between_anchors(edges, weights, start, direction) * float(room.mean()) * 1.6, room)
    middle: Floats = (drawn.max(axis=0) + drawn.min(axis=0)) / 2
    return drawn - middle


def _between_anchors(edges: Ints, weights: Floats, start: Floats, direction: Floats) -> Floats:
    """Lay nodes out by force; anchors, numbered after the nodes, stay fixed on the rim in their directions."""
    igraph = engines.igraph()

    count = len(start)
    reach = 1.1 * np.sqrt(count) + 0.6
    first = np.vstack((start, direction * reach))
    low, high = np.full((len(first), 2), -reach), np.full((len(first), 2), reach)
    low[count:] = high[count:] = first[count:]
    found = igraph.Graph(len(first), edges.tolist()).layout_fruchterman_reingold(
        weights=weights.tolist(),
        seed=np.clip(first, low, high).tolist(),
        niter=400,
        grid=False if count < MANY else "auto",
        minx=low[:, 0].tolist(),
        maxx=high[:, 0].tolist(),
        miny=low[:, 1].tolist(),
        maxy=high[:, 1].tolist(),
    )
    return np.asarray(found.coords, dtype=np.float64)[:count]


def _place_isolates(positions: Floats, sizes: Floats, gap: float, tied: Flags) -> None:
    """Put the nodes without ties in rows below all others, in the order given."""
    alone = np.flatnonzero(~tied)
    if not len(alone):
        return
    placed = positions[tied] if tied.any() else np.zeros((1, 2))
    left, right = float(placed[:, 0].min()), float(placed[:, 0].max())
    floor = float((placed[:, 1] + (sizes[tied].max() if tied.any() else 0)).max())
    across, down = ISOLATE_COLUMN * gap, ISOLATE_ROW * gap
    columns = min(max(int((right - left) // across) + 1, 6), len(alone))
    start = (left + right) / 2 - (columns - 1) * across / 2
    row, column = np.divmod(np.arange(len(alone)), columns)
    positions[alone] = np.column_stack((start + column * across, floor + 3 * gap + row * down))
