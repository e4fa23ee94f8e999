"""A patch: actors and ties to suppose, and actors and ties to do without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ecosystem import terms
from ecosystem.records import Dataset, Profile, Relationship, Source, Text

__all__ = ["SUPPOSED", "SUPPOSITION", "Patch"]

SUPPOSITION: Final = Source(terms.ID + "source-what-if", (Text("What if: a supposition, stated by nobody", "en"),))
"""What every supposed statement rests on, so that it is never taken for one that somebody made."""
SUPPOSED: Final = Dataset("what-if", "What if").iri
"""The graph of supposed statements."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A change to an ecosystem.

    Parameters
    ----------
    actors, ties
        What is supposed; each cites `SUPPOSITION`, with the place in the patch as its locator.
    without_actors
        IRIs of actors and initiatives to do without, and with them of all their ties.
    without_ties
        IRIs of relationship records to do without.
    notes
        What a reader of the patch should know: a tie that is recorded already, ends that do not fit a relation.
    """

    actors: tuple[Profile, ...] = ()
    ties: tuple[Relationship, ...] = ()
    without_actors: tuple[str, ...] = ()
    without_ties: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.actors or self.ties or self.without_actors or self.without_ties)
