"""Large tables of relationships are read by column: they say, and are told, what they would be row by row."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem import terms
from ecosystem.errors import DataError, Problem
from ecosystem.ontology import Ontology
from ecosystem.records import Relationship, Relationships
from ecosystem.sources import read, relationships, rows, tables
from ecosystem.sources.inputs import Input
from ecosystem.sources.reading import Problems
from ecosystem.store import EmbeddedStore, load
from ecosystem.store.statements import triples

COLUMNS = (
    *("id", "subject", "relation", "object", "since", "until", "strength", "confidence", "certainty", "role"),
    *("amount", "currency", "source", "locator", "statement"),
)
GOOD = {
    "subject": ("caf", " caf", "iadb", "https://example.org/bank", "Brazil", "country:COL", "Govtech"),
    "relation": ("funds", "Funds", "partnersWith", " audits "),
    "since": ("", "2020", "2020-06", "2020-06-21", r"\N"),
    "until": ("", "2021", "2021-01", "2020-06-22", "2020"),
    "strength": ("", "1", "0.5", "1e3", " 2 ", r"\N"),
    "confidence": ("", "0", "-0", "1", "0.25"),
    "certainty": ("", "Stated", "denied", "Inferred"),
    "role": ("", "lead", 'the "first"', "two\nlines", "back\\slash", "naïve", "\u2028"),
    "amount": ("", "0", "-0", "12.50", "1e-9", "28000"),
    "currency": ("", "EUR"),
    "source": ("", "report", "https://example.org/report", r"\N"),
    "locator": ("", "p. 1", "p. 2", "p. 3\r\nbelow", "\tp. 4"),
    "statement": ("", "It pays.", "Il paie.", "a\rb", '"'),
}
GOOD["object"] = GOOD["subject"]
BAD = {
    "id": ("No id", "-a", "a b"),
    "subject": ("", "Nobody knows", "country:Nowhere", "Corporación"),
    "relation": ("", "fundz", "xyzzy"),
    "object": ("", " ", r"\N"),
    "since": ("2020-13", "1 June", "2022"),
    "strength": ("0", "-1", "much", "1e999"),
    "confidence": ("2", "-0.5"),
    "certainty": ("maybe",),
    "amount": ("-1", "lots"),
    "source": ("a|b", "A Report"),
}
HEADERS = st.lists(st.sampled_from([one for one in COLUMNS if one not in tables.RELATIONSHIPS.required]), unique=True)
HEADING = {"statement": "statement@fr", "role": " Role "}


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    """Draw a table: most of its rows are right, some are wrong, short, long, empty or said twice."""
    header = [*tables.RELATIONSHIPS.required, *draw(HEADERS)]
    made: list[list[str]] = []
    for number in range(draw(st.integers(0, 40))):
        row = [draw(st.sampled_from(GOOD.get(name, ("", f"tie-{number}", f"tie-{number}")))) for name in header]
        kind = draw(st.integers(0, 30))
        if kind == 0:
            place = draw(st.integers(0, len(header) - 1))
            row[place] = draw(st.sampled_from(BAD.get(header[place], ("tie-1",))))
        elif kind == 1:
            row = row[: draw(st.integers(0, len(row)))]
        elif kind == 2:
            row += draw(st.sampled_from([[""], ["more"], ["", " "]]))
        elif kind == 3 and made:
            row = [*draw(st.sampled_from(made))]
            if draw(st.booleans()) and len(row) > 3:
                row[-1] = draw(st.sampled_from(["", "2", "EUR"]))
        elif kind == 4:
            row = draw(st.sampled_from([[], [" "] * len(row), [r"\N", ""]]))
        made.append(row)
    text = io.StringIO()
    ends = draw(st.sampled_from(["\n", "\r\n"]))
    writer = csv.writer(text, lineterminator=ends)
    writer.writerow([HEADING.get(name, name) for name in header])
    writer.writerows(made)
    content = text.getvalue().encode("utf-8")
    tail = draw(st.sampled_from([b"", b"", b"", b'a,"b', b"caf,funds", b"\xe9,funds,iadb\n", b"a\0b", b'a,"b"c,d\n']))
    return content + tail if draw(st.booleans()) else content.removesuffix(ends.encode())


def told(content: bytes, ontology: Ontology, large: int) -> tuple[list[str], list[Problem], list[Problem]]:
    """Return the triples that a table says, what is wrong with it, and what was passed over."""
    source, problems = Input("relationships.csv", ".csv", "some", content), Problems("some")
    skipped: list[Problem] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "LARGE", large)
        assembly = tables.Assembly(ontology, "en", problems)
        for number, name in enumerate(("caf", "iadb")):
            assembly.register.describe(name, terms.ID + name, ())
            assembly.register.places[terms.ID + name] = "actors.csv", number + 2
        skipped = assembly.skipped
        try:
            assembly.add(source)
            records = [*assembly.records, *(one for listed in assembly.listed for one in listed)]
            problems.check()
        except DataError as error:
            return [], list(error.problems), skipped
    assert all(isinstance(one, Relationships if large < 0 else Relationship) for one in records)
    return sorted(str(triple) for one in records for triple in triples(one)), [], skipped


@pytest.mark.parametrize(("few", "block"), [(1, 7), (4, 8192)])
def test_a_table_by_column_says_what_it_says_by_row(
    few: int, block: int, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relationships, "FEW", few)
    monkeypatch.setattr(rows, "BLOCK", block)

    @settings(max_examples=150, deadline=None)
    @given(content=contents())
    def is_the_same(content: bytes) -> None:
        assert told(content, ontology, large=-1) == told(content, ontology, large=10**9)

    is_the_same()


@pytest.fixture
def large(write, monkeypatch: pytest.MonkeyPatch):
    """Make a data set folder with a table of relationships that counts as large."""
    monkeypatch.setattr(tables, "LARGE", 10)

    def make(lines: str, actors: str = "caf,CAF\niadb,IADB\n") -> Path:
        header = "id,subject,relation,object,since,source\n"
        return write(
            actors__csv=f"id,label\n{actors}", sources__csv="id,label\nreport,R\n", relationships__csv=header + lines
        )

    return make


def test_a_large_table_goes_into_the_store(large, ontology: Ontology) -> None:
    store = EmbeddedStore.in_memory()
    reading = read(large("tie,caf,funds,iadb,2020,report\n,iadb,funds,caf,,\n,iadb,funds,caf,,\n"), ontology)
    load(store, [reading], ontology)
    query = "SELECT ?r ?s { ?r rdf:subject ?s ; rdf:predicate eco:funds ; rdf:object ?o . ?s eco:funds ?o } ORDER BY ?s"
    found = [subject.removeprefix(terms.ID) for _, subject in store.select(query).values()]
    assert found == ["caf", "iadb"]
    assert [(one.line, one.message[:7]) for one in reading.skipped] == [(4, "repeats")]


def test_what_a_large_table_ties_must_be_described(large, ontology: Ontology) -> None:
    store = EmbeddedStore.in_memory()
    reading = read(large("tie,caf,funds,nobody,,\n,caf,funds,iadb,,\n,iadb,funds,caf,,rumour\n"), ontology)
    with pytest.raises(DataError) as caught:
        load(store, [reading], ontology)
    assert [line.rpartition("/")[2] for line in caught.value.lines()] == [
        "relationships.csv:2: the object 'nobody' is described nowhere. "
        "Add it to actors.csv or initiatives.csv, or mend its id.",
        "relationships.csv:4: the source 'rumour' is described nowhere. Add it to sources.csv, or mend its id.",
    ]


def test_all_that_is_wrong_with_a_data_set_is_told_in_one_go(large, ontology: Ontology) -> None:
    with pytest.raises(DataError) as caught:
        read(large("tie,caf,fundz,iadb,,\n", actors="caf,CAF\ncaf,IADB\n"), ontology)
    assert [(Path(one.path).name, one.line, one.message[:8]) for one in caught.value.problems] == [
        ("actors.csv", 3, 'id "caf"'),
        ("relationships.csv", 2, "relation"),
    ]
