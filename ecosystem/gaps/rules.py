"""Gap rules: declared in the ontology, run in the store, reported with the reason and what would mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import EcosystemError, TimeLimitError
from ecosystem.gaps.running import Outcome, answers
from ecosystem.lookup import Lookup
from ecosystem.ontology import GapRule
from ecosystem.progress import Progress, silent
from ecosystem.store import RdfTerm, Store, plain
from ecosystem.tables import Table
from ecosystem.wording import counted

__all__ = ["RECORDED", "TIME_LIMIT", "UNRECORDED", "Gap", "GapCount", "GapReport", "RuleProblem", "find", "gap_counts"]

RECORDED, UNRECORDED = "recorded as absent", "nothing recorded"
TIME_LIMIT: Final = 60.0  # seconds for one rule


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
    family: str = ""
    rationale: str = field(default="", metadata={"hidden": True})
    source: str = field(default="", metadata={"hidden": True})
    locator: str = field(default="", metadata={"hidden": True})
    rule: str = field(default="", metadata={"hidden": True})
    subject_iri: str = field(default="", metadata={"hidden": True})
    detail_iri: str = field(default="", metadata={"hidden": True})
    country_iri: str = field(default="", metadata={"hidden": True})
    record: str = field(default="", metadata={"hidden": True})


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """A rule that gave no answer, and why."""

    rule: str
    label: str
    problem: str

    def __str__(self) -> str:
        return f"The gap rule {self.rule} gave no answer: {self.problem}"


@dataclass(frozen=True, slots=True)
class GapReport:
    """What the rules found, and the rules that could not be run: the others are not kept from answering."""

    gaps: Table[Gap]
    problems: Table[RuleProblem]


@dataclass(frozen=True, slots=True)
class GapCount:
    """How often one rule found something, and whom it names first."""

    severity: str
    gap: str
    count: int
    denied: int
    examples: tuple[str, ...]


def find(
    store: Store,
    lookup: Lookup,
    rules: Sequence[GapRule],
    *,
    time_limit: float = TIME_LIMIT,
    progress: Progress = silent,
) -> GapReport:
    """Run `rules` and return what they find, the gravest first, then by rule, then by name.

    A rule whose query is wrong, takes longer than `time_limit` seconds, or does not answer with `?subject` is a problem
    of the report; the other rules run all the same. They run in another process, which can be ended; where processes
    cannot be forked, in this one and without a limit.
    """
    severities = lookup.ontology.severities
    graded = sorted(rules, key=lambda rule: severities[rule.severity].order if rule.severity in severities else 0)
    places = _places(store) if graded else {}
    found: list[Gap] = []
    problems: list[RuleProblem] = []
    outcomes = answers(store, [rule.select for rule in graded], time_limit)
    for number, (rule, outcome) in enumerate(zip(graded, outcomes, strict=True), 1):
        progress("Looking for gaps", number, len(graded))
        read = _read(outcome, time_limit)
        if isinstance(read, str):
            problems.append(RuleProblem(rule.name, rule.label(lookup.language), read))
            continue
        rows = [_gap(rule, *answer, places, lookup) for answer in read]
        found += sorted(rows, key=lambda gap: (gap.subject, gap.detail, gap.subject_iri, gap.detail_iri))
    told = tuple(str(problem) for problem in problems)
    return GapReport(
        Table(Gap, tuple(found), (*told, *_notes(found, len(rules) - len(problems)))),
        Table(RuleProblem, tuple(problems)),
    )


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


def _places(store: Store) -> dict[str, str]:
    """Return the country of all that has one; the first by IRI where there are several."""
    places: dict[str, str] = {}
    for subject, country in sorted(store.select(f"SELECT ?s ?c WHERE {{ ?s <{terms.IN_COUNTRY}> ?c }}").values()):
        places.setdefault(subject, country)
    return places


def _read(answer: Outcome, time_limit: float) -> list[tuple[str, RdfTerm | None, str]] | str:
    """Return subject, detail and record of each finding, or what is wrong with the rule."""
    if isinstance(answer, TimeLimitError):
        return f"it took longer than {time_limit:g} s. Make its query simpler, or give it more with --time-limit."
    if isinstance(answer, EcosystemError):
        return " ".join(" ".join(answer.lines()).split())
    if answer.truth is not None or answer.of_triples or "subject" not in answer.columns:
        return "its query must be a SELECT that answers with ?subject."
    found: dict[tuple[str, str], tuple[str, RdfTerm | None, str]] = {}
    for row in answer.solutions:
        cell = dict(zip(answer.columns, row, strict=True))
        subject, detail, record = plain(cell["subject"]), cell.get("detail"), plain(cell.get("record"))
        if not subject:
            return "a row of its answer has no ?subject; bind it in every branch of the query."
        # One gap a subject and detail; a record that denies the thing says more than none.
        key = (subject, plain(detail))
        if key not in found or record > found[key][2]:
            found[key] = (subject, detail, record)
    return list(found.values())


def _gap(
    rule: GapRule, subject: str, detail: RdfTerm | None, record: str, places: Mapping[str, str], lookup: Lookup
) -> Gap:
    ontology = lookup.ontology
    severity = ontology.severities.get(rule.severity)
    country = subject if subject in ontology.countries else places.get(subject, "")
    named = detail.value if isinstance(detail, ox.NamedNode) else ""
    return Gap(
        severity=severity.label(lookup.language) if severity else "",
        gap=rule.label(lookup.language),
        subject=lookup.label(subject),
        country=lookup.label(country) if country else "",
        detail=lookup.label(named) if named else plain(detail),
        evidence=RECORDED if record else UNRECORDED,
        remedy=rule.remedy(lookup.language),
        family=ontology.label(rule.family, lookup.language) if rule.family else "",
        rationale=rule.rationale(lookup.language),
        source=lookup.label(rule.source) if rule.source else "",
        locator=rule.locator,
        rule=rule.iri,
        subject_iri=subject,
        detail_iri=named,
        country_iri=country,
        record=record,
    )


def _notes(found: Sequence[Gap], checked: int) -> tuple[str, ...]:
    unrecorded = sum(gap.evidence == UNRECORDED for gap in found)
    told = f"{counted(checked, 'rule')} checked, {len({gap.rule for gap in found})} of them found something."
    if not unrecorded:
        return (told,)
    return (
        told,
        f"For {unrecorded} of {len(found)} findings nothing is recorded: the thing may exist and not be in the data. "
        "Absence of evidence is not evidence of absence.",
    )
