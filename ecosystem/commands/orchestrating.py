"""The facilitator's command: who connects two groups of countries, why, and what is lost without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ecosystem.commands.options import DataOptions, ProjectionOptions, data_options, projection_options
from ecosystem.commands.output import OutputOptions, output_options, say
from ecosystem.commands.statements import Statements

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ecosystem.api.orchestrators import Connection, Orchestrator
    from ecosystem.tables import Table

__all__ = ["orchestrators"]


@click.command()
@data_options
@click.option("--between", required=True, metavar="PLACES", help="A country group, a country, or supranational.")
@click.option("--and", "and_", required=True, metavar="PLACES", help="The other side: likewise.")
@click.option("--top", default=10, show_default=True, help="How many of each kind of evidence to show; 0 for all.")
@click.option("--evidence", is_flag=True, help="Show every connection that counts, and who says so.")
@projection_options
@output_options()
def orchestrators(
    source: DataOptions,
    between: str,
    and_: str,
    top: int,
    evidence: bool,
    ties: ProjectionOptions,
    output: OutputOptions,
) -> None:
    """Rank those who connect the actors of two groups of countries, and say why, what is lost, and who says so.

    Two kinds of evidence are kept apart. Measured: the actor is tied to two actors, one of each side, who have no tie
    of their own. Said: a source says that it leads, coordinates or connects something in which both sides take part.

    `ecosystem ontology list groups` names the country groups. Ties are taken in both directions.

    \b
    Examples:
      ecosystem orchestrators --between "Latin America" --and Europe
      ecosystem orchestrators --between EU --and supranational --evidence
      ecosystem orchestrators --between "Nordic countries" --and Netherlands -f csv
    """
    from ecosystem.api.orchestrators import Connection, Orchestration
    from ecosystem.tables import Table

    eco = source.open()
    scene = Orchestration.between(eco, between, and_, ties.projection(eco))
    found = scene.orchestrators(top)
    connections = {row.actor: scene.connections(row.actor).rows if evidence else () for row in found}
    if output.form == "table":
        output.write(_in_words(found, connections))
        for note in found.notes:
            say(note)
    elif evidence:
        rows = tuple(one for row in found for one in connections[row.actor])
        output.print(Table(Connection, rows, found.notes))
    else:
        output.print(found)


def _in_words(found: Table[Orchestrator], connections: Mapping[str, Sequence[Connection]]) -> str:
    words = Statements()
    for place, row in enumerate(found, start=1):
        about = ", ".join(part for part in (row.country, row.role) if part)
        words.heading(f"{place}. {row.label}" + (f" ({about})" if about else ""))
        for what in ("measured", "said", "lost", "evidence"):
            sentence = getattr(row, what)
            if sentence:
                words.told(what.capitalize(), sentence)
        for connection in connections[row.actor]:
            words.connection(connection)
    return words.text() if found else ""
