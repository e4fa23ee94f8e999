"""By force: groups that share many ties stand near each other, brokers between the groups that they tie.

The members of a group stand together in an area of their own, a broker on that side of it which faces those it ties;
whatever belongs to no group stands between the areas it is tied to, and isolates stand in a row at the bottom.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ecosystem import engines
from ecosystem.publish.layout.discs import Discs, place_in_discs
from ecosystem.publish.layout.model import Layout, Scene, place_isolates, scene
from ecosystem.publish.layout.seeding import seeded
from ecosystem.publish.packing import Floats, Ints, pack, spiral

__all__ = ["by_force", "layout"]

STRETCH = 1.2  # screens and labels are wider than high


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
    with seeded(seed):
        return by_force(scene(n, tails, heads, groups, strengths, communities=communities, radii=radii), central)


def by_force(given: Scene, central: Sequence[int] = ()) -> Layout:
    """Place a scene by force; `central` groups are drawn to the middle."""
    if not len(given):
        return Layout(np.zeros((0, 2)), np.zeros(0, dtype=np.int64))
    areas, by_community = _areas(given)
    middle = set() if by_community else set(central)

    def centres(discs: Discs) -> Floats:
        drawn_in = np.array([6.0 if area in middle else 1.0 for area in discs.areas])
        if discs.centres is not None:
            return pack(discs.centres, discs.radii + discs.margins, discs.pulls, drawn_in)
        start = _start(discs.pulls, discs.radii)
        return _widest_across(pack(start, discs.radii + discs.margins, discs.pulls, drawn_in), discs.radii)

    positions = place_in_discs(given, areas, centres, singles=True) * (STRETCH, 1.0)
    place_isolates(positions, given)
    return Layout(np.round(positions, 1) + 0.0, areas, by_community)


def _areas(given: Scene) -> tuple[Ints, bool]:
    """Return the area of each tied node: its group, or its community where groups say too little."""
    areas = np.where(given.tied, given.groups, -1)
    grouped = areas[areas >= 0]
    if len(np.unique(grouped)) > 1 and len(grouped) >= 0.4 * given.tied.sum():
        return areas, False
    found = given.communities if len(given.communities) else np.zeros_like(given.groups)
    return np.where(given.tied, found, -1), True


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
