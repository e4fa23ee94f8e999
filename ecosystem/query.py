"""SPARQL as a user asks it: prefixes preset, nothing but reading allowed, answers in the standard formats."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import QueryError
from ecosystem.store import RdfTerm, Solutions, Store, bare, plain
from ecosystem.tables import spreadsheet_safe

__all__ = ["FORMATS", "Answer", "ask", "compact"]

FORMATS: Final = ("table", "csv", "tsv", "json", "xml", "md", "ttl", "nt")
UPDATE_WORDS: Final = re.compile(r"\b(insert|delete|load|clear|drop|create|copy|move|add)\b", re.IGNORECASE)
ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query answered: rows of a SELECT, the truth of an ASK, or the triples of a CONSTRUCT or DESCRIBE."""

    solutions: Solutions | None = None
    truth: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None

    def __len__(self) -> int:
        if self.solutions is not None:
            return len(self.solutions)
        return len(self.triples) if self.triples is not None else 1

    def to_pandas(self) -> object:
        """Return the rows as a data frame of plain text; needs pandas."""
        return self.table().to_pandas()

    def table(self) -> Solutions:
        """Return rows and columns, whatever the form of the query."""
        if self.solutions is not None:
            return self.solutions
        if self.truth is not None:
            boolean = ox.Literal(self.truth)
            return Solutions(("answer",), ((boolean,),))
        rows = tuple((t.subject, t.predicate, t.object) for t in self.triples or ())
        return Solutions(("subject", "predicate", "object"), rows)

    def write(self, form: str) -> str:
        """Return the answer in one of the written `FORMATS` (all but `table`).

        Raises
        ------
        QueryError
            If this form of query has no such format: Turtle is for triples, SPARQL JSON and XML are for rows.
        """
        if form in ("ttl", "nt"):
            return self._write_triples(form)
        if form in ("json", "xml"):
            return self._write_results(form)
        if form == "md":
            return _markdown(self.table())
        return _separated(self.table(), {"csv": ",", "tsv": "\t"}[form])

    def _write_triples(self, form: str) -> str:
        if self.triples is None:
            raise QueryError(f"A SELECT or ASK has no triples to write as {form}.", hint="Ask a CONSTRUCT or DESCRIBE.")
        syntax = ox.RdfFormat.TURTLE if form == "ttl" else ox.RdfFormat.N_TRIPLES
        written = ox.serialize(self.triples, format=syntax, prefixes=dict(terms.PREFIXES) if form == "ttl" else None)
        return (written or b"").decode("utf-8")

    def _write_results(self, form: str) -> str:
        if self.triples is not None:
            raise QueryError(f"A CONSTRUCT or DESCRIBE has no rows to write as {form}.", hint="Write it as ttl.")
        if form == "json":
            return json.dumps(_results_json(self), ensure_ascii=False, indent=2) + "\n"
        return _results_xml(self)

    def _repr_html_(self) -> str:
        table = self.table()
        head = "".join(f"<th>{html.escape(name)}</th>" for name in table.columns)
        rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in table.values())
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def ask(store: Store, query: str, parameters: Mapping[str, RdfTerm] | None = None) -> Answer:
    """Ask `query` of the store, which only ever reads.

    Rows of a SELECT without ORDER BY come sorted, so that the same question has the same answer, byte for byte.

    Parameters
    ----------
    parameters
        Terms to bind to variables of the query; they are never pasted into its text.

    Raises
    ------
    QueryError
        If the query is wrong, is an update, or asks another server (SERVICE).
    """
    _forbid_service(query)
    try:
        found = store.query(query, parameters)
    except QueryError as error:
        if UPDATE_WORDS.match(_first_word(query)):
            raise QueryError(
                "This is an update; queries only read.", hint="Change the data set and load it again."
            ) from error
        raise
    if isinstance(found, ox.QueryBoolean):
        return Answer(truth=bool(found))
    if isinstance(found, ox.QueryTriples):
        return Answer(triples=tuple(sorted(found, key=str)))
    words = bare(query)
    names = _columns(words, [variable.value for variable in found.variables])
    rows = [tuple(solution[name] for name in names) for solution in found]
    if not re.search(r"\border\s+by\b", words, re.IGNORECASE):
        rows.sort(key=lambda row: tuple(str(term) if term is not None else "" for term in row))
    return Answer(solutions=Solutions(names, tuple(rows)))


