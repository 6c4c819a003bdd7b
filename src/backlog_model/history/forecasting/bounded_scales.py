"""Scales on which values that cannot leave their bounds move freely: straight far from a bound, log-like near it.

Values may lie on a bound: it stands a little inside the transformed range, and what would lie beyond comes back on it.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from backlog_model.errors import DataError, Problem
from backlog_model.translation import Text

Array = npt.NDArray[np.float64]
Bounds = Literal["non_negative"] | tuple[float, float] | None

_BEND = 0.5  # of the mean distance from the bound: about where the scale bends from straight to logarithmic
_INSIDE = 0.05  # how far inside a bound stands, in bends from it or as a share of the range


@dataclass(frozen=True)
class BoundedScale:
    """Limits of a series, and where its scale bends near a single one of them."""

    low: float = -math.inf
    high: float = math.inf
    bend: float = 1.0

    @property
    def free(self) -> bool:
        """Whether there is no limit."""
        return math.isinf(self.low) and math.isinf(self.high)

    def forward(self, values: Array) -> Array:
        """Values on the free scale."""
        if self.free:
            return values
        if math.isinf(self.high):
            return self._unbent(values - self.low)
        if math.isinf(self.low):
            return -self._unbent(self.high - values)
        share = (values - self.low) / (self.high - self.low)
        return np.asarray(np.log((share + _INSIDE) / (1.0 - share + _INSIDE)))

    def back(self, free: Array) -> Array:
        """Values within the limits, of values on the free scale."""
        if self.free:
            return free
        if math.isinf(self.high):
            return self.low + self._bent(free)
        if math.isinf(self.low):
            return self.high - self._bent(-free)
        share = (1.0 + 2.0 * _INSIDE) * (1.0 + np.tanh(free / 2.0)) / 2.0 - _INSIDE
        return np.asarray(self.low + (self.high - self.low) * np.clip(share, 0.0, 1.0))

    def held(self, free: Array) -> Array:
        """Values on the free scale, those beyond a limit brought back to it: what has run down cannot be below nothing.

        A trend that has met its limit leaves chances to come off it again, not a debt to be worked off first.
        """
        low, high = (
            float(self.forward(np.array(limit))) if math.isfinite(limit) else limit for limit in (self.low, self.high)
        )
        return np.asarray(np.clip(free, low, high))

    def _unbent(self, distance: Array) -> Array:
        away = distance / self.bend + _INSIDE
        return np.asarray(self.bend * (away + np.log(-np.expm1(-away))))

    def _bent(self, free: Array) -> Array:
        return np.asarray(self.bend * np.maximum(np.logaddexp(0.0, free / self.bend) - _INSIDE, 0.0))


def limits_of(bounds: object) -> tuple[float, float]:
    """Lowest and highest possible value, of `Bounds`.

    Raises
    ------
    DataError : when the bounds are neither known nor an increasing pair
    """
    if bounds is None:
        return -math.inf, math.inf
    if bounds == "non_negative":
        return 0.0, math.inf
    pair = tuple(bounds) if isinstance(bounds, tuple | list) else ()
    if len(pair) != 2 or not all(isinstance(limit, int | float) for limit in pair) or not pair[0] < pair[1]:
        message = Text(
            "{bounds!r} is no range; expected None, non_negative, or a lower and a higher number", bounds=bounds
        )
        raise DataError([Problem("bounds", message)])
    return float(pair[0]), float(pair[1])


def outside(values: Array, limits: tuple[float, float]) -> str:
    """What lies outside the limits; nothing when all values lie within."""
    low, high = limits
    beyond = (values < low) | (values > high)
    if not beyond.any():
        return ""
    year = int(np.argmax(beyond))
    return Text(
        "value {year} is {value:g}, out of its bounds; expected {low:g} to {high:g}",
        year=year,
        value=values[year],
        low=low,
        high=high,
    )


def scale_within(values: Array, limits: tuple[float, float]) -> BoundedScale:
    """Scale of one series within limits; the plain one where nothing moves."""
    low, high = limits
    if np.ptp(values) == 0.0:
        return BoundedScale()
    if math.isinf(low) == math.isinf(high):
        return BoundedScale(low, high)
    return BoundedScale(low, high, _BEND * float(np.abs(values - (high if math.isinf(low) else low)).mean()))
