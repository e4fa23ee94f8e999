"""What is written is read back: the same actors and relationships, with all that the format says it carries."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from comparing import assert_same

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.api import open as open_ecosystem
from ecosystem.api.exporting import export
from ecosystem.api.recorded import recorded
from ecosystem.exports import FORMATS
from ecosystem.records import Profile, Relationship
from ecosystem.sources import read

LOSSLESS = ("graphml", "gexf", "kumu", "graphology", "node-link", "gephi", "dataset")
SUFFIX = {name: one.suffix for name, one in FORMATS.items()}


@pytest.mark.parametrize("form", LOSSLESS)
def test_the_bundled_data_come_back(form: str, opsi: Ecosystem, tmp_path: Path) -> None:
    path = tmp_path / f"opsi{SUFFIX[form]}"
    export(opsi, path, form)
    content = recorded(opsi).content
    reading = read(path, opsi.ontology)
    assert_same(reading.records, (*content.profiles, *content.relationships))
    assert [problem.message for problem in reading.skipped] == []
    again = open_ecosystem(path)
    sources = {one.iri: one for one in recorded(again).content.sources}
    assert all(sources[one.iri] == one for one in content.sources if one.iri in sources)
    cited = {said.citation.source for said in content.relationships}
    assert cited <= sources.keys()


def test_kumu_in_and_out_and_in_is_the_same_map(shared_data: Path, tmp_path: Path) -> None:
    first = open_ecosystem(shared_data / "kumu-uk-science-networks" / "science-networks.json")
    path = tmp_path / "science-networks.json"
    assert export(first, path, "kumu") == ()
    one, other = recorded(first).content, recorded(open_ecosystem(path)).content
    assert (len(one.profiles), len(one.relationships)) == (342, 449)
    assert_same((*other.profiles, *other.relationships), (*one.profiles, *one.relationships))
    assert other.sources == one.sources


@pytest.mark.parametrize("form", ["pajek", "ftm"])
def test_formats_with_less_room_keep_who_is_tied_to_whom(form: str, opsi: Ecosystem, tmp_path: Path) -> None:
    path = tmp_path / f"opsi{SUFFIX[form]}"
    left_out = export(opsi, path, form)
    content = recorded(opsi).content
    reading = read(path, opsi.ontology)
    labels = {one.iri: one.labels[0].value for one in reading.records if isinstance(one, Profile)}
    english = {one.iri: one.labels[0].value for one in content.profiles}
    assert Counter(" ".join(label.split()) for label in english.values()) == Counter(labels.values())
    found = Counter(
        (labels[one.subject], one.relation, labels[one.object])
        for one in reading.records
        if isinstance(one, Relationship)
    )
    between = [one for one in content.relationships if one.subject in english and one.object in english]
    kept = [one for one in between if one.certainty != terms.DENIED]
    assert found == Counter((english[one.subject], one.relation, english[one.object]) for one in kept)
    lost = len(content.relationships) - len(kept)
    assert f"{lost:,} relationships that are denied, or lead to concepts or countries" in left_out
