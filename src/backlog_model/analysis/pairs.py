"""Two projections of one province side by side: every variable by year and region, and what paired draws say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from backlog_model.analysis.paired_draws import POINTS, Paired, paired, ranks
from backlog_model.errors import BacklogModelError
from backlog_model.inputs import Array
from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES
from backlog_model.summary import Chance, Sampling
from backlog_model.translation import Text

PROVINCE_ONLY = frozenset(("unallocated_idr",))
"""Variables that no region has."""

_COUNTED_AGAIN = {
    "slum_revision_ha": ("slum_ha", "slum_handled_share"),
    **dict.fromkeys(
        ("revision_class_houses", "revision_houses", "revision_ratio"),
        (
            *("rtlh_houses", "decent_houses", "decent_share", "rtlh_handled_share", "years_to_clear"),
            *("new_rtlh_houses", "deteriorated_houses", "self_improved_houses", "removed_rtlh_houses"),
            *("break_even_houses", "net_clearance_houses", "funding_gap_idr", "cost_per_net_house_idr"),
        ),
    ),
}


class LeftOut(NamedTuple):
    """Years or regions that only one of two projections has, and that are not compared."""

    what: str  # `years` or `regions`
    scenario: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """One variable in two projections; arrays (year, region), differences are second less first.

    Attributes
    ----------
    variable, part, by : what is compared
    years, regions : labels of the axes: those that both have
    first, second : central values
    paired : what the draws say; None without them
    counted_again : first year in which only one of them was counted again, so that nothing is better or worse
    """

    variable: str
    part: str
    by: str
    years: tuple[int, ...]
    regions: tuple[str, ...]
    first: Array
    second: Array
    paired: Paired | None = None
    counted_again: int | None = None

    @property
    def is_judged(self) -> Array:
        """(year, 1) 1 where one can be better than the other, NaN where their numbers do not compare."""
        again = self.counted_again
        return np.array([1.0 if again is None or year < again else np.nan for year in self.years])[:, None]

    @property
    def difference(self) -> Array:
        """Central difference."""
        return self.second - self.first

    @property
    def percent(self) -> Array:
        """Central difference in percent of the first; NaN where the first is 0."""
        whole = np.where(self.first == 0, np.nan, np.abs(self.first))
        return 100.0 * self.difference / whole

    @property
    def change_rank(self) -> Array:
        """Place of each region by its difference, 1 for the greatest improvement; without a direction, the greatest."""
        sign = -1.0 if QUANTITIES[self.variable].direction == "down" else 1.0
        return ranks(sign * self.difference * self.is_judged)

    def columns(self) -> dict[str, Array]:
        """Everything that is told, by the names of the columns of `Comparison.table`."""
        found = {"first": self.first, "second": self.second, "difference": self.difference, "percent": self.percent}
        if self.by == "region":
            found |= {"first_rank": ranks(self.first), "second_rank": ranks(self.second)}
            found["difference_rank"] = self.change_rank
        return found if self.paired is None else {**found, **_of_draws(self.paired)}


def _of_draws(found: Paired) -> dict[str, Array]:
    quantiles = {f"p{100 * point:02g}": found.quantiles[place] for place, point in enumerate(found.points)}
    return {
        "first_mean": found.first_mean,
        "second_mean": found.second_mean,
        "mean_difference": found.mean,
        "mc_error": found.mc_error,
        **quantiles,
        "first_better": found.first_better.probability,
        "first_better_error": found.first_better.mc_error,
        "second_better": found.second_better.probability,
        "second_better_error": found.second_better.mc_error,
        "same": found.same,
    }


@dataclass(frozen=True)
class Pair:
    """Two projections of one province; the first is the reference.

    Attributes
    ----------
    first, second : projections with the same draws, or without any
    first_name, second_name : what they are called here
    """

    first: Projection
    second: Projection
    first_name: str
    second_name: str

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Codes of the regions that both have."""
        return tuple(code for code in self.first.axes.regions if code in self.second.axes.regions)

    def years(self, variable: str) -> tuple[int, ...]:
        """Years of a variable that both have."""
        others = set(self.second.years(variable))
        return tuple(year for year in self.first.years(variable) if year in others)

    @property
    def sampling(self) -> Sampling | None:
        """How the draws of both were made; None where there are none to pair."""
        return None if self.is_counted else self.first.sampling

    @property
    def is_counted(self) -> bool:
        """Whether draws were counted and not kept, so that they cannot be paired."""
        return any(each.tallies is not None for each in (self.first, self.second))

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What only one of them has."""
        named = ((self.first_name, self.first, self.second), (self.second_name, self.second, self.first))
        found = []
        for name, own, other in named:
            years = tuple(str(year) for year in own.axes.years if year not in other.axes.years)
            regions = tuple(code for code in own.axes.regions if code not in other.axes.regions)
            found += [LeftOut("years", name, years), LeftOut("regions", name, regions)]
        return tuple(each for each in found if each.labels)

    @cached_property
    def counted_again(self) -> Mapping[str, int]:
        """By variable, the first year in which a re-registration of only one makes the two not comparable."""
        found: dict[str, int] = {}
        for name, affected in _COUNTED_AGAIN.items():
            year = self._first_difference(name)
            if year is not None:
                found |= {variable: min(year, found.get(variable, year)) for variable in affected}
        return found

    def _first_difference(self, name: str) -> int | None:
        """First common year in which a yearly input differs in any draw."""
        for year in self.first.axes.years:
            if year in self.second.axes.years:
                one, other = (_in_year(each, name, year, self.regions) for each in (self.first, self.second))
                if (one != other).any():  # one draw stands for all where nothing is drawn
                    return year
        return None

    @cached_property
    def has_same_outputs(self) -> bool:
        """Whether nothing that was recorded differs."""
        ours = ((self.first.central.values, self.second.central.values), (self.first.values, self.second.values))
        return self.first.axes == self.second.axes and all(
            one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)
            for one, other in ours
        )

    def differences(
        self,
        variable: str,
        *,
        by: str = "region",
        part: str = "total",
        years: Sequence[int] | None = None,
        points: Sequence[float] = POINTS,
    ) -> Differences:
        """One variable in both, with what paired draws say where there are any.

        Parameters
        ----------
        variable, by, part : as in `Projection.array`
        years : those wanted, of the years that both have; all of them unless given
        points : probabilities of the quantiles of the difference

        Raises
        ------
        BacklogModelError
            For an unknown name, part or level.
        """
        one, other = (self._values(each.central, variable, part, by, years) for each in (self.first, self.second))
        labels = self._wanted(variable, years), self._codes(variable, by)
        again = self.counted_again.get(variable)
        found = Differences(variable, part, by, *labels, one[:, 0], other[:, 0], counted_again=again)
        if self.sampling is None:
            return found
        one, other = (self._values(each, variable, part, by, years) for each in (self.first, self.second))
        said = paired(one, other, self.sampling, direction=QUANTITIES[variable].direction, points=points)
        return replace(found, paired=_judged(said, found.is_judged))

    def draws_of(self, variable: str, year: int, *, part: str = "total") -> tuple[Array, Array]:
        """(draw,) values of the province in both.

        Raises
        ------
        BacklogModelError
            When there are no draws, or they were counted and not kept.
        """
        if self.sampling is None:
            raise BacklogModelError(_COUNTED if self.is_counted else _NO_DRAWS)
        first, second = (
            self._values(each, variable, part, "province", (year,))[0, :, 0] for each in (self.first, self.second)
        )
        return first, second

    def _wanted(self, variable: str, years: Sequence[int] | None) -> tuple[int, ...]:
        shared = self.years(variable)
        return shared if years is None else tuple(year for year in years if year in shared)

    def _codes(self, variable: str, by: str) -> tuple[str, ...]:
        return self.regions if by == "region" and variable not in PROVINCE_ONLY else (self.first.axes.province,)

    def _values(self, projection: Projection, variable: str, part: str, by: str, years: Sequence[int] | None) -> Array:
        """(year, draw, region) values of the years and regions that both have."""
        values = projection.array(variable, part=part, by=by)
        own = projection.years(variable)
        values = values[[own.index(year) for year in self._wanted(variable, years)]]
        if by == "province" or variable in PROVINCE_ONLY or projection.axes.regions == self.regions:
            return values
        return values[:, :, [projection.axes.regions.index(code) for code in self.regions]]


def _judged(found: Paired, is_judged: Array) -> Paired:
    """The same without chances where nothing is better or worse."""
    first, second = (
        Chance(each.probability * is_judged, each.mc_error * is_judged)
        for each in (found.first_better, found.second_better)
    )
    return found._replace(first_better=first, second_better=second, same=found.same * is_judged)


def _in_year(projection: Projection, name: str, year: int, regions: tuple[str, ...]) -> Array:
    """(draw or 1, region) numbers of a yearly input in one year, classes or authorities added up."""
    axes, values = projection.axes, getattr(projection.inputs.yearly, name)
    row = values[axes.years.index(year) if len(values) > 1 else 0]
    row = row.reshape(-1, *row.shape[-2:]).sum(axis=0)
    whole = np.broadcast_to(row, (len(row), len(axes.regions)))
    return np.asarray(whole[:, [axes.regions.index(code) for code in regions]])


def variables(by: str) -> tuple[str, ...]:
    """Variables that a level has."""
    return tuple(name for name in QUANTITIES if by == "province" or name not in PROVINCE_ONLY)


_COUNTED = Text("the draws of these runs were counted, not kept, and cannot be paired; run with fewer draws")
_NO_DRAWS = Text("the central run has no draws to pair; run with draws=2000, for example")
