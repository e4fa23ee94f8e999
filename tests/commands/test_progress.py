"""Progress goes to a terminal's stderr, and only when work takes long."""

from __future__ import annotations

import io
import sys

import pytest

from ecosystem.commands import progress
from ecosystem.commands.progress import progress_shown
from ecosystem.progress import silent


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress_shown() as shown:
        assert shown is silent


@pytest.mark.parametrize(("patience", "expected"), [(60.0, False), (-1.0, True)])
def test_a_terminal_is_told_what_is_done(monkeypatch: pytest.MonkeyPatch, patience: float, expected: bool) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    with pytest.raises(KeyboardInterrupt), progress_shown() as shown:
        shown("Reading [rows].csv", 10, None)
        shown("Reading [rows].csv", 20, 20)
        raise KeyboardInterrupt
    assert ("Reading [rows].csv" in terminal.getvalue()) is expected
