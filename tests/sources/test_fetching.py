"""Contexts of JSON-LD that are fetched, where the user allows it, from a real server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ecosystem.errors import DataError
from ecosystem.ontology import Ontology
from ecosystem.sources import fetching, read
from ecosystem.sources.fetching import FetchError, fetch_linked_data

CONTEXT = b'{"@context": {"@vocab": "https://example.org/vocabulary/"}}'
REPLIES = {
    "/context.jsonld": (200, {"Content-Type": "application/ld+json"}, CONTEXT),
    "/page": (
        200,
        {
            "Content-Type": "text/html",
            "Link": '</style.css>; rel="stylesheet", </context.jsonld>; rel="alternate"; type="application/ld+json"',
        },
        b"<html>",
    ),
    "/bare-page": (200, {"Content-Type": "text/html"}, b"<html>"),
    "/moved": (301, {"Location": "/context.jsonld"}, b""),
    "/to-a-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/to-another-protocol": (302, {"Location": "ftp://127.0.0.1/a"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/large": (200, {"Content-Type": "application/json"}, b"[" + b" " * (fetching.SIZE_LIMIT + 1) + b"]"),
    "/broken": (200, {"Content-Type": "application/json"}, b"{"),
    "/relative": (200, {"Content-Type": "application/json"}, b'{"@context": ["context.jsonld", {"b": "x:b"}]}'),
}


class _Replies(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, content = REPLIES.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Replies) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


@pytest.mark.parametrize("path", ["/context.jsonld", "/page", "/moved"])
def test_a_context_is_found_where_its_server_has_it(server: str, path: str) -> None:
    assert fetch_linked_data(server + path) == CONTEXT


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/nothing", "its server answers 404"),
        ("/bare-page", "it is no JSON-LD"),
        ("/to-a-file", "its server answers 302"),
        ("/to-another-protocol", "unknown url type"),
        ("/round", "its server answers 302"),
        ("/large", "it is larger than 4 MiB"),
    ],
)
def test_anything_else_is_refused(server: str, path: str, why: str) -> None:
    with pytest.raises(FetchError, match=why):
        fetch_linked_data(server + path)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/a", "data:,a", "http://", "http://["])
def test_only_the_web_is_asked(address: str) -> None:
    with pytest.raises(FetchError, match="only http and https are fetched"):
        fetch_linked_data(address)


def test_no_server_is_told_in_words() -> None:
    with pytest.raises(FetchError, match="refused"):
        fetch_linked_data("http://127.0.0.1:9/context")


@pytest.mark.parametrize("at", ["/page", "/relative"])
def test_a_document_is_read_with_its_context_where_that_is_allowed(
    server: str, at: str, write, ontology: Ontology
) -> None:
    path = write(a__jsonld=f'{{"@context": "{server}{at}", "@id": "https://example.org/a", "d": "e"}}')
    reading = read(path, ontology, allow_remote_context=True)
    said = '<https://example.org/a> <https://example.org/vocabulary/d> "e"'
    assert [str(quad.triple) for quad in reading.quads] == [said]


@pytest.mark.parametrize(("at", "why"), [("/nothing", "could not be fetched"), ("/broken", "is not JSON")])
def test_a_context_that_cannot_be_had_is_one_clear_line(
    server: str, at: str, why: str, write, ontology: Ontology
) -> None:
    path = write(a__jsonld=f'{{"@context": "{server}{at}", "@id": "https://example.org/a", "d": "e"}}')
    with pytest.raises(DataError, match=why) as caught:
        read(path, ontology, allow_remote_context=True)
    assert len(caught.value.problems) == 1
