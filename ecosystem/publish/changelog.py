"""A change log as a page: sections with tables, as Markdown or as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ecosystem.files import write_atomically
from ecosystem.publish.words import RIGHT_TO_LEFT

__all__ = ["Log", "Section", "html", "markdown", "write_log"]

# Whatever could begin markup, a link or a code span; what could reorder the line or steer a terminal goes.
MARKS = re.compile(r"([\\`*_{}\[\]<>|#!~&$])")
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and rows of text under named columns."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Log:
    """A change log; sections without rows are left out."""

    title: str
    sentence: str
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    language: str = "en"


def write_log(log: Log, path: Path) -> Path:
    """Write a log as Markdown or HTML, as the file's suffix says, and return its path.

    Raises
    ------
    PublishError
        If the file cannot be written.
    """
    text = html(log) if path.suffix.casefold() == ".html" else markdown(log)
    write_atomically(path, text.encode("utf-8", errors="replace"))
    return path


def markdown(log: Log) -> str:
    """Return a log as Markdown, in which no text of the data is markup."""
    lines = [f"# {_told(log.title)}", "", _told(log.sentence)]
    for section in _filled(log):
        lines += ["", f"## {_told(section.heading)}", "", _line(section.columns), "|" + "---|" * len(section.columns)]
        lines += [_line(row) for row in section.rows]
    if log.notes:
        lines += ["", "## Notes", "", *(f"- {_told(note)}" for note in log.notes)]
    return "\n".join(lines) + "\n"


def html(log: Log) -> str:
    """Return a log as one HTML page without scripts; every text of the data is escaped."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("ecosystem.publish"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return environment.get_template("changelog.html.j2").render(
        log=log,
        sections=_filled(log),
        style=STYLE,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        direction="rtl" if log.language.split("-")[0] in RIGHT_TO_LEFT else "ltr",
    )


def _filled(log: Log) -> Sequence[Section]:
    return [section for section in log.sections if section.rows]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_told(cell) for cell in cells) + " |"


def _told(text: str) -> str:
    r"""Return text that Markdown shows as it stands.

    >>> print(_told("[a](javascript:1) <b>|"))
    \[a\](javascript:1) \<b\>\|
    """
    return MARKS.sub(r"\\\1", STEERING.sub(" ", text))


STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.3rem .8rem .3rem 0;
border-bottom:1px solid #8886;overflow-wrap:anywhere}h2{margin-top:2rem}
@media print{body{margin:0;max-width:none}}
"""
