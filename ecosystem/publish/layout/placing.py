"""Every way of placing a map's nodes, by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ecosystem.collection import collection_paused
from ecosystem.errors import PublishError
from ecosystem.publish.layout.force import by_force
from ecosystem.publish.layout.geographic import on_the_globe
from ecosystem.publish.layout.layered import in_layers
from ecosystem.publish.layout.model import Layout, Scene, node_radius, scene
from ecosystem.publish.layout.ring import on_a_circle
from ecosystem.publish.layout.rows import on_a_grid
from ecosystem.publish.layout.seeding import seeded

if TYPE_CHECKING:
    from ecosystem.publish.view import MapView

__all__ = ["LAYOUTS", "place"]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A view that is to be placed, with the code of each country that it names (ISO 3166-1 alpha-3)."""

    view: MapView
    scene: Scene
    countries: Mapping[str, str]


@collection_paused()
def place(
    view: MapView, seed: int = 1, *, layout: str = "force", countries: Mapping[str, str] | None = None
) -> MapView:
    """Return the view with a position and an area for every node.

    Areas are the view's groups; where hardly any node has a group, or groups are but kinds, the communities of its
    nodes take their place. Layout and seed are told among the view's settings.

    Parameters
    ----------
    layout
        One of `LAYOUTS`.
    countries
        The ISO 3166-1 alpha-3 code of each country by its name in the view; "geographic" alone needs them.

    Raises
    ------
    PublishError
        If there is no such layout, or none of its nodes has a place in it.
    """
    if layout not in LAYOUTS:
        raise PublishError(f"There is no layout {layout!r}.", hint=f"Choose one of {', '.join(LAYOUTS)}.")
    with seeded(seed):
        found = LAYOUTS[layout](_Asked(view, _scene(view), countries or {}))
    nodes = tuple(
        replace(node, x=x, y=y, area=area if area >= 0 else None)
        for node, (x, y), area in zip(view.nodes, found.positions.tolist(), found.areas.tolist(), strict=True)
    )
    return replace(view, nodes=nodes, settings={**view.settings, "layout": layout, "layout seed": str(seed)})


def _scene(view: MapView) -> Scene:
    number = {node.id: index for index, node in enumerate(view.nodes)}
    groups = () if view.groups_are_kinds else view.grouping.groups
    group_number = {group.id: index for index, group in enumerate(groups)}
    return scene(
        len(view.nodes),
        [number[tie.source] for tie in view.ties],
        [number[tie.target] for tie in view.ties],
        [group_number.get(node.group, -1) for node in view.nodes],
        [tie.strength for tie in view.ties],
        communities=[-1 if node.community is None else node.community for node in view.nodes],
        radii=[node_radius(node.size, node.is_initiative) for node in view.nodes],
    )


def _force(asked: _Asked) -> Layout:
    groups = () if asked.view.groups_are_kinds else asked.view.grouping.groups
    return by_force(asked.scene, [index for index, group in enumerate(groups) if group.central])


def _geographic(asked: _Asked) -> Layout:
    from ecosystem.publish.figures.outlines import outlines

    known = outlines()
    codes = [asked.countries.get(node.country, "") for node in asked.view.nodes]
    points = [known[code].point if code in known else (np.nan, np.nan) for code in codes]
    if not any(code in known for code in codes):
        raise PublishError("No node of this map has a country that is on the globe.", hint="Choose another layout.")
    return on_the_globe(asked.scene, np.array(points))


def _layered(asked: _Asked) -> Layout:
    order = {kind.id: (kind.order, kind.label, kind.id) for kind in asked.view.kinds}
    branch = {kind.id: kind.branch or kind.label for kind in asked.view.kinds}
    first: dict[str, tuple[int, str, str]] = {}
    for kind in sorted(order, key=lambda one: order[one]):
        first.setdefault(branch[kind], order[kind])
    row = {name: number for number, name in enumerate(sorted(first, key=lambda one: first[one]))}
    return in_layers(asked.scene, np.array([row[branch[node.kind]] for node in asked.view.nodes], dtype=np.int64))


LAYOUTS: dict[str, Callable[[_Asked], Layout]] = {
    "force": _force,
    "circle": lambda asked: on_a_circle(asked.scene),
    "grid": lambda asked: on_a_grid(asked.scene),
    "geographic": _geographic,
    "layered": _layered,
}
