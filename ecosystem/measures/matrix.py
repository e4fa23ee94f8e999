"""What passes between each two groups: ties, open pairs, and who serves most of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np

from ecosystem.measures.census import open_pairs, successors
from ecosystem.measures.forms import compiled, two_step_paths
from ecosystem.measures.grouping import Grouped

__all__ = ["Between", "between_groups"]

GROUPS_UP_TO: Final = 5_000  # the compiled form keeps matrices of groups × groups: 200 MB each


@dataclass(frozen=True, slots=True)
class Between:
    """What passes from one group to another; `top` is the number of the actor that serves most pairs, -1 for nobody."""

    ties: int
    open_pairs: int
    exclusive: int
    brokers: int
    top: int
    top_pairs: int


def between_groups(grouped: Grouped) -> dict[tuple[int, int], Between]:
    """Return what passes from one group to another, for those by number between which anything does.

    Takes time in proportion to the number of paths a → v → b.
    """
    if compiled(two_step_paths(grouped.network)) and len(grouped.groups) <= GROUPS_UP_TO:
        return _by_kernel(grouped)
    network, codes = grouped.network, grouped.codes.tolist()
    ties = Counter((codes[a], codes[b]) for a, heads in enumerate(successors(network)) for b in heads)
    pairs: Counter[tuple[int, int]] = Counter()
    exclusive: Counter[tuple[int, int]] = Counter()
    served: defaultdict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    for a, b, brokers in open_pairs(network):
        place = codes[a], codes[b]
        pairs[place] += 1
        exclusive[place] += len(brokers) == 1
        served[place].update(brokers)
    found = {}
    for place in sorted(ties.keys() | pairs.keys()):
        top, count = min(
            served[place].items(), key=lambda item: (-item[1], network.labels[item[0]], item[0]), default=(-1, 0)
        )
        found[place] = Between(ties[place], pairs[place], exclusive[place], len(served[place]), top, count)
    return found


def _by_kernel(grouped: Grouped) -> dict[tuple[int, int], Between]:
    from ecosystem.measures.kernels.matrix import best_brokers, open_between, ties_between
    from ecosystem.measures.kernels.ties import transpose

    network, codes, count = grouped.network, grouped.codes, len(grouped.groups)
    indptr, indices, labels = network.indptr, network.indices, network.labels
    in_indptr, tails, _ = transpose(indptr, indices, np.zeros(len(indices), np.uint8))
    order = np.array(sorted(range(len(network)), key=labels.__getitem__), np.int64)
    ties = ties_between(indptr, indices, codes, count)
    pairs, exclusive = open_between(indptr, indices, codes, count)
    brokers, best, most = best_brokers(indptr, indices, in_indptr, tails, codes, count, order)
    places = np.nonzero(ties + pairs)
    numbers = zip(*(matrix[places].tolist() for matrix in (ties, pairs, exclusive, brokers, best, most)), strict=True)
    return dict(
        zip(zip(*(axis.tolist() for axis in places), strict=True), (Between(*row) for row in numbers), strict=True)
    )
