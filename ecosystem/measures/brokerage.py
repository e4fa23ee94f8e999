"""Brokerage between groups: who stands between actors that have no tie of their own, and in which role."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecosystem.errors import ProjectionError
from ecosystem.measures.census import Census, count, count_by_two
from ecosystem.measures.chance import COLUMNS, Chance, actor_chance, network_chance, scores
from ecosystem.measures.columns import Columns, Made, ranked
from ecosystem.measures.grouping import Grouped, collapse_for, group_by
from ecosystem.measures.roles import ROLES, RoleNumbers
from ecosystem.measures.shuffling import Progress, Shuffled, shuffled
from ecosystem.network.model import Direction, SimpleNetwork
from ecosystem.network.simple import AnyNetwork, By, groups_of, simple
from ecosystem.tables import Table

__all__ = [
    *("Broker", "RoleChance", "RolePair", "RoleTotal"),
    *("brokerage", "brokerage_by_two", "brokerage_chances", "brokerage_total", "notes_on"),
]


@dataclass(frozen=True, slots=True)
class Broker:
    """What one actor brokers.

    The five roles count ordered pairs (a, b) that the actor serves, by the groups of a, of the actor and of b;
    `total` is their sum. `cross_group` counts the pairs whose ends are of different groups. `exclusive` counts the
    pairs that no other actor serves. `partial_credit` shares each pair among its k brokers, 1/k each; these are None
    where they were not counted.

    `expected`, `sd` and `z` say what chance would give (see `ecosystem.measures.chance`). `p` is how often groups dealt
    out at random give at least as many, `p_lower` at most as many (see `ecosystem.measures.shuffling`), None where
    they were not. These five stay out of written tables.
    """

    actor: Any
    label: str
    group: Any
    coordinator: int
    itinerant: int
    gatekeeper: int
    representative: int
    liaison: int
    total: int
    cross_group: int
    exclusive: int | None
    exclusive_cross_group: int | None
    partial_credit: float | None
    expected: RoleNumbers = field(metadata={"hidden": True})
    sd: RoleNumbers = field(metadata={"hidden": True})
    z: RoleNumbers = field(metadata={"hidden": True})
    p: RoleNumbers | None = field(default=None, metadata={"hidden": True})
    p_lower: RoleNumbers | None = field(default=None, metadata={"hidden": True})


@dataclass(frozen=True, slots=True)
class RoleTotal:
    """How often one role is played in the whole network, and how often by chance."""

    role: str
    observed: int
    expected: float
    sd: float
    z: float


@dataclass(frozen=True, slots=True)
class RoleChance:
    """How often an actor plays a role, and how often by chance; see `Broker` for the meaning of the columns."""

    actor: Any
    label: str
    group: Any
    role: str
    observed: int
    expected: float
    sd: float
    z: float
    p: float | None
    p_lower: float | None


@dataclass(frozen=True, slots=True)
class RolePair:
    """How many open pairs an actor serves in one role by the first grouping and in another by the second."""

    actor: Any
    label: str
    first_group: Any
    second_group: Any
    first_role: str
    second_role: str
    count: int


def brokerage(
    graph: AnyNetwork,
    *,
    by: By,
    direction: Direction | None = None,
    exclusive: bool | None = None,
    permutations: int = 0,
    seed: int = 1,
    within: By | None = None,
    progress: Progress | None = None,
) -> Table[Broker]:
    """Count the brokerage roles that each actor plays between groups (Gould & Fernandez 1989).

    An actor v brokers an ordered pair (a, b) if there are ties a → v and v → b, but none a → b. With the groups of
    a, v and b it is a coordinator (A A A), an itinerant broker or consultant (A B A), a gatekeeper (A B B: lets in),
    a representative (A A B: speaks outwards) or a liaison (A B C).

    Parameters
    ----------
    graph
        An `ActorNetwork`, a `SimpleNetwork` or any networkx graph. Strengths do not matter, only whether a tie is
        there; parallel ties and ties to oneself neither.
    by
        A node attribute (`"country"`) or a mapping from node id to group.
    direction
        "two-way" takes every tie in both directions, "as stated" as the data have it. Left out, an `ActorNetwork`
        is taken two-way, and any other graph as it is. Where ties run both ways, every open pair counts twice, once
        in each direction, and gatekeeper equals representative.
    exclusive
        Whether to count exclusive pairs and partial credit. Left out, they are, unless there are more than 200 million
        paths a → v → b; the notes say so.
    permutations
        How often to deal the groups out at random, for `p` and `p_lower`.
    seed
        Makes the permutations the same on every run.
    within
        Deal groups out among actors alike only: a node attribute, a mapping from node id to stratum, or "degree" for
        actors with about as many contacts (1, 2-3, 4-7, 8-15 …).
    progress
        Called with the number of permutations done, and of all, after each.

    Returns
    -------
    Table of Broker
        One row an actor that has a group, most pairs first, then by label. Actors without a group take no part, as
        brokers or as ends; the notes say how many. An isolate brokers nothing and has a row of zeros.

    Raises
    ------
    ProjectionError
        If no actor has the attribute, or a value for it.

    Notes
    -----
    Counts grow with the network and with the sizes of the groups: compare actors within one network, and read `z`
    beside the counts. The roles take time in proportion to m^1.5 for m ties at worst, exclusive pairs and partial
    credit in proportion to the paths a → v → b. Rows of large tables are made when they are looked at.

    References
    ----------
    Gould, R. V., & Fernandez, R. M. (1989). Sociological Methodology, 19, 89-126. https://doi.org/10.2307/270949

    Everett, M. G., & Borgatti, S. P. (2012). Social Networks, 34(4), 562-569 (partial credit, exclusive pairs).
    https://doi.org/10.1016/j.socnet.2012.06.002

    Examples
    --------
    >>> import networkx as nx
    >>> chain = nx.DiGraph([("CAF", "OECD"), ("OECD", "NASA")])
    >>> rows = brokerage(chain, by={"CAF": "Americas", "OECD": "Europe", "NASA": "Americas"})
    >>> rows[0].actor, rows[0].itinerant, rows[0].total, rows[0].exclusive
    ('OECD', 1, 1, 1)
    """
    grouped = group_by(graph, by, direction)
    network = grouped.network
    counted = count(network, grouped.codes, shared=exclusive)
    dealt = None
    if permutations:
        dealt = shuffled(network, grouped.codes, counted.roles, permutations, seed, within=within, progress=progress)
    total = counted.roles.sum(axis=1)
    rows = Columns(Broker, _columns(grouped, counted, dealt), partial(ranked, -total, network.labels))
    notes = (*notes_on(grouped, counted), *(dealt.notes if dealt else ()))
    return Table(Broker, rows, notes)


def brokerage_chances(brokers: Table[Broker]) -> Table[RoleChance]:
    """Set out, role by role, how each broker's counts compare with chance.

    Parameters
    ----------
    brokers
        What `brokerage` returned, or the part of it that is of interest.

    Returns
    -------
    Table of RoleChance
        Six rows a broker, in its order: the five roles, and the total.

    Examples
    --------
    >>> import networkx as nx
    >>> rows = brokerage_chances(brokerage(nx.path_graph(4), by=dict(enumerate("AABB")), permutations=99).head(1))
    >>> [(row.role, row.observed, row.p) for row in rows if row.observed]
    [('gatekeeper', 1, 0.71), ('representative', 1, 0.71), ('total', 2, 1.0)]
    """
    rows = [
        RoleChance(
            row.actor,
            row.label,
            row.group,
            role,
            getattr(row, role),
            *(getattr(numbers, role) for numbers in (row.expected, row.sd, row.z)),
            *(None if chances is None else getattr(chances, role) for chances in (row.p, row.p_lower)),
        )
        for row in brokers
        for role in (*ROLES, "total")
    ]
    return Table(RoleChance, tuple(rows), brokers.notes)


def brokerage_total(graph: AnyNetwork, *, by: By, direction: Direction | None = None) -> Table[RoleTotal]:
    """Count each brokerage role over the whole network, beside what chance would give.

    Parameters, treatment of actors without a group, and reference are those of `brokerage`.

    Returns
    -------
    Table of RoleTotal
        Six rows: the five roles, and `total`. `z` is NaN where chance does not vary. The standard deviations are
        those of R's `sna::brokerage`, see `ecosystem.measures.chance.network_chance`.

    Examples
    --------
    >>> import networkx as nx
    >>> rows = brokerage_total(nx.path_graph(4), by=dict.fromkeys(range(4), "Chile"))
    >>> rows["role"][0], rows["observed"]
    ('coordinator', [4, 0, 0, 0, 0, 4])
    """
    grouped = group_by(graph, by, direction)
    counts = count(grouped.network, grouped.codes, shared=False).roles.sum(axis=0).tolist()
    observed = [*counts, sum(counts)]
    chance = network_chance(grouped.sizes, _density(grouped.network))
    z = scores(RoleNumbers.of(observed), chance)
    columns = (COLUMNS, observed, chance.expected.numbers(), chance.sd.numbers(), z.numbers())
    return Table(RoleTotal, tuple(RoleTotal(*row) for row in zip(*columns, strict=True)), notes_on(grouped))


def brokerage_by_two(graph: AnyNetwork, *, by: tuple[By, By], direction: Direction | None = None) -> Table[RolePair]:
    """Count brokerage roles in two groupings at once: a liaison between countries may be a coordinator of auditors.

    Each open pair that an actor serves has a role by the first grouping and one by the second. Summed over the one,
    the counts are those of `brokerage` by the other, if every actor has both groups.

    Parameters
    ----------
    graph, direction
        As in `brokerage`.
    by
        Two node attributes, or mappings from node id to group.

    Returns
    -------
    Table of RolePair
        One row for each actor and pair of roles that it plays, most pairs first, then by label. Actors that lack one
        of the groups take no part, as brokers or as ends.

    Raises
    ------
    ProjectionError
        If a grouping fits no actor, or no actor has both.

    Notes
    -----
    Takes time in proportion to the number of paths a → v → b.

    Examples
    --------
    >>> import networkx as nx
    >>> chain = nx.DiGraph([("CAF", "OECD"), ("OECD", "NASA")])
    >>> countries = {"CAF": "Venezuela", "OECD": "France", "NASA": "USA"}
    >>> row = brokerage_by_two(chain, by=(countries, dict.fromkeys(chain, "public")))[0]
    >>> row.actor, row.first_role, row.second_role, row.count
    ('OECD', 'liaison', 'coordinator', 1)
    """
    if isinstance(by, str) or len(by) != 2:
        raise ProjectionError("Two groupings are needed.", hint='Say by=("country", "type"), for example.')
    network = simple(graph, collapse_for(direction))
    both = zip(groups_of(network, by[0]), groups_of(network, by[1]), strict=True)
    pairs = {actor: None if None in pair else pair for actor, pair in zip(network.ids, both, strict=True)}
    grouped = group_by(network, pairs)
    first, second = (_part(grouped, place) for place in (0, 1))
    counts = count_by_two(grouped.network, first, second)
    actors, *roles = np.nonzero(counts)
    found = counts[actors, roles[0], roles[1]]
    ids, labels = grouped.network.ids, grouped.network.labels
    names = Made(len(actors), lambda row: labels[actors[row]])
    columns = {
        "actor": Made(len(actors), lambda row: ids[actors[row]]),
        "label": names,
        "first_group": Made(len(actors), lambda row: _pair_of(grouped, actors[row])[0]),
        "second_group": Made(len(actors), lambda row: _pair_of(grouped, actors[row])[1]),
        "first_role": Made(len(actors), lambda row: ROLES[roles[0][row]]),
        "second_role": Made(len(actors), lambda row: ROLES[roles[1][row]]),
        "count": found,
    }
    return Table(RolePair, Columns(RolePair, columns, partial(ranked, -found, names)), notes_on(grouped))


def notes_on(grouped: Grouped, counted: Census | None = None) -> tuple[str, ...]:
    """Return what a reader must know of who takes part, of how pairs count, and of what a census left out."""
    left_out = "Exclusive pairs and partial credit were not counted: that takes a look at every path of two ties."
    notes = (left_out,) if counted is not None and counted.exclusive is None else ()
    if grouped.network.symmetric:
        return (*grouped.notes, "Every open pair counts twice, once in each direction.", *notes)
    return (*grouped.notes, "Ties have a direction: a pair counts from a to b only where a path runs that way.", *notes)


def _columns(grouped: Grouped, counted: Census, dealt: Shuffled | None) -> dict[str, Any]:
    network, sizes, roles = grouped.network, grouped.sizes, counted.roles
    density = _density(network)
    total = roles.sum(axis=1)

    @cache
    def chance_of(size: int) -> Chance:
        return actor_chance(sizes, size, density)

    def chance(actor: int) -> Chance:
        return chance_of(sizes[grouped.codes[actor]])

    def z(actor: int) -> RoleNumbers:
        return scores(RoleNumbers.of((*roles[actor].tolist(), int(total[actor]))), chance(actor))

    size = len(network)
    nothing = Made(size, lambda actor: None)
    return {
        "actor": network.ids,
        "label": network.labels,
        "group": Made(size, grouped.group_of),
        **{role: roles[:, column] for column, role in enumerate(ROLES)},
        "total": total,
        "cross_group": roles[:, 2:].sum(axis=1),
        "exclusive": nothing if counted.exclusive is None else counted.exclusive,
        "exclusive_cross_group": nothing if counted.exclusive_cross_group is None else counted.exclusive_cross_group,
        "partial_credit": nothing if counted.partial_credit is None else counted.partial_credit,
        "expected": Made(size, lambda actor: chance(actor).expected),
        "sd": Made(size, lambda actor: chance(actor).sd),
        "z": Made(size, z),
        "p": nothing if dealt is None else Made(size, dealt.upper),
        "p_lower": nothing if dealt is None else Made(size, dealt.lower),
    }


def _part(grouped: Grouped, place: int) -> NDArray[np.int32]:
    """Return the codes of one half of groups that are pairs."""
    parts = [pair[place] for pair in grouped.groups]  # type: ignore[index]
    number = {part: code for code, part in enumerate(dict.fromkeys(parts))}
    return np.array([number[part] for part in parts], np.int32)[grouped.codes]


def _pair_of(grouped: Grouped, actor: int) -> tuple[Any, Any]:
    pair: tuple[Any, Any] = grouped.group_of(actor)  # type: ignore[assignment]
    return pair


def _density(network: SimpleNetwork) -> float:
    size = len(network)
    return network.tie_count / (size * (size - 1)) if size > 1 else 0.0
