"""A store elsewhere: any server that speaks the SPARQL 1.1 protocol."""

from __future__ import annotations

import re
import secrets
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import IO, Final
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import QueryError, StoreError
from ecosystem.progress import Progress, silent
from ecosystem.store.embedded import EmbeddedStore
from ecosystem.store.interface import RdfTerm, Store, names_graphs
from ecosystem.store.web import Endpoint, RefusalError, Reply, Web
from ecosystem.store.wording import columns_of, first_row, form_of, paged, worded

__all__ = ["RemoteStore"]

ROWS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
TRIPLES: Final = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
ACCEPT_ROWS: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
ACCEPT_TRIPLES: Final = "application/n-triples, text/turtle;q=0.5, application/rdf+xml;q=0.2"
# How some servers say that they gave only the first rows of an answer, or what they had when its time was over.
CUT_AT: Final = "X-SPARQL-MaxRows"
STATE: Final = "X-SQL-State"
# Some write blank nodes as no blank node may be called.
NODE: Final = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")([^"]*)"')
SUBJECT: Final = re.compile(rb"^_:([A-Za-z0-9]+) ", re.MULTILINE)
OBJECT: Final = re.compile(rb" _:([A-Za-z0-9]+) \.$", re.MULTILINE)
UPLOAD: Final = 4 * 1024**2  # bytes of a part by the graph store protocol,
INSERTED: Final = 128 * 1024  # and by updates, which servers take in whole before they do anything
STAGING: Final = "urn:ecosystem-mapper:staging:"


