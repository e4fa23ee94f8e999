"""The page about formats says what the formats declare."""

from __future__ import annotations

from pathlib import Path

from ecosystem.exports import ABOUT, FORMATS, OF_EDGES, OF_NODES
from ecosystem.exports.declared import carried_table
from ecosystem.sources import READERS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats.md"


def test_the_page_has_the_table_that_follows_from_the_formats() -> None:
    text = PAGE.read_text(encoding="utf-8")
    shown = text.partition("<!-- carried -->\n")[2].partition("<!-- /carried -->")[0]
    assert shown == carried_table(), "paste ecosystem.exports.declared.carried_table() between the marks"


def test_formats_declare_groups_that_there_are() -> None:
    for one in FORMATS.values():
        assert one.carried.nodes <= {*OF_NODES} and one.carried.edges <= {*OF_EDGES} and one.carried.about <= {*ABOUT}


def test_the_page_names_every_kind_of_file_that_is_read() -> None:
    text = PAGE.read_text(encoding="utf-8")
    aliases = {".owl", ".ijson", ".ndjson"}
    kinds = {suffix if ".tar" in suffix else suffix.removesuffix(".gz") for suffix in READERS} - aliases
    assert sorted(suffix for suffix in kinds if f"{suffix}`" not in text) == []
