"""A briefing for a meeting, as Markdown and as one HTML page: what is said, each statement with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ecosystem.publish.payload import safe_url

__all__ = ["Briefing", "Cited", "Entry", "Section", "SourceLine", "markdown", "page"]

# What Markdown would read as more than text.
SPECIAL: Final = re.compile(r"([\\`*_\[\]<>~&])")


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement, the number of its source in the list at the end, and where in it; 0 where no source is named."""

    statement: str
    source: int
    locator: str = ""
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One point: who or what it is about, what is to be said, and the statements that this rests on."""

    about: str
    words: str
    statements: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a sentence below it, and its points; without any, the sentence says so."""

    title: str
    lead: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as it is listed."""

    number: int
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that a briefing says, as plain text: nothing of it is read as markup."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    sources: tuple[SourceLine, ...]
    note: str
    language: str = "en"


def markdown(briefing: Briefing) -> str:
    """Return the briefing as Markdown that holds no markup of the data's own."""
    return "\n".join(_lines(briefing)) + "\n"


def _lines(briefing: Briefing) -> Iterator[str]:
    yield from (f"# {_plain(briefing.title)}", "", _plain(briefing.lead))
    for section in briefing.sections:
        yield from ("", f"## {_plain(section.title)}", "", _plain(section.lead))
        if section.entries:
            yield ""
        for entry in section.entries:
            yield f"- **{_plain(entry.about)}**" + (f": {_plain(entry.words)}" if entry.words else "")
            for said in entry.statements:
                doubt = f" *({_plain(said.certainty)})*" if said.certainty else ""
                yield f"  - {_plain(said.statement)}{doubt} {_plain(_place(said))}".rstrip()
    if briefing.sources:
        yield from ("", "## Sources", "")
    for source in briefing.sources:
        link = safe_url(source.url)
        yield f"{source.number}. {_plain(source.words)}" + (f" <{link}>" if link else "")
    yield from ("", _plain(briefing.note))


def page(briefing: Briefing) -> str:
    """Return the briefing as one HTML page that prints on two or three sheets and needs no other file."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("ecosystem.publish"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["safe_url"] = safe_url
    return environment.get_template("briefing.html.j2").render(briefing=briefing, place=_place)


def _place(said: Cited) -> str:
    if not said.source:
        return "[no source]"
    return f"[{said.source}, {said.locator}]" if said.locator else f"[{said.source}]"


def _plain(text: str) -> str:
    r"""Return text on one line in which Markdown finds nothing to do.

    >>> _plain("<b>A*\n[x](javascript:1)")
    '\\<b\\>A\\* \\[x\\](javascript:1)'
    """
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
