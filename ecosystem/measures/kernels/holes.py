"""Structural holes by visiting each triangle of contacts once: hubs cost no more than their triangles.

Written with z_ij for the strength of a tie and t_i for the sum of all of an actor's, the detours of Burt's constraint
Σ_q p_iq p_qj are (1/t_i) Σ_q z_iq z_qj / t_q, a sum over the triangles of i and j; so is the redundancy.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.kernels import jit
from ecosystem.measures.kernels.ties import contacts_of, transpose
from ecosystem.network.model import SimpleNetwork

__all__ = ["hole_columns"]

Floats = NDArray[np.float64]


def hole_columns(network: SimpleNetwork, *, ego: bool) -> tuple[NDArray[np.int64], Floats, Floats, Floats]:
    """Return degree, constraint, effective size and hierarchy of each actor.

    Parameters
    ----------
    network
        Directed or not.
    ego
        Count only the ties within each actor's ego network; twice the time and memory.
    """
    indptr, indices, strengths = network.indptr, network.indices, network.strengths
    back = (indptr, indices, np.zeros_like(strengths)) if network.symmetric else transpose(indptr, indices, strengths)
    contacts = contacts_of((indptr, indices, strengths), back)
    degrees, rows = contacts.degrees, (contacts.starts, contacts.ends, contacts.sums)
    totals, strongest = _own(*rows)
    if ego:
        detours_there, detours_back, redundancy = _within_egos(*rows)
    else:
        detours_there, redundancy = _within_all(*rows, totals, strongest)
        detours_back = detours_there
    constraint, hierarchy = _sum_up(*rows, detours_there, detours_back, degrees, totals)
    tied = degrees > 0
    size = np.where(tied, degrees - redundancy / np.where(tied, totals, 1.0), np.nan)
    number = np.argsort(contacts.order)
    return degrees[number], constraint[number], size[number], hierarchy[number]


@jit
def _own(starts: NDArray[np.int64], ends: NDArray[np.int32], sums: Floats) -> tuple[Floats, Floats]:
    """Return the sum and the largest of the strengths of each actor's ties."""
    size = len(starts) - 1
    totals, strongest = np.zeros(size), np.zeros(size)
    for node in range(size):
        for pair in range(starts[node], starts[node + 1]):
            other, strength = ends[pair], sums[pair]
            totals[node] += strength
            totals[other] += strength
            strongest[node] = max(strongest[node], strength)
            strongest[other] = max(strongest[other], strength)
    return totals, strongest


@jit
def _within_all(
    starts: NDArray[np.int64], ends: NDArray[np.int32], sums: Floats, totals: Floats, strongest: Floats
) -> tuple[Floats, Floats]:
    """Return Σ_q z_iq z_qj / t_q for each pair (the same from both ends), and t_i times the redundancy."""
    size = len(starts) - 1
    detours, redundancy = np.zeros(len(ends)), np.zeros(size)
    mark = np.zeros(size, np.int32)
    for v in range(size):
        start, stop = starts[v], starts[v + 1]
        if stop - start < 2:
            continue
        for pair in range(start, stop):
            mark[ends[pair]] = pair - start + 1
        for vu in range(start, stop):
            u = ends[vu]
            for uw in range(starts[u], starts[u + 1]):
                w = ends[uw]
                if mark[w]:
                    vw = start + mark[w] - 1
                    z_vu, z_uw, z_vw = sums[vu], sums[uw], sums[vw]
                    detours[vu] += z_vw * z_uw / totals[w]
                    detours[vw] += z_vu * z_uw / totals[u]
                    detours[uw] += z_vu * z_vw / totals[v]
                    redundancy[v] += z_uw * (z_vw / strongest[u] + z_vu / strongest[w])
                    redundancy[u] += z_vw * (z_uw / strongest[v] + z_vu / strongest[w])
                    redundancy[w] += z_vu * (z_uw / strongest[v] + z_vw / strongest[u])
        for pair in range(start, stop):
            mark[ends[pair]] = 0
    return detours, redundancy


