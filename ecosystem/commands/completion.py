"""What the prompt proposes: keywords, prefixes, terms of the ontology, names of things, saved queries, commands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ecosystem import terms
from ecosystem.ontology import fold

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer

    from ecosystem.api import Ecosystem

__all__ = ["Completions"]

KEYWORDS: Final = (
    *("SELECT", "DISTINCT", "WHERE", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "FROM", "GRAPH", "OPTIONAL", "UNION"),
    *("MINUS", "FILTER", "BIND", "VALUES", "ORDER BY", "GROUP BY", "HAVING", "LIMIT", "OFFSET", "COUNT", "EXISTS"),
)
MOST: Final = 50
WORD: Final = re.compile(r"[.\w:-]*$")
Proposal = tuple[str, str]


class Completions:
    """Proposals for a text; what they need of the data is read when it is first needed."""

    def __init__(self, eco: Ecosystem, commands: Iterable[str]) -> None:
        self.eco = eco
        self.commands = tuple(commands)

    def proposals(self, text: str) -> tuple[str, list[Proposal]]:
        """Return the word that `text` ends with, and what may stand in its place, each with what it is.

        Parameters
        ----------
        text
            What stands before the cursor.
        """
        found = WORD.search(text)
        word = found[0] if found else ""
        return word, [*self._proposals(text[: len(text) - len(word)], word)][:MOST]

    def _proposals(self, before: str, word: str) -> Iterator[Proposal]:
        first = not before.strip()
        prefix, colon, rest = word.partition(":")
        if first and word.startswith("."):
            yield from ((command, "") for command in self.commands if command.startswith(word))
        elif colon:
            namespace = terms.PREFIXES.get(prefix, "")
            yield from self._things(rest, namespace, f"{prefix}:") if namespace else ()
        else:
            saved = self.eco.ontology.queries
            if first or before.strip() == ".show":
                yield from (
                    (name, one.title(self.eco.language)) for name, one in saved.items() if name.startswith(word)
                )
            if word:
                yield from ((one, "") for one in KEYWORDS if one.lower().startswith(word.lower()))
                yield from ((f"{one}:", "") for one in terms.PREFIXES if one.startswith(word))
                yield from self._things(word, terms.ID, "id:") if len(word) > 1 else ()

    def _things(self, text: str, namespace: str, prefix: str) -> Iterator[Proposal]:
        """Yield the things of a namespace whose id or label begins so, or has a word that does."""
        wanted = fold(text)
        for iri, label in self._labels:
            if iri.startswith(namespace):
                name = iri[len(namespace) :]
                folded = fold(label)
                if name.lower().startswith(text.lower()) or folded.startswith(wanted) or f" {wanted}" in folded:
                    yield prefix + name, label

    @cached_property
    def _labels(self) -> list[tuple[str, str]]:
        return sorted(self.eco.lookup.labels.items())

    def completer(self) -> Completer:
        """Return these proposals as the prompt takes them."""
        from prompt_toolkit.completion import CompleteEvent, Completer, Completion
        from prompt_toolkit.document import Document

        proposals = self.proposals

        class Proposing(Completer):
            def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
                word, found = proposals(document.text_before_cursor)
                for text, meaning in found:
                    yield Completion(text, start_position=-len(word), display_meta=meaning)

        return Proposing()
