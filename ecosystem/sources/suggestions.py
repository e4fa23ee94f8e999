"""The skeleton of a plan for a foreign table: what its columns seem to mean, for a person to mend."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from ecosystem.sources.inputs import Input
from ecosystem.sources.listings import columns_of
from ecosystem.sources.repeated import ABOVE
from ecosystem.sources.values import one_line
from ecosystem.terms import ECO

__all__ = ["suggested"]

# What parts of a thing are usually called, the likeliest first.
USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "identifier", "code", "slug", "uri", "key"),
    "label": ("label", "name", "title", "organisation", "organization", "institution", "institutions", "body", "text"),
    "type": ("type", "category", "format", "classification", "kind"),
    "country": ("country", "country code", "nation", "geocoverage", "land"),
    "acronym": ("acronym", "abbreviation", "short name"),
    "description": ("description", "summary", "purpose", "about"),
    "homepage": ("homepage", "website", "url", "web url", "link", "web address"),
    "since": ("since", "start date", "start", "from", "founded", "established", "opened"),
    "until": ("until", "end date", "end", "closed at", "closed"),
}
# Words in a heading that say that it names another body.
OTHERS: Final = re.compile(
    r"parent|child|department|sponsor|owner|subsidiary|funder|donor|partner|coordinator|lead|host|member|relation|related",
    re.IGNORECASE,
)
SAID_OF: Final = re.compile(r"(category|type|code|role|country|count|number|url)$", re.IGNORECASE)
BETWEEN: Final = (";", "|")
EXAMPLES: Final = 3
EXAMPLE_LENGTH: Final = 40
Columns = Mapping[str, Sequence[str]]


def suggested(table: Input, relation: str, rows: str = "") -> str:
    """Return a plan in TOML that reads a table as well as its headings let one guess.

    Parameters
    ----------
    relation
        The IRI of the relation to write where two things are tied.
    rows
        Where a document has its rows, if the user says so.

    Raises
    ------
    DataError
        If the table cannot be read.
    """
    columns, count, rows = columns_of(table, rows)
    parts = _parts(columns, count)
    others = [name for name in columns if name not in parts.values() and _names_another(name) and columns[name]]
    keys = frozenset(columns[parts["id"]]) if "id" in parts else frozenset()
    name = Path(table.path).name
    lines = [
        f"# How {one_line(name)} is to be read, as far as its headings tell: mend it, then try it with",
        "# `ecosystem load PLAN --dry-run`. Columns that it leaves out stand below.",
        "",
        f"title = {_text(table.stem or name)}",
        f"file = {_text(name)}",
        *([f"sheet = {_text(table.part)}"] if table.part else []),
        *([f"rows = {_text(rows)}"] if rows else []),
        "",
        "[actor]                     # or [initiative]: what a row is about",
        *(f"{part} = {_text(column)}" for part, column in parts.items()),
        *_ties(others, columns, keys, relation.removeprefix(ECO)),
        "",
        "# Columns that are not used:",
        *(f"#   {_text(one)}: {_shown(columns[one])}" for one in columns if one not in (*parts.values(), *others)),
    ]
    return "\n".join(lines) + "\n"


def _parts(columns: Columns, count: int) -> dict[str, str]:
    """Return the columns that seem to hold the parts of what a row is about."""
    found: dict[str, str] = {}
    named = [name for name in sorted(columns, key=lambda name: name.count(".")) if not OTHERS.search(name)]
    for part, usual in USUAL.items():
        # What stands above a row is said of many: it may be where they are, and not what they are.
        bare = {name: _bare(name) for name in named if part == "country" or not name.startswith(ABOVE)}
        for word in usual:
            fitting = [name for name, one in bare.items() if word in one and name not in found.values()]
            fitting = [name for name in fitting if part != "id" or _tells_apart(columns[name], count)]
            if fitting:
                found[part] = next(filter(columns.get, fitting), fitting[0])
                break
    if "id" not in found and (key := _key(columns, count)) and key != found.get("label"):
        found = {"id": key, **found}
    if not found.keys() & {"id", "label"} and columns:
        found["label"] = next((name for name in columns if _tells_apart(columns[name], count)), next(iter(columns)))
    return found


def _key(columns: Columns, count: int) -> str:
    """Return the column that others refer to, of those that tell rows apart."""
    named = Counter(
        piece.strip()
        for name in columns
        if _names_another(name)
        for value in columns[name]
        for piece in re.split(r"[;|]", value)
    )
    telling = [name for name, values in columns.items() if _tells_apart(values, count)]
    referred = {name: sum(named[value] for value in columns[name]) for name in telling}
    best = max(referred, key=lambda name: referred[name], default="")
    return best if best and referred[best] else ""


def _names_another(column: str) -> bool:
    """Tell whether a column seems to name another body, and not to say something of it."""
    return (
        OTHERS.search(column) is not None
        and not column.startswith(ABOVE)
        and ("." not in column or any(word in (*USUAL["id"], *USUAL["label"]) for word in _bare(column)))
        and not SAID_OF.search(column)
    )


def _bare(name: str) -> tuple[str, ...]:
    """Return a heading without its path, signs and case; and for one word only, without the s of several.

    >>> _bare("details.Web_URL"), _bare("names.value"), _bare("types")
    (('web url',), ('value', 'name'), ('types', 'type'))
    """
    before, _, last = re.sub(r"[^a-z0-9.]+", " ", name.casefold()).strip().rpartition(".")
    told = before.rpartition(".")[2] if last == "value" else last
    return tuple(dict.fromkeys(filter(None, (last.strip(), told.strip().removesuffix("s")))))


def _tells_apart(values: Sequence[str], count: int) -> bool:
    return bool(values) and len(set(values)) == len(values) == count


def _ties(others: Sequence[str], columns: Columns, keys: frozenset[str], relation: str) -> Iterator[str]:
    """Yield sections for columns that seem to name other bodies, by their id where all are ids of rows."""
    several = {}
    names: dict[str, None] = {}
    # In a document, an id and a label in one place are those of one body.
    of_id = {_place(column): column for column in others if column.endswith(".id")}
    labelled = {of_id[_place(one)]: one for one in others if _place(one) in of_id and one != of_id[_place(one)]}
    for column in [one for one in others if one not in labelled.values()]:
        name = re.sub(r"[^a-z0-9]+", "_", column.casefold()).strip("_") or f"other{len(names)}"
        if name in names:
            continue
        names[name] = None
        between = next((sign for sign in BETWEEN if any(sign in value for value in columns[column])), "")
        values = [
            piece.strip() for value in columns[column] for piece in (value.split(between) if between else [value])
        ]
        by_id = sum(value in keys for value in values) > len(values) / 2
        if between and by_id:
            several[column] = between
        by_id = by_id or column in labelled
        yield from ("", f"[actor.{name}]", f"{'id' if by_id else 'label'} = {_text(column)}")
        yield from (f"label = {_text(labelled[column])}",) if column in labelled else ()
    for name in names:
        yield from ("", "[[relationship]]", f'to = "{name}"', f'relation = "{relation}"      # which one is it?')
    if several:
        yield from ("", "[several]", *(f"{_text(column)} = {_text(between)}" for column, between in several.items()))


def _place(column: str) -> str:
    return column.rpartition(".")[0]


def _shown(values: Sequence[str]) -> str:
    shown = [_text(one_line(value[:EXAMPLE_LENGTH])) for value in dict.fromkeys(values)]
    return ", ".join(shown[:EXAMPLES]) + (", …" if len(shown) > EXAMPLES else "") or "nothing"


def _text(text: str) -> str:
    """Return a text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
