"""Filled-in workbooks: the same rows and findings as history tables in CSV, with sheet and cell as their place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from backlog_model.errors import nearest
from backlog_model.history.tables import COLUMNS, NATIONAL, Row, row_of
from backlog_model.history.tables.cell_checks import wrong_cells
from backlog_model.history.tables.findings import Finding
from backlog_model.history.workbook.sheet_cells import Read, is_percent, percent_format, read_cell
from backlog_model.history.workbook.sheet_header import Header, history_header, region_header
from backlog_model.history.workbook.sheets import Area, Cell, Sheet, column_letters, read_sheets
from backlog_model.translation import Text

__all__ = ["CODES", "ENDINGS", "Workbook", "is_input", "read_all", "read_workbook"]

CODES = {
    "no_file": "there is no such file",
    "not_a_workbook": "the file is of another kind",
    "encrypted_file": "the workbook is locked with a password",
    "broken_file": "the workbook is cut off or damaged",
    "too_large": "the workbook is too large",
    "no_table": "no sheet holds a history table",
    "moved_header": "the header does not stand in the first row",
    "hidden_cells": "rows, columns or sheets that hold data are hidden",
    "merged_cells": "merged cells, of which only the first holds a value",
    "error_cell": "a cell shows an error such as #REF!",
    "formula": "a formula in place of a value",
    "date_cell": "a date where something else was typed",
    "number_code": "a region code stored as a number",
    "text_number": "a number stored as text",
    "percent_format": "a number shown a hundred times larger, with a percent sign",
    "unknown_region": "a region code that the region table of the workbook does not have",
}
"""What is said about workbooks alone; the checks that they share with tables in CSV say theirs."""

# The column to look at for what the shared checks of a row say.
_COLUMN_OF = {
    "year": "year",
    "region_code": "region_code",
    "status": "status",
    "no_source": "source_url",
    "source_date": "source_date",
}
_VALUE = "value"
_FEW = 12  # region codes that are all said where none is near


ENDINGS = (".xlsx", ".xlsm")
_INPUT = "input"  # how the name of a template begins; other workbooks in a folder are reports or somebody's own


class Workbook(NamedTuple):
    """What was read: rows, codes of the region table in the workbook, and what is wrong with cells."""

    rows: list[Row]
    regions: tuple[str, ...]
    findings: list[Finding]


class _Table(NamedTuple):
    """Rows of one sheet and what is wrong with its cells."""

    rows: list[Row]
    findings: list[Finding]


class _Record(NamedTuple):
    """One row of a sheet, cell by cell."""

    texts: Mapping[str, str]
    unsound: frozenset[str]
    findings: tuple[Finding, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the row; an error in a cell is something."""
        return not self.unsound and not any(self.texts.values())


def is_input(file: Path) -> bool:
    """Whether a file found in a folder is a filled-in template by its name."""
    return file.suffix.lower() in ENDINGS and file.name.lower().startswith(_INPUT) and file.is_file()


def read_workbook(path: Path) -> tuple[list[Row], list[Finding]]:
    """Rows of a filled-in workbook that can be read, and what is wrong with single cells.

    Every sheet with the columns of a history table is read, whatever its name. `place` of a row is the cell of its
    value, such as `input.xlsx:data!G7`; of a finding, the cell that it is about.
    """
    workbook = read_all(path)
    return workbook.rows, workbook.findings


def read_all(path: Path) -> Workbook:
    """Rows, region codes and findings of a filled-in workbook."""
    sheets, findings = read_sheets(path)
    regions, wrong = _regions(sheets, path)
    tables = [table for sheet in sheets if (table := _table(sheet, path, regions)) is not None]
    if sheets and not tables:
        seen = tuple(sheet.name for sheet in sheets)
        wrong.append(_no_table(path, seen))
    rows = [row for table in tables for row in table.rows]
    return Workbook(
        rows, tuple(sorted(regions)), [*findings, *wrong, *(each for table in tables for each in table.findings)]
    )


def _no_table(path: Path, seen: tuple[str, ...]) -> Finding:
    message = Text("no sheet of {seen} has the columns of a history table", seen=", ".join(seen))
    reading = Text("expected {columns}", columns=", ".join(COLUMNS))
    return Finding(str(path), seen, message, reading, code="no_table")


def _table(sheet: Sheet, path: Path, regions: frozenset[str]) -> _Table | None:
    """What one sheet holds, if it holds a history table."""
    place = f"{path}:{sheet.name}"
    header = None if region_header(sheet) is not None else history_header(sheet, place)
    if header is None:
        return None
    rows: list[Row] = []
    findings = [*header.findings, *_hidden(sheet, header, place), *_merged(sheet, header, place)]
    torn = {line for area in _areas(sheet, header) for line in _lines_of(area, sheet)}
    for line in sorted(each for each in sheet.rows if each > header.line):
        record = _record(sheet.rows[line], line, header, place)
        findings += record.findings
        if line in torn or record.is_blank or not header.is_whole:
            continue
        wrong = [*_wrong_in_row(record, line, header, place), *_unknown_region(record, line, header, regions, place)]
        findings += wrong
        if not record.unsound and not any(finding.severity == "error" for finding in wrong):
            rows.append(row_of(record.texts, str(path), line, where=_cell(place, header, _VALUE, line)))
    return _Table(rows, findings)


