"""Targets held against the central line, and the chance of meeting them."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from backlog_model.analysis.limits import joint_limit, programmes_of
from backlog_model.ensemble.goals import goal_of
from backlog_model.projection import Projection
from backlog_model.scenario.schema import Scenario, Target

_ROUND_OFF = 1e-9
_COUNTED_AGAIN = {  # by what a revision counts again, the variables whose numbers are then of another count
    "rtlh_houses": ("rtlh_houses", "decent_houses", "decent_share", "years_to_clear", "funding_gap_idr"),
    "slum_ha": ("slum_ha", "slum_handled_share"),
}


class Chance(NamedTuple):
    """Chance in one year, and its Monte Carlo error."""

    probability: float
    mc_error: float


Chances = Mapping[int, Chance]


class Promise(NamedTuple):
    """A target that applies, and where the central line stands in its year."""

    name: str
    target: Target
    wanted: float
    central: float  # NaN where the projection has no such value
    binding: str
    redefined: bool  # whether RTLH are re-registered up to its year, so that the number promised is of another count
    chances: Chances | None = None  # of each year of the variable; none without draws, or where it has no such value
    first_year: int | None = None  # with the wanted chance, after the last known year
    first_year_range: tuple[int | None, int | None] = (None, None)  # within two Monte Carlo errors

    @property
    def chance(self) -> Chance | None:
        """Chance of meeting it in its year, with its Monte Carlo error."""
        return None if self.chances is None else self.chances.get(self.target.year)

    @property
    def is_sure(self) -> bool | None:
        """Whether the chance in its year is the wanted one; None where there is no chance."""
        return None if self.chance is None else self.chance.probability >= self.target.probability

    @property
    def met(self) -> bool | None:
        """Whether the central line meets it; None where there is nothing to compare with."""
        if math.isnan(self.central) or self.redefined:
            return None
        slack = _ROUND_OFF * max(1.0, abs(self.wanted))
        below = self.target.operator == "<="
        return self.central <= self.wanted + slack if below else self.central >= self.wanted - slack


def promises(scenario: Scenario, projection: Projection) -> list[Promise]:
    """Every target that applies to what the model counts."""
    return [_promise(name, target, scenario, projection) for name, target in scenario.targets.items() if target.applies]


def _promise(name: str, target: Target, scenario: Scenario, projection: Projection) -> Promise:
    programmes = programmes_of(target.variable, target.part, projection.axes)
    binding = joint_limit(projection.central, programmes, target.year, target.region)
    redefined = any(year <= target.year for year in years_counted_again(target.variable, target.part, scenario))
    promise = Promise(name, target, target.wanted, _central(target, projection.central), binding, redefined)
    goal = goal_of(target, projection)
    if not projection.draws or goal is None or redefined:
        return promise
    found = projection.chance(goal)
    pairs = zip(found.probability.tolist(), found.mc_error.tolist(), strict=True)
    chances = dict(zip(projection.years(target.variable), (Chance(*pair) for pair in pairs), strict=True))
    again = years_counted_again(target.variable, target.part, scenario)
    last = min(again, default=scenario.years.last + 1) - 1
    first = _before(projection.first_year(goal, target.probability, after=scenario.now), last)
    early, late = projection.first_year_range(goal, target.probability, after=scenario.now)
    return promise._replace(
        chances=chances, first_year=first, first_year_range=(_before(early, last), _before(late, last))
    )


def years_counted_again(variable: str, part: str, scenario: Scenario) -> tuple[int, ...]:
    """Years in which the record that a variable tells is counted again, in order."""
    counted = [name for name, affected in _COUNTED_AGAIN.items() if variable in affected]
    if variable == "rtlh_handled_share" and part == "moving_base":
        counted.append("rtlh_houses")
    return tuple(sorted(each.year for each in scenario.revisions.values() if each.variable in counted))


def _before(year: int | None, last: int) -> int | None:
    """A year while the record is the same; a later one says nothing of houses or hectares."""
    return year if year is not None and year <= last else None


def _central(target: Target, projection: Projection) -> float:
    axes, variable = projection.axes, target.variable
    whole = target.region == axes.province
    known = target.part in ("total", *projection.parts(variable)) and target.year in projection.years(variable)
    if not known or not (whole or target.region in axes.regions):
        return math.nan
    values = projection.array(variable, part=target.part, by="province" if whole else "region")
    column = 0 if whole else axes.regions.index(target.region)
    return float(values[projection.years(variable).index(target.year), 0, column])
