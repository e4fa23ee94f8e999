"""Commands that make a site: one writes it, the other serves it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecosystem.commands.options import DataOptions, data_options
from ecosystem.commands.output import say
from ecosystem.commands.progress import progress_shown

if TYPE_CHECKING:
    from ecosystem.api import Ecosystem

__all__ = ["publish", "serve"]


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

    source.tell_of_pages()
    eco = source.open()
    with progress_shown() as progress:
        made = publish_site(eco, folder, title=title, base_url=base_url, by=by, progress=progress)
    click.echo(folder / "index.html")
    say(
        f"{len(made.written):,} files written, {len(made.unchanged):,} as they were, {len(made.removed):,} removed. "
        f"Open {folder / 'index.html'} in a browser, or put the folder on any web server."
    )


@click.command()
@data_options
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Any but this machine's own lets others in.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="For one query.",
)
@click.option(
    "-o", "--output", "folder", type=click.Path(path_type=Path), help="Keep the site here.  [default: a temporary one]"
)
def serve(source: DataOptions, port: int, host: str, time_limit: float, folder: Path | None) -> None:
    """Show the site on this machine, with a SPARQL endpoint at /sparql; changed data are read again.

    It only reads, asks no other server, and answers only this machine unless --host says otherwise. Ctrl-C ends it.

    \b
    Examples:
      ecosystem serve
      ecosystem serve -d my-data --port 0
    """
    import tempfile

    from ecosystem.api.serving import Preview, is_loopback, server
    from ecosystem.api.site import publish as publish_site

    source.tell_of_pages()
    if not is_loopback(host):
        say(f"Warning: {host} lets everybody who reaches this machine read the data and ask queries.")
    with tempfile.TemporaryDirectory(prefix="ecosystem-") as temporary:
        place = folder or Path(temporary) / "site"

        def write(eco: Ecosystem) -> None:
            with progress_shown() as progress:
                publish_site(eco, place, progress=progress)

        preview = Preview(source.open, write, tuple(map(Path, (*source.data, *source.ontology))), place, say)
        preview.current()
        listening = server(preview, host, port, time_limit)
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"http://{shown}:{listening.server_port}/")
        say("Ctrl-C ends it. SPARQL is answered at /sparql.")
        try:
            listening.serve_forever()
        except KeyboardInterrupt:
            say("Ended.")
        finally:
            listening.server_close()
