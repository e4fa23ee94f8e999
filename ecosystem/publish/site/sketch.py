"""A picture of the map for the start page: plain SVG of what `place` laid out, without a script and without text."""

from __future__ import annotations

from typing import Final

from ecosystem.publish.layout import node_radius
from ecosystem.publish.palette import CANVAS, paint_rules
from ecosystem.publish.payload import colours, paint_names
from ecosystem.publish.view import MapView

__all__ = ["paints", "sketch"]

MOST: Final = 1_500  # nodes and ties that a picture of this size can still show
MARGIN: Final = 40


def sketch(view: MapView) -> str:
    """Return the map as SVG whose every part is a number or a class of ours; nothing where it would only be a blot."""
    placed = [node for node in view.nodes if node.x is not None and node.y is not None]
    if not placed or len(placed) > MOST or len(view.ties) > MOST * 2:
        return ""
    _, paint = colours(view)
    at = {node.id: (node.x or 0.0, node.y or 0.0) for node in placed}
    left, top = (min(place[axis] for place in at.values()) - MARGIN for axis in (0, 1))
    width, height = (max(place[axis] for place in at.values()) + MARGIN - low for axis, low in ((0, left), (1, top)))
    pairs = dict.fromkeys((tie.source, tie.target) for tie in view.ties if tie.source in at and tie.target in at)
    lines = "".join(
        "M{:.0f} {:.0f}L{:.0f} {:.0f}".format(*at[source], *at[target]) for source, target in pairs if source != target
    )
    marks = "".join(
        f'<circle cx="{node.x:.0f}" cy="{node.y:.0f}" r="{node_radius(node.size, node.is_initiative):.0f}" '
        f'class="{"hollow " if node.is_initiative else ""}p{number}"/>'
        for node, number in zip(view.nodes, paint, strict=True)
        if node.id in at
    )
    box = f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}"
    return f'<svg class="sketch" viewBox="{box}" aria-hidden="true"><path d="{lines}"/>{marks}</svg>'


def paints(view: MapView) -> str:
    """Return the colours of the picture as CSS, for a light and a dark page."""
    names = {name: colour for name, colour in paint_names(view).items() if name.startswith("p")}
    light, dark = (f"{paint_rules(names, theme)};--canvas:{CANVAS[theme]}" for theme in ("light", "dark"))
    classes = "".join(f".sketch .{name}{{fill:var(--{name});stroke:var(--{name}-line)}}" for name in names)
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}{classes}"
