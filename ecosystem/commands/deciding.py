"""Commands for decisions: what a change would do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecosystem.commands.options import DataOptions, ProjectionOptions, data_options, projection_options
from ecosystem.commands.output import OutputOptions, output_options, say
from ecosystem.commands.progress import progress_shown
from ecosystem.commands.statements import Statements

if TYPE_CHECKING:
    from ecosystem.api import Ecosystem
    from ecosystem.api.introductions import Introduction
    from ecosystem.tables import Table

__all__ = ["whatif"]

COLUMNS = ("about", "subject", "measure", "before", "after", "change")


@click.command()
@click.argument("patches", nargs=-1, metavar="[PATCH]...")
@data_options
@click.option(
    "--add", multiple=True, metavar="TIE", help='Suppose a tie, "CAF partnersWith OECD", or an actor (below).'
)
@click.option("--remove", multiple=True, metavar="NAME", help="Do without an actor or initiative; repeatable.")
@click.option("--remove-tie", "remove_ties", multiple=True, metavar="TIE", help="Do without a tie; repeatable.")
@click.option("--best-ties", default=0, metavar="N", help="The N new ties that help two sides most.")
@click.option("--between", default="", metavar="PLACES", help="With --best-ties: a country group, a country, or so.")
@click.option("--and", "and_", default="", metavar="PLACES", help="The other side: likewise.")
@click.option("--by", default="", help="What groups are made of.  [default: country where known, else kind]")
@click.option("--top", default=20, show_default=True, help="How many actors to show; 0 for all that change.")
@click.option("--gaps/--no-gaps", default=None, help="Run the gap rules before and after.  [default: on small data]")
@click.option("--map", "page", type=click.Path(path_type=Path), help="Write a map with the change as ghosts.")
@projection_options
@output_options()
def whatif(
    patches: tuple[str, ...],
    source: DataOptions,
    add: tuple[str, ...],
    remove: tuple[str, ...],
    remove_ties: tuple[str, ...],
    best_ties: int,
    between: str,
    and_: str,
    by: str,
    top: int,
    gaps: bool | None,
    page: Path | None,
    ties: ProjectionOptions,
    output: OutputOptions,
) -> None:
    """Tell what a change would do: brokers, structural holes, E-I index, ways and gaps, before and after.

    A PATCH is a table with the columns change (add or remove), subject, relation, object, or TriG in which the graph
    <remove> holds what goes. Names and ids both do. The data stay as they are.

    \b
    Examples:
      ecosystem whatif --remove CAF
      ecosystem whatif --add "CAF partnersWith OECD" --map what-if.html
      ecosystem whatif --add "Audit Lab a SupremeAuditInstitution in Chile" --add "Audit Lab audits CAF"
      ecosystem whatif --best-ties 5 --between "Latin America" --and Europe -f csv -o patch.csv
      ecosystem whatif patch.csv
    """
    changes = bool(patches or add or remove or remove_ties)
    if bool(best_ties) == changes:
        raise click.UsageError("Say what to change (a PATCH, --add, --remove, --remove-tie), or --best-ties N.")
    if bool(best_ties) != bool(between and and_) or bool(between) != bool(and_):
        raise click.UsageError("--best-ties N, --between and --and go together.")
    if best_ties < 0 or top < 0:
        raise click.UsageError("A number of ties or actors is not below 0.")
    eco = source.open()
    if best_ties:
        if page:
            raise click.UsageError("--map shows a change: save the ties with -f csv -o patch.csv, and give that.")
        _print_best(eco, between, and_, best_ties, ties, output)
        return
    with progress_shown() as progress:
        supposed = eco.what_if(
            *patches,
            by=by,
            projection=ties.projection(eco),
            progress=progress,
            add=add,
            remove=remove,
            remove_ties=remove_ties,
        )
        words, found = supposed.in_words(gaps=gaps), supposed.differences(top, gaps=gaps)
    if not supposed.patch:
        say("The change adds nothing and takes nothing away.")
    if output.form == "table":
        output.print(found, COLUMNS, title="\n".join(words) + "\n")
    else:
        output.print(found)
        for sentence in words:
            say(sentence)
    if page:
        say(f"Written: {supposed.map(page)}")


def _print_best(
    eco: Ecosystem, between: str, and_: str, count: int, ties: ProjectionOptions, output: OutputOptions
) -> None:
    from ecosystem.api.introductions import introductions

    found = introductions(eco, between, and_, count=count, projection=ties.projection(eco))
    if output.form == "table":
        output.write(_in_words(found))
        for note in found.notes:
            say(note)
    else:
        output.print(found)


def _in_words(found: Table[Introduction]) -> str:
    words = Statements()
    for place, row in enumerate(found, start=1):
        words.heading(f"{place}. {row.start} – {row.words} – {row.end}")
        words.told("Brings", f"{row.gain:,} pairs within two steps: {row.reached:,} in all")
        if row.why:
            words.told("Why", row.why)
    return words.text() if found else ""
