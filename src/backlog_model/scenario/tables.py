"""Long tables: rows of numbers by key, region and year, kept beside a scenario."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, cast

from backlog_model.errors import nearest_hint
from backlog_model.scenario.findings import Findings, Place
from backlog_model.scenario.numbers import instead_of_text, scalar
from backlog_model.scenario.text_tables import Cell, Row, read_cells

REQUIRED = ("key", "region", "year", "value", "kind", "source")
OPTIONAL = ("low", "high", "unit", "note")
KINDS = ("sourced", "derived", "assumption")
FIRST_YEAR, LAST_YEAR = 1900, 2200


class Entry(NamedTuple):
    """One row: a number for a place of the scenario, a region and a year (None: every year), with a 90 % range."""

    key: str
    region: str
    year: int | None
    value: float
    text: str
    kind: Literal["sourced", "derived", "assumption"]
    source: str
    start: Place
    value_place: Place
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class LongTable:
    """The rows of one file, by key."""

    path: Path
    by_key: Mapping[str, tuple[Entry, ...]]


def read_long_table(path: Path, regions: frozenset[str] | None, findings: Findings) -> LongTable | None:
    """Long table of a CSV file; None when it cannot be used, which is then among the findings.

    Parameters
    ----------
    path : the file
    regions : codes that may stand in it; None when they are not known
    findings : takes up whatever is wrong
    """
    rows = read_cells(path, findings)
    if rows is None or not _header_is_whole(rows[0], findings):
        return None
    by_key: dict[str, list[Entry]] = {}
    first: dict[tuple[str, str, int | None], Place] = {}
    names = [cell.text for cell in rows[0]]
    for row in rows[1:]:
        entry = _entry(dict(zip(names, row, strict=True)), regions, findings)
        if entry is None:
            continue
        same = first.setdefault(entry[:3], entry.start)
        if same != entry.start:
            message = f"region {entry.region}, year {entry.year or '(every)'} stands twice; first at {same}"
            findings.add(entry.start, entry.key, message)
        else:
            by_key.setdefault(entry.key, []).append(entry)
    return LongTable(path, {key: tuple(entries) for key, entries in by_key.items()})


def _header_is_whole(header: Row, findings: Findings) -> bool:
    names = [cell.text for cell in header]
    unused = [name for name in REQUIRED + OPTIONAL if name not in names]
    for cell in header:
        if cell.text not in REQUIRED + OPTIONAL:
            findings.add(cell.place, "", f"unknown column {cell.text!r}{nearest_hint(cell.text, unused)}")
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        findings.add(header[0].place, "", f"column {', '.join(missing)} is missing; expected {','.join(REQUIRED)}")
    return not missing


def _entry(cells: dict[str, Cell], regions: frozenset[str] | None, findings: Findings) -> Entry | None:
    key = cells["key"].text
    if not key:
        findings.add(cells["key"].place, "column key", "empty; expected a dotted path such as opening.households")
        return None
    region, year = _region(cells["region"], key, regions, findings), _year(cells["year"], key, findings)
    value = _number(cells["value"], "value", key, findings)
    kind = _kind(cells, key, findings)
    low, high = (
        _number(cells[name], name, key, findings) if _filled(cells, name) else None for name in ("low", "high")
    )
    if low is not None and high is not None and low > high:
        message = f"column low: {cells['low'].text} is above high {cells['high'].text}"
        findings.add(cells["low"].place, key, message)
    if value is None or region is None or year == 0 or kind is None:
        return None
    start, text = cells["key"].place, cells["value"].text
    return Entry(key, region, year, value, text, kind, _source(cells), start, cells["value"].place, low, high)


def _filled(cells: dict[str, Cell], name: str) -> bool:
    return name in cells and cells[name].text != ""


def _source(cells: dict[str, Cell]) -> str:
    return cells["source"].text or (cells["note"].text if "note" in cells else "")


def _region(cell: Cell, key: str, regions: frozenset[str] | None, findings: Findings) -> str | None:
    if regions is None or cell.text in regions:
        return cell.text
    if cell.text:
        message = f"column region: unknown region {cell.text}{nearest_hint(cell.text, sorted(regions))}"
    else:
        message = "column region: empty; write the code of a region or of the province"
    findings.add(cell.place, key, message)
    return None


def _year(cell: Cell, key: str, findings: Findings) -> int | None:
    """Year of a row; None for every year, 0 for one that cannot be read."""
    if not cell.text:
        return None
    year = scalar(cell.text)[0]
    if isinstance(year, int) and FIRST_YEAR <= year <= LAST_YEAR:
        return year
    message = f"column year: {cell.text}; expected a year from {FIRST_YEAR} to {LAST_YEAR}, or nothing for every year"
    findings.add(cell.place, key, message)
    return 0


def _number(cell: Cell, column: str, key: str, findings: Findings) -> float | None:
    number, problem = scalar(cell.text)
    if isinstance(number, int | float) and not isinstance(number, bool):
        return float(number)
    if problem is None:
        problem = f"{cell.text!r}; {instead_of_text(cell.text)}" if cell.text else "empty; write a number"
    findings.add(cell.place, key, f"column {column}: {problem}")
    return None


def _kind(cells: dict[str, Cell], key: str, findings: Findings) -> Literal["sourced", "derived", "assumption"] | None:
    cell = cells["kind"]
    if cell.text not in KINDS:
        findings.add(cell.place, key, f"column kind: {cell.text or 'empty'}{nearest_hint(cell.text, KINDS)}")
        return None
    if not cells["source"].text and (cell.text != "assumption" or not _source(cells)):
        or_note = " or a note" if cell.text == "assumption" else ""
        findings.add(cells["source"].place, key, f"column source: empty; write where the number is from{or_note}")
    return cast(Literal["sourced", "derived", "assumption"], cell.text)
