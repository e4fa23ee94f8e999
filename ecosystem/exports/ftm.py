"""The entities of FollowTheMoney: things first, then a link for each relationship, its relation as the role.

Which schema a type is written as, and which properties a schema holds, is data of the ontology (`eco:writes`,
`eco:holds`); what a schema holds no property for is left out, and said to be.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ecosystem import terms
from ecosystem.exports.content import Content
from ecosystem.exports.graph import Graph, Node
from ecosystem.ontology import Ontology, local_name
from ecosystem.records import Profile
from ecosystem.sources.ftm import FTM

__all__ = ["followthemoney", "unheld"]

# What only some schemata hold, by the property of ours, and the groups of particulars that are left out without it.
HELD: Final = {
    terms.STATED_KIND: ("types", "stated kinds"),
    terms.HOMEPAGE: ("web pages",),
    terms.SINCE: ("dates",),
    terms.UNTIL: ("dates",),
}


def followthemoney(graph: Graph) -> bytes:
    """Return entities, one a line."""
    ontology = graph.content.ontology
    link = _schema(ontology, ontology.default_relation)
    subject, target = (local_name(end) for end in ontology.ends_read[FTM + link])
    lines = []
    for node in graph.nodes:
        schema = _schema(ontology, node.profile.type if node.profile else terms.ACTOR)
        lines.append(_entity(node.id, schema, _thing(node, _properties(ontology, schema), ontology)))
    for edge in graph.edges:
        told = edge.fields
        relation = "" if edge.relation == ontology.default_relation else edge.relation.removeprefix(terms.ECO)
        said: dict[str, Sequence[Any]] = {
            subject: [edge.source],
            target: [edge.target],
            "role": [relation, told.get("role")],
            "startDate": [told.get("since")],
            "endDate": [told.get("until")],
            "summary": [told.get("statement")],
            "recordId": [told.get("locator")],
            "sourceUrl": [told.get("source_url")],
            "publisher": [told.get("source_label")],
        }
        lines.append(_entity(f"{graph.name}-{edge.id}", link, said))
    return "".join(lines).encode("utf-8")


def unheld(profile: Profile, content: Content) -> frozenset[str]:
    """Return the groups of particulars for which the schema of an actor or initiative holds no property."""
    held = _properties(content.ontology, _schema(content.ontology, profile.type))
    return frozenset(group for term, groups in HELD.items() if term not in held for group in groups)


def _thing(node: Node, held: Mapping[str, str], ontology: Ontology) -> Mapping[str, Sequence[Any]]:
    profile, told = node.profile, node.fields
    if profile is None:
        return {"name": [node.label]}
    names = [text.value for text in (*profile.labels, *profile.alternatives)]
    country = ontology.countries.get(profile.country)
    some: dict[str, Sequence[Any]] = {
        terms.STATED_KIND: [profile.kind, told.get("type")],
        terms.SINCE: [told.get("since")],
        terms.UNTIL: [told.get("until")],
        terms.HOMEPAGE: [profile.homepage],
    }
    return {
        "name": [node.label],
        "alias": [name for name in dict.fromkeys(names) if name != node.label],
        "weakAlias": [profile.acronym],
        "summary": [told.get("description")],
        "country": [country.alpha2.casefold() if country else ""],
        **{held[term]: values for term, values in some.items() if term in held},
        "keywords": [*(local_name(topic) for topic in profile.topics), *profile.keywords],
        "sourceUrl": [told.get("source_url")],
        "publisher": [told.get("source_label")],
    }


def _schema(ontology: Ontology, iri: str) -> str:
    """Return the schema as which a type or relation is written: its own, or that of the nearest type above it."""
    kind = ontology.kinds.get(iri)
    line = (iri, *(kind.ancestors if kind else ()), terms.ACTOR)
    found = (name for one in line for name in ontology.written_as.get(one, ()) if name.startswith(FTM))
    return next(found).removeprefix(FTM)


def _properties(ontology: Ontology, schema: str) -> dict[str, str]:
    """Return the property of a schema in which each of those of ours is written that not all schemata hold."""
    held = ontology.held_by.get(FTM + schema, ())
    return {ontology.properties_read[one]: local_name(one) for one in held if one in ontology.properties_read}


def _entity(id_: str, schema: str, properties: Mapping[str, Sequence[Any]]) -> str:
    stated = {name: [str(value) for value in found if value] for name, found in properties.items()}
    document = {"id": id_, "schema": schema, "properties": {name: found for name, found in stated.items() if found}}
    return json.dumps(document, ensure_ascii=False) + "\n"
