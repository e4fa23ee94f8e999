"""What a network lacks by its shape: holes between groups, silos, fragile ties and actors, actors at the edge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import nan
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ecosystem.gaps.chance import FEWER, MORE, group_chances
from ecosystem.measures import bridges, core_numbers, cut_points, ei_index
from ecosystem.measures.grouping import Grouped, group_by
from ecosystem.network import ActorNetwork
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import collapse, tails_of
from ecosystem.tables import Table

__all__ = ["MOST", "StructuralGap", "structural_gaps"]

MOST: Final = 200  # rows of one kind
FAR: Final = 4  # steps from the innermost core
FEWEST: Final = 3  # actors of a group, for its ties to say something about the group

HOLE = "hole between groups"
SILO = "silo"
ONE_ACTOR = "one actor between two groups"
ONE_TIE = "one tie between two groups"
CUT_POINT = "actor that holds a part together"
BRIDGE = "tie that holds a part together"
ISOLATE = "isolated actor"
HANGING = "actor that hangs on one tie"
DISTANT = "actor far from the core"


@dataclass(frozen=True, slots=True)
class StructuralGap:
    """One weak place of a network.

    `value` is the number that the finding rests on and `reading` says what it counts; `expected` and `q` are those of
    chance, NaN where chance does not come in. `sources` counts the sources behind the ties in question, 0 where none
    is named or where no tie is in question.
    """

    kind: str
    subject: str
    other: str
    group: str
    value: float
    expected: float
    q: float
    sources: int
    reading: str
    subject_iri: str = field(default="", metadata={"hidden": True})
    other_iri: str = field(default="", metadata={"hidden": True})


@dataclass(frozen=True, slots=True)
class _Scene:
    """A network as statements and as numbers, its groups (`names`: of its nodes), and the source of each record."""

    network: ActorNetwork
    grouped: Grouped
    simple: SimpleNetwork
    sources: Mapping[str, str]
    edges: Mapping[tuple[int, int], Sequence[int]]
    names: Mapping[int, str]

    @classmethod
    def of(cls, network: ActorNetwork, by: str, sources: Mapping[str, str]) -> _Scene:
        edges: dict[tuple[int, int], list[int]] = defaultdict(list)
        for edge, (tail, head) in enumerate(zip(network.tails.tolist(), network.heads.tolist(), strict=True)):
            edges[min(tail, head), max(tail, head)].append(edge)
        grouped, places = group_by(network, by, "two-way"), network.index()
        names = {places[str(iri)]: str(grouped.group_of(at)) for at, iri in enumerate(grouped.network.ids)}
        return cls(network, grouped, collapse(network), sources, edges, names)

    def group(self, *nodes: int) -> str:
        """Return the groups of actors, each once."""
        return " – ".join(dict.fromkeys(filter(None, (self.names.get(node, "") for node in nodes))))

    def behind(self, one: int, other: int) -> set[str]:
        """Return the sources of the ties of two actors."""
        records = (
            record for edge in self.edges[min(one, other), max(one, other)] for record in self.network.records[edge]
        )
        return {source for record in records if (source := self.sources.get(record, ""))}


def structural_gaps(network: ActorNetwork, by: str, sources: Mapping[str, str] | None = None) -> Table[StructuralGap]:
    """Return the weak places of a network, kind by kind, the gravest of each first.

    - hole between groups: fewer ties than chance gives (q below 0.05), or none where chance gives one at least;
    - silo: a group whose ties stay inside (E-I index below 0) beyond chance;
    - one actor, one tie between two groups: all ties between them are this actor's, or there is
      this one alone; told of groups of three actors or more;
    - actor, tie that holds a part together: without it two actors or more lose touch with the rest;
    - isolated actor; actor that hangs on one tie; actor four steps or more from the innermost core.

    Parameters
    ----------
    network
        Ties are taken two-way; parallel ones count once.
    by
        The attribute that groups are made of.
    sources
        The source of each record, by IRI.

    Returns
    -------
    Table of StructuralGap
        At most 200 rows of a kind; the notes say how many more there are.

    Raises
    ------
    ProjectionError
        If no actor has the attribute, or a value for it.
    """
    scene = _Scene.of(network, by, sources or {})
    rows: list[StructuralGap] = []
    notes: list[str] = []
    for kind, found in (
        (HOLE, _holes(network, by)),
        (SILO, _silos(network, by)),
        ("", _between(scene)),
        (CUT_POINT, _cut_points(scene)),
        (BRIDGE, _bridges(scene)),
        ("", _edge(scene)),
    ):
        counted: dict[str, int] = defaultdict(int)
        for row in found:
            counted[row.kind] += 1
            if counted[row.kind] <= MOST:
                rows.append(row)
        notes += [f"{n - MOST:,} more of {name or kind} are not shown." for name, n in counted.items() if n > MOST]
    notes.append(_thin(scene))
    return Table(StructuralGap, tuple(rows), (*scene.grouped.notes, *notes))


def _holes(network: ActorNetwork, by: str) -> Iterator[StructuralGap]:
    for pair in group_chances(network, by=by):
        fewer = pair.reading == FEWER
        if pair.group_a == pair.group_b or not (fewer or (pair.observed == 0 and pair.expected >= 1)):
            continue
        sure = "" if fewer else "; so few may be chance"
        reading = f"{pair.observed} ties, {pair.expected:.1f} expected from how many ties their actors have{sure}"
        yield StructuralGap(
            HOLE, str(pair.group_a), str(pair.group_b), "", pair.observed, pair.expected, pair.q, 0, reading
        )


def _silos(network: ActorNetwork, by: str) -> Iterator[StructuralGap]:
    inward = {row.group: row for row in ei_index(network, by=by).groups if row.index < 0}
    for pair in group_chances(network, by=by):
        if pair.group_a == pair.group_b and pair.reading == MORE and pair.group_a in inward:
            row = inward[pair.group_a]
            reading = (
                f"E-I index: {row.internal} tie ends inside, {row.external} outside; more inside than chance gives"
            )
            yield StructuralGap(SILO, str(pair.group_a), "", str(pair.group_a), row.index, nan, pair.q, 0, reading)


def _between(scene: _Scene) -> Iterator[StructuralGap]:
    """Yield the actors and ties that alone connect two groups of three actors at least."""
    network = scene.network
    sizes = dict(zip(map(str, scene.grouped.groups), scene.grouped.sizes, strict=True))
    pairs: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for one, other in scene.edges:
        a, b = scene.group(one), scene.group(other)
        if one != other and a and b and a != b:
            first, second = ((one, other), (a, b)) if a < b else ((other, one), (b, a))
            pairs[second].append(first)
    found = []
    for (a, b), ties in pairs.items():
        if min(sizes[a], sizes[b]) < FEWEST:
            continue
        alone = [node for node in (ties[0][0], ties[0][1]) if all(node in tie for tie in ties)]
        if len(ties) == 1:
            one, other = ties[0]
            behind = scene.behind(one, other)
            found.append(
                _row(network, ONE_TIE, one, other, f"{a} – {b}", 1, len(behind), "the only tie between the two")
            )
        elif alone:
            behind = set().union(*(scene.behind(*tie) for tie in ties))
            reading = f"all {len(ties)} ties between the two are this actor's"
            found.append(_row(network, ONE_ACTOR, alone[0], -1, f"{a} – {b}", len(ties), len(behind), reading))
    yield from sorted(found, key=lambda row: (row.kind != ONE_ACTOR, -row.value, row.group, row.subject))


def _cut_points(scene: _Scene) -> Iterator[StructuralGap]:
    places = scene.network.index()
    for row in cut_points(scene.simple):
        if row.cut_off > 1:
            node = places[row.actor]
            reading = f"without it {row.cut_off} actors lose touch with the rest, which falls into {row.pieces} parts"
            yield _row(scene.network, CUT_POINT, node, -1, scene.group(node), row.cut_off, 0, reading)


def _bridges(scene: _Scene) -> Iterator[StructuralGap]:
    places = scene.network.index()
    for row in bridges(scene.simple):
        if row.cut_off > 1:
            one, other = places[row.a], places[row.b]
            reading = f"without it {row.cut_off} actors lose touch with the rest"
            yield _row(
                scene.network,
                BRIDGE,
                one,
                other,
                scene.group(one, other),
                row.cut_off,
                len(scene.behind(one, other)),
                reading,
            )


def _edge(scene: _Scene) -> Iterator[StructuralGap]:
    """Yield actors at the edge, each once: isolates, those on one tie, those far from the core."""
    network, simple = scene.network, scene.simple
    degrees = np.diff(simple.indptr)
    steps = _steps_from_core(simple)
    for node in sorted(range(len(network)), key=lambda node: (int(degrees[node]), network.labels[node], node)):
        group, degree = scene.group(node), int(degrees[node])
        if degree == 0:
            yield _row(network, ISOLATE, node, -1, group, 0, 0, "no tie to any actor")
        elif degree == 1:
            other = int(simple.heads_of(node)[0])
            behind = len(scene.behind(node, other))
            yield _row(network, HANGING, node, other, group, 1, behind, "one tie, to this actor alone")
        elif FAR <= steps[node] < np.inf:
            reading = f"{steps[node]:.0f} steps from the innermost core"
            yield _row(network, DISTANT, node, -1, group, float(steps[node]), 0, reading)


def _steps_from_core(simple: SimpleNetwork) -> NDArray[np.float64]:
    """Return the least number of steps from the innermost core to each actor; infinite where there is no way."""
    numbers = {row.actor: row.core for row in core_numbers(simple)}
    core = np.array([numbers[iri] for iri in simple.ids], np.int64)
    steps = np.full(len(simple), np.inf)
    front = np.flatnonzero(core == core.max(initial=0))
    tails, taken = tails_of(simple), 0
    steps[front] = 0
    while len(front):
        taken += 1
        reached = np.zeros(len(simple), bool)
        inside = np.zeros(len(simple), bool)
        inside[front] = True
        reached[simple.indices[inside[tails]]] = True
        front = np.flatnonzero(reached & np.isinf(steps))
        steps[front] = taken
    return steps


def _row(
    network: ActorNetwork, kind: str, one: int, other: int, group: str, value: float, sources: int, reading: str
) -> StructuralGap:
    """Return the row of an actor, or of a tie where `other` is a node."""
    label, iri = (network.labels[other], network.ids[other]) if other >= 0 else ("", "")
    return StructuralGap(
        kind, network.labels[one], label, group, value, nan, nan, sources, reading, network.ids[one], iri
    )


def _thin(scene: _Scene) -> str:
    counts = [len(scene.behind(one, other)) for one, other in scene.edges if one != other]
    thin = sum(count <= 1 for count in counts)
    return f"{thin:,} of {len(counts):,} ties rest on one source, or on none."
