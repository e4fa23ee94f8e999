"""Gaps as people ask for them: by rule, family, severity and country; by structure; by coverage; explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log2, nan
from pathlib import Path
from typing import TYPE_CHECKING

from ecosystem import terms
from ecosystem.errors import OntologyError
from ecosystem.gaps import TIME_LIMIT, GapReport, find
from ecosystem.gaps.bearing import Bearers
from ecosystem.gaps.chance import PairChance, group_chances
from ecosystem.gaps.coverage import Coverage
from ecosystem.gaps.coverage import coverage as cover
from ecosystem.gaps.structural import StructuralGap
from ecosystem.gaps.structural import structural_gaps as find_structural
from ecosystem.network import Projection
from ecosystem.ontology import GapRule, Ontology
from ecosystem.progress import Progress, silent
from ecosystem.tables import Table

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = [
    "RuleEntry",
    "coverage",
    "draw_coverage",
    "draw_pairs",
    "explanation",
    "gap_report",
    "group_pairs",
    "rule_entries",
    "structural_gaps",
]

SURE = 0.05


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A gap rule as it is listed."""

    family: str
    rule: str
    label: str
    severity: str
    source: str
    locator: str
    iri: str = field(default="", metadata={"hidden": True})


def gap_report(
    eco: Ecosystem,
    rules: Sequence[str] = (),
    *,
    families: Sequence[str] = (),
    severities: Sequence[str] = (),
    countries: Sequence[str] = (),
    time_limit: float = TIME_LIMIT,
    progress: Progress = silent,
) -> GapReport:
    """Return what the rules of these names, families and severities find in these countries; all where none is named.

    A country may be a country group: then its members are meant.

    Raises
    ------
    OntologyError
        If there is no rule, family, severity or country of a name.
    """
    report = find(
        eco.store,
        eco.lookup,
        chosen(eco.ontology, rules, families, severities),
        time_limit=time_limit,
        progress=progress,
    )
    if not countries:
        return report
    places = _countries(eco.ontology, countries)
    return GapReport(report.gaps.where(lambda gap: gap.country_iri in places), report.problems)


def chosen(
    ontology: Ontology, rules: Sequence[str] = (), families: Sequence[str] = (), severities: Sequence[str] = ()
) -> list[GapRule]:
    """Return the rules of these names, families and severities, in the ontology's order.

    Raises
    ------
    OntologyError
        If there is none of a name.
    """
    named = _resolved(ontology, "rule", rules, "gap rule")
    of = _resolved(ontology, "family", families, "family of gap rules")
    grades = _resolved(ontology, "severity", severities, "severity")
    return [
        rule
        for rule in ontology.rules.values()
        if (not named or rule.iri in named)
        and (not of or rule.family in of)
        and (not grades or rule.severity in grades)
    ]


def rule_entries(ontology: Ontology, families: Sequence[str] = (), language: str = "en") -> Table[RuleEntry]:
    """Return the rules that there are, by family, then in their order."""
    order = {iri: place for place, iri in enumerate(ontology.families)}
    rules = sorted(chosen(ontology, families=families), key=lambda rule: order.get(rule.family, len(order)))
    rows = (
        RuleEntry(
            family=ontology.label(rule.family, language) if rule.family else "",
            rule=rule.name,
            label=rule.label(language),
            severity=ontology.label(rule.severity, language) if rule.severity else "",
            source=rule.source.removeprefix(terms.ID),
            locator=rule.locator,
            iri=rule.iri,
        )
        for rule in rules
    )
    return Table(RuleEntry, tuple(rows))


def explanation(eco: Ecosystem, name: str) -> list[tuple[str, str]]:
    """Return all that is declared of a rule, as (what, text).

    Raises
    ------
    OntologyError
        If there is no rule of this name.
    """
    (rule,) = chosen(eco.ontology, [name])
    known, language = eco.ontology, eco.language
    missing = ", ".join(known.label(item, language) for item in rule.missing)
    said = [
        ("rule", rule.name),
        ("finds", rule.label(language)),
        ("family", known.label(rule.family, language) if rule.family else ""),
        ("severity", known.label(rule.severity, language) if rule.severity else ""),
        ("why", rule.rationale(language)),
        ("source", f"{eco.lookup.label(rule.source)}, {rule.locator}" if rule.source else ""),
        ("evidence", rule.absence),
        ("remedy", rule.remedy(language)),
        ("missing", missing or "what the detail names"),
        ("query", rule.select.strip("\n")),
    ]
    return [(what, text) for what, text in said if text]


