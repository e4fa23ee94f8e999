"""The preview answers real requests: files of the site and queries, to this machine's own pages and nobody else."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from ecosystem.api import open as open_ecosystem
from ecosystem.api.serving import Preview, server
from ecosystem.api.site import publish
from ecosystem.errors import PublishError

ASK = "SELECT ?a ?b { ?a eco:audits ?b }"
Answer = tuple[int, dict[str, str], bytes]


class Served:
    """A preview of a copy of a small data set, in this process."""

    def __init__(self, folder: Path) -> None:
        self.data, self.said = folder / "audits", []
        shutil.copytree(Path(__file__).parents[1] / "fixtures" / "sources" / "audits", self.data)
        self.published = 0
        self.preview = Preview(self.open, self.publish, (self.data,), folder / "site", self.said.append)
        self.preview.current()
        self.http = server(self.preview, "127.0.0.1", 0, 5.0)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def open(self):
        return open_ecosystem(self.data)

    def publish(self, eco) -> None:
        self.published += 1
        publish(eco, self.preview.folder)

    def ask(self, path: str, method: str = "GET", body: bytes | str = b"", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.http.server_port, timeout=20)
        connection.request(
            method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()}
        )
        found = connection.getresponse()
        answer = found.status, {name.casefold(): value for name, value in found.getheaders()}, found.read()
        connection.close()
        return answer

    def sparql(self, query: str, accept: str = "", **headers: str) -> Answer:
        return self.ask("/sparql?query=" + quote(query), Accept=accept or "*/*", **headers)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    found = Served(tmp_path_factory.mktemp("served"))
    yield found
    found.http.shutdown()
    found.http.server_close()


def test_it_serves_the_site(served: Served) -> None:
    status, headers, body = served.ask("/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert body == (served.preview.folder / "index.html").read_bytes()
    assert b"<h1>Actors</h1>" in served.ask("/actors/")[2]
    assert served.ask("/actors/", "HEAD")[2] == b""
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


def test_what_is_hidden_stays_so(served: Served) -> None:
    (served.preview.folder / ".secret.html").write_text("secret", encoding="utf-8")
    assert served.ask("/.secret.html")[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../audits/actors.csv",
        "/%2e%2e/audits/actors.csv",
        "/..%2faudits/actors.csv",
        "/actors",
        "/none.html",
        "//[",
        "/a%00b",
        "/C:/x.html",
        "/%5c..%5cx",
    ],
)
def test_nothing_else_is_served(served: Served, path: str) -> None:
    assert served.ask(path)[0] == 404


def test_a_link_out_of_the_folder_is_not_followed(served: Served) -> None:
    link = served.preview.folder / "out.csv"
    link.symlink_to(served.data / "actors.csv")
    assert served.ask("/out.csv")[0] == 404
    link.unlink()


def test_the_query_page_finds_its_engine_here_too(served: Served) -> None:
    for name in ("engine.js", "data.js"):
        status, headers, _ = served.ask(f"/query/{name}")
        assert (status, headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert served.ask("/query/oxigraph.txt")[0] == 200


def test_another_programs_client_can_ask(served: Served) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    query = "PREFIX eco: <https://w3id.org/ecosystem-mapper/ontology#> SELECT ?a ?b { ?a eco:audits ?b }"
    address = f"http://127.0.0.1:{served.http.server_port}/sparql"
    expected = {(a.value, b.value) for a, b in served.preview.current().query(ASK).solutions.rows}
    for method in ("GET", "POST", "POST_FORM"):
        rows = SPARQLStore(address, method=method, context_aware=False).query(query)
        assert {(str(row.a), str(row.b)) for row in rows} == expected, method


@pytest.mark.parametrize(
    ("accept", "media_type", "form"),
    [
        ("", "application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml", ox.QueryResultsFormat.XML),
        ("text/csv;q=0.1, text/tab-separated-values", "text/tab-separated-values", ox.QueryResultsFormat.TSV),
        ("text/html, application/json;q=0.9, */*;q=0.1", "application/json", ox.QueryResultsFormat.JSON),
    ],
)
def test_rows_come_in_the_form_that_is_asked_for(served: Served, accept: str, media_type: str, form) -> None:
    status, headers, body = served.sparql(ASK, accept)
    assert (status, headers["content-type"]) == (200, media_type)
    rows = [[term.value for term in row] for row in ox.parse_query_results(body, format=form)]
    expected = served.preview.current().query(ASK).solutions
    assert rows == [[term.value for term in row] for row in expected.rows]
    assert rows


def test_csv_changes_nothing_for_spreadsheets(served: Served) -> None:
    body = served.sparql('SELECT ?a ?b { BIND ("=1+1\\r\\n" AS ?a) BIND ("-x" AS ?b) }', "text/csv")[2]
    assert body == b'a,b\r\n"=1+1\r\n",-x\r\n'


def test_a_construct_comes_as_turtle_and_an_ask_as_json(served: Served) -> None:
    status, headers, body = served.sparql("CONSTRUCT WHERE { ?a eco:audits ?b }", "text/turtle")
    assert (status, headers["content-type"]) == (200, "text/turtle")
    assert len(list(ox.parse(body, format=ox.RdfFormat.TURTLE))) >= 1
    assert json.loads(served.sparql("ASK { ?a eco:audits ?b }")[2])["boolean"] is True
    assert served.sparql("ASK {}", "text/csv")[0] == 406
    assert served.sparql(ASK, "text/turtle")[0] == 406


def test_queries_can_be_posted(served: Served) -> None:
    expected = served.sparql(ASK)[2]
    assert served.ask("/sparql", "POST", ASK, Content_Type="application/sparql-query")[2] == expected
    form = f"query={quote(ASK)}"
    assert served.ask("/sparql", "POST", form, Content_Type="application/x-www-form-urlencoded")[2] == expected


@pytest.mark.parametrize(
    ("status", "method", "path", "body", "media_type"),
    [
        (400, "GET", "/sparql?query=" + quote("DELETE WHERE { ?s ?p ?o }"), "", ""),
        (400, "GET", "/sparql?query=" + quote("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), "", ""),
        (400, "GET", "/sparql?query=" + quote("SELECT nonsense"), "", ""),
        (400, "GET", "/sparql", "", ""),
        (400, "GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", "", ""),
        (400, "GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=http://example.org/", "", ""),
        (403, "POST", "/sparql", "DROP ALL", "application/sparql-update"),
        (403, "POST", "/sparql", "update=DROP%20ALL", "application/x-www-form-urlencoded"),
        (400, "POST", "/sparql", b"\xff", "application/sparql-query"),
        (415, "POST", "/sparql", "x", "text/html"),
        (413, "POST", "/sparql", b"x" * 1_000_001, "application/sparql-query"),
        (405, "POST", "/index.html", "x", "text/html"),
        (501, "PUT", "/sparql", "x", "text/html"),
    ],
)
def test_it_only_reads(served: Served, status: int, method: str, path: str, body: str, media_type: str) -> None:
    before = len(served.preview.current().network())
    assert served.ask(path, method, body, Content_Type=media_type or "text/plain")[0] == status
    assert len(served.preview.current().network()) == before


def test_a_query_that_takes_too_long_is_ended(served: Served) -> None:
    served.http.time_limit, usual = 0.3, served.http.time_limit
    status, _, body = served.sparql("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    served.http.time_limit = usual
    assert status == 503
    assert b"time limit" in body


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example:80", "[", ""])
def test_other_names_are_not_answered(served: Served, host: str) -> None:
    assert served.ask("/", Host=host)[0] in (400, 421)
    assert served.ask("/", Host="localhost:1")[0] == 200


def test_other_sites_may_not_ask(served: Served) -> None:
    assert served.sparql(ASK, Origin="https://evil.example")[0] == 403
    assert served.sparql(ASK, Sec_Fetch_Site="cross-site")[0] == 403
    assert served.sparql(ASK, Origin=f"http://127.0.0.1:{served.http.server_port}")[0] == 200


def test_it_listens_on_this_machine_alone(served: Served) -> None:
    assert served.http.server_address[0] == "127.0.0.1"
    with pytest.raises(PublishError, match="Nothing can listen"):
        server(served.preview, "127.0.0.1", served.http.server_port, 1.0)


def test_half_a_request_harms_nobody(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.http.server_port)) as one:
        one.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\nhalf")
    assert served.ask("/")[0] == 200


def test_changed_data_are_read_again_and_bad_data_are_not_served(served: Served) -> None:
    count = served.published
    served.ask("/")
    assert served.published == count
    actors = served.data / "actors.csv"
    whole = actors.read_text(encoding="utf-8")
    assert b"Court of Changes" not in served.ask("/actors/")[2]
    head, first = whole.splitlines()[:2]
    row = dict.fromkeys(head.split(","), "") | {"id": "one-more", "label": "Court of Changes"}
    row["type"] = dict(zip(head.split(","), first.split(","), strict=False))["type"]
    actors.write_text(whole.rstrip("\n") + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    assert b"Court of Changes" in served.ask("/actors/")[2]
    assert (served.published, served.said) == (count + 1, ["The data have changed: the site is made anew."])
    actors.write_text("id,type\nx,NoSuchType\n", encoding="utf-8")
    assert b"Court of Changes" in served.ask("/actors/")[2]
    assert any("actors.csv:1" in words for words in served.said), served.said
    assert served.said[-1] == "The last edition that could be read is still served."
    actors.write_text(whole, encoding="utf-8")
    assert b"Court of Changes" not in served.ask("/actors/")[2]
    assert served.published == count + 2
