"""Finding the reader for a path, and saying clearly when there is none."""

from __future__ import annotations

import gzip
import io
import os
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from ecosystem.errors import DataError, Problem
from ecosystem.ontology import Ontology
from ecosystem.sources import READERS, Vocabulary, inputs, read
from ecosystem.sources.reading import Problems

KNOWN = (
    ".csv, .ftm, .gexf, .graphml, .ijson, .json, .jsonl, .jsonld, .ndjson, .net, .nq, .nt, .ods, .owl, .paj, .rdf, "
    ".toml, .trig, .tsv, .ttl, .xls, .xlsx, each of them packed as .gz; .zip, .tar, .tar.gz, .tgz"
)


def test_the_ontology_is_a_vocabulary(ontology: Ontology) -> None:
    vocabulary: Vocabulary = ontology
    assert vocabulary.resolve_type("MINISTRY") == vocabulary.resolve_type("ministère")
    assert vocabulary.relations[vocabulary.default_relation].directed is False


def test_paths_that_lead_nowhere_are_one_line(tmp_path: Path, mistakes) -> None:
    assert mistakes(tmp_path / "none.csv") == ["none.csv: there is no such file or folder. Mend the path."]
    (tmp_path / "map.xyz").touch()
    assert mistakes(tmp_path / "map.xyz") == [f'map.xyz: files of the kind ".xyz" are not read. These are: {KNOWN}.']
    (tmp_path / "map").touch()
    assert mistakes(tmp_path / "map") == [f"map: has no suffix that says its kind. These are: {KNOWN}."]
    assert mistakes(tmp_path / "map", format="doc") == [
        f'map: files of the kind ".doc" are not read. These are: {KNOWN}.'
    ]
    assert mistakes(tmp_path / "map", name="Our map", format="ttl") == [
        'map: "Our map" cannot be a data set\'s name. Write "our-map".'
    ]
    assert mistakes(Path("-")) == [f"-: standard input has no suffix. State its format: {KNOWN}."]


def test_a_folder_that_is_no_data_set_says_what_could_be_read(tmp_path: Path, mistakes) -> None:
    folder = tmp_path / "stuff"
    folder.mkdir()
    start = "stuff: is neither a data set nor a store. A data set has dataset.toml, actors.csv, initiatives.csv or "
    assert mistakes(folder) == [f"{start}relationships.csv, a store was made by `load`."]
    (folder / "b.ttl").touch()
    (folder / "a.json").touch()
    (folder / "c.md").touch()
    assert mistakes(folder) == [f"{start}relationships.csv; or name one of its files: a.json, b.ttl."]


def test_a_suffix_is_read_in_any_case_and_format_comes_before_it(tmp_path: Path, ontology: Ontology) -> None:
    path = tmp_path / "Our Map.TTL"
    path.write_text("<a> <b> <c> .")
    assert read(path, ontology).dataset.name == "our-map"
    other = tmp_path / "map.txt"
    other.write_text("id,label\na,A\n")
    assert len(read(other, ontology, format="csv").records) == 1
    assert all(suffix == suffix.casefold() for suffix in READERS)


def test_standard_input_is_read_in_the_format_that_is_stated(monkeypatch, ontology: Ontology) -> None:
    stdin = SimpleNamespace(buffer=io.BytesIO(b"<a> <b> <c> ."))
    monkeypatch.setattr(sys, "stdin", stdin)
    reading = read("-", ontology, format="ttl", name="piped")
    assert reading.dataset.name == "piped" and reading.path == "-"
    assert len(list(reading.quads)) == len(list(reading.quads)) == 1
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"id,label\na,A\n")))
    assert read("-", ontology, format=".CSV").dataset.name == "standard-input"


def test_standard_input_without_end_is_refused(monkeypatch, mistakes) -> None:
    monkeypatch.setattr(inputs, "FILE_LIMIT", 1024**2)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(bytes(2 * 1024**2))))
    assert mistakes(Path("-"), format="ttl") == ["-: is larger than 1 MB. Give a file instead."]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are of Unix")
def test_a_pipe_can_be_gone_through_twice(tmp_path: Path, ontology: Ontology) -> None:
    pipe = tmp_path / "pipe.ttl"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("<a> <b> <c> .",))
    writer.start()
    reading = read(pipe, ontology)
    writer.join()
    assert len(list(reading.quads)) == len(list(reading.quads)) == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_one_line(write, mistakes) -> None:
    path = write(actors__csv="id,label\n")
    path.chmod(0)
    assert mistakes(path) == ["actors.csv: cannot be read: Permission denied."]


def test_json_of_an_unknown_kind_is_one_line(write, mistakes) -> None:
    assert mistakes(write(map__json='{"knots": [], "edges": []}')) == [
        "map.json: is JSON of no known kind. "
        "A Kumu map has elements and connections, a network nodes and edges; JSON-LD has @context, @graph or @id. "
        "Other lists are read with a plan: `ecosystem plan FILE` writes its skeleton."
    ]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", gzip.compress(b"id,label\n", mtime=0), "a.csv: is packed as gzip. Let its name end in .gz."),
        (
            "a.json",
            b"PK\x03\x04 \x00",
            "a.json: is a workbook or a ZIP archive. Let its name end in .xlsx, .ods or .zip.",
        ),
        ("a.tsv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.tsv: is an old workbook. Let its name end in .xls."),
        ("a.xls", b"<html><table><tr><td>id</td></tr></table>", "a.xls: is a web page. Download the data itself; "),
        ("a.csv", b"\n<!DOCTYPE html><p>Not found", "a.csv: is a web page. Download the data itself; "),
        ("a.xlsx", b"id,label\n", "a.xlsx: is not a workbook, or damaged: Cannot detect file format. Open it, "),
    ],
)
def test_a_file_that_is_of_another_kind_than_its_name_says(
    write, mistakes, ontology: Ontology, name: str, content: bytes, expected: str
) -> None:
    path = write(**{name.replace(".", "__"): content})
    assert mistakes(path)[0].startswith(expected)
    if name == "a.csv":
        plan = write(p__toml='file = "a.csv"\n[actor]\nlabel = "id"\n').parent / "p.toml"
        with pytest.raises(DataError, match=r"is packed as gzip|is a web page"):
            list(read(plan, ontology).stream)


def test_problems_are_kept_up_to_a_number_and_counted_beyond() -> None:
    problems = Problems("map")
    problems.check()
    problems.add(*(Problem("map", line, "is wrong.") for line in range(1, 52)))
    with pytest.raises(DataError) as caught:
        problems.check()
    lines = caught.value.lines()
    assert len(lines) == 51 and lines[-1] == "map: 1 more problem not shown. Mend these first."
