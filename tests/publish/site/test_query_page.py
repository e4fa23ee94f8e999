"""The page that asks SPARQL in the browser: the published answers, errors in words, nothing that freezes or leaks."""

from __future__ import annotations

import csv
import functools
import http.server
import io
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
# What a table of ours says, row by row.
ROWS = "(table) => [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent))"


@contextmanager
def query_page(chromium: Browser, address: str) -> Iterator[Page]:
    """Open a query page, and hold it to its policy and to the place that it came from."""
    context = chromium.new_context(accept_downloads=True)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "window.__violations = [];"
        "document.addEventListener('securitypolicyviolation', (e) => window.__violations.push(e.violatedDirective));"
    )
    page.goto(address)
    page.wait_for_selector("#asking:not([hidden])")
    yield page
    assert page.evaluate("window.__violations") == []
    assert said == []
    place = address.split("#")[0].rpartition("/")[0]
    assert [url for url in asked if not url.startswith((place, "blob:"))] == []
    context.close()


def ask(page: Page, query: str | None = None) -> str:
    """Ask, and return what the page then says: the heading of the answer, or what is wrong."""
    if query is not None:
        page.fill("#query", query)
    page.click("#ask")
    page.wait_for_selector("#ask:not([disabled])", timeout=60_000)
    return page.inner_text("#error") or page.inner_text("#answer h2")


@pytest.fixture(scope="module")
def page(chromium: Browser, site: Path) -> Iterator[Page]:
    """The query page of the bundled data, from the file system."""
    with query_page(chromium, (site / "query.html").as_uri()) as found:
        yield found


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The same site on a plain file server."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/query.html"
        server.shutdown()


def test_each_saved_question_has_the_answer_that_is_published(page: Page, chromium: Browser, site: Path) -> None:
    names = page.eval_on_selector_all("#question option[value]", "(all) => all.map((one) => one.value).filter(Boolean)")
    assert {f"{name}.html" for name in names} == {path.name for path in site.glob("questions/*.html")} - {"index.html"}
    published = chromium.new_page()
    compared = 0
    for name in names:
        page.select_option("#question", name)
        heading = ask(page)
        published.goto((site / "questions" / f"{name}.html").as_uri())
        table = published.query_selector("main table")
        if table is None:
            assert heading.startswith(("Nothing in these data", "No")), name
            continue
        expected = table.evaluate(ROWS)
        if page.query_selector("#answer table") is None:  # triples, which the page shows as Turtle
            assert len(page.inner_text("#answer pre").split("\n")) > 5, name
            continue
        found = page.eval_on_selector("#answer table", ROWS)
        assert sorted(map(tuple, found)) == sorted(map(tuple, expected)) or len(expected) == 200 < len(found), name
        compared += 1
    published.close()
    assert compared > 30


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Write a question first"),
        (
            "SELECT * {\n  ?s ?p\n}",
            "Line 3, character 2: the query cannot be read from here. It could go on with LATERAL, SERVICE.",
        ),
        ("# SELECT\nDELETE WHERE { ?s ?p ?o }", "This page only reads"),
        ("SELECT * { ?s nope:x ?o }", "Its prefix is not known"),
        ("who works with whom?", "A question begins with SELECT"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "This page asks no other server"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "Nothing in these data"),
        ("SELECT ?x { ?x eco:country ?c } GROUP BY ?c", "SELECT names a variable that is neither grouped nor bound"),
    ],
)
def test_what_is_wrong_is_said_in_words(page: Page, query: str, words: str) -> None:
    assert words in ask(page, query)


def test_yes_and_no_and_triples_are_answers_too(page: Page) -> None:
    assert ask(page, "ASK { id:caf a eco:Actor }").startswith("No")
    assert ask(page, "ask { id:caf ?p 'x # } SELECT' }").startswith("No")
    assert ask(page, "ASK { id:caf ?p ?o }").startswith("Yes")
    assert ask(page, "CONSTRUCT { id:caf eco:x ?p } { id:caf ?p ?o }").startswith("Triples")
    assert "ontology#x" in page.inner_text("#answer pre")
    assert ask(page, "DESCRIBE id:caf").startswith("Triples")


