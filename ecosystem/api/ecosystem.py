"""The `Ecosystem`: a store, an ontology and a language, and the questions that people ask of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from ecosystem.collection import collection_paused
from ecosystem.errors import Problem, ProjectionError
from ecosystem.gaps import Gap
from ecosystem.lookup import Evidence, Found, Lookup, Profile
from ecosystem.network import SUPRANATIONAL, ActorNetwork, Projection, project
from ecosystem.network.model import Direction, Initiatives
from ecosystem.ontology import Ontology
from ecosystem.progress import Progress, silent
from ecosystem.query import Answer
from ecosystem.store import RdfTerm, Store
from ecosystem.tables import Table

if TYPE_CHECKING:
    from ecosystem.api.connections import Hop, TriadEvidence
    from ecosystem.api.filling import Filler
    from ecosystem.api.orchestrators import Connection, Orchestrator
    from ecosystem.api.overview import Overview
    from ecosystem.api.partners import Partner
    from ecosystem.api.questions import Question
    from ecosystem.api.whatif import WhatIf
    from ecosystem.gaps.coverage import Coverage
    from ecosystem.gaps.structural import StructuralGap
    from ecosystem.measures import Broker
    from ecosystem.publish.notebook import MapPage
    from ecosystem.publish.view import MapView
    from ecosystem.validation import Finding

__all__ = ["Ecosystem"]

KEPT = 4  # networks: a map or a site asks for two or three of them again and again


class Ecosystem:
    """Actors, initiatives and relationships that can be queried, measured, checked and drawn.

    Make one with `ecosystem.open`.

    Parameters
    ----------
    store, ontology
        What is asked, and the vocabulary it is asked in.
    language
        Language of labels.
    data
        What the user opened, as they named it; printed with maps, so that they can be made again.
    skipped
        What the readers passed over.
    """

    def __init__(
        self,
        store: Store,
        ontology: Ontology,
        *,
        language: str = "en",
        data: tuple[str, ...] = (),
        skipped: tuple[Problem, ...] = (),
    ) -> None:
        self.store = store
        self.ontology = ontology
        self.language = language
        self.data = data
        self.skipped = skipped
        self._networks: deque[tuple[Projection, ActorNetwork]] = deque(maxlen=KEPT)

    @cached_property
    def lookup(self) -> Lookup:
        """Questions about single things."""
        return Lookup(self.store, self.ontology, self.language)

    # Asking ------------------------------------------------------------------------------------------------------

    def query(self, sparql: str, *, time_limit: float | None = None, **parameters: str | RdfTerm) -> Answer:
        """Ask SPARQL with our prefixes preset, or a saved query by its name.

        Parameters
        ----------
        time_limit
            Seconds after which it is ended; see `ecosystem.query.ask`.
        parameters
            What variables are bound to, never pasted: `eco.query("statements-about", about="CAF")`.
        """
        return self.question(sparql, parameters).ask(time_limit=time_limit)

    def question(
        self, sparql: str, parameters: Mapping[str, str | RdfTerm] | None = None, path: str = "the query"
    ) -> Question:
        """Return a question that can be asked, and whose answer can be said in words; `path` is where it was read."""
        from ecosystem.api.questions import question

        return question(self, sparql, parameters or {}, path)

    def search(self, text: str) -> Table[Found]:
        """Find things by any of their names."""
        return Table(Found, tuple(self.lookup.search(text)))

    def show(self, name: str) -> Profile:
        """Return what is said of the thing called `name`."""
        return self.lookup.profile(self.lookup.find(name))

    def relationships(self, name: str) -> Table[Evidence]:
        """Return the relationships of the thing called `name`, each with its evidence."""
        return Table(Evidence, tuple(self.lookup.relationships_of(self.lookup.find(name))))

    def evidence(self, records: Iterable[str]) -> Table[Evidence]:
        """Return what stands behind relationship records."""
        return Table(Evidence, tuple(self.lookup.evidence(records)))

    def path(self, start: str, end: str) -> Table[Hop]:
        """Return a shortest chain of relationships between two things, each step with its evidence."""
        from ecosystem.api.connections import path_between

        return path_between(self, self.lookup.find(start), self.lookup.find(end))

    def overview(self) -> Overview:
        """Return the ecosystem at a glance: counts by type, country, relation and source."""
        from ecosystem.api.overview import overview

        return overview(self)

    # Measuring ---------------------------------------------------------------------------------------------------

    def projection(
        self,
        *,
        conveys: Sequence[str] | None = None,
        relations: Sequence[str] = (),
        types: Sequence[str] = (),
        countries: Sequence[str] = (),
        initiatives: Initiatives = "fold",
        as_of: str = "",
        start: str = "",
        end: str = "",
        leave_out_inferred: bool = False,
    ) -> Projection:
        """Return a projection, its parts given by name: `conveys=["money"], countries=["Chile", "COL"]`.

        Raises
        ------
        ProjectionError
            If the ontology knows no flow, relation, type or country of a name.
        """
        flows = (self.ontology.default_flow,) if conveys is None else self._resolve("flow", conveys)
        return Projection(
            conveys=flows,
            relations=self._resolve("relation", relations),
            types=self._resolve("type", types),
            countries=self._resolve("country", countries),
            initiatives=initiatives,
            as_of=as_of,
            start=start,
            end=end,
            leave_out_inferred=leave_out_inferred,
        )

    def network(self, projection: Projection | None = None) -> ActorNetwork:
        """Return the network that `projection` sees; by default ties of contact, with initiatives folded.

        The last few are kept; make a new `Ecosystem` when the store has changed.
        """
        choice = projection or self.projection()
        for known, network in tuple(self._networks):  # a server asks from several threads
            if known == choice:
                return network
        network = project(self.store, self.ontology, choice, self.language)
        self._networks.append((choice, network))
        return network

    def grouping(self, network: ActorNetwork | None = None) -> str:
        """Return what groups are best made of: the country where most actors have one, else the kind."""
        countries = (network or self.network()).attributes["country"]
        placed = sum(country not in (None, SUPRANATIONAL) for country in countries)
        return "country" if placed > len(countries) / 2 else "kind"

    def direction(self, projection: Projection) -> Direction:
        """Return how its ties run: contact runs both ways, money and authority as they are stated."""
        one_way = not projection.conveys or self.ontology.one_way_flows.intersection(projection.conveys)
        return "as stated" if one_way else "two-way"

    def brokers(
        self, by: str = "country", *, projection: Projection | None = None, direction: Direction | None = None
    ) -> Table[Broker]:
        """Count the brokerage roles of each actor between groups; see `ecosystem.measures.brokerage`."""
        from ecosystem.measures import brokerage

        choice = projection or self.projection()
        return brokerage(self.network(choice), by=by, direction=direction or self.direction(choice))

    def broker_evidence(
        self,
        broker: str,
        by: str = "country",
        *,
        projection: Projection | None = None,
        direction: Direction | None = None,
    ) -> Table[TriadEvidence]:
        """Expand a broker's count to its triads, each tie with its statements and sources."""
        from ecosystem.api.connections import triads_of

        choice = projection or self.projection()
        return triads_of(self, self.lookup.find(broker), by, choice, direction or self.direction(choice))

    def orchestrators(
        self, between: str, and_: str, *, projection: Projection | None = None, top: int = 10
    ) -> Table[Orchestrator]:
        """Rank the actors that connect two groups of countries; see `ecosystem.api.orchestrators`."""
        from ecosystem.api.orchestrators import orchestrators

        return orchestrators(self, between, and_, projection=projection, top=top)

    def orchestrator_evidence(
        self, actor: str, between: str, and_: str, *, projection: Projection | None = None
    ) -> Table[Connection]:
        """Expand what makes an actor an orchestrator to its connections, each with its statements and sources."""
        from ecosystem.api.orchestrators import Orchestration

        scene = Orchestration.between(self, between, and_, projection)
        return scene.connections(self.lookup.find(actor))

    def partners(
        self,
        actor: str,
        *,
        roles: Sequence[str] = (),
        countries: Sequence[str] = (),
        types: Sequence[str] = (),
        projection: Projection | None = None,
    ) -> Table[Partner]:
        """Propose partners to an actor, best first, each with the reason; see `ecosystem.gaps.partners`.

        `roles`, `countries` and `types` keep those who offer such a concept, are of such a country, are of such a type.
        """
        from ecosystem.api.partners import Partners

        wanted = Partners.of(self, projection or self.projection())
        return wanted.to(
            self.lookup.find(actor),
            roles=self._resolve("concept", roles),
            countries=self._resolve("country", countries),
            types=self._resolve("type", types),
        )

    def what_if(
        self,
        *changes: str,
        by: str = "",
        projection: Projection | None = None,
        progress: Progress = silent,
        **more: Any,
    ) -> WhatIf:
        """Suppose a change: patch files, `add`, `remove` and `remove_ties`, as in `ecosystem.whatif.read_patch`."""
        from ecosystem.api.whatif import WhatIf
        from ecosystem.whatif import read_patch

        return WhatIf(self, read_patch(self.lookup, changes, **more), by, projection, progress)

    def gaps(
        self,
        rules: Sequence[str] = (),
        *,
        families: Sequence[str] = (),
        severities: Sequence[str] = (),
        countries: Sequence[str] = (),
    ) -> Table[Gap]:
        """Return what the gap rules find; all of them, or those of these names, families, severities and countries.

        The notes name the rules that gave no answer; `ecosystem.api.gaps.gap_report` has them as rows.

        Raises
        ------
        OntologyError
            If there is no rule, family, severity or country of a name.
        """
        from ecosystem.api.gaps import gap_report

        return gap_report(self, rules, families=families, severities=severities, countries=countries).gaps

    def structural_gaps(self, by: str = "country", *, projection: Projection | None = None) -> Table[StructuralGap]:
        """Return what the network of actors lacks: holes between groups, silos, fragile ties, actors at the edge."""
        from ecosystem.api.gaps import structural_gaps

        return structural_gaps(self, by, projection=projection)

    def coverage(self, of: str = "roles") -> Coverage:
        """Return which roles, mechanisms, types … each country has, lacks by a source, or is silent about."""
        from ecosystem.api.gaps import coverage

        return coverage(self, of)

    def fillers(self, gaps: Table[Gap] | None = None, *, each: int = 3, most: int = 200) -> Table[Filler]:
        """Return who could fill gaps: the nearest of the missing kind, the way to them, and a peer that has it."""
        from ecosystem.api.filling import fillers

        return fillers(self, self.gaps() if gaps is None else gaps, each=each, most=most)

    def validate(self, *, shapes: Sequence[str | Path] = (), progress: Progress = silent) -> Table[Finding]:
        """Check the data: unknown terms first, then the shapes of the ontology, and those in Turtle files."""
        from ecosystem.api.origins import Reread
        from ecosystem.validation import validate

        origins = Reread(self.data, self.ontology)
        return validate(
            self.store, self.ontology, shapes=[Path(file) for file in shapes], origins=origins, progress=progress
        )

    # Publishing --------------------------------------------------------------------------------------------------

    @collection_paused()
    def view(self, by: str = "", *, projection: Projection | None = None, title: str = "") -> MapView:
        """Return all that a map shows, as plain data; grouped by country where countries are known."""
        from ecosystem.api.backbone import backbone_view, is_very_large
        from ecosystem.api.picture import map_view

        fill = backbone_view if is_very_large(self.network(projection or self.projection())) else map_view
        return fill(self, by=by, projection=projection, title=title)

    @overload
    def map(
        self,
        path: None = None,
        by: str = "",
        *,
        projection: Projection | None = None,
        title: str = "",
        layout: str = "force",
        renderer: str = "auto",
    ) -> MapPage: ...
    @overload
    def map(
        self,
        path: str | Path,
        by: str = "",
        *,
        projection: Projection | None = None,
        title: str = "",
        layout: str = "force",
        renderer: str = "auto",
    ) -> Path: ...
    def map(
        self,
        path: str | Path | None = None,
        by: str = "",
        *,
        projection: Projection | None = None,
        title: str = "",
        layout: str = "force",
        renderer: str = "auto",
    ) -> Path | MapPage:
        """Write one offline HTML page with an interactive map, and return its path; without one, a map to look at.

        Parameters
        ----------
        layout
            "force", "circle" or "grid" (by group), "geographic" (by country) or "layered" (by kind).
        renderer
            "canvas", "webgl", or "auto": WebGL for maps that a canvas cannot draw smoothly.
        """
        from ecosystem.publish.layout import place
        from ecosystem.publish.map import render_map, write_map
        from ecosystem.publish.notebook import MapPage

        view = self.view(by, projection=projection, title=title)
        codes = {self.ontology.label(iri, self.language): one.alpha3 for iri, one in self.ontology.countries.items()}
        placed = place(view, layout=layout, countries=codes)
        return MapPage(view.title, render_map(placed, renderer)) if path is None else write_map(placed, path, renderer)

    def figure(
        self,
        kind: str,
        path: str | Path,
        by: str = "",
        *,
        size: str = "page",
        projection: Projection | None = None,
        title: str = "",
    ) -> Path:
        """Draw a figure for print and return its path, whose suffix says the format: .png, .svg or .pdf.

        Parameters
        ----------
        kind
            "network", "brokers", "matrix", "gaps", "communities", "timeline" or "world".
        by
            What groups are made of; by default the country where known, else the kind.
        size
            "slide" (13.33 × 7.5 in), "page" (160 mm wide) or "column" (80 mm).

        Raises
        ------
        PublishError
            If there is no such kind, size or format, or nothing to draw.
        """
        from ecosystem.api.figures import write

        return write(self, kind, Path(path), size=size, by=by, projection=projection, title=title)

    def trig(self) -> str:
        """Return all data (the ontology aside) as TriG, one graph a data set, sorted."""
        from ecosystem.publish.trig import trig

        return trig(self.store)

    def export(self, path: str | Path, *, format: str = "") -> tuple[str, ...]:
        """Write all data in another program's format, and return what it has no place for, in words.

        Parameters
        ----------
        path
            The file or, for formats of several files, the folder.
        format
            One of `ecosystem.api.exporting.EXPORTS`; without it, the path's suffix says which.

        Raises
        ------
        PublishError
            If there is no such format, or it cannot be written.
        """
        from ecosystem.api.exporting import export

        return export(self, Path(path), format)

    def _resolve(self, group: str, names: Sequence[str]) -> tuple[str, ...]:
        found = []
        for name in names:
            iri = self.ontology.resolve(group, name)
            if iri is None:
                near = self.ontology.nearest(name, group)
                hint = f"Is it {near}?" if near else f"See `ecosystem ontology list {group}s`."
                raise ProjectionError(f"The ontology knows no {group} called {name!r}.", hint=hint)
            found.append(iri)
        return tuple(found)

    def _repr_html_(self) -> str:
        return self.overview().table()._repr_html_()
