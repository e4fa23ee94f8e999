"""Where things were read: files are read once more, and only when something in them is to be mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from ecosystem.ontology import Ontology
from ecosystem.records import Origin, Relationships
from ecosystem.resources import datasets_folder
from ecosystem.sources import Reading, read
from ecosystem.store import is_store

__all__ = ["Reread"]


class Reread:
    """Finds the file and row of things by reading the files again.

    Parameters
    ----------
    data
        What the user opened, as they named it; nothing stands for the bundled data set. Stores and addresses do not
        say where their content was read.
    bundled
        Name of the bundled data set.
    """

    def __init__(self, data: Sequence[str], ontology: Ontology, bundled: str = "opsi") -> None:
        self._paths = [Path(item) for item in data] or [datasets_folder() / bundled]
        self._ontology = ontology

    def __call__(self, wanted: Set[str]) -> Mapping[str, Origin]:
        """Return where each of these IRIs was read first; those that are not found are left out."""
        found: dict[str, Origin] = {}
        for path in self._paths:
            if path.exists() and not is_store(path):
                for iri, origin in _origins(read(path, self._ontology), wanted):
                    found.setdefault(iri, origin)
        return found


def _origins(reading: Reading, wanted: Set[str]) -> Iterator[tuple[str, Origin]]:
    for record in reading.records:
        if record.origin.path and record.iri in wanted:
            yield record.iri, record.origin
    for batch in reading.stream:
        for item in batch:
            if isinstance(item, Relationships):
                yield from _listed(item, reading.path, wanted)
            elif item.iri in wanted:
                yield item.iri, item.origin if item.origin.path else Origin(reading.path)
    for listed in chain.from_iterable(reading.relationships):
        yield from _listed(listed, reading.path, wanted)
    for quad in reading.quads:
        # A statement of RDF has no row; the file that says something of a thing is where to look for it.
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value in wanted:
            yield quad.subject.value, Origin(reading.path)


def _listed(said: Relationships, path: str, wanted: Set[str]) -> Iterator[tuple[str, Origin]]:
    lines = said.lines or [0] * len(said)
    for iri, line in zip(said.iris, lines, strict=True):
        if iri in wanted:
            yield iri, Origin(said.path or path, line)
