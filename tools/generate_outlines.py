"""Write ecosystem/publish/data/outlines.json: the outline of each country, and a point inside it, for maps in print.

Outlines are Natural Earth's (public domain), from the npm package world-atlas (ISC), made coarse enough to be small:
neighbours keep the same border, for each border is simplified once. Needs pycountry, which is no dependency of the
program: run this by hand, in an environment of its own.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m venv /tmp/outlines && /tmp/outlines/bin/pip install pycountry
    /tmp/outlines/bin/python tools/generate_outlines.py package
"""

from __future__ import annotations

import hashlib
import heapq
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pycountry

TARGET = Path(__file__).resolve().parent.parent / "ecosystem" / "publish" / "data" / "outlines.json"
DRAWN, FINEST = "countries-50m.json", "countries-10m.json"  # the second only for the points of what the first lacks
VERSION = "2.0.2"
LEAST_AREA = 0.013  # square degrees: a bend smaller than this is straightened
SMALLEST_ISLAND = 0.03  # square degrees: smaller ones are left out, unless the country has nothing larger

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[list[int]]  # rings of arc numbers, the outer ring first

# Natural Earth gives no code to what few states recognise. Kosovo has the code that its users agreed on; the others
# are drawn with the state whose territory the United Nations hold them to be.
UNCODED = {"Kosovo": "XKX", "N. Cyprus": "CYP", "Somaliland": "SOM", "Indian Ocean Ter.": "AUS"}

# Natural Earth draws these with another country: (drawn with, west, south, east, north) -> what they are in ISO 3166-1,
# and for Crimea what General Assembly resolution 68/262 says.
PARTS = {
    ("RUS", 32.0, 44.0, 36.8, 46.5): "UKR",
    ("FRA", -55.0, 2.0, -51.0, 6.0): "GUF",
    ("FRA", -62.0, 15.7, -61.0, 16.6): "GLP",
    ("FRA", -61.3, 14.3, -60.7, 15.0): "MTQ",
    ("FRA", 55.0, -21.5, 56.0, -20.8): "REU",
    ("FRA", 44.9, -13.1, 45.4, -12.5): "MYT",
    ("NOR", 10.0, 74.0, 35.0, 81.0): "SJM",
    ("NOR", 3.2, -54.6, 3.6, -54.3): "BVT",
    ("NLD", -68.6, 11.9, -62.9, 17.8): "BES",
    ("AUS", 105.4, -10.7, 105.9, -10.3): "CXR",
    ("AUS", 96.7, -12.3, 97.0, -11.7): "CCK",
    ("NZL", -172.7, -9.5, -171.0, -8.4): "TKL",
}


class Atlas:
    """A TopoJSON file: its arcs in degrees, and the polygons of each country as arc numbers."""

    def __init__(self, path: Path) -> None:
        self.sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        topology = json.loads(path.read_text(encoding="utf-8"))
        scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
        self.arcs = [_decoded(arc, scale, shift) for arc in topology["arcs"]]
        self.polygons: dict[str, list[Polygon]] = defaultdict(list)
        for shape in topology["objects"]["countries"]["geometries"]:
            country = _country(shape)
            found = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            for polygon in found:
                self.polygons[self._owner(country, polygon)].append(polygon)
        self.polygons.pop("", None)

    def rings(self, country: str, arcs: list[Ring], turn: float) -> list[Ring]:
        """Return the rings of a country over `arcs`; a border within it, between two of its polygons, falls away.

        `turn` is once around the globe in the unit of the arcs; rings are cut at the 180th meridian.
        """
        used = Counter(arc for polygon in self.polygons[country] for ring in polygon for arc in ring)
        kept = [arc for arc in used if ~arc not in used]
        return [piece for ring in _stitched(kept, arcs) for piece in _cut(ring, turn)]

    def _owner(self, country: str, polygon: Polygon) -> str:
        xs, ys = zip(*_ring(polygon[0], self.arcs), strict=True)
        for (drawn_with, west, south, east, north), owner in PARTS.items():
            inside = west <= min(xs) and max(xs) <= east and south <= min(ys) and max(ys) <= north
            if country == drawn_with and inside:
                return owner
        return country


