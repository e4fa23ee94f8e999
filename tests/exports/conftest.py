"""Small content made by hand, and a way to write and read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ecosystem.exports import Content
from ecosystem.ontology import Ontology
from ecosystem.records import Dataset, Profile, Relationship, Source

MakeContent = Callable[..., Content]


@pytest.fixture(scope="session")
def make_content(ontology: Ontology) -> MakeContent:
    def make(
        profiles: Sequence[Profile] = (), relationships: Sequence[Relationship] = (), sources: Sequence[Source] = ()
    ) -> Content:
        dataset = Dataset("some", "Some", language="")
        return Content(dataset, tuple(profiles), tuple(relationships), tuple(sources), (), ontology)

    return make
