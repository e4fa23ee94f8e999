"""What a change would do, asked of an ecosystem: numbers before and after, gaps, what is lost, and a map of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ecosystem.api.ecosystem import Ecosystem
from ecosystem.api.words import list_in_words
from ecosystem.gaps import Gap
from ecosystem.network import ActorNetwork, Projection
from ecosystem.tables import Table
from ecosystem.whatif import Detours, Difference, Patch, Scene, amendment, differences, overlaid, patched
from ecosystem.whatif.overlay import folded_network
from ecosystem.wording import counted

if TYPE_CHECKING:
    from pathlib import Path

    from ecosystem.publish.view import MapView

__all__ = ["GAPS_UP_TO", "WhatIf", "gap_differences"]

GAPS_UP_TO = 300_000
"""Statements up to which gap rules are run without being asked for: they need a copy of the data."""
EXAMPLES = 3


@dataclass(frozen=True)
class WhatIf:
    """A supposed change to an ecosystem, which itself stays as it is.

    Parameters
    ----------
    eco
        What is changed in thought.
    patch
        The change; see `ecosystem.whatif.read_patch`.
    by
        What groups are made of; empty: the country where most actors have one, else the kind.
    projection
        What counts as a tie.
    """

    eco: Ecosystem
    patch: Patch
    by: str = ""
    projection: Projection | None = None

    @cached_property
    def _choice(self) -> Projection:
        return self.projection or self.eco.projection()

    @cached_property
    def _kept(self) -> ActorNetwork:
        return self.eco.network(replace(self._choice, initiatives="keep"))

    @cached_property
    def before(self) -> Scene:
        """The network as it is."""
        return self._scene(self._kept)

    @cached_property
    def after(self) -> Scene:
        """The network with the change."""
        eco = self.eco
        return self._scene(overlaid(eco.store, eco.ontology, self._kept, self.patch, eco.language))

    def _scene(self, kept: ActorNetwork) -> Scene:
        return Scene(folded_network(kept, self._choice), self._grouping, self.eco.direction(self._choice))

    @cached_property
    def _grouping(self) -> str:
        return self.by or self.eco.grouping(folded_network(self._kept, self._choice))

    @cached_property
    def supposed(self) -> Ecosystem:
        """An ecosystem with the change: a copy, of which anything can be asked."""
        eco = self.eco
        store = patched(eco.store, amendment(eco.store, self.patch))
        return Ecosystem(store, eco.ontology, language=eco.language, data=eco.data)

    # Answers -----------------------------------------------------------------------------------------------------

    @cached_property
    def _compared(self) -> tuple[Table[Difference], Detours]:
        return differences(self.before, self.after)

    @cached_property
    def gaps(self) -> Table[Difference]:
        """The gaps that open and close, by the rules of the ontology that are about the world and not the record."""
        rules = [rule.name for rule in self.eco.ontology.rules.values() if not rule.about_record]
        return gap_differences(self.eco.gaps(rules), self.supposed.gaps(rules))

    @property
    def runs_rules(self) -> bool:
        """Whether the data are small enough to run the gap rules without being asked."""
        return len(self.eco.store) <= GAPS_UP_TO

    def differences(self, top: int = 0, *, gaps: bool | None = None) -> Table[Difference]:
        """Return every number that changes; of actors, those of the `top` whose brokerage changes most.

        Parameters
        ----------
        gaps
            Whether to run the gap rules; left out, they are on up to 300,000 statements.
        """
        table, _ = self._compared
        actors = list(dict.fromkeys(row.id for row in table if row.about == "actor"))
        shown = set(actors[:top] if top else actors)
        rows = [row for row in table if row.about != "actor" or row.id in shown]
        notes = [*self.patch.notes, *table.notes]
        if len(shown) < len(actors):
            notes.append(f"{counted(len(actors) - len(shown), 'more actor')} with numbers that change are not shown.")
        if self.runs_rules if gaps is None else gaps:
            rows += self.gaps.rows
        else:
            notes.append("The gap rules were not run: they need a copy of the data. Ask for them with --gaps.")
        return Table(Difference, tuple(rows), tuple(notes))

    def in_words(self, *, gaps: bool | None = None) -> tuple[str, ...]:
        """Say what the change does, in a few sentences; what it leaves as it is goes unsaid."""
        table, ways = self._compared
        whole = {row.measure: row for row in table if row.about == "network"}
        said = [self._ties_in_words(whole["pairs with a tie"]), *_ways_in_words(ways)]
        said += self._alone_in_words()
        parts = whole["parts"]
        if parts.change:
            said.append(f"The network is in {counted(int(parts.after or 0), 'part')}, from {int(parts.before or 0):,}.")
        if self.runs_rules if gaps is None else gaps:
            said += _gaps_in_words(self.gaps)
        return tuple(said)

    def _ties_in_words(self, ties: Difference) -> str:
        names = self.eco.lookup.label
        gone = [names(iri) for iri in self.patch.without_actors]
        new = [profile.labels[0].value for profile in self.patch.actors]
        said = [f"with{out} {list_in_words(_few(names))}" for out, names in (("out", gone), ("", new)) if names]
        change = int(ties.change or 0)
        has = "pair has a tie" if ties.after == 1 else "pairs have a tie"
        more = f"{abs(change):,} {'more' if change > 0 else 'fewer'}" if change else "as many as before"
        words = f"{int(ties.after or 0):,} {has} of their own, {more}."
        return f"{_capital(' and '.join(said))}: {words}" if said else words

    def _alone_in_words(self) -> list[str]:
        """Say what only the one actor that goes connected."""
        if len(self.patch.without_actors) != 1 or not self.before.grouped:
            return []
        (gone,) = self.patch.without_actors
        alone = self.before.counts.get(gone, (None,))[-1]
        if not alone:
            return []
        pairs = int(alone) // (2 if self.before.directed.symmetric else 1)
        has = "has" if pairs == 1 else "have"
        return [f"{counted(pairs, 'pair')} that only it connected {has} nobody in between any more."]

    # Maps --------------------------------------------------------------------------------------------------------

    def view(self, title: str = "") -> MapView:
        """Return a map of the change: what is new as ghosts, what goes in pale, numbers as they would be."""
        from ecosystem.publish.ghosts import both

        views = [eco.view(self._grouping, projection=self._choice, title=title) for eco in (self.eco, self.supposed)]
        return both(*views)

    def map(self, path: str | Path, title: str = "") -> Path:
        """Write the map of the change as one offline HTML page, and return its path."""
        from ecosystem.publish.layout import place
        from ecosystem.publish.map import write_map

        return write_map(place(self.view(title)), path)


def gap_differences(before: Table[Gap], after: Table[Gap]) -> Table[Difference]:
    """Return the gaps that are in one of two findings only, opened ones first."""
    old, new = ({(gap.rule, gap.subject_iri, gap.detail): gap for gap in found} for found in (before, after))
    opened = [_gap_row("gap opened", new[key], 0, 1) for key in new if key not in old]
    closed = [_gap_row("gap closed", old[key], 1, 0) for key in old if key not in new]
    return Table(Difference, (*opened, *closed))


def _gap_row(about: str, gap: Gap, before: int, after: int) -> Difference:
    words = f"{gap.gap}: {gap.detail}" if gap.detail else gap.gap
    return Difference(about, gap.subject, words, before, after, after - before, gap.subject_iri)


def _gaps_in_words(gaps: Table[Difference]) -> list[str]:
    said = []
    for about, verb in (("gap opened", "open"), ("gap closed", "close")):
        named = [f"{row.subject} ({row.measure})" for row in gaps if row.about == about]
        if named:
            count = f"{counted(len(named), 'gap')} {verb}{'s' if len(named) == 1 else ''}"
            said.append(f"{count}: {list_in_words(_few(named))}.")
    return said


def _ways_in_words(ways: Detours) -> list[str]:
    said = []
    about = "about " if ways.sampled else ""
    if ways.cut:
        is_are = "is" if ways.cut == 1 else "are"
        said.append(f"{counted(ways.cut, 'pair')} of actors that stay {is_are} no longer connected at all.")
    if ways.joined:
        said.append(f"{counted(ways.joined, 'pair')} of actors that had no way to each other get one.")
    for count, steps, way, further in (
        (ways.longer, ways.steps_more, "longer", "further"),
        (ways.shorter, ways.steps_less, "shorter", "less far"),
    ):
        if round(count):
            error = f" (standard error {_rounded(ways.errors[3]):,})" if ways.sampled and way == "longer" else ""
            has = "has" if round(count) == 1 else "have"
            mean = f"{steps / count:.3g} {'step' if steps == count else 'steps'}"
            pairs = counted(_rounded(count) if ways.sampled else round(count), "pair")
            said.append(f"{_capital(about)}{pairs}{error} {has} a {way} way, {mean} {further} on average.")
    return said


def _rounded(number: float) -> int:
    """Return an estimate without the digits that it does not have.

    >>> _rounded(11_490_625.0)
    11500000
    """
    return int(float(f"{number:.3g}"))


def _capital(words: str) -> str:
    """Return words with a capital letter first; names among them stay as they are."""
    return words[:1].upper() + words[1:]


def _few(names: Sequence[str]) -> list[str]:
    rest = len(names) - EXAMPLES
    return [*names[:EXAMPLES], f"{rest} more"] if rest > 0 else list(names)
