"""The command that checks data."""

from __future__ import annotations

import sys

import click

from ecosystem.commands.options import DataOptions, data_options
from ecosystem.commands.output import OutputOptions, output_options, say
from ecosystem.commands.progress import progress_shown
from ecosystem.tables import FORMATS

__all__ = ["validate"]

REPORT = "shacl"


@click.command()
@data_options
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option(
    "--shapes",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="Turtle with more SHACL shapes; repeatable.",
)
@output_options(formats=("table", *FORMATS, REPORT))
def validate(source: DataOptions, strict: bool, shapes: tuple[str, ...], output: OutputOptions) -> None:
    """Check data: unknown terms first, then the rules that the ontology sets.

    Each finding says how grave it is, where it stands, what is wrong and what to do. The format shacl is a SHACL
    validation report in Turtle. Exit code 1 if anything is violated.

    \b
    Examples:
      ecosystem validate
      ecosystem validate -d my-data/ --strict -f csv
      ecosystem validate -d my-data/ --shapes my-shapes.ttl -f shacl -o report.ttl
    """
    from ecosystem.validation import report

    eco = source.open()
    with progress_shown() as progress:
        findings = eco.validate(shapes=shapes, progress=progress)
    if output.form == REPORT:
        output.write(report(findings))
        for note in findings.notes:
            say(note)
    else:
        output.print(findings, ("severity", "place", "label", "message", "remedy"))
    violated = [one for one in findings if one.severity == "violation" or (strict and one.severity == "warning")]
    say(f"{len(findings)} findings, {len(violated)} of them fail." if findings else "Everything holds.")
    if violated:
        sys.exit(1)
