"""The command that brings data in."""

from __future__ import annotations

import click

from ecosystem.commands.output import OutputOptions, output_options, say
from ecosystem.commands.progress import progress_shown

__all__ = ["load", "plan"]


@click.command()
@click.argument("data", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=False))
@click.option("-s", "--store", "store", metavar="STORE", help="A store folder, or the URL of a SPARQL endpoint.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--ontology", multiple=True, type=click.Path(exists=True, file_okay=False), help="A folder with Turtle.")
@click.option("--allow-remote-context", is_flag=True, help="Let JSON-LD contexts be fetched from the web.")
@output_options()
def load(
    data: tuple[str, ...],
    store: str | None,
    dry_run: bool,
    ontology: tuple[str, ...],
    allow_remote_context: bool,
    output: OutputOptions,
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
        report = load_into(
            data,
            store,
            ontology=ontology,
            dry_run=dry_run,
            allow_remote_context=allow_remote_context,
            progress=progress,
        )
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
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--sheet", default="", metavar="NAME", help="The sheet of a workbook; else the first.")
@click.option("--rows", default="", metavar="KEY", help="Where a document has its rows: a key, or an XML element.")
def plan(file: str, sheet: str, rows: str) -> None:
    """Write the skeleton of a plan that says what the columns of a foreign table mean.

    It guesses by the headings; what it is unsure of, mend by hand. Save it beside the table, and load the plan.

    \b
    Examples:
      ecosystem plan register.csv > register.toml
      ecosystem load register.toml --dry-run
    """
    from ecosystem.api.opening import suggest_plan

    click.echo(suggest_plan(file, sheet=sheet, rows=rows), nl=False)
