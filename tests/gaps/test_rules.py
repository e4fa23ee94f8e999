"""How gap rules are run and reported; what each rule finds is tested with the ontology."""

from __future__ import annotations

import dataclasses
import re

import pytest
from builders import actor, tie

from ecosystem import terms
from ecosystem.gaps import find, gap_counts
from ecosystem.gaps.running import answers
from ecosystem.lookup import Lookup
from ecosystem.ontology import GapRule, Ontology
from ecosystem.store import Store

UNFUNDED = GapRule(
    iri=terms.ECO + "TestRule",
    labels={"en": "Nobody funds it", "fr": "Personne ne le finance"},
    rationales={"en": "Money lasts longer than goodwill.", "fr": "L’argent dure plus que la bonne volonté."},
    remedies={"en": "Find a funder.", "fr": "Trouver un financeur."},
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
    found = find(store, Lookup(store, ontology), [UNFUNDED]).gaps
    assert [(gap.subject, gap.country, gap.detail, gap.evidence) for gap in found] == [
        ("Refused", "Chile", "money", "recorded as absent"),
        ("Silent", "Chile", "money", "nothing recorded"),
    ]
    assert found[0].record and not found[1].record
    assert found[0].severity == "high" and found[0].source == "A source"
    assert "Absence of evidence" in found.notes[-1]


def test_labels_follow_the_language(store: Store, ontology: Ontology) -> None:
    told = {one: find(store, Lookup(store, ontology, one), [UNFUNDED]).gaps[0] for one in ("fr", "ar")}
    assert (told["fr"].gap, told["fr"].remedy) == ("Personne ne le finance", "Trouver un financeur.")
    assert told["fr"].rationale == "L’argent dure plus que la bonne volonté."
    assert (told["ar"].gap, told["ar"].remedy) == ("Nobody funds it", "Find a funder.")


SLOW = "SELECT ?subject { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?subject FILTER(?a = ?n && ?c = ?l) }"


@pytest.mark.parametrize(
    ("select", "message"),
    [
        ("SELECT ?subject {", "wrong"),
        ("SELECT ?actor { ?actor a eco:Ministry }", r"answers with \?subject"),
        ("ASK { ?subject a eco:Ministry }", r"answers with \?subject"),
        ("SELECT ?subject { BIND(1 AS ?x) OPTIONAL { ?subject a eco:Nothing } }", r"has no \?subject"),
        ("SELECT ?subject { SERVICE <https://example.org/> { ?subject ?p ?o } }", "SERVICE"),
        (SLOW, r"longer than 0\.3 s"),
    ],
)
def test_a_rule_that_cannot_be_run_is_named_and_the_others_run(
    store: Store, ontology: Ontology, select: str, message: str
) -> None:
    wrong = dataclasses.replace(UNFUNDED, iri=terms.ECO + "WrongRule", select=select)
    after = dataclasses.replace(UNFUNDED, iri=terms.ECO + "AfterIt")
    report = find(store, Lookup(store, ontology), [UNFUNDED, wrong, after], time_limit=0.3)
    assert len(report.gaps) == 4
    (problem,) = report.problems
    assert problem.rule == "WrongRule"
    assert re.search(message, problem.problem)
    assert str(problem) in report.gaps.notes


def test_without_processes_rules_run_in_this_one(store: Store) -> None:
    queries = [UNFUNDED.select, "SELECT ?subject {", UNFUNDED.select]
    found = list(answers(store, queries, 1.0, forks=False))
    assert [isinstance(one, Exception) for one in found] == [False, True, False]
    assert found[0] == found[2] == next(answers(store, queries, 1.0))


def test_the_gravest_come_first(store: Store, ontology: Ontology) -> None:
    low = dataclasses.replace(UNFUNDED, iri=terms.ECO + "Low1", severity=terms.ECO + "Low")
    found = find(store, Lookup(store, ontology), [low, UNFUNDED]).gaps
    assert [gap.severity for gap in found] == ["high", "high", "low", "low"]


def test_counts_by_rule(store: Store, ontology: Ontology) -> None:
    (counted,) = gap_counts(find(store, Lookup(store, ontology), [UNFUNDED]).gaps)
    assert (counted.gap, counted.count, counted.denied, counted.examples) == (
        "Nobody funds it",
        2,
        1,
        ("Refused", "Silent"),
    )
