"""Every language says everything, with the same marks to fill in."""

from __future__ import annotations

import re

import pytest

from ecosystem.publish.words import LANGUAGES, SITE, Words
from ecosystem.publish.words.settings import settings_in_words

OTHERS = sorted(set(LANGUAGES) - {"en"})
SETS = {"map": LANGUAGES, "site": SITE}
ALIKE_VARIABLES = "actor relation source initiative type initiatives contacts second instrument date"
ALIKE = {
    *("sources", "column_date", "column_licence", "column_relation"),  # the same word in French
    *("initiatives", "questions", "source", "setting_relations", "setting_types", "setting_initiatives"),
    *("file_graphml", "bytes"),  # a name; the same word in Spanish
    *(f"variable_{name}" for name in ALIKE_VARIABLES.split()),
}


def marks(text: str, key: str = "") -> list[str]:
    """Return what is to be filled in; one may be said in a word where others are said in figures."""
    found = sorted(re.findall(r"\{(\w+)\}", text))
    return [mark for mark in found if mark != "n"] if key.endswith(".one") else found


def test_no_word_stands_twice() -> None:
    assert not LANGUAGES["en"].keys() & SITE["en"].keys()
    assert LANGUAGES.keys() == SITE.keys()


@pytest.mark.parametrize("of", SETS)
@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_word(language: str, of: str) -> None:
    assert SETS[of][language].keys() == SETS[of]["en"].keys()


@pytest.mark.parametrize("of", SETS)
@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_the_same_marks(language: str, of: str) -> None:
    told = {key: marks(text, key) for key, text in SETS[of][language].items()}
    assert told == {key: marks(text, key) for key, text in SETS[of]["en"].items()}


@pytest.mark.parametrize("of", SETS)
@pytest.mark.parametrize("language", OTHERS)
def test_a_language_is_not_english(language: str, of: str) -> None:
    english = SETS[of]["en"]
    same = {key for key, text in SETS[of][language].items() if text == english[key] and re.search(r"[a-z]{3}", text)}
    assert {key for key in same if not marks(english[key])} <= ALIKE


@pytest.mark.parametrize("of", SETS)
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_is_counted_has_one_and_other(language: str, of: str) -> None:
    keys = SETS[of][language].keys()
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


def test_lists_and_directions() -> None:
    assert [Words(one).listed(["a", "b", "c"]) for one in ("en", "fr", "es", "ar")] == [
        "a, b and c",
        "a, b et c",
        "a, b y c",
        "\u2068\u2068a\u2069، \u2068b\u2069\u2069 و\u2068c\u2069",
    ]
    assert [Words(one).direction for one in ("en", "ar-EG", "fa")] == ["ltr", "rtl", "ltr"]
    assert Words("fr").say("partner_said", tie="{why}", why="b") == "{why}\u00a0: b.", "what is filled in is left alone"


def test_settings_are_said_in_the_language_and_unknown_ones_stay() -> None:
    made = {"grouped by": "sector", "as of": "from 2019", "direction": "two-way", "communities": "Leiden", "mine": "7"}
    assert [tuple(one) for one in settings_in_words(made, Words("fr"))] == [
        ("Regroupement", "sector", False),
        ("À la date", "à partir de 2019", False),
        ("Sens", "dans les deux sens", False),
        ("Communautés", "Leiden", True),
        ("Mine", "7", False),
    ]
    assert not any(one.is_english for one in settings_in_words(made, Words("en")))
    assert settings_in_words({"as of": ""}, Words("fr"))[0].value == ""
