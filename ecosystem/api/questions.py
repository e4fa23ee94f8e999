"""Questions as people put them: a saved query by its name or SPARQL, with what they choose, answered in words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import QueryError
from ecosystem.ontology import Ontology, Parameter, SavedQuery, is_name, parse_query
from ecosystem.query import Answer, ask
from ecosystem.store import RdfTerm, plain
from ecosystem.tables import Table

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["Question", "SavedRow", "question", "saved_query", "saved_rows"]

NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")
YEAR: Final = re.compile(r"\d{4}")
IRI: Final = re.compile(r"<([^<>\"{}|^`\\\x00-\x20]+)>")
PREFIXED: Final = re.compile(r"([a-z]+):([\w.-]+)")
LISTED: Final = {
    "country": "countries",
    "country group": "groups",
    "relation": "relations",
    "type": "types",
    "concept": "concepts",
}
# What lies here is called by the end of its IRI where it has no label; any other IRI is an address of its own.
OURS: Final = (terms.ID, terms.ECO, terms.COUNTRY_AUTHORITY)


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved query in a list."""

    name: str
    title: str
    audience: tuple[str, ...]
    parameters: tuple[str, ...]


def saved_rows(queries: Mapping[str, SavedQuery], language: str = "en") -> Table[SavedRow]:
    """Return the saved queries as a table, by name."""
    rows = (
        SavedRow(one.name, one.title(language), one.audience, tuple(str(parameter) for parameter in one.parameters))
        for one in queries.values()
    )
    return Table(SavedRow, tuple(rows))


def saved_query(ontology: Ontology, name: str) -> SavedQuery:
    """Return the saved query of this name.

    Raises
    ------
    QueryError
        If there is none.
    """
    known = ontology.queries
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Is it {near[0]}?" if near else "See `ecosystem query --list`."
    raise QueryError(f"There is no saved query called {name!r}.", hint=hint)


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the terms that its variables are bound to."""

    eco: Ecosystem
    saved: SavedQuery
    bound: Mapping[str, RdfTerm]

    def ask(self, *, time_limit: float | None = None, allow_service: bool = False) -> Answer:
        """Ask it; see `ecosystem.query.ask`."""
        return ask(self.eco.store, self.saved.text, self.bound, time_limit=time_limit, allow_service=allow_service)

    def in_words(self, answer: Answer) -> Answer:
        """Return its answer with names in the place of IRIs, and without what the one who asks knows already."""
        return answer.named(self._name, leave_out=self.bound)

    def heading(self) -> str:
        """Return what is asked, in words: the title, and what variables are bound to.

        >>> import ecosystem
        >>> ecosystem.open().question("funders-of-a-country", {"country": "ARE"}).heading()
        'Who funds what in a country (country: United Arab Emirates)'
        """
        chosen = (
            f"{name}: {self._name(term.value) if isinstance(term, ox.NamedNode) else plain(term)}"
            for name, term in self.bound.items()
        )
        about = ", ".join(chosen)
        return self.saved.title(self.eco.language) + (f" ({about})" if about else "")

    def _name(self, iri: str) -> str:
        named = self.eco.lookup.labels.get(iri)
        return named or (self.eco.lookup.label(iri) if iri.startswith(OURS) else iri)


def question(eco: Ecosystem, text: str, given: Mapping[str, str | RdfTerm], path: str = "the query") -> Question:
    """Return the saved query called `text`, or `text` itself as SPARQL, with its variables bound.

    Parameters
    ----------
    given
        What variables are bound to: terms, or texts that are read as the kind of parameter that the query declares;
        of a query that declares none, as SPARQL writes terms (`<iri>`, `eco:funds`, `12`), else as plain text.
    path
        Where the query was read; said of errors in its header.

    Raises
    ------
    QueryError
        If there is no such saved query, or a parameter is missing, unknown, or of another kind.
    """
    saved = saved_query(eco.ontology, text) if is_name(text) else parse_query(text, path=path)
    declared = {parameter.name: parameter for parameter in saved.parameters}
    _check(saved, declared, given)
    bound: dict[str, RdfTerm] = {}
    for name, value in given.items():
        if not isinstance(value, str):
            bound[name] = value
        elif name in declared:
            bound[name] = _term(eco, declared[name], value)
        else:
            bound[name] = _as_written(value)
    for parameter in saved.parameters:
        if parameter.name not in bound and parameter.default:
            bound[parameter.name] = _term(eco, parameter, parameter.default)
    return Question(eco, saved, bound)


def _check(saved: SavedQuery, declared: Mapping[str, Parameter], given: Mapping[str, object]) -> None:
    called = saved.name or "The query"
    variables = set(declared) if saved.titles else set(re.findall(r"[?$](\w+)", saved.text))
    for name in given:
        if name not in variables:
            has = ", ".join(map(str, saved.parameters)) or ", ".join(f"?{one}" for one in sorted(variables)) or "none"
            raise QueryError(f"{called} has no parameter {name!r}.", hint=f"It has: {has}.")
    for parameter in saved.parameters:
        if parameter.name not in given and not parameter.default and not parameter.optional:
            raise QueryError(
                f"{called} asks for {parameter.name}: {parameter.definition}", hint=f"Give it: --set {parameter.name}=…"
            )


def _term(eco: Ecosystem, parameter: Parameter, text: str) -> RdfTerm:
    """Return what `text` means as the value of a parameter."""
    kind = parameter.kind
    if kind == "actor":
        return ox.NamedNode(eco.lookup.find(text))
    if kind == "text":
        return ox.Literal(text)
    if kind == "number" and NUMBER.fullmatch(text):
        return _number(text)
    if kind == "year" and YEAR.fullmatch(text):
        return _number(text)
    if kind in ("number", "year"):
        example = "2021" if kind == "year" else "0.5"
        raise QueryError(f"{parameter.name} is a {kind}, and {text!r} is none.", hint=f"Write it as {example}.")
    iri = eco.ontology.resolve(kind, _expanded(text))
    if iri is None:
        near = eco.ontology.nearest(text, kind)
        hint = f"Is it {near}?" if near else f"See `ecosystem ontology list {LISTED[kind]}`."
        raise QueryError(f"{parameter.name} is a {kind}, and none is called {text!r}.", hint=hint)
    return ox.NamedNode(iri)


def _as_written(text: str) -> RdfTerm:
    """Return the term that SPARQL would write so, else `text` itself as a literal.

    >>> _as_written("eco:funds").value, _as_written("12").datatype.value[-7:], _as_written("12 } DROP ALL").value
    ('https://w3id.org/ecosystem-mapper/ontology#funds', 'integer', '12 } DROP ALL')
    """
    expanded = _expanded(text)
    if expanded != text:
        return ox.NamedNode(expanded)
    if NUMBER.fullmatch(text):
        return _number(text)
    if text in ("true", "false"):
        return ox.Literal(text == "true")
    return ox.Literal(text)


def _expanded(text: str) -> str:
    """Return the IRI that `<iri>` or `prefix:name` stands for; any other text as it is."""
    iri, prefixed = IRI.fullmatch(text), PREFIXED.fullmatch(text)
    if iri:
        return iri[1]
    if prefixed and prefixed[1] in terms.PREFIXES:
        return terms.PREFIXES[prefixed[1]] + prefixed[2]
    return text


def _number(text: str) -> ox.Literal:
    kind = "decimal" if "." in text else "integer"
    return ox.Literal(text, datatype=ox.NamedNode(terms.PREFIXES["xsd"] + kind))