def _columns(words: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns in the order in which the query names them; for `SELECT *` the engine's order is another."""
    if not re.search(r"\bselect\s+((distinct|reduced)\s+)?\*", words, re.IGNORECASE):
        return tuple(names)
    seen = dict.fromkeys(re.findall(r"[?$](\w+)", words))
    return tuple(sorted(names, key=lambda name: list(seen).index(name) if name in seen else len(seen)))


def compact(term: RdfTerm | None) -> str:
    """Return a term as people read it: an IRI with its prefix, a literal without its datatype.

    >>> compact(ox.NamedNode("https://w3id.org/ecosystem-mapper/id/caf")), compact(ox.Literal("CAF", language="en"))
    ('id:caf', 'CAF')
    """
    if isinstance(term, ox.NamedNode):
        for prefix, namespace in terms.PREFIXES.items():
            if term.value.startswith(namespace) and re.fullmatch(r"[\w.-]+", term.value[len(namespace) :]):
                return f"{prefix}:{term.value[len(namespace) :]}"
    return plain(term)


def _forbid_service(query: str) -> None:
    """Raise if the query would ask another server. The engine has no switch for that, so the parsed query is looked at.

    A query without the word cannot have the clause; else a SPARQL parser tells it from a comment, a string or a name.
    """
    unescaped = ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), query)
    if "service" not in unescaped.lower():
        return
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    def has_service(node: Any) -> bool:
        if isinstance(node, CompValue):
            return node.name == "ServiceGraphPattern" or any(has_service(value) for value in node.values())
        if isinstance(node, dict):
            return any(has_service(value) for value in node.values())
        return not isinstance(node, str) and hasattr(node, "__iter__") and any(has_service(item) for item in node)

    prologue = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in terms.PREFIXES.items())
    try:
        asks_elsewhere = has_service(parseQuery(prologue + unescaped))
    except (ParseException, RecursionError):
        # What one parser cannot read must not reach the network through the other.
        asks_elsewhere = re.search(r"\bservice\b", unescaped, re.IGNORECASE) is not None
    if asks_elsewhere:
        raise QueryError("SERVICE asks another server, which is not allowed.", hint="Load that data and ask it here.")


def _first_word(query: str) -> str:
    """Return the rest of the query from its first word after the prologue."""
    return re.sub(r"^(\s*(prefix\s+[\w.-]*:|base)\s*)*", "", bare(query), flags=re.IGNORECASE)


def _separated(table: Solutions, separator: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([spreadsheet_safe(cell) for cell in row] for row in table.values())
    return out.getvalue()


def _markdown(table: Solutions) -> str:
    lines = ["| " + " | ".join(table.columns) + " |", "|" + "---|" * len(table.columns)]
    for row in table.rows:
        cells = (compact(term).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for term in row)
        lines.append("| " + " | ".join(html.escape(cell, quote=False) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _results_json(answer: Answer) -> dict[str, Any]:
    """Return the SPARQL 1.1 Query Results JSON Format."""
    if answer.truth is not None:
        return {"head": {}, "boolean": answer.truth}
    table = answer.table()
    bindings = [
        {name: _binding(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    return {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}


def _binding(term: RdfTerm) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        binding = {"type": "literal", "value": term.value}
        if term.language:
            binding["xml:lang"] = term.language
        elif term.datatype.value != terms.PREFIXES["xsd"] + "string":
            binding["datatype"] = term.datatype.value
        return binding
    raise QueryError("A quoted triple has no place in this format.", hint="Write the answer as csv.")


def _results_xml(answer: Answer) -> str:
    """Return the SPARQL Query Results XML Format."""
    import xml.etree.ElementTree as ET  # only writes here: nothing from outside is parsed

    not_xml = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # dear to compile

    root = ET.Element("sparql", {"xmlns": "http://www.w3.org/2005/sparql-results#"})
    head = ET.SubElement(root, "head")
    if answer.truth is not None:
        ET.SubElement(root, "boolean").text = str(answer.truth).lower()
    else:
        table = answer.table()
        for name in table.columns:
            ET.SubElement(head, "variable", {"name": name})
        results = ET.SubElement(root, "results")
        for row in table.rows:
            result = ET.SubElement(results, "result")
            for name, term in zip(table.columns, row, strict=True):
                if term is not None:
                    binding = _binding(term)
                    kind, value = binding.pop("type"), binding.pop("value")
                    attributes = {key: not_xml.sub("\ufffd", text) for key, text in binding.items()}
                    cell = ET.SubElement(ET.SubElement(result, "binding", {"name": name}), kind, attributes)
                    cell.text = not_xml.sub("\ufffd", value)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
