"""Tidy history tables: one figure a row, with region, year, unit and source."""

import csv
import io
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from backlog_model.history.tables import relations
from backlog_model.history.tables.cell_checks import STATUSES, date_of, wrong_cells
from backlog_model.history.tables.findings import Finding, figure, linked_away
from backlog_model.history.tables.measures import Measure, measure
from backlog_model.scenario.text_files import LARGEST_FILE, is_file
from backlog_model.translation import Text

if TYPE_CHECKING:
    from _csv import Reader

__all__ = [
    "COLUMNS",
    "NATIONAL",
    "STATUSES",
    "Finding",
    "Row",
    "best",
    "compared",
    "figure",
    "first_record",
    "grouped",
    "read_table",
    "row_of",
    "severity",
]

COLUMNS = ("year", "region_code", "region", "indicator", "value", "unit", "source_url", "source_date", "status", "note")
NATIONAL = "ID"

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Row:
    """One figure of a history table.

    Attributes
    ----------
    where : place of the row if it is not file:line, such as the cell of a workbook
    value : the figure in its unit; `amount` in the plain unit (Rp, ha, houses, percent)
    """

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
    where: str = ""
    value: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", float(self.text))

    @property
    def place(self) -> str:
        """file:line, or the place named by whoever read the row."""
        return self.where or f"{self.file}:{self.line}"

    @cached_property
    def measure(self) -> Measure:
        """What the unit measures, and in what multiple."""
        return measure(self.unit)

    @property
    def amount(self) -> float:
        """The figure in plain units, so that Rp million and Rp billion can be compared."""
        return self.value * self.measure.scale

    @property
    def province(self) -> str:
        """Code of the province, or ID for the country."""
        return self.code.partition(".")[0]

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

    @cached_property
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
    link = linked_away(path)
    if link is not None:
        return [], [link]
    size = path.stat().st_size
    if size > LARGEST_FILE:
        return [], [_too_large(f"{path}:1", size)]
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return [], [_not_text(f"{path}:1")]
    reader = csv.reader(io.StringIO(text, newline=""))
    rows: list[Row] = []
    findings: list[Finding] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        findings += _wrong_header(header, ";" in text.partition("\n")[0], f"{path}:1")
        for line, texts in [] if findings else _records(reader):
            wrong = list(_wrong_record(header, texts, f"{path}:{line}"))
            findings += wrong
            if not any(finding.severity == "error" for finding in wrong):
                rows.append(row_of(dict(zip(header, texts, strict=True)), str(path), line))
    except csv.Error as error:
        findings.append(_unreadable(f"{path}:{max(reader.line_num, 1)}", error))
    return rows, findings


def _too_large(place: str, size: int) -> Finding:
    message = Text("{size:_} bytes", size=size)
    reading = Text("expected at most {largest:_}: keep what is not data in another file", largest=LARGEST_FILE)
    return Finding(place, (), message, reading, code="too_large")


def _not_text(place: str) -> Finding:
    message = Text("this is not UTF-8 text")
    reading = Text("save the table as CSV, UTF-8")
    return Finding(place, (), message, reading, code="encoding")


def _unreadable(place: str, error: csv.Error) -> Finding:
    message = Text("from here on this cannot be read as CSV: {error}", error=error)
    reading = Text("look for a quotation mark that is not closed")
    return Finding(place, (), message, reading, code="encoding")


def _wrong_header(header: Sequence[str], semicolons: bool, place: str) -> Iterator[Finding]:
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        names = ", ".join(missing)
        message = Text("no column {names}", names=names)
        reading = Text("expected {columns}", columns=", ".join(COLUMNS))
        if semicolons:
            reading = Text("separate columns by commas")
        yield Finding(place, tuple(header), message, reading, code="columns")
    for name in dict.fromkeys(name for name in header if name and header.count(name) > 1):
        message = Text("column {name} is there twice", name=name)
        reading = Text("delete or rename one")
        yield Finding(place, (name,), message, reading, code="columns")


def _wrong_record(header: Sequence[str], texts: Sequence[str], place: str) -> Iterator[Finding]:
    if len(texts) == len(header):
        yield from wrong_cells(dict(zip(header, texts, strict=True)), place)
        return
    message = Text("{cells} cells for {columns} columns", cells=len(texts), columns=len(header))
    reading = Text('write a text with commas between "quotation marks"')
    yield Finding(place, (), message, reading, code="cell_count")


def first_record(path: Path) -> list[str]:
    """Names in the first line of a table, or nothing where there is no table."""
    if not is_file(path):  # a pipe would be waited for without end
        return []
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        try:
            return [name.strip() for name in next(csv.reader(stream), [])]
        except csv.Error:
            return []


def _records(reader: "Reader") -> Iterator[tuple[int, list[str]]]:
    """Records that are not blank, with the line on which each begins: a quoted note may run over several."""
    start = reader.line_num + 1
    for texts in reader:
        if any(text.strip() for text in texts):
            yield start, [text.strip() for text in texts]
        start = reader.line_num + 1


def row_of(cells: Mapping[str, str], file: str, line: int, *, where: str = "") -> Row:
    """Row from the text of its cells, which `wrong_cells` must have found without error."""
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
        source_date=date_of(cells["source_date"]),
        status=cells["status"],
        note=cells["note"],
        program=cells.get("program", ""),
        funding=cells.get("funding_source", ""),
        where=where,
    )


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


def compared(message: str, reading: str, rows: Sequence[Row], *, code: str, level: str | None = None) -> Finding:
    """Finding at the first row, with the other rows beside it."""
    seen = tuple(f"{row.text} {row.unit}" for row in rows)
    others = tuple(row.place for row in rows[1:])
    return Finding(rows[0].place, seen, message, reading, level or severity(*rows), others, code=code)
