"""A session of questions: what is asked, and what has been chosen for the questions to come."""

from __future__ import annotations

import math
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import click

from ecosystem import terms
from ecosystem.commands.output import OutputOptions, aligned, say
from ecosystem.commands.querying import QUERY_FORMATS, parameters_of, print_answer

if TYPE_CHECKING:
    from ecosystem.api import Ecosystem

__all__ = ["COMMANDS", "Session"]

SHOWN: Final = tuple(form for form in QUERY_FORMATS if form != "parquet")


@dataclass
class Session:
    """Questions to one ecosystem, one after the other; `left` once the user wants no more."""

    eco: Ecosystem
    form: str = "table"
    limit: int | None = None
    time_limit: float | None = None
    words: bool | None = None
    settings: dict[str, str] = field(default_factory=dict)
    left: bool = False

    def take(self, entry: str) -> None:
        """Obey a command, or answer a question.

        Raises
        ------
        EcosystemError, click.ClickException
            If it is wrong; the session goes on.
        """
        if entry.startswith("."):
            name, _, rest = entry.partition(" ")
            if name not in COMMANDS:
                raise click.UsageError(f"There is no command {name}; .help lists them.")
            COMMANDS[name].does(self, rest.strip())
        else:
            self._ask(entry)

    def _ask(self, entry: str) -> None:
        from ecosystem.ontology import is_name

        name, _, rest = entry.partition(" ")
        text, given = entry, {}
        if is_name(name) and "{" not in rest:
            text, given = name, parameters_of(tuple(_words(rest)))
        question = self.eco.question(text, {**self._fitting(text), **given})
        answer = question.ask(time_limit=self.time_limit or math.inf)
        if question.saved.titles:
            say(question.heading())
        in_words = bool(question.saved.titles) if self.words is None else self.words
        shown = question.in_words(answer) if in_words else answer
        print_answer(shown, OutputOptions(self.form, ""), self.limit, ".limit 0")

    def _fitting(self, text: str) -> dict[str, str]:
        """Return those of the settings that the query has a variable for."""
        from ecosystem.ontology import is_name, parse_query

        known = self.eco.ontology.queries
        saved = known[text] if text in known else parse_query("" if is_name(text) else text)
        names = (
            [one.name for one in saved.parameters]
            if saved.titles
            else [one for one in self.settings if f"?{one}" in text]
        )
        return {name: value for name, value in self.settings.items() if name in names}


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the session: how it is written, and what it does."""

    usage: str
    help: str
    does: Callable[[Session, str], None]


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError as error:
        raise click.UsageError(f"Close the quotation mark: {text}") from error


def _help(session: Session, rest: str) -> None:
    rows = [(command.usage, command.help) for command in COMMANDS.values()]
    click.echo(aligned(("command", "does"), rows), nl=False)


def _list(session: Session, rest: str) -> None:
    from ecosystem.api.questions import saved_rows

    table = saved_rows(session.eco.ontology.queries, session.eco.language)
    rows = [(row.name, row.title) for row in table if rest.lower() in f"{row.name} {row.title} {row.audience}".lower()]
    click.echo(aligned(("name", "title"), rows), nl=False)


def _show(session: Session, rest: str) -> None:
    from ecosystem.api.questions import saved_query

    click.echo(saved_query(session.eco.ontology, rest).text, nl=False)


def _set(session: Session, rest: str) -> None:
    for name, value in parameters_of(tuple(_words(rest))).items():
        session.settings.pop(name, None)
        if value:
            session.settings[name] = value
    for name, value in session.settings.items():
        say(f"{name} = {value}")


def _format(session: Session, rest: str) -> None:
    if rest not in SHOWN:
        raise click.UsageError(f"There is no format {rest!r} here; there are: {', '.join(SHOWN)}.")
    session.form = rest


def _limit(session: Session, rest: str) -> None:
    if not rest.isdecimal():
        raise click.UsageError("Write .limit and a number of rows; 0 for all.")
    session.limit = int(rest)


def _time(session: Session, rest: str) -> None:
    try:
        seconds = float(rest)
    except ValueError as error:
        raise click.UsageError("Write .time and a number of seconds; 0 for no limit.") from error
    session.time_limit = seconds if seconds > 0 else None


def _names(session: Session, rest: str) -> None:
    if rest not in ("words", "iris"):
        raise click.UsageError("Write .names words or .names iris.")
    session.words = rest == "words"


def _prefixes(session: Session, rest: str) -> None:
    click.echo(aligned(("prefix", "namespace"), [(f"{name}:", iri) for name, iri in terms.PREFIXES.items()]), nl=False)


def _quit(session: Session, rest: str) -> None:
    session.left = True


COMMANDS: Final[Mapping[str, Command]] = {
    ".help": Command(".help", "This list.", _help),
    ".list": Command(".list [WORD]", "The saved queries; those with a word in name, title or audience.", _list),
    ".show": Command(".show NAME", "The text of a saved query.", _show),
    ".set": Command(".set [NAME=VALUE]…", "Bind variables of the queries to come; NAME= frees one.", _set),
    ".format": Command(".format FORM", f"How answers are written: {', '.join(SHOWN)}.", _format),
    ".limit": Command(".limit ROWS", "How many rows are shown; 0 for all.", _limit),
    ".time": Command(".time SECONDS", "How long a query may take; 0 for no limit.", _time),
    ".names": Command(".names words|iris", "Whether answers have names or IRIs.", _names),
    ".prefixes": Command(".prefixes", "The prefixes that are preset.", _prefixes),
    ".quit": Command(".quit", "Leave; so does Ctrl-D.", _quit),
}
