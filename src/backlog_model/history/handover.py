"""Numbers that scenarios take over from the past: worked out here, kept in a table, and taken by declaration.

`estimates.csv` is a long table beside the scenarios: key, region, value, low, high and source of each number. A
scenario takes a row with `estimated: estimates.csv`: a run needs no forecast, and gives the same bits everywhere.
`backlog history` says when the table no longer is what the history tables say.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import stdtrit

from backlog_model.history import declaration
from backlog_model.history.declaration import problem
from backlog_model.history.declared_numbers import range_of
from backlog_model.history.inflow import Posterior
from backlog_model.history.ledger import LEVEL, Interval
from backlog_model.history.outlook import FEWEST, LEVELS, Outlook, yearly_growth
from backlog_model.scenario.findings import Findings, Place
from backlog_model.scenario.numbers import grouping
from backlog_model.scenario.paths import Regional, Value
from backlog_model.scenario.tables import Entry, LongTable, read_long_table
from backlog_model.scenario.units import unit_of
from backlog_model.translation import Text

TABLE = "estimates.csv"
_DIGITS = 6
_SAME, _SMALL = 1e-4, 1e-9


@dataclass(frozen=True)
class Estimate:
    """One number for a scenario, with its 90 % range."""

    key: str
    region: str
    interval: Interval
    source: str
    note: str


def written(number: float) -> str:
    """A number of the table, with as many digits as are kept."""
    text = f"{float(f'{number:.{_DIGITS}g}')!r}"
    return f"{text}0" if grouping(text) else text  # three decimals could be thousands, and would be refused


def estimates(declared: declaration.History, outlooks: Mapping[str, Outlook], province: str) -> tuple[Estimate, ...]:
    """Every declared estimate that rests on series, for the province or region by region.

    Parameters
    ----------
    declared : what is asked of the past
    outlooks : forecasts by the name of their series
    province : code for a number that holds everywhere
    """
    found: list[Estimate] = []
    for key, entry in declared.estimates.items():
        if entry.method == "deterioration":
            continue
        series = [outlooks[name] for name in entry.of]
        interval = _pooled_growth(key, series) if entry.method == "pooled_growth" else _level(key, entry, series)
        found += _rows(key, entry, interval, "; ".join(_named(each) for each in series), province)
    return tuple(found)


def decay_estimates(
    declared: declaration.History, posteriors: Mapping[str, Posterior], province: str
) -> tuple[Estimate, ...]:
    """Every declared estimate that rests on ledgers; `posteriors` by the key of the estimate."""
    return tuple(
        row
        for key, found in posteriors.items()
        for row in _rows(
            key,
            declared.estimates[key],
            found.posterior,
            f"ledger {', '.join(declared.estimates[key].of)}",
            province,
        )
        if "few_draws" not in found.codes  # prior and ledgers contradict each other: nothing to hand over
    )


def prior_estimates(declared: declaration.History, province: str) -> tuple[Estimate, ...]:
    """What is believed of estimates that rest on ledgers before those are heard."""
    return tuple(
        row
        for key, entry in declared.estimates.items()
        if entry.method == "deterioration" and entry.prior is not None
        for row in _rows(key, entry, _prior(key, entry.prior, province), "prior", province)
    )


def _prior(key: str, value: Value, province: str) -> Interval:
    low, middle, high = range_of(value, province, f"estimates.{key}.prior")
    return Interval(middle, low, high)


def as_long_table(found: Iterable[Estimate], folder: Path) -> LongTable:
    """Estimates as the long table that scenarios read, so that none of them depends on what was written before."""
    by_key: dict[str, list[Entry]] = {}
    for each in found:
        limits, place = each.interval, Place(TABLE)
        text = written(limits.middle)
        row = Entry(each.key, each.region, None, limits.middle, text, "derived", each.source, place, place)
        by_key.setdefault(each.key, []).append(row._replace(low=limits.lower, high=limits.upper))
    return LongTable(folder / TABLE, {key: tuple(rows) for key, rows in by_key.items()})


def _rows(key: str, entry: declaration.Estimate, interval: Interval, rests_on: str, province: str) -> list[Estimate]:
    source = f"history/history.yaml, estimates.{key}: {entry.method} of {rests_on}"
    regions = _regions(key, entry, interval, province)
    return [Estimate(key, region, moved, source, entry.note) for region, moved in regions]


def _named(outlook: Outlook) -> str:
    """A series and its rows, from the first to the last."""
    names = ", ".join(sorted({Path(row.file).name for row in outlook.rows}))
    years = f"{outlook.rows[0].year}-{outlook.rows[-1].year}" if outlook.rows else "no figures"
    return f"{outlook.name} ({names}, {len(outlook.rows)} figures, {years})"


def _level(key: str, entry: declaration.Estimate, series: Sequence[Outlook]) -> Interval:
    """Mean of a forecast over its years; limits as if all years erred alike, which is the widest reading."""
    forecast = series[0].forecast
    if forecast is None:
        raise problem(
            f"estimates.{key}",
            Text(
                "{of} has {known} values; a forecast needs {fewest}",
                of=entry.of[0],
                known=series[0].known,
                fewest=FEWEST,
            ),
        )
    place = LEVELS.index(LEVEL)
    paths = (forecast.mean, forecast.lower[place], forecast.upper[place])
    middle, lower, upper = (entry.scale * float(np.mean(path)) for path in paths)
    return Interval(middle, lower, upper)


def _pooled_growth(key: str, series: Sequence[Outlook]) -> Interval:
    """Mean growth a year over series, each from first to last figure and of equal weight, with Student's law."""
    rates = [math.log1p(yearly_growth(each.rows[0], each.rows[-1])) for each in series if len(each.rows) > 1]
    if len(rates) < FEWEST:
        raise problem(
            f"estimates.{key}",
            Text("{count} series with two figures or more; expected {fewest}", count=len(rates), fewest=FEWEST),
        )
    error = float(np.std(rates, ddof=1)) / math.sqrt(len(rates))
    half = float(stdtrit(len(rates) - 1.0, 0.5 + LEVEL / 2)) * error
    middle = float(np.mean(rates))
    return Interval(math.expm1(middle), math.expm1(middle - half), math.expm1(middle + half))


