"""What an orchestrator does, what is lost without it, and how thin the evidence is, each as one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem.api.words import list_in_words
from ecosystem.network import SUPRANATIONAL
from ecosystem.wording import counted

if TYPE_CHECKING:
    from ecosystem.api.connections import Ties
    from ecosystem.api.ecosystem import Ecosystem
    from ecosystem.api.said import Occasion
    from ecosystem.measures import BrokerBetween, Loss

__all__ = ["Means", "Names", "lost", "measured", "said", "thinness"]

NAMED = 2  # things that a sentence names before it counts the rest


@dataclass(frozen=True, slots=True)
class Means:
    """How an orchestrator reaches the ends of its pairs: initiatives, most used first, and whether ties of its own."""

    venues: tuple[str, ...]
    own: bool

    @classmethod
    def of(cls, ties: Ties, actor: str, ends: Iterable[str]) -> Means:
        """Count through what `actor` is tied to `ends`."""
        used = Counter(venue for end in ends for venue in ties.venues(actor, end))
        own = used.pop("", 0)
        named = {venue: ties.eco.lookup.label(venue) for venue in used}
        ranked = sorted(used, key=lambda venue: (-used[venue], named[venue]))
        return cls(tuple(named[venue] for venue in ranked), bool(own))

    def in_words(self) -> str:
        """Return the means as the end of a sentence."""
        if not self.venues:
            return "by direct ties"
        return f"through {_some(self.venues, 'initiative')}" + (", and by direct ties" if self.own else "")


@dataclass(frozen=True, slots=True)
class Names:
    """What to call actors in a sentence: by their country, those that stand above countries by their own short name."""

    places: Mapping[str, str | None]
    labels: Mapping[str, str]
    acronyms: Mapping[str, str | None]

    def place(self, actor: str) -> str:
        """Return the country of an actor, or its own name."""
        place = self.places.get(actor)
        return _the(place) if place and place != SUPRANATIONAL else self.acronyms.get(actor) or self.labels[actor]

    def places_of(self, actors: Iterable[str]) -> list[str]:
        """Return the different countries (or names) of actors, in their order."""
        return list(dict.fromkeys(self.place(actor) for actor in actors))


def measured(row: BrokerBetween, places: Mapping[tuple[str, str], int], means: Means) -> str:
    """Say whom an orchestrator connects who have no tie of their own, through what, and how often nobody else does.

    Parameters
    ----------
    places
        How many of its pairs lie between two countries.
    """
    ranked = sorted(places, key=lambda pair: (-places[pair], pair))
    first, last = ranked[0]
    across = f"{first} with {last}" if first != last else f"actors of {first}"
    more = len(ranked) - 1
    others = f" (and {more} more such {'pair' if more == 1 else 'pairs'})" if more else ""
    return f"connects {across}{others} {means.in_words()}: {_alone(row.pairs, row.exclusive)}"


def _alone(pairs: int, alone: int) -> str:
    told = f"{counted(pairs, 'pair')} of actors without a tie of their own"
    if not alone:
        return f"{told}, which others connect too"
    if alone == pairs:
        return f"{told}, which nobody else connects"
    return f"{told}, {alone:,} of which nobody else connects"


def said(occasions: Sequence[Occasion], names: Names, eco: Ecosystem) -> str:
    """Say what an orchestrator leads, coordinates or connects by the word of a source, and who of both sides meets."""
    largest = sorted(occasions, key=lambda one: -len({*one.one, *one.other}))
    sentences = []
    for one in largest[:NAMED]:
        relation = eco.ontology.label(one.relation, eco.language)
        until = [told.until for told in eco.lookup.evidence(one.records[:1])]
        ended = f" (until {until[0]})" if until and until[0] else ""
        if one.venue:
            sentences.append(f"{relation} {eco.lookup.label(one.venue)}{ended}, {_meeting(one, names)}")
        else:
            sentences.append(f"{relation} {_both(names.places_of(one.one), names.places_of(one.other))}{ended}")
    rest = len(occasions) - NAMED
    return "; ".join(sentences) + (f"; and {rest} more" if rest > 0 else "")


def _meeting(one: Occasion, names: Names) -> str:
    """Say who meets: the orchestrator is named only where it stands for a side alone."""
    first, second = ([guest for guest in side if guest != one.actor] for side in (one.one, one.other))
    if first and second:
        return f"which brings together {_both(names.places_of(first), names.places_of(second))}"
    return f"in which it meets {_some(names.places_of(first or second), 'country')}"


def _both(first: Sequence[str], second: Sequence[str]) -> str:
    return f"{_some(first, 'country')} with {_some(second, 'country')}"


def lost(loss: Loss) -> str:
    """Say what the pairs across both sides lose when an orchestrator goes."""
    if not loss.cut_off and not loss.longer:
        return "without it every pair stays connected, and none over a longer way"
    told = []
    if loss.cut_off:
        are = "is" if loss.cut_off == 1 else "are"
        told.append(f"{loss.cut_off:,} of {counted(loss.reachable, 'pair')} {are} no longer connected at all")
    if loss.longer:
        far = f"{loss.extra_steps:.2g}"
        steps = f"{far} {'step' if far == '1' else 'steps'}"
        told.append(
            f"{counted(loss.longer, 'pair')} must go {steps} further" + (" on average" if loss.longer > 1 else "")
        )
    return f"without it {' and '.join(told)}"


def thinness(statements: int, sources: int, inferred: int) -> str:
    """Say how thin the evidence is."""
    rests = "one source" if sources == 1 else f"{sources} sources" if sources else "no source at all"
    told = f"rests on {rests}, {counted(statements, 'statement')}"
    if inferred:
        told += f", {round(100 * inferred / statements)} % of them inferred by the editors"
    return told


def _the(country: str) -> str:
    """Return the name of a country as it stands in an English sentence.

    >>> _the("United Kingdom"), _the("Netherlands"), _the("Chile")
    ('the United Kingdom', 'the Netherlands', 'Chile')
    """
    return f"the {country}" if country.startswith("United ") or country.endswith(("lands", " Republic")) else country


def _some(names: Sequence[str], noun: str) -> str:
    """Name a few things and count the rest."""
    rest = len(names) - NAMED
    if rest <= 0:
        return list_in_words(names)
    plural = {"country": "countries"}.get(noun, f"{noun}s")
    return f"{', '.join(names[:NAMED])} and {rest} more {noun if rest == 1 else plural}"
