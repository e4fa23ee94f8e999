"""The ecosystem as one object: what notebooks and commands call."""

from ecosystem.api.ecosystem import Ecosystem
from ecosystem.api.opening import open

__all__ = ["Ecosystem", "open"]
