"""From longitude and latitude to a flat map: the Equal Earth projection, and the shortest way between two points."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["equal_earth", "great_circle"]

Floats = NDArray[np.float64]
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M: Final = np.sqrt(3) / 2


def equal_earth(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """Return x (to the east) and y (to the north) in radii of the globe (Šavrič, Patterson & Jenny 2018).

    Areas are true to each other everywhere. Doi 10.1080/13658816.2018.1504949.

    >>> x, y = equal_earth(np.array([180.0]), np.array([90.0]))
    >>> round(float(equal_earth(np.array([180.0]), np.array([0.0]))[0][0]), 4), round(float(y[0]), 4)
    (2.7066, 1.3174)
    """
    theta = np.arcsin(M * np.sin(np.radians(latitude)))
    square = theta * theta
    sixth = square**3
    x = np.radians(longitude) * np.cos(theta) / (M * (A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)))
    y = theta * (A1 + A2 * square + sixth * (A3 + A4 * square))
    return x, y


def great_circle(one: tuple[float, float], other: tuple[float, float], steps: int = 64) -> list[tuple[Floats, Floats]]:
    """Return the shortest way between two (longitude, latitude) points as (longitudes, latitudes).

    In one piece, or in two where it crosses the 180th meridian; each piece then ends there.

    >>> way = great_circle((0.0, 0.0), (90.0, 0.0), steps=3)
    >>> len(way), way[0][0].round(1).tolist()
    (1, [0.0, 45.0, 90.0])
    >>> [len(piece) for piece in great_circle((170.0, 0.0), (-170.0, 0.0), steps=5)]
    [2, 2]
    """
    start, end = _on_sphere(one), _on_sphere(other)
    angle = float(np.arccos(np.clip(start @ end, -1.0, 1.0)))
    share = np.linspace(0.0, 1.0, steps)[:, None]
    if angle < 1e-9 or np.pi - angle < 1e-9:  # no way at all, or any: the straight line on the map will do
        points = np.column_stack([one, other]).T
        return [(points[:, 0], points[:, 1])]
    way = (np.sin((1 - share) * angle) * start + np.sin(share * angle) * end) / np.sin(angle)
    longitude = np.degrees(np.arctan2(way[:, 1], way[:, 0]))
    latitude = np.degrees(np.arcsin(np.clip(way[:, 2], -1.0, 1.0)))
    jumps = np.flatnonzero(np.abs(np.diff(longitude)) > 180)
    if not len(jumps):
        return [(longitude, latitude)]
    cut = int(jumps[0])
    edge = float(np.copysign(180.0, longitude[cut]))
    beyond = longitude[cut + 1] + 2 * edge
    across = latitude[cut] + (latitude[cut + 1] - latitude[cut]) * (edge - longitude[cut]) / (beyond - longitude[cut])
    return [
        (np.append(longitude[: cut + 1], edge), np.append(latitude[: cut + 1], across)),
        (np.insert(longitude[cut + 1 :], 0, -edge), np.insert(latitude[cut + 1 :], 0, across)),
    ]


def _on_sphere(point: tuple[float, float]) -> Floats:
    longitude, latitude = np.radians(point)
    return np.array([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)])
