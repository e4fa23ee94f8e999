"""Tables of matches as files: SSSOM/TSV (https://mapping-commons.github.io/sssom/), written and read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from ecosystem import terms
from ecosystem.errors import DataError, Problem
from ecosystem.reconciliation.judging import SEMAPV
from ecosystem.reconciliation.proposals import Match
from ecosystem.tables import FORMULA_STARTS, spreadsheet_safe

__all__ = ["read_sssom", "sssom"]

COLUMNS: Final = tuple(field.name for field in fields(Match))
NEEDED: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification")
IDENTIFIERS: Final = (
    "subject_id",
    "predicate_id",
    "object_id",
    "mapping_justification",
    "subject_source",
    "object_source",
)
# Prefixes that every reader of SSSOM knows, so that files need not declare them.
BUILT_IN: Final = {
    **{name: terms.PREFIXES[name] for name in ("owl", "rdf", "rdfs", "skos", "xsd")},
    "semapv": SEMAPV,
    "sssom": "https://w3id.org/sssom/",
}
PREDICATES: Final = tuple(
    terms.PREFIXES["skos"] + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)
PREFIX: Final = re.compile(r"[A-Za-z_][\w.-]*")
IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
LARGEST: Final = 64 * 1024**2


def sssom(matches: Iterable[Match], *, title: str = "") -> str:
    """Return matches as SSSOM/TSV with its metadata; the same matches give the same bytes.

    Labels and comments are written so that they break no line and no spreadsheet takes them for a formula.
    """
    rows = list(matches)
    prefixes = _prefixes(iri for row in rows for iri in _identifiers(row))
    out = io.StringIO()
    used = {name: space for name, space in sorted(prefixes.items()) if name not in BUILT_IN}
    out.write("#curie_map:\n" if used else "#curie_map: {}\n")
    for name, space in used.items():
        out.write(f"#  {name}: {_scalar(space)}\n")
    out.write(f"#mapping_set_id: {terms.ID}matches\n")
    if title:
        out.write(f"#mapping_set_title: {_scalar(title)}\n")
    out.write("#license: https://w3id.org/sssom/license/unspecified\n#mapping_tool: ecosystem-mapper\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    spaces = sorted(((space, name) for name, space in prefixes.items()), key=lambda pair: (-len(pair[0]), pair))
    for row in rows:
        writer.writerow([_cell(row, name, spaces) for name in COLUMNS])
    return out.getvalue()


def _identifiers(row: Match) -> Iterator[str]:
    return (value for name in IDENTIFIERS if (value := getattr(row, name)))


def _cell(row: Match, name: str, spaces: Sequence[tuple[str, str]]) -> str:
    value = getattr(row, name)
    if name == "confidence":
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if name in IDENTIFIERS:
        return next((f"{prefix}:{value[len(space) :]}" for space, prefix in spaces if value.startswith(space)), value)
    return spreadsheet_safe(_one_line(value))


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _prefixes(iris: Iterable[str]) -> dict[str, str]:
    """Return the prefixes that some IRIs need: those we know, and numbered ones for all other places."""
    known = {**BUILT_IN, **terms.PREFIXES}
    found: dict[str, str] = {}
    unknown = set()
    for iri in set(iris):
        names = [name for name, space in known.items() if iri.startswith(space) and len(iri) > len(space)]
        if names:
            best = max(names, key=lambda name: (len(known[name]), name))
            found[best] = known[best]
        else:
            unknown.add(_space(iri))
    return {**found, **{f"ns{number}": space for number, space in enumerate(sorted(unknown), start=1)}}


def _space(iri: str) -> str:
    """Return what an IRI begins with, up to its name.

    >>> _space("https://example.org/org#12"), _space("https://example.org/"), _space("urn:x:12")
    ('https://example.org/org#', 'https://', 'urn:x:')
    """
    body = iri.rstrip("/#:")
    end = max(body.rfind(sign) for sign in "/#:") + 1
    return iri[:end] or iri.partition(":")[0] + ":"


def _scalar(text: str) -> str:
    """Return text as a YAML scalar: plain where that is safe, else quoted."""
    if re.fullmatch(r"[A-Za-z][\w ./#+%~?=&,;()-]*(?::[\w./#+%~?=&,;()-][\w ./#+%~?=&,;()-]*)*[#/:]?", text) and not (
        text.endswith((":", " ")) or " #" in text
    ):
        return text
    escaped = _one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# Reading ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Table:
    """A file being read: where it is, what its prefixes mean, and what is wrong with it."""

    path: str
    prefixes: dict[str, str]
    problems: list[Problem]

    def complain(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, message, hint))


def read_sssom(path: Path, known: Mapping[str, str] | None = None) -> list[Match]:
    """Read a table of matches that a person may have edited.

    Parameters
    ----------
    known
        The label of each actor of the data, by IRI; a match of any other is a mistake. None: any will do.

    Raises
    ------
    DataError
        With one problem for each row that is wrong: an unknown actor, a predicate that is none of SKOS's matches, a
        confidence that is no number between 0 and 1, a pair that is said to be one and not one.
    """
    text = _text(path)
    header, lines, first = _parts(text)
    table = _Table(str(path), {**BUILT_IN, **_curie_map(header, str(path))}, [])
    reader = csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter="\t", strict=True)
    matches: dict[tuple[str, str], tuple[int, Match]] = {}
    try:
        columns = [name.strip() for name in next(reader, [])]
        _check_columns(columns, table, first)
        for cells in reader:
            line = first + reader.line_num - 1
            if any(cell.strip() for cell in cells):
                _take(table, line, columns, cells, known, matches)
    except csv.Error as error:
        table.complain(
            first + reader.line_num - 1, f"is no tab-separated row: {error}.", "Close the quote, or save it anew."
        )
    if table.problems:
        raise DataError(table.problems)
    return [match for _, match in matches.values()]


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise DataError(Problem(str(path), 0, "is larger than 64 MB.", "Split the table."))
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DataError(Problem(str(path), 0, f"cannot be read: {error.strerror or error}.")) from error
    except UnicodeDecodeError as error:
        raise DataError(Problem(str(path), 0, "is not UTF-8.", "Save it as UTF-8.")) from error


def _parts(text: str) -> tuple[list[str], list[str], int]:
    """Return the lines of metadata, those of the table, and the number of the table's first line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    count = 0
    # A spreadsheet may have put the line in quotes and empty cells behind it.
    while count < len(lines) and lines[count].lstrip('"').startswith("#"):
        count += 1
    header = [line.rstrip("\t ").strip('"').replace('""', '"').removeprefix("#") for line in lines[:count]]
    return header, lines[count:], count + 1


