"""The map of a very large ecosystem: the strongest pairs of each actor, and what was left out said."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import ecosystem
from ecosystem.api.backbone import backbone, backbone_view, is_very_large

OPSI = Path(__file__).parents[2] / "datasets" / "opsi"


def test_each_actor_keeps_the_pairs_it_is_tied_to_most_strongly() -> None:
    network = ecosystem.open(OPSI).network()
    found = backbone(network, partners=1)
    pairs = list(zip(found.tails.tolist(), found.heads.tolist(), strict=True))
    strengths: dict[tuple[int, int], float] = {}
    for tail, head, strength in zip(
        network.tails.tolist(), network.heads.tolist(), network.strengths.tolist(), strict=True
    ):
        if tail != head:
            pair = (min(tail, head), max(tail, head))
            strengths[pair] = strengths.get(pair, 0.0) + strength
    assert found.pairs == len(strengths)
    for node in {end for pair in strengths for end in pair}:
        best = max(strength for pair, strength in strengths.items() if node in pair)
        kept = [strengths[pair] for pair in pairs if node in pair]
        assert max(kept) >= best - 1e-9
    assert np.allclose(found.strengths, [strengths[pair] for pair in pairs])


def test_all_edges_of_a_pair_stand_behind_it() -> None:
    network = ecosystem.open(OPSI).network()
    found = backbone(network)
    for tail, head, edges in zip(found.tails.tolist(), found.heads.tolist(), found.edges, strict=True):
        ends = {frozenset((int(network.tails[edge]), int(network.heads[edge]))) for edge in edges}
        assert ends == {frozenset((tail, head))}


def test_the_view_says_what_it_leaves_out() -> None:
    eco = ecosystem.open(OPSI)
    view = backbone_view(eco, by="", projection=None, title="")
    assert len(view.nodes) == len(eco.network())
    assert f"{len(view.ties):,} of the" in view.notes[0]
    assert all(tie.source != tie.target for tie in view.ties)
    assert any("share" in tie.evidence[0].statement for tie in view.ties)
    assert not is_very_large(eco.network())


def test_the_view_says_it_in_its_language() -> None:
    view = backbone_view(ecosystem.open(OPSI, language="fr"), by="", projection=None, title="")
    assert view.sentence.startswith("81 acteurs de 19 pays, ") and "état du 22 novembre 2026" in view.sentence
    assert view.notes[0].startswith("Sont dessinées et listées") and view.relations[0].label == "est lié à"
    assert view.settings["ties drawn"] == "les 3 plus forts de chaque acteur"
    assert view.command.endswith("--by country --language fr")
    shared = [tie.evidence[0].statement for tie in view.ties if tie.evidence[0].statement]
    assert shared and all(said.startswith("Ils ont ") for said in shared)
    assert all(node.measure.startswith("relie ") for node in view.nodes)
    assert "Every tie is taken in both directions." in view.remarks, "what measures say is told apart, in English"
