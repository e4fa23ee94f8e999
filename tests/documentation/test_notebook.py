"""The example notebook runs from top to bottom, and everything in it shows itself as HTML."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
# Runs cells as a notebook's kernel does, in IPython's own shell, and says what each would show.
KERNEL = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell

shell, shown = InteractiveShell.instance(), []
for cell in json.load(sys.stdin):
    done = shell.run_cell(cell, store_history=True)
    done.raise_error()
    shown.append(shell.display_formatter.format(done.result)[0] if done.result is not None else {})
json.dump(shown, open(sys.argv[1], "w"))
"""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, dict[str, str]]]:
    cells = [cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    code = ["".join(cell["source"]) for cell in cells]
    folder = tmp_path_factory.mktemp("kernel")
    command = [sys.executable, "-c", KERNEL, str(folder / "shown.json")]
    environment = {"IPYTHONDIR": str(folder), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    done = subprocess.run(
        command, input=json.dumps(code), capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return list(zip(code, json.loads((folder / "shown.json").read_text(encoding="utf-8")), strict=True))


def test_every_cell_shows_html(shown: list[tuple[str, dict[str, str]]]) -> None:
    assert len(shown) > 8
    for code, formats in shown:
        assert "<table>" in formats["text/html"] or "<iframe" in formats["text/html"], code


def test_the_network_says_how_large_it_is_and_who_has_most_ties(shown: list[tuple[str, dict[str, str]]]) -> None:
    (told,) = [formats["text/html"] for code, formats in shown if code.endswith("\nnetwork")]
    assert "81 actors" in told
    assert "<td>Agile Nations</td>" in told


def test_the_map_is_a_frame_that_reaches_nothing(shown: list[tuple[str, dict[str, str]]]) -> None:
    told = shown[-1][1]["text/html"]
    assert told.startswith('<iframe sandbox="allow-scripts allow-downloads" title="Who works with whom"')
    assert told.count("<") == 2, "the page is escaped whole"
    assert "allow-same-origin" not in told


def test_no_output_is_kept_in_the_file() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells)
