"""Where statements are kept and asked: an embedded RDF store, and the way of data sets into it."""

from ecosystem.store.columns import Column, Texts
from ecosystem.store.embedded import RdfTerm, Solutions, Store, bare, is_store, plain
from ecosystem.store.loading import Load, LoadRow, changes, load, prepare

__all__ = [
    "Column",
    "Load",
    "LoadRow",
    "RdfTerm",
    "Solutions",
    "Store",
    "Texts",
    "bare",
    "changes",
    "is_store",
    "load",
    "plain",
    "prepare",
]
