"""How long work tells how far it is: a function that is called now and then; where nobody listens, it is `silent`."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Progress", "silent"]


class Progress(Protocol):
    """Something that shows progress. It may raise KeyboardInterrupt: work that is stopped leaves nothing half done."""

    def __call__(self, what: str, done: int, total: int | None) -> None:
        """Take note of how much is done of a piece of work, in bytes; `total` is None where nobody knows."""
        ...


def silent(what: str, done: int, total: int | None) -> None:
    """Show nothing."""
