"""From longitude and latitude to a flat map: the Equal Earth projection, and arcs between two points."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["arc", "equal_earth"]

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


def arc(one: tuple[float, float], other: tuple[float, float], steps: int = 65) -> list[tuple[Floats, Floats]]:
    """Return an arc between two (longitude, latitude) points as (longitudes, latitudes).

    It goes the shorter way round and bends half as far towards the pole as the great circle does, so that it shows the
    way and stays on the map. In one piece, or in two where it crosses the 180th meridian; each piece then ends there.

    >>> way = arc((0.0, 50.0), (90.0, 50.0), steps=3)
    >>> len(way), way[0][0].tolist(), way[0][1].round(1).tolist()
    (1, [0.0, 45.0, 90.0], [50.0, 54.7, 50.0])
    >>> [piece[0].tolist() for piece in arc((170.0, 0.0), (-170.0, 0.0), steps=5)]
    [[170.0, 175.0, 180.0], [-180.0, -175.0, -170.0]]
    """
    turn = (other[0] - one[0] + 180.0) % 360.0 - 180.0
    share = np.linspace(0.0, 1.0, steps)
    longitude, straight = one[0] + turn * share, one[1] + (other[1] - one[1]) * share
    latitude = straight
    if 1e-6 < abs(turn) < 179.0:  # else the great circle is a meridian
        start, end, whole = np.radians(one[1]), np.radians(other[1]), np.radians(turn)
        rise = np.tan(start) * np.sin(whole * (1 - share)) + np.tan(end) * np.sin(whole * share)
        latitude = (straight + np.degrees(np.arctan(rise / np.sin(whole)))) / 2
    edge = float(np.copysign(180.0, turn))
    beyond = np.abs(longitude) > 180.0
    if not beyond.any():
        return [(longitude, latitude)]
    cut = int(np.argmax(beyond))
    across = float(np.interp(abs(edge), np.abs(longitude[cut - 1 : cut + 1]), latitude[cut - 1 : cut + 1]))
    return [
        _joined((longitude[:cut], latitude[:cut]), (edge, across)),
        _joined((longitude[cut:] - 2 * edge, latitude[cut:]), (-edge, across), first=True),
    ]


def _joined(piece: tuple[Floats, Floats], point: tuple[float, float], *, first: bool = False) -> tuple[Floats, Floats]:
    """Return a piece with a point at its end, or at its beginning, unless it is there already."""
    longitude, latitude = piece
    at = 0 if first else len(longitude)
    if longitude[0 if first else -1] == point[0]:
        return piece
    return np.insert(longitude, at, point[0]), np.insert(latitude, at, point[1])
