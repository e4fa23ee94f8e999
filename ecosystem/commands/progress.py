"""Progress of long work on a terminal's stderr; nothing where stderr is a file, and nothing of short work."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ecosystem.progress import Progress, silent

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

__all__ = ["progress_shown"]

PATIENCE: Final = 0.7  # seconds


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """Give a function to tell progress to; what it shows is gone when the work is done, or stopped."""
    if not sys.stderr.isatty():
        yield silent
        return
    shown = _Shown()
    try:
        yield shown
    finally:
        shown.stop()


class _Shown:
    """A bar for each piece of work; made only when the work takes longer than one's patience."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._bars: Bars | None = None
        self._tasks: dict[str, int] = {}

    def __call__(self, what: str, done: int, total: int | None) -> None:
        if self._bars is None:
            if time.monotonic() - self._began < PATIENCE:
                return
            self._bars = _bars()
        if what not in self._tasks:
            self._tasks[what] = self._bars.add_task(what, total=total)
        self._bars.update(self._tasks[what], completed=done, total=total)  # type: ignore[arg-type]

    def stop(self) -> None:
        """Clear the terminal of it."""
        if self._bars is not None:
            self._bars.stop()


def _bars() -> Bars:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    bars = Bars(*columns, console=Console(stderr=True), transient=True)
    bars.start()
    return bars
