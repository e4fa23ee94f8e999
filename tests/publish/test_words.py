"""Every language says everything, with the same marks to fill in."""

from __future__ import annotations

import re

import pytest

from ecosystem.publish.words import ENGLISH, LANGUAGES, Words

OTHERS = sorted(set(LANGUAGES) - {"en"})


def marks(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_word(language: str) -> None:
    assert LANGUAGES[language].keys() == ENGLISH.keys()


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_the_same_marks(language: str) -> None:
    told = {key: marks(text) for key, text in LANGUAGES[language].items()}
    assert told == {key: marks(text) for key, text in ENGLISH.items()}


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_is_not_english(language: str) -> None:
    same = {key for key, text in LANGUAGES[language].items() if text == ENGLISH[key] and re.search(r"[a-z]{3}", text)}
    alike = {"sources", "column_date", "column_licence", "column_relation"}  # the same word in French
    assert {key for key in same if not marks(ENGLISH[key])} <= alike


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_is_counted_has_one_and_other(language: str) -> None:
    keys = LANGUAGES[language].keys()
    assert {key.removesuffix(".one") for key in keys if key.endswith(".one")} == {
        key.removesuffix(".other") for key in keys if key.endswith(".other")
    }


def test_numbers_and_counts() -> None:
    assert Words("fr").figure(1234567) == "1\u202f234\u202f567"
    assert Words("es").count("ties_count", 7524) == "7.524 vínculos"
    assert (
        Words("en").count("said_from", 19, actors="81 actors") == "81 actors from 19 countries and supranational bodies"
    )
    assert Words("fr").say("said_and", one="a", other="b") == "a et b"
    assert Words("en").get("by_sector", "Sector") == "Sector"
