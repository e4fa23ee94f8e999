"""A network in a notebook: how large it is, who has most ties in it, and what it counts as a tie."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

import numpy as np

from ecosystem.wording import counted

if TYPE_CHECKING:
    from ecosystem.network.model import ActorNetwork

__all__ = ["shown"]

MOST: Final = 20  # actors that are named
ASKED: Final = ("type", "country")  # attributes that stand beside a name


def shown(network: ActorNetwork) -> str:
    """Return a network as HTML: its size, the nodes with most ties, and its notes; every text is escaped."""
    initiatives = int(np.count_nonzero(network.is_initiative))
    degree = np.bincount(network.tails, minlength=len(network)) + np.bincount(network.heads, minlength=len(network))
    names = [name for name in ASKED if name in network.attributes]
    best = np.lexsort((np.arange(len(network)), -degree))[:MOST].tolist()
    rows = [
        (network.labels[node], *(network.attributes[name][node] or "" for name in names), f"{int(degree[node]):,}")
        for node in best
    ]
    size = [
        counted(len(network) - initiatives, "actor"),
        *([counted(initiatives, "initiative")] if initiatives else []),
        counted(network.tie_count, "tie"),
        f"{counted(int(np.count_nonzero(degree == 0)), 'node')} without any",
    ]
    more = [f"The {MOST} with most ties of {len(network):,}."] if len(network) > MOST else []
    head = "".join(f"<th>{escape(name)}</th>" for name in ("label", *names, "ties"))
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    notes = "".join(f"<p>{escape(note)}</p>" for note in (*more, *network.notes))
    return (
        f"<p><strong>{escape(', '.join(size))}</strong></p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"
    )
