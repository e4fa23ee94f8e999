"""Whatever the bytes: a reader reads them, or says in one line a piece what is wrong. It never fails otherwise."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecosystem.errors import DataError
from ecosystem.ontology import Ontology
from ecosystem.records import Profile
from ecosystem.sources import READERS, folders, read, suggest_plan
from ecosystem.sources.inputs import Input
from ecosystem.store import EmbeddedStore, load
from ecosystem.store.statements import triples, turtle

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "sources"
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def try_to_read(content: bytes, suffix: str, ontology: Ontology) -> None:
    try:
        reading = READERS[suffix](Input("some" + suffix, suffix, "some", content), ontology)
        for record in reading.records:
            for triple in triples(record):  # what was read can be stored
                assert isinstance(triple, ox.Triple)
        for batch in reading.stream:
            for record in batch:
                assert "\n" in turtle(record)
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


def plan_of(kind: str, columns: list[str], rows: str = "") -> str:
    """Return a plan that uses everything a plan may have, with columns in the order given."""
    id_, label, country, since, role, amount = columns
    return f"""
title = "x"
file = "some{kind}"
rows = "{rows}"
[actor]
label = "{label}"
country = "{country}"
[actor.other]
id = "{id_}"
label = "{label}"
prefix = "o-"
[initiative]
id = "{id_}"
prefix = "i-"
since = "{since}"
topics = "{role}"
[[relationship]]
from = "other"
to = "initiative"
role = "{role}"
amount = "{amount}"
strength = "{amount}"
[several]
"{role}" = "/"
[empty]
"{amount}" = ["-"]
"""


def try_plan(plan: str, content: bytes, name: str, folder: Path, ontology: Ontology) -> None:
    """Read a table by a plan: whole, or with lines of why not; a reading says no less than its rows."""
    (folder / name).write_bytes(content)
    (folder / "plan.toml").write_text(plan, encoding="utf-8")
    try:
        records = [record for batch in read(folder / "plan.toml", ontology).stream for record in batch]
        store = EmbeddedStore.in_memory()
        load(store, [read(folder / "plan.toml", ontology)], ontology)
        assert len({record.iri for record in records if isinstance(record, Profile)}) == sum(
            isinstance(record, Profile) for record in records
        )
    except DataError as error:
        assert error.lines()
        for line in error.lines():
            assert line.startswith(str(folder)) and "\n" not in line and len(line) < 1500


NAMES = ["id", "label", "country", "since", "role", "amount"]
WORDS = st.sampled_from(["", "a", "Ministry", "Österreich", "FR", "2021", "2021-13", "leads", "7", "-", "x/y", "=1+1"])


@quick
@given(
    rows=st.lists(st.lists(WORDS | st.text(max_size=8), min_size=6, max_size=7), max_size=6),
    header=st.permutations(NAMES),
    separator=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_planned_tables_of_any_cells(
    rows: list[list[str]], header: list[str], separator: str, encoding: str, tmp_path: Path, ontology: Ontology
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([header, *rows])
    content = text.getvalue().encode(encoding, "replace")
    try_plan(plan_of(".csv", NAMES), content, "some.csv", tmp_path, ontology)


@quick
@given(
    rows=st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5),
            st.sampled_from(["FR", "IT", ""]),
        ),
        max_size=12,
    )
)
def test_nobody_named_in_a_planned_table_is_lost(
    rows: list[tuple[str, str]], tmp_path: Path, ontology: Ontology
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([("name", "land", "x"), *((name, land, "x") for name, land in rows)])
    (tmp_path / "some.csv").write_bytes(text.getvalue().encode())
    (tmp_path / "plan.toml").write_text('file = "some.csv"\n[actor]\nlabel = "name"\ncountry = "land"\n')
    expected = {(name.strip(), land) for name, land in rows if name.strip() not in ("", r"\N")}
    try:
        records = [record for batch in read(tmp_path / "plan.toml", ontology).stream for record in batch]
    except DataError as error:
        assert all("names no actor" in line for line in error.lines()), error.lines()
        assert len(error.lines()) == sum(name.strip() in ("", r"\N") for name, _ in rows)
        return
    short = {"FRA": "FR", "ITA": "IT", "": ""}
    profiles = [record for record in records if isinstance(record, Profile)]
    assert {(one.labels[0].value, short[one.country[-3:]]) for one in profiles} == expected
    assert len(profiles) == len(expected)


ITEMS = st.lists(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6) | LEAVES, max_size=4)


@quick
@given(items=ITEMS, lines=st.booleans())
def test_planned_documents_of_anything(items: list[object], lines: bool, tmp_path: Path, ontology: Ontology) -> None:
    kind = ".jsonl" if lines else ".json"
    text = "\n".join(map(json.dumps, items)) if lines else json.dumps(items)
    try_plan(plan_of(kind, NAMES), text.encode(), f"some{kind}", tmp_path, ontology)


@quick
@given(content=st.binary(max_size=120), kind=st.sampled_from([".csv", ".json", ".jsonl", ".xml", ".csv.gz"]))
def test_plans_and_suggestions_over_any_bytes(content: bytes, kind: str, tmp_path: Path, ontology: Ontology) -> None:
    try_plan(plan_of(kind, NAMES, "a"), content, f"some{kind}", tmp_path, ontology)
    try:
        tomllib.loads(suggest_plan(tmp_path / f"some{kind}", ontology))
    except DataError as error:
        assert error.lines()


@quick
@given(
    header=st.lists(
        st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=9), min_size=1
    ),
    cells=st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=9)),
)
def test_a_suggested_plan_is_one(header: list[str], cells: list[str], tmp_path: Path, ontology: Ontology) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([header, cells, cells])
    (tmp_path / "some.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    try:
        plan = suggest_plan(tmp_path / "some.csv", ontology)
    except DataError:
        return
    assert tomllib.loads(plan)["file"] == "some.csv"
    try_plan(plan, text.getvalue().encode(), "some.csv", tmp_path, ontology)


@quick
@given(
    text=st.text(max_size=120)
    | st.sampled_from(["actor = 3", "actor = [1]", "[[actor]]", "[actor.x]\ny = 1", "header = -1"])
)
def test_any_plan(text: str, tmp_path: Path, ontology: Ontology) -> None:
    (tmp_path / "some.csv").write_text("id,label\na,A\n")
    for plan in (text, f'file = "some.csv"\n{text}', f'file = "some.csv"\n[actor]\nlabel = "label"\n{text}'):
        try_plan(plan.encode("utf-8", "replace").decode(), b"id,label\na,A\n", "some.csv", tmp_path, ontology)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1), put=st.binary(max_size=6), kind=st.sampled_from([".xlsx", ".zip", ".tar", ".tgz"]))
def test_damaged_archives_and_workbooks(cut: float, put: bytes, kind: str, ontology: Ontology) -> None:
    content = io.BytesIO()
    if kind == ".xlsx":
        import xlsxwriter

        with xlsxwriter.Workbook(content) as book:
            sheet = book.add_worksheet("actors")
            sheet.write_row(0, 0, ["id", "label"])
            sheet.write_row(1, 0, ["a", "A"])
    elif kind == ".zip":
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("actors.csv", "id,label\na,A\n")
    else:
        with tarfile.open(fileobj=content, mode="w:gz" if kind == ".tgz" else "w") as tar:
            entry = tarfile.TarInfo("actors.csv")
            entry.size = 13
            tar.addfile(entry, io.BytesIO(b"id,label\na,A\n"))
    whole = content.getvalue()
    place = int(cut * len(whole))
    try_to_read(whole[:place] + put + whole[place + len(put) :], kind, ontology)
