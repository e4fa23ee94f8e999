"""What a store may read as it lies is told apart from what must be changed first, and both ways say the same."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.ontology import Ontology
from ecosystem.sources import plain, read
from ecosystem.sources.inputs import Input
from ecosystem.sources.plain import is_plain, mentions
from ecosystem.sources.rdf import Statements

TURTLE = {
    "<a> <b> <c> .": True,
    '<a> <b> "a [ ( _: \\" # <<" .': False,  # in doubt: it may be a statement about a statement
    '<a> <b> "a [ ( _: \\" #" .': True,
    "<a> <b> 'a [' , '''it's ( ''' , \"\"\"say \" [ \"\"\" .": True,
    "<a> <b> <c> . # [ ]": True,
    "<a> <b_:[> <c> .": True,
    "<a> <b> [] .": False,
    "<a> <b> ( 1 ) .": False,
    "_:a <b> <c> .": False,
    "<a> <b> _:c .": False,
    '<a> <b> "x" . # "\n[] <b> <c> .': False,
    "@prefix _a: <x:> . <a> <b> _a:b .": True,
    "<a> <b> <<( <c> <d> <e> )>> .": False,
    '<a> <b> "never ended [ .': False,
}


@pytest.mark.parametrize("text", TURTLE)
def test_turtle_is_plain_or_not(write, text: str) -> None:
    assert is_plain(Input(str(write(a__ttl=text)), ".ttl", "a"), ox.RdfFormat.TURTLE) is TURTLE[text]
    assert is_plain(Input("-", ".ttl", "a", text.encode()), ox.RdfFormat.TURTLE) is TURTLE[text]


def test_other_syntaxes_are_never_plain() -> None:
    source = Input("-", ".trig", "a", b"<a> <b> <c> .")
    assert not any(is_plain(source, form) for form in (ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML, ox.RdfFormat.N_QUADS))


NODES = st.sampled_from(["<x:a>", "<x:_:b>", "_:c", '"_:d [ ("', '"e\\\\" <x:f>'])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NODES, NODES), max_size=6))
def test_what_is_plain_holds_no_blank_node(pairs: list[tuple[str, str]]) -> None:
    text = "".join(f"{one} <x:p> {other} .\n" for one, other in pairs).encode()
    try:
        quads = list(ox.parse(text, ox.RdfFormat.N_TRIPLES))
    except SyntaxError:
        return
    blank = any(isinstance(node, ox.BlankNode) for quad in quads for node in (quad.subject, quad.object))
    assert is_plain(Input("-", ".nt", "a", text), ox.RdfFormat.N_TRIPLES) is not blank


@pytest.mark.parametrize("length", range(1, 9))
def test_words_are_found_across_parts(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    monkeypatch.setattr(plain, "CHUNK", length)
    source = Input("-", ".nt", "a", b"<a> <b> <<( <c> )>>")
    assert mentions(source, b"<<") and mentions(source, b"no", b")>>") and not mentions(source, b"<<<", b"x")


def test_a_large_plain_file_is_left_to_the_store(tmp_path: Path, ontology: Ontology) -> None:
    path = tmp_path / "large.nt"
    path.write_text("".join(f"<urn:{n:0>90}> <urn:p> <urn:o> .\n" for n in range(45_000)) + "<urn:a> <urn:b> wrong")
    reading = read(path, ontology)
    assert isinstance(reading.quads, Statements) and reading.quads.plain, "what is wrong with it comes up when loaded"
    path.write_text(path.read_text().replace("<urn:b> wrong", "<urn:b> <http://www.w3.org/ns/dcat#Dataset> ."))
    assert len(list(read(path, ontology).quads)) == 45_001
