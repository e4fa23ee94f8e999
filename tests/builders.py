"""Records in one line, for ecosystems that are small enough to work out by hand."""

from __future__ import annotations

from typing import Any

from ecosystem import terms
from ecosystem.records import Citation, Profile, Relationship, Text


def actor(name: str, kind: str = "Actor", country: str = "", **more: Any) -> Profile:
    return Profile(
        iri=terms.ID + name,
        type=terms.ECO + kind,
        labels=(Text(name.replace("-", " ").title(), "en"),),
        country=terms.COUNTRY_AUTHORITY + country if country else "",
        **more,
    )


def tie(subject: str, relation: str, target: str, **more: Any) -> Relationship:
    return Relationship(
        terms.ID + subject,
        terms.ECO + relation,
        target if ":" in target else terms.ID + target,
        citation=Citation(terms.ID + "source-a", "page 1"),
        **more,
    )
