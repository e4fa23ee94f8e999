"""Matching on real names: those that people matched by hand, and those of one body in many countries."""

from __future__ import annotations

import csv
from pathlib import Path

from ecosystem import terms
from ecosystem.reconciliation import Body, propose


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_names_that_people_matched_are_found_and_hardly_any_other(shared_data: Path) -> None:
    folder, key = shared_data / "govuk-organisations", "government-organisation"
    register = {row[key]: row["name"] for row in rows(folder / "government-organisation.tsv", "\t")}
    names = [(row["name"], row[key]) for row in rows(folder / "map-name.tsv", "\t") if row[key]]
    assert len(names) == 1777
    variants = {f"urn:v{place:04d}": one for place, (_, one) in enumerate(names)}
    bodies = [
        Body(f"urn:v{place:04d}", name, (name,), country="United Kingdom") for place, (name, _) in enumerate(names)
    ]
    bodies += [Body(f"urn:r{one}", name, (name,), country="United Kingdom") for one, name in register.items()]
    right = wrong = 0
    found = set()
    for match in propose(bodies):
        ends = sorted(match.pair)
        if match.is_exact and ends[0].startswith("urn:r") and ends[1] in variants:
            hit = variants[ends[1]] == ends[0].removeprefix("urn:r")
            right, wrong = right + hit, wrong + (not hit)
            found |= {ends[1]} if hit else set()
    assert right / (right + wrong) > 0.99
    assert len(found) / len(names) > 0.88


def test_innovative_public_services_keep_countries_apart(shared_data: Path) -> None:
    cases = rows(shared_data / "ips-explorer" / "cases.csv")
    pairs = {(" ".join(row["lead_organisation_name"].split()), row["geocoverage"]) for row in cases}
    bodies = [
        Body(f"urn:{place:03d}", name, (name,), country=country)
        for place, (name, country) in enumerate(sorted(pair for pair in pairs if pair[0]))
    ]
    where = {body.iri: body.country for body in bodies}
    assert sum(body.label == "Ministry of Finance" for body in bodies) == 5
    matches = propose(bodies)
    exact = [match for match in matches if match.is_exact]
    assert len(exact) == 21, "each of these was looked at by hand"
    assert all(where[match.subject_id] == where[match.object_id] for match in matches)
    assert not any(match.subject_label == match.object_label == "Ministry of Finance" for match in matches)
    assert {match.predicate_id for match in matches} == {terms.EXACT_MATCH, terms.CLOSE_MATCH}
