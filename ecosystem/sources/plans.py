"""How a list of participations is to be read: which column means what, and which words.

A plan is a small TOML file beside the table that it names:

    title = "Projects and their partners"
    file = "partners.csv.gz"
    [actor]
    id = "organisation"        # the column that tells actors apart; also: label, type, country
    prefix = "org-"            # put before ids, so that they differ from those of initiatives
    [initiative]
    id = "project"             # also: label, type, country, since, until, prefix
    [participation]
    role = "role"              # also: relation (for all rows), since, until, amount, currency (for all rows)
    [relations]                # what the roles mean; likewise [types] and [countries]
    coordinator = "coordinates"
    [empty]                    # words that mean "not stated", by column
    organisation = ["NA", "-"]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ecosystem.errors import Problem
from ecosystem.records import Dataset
from ecosystem.sources.descriptions import dataset_of, nearest_key
from ecosystem.sources.inputs import Input
from ecosystem.sources.reading import Problems, Vocabulary
from ecosystem.sources.values import quoted

__all__ = ["Plan", "plan_of"]

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "actor": ("id", "label", "type", "country"),
    "initiative": ("id", "label", "type", "country", "since", "until"),
    "participation": ("role", "since", "until", "amount"),
}
CONSTANTS: Final[Mapping[str, tuple[str, ...]]] = {
    "actor": ("prefix",),
    "initiative": ("prefix",),
    "participation": ("relation", "currency"),
}
WORDS: Final = ("relations", "types", "countries")
SECTIONS: Final = (*COLUMNS, *WORDS, "empty")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan says, with its words resolved.

    Parameters
    ----------
    table
        The file that holds the rows.
    columns
        For each section, the heading of the column that each part is in.
    constants
        For each section, what is the same for all rows.
    words
        What the words of the table mean, by kind (`relations`, `types`, `countries`): IRIs, or nothing.
    empty
        For each column, the words that mean "not stated".
    """

    dataset: Dataset
    table: Input
    columns: Mapping[str, Mapping[str, str]]
    constants: Mapping[str, Mapping[str, str]]
    words: Mapping[str, Mapping[str, str]]
    empty: Mapping[str, frozenset[str]] = field(default_factory=dict)


def plan_of(said: Mapping[str, Any], source: Input, vocabulary: Vocabulary, skipped: list[Problem]) -> Plan:
    """Return the plan that a TOML file states.

    Raises
    ------
    DataError
        With everything that is wrong with it.
    """
    problems = Problems(source.path)

    def wrong(message: str, hint: str = "") -> None:
        problems.add(source.problem(message, hint))

    sections = {name: said.get(name, {}) for name in SECTIONS}
    for name, section in sections.items():
        if not isinstance(section, dict):
            wrong(f"{name} is not a table.", f"Write [{name}] on a line of its own.")
            sections[name] = {}
    about = {key: value for key, value in said.items() if key not in SECTIONS and key != "file"}
    dataset = dataset_of(about, source.path, source.name if source.path == "-" else "", source.stem, problems, skipped)
    columns = {name: _texts(name, sections[name], keys, wrong) for name, keys in COLUMNS.items()}
    constants = {name: _texts(name, sections[name], keys, wrong) for name, keys in CONSTANTS.items()}
    for name, keys in COLUMNS.items():
        for key in sections[name].keys() - {*keys, *CONSTANTS[name]}:
            known = (*keys, *CONSTANTS[name])
            wrong(f"[{name}] has no {quoted(key)}.", nearest_key(key, known) or f"It has {', '.join(known)}.")
    for name in ("actor", "initiative"):
        if "id" not in columns[name]:
            wrong(f"[{name}] names no id.", f'Write [{name}] and below it id = "…": the column that tells them apart.')
    words = _meanings(sections, vocabulary, wrong)
    if relation := constants["participation"].get("relation"):
        constants["participation"]["relation"] = _meaning("relations", relation, vocabulary, wrong)
    table = _table(said.get("file"), source, dataset, wrong)
    problems.check()
    return Plan(dataset, table, columns, constants, words, _empty(sections["empty"]))


Wrong = Callable[[str, str], None]


def _texts(name: str, section: Mapping[str, Any], keys: tuple[str, ...], wrong: Wrong) -> dict[str, str]:
    found = {}
    for key in keys:
        value = section.get(key)
        if isinstance(value, str):
            found[key] = value.strip()
        elif value is not None:
            wrong(f"{key} of [{name}] is not text.", f'Write {key} = "…".')
    return found


def _meanings(
    sections: Mapping[str, Mapping[str, Any]], vocabulary: Vocabulary, wrong: Wrong
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for kind in WORDS:
        texts = _texts(kind, sections[kind], tuple(sections[kind]), wrong)
        found[kind] = {word: _meaning(kind, name, vocabulary, wrong) if name else "" for word, name in texts.items()}
    return found


def _meaning(kind: str, name: str, vocabulary: Vocabulary, wrong: Wrong) -> str:
    resolve = {
        "relations": vocabulary.resolve_relation,
        "types": vocabulary.resolve_type,
        "countries": vocabulary.resolve_country,
    }[kind]
    singular = {"relations": "relation", "types": "type", "countries": "country"}[kind]
    found = resolve(name)
    if not found:
        near = vocabulary.nearest(name, singular)
        hint = f"Did you mean {near}?" if near else "`ecosystem ontology list` shows what is known."
        wrong(f"{singular} {quoted(name)} is not known.", hint)
    return found or ""


def _table(name: object, source: Input, dataset: Dataset, wrong: Wrong) -> Input:
    if not isinstance(name, str) or not name or Path(name).name != name:
        wrong("names no table to read.", 'Write file = "…": the name of a CSV file beside this one.')
        return source
    suffix = "".join(Path(name).suffixes[-2:] if name.endswith(".gz") else Path(name).suffixes[-1:]).casefold()
    path = Path(source.path).parent / name
    if suffix not in (".csv", ".tsv", ".csv.gz", ".tsv.gz"):
        wrong(f"{quoted(name)} is no table.", "Its name must end in .csv, .tsv, .csv.gz or .tsv.gz.")
    elif not path.is_file():
        wrong(f"there is no file {quoted(name)} beside this one.", "Mend the name, or put it there.")
    return Input(str(path), suffix, dataset.name)


def _empty(section: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {
        column: frozenset(map(str, words)) if isinstance(words, list) else frozenset({str(words)})
        for column, words in section.items()
    }
