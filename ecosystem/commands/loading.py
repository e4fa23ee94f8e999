"""The command that brings data in."""

from __future__ import annotations

from pathlib import Path

import click

from ecosystem.commands.output import OutputOptions, output_options, say
from ecosystem.commands.progress import progress_shown

__all__ = ["load"]


@click.command()
@click.argument("data", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=False))
@click.option("-s", "--store", "folder", type=click.Path(path_type=Path), help="The store folder to load into.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--ontology", multiple=True, type=click.Path(exists=True, file_okay=False), help="A folder with Turtle.")
@output_options()
def load(
    data: tuple[str, ...], folder: Path | None, dry_run: bool, ontology: tuple[str, ...], output: OutputOptions
) -> None:
    """Load data sets into a store on disk, and say what that changes.

    The report counts what is created, updated, left as it is and removed, and names every row, column or cell that
    is passed over. A data set replaces what it said before; the others in the store stay. A load that fails leaves
    the store as it was. Without a store, nothing is written.

    \b
    Examples:
      ecosystem load datasets/opsi -s store --dry-run
      ecosystem load my-map.json ministries/ -s store
    """
    from ecosystem.api.opening import load_into

    with progress_shown() as progress:
        report = load_into(data, folder, ontology=ontology, dry_run=dry_run, progress=progress)
    for problem in report.skipped:
        say(f"Note: {problem}")
    output.print(report.changes)
    if folder is None:
        say("Nothing was written: name a store with -s FOLDER to keep this.")
    elif dry_run:
        say(f"Nothing was written to {folder}: this was a dry run.")
    else:
        say(f"Loaded into {folder}.")
