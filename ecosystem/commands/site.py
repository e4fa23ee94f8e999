"""Commands that make a site: one writes it, the other serves it."""

from __future__ import annotations

from pathlib import Path

import click

from ecosystem.commands.options import DataOptions, data_options
from ecosystem.commands.output import say
from ecosystem.commands.progress import progress_shown

__all__ = ["publish"]


@click.command()
@data_options
@click.option("--by", default="", help="What groups are made of.  [default: country where known, else kind]")
@click.option("--title", default="", help="The heading.  [default: the data sets' titles]")
@click.option("--base-url", default="", metavar="URL", help="Where it will stand; adds a sitemap and whole addresses.")
@click.option(
    "-o", "--output", "folder", type=click.Path(path_type=Path), default="site", show_default=True, help="The folder."
)
def publish(source: DataOptions, by: str, title: str, base_url: str, folder: Path) -> None:
    """Write a whole site: map, brokers, gaps, a page an actor, sources, answers, downloads.

    It needs no server and no network: a folder of files with links between them. Written again, only what changed is
    touched, and what is gone is taken away.

    \b
    Examples:
      ecosystem publish -o site
      ecosystem publish -d my-map.json --title "Science networks" --base-url https://example.org/map/ -o site
    """
    from ecosystem.api.site import publish as publish_site

    eco = source.open()
    with progress_shown() as progress:
        made = publish_site(eco, folder, title=title, base_url=base_url, by=by, progress=progress)
    click.echo(folder / "index.html")
    say(
        f"{len(made.written):,} files written, {len(made.unchanged):,} as they were, {len(made.removed):,} removed. "
        f"Open {folder / 'index.html'} in a browser, or put the folder on any web server."
    )
