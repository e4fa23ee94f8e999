"""The census of open triads by totals less what is closed: hubs cost no more than their ties.

Of an actor's in × out paths, those are no open pairs that come back to where they started, and those whose ends are
tied. The first are counted over its ties, the second by listing each triangle once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.kernels import jit
from ecosystem.measures.kernels.ties import Contacts, contacts_of, transpose
from ecosystem.network.model import SimpleNetwork

__all__ = ["Structure", "role_counts"]

COORDINATOR, ITINERANT, GATEKEEPER, REPRESENTATIVE, LIAISON = range(5)
THERE, BACK = 1, 2


@dataclass(frozen=True, slots=True)
class Structure:
    """What a census needs to know of the ties, whatever the groups: made once, counted many times.

    Parameters
    ----------
    indptr, indices
        Rows of heads.
    in_indptr, tails
        Rows of tails.
    contacts
        Each pair of contacts once; its sums say which ties it has: THERE, BACK, or both added up.
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    in_indptr: NDArray[np.int64]
    tails: NDArray[np.int32]
    contacts: Contacts

    @classmethod
    def of(cls, network: SimpleNetwork) -> Structure:
        """Prepare a network; takes time in proportion to its ties."""
        indptr, indices = network.indptr, network.indices
        there = np.full(len(indices), THERE, np.uint8)
        in_indptr, tails = (indptr, indices) if network.symmetric else transpose(indptr, indices, there)[:2]
        back = np.full(len(indices), BACK, np.uint8)
        contacts = contacts_of((indptr, indices, there), (in_indptr, tails, back))
        return cls(indptr, indices, in_indptr, tails, contacts)


def role_counts(structure: Structure, groups: NDArray[np.int32]) -> NDArray[np.int64]:
    """Count the open pairs that each actor serves, in a column for each role.

    Takes time in proportion to m^1.5 at worst, and in practice to the triangles and ties; memory to the ties.
    """
    group_count = int(groups.max()) + 1 if len(groups) else 0
    roles = _paths(structure.indptr, structure.indices, structure.in_indptr, structure.tails, groups, group_count)
    contacts = structure.contacts
    roles[contacts.order] -= _closed(contacts.starts, contacts.ends, contacts.sums, groups[contacts.order])
    return roles


@jit
def _column(first: int, own: int, last: int) -> int:
    if first == last:
        return COORDINATOR if own == first else ITINERANT
    if own == last:
        return GATEKEEPER
    return REPRESENTATIVE if own == first else LIAISON


@jit
def _paths(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    in_indptr: NDArray[np.int64],
    tails: NDArray[np.int32],
    groups: NDArray[np.int32],
    group_count: int,
) -> NDArray[np.int64]:
    """Count the paths a → v → b with a ≠ b by role, whether or not a → b closes them."""
    size = len(indptr) - 1
    roles = np.zeros((size, 5), np.int64)
    towards = np.zeros(group_count, np.int64)
    for node in range(size):
        own = groups[node]
        for tie in range(indptr[node], indptr[node + 1]):
            towards[groups[indices[tie]]] += 1
        out_own = towards[own]
        out_other = indptr[node + 1] - indptr[node] - out_own
        in_own = 0
        alike = 0
        for tie in range(in_indptr[node], in_indptr[node + 1]):
            group = groups[tails[tie]]
            if group == own:
                in_own += 1
            else:
                alike += towards[group]
        in_other = in_indptr[node + 1] - in_indptr[node] - in_own
        roles[node, COORDINATOR] = in_own * out_own
        roles[node, ITINERANT] = alike
        roles[node, GATEKEEPER] = in_other * out_own
        roles[node, REPRESENTATIVE] = in_own * out_other
        roles[node, LIAISON] = in_other * out_other - alike
        out, back = indptr[node], in_indptr[node]
        while out < indptr[node + 1]:
            head = indices[out]
            towards[groups[head]] = 0
            while back < in_indptr[node + 1] and tails[back] < head:
                back += 1
            if back < in_indptr[node + 1] and tails[back] == head:
                roles[node, COORDINATOR if groups[head] == own else ITINERANT] -= 1
            out += 1
    return roles


@jit
def _closed(
    starts: NDArray[np.int64], ends: NDArray[np.int32], bits: NDArray[np.uint8], groups: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Count by role the paths whose ends are tied, by visiting each triangle of contacts once."""
    size = len(starts) - 1
    roles = np.zeros((size, 5), np.int64)
    mark = np.zeros(size, np.uint8)
    for v in range(size):
        if starts[v + 1] - starts[v] < 2:
            continue
        for pair in range(starts[v], starts[v + 1]):
            mark[ends[pair]] = bits[pair]
        for first in range(starts[v], starts[v + 1]):
            u = ends[first]
            for second in range(starts[u], starts[u + 1]):
                w = ends[second]
                if mark[w]:
                    _add_triangle(v, u, w, bits[first], bits[second], mark[w], groups, roles)
        for pair in range(starts[v], starts[v + 1]):
            mark[ends[pair]] = 0
    return roles


@jit
def _add_triangle(
    v: int, u: int, w: int, vu: int, uw: int, vw: int, groups: NDArray[np.int32], roles: NDArray[np.int64]
) -> None:
    """Add the closed paths of one triangle; vu, uw and vw are the bits of its pairs."""
    gv, gu, gw = groups[v], groups[u], groups[w]
    if vu & THERE and uw & THERE and vw & THERE:
        roles[u, _column(gv, gu, gw)] += 1
    if uw & BACK and vu & BACK and vw & BACK:
        roles[u, _column(gw, gu, gv)] += 1
    if vu & BACK and vw & THERE and uw & THERE:
        roles[v, _column(gu, gv, gw)] += 1
    if vw & BACK and vu & THERE and uw & BACK:
        roles[v, _column(gw, gv, gu)] += 1
    if vw & THERE and uw & BACK and vu & THERE:
        roles[w, _column(gv, gw, gu)] += 1
    if uw & THERE and vw & BACK and vu & BACK:
        roles[w, _column(gu, gw, gv)] += 1
