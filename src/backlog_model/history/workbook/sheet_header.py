"""The header of a history table in a sheet: where it stands, and which column is which."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from backlog_model.errors import nearest
from backlog_model.history.tables import COLUMNS
from backlog_model.history.tables.findings import Finding
from backlog_model.history.workbook.sheets import Sheet, column_letters
from backlog_model.translation import Text

OPTIONAL_COLUMNS = ("program", "funding_source")
REGION_COLUMNS = ("code", "name")

_TELLING = frozenset({"year", "region_code", "indicator", "value"})  # other tables have a unit and a note as well
_LEAST_TELLING, _LEAST_NAMES = 2, 4
_LINES_LOOKED_AT = 30
# What people write in place of the names; only for the hint and to read on, since the name itself is asked for.
_OTHER_WORDS = {
    "tahun": "year",
    "kode": "region_code",
    "kode_wilayah": "region_code",
    "kode_daerah": "region_code",
    "daerah": "region",
    "wilayah": "region",
    "kabupaten": "region",
    "kabupaten_kota": "region",
    "indikator": "indicator",
    "program_kegiatan": "program",
    "sumber_dana": "funding_source",
    "nilai": "value",
    "jumlah": "value",
    "satuan": "unit",
    "sumber": "source_url",
    "tautan": "source_url",
    "tanggal": "source_date",
    "tanggal_sumber": "source_date",
    "keterangan": "note",
    "catatan": "note",
}


class Header(NamedTuple):
    """Line of the header, column of each name, and what is wrong with it."""

    line: int
    columns: Mapping[str, int]
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Whether no column is missing that a row needs."""
        return set(COLUMNS) <= set(self.columns)


def region_header(sheet: Sheet) -> Header | None:
    """Header of a region table, if that is what the sheet holds."""
    for line in sorted(sheet.rows)[:_LINES_LOOKED_AT]:
        names = {_plain_name(cell.value): column for column, cell in sheet.rows[line].items()}
        if set(REGION_COLUMNS) <= set(names):
            return Header(line, names, ())
    return None


def history_header(sheet: Sheet, place: str) -> Header | None:
    """Header of a history table, if a sheet holds one: the line with the most names of columns.

    Parameters
    ----------
    sheet : a sheet of any content
    place : file:sheet, for the findings
    """
    lines = sorted(sheet.rows)[:_LINES_LOOKED_AT]
    line = max(lines, key=lambda each: len(_recognised(sheet, each)), default=0)
    found = _recognised(sheet, line)
    if len(found) < _LEAST_NAMES or len(_TELLING & set(found)) < _LEAST_TELLING:
        return None
    return Header(line, found, tuple(_wrong(sheet, line, found, place)))


def _recognised(sheet: Sheet, line: int) -> dict[str, int]:
    """Columns by name; names as they should be come before those that only resemble one."""
    known = (*COLUMNS, *OPTIONAL_COLUMNS)
    written = {column: _plain_name(cell.value) for column, cell in sheet.rows.get(line, {}).items()}
    found: dict[str, int] = {}
    for column, name in written.items():
        if name in known:
            found.setdefault(name, column)
    for column, name in written.items():
        meant = _meant(name, [each for each in known if each not in found])
        if meant is not None and column not in found.values():
            found[meant] = column
    return found


def _plain_name(value: object) -> str:
    return re.sub(r"[\s/_-]+", "_", str(value).strip().lower())


def _meant(name: str, free: Iterable[str]) -> str | None:
    words = {**{word: meant for word, meant in _OTHER_WORDS.items() if meant in free}, **{each: each for each in free}}
    close = name if name in words else nearest(name, words)
    return words[close] if close is not None else None


def _wrong(sheet: Sheet, line: int, found: Mapping[str, int], place: str) -> Iterator[Finding]:
    if line > 1:
        message = Text("the header stands in row {line}", line=line)
        reading = Text("expected it in row 1; what stands above is not read")
        yield Finding(f"{place}!A{line}", (), message, reading, "warning", code="moved_header")
    for column, cell in sorted(sheet.rows[line].items()):
        yield from _wrong_name(str(cell.value).strip(), column, found, f"{place}!{column_letters(column)}{line}")
    missing = [name for name in COLUMNS if name not in found]
    if missing:
        seen = tuple(str(cell.value) for _, cell in sorted(sheet.rows[line].items()))
        message = Text("no column {missing}", missing=", ".join(missing))
        reading = Text("expected {columns}; no row of this sheet is read", columns=", ".join(COLUMNS))
        yield Finding(f"{place}!A{line}", seen, message, reading, code="columns")
    yield from _without_name(sheet, line, place)


def _wrong_name(written: str, column: int, found: Mapping[str, int], place: str) -> Iterator[Finding]:
    name = _plain_name(written)
    if found.get(name, column) != column:
        first = column_letters(found[name])
        message = Text("column {name} stands twice, first in {first}", name=name, first=first)
        reading = Text("delete or rename one")
        yield Finding(place, (written,), message, reading, code="columns")
    for meant in (each for each, where in found.items() if where == column and each != name):
        message = Text("column {written!r} is unknown", written=written)
        yield Finding(place, (written,), message, Text("write {meant}", meant=meant), code="columns")


def _without_name(sheet: Sheet, line: int, place: str) -> Iterator[Finding]:
    """Columns that hold something under no name: what is written there would be lost without a word."""
    named = set(sheet.rows[line])
    lost: dict[int, int] = {}
    for below in sorted(each for each in sheet.rows if each > line):
        for column in sheet.rows[below].keys() - named:
            lost.setdefault(column, below)
    for column, below in sorted(lost.items()):
        letters = column_letters(column)
        message = Text("column {letters} has no name in row {line}", letters=letters, line=line)
        reading = Text("what stands in it is not read; name it, or clear it")
        yield Finding(f"{place}!{letters}{below}", (), message, reading, "warning", code="columns")