def test_cells_lead_to_pages_and_the_address_holds_the_question(page: Page, chromium: Browser) -> None:
    query = "SELECT ?who WHERE { VALUES ?who { id:caf <javascript:alert(1)> 'x' } }"
    ask(page, query)
    links = page.eval_on_selector_all(
        "#answer table a", "(all) => all.map((a) => [a.textContent, a.getAttribute('href')])"
    )
    assert links == [["CAF – Development Bank of Latin America", "actors/caf.html"]]
    with query_page(chromium, page.url) as again:
        assert again.input_value("#query") == query


def test_answers_can_be_taken_away(page: Page) -> None:
    ask(page, "SELECT ?a ?b { VALUES (?a ?b) { ('=1+1' 'x,\"y\"') (id:caf UNDEF) } } ORDER BY ?a")
    files = {}
    for name in ("CSV", "JSON"):
        with page.expect_download() as saved:
            page.get_by_role("button", name=f"Download {name}").click()
        files[saved.value.suggested_filename] = Path(saved.value.path()).read_bytes().decode("utf-8")
    rows = list(csv.reader(io.StringIO(files["answer.csv"], newline="")))
    assert rows == [["a", "b"], ["https://w3id.org/ecosystem-mapper/id/caf", ""], ["'=1+1", 'x,"y"']]
    assert [row["a"]["value"] for row in json.loads(files["answer.json"])["results"]["bindings"]] == [
        "https://w3id.org/ecosystem-mapper/id/caf",
        "=1+1",
    ]


def test_a_long_question_can_be_stopped_and_the_page_goes_on(page: Page) -> None:
    page.fill("#query", ENDLESS)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("#ask:not([disabled])")
    assert page.inner_text("#error") == "Stopped."
    assert ask(page, "ASK { ?s ?p ?o }").startswith("Yes")


def test_the_clock_ends_what_takes_too_long(chromium: Browser, site: Path) -> None:
    with query_page(chromium, (site / "query.html").as_uri()) as page:
        ask(page, "ASK {}")
        page.clock.install()
        page.fill("#query", ENDLESS)
        page.click("#ask")
        page.clock.fast_forward(31_000)
        page.wait_for_selector("#error:not([hidden])")
        assert page.inner_text("#error").startswith("Stopped after 30 seconds.")


def test_it_works_from_a_plain_file_server(chromium: Browser, served: str) -> None:
    with query_page(chromium, served + "#question=who-leads-what") as page:
        assert " rows" in ask(page)
        assert violations(page) == []


def test_what_is_missing_is_said_in_words(chromium: Browser, site: Path, tmp_path: Path) -> None:
    shutil.copy(site / "query.html", tmp_path)
    context = chromium.new_context()
    page = context.new_page()
    page.goto((tmp_path / "query.html").as_uri())
    assert "The files beside this page cannot be read" in ask(page)
    context.close()


def test_hostile_data_stay_text(chromium: Browser, hostile_site: Path) -> None:
    with query_page(chromium, (hostile_site / "query.html").as_uri()) as page:
        assert " rows" in ask(
            page, "SELECT * { ?s ?p ?o FILTER(STRSTARTS(STR(?s), STR(id:)) || !STRSTARTS(STR(?s), 'https://w3id')) }"
        )
        assert page.evaluate("window.__pwned") is None
        found = page.eval_on_selector_all("#answer a", "(all) => all.map((a) => a.getAttribute('href'))")
        assert all(one.partition("/")[0] in ("actors", "initiatives", "countries", "sources") for one in found)
        assert page.query_selector("#answer img, #answer script") is None
        assert "onerror" in page.inner_text("#answer")
