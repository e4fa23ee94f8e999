"""The command that hands data on to other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ecosystem.commands.options import DataOptions, data_options
from ecosystem.commands.output import say

__all__ = ["convert"]


@click.command()
@data_options
@click.option("--to", "form", default="", metavar="FORMAT", help="The format.  [default: as the file's suffix says]")
@click.option("-o", "--output", "target", required=True, metavar="OUT", help="A file, a folder, or - for stdout.")
def convert(source: DataOptions, form: str, target: str) -> None:
    """Write data in another format: RDF, networks, tables.

    Says on stderr what the format has no place for. Formats: turtle, trig, ntriples, nquads, jsonld, graphml, gexf,
    kumu, graphology, node-link, pajek, ftm, xlsx; and as folders gephi, parquet and dataset.

    \b
    Examples:
      ecosystem convert -o opsi.gexf
      ecosystem convert -d my-map.json --to graphology -o network.json
      ecosystem convert -d my-data/ --to parquet -o tables
      ecosystem convert --to ftm -o - | gzip > entities.ftm.gz
    """
    from ecosystem.api.exporting import export, format_of, written

    if target == "-" and not form:
        raise click.UsageError("Standard output has no suffix. Name a format with --to.")
    form = form or format_of(Path(target))
    if target != "-":
        left_out = export(source.open(), Path(target), form)
        click.echo(target)
    else:
        made = written(source.open(), form)
        if not isinstance(made.content, bytes) or not made.text:
            raise click.UsageError(f"{form} is no single text: name a file or folder with -o.")
        sys.stdout.buffer.write(made.content)
        left_out = made.left_out
    if left_out:
        say(f"Left out, as {form} has no place for it: {'; '.join(left_out)}.")
