"""A run as a reader sees it: which years, in which language, under which names."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backlog_model.ensemble.spread import SpreadShares
from backlog_model.inputs import AUTHORITIES
from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.numbers import Language, number, percent, signed
from backlog_model.scenario.records import Label
from backlog_model.scenario.schema import Scenario

AHEAD = (2, 5)
"""Years after the last known one that a plan is about: the year being planned, and the end of a five-year plan."""

BILLION = 1e9


@dataclass(frozen=True)
class View:
    """One run, in one language.

    Attributes
    ----------
    scenario : what was run
    projection : its central run
    language : `id` or `en`
    ensemble : its draws, if there are any
    shares : by year, where the spread of RTLH comes from, if that was asked for
    """

    scenario: Scenario
    projection: Projection
    language: Language
    ensemble: Projection | None = None
    shares: Mapping[int, SpreadShares] | None = None

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        projection: Projection,
        language: Language,
        shares: Mapping[int, SpreadShares] | None = None,
    ) -> "View":
        """View of a run, with its draws if there are any."""
        return cls(scenario, projection.central, language, projection if projection.draws else None, shares)

    @property
    def now(self) -> int:
        """Year whose end is the last known state."""
        return self.scenario.now

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years shown: now, the year being planned, the end of the plan, the last one."""
        last = self.scenario.years.last
        return tuple(sorted({self.now, *(min(self.now + ahead, last) for ahead in AHEAD), last}))

    @property
    def ahead(self) -> tuple[int, ...]:
        """Years shown that lie after now."""
        return self.years[1:]

    @property
    def focus(self) -> int:
        """The year being planned."""
        return self.years[min(1, len(self.years) - 1)]

    @property
    def simulated(self) -> tuple[int, ...]:
        """Years up to now whose flows are simulated; none when now is the opening."""
        return tuple(range(self.scenario.years.first, self.now + 1))

    def values(self, variable: str, years: Sequence[int], *, part: str = "total") -> list[float]:
        """Central values of a variable for the province; NaN in years it does not have."""
        path = self.projection.array(variable, part=part, by="province")[:, 0, 0].tolist()
        known = dict(zip(self.projection.years(variable), path, strict=True))
        return [known.get(year, math.nan) for year in years]

    def value(self, variable: str, year: int, *, part: str = "total") -> float:
        """Central value of one year for the province."""
        return self.values(variable, (year,), part=part)[0]

    def by_region(self, variable: str, year: int, *, part: str = "total") -> list[float]:
        """Central values of one year, region by region; NaN in a year the variable does not have."""
        years = self.projection.years(variable)
        if year not in years:
            return [math.nan] * len(self.projection.axes.regions)
        values: list[float] = self.projection.array(variable, part=part)[years.index(year), 0].tolist()
        return values

    def added(self, variable: str, years: Sequence[int], *, part: str = "total") -> float:
        """Central sum of a flow over some years; 0 for none."""
        return math.fsum(self.values(variable, years, part=part))

    def say(self, message: str, **fields: object) -> str:
        """A message of the catalogue, filled in."""
        return words.say(message, self.language, **fields)

    def label(self, variable: str) -> str:
        """Name of a variable."""
        return QUANTITIES[variable].said(self.language)

    def named(self, label: Label) -> str:
        """A name from the scenario."""
        return label.id if self.language == "id" else label.en

    def programme(self, name: str) -> str:
        """Name of a programme."""
        return self.named(self.scenario.programmes[name].label)

    def source(self, name: str) -> str:
        """Name of a source of money."""
        return words.source(name, self.language)

    def region(self, code: str) -> str:
        """Name of a region."""
        return self.scenario.region_table.name(code)

    def number(self, value: float, *, decimals: int = 0) -> str:
        """A number."""
        return number(value, self.language, decimals=decimals)

    def percent(self, value: float) -> str:
        """A share."""
        return percent(value, self.language)

    def signed(self, value: float) -> str:
        """A change."""
        return signed(value, self.language)

    def span(self, years: Sequence[int]) -> str:
        """Years as text, each run of them by its ends."""
        runs: list[list[int]] = []
        for year in years:
            if runs and year == runs[-1][-1] + 1:
                runs[-1].append(year)
            else:
                runs.append([year])
        return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)

    def listed(self, codes: Sequence[str], *, most: int = 4) -> str:
        """Names of regions, the first few of many."""
        names = ", ".join(self.region(code) for code in codes[:most])
        return names if len(codes) <= most else self.say("and_more", names=names, more=len(codes) - most)

    @cached_property
    def slum_authorities(self) -> tuple[str, ...]:
        """Authorities whose slums some source covers."""
        covered = np.asarray(self.projection.inputs.coverage.slum.any(axis=1)).tolist()
        return tuple(name for name, known in zip(AUTHORITIES, covered, strict=True) if known)

    def revised(self, years: Sequence[int]) -> tuple[int, ...]:
        """Those years in which RTLH are re-registered."""
        changes = self.values("revision_houses", years)
        return tuple(year for year, change in zip(years, changes, strict=True) if abs(change) >= 0.5)
