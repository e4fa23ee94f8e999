"""The words of the pages, one file a language and kind of page: the only place where they stand.

The files beside this one hold those of the map, which its scripts say, too; those in `site` hold what is said when the
pages of a site are made. A key that ends in `.one` is used for a count of one, its `.other` for every other count;
`{name}` marks what is filled in. Every language has every key, with the same marks; a test holds it to that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from ecosystem.publish.words import ar, en, es, fr, site

__all__ = ["ENGLISH", "LANGUAGES", "RIGHT_TO_LEFT", "SITE", "Words", "filled", "main_tag", "words"]

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
MARK: Final = re.compile(r"\{(\w+)\}")
FIRST_STRONG, ENDED = "\u2068", "\u2069"  # what is between is read in its own direction


def unbroken(texts: Mapping[str, str]) -> dict[str, str]:
    r"""Return words in which no line breaks before a mark that French sets apart.

    >>> unbroken({"colon": " : ", "sure": "41 % !"})
    {'colon': '\xa0: ', 'sure': '41\xa0%\xa0!'}
    """
    return {key: re.sub(r" (?=[:;!?%])", "\u00a0", text) for key, text in texts.items()}


ENGLISH = en.WORDS
LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "fr": unbroken(fr.WORDS), "es": es.WORDS, "ar": ar.WORDS}
SITE: Mapping[str, Mapping[str, str]] = {
    "en": site.en.WORDS,
    "fr": unbroken(site.fr.WORDS),
    "es": site.es.WORDS,
    "ar": site.ar.WORDS,
}


def main_tag(language: str) -> str:
    """Return the first part of a language tag, by which words are found.

    >>> main_tag("fr-BE")
    'fr'
    """
    return language.split("-")[0].lower()


def words(language: str) -> dict[str, str]:
    """Return all words of the map's interface in a language, English where it is not known.

    >>> words("fr-BE")["copy_link"], words("tlh")["copy_link"]
    ('Copier le lien', 'Copy link')
    """
    return {**ENGLISH, **LANGUAGES.get(main_tag(language), {})}


def filled(text: str, value: Callable[[str], str | None]) -> str:
    """Return words with each mark replaced by its value; what is filled in is not looked at again.

    >>> filled("{one} and {other}", {"one": "{other}", "other": "b"}.get)
    '{other} and b'
    """

    def put(mark: re.Match[str]) -> str:
        said = value(mark[1])
        return mark[0] if said is None else said

    return MARK.sub(put, text)


class Words:
    """The words of one language, with what is filled in."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = {**SITE["en"], **SITE.get(main_tag(language), {}), **words(language)}

    @property
    def direction(self) -> str:
        """How the words are read: "ltr" or "rtl"."""
        return "rtl" if main_tag(self.spoken) in RIGHT_TO_LEFT else "ltr"

    @property
    def spoken(self) -> str:
        """The tag of the language that the words really are in.

        >>> Words("fr-BE").spoken, Words("tlh").spoken
        ('fr-BE', 'en')
        """
        return self.language if main_tag(self.language) in LANGUAGES else "en"

    def figure(self, n: int) -> str:
        """Return a number as the language writes it.

        >>> Words("en").figure(12345), Words("es").figure(12345)
        ('12,345', '12.345')
        """
        return f"{n:,}".replace(",", self._words["thousands"])

    def count(self, key: str, n: int, **values: str) -> str:
        """Return what is said of a count.

        >>> Words("fr").count("actors_count", 1), Words("en").count("actors_count", 2)
        ('un acteur', '2 actors')
        """
        return self.say(f"{key}.{'one' if n == 1 else 'other'}", n=self.figure(n), **values)

    def say(self, key: str, **values: str) -> str:
        """Return the words of a key, each mark in them replaced by its value."""
        return filled(self._words[key], {name: self.isolated(value) for name, value in values.items()}.get)

    def get(self, key: str, otherwise: str) -> str:
        """Return the words of a key, or something else where there is no such key."""
        return self._words.get(key, otherwise)

    def isolated(self, text: str) -> str:
        r"""Return what is filled in, kept apart from words that are read the other way round.

        >>> Words("ar").isolated("OECD"), Words("ar").isolated("2026"), Words("en").isolated("OECD")
        ('\u2068OECD\u2069', '2026', 'OECD')
        """
        runs_against = self.direction == "rtl" and any(unicodedata.bidirectional(sign) == "L" for sign in text)
        return f"{FIRST_STRONG}{text}{ENDED}" if runs_against else text

    def series(self, items: Iterable[str]) -> str:
        """Join items with commas."""
        return self._words["comma"].join(map(self.isolated, items))

    def listed(self, items: Sequence[str]) -> str:
        """Join items as a sentence does.

        >>> Words("en").listed(["a"]), Words("fr").listed(["a", "b", "c"])
        ('a', 'a, b et c')
        """
        if not items[1:]:
            return "".join(items)
        return self.say("list_end", first=self.series(items[:-1]), last=items[-1])

    def all(self) -> Mapping[str, str]:
        """Return every word by its key, as it stands before anything is filled in."""
        return self._words
