"""What single values mean: dates, numbers, slugs, web addresses. Pure functions, shared by the readers."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.records import is_date

__all__ = [
    "BETWEEN_VALUES",
    "ValueFault",
    "date",
    "ends_before",
    "identities",
    "identity",
    "is_iri",
    "is_slug",
    "language_tag",
    "not_negative",
    "number",
    "one_line",
    "one_source",
    "positive",
    "quoted",
    "share",
    "slug",
    "web_address",
]

SLUG: Final = re.compile(r"[a-z0-9][a-z0-9._-]*")
# In a column of such ids, a line each.
NO_SLUGS: Final = re.compile(r"[^a-z0-9._\n-]")
NOT_AT_A_START: Final = ("\n.", "\n_", "\n-")
NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
LANGUAGE: Final = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*")
BETWEEN_VALUES: Final = "|"
QUOTED_LENGTH: Final = 60
EXAMPLES: Final = 8
EXAMPLE_LENGTH: Final = 40
OF_NO_COUNTRY: Final = frozenset(
    {"international", "supranational", "transnational", "multinational", "multi-country", "global", "worldwide"}
)


class ValueFault(ValueError):  # noqa: N818 - a fault of the data, not of ours
    """A value that cannot be understood; the reader adds where it stands."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def one_line(text: str) -> str:
    r"""Return `text` on one line, with nothing in it that a terminal would obey.

    >>> one_line("a\n  b\x1b[31m")
    'a b�[31m'
    """
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(text.split()))


def quoted(text: str) -> str:
    r"""Return `text` in quotation marks, on one line and cut where it is long.

    >>> quoted("CAF\nBank")
    '"CAF Bank"'
    """
    # Cut before cleaning as well: a cell may be a megabyte long.
    words = one_line(text[: 4 * QUOTED_LENGTH])
    return f'"{words}"' if len(words) <= QUOTED_LENGTH else f'"{words[:QUOTED_LENGTH]}…"'


