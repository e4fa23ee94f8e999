"""Names made comparable: one spelling for one word, the parts that a name is made of, and how telling each word is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

from ecosystem.ontology import fold
from ecosystem.reconciliation.words import FIELDS, INSTITUTIONS, LEGAL_FORMS, SPELLINGS, STOP_WORDS

__all__ = ["Name", "Weights", "acronyms_of", "is_generic", "named_after", "readings"]

# Letters that Unicode does not take apart into a letter and an accent.
LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "&": " and "})
ELISION: Final = re.compile(r"\b[ldn]['’](?=\w)")
APOSTROPHE: Final = re.compile(r"['’`´]")
DOTTED: Final = re.compile(r"\b(?:\w\.){2,}(?:\w\b)?")
WORD: Final = re.compile(r"[^\W_]+")
BRACKETS: Final = re.compile(r"\(([^()]*)\)")
ACRONYM: Final = re.compile(r"[A-Z][A-Za-z0-9&-]{0,8}[A-Z0-9]|[A-Z]{2,10}")
LEADING: Final = re.compile(r"^([A-Z][A-Z&]{1,7}) [-–—|:] (?=\S)")
TRAILING: Final = re.compile(r" [-–—|] ([A-Z][A-Za-z&]{1,9})$")
MAJESTY: Final = re.compile(r"\b(?:her|his) majestys?\b")
REMARK: Final = 0.88  # what a likeness counts where it disregards words in brackets
LONGEST: Final = 300  # characters of a name that are looked at: a longer one is no name
SEEN_BEFORE: Final = 2000  # how many names the weights of words count as seen before those of the data


@dataclass(frozen=True, slots=True)
class Name:
    """One way to read a name: its telling words, sorted; the text that it was read from; how far it counts.

    >>> next(iter(readings("The Department for Education"))).words
    ('department', 'education')
    """

    words: tuple[str, ...]
    text: str
    counts: float = 1.0
    joined: str = ""

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers among its words."""
        return frozenset(word for word in self.words if word.isdecimal())


