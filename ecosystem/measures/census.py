"""The census of open triads: as the definition reads, and as it is counted in large networks.

An actor v brokers the ordered pair (a, b) if a → v → b, a ≠ b, and there is no tie a → b. `census` is the definition,
the form that faster ones are held to; `count` chooses among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.forms import compiled, two_step_paths
from ecosystem.measures.roles import ROLES, role_of
from ecosystem.network.model import SimpleNetwork

__all__ = ["Census", "census", "count", "count_by_two", "open_pairs", "successors"]

SHARED_UP_TO = 200_000_000
"""Paths a → v → b up to which it is counted unasked by how many actors each pair is served: some seconds' worth."""


@dataclass(frozen=True, slots=True)
class Census:
    """What each actor brokers, in arrays of length n.

    Parameters
    ----------
    roles
        Open pairs that the actor serves, in n rows and a column for each of `ROLES`.
    exclusive
        Of them, those that no other actor serves.
    exclusive_cross_group
        Of these, those whose ends are of different groups.
    partial_credit
        The sum over its pairs of 1/k, with k the number of actors that serve the pair.

    The last three are None where they were not counted.
    """

    roles: NDArray[np.int64]
    exclusive: NDArray[np.int64] | None = None
    exclusive_cross_group: NDArray[np.int64] | None = None
    partial_credit: NDArray[np.float64] | None = None


def count(network: SimpleNetwork, groups: NDArray[np.int32], *, shared: bool | None = None) -> Census:
    """Return the census in the form that suits the size of the network.

    Parameters
    ----------
    network, groups
        As for `census`.
    shared
        Whether to count by how many actors each pair is served, which takes time in proportion to the paths
        a → v → b; the roles alone take O(m^1.5). Left out, it is counted up to `SHARED_UP_TO` such paths.
    """
    paths = two_step_paths(network)
    if not compiled(paths):
        return census(network, groups)
    from ecosystem.measures.kernels.census import Structure, role_counts

    roles = role_counts(Structure.of(network), groups)
    if not (paths <= SHARED_UP_TO if shared is None else shared):
        return Census(roles)
    from ecosystem.measures.kernels.pairs import sharing

    return Census(roles, *sharing(network.indptr, network.indices, groups))


def census(network: SimpleNetwork, groups: NDArray[np.int32]) -> Census:
    """Count the open pairs that each actor serves; `groups` holds the number of each actor's group.

    Takes time in proportion to the number of paths a → v → b.
    """
    group, size = groups.tolist(), len(network)
    column = {role: number for number, role in enumerate(ROLES)}
    roles = [[0] * len(ROLES) for _ in range(size)]
    exclusive, cross_group, credit = [0] * size, [0] * size, [0.0] * size
    for a, b, brokers in open_pairs(network):
        share = 1 / len(brokers)
        for broker in brokers:
            roles[broker][column[role_of(group[a], group[broker], group[b])]] += 1
            credit[broker] += share
        if len(brokers) == 1:
            exclusive[brokers[0]] += 1
            cross_group[brokers[0]] += group[a] != group[b]
    return Census(
        roles=np.array(roles, np.int64).reshape(size, len(ROLES)),
        exclusive=np.array(exclusive, np.int64),
        exclusive_cross_group=np.array(cross_group, np.int64),
        partial_credit=np.array(credit),
    )


def count_by_two(network: SimpleNetwork, first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.int64]:
    """Count the open pairs of each actor by their role in two groupings, in n tables of five rows and columns.

    Takes time in proportion to the number of paths a → v → b.
    """
    if compiled(two_step_paths(network)):
        from ecosystem.measures.kernels.pairs import two_roles

        return two_roles(network.indptr, network.indices, first, second)
    column = {role: number for number, role in enumerate(ROLES)}
    counts = np.zeros((len(network), len(ROLES), len(ROLES)), np.int64)
    for a, b, brokers in open_pairs(network):
        for v in brokers:
            roles = (role_of(groups[a], groups[v], groups[b]) for groups in (first, second))
            counts[(v, *(column[role] for role in roles))] += 1
    return counts


def open_pairs(network: SimpleNetwork) -> Iterator[tuple[int, int, list[int]]]:
    """Yield each ordered pair (a, b) that some actor brokers, with its brokers, all in order of their numbers."""
    heads = successors(network)
    for a, near in enumerate(heads):
        brokers_of = defaultdict(list)
        for broker in sorted(near):
            for b in heads[broker] - near - {a}:
                brokers_of[b].append(broker)
        for b in sorted(brokers_of):
            yield a, b, brokers_of[b]


def successors(network: SimpleNetwork) -> list[set[int]]:
    """Return for each actor the set of those that it has a tie to."""
    return [set(network.heads_of(node).tolist()) for node in range(len(network))]
