"""Groups on a grid, the largest first, read as a text is: for comparing them rather than for what runs between them."""

from __future__ import annotations

import numpy as np

from ecosystem.publish.layout.discs import Discs, place_in_discs
from ecosystem.publish.layout.model import Layout, Scene, place_isolates
from ecosystem.publish.packing import Floats

__all__ = ["on_a_grid"]

SHAPE = 1.5  # so much wider than high, as screens are


def on_a_grid(given: Scene) -> Layout:
    """Place a scene with its groups in rows; what has no group comes last."""
    areas = np.where(given.tied, given.groups, -1)

    def centres(discs: Discs) -> Floats:
        reach = discs.radii + discs.margins
        order = np.lexsort((discs.areas, -reach, discs.areas < 0))
        width = max(float(np.sqrt((4 * reach**2).sum() * SHAPE)), 2 * float(reach.max()))
        found = np.zeros((len(reach), 2))
        left = top = height = 0.0
        for disc in order.tolist():
            if left and left + 2 * reach[disc] > width:
                left, top, height = 0.0, top + height, 0.0
            height = max(height, 2 * float(reach[disc]))
            found[disc] = left + reach[disc], top + height / 2
            left += 2 * float(reach[disc])
        return found

    positions = place_in_discs(given, areas, centres, singles=False)
    place_isolates(positions, given)
    return Layout(np.round(positions, 1) + 0.0, areas)
