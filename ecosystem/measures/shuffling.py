"""How much brokerage the ties alone would give: groups dealt out again among the actors, at random.

The ties, the open pairs and the sizes of the groups stay; only who is of which group changes. The share of deals that
give an actor at least as many pairs in a role is the chance of its count if groups had nothing to do with ties. With
the observed deal counted among them that is (1 + #{deals ≥ observed}) / (1 + deals), never 0 (Phipson & Smyth 2010).

References
----------
Phipson, B., & Smyth, G. K. (2010). Statistical Applications in Genetics and Molecular Biology, 9(1), 39.
https://doi.org/10.2202/1544-6115.1585
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ecosystem.errors import ProjectionError
from ecosystem.measures.census import open_pairs
from ecosystem.measures.forms import compiled, two_step_paths
from ecosystem.measures.roles import ROLES, RoleNumbers
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import By, groups_of, two_way

__all__ = ["Progress", "Shuffled", "shuffled"]

Progress: TypeAlias = Callable[[int, int], None]
Codes: TypeAlias = NDArray[np.int32]
Counter: TypeAlias = Callable[[Codes], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Shuffled:
    """In how many of the deals an actor had at least, and at most, as many pairs in each role as observed."""

    at_least: NDArray[np.int64]
    at_most: NDArray[np.int64]
    deals: int
    notes: tuple[str, ...]

    def upper(self, actor: int) -> RoleNumbers:
        """Return the chance of as many pairs or more, for each role; 1 for the total, which no deal changes."""
        return self._chances(self.at_least[actor])

    def lower(self, actor: int) -> RoleNumbers:
        """Return the chance of as many pairs or fewer."""
        return self._chances(self.at_most[actor])

    def _chances(self, reached: NDArray[np.int64]) -> RoleNumbers:
        return RoleNumbers.of((*((1 + reached) / (1 + self.deals)).tolist(), 1.0))


def shuffled(
    network: SimpleNetwork,
    groups: Codes,
    observed: NDArray[np.int64],
    deals: int,
    seed: int,
    *,
    within: By | None = None,
    progress: Progress | None = None,
) -> Shuffled:
    """Count in how many random deals of the groups each actor's roles reach what was observed.

    Parameters
    ----------
    network, groups
        As for the census.
    observed
        The census: n rows and a column for each of `ROLES`.
    deals
        How many deals; the smallest chance that they can show is 1 / (1 + deals).
    seed
        Seeds the deals.
    within
        Deal within strata only: an attribute, a mapping, or "degree", classes of contacts by powers of two.
        Actors without a stratum are one of their own.
    progress
        Called with the deals done, and all of them.

    Notes
    -----
    Takes as many times what the census of roles takes. Each role of each actor is tested on its own: among 1,000
    actors without any pattern 50 have p ≤ 0.05 in a given role.
    """
    if deals < 0:
        raise ProjectionError(f"There cannot be {deals} permutations.", hint="Say 0 for none, or 999, for example.")
    strata = None if within is None else _strata(network, within)
    recount = _counter(network)
    at_least, at_most = np.zeros_like(observed), np.zeros_like(observed)
    generator = np.random.default_rng(seed)
    for done in range(1, deals + 1):
        counts = recount(_deal(groups, strata, generator))
        at_least += counts >= observed
        at_most += counts <= observed
        if progress is not None:
            progress(done, deals)
    among = "" if within is None else f" among actors of the same {within if isinstance(within, str) else 'stratum'}"
    return Shuffled(at_least, at_most, deals, (f"p is of {deals} random deals of the groups{among}, seed {seed}.",))


def _deal(groups: Codes, strata: NDArray[np.int64] | None, generator: np.random.Generator) -> Codes:
    if strata is None:
        return generator.permutation(groups)
    dealt = np.empty_like(groups)
    shuffled_within = np.lexsort((generator.random(len(groups)), strata))
    dealt[np.argsort(strata, kind="stable")] = groups[shuffled_within]
    return dealt


def _strata(network: SimpleNetwork, within: By) -> NDArray[np.int64]:
    if isinstance(within, str) and within == "degree" and "degree" not in network.attributes:
        contacts = np.diff(two_way(network).indptr)
        return np.floor(np.log2(np.maximum(contacts, 1))).astype(np.int64) + (contacts > 0)
    code: dict[Hashable | None, int] = {}
    return np.array([code.setdefault(group, len(code)) for group in groups_of(network, within)], np.int64)


def _counter(network: SimpleNetwork) -> Counter:
    """Return what counts roles for any groups, with all prepared that does not depend on them."""
    if compiled(two_step_paths(network)):
        from ecosystem.measures.kernels.census import Structure, role_counts

        structure = Structure.of(network)
        return lambda groups: role_counts(structure, groups)
    found = [(a, v, b) for a, b, brokers in open_pairs(network) for v in brokers]
    first, own, last = np.array(found, np.int64).reshape(-1, 3).T
    size = len(network)

    def recount(groups: Codes) -> NDArray[np.int64]:
        a, v, b = groups[first], groups[own], groups[last]
        same, left, right = a == b, a == v, b == v
        column = np.where(same, np.where(left, 0, 1), np.where(right, 2, np.where(left, 3, 4)))
        return np.bincount(own * len(ROLES) + column, minlength=size * len(ROLES)).reshape(size, len(ROLES))

    return recount