def main(folder: Path) -> None:
    """Write the file, whole or not at all."""
    atlas, finest = Atlas(folder / DRAWN), Atlas(folder / FINEST)
    coarse = [_rounded(_simplified(arc)) for arc in atlas.arcs]
    codes = sorted({country.alpha_3 for country in pycountry.countries} | {"XKX"})
    countries = {}
    for code in codes:
        source = atlas if code in atlas.polygons else finest
        if code not in source.polygons:
            print(f"No outline: {code}", file=sys.stderr)  # noqa: T201
            continue
        exact = max(source.rings(code, source.arcs, 360), key=lambda ring: abs(_area(ring)))
        rings = [ring for ring in atlas.rings(code, coarse, 3600) if len(ring) > 3] if source is atlas else []
        rings.sort(key=lambda ring: -abs(_area(ring)))
        kept = [ring for place, ring in enumerate(rings) if place == 0 or abs(_area(ring)) >= SMALLEST_ISLAND * 100]
        point = _inmost(exact)
        countries[code] = {"point": [round(at, 2) for at in point], "rings": [_encoded(ring) for ring in kept]}
    document = {
        "source": "Natural Earth 4.1 (public domain), simplified, from the npm package world-atlas (ISC)",
        "version": VERSION,
        "sha256": {DRAWN: atlas.sha256, FINEST: finest.sha256},
        "rings": "tenths of a degree: longitude and latitude of the first corner, then the steps from each to the next",
        "countries": countries,
    }
    lines = json.dumps(document, separators=(",", ":"), sort_keys=False).replace('},"', '},\n"')
    unfinished = TARGET.with_suffix(".json.new")
    unfinished.write_text(lines + "\n", encoding="utf-8", newline="\n")
    unfinished.replace(TARGET)


def _country(shape: dict[str, Any]) -> str:
    if "id" not in shape:
        return UNCODED.get(shape["properties"]["name"], "")
    found = pycountry.countries.get(numeric=str(shape["id"]).zfill(3))
    return found.alpha_3 if found else UNCODED.get(shape["properties"]["name"], "")


def _decoded(arc: list[list[int]], scale: list[float], shift: list[float]) -> Ring:
    x = y = 0
    points = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return points


def _directed(arc: int, arcs: list[Ring]) -> Ring:
    return arcs[arc] if arc >= 0 else arcs[~arc][::-1]


def _ring(numbers: Iterable[int], arcs: list[Ring]) -> Ring:
    """Return the corners of a ring, the first not repeated."""
    return [point for number in numbers for point in _directed(number, arcs)[:-1]]


def _stitched(numbers: list[int], arcs: list[Ring]) -> Iterator[Ring]:
    """Join arcs end to end into rings."""
    starting: dict[Point, list[int]] = defaultdict(list)
    for number in sorted(numbers, reverse=True):
        starting[_directed(number, arcs)[0]].append(number)
    while any(starting.values()):
        first = min(number for waiting in starting.values() for number in waiting)
        starting[_directed(first, arcs)[0]].remove(first)
        chain = [first]
        while _directed(chain[-1], arcs)[-1] != _directed(first, arcs)[0]:
            chain.append(starting[_directed(chain[-1], arcs)[-1]].pop())
        yield _without_repeats(_ring(chain, arcs))


def _cut(ring: Ring, turn: float) -> Iterator[Ring]:
    """Yield the pieces of a ring that lie within half a turn to the east and to the west."""
    half, shift, unrolled = turn / 2, 0.0, [ring[0]]
    for (ax, _), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        shift += turn * ((bx - ax < -half) - (bx - ax > half))
        unrolled.append((bx + shift, by))
    if shift:  # around a pole: the ring is closed along it
        pole = -turn / 4
        unrolled += [(unrolled[-1][0], pole), (unrolled[0][0], pole)]
    else:
        unrolled.pop()
    for number in (-1, 0, 1):
        moved = [(x - number * turn, y) for x, y in unrolled]
        piece = _clipped([(-x, y) for x, y in _clipped(moved, half)], half)
        if len(piece) > 2:
            yield _without_repeats([(-x, y) for x, y in piece])