def _regions(key: str, entry: declaration.Estimate, interval: Interval, province: str) -> list[tuple[str, Interval]]:
    """The same everywhere, or moved by what each region lies above or below the province."""
    if entry.region_offsets is None:
        return [(province, interval)]
    place, form = f"estimates.{key}.region_offsets", entry.region_offsets.form
    if not isinstance(form, Regional):
        raise problem(place, Text("one number for all regions; expected one for each"))
    lowest, highest = unit_of(key.rpartition(".")[2]).natural_limits
    moved = []
    for code, offset in zip(form.codes, form.columns, strict=True):
        if not isinstance(offset, float):
            raise problem(f"{place}.{code}", Text("expected a number for all years"))
        limits = interval.lower + offset, interval.upper + offset
        if not lowest <= limits[0] <= limits[1] <= highest:
            message = Text(
                "{offset:g} moves the range to {low:g} to {high:g}; expected {lowest:g} to {highest:g}",
                offset=offset,
                low=limits[0],
                high=limits[1],
                lowest=lowest,
                highest=highest,
            )
            raise problem(f"{place}.{code}", message)
        moved.append((code, Interval(interval.middle + offset, *limits)))
    return moved


def differences(found: Sequence[Estimate], folder: Path) -> tuple[str, ...]:
    """Keys and regions whose row in the table is not what the past says; every one where there is no table."""
    table = read_long_table(folder / TABLE, None, Findings()) if (folder / TABLE).is_file() else None
    rows = [row for rows in table.by_key.values() for row in rows] if table is not None else []
    kept = {(row.key, row.region): (row.value, row.low, row.high) for row in rows}
    now = {(each.key, each.region): each.interval for each in found}
    changed = [name for name, interval in now.items() if not _agree(kept.get(name), interval)]
    gone = [name for name in kept if name not in now]
    return tuple(" ".join(name) for name in (*changed, *gone))


def _agree(kept: tuple[float | None, ...] | None, now: Interval) -> bool:
    """Whether numbers agree but for round-off and what another version of a library may round otherwise."""
    numbers = (now.middle, now.lower, now.upper)
    return kept is not None and all(
        one is not None and math.isclose(one, other, rel_tol=_SAME, abs_tol=_SAME * _SMALL)
        for one, other in zip(kept, numbers, strict=True)
    )
