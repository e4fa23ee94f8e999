"""What a change would do, in an ecosystem small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from builders import actor, tie
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.api import open as open_ecosystem
from ecosystem.api.introductions import introductions
from ecosystem.api.whatif import WhatIf
from ecosystem.errors import ProjectionError
from ecosystem.ontology import Ontology
from ecosystem.publish.trig import trig
from ecosystem.records import Dataset, Source, Text
from ecosystem.sources.reading import Reading
from ecosystem.store import EmbeddedStore, load
from ecosystem.whatif import Patch

# chile – bank – spain – france, and japan alone; the bank is of no country.
RECORDS = [
    actor("chile", "NationalGovernment", "CHL"),
    actor("spain", "NationalGovernment", "ESP"),
    actor("france", "NationalGovernment", "FRA"),
    actor("japan", "NationalGovernment", "JPN"),
    actor("bank", "DevelopmentBank"),
    tie("chile", "partnersWith", "bank"),
    tie("bank", "funds", "spain"),
    tie("spain", "partnersWith", "france"),
]


@pytest.fixture
def eco(make_store: Callable[..., Any], ontology: Ontology) -> Ecosystem:
    return Ecosystem(make_store(RECORDS), ontology)


def numbers(what: WhatIf) -> dict[tuple[str, str, str], tuple[Any, Any]]:
    return {(row.about, row.subject, row.measure): (row.before, row.after) for row in what.differences(gaps=False)}


def test_without_an_actor(eco: Ecosystem) -> None:
    without = eco.what_if(remove=["Bank"])
    found = numbers(without)
    assert found["network", "", "actors"] == (5, 4)
    assert found["network", "", "pairs with a tie"] == (3, 1)
    assert found["network", "", "parts"] == (2, 3)
    assert found["network", "", "isolates"] == (1, 2)
    assert found["network", "", "pairs connected"] == (6, 1)
    # A chain of four: three ways of 1 step, two of 2, one of 3.
    assert found["network", "", "mean distance"] == (pytest.approx(10 / 6), 1)
    # The bank lies between Chile and Spain, Spain between the bank and France: both are liaisons, counted both ways.
    assert found["roles by country", "", "liaison"] == (4, 0)
    assert found["actor", "Bank", "total"] == (2, None)
    assert found["actor", "Spain", "exclusive"] == (2, 0)
    assert found["actor", "Spain", "constraint"] == (pytest.approx(0.5), pytest.approx(1.0))
    assert without.in_words(gaps=False) == (
        "Without Bank: 1 pair has a tie of their own, 2 fewer.",
        "2 pairs of actors that stay are no longer connected at all.",
        "1 pair that only it connected has nobody in between any more.",
        "The network is in 3 parts, from 2.",
    )


def test_a_new_tie(eco: Ecosystem) -> None:
    supposed = eco.what_if(add=["Chile partnersWith France"])
    found = numbers(supposed)
    # The chain becomes a ring: only opposite actors are two steps apart.
    assert found["network", "", "mean distance"] == (pytest.approx(10 / 6), pytest.approx(8 / 6))
    assert ("actor", "Bank", "total") not in found, "it still lies between Chile and Spain"
    assert found["actor", "Bank", "exclusive"] == (2, 0), "but so does France"
    assert found["actor", "France", "total"] == (0, 2)
    assert supposed.in_words(gaps=False) == (
        "4 pairs have a tie of their own, 1 more.",
        "1 pair has a shorter way, 2 steps less far on average.",
    )


def test_a_new_actor_and_its_group(eco: Ecosystem) -> None:
    found = numbers(eco.what_if(add=["'Audit Lab' a SupremeAuditInstitution in Chile", "'Audit Lab' audits Chile"]))
    assert found["E-I by country", "Chile", "E-I index"] == (1.0, pytest.approx(-1 / 3))
    assert found["actor", "Audit Lab", "constraint"] == (None, pytest.approx(1.0))
    assert found["actor", "Chile", "gatekeeper"] == (0, 1)


def test_what_is_supposed_is_no_second_source(opsi: Ecosystem) -> None:
    assert any(opsi.ontology.rules[gap.rule].about_record for gap in opsi.gaps() if gap.subject.startswith("CAF"))
    assert len(opsi.what_if(add=["CAF partnersWith OECD"]).gaps) == 0


def test_gaps_open_and_close(opsi: Ecosystem) -> None:
    before = trig(opsi.store)
    supposed = opsi.what_if(add=["'Audit Lab' a SupremeAuditInstitution in Chile"])
    opened = [row for row in supposed.gaps if row.about == "gap opened"]
    assert {row.subject for row in opened} == {"Audit Lab"} and all(row.change == 1 for row in opened)
    assert any(sentence.endswith(").") and "gap" in sentence for sentence in supposed.in_words())
    gap = opsi.gaps()[0]
    closed = opsi.what_if(remove=[gap.subject_iri]).gaps
    assert (gap.subject_iri, -1) in {(row.id, row.change) for row in closed if row.about == "gap closed"}
    assert trig(opsi.store) == before, "nothing that was asked about has changed"


def test_files_and_stores_stay_as_they_are(eco: Ecosystem, tmp_path: Path) -> None:
    eco.store.write(tmp_path / "store")
    kept = open_ecosystem(tmp_path / "store")
    said = {path: path.read_bytes() for path in sorted((tmp_path / "store").rglob("*")) if path.is_file()}
    supposed = kept.what_if(remove=["Bank"], add=["Chile partnersWith France"])
    assert len(supposed.differences(gaps=True)) and len(supposed.view().nodes)
    now = {path: path.read_bytes() for path in sorted((tmp_path / "store").rglob("*")) if path.is_file()}
    # The engine may write its own log and lock; every file that holds data is the same.
    data = {path for path in said if path.suffix == ".sst" or path.name == "ecosystem-store"}
    assert data and all(now[path] == said[path] for path in data)


@settings(max_examples=25, deadline=None)
@given(
    ends=st.lists(st.sampled_from(["chile", "spain", "france", "japan", "bank"]), min_size=2, max_size=2, unique=True),
    relation=st.sampled_from(["partnersWith", "funds", "audits", "collaboratesWith"]),
)
def test_adding_and_removing_the_same_tie_changes_no_number(ends: list[str], relation: str) -> None:
    words = [f"{ends[0]} {relation} {ends[1]}"]
    what = made_once().what_if(add=words, remove_ties=words)
    assert all(row.before == row.after or row.before != row.before for row in what.differences())
    there = made_once().what_if(add=words)
    back = WhatIf(there.supposed, Patch(without_ties=tuple(tie.iri for tie in there.patch.ties)))
    # There and back again: what was supposed, taken away from what it was supposed in.
    assert [(row.measure, row.after) for row in back.differences() if row.about == "network"] == [
        (row.measure, row.before) for row in there.differences() if row.about == "network"
    ]


@cache
def made_once() -> Ecosystem:
    ontology, store = Ontology.load(), EmbeddedStore.in_memory()
    source = Source(terms.ID + "source-a", (Text("A source", "en"),))
    reading = Reading(Dataset("made", "Made"), (source, *RECORDS), path="made")
    load(store, [reading], ontology)
    return Ecosystem(store, ontology)


def test_top_limits_the_actors_and_says_so(opsi: Ecosystem) -> None:
    what = opsi.what_if(remove=["OECD"])
    few, all_ = what.differences(2, gaps=False), what.differences(gaps=False)
    assert len({row.id for row in few if row.about == "actor"}) == 2 < len({row.id for row in all_ if row.id})
    assert any("more actors with numbers that change" in note for note in few.notes)


def test_the_empty_change(eco: Ecosystem) -> None:
    nothing = WhatIf(eco, Patch())
    assert all(row.change in (0, 0.0) for row in nothing.differences())
    assert nothing.in_words() == ("3 pairs have a tie of their own, as many as before.",)


def test_the_map_shows_both(eco: Ecosystem) -> None:
    view = eco.what_if(
        remove=["Bank"], add=["'Audit Lab' a SupremeAuditInstitution in Chile", "Chile partnersWith France"]
    ).view()
    assert {node.label: node.ghost for node in view.nodes if node.ghost} == {"Audit Lab": "added", "Bank": "removed"}
    ends = {(tie.source, tie.target): tie.ghost for tie in view.ties}
    assert ends == {
        ("chile", "bank"): "removed",
        ("bank", "spain"): "removed",
        ("spain", "france"): "",
        ("chile", "france"): "added",
    }
    (cited,) = next(tie for tie in view.ties if tie.ghost == "added").evidence
    assert cited.source == "What if: a supposition, stated by nobody"


def test_introductions(eco: Ecosystem) -> None:
    table = introductions(eco, "Latin America", "Europe", count=3)
    (first, *_) = table
    assert (first.start, first.relation, first.end) == ("Chile", "partnersWith", "France")
    assert (first.gain, first.reached, first.change) == (1, 2, "add")
    assert first.why == "the two have no way of two steps yet"
    assert any("1 of 2 (50 %) are now" in note for note in table.notes)
    assert any(note.startswith("No more than 1 tie would bring") for note in table.notes)
    assert all(eco.ontology.relations[terms.ECO + row.relation].conveys for row in table)
    with pytest.raises(ProjectionError, match="share"):
        introductions(eco, "Spain", "Europe")


def test_only_relations_that_count_and_fit_are_proposed(eco: Ecosystem) -> None:
    (row,) = introductions(eco, "Chile", "Europe", count=1, projection=eco.projection(relations=["funds"]))
    funds = eco.ontology.relations[terms.ECO + "funds"]
    assert row.relation == "funds" and funds.directed
    assert not introductions(eco, "Chile", "Europe", projection=eco.projection(relations=["memberOf"]))
