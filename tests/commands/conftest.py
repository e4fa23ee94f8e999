"""Running commands as a user does: the real program in a process of its own, or quickly in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ecosystem.commands import cli

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run a command in this process."""
    runner = CliRunner()

    def invoke(*arguments: str, **options: object) -> Result:
        return runner.invoke(cli, list(arguments), **options)  # type: ignore[arg-type]

    return invoke


@pytest.fixture
def program() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the program in a process of its own."""

    def start(*arguments: str, seed: str = "0", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "COLUMNS": "100"}
        return subprocess.run(
            [sys.executable, "-m", "ecosystem", *arguments],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    return start
