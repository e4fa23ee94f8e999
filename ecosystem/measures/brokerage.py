"""Brokerage between groups: who stands between actors that have no tie of their own, and in which role."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ecosystem.errors import ProjectionError
from ecosystem.measures.census import census, open_pairs, successors
from ecosystem.measures.chance import COLUMNS, actor_chance, network_chance, scores
from ecosystem.measures.grouping import Grouped, group_by
from ecosystem.measures.roles import ROLES, RoleNumbers, check_role, role_of
from ecosystem.network.model import Direction, SimpleNetwork
from ecosystem.network.simple import AnyNetwork, By
from ecosystem.tables import Table

__all__ = [
    "Broker",
    "GroupPair",
    "RoleTotal",
    "Triad",
    "brokerage",
    "brokerage_total",
    "group_matrix",
    "triads",
]


@dataclass(frozen=True, slots=True)
class Broker:
    """What one actor brokers.

    The five roles count ordered pairs (a, b) that the actor serves, by the groups of a, of the actor and of b;
    `total` is their sum. `cross_group` counts the pairs whose ends are of different groups. `exclusive` counts the
    pairs that no other actor serves. `partial_credit` shares each pair among its k brokers, 1/k each. `expected`,
    `sd` and `z` say what chance would give (see `ecosystem.measures.chance`); they stay out of written tables.
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
    exclusive: int
    exclusive_cross_group: int
    partial_credit: float
    expected: RoleNumbers = field(metadata={"hidden": True})
    sd: RoleNumbers = field(metadata={"hidden": True})
    z: RoleNumbers = field(metadata={"hidden": True})


@dataclass(frozen=True, slots=True)
class RoleTotal:
    """How often one role is played in the whole network, and how often by chance."""

    role: str
    observed: int
    expected: float
    sd: float
    z: float


@dataclass(frozen=True, slots=True)
class Triad:
    """One open pair that a broker serves: a → broker → b, with no tie a → b."""

    a: Any
    a_label: str
    broker: Any
    broker_label: str
    b: Any
    b_label: str
    role: str
    exclusive: bool
    other_brokers: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class GroupPair:
    """What lies between an ordered pair of groups.

    `ties` run from an actor of `group_a` to one of `group_b`; `open_pairs` have no such tie and at least one
    broker; `brokers` counts the actors that serve them and `top` is the one that serves most, `top_pairs` of them.
    """

    group_a: Any
    group_b: Any
    ties: int
    open_pairs: int
    exclusive: int
    brokers: int
    top: Any
    top_label: str
    top_pairs: int


def brokerage(graph: AnyNetwork, *, by: By, direction: Direction | None = None) -> Table[Broker]:
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
    beside the counts. Takes time in proportion to the number of paths a → v → b.

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
    counted = census(network, grouped.codes)
    density = _density(network)
    sizes = grouped.sizes
    chances = {own: actor_chance(sizes, own, density) for own in set(sizes)}
    rows = []
    for node, roles in enumerate(counted.roles.tolist()):
        coordinator, itinerant, gatekeeper, representative, liaison = roles
        chance = chances[sizes[grouped.codes[node]]]
        rows.append(
            Broker(
                actor=network.ids[node],
                label=network.labels[node],
                group=grouped.group_of(node),
                coordinator=coordinator,
                itinerant=itinerant,
                gatekeeper=gatekeeper,
                representative=representative,
                liaison=liaison,
                total=sum(roles),
                cross_group=gatekeeper + representative + liaison,
                exclusive=int(counted.exclusive[node]),
                exclusive_cross_group=int(counted.exclusive_cross_group[node]),
                partial_credit=float(counted.partial_credit[node]),
                expected=chance.expected,
                sd=chance.sd,
                z=scores(RoleNumbers.of((*roles, sum(roles))), chance),
            )
        )
    rows.sort(key=lambda row: (-row.total, row.label))
    return Table(Broker, tuple(rows), _notes(grouped))


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
    counts = census(grouped.network, grouped.codes).roles.sum(axis=0).tolist()
    observed = [*counts, sum(counts)]
    chance = network_chance(grouped.sizes, _density(grouped.network))
    z = scores(RoleNumbers.of(observed), chance)
    columns = (COLUMNS, observed, chance.expected.numbers(), chance.sd.numbers(), z.numbers())
    return Table(RoleTotal, tuple(RoleTotal(*row) for row in zip(*columns, strict=True)), _notes(grouped))


