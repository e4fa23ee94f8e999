"""Files packed together: read within limits, and nothing outside of the archive is touched."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ecosystem.ontology import Ontology
from ecosystem.sources import archives, inputs, read

Files = dict[str, bytes]
Pack = Callable[[Files, str], Path]
ACTORS = b"id,label\na,A\n"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    def make(files: Files, name: str) -> Path:
        path = tmp_path / name
        if path.suffix == ".zip":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for member, content in files.items():
                    archive.writestr(member, content)
        else:
            with tarfile.open(path, "w" if path.suffix == ".tar" else "w:gz") as archive:
                for member, content in files.items():
                    entry = tarfile.TarInfo(member)
                    entry.size = len(content)
                    archive.addfile(entry, io.BytesIO(content))
        return path

    return make


NAMES = ("data.zip", "data.tar", "data.tar.gz", "data.tgz")


@pytest.mark.parametrize("name", NAMES)
def test_a_data_set_in_an_archive_reads_as_its_folder(
    pack: Pack, fixtures: Path, ontology: Ontology, name: str
) -> None:
    folder = fixtures / "audits"
    files = {f"audits/{path.name}": path.read_bytes() for path in sorted(folder.iterdir())}
    path = pack({"audits/.hidden.csv": b"x", "__MACOSX/audits/actors.csv": b"x", "README.md": b"x", **files}, name)
    there = read(folder, ontology)
    found = read(path, ontology)
    assert (found.records, found.dataset) == (there.records, there.dataset)
    assert str(found.records[0].origin).endswith(f"{name} (audits/sources.csv):2")


@pytest.mark.parametrize("name", NAMES)
def test_the_only_readable_file_is_read_and_the_others_told(pack: Pack, ontology: Ontology, name: str) -> None:
    reading = read(pack({"some/list.csv": ACTORS, "some/LICENCE": b"words"}, name), ontology)
    assert len(reading.records) == 1
    assert [str(note).rpartition("/")[2] for note in reading.skipped] == ["LICENCE): is passed over."]


@pytest.mark.parametrize("suffix", ["ttl", "nt", "json", "csv"])
def test_any_text_may_be_packed(pack: Pack, tmp_path: Path, fixtures: Path, ontology: Ontology, suffix: str) -> None:
    given = {"json": "kumu-export.json", "csv": "audits/actors.csv"}.get(suffix, f"graph.{suffix}")
    path = fixtures / given
    packed = tmp_path / f"{path.name}.gz"
    if suffix == "csv":
        path = tmp_path / "actors.csv"
        path.write_bytes(ACTORS)
        packed = tmp_path / "actors.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    one, other = read(path, ontology), read(packed, ontology)
    assert len(one.records) == len(other.records) and len(list(one.quads)) == len(list(other.quads))
    assert len(one.records) or list(one.quads)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"../actors.csv": ACTORS}, 'holds "../actors.csv", which would lie outside of it.'),
        ({"/tmp/actors.csv": ACTORS}, 'holds "/tmp/actors.csv", which would lie outside of it.'),
        ({"a\\..\\..\\b.csv": ACTORS}, "which would lie outside of it."),
        ({"inner.zip": b"PK"}, 'holds "inner.zip", which is packed itself.'),
        ({"actors.csv.gz": gzip.compress(ACTORS)}, 'holds "actors.csv.gz", which is packed itself.'),
        ({"a/x.csv": ACTORS, "b/y.csv": ACTORS}, 'holds 2 things that could be read, and not one: "a/x.csv, b/y.csv".'),
        ({"a/actors.csv": ACTORS, "b/actors.csv": ACTORS}, "holds 2 things that could be read, and not one"),
        ({"readme.txt": b"x"}, 'holds 0 things that could be read, and not one: "readme.txt".'),
        ({}, 'holds 0 things that could be read, and not one: "nothing".'),
        ({"actors.csv": b"id,label\na,\n"}, "(actors.csv):2: label is empty."),
    ],
)
def test_archives_that_are_refused(pack: Pack, mistakes, name: str, files: Files, expected: str) -> None:
    (line,) = mistakes(pack(files, name))
    assert line.startswith(name) and expected in line


PLAN = b"""
title = "Bodies"
file = "rows.csv"
[actor]
label = "name"
"""


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_and_its_table_in_one_archive_are_read_as_beside_each_other(
    pack: Pack, ontology: Ontology, tmp_path: Path, name: str
) -> None:
    files = {"rows.csv": b"name\nOne body\nAnother body\n", "plan.toml": PLAN}
    for file, content in files.items():
        (tmp_path / file).write_bytes(content)
    there = read(tmp_path / "plan.toml", ontology, name="bodies")
    inside = {f"some/{file}": content for file, content in files.items()}
    found = read(
        pack({**inside, "some/LICENCE": b"words", "rows.csv": b"name\nNobody\n"}, name), ontology, name="bodies"
    )
    labels = [[one.labels[0].value for batch in reading.stream for one in batch] for reading in (there, found)]
    assert labels == [["One body", "Another body"]] * 2
    assert [str(one).partition("(")[2] for one in found.skipped] == [
        "some/LICENCE): is passed over.",
        "rows.csv): is passed over.",
    ]


def test_a_plan_in_an_archive_reaches_for_nothing_outside_of_it(pack: Pack, tmp_path: Path, mistakes) -> None:
    (tmp_path / "rows.csv").write_bytes(b"name\nOutside\n")
    (line,) = mistakes(pack({"plan.toml": PLAN}, "data.zip"))
    assert 'there is no file "rows.csv" beside this one.' in line


def test_links_in_a_tar_lead_nowhere(tmp_path: Path, mistakes) -> None:
    path = tmp_path / "data.tar"
    with tarfile.open(path, "w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE):
            entry = tarfile.TarInfo("actors.csv")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    assert "holds 0 things" in mistakes(path)[0]


@pytest.mark.parametrize("name", ["data.zip", "data.tar", "data.tgz"])
def test_what_is_no_archive_or_damaged(pack: Pack, tmp_path: Path, mistakes, name: str) -> None:
    whole = pack({"actors.csv": ACTORS * 500}, name).read_bytes()
    for content in (b"no archive", whole[: len(whole) // 2]):
        (tmp_path / name).write_bytes(content)
        (line,) = mistakes(tmp_path / name)
        assert line.startswith(name)


def test_a_locked_archive(pack: Pack, mistakes) -> None:
    path = pack({"actors.csv": ACTORS}, "data.zip")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x03\x04") + 6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))
    assert mistakes(path) == ["data.zip: is locked with a password. Unpack it yourself."]


def test_bombs_are_stopped(pack: Pack, tmp_path: Path, mistakes, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = b"a" * 2**24
    monkeypatch.setattr(archives, "UNPACKED_LIMIT", 2**23)
    assert mistakes(pack({"a.csv": bomb}, "data.zip")) == [
        "data.zip: unpacks to more than 8 MB. Unpack it yourself, and give the files in it."
    ]
    assert "larger than 16 MB" in mistakes(pack({"a.csv": bomb}, "data.tar"))[0]
    for room in (archives, inputs):
        monkeypatch.setattr(room, "RATIO_MATTERS", 2**20)
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(bomb))
    for one in (pack({"a.csv": bomb}, "data.zip"), pack({"a.csv": bomb}, "data.tgz"), path):
        assert "unpacks to more than 250 times its size" in mistakes(one)[0]
    monkeypatch.setattr(archives, "COUNT_LIMIT", 2)
    many = {f"{number}.txt": b"" for number in range(3)}
    assert mistakes(pack(many, "data.zip")) == ["data.zip: holds more than 2 files. Unpack it yourself."]
