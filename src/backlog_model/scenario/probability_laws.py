"""Probability laws: a number between 0 and 1 goes in, a value comes out.

One function per law, all returning a `Law`; laws made of other laws are in `compound_laws.py`. What a planner wrote is
checked in `distributions.py`; here the parameters are trusted. Normal and lognormal medians use the standard library,
and SciPy is imported inside the functions that need it, so that reading a scenario and its central run stays quick.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Function = Callable[[Array], Array]

_TABLE_ENDS = (1e-4, 1 - 1e-4)  # probabilities between which counts are looked up in a table
_LONGEST_TABLE = 5_000


@dataclass(frozen=True)
class Law:
    """One probability law; functions work on arrays of any shape.

    Attributes
    ----------
    quantile : smallest value whose cumulative probability reaches u, 0 < u < 1
    cdf : probability of a value up to and including x
    mean : expected value
    median : the value at u = 0.5; None when only `quantile` knows it
    support : lowest and highest possible value
    below : probability of a value strictly smaller than x; None when it equals `cdf`
    quantile_one : quantile of one number without SciPy; None when `quantile` has no need of SciPy, or no way around it
    cdf_one : the same for cdf
    kinks : places inside the support where the cdf is not smooth
    weighted_cdf : of counts, the share of the mean that counts up to x + 1 bring; None where not known
    is_event : a chance event (flood, number of fires), which enters the central run at its mean
    is_count : only whole numbers are possible
    """

    quantile: Function
    cdf: Function
    mean: Callable[[], float]
    support: tuple[float, float]
    median: float | None = None
    below: Function | None = None
    quantile_one: Callable[[float], float] | None = None
    cdf_one: Callable[[float], float] | None = None
    kinks: tuple[float, ...] = ()
    weighted_cdf: Function | None = None
    is_event: bool = False
    is_count: bool = False

    def quantile_at(self, probability: float) -> float:
        """Value at one probability."""
        if self.quantile_one is not None:
            return self.quantile_one(probability)
        return float(self.quantile(np.array([probability]))[0])

    def probability_up_to(self, value: float) -> float:
        """Probability of at most `value`."""
        return self.cdf_one(value) if self.cdf_one is not None else float(self.cdf(np.array([value]))[0])

    def probability_below(self, value: float) -> float:
        """Probability of less than `value`."""
        return self.probability_up_to(value) if self.below is None else float(self.below(np.array([value]))[0])

    def central(self) -> float:
        """Value in the central run: the median, or the mean of a chance event."""
        if self.is_event:
            return self.mean()
        return self.quantile_at(0.5) if self.median is None else self.median


def straight_lines(probabilities: Sequence[float], values: Sequence[float]) -> Law:
    """Law whose quantile function joins points by straight lines; equal values at two points carry probability."""
    u, x = np.array(probabilities, dtype=np.float64), np.array(values, dtype=np.float64)
    return Law(
        quantile=partial(_lines_quantile, u, x),
        cdf=partial(_lines_cdf, u, x, "right"),
        below=partial(_lines_cdf, u, x, "left"),
        mean=partial(_lines_mean, u, x),
        median=float(np.interp(0.5, u, x)),
        support=(float(x[0]), float(x[-1])),
        kinks=tuple(x[1:-1].tolist()),
    )


def constant(value: float) -> Law:
    """Law of a number that does not vary."""
    return straight_lines((0.0, 1.0), (value, value))


def _lines_quantile(u: Array, x: Array, probabilities: Array) -> Array:
    return np.interp(probabilities, u, x)


def _lines_cdf(u: Array, x: Array, side: str, values: Array) -> Array:
    place = np.searchsorted(x, values, side="right" if side == "right" else "left")
    upper = np.clip(place, 1, len(x) - 1)
    width = np.maximum(x[upper] - x[upper - 1], 1e-300)
    inside = u[upper - 1] + (values - x[upper - 1]) / width * (u[upper] - u[upper - 1])
    return np.where(place == 0, 0.0, np.where(place == len(x), 1.0, inside))


def _lines_mean(u: Array, x: Array) -> float:
    return float(np.sum(np.diff(u) * (x[1:] + x[:-1]) / 2))


def triangular(low: float, mode: float, high: float) -> Law:
    """Law with a density rising straight to the mode and falling straight after it."""
    at_mode = (mode - low) / (high - low)
    nearer = math.sqrt((high - low) * (mode - low) / 2), math.sqrt((high - low) * (high - mode) / 2)
    return Law(
        quantile=partial(_triangular_quantile, low, mode, high),
        cdf=partial(_triangular_cdf, low, mode, high),
        mean=partial(float, (low + mode + high) / 3),
        median=low + nearer[0] if at_mode >= 0.5 else high - nearer[1],
        support=(low, high),
        kinks=(mode,),
    )


def _triangular_quantile(low: float, mode: float, high: float, u: Array) -> Array:
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
    return np.where(u * (high - low) <= mode - low, rising, falling)


def _triangular_cdf(low: float, mode: float, high: float, values: Array) -> Array:
    x = np.clip(values, low, high)
    rising = (x - low) ** 2 / max((high - low) * (mode - low), 1e-300)
    falling = 1 - (high - x) ** 2 / max((high - low) * (high - mode), 1e-300)
    return np.where(x < mode, rising, falling)


def normal(mean: float, sd: float) -> Law:
    """Law of Gauss."""
    known = NormalDist(mean, sd)
    return Law(
        quantile=partial(_normal_quantile, mean, sd),
        cdf=partial(_normal_cdf, mean, sd),
        quantile_one=known.inv_cdf,
        cdf_one=known.cdf,
        mean=partial(float, mean),
        median=mean,
        support=(-math.inf, math.inf),
    )


def _normal_quantile(mean: float, sd: float, u: Array) -> Array:
    from scipy.special import ndtri

    return mean + sd * np.asarray(ndtri(u), dtype=np.float64)


def _normal_cdf(mean: float, sd: float, values: Array) -> Array:
    from scipy.special import ndtr

    return np.asarray(ndtr((values - mean) / sd), dtype=np.float64)


def lognormal(median: float, sigma: float) -> Law:
    """Law whose logarithm is normal with mean log(median) and standard deviation sigma."""
    return Law(
        quantile=partial(_lognormal_quantile, median, sigma),
        cdf=partial(_lognormal_cdf, median, sigma),
        quantile_one=partial(_lognormal_quantile_one, median, sigma),
        cdf_one=partial(_lognormal_cdf_one, median, sigma),
        mean=partial(float, median * math.exp(sigma**2 / 2)),
        median=median,
        support=(0.0, math.inf),
    )


def _lognormal_quantile(median: float, sigma: float, u: Array) -> Array:
    return median * np.exp(_normal_quantile(0.0, sigma, u))


def _lognormal_cdf(median: float, sigma: float, values: Array) -> Array:
    positive = np.maximum(values, 1e-300)
    return np.where(values > 0, _normal_cdf(0.0, sigma, np.log(positive / median)), 0.0)


def _lognormal_quantile_one(median: float, sigma: float, probability: float) -> float:
    return median * math.exp(NormalDist(0.0, sigma).inv_cdf(probability))


def _lognormal_cdf_one(median: float, sigma: float, value: float) -> float:
    return NormalDist(0.0, sigma).cdf(math.log(value / median)) if value > 0 else 0.0


def beta(a: float, b: float, low: float = 0.0, high: float = 1.0) -> Law:
    """Beta law stretched from `low` to `high`."""
    return Law(
        quantile=partial(_beta_quantile, a, b, low, high),
        cdf=partial(_beta_cdf, a, b, low, high),
        mean=partial(float, low + (high - low) * a / (a + b)),
        support=(low, high),
    )


def pert(low: float, mode: float, high: float) -> Law:
    """Beta law from `low` to `high` with mean (low + 4 mode + high) / 6."""
    width = high - low
    return beta(1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width, low, high)


def _beta_quantile(a: float, b: float, low: float, high: float, u: Array) -> Array:
    from scipy.special import betaincinv

    return low + (high - low) * np.asarray(betaincinv(a, b, u), dtype=np.float64)


def _beta_cdf(a: float, b: float, low: float, high: float, values: Array) -> Array:
    from scipy.special import betainc

    inside = np.clip((values - low) / (high - low), 0.0, 1.0)
    return np.asarray(betainc(a, b, inside), dtype=np.float64)


def empirical(values: Sequence[float]) -> Law:
    """Law that gives each listed value the same probability.

    The quantile is the plain inverse of the step function: the smallest listed value whose share of values up to it
    reaches u. Nothing is interpolated, so the median of an even list is the lower of the two middle values.
    """
    ordered = np.sort(np.array(values, dtype=np.float64))
    return Law(
        quantile=partial(_empirical_quantile, ordered),
        cdf=partial(_empirical_cdf, ordered, "right"),
        below=partial(_empirical_cdf, ordered, "left"),
        mean=partial(float, ordered.mean()),
        median=float(ordered[(len(ordered) - 1) // 2]),
        support=(float(ordered[0]), float(ordered[-1])),
        kinks=tuple(ordered[1:-1].tolist()),
    )


def _empirical_quantile(ordered: Array, u: Array) -> Array:
    reached = np.arange(1, len(ordered) + 1) / len(ordered)
    return ordered[np.minimum(np.searchsorted(reached, u), len(ordered) - 1)]


def _empirical_cdf(ordered: Array, side: str, values: Array) -> Array:
    return np.searchsorted(ordered, values, side="right" if side == "right" else "left") / len(ordered)


def poisson(mean: float) -> Law:
    """Law of the number of independent chance events with this mean (Poisson)."""
    cdf = partial(_poisson_cdf, mean)
    return _counts(cdf, mean, weighted=cdf)


def negative_binomial(mean: float, dispersion: float) -> Law:
    """Law of a number of chance events with variance mean + dispersion * mean ** 2."""
    size = 1 / dispersion
    chance = size / (size + mean)
    cdf, weighted = (partial(_negative_binomial_cdf, each, chance) for each in (size, size + 1))
    return _counts(cdf, mean, weighted=weighted)


def _counts(cdf: Function, mean: float, *, weighted: Function) -> Law:
    """Law of counts; k times the chance of k is the mean times the chance of k - 1 under the weighted law."""
    return Law(
        quantile=partial(_smallest_count, cdf),
        cdf=cdf,
        below=partial(_count_below, cdf),
        mean=partial(float, mean),
        support=(0.0, math.inf),
        weighted_cdf=weighted,
        is_event=True,
        is_count=True,
    )


def _poisson_cdf(mean: float, values: Array) -> Array:
    from scipy.special import pdtr

    return np.where(values >= 0, pdtr(np.maximum(np.floor(values), 0.0), mean), 0.0)


def _negative_binomial_cdf(size: float, chance: float, values: Array) -> Array:
    from scipy.special import betainc

    count = np.maximum(np.floor(values), 0.0)
    finite = np.where(np.isfinite(count), count, 0.0)
    reached = np.where(np.isfinite(count), betainc(size, finite + 1, chance), 1.0)
    return np.where(values >= 0, reached, 0.0)


def _count_below(cdf: Function, values: Array) -> Array:
    return cdf(np.ceil(values) - 1)


def _smallest_count(cdf: Function, u: Array) -> Array:
    """Smallest counts whose probability reaches u: from a table, or bisected between two of its lines."""
    wanted = u.ravel()
    first, last = _bisected_count(cdf, np.array(_TABLE_ENDS), np.full(2, -1.0), np.full(2, np.inf))
    lines = np.unique(np.rint(np.linspace(first, last, int(min(last - first + 1, u.size + 1, _LONGEST_TABLE)))))
    at = np.searchsorted(np.maximum.accumulate(cdf(lines)), wanted)
    return np.reshape(_bisected_count(cdf, wanted, np.append(-1.0, lines)[at], np.append(lines, np.inf)[at]), u.shape)


def _bisected_count(cdf: Function, u: Array, low: Array, high: Array) -> Array:
    """Smallest counts whose probability reaches u: above `low`, at most `high` (infinite where unknown)."""
    short = np.flatnonzero(np.isinf(high))
    while short.size:
        high[short] = 2 * low[short] + 3
        short = short[cdf(high[short]) < u[short]]
        low[short] = high[short]
    wide = np.flatnonzero(high - low > 1)
    while wide.size:
        middle = np.floor((low[wide] + high[wide]) / 2)
        reached = cdf(middle) >= u[wide]
        high[wide] = np.where(reached, middle, high[wide])
        low[wide] = np.where(reached, low[wide], middle)
        wide = wide[high[wide] - low[wide] > 1]
    return high
