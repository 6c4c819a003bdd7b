"""Checks of units: what an indicator can measure, and what the quotient of two figures can be."""

from collections.abc import Iterator, Sequence

from backlog_model.history.checks.figures import Figures
from backlog_model.history.tables import Row, compared, grouped
from backlog_model.history.tables.findings import Finding, figure
from backlog_model.history.tables.relations import DIMENSIONS, QUOTIENTS, Quotient
from backlog_model.translation import Text, joined

__all__ = ["quotients", "units"]

_ODD = 3  # at least so many figures of an indicator agree on what it measures before another unit is odd
_PRINTED = 2.5  # times the dearest printed price, or below the cheapest: overheads and rounding explain less


def units(figures: Figures) -> Iterator[Finding]:
    """Figures in a unit that their indicator cannot have, by its name or by its other figures."""
    for indicator, rows in grouped(figures, lambda row: row.indicator).items():
        expected = next((dimensions for form, dimensions in DIMENSIONS if form.fullmatch(indicator)), None)
        usual = _usual(rows)
        for row in rows:
            measured = row.measure.dimension.removesuffix("/year")
            if expected is not None and measured not in expected:
                likely = joined(sorted(expected), Text(" or "))
                message = Text(
                    "{indicator} is in {unit}, but it counts {likely}",
                    indicator=indicator,
                    unit=row.unit,
                    likely=likely,
                )
                reading = Text("likely {likely}: the unit was swapped", likely=likely)
                yield compared(message, reading, [row], code="unit_swap")
            elif expected is None and usual is not None and row.measure.dimension != usual.measure.dimension:
                message = Text(
                    "{indicator} is in {unit} here and in {usual} elsewhere",
                    indicator=indicator,
                    unit=row.unit,
                    usual=usual.unit,
                )
                reading = Text("likely {unit}, or give it a name of its own", unit=usual.unit)
                yield compared(message, reading, [row, usual], code="unit_swap", level="warning")


def _usual(rows: Sequence[Row]) -> Row | None:
    """A figure in the unit that most others of the indicator have too, where there are enough of them."""
    most = max(grouped(rows, lambda row: row.measure.dimension).values(), key=len)
    return most[0] if len(most) >= max(_ODD, 2 * (len(rows) - len(most))) else None


def quotients(figures: Figures) -> Iterator[Finding]:
    """Pairs of figures whose quotient cannot be: a price a house, persons a household."""
    for relation in QUOTIENTS:
        over = _sides(figures, relation, relation.dimensions[0])
        under = _sides(figures, relation, relation.dimensions[1])
        prices = grouped(
            (row for row in figures if relation.prices.fullmatch(row.indicator) and not row.doubted),
            lambda row: row.program,
        )
        for key in over.keys() & under.keys():
            bounds = _bounds(relation, prices.get(key[2], []))
            yield from _impossible(relation, over[key], under[key], bounds)


def _sides(figures: Figures, relation: Quotient, dimension: str) -> dict[tuple[str, int, str, str], list[Row]]:
    form = relation.over if dimension == relation.dimensions[0] else relation.under
    rows = (row for row in figures if form.fullmatch(row.indicator) and row.measure.dimension == dimension)
    return grouped((row for row in rows if row.value > 0), lambda row: (row.code, row.year, row.program, row.funding))


def _bounds(relation: Quotient, prices: Sequence[Row]) -> tuple[float, float]:
    if not prices:
        return relation.lowest, relation.highest
    amounts = [price.amount for price in prices]
    return min(amounts) / _PRINTED, max(amounts) * _PRINTED


def _impossible(
    relation: Quotient, over: Sequence[Row], under: Sequence[Row], bounds: tuple[float, float]
) -> Iterator[Finding]:
    """Figures whose quotients with all figures on the other side are out of bounds."""
    odd = [row for row in over if all(not bounds[0] <= row.amount / each.amount <= bounds[1] for each in under)]
    for row in odd:
        yield _unlikely(relation, row, under[0], bounds, row)
    for row in under if len(under) > 1 and not odd else ():
        if all(not bounds[0] <= each.amount / row.amount <= bounds[1] for each in over):
            yield _unlikely(relation, over[0], row, bounds, row)


def _unlikely(relation: Quotient, over: Row, under: Row, bounds: tuple[float, float], row: Row) -> Finding:
    quotient = over.amount / under.amount
    off = max(quotient / bounds[1], bounds[0] / quotient)
    stated = f"{figure(over.value)} {over.unit} / {figure(under.value)} {under.unit}"
    found = f"{quotient:,.4g} {over.measure.dimension}"
    message = Text("{stated} is {found} {each}", stated=stated, found=found, each=relation.name)
    low, high = f"{bounds[0]:,.4g}", f"{bounds[1]:,.4g}"
    reading = Text(
        "expected {low} to {high}: a unit or a thousands mark went wrong in one of the two", low=low, high=high
    )
    rows = [row, under if row is over else over]
    return compared(message, reading, rows, code="implausible_quotient", level=None if off > 20 else "warning")
