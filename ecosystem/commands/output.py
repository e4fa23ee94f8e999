"""Printing: tables for people in a terminal, files for programs, words on stderr."""

from __future__ import annotations

import functools
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import click

from ecosystem.files import write_atomically
from ecosystem.tables import FORMATS, Table

__all__ = ["OutputOptions", "aligned", "output_options", "printable", "say", "width"]

WIDTH_WITHOUT_TERMINAL = 150
WIDEST_WORD = 20  # longer words, such as IRIs, may be broken
# Control characters and those that reorder text: a label must not steer the terminal.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """In which format, and where to."""

    form: str
    path: str

    def print(self, table: Table[Any], columns: Sequence[str] = (), *, title: str = "") -> None:
        """Print or write a table; its notes go to stderr.

        Parameters
        ----------
        columns
            The columns that a terminal has room for; written formats have all of them.
        """
        if self.form == "table" and not table and not self.path:
            pass  # headings over nothing tell nothing; the notes do
        elif self.form == "table":
            self.write(aligned(columns or table.columns, _cells(table, columns), title))
        else:
            self.write(FORMATS[self.form](table))
        for note in table.notes:
            say(note)

    def write(self, content: str | bytes) -> None:
        """Write text, or bytes that are none, to the file asked for, else to stdout."""
        if self.path and self.path != "-":
            write_atomically(Path(self.path), content)
            say(f"Written: {self.path}")
        elif isinstance(content, bytes) and sys.stdout.isatty():
            raise click.UsageError(f"A terminal cannot show {self.form}. Name a file with -o.")
        else:
            click.echo(content, nl=False)


def output_options(
    *, formats: Iterable[str] = ("table", *FORMATS)
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add -f/--format and -o/--output; hand them on as `output: OutputOptions`."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @click.option(
            "-f",
            "--format",
            "form",
            type=click.Choice(list(formats)),
            default="table",
            show_default=True,
            help="Format.",
        )
        @click.option("-o", "--output", "target", default="", metavar="FILE", help="Write to a file instead of stdout.")
        @functools.wraps(command)
        def wrapper(form: str, target: str, **rest: Any) -> Any:
            return command(output=OutputOptions(form, target), **rest)

        return wrapper

    return decorate


def say(words: str) -> None:
    """Tell the user something that is not data."""
    click.echo(printable(words), err=True)


def printable(text: str) -> str:
    r"""Return text without what could steer a terminal.

    >>> printable("a\x1b[31mb")
    'a�[31mb'
    """
    return UNPRINTABLE.sub("\ufffd", text)


def width() -> int:
    """Return how many columns there are: COLUMNS, else the terminal's, else a generous default for pipes."""
    return shutil.get_terminal_size((WIDTH_WITHOUT_TERMINAL, 24)).columns


def aligned(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> str:
    """Return rows as a table for a terminal: numbers to the right, long text wrapped to its width."""
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    cells = [[printable(cell) for cell in row] for row in rows]
    names = [name.replace("_", " ") for name in columns]
    narrowest = [_widest_word([name, *(row[at] for row in cells)]) for at, name in enumerate(names)]
    fits = sum(narrowest) + 2 * len(names) <= width()
    grid = Grid(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for at, name in enumerate(names):
        numeric = bool(cells) and all(_is_number(row[at]) for row in cells)
        justify: Literal["right", "left"] = "right" if numeric else "left"
        grid.add_column(name, justify=justify, overflow="fold", min_width=narrowest[at] if fits else None)
    for row in cells:
        grid.add_row(*(Text(cell) for cell in row))
    terminal = sys.stdout.isatty()
    console = Console(width=width(), force_terminal=terminal, highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        console.print(grid)
    lines = (line.rstrip() for line in capture.get().splitlines())
    return "\n".join(lines) + "\n"


def _cells(table: Table[Any], columns: Sequence[str]) -> Iterable[list[str]]:
    chosen = [table.columns.index(name) for name in columns or table.columns]
    for row in table.cells():
        yield [row[number] for number in chosen]


def _widest_word(texts: Iterable[str]) -> int:
    return min(max((len(word) for text in texts for word in text.split()), default=1), WIDEST_WORD)


def _is_number(cell: str) -> bool:
    return not cell or re.fullmatch(r"-?[\d,]*\.?\d+(e[+-]?\d+)?", cell) is not None
