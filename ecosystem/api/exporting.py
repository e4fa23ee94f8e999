"""Writing the ecosystem in other programs' formats: RDF as the store has it, all others from records."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import PublishError
from ecosystem.exports import FORMATS, left_out
from ecosystem.files import write_atomically
from ecosystem.store import Store

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["EXPORTS", "RDF", "Written", "export", "format_of", "written"]

# The syntaxes of RDF that are written, and how their files end.
RDF: Final[Mapping[str, tuple[ox.RdfFormat, str]]] = {
    "turtle": (ox.RdfFormat.TURTLE, ".ttl"),
    "trig": (ox.RdfFormat.TRIG, ".trig"),
    "ntriples": (ox.RdfFormat.N_TRIPLES, ".nt"),
    "nquads": (ox.RdfFormat.N_QUADS, ".nq"),
    "jsonld": (ox.RdfFormat.JSON_LD, ".jsonld"),
}
EXPORTS: Final = (*RDF, *FORMATS)


@dataclass(frozen=True, slots=True)
class Written:
    """What a format makes of the data: the bytes of a file or of several by name, and what is left out, in words."""

    content: bytes | Mapping[str, bytes]
    left_out: tuple[str, ...] = ()
    text: bool = True


def format_of(path: Path) -> str:
    """Return the format that a file's suffix names.

    Raises
    ------
    PublishError
        If it names none, or several.
    """
    suffixes = {name: suffix for name, (_, suffix) in RDF.items()}
    suffixes |= {name: one.suffix for name, one in FORMATS.items() if one.suffix}
    found = [name for name, suffix in suffixes.items() if suffix == path.suffix.casefold()]
    if len(found) == 1:
        return found[0]
    reason = f"may be {', '.join(found)}" if found else "does not say in which format to write"
    raise PublishError(f"{path}: the name {reason}.", hint=f"Name one: {', '.join(found or EXPORTS)}.")


def written(eco: Ecosystem, format: str) -> Written:
    """Return the data in a format.

    Raises
    ------
    PublishError
        If there is no such format.
    """
    if format in RDF:
        return _rdf(eco.store, RDF[format][0])
    if format not in FORMATS:
        raise PublishError(f"There is no format called {format!r}.", hint=f"These are: {', '.join(EXPORTS)}.")
    from ecosystem.api.recorded import recorded

    found, chosen = recorded(eco), FORMATS[format]
    lost = (*left_out(found.content, chosen.carried), *found.others)
    return Written(chosen.write(found.content), lost, chosen.text)


def export(eco: Ecosystem, path: Path, format: str = "") -> tuple[str, ...]:
    """Write the data into a file, or a folder where the format is one of several files; return what is left out.

    Raises
    ------
    PublishError
        If there is no such format, or it cannot be written.
    """
    made = written(eco, format or format_of(path))
    if isinstance(made.content, bytes):
        write_atomically(path, made.content)
    else:
        _write_folder(path, made.content)
    return made.left_out


def _rdf(store: Store, syntax: ox.RdfFormat) -> Written:
    """Return the data as RDF, sorted; the ontology is left out, for it has its own folder."""
    graphs = [graph for graph in store.graphs() if graph != terms.ONTOLOGY]
    quads = [
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))
        for graph in graphs
        for triple in sorted(store.graph(graph), key=str)
    ]
    if syntax.supports_datasets:
        content = ox.serialize(quads, format=syntax, prefixes=dict(terms.PREFIXES))
        return Written(content or b"")
    triples = sorted({quad.triple for quad in quads}, key=str)
    content = ox.serialize(triples, format=syntax, prefixes=dict(terms.PREFIXES))
    lost = (f"which of {len(graphs)} data sets says what",) if len(graphs) > 1 else ()
    return Written(content or b"", lost)


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder at once where it is new; in one that is there, each file at once."""
    try:
        if folder.is_dir():
            for name, content in files.items():
                write_atomically(folder / name, content)
            return
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError as error:
        hint = "Name a folder in one that exists."
        raise PublishError(f"{folder}: cannot be made: {error.strerror or error}.", hint=hint) from error
    try:
        for name, content in files.items():
            write_atomically(made / name, content)
        made.chmod(0o755)
        made.replace(folder)
    except OSError as error:
        raise PublishError(f"{folder}: cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
