"""An ecosystem small enough to work out by hand, and patches of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from builders import actor, tie

from ecosystem.api import Ecosystem
from ecosystem.ontology import Ontology
from ecosystem.whatif import Patch, read_patch

# Chile – bank – Spain – France, and Peru and Spain in a lab that France coordinates; Japan alone.
RECORDS = [
    actor("chile", "NationalGovernment", "CHL"),
    actor("peru", "NationalGovernment", "PER"),
    actor("spain", "NationalGovernment", "ESP"),
    actor("france", "NationalGovernment", "FRA"),
    actor("japan", "NationalGovernment", "JPN"),
    actor("lima", "City"),
    actor("bank", "DevelopmentBank"),
    actor("lab", "Pilot"),
    tie("chile", "partnersWith", "bank", since="2015", until="2019"),
    tie("bank", "funds", "spain"),
    tie("spain", "partnersWith", "france"),
    tie("france", "coordinates", "lab"),
    tie("peru", "participatesIn", "lab"),
    tie("spain", "participatesIn", "lab"),
    tie("peru", "basedIn", "lima"),
]


@pytest.fixture
def small(make_store: Callable[..., Any], ontology: Ontology) -> Ecosystem:
    return Ecosystem(make_store(RECORDS), ontology)


@pytest.fixture
def patch_of(small: Ecosystem, tmp_path: Any) -> Callable[..., Patch]:
    """Read a patch of the small ecosystem from the rows of a table, from flags or from both."""

    def read(*rows: str, header: str = "change,subject,relation,object", **flags: Sequence[str]) -> Patch:
        if not rows:
            return read_patch(small.lookup, **flags)
        path = tmp_path / "patch.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return read_patch(small.lookup, [path], **flags)

    return read
