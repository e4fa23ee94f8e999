"""Bodies that people say are one: counted once, with every record kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import actor, tie
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.api import open as open_ecosystem
from ecosystem.api.reconciling import decide, reconcile
from ecosystem.commands import cli
from ecosystem.network import Projection, project, representatives
from ecosystem.ontology import Ontology
from ecosystem.reconciliation import MATCHES, Match, decided, decisions_in, rejected_in, sssom, to_turtle
from ecosystem.reconciliation.judging import LEXICAL
from ecosystem.records import Text
from ecosystem.store import EmbeddedStore, Store

KEEP = Projection(initiatives="keep")


def match(one: str, other: str, modifier: str = "", kind: str = "exactMatch") -> Match:
    skos = terms.PREFIXES["skos"] + kind
    return Match(terms.ID + one, one, skos, modifier, terms.ID + other, other, LEXICAL, "", "", 0.9, "=said\n")


def with_matches(store: Store, *matches: Match) -> Store:
    import pyoxigraph as ox

    store.drop(MATCHES)
    said = to_turtle(decided([], matches)).encode()
    store.add((quad.triple for quad in ox.parse(said, ox.RdfFormat.TURTLE)), MATCHES)
    return store


def world(make_store) -> Store:
    """Two ministries that are one, between a court of their country and a bank of another."""
    return make_store(
        [
            actor("court", "SupremeAuditInstitution", "CHL"),
            actor("ministry-a", "Ministry", "CHL"),
            actor("ministry-b", "PublicBody", "", acronym="MIN"),
            actor("bank", "DevelopmentBank", "PER"),
            tie("court", "audits", "ministry-a"),
            tie("court", "audits", "ministry-a", since="2020"),
            tie("ministry-b", "partnersWith", "bank"),
        ]
    )


def test_joined_bodies_are_one_node_with_all_ties_and_attributes(make_store, ontology: Ontology) -> None:
    store = world(make_store)
    before = project(store, ontology, KEEP)
    after = project(with_matches(store, match("ministry-b", "ministry-a")), ontology, KEEP)
    assert (len(before), len(after)) == (4, 3)
    assert sorted(after.records) == sorted(before.records), "every record stays, under its own IRI"
    node = list(after.ids).index(terms.ID + "ministry-a")
    assert (after.labels[node], after.attributes["country"][node]) == ("Ministry A", "Chile")
    assert after.attributes["acronym"][node] == "MIN", "what only one says holds for both"
    assert {*after.tails.tolist(), *after.heads.tolist()} == {0, 1, 2}
    assert any("1 are counted with another" in note for note in after.notes)


def test_chains_join_also_through_what_nobody_describes(make_store, ontology: Ontology) -> None:
    store = make_store([actor("a"), actor("b"), actor("c", "Challenge"), tie("b", "coOrganises", "c")])
    with_matches(store, match("a", "wikidata"), match("wikidata", "b"), match("b", "c"))
    assert representatives(store, ontology) == {terms.ID + "a": terms.ID + "b"}, "an initiative is no actor"


def test_the_ontology_s_own_matches_and_countries_join_nothing(make_store, ontology: Ontology) -> None:
    store = make_store([actor("chile", "Country"), actor("x")])
    store.add(store.graph("urn:nothing"), "urn:x")
    with_matches(store, match("chile", "x"))
    assert representatives(store, ontology) == {}


def test_brokers_change_as_pen_and_paper_say(make_store, ontology: Ontology, tmp_path: Path) -> None:
    eco = Ecosystem(world(make_store), ontology)
    table = tmp_path / "m.sssom.tsv"
    table.write_text(sssom([match("ministry-a", "ministry-b")]), encoding="utf-8")
    changes = decide(eco, table).changes()
    told = [(row.label, row.group, row.role, row.before, row.after) for row in changes]
    # Court (Chile) – ministry (Chile) – bank (Peru) both ways: once gatekeeper, once representative.
    assert told == [
        ("Ministry A", "Chile", "gatekeeper", 0, 1),
        ("Ministry A", "Chile", "representative", 0, 1),
        ("Ministry A", "Chile", "total", 0, 2),
    ]
    assert "1 pairs are one, 0 are not, 0 are left open." in changes.notes


def test_lookups_know_a_body_by_all_its_names(make_store, ontology: Ontology) -> None:
    eco = Ecosystem(with_matches(world(make_store), match("ministry-a", "ministry-b")), ontology)
    assert eco.lookup.find("Ministry B") == terms.ID + "ministry-a"
    assert eco.lookup.find("ministry-b") == terms.ID + "ministry-a"
    assert eco.show("Ministry B").alternatives == ("Ministry B",)
    assert eco.show("Ministry A").acronym == "MIN"
    assert len(eco.relationships("Ministry A")) == 3
    assert [found.label for found in eco.search("ministry")] == ["Ministry A"]
    assert len(eco.path("Court", "Bank")) == 2


def test_decisions_are_kept_overruled_and_taken_back() -> None:
    first = decided([], [match("b", "a"), match("c", "d", "Not"), match("e", "f", kind="closeMatch")])
    assert [(one.subject_label, one.object_label, one.is_exact) for one in first] == [
        ("a", "b", True),
        ("c", "d", False),
    ]
    assert decided(first, first) == first
    second = decided(first, [match("a", "b", "Not"), match("d", "c", kind="closeMatch")])
    assert [(one.subject_label, one.is_rejected) for one in second] == [("a", True)]


def test_decisions_survive_their_turtle(make_store) -> None:
    import pyoxigraph as ox

    decisions = decided([], [match("a", "b"), match("c", "d", "Not")])
    turtle = to_turtle(decisions)
    again = decisions_in(quad.triple for quad in ox.parse(turtle.encode(), ox.RdfFormat.TURTLE))
    assert again == decisions
    assert to_turtle(again) == turtle
    store = with_matches(make_store([actor("a")]), *decisions)
    assert rejected_in(store) == {frozenset((terms.ID + "c", terms.ID + "d"))}


NAMES = ["a", "b", "c", "d", "e"]
LINKS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=5)


@settings(max_examples=60, deadline=None, suppress_health_check=[])
@given(LINKS, LINKS)
def test_merging_conserves_records_and_merging_twice_changes_nothing(ontology_, ties, same) -> None:
    ontology, make = ontology_
    same = [(one, other) for one, other in same if one != other]
    store = make([*map(actor, NAMES), *(tie(one, "funds", other, role=str(n)) for n, (one, other) in enumerate(ties))])
    before = project(store, ontology, Projection())
    once = project(with_matches(store, *(match(*pair) for pair in same)), ontology, Projection())
    assert sorted(once.records) == sorted(before.records)
    roots = representatives(store, ontology)
    assert list(once.ids) == [iri for iri in before.ids if iri not in roots]
    assert not set(roots) & set(roots.values())
    links = [match(one.removeprefix(terms.ID), best.removeprefix(terms.ID)) for one, best in roots.items()]
    twice = project(with_matches(store, *(match(*pair) for pair in same), *links), ontology, Projection())
    assert (list(twice.ids), twice.tails.tolist(), twice.heads.tolist()) == (
        list(once.ids), once.tails.tolist(), once.heads.tolist(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def ontology_(request):
    """The ontology, and a way to make stores that hypothesis may use many times."""
    from ecosystem.records import Dataset, Source
    from ecosystem.sources.reading import Reading
    from ecosystem.store import load

    ontology = Ontology.load()

    def make(records) -> Store:
        source = Source(terms.ID + "source-a", (Text("A source", "en"),))
        store = EmbeddedStore.in_memory()
        reading = Reading(dataset=Dataset("x", "X"), records=(source, *records), path="x")
        load(store, [reading], ontology)
        return store

    return ontology, make


# The whole way, as a user goes it ------------------------------------------------------------------------------------

ONE = """id,type,label,country
a1,LineAgency,Digital Services Agency (DSA),Chile
a2,Ministry,Ministry of Finance,Chile
a3,LineAgency,Wave,Chile
"""
TWO = """id,type,label,country
b1,LineAgency,The Digital Services Agency,Chile
b2,Ministry,Ministry of Finance,Peru
b3,LineAgency,Río Fund,Peru
"""
TIES = "subject,relation,object\n{},partnersWith,{}\n{},partnersWith,{}\n"


@pytest.fixture
def two_sets(tmp_path: Path) -> tuple[str, str]:
    for name, actors, ties in (("one", ONE, ("a1", "a2", "a1", "a3")), ("two", TWO, ("b1", "b2", "b1", "b3"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "actors.csv").write_text(actors, encoding="utf-8")
        (tmp_path / name / "relationships.csv").write_text(TIES.format(*ties), encoding="utf-8")
    return str(tmp_path / "one"), str(tmp_path / "two")


def test_propose_edit_apply_and_go_on(two_sets: tuple[str, str], tmp_path: Path) -> None:
    data = ["-d", two_sets[0], "-d", two_sets[1]]
    table, out = tmp_path / "m.sssom.tsv", tmp_path / "decided"
    run = CliRunner()
    found = run.invoke(cli, ["reconcile", *data, "-o", str(table)])
    assert found.exit_code == 0, found.output
    text = table.read_text(encoding="utf-8")
    assert "id:a1" in text and "id:b1" in text and "id:a2" not in text, "two ministries of finance are two"
    applied = run.invoke(cli, ["reconcile", *data, "--apply", str(table), "-o", str(out), "-f", "csv"])
    assert applied.exit_code == 0, applied.output
    assert "liaison" not in applied.stdout
    assert "Digital Services Agency" in (out / "brokers.csv").read_text(encoding="utf-8")
    matches = ["-d", str(out / "matches.ttl")]
    again = run.invoke(cli, ["reconcile", *data, *matches, "-f", "csv"])
    assert again.stdout.count("\n") == 1, "what is one already is not proposed"
    brokers = run.invoke(cli, ["brokers", *data, *matches, "-f", "json"])
    assert "is counted" in brokers.stderr or "are counted with another" in brokers.stderr
    assert run.invoke(cli, ["validate", *data, *matches]).exit_code in (0, 1)
    rejected = text.replace("skos:exactMatch\t", "skos:exactMatch\tNot")
    table.write_text(rejected, encoding="utf-8")
    assert run.invoke(cli, ["reconcile", *data, "--apply", str(table), "-o", str(out)]).exit_code == 0
    assert "NegatedPredicate" in (out / "matches.ttl").read_text(encoding="utf-8")
    assert run.invoke(cli, ["reconcile", *data, *matches, "-f", "csv"]).stdout.count("\n") == 1, "nor what was rejected"


def test_a_store_keeps_decisions(two_sets: tuple[str, str], tmp_path: Path) -> None:
    store, table = tmp_path / "store", tmp_path / "m.sssom.tsv"
    run = CliRunner()
    assert run.invoke(cli, ["load", *two_sets, "-s", str(store)]).exit_code == 0
    assert run.invoke(cli, ["reconcile", "-d", str(store), "-o", str(table)]).exit_code == 0
    applied = run.invoke(cli, ["reconcile", "--apply", str(table), "-s", str(store)])
    assert applied.exit_code == 0, applied.output
    eco = open_ecosystem(store)
    assert representatives(eco.store, eco.ontology) == {terms.ID + "b1": terms.ID + "a1"}
    assert reconcile(eco).rows == ()
    twice = run.invoke(cli, ["reconcile", "--apply", str(table), "-s", str(store), "-f", "csv"])
    assert twice.stdout.count("\n") == 1, "merging twice changes nothing"


@pytest.mark.parametrize(
    "arguments",
    [
        ["-s", "STORE"],
        ["--apply", "FILE", "-f", "sssom"],
        ["--apply", "FILE", "-s", "STORE", "-o", "x"],
        ["--least", "2"],
    ],
)
def test_options_that_do_not_go_together_are_a_usage_error(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "f").write_text("", encoding="utf-8")
    named = {"STORE": str(tmp_path), "FILE": str(tmp_path / "f")}
    result = CliRunner().invoke(cli, ["reconcile", *(named.get(one, one) for one in arguments)])
    assert result.exit_code == 2, result.output
