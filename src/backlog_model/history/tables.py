"""Tidy history tables: one figure a row, with region, year, unit and source."""

import csv
import io
import math
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from backlog_model.history import relations

if TYPE_CHECKING:
    from _csv import Reader

COLUMNS = ("year", "region_code", "region", "indicator", "value", "unit", "source_url", "source_date", "status", "note")
STATUSES = ("reported", "target", "derived", "conflicting", "assumption")
NATIONAL = "ID"

Key = TypeVar("Key", bound=Hashable)

_NUMBER = re.compile(r"[+-]?\d+(_\d+)*(\.\d+)?([eE][+-]?\d+)?")
_CODE = re.compile(r"ID|\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
_YEAR = re.compile(r"(19|20)\d{2}")
_DATE = re.compile(r"(19|20)\d{2}(-\d{2}(-\d{2})?)?|unknown")


@dataclass(frozen=True)
class Finding:
    """Something in the data that is wrong or must not be read as it stands.

    Attributes
    ----------
    place : file:line of the row to look at
    seen : the values that disagree, as written
    message : what is wrong
    reading : the reading that is likely right
    severity : error, or warning where the row says so itself or the figures can be right
    others : file:line of the rows it was compared with
    """

    place: str
    seen: tuple[str, ...]
    message: str
    reading: str
    severity: str = "error"
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        beside = f" (beside {', '.join(self.others)})" if self.others else ""
        return f"{self.place}: {self.severity}: {self.message}; {self.reading}{beside}"


Check = Callable[[Sequence["Row"]], Iterator[Finding]]


@dataclass(frozen=True)
class Row:
    """One figure of a history table."""

    file: str
    line: int
    year: int
    code: str
    region: str
    indicator: str
    text: str
    unit: str
    source: str
    source_date: str
    status: str
    note: str
    program: str = ""
    funding: str = ""
    value: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", float(self.text))

    @property
    def place(self) -> str:
        """file:line."""
        return f"{self.file}:{self.line}"

    @property
    def doubted(self) -> bool:
        """Whether the table itself says that this figure conflicts with others."""
        return self.status == "conflicting"

    @property
    def planned(self) -> bool:
        """Whether this is a target or a plan rather than something that happened."""
        return self.status == "target"

    @property
    def firm(self) -> bool:
        """Whether this is a statement of its own, neither in doubt nor worked out from other figures."""
        return self.status in ("reported", "target")

    @property
    def series(self) -> tuple[str, ...]:
        """What is counted, where and by whom: all but the year."""
        return (self.code, self.indicator, self.program, self.funding, self.unit)

    @property
    def rounding(self) -> float:
        """How far the true figure may lie from the printed one."""
        step = _last_place(self.text)
        if relations.LOWER_BOUND.search(self.note):
            return step
        exact = self.unit in relations.COUNT_UNITS and not relations.ROUNDED.search(self.note)
        return 0.0 if exact else step / 2


def _last_place(text: str) -> float:
    """Size of one unit of the last printed digit; zeros at the end of a whole number are taken as rounded away."""
    if "e" in text.lower():
        return 1.0
    whole, _, decimals = text.replace("_", "").lstrip("+-").partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    return float(10.0 ** (len(whole) - len(whole.rstrip("0")))) if whole.strip("0") else 1.0


def read_table(path: Path) -> tuple[list[Row], list[Finding]]:
    """Rows of a history table that can be read, and what is wrong with single cells."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return [], [Finding(f"{path}:1", (), "this is not UTF-8 text", "save the table as CSV, UTF-8")]
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        reading = "separate columns by commas" if ";" in text.partition("\n")[0] else f"expected {', '.join(COLUMNS)}"
        return [], [Finding(f"{path}:1", tuple(header), f"no column {', '.join(missing)}", reading)]
    rows: list[Row] = []
    findings: list[Finding] = []
    for line, texts in _records(reader):
        wrong = list(_wrong_cells(header, texts, f"{path}:{line}"))
        findings += wrong
        if not any(finding.severity == "error" for finding in wrong):
            rows.append(_row(dict(zip(header, texts, strict=True)), str(path), line))
    return rows, findings


def _records(reader: "Reader") -> Iterator[tuple[int, list[str]]]:
    """Records that are not blank, with the line on which each begins: a quoted note may run over several."""
    start = reader.line_num + 1
    for texts in reader:
        if texts:
            yield start, [text.strip() for text in texts]
        start = reader.line_num + 1


def _row(cells: dict[str, str], file: str, line: int) -> Row:
    return Row(
        file=file,
        line=line,
        year=int(cells["year"]),
        code=cells["region_code"],
        region=cells["region"],
        indicator=cells["indicator"],
        text=cells["value"],
        unit=cells["unit"],
        source=cells["source_url"],
        source_date="" if cells["source_date"] == "unknown" else cells["source_date"],
        status=cells["status"],
        note=cells["note"],
        program=cells.get("program", ""),
        funding=cells.get("funding_source", ""),
    )


def _wrong_cells(header: Sequence[str], texts: Sequence[str], place: str) -> Iterator[Finding]:
    if len(texts) != len(header):
        message = f"{len(texts)} cells for {len(header)} columns"
        yield Finding(place, (), message, 'write a text with commas between "quotation marks"')
        return
    cells = dict(zip(header, texts, strict=True))
    if not _YEAR.fullmatch(cells["year"]):
        seen = cells["year"]
        yield Finding(place, (seen,), f"year {seen!r} is not a year", "expected one year such as 2025")
    if not _CODE.fullmatch(cells["region_code"]):
        yield _wrong_code(cells["region_code"], cells["region"], place)
    for name in ("indicator", "unit"):
        if not cells[name]:
            yield Finding(place, (), f"{name} is empty", f"say the {name}")
    if cells["status"] not in STATUSES:
        seen = cells["status"]
        yield Finding(place, (seen,), f"status {seen!r} is unknown", f"expected one of {', '.join(STATUSES)}")
    yield from _wrong_source(cells, place)
    yield from _wrong_number(cells, place)


def _wrong_source(cells: dict[str, str], place: str) -> Iterator[Finding]:
    worked_out = cells["status"] in ("derived", "assumption") and cells["note"]
    if not cells["source_url"] and not worked_out:
        reading = "say in source_url who published it, or in the note how it was worked out (derived, assumption)"
        yield Finding(place, (cells["value"],), "no source", reading)
    if not _DATE.fullmatch(cells["source_date"]) and cells["source_date"] + cells["source_url"]:
        seen = cells["source_date"]
        expected = "expected 2025-08-28, 2025-08, 2025 or unknown"
        yield Finding(place, (seen,), f"source_date {seen!r} is not a date", expected, "warning")


def _wrong_code(code: str, region: str, place: str) -> Finding:
    if re.fullmatch(r"\d{2}\.\d", code):
        reading = f"write {code}0: a spreadsheet drops the last zero of a code that is not text"
    elif re.fullmatch(r"\d{4}", code):
        reading = f"write {code[:2]}.{code[2:]}"
    else:
        reading = "expected a code such as 63 or 63.10, or ID for the country"
    return Finding(place, (code,), f"region code {code!r} of {region or 'no region'} is not a code", reading)


def _wrong_number(cells: dict[str, str], place: str) -> Iterator[Finding]:
    text, unit = cells["value"], cells["unit"]
    if not text:
        yield Finding(place, (), "value is empty", "leave the row out: a missing figure is not zero")
    elif not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        yield Finding(place, (text,), f"value {text!r} is not a plain number", f"write {_plain(text)}")
    elif unit in relations.COUNT_UNITS and cells["status"] != "derived" and not float(text).is_integer():
        reading = f"write {_without_marks(text)} if the dot groups thousands"
        yield Finding(place, (f"{text} {unit}",), f"{text} {unit}: {unit} come in whole numbers", reading)
    elif unit == "percent" and "share" in cells["indicator"] and not 0 <= float(text) <= 100:
        yield Finding(place, (f"{text} %",), f"a share of {text} %", "a share lies from 0 to 100 percent")


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


def grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """Rows by key, in the order of the table."""
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def best(rows: Iterable[Row]) -> Row:
    """The row to rely on: not in doubt, then the latest statement."""
    return max(rows, key=lambda row: (not row.doubted, row.source_date))


def severity(*rows: Row) -> str:
    """An error, or a warning where the table itself already marks a row as conflicting."""
    return "warning" if any(row.doubted for row in rows) else "error"


def compared(message: str, reading: str, rows: Sequence[Row], *, level: str | None = None) -> Finding:
    """Finding at the first row, with the other rows beside it."""
    seen = tuple(f"{row.text} {row.unit}" for row in rows)
    others = tuple(row.place for row in rows[1:])
    return Finding(rows[0].place, seen, message, reading, level or severity(*rows), others)


def figure(value: float, decimals: int | None = None) -> str:
    """Number for a message, thousands grouped by commas; ten significant digits unless decimals are given.

    Examples
    --------
    >>> figure(237973.0), figure(790.9881, 2), figure(36.0)
    ('237,973', '790.99', '36')
    """
    return f"{value:,.10g}" if decimals is None else f"{value:,.{decimals}f}"
