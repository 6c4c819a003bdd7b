"""The history of a stock: what it was at some dates, and the houses reported handled in between."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.errors import DataError, Problem
from backlog_model.translation import Text

Array = npt.NDArray[np.float64]


class StockHistory(NamedTuple):
    """Stocks at dates and what was reported handled between them; several histories of equal length lie in rows.

    Attributes
    ----------
    years : (history, date) dates, as years that may have a fraction, rising
    stock : (history, date) houses
    handled : (history, interval) houses reported handled from one date to the next
    """

    years: Array
    stock: Array
    handled: Array

    @property
    def spans(self) -> Array:
        """(history, interval) years from one date to the next."""
        return np.diff(self.years, axis=-1)

    @property
    def handled_per_year(self) -> Array:
        """(history, interval) houses reported handled a year."""
        return self.handled / self.spans


def checked_history(
    years: npt.ArrayLike, stock: npt.ArrayLike, handled: npt.ArrayLike, place: str = "history"
) -> StockHistory:
    """One history, in a single row.

    Parameters
    ----------
    years : (date,) rising
    stock : (date,) houses
    handled : (date - 1,) houses reported handled from each date to the next
    place : how errors name the history

    Raises
    ------
    DataError : everything that is wrong with it

    Examples
    --------
    >>> checked_history([2020, 2021, 2023], [900, 850, 800], [100, 180]).handled_per_year
    array([[100.,  90.]])
    """
    names = ("years", "stock", "handled")
    rows = [_row(values, f"{place}.{name}") for name, values in zip(names, (years, stock, handled), strict=True)]
    problems = [*_wrong_lengths(rows, place)] or [*_wrong_years(rows[0], place), *_wrong_houses(rows, names, place)]
    if problems:
        raise DataError(problems)
    return StockHistory(*(row[None] for row in rows))


def _row(values: npt.ArrayLike, place: str) -> Array:
    try:
        row = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise DataError([Problem(place, Text("not numbers; expected a list of numbers"))]) from None
    if row.ndim != 1:
        raise DataError(
            [Problem(place, Text("an array of shape {shape}; expected a list of numbers", shape=row.shape))]
        )
    return row


def _wrong_lengths(rows: list[Array], place: str) -> Iterator[Problem]:
    years, stock, handled = rows
    dates = len(years)
    if dates < 2:
        seen = Text("1 point") if dates else Text("no point")
        yield Problem(f"{place}.years", Text("{seen}; expected at least 2: the stock at two dates", seen=seen))
    if len(stock) != dates:
        yield Problem(
            f"{place}.stock",
            Text("{count} stocks for {dates} years; expected one for each", count=len(stock), dates=dates),
        )
    if dates >= 2 and len(handled) != dates - 1:
        seen = Text("{count} numbers handled for {dates} years", count=len(handled), dates=dates)
        yield Problem(
            f"{place}.handled",
            Text("{seen}; expected {dates}: one for each interval between two years", seen=seen, dates=dates - 1),
        )


def _wrong_years(years: Array, place: str) -> Iterator[Problem]:
    if not np.isfinite(years).all():
        yield Problem(
            f"{place}.years", Text("{year:g} is not a year; expected numbers", year=years[~np.isfinite(years)][0])
        )
        return
    for before, after in pairwise(years):
        if after <= before:
            yield Problem(f"{place}.years", _disorder(before, after))


def _disorder(before: float, after: float) -> Text:
    if after == before:
        return Text("{after:.10g} comes twice; expected each year once, oldest first", after=after)
    return Text(
        "{after:.10g} comes after {before:.10g}; expected each year once, oldest first", after=after, before=before
    )


def _wrong_houses(rows: list[Array], names: tuple[str, ...], place: str) -> Iterator[Problem]:
    for name, row in list(zip(names, rows, strict=True))[1:]:
        for position in np.flatnonzero(~(np.isfinite(row) & (row >= 0))):
            year = rows[0][position + (name == "handled")]
            seen = Text("{number:.10g} in {year:.10g}", number=row[position], year=year)
            yield Problem(f"{place}.{name}", Text("{seen} is not a number of houses; expected 0 or more", seen=seen))
