"""The E-I index: whether ties run out of the groups or stay inside them."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecosystem.errors import ProjectionError
from ecosystem.measures.columns import Columns, Made
from ecosystem.measures.grouping import Grouped, group_by
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import AnyNetwork, By, tails_of, two_way
from ecosystem.tables import Table

__all__ = ["ActorEI", "EIIndex", "GroupEI", "ei_index"]

CLOSE = 1e-12


@dataclass(frozen=True, slots=True)
class GroupEI:
    """Tie ends of one group's actors: at actors of the group, and at others."""

    group: Any
    size: int
    internal: int
    external: int
    index: float


@dataclass(frozen=True, slots=True)
class ActorEI:
    """Tie ends of one actor: at actors of its group, and at others."""

    actor: Any
    label: str
    group: Any
    internal: int
    external: int
    index: float


@dataclass(frozen=True, slots=True)
class EIIndex:
    """The E-I index of a network, its groups and its actors; see `ei_index`.

    `p`, `permuted_mean` and `permuted_sd` are NaN where no permutations were asked for.
    """

    internal: int
    external: int
    index: float
    expected: float
    minimum: float
    maximum: float
    rescaled: float
    p: float
    permuted_mean: float
    permuted_sd: float
    groups: Table[GroupEI]
    actors: Table[ActorEI]
    notes: tuple[str, ...]


def ei_index(graph: AnyNetwork, *, by: By, permutations: int = 0, seed: int = 1) -> EIIndex:
    """Compare ties that leave the groups with ties inside them (Krackhardt & Stern 1988).

    The index is (external - internal) / (external + internal): -1 if all ties stay inside, 1 if all leave. Two
    actors are tied if there is a tie in either direction; strengths do not matter; each tie has two ends.

    Parameters
    ----------
    graph, by
        As in `brokerage`.
    permutations
        How often to deal the groups out again at random, for a p-value; 999 is usual, 0 does without.
    seed
        Seeds the deals.

    Returns
    -------
    EIIndex
        `internal` and `external` count tie ends. `expected` is what the groups' sizes alone would give, if pairs
        were tied regardless of group. `minimum` and `maximum` are the least and the most that so many ties can give
        among groups of these sizes; `rescaled` puts the index between them on -1 … 1, and is NaN where they are the
        same. Groups stand in order of their names, actors in the order of the network. Without ties the index is
        NaN: for the whole, a group, or an isolate. Actors without a group are left out, the notes say how many.
        `p` is two-sided: the share of random deals, the observed one among them, that are at least as far from
        `expected`, which is the exact mean over all deals. `permuted_mean` and `permuted_sd` are those of the deals.

    Raises
    ------
    ProjectionError
        If no actor has the attribute, or a value for it, or if the number of permutations is negative.

    Notes
    -----
    A deal keeps the ties and the sizes of the groups. Takes time in proportion to the ties, times the permutations.

    References
    ----------
    Krackhardt, D., & Stern, R. N. (1988). Informal networks and organizational crises: an experimental simulation.
    Social Psychology Quarterly, 51(2), 123-140. https://doi.org/10.2307/2786835

    Examples
    --------
    >>> import networkx as nx
    >>> result = ei_index(nx.path_graph(4), by={0: "Chile", 1: "Chile", 2: "Peru", 3: "Peru"})
    >>> result.internal, result.external, round(result.index, 3), round(result.expected, 3)
    (4, 2, -0.333, 0.333)
    """
    if permutations < 0:
        raise ProjectionError(f"There cannot be {permutations} permutations.", hint="Say 0 for none, or 999.")
    grouped = group_by(graph, by)
    network = two_way(grouped.network)
    tails, codes = tails_of(network), grouped.codes
    outside = codes[tails] != codes[network.indices]
    external = np.bincount(tails[outside], minlength=len(network))
    internal = np.bincount(tails[~outside], minlength=len(network))
    ends = internal + external
    actors = {
        "actor": network.ids,
        "label": network.labels,
        "group": Made(len(network), grouped.group_of),
        "internal": internal,
        "external": external,
        "index": np.where(ends > 0, (external - internal) / np.where(ends > 0, ends, 1), nan),
    }
    whole_internal, whole_external = int(internal.sum()), int(external.sum())
    index = _index(whole_internal, whole_external)
    expected, minimum, maximum = _range(grouped.sizes, network.tie_count // 2)
    dealt = _dealt(network, codes, permutations, seed)
    said = (f"p is two-sided, of {permutations} random deals of the groups, seed {seed}.",) if len(dealt) else ()
    return EIIndex(
        internal=whole_internal,
        external=whole_external,
        index=index,
        expected=expected,
        minimum=minimum,
        maximum=maximum,
        rescaled=2 * (index - minimum) / (maximum - minimum) - 1 if maximum > minimum else nan,
        p=_two_sided(index, expected, dealt),
        permuted_mean=float(dealt.mean()) if len(dealt) else nan,
        permuted_sd=float(dealt.std()) if len(dealt) else nan,
        groups=Table(GroupEI, _groups(grouped, internal, external), grouped.notes),
        actors=Table(ActorEI, Columns(ActorEI, actors, np.arange(len(network))), grouped.notes),
        notes=(
            *grouped.notes,
            "Two actors are tied if there is a tie in either direction; tie ends are counted.",
            *said,
        ),
    )


def _groups(grouped: Grouped, internal: NDArray[np.int64], external: NDArray[np.int64]) -> tuple[GroupEI, ...]:
    inside, out = (
        [int(ends) for ends in np.bincount(grouped.codes, counted, len(grouped.groups))]
        for counted in (internal, external)
    )
    columns = (grouped.groups, grouped.sizes, inside, out)
    rows = [GroupEI(*row, _index(row[2], row[3])) for row in zip(*columns, strict=True)]
    return tuple(sorted(rows, key=lambda row: str(row.group)))


def _dealt(network: SimpleNetwork, codes: NDArray[np.int32], permutations: int, seed: int) -> NDArray[np.float64]:
    """Return the index for random deals of the groups among the actors; nothing where there are no ties."""
    if not network.tie_count:
        return np.zeros(0)
    tails, heads = tails_of(network), network.indices
    once = tails < heads
    tails, heads = tails[once], heads[once]
    generator = np.random.default_rng(seed)
    external = np.empty(permutations)
    for deal in range(permutations):
        groups = generator.permutation(codes)
        external[deal] = np.count_nonzero(groups[tails] != groups[heads])
    return 2 * external / len(tails) - 1


def _two_sided(index: float, expected: float, dealt: NDArray[np.float64]) -> float:
    """Return the share of deals, the observed one among them, that are as far from what is expected."""
    if not len(dealt):
        return nan
    far = np.abs(dealt - expected) >= abs(index - expected) - CLOSE
    return float((1 + np.count_nonzero(far)) / (1 + len(dealt)))


def _index(internal: int, external: int) -> float:
    return (external - internal) / (external + internal) if external + internal else nan


def _range(sizes: list[int], ties: int) -> tuple[float, float, float]:
    """Return the index that the sizes of the groups lead to expect, and the least and most that are possible."""
    inside = sum(size * (size - 1) // 2 for size in sizes)
    total = sum(sizes)
    outside = total * (total - 1) // 2 - inside
    most_inside, most_outside = min(ties, inside), min(ties, outside)
    return (
        _index(inside, outside),
        _index(most_inside, ties - most_inside),
        _index(ties - most_outside, most_outside),
    )