def triads(
    graph: AnyNetwork,
    *,
    by: By,
    broker: Any,
    role: str | None = None,
    between: tuple[Hashable, Hashable] | None = None,
    direction: Direction | None = None,
) -> Table[Triad]:
    """List the open pairs that an actor serves, so that any count of `brokerage` can be followed to its ties.

    Parameters
    ----------
    graph, by, direction
        As in `brokerage`.
    broker
        The id of the actor.
    role
        One of `ROLES`; left out, all of them.
    between
        Two groups: only pairs with one end in each, in either direction.

    Returns
    -------
    Table of Triad
        In order of the labels of a and b. `other_brokers` are the ids of the other actors that serve the pair.

    Raises
    ------
    ProjectionError
        If there is no such actor, role or group, or the actor has no group.

    Examples
    --------
    >>> import networkx as nx
    >>> square = nx.cycle_graph(["CAF", "OECD", "NASA", "CSA"])
    >>> rows = triads(square, by=dict.fromkeys(square, "all"), broker="OECD")
    >>> [(row.a, row.b, row.role, row.other_brokers) for row in rows]
    [('CAF', 'NASA', 'coordinator', ('CSA',)), ('NASA', 'CAF', 'coordinator', ('CSA',))]
    """
    grouped = group_by(graph, by, direction)
    network, codes = grouped.network, grouped.codes.tolist()
    own = _number_of(network, broker)
    wanted = ROLES if role is None else (check_role(role),)
    ends = None if between is None else {_code_of(grouped, between[0]), _code_of(grouped, between[1])}
    rows = []
    for a, b, others in _pairs_of(own, network):
        name = role_of(codes[a], codes[own], codes[b])
        if name in wanted and (ends is None or {codes[a], codes[b]} == ends):
            rows.append(
                Triad(
                    a=network.ids[a],
                    a_label=network.labels[a],
                    broker=broker,
                    broker_label=network.labels[own],
                    b=network.ids[b],
                    b_label=network.labels[b],
                    role=name,
                    exclusive=not others,
                    other_brokers=tuple(network.ids[other] for other in others),
                )
            )
    rows.sort(key=lambda row: (row.a_label, row.b_label))
    return Table(Triad, tuple(rows), _notes(grouped))


def group_matrix(graph: AnyNetwork, *, by: By, direction: Direction | None = None) -> Table[GroupPair]:
    """Show who brokers between which pair of groups; parameters and treatment are those of `brokerage`.

    Returns
    -------
    Table of GroupPair
        One row for each ordered pair of groups (a group with itself too) that has a tie or a brokered pair, most
        brokered pairs first.

    Examples
    --------
    >>> import networkx as nx
    >>> chain = nx.DiGraph([("CAF", "OECD"), ("OECD", "NASA")])
    >>> row = group_matrix(chain, by={"CAF": "LAC", "OECD": "Europe", "NASA": "USA"})[0]
    >>> row.group_a, row.group_b, row.open_pairs, row.top
    ('LAC', 'USA', 1, 'OECD')
    """
    grouped = group_by(graph, by, direction)
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
    rows = []
    for place in sorted(ties.keys() | pairs.keys()):
        best = min(served[place].items(), key=lambda item: (-item[1], network.labels[item[0]]), default=(None, 0))
        top, count = best
        rows.append(
            GroupPair(
                group_a=grouped.groups[place[0]],
                group_b=grouped.groups[place[1]],
                ties=ties[place],
                open_pairs=pairs[place],
                exclusive=exclusive[place],
                brokers=len(served[place]),
                top=None if top is None else network.ids[top],
                top_label="" if top is None else network.labels[top],
                top_pairs=count,
            )
        )
    rows.sort(key=lambda row: (-row.open_pairs, str(row.group_a), str(row.group_b)))
    return Table(GroupPair, tuple(rows), _notes(grouped))


def _pairs_of(broker: int, network: SimpleNetwork) -> Iterator[tuple[int, int, list[int]]]:
    """Yield the open pairs that one actor serves, each with its other brokers."""
    heads = successors(network)
    tails: list[set[int]] = [set() for _ in heads]
    for a, near in enumerate(heads):
        for b in near:
            tails[b].add(a)
    for a in sorted(tails[broker]):
        for b in sorted(heads[broker] - heads[a] - {a}):
            yield a, b, sorted((heads[a] & tails[b]) - {broker})


def _number_of(network: SimpleNetwork, actor: object) -> int:
    if actor not in network.ids:
        raise ProjectionError(
            f"'{actor}' is no actor of the network, or has no group.", hint="Use the id of a row of `brokerage`."
        )
    return network.ids.index(actor)


def _code_of(grouped: Grouped, group: Hashable) -> int:
    if group not in grouped.groups:
        known = ", ".join(sorted(str(name) for name in grouped.groups))
        raise ProjectionError(f"There is no group '{group}'.", hint=f"Say one of: {known}.")
    return grouped.groups.index(group)


def _density(network: SimpleNetwork) -> float:
    size = len(network)
    return network.tie_count / (size * (size - 1)) if size > 1 else 0.0


def _notes(grouped: Grouped) -> tuple[str, ...]:
    if grouped.network.symmetric:
        return (*grouped.notes, "All ties run both ways: every open pair counts once in each direction.")
    return (*grouped.notes, "Ties have a direction: a pair counts from a to b only where a path runs that way.")
