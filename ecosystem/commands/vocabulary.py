"""Commands about the ontology itself."""

from __future__ import annotations

import sys

import click

from ecosystem.commands.options import language_option
from ecosystem.commands.output import OutputOptions, output_options, printable, say

__all__ = ["ontology"]

GROUPS = ("types", "relations", "concepts", "rules", "flows", "countries", "groups")


@click.group()
def ontology() -> None:
    """Look into the ontology: types, relations, concepts and gap rules.

    \b
    Example:
      ecosystem ontology list relations
    """


@ontology.command("list")
@click.argument("group", type=click.Choice(GROUPS), default="relations")
@language_option()
@output_options()
def list_terms(group: str, language: str, output: OutputOptions) -> None:
    """List the types, relations, concepts, gap rules, flows, countries or country groups that the ontology knows.

    \b
    Example:
      ecosystem ontology list rules -f csv
    """
    from ecosystem.api.glossary import entries
    from ecosystem.api.opening import load_ontology

    output.print(entries(load_ontology(), group, language))


@ontology.command("show")
@click.argument("name")
@language_option()
def show_term(name: str, language: str) -> None:
    """Show one term: what it means, its names, what it may tie, and where it stands.

    \b
    Example:
      ecosystem ontology show audits
    """
    from ecosystem.api.glossary import describe
    from ecosystem.api.opening import load_ontology

    for key, value in describe(load_ontology(), name, language):
        click.echo(f"{key + ':':16}{printable(value)}")


@ontology.command("check")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False))
@output_options()
def check(folder: str | None, output: OutputOptions) -> None:
    """Check an ontology against the rules that it sets itself: the bundled one, or what FOLDER adds to it.

    A folder that has rules of its own (meta.ttl) is checked by itself.

    \b
    Example:
      ecosystem ontology check
    """
    from pathlib import Path

    from ecosystem.resources import ontology_folder
    from ecosystem.validation import check_ontology

    own = Path(folder) if folder else ontology_folder()
    findings = check_ontology(*([own] if (own / "meta.ttl").is_file() else [ontology_folder(), own]))
    output.print(findings)
    say(f"{len(findings)} findings." if findings else "The ontology holds together.")
    if any(one.severity == "violation" for one in findings):
        sys.exit(1)
