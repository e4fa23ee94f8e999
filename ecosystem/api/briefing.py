"""What to know before a meeting with a country, an actor or about an initiative, each statement with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from ecosystem.api.connections import Ties
from ecosystem.api.partners import Partner, Partners
from ecosystem.api.words import list_in_words, thinness
from ecosystem.errors import QueryError
from ecosystem.lookup import Evidence
from ecosystem.network import ActorNetwork
from ecosystem.publish.briefing import Briefing, Cited, Entry, Section, SourceLine
from ecosystem.tables import Table
from ecosystem.wording import counted

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["Subject", "briefing"]

Subject = Literal["country", "actor", "initiative"]

# Two pages hold about so many of each.
ACTORS, BROKERS, GAPS, CONVERSATIONS, STATEMENTS = 12, 5, 6, 5, 2
ASKED: Final = 40  # actors whose partners are looked for


def briefing(eco: Ecosystem, subject: Subject, name: str) -> Briefing:
    """Return a briefing: who is there, who connects it, what is missing, whom to talk to next.

    Raises
    ------
    QueryError
        If nothing is called `name`, or it is of another kind.
    """
    return _Brief(eco, *_meant(eco, subject, name)).whole()


def _meant(eco: Ecosystem, subject: Subject, name: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the IRI of what is meant, what to call it, and the actors it is about."""
    network = eco.network()
    if subject == "country":
        iri = eco.ontology.resolve_country(name)
        if not iri:
            near = eco.ontology.nearest(name, "country")
            raise QueryError(f"No country is called {name!r}.", hint=f"Is it {near}?" if near else "")
        label = eco.ontology.label(iri, eco.language)
        pairs = zip(network.ids, network.attributes["country"], strict=True)
        return iri, label, tuple(actor for actor, country in pairs if country == label)
    iri = eco.lookup.find(name)
    actors = set(network.ids)
    if subject == "actor":
        if iri not in actors:
            raise QueryError(
                f"{eco.lookup.label(iri)} is no actor of the network.", hint="Say --country or --initiative."
            )
        return iri, eco.lookup.label(iri), (iri,)
    if iri in actors:
        raise QueryError(f"{eco.lookup.label(iri)} is an actor.", hint="Say --actor.")
    parts = (one.subject_iri for one in eco.lookup.relationships_of(iri) if one.object_iri == iri)
    return iri, eco.lookup.label(iri), tuple(dict.fromkeys(actor for actor in parts if actor in actors))


