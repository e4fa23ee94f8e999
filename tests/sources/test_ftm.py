"""Entities of FollowTheMoney: what each schema is, stands in the ontology; people stay out, and are counted."""

from __future__ import annotations

import json

from comparing import told

from ecosystem.records import Profile, Relationship, Source


def lines(*entities: tuple[str, str, dict[str, object]]) -> str:
    return "".join(
        json.dumps({"id": id_, "schema": schema, "properties": said}) + "\n" for id_, schema, said in entities
    )


ENTITIES = lines(
    ("m1", "Membership", {"member": ["body"], "organization": ["org"], "startDate": ["2019-01-01T00:00:00"],
     "endDate": ["2020"], "role": ["observer"], "summary": ["It joined."], "sourceUrl": ["https://example.org/r"],
     "publisher": ["A register"]}),
    ("body", "PublicBody", {"name": ["Court", "Cour"], "country": ["fr"], "website": ["https://example.org/"],
     "weakAlias": ["CC"], "topics": ["gov.national"], "classification": ["Supreme audit institution"]}),
    ("org", "Organization", {"name": ["Network"], "country": ["fr", "de"]}),
    ("co", "Company", {"name": ["Sub"], "parent": ["org"], "jurisdiction": ["Atlantis"]}),
    ("prj", "Project", {"name": ["A project"], "startDate": ["2018"]}),
    ("post", "Position", {"name": ["Minister"]}),
    ("p1", "Person", {"name": ["Somebody"]}),
    ("d1", "Directorship", {"director": ["p1"], "organization": ["co"]}),
    ("o1", "Ownership", {"owner": ["org"], "asset": ["co"], "percentage": ["51"]}),
    ("l1", "UnknownLink", {"subject": ["body"], "object": ["co"], "role": ["audits", "yearly"]}),
    ("pp", "ProjectParticipant", {"participant": ["body", "co"], "project": ["prj"]}),
    ("pay", "Payment", {"payer": ["body"], "beneficiary": ["co"], "amount": ["10.5"], "currency": ["EUR"]}),
)  # fmt: skip


def test_things_and_intervals(read_file) -> None:
    reading = read_file("some.ftm", ENTITIES)
    profiles, ties = told(reading)
    assert profiles == [
        ("Court", "SupremeAuditInstitution", "", "FRA"),
        ("Network", "Actor", "", ""),
        ("Sub", "Company", "", ""),
        ("A project", "Initiative", "", ""),
        ("Minister", "Office", "", ""),
    ]
    assert sorted(ties) == [
        ("body", "audits", "co", None),
        ("body", "funds", "co", None),
        ("body", "memberOf", "org", None),
        ("body", "participatesIn", "prj", None),
        ("co", "partOf", "org", None),
        ("co", "participatesIn", "prj", None),
        ("org", "tiedTo", "co", None),
    ]
    member, *rest = (one for one in reading.records if isinstance(one, Relationship))
    assert (member.since, member.until, member.role, member.statement.value) == (
        "2019-01-01",
        "2020",
        "observer",
        "It joined.",
    )
    by_relation = {one.relation.rpartition("#")[2]: one for one in rest}
    assert by_relation["tiedTo"].role == "Ownership" and by_relation["audits"].role == "yearly"
    assert (by_relation["funds"].amount, by_relation["funds"].currency) == (10.5, "EUR")
    sources = {one.iri: one for one in reading.records if isinstance(one, Source)}
    assert sources[member.citation.source].url == "https://example.org/r"
    court = next(one for one in reading.records if isinstance(one, Profile))
    assert (court.acronym, [text.value for text in court.alternatives]) == ("CC", ["Cour"])
    assert [problem.message for problem in reading.skipped] == [
        "not carried over: entities of schemata that are not read: Person (1).",
        "not carried over: relationships that lead to what is not carried over: Directorship (1).",
        "not carried over: places that no country is called: Atlantis (1).",
        "not carried over: the properties percentage (1), several countries (1), topics (1).",
    ]


def test_entities_are_known_by_their_first_line(read_file) -> None:
    for name in ("some.json", "some.jsonl", "some.ftm"):
        assert len(told(read_file(name, ENTITIES))[0]) == 5


NESTED = {
    "id": "co",
    "schema": "Company",
    "properties": {
        "name": ["Acme"],
        "ownershipAsset": [
            {"id": "o", "schema": "Ownership", "properties": {"asset": ["co"], "owner": [
                {"id": "org", "schema": "Organization", "properties": {"name": ["Holding"]}}]}}
        ],
        "summary": ["Makes anvils.", "Since long."],
        "website": ["https://example.org/", "https://example.com/"],
        "incorporationDate": ["2003", "2003-05", "1999"],
        "legalForm": ["GmbH", "Ltd"],
    },
}  # fmt: skip


def test_nested_entities_and_several_values_are_kept_or_told(read_file) -> None:
    reading = read_file("some.ftm", json.dumps(NESTED) + "\n")
    assert [name for name, *_ in told(reading)[0]] == ["Acme", "Holding"]
    assert [(one.subject[-3:], one.object[-2:]) for one in reading.records if isinstance(one, Relationship)] == [
        ("org", "co")
    ]
    acme = next(one for one in reading.records if isinstance(one, Profile))
    assert acme.descriptions[0].value == "Makes anvils.\nSince long."
    assert (acme.homepage, acme.since, acme.kind) == ("https://example.org/", "2003-05", "GmbH; Ltd")
    assert "website (1)" in reading.skipped[-1].message and "since (1)" in reading.skipped[-1].message


def test_a_list_of_entities_is_read_as_its_lines_are(read_file) -> None:
    entities = [json.loads(line) for line in ENTITIES.splitlines()]
    expected = told(read_file("some.ftm", ENTITIES))
    for document in (entities, {"results": entities}):
        assert told(read_file("some.json", json.dumps(document, indent=1))) == expected


def test_mistakes(write, mistakes) -> None:
    content = lines(
        ("a", "Company", {"name": ["A"]}),
        ("a", "Company", {"name": ["B"]}),
        ("l", "UnknownLink", {"subject": ["a"], "object": ["z"]}),
        ("k", "UnknownLink", {"subject": ["a"]}),
    )
    assert mistakes(write(some__ftm=content + "{\n[]\n")) == [
        'some.ftm:2: the id "a" is that of line 1. Give each its own id.',
        "some.ftm:5: is not JSON. Each line is one entity; is the file cut short?",
        "some.ftm:6: is no entity. An entity has id, schema and properties.",
        'some.ftm:3: "z" is no entity of this file. Add the entity.',
        "some.ftm:4: names no end. An entity of the schema UnknownLink ties two.",
    ]
