"""Tables: every cell where it belongs, true row numbers, and one clear line for each mistake."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ecosystem import terms
from ecosystem.ontology import Ontology
from ecosystem.records import Citation, Dataset, Figure, Origin, Profile, Relationship, Source, Text
from ecosystem.sources import cells, dialects, inputs, read, rows

ECO, ID = terms.ECO, terms.ID
NLD = terms.COUNTRY_AUTHORITY + "NLD"
REPORT, TALK = ID + "report", ID + "talk"
TIE = "subject,relation,object"


def test_a_data_set_folder_is_read_to_the_last_cell(fixtures: Path, ontology: Ontology) -> None:
    reading = read(fixtures / "audits", ontology)
    assert reading.dataset == Dataset(
        "audits", "Who audits whom", "A data set for tests.", "CC0-1.0", "Nobody", "2022-06-21", "en"
    )
    assert reading.skipped == ()
    assert reading.records == (
        Source(
            REPORT,
            (Text("A report", "en"),),
            "https://example.org/report",
            "An author",
            "A publisher",
            "2021-06",
            "CC-BY-4.0",
        ),
        Source(
            TALK,
            (Text("A recording", "en"),),
            "https://example.org/talk",
            time_stamped_url="https://example.org/talk?t={seconds}s",
        ),
        Profile(
            ID + "court",
            ECO + "SupremeAuditInstitution",
            (Text("Court of Audit", "en"), Text("Cour des comptes", "fr")),
            (Text("The Court", "en"), Text("Auditors", "en")),
            "CoA",
            (Text('Looks into "books",\nline by line', "en"),),
            NLD,
            since="1814",
            homepage="https://example.org/court",
            identifiers=("wikidata:Q1", "Q2"),
            topics=(ECO + "AlgorithmicAccountability",),
            citation=Citation(REPORT, "p. 1"),
        ),
        Profile(
            ID + "lab",
            ECO + "Actor",
            (Text("Policy lab", "en"),),
            kind="Think-and-do tank",
            citation=Citation(TALK, "00:01:02"),
        ),
        Profile(ID + "treasury", ECO + "Ministry", (Text("Treasury", "en"),), country=NLD),
        Profile("https://example.org/bank", ECO + "DevelopmentBank", (Text("Bank", "en"),)),
        Profile(
            ID + "scan",
            ECO + "Pilot",
            (Text("Algorithm scan", "en"),),
            country=NLD,
            stage=ECO + "Experimenting",
            since="2021-03",
            until="2022",
            citation=Citation(REPORT, "p. 2"),
        ),
        Relationship(
            ID + "court",
            ECO + "audits",
            ID + "treasury",
            since="2021",
            strength=2.5,
            confidence=0.9,
            certainty=ECO + "Implied",
            role="lead auditor",
            statement=Text("The court looks into the treasury's books.", "en"),
            citation=Citation(REPORT, "p. 3"),
        ),
        Relationship(
            "https://example.org/bank",
            ECO + "funds",
            ID + "scan",
            since="2021-03-01",
            until="2022-03-01",
            amount=2_500_000.0,
            currency="EUR",
            citation=Citation(TALK, "00:01:02"),
            given_iri=ID + "grant",
        ),
        Relationship(ID + "lab", ECO + "addresses", ECO + "Govtech"),
        Relationship(ID + "court", ECO + "activeIn", NLD),
        Figure(
            ID + "figure-scan",
            ID + "scan",
            (Text("Algorithms looked at", "en"),),
            9.0,
            "algorithms",
            "2022",
            Citation(REPORT, "p. 4"),
        ),
    )


def test_rows_are_numbered_by_the_line_on_which_they_begin(fixtures: Path, ontology: Ontology) -> None:
    reading = read(fixtures / "audits", ontology)
    actors = str(fixtures / "audits" / "actors.csv")
    assert [record.origin for record in reading.records if record.origin.path == actors] == [
        Origin(actors, line) for line in (2, 4, 5, 6)
    ]


@pytest.mark.parametrize(
    "content",
    [
        "id,label\na,A\n",
        "id;label\na;A\n",
        "id\tlabel\na\tA\n",
        "\ufeffid,label\na,A\n",
        "sep=;\nid;label\na;A\n",
        '"id","label"\r\n"a","A"\r\n',
        "id,label\ra,A\r",
        ",,\n\nid,label,\n\n,,\n  a , A ,\n,,,\n",
        "ID,Label,country\na,A,\\N",
        "id,label,country\na,A\n",
    ],
)
def test_a_table_comes_as_people_save_it(read_file, content: str) -> None:
    assert read_file("some.csv", content).records == (Profile(ID + "a", ECO + "Actor", (Text("A", "en"),)),)


def test_text_in_several_languages(read_file) -> None:
    header = "id,label@FR,label@pt-br,alt_labels@fr,description@es"
    (profile,) = read_file("some.csv", f"{header}\na,Cour,Corte,La Cour | Juges,Una corte\n").records
    assert profile.labels == (Text("Cour", "fr"), Text("Corte", "pt-br"))
    assert profile.alternatives == (Text("La Cour", "fr"), Text("Juges", "fr"))
    assert profile.descriptions == (Text("Una corte", "es"),)


@pytest.mark.parametrize(
    "label",
    ["</script><script>alert(1)</script>", "=cmd|' /C calc'!A0", "‮evil‬", 'a "b" \\ c', "one\ntwo\r\nthree", "🏛️"],
)
def test_hostile_labels_stay_text(tmp_path: Path, ontology: Ontology, label: str) -> None:
    path = tmp_path / "actors.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "label", "description"], ["a", label, label], ["b", "B", ""]])
    first, second = read(path, ontology).records
    assert first.labels == (Text(label, "en"),) and first.descriptions == (Text(label, "en"),)
    assert second.origin.line == 3 + label.count("\n") * 2


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("ties.csv", f"{TIE}\nx,funds,y\n", Relationship),
        ("numbers.tsv", "id\tsubject\tlabel\tvalue\nf\tx\tStaff\t9\n", Figure),
        ("sources.csv", "id,label\ns,S\n", Source),
        ("initiatives.csv", "id,label\ni,I\n", Profile),
    ],
)
def test_a_table_alone_is_known_by_its_name_or_header(read_file, name: str, content: str, kind: type) -> None:
    reading = read_file(name, content)
    assert [type(record) for record in reading.records] == [kind]
    assert reading.dataset == Dataset(name.partition(".")[0], name.partition(".")[0])


def test_a_table_alone_holds_actors_and_initiatives(read_file) -> None:
    reading = read_file("map.csv", "id,label,type,stage,kind\na,A,Ministry,,\nb,B,Pilot,Idea,\nc,C,,Idea,Hobby\n")
    assert [record.type for record in reading.records] == [ECO + "Ministry", ECO + "Pilot", ECO + "Initiative"]
    assert reading.records[2].kind == "Hobby"


def test_the_same_row_twice_is_passed_over_with_a_notice(read_file) -> None:
    reading = read_file("ties.csv", f"{TIE}\nx,funds,y\nx,funds,z\nx,funds,y\n")
    assert len(reading.records) == 2
    (notice,) = reading.skipped
    assert str(notice) == f"{notice.path}:4: repeats {notice.path}:2 and is passed over."


def test_what_is_not_known_in_a_header_is_told(read_file) -> None:
    header = "subject,relation,object,staement,statement@fr,statement@en,,role@fr"
    reading = read_file("ties.csv", f"{header}\nx,funds,y,,Il paie.,,,\n")
    assert reading.records[0].statement == Text("Il paie.", "fr")
    assert [str(notice).partition(".csv:")[2] for notice in reading.skipped] == [
        '1: column "staement" is passed over. Did you mean statement?',
        '1: column "statement@en" is passed over: statement is kept in one language.',
        "1: column 7, which has no name, is passed over.",
        '1: column "role@fr" is passed over. Did you mean role?',
    ]


ACTOR_HINT = (
    "The first row must name the columns: id, label, type, acronym, alt_labels, country, description, homepage, "
    "identifiers, since, until, kind, topics, keywords, supranational, source, locator."
)
LIST = "`ecosystem ontology list` shows what is known."
BAD_TABLES = {
    "empty": ("actors.csv", "", ["actors.csv: is empty. The first row must name the columns."]),
    "only line breaks": ("a.csv", "\n\n", ["a.csv: is empty. The first row must name the columns."]),
    "missing column": ("actors.csv", "\nid,type\na,b\n", [f"actors.csv:2: the column label is missing. {ACTOR_HINT}"]),
    "no header": ("actors.csv", "a,b\n", [f"actors.csv:1: the columns id, label are missing. {ACTOR_HINT}"]),
    "foreign header": (
        "some.csv",
        "Name,City\nA,B\n",
        [
            'some.csv:1: is neither a table of actors nor of relationships: it has the columns "Name, City". '
            "Actors need id and label, relationships subject, relation and object. "
            "For other columns a plan says what they mean: `ecosystem plan FILE` writes its skeleton."
        ],
    ),
    "column twice": (
        "actors.csv",
        "id,label,Label@en\na,A,A\n",
        ['actors.csv:1: column "Label@en" occurs twice. Leave one out.'],
    ),
    "no language": (
        "actors.csv",
        "id,label@french please\na,A\n",
        [
            "actors.csv:1: the column label is missing. " + ACTOR_HINT,
            'actors.csv:1: column "label@french please": "french please" is not a language tag. '
            "Write a tag such as en, fr or pt-br.",
        ],
    ),
    "unknown type": (
        "actors.csv",
        "id,label,type\na,A,Minstry\n",
        ['actors.csv:2: type "Minstry" is not known. Did you mean Ministry?'],
    ),
    "nothing near": ("actors.csv", "id,label,type\na,A,xyzzy\n", [f'actors.csv:2: type "xyzzy" is not known. {LIST}']),
    "type of the other table": (
        "actors.csv",
        "id,label,type\na,A,Pilot\n",
        ['actors.csv:2: type "Pilot" is one of initiatives. Move the row to initiatives.csv.'],
    ),
    "actor among initiatives": (
        "initiatives.csv",
        "id,label,type\na,A,Ministry\n",
        ['initiatives.csv:2: type "Ministry" is one of actors. Move the row to actors.csv.'],
    ),
    "stage of an actor": (
        "map.csv",
        "id,label,type,stage\na,A,Ministry,Idea\n",
        ["map.csv:2: an actor has no stage. Leave stage empty, or state a type of initiatives."],
    ),
    "unknown stage": (
        "initiatives.csv",
        "id,label,stage\na,A,Experimentin\n",
        ['initiatives.csv:2: stage "Experimentin" is not known. Did you mean Experimenting?'],
    ),
    "unknown topic": (
        "actors.csv",
        "id,label,topics\na,A,Govtech | Govtek\n",
        ['actors.csv:2: topics "Govtek" is not known. Did you mean Govtech?'],
    ),
    "unknown country": (
        "actors.csv",
        "id,label,country\na,A,Columbia\nb,B,qqq\n",
        [
            'actors.csv:2: country "Columbia" is not known. Did you mean COL?',
            'actors.csv:3: country "qqq" is not known. '
            "Write its ISO code, as COL or CO; leave it empty for a body of no one country.",
        ],
    ),
    "two countries": (
        "actors.csv",
        "id,label,country\na,A,COL|PER\n",
        [
            'actors.csv:2: country "COL|PER" names several. Leave the cell empty for a body of several countries, '
            "and tie it to each in relationships.csv."
        ],
    ),
    "empty label": (
        "actors.csv",
        "id,label\na, \n,B\n",
        [
            "actors.csv:2: label is empty. Fill it in, or leave the row out.",
            "actors.csv:3: id is empty. Fill it in, or leave the row out.",
        ],
    ),
    "duplicate id": (
        "actors.csv",
        "id,label\na,A\nb,B\na,C\n",
        ['actors.csv:4: id "a" is taken already, at actors.csv:2. Give each row its own id.'],
    ),
    "bad id": (
        "actors.csv",
        "id,label\nPolicy Lab (Perú),A\n",
        [
            'actors.csv:2: id "Policy Lab (Perú)" is not an id: ids are lower-case letters, digits, dots and hyphens, '
            'or a full web address. Write "policy-lab-peru".'
        ],
    ),
    "bad homepage": (
        "actors.csv",
        "id,label,homepage\na,A,www.caf.com\nb,B,javascript:alert(1)\n",
        [
            'actors.csv:2: homepage "www.caf.com" is not a web address. Write https://www.caf.com.',
            'actors.csv:3: homepage "javascript:alert(1)" is not a web address. Write it from https:// on.',
        ],
    ),
    "bad source": (
        "actors.csv",
        "id,label,source\na,A,OECD 2022\nb,B,s1|s2\n",
        [
            'actors.csv:2: source "OECD 2022" is not an id: ids are lower-case letters, digits, dots and hyphens, '
            'or a full web address. Write "oecd-2022".',
            'actors.csv:3: source "s1|s2" names several. Name one source a row.',
        ],
    ),
    "bad dates": (
        "initiatives.csv",
        "id,label,since,until\na,A,22/06/2021,\nb,B,2021-02-30,\nc,C,2022,2021-12\nd,D,２０２１,\n",
        [
            'initiatives.csv:2: since "22/06/2021" is not a date. Write 2022, 2022-06 or 2022-06-21.',
            'initiatives.csv:3: since "2021-02-30" is not in the calendar. Mend the day.',
            'initiatives.csv:4: since "2022" lies after until "2021-12". Mend one of them.',
            'initiatives.csv:5: since "２０２１" is not a date. Write 2022, 2022-06 or 2022-06-21.',
        ],
    ),
    "bad numbers": (
        "ties.csv",
        f"{TIE},strength,confidence,amount\nx,funds,y,0,1.2,-1\nx,funds,z,strong,nan,\"1,000\"\nx,funds,w,1e999,,\n",
        [
            'ties.csv:2: strength "0" is not above 0.',
            'ties.csv:2: confidence "1.2" is not between 0 and 1.',
            'ties.csv:2: amount "-1" is below 0.',
            'ties.csv:3: strength "strong" is not a number. Write digits with a full stop, as 28000 or 0.5.',
            'ties.csv:3: confidence "nan" is not a number. Write digits with a full stop, as 28000 or 0.5.',
            'ties.csv:3: amount "1,000" is not a number. Write digits with a full stop, as 28000 or 0.5.',
            'ties.csv:4: strength "1e999" is not a number. Write digits with a full stop, as 28000 or 0.5.',
        ],
    ),
    "unknown relation and certainty": (
        "ties.csv",
        f"{TIE},certainty\nx,audit,y,Implid\n",
        [
            'ties.csv:2: relation "audit" is not known. Did you mean audits?',
            'ties.csv:2: certainty "Implid" is not known. Did you mean Implied?',
        ],
    ),
    "unknown ends": (
        "ties.csv",
        f"{TIE}\nx,funds,country:Qqqq\nNetherlands,funds,x\n",
        [
            'ties.csv:2: object "Qqqq" is not a known country. '
            "Write its ISO code, as COL or CO; leave it empty for a body of no one country.",
            'ties.csv:3: subject "Netherlands" is not an id, a concept, a country as country:COL, or a web address. '
            "Write country:NLD.",
        ],
    ),
    "same statement, other particulars": (
        "ties.csv",
        f"{TIE},amount\nx,funds,y,5\nx,funds,y,7\n",
        [
            "ties.csv:3: states the same as ties.csv:2, with other particulars. "
            "Give both rows an id, or a locator that tells them apart."
        ],
    ),
    "bad time stamp": (
        "sources.csv",
        "id,label,time_stamped_url\ns,S,https://example.org/talk\n",
        [
            'sources.csv:2: time_stamped_url "https://example.org/talk" lacks {seconds}. Put it where the time belongs.'
        ],
    ),
    "too many cells": (
        "actors.csv",
        "id,label\na,A,x\nb,B\n",
        ["actors.csv:2: has 3 cells, and the header names 2 columns. Mend the row."],
    ),
    "cut in a cell": (
        "actors.csv",
        'id,label\na,A\nb,"B is\ncut',
        ["actors.csv:3: a quotation mark that opens here is never closed. Close it; or is the file cut short?"],
    ),
    "cut in a row": (
        "actors.csv",
        "id,label,type\na,A,Ministry\nb,B",
        ["actors.csv:3: has 2 of 3 cells, and the file ends within it: it is cut short. Mend the row."],
    ),
    "a quote in a quoted cell": (
        "actors.csv",
        'id,label\na,"The "Court""\n',
        ['actors.csv:2: a quotation mark stands within a quoted cell. Write it twice: "".'],
    ),
    "NUL": (
        "actors.csv",
        "id,label\na,A\nb,B\0\n",
        ["actors.csv:3: holds a NUL byte. The file is damaged, or UTF-16: save it as UTF-8."],
    ),
    "a byte of no text": (
        "actors.csv",
        b"id,label\na,A\nb,Minist\x8dre\n",
        ["actors.csv:3: byte 0x8D is neither UTF-8 nor Windows-1252. Save the file as UTF-8."],
    ),
    "damaged UTF-16": (
        "actors.csv",
        "id,label\n".encode("utf-16") + b"\x00",
        ["actors.csv:2: is damaged UTF-16. Save it as UTF-8."],
    ),
    "UTF-16 without its mark": (
        "actors.csv",
        "id,label\n".encode("utf-16-le"),
        ["actors.csv:1: holds a NUL byte. The file is damaged, or UTF-16: save it as UTF-8."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_TABLES)
def test_a_bad_table_is_told_by_file_and_row(write, mistakes, case: str) -> None:
    name, content, expected = BAD_TABLES[case]
    assert mistakes(write(**{name.replace(".", "__"): content})) == expected


def test_a_name_in_the_place_of_an_id_is_answered_with_the_id(write, mistakes) -> None:
    folder = write(
        actors__csv="id,label\nmof-chl,Ministry of Finance\nmof-per,Ministry of Finance\ncaf,CAF Bank\n",
        relationships__csv=f"{TIE}\nMinistry of Finance,funds,caf\nCAF BANK,funds,Mof chl\n",
    )
    start = "is not an id, a concept, a country as country:COL, or a web address."
    assert mistakes(folder) == [
        f'relationships.csv:2: subject "Ministry of Finance" {start} '
        "Write the id of the one so called: mof-chl or mof-per.",
        f'relationships.csv:3: subject "CAF BANK" {start} Write the id of the one so called: caf.',
        f'relationships.csv:3: object "Mof chl" {start} Did you mean mof-chl?',
    ]


def test_an_id_of_the_data_set_comes_before_a_concept(write, ontology: Ontology) -> None:
    folder = write(
        actors__csv="id,label\nopenness,Openness Ltd\n", relationships__csv=f"{TIE}\nopenness,shows,Openness\n"
    )
    *_, said = read(folder, ontology).records
    assert (said.subject, said.object) == (ID + "openness", ECO + "Openness")


def test_all_tables_are_told_at_once_and_the_first_fifty_lines_shown(write, mistakes) -> None:
    folder = write(
        actors__csv="id,label,type\n" + "".join(f"a{number},A,Nonsense\n" for number in range(60)),
        initiatives__csv="id\n",
        relationships__csv=f"{TIE}\nx,funds,y,\n".encode() + b"\x8d",
    )
    lines = mistakes(folder)
    assert len(lines) == 51
    assert lines[0].startswith("actors.csv:2: ") and lines[49].startswith("actors.csv:51: ")
    assert lines[50].endswith(": 12 more problems not shown. Mend these first.")


def test_a_quotation_mark_never_closed_does_not_swallow_the_file(write, mistakes, monkeypatch) -> None:
    monkeypatch.setattr(rows, "CELL_LIMIT", 1000)
    before = csv.field_size_limit()
    path = write(actors__csv='id,label\na,"A\n' + "b,B\n" * 1000)
    assert mistakes(path) == [
        "actors.csv:2: a cell is longer than 1,000 characters. Shorten it; or is a quotation mark not closed?"
    ]
    assert csv.field_size_limit() == before


def test_a_line_without_end_and_a_file_too_large_are_refused(write, mistakes, monkeypatch) -> None:
    path = write(actors__csv="id,label\na," + "A" * 5000 + "\n")
    monkeypatch.setattr(dialects, "LINE_LIMIT", 1000)
    assert mistakes(path) == ["actors.csv:2: this line is too long for a table. Is this a CSV file?"]
    monkeypatch.setattr(inputs.Input.open, "__defaults__", (2 * 1024**2,))
    path.write_bytes(b"id,label\n" + b"\n" * 2 * 1024**2)
    assert mistakes(path) == ["actors.csv: is larger than 2 MB. Split it into several files."]


def test_a_megabyte_in_a_cell_is_quoted_short(write, mistakes) -> None:
    (line,) = mistakes(write(actors__csv=f"id,label,type\na,A,{'x' * 500_000}\n"))
    assert len(line) < 200 and "…" in line


def test_reading_is_one_pass_over_each_row(write, ontology: Ontology, monkeypatch) -> None:
    seen = []
    monkeypatch.setattr(cells.Cells, "citation", lambda self: seen.append(self.row.line) or Citation())
    read(write(actors__csv="id,label\na,A\nb,B\n"), ontology)
    assert seen == [2, 3]
