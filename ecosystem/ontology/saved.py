"""Saved queries: SPARQL with a header in comments that says what is asked, by whom, and what may be chosen.

    # title: Who funds whom
    # title@fr: Qui finance qui
    # description: Bodies that give money, to whom, and since when.
    #   A line that begins with more space goes on with the one above.
    # audience: researchers, facilitators
    # parameter country (country, optional): Only what goes to this country.

A parameter binds the variable of its name. It is of one of `KINDS`, and required unless it is `optional` or has a
`default VALUE`; an optional one that is not given leaves its variable free.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ecosystem.errors import OntologyError, QueryError

__all__ = ["AUDIENCES", "KINDS", "Parameter", "SavedQuery", "is_name", "parse_query", "saved_queries"]

KINDS: Final = (
    "actor",
    "country",
    "country group",
    "relation",
    "type",
    "concept",
    "text",
    "number",
    "year",
)
AUDIENCES: Final = ("researchers", "facilitators", "policy", "audit")
NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LINE: Final = re.compile(
    r"#\s*(?P<key>[a-z]+)(?:@(?P<tag>[A-Za-z-]+))?(?:\s+(?P<about>(?:[^:(\s][^:(]*)?(?:\([^)]*\))?))?\s*:\s*(?P<value>.*)"
)
CONTINUED: Final = re.compile(r"#(?: {2,}|\t)\s*(\S.*)")
ABOUT: Final = re.compile(
    r"(?P<name>\w+)\s*\((?P<kind>[a-z ]+?)\s*(?:,\s*(?:(?P<optional>optional)|default\s+(?P<default>.+?)))?\s*\)"
)
BEGINS: Final = re.compile(r"\s*#\s*title\s*:")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be chosen in a saved query; without a `default` it must be given, unless it is `optional`."""

    name: str
    kind: str
    definition: str
    default: str = ""
    optional: bool = False

    def __str__(self) -> str:
        """Return it as `--set` takes it, with what it is."""
        choice = f", default {self.default}" if self.default else ", optional" if self.optional else ""
        return f"{self.name} ({self.kind}{choice})"


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with its titles by language; `path` is where it was read, `text` all of it, header included."""

    name: str
    text: str
    titles: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    audience: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    path: str = ""

    def title(self, language: str = "en") -> str:
        """Return the title in `language`, else in English."""
        return self.titles.get(language) or self.titles.get("en", "")


def is_name(text: str) -> bool:
    """Tell whether `text` may be the name of a saved query: no SPARQL is written like that.

    >>> is_name("who-funds-whom"), is_name("ASK {}"), is_name("funds.rq")
    (True, False, False)
    """
    return NAME.fullmatch(text) is not None


def saved_queries(folders: Iterable[Path]) -> dict[str, SavedQuery]:
    """Return the saved queries (`*.rq`) in `folders`, or in a folder `queries` of theirs, by name.

    Raises
    ------
    OntologyError
        If a file cannot be read or has no whole header, or two have one name.
    """
    found: dict[str, SavedQuery] = {}
    for folder in folders:
        for path in sorted([*folder.glob("*.rq"), *folder.glob("queries/*.rq")], key=lambda path: path.name):
            saved = _read(path)
            if saved.name in found:
                raise OntologyError(
                    f"{path}: there is a saved query of this name: {found[saved.name].path}.", hint="Rename one."
                )
            found[saved.name] = saved
    return dict(sorted(found.items()))


def _read(path: Path) -> SavedQuery:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: cannot be read: {error}.") from error
    if not is_name(path.stem):
        hint = "Use small letters, digits and hyphens."
        raise OntologyError(f"{path}: a saved query cannot be called {path.stem!r}.", hint=hint)
    try:
        saved = parse_query(text, path.stem, str(path))
    except QueryError as error:
        raise OntologyError(error.message, hint=error.hint) from error
    parts = {"title": "en" in saved.titles, "description": saved.description, "audience": saved.audience}
    missing = next((part for part, said in parts.items() if not said), "")
    if missing:
        raise OntologyError(f"{path}: its header has no {missing}.", hint="It should begin: # title: What it asks.")
    return saved


def parse_query(text: str, name: str = "", path: str = "the query") -> SavedQuery:
    """Return a query with what its header says; one that does not begin with `# title:` has no header.

    Raises
    ------
    QueryError
        If the header says something that no header does, with its line.

    Examples
    --------
    >>> query = parse_query("# title: Who? # parameter of nothing", "who")
    >>> query.title("fr"), query.parameters
    ('Who? # parameter of nothing', ())
    """
    if not BEGINS.match(text):
        return SavedQuery(name, text, path=path)
    header = _Header(path)
    body = set(re.findall(r"[?$](\w+)", re.sub(r"(?m)^\s*#.*$", "", text)))
    for number, key, tag, about, value in _entries(text, path):
        header.take(number, key, tag, about, value, body)
    return SavedQuery(
        name,
        text,
        titles=header.titles,
        description=header.description,
        audience=header.audience,
        parameters=tuple(header.parameters.values()),
        path=path,
    )


def _entries(text: str, path: str) -> list[tuple[int, str, str, str, str]]:
    """Return the entries of a header: line, key, language, what stands before the colon, what after it."""
    entries: list[tuple[int, str, str, str, str]] = []
    for number, line in enumerate(
        text.lstrip().splitlines(), start=1 + text[: len(text) - len(text.lstrip())].count("\n")
    ):
        line = line.strip()
        if not line.startswith("#"):
            break
        continued = CONTINUED.fullmatch(line)
        entry = LINE.fullmatch(line)
        if continued and entries:
            at, key, tag, about, value = entries[-1]
            entries[-1] = (at, key, tag, about, f"{value} {continued[1]}".strip())
        elif entry:
            tag = (entry["tag"] or "").lower()
            entries.append((number, entry["key"], tag, (entry["about"] or "").strip(), entry["value"].strip()))
        elif line.strip("# "):
            raise QueryError(
                f"{path}:{number}: this is no line of a header.",
                hint="Write # title:, # description:, # audience: or # parameter NAME (KIND):, and other words below.",
            )
    return entries


class _Header:
    """A header as it is read, entry by entry."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.titles: dict[str, str] = {}
        self.description = ""
        self.audience: tuple[str, ...] = ()
        self.parameters: dict[str, Parameter] = {}

    def take(self, number: int, key: str, tag: str, about: str, value: str, variables: set[str]) -> None:
        """Take an entry in."""
        if key != "parameter" and about:
            raise self._wrong(number, f"“{key}” has nothing before its colon")
        if tag and key != "title":
            raise self._wrong(number, f"“{key}” has no language")
        if not value:
            raise self._wrong(number, f"nothing stands after “{key}:”")
        if key == "title" and (tag or "en") not in self.titles:
            self.titles[tag or "en"] = value
        elif key == "description" and not self.description:
            self.description = value
        elif key == "audience" and not self.audience:
            self.audience = self._audience(number, value)
        elif key == "parameter":
            self._parameter(number, about, value, variables)
        elif key in ("title", "description", "audience"):
            raise self._wrong(number, f"there is a {key} already")
        else:
            raise self._wrong(
                number, f"a header says nothing of “{key}”", "It has title, description, audience, parameter."
            )

    def _audience(self, number: int, value: str) -> tuple[str, ...]:
        named = tuple(part.strip() for part in value.split(","))
        for one in named:
            if one not in AUDIENCES:
                raise self._wrong(number, f"“{one}” is no audience", f"Name some of: {', '.join(AUDIENCES)}.")
        return named

    def _parameter(self, number: int, about: str, value: str, variables: set[str]) -> None:
        parts = ABOUT.fullmatch(about)
        if parts is None:
            example = "# parameter country (country, optional): What it is."
            raise self._wrong(number, "a parameter has a name and a kind", f"Write for example: {example}")
        name, kind = parts["name"], parts["kind"]
        if kind not in KINDS:
            raise self._wrong(number, f"“{kind}” is no kind of parameter", f"It is one of: {', '.join(KINDS)}.")
        if name in self.parameters:
            raise self._wrong(number, f"there is a parameter {name} already")
        if name not in variables:
            raise self._wrong(number, f"the query has no variable ?{name}")
        self.parameters[name] = Parameter(name, kind, value, parts["default"] or "", bool(parts["optional"]))

    def _wrong(self, number: int, words: str, hint: str = "") -> QueryError:
        return QueryError(f"{self.path}:{number}: {words}.", hint=hint)
