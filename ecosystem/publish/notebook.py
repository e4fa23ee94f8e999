"""A map in a notebook: the whole page in a frame of its own, which can reach neither the notebook nor the network."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ecosystem.files import write_atomically

__all__ = ["MapPage"]

HEIGHT: Final = 720  # pixels
# The page runs its own scripts, and hands out pictures and tables; as a frame without an origin it can do no more.
ALLOWED: Final = "allow-scripts allow-downloads"


@dataclass(frozen=True, slots=True)
class MapPage:
    """A map that shows itself in a notebook and can be saved.

    Parameters
    ----------
    title
        What it is called.
    html
        The page, whole.
    """

    title: str
    html: str = field(repr=False)

    def save(self, path: str | Path) -> Path:
        """Write the page and return its path.

        Raises
        ------
        PublishError
            If the file cannot be written.
        """
        target = Path(path)
        # A lone surrogate, which no UTF-8 can hold, becomes a question mark rather than an error.
        write_atomically(target, self.html.encode("utf-8", errors="replace"))
        return target

    def _repr_html_(self) -> str:
        title, page = html.escape(self.title), html.escape(self.html)
        style = f"width:100%;height:{HEIGHT}px;border:0"
        return f'<iframe sandbox="{ALLOWED}" title="{title}" style="{style}" srcdoc="{page}"></iframe>'
