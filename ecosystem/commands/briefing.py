"""The command that prepares a meeting."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import click

from ecosystem.commands.options import DataOptions, data_options
from ecosystem.commands.output import OutputOptions

__all__ = ["brief"]


@click.command()
@data_options
@click.option("--country", default="", metavar="NAME", help="Brief on a country.")
@click.option("--actor", default="", metavar="NAME", help="Brief on an actor.")
@click.option("--initiative", default="", metavar="NAME", help="Brief on an initiative.")
@click.option(
    "-o", "--output", "target", default="", metavar="FILE", help="Write to a file; one in .html becomes a page."
)
def brief(source: DataOptions, target: str, **subjects: Any) -> None:
    """Write two pages for a meeting: who is there, who connects it, what is missing, five next conversations.

    Every statement names its source. Markdown, or a page that prints.

    \\b
    Examples:
      ecosystem brief --country Chile
      ecosystem brief --actor CAF -o caf.html
      ecosystem brief --initiative "Deep Space Food Challenge" -o challenge.md
    """
    asked = [(subject, name) for subject, name in subjects.items() if name]
    if len(asked) != 1:
        raise click.UsageError("Say one of --country, --actor and --initiative.")
    from ecosystem.api.briefing import Subject, briefing
    from ecosystem.publish.briefing import markdown, page

    subject, name = asked[0]
    found = briefing(source.open(), cast("Subject", subject), name)
    form = page if Path(target).suffix.casefold() in (".html", ".htm") else markdown
    OutputOptions("text", target).write(form(found))
