"""The whole job at once: RDF graph, brokers, gaps and map into one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ecosystem.errors import PublishError
from ecosystem.files import write_atomically
from ecosystem.gaps import Gap
from ecosystem.tables import Table

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem
    from ecosystem.measures import Broker

__all__ = ["Built", "build"]


@dataclass(frozen=True, slots=True)
class Built:
    """What was made: the tables, and the files that hold them, the map last."""

    by: str
    brokers: Table[Broker]
    gaps: Table[Gap]
    files: tuple[Path, ...]


def build(eco: Ecosystem, folder: Path, *, by: str = "", title: str = "") -> Built:
    """Write `graph.trig`, `brokers.csv`, `gaps.csv` and `map.html` into a folder.

    Parameters
    ----------
    by
        What groups are made of; empty: the country where most have one, else the kind.

    Raises
    ------
    PublishError
        If the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PublishError(f"{folder}: cannot be made: {error.strerror}.", hint="Name another folder.") from error
    by = by or eco.grouping()
    brokers, gaps = eco.brokers(by), eco.gaps()
    tables = {"graph.trig": eco.trig(), "brokers.csv": brokers.to_csv(), "gaps.csv": gaps.to_csv()}
    for name, content in tables.items():
        write_atomically(folder / name, content)
    page = eco.map(folder / "map.html", by, title=title)
    return Built(by, brokers, gaps, (*(folder / name for name in tables), page))
