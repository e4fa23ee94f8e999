"""Options that several commands share, each defined once and handed on as one frozen object."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from ecosystem.commands.output import say
from ecosystem.commands.progress import progress_shown

if TYPE_CHECKING:
    from ecosystem.api import Ecosystem
    from ecosystem.network import Projection
    from ecosystem.network.model import Direction, Initiatives

__all__ = ["DataOptions", "ProjectionOptions", "data_options", "language_option", "projection_options"]

Command = Callable[..., Any]
TAG: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class DataOptions:
    """Which data, in which vocabulary, in which language."""

    data: tuple[str, ...]
    ontology: tuple[str, ...]
    language: str

    def open(self) -> Ecosystem:
        """Open the data; say on stderr what was passed over."""
        from ecosystem.api import open

        with progress_shown() as progress:
            eco = open(*self.data, ontology=self.ontology, language=self.language, progress=progress)
        for problem in eco.skipped:
            say(f"Note: {problem}")
        return eco

    def tell_of_pages(self) -> None:
        """Say on stderr if there are no words for pages in this language, and which languages there are."""
        from ecosystem.publish.words import LANGUAGES, Words

        if Words(self.language).spoken != self.language:
            known = ", ".join(sorted(LANGUAGES))
            say(f"Note: The pages are in English: there are no words for {self.language!r}, only for {known}.")


@dataclass(frozen=True, slots=True)
class ProjectionOptions:
    """What counts as a tie."""

    conveys: tuple[str, ...]
    relations: tuple[str, ...]
    countries: tuple[str, ...]
    initiatives: str
    as_of: str
    start: str
    end: str
    leave_out_inferred: bool
    direction: str | None

    def projection(self, eco: Ecosystem) -> Projection:
        """Return the projection that these options describe."""
        if self.as_of and (self.start or self.end):
            raise click.UsageError("--as-of is one date, --from and --to are two: say the one or the others.")
        length = min(len(self.start), len(self.end))
        if self.start[:length] > self.end[:length]:
            raise click.UsageError(f"--from {self.start} lies after --to {self.end}.")
        return eco.projection(
            conveys=self.conveys or None,
            relations=self.relations,
            countries=self.countries,
            initiatives=cast("Initiatives", self.initiatives.replace("-", " ")),
            as_of=self.as_of,
            start=self.start,
            end=self.end,
            leave_out_inferred=self.leave_out_inferred,
        )

    def stated_direction(self) -> Direction | None:
        """Return the direction asked for, if any."""
        return cast("Direction", self.direction.replace("as-", "as ")) if self.direction else None


def language_option(about: str = "Language of labels: en, fr, es.") -> Callable[[Command], Command]:
    """Return what adds --language: any well-formed tag, for labels may be in any language."""
    return click.option("--language", default="en", show_default=True, metavar="TAG", callback=_language, help=about)


def data_options(command: Command) -> Command:
    """Add -d/--data, --ontology and --language; hand them on as `source: DataOptions`."""

    @click.option(
        "-d",
        "--data",
        multiple=True,
        metavar="DATA",
        help="A file, data set folder, store folder or URL of a SPARQL endpoint; repeatable.  "
        "[default: the bundled OPSI data set]",
    )
    @click.option(
        "--ontology",
        multiple=True,
        type=click.Path(exists=True, file_okay=False),
        help="A folder with Turtle that adds types, relations or gap rules.",
    )
    @language_option("Language of labels: en, fr, es; of pages also ar.")
    @functools.wraps(command)
    def wrapper(data: tuple[str, ...], ontology: tuple[str, ...], language: str, **rest: Any) -> Any:
        return command(source=DataOptions(data, ontology, language), **rest)

    return wrapper


def projection_options(command: Command) -> Command:
    """Add the options that say what counts as a tie; hand them on as `ties: ProjectionOptions`."""

    @click.option("--conveys", multiple=True, help="Count ties that convey this: contact, money, authority, knowledge.")
    @click.option("--relation", "relations", multiple=True, help="Count only ties of this relation; repeatable.")
    @click.option("--country", "countries", multiple=True, help="Only actors of this country; repeatable.")
    @click.option(
        "--initiatives",
        type=click.Choice(["fold", "keep", "leave-out"]),
        default="fold",
        show_default=True,
        help="Fold initiatives into ties between their actors, keep them as nodes, or leave them out.",
    )
    @click.option("--as-of", default="", metavar="DATE", callback=_date, help="Only relationships that hold then.")
    @click.option("--from", "start", default="", metavar="DATE", callback=_date, help="Only what holds from then on,")
    @click.option("--to", "end", default="", metavar="DATE", callback=_date, help="or until then, if only for a time.")
    @click.option("--leave-out-inferred", is_flag=True, help="Only what a source states or implies.")
    @click.option(
        "--direction",
        type=click.Choice(["as-stated", "two-way"]),
        help="How ties run.  [default: two-way for contact, else as stated]",
    )
    @functools.wraps(command)
    def wrapper(**rest: Any) -> Any:
        names = (field.name for field in fields(ProjectionOptions))
        return command(ties=ProjectionOptions(**{name: rest.pop(name) for name in names}), **rest)

    return wrapper


def _language(_: click.Context, __: click.Parameter, tag: str) -> str:
    if TAG.fullmatch(tag):
        return tag
    raise click.BadParameter(f"{tag!r} is no language tag. Write it as fr or pt-BR.")


def _date(context: click.Context, parameter: click.Parameter, value: str) -> str:
    from ecosystem.records import is_date

    if value and not is_date(value):
        raise click.BadParameter("write it as 2021, 2021-06 or 2021-06-22.")
    return value


def path_argument(name: str, **options: Any) -> Callable[[Command], Command]:
    """Add a positional path."""
    return click.argument(name, type=click.Path(path_type=Path), **options)
