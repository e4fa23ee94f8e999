"""Patches as people write them, and what is wrong with them, by row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.errors import DataError
from ecosystem.whatif import SUPPOSITION, Patch, read_patch

Read = Callable[..., Patch]
HOSTILE = '<script>alert(1)</script>"\u202e'


def lines(error: pytest.ExceptionInfo[DataError]) -> list[str]:
    return [line.rpartition("/")[2] for line in error.value.lines()]


def test_a_row_is_a_tie_by_names_or_ids(patch_of: Read) -> None:
    (tie,) = patch_of("add,Chile,partners with,france").ties
    assert (tie.subject, tie.relation, tie.object) == (
        terms.ID + "chile", terms.ECO + "partnersWith", terms.ID + "france",
    )  # fmt: skip
    assert (tie.citation.source, tie.citation.locator) == (SUPPOSITION.iri, "row 2"), "it never looks like a statement"


def test_more_columns_say_more(patch_of: Read) -> None:
    patch = patch_of(
        "add,audit-lab,a,SupremeAuditInstitution,Audit Lab,Chile,,",
        "add,Audit Lab,audits,bank,,,2024-05,2.5",
        header="change,subject,relation,object,label,country,since,strength",
    )
    (profile,), (tie,) = patch.actors, patch.ties
    assert (profile.iri, profile.labels[0].value) == (terms.ID + "audit-lab", "Audit Lab")
    assert profile.country == terms.COUNTRY_AUTHORITY + "CHL"
    assert (tie.subject, tie.since, tie.strength) == (profile.iri, "2024-05", 2.5)


def test_a_row_without_relation_and_object_is_an_actor_that_goes(patch_of: Read) -> None:
    assert patch_of("remove,Bank,,").without_actors == (terms.ID + "bank",)


def test_a_tie_without_relation_is_any_between_the_two_either_way(patch_of: Read) -> None:
    assert len(patch_of("remove,Spain,,Bank").without_ties) == 1
    assert len(patch_of("remove,bank,funds,spain").without_ties) == 1


def test_words_on_a_command_line(patch_of: Read) -> None:
    patch = patch_of(
        add=["Chile partners with France", "'Audit Lab' a SupremeAuditInstitution in Chile", "Audit Lab audits Bank"],
        remove=["Japan"],
        remove_ties=["bank funds spain"],
    )
    assert [tie.relation for tie in patch.ties] == [terms.ECO + "partnersWith", terms.ECO + "audits"]
    assert patch.actors[0].country == terms.COUNTRY_AUTHORITY + "CHL"
    assert (patch.without_actors, len(patch.without_ties)) == ((terms.ID + "japan",), 1)
    (record,) = patch.without_ties
    assert patch_of(remove_ties=[record]).without_ties == (record,), "a record's IRI does too"


def test_a_patch_in_trig(small: Ecosystem, tmp_path: Path) -> None:
    path = tmp_path / "patch.trig"
    path.write_text(
        f"@prefix id: <{terms.ID}> . @prefix eco: <{terms.ECO}> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'id:office a eco:Ombudsperson ; rdfs:label "The Office" ; eco:partnersWith id:chile .\n'
        "<remove> { id:japan a eco:Actor . id:bank eco:funds id:spain . }\n",
        encoding="utf-8",
    )
    patch = read_patch(small.lookup, [path])
    assert patch.actors[0].labels[0].value == "The Office"
    assert [tie.object for tie in patch.ties] == [terms.ID + "chile"]
    assert patch.without_actors == (terms.ID + "japan",) and len(patch.without_ties) == 1
    path.write_text("id:office a", encoding="utf-8")
    with pytest.raises(DataError, match=r"patch\.trig:1: is not TriG"):
        read_patch(small.lookup, [path])


def test_what_is_added_and_removed_cancels(patch_of: Read) -> None:
    assert not patch_of("add,chile,partnersWith,france", "remove,chile,partnersWith,france")
    assert not patch_of("add,x,a,City", "add,x,partnersWith,chile", "remove,x,,")
    # Even if the tie is recorded already: the two rows are about each other.
    assert not patch_of("remove,bank,funds,spain", "add,bank,funds,spain")


def test_ties_of_an_actor_that_goes_are_not_added(patch_of: Read) -> None:
    patch = patch_of("remove,bank,,", "add,bank,funds,france")
    assert not patch.ties and patch.without_actors == (terms.ID + "bank",)


def test_everything_that_is_wrong_is_told_at_once_with_its_row(patch_of: Read) -> None:
    with pytest.raises(DataError) as error:
        patch_of(
            "add,Chile,partnersWith,Nobody",
            "add,Chile,partnrsWith,France",
            "add,chile,a,City",
            "add,new,a,Citi",
            "remove,Chile,audits,France",
            "remove,spain,funds,bank",
            "add,Chile,partnersWith,",
            "remove,AI in government,,",
        )
    assert lines(error) == [
        "patch.csv:2: Nothing is called 'Nobody'. Try `ecosystem search` with a part of the name.",
        'patch.csv:3: "partnrsWith" is no relation that is known. Is it partnersWith?',
        'patch.csv:4: "chile" is there already. Name its ties without adding it.',
        'patch.csv:5: "Citi" is no type of actors or initiatives. Is it City?',
        "patch.csv:6: no such tie of Chile and France is recorded. They are not tied.",
        "patch.csv:7: no such tie of Spain and Bank is recorded. "
        "They are tied by another relation, or the other way round.",
        "patch.csv:8: a tie to add needs subject, relation and object. Fill them in.",
        'patch.csv:9: "AI in government" is no actor or initiative of these data.',
    ]


@pytest.mark.parametrize(
    ("rows", "header", "told"),
    [
        (("drop,a,b,c",), "change,subject,relation,object", 'change "drop" is neither add nor remove'),
        (("a,b",), "subject,object", "the column change is missing"),
        (("add,chile,partnersWith,france,soon",), "change,subject,relation,object,since", '"soon" is not a date'),
        (("add,chile,partnersWith,france,0",), "change,subject,relation,object,strength", "is not above 0"),
    ],
)
def test_tables_that_cannot_be_read(patch_of: Read, rows: tuple[str, ...], header: str, told: str) -> None:
    with pytest.raises(DataError) as error:
        patch_of(*rows, header=header)
    assert told in lines(error)[0] and lines(error)[0].startswith("patch.csv:")


@pytest.mark.parametrize("text", ["Chile France", "Chile likes France", "'Chile partnersWith France", ""])
def test_words_that_are_no_tie(patch_of: Read, text: str) -> None:
    with pytest.raises(DataError, match=r"^--add: "):
        patch_of(add=[text])


def test_files_that_are_no_patches(small: Ecosystem, tmp_path: Path) -> None:
    for name, told in (("missing.csv", "no such file"), ("patch.xlsx", "no patches")):
        path = tmp_path / name
        if name != "missing.csv":
            path.write_bytes(b"PK")
        with pytest.raises(DataError, match=told):
            read_patch(small.lookup, [path])


def test_what_is_odd_is_noted(patch_of: Read) -> None:
    notes = patch_of("add,bank,funds,spain", "add,lab,memberOf,chile").notes
    assert notes[0].endswith("patch.csv:2: Bank funds Spain: this is recorded already.")
    assert "is not meant to tie a " in notes[1]


def test_hostile_names_stay_text(patch_of: Read) -> None:
    cell = HOSTILE.replace('"', '""')
    (profile,) = patch_of(f'add,"{cell}",a,City').actors
    assert profile.labels[0].value == HOSTILE
    assert profile.iri == terms.ID + "script-alert-1-script"
