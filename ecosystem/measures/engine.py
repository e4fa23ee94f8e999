"""igraph as the engine of the measures that it does well, without its surprises."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ecosystem import engines
from ecosystem.collection import collection_paused
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import tails_of

if TYPE_CHECKING:
    import igraph

__all__ = ["seeded", "to_igraph"]


def to_igraph(network: SimpleNetwork) -> igraph.Graph:
    """Return the network as an igraph graph with edge attribute `strength`: undirected if it is symmetric."""
    tails, heads, strengths = tails_of(network), network.indices, network.strengths
    if network.symmetric:
        once = tails < heads
        tails, heads, strengths = tails[once], heads[once], strengths[once]
    with collection_paused():
        # Of all that igraph takes, it goes through pairs of Python's numbers fastest, arrays included.
        edges = zip(tails.tolist(), heads.tolist(), strict=True)
        graph = engines.igraph().Graph(n=len(network), edges=edges, directed=not network.symmetric)
        graph.es["strength"] = strengths.tolist()
    return graph


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Let igraph draw from a generator of its own; otherwise it draws from the caller's, Python's `random`."""
    igraph = engines.igraph()
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - reproducible, not secret
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
