"""Everything that comes from data is hostile: it comes out as text, in every output."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

HOSTILE = {
    "script": "</script><script>window.__pwned = 1</script>",
    "image": '<img src=x onerror="window.__pwned = 1">',
    "link": 'href="javascript:window.__pwned = 1"',
    "formula": '=HYPERLINK("http://example.org","x")',
    "quotes": "\"double\" 'single' `back` \\ ${x} {{ x }}",
    "bidi": "\u202egnp.exe \u05e9\u05dc\u05d5\u05dd",
    "escape": "red \x1b[31mred\x1b[0m \x07",
    "separator": "line\u2028line\u2029end",
}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "hostile"
    folder.mkdir()
    with (folder / "actors.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "type", "label", "acronym", "country", "description", "homepage", "source", "locator"])
        for number, (name, label) in enumerate(HOSTILE.items()):
            country = ("CHL", "FRA", "NLD")[number % 3]
            rows.writerow([name, "Ministry", label, label[:9], country, label, "", "book", label])
    with (folder / "relationships.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["subject", "relation", "object", "role", "source", "locator", "statement"])
        names = list(HOSTILE)
        for name in names[1:]:
            rows.writerow([names[0], "funds", name, HOSTILE[name], "book", HOSTILE[name], HOSTILE[name]])
    (folder / "sources.csv").write_text(f"id,label,url\nbook,{HOSTILE['script']},https://example.org/\n", "utf-8")
    return folder


def test_files_hold_text_and_nothing_that_runs(run, dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("build", "-d", str(dataset), "-o", str(out))
    assert result.exit_code == 0, result.output
    page = (out / "map.html").read_text(encoding="utf-8")
    assert "window.__pwned = 1</script>" not in page
    assert "<img src=x" not in page
    cells = [cell for row in csv.reader((out / "brokers.csv").open(encoding="utf-8")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert "'" + HOSTILE["formula"] in cells


def test_a_label_does_not_steer_the_terminal(run, dataset: Path) -> None:
    for command in (["brokers", "--evidence"], ["show", "escape"], ["show", "bidi"], ["search", "red"], ["gaps"]):
        result = run(*command, "-d", str(dataset))
        assert result.exit_code == 0, result.output
        for character in "\x1b\x07\u202e":
            assert character not in result.output, command


def test_data_formats_keep_labels_as_they_are(run, dataset: Path) -> None:
    found = json.loads(
        run("query", "SELECT ?label { ?x a eco:Ministry ; rdfs:label ?label }", "-d", str(dataset), "-f", "json").stdout
    )
    labels = {binding["label"]["value"] for binding in found["results"]["bindings"]}
    assert {HOSTILE["script"], HOSTILE["quotes"], HOSTILE["bidi"]} <= labels