def examples(named: Counter[str]) -> str:
    """Name the most frequent things with their numbers; the rest is counted.

    >>> examples(Counter({"colour": 3, "size": 1200}))
    'size (1,200), colour (3)'
    """
    most = sorted(named.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{one_line(name[:EXAMPLE_LENGTH])} ({count:,})" for name, count in most[:EXAMPLES])
    return f"{shown} and {len(most) - EXAMPLES:,} more" if len(most) > EXAMPLES else shown


def slug(text: str) -> str:
    """Return `text` as an id: lower-case ASCII letters, digits, dots, underscores and hyphens.

    >>> slug("Contraloría General (Perú)"), slug("???")
    ('contraloria-general-peru', 'unnamed')
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9._-]+", "-", plain).strip("-._") or "unnamed"


def is_slug(text: str) -> bool:
    """Tell whether `text` is an id as data sets use them.

    >>> is_slug("caf"), is_slug("CAF"), is_slug("caf bank")
    (True, False, False)
    """
    return SLUG.fullmatch(text) is not None


def is_iri(text: str) -> bool:
    """Tell whether `text` is a full http or https IRI that RDF allows.

    >>> is_iri("https://www.caf.com/"), is_iri("www.caf.com"), is_iri("http://a b")
    (True, False, False)
    """
    scheme, colon, rest = text.partition("://")
    if not colon or not rest or scheme.casefold() not in {"http", "https"}:
        return False
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def is_supranational(text: str) -> bool:
    """Tell whether what stands in the place of a country says that there is no one country.

    >>> is_supranational("International"), is_supranational("Spain")
    (True, False)
    """
    return text.strip().casefold() in OF_NO_COUNTRY


def identity(text: str) -> str:
    """Return the IRI of an id, which may be a full IRI already.

    >>> identity("caf")
    'https://w3id.org/ecosystem-mapper/id/caf'

    Raises
    ------
    ValueFault
        If `text` is neither.
    """
    if is_slug(text):
        return terms.ID + text
    if is_iri(text):
        return text
    raise ValueFault(
        f"{quoted(text)} is not an id: ids are lower-case letters, digits, dots and hyphens, or a full web address.",
        f'Write "{slug(text)[:QUOTED_LENGTH]}".',
    )


def identities(texts: Sequence[str]) -> list[str]:
    """Return the IRIs of a column of ids; nothing where one is empty.

    >>> identities(["caf", "", "iadb"])[2]
    'https://w3id.org/ecosystem-mapper/id/iadb'

    Raises
    ------
    ValueFault
        If one of them is none.
    """
    column = "\n".join(("", *texts, ""))
    well_formed = NO_SLUGS.search(column) is None and not any(wrong in column for wrong in NOT_AT_A_START)
    if well_formed and column.count("\n") == len(texts) + 1:
        return [terms.ID + text if text else "" for text in texts]
    return [identity(text) if text else "" for text in texts]


def web_address(text: str) -> str:
    """Return `text`, which must be a full web address.

    Raises
    ------
    ValueFault
        If it is not.
    """
    if is_iri(text):
        return text
    hint = f"Write https://{text}." if is_iri(f"https://{text}") and "." in text else "Write it from https:// on."
    raise ValueFault(f"{quoted(text)} is not a web address.", hint)


def date(text: str) -> str:
    """Return `text`, which must be a year, a year and month, or a day that exists.

    Raises
    ------
    ValueFault
        If it is not.
    """
    if text.isascii() and is_date(text):
        if len(text) < len("2022-06-21"):
            return text
        try:
            datetime.date.fromisoformat(text)
        except ValueError as error:
            raise ValueFault(f"{quoted(text)} is not in the calendar.", "Mend the day.") from error
        return text
    raise ValueFault(f"{quoted(text)} is not a date.", "Write 2022, 2022-06 or 2022-06-21.")


def number(text: str) -> float:
    """Return `text` as a number: digits, with a full stop before decimals.

    Raises
    ------
    ValueFault
        If it is not a number, or too large to calculate with.
    """
    if not NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise ValueFault(f"{quoted(text)} is not a number.", "Write digits with a full stop, as 28000 or 0.5.")
    # There is one zero.
    return float(text) + 0.0


def positive(text: str) -> float:
    """Return `text` as a number above 0.

    Raises
    ------
    ValueFault
        If it is none.
    """
    found = number(text)
    if found <= 0:
        raise ValueFault(f"{quoted(text)} is not above 0.")
    return found


def not_negative(text: str) -> float:
    """Return `text` as a number of 0 or above.

    Raises
    ------
    ValueFault
        If it is none.
    """
    found = number(text)
    if found < 0:
        raise ValueFault(f"{quoted(text)} is below 0.")
    return found


def share(text: str) -> float:
    """Return `text` as a number between 0 and 1.

    Raises
    ------
    ValueFault
        If it is none.
    """
    found = number(text)
    if not 0 <= found <= 1:
        raise ValueFault(f"{quoted(text)} is not between 0 and 1.")
    return found


def one_source(text: str) -> str:
    """Return the IRI of the one source that is named.

    Raises
    ------
    ValueFault
        If `text` is no id, or several.
    """
    if BETWEEN_VALUES in text:
        raise ValueFault(f"{quoted(text)} names several.", "Name one source a row.")
    return identity(text)


def ends_before(since: str, until: str) -> bool:
    """Tell whether something would end before it begins.

    >>> ends_before("2021-06", "2021"), ends_before("2021", "2020-12"), ends_before("2021", "")
    (False, True, False)
    """
    return since[: len(until)] > until[: len(since)]


def language_tag(text: str) -> str:
    """Return a language tag in lower case.

    Raises
    ------
    ValueFault
        If `text` is no language tag.
    """
    tag = text.casefold()
    if not LANGUAGE.fullmatch(tag):
        raise ValueFault(f"{quoted(text)} is not a language tag.", "Write a tag such as en, fr or pt-br.")
    return tag
