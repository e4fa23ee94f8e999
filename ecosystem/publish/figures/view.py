"""What a figure shows, as plain frozen data: whoever has the ecosystem fills these, the figures only draw them.

Every text is shown as it stands; none is read as mathematics or markup.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Arc", "Bar", "Bars", "Dot", "Drawing", "Figure", "Group", "Layer", "Matrix", "Panel", "Place", "Timeline"]
__all__ += ["Words", "World"]


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around a figure: its title, a sentence that says how to read it, and where its data come from."""

    title: str
    lead: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of bars: its parts in the order of the series, and what is written behind them.

    Rows that share a `section` stand together below it.
    """

    label: str
    parts: tuple[float, ...]
    note: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """A ranking of whole numbers, the first row on top; `series` names the parts that each row is made of.

    `more` says of the rows that a size has no room for what they are: "more actors". With `rest`, the last part is
    what is left when the others are told, and is drawn in grey.
    """

    words: Words
    rows: tuple[Bar, ...]
    series: tuple[str, ...]
    more: str = "more"
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """Numbers of a matrix in a colour of their own, by row and column; None where the layer says nothing."""

    label: str
    values: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A heat map with its numbers; the first rows and columns matter most and stay where there is room for few.

    `square` says that rows and columns are the same things, so that as many of both are kept.
    """

    words: Words
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    layers: tuple[Layer, ...]
    square: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What colour stands for, the most frequent first: the first eight have one of their own."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Dot:
    """An actor or initiative in its place, in pixels of the map with y downwards.

    `names` are what it may be called, the best first; `size` runs from 0 to 1; `group` and `area` number what its
    colour stands for and the area that it lies in, -1 for none.
    """

    names: tuple[str, ...]
    x: float
    y: float
    radius: float
    size: float
    group: int
    area: int
    is_initiative: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A network with its layout: `ties` are pairs of dots by number, with their strength; `areas` name the areas."""

    words: Words
    dots: tuple[Dot, ...]
    ties: tuple[tuple[int, int, float], ...]
    groups: tuple[Group, ...]
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """Counts by year, and what is to be said of those that name none."""

    label: str
    counts: tuple[tuple[int, int], ...]
    undated: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Panels one above the other, over the same years."""

    words: Words
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A country by its ISO 3166-1 alpha-3 code, what to call it, and how many actors are of it."""

    code: str
    label: str
    actors: int


@dataclass(frozen=True, slots=True)
class Arc:
    """How many ties actors of two countries have, by the countries' codes."""

    one: str
    other: str
    ties: int


@dataclass(frozen=True, slots=True)
class World:
    """Countries with actors, and the ties that cross their borders."""

    words: Words
    places: tuple[Place, ...]
    arcs: tuple[Arc, ...]


Figure = Bars | Matrix | Drawing | Timeline | World
