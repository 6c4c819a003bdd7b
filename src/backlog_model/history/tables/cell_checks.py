"""Checks of single cells of a history table: what is no year, code, number or source."""

import math
import re
from collections.abc import Iterator, Mapping

from backlog_model.history.tables import relations
from backlog_model.history.tables.findings import Finding
from backlog_model.translation import Text

__all__ = ["STATUSES", "date_of", "wrong_cells"]

STATUSES = ("reported", "target", "derived", "conflicting", "assumption")

_LARGEST = 1e15
_NUMBER = re.compile(r"[+-]?\d+(_\d+)*(\.\d+)?([eE][+-]?\d+)?")
_CODE = re.compile(r"ID|\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
_YEAR = re.compile(r"(19|20)\d{2}")
_DATE = re.compile(r"(19|20)\d{2}(-\d{2}(-\d{2})?)?|unknown")
# A share of something lies from 0 to 100 percent; a change or a growth need not.
_WHOLES = {"percent": 100, "share": 1}
_OF_A_WHOLE = re.compile(r"^(?!.*change).*(share|households_|poverty_rate|decent_)")


def wrong_cells(cells: Mapping[str, str], place: str) -> Iterator[Finding]:
    """What is wrong with the cells of one row.

    Parameters
    ----------
    cells : text of each column of the history tables, without blanks around it
    place : where the row stands, such as file:line
    """
    if not _YEAR.fullmatch(cells["year"]):
        seen = cells["year"]
        message = Text("year {seen!r} is not a year", seen=seen)
        reading = Text("expected one year such as 2025")
        yield Finding(place, (seen,), message, reading, code="year")
    if not _CODE.fullmatch(cells["region_code"]):
        yield _wrong_code(cells["region_code"], cells["region"], place)
    for name in ("indicator", "unit"):
        if not cells[name]:
            message, reading = Text("{name} is empty", name=name), Text("say the {name}", name=name)
            yield Finding(place, (), message, reading, code="empty_cell")
    if cells["status"] not in STATUSES:
        seen = cells["status"]
        message = Text("status {seen!r} is unknown", seen=seen)
        known = ", ".join(STATUSES)
        reading = Text("expected one of {known}", known=known)
        yield Finding(place, (seen,), message, reading, code="status")
    yield from _wrong_source(cells, place)
    yield from _wrong_number(cells, place)


def _wrong_source(cells: Mapping[str, str], place: str) -> Iterator[Finding]:
    worked_out = cells["status"] in ("derived", "assumption") and cells["note"]
    if not cells["source_url"] and not worked_out:
        reading = Text("say in source_url who published it, or in the note how it was worked out (derived, assumption)")
        yield Finding(place, (cells["value"],), Text("no source"), reading, code="no_source")
    if not _DATE.fullmatch(cells["source_date"]) and cells["source_date"] + cells["source_url"]:
        seen = cells["source_date"]
        message = Text("source_date {seen!r} is not a date", seen=seen)
        reading = Text("expected 2025-08-28, 2025-08, 2025 or unknown")
        yield Finding(place, (seen,), message, reading, "warning", code="source_date")


def date_of(text: str) -> str:
    """A day, month or year as written, or nothing where it is unknown or no date.

    Examples
    --------
    >>> date_of("2025-08"), date_of("unknown"), date_of("May 2025")
    ('2025-08', '', '')
    """
    return text if _DATE.fullmatch(text) and text != "unknown" else ""


def _wrong_code(code: str, region: str, place: str) -> Finding:
    if re.fullmatch(r"\d{2}\.\d", code):
        reading = Text("write {code}0: a spreadsheet drops the last zero of a code that is not text", code=code)
    elif re.fullmatch(r"\d{4}", code):
        reading = Text("write {first}.{second}", first=code[:2], second=code[2:])
    else:
        reading = Text("expected a code such as 63 or 63.10, or ID for the country")
    message = Text("region code {code!r} of {region} is not a code", code=code, region=region or Text("no region"))
    return Finding(place, (code,), message, reading, code="region_code")


def _wrong_number(cells: Mapping[str, str], place: str) -> Iterator[Finding]:
    text, unit = cells["value"], cells["unit"]
    if not text:
        message = Text("value is empty")
        reading = Text("leave the row out: a missing figure is not zero")
        yield Finding(place, (), message, reading, code="empty_cell")
    elif not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        message = Text("value {text!r} is not a plain number", text=text)
        likely = _plain(text)
        reading = Text("write {likely}", likely=likely)
        yield Finding(place, (text,), message, reading, code="number")
    elif abs(float(text)) > _LARGEST:
        message = Text("value {text}: nothing is as many", text=text)
        yield Finding(place, (text,), message, Text("write a plain number"), code="number")
    elif unit in relations.COUNT_UNITS and cells["status"] != "derived" and not float(text).is_integer():
        message = Text("{text} {unit}: {unit} come in whole numbers", text=text, unit=unit)
        whole = _without_marks(text)
        reading = Text("write {whole} if the dot groups thousands", whole=whole)
        yield Finding(place, (f"{text} {unit}",), message, reading, code="decimal_mark")
    elif unit in _WHOLES and _OF_A_WHOLE.search(cells["indicator"]) and not 0 <= float(text) <= _WHOLES[unit]:
        message = Text("a share of {text} {unit}", text=text, unit=unit)
        upper = f"{_WHOLES[unit]} {unit}"
        reading = Text("a share lies from 0 to {upper}", upper=upper)
        yield Finding(place, (f"{text} {unit}",), message, reading, code="percent_range")


def _plain(text: str) -> str:
    """How to write a grouped or decimal-comma number.

    Examples
    --------
    >>> _plain("1.751.418"), _plain("345,029"), _plain("43,62"), _plain("1.234,5")
    ('1751418', '345.029 (decimal comma) or 345029 (thousands)', '43.62', '1234.5')
    """
    if _NUMBER.fullmatch(text):
        return Text("a finite number")
    bare = re.sub(r"[^\d.,+-]", "", text)
    if re.fullmatch(r"[+-]?\d{1,3}([.,]\d{3})+", bare):
        dotted, whole = bare.replace(",", "."), _without_marks(bare)
        if len(re.findall(r"[.,]", bare)) > 1:
            return whole
        return Text("{dotted} (decimal comma) or {whole} (thousands)", dotted=dotted, whole=whole)
    if re.fullmatch(r"[+-]?[\d.]+,\d+", bare):
        return bare.replace(".", "").replace(",", ".")
    if re.fullmatch(r"[+-]?[\d,]+\.\d+", bare):
        return bare.replace(",", "")
    if _NUMBER.fullmatch(bare):
        return bare
    return Text("digits with a decimal dot, such as 345.029")


def _without_marks(text: str) -> str:
    return text.replace(".", "").replace(",", "")
