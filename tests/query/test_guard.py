"""No query reaches another server unless that is allowed, whatever spelling the engine bears."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.errors import QueryError
from ecosystem.query import ask, asks_elsewhere
from ecosystem.store import EmbeddedStore

RESULTS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:from-elsewhere"}}]}}'


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A real SPARQL server on this machine; it notes what it is asked, and has one answer."""
    seen: list[str] = []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(RESULTS)))
            self.end_headers()
            self.wfile.write(RESULTS)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql", seen
    server.shutdown()
    server.server_close()


# Every one of these makes the engine open a connection, or did in some version of it.
SPELLINGS = [
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ sErViCe <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICESILENT<{url}>{{ ?s ?p ?o }} }}",
    "PREFIX e: <{url}> SELECT * {{ SERVICEe:{{ ?s ?p ?o }} }}",
    "PREFIX SERVICEe: <urn:x> PREFIX e: <{url}> SELECT * {{ SERVICEe: {{ ?s ?p ?o }} }}",
    "PREFIX SERVICEe: <urn:x> PREFIX e: <{url}> SELECT * {{ GRAPH ?g {{}} SERVICEe: {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?a ?b 1SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?a ?b 1.SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?a ?b trueSERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{}}SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ # a comment\rSERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE # a comment {{\n <{url}> # another\r {{ ?s ?p ?o }} }}",
    "SELECT * {{ FILTER(1<2)SERVICE <{url}>#comment>\n{{ ?s ?p ?o }} }}",
    "PREFIX e: <{url}> SELECT * {{ FILTER(1<2)SERVICE e:#comment>\n{{ ?s ?p ?o }} }}",
    "SELECT * {{ ?a ?b ?c FILTER(?c<'x>')SERVICE <{url}> {{ ?s ?p ?o }} #' \n}}",
    "SELECT * {{ ?a ?b ?c FILTER(?c<\"x>\")SERVICE <{url}> {{ ?s ?p ?o }} #\" \n}}",
    "SELECT * {{ VALUES ?where {{ <{url}> }} SERVICE ?where {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND('''it's''' AS ?x) SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND('\\\\' AS ?x) SERVICE <{url}> {{ ?s ?p ?o }} BIND('' AS ?y) }}",
    "SELECT * {{ FILTER NOT EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ {{ SELECT * {{ OPTIONAL {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }} }} }}",
    "SELECT * {{ SERVICE<{url}>{{}} }}",
    "ASK {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "DESCRIBE ?s {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\U00000073ervice <{url}> {{ ?s ?p ?o }} }}",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("time_limit", [None, 20])
def test_no_spelling_reaches_another_server(elsewhere, spelling: str, time_limit: float | None) -> None:
    url, seen = elsewhere
    with pytest.raises(QueryError, match="SERVICE"):
        ask(EmbeddedStore.in_memory(), spelling.format(url=url), time_limit=time_limit)
    assert seen == []


@pytest.mark.parametrize("time_limit", [None, 20])
def test_service_is_followed_where_it_is_allowed(elsewhere, time_limit: float | None) -> None:
    url, seen = elsewhere
    query = f"SELECT ?s {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"
    answer = ask(EmbeddedStore.in_memory(), query, allow_service=True, time_limit=time_limit)
    assert list(answer.table().values()) == [("urn:from-elsewhere",)]
    assert seen == ["/sparql"]


def test_a_server_that_does_not_answer_is_said_in_a_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(QueryError, match="failed"):
            ask(EmbeddedStore.in_memory(), f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}", allow_service=True)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { ?x rdfs:label 'civil SERVICE <http://x> {}' }",
        "SELECT ?x { ?x rdfs:label '''a ' SERVICE <http://x> {} ''' }",
        "# SERVICE <http://x> { }\nSELECT ?x { ?x a eco:Actor }",
        "SELECT ?service { ?service a eco:Actor } ORDER BY ?service",
        "SELECT ?service { { ?service a eco:Actor } UNION { ?service ?p ?service } }",
        "PREFIX service: <urn:service#> SELECT ?x { ?x service:of ?y }",
        "PREFIX ex: <urn:x> SELECT ?x { ?x ex:service ?y { ?y ?p ?x } }",
        "SELECT ?x { ?x a <http://example.org/service> . { ?x ?p ?o } }",
        "SELECT ?x { ?x a <http://example.org/#service> . { ?x ?p 'it is ours' } }",
        "SELECT ?x { ?x ?p 'dienst'@service . { ?x ?p ?o } }",
        "SELECT ?x { ?x ?p _:service . { ?x ?p ?o } }",
    ],
)
def test_the_word_elsewhere_is_allowed(query: str) -> None:
    assert not asks_elsewhere(query)
    ask(EmbeddedStore.in_memory(), query)


PIECES = (
    *("SERVICE", "service", "SILENT", " <urn:a> ", "<urn:a>", "?x", "e:", "@en", "_:", "1", "FILTER", "OPTIONAL", "a"),
    *(" ", "\n", "\r", "#", "'", '"', "'''", "\\", "<", ">", "{", "}", "(", ")", ".", ";", ",", "\\u0053", "&&", "-"),
    *("·", "é"),
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_what_the_engine_takes_for_a_service_is_found(pieces: list[str]) -> None:
    """The engine is the oracle: a query whose only graph pattern can fail for lack of a server names one."""
    query = "PREFIX e: <urn:e> SELECT * { VALUES ?x { 'no IRI' } " + "".join(pieces) + " ?x { ?a ?b ?c } }"
    assert asks_elsewhere(query) or not _fails_for_a_server(query), query


def test_the_oracle_sees_services() -> None:
    assert _fails_for_a_server("SELECT * { VALUES ?x { 'no IRI' } SERVICE ?x { ?a ?b ?c } }")
    assert _fails_for_a_server("SELECT * { SERVICE<urn:a>{ ?a ?b ?c } }")
    assert not _fails_for_a_server("SELECT * { ?service ?b ?c }")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_is_judged(before: str, after: str) -> None:
    assert isinstance(asks_elsewhere(before + "service" + after), bool)


def _fails_for_a_server(query: str) -> bool:
    try:
        found = ox.Store().query(query, prefixes={})
        if isinstance(found, ox.QuerySolutions):
            list(found)
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError) as error:
        return "service" in str(error).lower() or "http" in str(error).lower() or "scheme" in str(error).lower()
    return False
