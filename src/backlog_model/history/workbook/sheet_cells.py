"""What a cell of a workbook says, by the column it stands in; a spreadsheet changes what people typed."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from backlog_model.history.tables.findings import Finding
from backlog_model.history.workbook.sheets import Cell
from backlog_model.translation import Text

_GROUPED = re.compile(r"[+-]?\d{1,3}\.\d{3}")
_CODE_DIGITS = {2: (2,), 4: (2, 2), 6: (2, 2, 2), 10: (2, 2, 2, 4)}
_DIGITS = 15  # of a number in a spreadsheet; more are noise of its arithmetic
_LARGEST_BITS = 1000  # of an integer that is still a number to a computer
_DAY_0 = datetime(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class Read(NamedTuple):
    """Text of a cell as a table in CSV would have it, and what is to be said about the cell."""

    text: str
    findings: tuple[Finding, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether the text can be taken as it stands."""
        return all(finding.severity != "error" for finding in self.findings)


def read_cell(cell: Cell | None, column: str, place: str) -> Read:
    """Text of a cell of a history or region table, and what is wrong with how it is stored.

    Parameters
    ----------
    cell : None where it is blank
    column : name of its column
    place : file:sheet!cell
    """
    if cell is None:
        return Read("")
    if cell.is_error:
        message = Text("the cell shows {value}", value=cell.value)
        reading = Text("write the value itself; a missing figure is a row left out")
        return Read("", (Finding(place, (str(cell.value),), message, reading, code="error_cell"),))
    if cell.value is None:
        formula = _shortened(cell.formula)
        message = Text("the formula {formula} has no result in the file", formula=formula)
        reading = Text("open the workbook in a spreadsheet program and save it, or paste the value")
        return Read("", (Finding(place, (cell.formula,), message, reading, code="formula"),))
    read = _READERS.get(column, _read_text)(cell, place)
    return Read(read.text, (*_of_formula(cell, read.text, place), *read.findings))


def _of_formula(cell: Cell, text: str, place: str) -> Iterator[Finding]:
    if cell.formula:
        formula = _shortened(cell.formula)
        message = Text("the formula {formula}; its last result is used: {text}", formula=formula, text=text)
        reading = Text("paste the value in its place")
        yield Finding(place, (cell.formula, text), message, reading, "warning", code="formula")


def _shortened(formula: str) -> str:
    return formula if len(formula) <= 40 else f"{formula[:37]}..."


def _read_text(cell: Cell, place: str) -> Read:
    value = cell.value
    if isinstance(value, bool):
        return Read(str(value).upper())
    if isinstance(value, int | float):
        return Read(number_text(value))
    if isinstance(value, datetime | date | time):
        return Read(value.isoformat().removesuffix("T00:00:00"))
    return Read(str(value).replace("\xa0", " ").strip())


def number_text(value: float) -> str:
    """Shortest digits of a number in a spreadsheet, without an exponent.

    Examples
    --------
    >>> number_text(2804.0), number_text(345.029), number_text(0.1 + 0.2), number_text(4.76e12)
    ('2804', '345.029', '0.3', '4760000000000')
    """
    if isinstance(value, int) and value.bit_length() > _LARGEST_BITS:
        return f"1e{round(value.bit_length() * math.log10(2))}"
    short = f"{value:.{_DIGITS}g}"
    return f"{Decimal(short):f}" if "e" in short else short


def _read_year(cell: Cell, place: str) -> Read:
    if not isinstance(cell.value, date | time | timedelta):
        return _read_text(cell, place)
    serial = _serial(cell.value)
    year = int(serial) if _FIRST_YEAR <= serial <= _LAST_YEAR else getattr(cell.value, "year", None)
    reading = Text("expected one year such as 2025")
    if year:
        reading = Text("write {year} and format the cell as a number", year=year)
    message = Text("a date where a year is expected")
    return _refused(cell, place, message, reading, code="date_cell")


