"""Amounts of the central run that a target rests on, and what they would be without something that helps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from backlog_model.analysis.aims import Aim
from backlog_model.dynamics.simulation import Trace, simulate, trace
from backlog_model.inputs import Array, Inputs
from backlog_model.neutral import credit_kept
from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.schema import Scenario


class Line(NamedTuple):
    """An amount of the ledger in the target's region: a flow over years, or a stock or share at the end of the last.

    Attributes
    ----------
    variable, part : of the ledger; works may be told by class, as in `reported_handled_houses`, `light`
    first, last : years that are added up
    amount : in the unit of the variable
    """

    variable: str
    part: str
    first: int
    last: int
    amount: float

    @property
    def unit(self) -> str:
        """Unit of the amount."""
        return QUANTITIES[self.variable].unit


@dataclass(frozen=True)
class CentralLedger:
    """The central run of a scenario, and what it would be otherwise; each run is made once, when it is asked for.

    Attributes
    ----------
    scenario, projection : a scenario and its central run
    """

    scenario: Scenario
    projection: Projection
    _unrevised: dict[int, Projection] = field(default_factory=dict, repr=False, compare=False)

    @property
    def opening_year(self) -> int:
        """Year of the opening stocks."""
        return self.projection.axes.years[0] - 1

    @cached_property
    def trace(self) -> Trace:
        """Every array of every year, classes included."""
        return trace(self.projection.inputs)

    @cached_property
    def strict(self) -> Projection:
        """The same run, hectares counted only when they leave slum."""
        inputs = self.projection.inputs
        return simulate(replace(inputs, rules=inputs.rules._replace(credit_kept=credit_kept("exit"))))

    def unrevised(self, after: int) -> Projection:
        """The same run without the re-registrations after a year."""
        if after not in self._unrevised:
            self._unrevised[after] = simulate(_without_revisions(self.projection.inputs, after))
        return self._unrevised[after]

    def line(self, variable: str, aim: Aim, first: int, last: int, part: str = "total") -> Line:
        """A flow of the aim's region over years, or a stock or share at the end of the last one."""
        axes, projection = self.projection.axes, self.projection
        whole = aim.goal.region == axes.province
        values = projection.array(variable, part=part, by="province" if whole else "region")[:, 0]
        yearly = values[:, 0 if whole else axes.regions.index(aim.goal.region)]
        years = projection.years(variable)
        start = first if QUANTITIES[variable].kind == "flow" else last
        chosen = yearly[[start <= year <= last for year in years]]
        return Line(variable, part, start, last, float(chosen.sum()))

    def by_class(self, yearly: Array, aim: Aim) -> Array:
        """(year, class) amounts of the aim's region, of an array of the trace (year, class, draw, region)."""
        axes = self.projection.axes
        regions = slice(None) if aim.goal.region == axes.province else [axes.regions.index(aim.goal.region)]
        return np.asarray(yearly[:, :, 0, regions].sum(axis=-1))


def _without_revisions(inputs: Inputs, after: int) -> Inputs:
    """The same inputs, nothing re-registered after a year."""
    late = np.array([year > after for year in inputs.axes.years])
    nothing: Mapping[str, float] = {
        **dict.fromkeys(("revision_houses", "revision_class_houses", "slum_revision_ha"), 0.0),
        "revision_ratio": 1.0,
    }
    fields = {}
    for name, neutral in nothing.items():
        array = getattr(inputs.yearly, name)
        fields[name] = np.broadcast_to(array, (len(late), *array.shape[1:])).copy()
        fields[name][late] = neutral
    return replace(inputs, yearly=inputs.yearly._replace(**fields))
