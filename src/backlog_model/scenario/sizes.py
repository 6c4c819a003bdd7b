"""Stocks of a scenario at its opening, and its numbers by year and region, against which other numbers are held."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from backlog_model.scenario.checking import Checking, unread
from backlog_model.scenario.paths import Value


@dataclass(frozen=True)
class Sizes:
    """Stocks at the opening, against which numbers are held; 0 where a scenario has none."""

    checking: Checking

    @cached_property
    def stocks(self) -> dict[str, list[float]]:
        """Central stock by region, by name."""
        opening = self.checking.scenario.opening
        found = {
            name: self._by_region(getattr(opening, name))
            for name in ("households", "decent_houses", "treated_houses", "rtlh_houses", "psu_estates")
        }
        found["ownership"] = self._by_region(opening.ownership_backlog_households) or found["households"]
        areas = [self._by_region(area) for area in (*opening.slum_ha.values(), *opening.slum_base_ha.values())]
        found["slum_ha"] = [sum(each) for each in zip(*areas, strict=True)] if areas else []
        found["houses"] = [
            sum(each)
            for each in zip(found["decent_houses"], found["treated_houses"], found["rtlh_houses"], strict=False)
        ]
        return found

    def _by_region(self, value: Value | None) -> list[float]:
        """Central stock by region; none where nothing can be said."""
        array = self.checking.opening(value) if value is not None and not unread(value) else None
        if array is None:
            return []
        row: list[float] = array[0, 0].tolist()
        return row if len(row) == len(self.checking.codes) else row * len(self.checking.codes)

    def of(self, name: str, region: int | None) -> float:
        """A stock in one region, or in all."""
        stock = self.stocks.get(name, [])
        return sum(stock) if region is None else stock[region] if region < len(stock) else 0.0

    def years(self, value: Value) -> tuple[int, ...]:
        """Years in which a value is looked at."""
        written = [year for year in value.known_years() if year <= self.checking.years[-1]]
        if value.path.startswith("opening."):
            return (self.checking.base_year,)
        return tuple(sorted({*written, *self.checking.years[:1]})) or self.checking.years[:1]

    def numbers(self, value: Value) -> Iterator[tuple[int, int | None, float]]:
        """Year, region and central number of a value; no region where one number stands for all."""
        if unread(value) or not value.path:
            return
        start = value.first_year()
        years = tuple(year for year in self.years(value) if start is None or year >= start)
        if not years:
            return
        array = value.array(years, self.checking.codes)
        for row, year in enumerate(years):
            numbers = array[min(row, len(array) - 1), 0].tolist()
            for region, number in enumerate(numbers):
                yield year, None if len(numbers) == 1 else region, float(number)

    def where(self, year: int, region: int | None) -> str:
        """Place in the arrays, in words."""
        return str(year) if region is None else f"{self.checking.codes[region]}, {year}"
