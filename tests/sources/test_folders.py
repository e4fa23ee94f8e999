"""Data set folders: the description, and files that are none of its tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecosystem.ontology import Ontology
from ecosystem.records import Dataset, Text
from ecosystem.sources import read

ACTORS = "id,label\na,A\n"


def test_a_folder_needs_no_description(tmp_path: Path, ontology: Ontology) -> None:
    folder = tmp_path / "Contraloría 2022"
    folder.mkdir()
    (folder / "actors.csv").write_text(ACTORS)
    assert read(folder, ontology).dataset == Dataset("contraloria-2022", "Contraloría 2022")


def test_the_description_gives_language_and_name_unless_another_is_asked_for(write, ontology: Ontology) -> None:
    folder = write(dataset__toml='name = "cour"\ntitle = "Cour"\nlanguage = "FR"\n', actors__csv=ACTORS)
    reading = read(folder, ontology)
    assert reading.dataset == Dataset("cour", "Cour", language="fr")
    assert reading.records[0].labels == (Text("A", "fr"),)
    assert reading.path == str(folder)
    assert read(folder, ontology, name="edition-2").dataset.name == "edition-2"


def test_misspelt_tables_and_keys_are_told(write, ontology: Ontology, tmp_path: Path) -> None:
    folder = write(
        dataset__toml='license = "CC0-1.0"\n[extra]\nx = 1\n',
        actors__csv=ACTORS,
        relationship__csv="x\n",
        notes__md="-",
    )
    assert [str(notice).replace(f"{tmp_path}/", "") for notice in read(folder, ontology).skipped] == [
        "relationship.csv: is none of a data set's tables and is passed over. Did you mean relationships.csv?",
        'dataset.toml: key "license" is passed over. Did you mean licence?',
        'dataset.toml: key "extra" is passed over.',
    ]


BAD_DESCRIPTIONS = {
    'title = ["A"]\n': ['dataset.toml: title is not text. Write title = "…".'],
    "x = " + "[" * 5000: ["dataset.toml: nests too deep."],
    b'title = "\xe9"\n': [
        "dataset.toml:1: is not UTF-8: byte 0xE9 at position 10 of this line. "
        "Save the file as UTF-8 (in a spreadsheet: CSV UTF-8)."
    ],
    'name = "Cour des comptes"\ndate = "soon"\nlanguage = "French!"\n': [
        'dataset.toml: date "soon" is not a date. Write 2022, 2022-06 or 2022-06-21.',
        'dataset.toml: language "French!" is not a language tag. Write a tag such as en, fr or pt-br.',
        'dataset.toml: name "Cour des comptes" is not a data set\'s name: '
        'those are lower-case letters, digits, dots and hyphens. Write "cour-des-comptes".',
    ],
}


@pytest.mark.parametrize("text", BAD_DESCRIPTIONS, ids=range(len(BAD_DESCRIPTIONS)))
def test_a_bad_description_is_told(write, mistakes, text: str) -> None:
    assert mistakes(write(dataset__toml=text, actors__csv=ACTORS)) == BAD_DESCRIPTIONS[text]


@pytest.mark.parametrize(
    ("text", "place"), [('title = "A\n', ":1"), ('title = "A"\ntitle = "B"\n', ":2"), ("title = ", "")]
)
def test_a_description_that_is_not_toml_is_told_by_its_line(write, mistakes, text: str, place: str) -> None:
    (line,) = mistakes(write(dataset__toml=text, actors__csv=ACTORS))
    # The words between are the standard library's, and change with it.
    assert line.startswith(f"dataset.toml{place}: is not TOML: ") and line.endswith(". Mend this line.")


def test_a_description_without_tables_is_told(tmp_path: Path, mistakes) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "dataset.toml").write_text('title = "A"\n')
    assert mistakes(tmp_path / "set") == [
        "set/dataset.toml: describes a data set that has no tables. "
        "Put actors.csv, initiatives.csv or relationships.csv beside it."
    ]


def test_description_and_tables_are_told_together(write, mistakes) -> None:
    lines = mistakes(write(dataset__toml="date = 1\n", actors__csv="id,label\nA,A\n", figures__csv="id\nf\n"))
    assert [line.partition(":")[0] for line in lines] == ["dataset.toml", "actors.csv", "figures.csv"]
