"""Numbers of official tables: what was reached, what is projected, what is promised, and the money."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from backlog_model.analysis.promises import Promise
from backlog_model.errors import BacklogModelError
from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES
from backlog_model.report.dossier import Case
from backlog_model.report.forms.form import ILLUSTRATIVE, PROJECTED, Cell, Kind, money
from backlog_model.report.forms.mapping import Measure, measured
from backlog_model.report.numbers import rounded_to_sum
from backlog_model.translation import Text

AHEAD = 2
"""Years from the last known one to the year being planned."""

FIVE = 5
_WHOLE = {"houses": 0, "households": 0, "estates": 0, "ha": 2}
_KINDS: dict[str, Kind] = {"share": "percent", "ha": "area", "idr": "money"}
_KNOWN = {  # flows that are what a record says, by the work whose record it is
    "reported_handled_houses": "house_programmes",
    "official_handled_houses": "house_programmes",
    "rtlh_handled_share": "house_programmes",
    "slum_handled_ha": "slum_programmes",
    "slum_treated_ha": "slum_programmes",
    "slum_handled_share": "slum_programmes",
}


class PlanYears(NamedTuple):
    """Year being planned, and the five years of the plan that it lies in."""

    planned: int
    first: int

    @classmethod
    def of(cls, now: int, first: int | None = None) -> "PlanYears":
        """Years of plans drafted when the end of `now` is the last known state.

        The five years begin after the last known one unless a first year is given.

        Raises
        ------
        BacklogModelError
            When the year being planned does not lie in the five years.
        """
        planned = now + AHEAD
        found = cls(planned, now + 1 if first is None else first)
        if planned not in found.five:
            message = Text(
                "five-year plan from {first}: it does not hold the year being planned, {planned}; expected {low} to "
                "{planned}",
                first=found.first,
                planned=planned,
                low=planned - FIVE + 1,
            )
            raise BacklogModelError(message)
        return found

    @property
    def five(self) -> tuple[int, ...]:
        """The five years."""
        return tuple(range(self.first, self.first + FIVE))

    @property
    def last(self) -> int:
        """The last of them."""
        return self.first + FIVE - 1


def kind_of(measure: Measure) -> Kind:
    """How numbers of a measure are written."""
    return _KINDS.get(QUANTITIES[measure.variable].unit, "count")


def is_flow(measure: Measure) -> bool:
    """Whether its numbers add up over years."""
    return QUANTITIES[measure.variable].kind == "flow"


@dataclass(frozen=True)
class Numbers:
    """Numbers of one case."""

    case: Case

    @property
    def central(self) -> Projection:
        """The central run."""
        return self.case.projection.central

    def value(self, measure: Measure, year: int, *, run: Projection | None = None) -> float:
        """Central value, rounded so that printed parts add up to their printed total; NaN where there is none."""
        projection = run or self.central
        parts = projection.parts(measure.variable)
        decimals = _WHOLE.get(QUANTITIES[measure.variable].unit)
        alone = self._at(projection, measure, year)
        if decimals is None or measure.part not in parts:
            return alone if decimals is None else rounded_to_sum([alone], decimals=decimals)[0]
        each = [self._at(projection, Measure(measure.variable, part, measure.region), year) for part in parts]
        return rounded_to_sum(each, decimals=decimals)[parts.index(measure.part)]

    def _at(self, projection: Projection, measure: Measure, year: int) -> float:
        years = projection.years(measure.variable)
        if year not in years:
            return math.nan
        whole = measure.region == projection.axes.province
        values = projection.array(measure.variable, part=measure.part, by="province" if whole else "region")
        column = 0 if whole else projection.axes.regions.index(measure.region)
        return float(values[years.index(year), 0, column])

    def is_known(self, measure: Measure, year: int) -> bool:
        """Whether a number is what a record says: the opening, or finished works of a year that is known."""
        axes = self.central.axes
        if year < axes.years[0]:
            return True
        if year > self.case.scenario.now or measure.variable not in _KNOWN or measure.part == "net":
            return False
        programmes = getattr(axes, _KNOWN[measure.variable])
        mine = [measure.part] if measure.part in programmes else programmes
        shares = measure.variable.endswith("_share")
        years = [each for each in axes.years if each == year or (shares and each < year)]
        return all(self._recorded(name, each) for name in mine for each in years)

    def _recorded(self, programme: str, year: int) -> bool:
        axes = self.central.axes
        known = self.central.inputs.yearly.known
        every = np.broadcast_to(known, (len(axes.years), *known.shape[1:]))
        return bool(every[axes.years.index(year), axes.programmes.index(programme)].any())

    def reached(self, measure: Measure | None, year: int) -> Cell:
        """What was reached, or what the central line says, marked where it is no record."""
        if measure is None:
            return Cell()
        return self._cell(measure, self.value(measure, year), "" if self.is_known(measure, year) else PROJECTED)

    def projected(self, measure: Measure | None, year: int, *, run: Projection | None = None) -> Cell:
        """What the central line says, in a column that says so itself."""
        return Cell() if measure is None else self._cell(measure, self.value(measure, year, run=run), "")

    def _cell(self, measure: Measure, value: float, mark: str) -> Cell:
        return Cell(value, kind_of(measure), mark) if math.isfinite(value) else Cell()

    def promise(self, measure: Measure | None, year: int) -> Promise | None:
        """Target of a year: a published one before an illustrative one, then in the order written."""
        found = [each for each in self._promises if (_measured(each), each.target.year) == (measure, year)]
        return min(found, key=lambda each: each.target.kind != "published", default=None)

    @cached_property
    def _promises(self) -> list[Promise]:
        return [each for each in self.case.promises if not each.redefined]

    def target(self, measure: Measure | None, year: int) -> Cell:
        """The target of a year, marked where nobody has adopted it; a dash where there is none."""
        promise = self.promise(measure, year)
        if measure is None or promise is None:
            return Cell()
        mark = "" if promise.target.kind == "published" else ILLUSTRATIVE
        return Cell(promise.wanted, kind_of(measure), mark)

    def aimed(self, measure: Measure | None, year: int) -> Cell:
        """The target of a year; where there is none, of an output what the money buys by the central line, marked.

        A share or a stock without a target has a dash: where it is heading is no aim.
        """
        target = self.target(measure, year)
        if measure is None or not is_flow(measure) or not isinstance(target.value, str):
            return target
        return self._cell(measure, self.value(measure, year), PROJECTED)

    def aimed_over(self, measure: Measure | None, years: Sequence[int]) -> Cell:
        """What is aimed at by the end of some years: their sum for outputs, the last year's number for the rest."""
        if measure is None or not is_flow(measure):
            return self.aimed(measure, years[-1])
        cells = [self.aimed(measure, year) for year in years]
        return _sum(cells)

    def target_over(self, measure: Measure | None, years: Sequence[int]) -> Cell:
        """The target for the end of some years: the sum of all of them for outputs, the last year's for the rest."""
        if measure is None or not is_flow(measure):
            return self.target(measure, years[-1])
        return _sum([self.target(measure, year) for year in years])

    def reached_over(self, measure: Measure | None, years: Sequence[int]) -> Cell:
        """What is reached by the end of some years: their sum for outputs, the last year's number for the rest."""
        if not years:
            return Cell()
        if measure is None or not is_flow(measure):
            return self.reached(measure, years[-1])
        return _sum([self.reached(measure, year) for year in years])

    def budget(self, pots: Sequence[str], region: str, year: int) -> float:
        """Money written for some pots in a year, whole rupiah of each; NaN in a year that is not simulated."""
        every = self.central.parts("budget_idr")
        each = [self._at(self.central, Measure("budget_idr", pot, region), year) for pot in every]
        rounded = dict(zip(every, rounded_to_sum(each), strict=True))
        return math.fsum(rounded[pot] for pot in pots)

    def budget_cell(self, pots: Sequence[str], region: str, year: int) -> Cell:
        """The same as a cell."""
        return money(self.budget(pots, region, year))


def _measured(promise: Promise) -> Measure:
    target = promise.target
    return measured(target.variable, target.part, target.region)


def _sum(cells: Sequence[Cell]) -> Cell:
    """Sum of cells of one measure, marked as its least sure part; a dash where one is missing."""
    numbers = [cell.value for cell in cells if not isinstance(cell.value, str)]
    if not numbers or len(numbers) < len(cells):
        return Cell()
    marks = {cell.mark for cell in cells}
    mark = PROJECTED if PROJECTED in marks else ILLUSTRATIVE if ILLUSTRATIVE in marks else ""
    return Cell(math.fsum(numbers), cells[0].kind, mark)
