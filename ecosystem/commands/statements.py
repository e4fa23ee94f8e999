"""Statements as people read them in a terminal: what is said, then by whom, with the sources numbered at the end."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ecosystem.commands.output import printable, width

if TYPE_CHECKING:
    from ecosystem.api.connections import GapEvidence, Hop, TriadEvidence
    from ecosystem.api.filling import Filler
    from ecosystem.api.orchestrators import Connection
    from ecosystem.api.partners import Ground
    from ecosystem.lookup import Evidence

__all__ = ["Statements"]

WIDEST = 110  # longer lines are hard to read


class Statements:
    """Collects lines and the sources they cite; `text` ends with the list of sources."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._sources: dict[str, int] = {}
        self._width = min(width(), WIDEST)

    def heading(self, words: str) -> None:
        """Add a line of its own, with space above."""
        if self._lines:
            self._lines.append("")
        self._add(words, "")

    def relationship(self, one: Evidence, seen_from: str = "", evidence: bool = True) -> None:
        """Add a relationship; seen from its object it is read as it stands, for a statement has one direction."""
        end = f"{one.relation} → {one.object}" if one.subject == seen_from else None
        self._add(end or f"{one.subject} {one.relation} {one.object}", "")
        self.evidence([one] if evidence else [])

    def evidence(self, statements: Iterable[Evidence]) -> None:
        """Add what statements say and where, one line each; what two records say in the same words is shown once."""
        shown = set()
        for one in statements:
            said = one.statement or f"{one.subject} {one.relation} {one.object}."
            doubt = f" ({one.certainty})" if one.certainty and one.certainty != "stated" else ""
            dates = f" {one.since}–{one.until}" if one.since or one.until else ""
            line = f"{said}{doubt}{dates} {self._cited(one.source, one.locator)}"
            if line not in shown:
                self._add(line, "    ")
            shown.add(line)

    def hop(self, one: Hop, evidence: bool = True) -> None:
        """Add one step of a path."""
        self._add(f"{one.start} → {one.relation} → {one.end}", "")
        if evidence:
            self._add(f"{one.statement} {self._cited(one.source, one.locator)}", "    ")

    def triad(self, one: TriadEvidence) -> None:
        """Add one pair that a broker connects."""
        alone = "; nobody else connects them" if one.exclusive else ""
        self._add(f"{one.start} ↔ {one.end}  ({one.role}{alone})", "  ")
        for words, statements in ((one.first_tie, one.first_evidence), (one.second_tie, one.second_evidence)):
            self._add(f"{words}:", "    ")
            self.evidence(statements)

    def connection(self, one: Connection) -> None:
        """Add one connection that an orchestrator makes: a measured pair, or an occasion that a source speaks of."""
        alone = "; nobody else connects them" if one.exclusive else ""
        self._add(f"{one.start} ↔ {one.end}  ({one.kind}: {one.through}{alone})", "  ")
        self.evidence(one.evidence)

    def ground(self, one: Ground) -> None:
        """Add a contact or matter that a proposal rests on, and how each of the two is tied to it."""
        self._add(f"both: {one.shared}", "  ")
        for words, statements in ((one.tie, one.evidence), (one.partner_tie, one.partner_evidence)):
            self._add(f"{words}:" if words else "as its description says", "    ")
            self.evidence(statements)

    def gap(self, one: GapEvidence) -> None:
        """Add a gap, why it matters, and what is recorded."""
        self._add(" – ".join(part for part in (one.gap, one.subject, one.detail) if part), "")
        self._add(f"{one.rationale} {self._cited(one.source, one.locator)}", "    ")
        known = (
            f"{one.evidence.capitalize()}; what is known of {one.subject}:"
            if one.recorded
            else "Nothing is known of it."
        )
        self._add(known, "    ")
        self.evidence(one.recorded)

    def filler(self, one: Filler) -> None:
        """Add somebody who could fill a gap: the way there with its evidence, and the peer that has it."""
        if one.who:
            place = f", {one.country}" if one.country else ""
            known = f"through {one.introduces}" if one.introduces else "known to each other"
            steps = "1 step" if one.steps == 1 else f"{one.steps} steps"
            self._add(f"{one.who} ({one.kind}{place}): {steps}, {known}", "  ")
            self._add(one.way, "    ")
            self.evidence(one.evidence)
        else:
            self._add("no way to anybody who has it", "  ")
        if one.peer:
            self._add(f"{one.peer} has it: {one.peer_has}", "    ")

    def told(self, what: str, words: str) -> None:
        """Add a sentence under a word that says what it is about."""
        self._add(f"{what + ':':10}{words[:1].upper()}{words[1:]}.", "  ", "            ")

    def text(self) -> str:
        """Return all lines, and the sources that they cite."""
        lines = [*self._lines, *([""] if self._sources else [])]
        lines += [f"[{number}] {printable(title)}" for title, number in self._sources.items()]
        return "\n".join(lines) + "\n"

    def _cited(self, source: str, locator: str) -> str:
        if not source:
            return "[no source]"
        number = self._sources.setdefault(source, len(self._sources) + 1)
        return f"[{number}, {locator}]" if locator else f"[{number}]"

    def _add(self, words: str, indent: str, further: str = "") -> None:
        below = further or indent + "  "
        wrapped = textwrap.wrap(printable(words), self._width, initial_indent=indent, subsequent_indent=below)
        self._lines += wrapped
