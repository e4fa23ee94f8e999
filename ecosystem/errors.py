"""The one error tree: whatever stands below `EcosystemError` is the user's to mend and is shown as one line.

Anything else that is raised is a bug of ours and shows its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "DataError",
    "EcosystemError",
    "OntologyError",
    "Problem",
    "ProjectionError",
    "PublishError",
    "QueryError",
    "StoreError",
    "TimeLimitError",
]


class EcosystemError(Exception):
    """Something the user can mend.

    Parameters
    ----------
    message
        What is wrong, with the place: file and row, IRI, or position in a query.
    hint
        What to do next, as a sentence of its own; empty where the message says it.
    """

    exit_code = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def lines(self) -> list[str]:
        """Return the lines to show: one, unless several rows are wrong at once."""
        return [f"{self.message} {self.hint}".strip()]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with one place of the input."""

    path: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Return `file:row: what is wrong. What to do.`; a row of 0 stands for the whole file."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message} {self.hint}".strip()


class DataError(EcosystemError):
    """Input that cannot be read as statements about an ecosystem.

    Carries every `Problem` found, so that a table is mended in one go and not row by row.
    """

    def __init__(self, problems: Sequence[Problem] | Problem) -> None:
        found = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__(str(found[0]))
        self.problems = found

    def lines(self) -> list[str]:
        """Return one line a problem."""
        return [str(problem) for problem in self.problems]


class OntologyError(EcosystemError):
    """The ontology folder contradicts itself or is not Turtle."""


class StoreError(EcosystemError):
    """A store cannot be opened, read or written."""


class QueryError(EcosystemError):
    """A query is wrong, or asks for what is not allowed.

    `excerpt` are lines that show the place: a line of the query, and a caret under it.
    """

    def __init__(self, message: str, *, hint: str = "", excerpt: Sequence[str] = ()) -> None:
        super().__init__(message, hint=hint)
        self.excerpt = tuple(excerpt)

    def lines(self) -> list[str]:
        """Return the line to show, and the place under it."""
        return [*super().lines(), *self.excerpt]


class TimeLimitError(EcosystemError):
    """Work was stopped at the time limit that the user set; not the same as an empty answer."""

    exit_code = 4


class ProjectionError(EcosystemError):
    """A network cannot be made, or not grouped, as asked."""


class PublishError(EcosystemError):
    """A map or a file cannot be written."""
