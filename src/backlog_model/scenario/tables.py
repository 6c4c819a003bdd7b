"""Long tables: rows of numbers by key, region and year, kept beside a scenario."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, cast

from backlog_model.errors import nearest_hint
from backlog_model.scenario.findings import Findings, Place
from backlog_model.scenario.numbers import instead_of_text, scalar
from backlog_model.scenario.text_tables import Cell, Row, read_cells
from backlog_model.translation import Text

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
            message = Text(
                "region {region}, year {year} stands twice; first at {same}",
                region=entry.region,
                year=entry.year or Text("(every)"),
                same=same,
            )
            findings.add(entry.start, entry.key, message)
        else:
            by_key.setdefault(entry.key, []).append(entry)
    return LongTable(path, {key: tuple(entries) for key, entries in by_key.items()})


def _header_is_whole(header: Row, findings: Findings) -> bool:
    names = [cell.text for cell in header]
    unused = [name for name in REQUIRED + OPTIONAL if name not in names]
    for cell in header:
        if cell.text not in REQUIRED + OPTIONAL:
            findings.add(
                cell.place,
                "",
                Text("unknown column {text!r}{hint}", text=cell.text, hint=nearest_hint(cell.text, unused)),
            )
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        findings.add(
            header[0].place,
            "",
            Text(
                "column {missing} is missing; expected {required}",
                missing=", ".join(missing),
                required=",".join(REQUIRED),
            ),
        )
    return not missing


def _entry(cells: dict[str, Cell], regions: frozenset[str] | None, findings: Findings) -> Entry | None:
    key = cells["key"].text
    if not key:
        findings.add(
            cells["key"].place, Text("column key"), Text("empty; expected a dotted path such as opening.households")
        )
        return None
    region, year = _region(cells["region"], key, regions, findings), _year(cells["year"], key, findings)
    value = _number(cells["value"], "value", key, findings)
    kind = _kind(cells, key, findings)
    low, high = (
        _number(cells[name], name, key, findings) if _filled(cells, name) else None for name in ("low", "high")
    )
    if low is not None and high is not None and low > high:
        message = Text("column low: {low} is above high {high}", low=cells["low"].text, high=cells["high"].text)
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
        message = Text(
            "column region: unknown region {text}{hint}", text=cell.text, hint=nearest_hint(cell.text, sorted(regions))
        )
    else:
        message = Text("column region: empty; write the code of a region or of the province")
    findings.add(cell.place, key, message)
    return None


def _year(cell: Cell, key: str, findings: Findings) -> int | None:
    """Year of a row; None for every year, 0 for one that cannot be read."""
    if not cell.text:
        return None
    year = scalar(cell.text)[0]
    if isinstance(year, int) and FIRST_YEAR <= year <= LAST_YEAR:
        return year
    message = Text(
        "column year: {text}; expected a year from {first} to {last}, or nothing for every year",
        text=cell.text,
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )
    findings.add(cell.place, key, message)
    return 0


def _number(cell: Cell, column: str, key: str, findings: Findings) -> float | None:
    number, problem = scalar(cell.text)
    if isinstance(number, int | float) and not isinstance(number, bool):
        return float(number)
    if problem is None:
        problem = (
            Text("{seen!r}; {advice}", seen=cell.text, advice=instead_of_text(cell.text))
            if cell.text
            else Text("empty; write a number")
        )
    findings.add(cell.place, key, Text("column {column}: {problem}", column=column, problem=problem))
    return None


def _kind(cells: dict[str, Cell], key: str, findings: Findings) -> Literal["sourced", "derived", "assumption"] | None:
    cell = cells["kind"]
    if cell.text not in KINDS:
        findings.add(
            cell.place,
            key,
            Text("column kind: {text}{hint}", text=cell.text or Text("empty"), hint=nearest_hint(cell.text, KINDS)),
        )
        return None
    if not cells["source"].text and (cell.text != "assumption" or not _source(cells)):
        or_note = Text(" or a note") if cell.text == "assumption" else ""
        findings.add(
            cells["source"].place,
            key,
            Text("column source: empty; write where the number is from{or_note}", or_note=or_note),
        )
    return cast(Literal["sourced", "derived", "assumption"], cell.text)
