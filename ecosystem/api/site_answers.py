"""The saved questions with their answers, as pages of a site show them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ecosystem.errors import EcosystemError, TimeLimitError
from ecosystem.ontology import Parameter, SavedQuery
from ecosystem.progress import Progress, silent
from ecosystem.publish.site.model import QuestionPage
from ecosystem.publish.words import Words
from ecosystem.query import ask, compact

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem
    from ecosystem.store import RdfTerm

__all__ = ["answered", "beginning"]

ROWS: Final = 200  # of an answer that a page shows
PATIENCE: Final = 30.0  # seconds for one answer
CONSIDERED: Final = 500  # values of what may be chosen, those with most rows
TRIES: Final = 50  # of what may be chosen, until one can be written after --set
TRIED: Final = 10.0  # seconds to find an example of what may be chosen
HEADER: Final = re.compile(r"\A(?:\s*#[^\n]*\n)+\s*")
BODY: Final = re.compile(r"\bWHERE\s*\{|\A\s*(?:SELECT|ASK)\b[^{]*\{", re.IGNORECASE)
FORM: Final = re.compile(r"\A\s*SELECT\b", re.IGNORECASE)
NAMED: Final = re.compile(r"[a-z]+:[A-Za-z][A-Za-z0-9-]*")


def answered(eco: Ecosystem, connected: Sequence[str] = (), progress: Progress = silent) -> tuple[QuestionPage, ...]:
    """Ask every saved question; of one that needs something chosen, an example is answered.

    Parameters
    ----------
    connected
        IRIs of actors, the best connected first: examples of an actor where the answers themselves name none.
    """
    queries = eco.ontology.queries
    found = []
    for done, saved in enumerate(queries.values()):
        progress("Asking the saved questions", done + 1, len(queries))
        found.append(_page(eco, saved, connected))
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.name)))


def beginning(saved: SavedQuery, bound: Mapping[str, RdfTerm], language: str = "en") -> str:
    r"""Return a saved query as somebody begins with it who has no way to bind variables but to write them.

    >>> from ecosystem.ontology import parse_query
    >>> saved = parse_query("# title: Who?\n# parameter from (year, default 1900): When.\nSELECT ?from { ?a ?b ?from }")
    >>> print(beginning(saved, {"from": ox.Literal(1900)}))
    # Who?
    SELECT ?from {
      VALUES ?from { 1900 }  # When.
      ?a ?b ?from }
    """
    body = HEADER.sub("", saved.text).strip()
    about = {one.name: one.definition for one in saved.parameters}
    lines = "".join(f"\n  VALUES ?{name} {{ {_sparql(term)} }}  # {about[name]}" for name, term in bound.items())
    within = BODY.search(body)
    if lines and within:
        rest = body[within.end() :]
        body = body[: within.end()] + lines + (rest if rest.startswith("\n") else f"\n  {rest.lstrip()}")
    words = [saved.title(language), *([saved.description] if saved.description else [])]
    return "".join(f"# {' '.join(line.split())}\n" for line in words) + body


def _page(eco: Ecosystem, saved: SavedQuery, connected: Sequence[str]) -> QuestionPage:
    speak = Words(eco.language)
    needed = [one for one in saved.parameters if not one.optional and not one.default]
    example = _example(eco, saved, needed, connected)
    chosen = {one.name: _name(eco, one, example[one.name]) if one.name in example else "…" for one in needed}
    data = (part for name in eco.data for part in ("-d", name))
    settings = (part for name, text in chosen.items() for part in ("--set", f"{name}={text}"))
    language = () if eco.language == "en" else ("--language", eco.language)
    page = QuestionPage(
        name=saved.name,
        title=saved.title(eco.language),
        description=saved.description,
        text=saved.text,
        begin=beginning(saved, example, eco.language),
        command=shlex.join(["ecosystem", "query", saved.name, *data, *settings, *language]),
        parameters=tuple((str(one), one.definition) for one in saved.parameters),
    )
    if len(example) < len(needed):
        return replace(page, unanswered=speak.say("depends_on_choice"))
    try:
        question = eco.question(saved.name, example)
        answer = question.ask(time_limit=PATIENCE)
    except TimeLimitError:
        return replace(page, unanswered=speak.say("takes_longer", seconds=f"{PATIENCE:g}"))
    about = speak.series(
        f"{speak.get(f'variable_{name}', name.replace('_', ' ')).lower()} {_cell(eco, example[name])[0]}"
        for name in chosen
    )
    page = replace(page, example=about, begin=beginning(saved, question.bound, eco.language))
    rows = [tuple(_cell(eco, term) for term in row) for row in answer.table().rows]
    if not answer.ordered:
        rows.sort(key=lambda row: [(text.casefold(), text, iri) for text, iri in row])
    return replace(page, columns=answer.table().columns, rows=tuple(rows[:ROWS]), total=len(rows))


def _example(
    eco: Ecosystem, saved: SavedQuery, needed: Sequence[Parameter], connected: Sequence[str]
) -> dict[str, RdfTerm]:
    """Return what to choose as an example: what most rows of the answer to the open question have in common."""
    if not needed:
        return {}
    if FORM.search(HEADER.sub("", saved.text)) is None:  # triples, which name no variable
        actors = [ox.NamedNode(iri) for iri in connected[: len(needed)]]
        of_actors = len(actors) == len(needed) and all(one.kind == "actor" for one in needed)
        return dict(zip((one.name for one in needed), actors, strict=True)) if of_actors else {}
    names = " ".join(f"?{one.name}" for one in needed)
    # The engine counts: the open question may have millions of rows, none of which is wanted.
    counting = (
        f"SELECT {names} (COUNT(*) AS ?rows) WHERE {{ {{ {HEADER.sub('', saved.text)}\n}} }} "
        f"GROUP BY {names} ORDER BY DESC(?rows) {names} LIMIT {CONSIDERED}"
    )
    try:
        answer = ask(eco.store, counting, {}, time_limit=TRIED)
    except EcosystemError:  # it takes too long, or cannot be asked with nothing chosen
        return {}
    return _commonest(eco, [row[:-1] for row in answer.table().rows], needed, frozenset(connected))


def _commonest(
    eco: Ecosystem, found: Sequence[tuple[RdfTerm | None, ...]], needed: Sequence[Parameter], actors: frozenset[str]
) -> dict[str, RdfTerm]:
    """Return the first values that may be chosen; where actors are asked for, rather such as are on the map."""

    def others(terms: tuple[RdfTerm | None, ...]) -> int:
        pairs = zip(needed, terms, strict=True)
        return sum(one.kind == "actor" and _cell(eco, term)[1] not in actors for one, term in pairs)

    for terms in sorted(found, key=others)[:TRIES]:
        chosen = {one.name: term for one, term in zip(needed, terms, strict=True) if term is not None}
        if len(chosen) == len(needed) and all(_name(eco, one, chosen[one.name]) for one in needed):
            return chosen
    return {}


def _name(eco: Ecosystem, parameter: Parameter, term: RdfTerm) -> str:
    """Return how to write a term after `--set`: its label if that means it, else its IRI; nothing if it cannot be."""
    if not isinstance(term, ox.NamedNode):
        return compact(term)
    label = eco.lookup.labels.get(term.value) or eco.ontology.label(term.value, eco.language)
    asked = f"# title: x\n# parameter x ({parameter.kind}): x\nSELECT ?x {{}}"
    for text in (label, f"<{term.value}>", term.value):
        try:
            if text and eco.question(asked, {"x": text}).bound["x"] == term:
                return text
        except EcosystemError:
            continue
    return ""


def _cell(eco: Ecosystem, term: RdfTerm | None) -> tuple[str, str]:
    """Return what to call a term, and its IRI where it is one."""
    if not isinstance(term, ox.NamedNode):
        return compact(term), ""
    iri = eco.lookup.stands.get(term.value, term.value)
    return eco.lookup.labels.get(iri) or compact(term), iri


def _sparql(term: RdfTerm) -> str:
    """Return a term as SPARQL writes it, short where that is safe."""
    short = compact(term)
    if isinstance(term, ox.NamedNode):
        return short if NAMED.fullmatch(short) else str(term)
    return short if short.isdigit() and term == ox.Literal(int(short)) else str(term)
