"""An interactive prompt for queries; where standard input is no terminal, a plain reader of the same."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ecosystem.commands.options import DataOptions, data_options
from ecosystem.commands.output import say
from ecosystem.commands.session import COMMANDS, Session
from ecosystem.errors import EcosystemError

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

__all__ = ["shell"]

BEGINNINGS: Final = ("prefix", "base", "select", "ask", "construct", "describe")
WELCOME: Final = "SPARQL, the name of a saved query, or .help. An empty line ends a query; Ctrl-D leaves."


@click.command()
@data_options
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Of every query.")
def shell(source: DataOptions, time_limit: float | None) -> None:
    """Ask one query after the other at a prompt, with history and completion.

    Takes SPARQL over several lines, the names of saved queries (`statements-about about=CAF`), and commands that
    begin with a dot; .help lists them. Reads the same from a pipe.

    \b
    Examples:
      ecosystem shell -d my-map.json
      echo who-oversees-whom | ecosystem shell
    """
    session = Session(source.open(), time_limit=time_limit)
    if sys.stdin.isatty():
        _prompt(session)
    elif not _read(session, sys.stdin):
        raise click.exceptions.Exit(1)


def _read(session: Session, lines: Iterable[str]) -> bool:
    """Answer all that is read; tell whether nothing of it was wrong."""
    fine = True
    for entry in entries(lines):
        if session.left:
            break
        fine = _answer(session, entry) and fine
    return fine


def _answer(session: Session, entry: str) -> bool:
    """Answer one entry; an error of the user's is said, and the session goes on."""
    try:
        session.take(entry)
    except EcosystemError as error:
        for line in error.lines():
            say(f"Error: {line}")
        return False
    except click.ClickException as error:
        say(f"Error: {error.format_message()}")
        return False
    except KeyboardInterrupt:
        say("Stopped.")
        return False
    return True


def entries(lines: Iterable[str]) -> Iterator[str]:
    """Yield what belongs together: a command, a saved query, or the lines of one query.

    A query ends at an empty line, at the end, or, once its brackets are closed, where another entry begins.
    """
    from ecosystem.query import is_whole

    waiting: list[str] = []
    for line in lines:
        line = line.rstrip("\r\n")
        so_far = "\n".join(waiting)
        alone = is_alone(line)
        if waiting and (not line.strip() or (is_whole(so_far) and (alone or _begins(line)))):
            yield so_far
            waiting = []
        if not waiting and alone:
            yield line.strip()
        elif line.strip():
            waiting.append(line)
    if waiting:
        yield "\n".join(waiting)


def is_alone(line: str) -> bool:
    """Tell whether a line is an entry of its own: a command, or a saved query with its parameters.

    >>> is_alone(".help"), is_alone("who-leads-what leader=CAF"), is_alone("SELECT ?x"), is_alone("LIMIT 5")
    (True, True, False, False)
    """
    from ecosystem.ontology import is_name

    text = line.strip()
    name, _, rest = text.partition(" ")
    known_word = name in (*BEGINNINGS, "order", "limit", "offset", "group", "having", "values", "where", "from")
    return text.startswith(".") or (is_name(name) and not known_word and "{" not in rest)


def _begins(line: str) -> bool:
    return line.strip().partition(" ")[0].lower() in BEGINNINGS


# A prompt on a terminal ----------------------------------------------------------------------------------------------


def _prompt(session: Session) -> None:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    from ecosystem.commands.completion import Completions

    say(WELCOME)
    place = history_file()
    asked: PromptSession[str] = PromptSession(
        "ecosystem> ",
        history=FileHistory(str(place)) if place else InMemoryHistory(),
        completer=Completions(session.eco, COMMANDS).completer(),
        complete_while_typing=False,
        multiline=True,
        prompt_continuation=lambda width, *_: "." * (width - 1) + " ",
        key_bindings=_keys(),
    )
    while not session.left:
        try:
            entry = asked.prompt().strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            break
        if entry:
            _answer(session, entry)


def _keys() -> KeyBindings:
    """Enter ends what is whole, else begins a line; on an empty line it ends whatever there is."""
    from prompt_toolkit.key_binding import KeyBindings

    from ecosystem.query import is_whole

    keys = KeyBindings()

    def enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        text = buffer.text
        ended = not text.strip() or buffer.document.current_line.strip() == ""
        if ended or (is_alone(text) and "\n" not in text.strip()) or is_whole(text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    add: Callable[..., Callable[[Callable[[KeyPressEvent], None]], object]] = keys.add
    add("enter")(enter)
    add("escape", "enter")(lambda event: event.current_buffer.insert_text("\n"))
    return keys


def history_file() -> Path | None:
    """Return the file of the history, in the user's folder for state; None if there can be none."""
    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME", "")
    folder = (Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "state") / "ecosystem"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = folder / "history"
        file.touch(mode=0o600)
    except OSError as error:
        say(f"Note: no history is kept: {folder}: {error.strerror or error}.")
        return None
    return file
