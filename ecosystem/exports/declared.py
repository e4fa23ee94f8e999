"""What each format carries, as a table for the documentation: made from what the formats declare."""

from __future__ import annotations

from ecosystem.exports import ABOUT, FORMATS, OF_EDGES, OF_NODES

__all__ = ["carried_table"]


def carried_table() -> str:
    """Return a Markdown table: a row a format, with what it leaves out of actors, relationships and the data set."""
    lines = ["| format | written as | left out of actors and initiatives | left out of relationships | and |"]
    lines.append("|---|---|---|---|---|")
    for name, one in FORMATS.items():
        carried = one.carried
        parts = [
            _without(OF_NODES, carried.nodes),
            _without(OF_EDGES, carried.edges),
            "; ".join(
                filter(
                    None,
                    (
                        "" if carried.figures else "figures",
                        "" if carried.about >= {*ABOUT} else f"the data set's {_without(ABOUT, carried.about)}",
                    ),
                )
            ),
        ]
        lines.append(f"| `{name}` | {one.title}{f', `{one.suffix}`' if one.suffix else ''} | {' | '.join(parts)} |")
    return "\n".join(lines) + "\n"


def _without(groups: tuple[str, ...], carried: frozenset[str]) -> str:
    missing = [group for group in groups if group not in carried]
    return "all but labels" if len(missing) == len(groups) and groups is OF_NODES else ", ".join(missing)
