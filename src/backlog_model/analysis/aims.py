"""Targets as something that every future meets or misses, by a margin."""

from dataclasses import dataclass

import numpy as np

from backlog_model.ensemble.goals import goal_of
from backlog_model.inputs import Array
from backlog_model.projection import Projection
from backlog_model.scenario.schema import Scenario
from backlog_model.summary import Chance, Goal, Sampling, chance


@dataclass(frozen=True)
class Aim:
    """A target that the model can tell: a goal in a year, and the chance wanted.

    Attributes
    ----------
    name : of the target in the scenario
    goal : what is promised
    year : when
    probability : chance wanted
    """

    name: str
    goal: Goal
    year: int
    probability: float

    @property
    def sign(self) -> float:
        """1 where more is better, -1 where less is."""
        return 1.0 if self.goal.operator == ">=" else -1.0

    def values(self, projection: Projection) -> Array:
        """(draw,) values of its variable in its year."""
        return np.asarray(self.every_year(projection)[projection.years(self.goal.variable).index(self.year)])

    def every_year(self, projection: Projection) -> Array:
        """(year, draw) values of its variable in every year of it."""
        axes, goal = projection.axes, self.goal
        by = "province" if goal.region == axes.province else "region"
        column = 0 if by == "province" else axes.regions.index(goal.region)
        return np.asarray(projection.array(goal.variable, part=goal.part, by=by)[:, :, column])

    def margins(self, values: Array) -> Array:
        """How much better than promised values are, in units of the variable; below 0 where they miss it."""
        margins = self.sign * (values - self.goal.value)
        met_by_round_off = (margins < 0.0) & self.goal.is_met(values)
        return np.where(met_by_round_off, 0.0, margins)

    def margin(self, values: Array) -> float:
        """Margin that the wanted share of draws reaches: 0 or more where the chance is the wanted one.

        Parameters
        ----------
        values : (draw,) values of the variable in the year
        """
        return float(np.sort(self.margins(np.nan_to_num(values, nan=-self.sign * np.inf)))[self.position(len(values))])

    def position(self, draws: int) -> int:
        """Position, among margins in rising order, of the worst draw that must meet it."""
        return draws - max(1, int(np.ceil(self.probability * draws - 1e-9)))

    def chance(self, values: Array, sampling: Sampling) -> Chance:
        """Chance that draws meet it, with its Monte Carlo error."""
        return chance(self.goal.is_met(values), sampling)


def aims_of(scenario: Scenario, projection: Projection) -> dict[str, Aim]:
    """Aims of all targets that apply to what the model counts, by name, in the order written."""
    found = {}
    for name, target in scenario.targets.items():
        goal = goal_of(target, projection) if target.applies else None
        if goal is not None and target.year in projection.years(target.variable):
            found[name] = Aim(name, goal, target.year, target.probability)
    return found
