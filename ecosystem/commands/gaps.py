"""The command that tells what is missing: by rules, by structure, by coverage, and who could fill it."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ecosystem.commands.options import DataOptions, data_options
from ecosystem.commands.output import OutputOptions, output_options, printable, say
from ecosystem.commands.progress import progress_shown
from ecosystem.commands.statements import Statements
from ecosystem.wording import counted

if TYPE_CHECKING:
    from ecosystem.api import Ecosystem
    from ecosystem.gaps import Gap, RuleProblem
    from ecosystem.tables import Table

__all__ = ["gaps"]

GAP_COLUMNS = ("severity", "gap", "subject", "country", "detail", "evidence")
STRUCTURE_COLUMNS = ("kind", "subject", "other", "group", "value", "reading")
PAIR_COLUMNS = ("group_a", "group_b", "observed", "expected", "ratio", "q", "reading")
CELL_COLUMNS = ("country", "item", "state", "peers_with", "peers", "group", "examples")
PICTURES = (".svg", ".png", ".pdf")


@click.command()
@data_options
@click.option("--rule", "rules", multiple=True, metavar="NAME", help="Only this rule; repeatable.")
@click.option("--family", "families", multiple=True, help="Only rules of this family (see --list); repeatable.")
@click.option("--severity", "severities", multiple=True, help="Only rules this grave: high, medium, low; repeatable.")
@click.option("--country", "countries", multiple=True, help="Only gaps of this country or country group; repeatable.")
@click.option(
    "--rules",
    "folders",
    multiple=True,
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False),
    help="A folder with rules of your own in Turtle, read beside ours.",
)
@click.option("--evidence", is_flag=True, help="Show why each gap matters, who says so, and what is recorded instead.")
@click.option("--fill", is_flag=True, help="Show who could fill each gap, who introduces, and a country that has it.")
@click.option("--list", "listed", is_flag=True, help="List the rules, by family.")
@click.option("--explain", metavar="RULE", default="", help="Show all that a rule declares, and what it finds.")
@click.option(
    "--structural", is_flag=True, help="Weak places of the network instead: holes, silos, fragile ties, edges."
)
@click.option("--pairs", is_flag=True, help="Observed and expected ties between all groups instead.")
@click.option(
    "--by", default="country", show_default=True, help="What groups are made of, for --structural and --pairs."
)
@click.option("--coverage", is_flag=True, help="What countries lack that their peers have instead.")
@click.option("--of", default="roles", show_default=True, help="What --coverage is of: roles, mechanisms, types …")
@click.option("--time-limit", default=60.0, show_default=True, metavar="SECONDS", help="For each rule.")
@output_options()
def gaps(
    source: DataOptions,
    rules: tuple[str, ...],
    families: tuple[str, ...],
    severities: tuple[str, ...],
    countries: tuple[str, ...],
    folders: tuple[str, ...],
    evidence: bool,
    fill: bool,
    listed: bool,
    explain: str,
    structural: bool,
    pairs: bool,
    by: str,
    coverage: bool,
    of: str,
    time_limit: float,
    output: OutputOptions,
) -> None:
    """List what is missing, by the gap rules of the ontology: the gravest first.

    "nothing recorded" means that no source of these data says anything; "recorded as absent" that one says no. A rule
    that cannot be run is named, the others run all the same, and the exit code is 1.

    With --structural, --pairs or --coverage, -o FILE.svg (or .png, .pdf) draws the table as a heatmap.

    \b
    Examples:
      ecosystem gaps --family accountability --severity high
      ecosystem gaps --rule AgencyWithoutOverseer --fill
      ecosystem gaps --explain StrategyLackingElement
      ecosystem gaps --structural --by country
      ecosystem gaps --structural -o holes.svg
      ecosystem gaps --coverage --of mechanisms -o coverage.svg
    """
    if sum((listed, bool(explain), structural, pairs, coverage)) > 1:
        raise click.UsageError("Take one of --list, --explain, --structural, --pairs and --coverage.")
    if not time_limit > 0:
        raise click.UsageError("--time-limit is a number of seconds above 0.")
    source = dataclasses.replace(source, ontology=(*source.ontology, *folders))
    if listed:
        _list(source, families, output)
        return
    eco = source.open()
    if pairs or (structural and output.path.endswith(PICTURES)):
        _pairs(eco, by, output)
    elif structural:
        output.print(eco.structural_gaps(by), STRUCTURE_COLUMNS)
    elif coverage:
        _coverage(eco, of, output)
    else:
        from ecosystem.api.gaps import gap_report

        if explain:
            _explain(eco, explain)
        with progress_shown() as progress:
            report = gap_report(
                eco,
                (explain,) if explain else rules,
                families=families,
                severities=severities,
                countries=countries,
                time_limit=time_limit,
                progress=progress,
            )
        _print(eco, report.gaps, evidence, fill, output)
        _end(report.problems)


def _print(eco: Ecosystem, found: Table[Gap], evidence: bool, fill: bool, output: OutputOptions) -> None:
    from ecosystem.api.connections import gap_evidence

    if fill:
        _fill(eco, found, output)
    elif not evidence:
        output.print(found, GAP_COLUMNS)
    elif output.form != "table":
        output.print(gap_evidence(eco, found))
    else:
        words = Statements()
        for gap in gap_evidence(eco, found):
            words.heading("")
            words.gap(gap)
        output.write(words.text())
    say(f"{counted(len(found), 'gap')}.")


def _fill(eco: Ecosystem, found: Table[Gap], output: OutputOptions) -> None:
    answered = eco.fillers(found)
    if output.form != "table":
        output.print(answered)
        return
    words, heading = Statements(), ""
    for one in answered:
        named = " – ".join(part for part in (one.gap, one.subject, one.detail) if part)
        if named != heading:
            words.heading(f"{named}: looking for {one.missing}")
        heading = named
        words.filler(one)
    output.write(words.text())
    for note in answered.notes:
        say(note)


def _list(source: DataOptions, families: Sequence[str], output: OutputOptions) -> None:
    from ecosystem.api.gaps import rule_entries
    from ecosystem.api.opening import load_ontology

    entries = rule_entries(load_ontology(source.ontology), families, source.language)
    output.print(entries, ("family", "rule", "label", "severity"))
    say(f"{counted(len(entries), 'rule')}.")


def _explain(eco: Ecosystem, name: str) -> None:
    from ecosystem.api.gaps import explanation

    for what, text in explanation(eco, name):
        lines = printable(text).split("\n")
        click.echo(f"{what + ':':10}{lines[0]}" if len(lines) == 1 else f"{what}:")
        for line in lines if len(lines) > 1 else ():
            click.echo(line)
    click.echo()


def _pairs(eco: Ecosystem, by: str, output: OutputOptions) -> None:
    from ecosystem.api.gaps import draw_pairs, group_pairs

    found = group_pairs(eco, by)
    if output.path.endswith(PICTURES):
        say(f"Written: {draw_pairs(found, output.path, by)}")
    else:
        output.print(found, PAIR_COLUMNS)


def _coverage(eco: Ecosystem, of: str, output: OutputOptions) -> None:
    from ecosystem.api.gaps import draw_coverage

    found = eco.coverage(of)
    if output.path.endswith(PICTURES):
        say(f"Written: {draw_coverage(found, output.path)}")
    elif output.form == "table":
        output.print(found.missing(), CELL_COLUMNS)
    else:
        output.print(found.cells)


def _end(problems: Table[RuleProblem]) -> None:
    """Exit with 1 where a rule could not be run: the report is not whole."""
    if problems:
        say(f"{counted(len(problems), 'rule')} gave no answer; see above.")
        sys.exit(1)
