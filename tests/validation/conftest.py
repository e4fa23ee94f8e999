"""Turtle without its prefixes, checked against the ontology of the checkout."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from validation.stores import checked

from ecosystem import terms
from ecosystem.resources import ontology_folder
from ecosystem.tables import Table
from ecosystem.validation import Finding

Read = Callable[[str], list[ox.Triple]]
Check = Callable[[str], Table[Finding]]


@pytest.fixture(scope="session")
def turtle() -> Read:
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in terms.PREFIXES.items())

    def read(text: str) -> list[ox.Triple]:
        return [quad.triple for quad in ox.parse(input=head + text, format=ox.RdfFormat.TURTLE)]

    return read


@pytest.fixture(scope="session")
def check(turtle: Read) -> Check:
    return lambda text: checked(turtle(text), ontology_folder())
