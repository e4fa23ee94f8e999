"""Countries on a map, with arcs between those whose actors are tied: the wider, the more ties."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from ecosystem.publish.figures.globe import arc, equal_earth
from ecosystem.publish.figures.labels import Label, Labels
from ecosystem.publish.figures.outlines import Outline, outlines
from ecosystem.publish.figures.paper import INK, PAPER, Box, Paper, tint, width_of
from ecosystem.publish.figures.view import World
from ecosystem.publish.palette import PAINTS

if TYPE_CHECKING:
    from matplotlib.patches import Patch

__all__ = ["draw_world"]

Floats = NDArray[np.float64]
SEA, LAND, COAST = "#f1f5f7", "#dddfd9", "#ffffff"
OF_ACTORS, OF_TIES = PAINTS[0], PAINTS[1]
SOUTH, NORTH = -57.0, 84.0  # without Antarctica, unless an actor is there
REGION: Final = 0.5  # places within less than this share of the world's width are shown without the rest
LEAST_REGION: Final = 0.5  # of the globe's radius: how near a map may come
WIDEST_ARC: Final = 0.42  # in font sizes
MANY: Final = 8  # fewer ties are never drawn as wide as that
SHAPES: Final = (0.42, 0.85)  # a map is at least and at most so high as wide


def draw_world(figure: World, paper: Paper) -> float:
    """Draw the part of the world that has actors, and return where it ends."""
    known = outlines()
    box = paper.box
    low, high = _extent(figure, known)
    free = paper.size.height == 0
    shape = (high[1] - low[1]) / (high[0] - low[0])
    shape = min(max(shape, SHAPES[0]), SHAPES[1]) if low[0] > -2.5 else shape
    legend = 3.2 * paper.size.small
    height = min(box.width * shape, box.bottom - box.top - legend) if free else box.height - legend
    field = Box(box.left, box.top, box.right, box.top + height)
    chart = _Chart.fitting(field, low, high)
    frame = paper.rectangle(field, PAPER, zorder=0)
    _sea(chart, frame, paper)
    _land(figure, known, chart, frame, paper)
    widths = _arcs(figure, known, chart, frame, paper)
    _places(figure, known, chart, paper)
    return _legend(widths, max(place.actors for place in figure.places), field.bottom + 0.6 * paper.size.small, paper)


@dataclass(frozen=True, slots=True)
class _Chart:
    """Where the map's x and y lie on the paper."""

    field: Box
    scale: float
    middle: tuple[float, float]

    @classmethod
    def fitting(cls, field: Box, low: Floats, high: Floats) -> _Chart:
        scale = min(field.width / (high[0] - low[0]), field.height / (high[1] - low[1]))
        return cls(field, float(scale), (float(low[0] + high[0]) / 2, float(low[1] + high[1]) / 2))

    def at(self, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
        x, y = equal_earth(longitude, latitude)
        field = self.field
        across = (field.left + field.right) / 2 + (x - self.middle[0]) * self.scale
        return across, (field.top + field.bottom) / 2 - (y - self.middle[1]) * self.scale

    def point(self, point: tuple[float, float]) -> tuple[float, float]:
        x, y = self.at(np.array([point[0]]), np.array([point[1]]))
        return float(x[0]), float(y[0])


def _extent(figure: World, known: Mapping[str, Outline]) -> tuple[Floats, Floats]:
    """Return the lower left and upper right corner of the part of the world to show, in radii of the globe."""
    points = np.array([known[place.code].point for place in figure.places])
    south = min(SOUTH, float(points[:, 1].min()) - 4)
    edge_x, edge_y = equal_earth(np.array([-180.0, 180.0, 0.0, 0.0]), np.array([0.0, 0.0, south, NORTH]))
    low, high = np.array([edge_x[0], edge_y[2]]), np.array([edge_x[1], edge_y[3]])
    xs, ys = equal_earth(points[:, 0], points[:, 1])
    near, far = np.array([xs.min(), ys.min()]), np.array([xs.max(), ys.max()])
    reach = np.maximum(far - near, LEAST_REGION)
    if reach[0] * 1.25 > REGION * (high[0] - low[0]):
        return low, high
    middle = (near + far) / 2
    return middle - reach * 0.62, middle + reach * 0.62


def _sea(chart: _Chart, frame: Patch, paper: Paper) -> None:
    from matplotlib.patches import Polygon

    up = np.linspace(-90.0, 90.0, 91)
    x, y = chart.at(np.concatenate((np.full(91, -180.0), np.full(91, 180.0))), np.concatenate((up, up[::-1])))
    globe = Polygon(np.column_stack((x, y)).tolist(), closed=True, facecolor=SEA, linewidth=0, zorder=0.5)
    paper.axes.add_patch(globe)
    globe.set_clip_path(frame)


def _land(figure: World, known: Mapping[str, Outline], chart: _Chart, frame: Patch, paper: Paper) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    actors = {place.code: place.actors for place in figure.places}
    most = max(actors.values())
    # One path a colour, for a file is the larger and the slower to draw the more paths are clipped.
    drawn: dict[str, tuple[list[tuple[float, float]], list[np.uint8]]] = {}
    for code, outline in known.items():
        if code == "ATA" and code not in actors:
            continue
        share = (actors.get(code, 0) / most) ** 0.5
        colour = tint(OF_ACTORS, 0.16 + 0.34 * share) if code in actors else LAND
        corners, steps = drawn.setdefault(colour, ([], []))
        for ring in outline.rings:
            x, y = chart.at(ring[:, 0], ring[:, 1])
            corners += [*zip(x.tolist(), y.tolist(), strict=True), (float(x[0]), float(y[0]))]
            steps += [Path.MOVETO, *[Path.LINETO] * (len(ring) - 1), Path.CLOSEPOLY]
    for colour, (corners, steps) in drawn.items():
        if corners:
            path = Path(corners, steps)
            patch = PathPatch(path, facecolor=colour, edgecolor=COAST, linewidth=0.35, zorder=1, joinstyle="round")
            paper.axes.add_patch(patch)
            patch.set_clip_path(frame)


def _arcs(
    figure: World, known: Mapping[str, Outline], chart: _Chart, frame: Patch, paper: Paper
) -> list[tuple[int, float]]:
    """Draw the arcs, the widest first, and return (number of ties, width) for a legend."""
    most = max((pair.ties for pair in figure.arcs), default=1)
    widest = WIDEST_ARC * paper.size.text

    def width(ties: int) -> float:
        return max(widest * ties / max(most, MANY), 0.08 * paper.size.text)

    for pair in sorted(figure.arcs, key=lambda pair: (-pair.ties, pair.one, pair.other)):
        for longitudes, latitudes in arc(known[pair.one].point, known[pair.other].point):
            x, y = chart.at(longitudes, latitudes)
            line = paper.line(
                x.tolist(), y.tolist(), OF_TIES, width(pair.ties), alpha=0.62, zorder=3, solid_capstyle="round"
            )
            line.set_clip_path(frame)
    steps = sorted({1, round(most / 2), most} - {0}) if figure.arcs else []
    return [(ties, width(ties)) for ties in steps]


def _places(figure: World, known: Mapping[str, Outline], chart: _Chart, paper: Paper) -> None:
    """Draw a disc for each country, and the names that find room, those of most ties and actors first."""
    size = paper.size
    most = max(place.actors for place in figure.places)
    ties: dict[str, int] = {}
    for pair in figure.arcs:
        for code in (pair.one, pair.other):
            ties[code] = ties.get(code, 0) + pair.ties
    ranked = sorted(figure.places, key=lambda place: (-ties.get(place.code, 0), -place.actors, place.label))
    points = {place.code: chart.point(known[place.code].point) for place in ranked}
    radii = {place.code: _radius(place.actors, most, size.text) for place in ranked}
    for place in ranked[::-1]:
        paper.disc(*points[place.code], radii[place.code], OF_ACTORS, zorder=4)
    discs = [(*points[place.code], radii[place.code]) for place in ranked]
    labels = Labels(paper, chart.field, discs)
    for place in ranked:
        x, y = points[place.code]
        ways = tuple(tuple(paper.wrapped(place.label, size.small, room, most=2)) for room in (200.0, 7 * size.small))
        labels.write(Label(ways, x, y, radii[place.code], size.small, INK), may_cover=1.0)


def _radius(actors: int, most: int, text: float) -> float:
    return text * (0.12 + 0.4 * math.sqrt(actors / most))


def _legend(widths: list[tuple[int, float]], most: int, top: float, paper: Paper) -> float:
    """Say what the sizes of discs and the widths of arcs stand for, in one line or two; return where it ends."""
    font, text, box = paper.size.small, paper.size.text, paper.box
    x, line = box.left, top + 0.9 * font
    counts = sorted({1, round(most / 2), most} - {0})
    groups = [("actors", [(str(count), "disc", _radius(count, most, text)) for count in counts])]
    if widths:
        groups.append(("ties between countries", [(str(ties), "arc", width) for ties, width in widths]))
    for name, marks in groups:
        needed = sum(3.2 * font + width_of(said, font) for said, _, _ in marks) + width_of(name, font)
        if x > box.left and x + needed > box.right:
            x, line = box.left, line + 1.7 * font
        for said, mark, extent in marks:
            if mark == "disc":
                paper.disc(x + 0.75 * text, line, extent, OF_ACTORS)
            else:
                paper.line((x, x + 1.5 * text), (line, line), OF_TIES, extent, alpha=0.62, solid_capstyle="round")
            x = paper.text(x + 1.5 * text + 0.6 * font, line + 0.36 * font, said, font).right + 0.7 * font
        x = paper.text(x - 0.2 * font, line + 0.36 * font, name, font).right + 2 * font
    return line + 0.9 * font
