"""What is missing: gap rules of the ontology, run over the data, and (in `partners`) ties that could be."""

from ecosystem.gaps.rules import Gap, GapCount, gap_counts, gaps

__all__ = ["Gap", "GapCount", "gap_counts", "gaps"]
