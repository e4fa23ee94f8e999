"""The documentation is true: its links lead somewhere, its commands run, its tutorial works as it is written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from ecosystem.commands import cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "ontology").glob("*.md")])
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"^\$ ecosystem (.+?)(?:\s+#.*)?$", re.MULTILINE)
FILE = re.compile(r"`audits/([\w.]+)`:\n\n```csv\n(.*?)```", re.DOTALL)


def run(command: str) -> None:
    result = CliRunner().invoke(cli, shlex.split(command))
    assert result.exit_code == 0, f"ecosystem {command}\n{result.output}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{target} is not there"


def test_the_readmes_commands_run() -> None:
    commands = COMMAND.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(commands) >= 5
    for command in commands:
        run(command)


def test_the_tutorial_works_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    files = dict(FILE.findall(text))
    assert set(files) == {"actors.csv", "initiatives.csv", "relationships.csv", "sources.csv"}
    (tmp_path / "audits").mkdir()
    for name, content in files.items():
        (tmp_path / "audits" / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    commands = COMMAND.findall(text)
    no_path = next(command for command in commands if command.startswith("path"))
    for command in commands:
        if command != no_path:
            run(command)
    answer = CliRunner().invoke(cli, shlex.split(no_path))
    assert answer.exit_code == 3 and "No path connects" in answer.output, "the tutorial says that there is none"
    with (tmp_path / "audits" / "relationships.csv").open("a", encoding="utf-8") as file:
        file.write(re.search(r"Add `(court,audits.*?)` and ask again", text, re.DOTALL)[1] + "\n")  # type: ignore[index]
    run(no_path)
    assert (tmp_path / "audits-map" / "map.html").is_file()


def test_the_tables_that_are_documented_are_those_that_are_read() -> None:
    from ecosystem.sources.tables import TABLES

    text = (ROOT / "docs" / "bring-your-data.md").read_text(encoding="utf-8")
    for name, layout in TABLES.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{name}.csv`"))
        documented = set(re.findall(r"[a-z_]+", row.split("|")[2]))
        assert documented == set(layout.columns), name
