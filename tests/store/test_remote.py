"""Remote stores: what is sent, what is done when a server fails, and that nothing secret is told."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from builders import actor, tie
from click.testing import CliRunner
from virtuoso import Virtuoso

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.api import open as open_ecosystem
from ecosystem.api.opening import load_into
from ecosystem.commands import cli
from ecosystem.errors import EcosystemError, QueryError, StoreError
from ecosystem.ontology import Ontology
from ecosystem.store import EmbeddedStore, web
from ecosystem.store.remote import STAGING, RemoteStore
from ecosystem.store.web import Endpoint
from ecosystem.store.wording import columns_of, paged, worded

# Python may tidy up after a failed test in the thread of a server, where the engine's objects do not belong.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
JSON = "application/sparql-results+json"
EMPTY = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": []}})
Answer = tuple[int, dict[str, str], str]


class Fake:
    """A server that answers as a test says, and keeps what it was asked."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.answer: Callable[[int, str, bytes], Answer] = lambda number, path, body: (
            200,
            {"Content-Type": JSON},
            EMPTY,
        )
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                fake.requests.append((self.path, {k.casefold(): v for k, v in self.headers.items()}, body))
                code, headers, content = fake.answer(len(fake.requests), self.path, body)
                if code == 0:
                    self.connection.close()
                    return
                self.send_response(code)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content.encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/sparql"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    monkeypatch.setattr(web, "DELAYS", (0.0, 0.0))
    for name in ("ECOSYSTEM_USER", "ECOSYSTEM_PASSWORD", "ECOSYSTEM_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    one = Fake()
    thread = threading.Thread(target=one.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield one
    one.server.shutdown()
    one.server.server_close()


def select(address: str) -> int:
    return len(RemoteStore.open(address).select("SELECT ?x { ?x a ?y }"))


# Addresses and secrets -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://me:secret@example.org/sparql", "credentials do not belong into an address"),
        ("http://:secret@example.org/sparql", "credentials do not belong into an address"),
        ("http:///sparql", "names no server"),
        ("http://example.org:99999/sparql", "no URL"),
        ("http://example.org/sparql#pages=3", "'pages' is no setting"),
        ("http://example.org/sparql#page=many", "page must be a number"),
        ("http://example.org/sparql#update=http://elsewhere.example/update", "the same server"),
        ("http://example.org/sparql#data=file:///etc/passwd", "the same server"),
    ],
)
def test_a_wrong_address_is_one_line_without_secrets(address: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as caught:
        RemoteStore.open(address)
    assert "secret" not in str(caught.value.lines()) and len(caught.value.lines()) == 1


def test_an_address_is_shown_without_what_may_be_secret() -> None:
    assert Endpoint.of("https://example.org:8443/ds?apikey=secret#page=5").shown == "https://example.org:8443/ds"


def test_settings_stand_behind_the_address() -> None:
    found = Endpoint.of("http://h:1/ds/query#update=update&data=/crud&page=500&timeout=2.5")
    assert found == Endpoint("http://h:1/ds/query", "http://h:1/ds/update", "http://h:1/crud", 500, 2.5)


def test_a_token_is_sent_to_the_server_only(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOSYSTEM_TOKEN", "top-secret")
    select(fake.address)
    assert {headers["authorization"] for _, headers, _ in fake.requests} == {"Bearer top-secret"}
    fake.answer = lambda number, path, body: (403, {"Content-Type": "text/plain"}, "no top-secret here")
    with pytest.raises(StoreError) as caught:
        select(fake.address)
    assert "top-secret" not in str(caught.value.lines())


def test_a_password_is_sent_only_when_it_is_asked_for(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOSYSTEM_USER", "me")
    monkeypatch.setenv("ECOSYSTEM_PASSWORD", "top-secret")
    select(fake.address)
    assert not any("authorization" in headers for _, headers, _ in fake.requests)
    expected = "Basic " + base64.b64encode(b"me:top-secret").decode()

    def challenge(number: int, path: str, body: bytes) -> Answer:
        if fake.requests[-1][1].get("authorization") == expected:
            return 200, {"Content-Type": JSON}, EMPTY
        return 401, {"WWW-Authenticate": 'Basic realm="x"'}, ""

    fake.answer = challenge
    assert select(fake.address) == 0
    monkeypatch.setenv("ECOSYSTEM_PASSWORD", "wrong-secret")
    with pytest.raises(StoreError, match="does not allow this") as caught:
        select(fake.address)
    assert "secret" not in str(caught.value.lines())


def test_another_server_never_gets_the_request(fake: Fake) -> None:
    other = Fake()
    fake.answer = lambda number, path, body: (307, {"Location": other.address + "?x=secret"}, "")
    with pytest.raises(StoreError, match="sends us to another one") as caught:
        select(fake.address)
    assert not other.requests and "secret" not in str(caught.value.lines())
    other.server.server_close()


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_redirection_on_the_server_is_followed(fake: Fake, code: int) -> None:
    def elsewhere(number: int, path: str, body: bytes) -> Answer:
        return (200, {"Content-Type": JSON}, EMPTY) if path == "/new" else (code, {"Location": "/new"}, "")

    fake.answer = elsewhere
    assert select(fake.address) == 0
    assert fake.requests[-1][2] == fake.requests[0][2] or b"SELECT" in fake.requests[-1][2]


# Failing servers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("failure", [502, 503, 504, 0])
def test_a_busy_server_is_asked_again(fake: Fake, failure: int) -> None:
    fake.answer = lambda number, path, body: (failure, {}, "") if number % 3 else (200, {"Content-Type": JSON}, EMPTY)
    assert select(fake.address) == 0
    assert len(fake.requests) == 6, "twice in vain for the data sets, and for the question"


def test_a_server_that_stays_busy_is_told(fake: Fake) -> None:
    fake.answer = lambda number, path, body: (503, {"Content-Type": "text/plain", "Retry-After": "0"}, "too\nbusy")
    with pytest.raises(StoreError, match="answers 503: too") as caught:
        select(fake.address)
    assert len(fake.requests) == 3 and len(caught.value.lines()) == 1


def test_what_must_happen_once_is_sent_once(fake: Fake) -> None:
    fake.answer = lambda number, path, body: (503, {}, "")
    with pytest.raises(StoreError):
        RemoteStore.open(fake.address)._update(b"MOVE GRAPH <urn:a> TO GRAPH <urn:b>", again=False)
    assert len(fake.requests) == 1


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        ((200, {"Content-Type": "text/html"}, "<html>Welcome"), StoreError, "not what SPARQL servers give"),
        ((200, {"Content-Type": JSON}, '{"head":'), StoreError, "not what SPARQL servers give"),
        ((200, {"Content-Type": JSON}, EMPTY.replace("[]}", '[{"x": {"type": "uri", "value": "a b"}}]}')),
         StoreError, "not what SPARQL servers give"),
        ((200, {"Content-Type": JSON, "X-SQL-State": "S1TAT"}, EMPTY), StoreError, "a part of the answer"),
        ((400, {"Content-Type": "text/plain"}, "line 2:\x1b[31m syntax error\nmore"), QueryError, "line 2: .*error"),
        ((404, {"Content-Type": "text/html"}, "<html>lost"), StoreError, "answers 404"),
        ((500, {"Content-Type": "text/plain"}, "x" * 5000), StoreError, "answers 500: x{300}\\."),
    ],
)  # fmt: skip
def test_a_strange_answer_is_one_line(fake: Fake, answer: Answer, error: type[EcosystemError], words: str) -> None:
    fake.answer = lambda number, path, body: answer
    with pytest.raises(error, match=words) as caught:
        select(fake.address)
    assert len(caught.value.lines()) == 1 and caught.value.lines()[0].isprintable()


def test_nobody_there_is_one_line() -> None:
    gone = Fake()
    gone.server.server_close()
    with pytest.raises(StoreError, match="cannot be reached"):
        select(gone.address)


def test_a_silent_server_is_not_waited_for(fake: Fake) -> None:
    def slow(number: int, path: str, body: bytes) -> Answer:
        time.sleep(0.5)
        return 200, {"Content-Type": JSON}, EMPTY

    fake.answer = slow
    with pytest.raises(StoreError, match=r"no answer within 0\.1 s"):
        select(fake.address + "#timeout=0.1")


def test_an_endless_answer_is_not_read(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "ANSWER_LIMIT", 1000)
    fake.answer = lambda number, path, body: (200, {"Content-Type": JSON}, " " * 5000)
    with pytest.raises(StoreError, match="the answer is larger than"):
        select(fake.address)


# Words of queries ----------------------------------------------------------------------------------------------------


def test_only_prefixes_that_are_used_are_written_out() -> None:
    assert worded("SELECT ?x { ?x a eco:Actor }") == f"PREFIX eco: <{terms.ECO}>\nSELECT ?x {{ ?x a eco:Actor }}"
    for query in ("PREFIX eco: <urn:e> ASK { ?x a eco:Actor }", "ASK { ?x ?y 'eco:Actor' }", "ASK { ?x a deco:Actor }"):
        assert worded(query) == query


def test_parameters_never_reach_strings_iris_or_comments() -> None:
    query = "SELECT ?x ?v # ?v\nWHERE { ?x <urn:?v> '?v' ; <urn:p> $v }"
    found = worded(query, {"v": ox.Literal('"} DROP ALL #')})
    term = r'"\"} DROP ALL #"'
    assert found == f"SELECT ?x ?v # ?v\nWHERE {{ VALUES (?v) {{ ({term}) }}  ?x <urn:?v> '?v' ; <urn:p> {term} }}"
    made = worded("CONSTRUCT { ?x <urn:p> ?v } WHERE { ?x <urn:q> ?v }", {"v": ox.NamedNode("urn:v")})
    assert made == "CONSTRUCT { ?x <urn:p> ?v } WHERE { VALUES (?v) { (<urn:v>) }  ?x <urn:q> <urn:v> }"


@pytest.mark.parametrize(
    "query", ["SELECT ?a { ?a ?b ?c } # end", "PREFIX x: <urn:x> SELECT ?a { ?a ?b ?c } ORDER BY ?c"]
)
def test_pages_of_a_query_are_queries(query: str) -> None:
    store = ox.Store()
    store.extend(ox.Quad(*(ox.NamedNode(f"urn:{n}{part}") for part in "abc")) for n in range(7))
    found = [row[0] for start in (0, 3, 6) for row in store.query(paged(query, columns_of(query), start, 3))]
    assert [node.value for node in found] == [f"urn:{n}a" for n in range(7)]


def test_a_cut_answer_is_asked_for_in_pages(fake: Fake) -> None:
    def served(number: int, path: str, body: bytes) -> Answer:
        query = parse_qs(body.decode())["query"][0]
        store, graph = ox.Store(), ox.NamedNode("urn:g")
        store.extend(ox.Quad(*(ox.NamedNode(f"urn:{n}{part}") for part in "abc"), graph) for n in range(7))
        rows = list(store.query(query, use_default_graph_as_union="FROM" not in query))
        headers = {"Content-Type": JSON} | ({"X-SPARQL-MaxRows": "3"} if len(rows) > 3 else {})
        cells = [{"x": {"type": "uri", "value": row[0].value}} for row in rows[:3]]
        return 200, headers, json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": cells}})

    fake.answer = served
    found = RemoteStore.open(fake.address).select("SELECT ?x { ?x ?y ?z }")
    assert [plain for (plain,) in found.values()] == [f"urn:{n}a" for n in range(7)]
    with pytest.raises(QueryError, match="only the first 3 rows"):
        RemoteStore.open(fake.address).select("SELECT ?x FROM <urn:g> { ?x ?y ?z }")


# Loading into a server -----------------------------------------------------------------------------------------------


def graphs_there(address: str) -> set[str]:
    rows = RemoteStore.open(address)._rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", [])
    return {row[0].value for row in rows if isinstance(row[0], ox.NamedNode)}


@pytest.fixture
def loaded(as_loader: Virtuoso, tmp_path: Path) -> str:
    """The address of a server that holds the data set `small`."""
    (tmp_path / "small.ttl").write_text("".join(f"<urn:a{n}> a <{terms.ECO}Actor> .\n" for n in range(3)))
    report = load_into([tmp_path / "small.ttl"], as_loader.address)
    assert [(row.kind, row.created) for row in report.changes] == [("actor", 3), ("dataset", 1)]
    assert not report.skipped
    return as_loader.address


COUNT = "SELECT ?x { GRAPH ?g { ?x a eco:Actor } FILTER(STRSTARTS(STR(?x), 'urn:')) }"


def test_a_load_replaces_a_data_set_on_the_server(loaded: str, tmp_path: Path) -> None:
    (tmp_path / "small.ttl").write_text("".join(f"<urn:a{n}> a <{terms.ECO}Actor> .\n" for n in range(2, 6)))
    report = load_into([tmp_path / "small.ttl"], loaded)
    assert next((row.kind, row.created, row.unchanged, row.removed) for row in report.changes) == ("actor", 3, 1, 2)
    assert len(RemoteStore.open(loaded).select(COUNT)) == 4


def test_a_dry_run_writes_nothing(loaded: str, tmp_path: Path) -> None:
    (tmp_path / "other.ttl").write_text(f"<urn:b> a <{terms.ECO}Actor> .\n")
    load_into([tmp_path / "other.ttl"], loaded, dry_run=True)
    assert len(RemoteStore.open(loaded).select(COUNT)) == 3


class StopError(Exception):
    """What a test breaks a load with."""


@pytest.mark.parametrize("by_updates", [False, True])
def test_a_load_that_breaks_off_leaves_the_old_content_and_no_rest(
    loaded: str, tmp_path: Path, by_updates: bool
) -> None:
    address = loaded.partition("&data=")[0] if by_updates else loaded
    before = graphs_there(loaded)
    (tmp_path / "small.ttl").write_text("".join(f"<urn:b{n}> a <{terms.ECO}Actor> .\n" for n in range(300)))
    sent = []

    def stop(what: str, done: int, total: int | None) -> None:
        if what.startswith("Sending"):
            sent.append(done)
            assert any(graph.startswith(STAGING) for graph in graphs_there(loaded))
            raise StopError

    with pytest.raises(StopError):
        load_into([tmp_path / "small.ttl"], address, progress=stop)
    assert sent and graphs_there(loaded) == before
    assert len(RemoteStore.open(loaded).select(COUNT)) == 3


def test_who_may_not_load_is_told(loaded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other.ttl").write_text(f"<urn:b> a <{terms.ECO}Actor> .\n")
    with monkeypatch.context() as wrong, pytest.raises(StoreError, match="does not allow this") as caught:
        wrong.setenv("ECOSYSTEM_PASSWORD", "wrong-secret")
        load_into([tmp_path / "other.ttl"], loaded)
    assert "secret" not in str(caught.value.lines())
    assert len(RemoteStore.open(loaded).select(COUNT)) == 3


def test_other_graphs_of_the_server_are_neither_seen_nor_touched(loaded: str) -> None:
    store = RemoteStore.open(loaded)
    store._insert(b"<urn:theirs> <urn:p> <urn:theirs> .\n", "urn:theirs")
    try:
        assert not bool(RemoteStore.open(loaded).query("ASK { <urn:theirs> ?p ?o }"))
        assert "urn:theirs" not in RemoteStore.open(loaded).graphs() and "urn:theirs" in graphs_there(loaded)
    finally:
        store.remove(["urn:theirs"])


def test_the_commands_take_an_address(loaded: str, tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, result.output
        return result.stdout

    folder = tmp_path / "courts"
    folder.mkdir()
    (folder / "actors.csv").write_text(
        "id,label,type\ncourt,Court of Audit,SupremeAuditInstitution\nministry,Ministry,Actor\n"
    )
    (folder / "relationships.csv").write_text("subject,relation,object\ncourt,audits,ministry\n")
    assert "relationship" in run("load", str(folder), "-s", loaded)
    assert run("query", "-d", loaded, "-f", "csv", "SELECT ?x { ?x eco:audits ?y }").split() == [
        "x",
        terms.ID + "court",
    ]
    assert "Court of Audit" in run("show", "-d", loaded, "court")


def test_a_copy_is_asked_by_our_own_engine(as_loader: Virtuoso, make_store, ontology: Ontology) -> None:
    agency, system = actor("a", "LineAgency", "FRA"), actor("s", "AlgorithmicSystem")
    store: EmbeddedStore = make_store([agency, system, tie("a", "uses", "s")])
    RemoteStore.open(as_loader.address).replace(store, store.graphs())
    eco = open_ecosystem(as_loader.address + "&copy=1")
    assert isinstance(eco.store, EmbeddedStore) and not eco.skipped
    found, own = (
        [(gap.rule, gap.subject_iri, gap.detail) for gap in one.gaps()] for one in (eco, Ecosystem(store, ontology))
    )
    assert found == own and found, "rules that the server itself answers otherwise"
