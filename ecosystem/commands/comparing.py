"""Commands about time: an ecosystem year by year, and two editions of it compared."""

from __future__ import annotations

from pathlib import Path

import click

from ecosystem.commands.options import DataOptions, ProjectionOptions, data_options, language_option, projection_options
from ecosystem.commands.output import OutputOptions, output_options, say

__all__ = ["diff", "timeline"]

YEAR_COLUMNS = (
    "year", "relationships", "begun", "ended", "actors", "pairs", "parts", "largest", "brokered", "broker",
    "broker_pairs",
)  # fmt: skip


@click.command()
@data_options
@click.option("--by", default="", help="What groups are made of.  [default: country where known, else kind]")
@click.option("--undated", is_flag=True, help="Have relationships without a date in every year.")
@projection_options
@output_options()
def timeline(source: DataOptions, by: str, undated: bool, ties: ProjectionOptions, output: OutputOptions) -> None:
    """Show an ecosystem year by year: actors, ties, parts, and the roles that are played in it.

    A year is one in which a relationship holds by its own dates or, where it has none, by those of the initiative that
    it is with. What bears no date at all is counted apart.

    \b
    Examples:
      ecosystem timeline
      ecosystem timeline --from 2015 --to 2024 -f csv
    """
    from ecosystem.api.timeline import timeline as years

    eco = source.open()
    output.print(years(eco, by=by, projection=ties.projection(eco), undated=undated), YEAR_COLUMNS)


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--by", default="", help="What groups are made of.  [default: country where known, else kind]")
@click.option("--top", default=20, show_default=True, help="How many actors whose roles change; 0 for all.")
@click.option(
    "--page", "pages", multiple=True, type=click.Path(path_type=Path), help="Write a change log: .md or .html."
)
@click.option(
    "--ontology",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    help="A folder that adds to the ontology.",
)
@language_option()
@projection_options
@output_options()
def diff(
    old: str,
    new: str,
    by: str,
    top: int,
    pages: tuple[Path, ...],
    ontology: tuple[str, ...],
    language: str,
    ties: ProjectionOptions,
    output: OutputOptions,
) -> None:
    """Compare two editions of the same data: actors, ties, what is said of them, roles and gaps.

    OLD and NEW are files, data set folders or store folders. Ties are compared by what they say, whatever their ids.

    \b
    Examples:
      ecosystem diff 2023.ttl 2024.ttl
      ecosystem diff old-folder new-folder --page changes.html --page changes.md -f json
    """
    from ecosystem.api.editions import Editions

    for page in pages:
        if page.suffix.casefold() not in (".md", ".html"):
            raise click.UsageError(f"{page}: a change log is a .md or a .html file.")
    before, after = (DataOptions((data,), ontology, language).open() for data in (old, new))
    editions = Editions(before, after, by, ties.projection(after))
    changes = editions.changes(top)
    output.print(changes)
    say(editions.in_words())
    for page in pages:
        say(f"Written: {editions.write(page, top)}")
