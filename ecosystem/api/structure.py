"""The structure of a network at a glance: how it holds together, and which communities its actors form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecosystem.network import Projection
from ecosystem.tables import Table

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["CohesionFigure", "Member", "cohesion", "community_members"]


@dataclass(frozen=True, slots=True)
class CohesionFigure:
    """One number about a whole network, and how to read it."""

    measure: str
    value: float
    reading: str


@dataclass(frozen=True, slots=True)
class Member:
    """An actor in its community, and how its contacts are spread over communities."""

    community: int
    size: int
    label: str
    country: str
    participation: float
    within_z: float
    actor: str


def cohesion(
    eco: Ecosystem, by: str, *, projection: Projection | None = None, permutations: int = 999, seed: int = 1
) -> Table[CohesionFigure]:
    """Return the figures of cohesion of a network: density, E-I index by groups, reciprocity, parts, cores.

    Each is defined in the function of `ecosystem.measures` that it comes from; ties are two-way but for reciprocity.
    """
    from ecosystem import measures

    network = eco.network(projection or eco.projection())
    parts = measures.components(network)
    index = measures.ei_index(network, by=by, permutations=permutations, seed=seed)
    returned = measures.reciprocity(network)[0]
    cuts, bridges, cores = measures.cut_points(network), measures.bridges(network), measures.core_numbers(network)
    alone = sum(row.size == 1 for row in parts)
    size = len(network)
    pairs = size * (size - 1) / 2
    figures: list[tuple[str, Any, str]] = [
        ("actors", size, "nodes of the network"),
        ("ties", returned.dyads, "pairs of actors with a tie in either direction"),
        ("density", returned.dyads / pairs if pairs else float("nan"), "share of all pairs of actors that are tied"),
        ("parts", max(parts["component"], default=0), "sets of actors that are connected at all, isolates among them"),
        ("largest part", max(parts["size"], default=0), "actors in the largest of them"),
        ("isolates", alone, "actors without a tie"),
        ("cut points", len(cuts), "actors without whom a part falls apart"),
        ("bridges", len(bridges), "ties without which a part falls in two"),
        (
            "innermost core",
            max(cores["core"], default=0),
            "k of the k-core deepest inside: its actors have k ties among them each",
        ),
        ("reciprocity, ties", returned.tie_based, "share of ties, as stated, that run both ways"),
        ("reciprocity, pairs", returned.dyad_based, "share of tied pairs whose tie runs both ways"),
        (f"E-I index by {by}", index.index, "-1: all ties stay inside groups; 1: all leave them"),
        ("E-I expected", index.expected, "from the sizes of the groups alone"),
        ("E-I least possible", index.minimum, "with so many ties among groups of these sizes"),
        ("E-I most possible", index.maximum, "with so many ties among groups of these sizes"),
        ("E-I rescaled", index.rescaled, "-1: as inward as possible; 1: as outward as possible"),
        ("E-I p", index.p, "chance of being so far from expected, if groups were dealt out at random (two-sided)"),
    ]
    rows = tuple(CohesionFigure(measure, float(value), reading) for measure, value, reading in figures)
    return Table(CohesionFigure, rows, index.notes)


def community_members(
    eco: Ecosystem, *, projection: Projection | None = None, resolution: float = 1.0, seed: int = 1
) -> Table[Member]:
    """Return the communities that the Leiden algorithm finds, the largest first, with each actor's spread over them.

    Raises
    ------
    ProjectionError
        If the resolution is not a positive number.
    """
    from ecosystem.measures import communities, participation

    network = eco.network(projection or eco.projection())
    found = communities(network, resolution=resolution, seed=seed)
    spread = {row.actor: row for row in participation(network, by={row.actor: row.community for row in found})}
    countries = dict(zip(network.ids, network.attributes["country"], strict=True))
    rows = tuple(
        Member(
            community=row.community,
            size=row.size,
            label=row.label,
            country=countries[row.actor] or "",
            participation=spread[row.actor].participation,
            within_z=spread[row.actor].within_z,
            actor=row.actor,
        )
        for row in found
    )
    return Table(Member, rows, found.notes)
