"""Sheets of a workbook as plain cells with what surrounds them; what spoils a whole file is found here."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from backlog_model.history.tables.findings import Finding, linked_away
from backlog_model.translation import Text

LARGEST_FILE = 20_000_000  # bytes
LARGEST_CONTENT = 30_000_000  # bytes unpacked; a history of 20,000 rows takes about half of it
MOST_TIMES = 100  # that a part may grow when it is unpacked: sheets grow five to twenty times
_SMALL = 5_000_000  # bytes: what is no larger may be packed as tightly as it likes
COLUMNS_READ = 64
_LAST_ROW = 1_048_576  # of any workbook

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SAVE_AS = Text("open it in a spreadsheet program and save it as Excel Workbook (.xlsx)")
# What openpyxl and the reader of ZIP archives raise for a file that is cut off, damaged or made up.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, SyntaxError, NotImplementedError, RuntimeError, OSError),
    *(LookupError, ValueError, TypeError, AttributeError, OverflowError),
)
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")


class Cell(NamedTuple):
    """What a cell holds: its value (of a formula the last result), the number format, and the formula itself."""

    value: object
    is_error: bool = False
    number_format: str = ""
    formula: str = ""


class Area(NamedTuple):
    """Cells from one corner to the other, both included, counted from 1."""

    left: int
    top: int
    right: int
    bottom: int


class Sheet(NamedTuple):
    """Cells that are not blank, by row and column counted from 1, and how the sheet is laid out."""

    name: str
    hidden: bool
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


class _Layout(NamedTuple):
    """What openpyxl does not tell of a sheet that it reads without building every cell."""

    lines: set[int]
    formulas: dict[tuple[int, int], str]
    merged: list[Area]
    hidden_rows: set[int]
    hidden_columns: set[int]


def read_sheets(path: Path) -> tuple[list[Sheet], list[Finding]]:
    """Sheets of a workbook, or why it cannot be read.

    Macros and links to other files are left alone, and nothing is computed: a formula counts with its last result.
    """
    if not path.is_file():
        message = Text("there is no such file")
        expected = Text("expected a workbook (.xlsx)")
        return [], [Finding(str(path), (), message, expected, code="no_file")]
    link = linked_away(path)
    if link is not None:
        return [], [link]
    size = path.stat().st_size
    if size > LARGEST_FILE:
        return [], [_too_large(path, size, LARGEST_FILE)]
    raw = path.read_bytes()
    problem = _not_a_workbook(path, raw)
    if problem is not None:
        return [], [problem]
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):  # it prints some of what it finds odd
            warnings.simplefilter("ignore")  # openpyxl tells what it would not write back; nothing is written back
            return list(_sheets(raw)), []
    except _BROKEN:
        message = Text("this workbook is damaged and cannot be read")
        return [], [Finding(str(path), (), message, _SAVE_AS, code="broken_file")]


def _too_large(path: Path, size: int, largest: int) -> Finding:
    message = Text("{size:_} bytes", size=size)
    reading = Text("expected at most {largest:_}: keep what is not data in another file", largest=largest)
    return Finding(str(path), (), message, reading, code="too_large")


def _not_a_workbook(path: Path, raw: bytes) -> Finding | None:
    """What a file is that only bears the name of a workbook."""
    if raw.startswith(_OLD_OFFICE) and _ENCRYPTED in raw:
        message = Text("this workbook is locked with a password")
        reading = Text("take the password off and save it again")
        return Finding(str(path), (), message, reading, code="encrypted_file")
    if raw.startswith(_OLD_OFFICE):
        message = Text("this is a workbook of the old kind (.xls)")
        return Finding(str(path), (), message, _SAVE_AS, code="not_a_workbook")
    if not raw.startswith(_ZIP):
        message = Text("this is no workbook, whatever its name says")
        if not raw:
            message = Text("this file is empty")
        return Finding(str(path), (), message, _SAVE_AS, code="not_a_workbook")
    return _wrong_content(path, raw)


def _wrong_content(path: Path, raw: bytes) -> Finding | None:
    """What is wrong with the list of contents of a ZIP archive, before anything in it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            sizes = {each.filename: each.file_size for each in parts}
    except _BROKEN:
        message = Text("this workbook is cut off or damaged")
        reading = Text("copy or download it again")
        return Finding(str(path), (), message, reading, code="broken_file")
    packed = max((each for each in parts if each.file_size > _SMALL), key=_times, default=None)
    if packed is not None and _times(packed) > MOST_TIMES:
        return _too_large(path, packed.file_size, MOST_TIMES * packed.compress_size)
    if sum(sizes.values()) > LARGEST_CONTENT:
        return _too_large(path, sum(sizes.values()), LARGEST_CONTENT)
    if "[Content_Types].xml" not in sizes or any(name.startswith(("word/", "ppt/")) for name in sizes):
        message = Text("this archive holds no workbook")
        return Finding(str(path), (), message, _SAVE_AS, code="not_a_workbook")
    if "xl/workbook.bin" in sizes:
        message = Text("this is a binary workbook (.xlsb)")
        return Finding(str(path), (), message, _SAVE_AS, code="not_a_workbook")
    return None


