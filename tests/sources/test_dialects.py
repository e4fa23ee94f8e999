"""Tables as other programs write them: encodings, separators, titles above the header, line ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecosystem.errors import DataError
from ecosystem.ontology import Ontology
from ecosystem.sources import read
from ecosystem.sources.inputs import Input
from ecosystem.sources.rows import separated

TABLE = "id,label,type\nmin,Ministère de l'Économie,Ministry\nlab,Ålborg “Lab”,Actor\n"
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def labels(path: Path, ontology: Ontology) -> tuple[list[str], list[str]]:
    reading = read(path, ontology)
    notes = [problem.message for problem in reading.skipped]
    return [record.labels[0].value for record in reading.records], notes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_read_alike(write, ontology: Ontology, encoding: str) -> None:
    found, notes = labels(write(actors__csv=TABLE.encode(encoding)), ontology)
    assert found == ["Ministère de l'Économie", "Ålborg “Lab”"]
    assert notes == (["is not UTF-8: 2 lines from here on are read as Windows-1252."] if encoding == "cp1252" else [])


def test_both_utf_16_orders_and_a_file_without_a_last_line_end(write, ontology: Ontology) -> None:
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        found, _ = labels(write(actors__csv=mark + TABLE.rstrip().encode(encoding)), ontology)
        assert found[1] == "Ålborg “Lab”"


def test_utf_8_with_a_few_bytes_of_windows_keeps_both(write, ontology: Ontology) -> None:
    content = "id,label\na,Ministère\n".encode() + "b,Ministère\n".encode("latin-1")
    reading = read(write(actors__csv=content), ontology)
    assert [record.labels[0].value for record in reading.records] == ["Ministère", "Ministère"]
    assert [(note.line, note.message[:45]) for note in reading.skipped] == [
        (3, "is not UTF-8: 1 line from here on are read as"[:45])
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_separators_and_line_ends_read_alike(write, ontology: Ontology, separator: str, end: str) -> None:
    content = TABLE.replace(",", separator).replace("\n", end)
    found, notes = labels(write(actors__csv=content), ontology)
    assert (len(found), notes) == (2, [])


@pytest.mark.parametrize(
    "above", ["Bodies of the state\n", "Bodies of the state;;;\n\nAs of 2021\n", '"Bodies, and others"\n']
)
def test_titles_above_the_header_are_passed_over_and_told(write, ontology: Ontology, above: str) -> None:
    reading = read(write(actors__csv=above + "id;label;type\na;A, and so on;Ministry\n"), ontology)
    assert reading.records[0].labels[0].value == "A, and so on"
    assert "above the header" in reading.skipped[0].message
    assert reading.records[0].origin.line == above.count("\n") + 2


def test_a_title_is_no_reason_to_lose_a_header(write, mistakes) -> None:
    assert mistakes(write(actors__csv="id\na\nb\n"))[0].startswith("actors.csv:1: the column label is missing.")


def sheet(path: Path, header: int | None = None) -> tuple[list[str], list[list[str]], list[int]]:
    found = separated(Input.of(str(path), path.suffix, "x"), header)
    rows = list(found.rows)
    assert not any(row.fault for row in rows)
    return found.header.cells, [row.cells for row in rows], [row.line for row in rows]


def test_a_header_at_a_stated_line_or_none(write) -> None:
    path = write(some__csv="Contact,Mr X\nName,City\nA,B\n")
    assert sheet(path, 2) == (["Name", "City"], [["A", "B"]], [3])
    assert sheet(path, 0)[:2] == (["1", "2"], [["Contact", "Mr X"], ["Name", "City"], ["A", "B"]])
    with pytest.raises(DataError, match="has no such line"):
        sheet(path, 9)


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")
def test_a_sheet_with_carriage_returns_and_hundreds_of_empty_columns() -> None:
    header, rows, _ = sheet(DATA / "govuk-organisations" / "public-bodies-2015.csv")
    assert len(header) == 37, "the 274 columns without a name are not there"
    assert header[28] == "Chair\r\rPaid or unpaid"
    # 284 rows that are not empty, as csv of the standard library counts them: header, 281 bodies, a sum and a note
    assert len(rows) == 283
    assert rows[0][1] == "Administration of Radioactive Substances Advisory Committee"
    assert rows[-2][0] == "468"
