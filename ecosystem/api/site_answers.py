"""The saved questions with their answers, as pages of a site show them."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ecosystem.errors import TimeLimitError
from ecosystem.ontology import SavedQuery
from ecosystem.progress import Progress, silent
from ecosystem.publish.site.model import QuestionPage
from ecosystem.query import compact

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem
    from ecosystem.store import RdfTerm

__all__ = ["answered"]

ROWS: Final = 200  # of an answer that a page shows
PATIENCE: Final = 30.0  # seconds for one answer


def answered(eco: Ecosystem, progress: Progress = silent) -> tuple[QuestionPage, ...]:
    """Ask every saved question that needs nothing chosen; of the others, say what they ask for."""
    queries = eco.ontology.queries
    found = []
    for done, saved in enumerate(queries.values()):
        progress("Asking the saved questions", done + 1, len(queries))
        found.append(_page(eco, saved))
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.name)))


def _page(eco: Ecosystem, saved: SavedQuery) -> QuestionPage:
    needed = [one for one in saved.parameters if not one.optional and not one.default]
    chosen = (part for one in needed for part in ("--set", f"{one.name}=…"))
    data = (part for name in eco.data for part in ("-d", name))
    page = QuestionPage(
        name=saved.name,
        title=saved.title(eco.language),
        description=saved.description,
        text=saved.text,
        command=shlex.join(["ecosystem", "query", saved.name, *data, *chosen]),
        parameters=tuple((str(one), one.definition) for one in saved.parameters),
    )
    if needed:
        return replace(page, unanswered="Its answer depends on what you choose.")
    try:
        answer = eco.question(saved.name).ask(time_limit=PATIENCE)
    except TimeLimitError:
        why = f"Its answer takes longer than {PATIENCE:g} seconds: ask it with the command."
        return replace(page, unanswered=why)
    rows = [tuple(_cell(eco, term) for term in row) for row in answer.table().rows]
    if not answer.ordered:
        rows.sort(key=lambda row: [(text.casefold(), text, iri) for text, iri in row])
    return replace(page, columns=answer.table().columns, rows=tuple(rows[:ROWS]), total=len(rows))


def _cell(eco: Ecosystem, term: RdfTerm | None) -> tuple[str, str]:
    """Return what to call a term, and its IRI where it is one."""
    if not isinstance(term, ox.NamedNode):
        return compact(term), ""
    iri = eco.lookup.stands.get(term.value, term.value)
    return eco.lookup.labels.get(iri) or compact(term), iri
