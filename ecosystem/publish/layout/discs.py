"""Members of an area in a disc of their own: discs placed by whoever asks, members inside by their ties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ecosystem import engines
from ecosystem.publish.layout.model import Scene, Ties
from ecosystem.publish.packing import Floats, Ints, gather, spiral

__all__ = ["Discs", "place_in_discs"]

ANCHOR_PULL = 0.35  # how strongly a tie out of an area draws its member to the rim, beside 1 for a tie within
MANY = 800  # from so many members on, igraph may take its faster, coarser form
MANY_ON_LARGE_MAPS, LARGE_MAP = 150, 2000
STEPS, STEPS_ON_LARGE_MAPS = 400, 120
MOST_SINGLES = 300  # nodes of no area that get a disc each; more than that share one


@dataclass(frozen=True, slots=True)
class Discs:
    """Discs to be placed.

    Parameters
    ----------
    areas
        Which area each disc holds; -1 for that of nodes without one.
    radii
        Radius of each, in pixels: a good guess at first, exact the second time.
    margins
        The free space that each keeps around it.
    pulls
        How strongly the members of two discs are tied, shape (k, k).
    centres
        Where they were placed the first time; None then.
    """

    areas: Ints
    radii: Floats
    margins: Floats
    pulls: Floats
    centres: Floats | None = None


def place_in_discs(scene: Scene, areas: Ints, centres_of: Callable[[Discs], Floats], *, singles: bool) -> Floats:
    """Return positions: `centres_of` places the discs of the areas, ties place the members within.

    It is asked twice, for members stand on that side of their disc which faces those they are tied to. With `singles`,
    nodes without an area get a disc each, unless they are very many.
    """
    members = _members(scene, areas, singles)
    positions = np.zeros((len(scene), 2))
    if not members:
        return positions
    disc_of = np.full(len(scene), -1)
    for disc, nodes in enumerate(members):
        disc_of[nodes] = disc
    sizes, gap = scene.sizes, scene.gap
    named = areas[[int(nodes[0]) for nodes in members]]
    is_area = np.array([len(nodes) > 1 for nodes in members]) | (named >= 0)
    rough = np.array([np.sqrt(((sizes[nodes] + gap) ** 2).sum()) for nodes in members])
    margins, pulls = np.where(is_area, gap + 4, gap * 0.6), _pulls(scene.ties, disc_of, len(members))
    centres = centres_of(Discs(named, rough, margins, pulls))
    inside = [_arrange(nodes, scene, disc_of, centres) for nodes in members]
    radii = np.array(
        [np.max(np.hypot(at[:, 0], at[:, 1]) + sizes[nodes]) for nodes, at in zip(members, inside, strict=True)]
    )
    centres = centres_of(Discs(named, radii, margins, pulls, centres))
    for nodes, centre, at in zip(members, centres, inside, strict=True):
        positions[nodes] = centre + at
    return positions


def _members(scene: Scene, areas: Ints, singles: bool) -> list[Ints]:
    tied = np.flatnonzero(scene.tied)
    order = tied[np.argsort(areas[tied], kind="stable")]
    outside, inside = order[areas[order] < 0], order[areas[order] >= 0]
    cuts = np.flatnonzero(np.diff(areas[inside])) + 1
    found = [nodes for nodes in np.split(inside, cuts) if len(nodes)]
    if not len(outside):
        return found
    alone = [outside[place : place + 1] for place in range(len(outside))]
    return [*found, *alone] if singles and len(outside) <= MOST_SINGLES else [*found, outside]


def _pulls(ties: Ties, disc_of: Ints, count: int) -> Floats:
    pulls = np.zeros((count, count))
    tails, heads = disc_of[ties.tails], disc_of[ties.heads]
    between = tails != heads
    np.add.at(pulls, (tails[between], heads[between]), ties.strengths[between])
    return pulls + pulls.T


def _arrange(nodes: Ints, scene: Scene, disc_of: Ints, centres: Floats) -> Floats:
    """Place the members of one disc about its middle, each on the side of those outside that it is tied to."""
    count, ties = len(nodes), scene.ties
    if count == 1:
        return np.zeros((1, 2))
    own = disc_of[nodes[0]]
    tail_in, head_in = disc_of[ties.tails] == own, disc_of[ties.heads] == own
    touching = np.flatnonzero(tail_in | head_in)
    tail_in, head_in = tail_in[touching], head_in[touching]
    tails, heads, strengths = ties.tails[touching], ties.heads[touching], ties.strengths[touching]
    within, leaving = tail_in & head_in, tail_in ^ head_in
    member = np.searchsorted(nodes, np.where(tail_in, tails, heads)[leaving])
    far = np.where(tail_in, disc_of[heads], disc_of[tails])[leaving]
    anchors, anchor = np.unique(far, return_inverse=True)
    direction = centres[anchors] - centres[own]
    direction /= np.maximum(np.hypot(direction[:, 0], direction[:, 1]), 1e-9)[:, None]

    inner = np.column_stack((np.searchsorted(nodes, tails[within]), np.searchsorted(nodes, heads[within])))
    outer = np.column_stack((member, count + anchor))
    edges = np.concatenate((inner, outer))
    weights = np.concatenate((strengths[within], ANCHOR_PULL * strengths[leaving]))
    lean = np.column_stack([np.bincount(member, direction[anchor, axis], count) for axis in (0, 1)])
    busiest_first = np.argsort(np.argsort(-np.bincount(edges[:, 0], minlength=count)[:count], kind="stable"))
    start = spiral(count)[busiest_first] * 0.6 + lean * 0.2
    room = scene.sizes[nodes] + scene.gap
    large = len(scene) > LARGE_MAP
    placed = _between_anchors(edges, weights, start, direction, large)
    drawn = gather(placed * float(room.mean()) * 1.6, room, compiled=large)
    middle: Floats = (drawn.max(axis=0) + drawn.min(axis=0)) / 2
    return drawn - middle


def _between_anchors(edges: Ints, weights: Floats, start: Floats, direction: Floats, large: bool) -> Floats:
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
        niter=STEPS_ON_LARGE_MAPS if large else STEPS,
        grid=count >= MANY_ON_LARGE_MAPS if large else (False if count < MANY else "auto"),
        minx=low[:, 0].tolist(),
        maxx=high[:, 0].tolist(),
        miny=low[:, 1].tolist(),
        maxy=high[:, 1].tolist(),
    )
    return np.asarray(found.coords, dtype=np.float64)[:count]