@dataclass
class _Brief:
    """Gathers a briefing and numbers its sources as they are cited."""

    eco: Ecosystem
    iri: str
    name: str
    focal: tuple[str, ...]
    cited: dict[str, int] = field(default_factory=dict)

    @cached_property
    def network(self) -> ActorNetwork:
        return self.eco.network()

    @cached_property
    def labels(self) -> Mapping[str, str]:
        return dict(zip(self.network.ids, self.network.labels, strict=True))

    @cached_property
    def known(self) -> Mapping[str, Sequence[Evidence]]:
        """The statements about each actor that the briefing is about."""
        return {actor: self.eco.lookup.relationships_of(actor) for actor in self.focal}

    def whole(self) -> Briefing:
        sections = (self.there(), self.connected(), self.missing(), self.next())
        statements = {one.record: one for found in self.known.values() for one in found}
        about = self.eco.lookup.profile(self.iri).description
        return Briefing(
            title=self.name,
            lead=about or f"What is recorded of {self.name}, and what follows from it.",
            sections=sections,
            sources=self.sources(),
            note=f"{thinness(list(statements.values()))} What is not recorded may exist all the same.",
            language=self.eco.language,
        )

    def there(self) -> Section:
        """Say who is there: the actors with most statements first; of a single one, what is said of it."""
        if self.focal == (self.iri,):
            own = self.known[self.iri]
            entries = [
                Entry(one.relation if one.subject_iri == self.iri else one.subject, self._other(one), (self.cite(one),))
                for one in own[:ACTORS]
            ]
            lead = f"{counted(len(own), 'relationship')} in these data{_some(len(own), ACTORS)}."
            return Section("What it does, and with whom", lead, tuple(entries))
        ranked = sorted(self.focal, key=lambda actor: (-len(self.known[actor]), self.labels[actor]))
        entries = [
            Entry(
                self.labels[actor],
                self.eco.lookup.profile(actor).kind,
                tuple(self.cite(one) for one in self.known[actor][:STATEMENTS]),
            )
            for actor in ranked[:ACTORS]
        ]
        lead = f"{counted(len(ranked), 'actor')} in these data{_some(len(ranked), ACTORS)}."
        return Section("Who is there", lead, tuple(entries))

    def connected(self) -> Section:
        """Say who connects them with others who have no tie to them."""
        from ecosystem.measures import brokers_between, pairs_between

        others = set(self.network.ids) - set(self.focal)
        found = brokers_between(self.network, one=self.focal, other=others)
        top = list(found.head(BROKERS))
        ties = Ties.of(self.eco, self.network, [row.actor for row in top])
        entries = []
        for row in top:
            pair = pairs_between(self.network, broker=row.actor, one=self.focal, other=others)[0]
            both = ties.evidence([(row.actor, pair.a), (row.actor, pair.b)])
            alone = f", {row.exclusive} of which nobody else connects" if row.exclusive else ""
            example = f"{self.labels[pair.a]} with {self.labels[pair.b]}"
            words = f"connects {counted(row.pairs, 'pair')}{alone}, such as {example}"
            said = [one for statements in both.values() for one in statements[:1]]
            entries.append(Entry(row.label, words, tuple(self.cite(one) for one in said)))
        lead = "A pair has no tie of its own and meets through the one named." if entries else "Nobody, in these data."
        return Section("Who connects it with others", lead, tuple(entries))

    def missing(self) -> Section:
        """Say what is missing: the gravest first, one point a rule."""
        things = {self.iri, *self.focal}
        done = {one.object_iri for found in self.known.values() for one in found if one.subject_iri in self.focal}
        if self.iri not in done:  # of an initiative's own briefing, what else its actors do is no part
            things |= done - set(self.network.ids)
        gaps = [gap for gap in self.eco.gaps() if gap.subject_iri in things]
        rules = dict.fromkeys(gap.rule for gap in gaps)
        entries = []
        for rule in list(rules)[:GAPS]:
            same = [gap for gap in gaps if gap.rule == rule]
            lacking: dict[str, list[str]] = {}
            for gap in same:
                lacking.setdefault(gap.subject, []).extend([gap.detail] if gap.detail else [])
            subjects = [f"{one} ({list_in_words(what)})" if what else one for one, what in lacking.items()]
            named = list_in_words([*subjects[:3], *([f"{len(subjects) - 3} more"] if len(subjects) > 3 else [])])
            evidence = list_in_words(sorted({gap.evidence for gap in same}))
            why = Cited(same[0].rationale, self._number(same[0].source), same[0].locator)
            entries.append(
                Entry(f"{same[0].gap} ({same[0].severity})", f"{named}: {evidence}. {same[0].remedy}", (why,))
            )
        lead = f"{counted(len(gaps), 'finding')} by {counted(len(rules), 'rule')}{_some(len(rules), GAPS)}."
        return Section("What may be missing", lead if gaps else "No rule finds anything.", tuple(entries))

    def next(self) -> Section:
        """Say whom to talk to next: the best proposals that lead out, no one in more than two of them."""
        partners = Partners.of(self.eco, self.eco.projection())
        busiest = sorted(self.focal, key=lambda actor: (-len(self.known[actor]), actor))[:ASKED]
        proposals = [
            (row, actor)
            for actor in busiest
            for row in islice((row for row in partners.to(actor) if row.actor not in self.focal), 2 * CONVERSATIONS)
        ]
        proposals.sort(key=lambda pair: (-round(pair[0].score, 12), self.labels[pair[1]], pair[0].label))
        entries = [self._conversation(partners, row, actor) for row, actor in _spread(proposals, len(self.focal) == 1)]
        lead = "Nothing recorded leads to anybody else."
        if entries:
            lead = "From shared contacts and matters, from what each lacks, and from how few ties lead there."
        return Section("Next conversations", lead, tuple(entries))

    def _conversation(self, partners: Partners, row: Partner, actor: str) -> Entry:
        introduced = f"; {row.introduced_by} could introduce them" if row.introduced_by else ""
        about = row.label if self.focal == (self.iri,) else f"{self.labels[actor]} and {row.label}"
        where = f" ({row.country})" if row.country and row.country not in row.label else ""
        grounds = partners.grounds(actor, Table(Partner, (row,)))
        said = [one for ground in grounds for one in (*ground.evidence[:1], *ground.partner_evidence[:1])]
        shown = tuple(self.cite(one) for one in dict.fromkeys(said))[:STATEMENTS]
        return Entry(f"{about}{where}", f"possible tie: {row.tie}; {row.why}{introduced}", shown)

    def sources(self) -> tuple[SourceLine, ...]:
        """List what was cited."""
        known = {source.title: source for source in self.eco.lookup.sources()}
        lines = []
        for title, number in self.cited.items():
            source = known.get(title)
            parts = (title, source.publisher, source.date, source.licence) if source else (title,)
            lines.append(
                SourceLine(number, ". ".join(part for part in parts if part) + ".", source.url if source else "")
            )
        return tuple(lines)

    def cite(self, one: Evidence) -> Cited:
        """Return a statement with the number of its source."""
        doubt = one.certainty if one.certainty != "stated" else ""
        said = one.statement or f"{one.subject} {one.relation} {one.object}."
        return Cited(said, self._number(one.source), one.locator, doubt)

    def _number(self, source: str) -> int:
        return self.cited.setdefault(source, len(self.cited) + 1) if source else 0

    def _other(self, one: Evidence) -> str:
        return one.object if one.subject_iri == self.iri else f"{one.relation} {self.name}"


def _spread(proposals: Iterable[tuple[Partner, str]], single: bool) -> list[tuple[Partner, str]]:
    """Take the first five in which nobody of those briefed is named more than twice, and no partner more than once."""
    named: Counter[str] = Counter()
    chosen: list[tuple[Partner, str]] = []
    for row, actor in proposals:
        if len(chosen) < CONVERSATIONS and not named[row.actor] and (single or named[actor] < STATEMENTS):
            named.update({row.actor: 1, actor: 1})
            chosen.append((row, actor))
    return chosen


def _some(count: int, shown: int) -> str:
    return f", {shown} of them here" if count > shown else ""
