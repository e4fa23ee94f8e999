"""Tables of matches: written as SSSOM asks, read as people leave them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem import terms
from ecosystem.errors import DataError
from ecosystem.reconciliation import Match, read_sssom, sssom
from ecosystem.reconciliation.judging import LEXICAL

MATCH = Match(
    subject_id=terms.ID + "caf",
    subject_label="CAF",
    predicate_id=terms.EXACT_MATCH,
    predicate_modifier="",
    object_id="https://example.org/org#12",
    object_label="Development Bank",
    mapping_justification=LEXICAL,
    subject_source=terms.ID + "dataset/opsi",
    object_source="",
    confidence=0.97,
    comment="same name",
)
CELLS = ["id:caf", "CAF", "skos:exactMatch", "", "ns1:12", "Development Bank", "semapv:LexicalMatching"]
ROW = "\t".join([*CELLS, "id:dataset/opsi", "", "0.97", "same name"])
GOLDEN = f"""\
#curie_map:
#  id: https://w3id.org/ecosystem-mapper/id/
#  ns1: https://example.org/org#
#mapping_set_id: https://w3id.org/ecosystem-mapper/id/matches
#mapping_set_title: Two data sets
#license: https://w3id.org/sssom/license/unspecified
#mapping_tool: ecosystem-mapper
subject_id	subject_label	predicate_id	predicate_modifier	object_id	object_label	mapping_justification	\
subject_source	object_source	confidence	comment
{ROW}
"""


def read(tmp_path: Path, text: str, known: dict[str, str] | None = None) -> list[Match]:
    path = tmp_path / "m.sssom.tsv"
    path.write_bytes(text.encode("utf-8"))
    return read_sssom(path, known)


def test_a_table_is_written_as_the_standard_asks(tmp_path: Path) -> None:
    assert sssom([MATCH], title="Two data sets") == GOLDEN
    assert read(tmp_path, GOLDEN) == [MATCH]


def test_hostile_labels_break_no_row_and_are_no_formula(tmp_path: Path) -> None:
    hostile = replace(MATCH, subject_label='=cmd|"/c calc"\t\n#x', object_label="\u202e@SUM(1)", comment="a\r\nb\x00c")
    text = sssom([hostile], title='x: "y"\n#curie_map: {}')
    rows = list(csv.reader(io.StringIO(text[text.index("subject_id") :]), delimiter="\t"))
    assert len(rows) == 2
    assert len(rows[1]) == len(rows[0])
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in rows[1])
    assert [line[0] for line in text.split("\n")[:8]] == ["#"] * 7 + ["s"]
    (again,) = read(tmp_path, text)
    assert again.subject_label == '=cmd|"/c calc" #x'
    assert again.comment == "a b c"


IRIS = st.one_of(
    st.from_regex(r"https?://[a-z]{1,5}\.org/[A-Za-z0-9_/#:.%-]{0,12}", fullmatch=True),
    st.from_regex(r"urn:[a-z]{2,4}:[a-z0-9:]{1,8}", fullmatch=True),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(IRIS, IRIS, st.text(max_size=12), st.sampled_from(["", "Not"])), max_size=6))
def test_what_is_written_is_read_back(tmp_path_factory, rows) -> None:
    matches = {}
    for one, other, label, modifier in rows:
        if one != other:
            match = replace(MATCH, subject_id=one, object_id=other, subject_label=label, predicate_modifier=modifier)
            matches.setdefault(match.pair, match)
    text = sssom(matches.values())
    again = read(tmp_path_factory.mktemp("m"), text)
    told = [(match.subject_id, match.object_id, match.predicate_modifier) for match in again]
    assert told == [(match.subject_id, match.object_id, match.predicate_modifier) for match in matches.values()]
    assert sssom(again) == text


def test_a_spreadsheet_s_way_of_saving_is_read(tmp_path: Path) -> None:
    lines = GOLDEN.splitlines()
    saved = [
        f'"{line}"\t\t\t' if number == 4 else line + "\t" * 10 if line[0] == "#" else line
        for number, line in enumerate(lines)
    ]
    assert read(tmp_path, "\ufeff" + "\r\n".join(saved) + "\r\n\t\t\t\r\n") == [MATCH]


MISTAKES = [
    ("id:caf", "id:nobody", "10: the subject_id 'id:nobody' is no actor of these data. "),
    ("id:caf", "nowhere:caf", "10: the subject_id 'nowhere:caf' has a prefix that the curie_map does not declare. "),
    ("id:caf\t", "\t", "10: has no subject_id. "),
    ("skos:exactMatch", "owl:sameAs", "10: the predicate_id 'owl:sameAs' is no match of SKOS. "),
    ("0.97", "1.2", "10: the confidence '1.2' is no number between 0 and 1. "),
    ("0.97", "nan", "10: the confidence 'nan' is no number between 0 and 1. "),
    ("exactMatch\t", "exactMatch\tperhaps", "10: the predicate_modifier 'perhaps' is not known. "),
    ("ns1:12", "id:caf", "10: 'id:caf' is matched with itself. "),
    ("same name", "same name\tx", "10: has 12 cells for 11 columns. "),
    ("same name", '"open', "10: is no tab-separated row: unexpected end of data. "),
]


@pytest.mark.parametrize(("right", "wrong", "words"), MISTAKES, ids=[wrong for _, wrong, _ in MISTAKES])
def test_a_mistake_is_one_line_with_its_row(tmp_path: Path, right: str, wrong: str, words: str) -> None:
    known = {MATCH.subject_id: "CAF", MATCH.object_id: "Bank"}
    text = GOLDEN.replace(ROW, ROW + "\n" + ROW.replace(right, wrong))
    with pytest.raises(DataError) as caught:
        read(tmp_path, text, known)
    (line,) = caught.value.lines()
    assert line.startswith(f"{tmp_path / 'm.sssom.tsv'}:{words}"), line


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = GOLDEN + ROW.replace("0.97", "x") + "\n" + ROW.replace("skos:exactMatch\t", "skos:exactMatch\tNot") + "\n"
    with pytest.raises(DataError) as caught:
        read(tmp_path, text)
    assert [line.partition(": ")[2] for line in caught.value.lines()] == [
        "the confidence 'x' is no number between 0 and 1. Write it as 0.9.",
        "says otherwise than line 9 of the same two. Keep one of the two rows.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there is no column subject_id"),
        ("a\tb\n1\t2\n", "there is no column subject_id"),
        ("#curie_map: {a: b}\nsubject_id\n", "the curie_map is not written one prefix a line."),
        ("#curie_map:\n#  id no\nsubject_id\n", "'id no' declares no prefix."),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        read(tmp_path, text)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (GOLDEN + text).encode("utf-8", "replace")))
def test_no_bytes_crash_the_reader(tmp_path_factory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("m") / "m.tsv"
    path.write_bytes(content)
    try:
        read_sssom(path)
    except DataError as error:
        assert all("\n" not in line for line in error.lines())
