"""What is missing: gap rules of the ontology, run over the data."""

from ecosystem.gaps.rules import Gap, gaps

__all__ = ["Gap", "gaps"]
