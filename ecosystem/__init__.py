"""Map cross-border ecosystems of government: statements in, an RDF graph, its brokers and gaps, and a map out.

>>> import ecosystem
>>> eco = ecosystem.open()  # the bundled OPSI data set; or any number of files, folders and stores
>>> eco.brokers(by="country").columns[:3]
('actor', 'label', 'group')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ecosystem.api import Ecosystem, open

__all__ = ["Ecosystem", "__version__", "open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Loaded on first use, so that `ecosystem --help` and the light modules stay quick.
    if name in ("Ecosystem", "open"):
        from ecosystem import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
