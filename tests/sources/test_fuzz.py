"""Whatever the bytes: a reader reads them, or says in one line a piece what is wrong. It never fails otherwise."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecosystem.errors import DataError
from ecosystem.ontology import Ontology
from ecosystem.sources import READERS, folders
from ecosystem.sources.inputs import Input
from ecosystem.store.statements import triples

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "sources"
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def try_to_read(content: bytes, suffix: str, ontology: Ontology) -> None:
    try:
        reading = READERS[suffix](Input("some" + suffix, suffix, "some", content), ontology)
        for record in reading.records:
            for triple in triples(record):  # what was read can be stored
                assert isinstance(triple, ox.Triple)
        for quad in reading.quads:
            assert isinstance(quad.subject, ox.NamedNode)
    except DataError as error:
        for line in error.lines():
            assert line.startswith("some.") and "\n" not in line and len(line) < 1000


@quick
@given(content=st.binary(max_size=200), suffix=st.sampled_from(sorted(READERS)))
def test_any_bytes(content: bytes, suffix: str, ontology: Ontology) -> None:
    try_to_read(content, suffix, ontology)


@st.composite
def damaged(draw: st.DrawFn, paths: list[Path]) -> tuple[bytes, str]:
    """Draw a good file with a piece of it cut out, put in twice or overwritten."""
    path = draw(st.sampled_from(paths))
    content = path.read_bytes()
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 2)))
    other = draw(st.binary(max_size=8) | st.just(content[start:end]) | st.sampled_from([b'"', b"<<(", b"\xff", b"[{"]))
    return content[:start] + other + content[end:] if draw(st.booleans()) else content[:start] + other, path.suffix


FILES = sorted(path for path in FIXTURES.rglob("*") if path.suffix in READERS)


@quick
@given(case=damaged(FILES))
def test_damaged_files(case: tuple[bytes, str], ontology: Ontology) -> None:
    try_to_read(*case, ontology)


COLUMNS = (
    *("id", "label", "label@fr", "type", "country", "stage", "since", "until", "homepage", "topics", "kind", "x"),
    *("subject", "relation", "object", "strength", "confidence", "certainty", "amount", "source", "value", "statement"),
)
CELLS = st.sampled_from(
    ["", "a", "b", "Ministry", "Pilot", "COL", "funds", "Govtech|x", "2021", "0.5", "9", "https://a.b/"]
)


@quick
@given(
    header=st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=8, unique=True),
    rows=st.lists(st.lists(CELLS | st.text(max_size=12), max_size=9), max_size=5),
    separator=st.sampled_from(",;\t"),
)
def test_tables_of_any_cells(header: list[str], rows: list[list[str]], separator: str, ontology: Ontology) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([header, *rows])
    try_to_read(text.getvalue().encode("utf-8", "surrogatepass"), ".csv", ontology)


@quick
@given(label=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip))
def test_any_label_comes_back_as_it_was(label: str, ontology: Ontology) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["id", "label"], ["a", label]])
    content = text.getvalue().encode()
    records = READERS[".csv"](Input("some.csv", ".csv", "some", content), ontology).records
    expected = "" if label.strip() == r"\N" else label.strip()
    assert [words.value for record in records for words in record.labels] == [expected]


KEYS = st.sampled_from(
    (
        *("elements", "connections", "attributes", "_id", "id", "label", "type", "from", "to", "direction", "reversed"),
        *("tags", "name", "description", "strength", "country", "@context", "@graph", "@id", "@import", "x:y"),
    )
)
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(["a", "mutual"])
)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4))


@quick
@given(document=JSON)
def test_any_json(document: object, ontology: Ontology) -> None:
    for suffix in (".json", ".jsonld"):
        try_to_read(json.dumps(document).encode(), suffix, ontology)


@quick
@given(
    elements=st.lists(st.dictionaries(KEYS, JSON, max_size=6) | st.fixed_dictionaries({"label": LEAVES})),
    connections=st.lists(st.fixed_dictionaries({"from": LEAVES, "to": LEAVES}, optional={"type": LEAVES})),
)
def test_maps_of_anything(elements: list[object], connections: list[object], ontology: Ontology) -> None:
    document = {"elements": elements, "connections": connections}
    try_to_read(json.dumps(document).encode(), ".json", ontology)


@quick
@given(text=st.text(max_size=80) | st.binary(max_size=80))
def test_any_description(text: str | bytes, tmp_path: Path, ontology: Ontology) -> None:
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    (tmp_path / "dataset.toml").write_bytes(content)
    (tmp_path / "actors.csv").write_text("id,label\na,A\n")
    try:
        assert len(folders.read(tmp_path, ontology).records) == 1
    except DataError as error:
        assert all("dataset.toml" in line for line in error.lines())


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_a_long_line_of_one_sign(suffix: str, ontology: Ontology) -> None:
    for sign in (b"[", b"{", b"(", b"<", b'"', b"a", b"&", b",", b"<a>", b'{"a":', b"<<("):
        try_to_read(sign * 3000, suffix, ontology)
