"""Write what the documentation can take from the code: reference pages, and the outputs that README shows.

python docs/generate.py           write docs/reference/ and the console blocks of README.md
python docs/generate.py --check   fail if what lies there is not what would be written
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from ecosystem import terms
from ecosystem.commands import cli
from ecosystem.ontology import Ontology

ROOT = Path(__file__).resolve().parents[1]
# A console block: its command, and the output that is shown; a block without output stays as it is.
SHOWN = re.compile(r"(```console\n\$ ecosystem ([^\n]+)\n)([^`]+?)(```)")
HEADER = "<!-- Written by docs/generate.py; change the code or the ontology instead. -->\n"


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    pages = {
        "docs/reference/commands.md": commands(),
        "docs/reference/ontology.md": ontology(Ontology.load()),
        "README.md": with_outputs((ROOT / "README.md").read_text(encoding="utf-8")),
    }
    stale = []
    for name, content in pages.items():
        path = ROOT / name
        if "--check" not in arguments:
            path.write_text(content, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != content:
            stale.append(name)
    if stale:
        print(f"Stale: {', '.join(stale)}. Run: python docs/generate.py", file=sys.stderr)
    return 1 if stale else 0


def commands() -> str:
    """Return the help of every command."""
    parts = [HEADER, "# Commands\n"]
    top = click.Context(cli, info_name="ecosystem", terminal_width=100, max_content_width=100)
    parts += [f"## {at.command_path}\n\n```text\n{at.command.get_help(at)}\n```\n" for at in _contexts(top)]
    return "\n".join(parts)


def with_outputs(text: str) -> str:
    """Return a page with the outputs of its commands as they are now."""
    return SHOWN.sub(lambda block: f"{block[1]}{_output(block[2])}{block[4]}", text)


def _output(command: str) -> str:
    environment = {**os.environ, "COLUMNS": "110"}
    arguments = [sys.executable, "-m", "ecosystem", *shlex.split(command)]
    done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def _contexts(context: click.Context) -> Iterator[click.Context]:
    yield context
    if isinstance(context.command, click.Group):
        for name in sorted(context.command.commands):
            command = context.command.commands[name]
            yield from _contexts(
                click.Context(command, parent=context, info_name=name, terminal_width=100, max_content_width=100)
            )


def ontology(known: Ontology) -> str:
    """Return tables of all types, relations, concepts and gap rules."""
    parts = [HEADER, f"# Ontology\n\nNamespace `{terms.ECO}`, version {known.version}.\n"]
    for title, initiatives in (("Actor types", False), ("Initiative types", True)):
        kinds = [kind for kind in known.kinds.values() if kind.is_initiative == initiatives]
        rows = ((k.name, k.label(), _labels(known, k.parents), k.definition) for k in kinds)
        parts.append(_table(title, ("name", "label", "kind of", "meaning"), rows))
    relations = (
        (
            r.name,
            r.label() if r.directed else f"{r.label()} (both ways)",
            _labels(known, r.domains),
            _labels(known, r.ranges),
            _labels(known, r.conveys),
            r.definition,
        )
        for r in known.relations.values()
    )
    parts.append(_table("Relations", ("name", "label", "from", "to", "conveys", "meaning"), relations))
    concepts = sorted(known.concepts.values(), key=lambda concept: (concept.scheme, concept.order, concept.iri))
    rows = ((c.name, c.label(), known.label(c.scheme) if c.scheme else "", c.definition) for c in concepts)
    parts.append(_table("Concepts", ("name", "label", "scheme", "meaning"), rows))
    for family in (*known.families, ""):
        rules = [rule for rule in known.rules.values() if rule.family == family]
        if rules:
            title = f"Gap rules: {known.label(family)}" if family else "Gap rules of no family"
            cells = ((r.name, r.label(), known.label(r.severity), r.rationale(), r.absence, r.remedy()) for r in rules)
            parts.append(_table(title, ("name", "label", "severity", "why it matters", "evidence", "remedy"), cells))
    return "\n".join(parts)


def _labels(known: Ontology, iris: Iterable[str]) -> str:
    return ", ".join(known.label(iri) for iri in iris)


def _table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"## {title}\n", "| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
