"""Checks of the size of a figure: powers of ten and units that went wrong on the way to print."""

from collections.abc import Iterator, Sequence
from math import log
from statistics import median
from typing import NamedTuple

from backlog_model.history.checks.families import Families, Family
from backlog_model.history.checks.figures import Figures
from backlog_model.history.tables import Row, compared
from backlog_model.history.tables.findings import Finding, figure
from backlog_model.history.tables.measures import AREA, MONEY, PERCENT, neighbour
from backlog_model.history.tables.relations import STOCKS, WITHIN
from backlog_model.translation import Text, joined

__all__ = ["sizes"]

_POWERS = (1e3, 1e6, 100.0, 10.0)
_POWERS_OF = {
    MONEY: (1e3, 1e6, 1e9, 100.0, 10.0),
    AREA: (1e3, 1e4, 1e6, 100.0, 10.0),
    PERCENT: (100.0, 10.0, 1e3),
}
_FITS = 6.0  # times or a sixth of the nearest comparable figure: then a power of ten explains the slip
_BEYOND_DOUBT = 8.0  # times the largest excess that could still be true
_TELLING = 10.0  # times the whole: so much too large says a thousand, less could be any slip
_OUTGROWN = 1.2  # a region may have passed what its province had in another year
_WHOLE_PERCENT = 20.0
_SHARE_FITS = 1.5


class _Slip(NamedTuple):
    """A figure that cannot be read as it stands, and what shows it."""

    row: Row
    others: Sequence[Row]
    whole: Row | None
    excess: float


def sizes(figures: Figures) -> Iterator[Finding]:
    """Figures a power of ten away from comparable ones, or larger than what they are part of."""
    families = Families(figures)
    for row in figures:
        if row.value == 0:
            continue
        whole = _exceeded(row, figures)
        family, excess = _against(row, families.of(row))
        if whole is not None or excess > 1:
            yield _finding(_Slip(row, family.others(row), whole, excess))


def _against(row: Row, families: Sequence[Family]) -> tuple[Family, float]:
    """The family that a figure fits worst, and its excess over it; else the nearest that is not empty."""
    excesses = [(family, max(family.excess(row), _share_as_percent(row, family))) for family in families]
    found = next((each for each in excesses if each[1] > 1), None)
    return found or next((each for each in excesses if len(each[0].rows) > 1), excesses[0])


def _share_as_percent(row: Row, family: Family) -> float:
    """Excess of a percent such as 0.43 beside 43.6: a share from 0 to 1 written as a percent."""
    if row.unit != "percent" or abs(row.value) > 1:
        return 0.0
    near = [other for other in family.amounts if other >= _WHOLE_PERCENT]
    fits = any(max(100 * abs(row.value) / other, other / (100 * abs(row.value))) < _SHARE_FITS for other in near)
    return 2.0 if fits else 0.0


def _exceeded(row: Row, figures: Figures) -> Row | None:
    """The largest stock that a figure is part of, where the figure is larger still."""
    dimension = row.measure.dimension
    forms = [relation.stock for relation in WITHIN if relation.part.fullmatch(row.indicator)]
    stocks = (figures.largest(form, row.code, dimension) for form in forms)
    # The first kind of stock that the tables hold is the one that the figure is part of.
    whole = next((stock for stock in stocks if stock is not None), None)
    if whole is not None and row.amount > whole.amount:
        return whole
    if "." not in row.code or row.measure.intensive:
        return None
    families = [form for form in STOCKS.values() if form.fullmatch(row.indicator)]
    whole = figures.largest(families[0], row.province, dimension) if families else None
    return whole if whole is not None and row.amount > _OUTGROWN * whole.amount else None


def _finding(slip: _Slip) -> Finding:
    row, whole = slip.row, slip.whole
    power, likely = _likely(slip)
    sure = whole is not None or slip.excess > _BEYOND_DOUBT or abs(log(power)) > log(500)
    beside = [*([whole] if whole is not None else []), *slip.others[:3]]
    level = None if sure else "warning"
    return compared(_message(slip), _reading(row, power, likely), [row, *beside], code=_code(row, power), level=level)


def _message(slip: _Slip) -> str:
    row, whole = slip.row, slip.whole
    clauses = []
    if whole is not None:
        stock = f"{_in_unit_of(row, whole)} ({whole.indicator} {whole.year})"
        clauses.append(Text("more than the whole stock of {stock}", stock=stock))
    if slip.others:
        near = ", ".join(_in_unit_of(row, other) for other in slip.others[:3])
        clauses.append(Text("against {near} in the same series", near=near))
    seen = f"{figure(row.value)} {row.unit}"
    return Text("{seen} is out of size: {clauses}", seen=seen, clauses=joined(clauses, ", "))


def _in_unit_of(row: Row, other: Row) -> str:
    return figure(other.amount / row.measure.scale)


def _likely(slip: _Slip) -> tuple[float, float]:
    """Power of ten that the figure is too large by (below 1: too small; 1: none fits), and the figure without it."""
    row = slip.row
    powers = _POWERS_OF.get(row.measure.dimension, _POWERS)
    if not slip.others:
        assert slip.whole is not None
        beyond = row.amount / slip.whole.amount
        power = next((each for each in powers if beyond <= each), 1.0) if beyond >= _TELLING else 1.0
        return power, row.value / power
    own = [other for other in slip.others if other.code == row.code]
    usual = abs(own[0].amount) if own else median(abs(other.amount) for other in slip.others)
    size = abs(row.amount)
    factors = [each if size > usual else 1 / each for each in powers]
    power = min(factors, key=lambda each: abs(log(size / each / usual)))
    fits = abs(log(size / power / usual)) < log(_FITS)
    return (power, row.value / power) if fits else (1.0, row.value)


def _reading(row: Row, power: float, likely: float) -> str:
    if power == 1.0:
        return Text("no power of ten explains it: look the figure up")
    plain = f"{figure(likely)} {row.unit}"
    unit = neighbour(row.unit, power)
    if unit is not None:
        return Text(
            "likely {plain}: the figure is in {unit}, or a decimal or thousands mark went wrong", plain=plain, unit=unit
        )
    return Text("likely {plain}: a decimal or thousands mark, or a unit, went wrong", plain=plain)


def _code(row: Row, power: float) -> str:
    if power == 1.0:
        return "beyond_the_whole"
    if neighbour(row.unit, power) is not None:
        return "unit_swap"
    return "decimal_mark" if 0.005 < power < 500 else "magnitude"
