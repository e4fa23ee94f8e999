"""The words of a language as the templates of a site say them: as markup, in which all that is filled in is escaped."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from ecosystem.publish.words import Words, filled

__all__ = ["in_markup"]


def in_markup(speak: Words) -> dict[str, Any]:
    """Return what every template knows: the words as they stand, and functions that fill them in.

    `english` marks what is told in English alone, in a page of another language.

    >>> in_markup(Words("en"))["say"]("rules"), in_markup(Words("en"))["say"]("colon", colon="<b>")
    (Markup('Rules'), Markup(': '))
    >>> in_markup(Words("en"))["say"]("table_named", title="<b>")
    Markup('Table: &lt;b&gt;')
    """

    def say(key: str, **values: object) -> Markup:
        escaped = {name: speak.isolated(str(escape(value))) for name, value in values.items()}
        return Markup(filled(str(escape(speak.all()[key])), escaped.get))  # noqa: S704 - both are escaped

    def count(key: str, number: int, **values: object) -> Markup:
        return say(f"{key}.{'one' if number == 1 else 'other'}", n=speak.figure(number), **values)

    return {
        "w": speak.all(),
        "say": say,
        "count": count,
        "language": speak.spoken,
        "direction": speak.direction,
        "english": Markup("") if speak.spoken.startswith("en") else Markup(' lang="en"'),
    }
