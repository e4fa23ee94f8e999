"""Where statements are kept and asked: stores behind one interface, and the way of data sets into them."""

from ecosystem.store.changes import LoadRow, changes
from ecosystem.store.columns import Column, Texts
from ecosystem.store.embedded import EmbeddedStore
from ecosystem.store.folder import is_store
from ecosystem.store.interface import RdfTerm, Solutions, Store, bare, plain
from ecosystem.store.loading import holds_ontology, load
from ecosystem.store.web import is_endpoint

__all__ = [
    "Column",
    "EmbeddedStore",
    "LoadRow",
    "RdfTerm",
    "Solutions",
    "Store",
    "Texts",
    "bare",
    "changes",
    "holds_ontology",
    "is_endpoint",
    "is_store",
    "load",
    "plain",
]
