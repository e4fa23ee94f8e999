"""What the pages of a site say of each thing: everything is asked of the store once, however many pages there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ecosystem import terms
from ecosystem.api.gaps import coverage
from ecosystem.api.map_parts import evidence_in_words
from ecosystem.gaps import Gap
from ecosystem.lookup import Evidence
from ecosystem.network import ActorNetwork, Projection
from ecosystem.progress import Progress, silent
from ecosystem.publish.site import model
from ecosystem.publish.view import MapView
from ecosystem.publish.words import Words

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["Gathered"]

SHOWN: Final = 100  # ties that read alike on one page
LISTED: Final = 500  # statements of a source on its page
ABROAD: Final = 20  # statements between two countries on the page of one
PROPOSED: Final = 5  # partners on the page of an actor
ASKED: Final = 1_500  # actors, the best connected first, to whom partners are proposed
WIDEST: Final = 12  # columns of a grid
SHADES: Final = 4
DENIED: Final = "×"


@dataclass(frozen=True)
class Gathered:
    """Gathers the pages of an ecosystem; `view` is its map, from which brokers and their words are taken."""

    eco: Ecosystem
    view: MapView

    @cached_property
    def speak(self) -> Words:
        """The words of the pages' language."""
        return Words(self.eco.language)

    @cached_property
    def evidence(self) -> Sequence[Evidence]:
        """Every relationship with what stands behind it."""
        return self.eco.lookup.evidence()

    @cached_property
    def network(self) -> ActorNetwork:
        """All actors and initiatives."""
        return self.eco.network(Projection(initiatives="keep"))

    @cached_property
    def of_thing(self) -> Mapping[str, Sequence[Evidence]]:
        """The relationships of each thing, those that it is the subject of first, in the order of the ontology."""
        stands = self.eco.lookup.stands
        found: dict[str, list[Evidence]] = defaultdict(list)
        for one in self.evidence:
            for iri in dict.fromkeys(stands.get(end, end) for end in (one.subject_iri, one.object_iri)):
                found[iri].append(one)
        return found

    @cached_property
    def country_of(self) -> Mapping[str, str]:
        """The IRI of the country of each actor and initiative that is in one."""
        known = {self.eco.ontology.label(iri, self.eco.language): iri for iri in self.eco.ontology.countries}
        pairs = zip(self.network.ids, self.network.attributes["country"], strict=True)
        return {iri: known[name] for iri, name in pairs if name in known}

    @cached_property
    def titled(self) -> Mapping[str, str]:
        """The IRI of each source by its title; of several that share one, the most used."""
        return {source.title: source.iri for source in reversed(self.eco.lookup.sources())}

    @cached_property
    def gaps(self) -> Sequence[Gap]:
        """What the gap rules find."""
        return self.eco.gaps().rows

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """The place of each rule in the page of gaps."""
        return {rule: f"rule-{number}" for number, rule in enumerate(dict.fromkeys(gap.rule for gap in self.gaps), 1)}

    @cached_property
    def findings(self) -> Sequence[model.Finding]:
        """The same as plain data."""
        return [
            model.Finding(
                rule=self.keys[gap.rule],
                gap=gap.gap,
                severity=gap.severity,
                subject=gap.subject,
                subject_iri=gap.subject_iri,
                country=gap.country,
                detail=gap.detail,
                evidence=evidence_in_words(gap, self.speak),
                remedy=gap.remedy,
            )
            for gap in self.gaps
        ]

    def things(self, progress: Progress = silent) -> tuple[model.Thing, ...]:
        """Return the actors and initiatives, by name."""
        network, said = self.network, self.eco.lookup.profiles(self.network.ids)
        on_map = {node.id: node for node in self.view.nodes}
        gaps: dict[str, list[model.Finding]] = defaultdict(list)
        for finding in self.findings:
            gaps[finding.subject_iri].append(finding)
        proposals = self._proposals(progress)
        found = []
        for number, iri in enumerate(network.ids):
            key = iri.removeprefix(terms.ID).removeprefix(terms.ECO)
            country = self.country_of.get(iri, "")
            found.append(
                model.Thing(
                    profile=said[iri],
                    is_initiative=bool(network.is_initiative[number]),
                    kind=network.attributes["kind"][number] or said[iri].kind,
                    country=self.eco.ontology.label(country, self.eco.language) if country else "",
                    country_iri=country,
                    ties=self._ties(iri),
                    count=len(self.of_thing.get(iri, ())),
                    on_map=key,
                    source_iri=self.titled.get(said[iri].source, ""),
                    broker=on_map[key].broker if key in on_map else "",
                    gaps=tuple(gaps[iri]),
                    proposals=proposals.get(iri, ()),
                )
            )
        return tuple(sorted(found, key=lambda one: (one.label.casefold(), one.label, one.iri)))

    def _ties(self, iri: str) -> tuple[model.TieGroup, ...]:
        """Return the relationships of a thing by how they read from it."""
        relations, language = self.eco.ontology.relations, self.eco.language
        stands = self.eco.lookup.stands
        groups: dict[tuple[bool, int, str], list[model.Tie]] = defaultdict(list)
        order = self._order
        for one in self.of_thing.get(iri, ()):
            forward = stands.get(one.subject_iri, one.subject_iri) == iri
            relation = relations[one.relation_iri]
            words = relation.label(language) if forward else relation.inverse_label(language)
            other, other_iri = (one.object, one.object_iri) if forward else (one.subject, one.subject_iri)
            key = (not (forward or not relation.directed), order[one.relation_iri], words)
            groups[key].append(model.Tie(other, stands.get(other_iri, other_iri), one))
        return tuple(
            model.TieGroup(
                key[2],
                tuple(
                    sorted(found, key=lambda tie: (tie.other.casefold(), tie.other_iri, tie.evidence.record))[:SHOWN]
                ),
                len(found),
            )
            for key, found in sorted(groups.items())
        )

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {relation: number for number, relation in enumerate(self.eco.ontology.relations)}

    @cached_property
    def connected(self) -> Sequence[str]:
        """The IRIs of the actors, those with most statements first."""
        actors = [iri for iri, other in zip(self.network.ids, self.network.is_initiative, strict=True) if not other]
        return sorted(actors, key=lambda iri: (-len(self.of_thing.get(iri, ())), iri))

    def _proposals(self, progress: Progress) -> dict[str, tuple[model.Proposal, ...]]:
        """Return the best partners of the best connected actors; of very many, the rest get none."""
        from ecosystem.api.partners import Partners

        partners = Partners.of(self.eco, self.eco.projection())
        known = set(partners.network.ids)
        actors = [iri for iri in self.connected if iri in known][:ASKED]
        found = {}
        for done, iri in enumerate(actors):
            progress("Looking for partners", done + 1, len(actors))
            found[iri] = tuple(
                model.Proposal(row.label, row.actor, row.country, row.tie, row.why, row.introduced_by)
                for row in partners.to(iri).head(PROPOSED)
            )
        return found

    def brokers(self) -> tuple[model.BrokerLine, ...]:
        """Return the brokers in their order, each in words."""
        iris = {iri.removeprefix(terms.ID).removeprefix(terms.ECO): iri for iri in self.network.ids}
        return tuple(
            model.BrokerLine(
                label=one.label,
                iri=iris[one.id],
                country=self.eco.ontology.label(self.country_of[iris[one.id]], self.eco.language)
                if iris[one.id] in self.country_of
                else "",
                words=one.words or self.speak.say("connects_pairs", n=self.speak.figure(one.total)),
                roles=one.roles,
                total=one.total,
            )
            for one in self.view.brokers
        )

    def rules(self) -> tuple[model.RuleFindings, ...]:
        """Return what is missing, by rule, the gravest first."""
        found: dict[str, list[model.Finding]] = defaultdict(list)
        for finding in self.findings:
            found[finding.rule].append(finding)
        first = {gap.rule: gap for gap in reversed(self.gaps)}
        return tuple(
            model.RuleFindings(
                key=key,
                gap=first[rule].gap,
                severity=first[rule].severity,
                rationale=first[rule].rationale,
                source=first[rule].source,
                source_iri=self.titled.get(first[rule].source, ""),
                locator=first[rule].locator,
                remedy=first[rule].remedy,
                findings=tuple(found[key]),
            )
            for rule, key in self.keys.items()
        )

    def grids(self) -> tuple[model.Grid, ...]:
        """Return who plays which role and what is found missing, both by country; nothing where one country is."""
        return tuple(grid for grid in (self._roles(), self._found()) if len(grid.rows) > 1 and len(grid.columns) > 1)

    def _roles(self) -> model.Grid:
        covered, speak = coverage(self.eco), self.speak
        nowhere = covered.nowhere
        counts, width = covered.counts(), WIDEST
        most = max((count for row in counts for count in row[:width]), default=0)
        iris = {cell.country: cell.country_iri for cell in covered.cells}
        return model.Grid(
            key="roles",
            title=speak.say("grid_roles"),
            notes=(
                speak.say("grid_roles_note"),
                *((speak.say("grid_denied", mark=DENIED),) if any(-1 in row for row in counts) else ()),
                *((speak.say("grid_nowhere", names=speak.series(nowhere)),) if nowhere else ()),
            ),
            corner=speak.say("by_country"),
            columns=covered.items[:width],
            rows=tuple(
                (country, iris[country], tuple(_told(count, most, speak) for count in row[:width]))
                for country, row in zip(covered.countries, counts, strict=bool(covered.items))
            ),
        )

    def _found(self) -> model.Grid:
        counts = Counter((gap.country, gap.gap) for gap in self.gaps if gap.country)
        rules = list(dict.fromkeys(gap.gap for gap in self.gaps if gap.country))[:WIDEST]
        places = Counter(country for country, rule in counts.elements() if rule in rules)
        known = {self.eco.ontology.label(iri, self.eco.language): iri for iri in set(self.country_of.values())}
        most = max(counts.values(), default=0)
        return model.Grid(
            key="findings",
            title=self.speak.say("grid_findings"),
            notes=(self.speak.say("grid_findings_note"),),
            corner=self.speak.say("by_country"),
            columns=tuple(rules),
            rows=tuple(
                (place, known.get(place, ""), tuple(_told(counts[place, rule], most, self.speak) for rule in rules))
                for place, _ in sorted(places.items(), key=lambda item: (-item[1], item[0]))
            ),
        )

    def countries(self, things: Sequence[model.Thing]) -> tuple[model.CountryPage, ...]:
        """Return the countries in which there is an actor or an initiative, by name."""
        here: dict[str, list[model.Thing]] = defaultdict(list)
        for thing in things:
            if thing.country_iri:
                here[thing.country_iri].append(thing)
        stands = self.eco.lookup.stands
        across: dict[str, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
        for one in self.evidence:
            ends = (stands.get(end, end) for end in (one.subject_iri, one.object_iri))
            start, end = (self.country_of.get(iri, iri if iri in here else "") for iri in ends)
            if start and end and start != end:
                across[start][end].append(one)
                across[end][start].append(one)
        name = {iri: self.eco.ontology.label(iri, self.eco.language) for iri in here}
        return tuple(
            model.CountryPage(
                name=name[iri],
                iri=iri,
                things=tuple(here[iri]),
                abroad=tuple(
                    (name[other], other, tuple(found[:ABROAD]))
                    for other, found in sorted(across[iri].items(), key=lambda item: (-len(item[1]), name[item[0]]))
                ),
                total=sum(map(len, across[iri].values())),
            )
            for iri in sorted(here, key=lambda iri: (name[iri], iri))
        )

    def sources(self) -> tuple[model.SourcePage, ...]:
        """Return the sources, the most used first, each with what it supports."""
        found: dict[str, list[Evidence]] = defaultdict(list)
        for one in self.evidence:
            found[one.source_iri].append(one)
        return tuple(
            model.SourcePage(source, tuple(sorted(found[source.iri], key=_by_ends)[:LISTED]))
            for source in self.eco.lookup.sources()
        )


def _by_ends(one: Evidence) -> tuple[str, str, str, str]:
    return one.subject, one.relation, one.object, one.record


def _told(count: int, most: int, speak: Words) -> tuple[str, int]:
    """Return what a cell of a grid says, and how dark it is, from 0 for nothing to 4 for the highest count.

    >>> [_told(count, 8, Words("en")) for count in (-1, 0, 1, 3, 8)]
    [('×', 0), ('–', 0), ('1', 1), ('3', 2), ('8', 4)]
    """
    if count <= 0:
        return DENIED if count else "–", 0
    return speak.figure(count), -(-count * SHADES // most)
