"""From the lines of a patch to what they mean in these data; all that is wrong is told at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import DataError, Problem, QueryError
from ecosystem.lookup import Lookup
from ecosystem.ontology import Kind, fold
from ecosystem.records import Citation, Origin, Profile, Relationship, Text
from ecosystem.sources import values
from ecosystem.sources.values import ValueFault, quoted
from ecosystem.whatif.patch import SUPPOSITION, Patch

if TYPE_CHECKING:
    from ecosystem.whatif.reading import Said

__all__ = ["Meaning"]

RECORDS = (
    "SELECT ?record ?s ?p ?o WHERE { ?record rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o "
    f"MINUS {{ ?record <{terms.HAS_CERTAINTY}> <{terms.DENIED}> }} }}"
)
Tie = tuple[str, str, str]
Understood = TypeVar("Understood")


class _Wrong(Exception):  # noqa: N818 - carries a problem of the user's
    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass
class Meaning:
    """What a patch names, found in the data that `lookup` asks."""

    lookup: Lookup
    _found: dict[str, str] = field(default_factory=dict)
    _supposed: dict[str, Profile] = field(default_factory=dict)
    _problems: list[Problem] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)

    def knows(self, text: str) -> bool:
        """Tell whether something is called so."""
        try:
            self._thing(text)
        except _Wrong:
            return False
        return True

    def patch(self, said: Sequence[Said]) -> Patch:
        """Return the patch that these lines describe.

        What is both added and removed by the same patch is neither.

        Raises
        ------
        DataError
            With every line that is wrong.
        """
        self._problems.clear()
        by = {
            (change, of_actor): [one for one in said if (one.change == "add", one.is_of_actor) == (change, of_actor)]
            for change in (True, False)
            for of_actor in (True, False)
        }
        for one in by[True, True]:
            self._tried(one, self._suppose)
        removed = dict.fromkeys(iri for one in by[False, True] if (iri := self._tried(one, self._to_remove)))
        ties = [tie for one in by[True, False] if (tie := self._tried(one, self._tie))]
        without: dict[str, None] = {}
        for one in by[False, False]:
            records = self._tried(one, lambda line: self._records(line, ties))
            without |= dict.fromkeys(records or ())
        if self._problems:
            raise DataError(sorted(set(self._problems)))
        taken_back = {profile.iri for profile in self._supposed.values()}.intersection(removed)
        kept = {profile.iri: profile for profile in self._supposed.values() if profile.iri not in removed}
        gone = set(removed)
        return Patch(
            actors=tuple(kept.values()),
            ties=tuple(dict.fromkeys(tie for tie in ties if not gone.intersection((tie.subject, tie.object)))),
            without_actors=tuple(iri for iri in removed if iri not in taken_back),
            without_ties=tuple(without),
            notes=tuple(dict.fromkeys(self._notes)),
        )

    def _tried(self, one: Said, meaning: Callable[[Said], Understood]) -> Understood | None:
        try:
            return meaning(one)
        except _Wrong as wrong:
            self._problems.append(Problem(one.origin.path, one.origin.line, wrong.message, wrong.hint))
            return None

    # Actors ------------------------------------------------------------------------------------------------------

    def _suppose(self, one: Said) -> None:
        """Note an actor or initiative that the patch describes."""
        ontology = self.lookup.ontology
        if not (one.subject and one.object):
            raise _Wrong("an actor to add needs a name and a type.", "Write name, a, type.")
        type_ = ontology.resolve("type", one.object)
        if type_ is None:
            near = ontology.nearest(one.object, "type")
            raise _Wrong(
                f"{quoted(one.object)} is no type of actors or initiatives.",
                f"Is it {near}?" if near else "See `ecosystem ontology list types`.",
            )
        iri = one.subject if values.is_iri(one.subject) else terms.ID + values.slug(one.subject)
        label = one.more.get("label") or (one.subject if iri != one.subject else values.slug(iri.rpartition("/")[2]))
        if self.lookup.store.query("ASK { ?thing a ?type }", {"thing": ox.NamedNode(iri)}):
            raise _Wrong(f"{quoted(one.subject)} is there already.", "Name its ties without adding it.")
        profile = Profile(
            iri,
            type_,
            (Text(label, self.lookup.language),),
            country=self._country(one.more.get("country", "")),
            citation=Citation(SUPPOSITION.iri, _locator(one.origin)),
        )
        for name in (one.subject, label, iri, iri.removeprefix(terms.ID)):
            self._supposed[fold(name)] = profile

    def _country(self, text: str) -> str:
        if not text:
            return ""
        iri = self.lookup.ontology.resolve("country", text)
        if iri is None:
            near = self.lookup.ontology.nearest(text, "country")
            raise _Wrong(f"{quoted(text)} is no country that is known.", f"Is it {near}?" if near else "")
        return iri

    def _to_remove(self, one: Said) -> str:
        iri = self._thing(one.subject)
        if iri not in {profile.iri for profile in self._supposed.values()} and self._kind(iri) is None:
            raise _Wrong(f"{quoted(one.subject)} is no actor or initiative of these data.")
        return iri

    # Ties --------------------------------------------------------------------------------------------------------

    def _tie(self, one: Said) -> Relationship:
        relation = self._relation(one.relation)
        if not (one.subject and relation and one.object):
            raise _Wrong("a tie to add needs subject, relation and object.", "Fill them in.")
        subject, target = self._thing(one.subject), self._thing(one.object)
        tie = Relationship(
            subject,
            relation,
            target,
            since=self._value(one, "since", values.date) or "",
            until=self._value(one, "until", values.date) or "",
            strength=self._strength(one),
            certainty="",
            citation=Citation(SUPPOSITION.iri, _locator(one.origin)),
        )
        self._comment(one, tie)
        return tie

    def _strength(self, one: Said) -> float | None:
        strength = self._value(one, "strength", values.number)
        if strength is not None and not strength > 0:
            raise _Wrong(f"strength {quoted(one.more['strength'])} is not above 0.")
        return strength

    def _value(self, one: Said, name: str, meaning: Callable[[str], Understood]) -> Understood | None:
        try:
            return meaning(one.more[name]) if one.more.get(name) else None
        except ValueFault as fault:
            raise _Wrong(f"{name} {fault.message}", fault.hint) from fault

    def _comment(self, one: Said, tie: Relationship) -> None:
        """Note what is odd about a tie, and no mistake."""
        ontology = self.lookup.ontology
        relation, ends = ontology.relations[tie.relation], (self._kind(tie.subject), self._kind(tie.object))
        words = f"{self._label(tie.subject)} {relation.label(self.lookup.language)} {self._label(tie.object)}"
        if ends[0] and ends[1] and not relation.fits(ends[0], ends[1]):
            tied = f"a {ends[0].label(self.lookup.language)} to a {ends[1].label(self.lookup.language)}"
            self._notes.append(f"{_place(one.origin)}{words}: the relation is not meant to tie {tied}.")
        if self._recorded((tie.subject, tie.relation, tie.object)):
            self._notes.append(f"{_place(one.origin)}{words}: this is recorded already.")

    def _records(self, one: Said, added: list[Relationship]) -> list[str]:
        """Return the records of a tie to do without; one that this patch adds is taken out of `added` instead."""
        if one.subject == one.object and not one.relation:
            return self._record_named(one.subject)
        relation = self._relation(one.relation) if one.relation else ""
        if not one.object:
            raise _Wrong("a tie to remove needs an object.", "Fill it in; without a relation too, the actor goes.")
        subject, target = self._thing(one.subject), self._thing(one.object)
        directed = bool(relation) and self.lookup.ontology.relations[relation].directed
        ways = [(subject, target)] if directed else [(subject, target), (target, subject)]
        wanted = [(start, relation, end) for start, end in ways]
        own = [tie for tie in added if any(_meets((tie.subject, tie.relation, tie.object), one) for one in wanted)]
        if own:
            added[:] = [tie for tie in added if tie not in own]
            return []
        found = [record for tie in wanted for record in self._recorded(tie)]
        if not found:
            tied = self._recorded((subject, "", target)) or self._recorded((target, "", subject))
            hint = "They are tied by another relation, or the other way round." if tied else "They are not tied."
            raise _Wrong(f"no such tie of {self._label(subject)} and {self._label(target)} is recorded.", hint)
        return found

    def _record_named(self, text: str) -> list[str]:
        for iri in (text, terms.ID + text):
            if values.is_iri(iri):
                rows = self.lookup.store.select(RECORDS, {"record": ox.NamedNode(iri)})
                if len(rows):
                    return [iri]
        raise _Wrong(f"{quoted(text)} is no relationship of these data.", 'Write "CAF partnersWith OECD".')

    def _recorded(self, tie: Tie) -> list[str]:
        """Return the records of a tie; an empty relation stands for any."""
        bound = {name: ox.NamedNode(iri) for name, iri in zip("spo", tie, strict=True) if iri}
        return sorted({row[0] for row in self.lookup.store.select(RECORDS, bound).values() if row[0][:2] != "_:"})

    # Names -------------------------------------------------------------------------------------------------------

    def _relation(self, text: str) -> str:
        ontology = self.lookup.ontology
        iri = ontology.resolve("relation", text)
        if iri is None:
            near = ontology.nearest(text, "relation")
            hint = f"Is it {near}?" if near else "See `ecosystem ontology list relations`."
            raise _Wrong(f"{quoted(text)} is no relation that is known.", hint)
        return iri

    def _thing(self, text: str) -> str:
        own = self._supposed.get(fold(text))
        if own:
            return own.iri
        if text not in self._found:
            try:
                self._found[text] = self.lookup.find(text)
            except QueryError as error:
                raise _Wrong(error.message, error.hint) from error
        return self._found[text]

    def _label(self, iri: str) -> str:
        own = next((profile for profile in self._supposed.values() if profile.iri == iri), None)
        return own.labels[0].value if own else self.lookup.label(iri)

    def _kind(self, iri: str) -> Kind | None:
        own = next((profile for profile in self._supposed.values() if profile.iri == iri), None)
        if own:
            return self.lookup.ontology.kinds[own.type]
        rows = self.lookup.store.select("SELECT ?thing ?type WHERE { ?thing a ?type }", {"thing": ox.NamedNode(iri)})
        return self.lookup.ontology.most_specific(type_ for _, type_ in rows.values())


def _meets(tie: Tie, wanted: Tie) -> bool:
    return all(want in ("", has) for has, want in zip(tie, wanted, strict=True))


def _locator(origin: Origin) -> str:
    return f"row {origin.line}" if origin.line else origin.path if origin.path.startswith("--") else "patch"


def _place(origin: Origin) -> str:
    return f"{origin}: " if origin.path else ""
