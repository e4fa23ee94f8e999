"""How gap rules are run and reported; what each rule finds is tested with the ontology."""

from __future__ import annotations

import dataclasses

import pytest
from builders import actor, tie

from ecosystem import terms
from ecosystem.errors import OntologyError
from ecosystem.gaps import gap_counts, gaps
from ecosystem.lookup import Lookup
from ecosystem.ontology import GapRule, Ontology
from ecosystem.store import Store

UNFUNDED = GapRule(
    iri=terms.ECO + "TestRule",
    labels={"en": "Nobody funds it", "fr": "Personne ne le finance"},
    rationale="Money lasts longer than goodwill.",
    remedy="Find a funder.",
    severity=terms.ECO + "High",
    source=terms.ID + "source-a",
    locator="page 1",
    select="""
        SELECT ?subject ?detail ?record WHERE {
          ?subject a eco:Ministry . BIND(eco:Money AS ?detail)
          MINUS { ?funder eco:funds ?subject }
          OPTIONAL { ?record rdf:predicate eco:funds ; rdf:object ?subject ; eco:certainty eco:Denied }
        }""",
)


@pytest.fixture
def store(make_store) -> Store:
    return make_store(
        [
            *(actor(name, "Ministry", "CHL") for name in ("funded", "silent", "refused")),
            actor("bank"),
            tie("bank", "funds", "funded"),
            tie("bank", "funds", "refused", certainty=terms.DENIED),
        ]
    )


def test_evidence_of_absence_is_told_from_absence_of_evidence(store: Store, ontology: Ontology) -> None:
    found = gaps(store, Lookup(store, ontology), [UNFUNDED])
    assert [(gap.subject, gap.country, gap.detail, gap.evidence) for gap in found] == [
        ("Refused", "Chile", "money", "recorded as absent"),
        ("Silent", "Chile", "money", "nothing recorded"),
    ]
    assert found[0].record and not found[1].record
    assert found[0].severity == "high" and found[0].source == "A source"
    assert "Absence of evidence" in found.notes[-1]


def test_labels_follow_the_language(store: Store, ontology: Ontology) -> None:
    assert gaps(store, Lookup(store, ontology, "fr"), [UNFUNDED])[0].gap == "Personne ne le finance"


@pytest.mark.parametrize(
    ("select", "message"),
    [("SELECT ?subject {", "wrong query"), ("SELECT ?actor { ?actor a eco:Ministry }", r"must answer with \?subject")],
)
def test_a_wrong_rule_is_a_clear_line(store: Store, ontology: Ontology, select: str, message: str) -> None:
    rule = dataclasses.replace(UNFUNDED, select=select)
    with pytest.raises(OntologyError, match=f"TestRule.*{message}"):
        gaps(store, Lookup(store, ontology), [rule])


def test_the_gravest_come_first(store: Store, ontology: Ontology) -> None:
    low = dataclasses.replace(UNFUNDED, iri=terms.ECO + "Low1", severity=terms.ECO + "Low")
    found = gaps(store, Lookup(store, ontology), [low, UNFUNDED])
    assert [gap.severity for gap in found] == ["high", "high", "low", "low"]


def test_counts_by_rule(store: Store, ontology: Ontology) -> None:
    (counted,) = gap_counts(gaps(store, Lookup(store, ontology), [UNFUNDED]))
    assert (counted.gap, counted.count, counted.denied, counted.examples) == (
        "Nobody funds it",
        2,
        1,
        ("Refused", "Silent"),
    )
