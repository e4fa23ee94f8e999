"""Briefings: whatever is said has its source, and what comes from data stays text."""

from __future__ import annotations

import re

import pytest
from builders import actor, tie
from click.testing import CliRunner

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.api.briefing import briefing
from ecosystem.commands import cli
from ecosystem.errors import QueryError
from ecosystem.publish.briefing import markdown, page
from ecosystem.records import Source, Text

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(2)) `*"


@pytest.fixture(scope="module")
def opsi() -> Ecosystem:
    import ecosystem

    return ecosystem.open()


@pytest.mark.parametrize(
    ("subject", "name"),
    [("country", "Chile"), ("actor", "Netherlands Court of Audit"), ("initiative", "Deep Space Food Challenge")],
)
def test_every_statement_names_a_source_that_is_listed(opsi: Ecosystem, subject, name: str) -> None:
    found = briefing(opsi, subject, name)
    assert found.title == name
    assert len(found.sections) == 4
    cited = {said.source for section in found.sections for entry in section.entries for said in entry.statements}
    assert cited == {source.number for source in found.sources}
    assert 0 not in cited
    assert all(said.locator for section in found.sections for entry in section.entries for said in entry.statements)


def test_chile_is_what_a_reader_of_the_documents_knows(opsi: Ecosystem) -> None:
    there, connected, _, conversations = briefing(opsi, "country", "chile").sections
    assert "Data Observatory" in {entry.about for entry in there.entries}
    assert connected.entries[0].about == "Data Observatory"
    assert 0 < len(conversations.entries) <= 5
    partners = [entry.about for entry in conversations.entries]
    assert len(set(partners)) == len(partners)


def test_two_pages_are_enough(opsi: Ecosystem) -> None:
    assert len(markdown(briefing(opsi, "actor", "OECD")).split()) < 1500


@pytest.mark.parametrize(
    ("subject", "name", "words"),
    [
        ("country", "Atlantis", "No country is called"),
        ("actor", "Deep Space Food Challenge", "is no actor"),
        ("initiative", "OECD", "is an actor"),
    ],
)
def test_what_cannot_be_briefed_on_is_said(opsi: Ecosystem, subject, name: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        briefing(opsi, subject, name)


def test_hostile_texts_stay_texts(make_store, ontology) -> None:
    source = Source(terms.ID + "source-a", (Text(HOSTILE),), url="javascript:alert(3)")
    ends = [actor(name, country="CHL") for name in ("one", "two", "three")]
    said = Text(HOSTILE, "en")
    store = make_store([source, *ends, tie("one", "funds", "two", statement=said), tie("two", "funds", "three")])
    found = briefing(Ecosystem(store, ontology), "actor", "two")
    html, plain = page(found), markdown(found)
    assert "<script" not in html and "&lt;script&gt;" in html
    assert 'href="javascript' not in html
    assert r"\<script\>" in plain and r"\[x\](javascript" in plain
    assert not re.search(r"<javascript", plain)


def test_the_page_loads_nothing_and_the_suffix_decides(tmp_path) -> None:
    target = tmp_path / "chile.html"
    result = CliRunner().invoke(cli, ["brief", "--country", "Chile", "-o", str(target)])
    assert result.exit_code == 0
    html = target.read_text(encoding="utf-8")
    assert "default-src 'none'" in html and "<script" not in html and " src=" not in html
    assert CliRunner().invoke(cli, ["brief", "--country", "Chile"]).stdout.startswith("# Chile\n")
    assert CliRunner().invoke(cli, ["brief"]).exit_code == 2
