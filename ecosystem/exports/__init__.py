"""The ecosystem in other programs' formats, written from plain records; each format declares what it carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ecosystem.exports import ftm, jsons, plain, sheets, xml
from ecosystem.exports.content import Content
from ecosystem.exports.graph import Carried, Graph, graph_of, left_out
from ecosystem.exports.particulars import ABOUT, OF_EDGES, OF_NODES

__all__ = ["ABOUT", "FORMATS", "OF_EDGES", "OF_NODES", "Content", "Format", "left_out"]

Files = Mapping[str, bytes]
# Formats of networks have no place for what a data set is called and allowed, unless they have one for all.
UNNAMED: Final = ("title", "licence", "date")


@dataclass(frozen=True, slots=True)
class Format:
    """A format to write.

    Parameters
    ----------
    title
        What people call it.
    suffix
        How its files end; empty for a folder of several files.
    carried
        What it has a place for; nothing else is handed to the writer.
    write
        From content to the bytes of one file, or to those of several by name.
    """

    title: str
    suffix: str
    carried: Carried
    write: Callable[[Content], bytes | Files]
    text: bool = True


def _network(
    title: str, suffix: str, write: Callable[[Graph], bytes | Files], carried: Carried | None = None
) -> Format:
    """Return a format of networks."""
    places = carried or Carried.all_but()
    return Format(title, suffix, places, lambda content: write(graph_of(content, places)))


PARTICULARS: Final = ("particulars of sources",)
PAJEK: Final = Carried(edges=frozenset({"strengths"}))
TABLES: Final = Carried(
    frozenset(OF_NODES), frozenset(OF_EDGES) - {"statements in other languages"}, frozenset(ABOUT), figures=True
)
FTM: Final = Carried(
    frozenset(OF_NODES) - {"IRIs", "labels in other languages", "stages", "identifiers", "locators", *PARTICULARS},
    frozenset({"dates", "roles", "statements", "locators", "titles of sources", "links to sources"}),
    unheld=ftm.unheld,
)
FORMATS: Final[Mapping[str, Format]] = {
    "graphml": _network("GraphML", ".graphml", xml.graphml),
    "gexf": _network("GEXF 1.3", ".gexf", xml.gexf, Carried.all_but(about=UNNAMED)),
    "kumu": _network("Kumu blueprint", ".json", jsons.kumu, Carried.all_but(about=("licence", "publisher", "date"))),
    "graphology": _network("graphology JSON", ".json", jsons.graphology),
    "node-link": _network("node-link JSON", ".json", jsons.node_link),
    "gephi": _network("Gephi CSV pair", "", plain.gephi, Carried.all_but(about=ABOUT)),
    "pajek": _network("Pajek", ".net", plain.pajek, PAJEK),
    "ftm": _network("FollowTheMoney JSON lines", ".ftm", ftm.followthemoney, FTM),
    "dataset": Format("data set folder", "", TABLES, sheets.dataset),
    "xlsx": Format("workbook", ".xlsx", TABLES, sheets.workbook, text=False),
    "parquet": Format("Parquet", "", TABLES, sheets.parquet, text=False),
}
