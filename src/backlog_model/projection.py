"""Projection: the results of a simulation with their labels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from backlog_model.errors import BacklogModelError, nearest_hint
from backlog_model.inputs import Array, Axes, Inputs
from backlog_model.levels import INDICATORS, Level, part_labels
from backlog_model.quantities import QUANTITIES
from backlog_model.summary import QUANTILES, Chance, Goal, Sampling, Statistics, chance, quantile_errors, statistics
from backlog_model.tallies import Series, Tallies
from backlog_model.translation import Text

if TYPE_CHECKING:
    import pandas as pd

BINDINGS = ("funds", "capacity", "eligibility", "ramp", "authority", "none", "quota", "demand", "developer", "bank")
"""Names of the limits, by code; the last four belong to housing finance."""

BACKLOGS = ("ownership_backlog_households", "occupancy_backlog_households", "rtlh_houses")
_OPENING_INDICATORS = frozenset(("decent_share", "slum_handled_share", "psu_share"))


def _no_codes() -> npt.NDArray[np.int8]:
    return np.empty(0, dtype=np.int8)


@dataclass(frozen=True, repr=False)
class Projection:
    """Labelled results of a simulation.

    Attributes
    ----------
    inputs : what was simulated
    values : variable -> (year, part, draw, region); stocks begin with the opening; empty when draws were not kept
    binding : (year, programme, draw, region) codes of `BINDINGS`; where there are draws, of the central run beside them
    province_binding : (year, programme, draw) codes of the limit that holds back most over all regions, likewise
    scenario : name of the scenario file, without its ending
    sampling : how draws were made; None for the central run, every assumption at its median
    beside : the central run beside the draws
    tallies : what was counted of draws that were not kept
    names : names of the regions and the province by code, for tables and charts that people read
    language : of those tables and charts, unless another one is asked for
    """

    inputs: Inputs
    values: Mapping[str, Array]
    binding: npt.NDArray[np.int8] = field(default_factory=_no_codes)
    province_binding: npt.NDArray[np.int8] = field(default_factory=_no_codes)
    scenario: str = ""
    sampling: Sampling | None = None
    beside: "Projection | None" = None
    tallies: Tallies | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    language: Literal["id", "en"] = "id"

    def __repr__(self) -> str:
        years = self.axes.years
        size = f"years={years[0]}-{years[-1]}, regions={len(self.axes.regions)}, draws={self.draws}"
        return f"Projection(scenario={self.scenario!r}, {size})"

    @property
    def draws(self) -> int:
        """Number of random draws; 0 for the central run."""
        return self.sampling.draws if self.sampling else 0

    @cached_property
    def _whole(self) -> Level:
        return Level(self.inputs, self.values, regions=self._by_region)

    @cached_property
    def _by_region(self) -> Level:
        return Level(self.inputs, self.values)

    @property
    def central(self) -> "Projection":
        """The central run: every assumption at its median, chance events at their mean."""
        return self.beside or self

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
            For an unknown name, part or level, and when the draws were counted and not kept.
        """
        self._check(variable, part, by)
        if self.tallies is not None:
            raise BacklogModelError(_not_kept(self.draws))
        level = self._whole if by == "province" else self._by_region
        if variable in INDICATORS:
            return level.hidden(INDICATORS[variable](level, part), variable)
        return level.hidden(level.raw(variable, part), variable, part)

    def statistics(
        self, variable: str, *, part: str = "total", by: str = "region", points: Sequence[float] = QUANTILES
    ) -> Statistics:
        """Mean and quantiles of one variable over the draws, with their Monte Carlo errors.

        Parameters
        ----------
        variable, part, by : as in `array`
        points : probabilities of the quantiles wanted

        Raises
        ------
        BacklogModelError
            For an unknown name, part or level; for the central run, which has no draws.
        """
        sampling = self._summarised(variable, part, by, points)
        if self.tallies is None:
            return statistics(self.array(variable, part=part, by=by), sampling, points)
        return self.tallies.series[Series(variable, part, by)].statistics(sampling, points)

    def quantile_errors(
        self, variable: str, *, part: str = "total", by: str = "region", points: Sequence[float] = QUANTILES
    ) -> Array:
        """(point, year, region) Monte Carlo errors of the quantiles of `statistics`."""
        sampling = self._summarised(variable, part, by, points)
        if self.tallies is None:
            return quantile_errors(self.array(variable, part=part, by=by), sampling, points)
        return self.tallies.series[Series(variable, part, by)].quantile_errors(sampling, points)

    def _summarised(self, variable: str, part: str, by: str, points: Sequence[float]) -> Sampling:
        """How the draws were made, once what is asked of them is known to exist."""
        self._check(variable, part, by)
        wrong = [point for point in points if not 0.0 <= point <= 1.0]
        if wrong:
            raise BacklogModelError(
                Text("quantile {wrong:g}: expected a probability from 0 to 1, such as 0.05", wrong=wrong[0])
            )
        return self._sampling(variable)

    def _sampling(self, variable: str) -> Sampling:
        if self.sampling is None:
            raise BacklogModelError(
                Text("{variable}: the central run has no draws; run with draws=2000, for example", variable=variable)
            )
        return self.sampling

    def chance(self, goal: Goal) -> Chance:
        """Chance that a goal is met in each year of its variable, (year,).

        Raises
        ------
        BacklogModelError
            For an unknown name, part or region; for the central run; when draws were counted without this goal.
        """
        by = "province" if goal.region == self.axes.province else "region"
        self._check(goal.variable, goal.part, by)
        if by == "region" and goal.region not in self.axes.regions:
            raise BacklogModelError(
                Text(
                    "{region}: unknown region{hint}",
                    region=goal.region,
                    hint=nearest_hint(goal.region, self.axes.regions),
                )
            )
        sampling = self._sampling(goal.variable)
        if self.tallies is None:
            return chance(self.met(goal), sampling)
        if goal not in self.tallies.met:
            raise BacklogModelError(_not_kept(self.draws))
        return self.tallies.chance(goal)

    def goal(
        self,
        variable: str,
        operator: Literal["<=", ">="],
        value: float,
        *,
        part: str = "total",
        region: str | None = None,
    ) -> Goal:
        """What `chance` and `first_year` are asked for: a variable at most, or at least, a value.

        Parameters
        ----------
        variable, part : as in `array`
        operator, value : `<=` or `>=`, and the number wanted
        region : a region code; the province unless one is given
        """
        if operator not in ("<=", ">="):
            raise BacklogModelError(Text("operator {operator!r}: expected '<=' or '>='", operator=operator))
        return Goal(variable, part, region or self.axes.province, operator, value)

    def met(self, goal: Goal) -> npt.NDArray[np.bool_]:
        """Whether each draw meets a goal, (year, draw)."""
        by = "province" if goal.region == self.axes.province else "region"
        column = 0 if by == "province" else self.axes.regions.index(goal.region)
        return goal.is_met(self.array(goal.variable, part=goal.part, by=by)[:, :, column])

    def first_year(self, goal: Goal, probability: float, *, after: int | None = None) -> int | None:
        """First simulated year in which the chance of a goal reaches a probability; None when it never does.

        Parameters
        ----------
        goal, probability : what is wanted, and how surely
        after : year that is already known, if any: only later ones count
        """
        return self._first_reached(goal, self.chance(goal).probability, probability, after)

    def first_year_range(
        self, goal: Goal, probability: float, *, after: int | None = None
    ) -> tuple[int | None, int | None]:
        """Earliest and latest that `first_year` can be within two Monte Carlo errors of the chances.

        Parameters
        ----------
        goal, probability, after : as in `first_year`
        """
        found = self.chance(goal)
        ends = (found.probability + 2.0 * found.mc_error, found.probability - 2.0 * found.mc_error)
        early, late = (self._first_reached(goal, end, probability, after) for end in ends)
        return early, late

    def _first_reached(self, goal: Goal, chances: Array, probability: float, after: int | None) -> int | None:
        known = self.axes.years[0] - 1 if after is None else after
        reached = zip(self.years(goal.variable), chances.tolist(), strict=True)
        return next((year for year, chance in reached if year > known and chance >= probability), None)

    def table(
        self, variable: str, *, by: str = "region", part: str = "total", quantiles: Sequence[float] = ()
    ) -> "pd.DataFrame":
        """Table of one variable, a row per year.

        Parameters
        ----------
        variable : a name of `quantities.QUANTITIES`
        by : `region` (a column per region code) or `province`
        part : `total`, or one of `parts(variable)`
        quantiles : points of the draws, a block of columns each (`p05`, `p50`, …) beside the mean and its Monte Carlo
            error; not for the central run

        Raises
        ------
        BacklogModelError
            For an unknown name, part or level; for quantiles of the central run, which has no draws.
        """
        import pandas as pd

        if quantiles:
            self._sampling(variable)
        index = pd.Index(self.years(variable), name="year")
        columns = pd.Index((self.axes.province,) if by == "province" else self.axes.regions, name="region")
        if self.sampling is None:
            return pd.DataFrame(self.array(variable, part=part, by=by)[:, 0], index=index, columns=columns)
        found = self.statistics(variable, part=part, by=by, points=quantiles)
        rows = {"mean": found.mean, "mc_error": found.mc_error}
        rows |= {f"p{100 * point:02g}": found.at(point) for point in found.points}
        frames = {name: pd.DataFrame(values, index=index, columns=columns) for name, values in rows.items()}
        return pd.concat(frames, axis=1, names=["statistic"])

    def chart(
        self,
        variable: str,
        *,
        by: Literal["province", "region"] = "province",
        part: str = "total",
        language: Literal["id", "en"] | None = None,
    ) -> Any:
        """Chart of one variable over the years, which a notebook shows and `save` writes as .svg or .png.

        Parameters
        ----------
        variable, part : as in `array`
        by : `province`: the central line with its range; `region`: a panel for each region
        language : of its words and numbers; that of the scenario unless one is given

        Returns
        -------
        Object with `spec`, the Vega-Lite specification, `figure`, the table behind it, and `save(path)`

        Raises
        ------
        BacklogModelError
            For an unknown name, part or level, and for what no source covers.
        """
        self._check(variable, part, by)
        return _notebook().chart(self, variable, by=by, part=part, language=language or self.language)

    def _repr_html_(self) -> str:
        """Small table of the province, which a notebook shows."""
        table: str = _notebook().table(self)
        return table

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
            raise BacklogModelError(
                Text("{variable}: unknown variable{hint}", variable=variable, hint=nearest_hint(variable, QUANTITIES))
            )
        known = ("total", *self.parts(variable))
        if part not in known:
            raise BacklogModelError(
                Text(
                    "{variable}: unknown part {part!r}; expected one of {known}",
                    variable=variable,
                    part=part,
                    known=", ".join(known),
                )
            )
        if by not in ("region", "province"):
            raise BacklogModelError(Text("by={by!r}: expected 'region' or 'province'", by=by))


def _notebook() -> Any:
    """What draws projections for people, loaded when one is to be seen.

    The one look upward of the package: reports know projections, and a projection knows none of them. But whoever has
    one in a notebook expects to see it, and loading by name keeps this module as light as it was.
    """
    return import_module("backlog_model.report.notebook")


def series_of(projection: Projection) -> Iterator[Series]:
    """Everything that a projection reports: every variable, its total before its parts, the province before regions."""
    for variable in QUANTITIES:
        for part in dict.fromkeys(("total", *projection.parts(variable))):
            for by in ("province", "region"):
                yield Series(variable, part, by)


_FORBIDDEN_SUM = Text(
    "the ownership, occupancy and quality backlogs are separate, overlapping concepts and are never added; "
    "projection.backlog_union() gives the bounds of households in need of any of them"
)


def _not_kept(draws: int) -> Text:
    return Text(
        "the {draws:_} draws of this run were counted, not kept; ask for statistics() or the chance of a target of the "
        "scenario, or run with fewer draws or a larger memory limit",
        draws=draws,
    )
