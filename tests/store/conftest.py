"""A SPARQL server of others, started once for all tests that talk to one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import virtuoso

from ecosystem.store.remote import RemoteStore


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[virtuoso.Virtuoso]:
    """A Virtuoso with nothing in it; the tests skip where there is none."""
    if virtuoso.find_virtuoso() is None:
        pytest.skip(virtuoso.WHAT_TO_DO)
    folder: Path = tmp_path_factory.mktemp("virtuoso")
    with virtuoso.running(folder) as running:
        yield running


@pytest.fixture
def as_loader(server: virtuoso.Virtuoso, monkeypatch: pytest.MonkeyPatch) -> Iterator[virtuoso.Virtuoso]:
    """The server, with the credentials of one who may load in the environment; what is loaded is removed again."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    yield server
    store = RemoteStore.open(server.address)
    store.remove(store.graphs())
