"""Families of target paths: how the way from a value to its goal is spread over the years.

With s the value of the year before, g the goal, d = g - s, n years, t = 1..n and b_t the break-even handling:

linear                v_t = s + d·t/n
constant_units        E = (s - g + Σb)/n handled every year, v_t = v_(t-1) + b_t - E; without b, E = |d|/n and linear
percent_of_base       p = |d|/(n·base) of a base handled every year: v_t = s + d·t/n, on a paper that leaves inflow out
percent_of_remaining  v_t = s·(g/s)^(t/n); under a ceiling c that it rises to, the same of what is left, c - v
trend                 steps in proportion to those of the path without new money
front_loaded          steps in proportion to n, n-1, .., 1
back_loaded           steps in proportion to 1, 2, .., n
s_curve               v_t = s + d·(3u² - 2u³), u = t/n
fiscal_share          steps in proportion to the money of each year
national_alignment    steps in proportion to those of a national path
max_feasible          steps in proportion to those of the path with the most useful money
custom                as given

Values are in units of the variable, steps in those units a year. Every one ends on the goal bit for bit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from backlog_model.inputs import Array

Code = Literal["no_shape_given", "moves_away", "never_reaches", "falls_by_itself", "no_money"]
"""Why a family has no path: nothing was given to shape it; its own shape moves away from the goal, or does not move; a
constant percent never gets there; the stock falls below the goal without any handling; there is no money."""

_ROUND_OFF = 1e-12


@dataclass(frozen=True)
class Way:
    """What a path leads over; the arrays have a number for each year, None where nothing was given.

    Attributes
    ----------
    start, goal : value of the year before the first one, and of the last one
    count : number of years
    base : what percents are of; none of 0
    ceiling : highest value a rising variable can have
    break_even : handling that would keep the stock where it is
    trend, feasible : values without new money, and with the most useful money
    money : available, >= 0
    national : values of a national path in the year before and in each year
    custom : values
    """

    start: float
    goal: float
    count: int
    base: float
    ceiling: float | None = None
    break_even: Array | None = None
    trend: Array | None = None
    money: Array | None = None
    national: Array | None = None
    feasible: Array | None = None
    custom: Array | None = None

    @property
    def distance(self) -> float:
        """From the start to the goal, below 0 where the value has to fall."""
        return self.goal - self.start

    @property
    def passed(self) -> Array:
        """Share of the years that have passed at the end of each."""
        return np.arange(1, self.count + 1) / self.count


class Shape(NamedTuple):
    """Values of a path and what is said of it, as in `target_paths.TargetPath`."""

    values: Array
    units: float | None = None
    percent: float | None = None
    scale: float | None = None
    own_end: float | None = None


def _spread(way: Way, reached: Array) -> Array:
    """Values at a rising share of the distance."""
    return _between(way, way.start + way.distance * reached)


def _between(way: Way, values: Array) -> Array:
    """Values of which round-off takes none past the start or the goal."""
    low, high = sorted((way.start, way.goal))
    return np.clip(values, low, high)


def _by_weight(way: Way, weights: Array) -> Array:
    return _spread(way, np.cumsum(weights) / weights.sum())


def _linear(way: Way) -> Shape:
    return Shape(_spread(way, way.passed))


def _constant_units(way: Way) -> Shape | Code:
    if way.break_even is None:
        return _linear(way)._replace(units=abs(way.distance) / way.count)
    units = float(way.break_even.sum() - way.distance) / way.count
    if units < 0:
        return "falls_by_itself"
    return Shape(way.start + np.cumsum(way.break_even - units), units=units)


def _percent_of_base(way: Way) -> Shape:
    """On paper it closes; what its units lead to once the stock moves by itself is its own end."""
    units = abs(way.distance) / way.count
    own_end = way.goal + float(way.break_even.sum()) if way.break_even is not None and way.distance < 0 else None
    percent = units / way.base if way.base else None
    return _linear(way)._replace(units=units, percent=percent, own_end=own_end)


def _percent_of_remaining(way: Way) -> Shape | Code:
    rises_to = way.ceiling if way.ceiling is not None and way.distance > 0 else None
    left, last = (rises_to - way.start, rises_to - way.goal) if rises_to is not None else (way.start, way.goal)
    if way.distance == 0:
        return _linear(way)._replace(percent=0.0)
    if left * last <= 0:
        return "never_reaches"
    ratio = last / left
    remains = left * ratio**way.passed
    values = remains if rises_to is None else rises_to - remains
    percent = abs(1.0 - ratio ** (1.0 / way.count))
    return Shape(_between(way, values), percent=percent)


def _front_loaded(way: Way) -> Shape:
    return Shape(_by_weight(way, np.arange(way.count, 0.0, -1.0)))


def _back_loaded(way: Way) -> Shape:
    return Shape(_by_weight(way, np.arange(1.0, way.count + 1.0)))


def _s_curve(way: Way) -> Shape:
    return Shape(_spread(way, way.passed**2 * (3.0 - 2.0 * way.passed)))


def _fiscal_share(way: Way) -> Shape | Code:
    if way.money is None:
        return "no_shape_given"
    return Shape(_by_weight(way, way.money)) if way.money.any() else "no_money"


def _along(way: Way, own: Array | None) -> Shape | Code:
    """Path whose steps are those of another one, all taken the same number of times."""
    if own is None:
        return "no_shape_given"
    moved = float(own[-1]) - way.start
    if abs(moved) <= _ROUND_OFF * max(abs(way.start), float(np.abs(own).max())):
        return "never_reaches" if way.distance else _linear(way)._replace(scale=1.0, own_end=float(own[-1]))
    scale = way.distance / moved + 0.0
    if scale < 0:
        return "moves_away"
    return Shape(way.start + scale * (own - way.start), scale=scale, own_end=float(own[-1]))


def _national_alignment(way: Way) -> Shape | Code:
    """Own path: a constant share of the national one; where a share of it says nothing, its steps alone count."""
    if way.national is None:
        return "no_shape_given"
    before, later = float(way.national[0]), way.national[1:]
    if before * way.start > 0:
        return _along(way, way.start * (later / before))
    shape = _along(way, way.start + later - before)
    return shape if isinstance(shape, str) else shape._replace(scale=None, own_end=None)


def _custom(way: Way) -> Shape | Code:
    return "no_shape_given" if way.custom is None else Shape(way.custom.copy())


SHAPES: Mapping[str, Callable[[Way], Shape | Code]] = {
    "linear": _linear,
    "constant_units": _constant_units,
    "percent_of_base": _percent_of_base,
    "percent_of_remaining": _percent_of_remaining,
    "trend": lambda way: _along(way, way.trend),
    "front_loaded": _front_loaded,
    "back_loaded": _back_loaded,
    "s_curve": _s_curve,
    "fiscal_share": _fiscal_share,
    "national_alignment": _national_alignment,
    "max_feasible": lambda way: _along(way, way.feasible),
    "custom": _custom,
}
