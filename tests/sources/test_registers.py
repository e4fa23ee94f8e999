"""Registers as they are published, each through a plan of tests/fixtures/plans: counts as their SOURCES.md has them."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import python_calamine

from ecosystem import terms
from ecosystem.errors import DataError
from ecosystem.ontology import Ontology
from ecosystem.records import Profile, Relationship, Relationships
from ecosystem.sources import Reading, read, suggest_plan

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
PLANS = ROOT / "tests" / "fixtures" / "plans"
IPS, GOVUK = DATA / "ips-explorer", DATA / "govuk-organisations"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")

Graph = tuple[Reading, dict[str, Profile], list[Relationship]]
By = Callable[..., Graph]


@pytest.fixture
def by(tmp_path: Path, ontology: Ontology) -> By:
    """Read a file of the shared data by a plan, which is put beside a link to it."""

    def through(plan: str, path: Path, instead_of: str = "") -> Graph:
        if not (tmp_path / path.name).exists():
            (tmp_path / path.name).symlink_to(path)
        text = (PLANS / plan).read_text(encoding="utf-8")
        (tmp_path / plan).write_text(text.replace(instead_of, path.name) if instead_of else text, encoding="utf-8")
        reading = read(tmp_path / plan, ontology)
        records = [record for batch in reading.stream for record in batch]
        profiles = {one.iri: one for one in records if isinstance(one, Profile)}
        ties = [tie for one in records for tie in (one if isinstance(one, Relationships) else [one])]
        return reading, profiles, [one for one in ties if isinstance(one, Relationship)]

    return through


def notes(reading: Reading) -> list[str]:
    return [note.message for note in reading.skipped]


FORMATS = ("cases.csv", "cases.json", "Updated IPS Cases.xlsx")


def test_the_cases_are_one_graph_in_three_formats(by: By, ontology: Ontology) -> None:
    graphs = [by("ips-cases.toml", IPS / name, "cases.csv") for name in FORMATS]
    assert {name: len(profiles) for name, (_, profiles, _) in zip(FORMATS, graphs, strict=True)} == dict.fromkeys(
        FORMATS, 1553
    )

    def said(graph: Graph) -> tuple[set[tuple[object, ...]], set[tuple[str, str, str]]]:
        _, profiles, ties = graph
        return (
            {
                (one.iri, one.type, one.labels, one.country, one.kind.casefold(), one.stage, one.since, one.until)
                for one in profiles.values()
            },
            {(tie.subject, tie.relation, tie.object) for tie in ties},
        )

    first, *others = map(said, graphs)
    assert all(other == first for other in others)


def test_the_cases_count_what_their_sources_state(by: By, ontology: Ontology) -> None:
    with (IPS / "cases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reading, profiles, ties = by("ips-cases.toml", IPS / "cases.csv")
    cases = [one for one in profiles.values() if ontology.is_initiative_type(one.type)]
    actors = [one for one in profiles.values() if not ontology.is_initiative_type(one.type)]
    assert len(cases) == len(rows) == 853
    # 692 distinct names, of which one is empty (23 rows); in several countries, some of them are several bodies.
    names = {row["lead_organisation_name"].strip() for row in rows}
    assert (len(names), len({one.labels[0].value for one in actors})) == (692, 691)
    bodies = {(row["lead_organisation_name"].strip(), row["geocoverage"]) for row in rows} - {("", "")}
    assert len(actors) == len([name for name, _ in bodies if name]) == 700
    finance = {one.country[-3:] for one in actors if one.labels[0].value == "Ministry of Finance"}
    assert len(finance) == 5
    assert len(ties) == len(rows) - 23
    assert "23 rows without a name or id of [actor]." in notes(reading)
    # 31 codes with the empty one; by name, four countries more, of which the file has no code; the Union is none.
    assert len({row["geocoverage_codes"] for row in rows}) == 31
    assert len({one.country for one in cases}) == 31 + 4


def test_a_case_from_the_second_catalogue_reads_by_the_same_plan(by: By) -> None:
    for name, count in (("6-cases-apis4dgov.json", 169), ("5-cases-eublockchainforum-20200224.json", 49)):
        _, profiles, ties = by("ips-cases.toml", IPS / name, "cases.csv")
        with (IPS / name).open(encoding="utf-8") as file:
            items = json.load(file)
        assert len(items) == count
        assert sum(one.iri.startswith(f"{terms.ID}case-") for one in profiles.values()) == len(
            {(item["name"], *item["geocoverage"]) for item in items}
        )
        assert ties


def test_parents_and_children_of_the_api_are_578_links(by: By) -> None:
    reading, profiles, ties = by("govuk-api.toml", GOVUK / "govuk-organisations-api.jsonl")
    assert (len(profiles), len(ties)) == (1016, 578)
    assert "578 relationships said again, kept once." in notes(reading), "children say what parents do"
    assert {tie.relation for tie in ties} == {terms.ECO + "partOf"}
    assert {end for tie in ties for end in (tie.subject, tie.object)} <= profiles.keys()


def test_the_list_has_the_links_of_the_api(by: By) -> None:
    _, profiles, ties = by("govuk-list.toml", GOVUK / "govuk-list.tsv")
    assert (len(profiles), len(ties)) == (1016, 578), "1,017 lines with the header"
    api = by("govuk-api.toml", GOVUK / "govuk-organisations-api.jsonl")[2]

    def links(found: list[Relationship]) -> set[tuple[str, str]]:
        return {(tie.subject.rpartition("/")[2], tie.object.rpartition("/")[2]) for tie in found}

    assert links(ties) == links(api)


def test_tables_of_tabs(by: By) -> None:
    reading, profiles, _ = by("govuk-register.toml", GOVUK / "government-organisation.tsv")
    # 982 lines: the header, and 981 rows, of which two have one id, OT488.
    assert len(profiles) == 980
    assert any(note.startswith("described in several ways, the first is kept: NHS") for note in notes(reading))
    _, profiles, _ = by("govuk-dates.toml", GOVUK / "dates.tsv")
    assert len(profiles) == 1005, "1,006 lines with the header"
    assert sum(bool(one.until) for one in profiles.values()) == 1005 - 691 - 32, "less the empty and the unknown ones"


def test_a_dirty_spreadsheet_of_public_bodies(by: By) -> None:
    reading, profiles, ties = by("public-bodies.toml", GOVUK / "public-bodies-2015.csv")
    # 284 rows that are not empty: header, 281 bodies, a sum and a note. Each body has a department.
    assert "2 rows left out, as the plan says." in notes(reading)
    assert len(ties) == 281
    departments = {tie.object for tie in ties}
    assert len(profiles) == len({tie.subject for tie in ties} | departments) == 304
    assert len({tie.subject for tie in ties}) == 281


def test_an_order_of_law_in_xml(by: By) -> None:
    _, profiles, _ = by("designation.toml", GOVUK / "designation-2014.xml")
    assert len(profiles) == (GOVUK / "designation-2014.xml").read_text(encoding="utf-8").count("<ListItem") == 4693
    assert any(one.labels[0].value == "BBC World Service" for one in profiles.values()), "text around an acronym"


def test_a_guide_in_legacy_excel(by: By) -> None:
    reading, profiles, _ = by("ons-index.toml", GOVUK / "ons-public-sector-classification.xls")
    # 4,848 rows below the header, which is the fifth of 4,853; two bodies are in it twice
    with python_calamine.CalamineWorkbook.from_path(GOVUK / "ons-public-sector-classification.xls") as book:
        named = [str(row[0]).strip() for row in book.get_sheet_by_name("Index").to_python()[5:]]
    assert (len(named), len(profiles)) == (4848, len(set(named)))
    assert len([note for note in notes(reading) if "described in several ways" in note]) == 1
    reading, profiles, ties = by("ons-central.toml", GOVUK / "ons-public-sector-classification.xls")
    assert Counter(tie.relation.removeprefix(terms.ECO) for tie in ties).keys() == {"partOf", "oversees"}


def test_a_table_without_a_header(by: By) -> None:
    _, profiles, _ = by("research-funders.toml", DATA / "kumu-uk-science-networks" / "orgs.csv")
    assert len(profiles) == 15
    assert profiles[terms.ID + "ahrc"].since == "1998"


def test_the_plan_of_the_benchmark_stays_valid(by: By, ontology: Ontology, tmp_path: Path) -> None:
    (tmp_path / "h2020.csv.gz").symlink_to(DATA / "cordis-h2020" / "h2020.csv.gz")
    plan = tmp_path / "h2020.toml"
    plan.write_text((ROOT / "benchmarks" / "h2020.toml").read_text(encoding="utf-8"), encoding="utf-8")
    batches = iter(read(plan, ontology).stream)
    first = next(batches)
    assert isinstance(first[-1], Relationships), "a list of participations is read without an object a row"


@pytest.mark.parametrize(("folder", "name"), [(GOVUK, "map-name.tsv"), (IPS, "catalogs.csv")])
def test_what_is_no_network_is_refused_with_the_reason(folder: Path, name: str, ontology: Ontology) -> None:
    with pytest.raises(DataError) as caught:
        read(folder / name, ontology)
    (line,) = caught.value.lines()
    assert "is neither a table of actors nor of relationships" in line and "`ecosystem plan FILE`" in line


SUGGESTED = [
    (IPS / "cases.csv", 853),
    (GOVUK / "govuk-list.tsv", 1016),
    (GOVUK / "govuk-organisations-api.jsonl", 1016),
    (GOVUK / "designation-2014.xml", 4693),
    (GOVUK / "public-bodies-2015.csv", 283),
]


@pytest.mark.parametrize(("path", "least"), SUGGESTED, ids=lambda value: getattr(value, "name", ""))
def test_a_suggested_plan_reads_its_table(path: Path, least: int, tmp_path: Path, ontology: Ontology) -> None:
    (tmp_path / path.name).symlink_to(path)
    plan = tmp_path / "plan.toml"
    plan.write_text(suggest_plan(path, ontology), encoding="utf-8")
    try:
        records = [record for batch in read(plan, ontology).stream for record in batch]
        assert sum(isinstance(one, Profile) for one in records) >= least
    except DataError as error:  # what a person has to mend: words of the table that mean something else
        assert all("[countries]" in line or "[empty]" in line or "[skip]" in line for line in error.lines()), (
            error.lines()
        )
