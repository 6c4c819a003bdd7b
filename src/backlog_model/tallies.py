"""Summaries of draws that are not kept: counts in bins, and sums, of every series.

A series is counted in bins of equal width between bounds that a first sample gives; what lies beyond them is counted in
the outermost bins. A quantile between the bounds is then off by less than one bin.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.quantities import ratio
from backlog_model.summary import (
    Chance,
    Goal,
    Sampling,
    Statistics,
    chance_of_counts,
    draws_last,
    error_span,
    mean_error,
    quantiles_of_sorted,
)

Array = npt.NDArray[np.float64]
Counts = npt.NDArray[np.uint32]

BINS = 256
_CELLS = 16_384  # values counted at once: temporary arrays of 128 KiB
_INSIDE = (0.01, 0.99)  # quantiles of the sample that lie well inside the bins
_MARGIN = 0.1  # of their distance, added on either side


class Series(NamedTuple):
    """What is counted: a variable, one of its parts, by region or for the province."""

    variable: str
    part: str
    by: str


def count_in_bins(arrays: Iterable[Array], low: Array, scale: Array, counts: Counts, sums: Array) -> None:
    """Add the number of values in each bin, and the values, to what was counted; an undefined value is in no bin.

    Parameters
    ----------
    arrays : each (year, draw, region); rows are year by year and, in a year, region by region, array after array
    low, scale : (row,) lower bound, and bins per unit
    counts : (row, bin) changed in place
    sums : (row,) changed in place
    """
    start = 0
    for values in map(_rows, arrays):
        size = max(1, _CELLS // max(1, values.shape[1]))
        for first in range(0, len(values), size):
            some = slice(start + first, start + min(first + size, len(values)))
            part = values[first : first + size]
            _count(part, low[some], scale[some], counts[some])
            sums[some] += part.sum(axis=-1)
        start += len(values)


def _count(values: Array, low: Array, scale: Array, counts: Counts) -> None:
    """The same for a few rows, whose temporary arrays stay in the cache."""
    bins = counts.shape[1]
    places = values - low[:, None]
    places *= scale[:, None]
    undefined = np.isnan(places)
    some_undefined = bool(undefined.any())
    if some_undefined:
        places[undefined] = 0.0
    np.maximum(places, 0.0, out=places)
    np.minimum(places, bins - 1, out=places)
    flat = places.astype(np.int64)
    flat += (np.arange(len(flat)) * bins)[:, None]
    found = np.bincount(flat[~undefined] if some_undefined else flat.ravel(), minlength=counts.size)
    counts += found.reshape(counts.shape).astype(np.uint32)


@dataclass
class Tally:
    """Counts and sums of one series, a row for each year and region."""

    years: int
    low: Array  # (row,)
    scale: Array  # (row,) bins per unit; 0 where the sample did not vary
    heaped: npt.NDArray[np.bool_]  # (row,) whether many draws have the lowest value, such as none: the first bin is it
    counts: Counts  # (row, bin)
    sums: Array  # (replicate, row)

    @classmethod
    def around(cls, sample: Array, replicates: int) -> "Tally":
        """Empty tally with bounds from a sample (year, draw, region)."""
        ordered = np.sort(_rows(sample), axis=-1)
        first, last = quantiles_of_sorted(ordered, _INSIDE)
        varies = last > first
        first = np.where(varies, first, ordered[:, 0])
        last = np.where(varies, last, np.nanmax(np.where(np.isfinite(ordered), ordered, -np.inf), axis=-1))
        first, last = (np.where(np.isfinite(bound), bound, 0.0) for bound in (first, last))
        heaped = first == ordered[:, 0]
        width = np.maximum(last - first, 0.0)
        low, high = first - np.where(heaped, 0.0, _MARGIN * width), last + _MARGIN * width
        scale = np.where(high > low, BINS / np.where(high > low, high - low, 1.0), 0.0)
        counts = np.zeros((len(low), BINS), dtype=np.uint32)
        return cls(len(sample), low, scale, heaped, counts, np.zeros((replicates, len(low))))

    def empty(self) -> "Tally":
        """Tally with the same bounds and nothing counted."""
        return replace(self, counts=np.zeros_like(self.counts), sums=np.zeros_like(self.sums))

    def add(self, values: Array, replicate: int) -> None:
        """Count some draws (year, draw, region) of one replicate."""
        count_in_bins([values], self.low, self.scale, self.counts, self.sums[replicate])

    def merge(self, other: "Tally") -> None:
        """Add what another tally counted in other replicates."""
        self.counts += other.counts
        self.sums += other.sums

    def statistics(self, sampling: Sampling, points: Sequence[float]) -> Statistics:
        """Summary of everything counted."""
        return Statistics(
            mean=self._shaped(self.sums.sum(axis=0) / sampling.draws),
            mc_error=self._shaped(mean_error(self.sums.T, np.diff(sampling.edges).tolist())),
            points=tuple(points),
            quantiles=self._quantiles(np.asarray(points), sampling.draws),
        )

    def quantile_errors(self, sampling: Sampling, points: Sequence[float]) -> Array:
        """(point, year, region) standard errors of quantiles as of independent draws; a design can only do better."""
        at = np.asarray(points)
        errors = np.sqrt(at * (1.0 - at) / sampling.draws)
        low, high = (np.array(ends) for ends in zip(*map(error_span, points, errors.tolist()), strict=True))
        span = self._quantiles(high, sampling.draws) - self._quantiles(low, sampling.draws)
        return np.asarray(span * ratio(errors, high - low)[:, None, None])

    def _quantiles(self, points: Array, draws: int) -> Array:
        """(point, year, region) quantiles, straight within a bin; NaN where that many draws are undefined."""
        reached = np.cumsum(self.counts, axis=-1, dtype=np.int64)
        width = np.divide(1.0, self.scale, out=np.zeros_like(self.scale), where=self.scale > 0)
        found = np.empty((len(points), len(self.low)))
        for position, point in enumerate(points):
            wanted = point * draws
            bins = (reached < max(wanted, 1.0)).sum(axis=-1)
            inside = np.minimum(bins, BINS - 1)
            rows = np.arange(len(self.low))
            here = np.maximum(self.counts[rows, inside].astype(np.float64), 1.0)
            part = np.clip((wanted - (reached[rows, inside] - here)) / here, 0.0, 1.0)
            part = np.where(self.heaped & (inside == 0), 0.0, part)
            found[position] = np.where(bins < BINS, self.low + (inside + part) * width, np.nan)
        return found.reshape(len(points), self.years, len(self.low) // self.years)

    def _shaped(self, row: Array) -> Array:
        return row.reshape(self.years, -1)


@dataclass
class Tallies:
    """Everything counted of a run whose draws are not kept: all series in the same arrays, one after another."""

    sampling: Sampling
    series: dict[Series, Tally]  # parts of the arrays of `whole`
    met: dict[Goal, Array]  # (year, replicate) draws that meet it
    whole: Tally

    @classmethod
    def joined(cls, sampling: Sampling, series: Mapping[Series, Tally], met: dict[Goal, Array]) -> "Tallies":
        """Tallies of some series and goals."""
        each = list(series.values())
        whole = Tally(
            years=0,
            low=np.concatenate([tally.low for tally in each]),
            scale=np.concatenate([tally.scale for tally in each]),
            heaped=np.concatenate([tally.heaped for tally in each]),
            counts=np.concatenate([tally.counts for tally in each]),
            sums=np.concatenate([tally.sums for tally in each], axis=1),
        )
        return cls(sampling, _shares(whole, series), met, whole)

    def empty(self) -> "Tallies":
        """The same, with nothing counted."""
        whole = self.whole.empty()
        met = {goal: np.zeros_like(counts) for goal, counts in self.met.items()}
        return Tallies(self.sampling, _shares(whole, self.series), met, whole)

    def add(self, arrays: Iterable[Array], replicate: int) -> None:
        """Count some draws of one replicate: an array (year, draw, region) for each series."""
        whole = self.whole
        count_in_bins(arrays, whole.low, whole.scale, whole.counts, whole.sums[replicate])

    def merge(self, other: "Tallies") -> None:
        """Add what was counted in other replicates."""
        self.whole.merge(other.whole)
        for goal, counts in self.met.items():
            counts += other.met[goal]

    def arrays(self, replicate: int) -> dict[str, npt.NDArray[Any]]:
        """What was counted, all of it in one replicate: `counts`, `sums`, and `met` of the goals in their order."""
        met = [counts[:, replicate] for counts in self.met.values()]
        joined = np.concatenate(met) if met else np.zeros(0)
        return {"counts": self.whole.counts, "sums": self.whole.sums[replicate], "met": joined}

    def take(self, replicate: int, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        """Add what was counted in one replicate, as from `arrays`."""
        self.whole.counts += arrays["counts"]
        self.whole.sums[replicate] += arrays["sums"]
        start = 0
        for counts in self.met.values():
            counts[:, replicate] += arrays["met"][start : start + len(counts)]
            start += len(counts)

    def chance(self, goal: Goal) -> Chance:
        """(year,) chance that a goal is met."""
        return chance_of_counts(self.met[goal], self.sampling)


def _shares(whole: Tally, series: Mapping[Series, Tally]) -> dict[Series, Tally]:
    """Tally of each series, on its rows of the whole."""
    shares, start = {}, 0
    for key, tally in series.items():
        rows = slice(start, start + len(tally.low))
        start = rows.stop
        arrays = (whole.low[rows], whole.scale[rows], whole.heaped[rows], whole.counts[rows], whole.sums[:, rows])
        shares[key] = Tally(tally.years, *arrays)
    return shares


def _rows(values: Array) -> Array:
    """(year x region, draw) of values (year, draw, region), draws side by side."""
    return draws_last(values).reshape(-1, values.shape[1])
