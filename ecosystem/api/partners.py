"""Partners in words: whom an actor could work with, by which tie, why, and who could introduce them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ecosystem.api.connections import Ties
from ecosystem.api.words import list_in_words
from ecosystem.gaps.partners import Candidate, Candidates
from ecosystem.lookup import Evidence
from ecosystem.network import ActorNetwork, Projection
from ecosystem.tables import Table
from ecosystem.wording import counted

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


@dataclass(frozen=True, slots=True)
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
        """Return the partners proposed to the actor with this IRI, best first.

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
        number = self.network.index()
        rows = [
            self._row(candidate, number[candidate.actor])
            for candidate in self.candidates.for_actor(actor)
            if (not roles or self.candidates.offered_by(candidate.actor).intersection(roles))
            and (not places or self.network.attributes["country"][number[candidate.actor]] in places)
            and (not types or self._is_of(number[candidate.actor], types))
        ]
        note = (
            "Proposals from what is recorded: a tie that nobody recorded looks like one that is missing. "
            "docs/partners.md says how often such proposals are right."
        )
        return Table(Partner, tuple(rows), (*self.network.notes, note))

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

    def _row(self, candidate: Candidate, node: int) -> Partner:
        label, relation = self.eco.lookup.label, self.eco.ontology.relations[candidate.tie.relation]
        language = self.eco.language
        return Partner(
            label=self.network.labels[node],
            kind=self.network.attributes["type"][node] or "",
            country=self.network.attributes["country"][node] or "",
            tie=relation.label(language) if candidate.tie.forward else relation.inverse_label(language),
            why="; ".join(self._reasons(candidate, node)),
            introduced_by=label(candidate.contacts[0]) if candidate.contacts else "",
            score=candidate.score,
            actor=candidate.actor,
            contacts=candidate.contacts,
            matters=candidate.matters,
        )

    def _reasons(self, candidate: Candidate, node: int) -> Iterator[str]:
        if candidate.contacts:
            yield f"both are tied to {self._named(candidate.contacts)}"
        if candidate.matters:
            yield f"both are concerned with {self._named(candidate.matters)}"
        if candidate.offers:
            yield f"brings what the other lacks: {self._named(candidate.offers)}"
        if candidate.country_ties is not None:
            country = self.network.attributes["country"][node]
            known = counted(candidate.country_ties, "contact")
            yield (
                f"{known} in {country} so far" if candidate.country_ties else f"would be the first contact in {country}"
            )

    def _named(self, iris: tuple[str, ...]) -> str:
        names = [self.eco.lookup.label(iri) for iri in iris[:NAMED]]
        more = len(iris) - len(names)
        return list_in_words([*names, *([f"{more} more"] if more else [])])
