"""From the TOML file that states a plan to the plan, or to everything that is wrong with it (see `mapping`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from ecosystem.errors import Problem
from ecosystem.sources import workbooks
from ecosystem.sources.descriptions import dataset_of, nearest_key
from ecosystem.sources.inputs import PACKED, Input
from ecosystem.sources.mapping import (
    ACTOR,
    INITIATIVE,
    PARTICIPATION,
    RELATIONSHIP,
    SEPARATED,
    Part,
    Plan,
    Thing,
    Tie,
)
from ecosystem.sources.reading import Problems, Vocabulary
from ecosystem.sources.values import quoted

__all__ = ["DOCUMENTS", "Plan", "plan_of"]

DOCUMENTS: Final = (".json", ".jsonl", ".ndjson", ".xml")
THING: Final = (
    *("id", "label", "type", "country", "since", "until", "acronym", "alt_labels", "description", "homepage"),
    *("identifiers", "kind", "topics"),
)
# Parts that may be several, from several columns.
SEVERAL: Final = frozenset({"alt_labels", "identifiers", "topics"})
THINGS: Final[Mapping[str, tuple[str, ...]]] = {ACTOR: THING, INITIATIVE: (*THING, "stage")}
TIE: Final = ("role", "since", "until", "amount", "strength", "confidence", "statement", "locator")
# Words that a plan explains, and what they are called one by one.
WORDS: Final[Mapping[str, str]] = {
    "relations": "relation",
    "types": "type",
    "countries": "country",
    "topics": "concept",
    "stages": "concept",
}
BY_COLUMN: Final = ("empty", "several", "skip")
SECTIONS: Final = (ACTOR, INITIATIVE, PARTICIPATION, RELATIONSHIP, *WORDS, *BY_COLUMN)
ABOUT_TABLE: Final = ("file", "sheet", "header", "rows")


def plan_of(said: Mapping[str, Any], source: Input, vocabulary: Vocabulary, skipped: list[Problem]) -> Plan:
    """Return the plan that a TOML file states.

    Raises
    ------
    DataError
        With everything that is wrong with it.
    """
    about = {key: value for key, value in said.items() if key not in (*SECTIONS, *ABOUT_TABLE)}
    problems = Problems(source.place)
    parser = _Parser(said, source, vocabulary, problems)
    for key in [key for key, value in about.items() if isinstance(value, dict | list)]:
        known = nearest_key(key, SECTIONS) or f"There are {', '.join(f'[{name}]' for name in SECTIONS)}."
        parser.wrong(f"there is no section [{key}].", known)
        del about[key]
    dataset = dataset_of(about, source.path, source.name if source.path == "-" else "", source.stem, problems, skipped)
    things = parser.things()
    words = parser.words()
    plan = Plan(
        dataset,
        parser.table(dataset.name),
        tuple(things.values()),
        tuple(parser.ties(things)),
        words,
        parser.words_by_column("empty"),
        parser.words_by_column("skip"),
        parser.texts("several", parser.section("several")),
        parser.header(),
        parser.text("rows"),
    )
    problems.check()
    return plan


@dataclass(frozen=True, slots=True)
class _Parser:
    """What is said in a plan, section by section; what is wrong goes to `problems`."""

    said: Mapping[str, Any]
    source: Input
    vocabulary: Vocabulary
    problems: Problems

    def wrong(self, message: str, hint: str = "") -> None:
        """Note that something is wrong with the plan."""
        self.problems.add(self.source.problem(message, hint))

    def section(self, name: str) -> dict[str, Any]:
        """Return a section; nothing where it is not there."""
        found = self.said.get(name, {})
        if isinstance(found, dict):
            return found
        self.wrong(f"{name} is not a table.", f"Write [{name}] on a line of its own.")
        return {}

    def texts(self, name: str, section: Mapping[str, Any]) -> dict[str, str]:
        """Return the texts of a section."""
        for key in [key for key, value in section.items() if not isinstance(value, str)]:
            self.wrong(f"{key} of [{name}] is not text.", f'Write {key} = "…".')
        return {key: value for key, value in section.items() if isinstance(value, str)}

    def text(self, key: str) -> str:
        """Return a text that stands above all sections."""
        found = self.said.get(key, "")
        if not isinstance(found, str):
            self.wrong(f"{key} is not text.", f'Write {key} = "…".')
            return ""
        return found.strip()

    def header(self) -> int | None:
        """Return the row that names the columns."""
        found = self.said.get("header")
        if found is None or (isinstance(found, int) and not isinstance(found, bool) and found >= 0):
            return found
        self.wrong("header is not the number of a row.", "Write header = 5, or 0 where no row names the columns.")
        return None

    def things(self) -> dict[str, Thing]:
        """Return what rows name, by name."""
        found: dict[str, Thing] = {}
        for kind, keys in THINGS.items():
            section = self.section(kind)
            own = {key: value for key, value in section.items() if key in keys or not isinstance(value, dict)}
            prefix = str(own.get("prefix", ""))
            if own.keys() - {"prefix"}:
                found[kind] = self._thing(kind, kind, own)
            for name in [name for name in section if name not in own]:
                if name in found or name in THINGS:
                    self.wrong(f"[{kind}.{name}] is called as another section is.", "Rename it.")
                given = {"prefix": prefix, **section[name]}
                found[name] = replace(self._thing(f"{kind}.{name}", kind, given), name=name, own=False)
        if not found:
            hint = 'Write [actor] and below it label = "…": the column with the names.'
            self.wrong("says of no column that it names actors or initiatives.", hint)
        return dict(sorted(found.items(), key=lambda item: (not item[1].own, item[1].initiative)))

    def _thing(self, section: str, kind: str, said: Mapping[str, Any]) -> Thing:
        keys = THINGS[kind]
        parts = self._parts(section, said, keys, ("prefix",))
        if not {"id", "label"} & parts.keys():
            hint = f'Write [{section}] and below it id = "…" or label = "…": the column that tells them apart.'
            self.wrong(f"[{section}] names no id and no label.", hint)
        return Thing(kind, kind == INITIATIVE, parts, self.texts(section, {"prefix": said.get("prefix", "")})["prefix"])

    def _parts(
        self, section: str, said: Mapping[str, Any], keys: tuple[str, ...], others: tuple[str, ...]
    ) -> dict[str, Part]:
        parts = {}
        for key, value in said.items():
            if key in others:
                continue
            if key not in keys:
                near = nearest_key(key, (*keys, *others)) or f"It has {', '.join((*keys, *others))}."
                self.wrong(f"[{section}] has no {quoted(key)}.", near)
            elif part := self._part(section, key, value):
                parts[key] = part
        return parts

    def _part(self, section: str, key: str, value: object) -> Part | None:
        if isinstance(value, str) and value.strip():
            return Part(value.strip())
        if isinstance(value, list) and value and key in SEVERAL:
            first, *others = (one.strip() if isinstance(one, str) else "" for one in value)
            if first and all(others):
                return Part(first, others=tuple(dict.fromkeys(others)))
        if isinstance(value, dict) and value and value.keys() <= {"is", "column", "before"}:
            column, before, constant = (str(value.get(name, "")).strip() for name in ("column", "before", "is"))
            part = Part(column, before, constant)
            if bool(part.column) is not bool(part.constant):
                if part.constant and key in ("type", "country"):
                    self._meaning(key, part.constant)
                return part
        hint = f'Write {key} = "the column", or {key} = {{ is = "the same for all rows" }}.'
        if key in SEVERAL:
            hint = f'Write {key} = "the column", or {key} = ["one column", "another"].'
        self.wrong(f"{key} of [{section}] is not text.", hint)
        return None

    def ties(self, things: Mapping[str, Thing]) -> Iterator[Tie]:
        """Yield what ties the things of a row."""
        for name in (PARTICIPATION, RELATIONSHIP):
            said = self.said.get(name, [])
            for one in said if isinstance(said, list) else [said]:
                if isinstance(one, dict):
                    yield self._tie(name, one, things)
                else:
                    self.wrong(f"{name} is not a table.", f"Write [{name}] on a line of its own.")

    def _tie(self, section: str, said: Mapping[str, Any], things: Mapping[str, Thing]) -> Tie:
        others = ("relation", "currency") if section == PARTICIPATION else ("from", "to", "relation", "currency")
        stated = self.texts(section, {key: said[key] for key in others if key in said})
        main = next(iter(things), ACTOR)
        ends = {"from": stated.get("from", main), "to": stated.get("to", INITIATIVE)}
        if section == PARTICIPATION:
            ends = {"from": ACTOR, "to": INITIATIVE}
        for key, end in ends.items():
            ends[key] = end if end in things else end.rpartition(".")[2]
            if ends[key] not in things:
                hint = nearest_key(end, tuple(things)) or f"There are {', '.join(things)}."
                self.wrong(f"{key} of [{section}] is {quoted(end)}, which is no section.", hint)
        relation = self._meaning("relation", stated["relation"]) if stated.get("relation") else ""
        parts = self._parts(section, said, TIE, others)
        return Tie(section, ends["from"], ends["to"], parts, relation, stated.get("currency", ""))

    def words(self) -> dict[str, dict[str, str]]:
        """Return what the words of the table mean."""
        return {
            kind: {
                word: self._meaning(singular, name) if name else ""
                for word, name in self.texts(kind, self.section(kind)).items()
            }
            for kind, singular in WORDS.items()
        }

    def _meaning(self, kind: str, name: str) -> str:
        resolve = {
            "relation": self.vocabulary.resolve_relation,
            "type": self.vocabulary.resolve_type,
            "country": self.vocabulary.resolve_country,
            "concept": self.vocabulary.resolve_concept,
        }[kind]
        found = resolve(name)
        if not found:
            near = self.vocabulary.nearest(name, kind)
            hint = f"Did you mean {near}?" if near else "`ecosystem ontology list` shows what is known."
            self.wrong(f"{kind} {quoted(name)} is not known.", hint)
        return found or ""

    def words_by_column(self, name: str) -> dict[str, frozenset[str]]:
        """Return a section of words by column."""
        return {
            column: frozenset(map(str, words)) if isinstance(words, list) else frozenset({str(words)})
            for column, words in self.section(name).items()
        }

    def table(self, name: str) -> Input:
        """Return the file that the plan names, which lies beside it."""
        file, sheet = self.said.get("file"), self.text("sheet")
        if not isinstance(file, str) or not file or Path(file).name != file:
            self.wrong("names no table to read.", 'Write file = "…": the name of a file beside this one.')
            return self.source
        suffix = "".join(Path(file).suffixes[-2:] if file.endswith(PACKED) else Path(file).suffixes[-1:]).casefold()
        known = (*SEPARATED, *workbooks.SUFFIXES, *DOCUMENTS)
        if suffix.removesuffix(PACKED) not in known:
            self.wrong(f"{quoted(file)} is no table.", f"Its name must end in {', '.join(known)}, or in one with .gz.")
            return self.source
        found = self.source.neighbour(file, suffix, name, sheet)
        if found is None:
            self.wrong(f"there is no file {quoted(file)} beside this one.", "Mend the name, or put it there.")
        return found or self.source
