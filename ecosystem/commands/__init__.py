"""The command line: parse, call, print. Data goes to stdout, words go to stderr."""

from __future__ import annotations

import sys
from typing import Any

import click

from ecosystem import __version__
from ecosystem.commands.asking import path, search, show, stats
from ecosystem.commands.briefing import brief
from ecosystem.commands.comparing import diff, timeline
from ecosystem.commands.converting import convert
from ecosystem.commands.deciding import whatif
from ecosystem.commands.drawing import figure
from ecosystem.commands.gaps import gaps
from ecosystem.commands.loading import load, plan
from ecosystem.commands.measuring import brokers
from ecosystem.commands.orchestrating import orchestrators
from ecosystem.commands.partnering import partners
from ecosystem.commands.publishing import build, map_command
from ecosystem.commands.querying import query
from ecosystem.commands.reconciling import reconcile
from ecosystem.commands.shell import shell
from ecosystem.commands.site import publish, serve
from ecosystem.commands.structure import cohesion, communities, keyplayers
from ecosystem.commands.validating import validate
from ecosystem.commands.vocabulary import ontology
from ecosystem.engines import undrawn
from ecosystem.errors import EcosystemError

__all__ = ["cli", "main"]

LINES_SHOWN = 50


class Front(click.Group):
    """The group of all commands: a user's mistake is shown as a line, a bug as its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn what the user can mend into a line and an exit code."""
        try:
            return super().invoke(ctx)
        except EcosystemError as error:
            if ctx.params.get("debug"):
                raise
            lines = error.lines()
            for line in lines[:LINES_SHOWN]:
                click.echo(f"Error: {line}", err=True)
            if len(lines) > LINES_SHOWN:
                click.echo(f"Error: … and {len(lines) - LINES_SHOWN} more like these.", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=Front, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="ecosystem")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def cli(debug: bool) -> None:
    """Map an ecosystem of government: who works with whom, who brokers, what is missing, says who.

    Every command takes -d DATA (a file, a data set folder, a store folder), as often as needed; without it, the
    bundled OPSI data set is used.

    \b
    Start here:
      ecosystem build -o my-map       everything at once: RDF graph, brokers, gaps and a map
      ecosystem brokers --by country  who connects countries
      ecosystem orchestrators --between "Latin America" --and Europe
                                      who connects two regions, and what is lost without them
      ecosystem show CAF              one actor, its ties, and who says so
    """


COMMANDS = (
    *(load, plan, reconcile, validate, stats, show, search, path, query, shell),
    *(brokers, orchestrators, partners, gaps),
    *(whatif, timeline, diff),
    *(cohesion, communities, keyplayers),
    *(map_command, publish, serve, figure, convert, build, brief, ontology),
)
for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    if hasattr(sys.stdout, "reconfigure"):
        # Names come in every script; a terminal that cannot show one gets a question mark, never a traceback.
        sys.stdout.reconfigure(errors="replace")
        sys.stderr.reconfigure(errors="replace")  # type: ignore[union-attr]
    undrawn()
    cli(prog_name="ecosystem")
