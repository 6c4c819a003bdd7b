"""The unit in which people read a variable, and how many decimals that takes."""

from collections.abc import Sequence

from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.figures.figure import Cell, Column
from backlog_model.report.numbers import Language
from backlog_model.report.values import plain

_SCALES = {"share": 100.0, "idr": 1e-9}
DECIMALS = {"share": 2, "ha": 2, "years": 1, "idr": 1}


def read_as(value: float, variable: str) -> Cell:
    """A value in the unit people read it in: percent, billions of rupiah; None where undefined."""
    return plain(_SCALES.get(QUANTITIES[variable].unit, 1.0) * value)


def numbers(name: str, label: str, variable: str, language: Language) -> Column:
    """Column of values of a variable."""
    unit = QUANTITIES[variable].unit
    return Column(name, label, decimals=DECIMALS.get(unit, 0), unit=words.unit(unit, language))


def all_read_as(values: Sequence[float], variable: str) -> list[Cell]:
    """Values in the unit people read them in."""
    return [read_as(value, variable) for value in values]


def percent(share: float) -> Cell:
    """A share or chance in percent, without what the multiplication adds behind its last digit; None where undefined.

    Examples
    --------
    >>> percent(0.29), percent(float("nan"))
    (29, None)
    """
    return plain(round(100.0 * share, 9))
