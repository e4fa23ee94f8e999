"""From records to triples: the record carries the evidence, the direct triple follows from it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from builders import actor, tie

from ecosystem import terms
from ecosystem.records import Figure, Profile, Relationships, Text
from ecosystem.store.statements import triples


def said(record) -> set[tuple[str, str, str]]:
    return {(str(t.subject), t.predicate.value, str(t.object)) for t in triples(record)}


def test_a_relationship_is_a_record_and_a_direct_triple() -> None:
    record = tie("a", "funds", "b", since="2020", until="2021-06-30", strength=2, confidence=0.5, amount=1e-7)
    found = said(record)
    me = f"<{record.iri}>"
    assert (f"<{terms.ID}a>", terms.ECO + "funds", f"<{terms.ID}b>") in found
    assert (me, terms.SINCE, f'"2020"^^<{terms.XSD_YEAR}>') in found
    assert (me, terms.UNTIL, f'"2021-06-30"^^<{terms.XSD_DATE}>') in found
    assert (me, terms.STRENGTH, f'"2.0"^^<{terms.XSD_DECIMAL}>') in found
    assert (me, terms.AMOUNT, f'"0.0000001"^^<{terms.XSD_DECIMAL}>') in found
    assert (me, terms.DERIVED_FROM, f"<{terms.ID}source-a>") in found
    assert (me, terms.LOCATOR, '"page 1"') in found


def test_a_denied_relationship_is_not_asserted() -> None:
    found = said(tie("a", "audits", "b", certainty=terms.DENIED))
    assert (f"<{terms.ID}a>", terms.ECO + "audits", f"<{terms.ID}b>") not in found
    assert any(term == terms.RDF_PREDICATE for _, term, _ in found)


def test_the_iri_of_a_record_follows_from_what_it_says() -> None:
    assert tie("a", "funds", "b").iri == tie("a", "funds", "b", statement=Text("Said otherwise")).iri
    assert tie("a", "funds", "b").iri != tie("a", "funds", "b", since="2020").iri
    assert tie("a", "funds", "b").iri != tie("b", "funds", "a").iri


@pytest.mark.parametrize("label", ["</script><script>", 'a "quote" and \\', "\u202eright to left", "line\nbreak", "𝔘"])
def test_labels_survive_as_they_are(label: str) -> None:
    profile = Profile(terms.ID + "a", terms.ACTOR, (Text(label, "en"),))
    labels = [t.object for t in triples(profile) if t.predicate.value == terms.LABEL]
    assert labels == [ox.Literal(label, language="en")]


def test_a_homepage_that_is_no_iri_is_left_out() -> None:
    hostile = actor("a", homepage='https://example.org/"><script>')
    assert not any(term == terms.HOMEPAGE for _, term, _ in said(hostile))
    assert (f"<{terms.ID}a>", terms.HOMEPAGE, "<https://example.org/>") in said(
        actor("a", homepage="https://example.org/")
    )


def test_a_figure_keeps_its_value_unit_and_subject() -> None:
    figure = Figure(terms.ID + "f", terms.ID + "a", (Text("People", "en"),), 28000, "people", "2021")
    found = said(figure)
    assert (f"<{figure.iri}>", terms.VALUE, f'"28000.0"^^<{terms.XSD_DECIMAL}>') in found
    assert (f"<{figure.iri}>", terms.SUBJECT_OF_FIGURE, f"<{terms.ID}a>") in found


def test_many_relationships_at_once_say_what_each_says_alone() -> None:
    many = Relationships(
        [terms.ID + "one", terms.ID + "rel-2", "https://example.org/three"],
        [terms.ID + "a", terms.ID + "a.", terms.ID + "a"],
        [terms.ECO + "funds"] * 3,
        [terms.ID + "b", "https://example.org/b", "urn:b"],
        since=["", "2020", "2021-06"],
        until=["", "2021-06-30", ""],
        strengths=[None, 0.5, 2.0],
        certainties=[terms.STATED, terms.DENIED, ""],
        roles=["lead", 'say "x"\n', ""],
        amounts=[12.5, None, 1e-7],
        currencies=["EUR", "", ""],
        statements=["Él paga.", "", "back\\slash"],
        sources=[terms.ID + "source-a", "", terms.ID + "source-a"],
        locators=["row 2", "row 3", ""],
        language="es",
    )
    alone = [triple for one in many for triple in triples(one)]
    assert set(triples(many)) == set(alone)
    assert len(alone) == len(set(alone)) == 4 * 3 + 6 + 6 + 6 + 2
    assert [one.iri for one in many] == list(many.iris)
    assert list(Relationships.of(list(many))) == list(many)
