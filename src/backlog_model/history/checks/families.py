"""Comparable figures: the same series in other years, in other regions, or by other programmes."""

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from backlog_model.history.tables import NATIONAL, Row, grouped
from backlog_model.history.tables.measures import PERCENT
from backlog_model.history.tables.relations import EVENTS, NEAR_ZERO, REGISTRIES, SAME_QUANTITY, SLOW, STOCKS

__all__ = ["Families", "Family", "registries_named"]

# How many times the largest (or below the smallest) of 1, 2, 3, ... comparable figures a figure may be. A programme
# does grow from 20 houses to 1,200, a share can start from next to nothing, one flood is no measure of another; stocks,
# prices and household sizes do not multiply.
_OF_FLOWS = (100.0, 60.0, 20.0, 10.0, 6.0)
_OF_EVENTS = (1000.0, 300.0, 100.0, 60.0, 30.0)
_OF_PERCENTS = (150.0, 20.0, 8.0, 6.0, 4.0)
_OF_STEADY = (8.0, 5.0, 4.0)
_SPREAD_SAYS_ENOUGH = 6  # figures, from which the tails of their spread are known well enough to allow less than it
_ALIKE = 3.0  # another year of the series this near confirms a figure, however far from other regions it is
_OWN_YEARS = 3  # a series with so many other years is judged by itself
_REGIONS = 2  # so many other regions at least, to compare a figure with regions


class Family(NamedTuple):
    """Comparable figures: each statement once, since two outlets of one statement do not confirm each other.

    Attributes
    ----------
    rows : one row of each statement
    amounts : their sizes in plain units, smallest first
    years, codes : years and regions of the statements
    """

    rows: Sequence[Row]
    amounts: Sequence[float]
    years: frozenset[int]
    codes: frozenset[str]

    def others(self, row: Row) -> list[Row]:
        """All other statements, those of the region and the year first."""
        rest = [each for each in self.rows if _statement(each) != _statement(row)]
        return sorted(rest, key=lambda each: (each.code != row.code, abs(each.year - row.year)))

    def confirms(self, row: Row) -> bool:
        """Whether another statement is of about the same size."""
        size = abs(row.amount)
        place = bisect_left(self.amounts, size)
        after = place + (0 if row.doubted else 1)
        near = [*self.amounts[max(place - 1, 0) : place], *self.amounts[after : after + 1]]
        return any(max(size / other, other / size) < _ALIKE for other in near)

    def excess(self, row: Row) -> float:
        """How far beyond the others the figure lies: above 1 is too far, a larger number is farther."""
        size, own = abs(row.amount), 0 if row.doubted else 1
        count = len(self.amounts) - own
        if count < 1:
            return 0.0
        low = self.amounts[own] if own and self.amounts[0] == size else self.amounts[0]
        high = self.amounts[-1 - own] if own and self.amounts[-1] == size else self.amounts[-1]
        spread, years = high / low, len(self.years) - own if len(self.codes) == 1 else count
        # Several statements of one year say no more than one about the other years.
        allowed = _allowed(row, max(min(count, years), 1))
        allowed = max(allowed, spread**0.75 if count >= _SPREAD_SAYS_ENOUGH else spread)
        # Of two figures nobody knows which one slipped; the larger is the one to look at.
        may_be_small = count < 2 or NEAR_ZERO.fullmatch(row.indicator)
        return max(size / high, 0.0 if may_be_small else low / size) / allowed


_NOBODY = Family((), (), frozenset(), frozenset())


class Families:
    """The families of every row of the tables."""

    def __init__(self, rows: Iterable[Row]) -> None:
        firm = [row for row in rows if row.value != 0 and not row.doubted]
        self._kinds = [(key, _families(firm, key)) for key in (_own_series, _across_regions, _across_programmes)]

    def of(self, row: Row) -> tuple[Family, ...]:
        """Families that can speak against a figure: its own series only, where that is long or confirms it."""
        own, across, wide = (families.get(key(row), _NOBODY) for key, families in self._kinds)
        years = len(own.years) - (not row.doubted)
        if years >= _OWN_YEARS or own.confirms(row) or (row.code == NATIONAL and not row.measure.intensive):
            return (own,)
        return (own, across, wide) if len(across.codes) > _REGIONS else (own, wide)


def _families(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> dict[Hashable, Family]:
    return {name: _family(each) for name, each in grouped(rows, key).items() if name is not None}


def _family(rows: Sequence[Row]) -> Family:
    single = {_statement(row): row for row in reversed(rows)}
    amounts = sorted(abs(row.amount) for row in single.values())
    years, codes = {row.year for row in rows}, {row.code for row in rows}
    return Family(tuple(single.values()), amounts, frozenset(years), frozenset(codes))


def _statement(row: Row) -> tuple[str, int, float]:
    return row.code, row.year, abs(row.amount)


def _own_series(row: Row) -> Hashable:
    # The same stock goes by several names, but what another registry counts is another stock.
    registries = registries_named(row) if steady(row.indicator) else frozenset()
    return row.code, stem(row.indicator), row.program, row.funding, row.measure.dimension, registries


def _across_regions(row: Row) -> Hashable:
    if row.measure.intensive:
        return stem(row.indicator), row.program, row.measure.dimension
    return _level(row), stem(row.indicator), row.program, row.funding, row.measure.dimension


def _across_programmes(row: Row) -> Hashable:
    if row.measure.intensive or steady(row.indicator):
        return None
    return _level(row), stem(row.indicator), row.measure.dimension


def _level(row: Row) -> str:
    return NATIONAL if row.code == NATIONAL else "." * row.code.count(".")


@lru_cache(maxsize=4096)
def stem(indicator: str) -> str:
    """Name of the stock, or indicator without the words that say only how far it has come: planned, completed.

    Examples
    --------
    >>> stem("slum_area_handled_target"), stem("units_planned"), stem("rtlh_remaining")
    ('slum_area_handled', 'units', 'rtlh')
    """
    family = next((name for name, form in STOCKS.items() if form.fullmatch(indicator)), None)
    if family is not None:
        return family
    for words, plain in SAME_QUANTITY:
        indicator = re.sub(words, plain, indicator)
    return indicator


@lru_cache(maxsize=4096)
def steady(indicator: str) -> bool:
    """Whether an indicator is a stock, which cannot multiply from one year to the next."""
    return any(form.fullmatch(indicator) for form in STOCKS.values())


def _allowed(row: Row, count: int) -> float:
    by_count: Sequence[float] = _OF_FLOWS
    if row.measure.dimension == PERCENT:
        by_count = _OF_PERCENTS
    elif EVENTS.fullmatch(row.indicator):
        by_count = _OF_EVENTS
    elif row.measure.intensive or steady(row.indicator) or SLOW.fullmatch(row.indicator):
        by_count = _OF_STEADY
    return by_count[min(count, len(by_count)) - 1]


def registries_named(row: Row) -> frozenset[str]:
    """Registries, surveys and decrees that the note of a figure names."""
    return frozenset(word.lower() for word in REGISTRIES.findall(row.note))
