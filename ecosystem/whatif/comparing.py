"""Two networks held against each other, number by number: what a change does to roles, holes, E-I and reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures import ROLES, ei_index
from ecosystem.measures.brokerage import notes_on
from ecosystem.measures.census import Census, count
from ecosystem.measures.ei import EIIndex
from ecosystem.measures.grouping import Grouped, group_by
from ecosystem.measures.holes import constraint
from ecosystem.measures.recount import recount
from ecosystem.network import ActorNetwork, SimpleNetwork, collapse
from ecosystem.network.model import Collapse, Direction
from ecosystem.progress import Progress, silent
from ecosystem.tables import Table
from ecosystem.whatif.reaching import Detours, detours, parts_of

__all__ = ["Difference", "Scene", "differences"]

CLOSE: Final = 1e-9  # sums in another order differ by less


@dataclass(frozen=True, slots=True)
class Difference:
    """One number before and after a change.

    `about` says of what: the network, the roles in it, its E-I index, a group, an actor. `before` is None for an actor
    or group that was not there, `after` for one that is no more; NaN stands for a number that is not defined.
    """

    about: str
    subject: str
    measure: str
    before: float | None
    after: float | None
    change: float | None
    id: str = field(default="", metadata={"hidden": True})


@dataclass(frozen=True)
class Scene:
    """A network with what is measured of it, each measure once.

    Parameters
    ----------
    network
        As it was projected.
    by
        What groups are made of.
    direction
        How ties run; the E-I index, distances and parts take them two-way.
    like
        A scene that differs little from this one; what was counted there need not be counted again.
    """

    network: ActorNetwork
    by: str
    direction: Direction
    like: Scene | None = None

    @cached_property
    def plain(self) -> SimpleNetwork:
        """The network with ties two-way."""
        return collapse(self._named)

    @cached_property
    def directed(self) -> SimpleNetwork:
        """The network with ties as they run."""
        return self.plain if self.direction == "two-way" else collapse(self._named, Collapse(self.direction))

    @cached_property
    def _named(self) -> ActorNetwork:
        """The network, its ids decoded once: they are read many times."""
        return replace(self.network, ids=tuple(self.network.ids))

    @cached_property
    def grouped(self) -> bool:
        """Whether any actor has a group: else there are no roles and no E-I index."""
        return any(self.network.attributes.get(self.by, ()))

    @cached_property
    def groups(self) -> Grouped:
        """The actors that have a group, and the ties among them."""
        return group_by(self.directed, self.by)

    @cached_property
    def census(self) -> Census:
        """What each actor that has a group brokers."""
        if self.like is not None and self.like.grouped:
            return recount(self.like.census, self.like.groups, self.groups)
        return count(self.groups.network, self.groups.codes)

    @cached_property
    def counts(self) -> dict[str, NDArray[np.int64]]:
        """The numbers of the census that are compared, by name; each an array beside the actors of `groups`."""
        roles = self.census.roles
        counts = {role: roles[:, column] for column, role in enumerate(ROLES)} | {"total": roles.sum(axis=1)}
        return counts if self.census.exclusive is None else counts | {"exclusive": self.census.exclusive}

    @cached_property
    def parts(self) -> NDArray[np.int32]:
        """The number of the part that each actor is in."""
        return parts_of(self.plain)

    @cached_property
    def constraint(self) -> NDArray[np.float64]:
        """The constraint of each actor."""
        return constraint(self.directed)

    @cached_property
    def outward(self) -> EIIndex:
        """The E-I index by group."""
        return ei_index(self.plain, by=self.by)


def differences(
    before: Scene, after: Scene, *, seed: int = 1, progress: Progress = silent
) -> tuple[Table[Difference], Detours]:
    """Return every number that a change changes: first the whole, then groups, then actors, most changed first.

    Returns
    -------
    Table of Difference
        The figures of the whole network are all there, changed or not: they are the totals that the rest is of.
    Detours
        What becomes of the ways between actors, for who wants to say more of it.
    """
    ways = detours(before.plain, after.plain, (before.parts, after.parts), seed=seed, progress=progress)
    rows = [*_whole(before, after, ways)]
    notes: tuple[str, ...] = ()
    if before.grouped and after.grouped:
        rows += _roles(before, after)
        rows += _groups(before, after)
        notes = notes_on(before.groups, before.census)[len(before.plain.notes) :]
    rows += _actors(before, after)
    return Table(Difference, tuple(rows), tuple(dict.fromkeys((*after.plain.notes, *notes, *_sampling(ways))))), ways


def _row(about: str, subject: str, measure: str, one: float | None, other: float | None, iri: str = "") -> Difference:
    change = other - one if one is not None and other is not None else None
    return Difference(about, subject, measure, one, other, change, iri)


def _whole(before: Scene, after: Scene, ways: Detours) -> Iterator[Difference]:
    figures = {
        "actors": [len(one.plain) for one in (before, after)],
        "pairs with a tie": [one.plain.tie_count // 2 for one in (before, after)],
        "parts": [int(one.parts.max(initial=-1)) + 1 for one in (before, after)],
        "isolates": [int((np.diff(one.plain.indptr) == 0).sum()) for one in (before, after)],
        "pairs connected": ways.connected,
        "mean distance": ways.mean,
    }
    for measure, (one, other) in figures.items():
        yield _row("network", "", measure, one, other)


def _roles(before: Scene, after: Scene) -> Iterator[Difference]:
    for measure in _counted(before, after):
        one, other = (int(scene.counts[measure].sum()) for scene in (before, after))
        yield _row(f"roles by {before.by}", "", measure, one, other)


def _groups(before: Scene, after: Scene) -> Iterator[Difference]:
    about = f"E-I by {before.by}"
    yield _row(about, "", "E-I index", before.outward.index, after.outward.index)
    old, new = ({row.group: row.index for row in scene.outward.groups} for scene in (before, after))
    for group in sorted(old.keys() | new.keys(), key=str):
        if _differ(old.get(group), new.get(group)):
            yield _row(about, str(group), "E-I index", old.get(group), new.get(group))


def _actors(before: Scene, after: Scene) -> list[Difference]:
    """Return what changes of single actors, those whose brokerage changes most first."""
    found: dict[str, list[Difference]] = {}
    if before.grouped and after.grouped:
        pairing = _Pairing(before.groups.network, after.groups.network)
        for measure in _counted(before, after):
            pairing.compare(measure, before.counts[measure], after.counts[measure], found)
    _Pairing(before.plain, after.plain).compare("constraint", before.constraint, after.constraint, found)
    ranked = sorted(found, key=lambda iri: (*_weight(found[iri]), found[iri][0].subject, iri))
    return [row for iri in ranked for row in found[iri]]


def _counted(before: Scene, after: Scene) -> list[str]:
    """Return the counts that both scenes have: those of pairs that one alone serves are left out of large ones."""
    return [measure for measure in before.counts if measure in after.counts]


class _Pairing:
    """The actors of two networks: those of both, in the same order, and those of one."""

    def __init__(self, before: SimpleNetwork, after: SimpleNetwork) -> None:
        self.before, self.after = before, after
        number = {actor: place for place, actor in enumerate(after.ids)}
        place = np.array([number.pop(actor, -1) for actor in before.ids], np.int64)
        self.here, self.gone = np.flatnonzero(place >= 0), np.flatnonzero(place < 0)
        self.there, self.new = place[self.here], np.array(list(number.values()), np.int64)

    def compare(
        self, measure: str, one: NDArray[np.number], other: NDArray[np.number], found: dict[str, list[Difference]]
    ) -> None:
        """Add whose number is another; an actor that comes or goes without doing anything is none of them."""
        then, now = one[self.here], other[self.there]
        changed = ~(np.abs(then - now) <= CLOSE) & ~((then != then) & (now != now))
        moved = zip(self.here[changed].tolist(), then[changed].tolist(), now[changed].tolist(), strict=True)
        numbers = [(self.before, place, was, now_is) for place, was, now_is in moved]
        numbers += [(self.before, place, was, None) for place, was in _doing(self.gone, one)]
        numbers += [(self.after, place, None, is_) for place, is_ in _doing(self.new, other)]
        for network, place, was, is_ in numbers:
            iri = str(network.ids[place])
            found.setdefault(iri, []).append(_row("actor", network.labels[place], measure, was, is_, iri))


def _doing(places: NDArray[np.int64], values: NDArray[np.number]) -> Iterator[tuple[int, float]]:
    """Yield the places of those whose number is not 0, and the number; what is not defined is none."""
    return (
        (place, value) for place, value in zip(places.tolist(), values[places].tolist(), strict=True) if abs(value) > 0
    )


def _differ(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return not (abs(one - other) <= CLOSE or (one != one and other != other))


def _weight(rows: Sequence[Difference]) -> tuple[float, float]:
    """Return what to sort by: how many pairs more or fewer an actor brokers, then how much its constraint changes."""
    changes = {row.measure: abs((row.after or 0) - (row.before or 0)) for row in rows}
    constraint = changes.get("constraint", 0.0)
    return -changes.get("total", 0.0), -(constraint if constraint == constraint else 0.0)


def _sampling(ways: Detours) -> tuple[str, ...]:
    if not ways.sampled:
        return ()
    one, other, between, _ = ways.errors
    return (
        f"The mean distance is estimated from {ways.sampled} actors drawn at random, the same ones before and after: "
        f"standard error {max(one, other):.2g}, of the change {between:.2g}.",
    )
