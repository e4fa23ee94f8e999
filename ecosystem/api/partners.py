"""Partners in words: whom an actor could work with, by which tie, why, and who could introduce them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ecosystem.api.connections import Ties
from ecosystem.gaps.partners import Candidate, Candidates
from ecosystem.lookup import Evidence
from ecosystem.measures.columns import Made
from ecosystem.network import ActorNetwork, Projection
from ecosystem.publish.words import Words
from ecosystem.tables import Table

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["Ground", "Partner", "Partners"]

NAMED: Final = 3  # contacts and concepts that a sentence names


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner that is proposed to an actor: the tie that could be, in words, the reason, and who could introduce."""

    label: str
    kind: str
    country: str
    tie: str
    why: str
    introduced_by: str
    score: float
    actor: str
    contacts: tuple[str, ...] = field(default=(), metadata={"hidden": True})
    matters: tuple[str, ...] = field(default=(), metadata={"hidden": True})


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of a proposal, a shared contact or matter: how each of the two is tied to it, and by which word."""

    partner: str
    shared: str
    tie: str
    evidence: tuple[Evidence, ...]
    partner_tie: str
    partner_evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Partners:
    """Proposes partners to the actors of one network."""

    eco: Ecosystem
    network: ActorNetwork
    candidates: Candidates

    @classmethod
    def of(cls, eco: Ecosystem, projection: Projection) -> Partners:
        """See the ecosystem as `projection` does."""
        network = eco.network(projection)
        return cls(eco, network, Candidates(eco.store, eco.ontology, network))

    def to(
        self, actor: str, *, roles: Collection[str] = (), countries: Collection[str] = (), types: Collection[str] = ()
    ) -> Table[Partner]:
        """Return the partners proposed to the actor with this IRI, best first; each is worded when it is looked at.

        Parameters
        ----------
        roles, countries, types
            IRIs; keep those who offer one of these concepts, are of one of these countries, of one of these types.

        Raises
        ------
        ProjectionError
            If the actor is not in the network.
        """
        places = {self.eco.lookup.label(country) for country in countries}
        found = self.candidates.for_actor(actor)
        number, country = self._number, self.network.attributes["country"]
        kept = [
            place
            for place, other in enumerate(found.column("actor"))
            if (not roles or self.candidates.offered_by(other).intersection(roles))
            and (not places or country[number[other]] in places)
            and (not types or self._is_of(number[other], types))
        ]
        rows = Made(len(kept), lambda place: self._row(found[kept[place]]))
        note = (
            "Proposals from what is recorded: a tie that nobody recorded looks like one that is missing. "
            "docs/partners.md says how often such proposals are right."
        )
        return Table(Partner, rows, (*self.network.notes, note))

    def grounds(self, actor: str, partners: Table[Partner]) -> Table[Ground]:
        """Expand proposals to the contacts and matters that they rest on, each with its statements."""
        ties = Ties.of(self.eco, self.network, [actor, *(row.actor for row in partners)])
        contacts = [(row, contact) for row in partners for contact in row.contacts[:NAMED]]
        evidence = ties.evidence(pair for row, one in contacts for pair in ((actor, one), (row.actor, one)))
        rows = []
        for row in partners:
            for shared in row.contacts[:NAMED]:
                words = [ties.words(end, shared) for end in (actor, row.actor)]
                found = [evidence[end, shared] for end in (actor, row.actor)]
                rows.append(Ground(row.label, self.eco.lookup.label(shared), words[0], found[0], words[1], found[1]))
            for shared in row.matters[:NAMED]:
                found = [self._said_of(end, shared) for end in (actor, row.actor)]
                words = [", ".join(dict.fromkeys(one.relation for one in said)) for said in found]
                rows.append(Ground(row.label, self.eco.lookup.label(shared), words[0], found[0], words[1], found[1]))
        return Table(Ground, tuple(rows), partners.notes)

    def _said_of(self, actor: str, matter: str) -> tuple[Evidence, ...]:
        """Return the statements by which an actor, or else an initiative of its, is concerned with a matter."""
        own = self.eco.lookup.relationships_of(actor)
        direct = [one for one in own if one.object_iri == matter]
        if direct:
            return tuple(direct)
        parts = [one for one in own if one.subject_iri == actor]
        return tuple(
            said
            for part in parts
            for about in self.eco.lookup.relationships_of(part.object_iri)
            if about.subject_iri == part.object_iri and about.object_iri == matter
            for said in (part, about)
        )

    def _is_of(self, node: int, types: Collection[str]) -> bool:
        kind = self.eco.ontology.kinds[self.network.types[node]]
        return bool({kind.iri, *kind.ancestors}.intersection(types))

    @cached_property
    def _number(self) -> Mapping[str, int]:
        return self.network.index()

    @cached_property
    def _speak(self) -> Words:
        return Words(self.eco.language)

    def _row(self, candidate: Candidate) -> Partner:
        node = self._number[candidate.actor]
        label, relation = self.eco.lookup.label, self.eco.ontology.relations[candidate.tie.relation]
        language = self.eco.language
        return Partner(
            label=self.network.labels[node],
            kind=self.network.attributes["type"][node] or "",
            country=self.network.attributes["country"][node] or "",
            tie=relation.label(language) if candidate.tie.forward else relation.inverse_label(language),
            why=self._speak.say("semicolon").join(self._reasons(candidate, node)),
            introduced_by=label(candidate.contacts[0]) if candidate.contacts else "",
            score=candidate.score,
            actor=candidate.actor,
            contacts=candidate.contacts,
            matters=candidate.matters,
        )

    def _reasons(self, candidate: Candidate, node: int) -> Iterator[str]:
        speak = self._speak
        if candidate.contacts:
            yield speak.say("partner_contacts", names=self._named(candidate.contacts))
        if candidate.matters:
            yield speak.say("partner_matters", names=self._named(candidate.matters))
        if candidate.offers:
            yield speak.say("partner_offers", names=self._named(candidate.offers))
        if candidate.country_ties is not None:
            country = self.network.attributes["country"][node] or ""
            yield (
                speak.count("partner_country", candidate.country_ties, country=country)
                if candidate.country_ties
                else speak.say("partner_first", country=country)
            )

    def _named(self, iris: tuple[str, ...]) -> str:
        names = [self.eco.lookup.label(iri) for iri in iris[:NAMED]]
        more = len(iris) - len(names)
        return self._speak.listed([*names, *([self._speak.say("list_more", n=str(more))] if more else [])])
