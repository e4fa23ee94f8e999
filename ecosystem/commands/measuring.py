"""The command that measures brokers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ecosystem.commands.options import DataOptions, ProjectionOptions, data_options, projection_options
from ecosystem.commands.output import OutputOptions, output_options, say
from ecosystem.commands.progress import progress_shown
from ecosystem.commands.statements import Statements

if TYPE_CHECKING:
    from ecosystem.api.brokerage import BrokerQuestion
    from ecosystem.tables import Table

__all__ = ["BROKER_COLUMNS", "brokers"]

BROKER_COLUMNS = (
    "label", "group", "coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total", "exclusive",
)  # fmt: skip
TWO_COLUMNS = ("label", "first_group", "second_group", "first_role", "second_role", "count")
CHANCE_COLUMNS = ("label", "group", "role", "observed", "expected", "sd", "z", "p", "p_lower")
GROUP_COLUMNS = ("group_a", "group_b", "ties", "open_pairs", "exclusive", "brokers", "top_label", "top_pairs")
DETAILS = ("actors", "chance", "whole", "groups")


@click.command()
@data_options
@click.option(
    "--by", default="country", show_default=True, help="What groups are made of: country, kind, type, branch."
)
@click.option("--and", "second", default="", metavar="GROUPING", help="A second grouping: roles in both at once.")
@click.option("--top", default=20, show_default=True, help="How many rows to show; 0 for all.")
@click.option(
    "--show",
    "detail",
    type=click.Choice(DETAILS),
    default="actors",
    show_default=True,
    help="Each actor; its roles beside chance; the whole network beside chance; who connects which two groups.",
)
@click.option("--evidence", is_flag=True, help="Show the pairs that each broker connects, and who says so.")
@click.option("--actor", default="", help="Only this broker.")
@click.option("--permutations", default=0, help="Random deals of the groups behind p, for --show chance.")
@click.option("--within", default="", metavar="GROUPING", help="Deal within these groups only, or within 'degree'.")
@click.option("--seed", default=1, show_default=True, help="Seeds the deals.")
@projection_options
@output_options()
def brokers(
    source: DataOptions,
    by: str,
    second: str,
    top: int,
    detail: str,
    evidence: bool,
    actor: str,
    permutations: int,
    within: str,
    seed: int,
    ties: ProjectionOptions,
    output: OutputOptions,
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
      ecosystem brokers --by country --and type
      ecosystem brokers --show chance --permutations 999
      ecosystem brokers --conveys money --initiatives keep -f csv
    """
    if (second or detail != "actors") and evidence:
        raise click.UsageError("--evidence goes with --show actors and one grouping.")
    if second and detail != "actors":
        raise click.UsageError("--and goes with --show actors.")
    if actor and detail in ("whole", "groups"):
        raise click.UsageError(f"--show {detail} is about all actors.")
    from ecosystem.api.brokerage import BrokerQuestion

    eco = source.open()
    question = BrokerQuestion(eco, by, ties.projection(eco), ties.stated_direction(), actor)
    if evidence:
        _print_evidence(question, top, output)
    elif second:
        output.print(_top(question.by_two(second), top), TWO_COLUMNS)
    elif detail == "chance":
        with progress_shown() as progress:
            found = question.chances(top, permutations, within=within, seed=seed, progress=progress)
        output.print(found, CHANCE_COLUMNS)
    elif detail == "whole":
        output.print(question.whole())
    elif detail == "groups":
        output.print(_top(question.groups(), top), GROUP_COLUMNS)
    else:
        output.print(question.brokers(top), BROKER_COLUMNS)


def _top(found: Table[Any], top: int) -> Table[Any]:
    return found.head(top) if top else found


def _print_evidence(question: BrokerQuestion, top: int, output: OutputOptions) -> None:
    from ecosystem.api.connections import TriadEvidence
    from ecosystem.tables import Table

    shown = question.brokers(top)
    triads = [question.evidence(row.actor) for row in shown]
    if output.form != "table":
        output.print(Table(TriadEvidence, tuple(triad for table in triads for triad in table)))
        return
    words = Statements()
    for row, table in zip(shown, triads, strict=True):
        words.heading(f"{row.label} ({row.group}): {row.total}")
        for triad in table:
            words.triad(triad)
    output.write(words.text())
    for note in shown.notes:
        say(note)