@jit
def _within_egos(starts: NDArray[np.int64], ends: NDArray[np.int32], sums: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the same with t_q of each ego network: detours from the row's actor, from the other, and redundancy.

    The first round over the triangles finds t_q and the strongest tie of each contact in each ego network, the
    second uses them. Index 0 is for the ego in whose row a pair stands, 1 for the other.
    """
    size = len(starts) - 1
    totals, strongest = np.empty((2, len(ends))), np.empty((2, len(ends)))
    for side in range(2):
        totals[side] = sums
        strongest[side] = sums
    detours, redundancy = np.zeros((2, len(ends))), np.zeros(size)
    mark = np.zeros(size, np.int32)
    for second_round in (False, True):
        for v in range(size):
            start, stop = starts[v], starts[v + 1]
            if stop - start < 2:
                continue
            for pair in range(start, stop):
                mark[ends[pair]] = pair - start + 1
            for vu in range(start, stop):
                u = ends[vu]
                for uw in range(starts[u], starts[u + 1]):
                    w = ends[uw]
                    if mark[w]:
                        vw = start + mark[w] - 1
                        z_vu, z_uw, z_vw = sums[vu], sums[uw], sums[vw]
                        if second_round:
                            detours[0, vu] += z_vw * z_uw / totals[0, vw]
                            detours[0, vw] += z_vu * z_uw / totals[0, vu]
                            detours[1, vu] += z_uw * z_vw / totals[0, uw]
                            detours[0, uw] += z_vu * z_vw / totals[1, vu]
                            detours[1, vw] += z_uw * z_vu / totals[1, uw]
                            detours[1, uw] += z_vw * z_vu / totals[1, vw]
                            redundancy[v] += z_uw * (z_vw / strongest[0, vu] + z_vu / strongest[0, vw])
                            redundancy[u] += z_vw * (z_uw / strongest[1, vu] + z_vu / strongest[0, uw])
                            redundancy[w] += z_vu * (z_uw / strongest[1, vw] + z_vw / strongest[1, uw])
                        else:
                            totals[0, vu] += z_uw
                            totals[0, vw] += z_uw
                            totals[1, vu] += z_vw
                            totals[0, uw] += z_vw
                            totals[1, vw] += z_vu
                            totals[1, uw] += z_vu
                            strongest[0, vu] = max(strongest[0, vu], z_uw)
                            strongest[0, vw] = max(strongest[0, vw], z_uw)
                            strongest[1, vu] = max(strongest[1, vu], z_vw)
                            strongest[0, uw] = max(strongest[0, uw], z_vw)
                            strongest[1, vw] = max(strongest[1, vw], z_vu)
                            strongest[1, uw] = max(strongest[1, uw], z_vu)
            for pair in range(start, stop):
                mark[ends[pair]] = 0
    return detours[0], detours[1], redundancy


@jit
def _sum_up(
    starts: NDArray[np.int64],
    ends: NDArray[np.int32],
    sums: Floats,
    there: Floats,
    back: Floats,
    degrees: NDArray[np.int64],
    totals: Floats,
) -> tuple[Floats, Floats]:
    """Return constraint and hierarchy; NaN where they have no meaning."""
    size = len(starts) - 1
    constraint, inequality = np.zeros(size), np.zeros(size)
    for node in range(size):
        for pair in range(starts[node], starts[node + 1]):
            other = ends[pair]
            constraint[node] += ((sums[pair] + there[pair]) / totals[node]) ** 2
            constraint[other] += ((sums[pair] + back[pair]) / totals[other]) ** 2
    for node in range(size):
        for pair in range(starts[node], starts[node + 1]):
            other = ends[pair]
            if degrees[node] > 1:
                ratio = ((sums[pair] + there[pair]) / totals[node]) ** 2 / (constraint[node] / degrees[node])
                inequality[node] += ratio * np.log(ratio)
            if degrees[other] > 1:
                ratio = ((sums[pair] + back[pair]) / totals[other]) ** 2 / (constraint[other] / degrees[other])
                inequality[other] += ratio * np.log(ratio)
    for node in range(size):
        if degrees[node] == 0:
            constraint[node] = np.nan
        if degrees[node] < 2:
            inequality[node] = np.nan
        else:
            inequality[node] = max(inequality[node] / (degrees[node] * np.log(degrees[node])), 0.0)
    return constraint, inequality