def _cell(place: str, header: Header, column: str, line: int) -> str:
    return f"{place}!{column_letters(header.columns[column])}{line}"


def _record(cells: Mapping[int, Cell], line: int, header: Header, place: str) -> _Record:
    read = {
        name: read_cell(cells.get(column), name, _cell(place, header, name, line))
        for name, column in header.columns.items()
    }
    figure = cells.get(header.columns.get(_VALUE, 0))
    if figure is not None and is_percent(figure):
        unit = read["unit"].text if "unit" in read else ""
        said = percent_format(read[_VALUE].text, unit, _cell(place, header, _VALUE, line))
        read[_VALUE] = Read(read[_VALUE].text, (*read[_VALUE].findings, said))
    unsound = frozenset(name for name, each in read.items() if not each.is_sound)
    found = tuple(finding for each in read.values() for finding in each.findings)
    return _Record({name: each.text for name, each in read.items()}, unsound, found)


def _wrong_in_row(record: _Record, line: int, header: Header, place: str) -> Iterator[Finding]:
    """What the checks of every history table say, each at its cell; a cell already refused is not judged twice."""
    for finding in wrong_cells(record.texts, place):
        column = _column_of(finding)
        if column not in record.unsound:
            yield replace(finding, place=_cell(place, header, column, line))


def _column_of(finding: Finding) -> str:
    first_word = finding.message.partition(" ")[0]
    named = first_word if finding.code == "empty_cell" else _COLUMN_OF.get(finding.code)
    return named if named in COLUMNS else _VALUE


def _unknown_region(
    record: _Record, line: int, header: Header, regions: frozenset[str], place: str
) -> Iterator[Finding]:
    code = record.texts["region_code"]
    if regions and code and code not in (*regions, NATIONAL) and "region_code" not in record.unsound:
        hint = _nearest_region(code, regions)
        message = Text("region code {code} is not in the region table of this workbook{hint}", code=code, hint=hint)
        reading = Text("correct it, or add the region there")
        yield Finding(_cell(place, header, "region_code", line), (code,), message, reading, code="unknown_region")


def _nearest_region(code: str, regions: frozenset[str]) -> str:
    """Words that offer the nearest code, or all of them when they are few."""
    close = nearest(code, sorted(regions))
    if close is not None:
        return Text("; did you mean {close}?", close=close)
    if len(regions) > _FEW:
        return ""
    known = ", ".join(sorted(regions))
    return Text("; expected one of {known}", known=known)


def _regions(sheets: Sequence[Sheet], path: Path) -> tuple[frozenset[str], list[Finding]]:
    """Codes in the sheets that hold a region table, and what is wrong with their cells."""
    read = [each for sheet in sheets for each in _codes(sheet, f"{path}:{sheet.name}")]
    return frozenset(each.text for each in read if each.text), [finding for each in read for finding in each.findings]


def _codes(sheet: Sheet, place: str) -> Iterator[Read]:
    header = region_header(sheet)
    if header is not None:
        for line in sorted(each for each in sheet.rows if each > header.line):
            yield read_cell(sheet.rows[line].get(header.columns["code"]), "code", _cell(place, header, "code", line))


def _hidden(sheet: Sheet, header: Header, place: str) -> Iterator[Finding]:
    """Warnings of data that nobody sees; it is read all the same."""
    if sheet.hidden:
        yield _unseen(place, (), Text("sheet {name} is", name=sheet.name))
    for first, last in _runs(sorted(line for line in sheet.hidden_rows if line > header.line and line in sheet.rows)):
        what = Text("rows {first} to {last} are", first=first, last=last)
        if first == last:
            what = Text("row {first} is", first=first)
        yield _unseen(f"{place}!A{first}", (), what)
    for name, column in header.columns.items():
        if column in sheet.hidden_columns:
            where = _cell(place, header, name, header.line)
            yield _unseen(where, (name,), Text("column {name} is", name=name))


def _unseen(place: str, seen: tuple[str, ...], what: str) -> Finding:
    message = Text("{what} hidden", what=what)
    reading = Text("it is read all the same; show it or delete it")
    return Finding(place, seen, message, reading, "warning", code="hidden_cells")


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each unbroken run.

    Examples
    --------
    >>> _runs([3, 4, 5, 9])
    [(3, 5), (9, 9)]
    """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _areas(sheet: Sheet, header: Header) -> list[Area]:
    """Merged areas that reach into the columns of the table below its header."""
    columns = header.columns.values()
    return [
        area
        for area in sheet.merged
        if area.bottom > header.line and any(area.left <= column <= area.right for column in columns)
    ]


def _lines_of(area: Area, sheet: Sheet) -> list[int]:
    return [line for line in sheet.rows if area.top <= line <= area.bottom]


def _merged(sheet: Sheet, header: Header, place: str) -> Iterator[Finding]:
    for area in _areas(sheet, header):
        first = f"{column_letters(area.left)}{area.top}"
        last = f"{column_letters(area.right)}{area.bottom}"
        message = Text("cells {first} to {last} are merged, and only the first holds a value", first=first, last=last)
        reading = Text("unmerge them and write the value in every row; these rows are not read")
        yield Finding(f"{place}!{first}", (), message, reading, code="merged_cells")
