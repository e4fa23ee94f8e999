"""Results as tables: frozen rows with a few words about how they were made.

Every measure, gap report and listing returns a `Table`, so that each of them can be counted, looped over,
read by column, turned into a data frame and written to a file in the same way.
"""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, overload, runtime_checkable

if TYPE_CHECKING:
    import pandas

__all__ = ["FORMATS", "Table", "spreadsheet_safe"]

Row = TypeVar("Row")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SHOWN_IN_NOTEBOOK = 200


@runtime_checkable
class ByColumn(Protocol):
    """Rows that can say a column without making the rows."""

    def column(self, name: str) -> list[Any]:
        """Return the values of one field, in the order of the rows."""


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """Rows of one frozen dataclass type.

    Parameters
    ----------
    kind
        The row type; its fields are the columns, in order. A field whose metadata has `hidden` set stays
        out of written tables (it remains an attribute of the row).
    rows
        The rows, in the order they are to be read: a tuple, or a sequence that makes them when they are looked at.
    notes
        Sentences that a reader needs beside the numbers: the projection, what was left out, and why.

    Examples
    --------
    >>> @dataclass(frozen=True)
    ... class Pair:
    ...     actor: str
    ...     total: int
    >>> table = Table(Pair, (Pair("CAF", 3), Pair("OECD", 2)), ("ties of contact",))
    >>> len(table), table["actor"], table[0].total
    (2, ['CAF', 'OECD'], 3)
    >>> print(table.to_csv(), end="")
    actor,total
    CAF,3
    OECD,2
    """

    kind: type[Row]
    rows: Sequence[Row]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @overload
    def __getitem__(self, key: int) -> Row: ...
    @overload
    def __getitem__(self, key: str) -> list[Any]: ...
    def __getitem__(self, key: int | str) -> Row | list[Any]:
        if isinstance(key, int):
            return self.rows[key]
        if key not in {field.name for field in fields(self.kind)}:  # type: ignore[arg-type]
            raise KeyError(key)
        if isinstance(self.rows, ByColumn):
            return self.rows.column(key)
        return [getattr(row, key) for row in self.rows]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that are written."""
        return tuple(field.name for field in fields(self.kind) if not field.metadata.get("hidden"))  # type: ignore[arg-type]

    def head(self, count: int) -> Table[Row]:
        """Return the first `count` rows as a table with the same notes."""
        return Table(self.kind, self.rows[:count], self.notes)

    def where(self, keep: Callable[[Row], bool]) -> Table[Row]:
        """Return the rows for which `keep` is true."""
        return Table(self.kind, tuple(row for row in self.rows if keep(row)), self.notes)

    def records(self) -> list[dict[str, Any]]:
        """Return one plain dictionary a row, in column order; nested rows become dictionaries too."""
        return [{name: _plain(getattr(row, name)) for name in self.columns} for row in self.rows]

    def cells(self) -> Iterator[list[str]]:
        """Yield each row as text: floats to six significant digits, lists joined with `; `, nothing for None."""
        for row in self.rows:
            yield [_text(getattr(row, name)) for name in self.columns]

    def to_pandas(self) -> pandas.DataFrame:
        """Return a data frame; needs pandas (`pip install 'ecosystem-mapper[notebook]'`)."""
        import pandas

        return pandas.DataFrame({name: [_plain(value) for value in self[name]] for name in self.columns})

    def to_csv(self) -> str:
        """Return comma-separated values, safe to open in a spreadsheet."""
        return _separated(self, ",")

    def to_tsv(self) -> str:
        """Return tab-separated values, safe to open in a spreadsheet."""
        return _separated(self, "\t")

    def to_json(self) -> str:
        """Return an array of objects, one a row."""
        return json.dumps(self.records(), ensure_ascii=False, indent=2) + "\n"

    def to_markdown(self) -> str:
        """Return a Markdown table."""
        lines = ["| " + " | ".join(self.columns) + " |", "|" + "---|" * len(self.columns)]
        for cells in self.cells():
            escaped = (cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for cell in cells)
            lines.append("| " + " | ".join(html.escape(cell, quote=False) for cell in escaped) + " |")
        return "\n".join(lines) + "\n"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>"
            for cells in self.head(SHOWN_IN_NOTEBOOK).cells()
        )
        more = len(self) - SHOWN_IN_NOTEBOOK
        shown = (*self.notes, f"{more:,} more rows are not shown.") if more > 0 else self.notes
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in shown)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"


FORMATS: Mapping[str, Callable[[Table[Any]], str]] = {
    "csv": Table.to_csv,
    "tsv": Table.to_tsv,
    "json": Table.to_json,
    "md": Table.to_markdown,
}


def spreadsheet_safe(cell: str) -> str:
    """Return `cell` so that no spreadsheet takes it for a formula.

    >>> spreadsheet_safe("=1+2"), spreadsheet_safe("-0.5"), spreadsheet_safe("CAF")
    ("'=1+2", '-0.5', 'CAF')
    """
    if not cell.startswith(FORMULA_STARTS):
        return cell
    try:
        float(cell)
    except ValueError:
        return "'" + cell
    return cell


def _separated(table: Table[Any], separator: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([spreadsheet_safe(cell) for cell in cells] for cells in table.cells())
    return out.getvalue()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, float) and value != value:  # NaN has no place in JSON
        return None
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence | frozenset | set) and not isinstance(value, str):
        items: Iterable[Any] = sorted(value) if isinstance(value, frozenset | set) else value
        return [_plain(item) for item in items]
    return value


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Sequence | frozenset | set) and not isinstance(value, str):
        items: Iterable[Any] = sorted(value) if isinstance(value, frozenset | set) else value
        return "; ".join(_text(item) for item in items)
    return str(value)
