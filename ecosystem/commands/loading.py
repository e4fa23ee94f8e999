"""Commands that bring data in and check it."""

from __future__ import annotations

import sys

import click

from ecosystem.commands.options import DataOptions, data_options
from ecosystem.commands.output import OutputOptions, output_options, say
from ecosystem.commands.progress import progress_shown

__all__ = ["load", "validate"]


@click.command()
@click.argument("data", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=False))
@click.option("-s", "--store", "store", metavar="STORE", help="A store folder, or the URL of a SPARQL endpoint.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--ontology", multiple=True, type=click.Path(exists=True, file_okay=False), help="A folder with Turtle.")
@output_options()
def load(
    data: tuple[str, ...], store: str | None, dry_run: bool, ontology: tuple[str, ...], output: OutputOptions
) -> None:
    """Load data sets into a store on disk or on a server, and say what that changes.

    The report counts what is created, updated, left as it is and removed, and names every row, column or cell that
    is passed over. A data set replaces what it said before; the others in the store stay. A load that fails leaves
    the store as it was. Without a store, nothing is written.

    \b
    Examples:
      ecosystem load datasets/opsi -s store --dry-run
      ecosystem load my-map.json ministries/ -s store
      ecosystem load datasets/opsi -s "http://localhost:3030/ds/query#update=update&data=data"
    """
    from ecosystem.api.opening import load_into, shown

    with progress_shown() as progress:
        report = load_into(data, store, ontology=ontology, dry_run=dry_run, progress=progress)
    for problem in report.skipped:
        say(f"Note: {problem}")
    output.print(report.changes)
    if store is None:
        say("Nothing was written: name a store with -s FOLDER to keep this.")
    elif dry_run:
        say(f"Nothing was written to {shown(store)}: this was a dry run.")
    else:
        say(f"Loaded into {shown(store)}.")


@click.command()
@data_options
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@output_options()
def validate(source: DataOptions, strict: bool, output: OutputOptions) -> None:
    """Check data: unknown terms first, then the rules that the ontology sets.

    Exit code 1 if anything is violated.

    \b
    Examples:
      ecosystem validate
      ecosystem validate -d my-data/ --strict -f csv
    """
    findings = source.open().validate()
    output.print(findings, ("severity", "label", "path", "message"))
    violated = [one for one in findings if one.severity == "violation" or (strict and one.severity == "warning")]
    say(f"{len(findings)} findings, {len(violated)} of them fail." if findings else "Everything holds.")
    if violated:
        sys.exit(1)
