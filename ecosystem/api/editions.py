"""Two editions of the same data: what came, what went, what is said otherwise, and what that does to roles and gaps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ecosystem import terms
from ecosystem.api.whatif import gap_differences
from ecosystem.api.words import list_in_words
from ecosystem.gaps import Gap
from ecosystem.lookup import Profile
from ecosystem.network import ActorNetwork, Projection
from ecosystem.ontology import fold, local_name
from ecosystem.tables import Table
from ecosystem.whatif import Difference, Scene, differences
from ecosystem.wording import counted

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem
    from ecosystem.publish.changelog import Section

__all__ = ["EditionChange", "Editions"]

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
ENDS: Final = (terms.RDF_SUBJECT, terms.RDF_PREDICATE, terms.RDF_OBJECT)
Content = frozenset[tuple[str, str]]
Ends = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditionChange:
    """One thing that is otherwise in a new edition.

    `about` is actor, initiative, tie, gap, or what a number is of; `what` names the attribute or the number, and is
    empty where the whole thing came or went.
    """

    about: str
    change: str
    subject: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Editions:
    """An old and a new edition.

    Parameters
    ----------
    old, new
        The editions; neither is changed.
    by, projection
        What groups are made of, and what counts as a tie, for the roles; left out, as the new edition has it.
    """

    old: Ecosystem
    new: Ecosystem
    by: str = ""
    projection: Projection | None = None

    def changes(self, top: int = 0) -> Table[EditionChange]:
        """Return all that changed: actors and initiatives, ties, numbers, gaps; of roles, those of `top` actors."""
        rows = [*self._things(), *self._ties(), *self._numbers(top), *self._gaps()]
        renamed = len(self._same)
        note = f"{counted(renamed, 'actor or initiative')} with the same name, kind and country bear another id now."
        return Table(EditionChange, tuple(rows), ((note,) if renamed else ()) + self._compared.notes)

    def in_words(self) -> str:
        """Return how much changed, in one sentence."""
        counts = Counter((row.about, row.change) for row in self._listed)
        said = [
            f"{counted(counts[about, change], about)} {change}"
            for about in ("actor", "initiative", "tie")
            for change in (ADDED, REMOVED)
            if counts[about, change]
        ]
        otherwise = len({(row.about, row.subject) for row in self._listed if row.change == CHANGED})
        if otherwise:
            said.append(f"something else said of {otherwise:,}")
        said += [
            f"{counted(count, 'gap')} {change}"
            for change in ("opened", "closed")
            if (count := sum(row.change == change for row in self._gaps()))
        ]
        return f"{_capital(list_in_words(said))}." if said else "Both editions say the same."

    def write(self, path: Path, top: int = 0) -> Path:
        """Write the change log as Markdown or HTML, as the file's suffix says, and return its path."""
        from ecosystem.publish.changelog import Log, write_log

        titles = list(dict.fromkeys(Path(name).name for eco in (self.old, self.new) for name in eco.data))
        title = f"What changed: {' → '.join(titles)}" if titles else "What changed"
        table = self.changes(top)
        return write_log(Log(title, self.in_words(), tuple(_sections(table)), table.notes, self.new.language), path)

    # Actors and initiatives --------------------------------------------------------------------------------------

    @cached_property
    def _profiles(self) -> tuple[dict[str, Profile], dict[str, Profile]]:
        old, new = (
            eco.lookup.profiles(network.ids)
            for eco, network in zip((self.old, self.new), self._everything, strict=True)
        )
        return old, new

    @cached_property
    def _everything(self) -> tuple[ActorNetwork, ActorNetwork]:
        """All actors and initiatives, before and after."""
        everything = Projection(types=(terms.ACTOR,), initiatives="keep")
        return self.old.network(everything), self.new.network(everything)

    @cached_property
    def _initiatives(self) -> frozenset[str]:
        return frozenset(
            iri
            for network in self._everything
            for iri, is_one in zip(network.ids, network.is_initiative.tolist(), strict=True)
            if is_one
        )

    @cached_property
    def _same(self) -> Mapping[str, str]:
        """The new IRI of what bears another one now: the only one of its name, kind and country, before and after."""
        old, new = self._profiles
        names: list[dict[tuple[str, ...], list[str]]] = [defaultdict(list), defaultdict(list)]
        for place, (own, other) in enumerate(((old, new), (new, old))):
            for iri, profile in own.items():
                if iri not in other:
                    names[place][fold(profile.label), profile.kind, profile.country].append(iri)
        return {
            iris[0]: names[1][key][0]
            for key, iris in names[0].items()
            if len(iris) == 1 and len(names[1].get(key, ())) == 1
        }

    @cached_property
    def _listed(self) -> list[EditionChange]:
        return [*self._things(), *self._ties()]

    def _things(self) -> Iterator[EditionChange]:
        old, new = self._profiles
        before = {self._same.get(iri, iri): (iri, profile) for iri, profile in old.items()}
        for iri in sorted(before.keys() | new.keys(), key=lambda iri: _name(before, new, iri)):
            if iri not in before:
                yield EditionChange(self._about(iri), ADDED, new[iri].label, "", "", new[iri].kind)
            elif iri not in new:
                gone = before[iri][1]
                yield EditionChange(self._about(iri), REMOVED, gone.label, "", gone.kind, "")
            else:
                former, profile = before[iri]
                for what, was, now in _attributes(profile, new[iri], former, iri):
                    yield EditionChange(self._about(iri), CHANGED, new[iri].label, what, was, now)

    def _about(self, iri: str) -> str:
        return "initiative" if iri in self._initiatives else "actor"

    # Ties --------------------------------------------------------------------------------------------------------

    def _ties(self) -> Iterator[EditionChange]:
        """Yield ties that came, went, or of which something else is said; records are told apart by what they say."""
        old, new = _records(self.old, self._same), _records(self.new, {})
        rows = []
        for ends in old.keys() | new.keys():
            was, now = old.get(ends, Counter()), new.get(ends, Counter())
            gone, come = (sorted(map(sorted, (one - other).elements())) for one, other in ((was, now), (now, was)))
            for one, other in zip(gone, come, strict=False):
                rows += [
                    EditionChange("tie", CHANGED, self._words(ends), what, before, after)
                    for what, before, after in self._otherwise(dict(one), dict(other))
                ]
            rows += [
                EditionChange("tie", REMOVED, self._words(ends), "", _when(dict(one)), "") for one in gone[len(come) :]
            ]
            rows += [
                EditionChange("tie", ADDED, self._words(ends), "", "", _when(dict(one))) for one in come[len(gone) :]
            ]
        yield from sorted(rows, key=lambda row: (row.subject, row.change, row.what, row.before, row.after))

    def _words(self, ends: Ends) -> str:
        back = {new: old for old, new in self._same.items()}
        known = self.new.lookup.labels
        names = [known.get(iri) or self.old.lookup.label(back.get(iri, iri)) for iri in (ends[0], ends[2])]
        return f"{names[0]} {self.new.ontology.label(ends[1], self.new.language)} {names[1]}"

    def _otherwise(self, one: Mapping[str, str], other: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
        for term in sorted(one.keys() | other.keys()):
            was, now = one.get(term, ""), other.get(term, "")
            if was != now:
                yield local_name(term), _said(self.old, was), _said(self.new, now)

    # Numbers and gaps --------------------------------------------------------------------------------------------

    @cached_property
    def _compared(self) -> Table[Difference]:
        choice = self.projection or self.new.projection()
        networks = [eco.network(choice) for eco in (self.old, self.new)]
        by = self.by or self.new.grouping(networks[1])
        networks[0] = replace(networks[0], ids=[self._same.get(iri, iri) for iri in networks[0].ids])
        direction = self.new.direction(choice)
        before = Scene(networks[0], by, direction)
        return differences(before, Scene(networks[1], by, direction, like=before))[0]

    def _numbers(self, top: int) -> Iterator[EditionChange]:
        actors = list(dict.fromkeys(row.id for row in self._compared if row.about == "actor"))
        shown = set(actors[:top] if top else actors)
        for row in self._compared:
            before, after = _number(row.before), _number(row.after)
            if before != after and (row.about != "actor" or row.id in shown):
                about = "roles of an actor" if row.about == "actor" else row.about
                yield EditionChange(about, CHANGED, row.subject, row.measure, before, after)

    @cached_property
    def _gap_rows(self) -> Table[Difference]:
        old = self.old.gaps()
        moved = (replace(gap, subject_iri=self._same.get(gap.subject_iri, gap.subject_iri)) for gap in old)
        return gap_differences(Table(Gap, tuple(moved)), self.new.gaps())

    def _gaps(self) -> Iterator[EditionChange]:
        for row in self._gap_rows:
            yield EditionChange("gap", row.about.removeprefix("gap "), row.subject, row.measure, "", "")


def _name(before: Mapping[str, tuple[str, Profile]], new: Mapping[str, Profile], iri: str) -> tuple[str, str]:
    profile = new[iri] if iri in new else before[iri][1]
    return profile.label, iri


def _attributes(one: Profile, other: Profile, old_iri: str, new_iri: str) -> Iterator[tuple[str, str, str]]:
    """Yield what is said otherwise of a thing: the attribute, and its value before and after."""
    if old_iri != new_iri:
        yield "id", old_iri.removeprefix(terms.ID), new_iri.removeprefix(terms.ID)
    for field in fields(Profile):
        was, now = getattr(one, field.name), getattr(other, field.name)
        if was != now and field.name not in ("iri", "link"):
            yield field.name, _text(was), _text(now)


def _text(value: str | Iterable[str]) -> str:
    return value if isinstance(value, str) else "; ".join(value)


def _records(eco: Ecosystem, same: Mapping[str, str]) -> dict[Ends, Counter[Content]]:
    """Return what relationship records say, by subject, relation and object; their own IRIs do not matter."""
    query = f"SELECT ?record ?term ?value WHERE {{ ?record a <{terms.RELATIONSHIP}> ; ?term ?value }}"
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for record, term, value in eco.store.select(query).values():
        said[record][term].append(value)
    found: dict[Ends, Counter[Content]] = defaultdict(Counter)
    for about in said.values():
        ends = tuple(same.get(iri, iri) for iri in (about.get(term, [""])[0] for term in ENDS))
        rest = about.keys() - {*ENDS, terms.RDF_TYPE}
        found[ends][frozenset((term, "; ".join(sorted(set(about[term])))) for term in rest)] += 1
    return found


def _when(said: Mapping[str, str]) -> str:
    since, until = said.get(terms.SINCE, ""), said.get(terms.UNTIL, "")
    return f"{since}–{until}" if since or until else ""


def _said(eco: Ecosystem, value: str) -> str:
    """Return a value in words: the label of what has one."""
    return eco.lookup.labels.get(value, value)


def _number(value: float | None) -> str:
    return "" if value is None or value != value else f"{value:.6g}" if isinstance(value, float) else str(value)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sections(table: Table[EditionChange]) -> Iterator[Section]:
    """Yield the sections of a change log."""
    from ecosystem.publish.changelog import Section

    def rows(about: Iterable[str], change: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        chosen = (row for row in table if row.about in about and row.change == change)
        return tuple(tuple(getattr(row, name) for name in columns) for row in chosen)

    things, listed = ("actor", "initiative"), (("added", "after"), ("removed", "before"))
    for change, kind in listed:
        heading = f"Actors and initiatives {change}"
        yield Section(heading, ("name", "kind"), rows(things, change, ("subject", kind)))
    otherwise = ("subject", "what", "before", "after")
    yield Section("Said otherwise of actors and initiatives", otherwise, rows(things, CHANGED, otherwise))
    for change, when in listed:
        yield Section(f"Ties {change}", ("tie", "dates"), rows(("tie",), change, ("subject", when)))
    yield Section("Said otherwise of ties", ("tie", *otherwise[1:]), rows(("tie",), CHANGED, otherwise))
    numbers = dict.fromkeys(row.about for row in table if row.about not in (*things, "tie", "gap"))
    columns = ("about", *otherwise)
    yield Section("Network, roles and groups", columns, rows(numbers, CHANGED, columns))
    for change in ("opened", "closed"):
        yield Section(f"Gaps {change}", ("subject", "gap"), rows(("gap",), change, ("subject", "what")))