def _times(part: zipfile.ZipInfo) -> float:
    """How many times a part grows when it is unpacked."""
    return part.file_size / max(part.compress_size, 1)


def _sheets(raw: bytes) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    # Read-only: cells come row by row, so that neither a declared size nor a merged column makes a million objects.
    workbook = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for worksheet in workbook.worksheets:
            layout = _layout(archive, worksheet)
            yield Sheet(
                name=worksheet.title,
                hidden=worksheet.sheet_state != "visible",
                rows=_rows(worksheet, layout),
                merged=tuple(layout.merged),
                hidden_rows=frozenset(layout.hidden_rows),
                hidden_columns=frozenset(layout.hidden_columns),
            )
    workbook.close()


def _rows(worksheet: Any, layout: _Layout) -> dict[int, dict[int, Cell]]:
    worksheet.reset_dimensions()  # the size that a file declares may be anything
    rows: dict[int, dict[int, Cell]] = {}
    for line, cells in enumerate(worksheet.iter_rows(max_col=COLUMNS_READ), start=1):
        if line not in layout.lines:
            continue  # a note far below the table has up to a million of them above it
        for column, cell in enumerate(cells, start=1):
            formula = layout.formulas.get((line, column), "")
            if cell.value is None and not formula:
                continue
            number_format = "" if isinstance(cell.value, str) else str(cell.number_format or "")
            rows.setdefault(line, {})[column] = Cell(cell.value, cell.data_type == "e", number_format, formula)
    return rows


def _layout(archive: zipfile.ZipFile, worksheet: Any) -> _Layout:
    """Formulas, merged areas, hidden rows and columns, from the part of the archive that holds the sheet."""
    layout = _Layout(set(), {}, [], set(), set())
    line = 0
    with archive.open(worksheet._worksheet_path) as stream:
        for _, element in iterparse(stream):
            name = _local(element)
            if name == "row":
                line = int(element.get("r") or line + 1)
                if line > _LAST_ROW:
                    raise ValueError(f"row {line}")  # openpyxl would count up to it
                _note_row(element, line, layout)
                element.clear()
            elif name == "col" and _is_hidden(element):
                last = min(int(element.get("max", 0)), COLUMNS_READ)
                layout.hidden_columns.update(range(int(element.get("min", 1)), last + 1))
            elif name == "mergeCell":
                layout.merged.append(_area(element.get("ref", "")))
    return layout


def _note_row(row: Element, line: int, layout: _Layout) -> None:
    if _is_hidden(row):
        layout.hidden_rows.add(line)
    if len(row):
        layout.lines.add(line)
    column = 0
    for cell in row:
        place = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column_number(place[1]) if place else column + 1
        for child in cell:
            if _local(child) == "f":
                layout.formulas[line, column] = f"={child.text or ''}"


def _local(element: Element) -> str:
    """Name of an element without its namespace, of which there are two in use."""
    return str(element.tag).rpartition("}")[2]


def _is_hidden(element: Element) -> bool:
    return element.get("hidden", "0") in ("1", "true")


def _area(reference: str) -> Area:
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = range_boundaries(reference)
    return Area(left or 1, top or 1, right or COLUMNS_READ, bottom or 1)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Letters of a column counted from 1.

    Examples
    --------
    >>> column_letters(3), column_letters(27)
    ('C', 'AA')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
