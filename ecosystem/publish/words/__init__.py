"""The words of the pages' interface, one file a language: the only place where they stand.

A key that ends in `.one` is used for a count of one, its `.other` for every other count; `{name}` marks what is filled
in. Every language has every key, with the same marks; a test holds it to that.
"""

from __future__ import annotations

from collections.abc import Mapping

from ecosystem.publish.words import ar, en, es, fr

__all__ = ["ENGLISH", "LANGUAGES", "RIGHT_TO_LEFT", "Words", "words"]

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
ENGLISH = en.WORDS
LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "fr": fr.WORDS, "es": es.WORDS, "ar": ar.WORDS}


def words(language: str) -> dict[str, str]:
    """Return all words of the interface in a language, English where it is not known.

    >>> words("fr-BE")["copy_link"], words("tlh")["copy_link"]
    ('Copier le lien', 'Copy link')
    """
    return {**ENGLISH, **LANGUAGES.get(language.split("-")[0].lower(), {})}


class Words:
    """The words of one language, with what is filled in."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = words(language)

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
        said = self._words[key]
        for name, value in values.items():
            said = said.replace(f"{{{name}}}", value)
        return said

    def get(self, key: str, otherwise: str) -> str:
        """Return the words of a key, or something else where there is no such key."""
        return self._words.get(key, otherwise)
