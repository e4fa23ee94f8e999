import re

import pytest

from ecosystem.publish.palette import CANVAS, OTHER, PAINTS, contrast, legible, paint_rules
from ecosystem.publish.payload import safe_url


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", [*PAINTS, OTHER, "#ffff00", "#000000", "#ffffff"])
def test_every_colour_can_be_seen_and_read(colour: str, theme: str) -> None:
    rules = dict(rule.split(":") for rule in paint_rules({"p": colour}, theme).split(";"))
    assert contrast(rules["--p-line"], CANVAS[theme]) >= 3
    assert contrast(rules["--p-text"], CANVAS[theme]) >= 4.5


def test_the_paints_differ() -> None:
    assert len({*PAINTS, OTHER}) == 9


@pytest.mark.parametrize("colour", ["red;}body{display:none}", "url(http://x)", "", "#12", "#12345g", "#0072b2;"])
def test_only_colours_get_into_a_style_sheet(colour: str) -> None:
    assert re.fullmatch(r"#[0-9a-f]{6}", legible(colour, "#ffffff"))
    assert re.fullmatch(r"(--p[a-z-]*:#[0-9a-f]{6};?)+", paint_rules({"p": colour}, "dark"))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "//host/x",
        "x",
        "http:",
        "vbscript:x",
        "\x01javascript:x",
    ],
)
def test_unsafe_addresses_are_dropped(address: str) -> None:
    assert safe_url(address) == ""
