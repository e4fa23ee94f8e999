"""What is missing: gap rules of the ontology, run over the data, and (in `partners`) ties that could be."""

from ecosystem.gaps.rules import (
    RECORDED,
    TIME_LIMIT,
    UNRECORDED,
    Gap,
    GapCount,
    GapReport,
    RuleProblem,
    find,
    gap_counts,
)

__all__ = [
    "RECORDED",
    "TIME_LIMIT",
    "UNRECORDED",
    "Gap",
    "GapCount",
    "GapReport",
    "RuleProblem",
    "find",
    "gap_counts",
]
