"""What all rooms' tests share: the ontology, small ecosystems made by hand, and the bundled data set."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.api import open as open_ecosystem
from ecosystem.ontology import Ontology
from ecosystem.records import Dataset, Record, Source, Text
from ecosystem.sources.reading import Reading
from ecosystem.store import EmbeddedStore, load

# Output is tested as it goes into a pipe: a width that the shell, or what runs tests, exports would wrap it otherwise.
os.environ.pop("COLUMNS", None)

SHARED = Path(__file__).resolve().parents[2] / "shared"
MakeStore = Callable[..., EmbeddedStore]


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return Ontology.load()


@pytest.fixture(scope="session")
def opsi() -> Ecosystem:
    return open_ecosystem()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files that others wrote; not part of the project."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is not there: real files that others wrote are not part of the project")
    return folder


@pytest.fixture
def make_store(ontology: Ontology) -> MakeStore:
    def make(records: Iterable[Record], name: str = "hand-made") -> EmbeddedStore:
        source = Source(terms.ID + "source-a", (Text("A source", "en"),), url="https://example.org/a")
        reading = Reading(dataset=Dataset(name, name.title()), records=(source, *records), path=name)
        store = EmbeddedStore.in_memory()
        load(store, [reading], ontology)
        return store

    return make
