"""How much brokerage chance alone would give: Gould and Fernandez's closed forms.

The model is a network of the same actors and groups in which each of the N(N-1) ordered pairs is tied with the
observed density d, independently. A triad a → v → b without a → b then exists with the chance q = d²(1-d).

References
----------
Gould, R. V., & Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in transaction
networks. Sociological Methodology, 19, 89-126. https://doi.org/10.2307/270949
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import perm, sqrt

from ecosystem.measures.roles import ROLES, RoleNumbers

__all__ = ["Chance", "actor_chance", "network_chance", "scores"]

COLUMNS = (*ROLES, "total")


@dataclass(frozen=True, slots=True)
class Chance:
    """The count that chance gives on average, and its standard deviation."""

    expected: RoleNumbers
    sd: RoleNumbers


@dataclass(frozen=True, slots=True)
class _Places:
    """How many places a network has for one role, and how many ordered pairs of places depend on each other.

    Parameters
    ----------
    triads
        Places for a triad: (a, b) for one broker, (a, v, b) for the whole network.
    sharing_a_tie
        Pairs of places with one tie in common; both filled with the chance d³(1-d)².
    sharing_the_gap
        Pairs of places with the same missing tie; both filled with the chance d⁴(1-d).
    excluding
        Pairs of places of which one needs the tie that must be missing in the other.
    """

    triads: int
    sharing_a_tie: int
    sharing_the_gap: int = 0
    excluding: int = 0

    def expected(self, density: float) -> float:
        return self.triads * _filled(density)

    def sd(self, density: float) -> float:
        filled = _filled(density)
        variance = (
            self.triads * filled * (1 - filled)
            + self.sharing_a_tie * (density**3 * (1 - density) ** 2 - filled**2)
            + self.sharing_the_gap * (density**4 * (1 - density) - filled**2)
            - self.excluding * filled**2
        )
        return sqrt(max(variance, 0.0))


def actor_chance(sizes: Sequence[int], own: int, density: float) -> Chance:
    """Return what chance gives a broker whose group has `own` actors, among groups of these `sizes`.

    Two of one broker's triads depend on each other only if they share an end: the variance is that of n independent
    triads, n·q(1-q), plus [Σ_a k_a(k_a-1) + Σ_b k_b(k_b-1)]·(d³(1-d)² - q²), with k_a the number of ends b that go
    with a in that role.

    Examples
    --------
    >>> chance = actor_chance([3, 3, 4], own=3, density=49 / 90)
    >>> round(chance.expected.coordinator, 3), round(chance.sd.total, 3)
    (0.27, 4.877)
    """
    total, mates, others = sum(sizes), own - 1, sum(sizes) - own

    def foreign(count: Callable[[int], int]) -> int:
        return sum(map(count, sizes)) - count(own)

    crossing = _Places(mates * others, mates * others * (mates - 1 + others - 1))
    return _chance(
        {
            "coordinator": _Places(perm(mates, 2), 2 * perm(mates, 3)),
            "itinerant": _Places(foreign(lambda size: perm(size, 2)), 2 * foreign(lambda size: perm(size, 3))),
            "gatekeeper": crossing,
            "representative": crossing,
            "liaison": _Places(
                foreign(lambda size: size * (others - size)),
                2 * foreign(lambda size: size * (others - size) * (others - size - 1)),
            ),
            "total": _Places(perm(total - 1, 2), 2 * perm(total - 1, 3)),
        },
        density,
    )


def network_chance(sizes: Sequence[int], density: float) -> Chance:
    """Return what chance gives all actors together.

    The standard deviations agree with R's `sna::brokerage` (2.7.1) to the last digits. They are exact for itinerant
    and liaison. For the others that package, and so this function, leaves out some of the pairs of triads that
    exclude each other (a → v → b needs a → b to be missing, a → b → v needs it): for coordinator and total the two
    in which the same three actors change places, for gatekeeper and representative all of them. The variance comes
    out larger than it is, so a z-score is slightly too close to 0, never too far from it.

    Examples
    --------
    >>> round(network_chance([3, 3, 4], density=49 / 90).expected.total, 3)
    97.226
    """
    total = sum(sizes)
    crossing = sum(perm(size, 2) * (total - size) for size in sizes)
    inner = sum(perm(size, 2) for size in sizes)
    inner_pairs = inner**2 - sum(perm(size, 2) ** 2 for size in sizes)
    bordering = _Places(
        crossing,
        crossing * (total - 3),
        sum(perm(size, 2) * (total - size) * (size - 2) for size in sizes),
    )
    return _chance(
        {
            "coordinator": _inside(sizes),
            "itinerant": _Places(
                crossing,
                2 * sum(perm(size, 3) * (total - size) for size in sizes) + 2 * inner_pairs,
                sum(perm(size, 2) * perm(total - size, 2) for size in sizes),
            ),
            "gatekeeper": bordering,
            "representative": bordering,
            "liaison": _between(sizes),
            "total": _inside([total]),
        },
        density,
    )


def scores(observed: RoleNumbers, chance: Chance) -> RoleNumbers:
    """Return z-scores: how many standard deviations above chance; NaN where chance does not vary.

    That they are normal is unproven; they rank, they do not test.
    """
    triples = zip(observed.numbers(), chance.expected.numbers(), chance.sd.numbers(), strict=True)
    return RoleNumbers.of((count - mean) / sd if sd else float("nan") for count, mean, sd in triples)


def _inside(sizes: Sequence[int]) -> _Places:
    """Count the places of triads whose three actors are of one group."""
    triples, quadruples = sum(perm(size, 3) for size in sizes), sum(perm(size, 4) for size in sizes)
    return _Places(triples, 4 * quadruples + 2 * triples, quadruples, 4 * quadruples)


def _between(sizes: Sequence[int]) -> _Places:
    """Count the places of triads of three groups, through sums of powers of the groups' sizes."""
    first, second, third, fourth = (sum(size**power for size in sizes) for power in (1, 2, 3, 4))
    triples = first**3 - 3 * first * second + 2 * third
    # A fourth actor may be of any group but two; 'outside' counts it with the triad.
    outside = first * triples - 2 * (second * first**2 - second**2 - 2 * first * third + 2 * fourth)
    return _Places(triples, 4 * outside - 2 * triples, outside - triples, 4 * outside - 2 * triples)


def _chance(places: Mapping[str, _Places], density: float) -> Chance:
    return Chance(
        expected=RoleNumbers.of(places[column].expected(density) for column in COLUMNS),
        sd=RoleNumbers.of(places[column].sd(density) for column in COLUMNS),
    )


def _filled(density: float) -> float:
    """Return the chance that three actors in given places form an open triad."""
    return density**2 * (1 - density)
