"""How a page was made, in words: the names and values of its settings, which stay what they are for machines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from ecosystem.publish.words import Words

__all__ = ["Setting", "settings_in_words"]

WINDOW: Final = re.compile(r"(?:from (?P<start>\S+))?\s?(?:to (?P<end>\S+))?")
UNTOLD: Final = frozenset({"communities"})  # how they were found, in a sentence of the measure's own


class Setting(NamedTuple):
    """A setting in words; `is_english` where its value is, whatever the language."""

    name: str
    value: str
    is_english: bool = False


def settings_in_words(settings: Mapping[str, str], speak: Words) -> list[Setting]:
    """Return settings in a language; what it has no words for stays as it is.

    >>> settings_in_words({"grouped by": "country", "as of": "from 2019 to 2021"}, Words("fr"))[1]
    Setting(name='À la date', value='de 2019 à 2021', is_english=False)
    """
    return [
        Setting(
            speak.get(f"setting_{_key(name)}", name.capitalize()),
            _value(name, value, speak),
            name in UNTOLD and not speak.spoken.startswith("en"),
        )
        for name, value in settings.items()
    ]


def _value(name: str, value: str, speak: Words) -> str:
    window = WINDOW.fullmatch(value) if name == "as of" else None
    if window and value:
        ends = {end: date for end, date in window.groupdict().items() if date}
        return speak.say(f"window_{'_'.join(ends)}", **ends)
    return speak.get(f"set_{_key(name)}_{_key(value)}", value)


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")
