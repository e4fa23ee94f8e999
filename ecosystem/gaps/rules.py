"""Gap rules: declared in the ontology, run in the store, reported with the reason and what would mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import OntologyError, QueryError
from ecosystem.lookup import Lookup
from ecosystem.ontology import GapRule
from ecosystem.store import RdfTerm, Store, plain
from ecosystem.tables import Table

__all__ = ["Gap", "GapCount", "gap_counts", "gaps"]

RECORDED, UNRECORDED = "recorded as absent", "nothing recorded"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing, and for whom.

    `evidence` keeps two findings apart: a source says that it is absent, or nobody has recorded anything yet. The
    second says as much about the data as about the world.
    """

    severity: str
    gap: str
    subject: str
    country: str
    detail: str
    evidence: str
    remedy: str
    rationale: str = field(default="", metadata={"hidden": True})
    source: str = field(default="", metadata={"hidden": True})
    locator: str = field(default="", metadata={"hidden": True})
    rule: str = field(default="", metadata={"hidden": True})
    subject_iri: str = field(default="", metadata={"hidden": True})
    record: str = field(default="", metadata={"hidden": True})


@dataclass(frozen=True, slots=True)
class GapCount:
    """How often one rule found something, and whom it names first."""

    severity: str
    gap: str
    count: int
    denied: int
    examples: tuple[str, ...]


def gaps(store: Store, lookup: Lookup, rules: Sequence[GapRule]) -> Table[Gap]:
    """Run `rules` and return what they find, the gravest first, then by rule, then by name.

    Raises
    ------
    OntologyError
        If a rule's query is wrong or does not answer with `?subject`.
    """
    severities = lookup.ontology.severities
    places: dict[str, str] = {}
    for subject, country in sorted(store.select(f"SELECT ?s ?c WHERE {{ ?s <{terms.IN_COUNTRY}> ?c }}").values()):
        places.setdefault(subject, country)
    graded = sorted(rules, key=lambda rule: severities[rule.severity].order if rule.severity in severities else 0)
    found: list[Gap] = []
    for rule in graded:
        rows = [_gap(rule, *answer, places, lookup) for answer in _answers(store, rule)]
        found += sorted(rows, key=lambda gap: (gap.subject, gap.detail, gap.subject_iri))
    return Table(Gap, tuple(found), _notes(found, rules))


def gap_counts(found: Table[Gap], examples: int = 3) -> Table[GapCount]:
    """Count findings by rule, in their order; `denied` counts those that a source records as absent."""
    by_rule: dict[str, list[Gap]] = {}
    for gap in found:
        by_rule.setdefault(gap.rule, []).append(gap)
    rows = (
        GapCount(
            severity=same[0].severity,
            gap=same[0].gap,
            count=len(same),
            denied=sum(gap.evidence == RECORDED for gap in same),
            examples=tuple(dict.fromkeys(gap.subject for gap in same))[:examples],
        )
        for same in by_rule.values()
    )
    return Table(GapCount, tuple(rows), found.notes)


def _answers(store: Store, rule: GapRule) -> list[tuple[str, RdfTerm | None, str]]:
    try:
        solutions = store.select(rule.select)
    except QueryError as error:
        raise OntologyError(f"The gap rule {rule.name} has a wrong query: {error.message}") from error
    if "subject" not in solutions.columns:
        raise OntologyError(f"The query of the gap rule {rule.name} must answer with ?subject.")
    answers: dict[tuple[str, str], tuple[str, RdfTerm | None, str]] = {}
    for row in solutions:
        cell = dict(zip(solutions.columns, row, strict=True))
        answer = (plain(cell["subject"]), cell.get("detail"), plain(cell.get("record")))
        # One gap a subject and detail; a record that denies the thing says more than none.
        key = (answer[0], plain(answer[1]))
        if key not in answers or answer[2] > answers[key][2]:
            answers[key] = answer
    return list(answers.values())


def _gap(
    rule: GapRule, subject: str, detail: RdfTerm | None, record: str, places: Mapping[str, str], lookup: Lookup
) -> Gap:
    severity = lookup.ontology.severities.get(rule.severity)
    country = subject if subject in lookup.ontology.countries else places.get(subject, "")
    return Gap(
        severity=severity.label(lookup.language) if severity else "",
        gap=rule.label(lookup.language),
        subject=lookup.label(subject),
        country=lookup.label(country) if country else "",
        detail=lookup.label(detail.value) if isinstance(detail, ox.NamedNode) else plain(detail),
        evidence=RECORDED if record else UNRECORDED,
        remedy=rule.remedy,
        rationale=rule.rationale,
        source=lookup.label(rule.source) if rule.source else "",
        locator=rule.locator,
        rule=rule.iri,
        subject_iri=subject,
        record=record,
    )


def _notes(found: Sequence[Gap], rules: Sequence[GapRule]) -> tuple[str, ...]:
    unrecorded = sum(gap.evidence == UNRECORDED for gap in found)
    checked = f"{len(rules)} rules checked, {len({gap.rule for gap in found})} of them found something."
    if not unrecorded:
        return (checked,)
    return (
        checked,
        f"For {unrecorded} of {len(found)} findings nothing is recorded: the thing may exist and not be in the data. "
        "Absence of evidence is not evidence of absence.",
    )
