"""Workbooks: the same records as the same tables in CSV, and limits that a hostile file meets."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ecosystem.errors import DataError
from ecosystem.ontology import Ontology
from ecosystem.sources import read, workbooks
from ecosystem.sources.inputs import Input

Rows = list[list[object]]
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook; each keyword is a sheet."""

    def make(sheets: dict[str, Rows], name: str = "book.xlsx") -> Path:
        import xlsxwriter

        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
            for title, rows in sheets.items():
                sheet = workbook.add_worksheet(title)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path

    return make


def test_a_data_set_in_one_workbook_is_that_of_the_tables(fixtures: Path, ontology: Ontology, book) -> None:
    folder = fixtures / "audits"
    sheets: dict[str, Rows] = {"dataset": [["key", "value"], ["name", "audits"], ["title", "Who audits whom"]]}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            sheets[path.stem.title()] = [list(row) for row in csv.reader(file)]
    sheets["Notes (ignore)"] = [["nothing", "of", "this"]]
    reading = read(book(sheets), ontology)
    assert reading.records == read(folder, ontology).records
    assert (reading.dataset.name, reading.dataset.title) == ("audits", "Who audits whom")
    assert reading.skipped == ()


def test_numbers_and_dates_come_out_as_their_text(ontology: Ontology, book) -> None:
    header = ["id", "label", "since", "until"]
    rows = [header, ["a", 2020, 1999, datetime.date(2021, 6, 2)], ["b", 0.5, None, None], [], ["c", True, None, 2022.0]]
    records = read(book({"actors": rows}), ontology).records
    assert [(one.labels[0].value, one.since, one.until) for one in records] == [
        ("2020", "1999", "2021-06-02"),
        ("0.5", "", ""),
        ("TRUE", "", "2022"),
    ]
    assert [one.origin.line for one in records] == [2, 3, 5]


def test_a_title_above_the_header_is_passed_over_and_mistakes_name_sheet_and_row(book, mistakes, ontology) -> None:
    rows: Rows = [["Bodies of the state"], [], ["id", "label"], ["a", "A"]]
    reading = read(book({"Sheet 1": rows}), ontology)
    assert len(reading.records) == 1
    assert [str(note).rpartition("/")[2] for note in reading.skipped] == [
        'book.xlsx (Sheet 1):3: what stands above the header is passed over: "Bodies of the state".'
    ]
    assert mistakes(book({"actors": [["id", "label"], ["a", None]]})) == [
        "book.xlsx (actors):2: label is empty. Fill it in, or leave the row out."
    ]


def test_sheets_that_are_no_data_set_are_named(book, mistakes, ontology: Ontology) -> None:
    (line,) = mistakes(book({"One": [["x"]], "Two": [["y"]]}))
    assert line.startswith('book.xlsx: has no sheet called sources, actors, initiatives, relationships, figures: "One"')
    assert mistakes(book({"Only (ignore)": [["x"]]})) == [
        "book.xlsx: has no sheet to read. A name must not end in (ignore)."
    ]
    assert mistakes(book({"actors": []})) == ["book.xlsx (actors): is empty. The first row must name the columns."]
    reading = read(book({"actors": [["id", "label"], ["a", "A"]], "relations": [["x"]]}), ontology)
    assert [note.message for note in reading.skipped] == [
        'sheet "relations" is none of a data set\'s and is passed over.'
    ]


def test_what_is_no_workbook_is_refused(tmp_path: Path, mistakes) -> None:
    for content in (b"", b"id,label\n", b"PK\x03\x04" + b"x" * 50, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600):
        for suffix in workbooks.SUFFIXES:
            path = tmp_path / f"some{suffix}"
            path.write_bytes(content)
            (line,) = mistakes(path)
            assert "is not a workbook, or damaged" in line or "or is damaged" in line


def replaced(path: Path, old: bytes, new: bytes) -> None:
    """Write a workbook anew with other XML in its first sheet."""
    with zipfile.ZipFile(path) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    assert old in parts["xl/worksheets/sheet1.xml"]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as changed:
        for name, part in parts.items():
            changed.writestr(name, part.replace(old, new) if name.endswith("sheet1.xml") else part)
    path.write_bytes(content.getvalue())


def test_two_cells_far_apart_do_not_fill_the_memory(book, mistakes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MEMORY_LIMIT", 512 * 1024**2)
    path = book({"actors": [["id", "label"], ["a", "A"]]})
    replaced(path, b'r="B2"', b'r="XFD1048576"')
    (line,) = mistakes(path)
    assert "seconds to read, or is damaged" in line


def test_a_sheet_that_takes_too_long_is_stopped(book, mistakes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "SECONDS_LIMIT", 1)
    path = book({"actors": [["id", "label"], ["a", "A"]]})
    replaced(path, b"</sheetData>", b"<row><c><v></v></c></row>" * 8_000_000 + b"</sheetData>")
    assert path.stat().st_size < 1_000_000  # seconds of parsing in a file that looks like nothing
    (line,) = mistakes(path)
    assert "1 seconds to read, or is damaged" in line


def test_a_file_that_is_too_large_is_refused(book, mistakes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "SIZE_LIMIT", 1024**2)
    path = book({"actors": [["id", "label"], ["a", "A"]]})
    path.write_bytes(path.read_bytes() + b"\0" * 1024**2)
    assert mistakes(path) == ["book.xlsx: is larger than 1 MB. Split it into several files."]


MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="actors">
<table:table-row>{header}</table:table-row>
<table:table-row>{cells}</table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def open_document(path: Path, header: list[str], cells: str) -> Path:
    texts = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in header
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        file.writestr("META-INF/manifest.xml", MANIFEST)
        file.writestr("content.xml", ODS.format(header=texts, cells=cells))
    return path


def test_an_open_document_reads_the_same(tmp_path: Path, ontology: Ontology) -> None:
    cells = (
        '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>Court</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="1814"><text:p>1814</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2021-06-02"/>'
    )
    (court,) = read(open_document(tmp_path / "b.ods", ["id", "label", "since", "until"], cells), ontology).records
    assert (court.labels[0].value, court.since, court.until) == ("Court", "1814", "2021-06-02")


def test_a_cell_repeated_without_end_does_not_fill_the_memory(tmp_path: Path, ontology: Ontology, monkeypatch) -> None:
    monkeypatch.setattr(workbooks, "MEMORY_LIMIT", 512 * 1024**2)
    cell = '<table:table-cell table:number-columns-repeated="{}" office:value-type="string"><text:p>a</text:p>'
    for count in (100_000_000, 10**30):
        path = open_document(tmp_path / "b.ods", ["id", "label"], cell.format(count) + "</table:table-cell>")
        try:
            said = [str(note) for note in read(path, ontology).skipped]
        except DataError as error:
            said = error.lines()
        assert len(said) == 1 and "b.ods" in said[0]


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")
def test_a_legacy_workbook_of_many_sheets() -> None:
    path = DATA / "govuk-organisations" / "ons-public-sector-classification.xls"
    source = Input.of(str(path), ".xls", "ons")
    assert len(workbooks.sheets_of(source)) == 21
    sheet = workbooks.sheet_of(Input(str(path), ".xls", "ons", part="Index"), header=5)
    assert sheet.header.cells[:4] == ["Institutions", "Sector", "ESA10 category", "Classification applies from"]
    rows = list(sheet.rows)
    # 4,853 rows of which the header is the fifth
    assert (rows[0].line, len(rows)) == (6, 4848)
    assert rows[0].cells[3] == "2002-12-01"
