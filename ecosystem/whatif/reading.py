"""Patches as people write them: a table with a column `change`, RDF in two graphs, or a few words on a command line."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import DataError, Problem
from ecosystem.lookup import Lookup
from ecosystem.ontology import local_name
from ecosystem.records import Origin
from ecosystem.sources.columns import Layout, columns_of
from ecosystem.sources.guards import check_nesting
from ecosystem.sources.inputs import Input
from ecosystem.sources.rdf import FORMATS, Statements
from ecosystem.sources.rows import separated
from ecosystem.sources.values import quoted
from ecosystem.whatif.meaning import Meaning
from ecosystem.whatif.patch import Patch

__all__ = ["ADD", "REMOVE", "Said", "read_patch"]

ADD, REMOVE = "add", "remove"
IS_A: Final = "a"
LAYOUT: Final = Layout(
    "patch", ("change", "subject"), ("relation", "object", "label", "country", "since", "until", "strength")
)
SYNTAXES: Final = (".ttl", ".trig", ".nt", ".nq")
LONGEST_RELATION: Final = 6  # words


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a patch, as it was written: a tie, or with the relation "a" an actor and its type.

    A removal without a relation and an object is one of an actor.
    """

    change: str
    subject: str
    relation: str = ""
    object: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = field(default_factory=Origin)

    @property
    def is_of_actor(self) -> bool:
        """Whether this is about an actor itself, and not about a tie."""
        return self.relation == IS_A or not (self.relation or self.object)


def read_patch(
    lookup: Lookup,
    files: Sequence[str | Path] = (),
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    remove_ties: Sequence[str] = (),
) -> Patch:
    """Read a patch and find what it names among the data.

    Parameters
    ----------
    files
        Tables (`change,subject,relation,object` and, as wanted, `label,country,since,until,strength`), or RDF: in
        TriG what stands in a graph `<remove>` is taken away, and everything else is added.
    add
        Ties in words, "CAF partnersWith OECD", and actors, "Audit Lab a SupremeAuditInstitution in Chile".
    remove
        Actors and initiatives to do without.
    remove_ties
        Ties in words, or the IRIs of their records.

    Raises
    ------
    DataError
        With every line that is wrong.
    """
    meaning = Meaning(lookup)
    said: list[Said] = []
    for path in files:
        said += _from_file(str(path))
    flags = ((ADD, "--add", add), (REMOVE, "--remove-tie", remove_ties))
    for change, flag, texts in flags:
        said += [one for text in texts for one in _in_words(change, text, flag, lookup, meaning)]
    said += [Said(REMOVE, name, origin=Origin("--remove")) for name in remove]
    return meaning.patch(said)


def _from_file(path: str) -> list[Said]:
    suffix = Path(path).suffix.casefold()
    if path != "-" and not Path(path).is_file():
        raise DataError(Problem(path, 0, "there is no such file.", "Mend the path."))
    if suffix in SYNTAXES:
        return list(_from_rdf(Input.of(path, suffix, "patch")))
    if suffix in (".csv", ".tsv", "") or path == "-":
        return list(_from_table(Input.of(path, suffix or ".csv", "patch")))
    hint = f"A patch is a table (.csv, .tsv) or RDF ({', '.join(SYNTAXES)})."
    raise DataError(Problem(path, 0, f"files of the kind {quoted(suffix)} are no patches.", hint))


def _from_table(source: Input) -> Iterator[Said]:
    sheet = separated(source)
    columns, _ = columns_of(sheet.header, LAYOUT, "", source)
    at = {name: next(iter(places.values())) for name, places in columns.items()}
    problems = []
    for row in sheet.rows:
        cell = {name: row.cells[index].strip() for name, index in at.items()} if not row.fault else {}
        change = cell.pop("change", "").casefold()
        if row.fault or change not in (ADD, REMOVE):
            wrong = row.fault or f"change {quoted(change)} is neither add nor remove."
            problems.append(source.problem(wrong, "Mend the row.", row.line))
            continue
        subject, relation, target = (cell.pop(name, "") for name in ("subject", "relation", "object"))
        yield Said(change, subject, relation, target, cell, Origin(source.path, row.line))
    if problems:
        raise DataError(problems)


def _from_rdf(source: Input) -> Iterator[Said]:
    """Take triples apart: types, labels and countries make an actor, relations make ties."""
    check_nesting(source)
    statements = Statements(source, FORMATS[source.suffix], "patch")
    about: dict[tuple[str, str], dict[str, str]] = {}
    ties: list[Said] = []
    for quad in statements.as_said():
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        change = REMOVE if local_name(graph) == REMOVE else ADD
        subject, predicate, target = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(target, ox.NamedNode | ox.Literal):
            raise DataError(source.problem(f"{quad.triple} names nothing.", "Give each thing an IRI."))
        if predicate in ABOUT_ACTORS:
            about.setdefault((change, subject.value), {})[ABOUT_ACTORS[predicate]] = target.value
        elif isinstance(target, ox.Literal):
            known = "a type, rdfs:label, eco:country and relations"
            raise DataError(source.problem(f"{quad.triple} is not for a patch.", f"It understands {known}."))
        else:
            ties.append(Said(change, subject.value, predicate, target.value, origin=Origin(source.path)))
    for (change, iri), said in about.items():
        type_ = said.pop("type", "")
        if change == REMOVE:
            yield Said(change, iri, origin=Origin(source.path))
        else:
            yield Said(change, iri, IS_A, type_, said, Origin(source.path))
    yield from ties


ABOUT_ACTORS: Final = {terms.RDF_TYPE: "type", terms.LABEL: "label", terms.IN_COUNTRY: "country"}


def _in_words(change: str, text: str, flag: str, lookup: Lookup, meaning: Meaning) -> Iterator[Said]:
    origin = Origin(flag)
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise DataError(Problem(flag, 0, f"{quoted(text)} has a quotation mark that is never closed.")) from error
    if change == REMOVE and len(words) == 1:
        yield Said(REMOVE, words[0], "", words[0], origin=origin)
        return
    readings = list(_readings(words, lookup))
    if not readings:
        near = next(filter(None, (lookup.ontology.nearest(word, "relation") for word in words[1:-1])), "")
        hint = f"Is it {near}?" if near else 'Write it as "CAF partnersWith OECD"; `ecosystem ontology list relations`.'
        raise DataError(Problem(flag, 0, f"{quoted(text)} names no relation that is known.", hint))
    # A name may hold words that are a relation too: the reading is right whose ends are there.
    whole = [one for one in readings if all(meaning.knows(end) for end in (one[0], one[2]))]
    for subject, relation, target in (whole or readings)[:1]:
        more = {}
        if relation == IS_A:
            target, more["country"] = _type_and_country(target, lookup)
        yield Said(change, subject, relation, target, more, origin)


def _readings(words: Sequence[str], lookup: Lookup) -> Iterable[tuple[str, str, str]]:
    """Yield the ways to take words as subject, relation and object: longer relations first, then as they come."""
    for length in range(min(LONGEST_RELATION, len(words) - 2), 0, -1):
        for start in range(1, len(words) - length):
            relation = " ".join(words[start : start + length])
            if lookup.ontology.resolve("relation", relation) or relation == IS_A:
                yield " ".join(words[:start]), relation, " ".join(words[start + length :])


def _type_and_country(text: str, lookup: Lookup) -> tuple[str, str]:
    type_, _, country = text.rpartition(" in ")
    return (type_, country) if type_ and lookup.ontology.resolve("country", country) else (text, "")
