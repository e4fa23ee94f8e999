"""Commands about the structure of a network: how it holds together, its communities, its key players."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ecosystem.commands.options import DataOptions, ProjectionOptions, data_options, projection_options
from ecosystem.commands.output import OutputOptions, output_options

if TYPE_CHECKING:
    from ecosystem.network import ActorNetwork
    from ecosystem.network.model import Direction
    from ecosystem.tables import Table

__all__ = ["cohesion", "communities", "keyplayers"]

OBJECTIVES = {"fragmentation": "fragmentation", "distance": "distance-weighted fragmentation", "reach": "reach"}
DETAILS = ("figures", "groups", "densities", "actors", "parts", "cut-points", "bridges", "cores")
COLUMNS = {
    "actors": ("label", "group", "internal", "external", "index"),
    "parts": ("component", "size", "label"),
    "cut-points": ("label", "pieces", "cut_off"),
    "bridges": ("a_label", "b_label", "cut_off"),
    "cores": ("label", "core"),
}


@click.command()
@data_options
@click.option("--by", default="country", show_default=True, help="What groups are made of: country, kind, type.")
@click.option(
    "--show",
    "detail",
    type=click.Choice(DETAILS),
    default="figures",
    show_default=True,
    help="All in figures, or one of them in detail: by group, density between groups, by actor, parts, and so on.",
)
@click.option("--permutations", default=999, show_default=True, help="Random deals of the groups behind p; 0 for none.")
@click.option("--seed", default=1, show_default=True, help="Seeds the deals.")
@projection_options
@output_options()
def cohesion(
    source: DataOptions,
    by: str,
    detail: str,
    permutations: int,
    seed: int,
    ties: ProjectionOptions,
    output: OutputOptions,
) -> None:
    """Show how a network holds together: density, E-I index by groups, reciprocity, parts, cut points, cores.

    The E-I index compares ties that leave the groups with ties that stay inside (Krackhardt & Stern 1988).

    \b
    Examples:
      ecosystem cohesion --by country
      ecosystem cohesion --by branch --show densities
      ecosystem cohesion --show cut-points -f csv
    """
    eco = source.open()
    projection = ties.projection(eco)
    if detail == "figures":
        from ecosystem.api.structure import cohesion as figures

        output.print(figures(eco, by, projection=projection, permutations=permutations, seed=seed))
    else:
        output.print(_detail(eco.network(projection), detail, by, ties.stated_direction()), COLUMNS.get(detail, ()))


def _detail(network: ActorNetwork, detail: str, by: str, direction: Direction | None) -> Table[Any]:
    from ecosystem import measures

    if detail in ("groups", "actors"):
        index = measures.ei_index(network, by=by)
        return index.groups if detail == "groups" else index.actors
    if detail == "densities":
        return measures.group_density(network, by=by, direction=direction).where(lambda row: row.ties > 0)
    whole: dict[str, Any] = {
        "parts": measures.components,
        "cut-points": measures.cut_points,
        "bridges": measures.bridges,
        "cores": measures.core_numbers,
    }
    found: Table[Any] = whole[detail](network)
    return found


@click.command()
@data_options
@click.option("--resolution", default=1.0, show_default=True, help="Larger gives more and smaller communities.")
@click.option("--seed", default=1, show_default=True, help="Other seeds may give other answers: try several.")
@projection_options
@output_options()
def communities(
    source: DataOptions, resolution: float, seed: int, ties: ProjectionOptions, output: OutputOptions
) -> None:
    """Find communities: actors with more ties among themselves than chance gives (Leiden algorithm).

    participation says how an actor's contacts are spread over communities (0: all in one), within z how many of them
    are in its own, beside its fellows (Guimerà & Amaral 2005).

    \b
    Examples:
      ecosystem communities
      ecosystem communities --resolution 2 --seed 7 -f csv
    """
    from ecosystem.api.structure import community_members

    eco = source.open()
    found = community_members(eco, projection=ties.projection(eco), resolution=resolution, seed=seed)
    output.print(found, ("community", "size", "label", "country", "participation", "within_z"))


@click.command()
@data_options
@click.option("--size", default=3, show_default=True, help="How many actors the set has.")
@click.option(
    "--objective",
    type=click.Choice(list(OBJECTIVES)),
    default="fragmentation",
    show_default=True,
    help="Whose going breaks most (fragmentation; distance counts longer ways too), or who reach most (reach).",
)
@projection_options
@output_options()
def keyplayers(source: DataOptions, size: int, objective: str, ties: ProjectionOptions, output: OutputOptions) -> None:
    """Find the set of actors that matters most together, which seldom is that of the most central (Borgatti 2006).

    value is that of the whole set, without that of the set less this actor. Sets that are as good as each other are
    told apart by alternative. Large searches are not exact, and say so.

    \b
    Examples:
      ecosystem keyplayers --size 2
      ecosystem keyplayers --size 5 --objective reach -f json
    """
    from ecosystem.measures import key_players

    eco = source.open()
    network = eco.network(ties.projection(eco))
    found = key_players(network, size=size, objective=OBJECTIVES[objective])  # type: ignore[arg-type]
    output.print(found, ("alternative", "label", "value", "without"))
