"""Checks of single cells of a history table: what is no year, code, number or source."""

import math
import re
from collections.abc import Iterator, Mapping

from backlog_model.history.tables import relations
from backlog_model.history.tables.findings import Finding

__all__ = ["STATUSES", "wrong_cells"]

STATUSES = ("reported", "target", "derived", "conflicting", "assumption")

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
        yield Finding(place, (seen,), f"year {seen!r} is not a year", "expected one year such as 2025", code="year")
    if not _CODE.fullmatch(cells["region_code"]):
        yield _wrong_code(cells["region_code"], cells["region"], place)
    for name in ("indicator", "unit"):
        if not cells[name]:
            yield Finding(place, (), f"{name} is empty", f"say the {name}", code="empty_cell")
    if cells["status"] not in STATUSES:
        seen = cells["status"]
        yield Finding(
            place, (seen,), f"status {seen!r} is unknown", f"expected one of {', '.join(STATUSES)}", code="status"
        )
    yield from _wrong_source(cells, place)
    yield from _wrong_number(cells, place)


def _wrong_source(cells: Mapping[str, str], place: str) -> Iterator[Finding]:
    worked_out = cells["status"] in ("derived", "assumption") and cells["note"]
    if not cells["source_url"] and not worked_out:
        reading = "say in source_url who published it, or in the note how it was worked out (derived, assumption)"
        yield Finding(place, (cells["value"],), "no source", reading, code="no_source")
    if not _DATE.fullmatch(cells["source_date"]) and cells["source_date"] + cells["source_url"]:
        seen = cells["source_date"]
        expected = "expected 2025-08-28, 2025-08, 2025 or unknown"
        yield Finding(place, (seen,), f"source_date {seen!r} is not a date", expected, "warning", code="source_date")


def _wrong_code(code: str, region: str, place: str) -> Finding:
    if re.fullmatch(r"\d{2}\.\d", code):
        reading = f"write {code}0: a spreadsheet drops the last zero of a code that is not text"
    elif re.fullmatch(r"\d{4}", code):
        reading = f"write {code[:2]}.{code[2:]}"
    else:
        reading = "expected a code such as 63 or 63.10, or ID for the country"
    return Finding(
        place, (code,), f"region code {code!r} of {region or 'no region'} is not a code", reading, code="region_code"
    )


def _wrong_number(cells: Mapping[str, str], place: str) -> Iterator[Finding]:
    text, unit = cells["value"], cells["unit"]
    if not text:
        yield Finding(place, (), "value is empty", "leave the row out: a missing figure is not zero", code="empty_cell")
    elif not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        yield Finding(place, (text,), f"value {text!r} is not a plain number", f"write {_plain(text)}", code="number")
    elif unit in relations.COUNT_UNITS and cells["status"] != "derived" and not float(text).is_integer():
        reading = f"write {_without_marks(text)} if the dot groups thousands"
        yield Finding(
            place, (f"{text} {unit}",), f"{text} {unit}: {unit} come in whole numbers", reading, code="decimal_mark"
        )
    elif unit in _WHOLES and _OF_A_WHOLE.search(cells["indicator"]) and not 0 <= float(text) <= _WHOLES[unit]:
        reading = f"a share lies from 0 to {_WHOLES[unit]} {unit}"
        yield Finding(place, (f"{text} {unit}",), f"a share of {text} {unit}", reading, code="percent_range")


def _plain(text: str) -> str:
    """How to write a grouped or decimal-comma number.

    Examples
    --------
    >>> _plain("1.751.418"), _plain("345,029"), _plain("43,62"), _plain("1.234,5")
    ('1751418', '345.029 (decimal comma) or 345029 (thousands)', '43.62', '1234.5')
    """
    if _NUMBER.fullmatch(text):
        return "a finite number"
    bare = re.sub(r"[^\d.,+-]", "", text)
    if re.fullmatch(r"[+-]?\d{1,3}([.,]\d{3})+", bare):
        single = len(re.findall(r"[.,]", bare)) == 1
        dotted = bare.replace(",", ".")
        return f"{dotted} (decimal comma) or {_without_marks(bare)} (thousands)" if single else _without_marks(bare)
    if re.fullmatch(r"[+-]?[\d.]+,\d+", bare):
        return bare.replace(".", "").replace(",", ".")
    if re.fullmatch(r"[+-]?[\d,]+\.\d+", bare):
        return bare.replace(",", "")
    return bare if _NUMBER.fullmatch(bare) else "digits with a decimal dot, such as 345.029"


def _without_marks(text: str) -> str:
    return text.replace(".", "").replace(",", "")