def _curie_map(header: Sequence[str], path: str) -> dict[str, str]:
    """Return the prefixes that the metadata declare, in block style: one prefix a line below `curie_map:`."""
    found: dict[str, str] = {}
    inside = False
    for number, line in enumerate(header, start=1):
        if not line.startswith(" ") or not inside:
            key, _, value = line.strip().partition(":")
            inside = key == "curie_map"
            if inside and value.strip() not in ("", "{}"):
                hint = "Write one prefix a line below it, indented: `#  id: https://…`."
                raise DataError(Problem(path, number, "the curie_map is not written one prefix a line.", hint))
            continue
        name, _, space = (part.strip() for part in line.partition(":"))
        space = space.strip("\"'")
        if not PREFIX.fullmatch(name) or not IRI.fullmatch(space):
            hint = "Write it as `#  id: https://…`."
            raise DataError(Problem(path, number, f"{_shown(line.strip())} declares no prefix.", hint))
        found[name] = space
    return found


def _check_columns(columns: Sequence[str], table: _Table, line: int) -> None:
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        hint = "The row below the # lines names the columns, separated by tabs."
        raise DataError(Problem(table.path, line, f"there is no column {' and no column '.join(missing)}.", hint))


def _take(
    table: _Table,
    line: int,
    columns: Sequence[str],
    cells: Sequence[str],
    known: Mapping[str, str] | None,
    matches: dict[tuple[str, str], tuple[int, Match]],
) -> None:
    count = len(table.problems)
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        table.complain(
            line, f"has {len(cells)} cells for {len(columns)} columns.", "Take out the tab that is too much."
        )
        return
    row = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
    match = Match(
        subject_id=_actor(table, line, row, "subject_id", known),
        subject_label=_unsafe(row.get("subject_label", "")),
        predicate_id=_predicate(table, line, row),
        predicate_modifier=_modifier(table, line, row),
        object_id=_actor(table, line, row, "object_id", known),
        object_label=_unsafe(row.get("object_label", "")),
        mapping_justification=_expanded(table, line, row, "mapping_justification"),
        subject_source=_expanded(table, line, row, "subject_source"),
        object_source=_expanded(table, line, row, "object_source"),
        confidence=_confidence(table, line, row),
        comment=_unsafe(row.get("comment", "")),
    )
    if len(table.problems) > count:
        return
    if match.subject_id == match.object_id:
        table.complain(line, f"{_shown(row['subject_id'])} is matched with itself.", "Take the row out.")
        return
    low, high = sorted(match.pair)
    earlier = matches.setdefault((low, high), (line, match))
    if (earlier[1].is_exact, earlier[1].is_rejected) != (match.is_exact, match.is_rejected):
        table.complain(line, f"says otherwise than line {earlier[0]} of the same two.", "Keep one of the two rows.")


