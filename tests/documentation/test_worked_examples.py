"""The figures of docs/worked-examples.md are what its commands print."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from ecosystem.commands import cli

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "worked-examples.md").read_text(encoding="utf-8")
SHOWN = re.compile(r"^```console\n\$ (.+?)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def beside(shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the page tells its readers to put beside each other."""
    for path in (
        *(DOCS / "examples" / name for name in ("ips.toml", "sectors", "departments.py")),
        shared_data / "ips-explorer" / "cases.csv",
        shared_data / "kumu-uk-science-networks" / "science-networks.json",
    ):
        (tmp_path / path.name).symlink_to(path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lines(text: str) -> set[str]:
    return {" ".join(line.split()) for line in text.splitlines() if line.strip()}


@pytest.mark.parametrize("command", [command for command, _ in SHOWN.findall(PAGE) if command.startswith("ecosystem ")])
def test_each_command_prints_what_the_page_shows(beside: Path, command: str) -> None:
    result = CliRunner().invoke(cli, shlex.split(command)[1:])
    assert result.exit_code == 0, result.output
    assert lines(dict(SHOWN.findall(PAGE))[command]) <= lines(result.output)


def test_the_script_prints_what_the_page_shows(
    beside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (shown,) = (text for command, text in SHOWN.findall(PAGE) if command.startswith("python "))
    monkeypatch.setattr("sys.argv", ["departments.py", "science-networks.json"])
    runpy.run_path(str(DOCS / "examples" / "departments.py"))
    assert capsys.readouterr().out.split() == shown.split()


def test_the_figures_in_the_text_are_those_of_the_table(beside: Path) -> None:
    from ecosystem.api import open as open_ecosystem
    from ecosystem.gaps.coverage import PRESENT

    eco = open_ecosystem("ips.toml", ontology=["sectors"])
    cells = eco.coverage("sectors").cells
    countries, sectors = set(cells["country"]), set(cells["item"])
    assert (len(countries), len(sectors), len(cells)) == (34, 10, 340)
    assert sum(cell.state == PRESENT for cell in cells) == 163
    with_case = {item: sum(cell.count > 0 for cell in cells if cell.item == item) for item in sectors}
    assert (with_case["General public services"], with_case["Defence"]) == (31, 4)
    lacks = {place: sum(not cell.count for cell in cells if cell.country == place) for place in countries}
    assert (lacks["Netherlands"], lacks["Italy"]) == (1, 2)
    finland = [cell.count for cell in cells if cell.country == "Finland" and cell.count]
    assert (len(finland), sum(finland)) == (6, 35)
