"""Commands that write something to publish."""

from __future__ import annotations

from pathlib import Path

import click

from ecosystem.commands.measuring import BROKER_COLUMNS
from ecosystem.commands.options import DataOptions, ProjectionOptions, data_options, projection_options
from ecosystem.commands.output import OutputOptions, say

__all__ = ["build", "map_command"]

SHOWN = 10


LAYOUTS = ("force", "circle", "grid", "geographic", "layered")
RENDERERS = ("auto", "canvas", "webgl")


@click.command("map")
@data_options
@click.option("--by", default="", help="What groups are made of.  [default: country where known, else kind]")
@click.option("--title", default="", help="The heading.  [default: the data sets' titles]")
@click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    default="force",
    show_default=True,
    help="By ties; by group on a circle or a grid; by country on the globe; by kind in layers.",
)
@click.option(
    "--renderer",
    type=click.Choice(RENDERERS),
    default="auto",
    show_default=True,
    help="What draws it in the browser; WebGL by itself for large maps.",
)
@projection_options
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), default="map.html", show_default=True, help="The file."
)
def map_command(
    source: DataOptions, by: str, title: str, layout: str, renderer: str, ties: ProjectionOptions, target: Path
) -> None:
    """Write an interactive map: one HTML file that needs no network.

    \b
    Examples:
      ecosystem map -o map.html
      ecosystem map -d my-map.json --by kind --title "Science networks" -o networks.html
      ecosystem map --layout geographic -o world.html
    """
    source.tell_of_pages()
    eco = source.open()
    made = eco.map(target, by, projection=ties.projection(eco), title=title, layout=layout, renderer=renderer)
    click.echo(made)


@click.command()
@data_options
@click.option("--by", default="", help="What groups are made of.  [default: country where known, else kind]")
@click.option("--title", default="", help="The heading of the map.  [default: the data sets' titles]")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    default="ecosystem-map",
    show_default=True,
    help="The folder to write into.",
)
def build(source: DataOptions, by: str, title: str, folder: Path) -> None:
    """Do the whole job: data in, brokers and gaps printed, RDF graph, tables and map written.

    \b
    Examples:
      ecosystem build
      ecosystem build -d my-map.json -o out
    """
    from ecosystem.api.building import build as build_all
    from ecosystem.gaps import gap_counts

    source.tell_of_pages()
    eco = source.open()
    built = build_all(eco, folder, by=by, title=title)
    terminal = OutputOptions("table", "-")
    terminal.print(
        built.brokers.where(lambda row: row.total > 0).head(SHOWN), BROKER_COLUMNS, title=f"Brokers by {built.by}"
    )
    click.echo()
    terminal.print(gap_counts(built.gaps), title=f"Gaps ({len(built.gaps)})")
    click.echo()
    for path in built.files:
        click.echo(path)
    say(f"Open {built.files[-1]} in a browser; it needs no network.")