def _actor(table: _Table, line: int, row: Mapping[str, str], name: str, known: Mapping[str, str] | None) -> str:
    iri = _expanded(table, line, row, name)
    if iri and known is not None and iri not in known:
        hint = "Name the data that it is from with -d, or take the row out."
        table.complain(line, f"the {name} {_shown(row[name])} is no actor of these data.", hint)
    return iri


def _expanded(table: _Table, line: int, row: Mapping[str, str], name: str) -> str:
    """Return a CURIE as an IRI; a whole http address, which a person may have pasted, is taken as it is."""
    value = row.get(name, "")
    if not value:
        if name in NEEDED:
            table.complain(line, f"has no {name}.", "Fill it in, or take the row out.")
        return ""
    prefix, colon, rest = value.partition(":")
    whole = prefix in ("http", "https") and rest.startswith("//")
    if colon and prefix in table.prefixes and not whole:
        value = table.prefixes[prefix] + rest
    elif not whole:
        table.complain(
            line, f"the {name} {_shown(value)} has a prefix that the curie_map does not declare.", "Add it there."
        )
        return ""
    if not IRI.fullmatch(value):
        table.complain(line, f"the {name} {_shown(value)} is no identifier.", "Write it as prefix:name.")
        return ""
    return value


def _predicate(table: _Table, line: int, row: Mapping[str, str]) -> str:
    count = len(table.problems)
    iri = _expanded(table, line, row, "predicate_id")
    if len(table.problems) == count and iri not in PREDICATES:
        hint = "Write skos:exactMatch or skos:closeMatch."
        table.complain(line, f"the predicate_id {_shown(row['predicate_id'])} is no match of SKOS.", hint)
    return iri


def _modifier(table: _Table, line: int, row: Mapping[str, str]) -> str:
    value = row.get("predicate_modifier", "")
    if value.casefold() not in ("", "not"):
        hint = "Write Not where the two are not one, else nothing."
        table.complain(line, f"the predicate_modifier {_shown(value)} is not known.", hint)
    return "Not" if value else ""


def _confidence(table: _Table, line: int, row: Mapping[str, str]) -> float:
    value = row.get("confidence", "") or "1"
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        table.complain(line, f"the confidence {_shown(value)} is no number between 0 and 1.", "Write it as 0.9.")
    return number


def _unsafe(cell: str) -> str:
    """Take back what keeps a spreadsheet from calculating."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _shown(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:79] + "…")
