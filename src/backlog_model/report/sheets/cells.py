"""What stands in cells: numbers in the unit people read, formulas with their values, and text that stays text."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from backlog_model.report.figures.figure import DECIMALS, Column, Figure
from backlog_model.report.figures.figure import Cell as Value

LONGEST = 32_000
"""Letters that fit into a cell of every spreadsheet."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Number(NamedTuple):
    """A number of a table.

    Attributes
    ----------
    value : as people read it, so that 43.62 is 43.62 percent; None where it is undefined
    decimals : behind the decimal mark
    percent : whether it is a percentage, which the spreadsheet stores as a share
    blank : whether an undefined one is left empty, as a chart needs it, rather than shown by a dash
    """

    value: float | None
    decimals: int = 0
    percent: bool = False
    blank: bool = False

    @property
    def stored(self) -> float | None:
        """The number as the spreadsheet has it."""
        return self.value / 100 if self.percent and self.value is not None else self.value


class Formula(NamedTuple):
    """A formula of ours, with the value it gives."""

    text: str
    value: float
    decimals: int = 0
    percent: bool = False

    @property
    def stored(self) -> float:
        """The value as the spreadsheet works it out."""
        return self.value / 100 if self.percent else self.value


Cell = str | int | Number | Formula | None


def clean(text: str) -> str:
    r"""Text that every spreadsheet can hold: without control characters, and not longer than a cell.

    Examples
    --------
    >>> clean("RTLH\x00 63\x1b[1m"), clean("two\nlines")
    ('RTLH 63[1m', 'two\nlines')
    """
    return _FORBIDDEN.sub("", text)[:LONGEST]


def number_format(decimals: int, *, percent: bool, signed: bool = False) -> str:
    """Format of a number, in the way formats are stored; programs show it as the country of the reader writes it.

    Examples
    --------
    >>> number_format(0, percent=False), number_format(2, percent=True), number_format(1, percent=False, signed=True)
    ('#,##0', '0.00%', '+#,##0.0;-#,##0.0;0')
    """
    if percent:
        return f"0.{'0' * decimals}%" if decimals else "0%"
    shown = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    return f"+{shown};-{shown};0" if signed else shown


def is_percent(unit: str) -> bool:
    """Whether numbers of a unit are percentages.

    Examples
    --------
    >>> is_percent("%"), is_percent("% per tahun"), is_percent("rumah")
    (True, True, False)
    """
    return unit.startswith("%")


def rows_of(figure: Figure, names: Sequence[str] = ()) -> list[list[Cell]]:
    """Cells of a figure, row by row: of the columns that people read, or of these."""
    known = {column.name: column for column in figure.columns}
    columns = [known[name] for name in names] if names else list(figure.read)
    return [[_cell(column, record) for column in columns] for record in figure.records]


def _cell(column: Column, record: Mapping[str, Value]) -> Cell:
    value = record[column.name]
    if isinstance(value, str) or (column.kind == "year" and isinstance(value, int)):
        return value
    if column.kind != "number":
        return None if value is None else str(value)
    decimals = record.get(DECIMALS) if not column.unit else None
    unit = column.unit or str(record.get("unit", ""))
    return Number(value, decimals if isinstance(decimals, int) else column.decimals, is_percent(unit))