def structural_gaps(
    eco: Ecosystem, by: str = "country", *, projection: Projection | None = None
) -> Table[StructuralGap]:
    """Return the weak places of the network: see `ecosystem.gaps.structural.structural_gaps`."""
    query = f"SELECT ?record ?source WHERE {{ ?record a <{terms.RELATIONSHIP}> ; <{terms.DERIVED_FROM}> ?source }}"
    sources = {row[0]: row[1] for row in sorted(eco.store.select(query).values())}
    return find_structural(eco.network(projection or eco.projection()), by, sources)


def group_pairs(eco: Ecosystem, by: str = "country", *, projection: Projection | None = None) -> Table[PairChance]:
    """Return observed and expected ties between all groups: see `ecosystem.gaps.chance.group_chances`."""
    return group_chances(eco.network(projection or eco.projection()), by=by)


def coverage(eco: Ecosystem, of: str = "roles") -> Coverage:
    """Return which of the roles, mechanisms, types … each country has: see `ecosystem.gaps.coverage.coverage`."""
    return cover(Bearers(eco.store, eco.ontology), eco.lookup, of)


def draw_pairs(pairs: Table[PairChance], path: str | Path, by: str) -> Path:
    """Draw groups by groups: more ties than chance gives, or fewer, as the logarithm of the ratio; return the path."""
    from ecosystem.publish.heatmap import write_heatmap

    names = sorted({str(group) for row in pairs for group in (row.group_a, row.group_b)})
    place = {name: number for number, name in enumerate(names)}
    values = [[nan] * len(names) for _ in names]
    marks = [[""] * len(names) for _ in names]
    for row in pairs:
        one, other = place[str(row.group_a)], place[str(row.group_b)]
        for down, across in ((one, other), (other, one)):
            values[down][across] = log2((row.observed + 0.5) / (row.expected + 0.5))
            marks[down][across] = f"{row.observed}{'*' if row.q < SURE else ''}"
    title = f"Ties between groups ({by}), observed; * differs from chance (q < {SURE:g})"
    legend = "log2 of observed to expected ties, half a tie added to each"
    return write_heatmap(path, names, names, values, marks=marks, title=title, legend=legend, about=0.0)


def draw_coverage(covered: Coverage, path: str | Path) -> Path:
    """Draw countries by what they have: by how many; × where a source denies it, grey where nothing is recorded."""
    from ecosystem.publish.heatmap import write_heatmap

    counts = covered.counts()
    values = [[float(count) if count > 0 else nan for count in row] for row in counts]
    marks = [[str(count) if count > 0 else "×" if count < 0 else "" for count in row] for row in counts]
    title = f"Coverage of {covered.of} by country (× denied by a source, grey: nothing recorded)"
    legend = "actors and initiatives recorded"
    return write_heatmap(path, covered.countries, covered.items, values, marks=marks, title=title, legend=legend)


def _resolved(ontology: Ontology, group: str, names: Sequence[str], what: str) -> set[str]:
    found = set()
    for name in names:
        iri = ontology.resolve(group, name)
        if iri is None:
            near = ontology.nearest(name, group)
            hint = f"Is it {near}?" if near else "See `ecosystem gaps --list`."
            raise OntologyError(f"There is no {what} called {name!r}.", hint=hint)
        found.add(iri)
    return found


def _countries(ontology: Ontology, names: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        country, group = ontology.resolve_country(name), ontology.resolve_country_group(name)
        if country:
            found.add(country)
        elif group:
            found.update(ontology.country_groups[group].members)
        else:
            near = ontology.nearest(name, "country") or ontology.nearest(name, "country group")
            hint = f"Is it {near}?" if near else "Use a name or an ISO code."
            raise OntologyError(f"There is no country or country group called {name!r}.", hint=hint)
    return found
