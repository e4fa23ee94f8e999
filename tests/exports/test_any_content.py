"""Whatever words records hold, writing and reading gives them back, and nothing hostile gets out of its place."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest
from comparing import assert_same
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecosystem import terms
from ecosystem.exports import FORMATS
from ecosystem.ontology import Ontology
from ecosystem.records import Citation, Profile, Record, Relationship, Source, Text
from ecosystem.sources import read

ONTOLOGY = Ontology.load()
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# Words as every reader hands them on: no blanks around them, none of the few signs that XML cannot hold.
LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff|", include_characters="<>&\"'=\n\t"
)
HOSTILE = st.sampled_from(
    [
        '=HYPERLINK("x")',
        "</data><x>",
        "&lol;",
        "]]>",
        '"><script>',
        "javascript:alert(1)",
        "a\nb",
        "-1+1",
        "n/a ?",
        "\\",
    ]
)
WORDS = (st.text(LETTERS, min_size=1, max_size=20).map(str.strip) | HOSTILE).filter(
    lambda words: words and words.casefold() not in ("n/a", r"\n") and words[:2] not in ("'=", "'+", "'-", "'@")
)
DATES = st.sampled_from(["", "1999", "2020-02", "2024-02-29"])
TAGS = st.sampled_from(["", "en", "fr", "pt-br"])
PLAIN_TYPES = sorted(iri for iri, kind in ONTOLOGY.kinds.items() if not kind.is_place)
RELATIONS = sorted(ONTOLOGY.relations)
SOURCE = Source("https://example.org/s", (Text("A source", "en"),), url="https://example.org/s?a=1&b", publisher="P")
CERTAINTIES = sorted(ONTOLOGY.certainties)


@st.composite
def some_records(draw: st.DrawFn) -> tuple[Record, ...]:
    profiles = [
        Profile(
            draw(st.sampled_from([terms.ID, "https://example.org/", terms.ID + "a/"])) + f"n{number}",
            draw(st.sampled_from(PLAIN_TYPES)),
            (Text(draw(WORDS), draw(TAGS)),),
            acronym=draw(st.just("") | WORDS),
            descriptions=tuple(Text(words, "en") for words in draw(st.lists(WORDS, max_size=1))),
            country=draw(st.sampled_from(["", terms.COUNTRY_AUTHORITY + "CHL"])),
            since=draw(DATES),
            until="",
            keywords=tuple(draw(st.lists(WORDS.filter(_is_no_concept), max_size=2, unique=True))),
            citation=Citation(SOURCE.iri, draw(WORDS)),
        )
        for number in range(draw(st.integers(1, 4)))
    ]
    ends = st.sampled_from([one.iri for one in profiles])
    ties = [
        Relationship(
            draw(ends),
            draw(st.sampled_from(RELATIONS)),
            draw(ends),
            since=draw(DATES),
            strength=draw(st.none() | st.floats(0.001, 1e6)),
            confidence=draw(st.none() | st.floats(0, 1)),
            certainty=draw(st.sampled_from(CERTAINTIES)),
            role=draw(st.just("") | WORDS.filter(_is_no_relation)),
            statement=draw(st.just(Text("")) | st.builds(Text, WORDS, TAGS)),
            citation=Citation(SOURCE.iri, f"§ {number}"),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    return (*profiles, *ties)


def _is_no_concept(words: str) -> bool:
    return ONTOLOGY.resolve_concept(words) is None and "|" not in words


def _is_no_relation(words: str) -> bool:
    return ONTOLOGY.resolve_relation(words) is None


def written_and_read(form: str, records: tuple[Record, ...], make_content) -> tuple[Record, ...]:
    profiles = [one for one in records if isinstance(one, Profile)]
    content = make_content(profiles, [one for one in records if isinstance(one, Relationship)], [SOURCE])
    made = FORMATS[form].write(content)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"some{FORMATS[form].suffix}"
        if isinstance(made, bytes):
            path.write_bytes(made)
        else:
            path.mkdir()
            for name, part in made.items():
                (path / name).write_bytes(part)
        return read(path, ONTOLOGY).records


@pytest.mark.parametrize("form", ["graphml", "gexf", "graphology", "node-link", "kumu", "gephi"])
@quick
@given(records=some_records())
def test_any_records_come_back(form: str, records: tuple[Record, ...], make_content) -> None:
    found = written_and_read(form, records, make_content)
    assert SOURCE in found
    # Kumu shows no kind beside a type; a stated address in a description becomes a page there.
    assert_same(found, records)


@pytest.mark.parametrize("form", ["pajek", "ftm"])
@quick
@given(records=some_records())
def test_formats_with_less_room_lose_no_tie(form: str, records: tuple[Record, ...], make_content) -> None:
    found = written_and_read(form, records, make_content)
    said = [one for one in records if isinstance(one, Relationship) and one.certainty != terms.DENIED]
    ties = [one for one in found if isinstance(one, Relationship)]
    assert sorted(one.relation for one in ties) == sorted(one.relation for one in said)
    labels = [" ".join(one.labels[0].value.split()) for one in found if isinstance(one, Profile)]
    wanted = [" ".join(one.labels[0].value.split()) for one in records if isinstance(one, Profile)]
    assert labels == wanted


@quick
@given(words=st.text(max_size=30))
def test_no_words_break_the_xml(words: str, make_content) -> None:
    profile = Profile(terms.ID + "a", terms.ACTOR, (Text(words.encode("utf-8", "replace").decode() or "x"),))
    content = make_content([profile])
    for form in ("graphml", "gexf"):
        root = ElementTree.fromstring(FORMATS[form].write(content))
        assert len(root.findall(".//{*}node")) == 1


def test_formulas_are_no_formulas(make_content) -> None:
    evil = '=HYPERLINK("https://example.org")'
    profile = Profile(terms.ID + "a", terms.ACTOR, (Text(evil),), acronym="@x", keywords=("+1+1",))
    content = make_content([profile])
    for form, name in (("gephi", "nodes.csv"), ("dataset", "actors.csv")):
        cells = [cell for row in csv.reader(io.StringIO(FORMATS[form].write(content)[name].decode())) for cell in row]
        assert not any(cell.startswith(("=", "@", "+")) for cell in cells) and f"'{evil}" in cells
    from zipfile import ZipFile

    book = ZipFile(io.BytesIO(FORMATS["xlsx"].write(content)))
    sheets = [book.read(name) for name in book.namelist() if "worksheets" in name]
    assert sheets and not any(b"<f>" in sheet or b"hyperlink" in sheet for sheet in sheets)


def test_a_denied_relationship_is_no_tie_where_nothing_can_say_so(make_content) -> None:
    from ecosystem.exports import left_out

    profiles = [Profile(terms.ID + name, terms.ACTOR, (Text(name),)) for name in "ab"]
    denied = Relationship(profiles[0].iri, RELATIONS[0], profiles[1].iri, certainty=terms.DENIED)
    content = make_content(profiles, [denied, replace(denied, certainty=terms.STATED)])
    assert FORMATS["pajek"].write(content).count(b"1 2") == 1
    assert b"Denied" in FORMATS["graphml"].write(content)
    told = left_out(content, FORMATS["pajek"].carried)
    assert "1 relationships that are denied, or lead to concepts or countries" in told
    assert left_out(content, FORMATS["graphml"].carried) == []
