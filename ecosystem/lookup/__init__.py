"""Questions about single things: what is called so, what is it, what ties it has, and who says so."""

from ecosystem.lookup.lookup import Lookup
from ecosystem.lookup.rows import Evidence, Found, Profile, SourceProfile

__all__ = ["Evidence", "Found", "Lookup", "Profile", "SourceProfile"]
