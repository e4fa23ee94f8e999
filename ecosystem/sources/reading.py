"""What every reader is given and what it hands back. A new format is one new module with one such function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import pyoxigraph as ox

from ecosystem.errors import DataError, Problem
from ecosystem.records import Dataset, Record, Relationships
from ecosystem.sources.inputs import Input
from ecosystem.wording import counted

__all__ = ["Batch", "Problems", "Reader", "Reading", "RelationType", "Vocabulary"]


class RelationType(Protocol):
    """What a reader must know of a relation type."""

    @property
    def directed(self) -> bool:
        """Whether subject and object may not be exchanged."""
        ...


class Vocabulary(Protocol):
    """What readers need of the ontology: from the words people use to the IRIs they mean.

    `text` is a local name, an IRI or a label in any language, whatever its case.
    """

    @property
    def default_actor_type(self) -> str:
        """IRI of the type of an actor whose kind nobody states."""
        ...

    @property
    def default_initiative_type(self) -> str:
        """IRI of the type of an initiative whose kind nobody states."""
        ...

    @property
    def default_relation(self) -> str:
        """IRI of the relation of a tie whose kind nobody states."""
        ...

    @property
    def relations(self) -> Mapping[str, RelationType]:
        """All relation types, by IRI."""
        ...

    @property
    def classes_read(self) -> Mapping[str, str]:
        """The type of ours that a foreign class is read as."""
        ...

    @property
    def properties_read(self) -> Mapping[str, str]:
        """The property or relation of ours that a foreign property or class of relationships is read as."""
        ...

    @property
    def ends_read(self) -> Mapping[str, tuple[str, str]]:
        """The properties in which a foreign class of relationships names its subject and its object."""
        ...

    @property
    def written_as(self) -> Mapping[str, tuple[str, ...]]:
        """The foreign classes as which things and relations of a type of ours are written for others."""
        ...

    def resolve_type(self, text: str) -> str | None:
        """Return the actor or initiative type called `text`."""
        ...

    def resolve_relation(self, text: str) -> str | None:
        """Return the relation called `text`."""
        ...

    def resolve_concept(self, text: str) -> str | None:
        """Return the concept (stage, topic, role, certainty …) called `text`."""
        ...

    def resolve_country(self, text: str) -> str | None:
        """Return the country with this code or name."""
        ...

    def nearest(self, text: str, kind: str) -> str:
        """Return the known name most like `text`, or nothing; `kind` is type, relation, concept or country."""
        ...

    def is_initiative_type(self, iri: str) -> bool:
        """Tell whether `iri` is a type of initiatives (else it is one of actors)."""
        ...


Batch = Sequence[Record | Relationships]


@dataclass(frozen=True, slots=True)
class Reading:
    """One data set as it was read.

    Parameters
    ----------
    dataset
        Its description, from the data or from the file's name.
    records
        What tables and maps say.
    quads
        What RDF says, as it was said; can be gone through any number of times. Blank nodes have IRIs, named
        graphs are folded into the default graph.
    stream
        What a large table says, in batches of records that are made while they are gone through, once. They tie only
        what they describe. A row that is wrong comes up as a `DataError` on the way.
    relationships
        What each large table of relationships says, in batches; it is read anew each time that it is gone through. As
        for those among `records`, what they tie must be described somewhere. A row that is wrong comes up as a
        `DataError` on the way.
    skipped
        Columns, attributes and statements that were passed over, each with its place and the reason; complete when
        stream and relationships have been gone through.
    path
        The file or folder, as the user named it.
    """

    dataset: Dataset
    records: tuple[Record, ...] = ()
    quads: Iterable[ox.Quad] = ()
    skipped: Sequence[Problem] = ()
    path: str = ""
    stream: Iterable[Batch] = ()
    relationships: Sequence[Iterable[Relationships]] = ()


Reader = Callable[[Input, Vocabulary], Reading]


class Problems:
    """Gathers what is wrong with an input, so that it is mended in one go; keeps the first `shown` of them."""

    shown: Final = 50

    def __init__(self, path: str) -> None:
        self.path = path
        self.count = 0
        self._kept: list[Problem] = []

    def add(self, *problems: Problem) -> None:
        """Note problems."""
        self.count += len(problems)
        self._kept.extend(problems[: max(0, self.shown - len(self._kept))])

    def check(self) -> None:
        """Raise all that was noted.

        Raises
        ------
        DataError
            If anything was.
        """
        if not self.count:
            return
        if self.count > self.shown:
            rest = f"{counted(self.count - self.shown, 'more problem')} not shown."
            self._kept.append(Problem(self.path, 0, rest, "Mend these first."))
        raise DataError(self._kept)
