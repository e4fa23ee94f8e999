"""In layers: a row for each kind, and in it each node near those above and below that it is tied to."""

from __future__ import annotations

import numpy as np

from ecosystem.publish.layout.model import Layout, Scene, place_isolates
from ecosystem.publish.packing import Floats, Ints

__all__ = ["in_layers"]

SWEEPS = 24
SHAPE = 1.5  # so much wider than high at least
WIDER = 1.1  # a step towards that
BETWEEN = 3.2  # gaps between two layers, beyond what their nodes need
WITHIN = 0.6  # gaps between two lines of one layer


def in_layers(given: Scene, layers: Ints) -> Layout:
    """Place a scene in layers, numbered from the top; a layer that is too long is broken into lines."""
    tied = np.flatnonzero(given.tied)
    positions = np.zeros((len(given), 2))
    if len(tied):
        rank = _swept(given, layers, tied)
        members = [tied[layers[tied] == layer] for layer in np.unique(layers[tied]).tolist()]
        rows = [nodes[np.argsort(rank[nodes], kind="stable")] for nodes in members]
        width = float((2 * given.sizes[tied] + given.gap).max())
        while (height := _stack(given, rows, width, positions)) * SHAPE > width:
            width = max(width * WIDER, min(height * SHAPE, width * 2))
    place_isolates(positions, given)
    return Layout(np.round(positions, 1) + 0.0, np.full(len(given), -1))


def _stack(given: Scene, rows: list[Ints], width: float, positions: Floats) -> float:
    """Place the layers below each other, no wider than `width`; return how high they are together."""
    top = 0.0
    for row in rows:
        top = _line_up(given, row, width, top, positions) + BETWEEN * given.gap
    return top


def _swept(given: Scene, layers: Ints, tied: Ints) -> Floats:
    """Return where in its layer each node belongs, 0 … 1: again and again by the mean of those it is tied to."""
    ties, count = given.ties, len(given)
    across = layers[ties.tails] != layers[ties.heads]
    tails, heads, strengths = ties.tails[across], ties.heads[across], ties.strengths[across]
    weight = np.bincount(tails, strengths, count) + np.bincount(heads, strengths, count)
    rank = np.zeros(count)
    groups = np.where(given.groups < 0, given.groups.max(initial=0) + 1, given.groups)
    order = np.lexsort((np.arange(count), groups))  # groups side by side to begin with
    rank[order] = np.linspace(0.0, 1.0, count)
    for _ in range(SWEEPS):
        drawn = np.bincount(tails, strengths * rank[heads], count) + np.bincount(heads, strengths * rank[tails], count)
        mean = np.where(weight > 0, drawn / np.maximum(weight, 1e-12), rank)
        wanted = 0.5 * rank + 0.5 * mean
        for layer in np.unique(layers[tied]).tolist():
            members = tied[layers[tied] == layer]
            sorted_members = members[np.argsort(wanted[members], kind="stable")]
            rank[sorted_members] = (np.arange(len(members)) + 0.5) / len(members)
    return rank


def _line_up(given: Scene, members: Ints, width: float, top: float, positions: Floats) -> float:
    """Place a layer's nodes in lines, column by column so that neighbours stay near; return where it ends."""
    rooms = 2 * given.sizes[members] + given.gap
    lines = max(int(np.ceil(rooms.sum() / width)), 1)
    for number in range(lines):
        line = members[number::lines]
        room = rooms[number::lines]
        height = float(2 * given.sizes[line].max()) if len(line) else 0.0
        spare = max((width - float(room.sum())) / max(len(line), 1), 0.0)
        ends = np.cumsum(room + spare)
        positions[line, 0] = ends - (room + spare) / 2 - width / 2
        positions[line, 1] = top + height / 2
        top += height + WITHIN * given.gap
    return top
