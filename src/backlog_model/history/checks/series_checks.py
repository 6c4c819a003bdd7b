"""Checks of a figure against the same series: repetition, breaks, gaps, falls, claims."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from backlog_model.history.checks.families import registries_named
from backlog_model.history.checks.figures import Figures
from backlog_model.history.tables import Row, best, compared, grouped, severity
from backlog_model.history.tables.findings import Finding, figure
from backlog_model.history.tables.relations import (
    CLAIM_PER_YEAR,
    CLAIM_STOCK,
    CUMULATIVE,
    ONE_PRICE,
    RUNNING,
    STOCKS,
)
from backlog_model.translation import Text

_BREAK = 2.0  # between two figures of a stock, whatever the years between them
_BREAK_PER_YEAR = 1.3
_BREAK_OF_REGISTRY = 1.2  # where the notes name different registries
_CLAIM_EXCESS = 1.25
_PRICE_DIFFERENCE = 0.05


def repetitions(figures: Figures) -> Iterator[Finding]:
    """Rows written twice, and different values for one figure."""
    for group in grouped(figures, lambda row: (row.year, *row.series)).values():
        for same in grouped(group, lambda row: (row.value, row.source, row.source_date, row.status, row.note)).values():
            for row in same[1:]:
                message = Text("the same row again")
                reading = Text("delete one")
                yield compared(message, reading, [row, same[0]], code="duplicate", level="error")
        for part in ([row for row in group if not row.planned], [row for row in group if row.planned or row.doubted]):
            yield from _disagreement(part)


def _disagreement(rows: Sequence[Row]) -> Iterator[Finding]:
    one_statement = len({(row.source, row.source_date) for row in rows}) < 2 and not any(row.doubted for row in rows)
    if one_statement or RUNNING.fullmatch(rows[0].indicator):
        return  # parts of one statement, or a count that grew during the year
    low, high = min(rows, key=lambda row: row.value), max(rows, key=lambda row: row.value)
    if high.value - low.value <= low.rounding + high.rounding:
        return
    ordered = sorted(rows, key=lambda row: not row.doubted)
    values = ", ".join(dict.fromkeys(figure(row.value) for row in sorted(rows, key=lambda row: row.value)))
    firm = {row.value for row in rows if not row.doubted}
    reading = Text("decide which one holds, and mark the others conflicting")
    if len(firm) == 1:
        likely = figure(firm.pop())
        reading = Text("use {likely}, the one not marked conflicting", likely=likely)
    what = f"{rows[0].indicator} {rows[0].year}: {values}"
    message = Text("different values for {what}", what=what)
    yield compared(message, reading, ordered, code="disagreement")


def breaks(figures: Figures) -> Iterator[Finding]:
    """Steps of a stock too large for one source and definition: no trend may run across them."""
    for family in STOCKS:
        stocks = grouped(_stock_rows(figures, family), lambda row: (row.code, row.measure.dimension))
        for each in stocks.values():
            yield from _breaks(_by_year(each))


def _breaks(by_year: Sequence[tuple[int, list[Row]]]) -> Iterator[Finding]:
    for (_, before), (_, after) in pairwise(by_year):
        old, new = max(product(_extremes(before), _extremes(after)), key=lambda pair: _factor(*pair))
        if _steps(old, new):
            yield _break(old, new)


def _extremes(rows: Sequence[Row]) -> tuple[Row, Row]:
    return min(rows, key=lambda row: row.amount), max(rows, key=lambda row: row.amount)


def _steps(old: Row, new: Row) -> bool:
    factor = _factor(old, new)
    registry = registries_named(old) != registries_named(new) and factor > _BREAK_OF_REGISTRY
    return registry or factor > _BREAK or factor ** (1 / (new.year - old.year)) > _BREAK_PER_YEAR


def _break(old: Row, new: Row) -> Finding:
    step = f"{figure(old.value)} ({old.year}) -> {figure(new.value)} ({new.year}), x{new.amount / old.amount:.2g}"
    before, after = _registries(old), _registries(new)
    if before == after and old.source == new.source:
        years = new.year - old.year
        message = Text("{indicator}: {step} in {years} years", indicator=new.indicator, step=step, years=years)
        reading = Text("one source gives both: check the unit")
        return compared(message, reading, [new, old], code="source_break", level="warning")
    between = ""
    if before != after:
        between = Text(" ({before} -> {after})", before=before, after=after)
    message = Text(
        "{indicator}: {step}: a change of source{between}, not a trend",
        indicator=new.indicator,
        step=step,
        between=between,
    )
    reading = Text("never fit or chain across it; enter it as a revision")
    return compared(message, reading, [new, old], code="source_break", level="warning")


def _registries(row: Row) -> str:
    named = ", ".join(sorted(registries_named(row)))
    return named if named else Text("another source")


def _factor(old: Row, new: Row) -> float:
    return max(new.amount / old.amount, old.amount / new.amount)


def _stock_rows(figures: Figures, family: str) -> list[Row]:
    named = (row for row in figures if STOCKS[family].fullmatch(row.indicator))
    return [row for row in named if row.value > 0 and not row.planned]


def _by_year(rows: Sequence[Row]) -> list[tuple[int, list[Row]]]:
    """Rows of each year, without those in doubt where there are others."""
    groups = grouped(sorted(rows, key=lambda row: row.year), lambda row: row.year)
    return [(year, [row for row in each if not row.doubted] or each) for year, each in groups.items()]


def claims(figures: Figures) -> Iterator[Finding]:
    """Claims of houses handled a year that the fall of the stock does not show."""
    stocks = grouped((row for row in _stock_rows(figures, CLAIM_STOCK) if not row.doubted), lambda row: row.code)
    claimed = (row for row in figures if CLAIM_PER_YEAR.fullmatch(row.indicator))
    for code, of_code in grouped(claimed, lambda row: row.code).items():
        firm = [best(each) for _, each in _by_year(stocks.get(code, []))]
        for claim in of_code:
            known = [row for row in firm if row.year <= claim.year][-2:]
            if len(known) == 2 and not _steps(*known):
                yield from _claim(claim, *known)


def _claim(claim: Row, old: Row, new: Row) -> Iterator[Finding]:
    years = max(_moment(new) - _moment(old), 0.5)
    fall = (old.value - new.value) / years
    if claim.value > _CLAIM_EXCESS * fall:
        claimed, step = figure(claim.value), f"{figure(old.value)} -> {figure(new.value)}"
        shown, anew = figure(fall, 0), figure(claim.value - fall, 0)
        message = Text(
            "{claimed} a year are said to be handled, but the stock went {step} in {years:.1f} years, {shown} a year",
            claimed=claimed,
            step=step,
            years=years,
            shown=shown,
        )
        reading = Text("either {anew} a year came in anew or the claim is too high", anew=anew)
        yield compared(message, reading, [claim, new, old], code="claim_against_stock", level="warning")


def _moment(row: Row) -> float:
    """Point in time of a stock: the end of its year, or the day of a statement made during it."""
    date = re.fullmatch(rf"{row.year}-(\d\d)(?:-(\d\d))?", row.source_date)
    if date is None:
        return row.year + 1.0
    return row.year + (int(date[1]) - 1 + (int(date[2] or 15) - 1) / 31) / 12


def falling_totals(figures: Figures) -> Iterator[Finding]:
    """Cumulative counts, and shares of a closed list, that go down."""
    counted = [row for row in figures if CUMULATIVE.fullmatch(row.indicator) and not row.planned]
    for series in grouped(counted, lambda row: row.series).values():
        for (_, before), (_, after) in pairwise(_by_year(series)):
            old, new = best(before), best(after)
            if new.value < old.value - old.rounding - new.rounding:
                yield _fall(old, new)


def _fall(old: Row, new: Row) -> Finding:
    is_share = new.measure.intensive
    start, end = f"{figure(old.value)} ({old.year})", f"{figure(new.value)} ({new.year})"
    message = (
        Text("a cumulative share falls from {start} to {end}", start=start, end=end)
        if is_share
        else Text("a cumulative count falls from {start} to {end}", start=start, end=end)
    )
    reading = Text("another base or definition, or one of the two is wrong")
    # A share falls without any slip as soon as it is taken of a longer list.
    return compared(message, reading, [new, old], code="falling_cumulative", level="warning" if is_share else None)


def gaps(figures: Figures) -> Iterator[Finding]:
    """Years missing from a series that is otherwise given every year."""
    for series in grouped((row for row in figures if not row.doubted), lambda row: row.series).values():
        by_year = {row.year: row for row in series}
        missing = sorted(set(range(min(by_year), max(by_year))) - set(by_year))
        if missing and len(missing) <= len(by_year) / 4:
            after = min(year for year in by_year if year > missing[0])
            years = ", ".join(map(str, missing))
            message = Text("{indicator}: no value for {years}", indicator=series[0].indicator, years=years)
            reading = Text("a missing year is not zero: add it or leave it open")
            yield compared(message, reading, [by_year[after]], code="gap", level="warning")


def prices(figures: Figures) -> Iterator[Finding]:
    """Different prices in one year for a programme that pays the same everywhere."""
    priced = [row for row in figures if ONE_PRICE.get(row.indicator) == row.program and (row.firm or row.doubted)]
    for group in grouped(priced, lambda row: (row.indicator, row.year)).values():
        low, high = min(group, key=lambda row: row.value), max(group, key=lambda row: row.value)
        if high.value > low.value * (1 + _PRICE_DIFFERENCE):
            ordered = sorted([low, high], key=lambda row: not row.doubted)
            message = Text(
                "{program} pays {low} and {high} {unit} in {year}",
                program=low.program,
                low=figure(low.value),
                high=figure(high.value),
                unit=low.unit,
                year=low.year,
            )
            likely = figure(best(group).value)
            reading = Text("one price holds in every region: likely {likely}", likely=likely)
            yield compared(message, reading, ordered, code="price", level=severity(low, high))


def region_names(figures: Figures) -> Iterator[Finding]:
    """Codes with two names: a code that a spreadsheet has changed falls on another region."""
    for code, group in figures.by_code.items():
        names = grouped(group, lambda row: row.region)
        usual = max(names, key=lambda name: len(names[name]))
        for name, odd in names.items():
            if name != usual:
                message = Text(
                    "region code {code} is {name} here and {usual} elsewhere", code=code, name=name, usual=usual
                )
                reading = Text("give {name} its own code", name=name)
                yield compared(message, reading, [odd[0], names[usual][0]], code="region_code", level="error")
