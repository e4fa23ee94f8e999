"""The command that asks: SPARQL, or a saved query by its name."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ecosystem.commands.options import DataOptions, data_options
from ecosystem.commands.output import OutputOptions, aligned, output_options, say
from ecosystem.commands.statements import Statements

if TYPE_CHECKING:
    from ecosystem.api import Ecosystem
    from ecosystem.query import Answer

__all__ = ["ROWS_IN_TERMINAL", "parameters_of", "print_answer", "query"]

QUERY_FORMATS: Final = ("table", "csv", "tsv", "json", "xml", "md", "ttl", "nt", "parquet")
ROWS_IN_TERMINAL: Final = 100


def parameters_of(settings: tuple[str, ...]) -> dict[str, str]:
    """Return NAME=VALUE texts as a mapping."""
    pairs = [setting.partition("=") for setting in settings]
    for name, equals, _ in pairs:
        if not equals or not name.strip().isidentifier():
            raise click.BadParameter(f"write it as NAME=VALUE, not {name!r}.", param_hint="--set")
    return {name.strip(): value.strip() for name, _, value in pairs}


@click.command()
@click.argument("sparql", required=False, default="")
@data_options
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="Bind a variable of the query; repeatable."
)
@click.option("--list", "listed", is_flag=True, help="List the saved queries.")
@click.option("--show", "shown", metavar="NAME", default="", help="Print a saved query.")
@click.option("--limit", type=click.IntRange(min=0), help="Rows to print; 0 for all.  [default: 100 in a terminal]")
@click.option(
    "--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Stop then, with exit code 4."
)
@click.option("--words/--iris", default=None, help="Names or IRIs.  [default: names for saved queries]")
@click.option("--allow-service", is_flag=True, help="Let SERVICE ask other servers.")
@click.option("--evidence", is_flag=True, help="Also show the statements that tie the things of each row.")
@output_options(formats=QUERY_FORMATS)
def query(
    sparql: str,
    source: DataOptions,
    settings: tuple[str, ...],
    listed: bool,
    shown: str,
    limit: int | None,
    time_limit: float | None,
    words: bool | None,
    allow_service: bool,
    evidence: bool,
    output: OutputOptions,
) -> None:
    """Ask a saved query by its name, or SPARQL: as text, a file that ends in .rq, or from standard input as "-".

    The prefixes eco, id, country, org, skos, prov, rdfs, foaf, schema, dcterms and more are preset. Queries only
    read; they see all data sets and the ontology together.

    \b
    Examples:
      ecosystem query --list
      ecosystem query shared-memberships --set one=Italy --set other=Japan
      ecosystem query "SELECT ?auditor ?audited { ?auditor eco:audits ?audited }"
      ecosystem query question.rq --time-limit 10 -f csv -o answer.csv
    """
    if listed or shown:
        _print_saved(source, shown, output)
        return
    if not sparql:
        raise click.UsageError("Name a saved query (see --list), or write SPARQL.")
    text = _query_text(sparql)
    given = parameters_of(settings)
    eco = source.open()
    question = eco.question(text, given, sparql if sparql.endswith(".rq") else "the query")
    answer = question.ask(time_limit=time_limit or math.inf, allow_service=allow_service)
    if question.saved.titles:
        say(question.heading())
    in_words = bool(question.saved.titles) if words is None else words
    print_answer(question.in_words(answer) if in_words else answer, output, limit)
    if evidence:
        _print_evidence(eco, answer)


def print_answer(answer: Answer, output: OutputOptions, limit: int | None, for_all: str = "--limit 0") -> None:
    """Print an answer, or as much of it as is asked for; say how much that is, and how to get all."""
    in_terminal = output.form == "table" and not output.path and sys.stdout.isatty()
    most = ROWS_IN_TERMINAL if limit is None and in_terminal else limit or len(answer)
    part = answer.head(most)
    if output.form == "table":
        from ecosystem.query import compact

        table = part.table()
        output.write(aligned(table.columns, ([compact(term) for term in row] for row in table.rows)))
    else:
        output.write(part.parquet() if output.form == "parquet" else part.write(output.form))
    if len(part) < len(answer):
        say(f"The first {len(part):,} of {len(answer):,} rows; {for_all} gives all.")
    elif output.form == "table":
        say(f"{len(answer):,} rows." if len(answer) != 1 else "1 row.")


def _print_saved(source: DataOptions, shown: str, output: OutputOptions) -> None:
    from ecosystem.api.opening import load_ontology
    from ecosystem.api.questions import saved_query, saved_rows

    ontology = load_ontology(source.ontology)
    if shown:
        output.write(saved_query(ontology, shown).text)
        return
    if output.form not in ("table", "csv", "tsv", "json", "md"):
        raise click.UsageError(f"The list of saved queries is not written as {output.form}.")
    output.print(saved_rows(ontology.queries, source.language))
    say("Ask one with `ecosystem query NAME`, with its parameters as --set NAME=VALUE.")


def _print_evidence(eco: Ecosystem, answer: Answer) -> None:
    from ecosystem.api.connections import evidence_of

    words = Statements()
    for one in evidence_of(eco, answer):
        words.relationship(one)
    say("\n" + words.text())


def _query_text(given: str) -> str:
    if given == "-":
        return sys.stdin.read()
    if given.endswith(".rq"):
        try:
            return Path(given).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise click.UsageError(f"{given}: cannot be read: {error}") from error
    return given
