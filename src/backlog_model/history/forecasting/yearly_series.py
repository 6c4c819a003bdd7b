"""Yearly series made ready to forecast: ends trimmed, missing years filled, everything that cannot be used refused."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.errors import DataError, Problem
from backlog_model.translation import Text

Array = npt.NDArray[np.float64]

LEAST_YEARS = 3
"""Known years that a forecast needs: two points show neither how far a trend holds nor how far years scatter."""

LARGEST = 1e100
"""Size of a value whose squares can still be summed."""


class YearlySeries(NamedTuple):
    """Values from the first to the last known year, none missing."""

    values: Array  # (year,)
    known: npt.NDArray[np.bool_]  # (year,) whether a year was given

    @property
    def points(self) -> int:
        """Number of years that were given."""
        return int(self.known.sum())


def yearly_series(series: Sequence[npt.ArrayLike]) -> list[YearlySeries]:
    """Series without the missing years at their ends, those inside filled along a straight line.

    Raises
    ------
    DataError : naming every series that is not one row of numbers, has a value that is infinite or out of all size, or
        fewer than three known years
    """
    read = [np.asarray(values) for values in series]
    wrong = {place_of(place, read): message for place, values in enumerate(read) if (message := _wrong(values))}
    if wrong:
        raise DataError(Problem(*each) for each in wrong.items())
    return [_filled(values.astype(np.float64)) for values in read]


def place_of(place: int, series: Sequence[object]) -> str:
    """Name of a series in a message."""
    return Text("series {place}", place=place) if len(series) > 1 else "values"


def _wrong(values: npt.NDArray[np.generic]) -> str:
    """What is wrong with the values of a series; nothing when they can be used."""
    if values.dtype.kind not in "iuf" or values.ndim != 1:
        seen = (
            Text("{ndim} axes", ndim=values.ndim)
            if values.dtype.kind in "iuf"
            else Text("something other than numbers")
        )
        return Text("{seen}; expected one row of yearly numbers, oldest first, NaN for a missing year", seen=seen)
    numbers = values.astype(np.float64)
    huge = np.abs(numbers) > LARGEST
    if huge.any():
        year = int(np.argmax(huge))
        return Text(
            "value {year} is {number:g}; expected sizes up to {largest:g}, NaN for a missing year",
            year=year,
            number=numbers[year],
            largest=LARGEST,
        )
    known = int(np.isfinite(numbers).sum())
    if known < LEAST_YEARS:
        return Text(
            "{known} known years show no trend and its spread; expected at least {least_years}",
            known=known,
            least_years=LEAST_YEARS,
        )
    return ""


def _filled(values: Array) -> YearlySeries:
    places = np.flatnonzero(np.isfinite(values))
    years = np.arange(places[0], places[-1] + 1)
    return YearlySeries(np.interp(years, places, values[places]), np.isfinite(values[years]))
