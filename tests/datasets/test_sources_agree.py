"""The two documents are described twice, with the ontology and with the data: both say the same."""

from __future__ import annotations

import csv

from ecosystem import terms
from ecosystem.ontology import Ontology
from ecosystem.resources import datasets_folder


def test_the_sources_of_the_ontology_are_those_of_the_data(ontology: Ontology) -> None:
    with (datasets_folder() / "opsi" / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = {terms.ID + row["id"]: row for row in csv.DictReader(file)}
    said = {
        (t.subject.value, t.predicate.value): t.object.value for t in ontology.triples if hasattr(t.subject, "value")
    }
    described = [iri for iri in rows if (iri, terms.LABEL) in said]
    assert len(described) == 2
    for iri in described:
        assert said[iri, terms.LABEL] == rows[iri]["label"]
        assert said.get((iri, terms.PAGE), "") == rows[iri]["url"]
        assert said.get((iri, terms.TIME_STAMPED), "") == rows[iri]["time_stamped_url"]
