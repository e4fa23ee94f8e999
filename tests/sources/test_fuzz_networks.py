"""Whatever stands in a network: a reader reads it, or says in one line a piece what is wrong; no tie is lost unsaid."""

from __future__ import annotations

import io
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecosystem.errors import DataError
from ecosystem.ontology import Ontology
from ecosystem.records import Profile, Relationship
from ecosystem.sources import READERS, Reading
from ecosystem.sources.inputs import Input
from ecosystem.store.statements import turtle

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMES = st.sampled_from(
    (
        *(
            "key",
            "id",
            "name",
            "label",
            "source",
            "target",
            "attributes",
            "undirected",
            "directed",
            "weight",
            "relation",
        ),
        *("iri", "type", "kind", "country", "since", "until", "confidence", "certainty", "source_iri", "source_url"),
        *("label@fr", "text_language", "alt_labels", "topics", "supranational", "amount", "role", "statement"),
    )
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["a", "b", "audits", "https://a.b/", "urn:x", "COL", "2020", "0.5", "en", "javascript:x", "<x>"])
)
ANYTHING = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3))
IDS = st.sampled_from(["a", "b", "c", "a b", 1, ""])


def try_to_read(content: bytes, suffix: str, ontology: Ontology) -> Reading | None:
    try:
        reading = READERS[suffix](Input("some" + suffix, suffix, "some", content), ontology)
    except DataError as error:
        for line in error.lines():
            assert line.startswith("some.") and "\n" not in line and len(line) < 1000
        return None
    said = "".join(map(turtle, reading.records))  # what was read can be stored
    assert isinstance(said, str)
    described = {one.iri for one in reading.records if isinstance(one, Profile)}
    for one in reading.records:
        if isinstance(one, Relationship):
            assert {one.subject, one.object} <= described | ontology.concepts.keys() | ontology.countries.keys()
    return reading


def ties(reading: Reading | None) -> int:
    return sum(isinstance(one, Relationship) for one in reading.records) if reading else 0


@quick
@given(
    nodes=st.lists(st.fixed_dictionaries({"key": IDS}, optional={"attributes": st.dictionaries(NAMES, ANYTHING)})),
    edges=st.lists(
        st.fixed_dictionaries(
            {"source": IDS, "target": IDS},
            optional={"attributes": st.dictionaries(NAMES, ANYTHING), "undirected": st.booleans() | ANYTHING},
        )
    ),
)
def test_graphology_of_anything(nodes: list[object], edges: list[object], ontology: Ontology) -> None:
    document = {"options": {"type": "mixed"}, "nodes": nodes, "edges": edges}
    reading = try_to_read(json.dumps(document).encode(), ".json", ontology)
    assert reading is None or ties(reading) == len(edges)


@quick
@given(
    nodes=st.lists(st.dictionaries(NAMES, ANYTHING, max_size=5) | ANYTHING, max_size=5),
    edges=st.lists(st.dictionaries(NAMES, ANYTHING, max_size=5) | ANYTHING, max_size=5),
    name=st.sampled_from(["links", "edges"]),
)
def test_node_link_of_anything(nodes: list[object], edges: list[object], name: str, ontology: Ontology) -> None:
    reading = try_to_read(json.dumps({"nodes": nodes, name: edges}).encode(), ".json", ontology)
    assert reading is None or ties(reading) == len(edges)


TOKENS = st.sampled_from(
    ["1", "2", "3", "9", "-1", "2.5", '"a b"', '"', "l", "c", "[1990-1995]", "[1]", "1:", "&#34;", "&#xD800;", "é", "%"]
)
LINES = st.sampled_from(
    ["*Vertices 3", "*Arcs", '*Arcs :1 "audits"', "*Edges :2", "*Arcslist", "*Matrix", "*Network x", "*Partition", "*"]
) | st.lists(TOKENS, max_size=5).map(" ".join)


