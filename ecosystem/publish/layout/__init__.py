"""Where everything stands on the map, computed once and the same on every run."""

from ecosystem.publish.layout.force import layout
from ecosystem.publish.layout.model import Layout, node_radius
from ecosystem.publish.layout.placing import LAYOUTS, place

__all__ = ["LAYOUTS", "Layout", "layout", "node_radius", "place"]
