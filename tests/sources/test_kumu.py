"""Kumu maps: the service's own export and the reduced form, nothing lost without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ecosystem import terms
from ecosystem.ontology import Ontology
from ecosystem.records import Citation, Dataset, Profile, Relationship, Source, Text
from ecosystem.sources import documents, read

ECO = terms.ECO
NETHERLANDS = terms.COUNTRY_AUTHORITY + "NLD"


def test_an_export_is_read_to_the_last_field(fixtures: Path, ontology: Ontology) -> None:
    reading = read(fixtures / "kumu-export.json", ontology)
    base = terms.ID + "kumu-export/"
    itself = base + "source-map"
    court, treasury, lab = base + "elem-aB1", base + "elem-Ab1", base + "elem-3"
    assert reading.dataset == Dataset("kumu-export", "Audit map", "Drawn for tests.", language="")
    assert reading.records == (
        Source(itself, (Text("Audit map"),)),
        Profile(
            court,
            ECO + "SupremeAuditInstitution",
            (Text("Court"),),
            descriptions=(Text("Audits.\n\nhttps://example.org/court\nhttps://example.org/other"),),
            country=NETHERLANDS,
            homepage="https://example.org/court",
            topics=(ECO + "Govtech",),
            keywords=("Books",),
            citation=Citation(itself, "element elem-aB1"),
        ),
        Profile(
            treasury,
            ECO + "Actor",
            (Text("Treasury"),),
            homepage="https://example.org/t",
            citation=Citation(itself, "element elem-Ab1"),
        ),
        Profile(
            lab,
            ECO + "Actor",
            (Text('Lab\n"x" </script>'),),
            kind="Think-and-do tank",
            citation=Citation(itself, "element elem-3"),
        ),
        Relationship(
            court,
            ECO + "audits",
            treasury,
            strength=2.0,
            role="every year",
            statement=Text("It does."),
            citation=Citation(itself, "connection conn-1"),
        ),
        # Funding has a direction and this connection has none: a tie of unstated kind, with the map's word for it.
        Relationship(treasury, ECO + "tiedTo", lab, role="Funds", citation=Citation(itself, "connection conn-2")),
        Relationship(lab, ECO + "advises", court, citation=Citation(itself, "connection conn-3")),
        Relationship(court, ECO + "advises", lab, citation=Citation(itself, "connection conn-3")),
        Relationship(treasury, ECO + "tiedTo", lab, role="phones", citation=Citation(itself, "connection conn-4")),
    )
    assert len({record.iri for record in reading.records}) == len(reading.records)
    assert [notice.message for notice in reading.skipped] == [
        "not carried over: the attributes betweenness (1), size (1).",
        "kept as ties without direction: 1 directed connection of no known relation.",
        "not carried over: 1 map, 2 perspectives.",
    ]


def test_the_reduced_form_names_its_ends_by_id_or_label(fixtures: Path, ontology: Ontology) -> None:
    reading = read(fixtures / "kumu-reduced.json", ontology)
    base = terms.ID + "kumu-reduced/"
    _, court, other, *twins, together, apart = reading.records
    assert court.iri == base + "court-of-audit" and court.topics == (ECO + "Govtech",)
    assert other.labels == (Text("محكمة"),) and other.iri.startswith(base + "unnamed-")
    assert [twin.iri for twin in twins] == [base + "7", base + "t2"]
    assert (together.subject, together.relation, together.object) == (
        court.iri,
        ECO + "collaboratesWith",
        other.iri,
    )
    assert (apart.subject, apart.object, apart.citation.locator) == (base + "7", base + "t2", "connections[1]")


def test_labels_that_make_the_same_id_stay_apart(read_file) -> None:
    names = ["A & B", "a b", "source map", "!!!", "???"]
    document = {"elements": [{"label": name} for name in names], "connections": []}
    records = read_file("map.json", json.dumps(document)).records
    assert len({record.iri for record in records}) == 1 + len(names)
    again = read_file("map.json", json.dumps(document)).records
    assert [record.iri for record in records] == [record.iri for record in again]


def test_a_real_map_comes_whole(shared_data: Path, ontology: Ontology) -> None:
    reading = read(shared_data / "kumu-uk-science-networks" / "science-networks.json", ontology)
    profiles = [record for record in reading.records if isinstance(record, Profile)]
    ties = [record for record in reading.records if isinstance(record, Relationship)]
    assert (len(profiles), len(ties), len(reading.records)) == (342, 449, 792)
    assert len({profile.iri for profile in profiles}) == 342 and len({tie.iri for tie in ties}) == 449
    assert reading.dataset.title == "Science Networks"
    described = {profile.iri for profile in profiles}
    assert {end for tie in ties for end in (tie.subject, tie.object)} <= described
    assert sum(profile.type == ontology.default_actor_type for profile in profiles) < 100
    assert all(profile.kind != "n/a" for profile in profiles)
    assert {tie.role for tie in ties} == {"", "External"}
    moredun = next(profile for profile in profiles if profile.labels == (Text("MRI"),))
    assert moredun.homepage == "https://moredun.org.uk/"


def blueprint(elements: object = (), connections: object = ()) -> str:
    return json.dumps({"elements": elements, "connections": connections})


PAIR = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
BAD_MAPS = {
    "an unknown end": (
        blueprint(PAIR, [{"from": "a", "to": "nobody"}]),
        ["connections[0]: 'to' names \"nobody\", which is no element. Add the element, or mend the name."],
    ),
    "no end": (
        blueprint(PAIR, [{"from": "a"}]),
        ["connections[0] has no 'to'. Name the element by its id or label."],
    ),
    "a label that two have": (
        blueprint([{"id": 1, "label": "A"}, {"id": 2, "label": "A"}], [{"from": "A", "to": 1}]),
        ["connections[0]: 'from' names \"A\", which is the label of 2 elements. Name the element by its id."],
    ),
    "no label": (
        blueprint([{"id": "a"}, {"label": " "}]),
        [f"elements[{number}] has no label. Name it in Kumu, or leave it out." for number in (0, 1)],
    ),
    "ids twice": (
        blueprint([*PAIR, {"id": "a", "label": "C"}], [{"id": "c", "from": "a", "to": "b"}] * 2),
        [
            'elements[2]: "a" names another element already. Give each its own id.',
            'connections[1]: the id "c" is that of another connection. Give each its own id.',
        ],
    ),
    "labels twice": (
        blueprint([{"label": "A"}, {"label": "A"}]),
        ['elements[1]: "A" names another element already. Give each its own id.'],
    ),
    "a direction of its own": (
        blueprint(PAIR, [{"from": "a", "to": "b", "direction": "sideways"}]),
        ['connections[0]: the direction "sideways" is not known. Write directed, undirected or mutual.'],
    ),
    "no lists": (
        blueprint({}, None),
        [f"{name} is not a list. Export the map again as a JSON blueprint." for name in ("elements", "connections")],
    ),
    "no objects": (
        blueprint(["A"], [1]),
        [f"{name}[0] is not an object. Mend it, or export the map again." for name in ("elements", "connections")],
    ),
    "half a character": (
        '{"elements": [{"label": "\\ud800"}], "connections": []}',
        ["holds half of a character, as \\ud800. Write the character itself, or both halves of its escape."],
    ),
    "too long a number": (
        '{"elements": ' + "9" * 5000 + "}",
        ["holds a number that is too long to be read. Shorten it."],
    ),
    "deep": ('{"elements": ' * 700 + "1" + "}" * 700, ["nests more than 500 deep. Is this the right file?"]),
    "very deep": ("[" * 200_000, ["nests more than 500 deep. Is this the right file?"]),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_MAPS)
def test_a_bad_map_is_told_by_its_place(write, mistakes, case: str) -> None:
    text, expected = BAD_MAPS[case]
    assert mistakes(write(map__json=text)) == [f"map.json: {line}" for line in expected]


def test_json_that_is_none_is_told_by_its_line(write, mistakes) -> None:
    assert mistakes(write(map__json='{\n"elements": [],\n"connections": [\n')) == [
        "map.json:4: is not JSON: Expecting value (column 1). The file may be cut short: fetch it again."
    ]
    assert mistakes(write(map__json='{"elements": [}')) == [
        "map.json:1: is not JSON: Expecting value (column 15). Mend this line."
    ]
    assert mistakes(write(map__json='{\n"elements": "é"'.encode("latin-1"))) == [
        "map.json:2: is not UTF-8: byte 0xE9 at position 14 of this line. "
        "Save the file as UTF-8 (in a spreadsheet: CSV UTF-8)."
    ]


def test_json_beyond_the_limit_is_refused(write, mistakes, monkeypatch) -> None:
    monkeypatch.setattr(documents, "SIZE_LIMIT", 1024**2)
    assert mistakes(write(map__json=" " * (1024**2 + 1))) == [
        "map.json: is larger than 1 MB. Split it into several files."
    ]