def _read_code(cell: Cell, place: str) -> Read:
    """Codes are text: as a number 63.10 loses its zero, and as a date it is October 1963."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float | date | time | timedelta):
        return _read_text(cell, place)
    if isinstance(value, int | float):
        seen = number_text(value)
        message = Text("region code {seen} is a number, not text", seen=seen)
        likely, code = _code_of_digits(seen), "number_code"
    else:
        message = Text("a date or time where a region code is expected")
        likely, code = _code_of_date(value), "date_cell"
    reading = Text("format the column as Text, then write {likely}", likely=likely or Text("the code, such as 63.10"))
    return _refused(cell, place, message, reading, code=code)


def _code_of_digits(text: str) -> str | None:
    """Code that was typed, from the number that it became.

    Examples
    --------
    >>> _code_of_digits("63.1"), _code_of_digits("6310"), _code_of_digits("63"), _code_of_digits("7")
    ('63.10', '63.10', '63', None)
    """
    whole, _, decimals = text.partition(".")
    digits = whole + (decimals.ljust(2, "0") if decimals else "")
    parts, start = [], 0
    for length in _CODE_DIGITS.get(len(digits), ()):
        parts.append(digits[start : start + length])
        start += length
    return ".".join(parts) or None


def _code_of_date(value: object) -> str | None:
    """Code that was typed, from the date (year and month, or day and month) or the time that it became."""
    if isinstance(value, date):
        return f"{value.year % 100:02}.{value.month:02}" if value.day == 1 else f"{value.day:02}.{value.month:02}"
    if isinstance(value, timedelta):
        hours, seconds = divmod(round(value.total_seconds()), 3600)
        return f"{hours:02}.{seconds // 60:02}"
    return f"{value.hour:02}.{value.minute:02}" if isinstance(value, time) else None


def _read_value(cell: Cell, place: str) -> Read:
    value = cell.value
    if isinstance(value, bool):
        seen = str(value).upper()
        message = Text("{seen} where a number is expected", seen=seen)
        return _refused(cell, place, message, Text("write a number"), code="number")
    if isinstance(value, date | time | timedelta):
        message = Text("a date or time where a number is expected")
        serial = number_text(_serial(value))
        reading = Text(
            "the number behind it is {serial}; format the cell as a number and write it again", serial=serial
        )
        return _refused(cell, place, message, reading, code="date_cell")
    read = _read_text(cell, place)
    return read if isinstance(value, int | float) else Read(read.text, tuple(_of_text_number(read.text, place)))


def _of_text_number(text: str, place: str) -> Iterator[Finding]:
    """A number kept as text; whether its dot is a decimal mark cannot be told where three digits follow."""
    if _GROUPED.fullmatch(text):
        message = Text("value {text!r} is text, and its dot may group thousands", text=text)
        whole = text.replace(".", "")
        reading = Text(
            "write {whole} (thousands) or {text} (decimal dot) in a cell formatted as a number", whole=whole, text=text
        )
        yield Finding(place, (text,), message, reading, code="text_number")
    elif re.fullmatch(r"[+-]?\d+(\.\d+)?", text):
        message = Text("value {text!r} is text, not a number; it is read as {text}", text=text)
        reading = Text("format the cell as a number")
        yield Finding(place, (text,), message, reading, "warning", code="text_number")


def _read_date(cell: Cell, place: str) -> Read:
    if not isinstance(cell.value, date):
        return _read_text(cell, place)
    written = cell.value.strftime("%Y-%m-%d" if _shows(cell, "d") else "%Y-%m" if _shows(cell, "m") else "%Y")
    message = Text("a date cell, read as {written}", written=written)
    reading = Text("write {written} as text: a spreadsheet may have taken the day for the month", written=written)
    return Read(written, (Finding(place, (written,), message, reading, "warning", code="date_cell"),))


def _shows(cell: Cell, letter: str) -> bool:
    return letter in _QUOTED.sub("", cell.number_format.lower())


def is_percent(cell: Cell) -> bool:
    """Whether a cell shows its number a hundred times larger, with a percent sign."""
    is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    return is_number and "%" in _QUOTED.sub("", cell.number_format)


def percent_format(text: str, unit: str, place: str) -> Finding:
    """What to say of a number under a percent format: right for a share of 0 to 1, wrong for any other unit."""
    shown = f"{number_text(100 * float(text))} %"
    if unit == "share":
        message = Text("{text} is shown as {shown}; it is read as a share of {text}", text=text, shown=shown)
        reading = Text("format the cell as a number")
        return Finding(place, (text, shown), message, reading, "warning", code="percent_format")
    message = Text(
        "{text} is shown as {shown}, but the unit is {unit}", text=text, shown=shown, unit=unit or Text("not said")
    )
    percent = shown.removesuffix(" %")
    reading = Text("format the cell as a number and write {percent} with the unit percent", percent=percent)
    return Finding(place, (text, shown), message, reading, code="percent_format")


def _refused(cell: Cell, place: str, message: str, reading: str, *, code: str) -> Read:
    seen = _read_text(cell, place).text
    if seen not in message:
        message = Text("{message}: {seen}", message=message, seen=seen)
    return Read("", (Finding(place, (seen,), message, reading, code=code),))


def _serial(value: date | time | timedelta) -> float:
    """Number behind a date or time: days since the end of 1899.

    Examples
    --------
    >>> _serial(date(1905, 7, 17)), _serial(time(12, 0)), _serial(timedelta(hours=36))
    (2025.0, 0.5, 1.5)
    """
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if not isinstance(value, timedelta):
        value = (value if isinstance(value, datetime) else datetime.combine(value, time())) - _DAY_0
    return value / timedelta(days=1)


_READERS: Mapping[str, Callable[[Cell, str], Read]] = {
    "year": _read_year,
    "region_code": _read_code,
    "code": _read_code,
    "parent": _read_code,
    "value": _read_value,
    "source_date": _read_date,
}
