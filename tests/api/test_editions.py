"""Two editions compared, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from builders import actor, tie

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.api.editions import Editions
from ecosystem.ontology import Ontology
from ecosystem.records import Text

HOSTILE = "<img src=x onerror=alert(1)> [a](javascript:alert(1)) | `code`\u202e"
OLD = [
    actor("chile", "NationalGovernment", "CHL"),
    actor("peru", "NationalGovernment", "PER"),
    actor("spain", "NationalGovernment", "ESP"),
    actor("lab", "Pilot"),
    tie("chile", "partnersWith", "peru"),
    tie("peru", "partnersWith", "spain", since="2019"),
    tie("chile", "participatesIn", "lab"),
]


@pytest.fixture
def editions(make_store: Callable[..., Any], ontology: Ontology) -> Callable[..., Editions]:
    def compared(new: list[Any], old: list[Any] = OLD) -> Editions:
        return Editions(*(Ecosystem(make_store(records), ontology) for records in (old, new)))

    return compared


def listed(found: Editions, *about: str) -> set[tuple[str, ...]]:
    return {
        (row.about, row.change, row.subject, row.what, row.before, row.after)
        for row in found.changes()
        if not about or row.about in about
    }


def test_the_same_edition_twice(editions: Callable[..., Editions]) -> None:
    assert not editions(OLD).changes()
    assert editions(OLD).in_words() == "Both editions say the same."


def test_what_came_what_went_and_what_is_said_otherwise(editions: Callable[..., Editions]) -> None:
    new = [
        actor("chile", "NationalGovernment", "CHL", acronym="GC"),
        actor("peru", "NationalGovernment", "PER"),
        actor("japan", "NationalGovernment", "JPN"),
        actor("lab", "Pilot", since="2020"),
        tie("chile", "partnersWith", "peru"),
        tie("peru", "partnersWith", "japan", since="2021", until="2022"),
        tie("chile", "participatesIn", "lab", role="host"),
    ]
    found = editions(new)
    assert listed(found, "actor", "initiative", "tie") == {
        ("actor", "changed", "Chile", "acronym", "", "GC"),
        ("initiative", "changed", "Lab", "since", "", "2020"),
        ("actor", "added", "Japan", "", "", "national government"),
        ("actor", "removed", "Spain", "", "national government", ""),
        ("tie", "added", "Peru partners with Japan", "", "", "2021–2022"),
        ("tie", "removed", "Peru partners with Spain", "", "2019–", ""),
        ("tie", "changed", "Chile participates in Lab", "role", "", "host"),
    }
    assert ("roles by country", "changed", "", "liaison", "2", "2") not in listed(found)
    said = "1 actor added, 1 actor removed, 1 tie added, 1 tie removed and something else said of 3."
    assert found.in_words() == said


def test_ties_are_told_apart_by_what_they_say(editions: Callable[..., Editions]) -> None:
    renamed = [
        replace(one, given_iri=terms.ID + f"r{place}") if hasattr(one, "relation") else one
        for place, one in enumerate(OLD)
    ]
    assert not editions(renamed).changes()
    twice = [*OLD, tie("chile", "partnersWith", "peru", since="2020")]
    assert listed(editions(twice), "tie") == {("tie", "added", "Chile partners with Peru", "", "", "2020–")}


def test_an_id_that_changed_is_no_other_actor(editions: Callable[..., Editions]) -> None:
    new = [
        replace(one, iri=terms.ID + "the-republic-of-peru") if getattr(one, "iri", "") == terms.ID + "peru" else one
        for one in OLD[:4]
    ]
    new += [
        tie("chile", "partnersWith", "the-republic-of-peru"),
        tie("the-republic-of-peru", "partnersWith", "spain", since="2019"),
    ]
    new += [OLD[-1]]
    found = editions(new)
    assert listed(found) == {("actor", "changed", "Peru", "id", "peru", "the-republic-of-peru")}
    assert found.changes().notes[0].startswith("1 actor or initiative with the same name, kind and country")


def test_roles_and_gaps(editions: Callable[..., Editions]) -> None:
    found = editions([one for one in OLD if getattr(one, "object", "") != terms.ID + "spain"])
    rows = listed(found)
    assert ("roles by country", "changed", "", "liaison", "2", "0") in rows
    assert ("roles of an actor", "changed", "Peru", "total", "2", "0") in rows
    assert ("network", "changed", "", "pairs with a tie", "2", "1") in rows
    opened = {row[2] for row in rows if row[:2] == ("gap", "opened")}
    assert "Spain" in opened, "it has no tie any more"


def test_the_pages_hold_hostile_text_as_text(editions: Callable[..., Editions], tmp_path: Path) -> None:
    evil = replace(actor("evil", "NationalGovernment", "CHL"), labels=(Text(HOSTILE, "en"),))
    found = editions([*OLD, evil, tie("evil", "partnersWith", "chile")])
    page = found.write(tmp_path / "changes.html").read_text(encoding="utf-8")
    assert "<img" not in page and "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "default-src 'none'" in unescape(page) and "<script" not in page and "href=" not in page
    text = found.write(tmp_path / "changes.md").read_text(encoding="utf-8")
    assert "\\[a\\](javascript:alert(1)) \\| \\`code\\`" in text and "\u202e" not in text and "\\<img" in text
    assert "## Ties added" in text and "## Ties removed" not in text, "what is empty is left out"
    again = found.write(tmp_path / "again.md").read_text(encoding="utf-8")
    assert again == text
