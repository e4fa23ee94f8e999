"""How nodes and ties are drawn: as pyvis hands them to vis-network, or as columns for sigma.js.

Positions are ours, and stand with the rest that the page knows of a node.
"""

from __future__ import annotations

from typing import Any

from ecosystem.publish.columns import columns, packed
from ecosystem.publish.ghosts import ADDED, REMOVED
from ecosystem.publish.layout import node_radius
from ecosystem.publish.view import SHAPES, MapNode, MapTie, MapView

__all__ = ["chosen_renderer", "drawing_columns", "is_large", "network_data", "shape_of"]

DRAWN_AS = {"box": "square", "ellipse": "dot", "circle": "dot"}
# Radii that give shapes of one measure about the same area.
SHAPE_SCALE = {"square": 0.88, "diamond": 1.18, "triangle": 1.12, "triangleDown": 1.12, "star": 1.25, "hexagon": 1.04}
ARC = 0.14  # how far a tie bends that joins two places on the globe
CURVE, MOST_CURVE = 0.16, 0.7  # how far parallel ties bend away from each other
CANVAS_NODES, CANVAS_TIES = 400, 1000  # beyond either, a frame on a canvas may take more than the screen has time for
LARGE_NODES, LARGE_TIES = 1500, 6000  # beyond either, a page makes its tables when they are looked at
BENT = 20_000  # with more ties, parallel ones are drawn as one line
MANY_TIES = 600  # with more, each is drawn paler, so that nodes stay legible
PALEST = 0.06
HOLLOW_LINE = 2.2  # initiatives are drawn by their outline alone
# What is only supposed has a dashed line, what is supposed to be gone is pale.
GHOSTLY_NODES: dict[str, dict[str, Any]] = {
    ADDED: {"borderWidth": HOLLOW_LINE, "shapeProperties": {"borderDashes": [4, 3]}},
    REMOVED: {"opacity": 0.3, "shapeProperties": {"borderDashes": [1.5, 3]}},
}

Plain = dict[str, Any]


def network_data(view: MapView) -> tuple[list[Plain], list[Plain], Plain]:
    """Return nodes, edges and options for vis-network: positions are ours, so its physics stays off."""
    shapes = {kind.id: shape_of(kind.shape) for kind in view.kinds}
    nodes = [_vis_node(index, node, shapes.get(node.kind, "dot")) for index, node in enumerate(view.nodes)]
    edges = _edges(view)
    _bend_parallels(edges, view)
    return nodes, edges, OPTIONS


OPTIONS: Plain = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "selectable": False,
        "dragNodes": False,
        "keyboard": False,
        "zoomSpeed": 0.6,
    },
    "nodes": {"chosen": False, "borderWidth": 1.5},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "arrowStrikethrough": False,
        "chosen": False,
        "hoverWidth": 0,
        "selectionWidth": 0,
        "smooth": False,
    },
}


def drawing_columns(view: MapView) -> Plain:
    """Return what sigma.js needs to know of each tie beyond what the page knows: width, opacity, and the bent ones."""
    edges = _edges(view)
    if len(edges) <= BENT:
        _bend_parallels(edges, view)
    bends = [
        {"tie": index, "bend": edge["smooth"]["roundness"] * (1 if edge["smooth"]["type"] == "curvedCW" else -1)}
        for index, edge in enumerate(edges)
        if "smooth" in edge
    ]
    return {
        "renderer": "webgl",
        "width": {"packed": packed([edge["width"] for edge in edges])},
        "opacity": {"packed": packed([edge["opacity"] for edge in edges])},
        "bends": columns(bends),
    }


def chosen_renderer(view: MapView, asked: str = "auto") -> str:
    """Return which renderer draws a view: "canvas" or "webgl"; "auto" is the one that is smooth for its size."""
    if asked != "auto":
        return asked
    return "webgl" if len(view.nodes) > CANVAS_NODES or len(view.ties) > CANVAS_TIES else "canvas"