def _clipped(ring: Ring, edge: float) -> Ring:
    """Return what of a ring lies to the west of an edge (Sutherland & Hodgman 1974)."""
    kept: Ring = []
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if ax <= edge:
            kept.append((ax, ay))
        if (ax < edge < bx) or (bx < edge < ax):
            kept.append((edge, float(round(ay + (by - ay) * (edge - ax) / (bx - ax), 6))))
    return kept


def _simplified(arc: Ring) -> Ring:
    """Return an arc without its smallest bends (Visvalingam & Whyatt 1993); its ends stay, for they join others."""
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    gone = [False] * len(arc)
    # Towards the poles a degree of longitude is short, and a bend matters less.
    bends = [(_bend(arc, at - 1, at, at + 1), at) for at in range(1, len(arc) - 1)]
    current = {at: bend for bend, at in bends}
    heapq.heapify(bends)
    closed, left = arc[0] == arc[-1], len(arc)
    while bends:
        bend, at = heapq.heappop(bends)
        if gone[at] or current[at] != bend:
            continue
        if bend >= LEAST_AREA or (closed and left <= 5):
            break
        gone[at], left = True, left - 1
        after[before[at]], before[after[at]] = after[at], before[at]
        for other in (before[at], after[at]):
            if 0 < other < len(arc) - 1:
                # No bend counts for less than one that was straightened beside it.
                current[other] = max(bend, _bend(arc, before[other], other, after[other]))
                heapq.heappush(bends, (current[other], other))
    return [point for point, dropped in zip(arc, gone, strict=True) if not dropped]


def _bend(arc: Ring, one: int, two: int, three: int) -> float:
    (ax, ay), (bx, by), (cx, cy) = arc[one], arc[two], arc[three]
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 * math.cos(math.radians(by))


def _rounded(arc: Ring) -> Ring:
    return _without_repeats([(float(round(x * 10)), float(round(y * 10))) for x, y in arc], least=2)


def _without_repeats(points: Ring, least: int = 0) -> Ring:
    kept = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
    return kept if len(kept) >= least else [points[0], points[-1]]


def _encoded(ring: Ring) -> list[int]:
    flat: list[int] = []
    x = y = 0
    for right, up in ring:
        flat += (round(right) - x, round(up) - y)
        x, y = round(right), round(up)
    return flat


def _area(ring: Ring) -> float:
    """Return the signed area in square degrees of a ring of degrees, or in hundredths of one of tenths."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _inmost(ring: Ring, steps: int = 10) -> Point:
    """Return the point of a grid inside the ring that is furthest from its border, looked at more closely twice."""
    xs, ys = zip(*ring, strict=True)
    west, east, south, north = min(xs), max(xs), min(ys), max(ys)
    best: tuple[float, Point] = (-math.inf, ((west + east) / 2, (south + north) / 2))
    for _ in range(3):
        for column in range(1, steps):
            for row in range(1, steps):
                point = (west + (east - west) * column / steps, south + (north - south) * row / steps)
                best = max(best, (_depth(point, ring), point))
        across, up = (east - west) / steps, (north - south) / steps
        (x, y) = best[1]
        west, east, south, north = x - across, x + across, y - up, y + up
    return best[1]


def _depth(point: Point, ring: Ring) -> float:
    """Return how far inside the ring a point lies, in degrees of latitude; below 0 outside."""
    x, y = point
    narrow = max(math.cos(math.radians(y)), 0.01)
    inside, nearest = False, math.inf
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
        right, up = (bx - ax) * narrow, by - ay
        length = right * right + up * up
        share = min(max((((x - ax) * narrow) * right + (y - ay) * up) / length, 0.0), 1.0) if length else 0.0
        nearest = min(nearest, math.hypot((x - ax) * narrow - share * right, y - ay - share * up))
    return nearest if inside else -nearest


if __name__ == "__main__":
    main(Path(sys.argv[1]))
