"""Colours that can be told apart and read: by people who are colour-blind, on a light page and on a dark one."""

from __future__ import annotations

import re

__all__ = ["CANVAS", "FULL", "OTHER", "PAINTS", "contrast", "legible", "paint_rules"]

# Eight colours of Okabe & Ito's and Paul Tol's palettes, the best told apart first; the ninth is for the rest.
PAINTS = ("#0072b2", "#d55e00", "#009e73", "#aa4499", "#e69f00", "#56b4e9", "#999933", "#332288")
OTHER = "#7f8a94"
FULL = len(PAINTS)  # the number of the paint for the rest

# What marks are drawn on: the same values stand in map.css as --canvas.
CANVAS = {"light": "#f7f8f6", "dark": "#10161c"}
MARK_CONTRAST, TEXT_CONTRAST = 3.0, 4.5  # WCAG 2.2, success criteria 1.4.11 and 1.4.3

_HEX = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")
_Rgb = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two `#rrggbb` colours, from 1 to 21 (WCAG 2.2).

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    light, dark = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def legible(colour: str, background: str, ratio: float = MARK_CONTRAST) -> str:
    """Return the colour, darkened or lightened no more than it needs to stand out from the background.

    Whatever is no `#rrggbb` becomes grey, so that nothing else can get into a style sheet.

    >>> legible("#f0e442", "#ffffff"), legible("red;}", "#ffffff") == legible(OTHER, "#ffffff")
    ('#9e962c', True)
    """
    start = _rgb(colour)
    goal = (0.0, 0.0, 0.0) if _luminance(_rgb(background)) > 0.18 else (255.0, 255.0, 255.0)
    for step in range(0, 101):
        mixed = _hex(_mix(start, goal, step / 100))
        if contrast(mixed, background) >= ratio:
            return mixed
    return _hex(goal)


def paint_rules(paints: dict[str, str], theme: str) -> str:
    """Return CSS declarations that define `--<name>` (marks), `--<name>-line` and `--<name>-text` for a theme."""
    ground = CANVAS[theme]
    rules = []
    for name, colour in paints.items():
        fill = _hex(_rgb(colour)) if theme == "light" else legible(colour, ground)
        rules.append(f"--{name}:{fill}")
        rules.append(f"--{name}-line:{legible(colour, ground, MARK_CONTRAST + 0.6)}")
        rules.append(f"--{name}-text:{legible(colour, ground, TEXT_CONTRAST + 0.4)}")
    return ";".join(rules)


def _rgb(colour: str) -> _Rgb:
    found = _HEX.fullmatch(colour) or _HEX.fullmatch(OTHER)
    assert found is not None
    red, green, blue = (float(int(part, 16)) for part in found.groups())
    return red, green, blue


def _hex(rgb: _Rgb) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in rgb)


def _mix(start: _Rgb, goal: _Rgb, share: float) -> _Rgb:
    red, green, blue = (a + (b - a) * share for a, b in zip(start, goal, strict=True))
    return red, green, blue


def _luminance(rgb: _Rgb) -> float:
    def linear(part: float) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
