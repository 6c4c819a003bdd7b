"""Target paths: the yearly figures that lead from where things stand to a target, family by family."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from backlog_model.analysis.paths.families import SHAPES, Code, Shape, Way
from backlog_model.errors import DataError, Problem
from backlog_model.inputs import Array
from backlog_model.translation import Text

FAMILIES = tuple(SHAPES)
"""Names of the families, in the order of tables; formulas: `families`."""

_ROUND_OFF = 1e-9


@dataclass(frozen=True)
class TargetPath:
    """Yearly figures that lead to a target. For a yearly output the value is the output of the year.

    Attributes
    ----------
    family : one of `FAMILIES`
    years : years of the path, the last one that of the target
    values : (year,) promised value of each year; the last one is the goal, bit for bit
    steps : (year,) change against the year before, below 0 where the value falls; they add to the distance
    cumulative : (year,) change since the start
    units : handled every year where that is a constant number: of `constant_units`, effective, with what the stock
        gains by itself; of `percent_of_base`, as planned on paper
    percent : share (0 to 1) of the base, or of what remained at the end of the year before, that is handled every year
    scale : how many times its own shape the way is: 1.9 times the present trend, 1.2 times the national pace (a
        constant share of the national path); of `max_feasible`, above 1 where the target is out of reach
    own_end : where its own shape alone would arrive; of `percent_of_base`, where its units lead once the stock also
        moves by its break-even
    """

    family: str
    years: tuple[int, ...]
    values: Array
    steps: Array
    cumulative: Array
    units: float | None = None
    percent: float | None = None
    scale: float | None = None
    own_end: float | None = None


def path_of(family: str, start: float, years: Sequence[int], values: npt.ArrayLike) -> TargetPath:
    """Path with given values, wherever it ends.

    Examples
    --------
    >>> path_of("agreed", 100.0, (2026, 2027), [90.0, 70.0]).steps
    array([-10., -20.])
    """
    given = np.array(values, dtype=np.float64)
    arrays = given, np.diff(given, prepend=start), given - start
    for array in arrays:
        array.setflags(write=False)
    return TargetPath(family, tuple(years), *arrays)


def target_paths(
    start: float,
    goal: float,
    years: Sequence[int],
    *,
    base: float | None = None,
    ceiling: float | None = None,
    break_even: npt.ArrayLike | None = None,
    trend: npt.ArrayLike | None = None,
    money: npt.ArrayLike | None = None,
    national: Mapping[int, float] | None = None,
    feasible: npt.ArrayLike | None = None,
    custom: npt.ArrayLike | None = None,
    custom_steps: npt.ArrayLike | None = None,
) -> tuple[dict[str, TargetPath], dict[str, Code]]:
    """Paths of every family that has one, and why the others have none.

    Parameters
    ----------
    start : value in the year before the first one (of a yearly output: that year's)
    goal : value promised for the last year
    years : years of the path, one after the other
    base : what `percent_of_base` is a percent of, > 0; the start unless given
    ceiling : highest value that a rising variable can have, such as 1 of a share: what remains is the way up to it
    break_even : (year,) effective handling that would keep the stock where it is, in units; below 0 where it falls by
        itself. Only for stocks that handling lowers
    trend : (year,) values without new money
    money : (year,) available money, >= 0
    national : values of a national path by year, from the year before the first to the last; straight in between
    feasible : (year,) values with the most money that still helps
    custom, custom_steps : (year,) values, or yearly changes, of one's own

    Returns
    -------
    paths by family, in the order of `FAMILIES`; code of the reason for each family without one

    Raises
    ------
    DataError
        For numbers that cannot be meant, and for a path of one's own that does not end on the goal, by how much.

    Examples
    --------
    >>> paths, missing = target_paths(100.0, 70.0, (2026, 2027), trend=[95.0, 90.0])
    >>> paths["front_loaded"].values
    array([80., 70.])
    >>> paths["trend"].scale
    3.0
    >>> missing["fiscal_share"]
    'no_shape_given'
    """
    count = _checked_years(years)
    ends = _Numbers(count)
    way = Way(
        start=ends.number("start", start),
        goal=ends.number("goal", goal),
        count=count,
        base=max(start, 0.0) if base is None else ends.base(base),
        ceiling=None if ceiling is None else ends.ceiling(ceiling, max(start, goal)),
        break_even=ends.array("break_even", break_even),
        trend=ends.array("trend", trend),
        money=ends.amounts("money", money),
        national=None if national is None else ends.national(national, years),
        feasible=ends.array("feasible", feasible),
        custom=_own(ends, start, goal, custom, custom_steps),
    )
    shapes = {family: shape(way) for family, shape in SHAPES.items()}
    found = {name: _closed(name, way, years, shape) for name, shape in shapes.items() if isinstance(shape, Shape)}
    return found, {name: shape for name, shape in shapes.items() if not isinstance(shape, Shape)}


def _closed(family: str, way: Way, years: Sequence[int], shape: Shape) -> TargetPath:
    """Path of a shape; round-off at its end is taken away."""
    path = path_of(family, way.start, years, [*shape.values[:-1], way.goal])
    return replace(path, units=shape.units, percent=shape.percent, scale=shape.scale, own_end=shape.own_end)


def _own(
    ends: "_Numbers", start: float, goal: float, values: npt.ArrayLike | None, steps: npt.ArrayLike | None
) -> Array | None:
    if values is not None and steps is not None:
        raise _wrong("custom", Text("values and steps given together; expected one of them"))
    changes = ends.array("custom_steps", steps)
    name = "custom" if changes is None else "custom_steps"
    given = ends.array(name, values) if changes is None else start + np.cumsum(changes)
    if given is not None:
        end, size = float(given[-1]), max(abs(start), abs(goal), float(np.abs(given).max()))
        if abs(end - goal) > _ROUND_OFF * size:
            raise _wrong(
                name,
                Text(
                    "ends on {end:.10g}, {off:.10g} off; expected the goal {goal:.10g}",
                    end=end,
                    off=abs(end - goal),
                    goal=goal,
                ),
            )
    return given


@dataclass(frozen=True)
class _Numbers:
    """Numbers as they are needed; what cannot be meant is refused."""

    count: int

    def number(self, name: str, number: float) -> float:
        if not np.isfinite(number):
            raise _wrong(name, Text("{number}; expected a finite number", number=number))
        return float(number)

    def base(self, number: float) -> float:
        if not 0 < number < np.inf:
            raise _wrong("base", Text("{number:g}; expected a number above 0", number=number))
        return float(number)

    def ceiling(self, number: float, highest: float) -> float:
        if not number >= highest:
            raise _wrong(
                "ceiling",
                Text(
                    "{number:g}; expected {highest:g} or more, the highest value of the path",
                    number=number,
                    highest=highest,
                ),
            )
        return self.number("ceiling", number)

    def array(self, name: str, numbers: npt.ArrayLike | None) -> Array | None:
        if numbers is None:
            return None
        found = np.asarray(numbers, dtype=np.float64)
        if found.shape != (self.count,):
            raise _wrong(
                name,
                Text("shape {shape}; expected ({count},), a number for each year", shape=found.shape, count=self.count),
            )
        if not np.isfinite(found).all():
            raise _wrong(name, Text("{number}; expected finite numbers", number=found[~np.isfinite(found)][0]))
        return found

    def amounts(self, name: str, numbers: npt.ArrayLike | None) -> Array | None:
        found = self.array(name, numbers)
        if found is not None and (found < 0).any():
            raise _wrong(name, Text("{least:g}; expected 0 or more in each year", least=found.min()))
        return found

    def national(self, by_year: Mapping[int, float], years: Sequence[int]) -> Array:
        """Values in the year before and in each year, straight between those given."""
        known, wanted = sorted(by_year), (years[0] - 1, *years)
        if not known or known[0] > wanted[0] or known[-1] < wanted[-1]:
            seen = Text("years {first} to {last}", first=known[0], last=known[-1]) if known else Text("no years")
            raise _wrong(
                "national",
                Text(
                    "{seen}; expected values from {first} to {last}",
                    seen=seen,
                    first=wanted[0],
                    last=wanted[-1],
                ),
            )
        numbers = [self.number("national", by_year[year]) for year in known]
        return np.asarray(np.interp(wanted, known, numbers))


def _checked_years(years: Sequence[int]) -> int:
    if not len(years) or any(later - year != 1 for year, later in pairwise(years)):
        seen = ", ".join(str(year) for year in years) or Text("none")
        raise _wrong("years", Text("{seen}; expected one or more years, one after the other", seen=seen))
    return len(years)


def _wrong(name: str, message: str) -> DataError:
    return DataError([Problem(name, message)])
