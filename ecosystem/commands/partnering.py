"""The command that proposes whom to introduce to whom."""

from __future__ import annotations

from dataclasses import replace

import click

from ecosystem.commands.options import DataOptions, ProjectionOptions, data_options, projection_options
from ecosystem.commands.output import OutputOptions, output_options, say
from ecosystem.commands.statements import Statements

__all__ = ["partners"]

COLUMNS = ("label", "kind", "country", "tie", "why", "introduced_by")


@click.command()
@click.argument("actor")
@data_options
@click.option(
    "--role", "roles", multiple=True, help="Only those who offer this role, enabler or mechanism; repeatable."
)
@click.option("--type", "types", multiple=True, help="Only partners of this type; repeatable.")
@click.option("--top", default=10, show_default=True, help="How many partners to propose; 0 for all.")
@click.option("--evidence", is_flag=True, help="Show what each proposal rests on, and who says so.")
@projection_options
@output_options()
def partners(
    actor: str,
    source: DataOptions,
    roles: tuple[str, ...],
    types: tuple[str, ...],
    top: int,
    evidence: bool,
    ties: ProjectionOptions,
    output: OutputOptions,
) -> None:
    """Propose partners to ACTOR: whom it has no tie to yet, by which tie it could have one, and why.

    Shared contacts, shared matters, what the other brings and how new its country is each rank the candidates; the
    ranks are put together. --country limits the partners, not the ties that lead to them.

    \\b
    Examples:
      ecosystem partners CAF
      ecosystem partners "Netherlands Court of Audit" --country Brazil --evidence
      ecosystem partners OECD --type StartUp -f csv
    """
    from ecosystem.api.partners import Partners

    eco = source.open()
    projection = replace(ties, countries=()).projection(eco)
    found = eco.partners(actor, roles=roles, countries=ties.countries, types=types, projection=projection)
    shown = found.head(top) if top else found
    if not evidence:
        output.print(shown, COLUMNS)
        return
    grounds = Partners.of(eco, projection).grounds(eco.lookup.find(actor), shown)
    if output.form != "table":
        output.print(grounds)
        return
    words = Statements()
    for row in shown:
        words.heading(f"{row.label} ({row.country or row.kind}): {row.why}")
        for ground in grounds:
            if ground.partner == row.label:
                words.ground(ground)
    output.write(words.text())
    for note in shown.notes:
        say(note)
