"""What is asked of a figure, and the words around it: which data, which ties, which groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ecosystem import __version__, terms
from ecosystem.api.words import date_in_words, list_in_words
from ecosystem.errors import PublishError
from ecosystem.network import SUPRANATIONAL, ActorNetwork, Projection
from ecosystem.publish.figures import view

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["FigureQuestion", "called", "need", "plural", "ranked"]


@dataclass(frozen=True)
class FigureQuestion:
    """What is to be drawn: of which ecosystem, in which groups, with what as a tie, under which title."""

    eco: Ecosystem
    by: str
    projection: Projection
    title: str = ""

    @cached_property
    def network(self) -> ActorNetwork:
        """The network that is counted."""
        return self.eco.network(self.projection)

    @property
    def two_way(self) -> bool:
        """Whether ties run both ways."""
        return self.eco.direction(self.projection) == "two-way"

    def words(self, title: str, lead: str, *more: str, ties: bool = True) -> view.Words:
        """Return what stands around a figure; the caption names the data, their date and the ties that count."""
        parts = [self._data(), *([self._ties()] if ties else []), *more, f"ecosystem-mapper {__version__}."]
        return view.Words(self.title or title, lead, " ".join(part for part in parts if part))

    def _data(self) -> str:
        rows = self.eco.store.select(
            f"SELECT ?title ?date WHERE {{ ?dataset a <{terms.DATASET}> ; <{terms.TITLE}> ?title "
            f"OPTIONAL {{ ?dataset <{terms.DATE}> ?date }} }}"
        )
        found = sorted((title, date) for title, date in rows.values())
        date = max((date for _, date in found), default="")
        names = list_in_words(list(dict.fromkeys(title for title, _ in found)))
        return f"Data: {names}{', ' + date_in_words(date) if date else ''}." if names else ""

    def _ties(self) -> str:
        flows = list_in_words([self.eco.ontology.label(iri, self.eco.language) for iri in self.projection.conveys])
        how = "in both directions" if self.two_way else "as stated"
        folded = {
            "fold": ", through shared initiatives too",
            "keep": ", initiatives being nodes",
            "leave out": ", without initiatives",
        }[self.projection.initiatives]
        when = f", on {self.projection.as_of}" if self.projection.as_of else ""
        return f"Ties: {flows.lower() or 'all'}, {how}{folded}{when}."

    @property
    def plural(self) -> str:
        """The name of the groups: "countries"."""
        return plural(self.by)


def need(found: object, nothing: str) -> None:
    """Raise a `PublishError` that says what there is nothing of, where nothing was found."""
    if not found:
        raise PublishError(f"{nothing}: there is nothing to draw.")


def ranked(names: Iterable[str]) -> list[tuple[str, int]]:
    """Count names, the most frequent first."""
    return sorted(Counter(names).items(), key=lambda item: (-item[1], item[0]))


def called(group: str) -> str:
    """Return what to call a group."""
    return "Supranational bodies" if group == SUPRANATIONAL else group


def plural(noun: str) -> str:
    """Return a noun in the plural.

    >>> plural("country"), plural("kind"), plural("branch")
    ('countries', 'kinds', 'branches')
    """
    if noun.endswith("y"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "ch", "x")) else "s")
