"""Checks of a figure against the same series: size, repetition, breaks, gaps, claims."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from statistics import median

from backlog_model.history.relations import (
    CLAIM_PER_YEAR,
    CLAIM_STOCK,
    HOUSE_UNITS,
    ONE_PRICE,
    REGISTRIES,
    RUNNING,
    STOCKS,
    WITHIN,
)
from backlog_model.history.tables import NATIONAL, Finding, Row, best, compared, figure, grouped, severity

_OUT_OF_SIZE = 100  # times the largest, or below the smallest, of all others
_OUT_OF_SIZE_OF_ONE = 500
_POWERS = (1000.0, 1e6, 100.0, 10.0)
_BREAK = 2.0  # between two figures of a stock, whatever the years between them
_BREAK_PER_YEAR = 1.3
_BREAK_OF_REGISTRY = 1.2  # where the notes name different registries
_CLAIM_EXCESS = 1.25
_PRICE_DIFFERENCE = 0.05


def sizes(rows: Sequence[Row]) -> Iterator[Finding]:
    """Figures a power of ten away from their series, or larger than the stock they are part of."""
    local = [row for row in rows if row.code != NATIONAL and row.value != 0]
    families = grouped(local, lambda row: row.series[1:])
    for row in local:
        others = [other for other in families[row.series[1:]] if other is not row]
        stocks = _stocks_above(row, local)
        if (stocks and row.value > max(stock.value for stock in stocks)) or _out_of_size(row, others):
            nearest = [other for other in others if other.code == row.code] or others
            yield _slip(row, stocks, sorted(nearest, key=lambda other: abs(other.year - row.year)))


def _stocks_above(row: Row, rows: Sequence[Row]) -> list[Row]:
    firm = [other for other in rows if other.code == row.code and _same_unit(row, other) and not other.doubted]
    for relation in WITHIN:
        stocks = [other for other in firm if relation.stock.fullmatch(other.indicator)]
        if stocks and relation.part.fullmatch(row.indicator):
            return stocks
    return []


def _same_unit(one: Row, other: Row) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= HOUSE_UNITS


def _out_of_size(row: Row, others: Sequence[Row]) -> bool:
    values = [abs(other.value) for other in others]
    if len(values) < 2:
        return any(abs(row.value) >= _OUT_OF_SIZE_OF_ONE * value for value in values)
    return abs(row.value) >= _OUT_OF_SIZE * max(values) or abs(row.value) * _OUT_OF_SIZE <= min(values)


def _slip(row: Row, stocks: Sequence[Row], others: Sequence[Row]) -> Finding:
    stock = max(stocks, key=lambda each: each.value, default=None)
    clauses = []
    if stock is not None and row.value > stock.value:
        clauses.append(f"more than the whole stock of {figure(stock.value)} ({stock.indicator} {stock.year})")
    if others:
        clauses.append(f"against {', '.join(figure(other.value) for other in others[:3])} in the same series")
    usual = abs(others[0].value) if others else median(abs(each.value) for each in stocks)
    larger = abs(row.value) > usual
    scaled = [row.value / power if larger else row.value * power for power in _POWERS]
    likely = min(scaled, key=lambda value: max(abs(value) / usual, usual / abs(value)))
    message = f"{figure(row.value)} {row.unit} is out of size: {', '.join(clauses)}"
    reading = f"likely {figure(likely)} {row.unit}: a decimal or thousands mark, or a unit, went wrong"
    return compared(message, reading, [row, *([stock] if stock is not None else []), *others[:3]])


def repetitions(rows: Sequence[Row]) -> Iterator[Finding]:
    """Rows written twice, and different values for one figure."""
    for group in grouped(rows, lambda row: (row.year, *row.series)).values():
        for same in grouped(group, lambda row: (row.value, row.source, row.source_date, row.status, row.note)).values():
            for row in same[1:]:
                yield compared("the same row again", "delete one", [row, same[0]], level="error")
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
    reading = "decide which one holds, and mark the others conflicting"
    if len(firm) == 1:
        reading = f"use {figure(firm.pop())}, the one not marked conflicting"
    yield compared(f"different values for {rows[0].indicator} {rows[0].year}: {values}", reading, ordered)


def breaks(rows: Sequence[Row]) -> Iterator[Finding]:
    """Steps of a stock too large for one source and definition: no trend may run across them."""
    for family, code in _stock_series(rows):
        by_year = _by_year(_stock_rows(rows, family, code))
        for (_, before), (_, after) in pairwise(by_year):
            old, new = max(product(before, after), key=lambda pair: _factor(*pair))
            if _steps(old, new):
                yield _break(old, new)


def _steps(old: Row, new: Row) -> bool:
    factor = _factor(old, new)
    registry = _registries(old) != _registries(new) and factor > _BREAK_OF_REGISTRY
    return registry or factor > _BREAK or factor ** (1 / (new.year - old.year)) > _BREAK_PER_YEAR


def _break(old: Row, new: Row) -> Finding:
    step = f"{figure(old.value)} ({old.year}) -> {figure(new.value)} ({new.year}), x{new.value / old.value:.2g}"
    if old.source == new.source and _registries(old) == _registries(new):
        reading = "one source gives both: check the unit"
        return compared(f"{new.indicator}: {step} in {new.year - old.year} years", reading, [new, old], level="warning")
    names = [", ".join(sorted(_registries(row))) or "another source" for row in (old, new)]
    between = f" ({names[0]} -> {names[1]})" if names[0] != names[1] else ""
    message = f"{new.indicator}: {step}: a change of source{between}, not a trend"
    return compared(message, "never fit or chain across it; enter it as a revision", [new, old], level="warning")


def _factor(old: Row, new: Row) -> float:
    return max(new.value / old.value, old.value / new.value)


def _registries(row: Row) -> frozenset[str]:
    return frozenset(word.lower() for word in REGISTRIES.findall(row.note))


def _stock_series(rows: Sequence[Row]) -> list[tuple[str, str]]:
    named = [(family, row.code) for family, form in STOCKS.items() for row in rows if form.fullmatch(row.indicator)]
    return list(dict.fromkeys(named))


def _stock_rows(rows: Sequence[Row], family: str, code: str) -> list[Row]:
    named = [row for row in rows if row.code == code and STOCKS[family].fullmatch(row.indicator)]
    return [row for row in named if row.value > 0 and not row.planned]


def _by_year(rows: Sequence[Row]) -> list[tuple[int, list[Row]]]:
    """Rows of each year, without those in doubt where there are others."""
    groups = grouped(sorted(rows, key=lambda row: row.year), lambda row: row.year)
    return [(year, [row for row in each if not row.doubted] or each) for year, each in groups.items()]


def claims(rows: Sequence[Row]) -> Iterator[Finding]:
    """Claims of houses handled a year that the fall of the stock does not show."""
    for claim in [row for row in rows if CLAIM_PER_YEAR.fullmatch(row.indicator)]:
        stock = [row for row in _stock_rows(rows, CLAIM_STOCK, claim.code) if row.year <= claim.year]
        firm = [best(each) for _, each in _by_year([row for row in stock if not row.doubted])][-2:]
        if len(firm) == 2 and not _steps(*firm):
            yield from _claim(claim, *firm)


def _claim(claim: Row, old: Row, new: Row) -> Iterator[Finding]:
    years = max(_moment(new) - _moment(old), 0.5)
    fall = (old.value - new.value) / years
    if claim.value > _CLAIM_EXCESS * fall:
        stated = f"{figure(old.value)} -> {figure(new.value)} in {years:.1f} years, {figure(fall, 0)} a year"
        message = f"{figure(claim.value)} a year are said to be handled, but the stock went {stated}"
        reading = f"either {figure(claim.value - fall, 0)} a year came in anew or the claim is too high"
        yield compared(message, reading, [claim, new, old], level="warning")


def _moment(row: Row) -> float:
    """Point in time of a stock: the end of its year, or the day of a statement made during it."""
    date = re.fullmatch(rf"{row.year}-(\d\d)(?:-(\d\d))?", row.source_date)
    if date is None:
        return row.year + 1.0
    return row.year + (int(date[1]) - 1 + (int(date[2] or 15) - 1) / 31) / 12


def falling_totals(rows: Sequence[Row]) -> Iterator[Finding]:
    """Cumulative counts that go down."""
    counted = [row for row in rows if "cumulative" in row.indicator and not row.planned]
    for series in grouped(counted, lambda row: row.series).values():
        for (_, before), (_, after) in pairwise(_by_year(series)):
            old, new = best(before), best(after)
            if new.value < old.value - old.rounding - new.rounding:
                step = f"from {figure(old.value)} ({old.year}) to {figure(new.value)} ({new.year})"
                reading = "another base or definition, or one of the two is wrong"
                yield compared(f"a cumulative count falls {step}", reading, [new, old])


def gaps(rows: Sequence[Row]) -> Iterator[Finding]:
    """Years missing from a series that is otherwise given every year."""
    for series in grouped((row for row in rows if not row.doubted), lambda row: row.series).values():
        by_year = {row.year: row for row in series}
        missing = sorted(set(range(min(by_year), max(by_year))) - set(by_year))
        if missing and len(missing) <= len(by_year) / 4:
            after = min(year for year in by_year if year > missing[0])
            message = f"{series[0].indicator}: no value for {', '.join(map(str, missing))}"
            reading = "a missing year is not zero: add it or leave it open"
            yield compared(message, reading, [by_year[after]], level="warning")


def prices(rows: Sequence[Row]) -> Iterator[Finding]:
    """Different prices in one year for a programme that pays the same everywhere."""
    priced = [row for row in rows if ONE_PRICE.get(row.indicator) == row.program and (row.firm or row.doubted)]
    for group in grouped(priced, lambda row: (row.indicator, row.year)).values():
        low, high = min(group, key=lambda row: row.value), max(group, key=lambda row: row.value)
        if high.value > low.value * (1 + _PRICE_DIFFERENCE):
            ordered = sorted([low, high], key=lambda row: not row.doubted)
            message = f"{low.program} pays {figure(low.value)} and {figure(high.value)} {low.unit} in {low.year}"
            reading = f"one price holds in every region: likely {figure(best(group).value)}"
            yield compared(message, reading, ordered, level=severity(low, high))


def region_names(rows: Sequence[Row]) -> Iterator[Finding]:
    """Codes with two names: a code that a spreadsheet has changed falls on another region."""
    for code, group in grouped(rows, lambda row: row.code).items():
        names = grouped(group, lambda row: row.region)
        usual = max(names, key=lambda name: len(names[name]))
        for name, odd in names.items():
            if name != usual:
                message = f"region code {code} is {name} here and {usual} elsewhere"
                yield compared(message, f"give {name} its own code", [odd[0], names[usual][0]], level="error")
