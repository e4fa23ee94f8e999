"""A network whose actors are grouped: by country, sector, kind or any other attribute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from ecosystem.errors import ProjectionError
from ecosystem.network.model import Collapse, Direction, SimpleNetwork
from ecosystem.network.simple import AnyNetwork, By, groups_of, simple, within

__all__ = ["Grouped", "collapse_for", "group_by"]


@dataclass(frozen=True, slots=True)
class Grouped:
    """A simple network of actors that all have a group.

    Parameters
    ----------
    network
        The actors that have a group, and the ties among them.
    groups
        The distinct groups, in order of their first actor.
    codes
        The position in `groups` of each actor's group.
    notes
        What the network's notes say, and how many actors were left out.
    """

    network: SimpleNetwork
    groups: tuple[Hashable, ...]
    codes: NDArray[np.int32]
    notes: tuple[str, ...]

    @property
    def sizes(self) -> list[int]:
        """The number of actors in each group."""
        return [int(size) for size in np.bincount(self.codes, minlength=len(self.groups))]

    def group_of(self, node: int) -> Hashable:
        """Return the group of a node."""
        return self.groups[int(self.codes[node])]


def group_by(graph: AnyNetwork, by: By, direction: Direction | None = None) -> Grouped:
    """Return `graph` as a simple network of the actors that have a group.

    Raises
    ------
    ProjectionError
        If the grouping fits no actor.
    """
    network = simple(graph, collapse_for(direction))
    values = groups_of(network, by)
    present = [value for value in values if value is not None]
    groups = tuple(dict.fromkeys(present))
    code = {group: number for number, group in enumerate(groups)}
    return Grouped(
        network=within(network, [value is not None for value in values]),
        groups=groups,
        codes=np.array([code[value] for value in present], np.int32),
        notes=(*network.notes, *_left_out(len(values) - len(present), by), *_near_twins(groups)),
    )


def collapse_for(direction: Direction | None) -> Collapse | None:
    """Return how to collapse for a direction that a caller asked for, None where they leave it to the network.

    >>> collapse_for("two-way"), collapse_for(None)
    (Collapse(direction='two-way'), None)
    """
    if direction is None:
        return None
    if direction not in get_args(Direction):
        choices = " or ".join(f"'{choice}'" for choice in get_args(Direction))
        raise ProjectionError(f"There is no direction '{direction}'.", hint=f"Say {choices}.")
    return Collapse(direction=direction)


def _left_out(count: int, by: By) -> tuple[str, ...]:
    if not count:
        return ()
    what = f"value for '{by}'" if isinstance(by, str) else "group"
    if count == 1:
        return (f"1 actor has no {what} and counts as if it were not there.",)
    return (f"{count} actors have no {what} and count as if they were not there.",)


def _near_twins(groups: tuple[Hashable, ...]) -> tuple[str, ...]:
    """Warn of groups that a reader would take for one."""
    folded = Counter(str(group).strip().casefold() for group in groups)
    twins = [str(group) for group in groups if folded[str(group).strip().casefold()] > 1]
    listed = ", ".join(f"'{twin}'" for twin in twins)
    return (f"Groups that differ only in case or spaces are taken for different ones: {listed}.",) if twins else ()
