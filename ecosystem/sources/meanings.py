"""What the words of a foreign table mean, by its plan and the vocabulary; what recurs is understood once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar

from ecosystem.errors import Problem
from ecosystem.sources import values
from ecosystem.sources.mapping import Plan
from ecosystem.sources.reading import Problems, Vocabulary
from ecosystem.sources.values import ValueFault, quoted

__all__ = ["Meanings"]

Meaning = TypeVar("Meaning")
# A time behind a day, and a year that a spreadsheet took for a number.
TIME_OF_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:.*")
YEAR_AS_NUMBER: Final = re.compile(r"(\d{4})\.0")


class Meanings:
    """From words to what they mean; what cannot be understood is reported, or counted and passed over."""

    def __init__(self, plan: Plan, vocabulary: Vocabulary, problems: Problems) -> None:
        self.plan, self.vocabulary, self.problems = plan, vocabulary, problems
        self._words = {
            kind: {word.casefold(): iri for word, iri in words.items()} for kind, words in plan.words.items()
        }
        self._known: dict[tuple[str, str], str] = {}
        self._types: dict[tuple[str, bool], tuple[str, str]] = {}
        self._relations: dict[tuple[str, str], tuple[str, str]] = {}
        self._passed: Counter[tuple[str, str]] = Counter()

    def wrong(self, message: str, hint: str, where: Callable[[], tuple[str, int]]) -> None:
        """Report what is wrong with a row."""
        named, line = where()
        self.problems.add(self.plan.table.problem(f"{named}{message}", hint, line))

    def passed_over(self) -> Iterator[Problem]:
        """Say which words were passed over, and how often."""
        kinds = dict.fromkeys(kind for kind, _ in self._passed)
        for kind in kinds:
            counts = Counter({word: count for (one, word), count in self._passed.items() if one == kind})
            yield self.plan.table.problem(f"{kind} not understood and passed over: {values.examples(counts)}.")

    def concept(self, kind: str, text: str) -> str:
        """Return a concept (`kind` is topics or stages); one that is not known is passed over."""
        return self._resolved(kind, text, self.vocabulary.resolve_concept) if text else ""

    def country(self, text: str, where: Callable[[], tuple[str, int]]) -> str:
        """Return a country; one that is not known is reported once."""
        known = self._known.get(("countries", text))
        if known is not None or not text:
            return known or ""
        words = self._words["countries"]
        found = words.get(text.casefold())
        if found is None:
            found = self.vocabulary.resolve_country(text) or ""
            if not found and not values.is_supranational(text):
                near = self.vocabulary.nearest(text, "country")
                meant = f"Did you mean {near}? " if near else ""
                hint = f"{meant}Else say what it means below [countries]."
                self.wrong(f"country {quoted(text)} is not known.", hint, where)
        self._known["countries", text] = found
        return found

    def type(self, text: str, initiative: bool) -> tuple[str, str]:
        """Return a type, and the kind as the table words it where no fitting type says it."""
        found = self._types.get((text, initiative))
        if found is None:
            found = self._types[text, initiative] = self._type(text, initiative)
        return found

    def _type(self, text: str, initiative: bool) -> tuple[str, str]:
        vocabulary = self.vocabulary
        default = vocabulary.default_initiative_type if initiative else vocabulary.default_actor_type
        if not text:
            return default, ""
        meant = self._words["types"].get(text.casefold())
        if meant == "":
            return default, text
        meant = meant or vocabulary.resolve_type(text)
        fits = meant is not None and vocabulary.is_initiative_type(meant) is initiative
        return (meant, "") if meant and fits else (default, text)

    def relation(self, role: str, otherwise: str, where: Callable[[], tuple[str, int]]) -> tuple[str, str]:
        """Return the role, where the relation does not say it, and the relation; a role not known is reported once."""
        known = self._relations.get((role, otherwise))
        if known is None:
            known = self._relations[role, otherwise] = self._relation(role, otherwise, where)
        return known

    def _relation(self, role: str, otherwise: str, where: Callable[[], tuple[str, int]]) -> tuple[str, str]:
        words = self._words["relations"]
        stated = words.get(role.casefold()) or self.vocabulary.resolve_relation(role) if role else ""
        if role and not stated and words and not otherwise:
            hint = "Say there what it means, or give the section a relation for all other roles."
            self.wrong(f"role {quoted(role)} is not one of [relations].", hint, where)
        return "" if stated else role, stated or otherwise or self.vocabulary.default_relation

    def date(self, part: str, text: str, where: Callable[[], tuple[str, int]]) -> str:
        """Return a date; one that cannot be understood is reported once."""
        found = self._known.get(("date", text))
        if found is None:
            bare = TIME_OF_DAY.sub(r"\1", YEAR_AS_NUMBER.sub(r"\1", text))
            found = self._understood(part, values.date, bare, where, "") if text else ""
            self._known["date", text] = found
        return found

    def number(
        self, part: str, text: str, where: Callable[[], tuple[str, int]], least: float = 0, most: float | None = None
    ) -> float | None:
        """Return a number, if there is one."""
        if not text:
            return None
        found = self._understood(part, values.number, text, where, least)
        if found < least or (most is not None and found > most):
            limits = f"below {least:g}" if most is None else f"not between {least:g} and {most:g}"
            self.wrong(f"{part} {quoted(text)} is {limits}.", "Mend it.", where)
        return found

    def web_address(self, text: str) -> str:
        """Return a web address; without its beginning it gets one, and what is none is passed over."""
        if not text or values.is_iri(text):
            return text
        if "." in text.partition("/")[0] and "@" not in text and values.is_iri(f"https://{text}"):
            return f"https://{text}"
        self._passed["homepages", text] += 1
        return ""

    def _resolved(self, kind: str, text: str, resolve: Callable[[str], str | None]) -> str:
        found = self._known.get((kind, text))
        if found is None:
            words: Mapping[str, str] = self._words[kind]
            found = words.get(text.casefold())
            found = (resolve(text) or "") if found is None else found
            self._known[kind, text] = found
        if not found and text.casefold() not in self._words[kind]:
            self._passed[kind, text] += 1
        return found

    def _understood(
        self,
        what: str,
        meaning: Callable[[str], Meaning],
        text: str,
        where: Callable[[], tuple[str, int]],
        otherwise: Meaning,
    ) -> Meaning:
        try:
            return meaning(text)
        except ValueFault as fault:
            self.wrong(f"{what} {fault.message}", f"{fault.hint} Or list it below [empty].", where)
            return otherwise
