"""Commands that measure: brokers and gaps."""

from __future__ import annotations

import click

from ecosystem.commands.options import DataOptions, ProjectionOptions, data_options, projection_options
from ecosystem.commands.output import OutputOptions, output_options, say
from ecosystem.commands.statements import Statements

__all__ = ["BROKER_COLUMNS", "GAP_COLUMNS", "brokers", "gaps"]

BROKER_COLUMNS = (
    "label", "group", "coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total", "exclusive",
)  # fmt: skip
GAP_COLUMNS = ("severity", "gap", "subject", "country", "detail", "evidence")


@click.command()
@data_options
@click.option(
    "--by", default="country", show_default=True, help="What groups are made of: country, kind, type, branch."
)
@click.option("--top", default=20, show_default=True, help="How many brokers to show; 0 for all.")
@click.option("--evidence", is_flag=True, help="Show the pairs that each broker connects, and who says so.")
@click.option("--actor", default="", help="Only this broker.")
@projection_options
@output_options()
def brokers(
    source: DataOptions, by: str, top: int, evidence: bool, actor: str, ties: ProjectionOptions, output: OutputOptions
) -> None:
    """Rank those who connect actors that have no tie of their own, by role (Gould & Fernandez 1989).

    \b
    coordinator     connects two of its own group
    itinerant       connects two of one other group
    gatekeeper      lets another group in to its own
    representative  speaks for its own group to another
    liaison         connects two groups, belonging to neither

    \b
    Examples:
      ecosystem brokers --by country
      ecosystem brokers --actor CAF --evidence
      ecosystem brokers --conveys money --initiatives keep -f csv
    """
    from ecosystem.api.connections import TriadEvidence
    from ecosystem.tables import Table

    eco = source.open()
    projection = ties.projection(eco)
    direction = ties.stated_direction()
    found = eco.brokers(by, projection=projection, direction=direction)
    if actor:
        wanted = eco.lookup.find(actor)
        found = found.where(lambda row: row.actor == wanted)
    shown = found if not top or actor else found.where(lambda row: row.total > 0).head(top)
    if not evidence:
        output.print(shown, BROKER_COLUMNS)
        return
    triads = [eco.broker_evidence(row.actor, by, projection=projection, direction=direction) for row in shown]
    if output.form != "table":
        output.print(Table(TriadEvidence, tuple(triad for table in triads for triad in table)))
        return
    words = Statements()
    for row, table in zip(shown, triads, strict=True):
        words.heading(f"{row.label} ({row.group}): {row.total}")
        for triad in table:
            words.triad(triad)
    output.write(words.text())
    for note in found.notes:
        say(note)


@click.command()
@data_options
@click.option("--rule", "rules", multiple=True, metavar="NAME", help="Only this rule; repeatable.")
@click.option("--evidence", is_flag=True, help="Show why each gap matters, who says so, and what is recorded instead.")
@output_options()
def gaps(source: DataOptions, rules: tuple[str, ...], evidence: bool, output: OutputOptions) -> None:
    """List what is missing, by the gap rules of the ontology: the gravest first.

    "nothing recorded" means that no source of these data says anything; "recorded as absent" that one says no.

    \b
    Examples:
      ecosystem gaps
      ecosystem gaps --rule AgencyWithoutOverseer --evidence
    """
    from ecosystem.api.connections import gap_evidence

    eco = source.open()
    found = eco.gaps(rules)
    if not evidence:
        output.print(found, GAP_COLUMNS)
    elif output.form != "table":
        output.print(gap_evidence(eco, found))
    else:
        words = Statements()
        for gap in gap_evidence(eco, found):
            words.heading("")
            words.gap(gap)
        output.write(words.text())
    say(f"{len(found)} gaps.")
