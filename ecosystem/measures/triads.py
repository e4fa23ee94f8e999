"""The open pairs behind a count of brokerage: of one actor, and between any two groups."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ecosystem.errors import ProjectionError
from ecosystem.measures.brokerage import notes_on
from ecosystem.measures.grouping import Grouped, group_by
from ecosystem.measures.matrix import between_groups
from ecosystem.measures.roles import ROLES, check_role, role_of
from ecosystem.network.model import Direction, SimpleNetwork
from ecosystem.network.simple import AnyNetwork, By, tails_of
from ecosystem.tables import Table

__all__ = ["GroupPair", "Triad", "group_matrix", "triads"]


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
    ids, labels = list(network.ids), list(network.labels)  # a list answers faster than a column, and is asked often
    rows = []
    for a, b, others in _pairs_of(own, network):
        name = role_of(codes[a], codes[own], codes[b])
        if name in wanted and (ends is None or {codes[a], codes[b]} == ends):
            rows.append(
                Triad(
                    a=ids[a],
                    a_label=labels[a],
                    broker=broker,
                    broker_label=labels[own],
                    b=ids[b],
                    b_label=labels[b],
                    role=name,
                    exclusive=not others,
                    other_brokers=tuple([ids[other] for other in others]),
                )
            )
    rows.sort(key=lambda row: (row.a_label, row.b_label))
    return Table(Triad, tuple(rows), notes_on(grouped))


def group_matrix(graph: AnyNetwork, *, by: By, direction: Direction | None = None) -> Table[GroupPair]:
    """Show who brokers between which pair of groups; parameters and treatment are those of `brokerage`.

    Returns
    -------
    Table of GroupPair
        One row for each ordered pair of groups (a group with itself too) that has a tie or a brokered pair, most
        brokered pairs first.

    Notes
    -----
    Takes time in proportion to the number of paths a → v → b.

    Examples
    --------
    >>> import networkx as nx
    >>> chain = nx.DiGraph([("CAF", "OECD"), ("OECD", "NASA")])
    >>> row = group_matrix(chain, by={"CAF": "LAC", "OECD": "Europe", "NASA": "USA"})[0]
    >>> row.group_a, row.group_b, row.open_pairs, row.top
    ('LAC', 'USA', 1, 'OECD')
    """
    grouped = group_by(graph, by, direction)
    rows = [
        GroupPair(
            group_a=grouped.groups[one],
            group_b=grouped.groups[other],
            ties=found.ties,
            open_pairs=found.open_pairs,
            exclusive=found.exclusive,
            brokers=found.brokers,
            top=grouped.network.ids[found.top] if found.brokers else None,
            top_label=grouped.network.labels[found.top] if found.brokers else "",
            top_pairs=found.top_pairs,
        )
        for (one, other), found in between_groups(grouped).items()
    ]
    rows.sort(key=lambda row: (-row.open_pairs, str(row.group_a), str(row.group_b)))
    return Table(GroupPair, tuple(rows), notes_on(grouped))


def _pairs_of(broker: int, network: SimpleNetwork) -> Iterator[tuple[int, int, list[int]]]:
    """Yield the open pairs that one actor serves, each with its other brokers."""
    tails = _tails(network)
    heads_of_broker = set(network.heads_of(broker).tolist())
    for a in tails(broker):
        near = set(network.heads_of(a).tolist())
        for b in sorted(heads_of_broker - near - {a}):
            yield a, b, sorted(near.intersection(tails(b)) - {broker})


def _tails(network: SimpleNetwork) -> Callable[[int], list[int]]:
    """Return what gives the nodes that have a tie to a node, sorted."""
    by_head = np.argsort(network.indices, kind="stable")
    tails = tails_of(network)[by_head]
    ends = np.cumsum(np.bincount(network.indices, minlength=len(network)))

    @cache
    def tails_to(node: int) -> list[int]:
        found: list[int] = tails[ends[node - 1] if node else 0 : ends[node]].tolist()
        return found

    return tails_to


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
