"""What the columns of a table are called, and where they stand in a given one."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from ecosystem.errors import DataError, Problem
from ecosystem.sources import values
from ecosystem.sources.inputs import Input
from ecosystem.sources.rows import Row
from ecosystem.sources.values import ValueFault, quoted

__all__ = ["Columns", "Layout", "columns_of"]

# Where a column stands, by its language; text in no language stands under "".
Columns = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of table; `texts` may come in several languages, `text` in one of one's choice."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    texts: tuple[str, ...] = ()
    text: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns."""
        return self.required + self.optional


def columns_of(header: Row, layout: Layout, language: str, source: Input) -> tuple[Columns, list[Problem]]:
    """Return where each column stands, and a notice for each that is passed over.

    Parameters
    ----------
    language
        The language of text columns that name none.

    Raises
    ------
    DataError
        If a required column is missing, one occurs twice, or a language is none.
    """
    found: dict[str, dict[str, int]] = {}
    wrong: list[Problem] = []
    passed: list[Problem] = []
    for index, heading in enumerate(header.cells):
        try:
            name, tag = _parts(heading, layout, language)
        except ValueFault as fault:
            wrong.append(source.problem(f"column {quoted(heading)}: {fault.message}", fault.hint, header.line))
            continue
        if name not in layout.columns:
            shown = quoted(heading) if heading else f"{index + 1}, which has no name,"
            passed.append(source.problem(f"column {shown} is passed over.", _nearest(name, layout), header.line))
        elif tag in found.get(name, {}):
            wrong.append(source.problem(f"column {quoted(heading)} occurs twice.", "Leave one out.", header.line))
        elif name in layout.text and name in found:
            message = f"column {quoted(heading)} is passed over: {name} is kept in one language."
            passed.append(source.problem(message, line=header.line))
        else:
            found.setdefault(name, {})[tag] = index
    missing = [name for name in layout.required if name not in found]
    if missing:
        named = f"column {missing[0]} is" if len(missing) == 1 else f"columns {', '.join(missing)} are"
        hint = f"The first row must name the columns: {', '.join(layout.columns)}."
        wrong.insert(0, source.problem(f"the {named} missing.", hint, header.line))
    if wrong:
        raise DataError(wrong)
    return found, passed


def _parts(heading: str, layout: Layout, language: str) -> tuple[str, str]:
    """Return a column's name and language; a name that is not known comes back whole."""
    stem, at, tag = heading.partition("@")
    name = stem.strip().casefold().replace(" ", "_")
    translated = name in layout.texts + layout.text
    if at and not translated:
        return heading, ""
    if at:
        return name, values.language_tag(tag.strip())
    return name, language if translated else ""


def _nearest(name: str, layout: Layout) -> str:
    nearest = difflib.get_close_matches(name.casefold(), layout.columns, n=1)
    return f"Did you mean {nearest[0]}?" if nearest else ""
