"""What stands beside the query page: the engine as a classic script, the data unless they are too many."""

from __future__ import annotations

import json
from dataclasses import replace

import pyoxigraph as ox
import pytest

from ecosystem.api import Ecosystem
from ecosystem.api.site import site_of
from ecosystem.publish.site import asking, files
from ecosystem.publish.site.model import Site
from ecosystem.query import ask


@pytest.fixture(scope="module")
def told(opsi: Ecosystem) -> Site:
    return site_of(opsi)


def test_the_data_are_the_store(told: Site, opsi: Ecosystem) -> None:
    pages = {"https://w3id.org/ecosystem-mapper/id/caf": "actors/caf.html"}
    script = asking.data(told, pages).decode()
    held = json.loads(script.removeprefix("self.ecosystemData = ").removesuffix(";\n"))
    store = ox.Store()
    store.load(held["trig"].encode(), format=ox.RdfFormat.TRIG)
    assert set(store) == set(opsi.store.quads())
    assert held["pages"] == pages
    assert held["labels"]["https://w3id.org/ecosystem-mapper/id/caf"] == "CAF – Development Bank of Latin America"


def test_the_engine_is_a_classic_script() -> None:
    script = asking.engine().decode()
    held = json.loads(script.removeprefix("self.ecosystemEngine = ").removesuffix(";\n"))
    assert "\nexport " not in held["script"] and "import.meta" not in held["script"]
    assert "</script" not in script


def test_too_many_data_are_not_offered(told: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LARGEST", 100)
    made = {one.path: one for one in files(told)}
    assert asking.ENGINE not in made and asking.DATA not in made
    page = made["query.html"].make().decode()
    assert "These data are too large for a browser" in page
    assert "<textarea" not in page and "<script" not in page and "wasm" not in page.split("<body>")[0]


def test_each_question_begins_as_it_was_answered(told: Site, opsi: Ecosystem) -> None:
    assert len(told.questions) == len(opsi.ontology.queries)
    for question in told.questions:
        assert not question.unanswered, question.name
        answer = ask(opsi.store, question.begin)
        assert answer.truth is not None or len(answer.table().rows) == question.total, question.name


def test_a_question_of_too_many_values_says_so(told: Site) -> None:
    one = replace(told.questions[0], unanswered="Its answer depends on what you choose.", rows=())
    made = {file.path: file for file in files(replace(told, questions=(one,)))}
    assert "depends on what you choose" in made[f"questions/{one.name}.html"].make().decode()
    assert "Not answered here" in made["questions/index.html"].make().decode()