def is_large(view: MapView) -> bool:
    """Tell whether a page had better hold this view packed, and make its tables only where they are looked at."""
    return len(view.nodes) > LARGE_NODES or len(view.ties) > LARGE_TIES


def shape_of(name: str) -> str:
    """Return the shape that is drawn for a named one."""
    drawn = DRAWN_AS.get(name, name)
    return drawn if drawn in SHAPES else "dot"


def _edges(view: MapView) -> list[Plain]:
    number = {node.id: index for index, node in enumerate(view.nodes)}
    directed = {relation.id: relation.directed for relation in view.relations}
    weight, calm = _weights(view.ties), _calm(view)
    return [
        _vis_edge(
            index, (number[tie.source], number[tie.target]), tie, weight[index], calm, directed.get(tie.relation, False)
        )
        for index, tie in enumerate(view.ties)
    ]


def _calm(view: MapView) -> float:
    calm: float = (MANY_TIES / max(len(view.ties), 1)) ** 0.5
    return max(min(1.0, calm), PALEST)


def _bend_parallels(edges: list[Plain], view: MapView) -> None:
    """Bend ties that would lie on each other, and on the globe all that run from one place to another."""
    arcs = view.settings.get("layout") == "geographic"
    places = [node.country for node in view.nodes]
    beside: dict[tuple[int, int], list[int]] = {}
    for index, edge in enumerate(edges):
        ends = edge["from"], edge["to"]
        beside.setdefault((min(ends), max(ends)), []).append(index)
    for (one, other), parallel in beside.items():
        _bend(parallel, edges, ARC if arcs and places[one] != places[other] else 0.0)


def _vis_node(index: int, node: MapNode, shape: str) -> Plain:
    radius = node_radius(node.size, node.is_initiative) * SHAPE_SCALE.get(shape, 1.0)
    drawn = {"id": index, "x": node.x or 0.0, "y": node.y or 0.0, "shape": shape, "size": round(radius, 2)}
    drawn |= {"borderWidth": HOLLOW_LINE} if node.is_initiative else {}
    return drawn | GHOSTLY_NODES.get(node.ghost, {})


def _weights(ties: tuple[MapTie, ...]) -> list[float]:
    """Return how heavy each tie is drawn, from 0 to 1; ties of one strength all get the same middle weight."""
    heaviest = max((tie.strength for tie in ties), default=0.0)
    lightest = min((tie.strength for tie in ties), default=0.0)
    if heaviest <= 0 or heaviest == lightest:
        return [0.3] * len(ties)
    return [max(tie.strength, 0.0) / heaviest for tie in ties]


def _vis_edge(index: int, ends: tuple[int, int], tie: MapTie, share: float, calm: float, directed: bool) -> Plain:
    sure = min((item.confidence for item in tie.evidence if item.confidence is not None), default=1.0)
    edge: Plain = {"id": index, "from": ends[0], "to": ends[1], "width": round(1.0 + 1.4 * share, 2)}
    edge["opacity"] = round(calm * (0.4 + 0.4 * share) * (0.4 + 0.6 * min(max(sure, 0.0), 1.0)), 2)
    if not directed:
        edge["arrows"] = {"to": {"enabled": False}}
    if tie.ghost == ADDED:
        edge |= {"dashes": [6, 5], "width": 2.2, "opacity": 1.0}
    elif tie.ghost == REMOVED:
        edge |= {"dashes": [1.5, 4], "opacity": 0.3}
    return edge


def _bend(parallel: list[int], edges: list[Plain], more: float) -> None:
    """Bend the ties between one pair of nodes so that each can be seen and clicked, all of them by so much `more`."""
    for place, index in enumerate(parallel):
        edge = edges[index]
        offset = (place - (len(parallel) - 1) / 2) * min(CURVE, MOST_CURVE / len(parallel)) + more
        if abs(offset) < 1e-9:
            continue
        clockwise = (offset > 0) == (edge["from"] < edge["to"])
        edge["smooth"] = {
            "enabled": True,
            "type": "curvedCW" if clockwise else "curvedCCW",
            "roundness": round(abs(offset), 3),
        }
