"""The command that finds actors with two names, and applies what a person decides about them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from ecosystem.commands.options import DataOptions, data_options
from ecosystem.commands.output import OutputOptions, say
from ecosystem.commands.progress import progress_shown
from ecosystem.tables import FORMATS

__all__ = ["reconcile"]

PROPOSAL_COLUMNS = ("confidence", "predicate_id", "subject_label", "object_label", "comment")
CHANGE_COLUMNS = ("label", "group", "role", "before", "after", "counted_with")


@click.command()
@data_options
@click.option("--least", default=0.75, show_default=True, type=click.FloatRange(0, 1), help="How sure a match must be.")
@click.option("--apply", "table", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="A table of matches that you edited: apply it.")  # fmt: skip
@click.option("-s", "--store", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="With --apply: the store whose actors these are, and that keeps the decisions.")  # fmt: skip
@click.option("--by", default="country", show_default=True, help="With --apply: the groups that brokers connect.")
@click.option("-f", "--format", "form", type=click.Choice(["sssom", "table", *FORMATS]),
              help="Format.  [default: sssom; with --apply, table]")  # fmt: skip
@click.option("-o", "--output", "target", default="", metavar="PATH",
              help="The file for the matches; with --apply, the folder for the decisions.")  # fmt: skip
def reconcile(
    source: DataOptions, least: float, table: Path | None, folder: Path | None, by: str, form: str | None, target: str
) -> None:
    """Find actors that may be one under two names, and count them once.

    Proposes matches as an SSSOM table, each with how sure it is and why. Edit it: leave skos:exactMatch where two are
    one, write Not into predicate_modifier where they are not (they are not proposed again), and skos:closeMatch where
    that is open. Then apply it: both names stay, and every analysis counts the two as one actor.

    \b
    Examples:
      ecosystem reconcile -d ours/ -d theirs.ttl -o matches.sssom.tsv
      ecosystem reconcile -d ours/ -d theirs.ttl --apply matches.sssom.tsv -o decided
      ecosystem brokers -d ours/ -d theirs.ttl -d decided/matches.ttl
      ecosystem reconcile --apply matches.sssom.tsv -s store
    """
    if table is None:
        if folder is not None:
            raise click.UsageError("-s goes with --apply; to look for matches in a store, name it with -d.")
        _propose(source, least, form or "sssom", target)
        return
    if folder is not None and (source.data or target):
        raise click.UsageError("-s names the data and where the decisions go: leave -d and -o out.")
    if form == "sssom":
        raise click.UsageError("With --apply there are brokers to show, no matches: choose another format.")
    _apply(source, table, folder, by, form or "table", target)


def _propose(source: DataOptions, least: float, form: str, target: str) -> None:
    from ecosystem.api.reconciling import reconcile as find
    from ecosystem.reconciliation import sssom

    eco = source.open()
    with progress_shown() as progress:
        found = find(eco, least=least, progress=progress)
    output = OutputOptions(form, target)
    if form != "sssom":
        output.print(found, PROPOSAL_COLUMNS)
        return
    output.write(sssom(found, title=f"Matches proposed among the actors of {', '.join(source.data) or 'opsi'}"))
    for note in found.notes:
        say(note)


def _apply(source: DataOptions, table: Path, folder: Path | None, by: str, form: str, target: str) -> None:
    from ecosystem.api.reconciling import decide

    eco = (replace(source, data=(str(folder),)) if folder else source).open()
    decision = decide(eco, table, earlier=Path(target) if target else None)
    OutputOptions(form, "").print(decision.changes(by), CHANGE_COLUMNS)
    if folder is not None:
        decision.load(folder)
        say(f"{folder} keeps the decisions.")
    elif target:
        written = decision.write(Path(target), by)
        say(f"Written: {written}. Add it to these data with -d {written}.")
    else:
        say("Nothing was written: name a folder with -o, or a store with -s, to keep the decisions.")
