"""igraph as the engine of the measures that it does well, without its surprises."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import tails_of

if TYPE_CHECKING:
    import igraph

__all__ = ["seeded", "to_igraph"]


def to_igraph(network: SimpleNetwork) -> igraph.Graph:
    """Return the network as an igraph graph with edge attribute `strength`: undirected if it is symmetric."""
    import igraph

    tails, heads = tails_of(network), network.indices
    chosen = tails < heads if network.symmetric else np.ones(len(heads), bool)
    edges = np.column_stack([tails[chosen], heads[chosen]])
    graph = igraph.Graph(n=len(network), edges=edges, directed=not network.symmetric)
    graph.es["strength"] = network.strengths[chosen].tolist()
    return graph


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Let igraph draw from a generator of its own; otherwise it draws from the caller's, Python's `random`."""
    import igraph

    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - reproducible, not secret
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
