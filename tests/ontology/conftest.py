"""The ontology folder as it lies in the checkout, and Turtle without its prefixes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from ecosystem import terms
from ecosystem.resources import ontology_folder

PREFIXES = {
    **terms.PREFIXES,
    "meta": "https://w3id.org/ecosystem-mapper/meta#",
    "shape": "https://w3id.org/ecosystem-mapper/shape#",
}


@pytest.fixture(scope="session")
def folder() -> Path:
    return ontology_folder()


@pytest.fixture(scope="session")
def turtle() -> Callable[[str], list[ox.Triple]]:
    """Read Turtle that need not declare the usual prefixes."""
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())

    def read(text: str) -> list[ox.Triple]:
        return [quad.triple for quad in ox.parse(input=head + text, format=ox.RdfFormat.TURTLE)]

    return read