class RemoteStore(Store):
    """A SPARQL endpoint.

    Where data sets lie there that were loaded by us, questions see those and the ontology, and nothing else that the
    server holds; else they see what the server shows.
    """

    def __init__(self, endpoint: Endpoint, web: Web | None = None) -> None:
        self.endpoint = endpoint
        self._web = web or Web(endpoint)

    @classmethod
    def open(cls, address: str) -> RemoteStore:
        """Open the endpoint at an address; nothing is asked yet.

        Raises
        ------
        StoreError
            If it is no address of an endpoint.
        """
        return cls(Endpoint.of(address))

    def query(
        self, query: str, parameters: Mapping[str, RdfTerm] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Ask a SPARQL 1.1 query; see `Store.query`."""
        return self._asked(query, parameters, self._scope)

    def graphs(self) -> list[str]:
        """Return the names of the graphs that questions see, sorted."""
        if self._scope:
            return sorted(self._scope)
        return sorted(name for (name,) in self.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").values())

    def graph(self, graph: str) -> Iterator[ox.Triple]:
        """Yield the triples of one named graph."""
        query = f"SELECT ?s ?p ?o WHERE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}"
        for subject, predicate, value in self._rows(query, []):
            yield ox.Triple(subject, predicate, value)

    def holds(self, graph: str) -> bool:
        """Tell whether there is a named graph with anything in it."""
        pattern = f"GRAPH {ox.NamedNode(graph)} {{ ?subject ?predicate ?object }}"
        return bool(self._asked(f"ASK {{ {pattern} }}", None, []))

    def replace(self, staged: EmbeddedStore, graphs: Collection[str], progress: Progress = silent) -> dict[str, int]:
        """Put graphs of another store into the place of those here, all at once or, on an error, none.

        They are first written beside, under names of their own; then one update moves them.

        Returns
        -------
        dict
            How many statements the server holds of each graph: fewer than were sent, if it takes some for equal.

        Raises
        ------
        StoreError
            If the server cannot be reached or refuses; it then holds what it held.
        """
        run = STAGING + secrets.token_hex(8)
        places = {graph: f"{run}:{number}" for number, graph in enumerate(sorted(graphs), start=1)}
        try:
            for graph, place in places.items():
                with staged.dump(graph) as content:
                    self._upload(content, place, f"Sending {graph}", progress)
            counts = {graph: self._count(place) for graph, place in places.items()}
            self._move(places)
        except BaseException:
            self._clean(places.values())
            raise
        vars(self).pop("_scope", None)
        return counts

    def remove(self, graphs: Collection[str]) -> None:
        """Remove named graphs, if they are there.

        Raises
        ------
        StoreError
            If the server cannot be reached or refuses.
        """
        self._update(" ;\n".join(f"DROP SILENT GRAPH {ox.NamedNode(graph)}" for graph in graphs).encode(), again=True)
        vars(self).pop("_scope", None)

    # Asking ----------------------------------------------------------------------------------------------------------

    @cached_property
    def _scope(self) -> list[str]:
        """The data sets that were loaded by us, and the ontology; each names itself in its own graph."""
        described = f"GRAPH ?graph {{ ?graph a {ox.NamedNode(terms.DATASET)} }}"
        query = f"SELECT DISTINCT ?graph WHERE {{ {described} }}"
        found = [str(row[0].value) for row in self._rows(query, []) if isinstance(row[0], ox.NamedNode)]
        ours = [graph for graph in found if not graph.startswith(STAGING)]
        return [*sorted(ours), terms.ONTOLOGY] if ours else []

    def _rows(self, query: str, scope: Collection[str]) -> ox.QuerySolutions:
        found = self._asked(query, None, scope)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("This must be a SELECT query.")
        return found

    def _asked(
        self, query: str, parameters: Mapping[str, RdfTerm] | None, scope: Collection[str]
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        form, text = form_of(query), worded(query, parameters)
        scope = () if names_graphs(query) else scope
        if form == "select":
            return self._selected(text, scope)
        reply = self._send(text, scope, ACCEPT_ROWS if form == "ask" else ACCEPT_TRIPLES)
        return self._truth(reply) if form == "ask" else self._triples(reply)

    def _selected(self, text: str, scope: Collection[str]) -> ox.QuerySolutions:
        if self.endpoint.page and not names_graphs(text):
            columns = columns_of(text) or self._names(self._send(first_row(text), scope, ACCEPT_ROWS))
            return self._in_pages(text, columns, scope, self.endpoint.page)
        reply = self._send(text, scope, ACCEPT_ROWS)
        cut = _cut_at(reply)
        if not cut:
            return self._table(reply)
        if names_graphs(text):
            hint = "Ask for less with LIMIT and OFFSET."
            raise QueryError(f"{self.endpoint.shown}: the server gave only the first {cut:,} rows.", hint=hint)
        return self._in_pages(text, self._names(reply), scope, cut)

    def _names(self, reply: Reply) -> list[str]:
        return [variable.value for variable in self._table(reply).variables]

    def _in_pages(self, text: str, columns: list[str], scope: Collection[str], count: int) -> ox.QuerySolutions:
        together = tempfile.TemporaryFile()  # noqa: SIM115 (the answer reads it)
        offset = 0
        while True:
            reply = self._send(paged(text, columns, offset, count), scope, ACCEPT_ROWS)
            written = self._table(reply).serialize(format=ox.QueryResultsFormat.TSV) or b""
            rows = written[written.index(b"\n") + 1 :]
            together.write(rows if offset else written)
            found = rows.count(b"\n")
            offset += found
            if not found or (found < count and not _cut_at(reply)):
                break
        together.seek(0)
        solutions = ox.parse_query_results(together, ox.QueryResultsFormat.TSV)
        assert isinstance(solutions, ox.QuerySolutions)
        return solutions

    def _send(self, text: str, scope: Collection[str], accept: str) -> Reply:
        graphs = [(kind, graph) for graph in scope for kind in ("default-graph-uri", "named-graph-uri")]
        body = urlencode([("query", text), *graphs]).encode()
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            reply = self._web.post(self.endpoint.query, body, headers)
        except RefusalError as error:
            if error.status == 400:
                raise QueryError(f"The server refuses the query: {error.told or 'it does not say why'}.") from error
            raise
        if reply.headers.get(STATE):
            hint = "Ask for less, or let its operator allow more time."
            raise StoreError(f"{self.endpoint.shown}: the server gave a part of the answer only.", hint=hint)
        return reply

    def _table(self, reply: Reply) -> ox.QuerySolutions:
        found = self._results(reply)
        if not isinstance(found, ox.QuerySolutions):
            raise self._strange(reply)
        return found

    def _truth(self, reply: Reply) -> ox.QueryBoolean:
        found = self._results(reply)
        if isinstance(found, ox.QuerySolutions):
            # Some servers answer with a row that holds 1, or with none.
            values = [str(row[0].value) for row in found if isinstance(row[0], ox.Literal)]
            return _boolean(bool(values) and values[0] not in ("0", "false"))
        return found

    def _results(self, reply: Reply) -> ox.QuerySolutions | ox.QueryBoolean:
        form = ROWS.get(reply.type)
        if form is None:
            raise self._strange(reply)
        content = reply.content.read()
        if form == ox.QueryResultsFormat.JSON and b'"bnode"' in content:
            content = NODE.sub(lambda found: found[1] + re.sub(rb"[^A-Za-z0-9]", b"", found[2]) + b'"', content)
        try:
            found = ox.parse_query_results(content, form)
            if isinstance(found, ox.QueryBoolean):
                return found
            # Gone through once by the engine, so that what is wrong with it is said here and nowhere else.
            try:
                found.serialize(format=ox.QueryResultsFormat.TSV)
            finally:
                del found
            return ox.parse_query_results(content, form)
        except (SyntaxError, ValueError) as error:
            raise self._strange(reply) from error

    def _triples(self, reply: Reply) -> ox.QueryTriples:
        if cut := _cut_at(reply):
            hint = "Ask for less with LIMIT and OFFSET."
            raise QueryError(f"{self.endpoint.shown}: the server gave the triples of {cut:,} rows only.", hint=hint)
        if reply.type not in TRIPLES:
            raise self._strange(reply)
        held = ox.Store()
        try:
            held.load(reply.content, TRIPLES[reply.type], base_iri=terms.ID)
        except (SyntaxError, ValueError) as error:
            raise self._strange(reply) from error
        found = held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(found, ox.QueryTriples)
        return found

    def _strange(self, reply: Reply) -> StoreError:
        message = f"{self.endpoint.shown}: the answer ({reply.type[:60]}) is not what SPARQL servers give."
        return StoreError(message, hint="Is this the address of queries?")

    # Loading ---------------------------------------------------------------------------------------------------------

    def _upload(self, content: IO[bytes], place: str, what: str, progress: Progress) -> None:
        done, total = 0, content.seek(0, 2)
        content.seek(0)
        while lines := content.readlines(UPLOAD if self.endpoint.data else INSERTED):
            part = b"".join(lines)
            done += len(part)
            self._insert(_named(part) if b"_:" in part else part, place)
            progress(what, done, total)

    def _insert(self, part: bytes, place: str) -> None:
        # Without blank nodes, to send the same twice does no harm.
        if self.endpoint.data:
            joint = "&" if "?" in self.endpoint.data else "?"
            address = f"{self.endpoint.data}{joint}graph={quote(place, safe='')}"
            self._web.post(address, part, {"Content-Type": "application/n-triples"})
        else:
            self._update(b"INSERT DATA { GRAPH <" + place.encode() + b"> {\n" + part + b"} }", again=True)

    def _move(self, places: Mapping[str, str]) -> None:
        moves = (f"MOVE GRAPH <{place}> TO GRAPH {ox.NamedNode(graph)}" for graph, place in places.items())
        try:
            self._update(" ;\n".join(moves).encode(), again=False)
        except StoreError as error:
            # The connection may have been lost when all was done.
            if isinstance(error, RefusalError) or any(self.holds(place) for place in places.values()):
                raise

    def _clean(self, places: Collection[str]) -> None:
        # What went wrong before is what the user must know.
        with suppress(StoreError):
            self.remove(places)

    def _update(self, text: bytes, *, again: bool) -> None:
        headers = {"Content-Type": "application/sparql-update", "Accept": "*/*"}
        self._web.post(self.endpoint.update, text, headers, again=again)

    def _count(self, graph: str) -> int:
        query = f"SELECT (COUNT(*) AS ?count) WHERE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}"
        (row,) = self._rows(query, [])
        return int(row[0].value)


def _cut_at(reply: Reply) -> int:
    """Return how many rows the server gave, if it says that there are more; else 0."""
    told = reply.headers.get(CUT_AT, "")
    return int(told) if told.isdecimal() else 0


def _named(lines: bytes) -> bytes:
    """Give blank nodes IRIs: a name of a blank node means something else in each request."""
    start = f"<{terms.ID}bnode/".encode()
    lines = SUBJECT.sub(lambda found: start + found[1] + b"> ", lines)
    return OBJECT.sub(lambda found: b" " + start + found[1] + b"> .", lines)


def _boolean(truth: bool) -> ox.QueryBoolean:
    found = ox.Store().query(f"ASK {{ FILTER({'true' if truth else 'false'}) }}")
    assert isinstance(found, ox.QueryBoolean)
    return found
