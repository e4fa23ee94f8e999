"""On the globe: the members of a country about a point well inside it, countries moved apart no more than they must."""

from __future__ import annotations

import numpy as np

from ecosystem.publish.figures.globe import equal_earth
from ecosystem.publish.layout.discs import Discs, place_in_discs
from ecosystem.publish.layout.model import Layout, Scene, place_isolates
from ecosystem.publish.packing import Floats, Ints, spread

__all__ = ["on_the_globe"]

FULL = 0.2  # at most so much of the box about all countries is covered by their discs: room for what makes a map a map


def on_the_globe(given: Scene, points: Floats) -> Layout:
    """Place a scene by where its nodes are.

    Parameters
    ----------
    points
        Longitude and latitude of each node, shape (n, 2): the same for all of one country; NaN where it has none.
        Those stand together below the map.
    """
    countries = _countries(points)
    areas = np.where(given.tied, countries, -1)
    at = {int(area): points[place] for place, area in enumerate(countries.tolist()) if area >= 0}

    def centres(discs: Discs) -> Floats:
        reach = discs.radii + discs.margins
        found = np.zeros((len(reach), 2))
        mapped = np.flatnonzero(discs.areas >= 0)
        if len(mapped):
            found[mapped] = _on_paper(np.array([at[int(area)] for area in discs.areas[mapped]]), reach[mapped])
        for disc in np.flatnonzero(discs.areas < 0).tolist():
            floor = float((found[mapped, 1] + reach[mapped]).max()) if len(mapped) else 0.0
            middle = float((found[mapped, 0].max() + found[mapped, 0].min()) / 2) if len(mapped) else 0.0
            found[disc] = middle, floor + reach[disc]
        return found

    positions = place_in_discs(given, areas, centres, singles=False)
    place_isolates(positions, given)
    shown = np.where(given.tied & (countries >= 0), given.groups, -1)
    return Layout(np.round(positions, 1) + 0.0, shown)


def _countries(points: Floats) -> Ints:
    known = ~np.isnan(points[:, 0])
    countries = np.full(len(points), -1)
    if known.any():
        countries[known] = np.unique(points[known], axis=0, return_inverse=True)[1].reshape(-1)
    return countries


def _on_paper(points: Floats, reach: Floats) -> Floats:
    """Return centres on an Equal Earth map, so large that discs of radius `reach` find room, moved apart where not."""
    x, y = equal_earth(points[:, 0], points[:, 1])
    flat = np.column_stack((x, -y))
    flat -= (flat.max(axis=0) + flat.min(axis=0)) / 2
    extent = np.maximum(flat.max(axis=0) - flat.min(axis=0), 0.25)
    scale = float(np.sqrt(np.pi * (reach**2).sum() / FULL / (extent[0] * extent[1])))
    return spread(flat * scale, reach, reach**2, rounds=1200)
