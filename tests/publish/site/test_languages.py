"""Sites in other languages: no English of ours is left in them, and Arabic is read from right to left."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe import violations
from links import broken
from pages import DESKTOP, PHONE, opened

import ecosystem
from ecosystem.api.site import publish
from ecosystem.publish.words import LANGUAGES, SITE, Words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OPSI = "datasets/opsi"
TYPES = (
    "index.html",
    "brokers.html",
    "gaps.html",
    "data.html",
    "actors/index.html",
    "actors/caf.html",
    "countries/index.html",
    "countries/nld.html",
    "sources/index.html",
    "sources/source-opsi-crossborder.html",
    "questions/index.html",
    "questions/actors-in-a-region.html",
    "query.html",
)
SILENT = ("script", "style", "title", "pre", "code")
SHORT, LONG = 1, 15  # letters of ours in words without and with something filled in
VOID = ("meta", "link", "br", "img", "input", "circle", "path")


class Texts(HTMLParser):
    """The texts of a page and of its labels, but for what is marked as being in English."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.found: set[str] = set()
        self.root: dict[str, str | None] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "html":
            self.root = said
        elif tag not in VOID:
            self.open.append((tag, said.get("lang") == "en" or tag in SILENT))
        self.found |= {said[name] or "" for name in ("aria-label", "placeholder") if name in said}

    def handle_endtag(self, tag: str) -> None:
        while tag in [name for name, _ in self.open] and self.open.pop()[0] != tag:
            pass  # an element that need not be closed

    def handle_data(self, data: str) -> None:
        if not any(is_english for _, is_english in self.open):
            self.found.add(" ".join(data.split()))


def english_of(language: str) -> re.Pattern[str]:
    """Return what we say in English and otherwise in a language; what is mostly filled in could be anybody's words."""
    pairs = [(words["en"][key], words[language][key]) for words in (LANGUAGES, SITE) for key in words["en"]]
    found = []
    for english, other in pairs:
        pattern = re.escape(english).replace(r"\{n\}", r"[\d.,\u202f]+")
        own = re.sub(r"\{\w+\}|[^a-z]", "", english)
        if english != other and len(own) > (LONG if re.search(r"\{(?!n\})", english) else SHORT):
            found.append(re.sub(r"\\\{\w+\\\}", ".+", pattern))
    return re.compile("|".join(sorted(found)))


@pytest.fixture(scope="session", params=["fr", "ar"])
def foreign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in another language; its folder is called after that."""
    folder = tmp_path_factory.mktemp("languages") / request.param
    publish(ecosystem.open(OPSI, language=request.param), folder)
    return folder


def test_no_english_of_ours_is_left(foreign: Path) -> None:
    english = english_of(foreign.name)
    # An actor's kind, a concept or a relation may be called by a word of ours, and has no Arabic label.
    labels = ecosystem.open(OPSI, language=foreign.name).lookup.labels
    known = {label.casefold() for label in labels.values()}
    for path in sorted(foreign.rglob("*.html")):
        if path.name == "map.html":
            continue
        texts = Texts(path.read_text(encoding="utf-8")).found
        assert [text for text in texts if english.fullmatch(text) and text.casefold() not in known] == [], path


def test_the_check_sees_what_is_english() -> None:
    page = '<html lang="fr"><p>Read this first</p><p lang="en">Rules</p><nav aria-label="Sections">4 rows</nav></html>'
    assert {text for text in Texts(page).found if english_of("fr").fullmatch(text)} == {
        "Read this first",
        "Sections",
        "4 rows",
    }


def test_pages_say_their_language_and_how_it_is_read(foreign: Path) -> None:
    for path in foreign.rglob("*.html"):
        root = Texts(path.read_text(encoding="utf-8")).root
        assert root["lang"] == foreign.name
        assert root.get("dir", "ltr") == Words(foreign.name).direction
    assert broken(foreign) == []


def test_gaps_partners_questions_and_notes_are_said_in_french(tmp_path: Path) -> None:
    publish(ecosystem.open(OPSI, language="fr"), tmp_path / "site")

    def text(name: str) -> str:
        return (tmp_path / "site" / name).read_text(encoding="utf-8")

    assert "Chercher ce que sont devenus les constats" in text("gaps.html") and "rien n’est recensé" in text(
        "gaps.html"
    )
    assert "sujets communs\u00a0: " in text("actors/caf.html")
    assert '<th scope="col">Région</th>' in text("questions/actors-in-a-region.html")
    assert "--language fr" in text("questions/actors-in-a-region.html"), "asked again, it is answered in French"
    assert "<dt>Regroupement</dt><dd>pays</dd>" in text("data.html")
    assert '<li lang="en">Every tie is taken in both directions.</li>' in text("data.html"), "marked as English"
    assert "22 novembre 2026" in text("index.html")


def test_names_in_arabic_sentences_are_kept_apart(tmp_path: Path) -> None:
    publish(ecosystem.open(OPSI, language="ar"), tmp_path / "site")
    assert "\u2068Netherlands Court of Audit\u2069، 2022-05-18" in (tmp_path / "site" / "index.html").read_text("utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("name", TYPES)
def test_pages_are_silent_and_fit(chromium: Browser, foreign: Path, name: str) -> None:
    for size, theme in ((DESKTOP, "light"), (PHONE, "dark")):
        with opened(chromium, foreign / name, size=size, theme=theme) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
            assert page.evaluate("getComputedStyle(document.body).direction") == Words(foreign.name).direction
            assert violations(page) == [], (size, theme)


@pytest.mark.browser
@pytest.mark.parametrize("foreign", ["ar"], indirect=True)
def test_in_arabic_the_page_begins_on_the_right_and_code_on_the_left(chromium: Browser, foreign: Path) -> None:
    edges = """(selector) => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector(selector));
      const { left, right } = range.getBoundingClientRect();
      return [left, right, document.querySelector("main").getBoundingClientRect().right];
    }"""
    with opened(chromium, foreign / "actors/caf.html") as page:
        for selector in ("h1", ".what", "h2", ".ties .statement"):
            _, right, end = page.evaluate(edges, selector)
            assert end - 30 <= right <= end, selector
    with opened(chromium, foreign / "query.html") as page:
        assert page.evaluate("getComputedStyle(document.querySelector('textarea')).textAlign") in ("start", "left")
        assert page.evaluate("getComputedStyle(document.querySelector('.command')).direction") == "ltr"
