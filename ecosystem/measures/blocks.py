"""The tree of blocks and cut points: how many actors hang on each cut point, and on which side of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from ecosystem import engines
from ecosystem.measures.engine import to_igraph
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import tails_of

__all__ = ["Blocks", "blocks_of"]


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of an undirected network: sets of actors that hold together whichever single one is taken away.

    Parameters
    ----------
    members
        The actors of each block; a cut point is in several.
    part_sizes
        For each block, the number of actors in its connected part.
    through
        For each cut point and each of its blocks, the number of actors that it reaches through that block only.
    """

    members: list[list[int]]
    part_sizes: list[int]
    through: dict[int, dict[int, int]]

    def pieces(self) -> dict[int, list[int]]:
        """Return the sizes of the parts that each cut point's going would leave."""
        return {cut: list(sizes.values()) for cut, sizes in self.through.items()}

    def bridges(self) -> Iterator[tuple[int, int, int]]:
        """Yield the ends of each bridge, and how many actors are on its smaller side."""
        for block, ends in enumerate(self.members):
            if len(ends) == 2:
                a, b = ends
                total = self.part_sizes[block]
                beyond = self.through[a][block] if a in self.through else total - 1
                yield a, b, min(beyond, total - beyond)


def blocks_of(network: SimpleNetwork) -> Blocks:
    """Return the blocks of a symmetric network, in time proportional to its actors and ties."""
    graph = to_igraph(network)
    # What igraph says is a tree of ties for each block: its own way of making sets of actors of them takes a pass over
    # all ties of the network, and longer than finding the trees.
    trees, cuts = engines.igraph().GraphBase.biconnected_components(graph, True)
    members = sorted(_ends(network, trees))
    meeting: dict[int, list[int]] = {cut: [] for cut in sorted(cuts)}
    for block, actors in enumerate(members):
        for actor in actors:
            if actor in meeting:
                meeting[actor].append(block)
    blocks = Blocks(members, [0] * len(members), {cut: {} for cut in meeting})
    for root in range(len(members)):
        if not blocks.part_sizes[root]:
            _measure(blocks, meeting, root)
    return blocks


def _ends(network: SimpleNetwork, trees: list[list[int]]) -> list[list[int]]:
    """Return the actors at the ends of the ties of each tree, sorted; ties are numbered as igraph has them."""
    tails, heads = tails_of(network), network.indices
    once = tails < heads
    ties = np.fromiter(chain.from_iterable(trees), np.int64)
    block = np.repeat(np.arange(len(trees)), [len(tree) for tree in trees])
    size = len(network)
    ends = np.unique(np.concatenate([block * size + tails[once][ties], block * size + heads[once][ties]]))
    starts = np.searchsorted(ends // max(size, 1), np.arange(len(trees) + 1))
    actors = (ends % max(size, 1)).tolist()
    return [actors[start:end] for start, end in pairwise(starts.tolist())]


def _measure(blocks: Blocks, meeting: dict[int, list[int]], root: int) -> None:
    """Fill in the sizes for the tree that hangs on the block `root`: first downwards, then what lies above."""
    order: list[tuple[int, int | None]] = [(root, None)]
    for block, above in order:  # grows while it is walked: parents stand before their children
        for cut in _cuts(blocks.members[block], meeting, above):
            order.extend((child, cut) for child in meeting[cut] if child != block)
    total = 0
    for block, above in reversed(order):
        own = sum(1 for actor in blocks.members[block] if actor != above)
        cuts = _cuts(blocks.members[block], meeting, above)
        total = own + sum(sum(blocks.through[cut].values()) for cut in cuts)
        if above is not None:
            blocks.through[above][block] = total
    for block, above in order:
        blocks.part_sizes[block] = total
        for cut in _cuts(blocks.members[block], meeting, above):
            blocks.through[cut][block] = total - 1 - sum(blocks.through[cut].values())


def _cuts(actors: list[int], meeting: dict[int, list[int]], above: int | None) -> list[int]:
    return [actor for actor in actors if actor in meeting and actor != above]
