"""The rows of history tables, found by what they count, where and when."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from backlog_model.history.tables import Row, grouped
from backlog_model.history.tables.findings import Finding

__all__ = ["Check", "Figures"]


class Figures:
    """Rows of one or more tables with indexes, so that a check never walks all rows for each row.

    Attributes
    ----------
    rows : in the order of the tables
    regions : codes of all regions of the province, so that a full set of parts is known
    """

    def __init__(self, rows: Iterable[Row], regions: Iterable[str] = ()) -> None:
        self.rows: Sequence[Row] = tuple(rows)
        self.regions = frozenset(regions)
        self._largest: dict[tuple[re.Pattern[str], str], dict[str, Row]] = {}

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def without(self, places: frozenset[str]) -> "Figures":
        """The same without the rows at these places."""
        return Figures((row for row in self.rows if row.place not in places), self.regions)

    def named(self, indicator: str, code: str, year: int | None = None) -> Sequence[Row]:
        """Rows of one indicator and region, of one year where it is given."""
        return self._named.get((indicator, code), ()) if year is None else self._dated.get((indicator, code, year), ())

    def stated_last(self, indicator: str, code: str, year: int) -> Sequence[Row]:
        """What was stated last, up to this year; a base worked out from other figures would prove nothing."""
        years = self._firm_years.get((indicator, code), [])
        before = bisect_right(years, year)
        rows = self.named(indicator, code, years[before - 1]) if before else ()
        return [row for row in rows if row.firm]

    def largest(self, indicators: re.Pattern[str], code: str, dimension: str) -> Row | None:
        """Largest figure of a region, none in doubt, whose indicator has a form such as that of a stock."""
        key = (indicators, code)
        if key not in self._largest:
            rows = [each for each in self.by_code.get(code, ()) if indicators.fullmatch(each.indicator)]
            by_dimension = grouped((each for each in rows if not each.doubted), lambda each: each.measure.dimension)
            self._largest[key] = {name: max(each, key=lambda one: one.amount) for name, each in by_dimension.items()}
        return self._largest[key].get(dimension)

    @cached_property
    def by_code(self) -> dict[str, list[Row]]:
        """Rows of each region."""
        return grouped(self.rows, lambda row: row.code)

    @cached_property
    def by_code_and_year(self) -> dict[tuple[str, int], list[Row]]:
        """Rows of each region and year."""
        return grouped(self.rows, lambda row: (row.code, row.year))

    @cached_property
    def _named(self) -> dict[tuple[str, str], list[Row]]:
        return grouped(self.rows, lambda row: (row.indicator, row.code))

    @cached_property
    def _dated(self) -> dict[tuple[str, str, int], list[Row]]:
        return grouped(self.rows, lambda row: (row.indicator, row.code, row.year))

    @cached_property
    def _firm_years(self) -> dict[tuple[str, str], list[int]]:
        firm = grouped((row for row in self.rows if row.firm), lambda row: (row.indicator, row.code))
        return {key: sorted({row.year for row in rows}) for key, rows in firm.items()}


Check = Callable[[Figures], Iterator[Finding]]
