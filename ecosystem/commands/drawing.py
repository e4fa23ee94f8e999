"""The command that draws figures for print."""

from __future__ import annotations

from pathlib import Path

import click

from ecosystem.commands.options import DataOptions, ProjectionOptions, data_options, projection_options

__all__ = ["figure"]

KINDS = ("network", "brokers", "matrix", "gaps", "communities", "timeline", "world")
SIZES = ("slide", "page", "column")


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@data_options
@click.option("--by", default="", help="What groups are made of.  [default: country where known, else kind]")
@click.option(
    "--size",
    type=click.Choice(SIZES),
    default="page",
    show_default=True,
    help="A slide (13.33 × 7.5 in), a page (160 mm wide) or a column (80 mm).",
)
@click.option("--title", default="", help="The title.  [default: what the figure shows]")
@projection_options
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="The file: .png, .svg or .pdf.",
)
def figure(
    kind: str, source: DataOptions, by: str, size: str, title: str, ties: ProjectionOptions, target: Path
) -> None:
    """Draw a figure for print: PNG, SVG or PDF, for a slide, a page or a column.

    \b
    network      who is tied to whom        communities  who keeps to whom
    brokers      who connects groups        timeline     what began when
    matrix       what is between groups     world        ties across borders
    gaps         what is missing

    \b
    Examples:
      ecosystem figure brokers -o brokers.pdf
      ecosystem figure world --size slide -o world.png
      ecosystem figure network -d my-map.json --by kind --size column -o network.svg
    """
    eco = source.open()
    click.echo(eco.figure(kind, target, by, size=size, projection=ties.projection(eco), title=title))
