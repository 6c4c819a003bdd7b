"""Projection: the results of a simulation with their labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from backlog_model.errors import BacklogModelError, nearest_hint
from backlog_model.inputs import Array, Axes, Inputs
from backlog_model.levels import INDICATORS, Level, part_labels
from backlog_model.quantities import QUANTITIES

if TYPE_CHECKING:
    import pandas as pd

BINDINGS = ("funds", "capacity", "eligibility", "ramp", "authority", "none", "quota", "demand", "developer", "bank")
"""Names of the limits, by code; the last four belong to housing finance."""

BACKLOGS = ("ownership_backlog_households", "occupancy_backlog_households", "rtlh_houses")
_OPENING_INDICATORS = frozenset(("decent_share", "slum_handled_share", "psu_share"))


@dataclass(frozen=True)
class Projection:
    """Labelled results of a simulation.

    Attributes
    ----------
    inputs : what was simulated
    values : variable -> (year, part, draw, region); stocks begin with the opening
    binding : (year, programme, draw, region) codes of `BINDINGS`
    province_binding : (year, programme, draw) codes of the limit that holds back most over all regions
    draws : number of random draws; 0 for the central run, every assumption at its median
    scenario : name of the scenario file, without its ending
    """

    inputs: Inputs
    values: Mapping[str, Array]
    binding: npt.NDArray[np.int8]
    province_binding: npt.NDArray[np.int8]
    draws: int = 0
    scenario: str = ""

    @property
    def axes(self) -> Axes:
        """Labels of the axes."""
        return self.inputs.axes

    def years(self, variable: str) -> tuple[int, ...]:
        """Years a variable has: stocks and stock shares begin with the opening, flows with the first year."""
        first = self.axes.years[0]
        has_opening = QUANTITIES[variable].kind == "stock" or variable in _OPENING_INDICATORS
        return ((first - 1, *self.axes.years)) if has_opening else self.axes.years

    def parts(self, variable: str) -> tuple[str, ...]:
        """Labels of a variable's parts; ("total",) when it has none."""
        return part_labels(variable, self.inputs)

    def array(self, variable: str, *, part: str = "total", by: str = "region") -> Array:
        """Values of one variable.

        Parameters
        ----------
        variable : a name of `quantities.QUANTITIES`
        part : `total`, or one of `parts(variable)`
        by : `region`, or `province` (stocks and flows summed, ratios of sums)

        Returns
        -------
        (year, draw, region) values, NaN where undefined or covered by no source; region axis 1 for the province

        Raises
        ------
        BacklogModelError
            For an unknown name, part or level.
        """
        self._check(variable, part, by)
        level = Level(self.inputs, self.values, province=by == "province")
        if variable in INDICATORS:
            return level.hidden(INDICATORS[variable](level, part), variable)
        return level.hidden(level.raw(variable, part), variable, part)

    def table(
        self, variable: str, *, by: str = "region", part: str = "total", quantiles: Sequence[float] = ()
    ) -> "pd.DataFrame":
        """Table of one variable, a row per year.

        Parameters
        ----------
        variable : a name of `quantities.QUANTITIES`
        by : `region` (a column per region code) or `province`
        part : `total`, or one of `parts(variable)`
        quantiles : points of the draws, a block of columns each beside the mean; not for the central run
        """
        import pandas as pd

        values = self.array(variable, part=part, by=by)
        index = pd.Index(self.years(variable), name="year")
        columns = pd.Index((self.axes.province,) if by == "province" else self.axes.regions, name="region")
        if not self.draws:
            return pd.DataFrame(values[:, 0], index=index, columns=columns)
        statistics = {"mean": values.mean(axis=1)}
        statistics |= {f"p{100 * point:g}": np.quantile(values, point, axis=1) for point in quantiles}
        frames = {name: pd.DataFrame(rows, index=index, columns=columns) for name, rows in statistics.items()}
        return pd.concat(frames, axis=1, names=["statistic"])

    def backlog_union(self, *, by: str = "region") -> tuple[Array, Array]:
        """Lowest and highest number of households in need of ownership or of a decent house.

        The ownership backlog and RTLH overlap by an unknown number of households, so they are never added: the union
        lies between the larger of the two and the smaller of their sum and all households.

        Returns
        -------
        lower, upper : (year, draw, region)
        """
        owners = self.array("ownership_backlog_households", by=by)
        houses = self.array("rtlh_houses", by=by)
        return np.maximum(owners, houses), np.minimum(owners + houses, self.array("households", by=by))

    def binding_name(self, programme: str, year: int, *, region: str, draw: int = 0) -> str:
        """What bound a programme in a region, or in the province as a whole: a name of `BINDINGS`."""
        axes = self.axes
        position = axes.years.index(year), axes.programmes.index(programme), draw
        if region == axes.province:
            return BINDINGS[int(self.province_binding[position])]
        return BINDINGS[int(self.binding[(*position, axes.regions.index(region))])]

    def _check(self, variable: str, part: str, by: str) -> None:
        if variable not in QUANTITIES:
            if "+" in variable and sum(name.strip() in BACKLOGS for name in variable.split("+")) > 1:
                raise BacklogModelError(_FORBIDDEN_SUM)
            raise BacklogModelError(f"{variable}: unknown variable{nearest_hint(variable, QUANTITIES)}")
        known = ("total", *self.parts(variable))
        if part not in known:
            raise BacklogModelError(f"{variable}: unknown part {part!r}; expected one of {', '.join(known)}")
        if by not in ("region", "province"):
            raise BacklogModelError(f"by={by!r}: expected 'region' or 'province'")


_FORBIDDEN_SUM = (
    "the ownership, occupancy and quality backlogs are separate, overlapping concepts and are never added; "
    "projection.backlog_union() gives the bounds of households in need of any of them"
)
