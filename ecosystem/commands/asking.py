"""Commands that ask: what is there, what is it, how is it connected."""

from __future__ import annotations

from dataclasses import fields

import click

from ecosystem.commands.options import DataOptions, data_options
from ecosystem.commands.output import OutputOptions, output_options, printable, say
from ecosystem.commands.statements import Statements

__all__ = ["path", "search", "show", "stats"]

evidence_option = click.option(
    "--evidence/--no-evidence", default=True, show_default=True, help="Show the statement and source behind each tie."
)


@click.command()
@data_options
@output_options()
def stats(source: DataOptions, output: OutputOptions) -> None:
    """Show the ecosystem at a glance: counts by type, country, relation and source.

    \b
    Example:
      ecosystem stats -d my-map.json
    """
    from ecosystem.api.words import thinness

    eco = source.open()
    output.print(eco.overview().table())
    say(thinness(eco.lookup.evidence()))


@click.command()
@click.argument("name")
@data_options
@evidence_option
@output_options()
def show(name: str, source: DataOptions, evidence: bool, output: OutputOptions) -> None:
    """Show one thing: what is said of it, and its ties, each with its source.

    NAME is any of its names, an acronym, or its id.

    \b
    Examples:
      ecosystem show CAF
      ecosystem show "Deep Space Food Challenge" -f json
    """
    eco = source.open()
    profile, ties = eco.show(name), eco.relationships(name)
    if output.form == "table":
        said = ((field.name, getattr(profile, field.name)) for field in fields(profile))
        known = [(key, "; ".join(value) if isinstance(value, tuple) else value) for key, value in said if value]
        words = Statements()
        for one in ties:
            words.relationship(one, profile.label, evidence)
        about = "\n".join(f"{key + ':':14}{printable(value)}" for key, value in known)
        output.write(f"{about}\n\n{words.text()}")
    else:
        output.print(ties)
    say(f"{len(ties)} relationships.")


@click.command()
@click.argument("text")
@data_options
@output_options()
def search(text: str, source: DataOptions, output: OutputOptions) -> None:
    """Find things by any of their names, in any language; case and accents do not matter.

    \b
    Example:
      ecosystem search innovation
    """
    found = source.open().search(text)
    output.print(found)
    if not found:
        say(f"Nothing has {text!r} in its names.")


@click.command()
@click.argument("start")
@click.argument("end")
@data_options
@evidence_option
@output_options()
def path(start: str, end: str, source: DataOptions, evidence: bool, output: OutputOptions) -> None:
    """Show how two things are connected, by the shortest chain of relationships, each with its source.

    A country stands for the actors in it.

    \b
    Example:
      ecosystem path Colombia NASA
    """
    steps = source.open().path(start, end)
    if output.form == "table":
        words = Statements()
        for step in steps:
            words.hop(step, evidence)
        output.write(words.text())
        for note in steps.notes:
            say(note)
    else:
        output.print(steps)
    say(f"{len(steps)} steps.")
