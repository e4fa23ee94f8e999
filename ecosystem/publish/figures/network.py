"""The network as it lies on the map page: areas, ties, dots, and the names that find room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ecosystem.publish.figures.labels import Label, Labels
from ecosystem.publish.figures.paper import INK, QUIET, Box, Paper, tint
from ecosystem.publish.figures.view import Dot, Drawing
from ecosystem.publish.palette import FULL, OTHER, PAINTS, legible

__all__ = ["draw_network"]

Floats = NDArray[np.float64]
STRETCH: Final = 1.55  # how much wider than it was laid out a network may be drawn
TALLEST: Final = 0.92  # the height where the paper's is free, as a share of the width
NAMES: Final = {"slide": 36, "page": 40, "column": 18}  # more are not read
MANY_TIES: Final = 20_000  # more are drawn as one picture inside an SVG or PDF
INSET: Final = 0.025  # of the height, kept for the grounds of areas, which reach beyond their dots
SMALLEST_DOT: Final = 0.9


def draw_network(figure: Drawing, paper: Paper) -> float:
    """Draw a network, and return where it ends."""
    box = paper.box
    colours = [*PAINTS[:FULL], OTHER]
    entries = [
        (colours[number], f"{group.label} ({group.count:,})") for number, group in enumerate(figure.groups[:FULL])
    ]
    others = figure.groups[FULL:]
    if others:
        count = sum(group.count for group in others)
        entries.append((OTHER, others[0].label if len(others) == 1 else f"{len(others)} others ({count:,})"))
    if any(dot.is_initiative for dot in figure.dots):
        entries.append((f"o{QUIET}", "ring: initiative"))
    top = paper.legend(box, entries)
    height = box.bottom - top if paper.size.height else min(box.bottom - top, box.width * TALLEST)
    field = Box(box.left, top, box.right, top + height)
    place = _fitted(figure, field)
    _areas(figure, place, paper)
    _ties(figure, place, paper)
    rings = [dot.is_initiative for dot in figure.dots]
    paper.discs(place.points, place.radii, [_colour(dot) for dot in figure.dots], rings)
    return max(place.bottom, _names(figure, place, field, paper))


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where dots lie on the paper, how large they are, and where the lowest ends."""

    points: list[tuple[float, float]]
    radii: list[float]
    bottom: float


def _fitted(figure: Drawing, field: Box) -> _Placed:
    """Fit the layout into the field; to the sides it may be stretched, dots stay round."""
    at = np.array([(dot.x, dot.y) for dot in figure.dots])
    radius = np.array([dot.radius for dot in figure.dots])
    low, high = (at - radius[:, None]).min(axis=0), (at + radius[:, None]).max(axis=0)
    span = np.maximum(high - low, 1e-9)
    inset = INSET * field.height if figure.areas else 0.0
    scale = min((field.height - 2 * inset) / span[1], (field.width - 2 * inset) / span[0], 1.6)
    wide = min((field.width - 2 * inset) / span[0] / scale, STRETCH)
    points = (at - (low + high) / 2) * (scale * wide, scale)
    points += ((field.left + field.right) / 2, field.top + inset + span[1] * scale / 2)
    radii = np.maximum(radius * scale, SMALLEST_DOT)
    lowest = float((points[:, 1] + radii).max())
    return _Placed([(float(x), float(y)) for x, y in points], radii.tolist(), lowest + inset)


def _areas(figure: Drawing, place: _Placed, paper: Paper) -> None:
    """Draw a soft ground below the members of each area."""
    from matplotlib.patches import Ellipse

    for number in range(len(figure.areas)):
        members = [at for at, dot in enumerate(figure.dots) if dot.area == number]
        if len(members) < 2:
            continue
        points = np.array([place.points[at] for at in members])
        spread = max(place.radii[at] for at in members) + 3
        low, high = points.min(axis=0) - spread, points.max(axis=0) + spread
        # The ellipse about the box of the members would be too large: the corners are seldom taken.
        middle, half = (low + high) / 2, (high - low) / 2
        reach = np.sqrt((((points - middle) / half) ** 2).sum(axis=1)).max() + spread / half.max() * 0.5
        colour = _colour(figure.dots[members[0]])
        ground = Ellipse(
            (float(middle[0]), float(middle[1])),
            *(2 * half * max(reach, 0.75)).tolist(),
            facecolor=tint(colour, 0.1),
            edgecolor=tint(colour, 0.3),
            linewidth=0.5,
            zorder=1,
        )
        paper.axes.add_patch(ground)


def _colour(dot: Dot) -> str:
    return PAINTS[dot.group] if 0 <= dot.group < FULL else OTHER


def _ties(figure: Drawing, place: _Placed, paper: Paper) -> None:
    from matplotlib.collections import LineCollection

    if not figure.ties:
        return
    calm = min(1.0, (220 / len(figure.ties)) ** 0.4)
    thin = paper.size.text / 13
    drawn = LineCollection(
        [(place.points[one], place.points[other]) for one, other, _ in figure.ties],
        linewidths=[(0.25 + 0.75 * calm) * thin * min(strength, 4) ** 0.5 for _, _, strength in figure.ties],
        colors=QUIET,
        alpha=0.12 + 0.38 * calm,
        zorder=3,
        rasterized=len(figure.ties) > MANY_TIES,
    )
    paper.axes.add_collection(drawn)


def _names(figure: Drawing, place: _Placed, field: Box, paper: Paper) -> float:
    """Write the names of the dots that matter most, the areas', then more; return where the lowest ends."""
    size = paper.size
    discs = [(x, y, radius) for (x, y), radius in zip(place.points, place.radii, strict=True)]
    labels = Labels(paper, Box(field.left, field.top, field.right, field.bottom), discs)
    order = sorted(range(len(figure.dots)), key=lambda at: (-figure.dots[at].size, figure.dots[at].names, at))
    few = order[: 5 if size.narrow else 10]
    written = _dots(figure, place, few, labels, paper)
    for number, name in enumerate(figure.areas):
        members = [at for at, dot in enumerate(figure.dots) if dot.area == number]
        if not members:
            continue
        points = np.array([place.points[at] for at in members])
        x, y = (points.min(axis=0) + points.max(axis=0)) / 2
        radius = float((points[:, 1].max() - points[:, 1].min()) / 2) + max(place.radii[at] for at in members) + 2
        colour = legible(_colour(figure.dots[members[0]]), "#ffffff", 4.5)
        lines = (paper.shortened(name, size.small, field.width * 0.3, bold=True),)
        label = Label((lines,), float(x), float(y), radius, size.small, colour, bold=True)
        labels.write(label, may_cover=1.5)
    _dots(figure, place, order[len(few) : 4 * NAMES[size.name]], labels, paper, NAMES[size.name] - written)
    return labels.lowest


def _dots(figure: Drawing, place: _Placed, chosen: list[int], labels: Labels, paper: Paper, most: int = 1_000) -> int:
    """Write the names of up to `most` of the chosen dots; return how many were written."""
    size = paper.size
    room = size.text * (12 if size.narrow else 15)
    written = 0
    for at in chosen:
        if written >= most:
            break
        dot, (x, y) = figure.dots[at], place.points[at]
        font = size.small * (1.0 if dot.size > 0.25 else 0.9)
        ways = [tuple(paper.wrapped(name, font, room, most=3)) for name in dot.names]
        if not ways[0]:
            continue
        label = Label(tuple(ways), x, y, place.radii[at], font, INK if dot.size > 0.25 else QUIET)
        written += labels.write(label, may_cover=2.5 if len(figure.dots) < 200 else 6)
    return written
