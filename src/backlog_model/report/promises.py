"""Targets held against the central line."""

import math
from typing import NamedTuple

from backlog_model.projection import Projection
from backlog_model.report.limits import joint_limit, programmes_of
from backlog_model.scenario.schema import Scenario, Target

_ROUND_OFF = 1e-9
_REDEFINED = {"rtlh_houses", "decent_houses", "decent_share", "years_to_clear", "funding_gap_idr"}


class Promise(NamedTuple):
    """A target that applies, and where the central line stands in its year."""

    name: str
    target: Target
    wanted: float
    central: float  # NaN where the projection has no such value
    binding: str
    redefined: bool  # whether RTLH are re-registered up to its year, so that the number promised is of another count

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
    binding = joint_limit(projection, programmes, target.year, target.region)
    redefined = target.variable in _REDEFINED and any(
        revision.variable == "rtlh_houses" and revision.year <= target.year for revision in scenario.revisions.values()
    )
    return Promise(name, target, _wanted(target), _central(target, projection), binding, redefined)


def _wanted(target: Target) -> float:
    """The number promised: as written, or percent of its base."""
    if target.value is not None:
        return target.value
    return (target.percent_of_base or 0.0) / 100.0 * (target.base or 0.0)


def _central(target: Target, projection: Projection) -> float:
    axes, variable = projection.axes, target.variable
    whole = target.region == axes.province
    known = target.part in ("total", *projection.parts(variable)) and target.year in projection.years(variable)
    if not known or not (whole or target.region in axes.regions):
        return math.nan
    values = projection.array(variable, part=target.part, by="province" if whole else "region")
    column = 0 if whole else axes.regions.index(target.region)
    return float(values[projection.years(variable).index(target.year), 0, column])
