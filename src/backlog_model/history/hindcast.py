"""Would it have worked? Forecasts as of an earlier year, from what had been published by then, held to what came.

The forecast is handed a `Published` that ends on 31 December of that year: later figures cannot be read through it.
What came is read apart, from everything published since. Where a new registry or decree lies in between, the error is
kept apart: no method could have known it, and it must not count for or against one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from backlog_model.errors import DataError
from backlog_model.history import declaration
from backlog_model.history.breaks import Break
from backlog_model.history.ledger import LEVEL, Ledger, close_ledger
from backlog_model.history.list_inflow import calibrated, rows_of
from backlog_model.history.outlook import LEVELS, outlooks
from backlog_model.history.published import Published, last_day, moment
from backlog_model.history.tables import Row

Kind = Literal["series", "ledger"]


@dataclass(frozen=True)
class Hindcast:
    """One figure that came later, and what would have been said of it.

    Attributes
    ----------
    origin : year at whose end the forecast is made
    kind, name : a declared series, or the stock of a declared ledger
    known : figures that had been published by then, those the forecast rests on
    actual : what came
    forecast, lower, upper : what would have been said, with limits of `LEVEL`; no limits where nothing known by then
        says how far it may be off
    crosses : name of the break of definition in between, if any
    """

    origin: int
    kind: Kind
    name: str
    known: tuple[Row, ...]
    actual: Row
    forecast: float
    lower: float | None
    upper: float | None
    crosses: str | None = None

    @property
    def error(self) -> float:
        """Forecast less what came."""
        return self.forecast - self.actual.value

    @property
    def hit(self) -> bool | None:
        """Whether the limits held what came; None without limits."""
        if self.lower is None or self.upper is None:
            return None
        return self.lower <= self.actual.value <= self.upper


@dataclass(frozen=True)
class Silence:
    """A series or ledger of which too little had been published for any forecast."""

    origin: int
    kind: Kind
    name: str
    figures: int


@dataclass(frozen=True)
class Hindcasts:
    """All forecasts as of earlier years, and what could not have been forecast."""

    made: tuple[Hindcast, ...]
    silent: tuple[Silence, ...]


def hindcasts(declared: declaration.History, rows: Sequence[Row], breaks: Mapping[str, Break]) -> Hindcasts:
    """Forecasts as of the end of each year that `hindcasts` names.

    Parameters
    ----------
    declared : what is asked of the past
    rows : every row of the history tables
    breaks : breaks of definition, which split the errors
    """
    everything = Published(rows)
    made: list[Hindcast] = []
    silent: list[Silence] = []
    for origin in declared.hindcasts:
        then = Published(rows, until=date(origin, 12, 31))
        found = _of_series(origin, declared, then, everything)
        found += _of_ledgers(origin, declared, then, everything, breaks)
        made += [each for each in found if isinstance(each, Hindcast)]
        silent += [each for each in found if isinstance(each, Silence)]
    return Hindcasts(tuple(made), tuple(silent))


def _of_series(
    origin: int, declared: declaration.History, then: Published, everything: Published
) -> list[Hindcast | Silence]:
    found: list[Hindcast | Silence] = []
    place = LEVELS.index(LEVEL)
    came = {name: _came(origin, series, everything) for name, series in declared.series.items()}
    reaching = {
        name: series.model_copy(update={"horizon": _horizon(then.yearly(series), came[name])})
        for name, series in declared.series.items()
        if came[name]
    }
    for name, outlook in outlooks(declared.model_copy(update={"series": reaching}), then).items():
        if outlook.forecast is None:
            found.append(Silence(origin, "series", name, outlook.known))
            continue
        paths = (outlook.forecast.mean, outlook.forecast.lower[place], outlook.forecast.upper[place])
        for step, year in enumerate(outlook.years_ahead):
            if year in came[name]:
                mean, lower, upper = (float(path[step]) for path in paths)
                found.append(Hindcast(origin, "series", name, outlook.rows, came[name][year], mean, lower, upper))
    return found


def _came(origin: int, series: declaration.Series, everything: Published) -> dict[int, Row]:
    """Figures of the years after an origin; none for growth, whose spans reach over it."""
    if series.figures == "growth":
        return {}
    return {row.year: row for row in everything.yearly(series) if row.year >= origin}


def _horizon(known: Sequence[Row], came: Mapping[int, Row]) -> int:
    """Years from the last known figure to the last that came."""
    return max(1, max(came) - known[-1].year) if known else 1


def _of_ledgers(
    origin: int, declared: declaration.History, then: Published, everything: Published, breaks: Mapping[str, Break]
) -> list[Hindcast | Silence]:
    found: list[Hindcast | Silence] = []
    for name, entry in declared.ledgers.items():
        ledger = _known_ledger(name, entry, then)
        if ledger is None or ledger.whole.handled is None:
            counts = sum(then.has(each, entry.region) for each in entry.stock)
            found.append(Silence(origin, "ledger", name, counts))
            continue
        known = len(ledger.spans) + 1
        for stock in entry.stock[known:]:
            row = everything.one(stock, entry.region, by=f"ledgers.{name}")
            found.append(_continued(origin, ledger, row, moment(stock.as_of or str(stock.year))))
        found += _across(origin, ledger, breaks)
    return found


def _known_ledger(name: str, entry: declaration.Ledger, then: Published) -> Ledger | None:
    """Ledger of the counts that had been published, from the first on; None for fewer than two."""
    counts = tuple(each for each in entry.stock if then.has(each, entry.region))
    if len(counts) < 2 or counts != entry.stock[: len(counts)]:
        return None
    flows = {
        kind: tuple(each for each in getattr(entry, kind) if then.has(each, entry.region))
        for kind in ("handled", "inflows", "outflows")
    }
    try:
        return close_ledger(name, entry.model_copy(update={"stock": counts, **flows}), then)
    except DataError:
        return None


def _continued(origin: int, ledger: Ledger, actual: Row, at: float) -> Hindcast:
    """The last count moved on: the inflow that the ledger shows, and handling at its mean pace."""
    whole = ledger.whole
    ahead = at - whole.closing.at
    handled = (whole.handled or 0.0) / whole.years * ahead
    found = calibrated(ledger)
    if found is None:
        pace = (whole.closing.value - whole.opening.value) / whole.years
        expected = max(0.0, whole.closing.value + pace * ahead)
        return Hindcast(origin, "ledger", ledger.name, rows_of(ledger), actual, expected, None, None)
    stock = found.next_stock(handled, span=ahead)
    limits = stock.median, stock.lower, stock.upper
    return Hindcast(origin, "ledger", ledger.name, rows_of(ledger), actual, *limits)


def _across(origin: int, ledger: Ledger, breaks: Mapping[str, Break]) -> list[Hindcast]:
    """The count of another definition that came instead: its distance is the cost of a break, not of a method."""
    found = []
    last = ledger.whole.closing
    for name, event in breaks.items():
        same = event.before.code == last.row.code and event.before.indicator == last.row.indicator
        if not same or last_day(event.declared.date).year <= origin:
            continue
        ahead = moment(event.declared.date)
        found.append(replace(_continued(origin, ledger, event.after, max(ahead, last.at + 0.5)), crosses=name))
    return found
