"""What one report is about: scenarios with their runs, and what is worked out from them, each thing once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from backlog_model import __version__
from backlog_model.analysis.comparison import Comparison, compare
from backlog_model.analysis.promises import Promise, promises
from backlog_model.projection import Projection
from backlog_model.report import words
from backlog_model.report.numbers import Language, number
from backlog_model.report.view import View
from backlog_model.scenario.schema import Scenario
from backlog_model.store import Run

PlanVersion = Literal["ranwal", "rancangan", "musrenbang", "rancangan_akhir", "penetapan", "perubahan"]
"""Stages of a yearly plan, in their order."""


@dataclass(frozen=True)
class Case:
    """One scenario of a report.

    Attributes
    ----------
    name : what it is called in tables: its file's name, with a number behind where two have the same
    run : the scenario, and what names its run
    projection : its results, with draws if there are any
    language : of the report
    """

    name: str
    run: Run
    projection: Projection
    language: Language

    @property
    def scenario(self) -> Scenario:
        """What was run."""
        return self.run.scenario

    @cached_property
    def view(self) -> View:
        """The run as a reader sees it."""
        return View.of(self.scenario, self.projection, self.language)

    @property
    def title(self) -> str:
        """Title of the scenario."""
        return self.view.named(self.scenario.title)

    @cached_property
    def promises(self) -> list[Promise]:
        """Targets that apply, with their chances."""
        return promises(self.scenario, self.projection)


@dataclass(frozen=True)
class Dossier:
    """Scenarios of one province in one report; the first one leads, and others are held against it.

    Attributes
    ----------
    cases : one for each scenario, in the order asked for
    language : `id` or `en`
    plan_version : stage of the plan, stamped on every official table
    plan_first : first year of the five-year plan in official tables; None for the year after the last known one
    codes : file with the programme codes of official tables; None for `forms.csv` beside the first scenario
    boundaries : GeoJSON of the regions, checked; None for a map of tiles
    """

    cases: tuple[Case, ...]
    language: Language
    plan_version: PlanVersion = "ranwal"
    plan_first: int | None = None
    codes: Path | None = None
    boundaries: Mapping[str, Any] | None = None

    @classmethod
    def of(cls, runs: Sequence[Run], projections: Sequence[Projection], language: Language) -> "Dossier":
        """Report on some runs and what came out of them.

        Raises
        ------
        BacklogModelError
            When they are of several provinces, have no year in common, or were drawn in different ways.
        """
        names = compare(*projections).names if len(projections) > 1 else (runs[0].scenario.name,)
        given = zip(names, runs, projections, strict=True)
        return cls(tuple(Case(name, run, projection, language) for name, run, projection in given), language)

    @property
    def lead(self) -> Case:
        """The scenario that the report is about first of all."""
        return self.cases[0]

    @property
    def others(self) -> tuple[Case, ...]:
        """Scenarios held against the first."""
        return self.cases[1:]

    @property
    def draws(self) -> int:
        """Random draws of every run; 0 where there is the central run alone."""
        return self.lead.projection.draws

    @cached_property
    def comparison(self) -> Comparison | None:
        """Each other run against the first, draw by draw; None where there is no other."""
        return compare(*(case.projection for case in self.cases)) if self.others else None

    def say(self, message: str, **fields: object) -> str:
        """A message of the catalogue, filled in."""
        return words.say(message, self.language, **fields)

    def foot(self, *cases: Case) -> str:
        """What stands under every table and chart: whose numbers they are, and how to make them again."""
        runs = ", ".join(f"{case.name} {case.run.run_id}" for case in cases or self.cases)
        draws = number(self.draws, self.language)
        message = "figure_foot" if self.draws else "figure_foot_central"
        province = self.lead.view.region(self.lead.projection.axes.province)
        said = {"version": __version__, "runs": runs, "draws": draws, "seed": self.lead.run.seed}
        return f"{province}. {self.say(message, **said)}"
