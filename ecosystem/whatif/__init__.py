"""What a change would do: patches, networks with and without them, and the few new ties that help most."""

from ecosystem.whatif.amending import Amendment, amendment, patched
from ecosystem.whatif.comparing import Difference, Scene, differences
from ecosystem.whatif.overlay import overlaid
from ecosystem.whatif.patch import SUPPOSITION, Patch
from ecosystem.whatif.reaching import Detours, detours
from ecosystem.whatif.reading import read_patch
from ecosystem.whatif.suggesting import BestTies, best_ties

__all__ = [
    "SUPPOSITION",
    "Amendment",
    "BestTies",
    "Detours",
    "Difference",
    "Patch",
    "Scene",
    "amendment",
    "best_ties",
    "detours",
    "differences",
    "overlaid",
    "patched",
    "read_patch",
]