@lru_cache(maxsize=200_000)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a name in order, in one spelling; no capitals, accents, articles or plurals.

    >>> tokens("Ministère de l'Économie & des Finances")
    ('ministere', 'economie', 'finance')
    """
    plain = ELISION.sub("", fold(text[:LONGEST]).translate(LETTERS))
    plain = DOTTED.sub(lambda found: found[0].replace(".", ""), MAJESTY.sub("hm", APOSTROPHE.sub("", plain)))
    found: list[str] = []
    for word in WORD.findall(plain):
        if word in STOP_WORDS:
            continue
        single = word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
        found += SPELLINGS.get(single, _british(single)).split()
    return tuple(found) or tuple(WORD.findall(plain))


def _british(word: str) -> str:
    return word.replace("ization", "isation") if "ization" in word else word


@lru_cache(maxsize=200_000)
def readings(text: str, country: str = "") -> tuple[Name, ...]:
    """Return the ways to read a name, as it stands first: without a remark in brackets, without a parent's sign.

    Parameters
    ----------
    country
        What the country of the body is called; it is left out where it stands in the name, as it does in few.

    >>> [" ".join(name.words) for name in readings("DCMS - NATIONAL GALLERY")]
    ['dcms gallery national', 'gallery national']
    >>> [" ".join(name.words) for name in readings("Ministry of Finance, Chile", "Chile")]
    ['finance ministry']
    """
    outer = " ".join(BRACKETS.sub(" ", text).split())
    remark = 1.0 if all(_is_sign(inner) for inner in BRACKETS.findall(text)) else REMARK
    texts = {text: 1.0, **({outer: remark} if tokens(outer) else {})}
    for one, counts in list(texts.items()):
        bare = LEADING.sub("", one)
        own = TRAILING.search(bare)
        bare = bare[: own.start()] if own and _made_of(own[1].casefold(), initials(bare[: own.start()])) else bare
        texts.setdefault(bare, counts)
    known = set(tokens(country)) if country else set()
    found: dict[tuple[str, ...], Name] = {}
    for one, counts in texts.items():
        words = tokens(one)
        if known and known < set(words):
            words = tuple(word for word in words if word not in known)
        name = _name(words, text, counts)
        found.setdefault(name.words, name)
    return tuple(name for name in found.values() if name.words)


def named_after(name: Name, country: str) -> Name:
    """Return a name with its country's behind it, as others may have written it.

    >>> named_after(readings("Ministry of Finance")[0], "Chile").words
    ('chile', 'finance', 'ministry')
    """
    words = tokens(country)
    return Name(tuple(sorted((*name.words, *words))), name.text, name.counts, name.joined + "".join(words))


def _name(words: Iterable[str], text: str, counts: float) -> Name:
    words = tuple(words)
    return Name(tuple(sorted(words)), text, counts, "".join(words))


def _is_sign(inner: str) -> bool:
    """Tell whether what stands in brackets is an acronym that names no place."""
    return bool(ACRONYM.fullmatch(inner.strip())) and inner.strip().casefold() not in SPELLINGS


def acronyms_of(text: str) -> frozenset[str]:
    """Return the acronyms that a name shows: in brackets, or in front, if they are made of its letters.

    >>> sorted(acronyms_of("Medical Research Council (MRC)")), sorted(acronyms_of("Passport Office (HO)"))
    (['mrc'], [])
    """
    shown = [inner.strip() for inner in BRACKETS.findall(text)]
    shown += [part for pattern in (LEADING, TRAILING) for part in pattern.findall(text)]
    shown = [one for one in shown if ACRONYM.fullmatch(one)]
    if not shown:
        return frozenset()
    rest = TRAILING.sub("", LEADING.sub("", BRACKETS.sub(" ", text)))
    letters = initials(rest)
    return frozenset(one.casefold() for one in shown if _made_of(one.casefold(), letters))


@lru_cache(maxsize=200_000)
def initials(text: str) -> tuple[str, ...]:
    """Return the first letters of a name's words: of all, and of those that are not stop words.

    >>> initials("Department for International Development")
    ('dfid', 'did')
    """
    words = WORD.findall(fold(text[:LONGEST]).translate(LETTERS).replace("'", "").replace("’", ""))
    both = ("".join(word[0] for word in words), "".join(word[0] for word in words if word not in STOP_WORDS))
    return tuple(dict.fromkeys(both))


def _made_of(acronym: str, letters: Iterable[str]) -> bool:
    """Tell whether the letters of an acronym stand in a name's initials, in their order, beginning with the first."""
    return any(one[:1] == acronym[:1] and (len(one) > 1) and _in_order(acronym, one) for one in letters)


def _in_order(acronym: str, letters: str) -> bool:
    rest = iter(letters)
    return sum(letter in rest for letter in acronym) >= max(2, len(acronym) - 1)


def is_generic(words: Iterable[str]) -> bool:
    """Tell whether a name is one that a body of many a country has: no word of it says which.

    >>> is_generic(("finance", "ministry")), is_generic(("office", "swedish", "tax"))
    (True, False)
    """
    return all(word in INSTITUTIONS or word in FIELDS or word in LEGAL_FORMS or len(word) < 2 for word in words)


class Weights:
    """How telling each word is, 0 … 1: the rarer among the names at hand, and in names at large, the more.

    >>> weights = Weights([("ministry", "finance"), ("ministry", "health"), ("treehouse",)])
    >>> weights["treehouse"] > weights["finance"] > weights["ministry"] > 0
    True
    """

    def __init__(self, names: Iterable[tuple[str, ...]]) -> None:
        counted: Counter[str] = Counter()
        count = 0
        for words in names:
            counted.update(set(words))
            count += 1
        self.counts: Mapping[str, int] = counted
        self._total = count + SEEN_BEFORE
        self._whole = log(self._total)
        self._cache: dict[str, float] = {}

    def __getitem__(self, word: str) -> float:
        if word not in self._cache:
            frequency = self.counts.get(word, 0) + SEEN_BEFORE * _usual_share(word)
            self._cache[word] = log(self._total / min(frequency, self._total - 1)) / self._whole
        return self._cache[word]

    def of(self, words: Iterable[str]) -> float:
        """Return the sum of the weights of several words."""
        return sum(self[word] for word in words)


def _usual_share(word: str) -> float:
    """Return in which share of names at large a word occurs."""
    if word in LEGAL_FORMS:
        return 0.3
    return 0.08 if word in INSTITUTIONS else 0.015 if word in FIELDS else 0.0005
