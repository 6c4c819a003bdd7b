"""Forecasts of the declared series, each with the back-test that says how far to trust it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from backlog_model.history import declaration
from backlog_model.history.declaration import problem
from backlog_model.history.forecasting import Forecast, forecast_many
from backlog_model.history.forecasting.backtest import Backtest, backtest
from backlog_model.history.forecasting.bounded_scales import Bounds
from backlog_model.history.published import Published, values_of
from backlog_model.history.tables import Row
from backlog_model.translation import Text

FEWEST = 3
LEVELS = (0.8, 0.9, 0.95)

_BOUNDS: dict[str, Bounds] = {
    "none": None,
    "non_negative": "non_negative",
    "share": (0.0, 1.0),
    "percent": (0.0, 100.0),
}


@dataclass(frozen=True)
class Outlook:
    """One series and what it lets one expect.

    Attributes
    ----------
    rows : the figures used, oldest first
    years, values : every year from the first figure to the last, NaN where none was published; for growth, the end of
        each span between two figures, and the growth a year over it
    forecast : None where there are fewer than `FEWEST` values
    """

    name: str
    declared: declaration.Series
    rows: tuple[Row, ...]
    years: tuple[int, ...]
    values: tuple[float, ...]
    forecast: Forecast | None

    @cached_property
    def backtest(self) -> Backtest | None:
        """How well the series would have been forecast from its own past; None where there is no forecast."""
        if self.forecast is None:
            return None
        return backtest(self.values, bounds=_BOUNDS[self.declared.bounds], levels=LEVELS, first_origin=FEWEST)

    @property
    def unit(self) -> str:
        """Unit of the values."""
        if self.declared.figures == "growth":
            return "share"
        return self.rows[0].unit if self.rows else ""

    @property
    def known(self) -> int:
        """Number of values that were published."""
        return _known(self.values)

    @property
    def has_range(self) -> bool:
        """Whether past values ever changed; without that no range can be given."""
        return self.forecast is not None and "constant" not in self.forecast.cautions

    @property
    def step(self) -> int:
        """Years from one value to the next."""
        return round((self.years[-1] - self.years[0]) / (len(self.years) - 1)) if len(self.years) > 1 else 1

    @property
    def years_ahead(self) -> tuple[int, ...]:
        """Years of the forecast."""
        ahead = 0 if self.forecast is None else len(self.forecast.mean)
        return tuple(self.years[-1] + self.step * (place + 1) for place in range(ahead))


def outlooks(declared: declaration.History, published: Published) -> dict[str, Outlook]:
    """Every declared series with its forecast, those of one scale and horizon together."""
    rows = {name: published.yearly(series) for name, series in declared.series.items()}
    values = {name: _values(series, rows[name]) for name, series in declared.series.items()}
    found: dict[str, Forecast] = {}
    groups: dict[tuple[str, int], list[str]] = {}
    for name, series in declared.series.items():
        if _known(values[name][1]) >= FEWEST:
            groups.setdefault((series.bounds, series.horizon), []).append(name)
    for (bounds, horizon), names in groups.items():
        series_values = [values[name][1] for name in names]
        found |= zip(names, forecast_many(series_values, horizon, LEVELS, bounds=_BOUNDS[bounds]), strict=True)
    return {
        name: Outlook(name, series, rows[name], *values[name], found.get(name))
        for name, series in declared.series.items()
    }


def _values(series: declaration.Series, rows: Sequence[Row]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    if series.figures == "values":
        return values_of(rows)
    spans = list(pairwise(rows))
    years = tuple(after.year for _, after in spans)
    return years, tuple(yearly_growth(before, after) for before, after in spans)


def yearly_growth(before: Row, after: Row) -> float:
    """Growth a year from one figure to a later one.

    Raises
    ------
    DataError : for figures that are not above 0
    """
    if before.value <= 0 or after.value <= 0:
        raise problem(
            before.place,
            Text("{before} to {after}; growth needs figures above 0", before=before.text, after=after.text),
        )
    return float((after.value / before.value) ** (1.0 / (after.year - before.year)) - 1.0)


def _known(values: Sequence[float]) -> int:
    return sum(value == value for value in values)
