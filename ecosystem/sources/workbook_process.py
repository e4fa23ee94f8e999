"""Prints what a workbook holds as lines of JSON; run as a script of its own, within limits (see `workbooks`).

A few bytes of a workbook may claim billions of cells, which its parser would fill. So it is parsed in a process that
may use only so much memory and time, and whose end is an error like any other. It imports nothing of this package.

    python -I workbook_process.py MEMORY SECONDS [SHEET …] < WORKBOOK
"""

from __future__ import annotations

import datetime
import io
import json
import sys
from typing import Any


def main(memory: str, seconds: str, *wanted: str) -> None:
    """Print the names of all sheets; then, for each wanted one, its number and its rows with their numbers."""
    limit(int(memory), int(seconds))
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        tell({"sheets": book.sheet_names})
        for number, name in enumerate(wanted):
            tell({"sheet": number})
            for row, cells in enumerate(book.get_sheet_by_name(name).iter_rows(), start=1):
                texts = [text(cell) for cell in cells]
                while texts and not texts[-1]:
                    texts.pop()
                if texts:
                    tell([row, texts])
        tell({"end": True})
    except PasswordError:
        tell({"error": "password"})
    except CalamineError as error:
        tell({"error": str(error)})
    except MemoryError:
        tell({"error": "limits"})


def limit(memory: int, seconds: int) -> None:
    """Take no more memory and processor time than this, where the system knows such limits."""
    try:
        import resource
    except ImportError:  # not everywhere
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def text(cell: Any) -> str:
    """Return a cell as a table of text would have it.

    >>> [text(cell) for cell in (2020.0, 0.5, True, datetime.datetime(2021, 6, 2, 0, 0), " a ")]
    ['2020', '0.5', 'TRUE', '2021-06-02', 'a']
    """
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return (cell.date() if cell.time() == datetime.time() else cell).isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell).strip()


def tell(thing: object) -> None:
    """Print one line of JSON."""
    sys.stdout.write(json.dumps(thing) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