@quick
@given(lines=st.lists(LINES, max_size=8), start=st.booleans())
def test_pajek_of_any_lines(lines: list[str], start: bool, ontology: Ontology) -> None:
    text = "\n".join((["*Vertices 3"] if start else []) + lines)
    try_to_read(text.encode(), ".net", ontology)


ENTITIES = st.fixed_dictionaries(
    {
        "id": IDS,
        "schema": st.sampled_from(
            ["Company", "PublicBody", "Person", "UnknownLink", "Membership", "Payment", "Vessel"]
        ),
        "properties": st.dictionaries(
            st.sampled_from(
                (
                    *("name", "alias", "country", "website", "startDate", "parent", "subject", "object", "member"),
                    *("organization", "role", "amount", "sourceUrl", "publisher", "classification", "keywords"),
                )
            ),
            st.lists(LEAVES, max_size=3) | ANYTHING,
        ),
    }
)


@quick
@given(entities=st.lists(ENTITIES | ANYTHING, max_size=6))
def test_entities_of_anything(entities: list[object], ontology: Ontology) -> None:
    content = "".join(json.dumps(one) + "\n" for one in entities)
    try_to_read(content.encode(), ".ftm", ontology)


@quick
@given(
    header=st.lists(st.sampled_from(["Source", "Target", "Type", "Id", "Label", "Weight", "Country", "x"]), min_size=2),
    rows=st.lists(st.lists(st.sampled_from(["a", "b", "Directed", "1", "0", "=1", ""]) | st.text(max_size=5))),
)
def test_edge_tables_of_anything(header: list[str], rows: list[list[str]], ontology: Ontology) -> None:
    import csv

    text = io.StringIO()
    csv.writer(text).writerows([["Source", "Target", *header[2:]], *rows])
    try_to_read(text.getvalue().encode("utf-8", "replace"), ".csv", ontology)


@quick
@given(keys=st.lists(NAMES, max_size=5), words=st.lists(st.text(max_size=8), max_size=8))
def test_graphml_of_any_data(keys: list[str], words: list[str], ontology: Ontology) -> None:
    from xml.sax.saxutils import escape, quoteattr

    declared = "".join(f'<key id="k{n}" for="all" attr.name={quoteattr(key)}/>' for n, key in enumerate(keys))
    data = "".join(f'<data key="k{n % 6}">{escape(text)}</data>' for n, text in enumerate(words))
    text = (
        f'<graphml>{declared}<graph edgedefault="directed"><node id="a">{data}</node><node id="b"/>'
        f'<edge source="a" target="b">{data}</edge></graph></graphml>'
    )
    reading = try_to_read(text.encode("utf-8", "replace"), ".graphml", ontology)
    assert reading is None or ties(reading) == 1


def test_a_laughing_file_is_refused_at_once(ontology: Ontology) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    for suffix, root in ((".graphml", "graphml"), (".gexf", "gexf")):
        bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><{root}>&l11;</{root}>'
        assert try_to_read(bomb.encode(), suffix, ontology) is None


def test_long_files_take_no_longer_than_they_are(ontology: Ontology) -> None:
    """A hundred thousand of anything, without a step back for each: these took minutes where a reader is quadratic."""
    many = 100_000
    try_to_read(b'*Vertices 1\n*Arcs\n1 1 1 l "' + b"\\" * many + b"\n", ".net", ontology)
    try_to_read(b'*Vertices 1\n1 "' + b'" "' * many + b"\n", ".net", ontology)
    try_to_read(b"Source,Target\n" + b"a," * many, ".csv", ontology)
    try_to_read(b'{"id": "a", "schema": "Company", "properties": {' + b" " * many, ".ftm", ontology)
    data = "".join(f'<data key="k">{n}</data>' for n in range(many))
    again = f'<graphml><key id="k" for="node" attr.name="k"/><graph><node id="a">{data}</node></graph></graphml>'
    try_to_read(again.encode(), ".graphml", ontology)
