"""Ties between groups beside what chance gives: where a network has holes, and where it is denser than it need be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.grouping import group_by
from ecosystem.network.simple import AnyNetwork, By, tails_of
from ecosystem.tables import Table

__all__ = ["PairChance", "adjusted", "group_chances"]

FEWER, MORE, AS_MANY = "fewer than chance", "more than chance", "as chance has it"


@dataclass(frozen=True, slots=True)
class PairChance:
    """Ties between two groups (or within one), observed and expected.

    `ratio` is observed over expected, NaN where nothing is expected. `p` is two-sided, `q` is p corrected for the
    number of pairs. `reading` says which of the two is larger if q is below the level asked for.
    """

    group_a: Any
    group_b: Any
    size_a: int
    size_b: int
    observed: int
    expected: float
    ratio: float
    p: float
    q: float
    reading: str


def group_chances(graph: AnyNetwork, *, by: By, level: float = 0.05) -> Table[PairChance]:
    """Compare the ties between all groups with those that actors of so many ties would have at random.

    Two actors are tied or not, whatever the direction and strength. With m ties in all, and K_a tie ends at the actors
    of group a, each tie falls between groups a and b with the chance 2 K_a K_b / (2m)², and within a with K_a² / (2m)²:
    both ends are drawn in proportion to the number of ties that actors have (the configuration model, ends drawn with
    replacement). The expected number is m times that, and the number is binomial, which gives p: twice the smaller
    tail, the observed number in both. q is p after Benjamini and Hochberg (1995), over all pairs of groups that have a
    tie end each, those within one group among them.

    Parameters
    ----------
    graph, by
        As in `ecosystem.measures.brokerage`.
    level
        The q below which a pair is read as more or fewer.

    Returns
    -------
    Table of PairChance
        The largest shortfalls first: by q, then by observed less expected. Actors without a group are left out.

    Notes
    -----
    Ties are taken as independent. Those made by folding one initiative come together, so that p is too small where
    few initiatives make most ties. Ties that nobody recorded count as missing: a hole may be one of the record.

    References
    ----------
    Casiraghi, G., & Nanumyan, V. (2021). Configuration models as an urn problem. Scientific Reports, 11, 13416.
    https://doi.org/10.1038/s41598-021-92519-y (the urn of tie ends, here with replacement). Benjamini, Y., & Hochberg,
    Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical Society B, 57(1), 289-300.
    https://doi.org/10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> import networkx as nx
    >>> two = nx.disjoint_union(nx.complete_graph(8), nx.complete_graph(8))
    >>> rows = group_chances(two, by={node: "AB"[node // 8] for node in two})
    >>> [(row.group_a, row.group_b, row.observed, row.expected, row.reading) for row in rows.head(1)]
    [('A', 'B', 0, 28.0, 'fewer than chance')]
    """
    grouped = group_by(graph, by, "two-way")
    network, codes, count = grouped.network, grouped.codes, len(grouped.groups)
    keys = codes[tails_of(network)].astype(np.int64) * count + codes[network.indices]
    ends = np.bincount(keys, minlength=count * count).reshape(count, count)
    ties = network.tie_count // 2
    own = ends.sum(axis=1)
    order = sorted(range(count), key=lambda code: str(grouped.groups[code]))
    pairs = [(a, b) for place, a in enumerate(order) for b in order[place:] if own[a] and own[b]]
    one, other = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    same = one == other
    observed = np.where(same, ends[one, other] // 2, ends[one, other])
    chance = np.where(same, 1.0, 2.0) * own[one] * own[other] / max(2.0 * ties, 1.0) ** 2
    expected = ties * chance
    p = _two_sided(observed, ties, chance)
    q = adjusted(p)
    sizes, names = grouped.sizes, grouped.groups
    rows = [
        PairChance(
            names[a], names[b], sizes[a], sizes[b], seen, hoped, seen / hoped if hoped else float("nan"), likely, fair,
            _reading(seen, hoped, fair, level),
        )
        for a, b, seen, hoped, likely, fair in zip(
            one.tolist(), other.tolist(), observed.tolist(), expected.tolist(), p.tolist(), q.tolist(), strict=True
        )
    ]  # fmt: skip
    rows.sort(
        key=lambda row: (row.reading != FEWER, row.q, row.observed - row.expected, str(row.group_a), str(row.group_b))
    )
    told = (
        f"{ties:,} ties among {len(network):,} actors in {count} groups; expected from the number of ties that actors "
        "have; q is corrected for the number of pairs (Benjamini-Hochberg).",
        "Ties through one initiative come together, which makes p too small where few initiatives make most ties.",
    )
    return Table(PairChance, tuple(rows), (*grouped.notes, *told))


def adjusted(p: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    """Return p-values corrected for their number: the rate of false discoveries at each (Benjamini & Hochberg 1995).

    >>> adjusted([0.01, 0.04, 0.03, 0.5]).round(3).tolist()
    [0.04, 0.053, 0.053, 0.5]
    """
    values = np.asarray(p, np.float64)
    order = np.argsort(-values, kind="stable")
    ranks = np.arange(len(values), 0, -1)
    found = np.empty(len(values))
    found[order] = np.minimum.accumulate(np.minimum(values[order] * len(values) / np.maximum(ranks, 1), 1.0))
    return found


def _two_sided(observed: NDArray[np.int64], ties: int, chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return twice the smaller tail of the binomial distribution, at most 1."""
    from scipy.special import bdtr, bdtrc

    if not ties:
        return np.ones(len(observed))
    below = bdtr(observed.astype(np.float64), ties, chance)
    above = np.where(observed > 0, bdtrc(np.maximum(observed - 1, 0).astype(np.float64), ties, chance), 1.0)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(below, above)))


def _reading(observed: int, expected: float, q: float, level: float) -> str:
    if q >= level:
        return AS_MANY
    return FEWER if observed < expected else MORE
