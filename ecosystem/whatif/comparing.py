"""Two networks held against each other, number by number: what a change does to roles, holes, E-I and reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np

from ecosystem.measures import ROLES, brokerage, ei_index, structural_holes
from ecosystem.measures.brokerage import Broker
from ecosystem.measures.ei import EIIndex
from ecosystem.network import ActorNetwork, SimpleNetwork, collapse
from ecosystem.network.model import Collapse, Direction
from ecosystem.tables import Table
from ecosystem.whatif.reaching import Detours, detours, parts_of

__all__ = ["Difference", "Scene", "differences"]

CLOSE: Final = 1e-9  # sums in another order differ by less
COUNTS: Final = (*ROLES, "total", "exclusive")


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
    """

    network: ActorNetwork
    by: str
    direction: Direction

    @cached_property
    def plain(self) -> SimpleNetwork:
        """The network with ties two-way."""
        return collapse(self.network)

    @cached_property
    def directed(self) -> SimpleNetwork:
        """The network with ties as they run."""
        return self.plain if self.direction == "two-way" else collapse(self.network, Collapse(self.direction))

    @cached_property
    def grouped(self) -> bool:
        """Whether any actor has a group: else there are no roles and no E-I index."""
        return any(self.network.attributes.get(self.by, ()))

    @cached_property
    def brokers(self) -> Table[Broker]:
        """Who brokers."""
        return brokerage(self.directed, by=self.by, direction=self.direction)

    @cached_property
    def counts(self) -> Mapping[str, tuple[float | None, ...]]:
        """The roles of each actor that has a group, as numbers in the order of `COUNTS`."""
        columns = [self.brokers[name] for name in ("actor", *COUNTS)]
        return {actor: counts for actor, *counts in zip(*columns, strict=True)}  # type: ignore[misc]

    @cached_property
    def constraint(self) -> Mapping[str, float]:
        """The constraint of each actor."""
        holes = structural_holes(self.directed, direction=self.direction)
        return dict(zip(holes["actor"], holes["constraint"], strict=True))

    @cached_property
    def outward(self) -> EIIndex:
        """The E-I index by group."""
        return ei_index(self.plain, by=self.by)


def differences(before: Scene, after: Scene, *, seed: int = 1) -> tuple[Table[Difference], Detours]:
    """Return every number that a change changes: first the whole, then groups, then actors, most changed first.

    Returns
    -------
    Table of Difference
        The figures of the whole network are all there, changed or not: they are the totals that the rest is of.
    Detours
        What becomes of the ways between actors, for who wants to say more of it.
    """
    ways = detours(before.plain, after.plain, seed=seed)
    rows = [*_whole(before, after, ways)]
    notes: tuple[str, ...] = ()
    if before.grouped and after.grouped:
        rows += _roles(before, after)
        rows += _groups(before, after)
        notes = before.brokers.notes[len(before.plain.notes) :]
    rows += _actors(before, after)
    return Table(Difference, tuple(rows), tuple(dict.fromkeys((*after.plain.notes, *notes, *_sampling(ways))))), ways


def _row(about: str, subject: str, measure: str, one: float | None, other: float | None, iri: str = "") -> Difference:
    change = other - one if one is not None and other is not None else None
    return Difference(about, subject, measure, one, other, change, iri)


def _whole(before: Scene, after: Scene, ways: Detours) -> Iterator[Difference]:
    figures = {
        "actors": [len(one.plain) for one in (before, after)],
        "pairs with a tie": [one.plain.tie_count // 2 for one in (before, after)],
        "parts": [int(parts_of(one.plain).max(initial=-1)) + 1 for one in (before, after)],
        "isolates": [int((np.diff(one.plain.indptr) == 0).sum()) for one in (before, after)],
        "pairs connected": ways.connected,
        "mean distance": ways.mean,
    }
    for measure, (one, other) in figures.items():
        yield _row("network", "", measure, one, other)


def _roles(before: Scene, after: Scene) -> Iterator[Difference]:
    sums = [
        [sum(values) if None not in values else None for values in zip(*scene.counts.values(), strict=True)]
        for scene in (before, after)
    ]
    for measure, one, other in zip(COUNTS, *sums, strict=True):
        if one is not None and other is not None:
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
    columns: list[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = []
    if before.grouped and after.grouped:
        old, new = before.counts, after.counts
        for place, measure in enumerate(COUNTS):
            columns.append((measure, _column(old, place), _column(new, place)))
    columns.append(("constraint", before.constraint, after.constraint))
    labels = {iri: label for scene in (before, after) for iri, label in _labels(scene.network)}
    found: dict[str, list[Difference]] = {}
    for measure, one, other in columns:
        for iri in _changed(one, other):
            row = _row("actor", labels[iri], measure, one.get(iri), other.get(iri), iri)
            found.setdefault(iri, []).append(row)
    ranked = sorted(found, key=lambda iri: (*_weight(found[iri]), labels[iri], iri))
    return [row for iri in ranked for row in found[iri]]


def _column(counts: Mapping[str, Sequence[Any]], place: int) -> dict[str, Any]:
    return {iri: values[place] for iri, values in counts.items()}


def _changed(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterable[str]:
    """Return whose number is another; an actor that comes or goes without doing anything is none of them."""
    for iri in one.keys() | other.keys():
        if iri in one and iri in other:
            if _differ(one[iri], other[iri]):
                yield iri
        elif one.get(iri) or other.get(iri):
            yield iri


def _differ(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return not (abs(one - other) <= CLOSE or (one != one and other != other))


def _weight(rows: Sequence[Difference]) -> tuple[float, float]:
    """Return what to sort by: how many pairs more or fewer an actor brokers, then how much its constraint changes."""
    changes = {row.measure: abs((row.after or 0) - (row.before or 0)) for row in rows}
    constraint = changes.get("constraint", 0.0)
    return -changes.get("total", 0.0), -(constraint if constraint == constraint else 0.0)


def _labels(network: ActorNetwork) -> Iterator[tuple[str, str]]:
    return zip(network.ids, network.labels, strict=True)


def _sampling(ways: Detours) -> tuple[str, ...]:
    if not ways.sampled:
        return ()
    one, other, between, _ = ways.errors
    return (
        f"The mean distance is estimated from {ways.sampled} actors drawn at random, the same ones before and after: "
        f"standard error {max(one, other):.2g}, of the change {between:.2g}.",
    )
