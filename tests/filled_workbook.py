"""Workbooks as people fill them in, for tests of the reader."""

import shutil
import zipfile

import openpyxl

HEADER = (
    *("year", "region_code", "region", "indicator", "program", "funding_source"),
    *("value", "unit", "source_url", "source_date", "status", "note"),
)
SOUND = (
    *(2025, "63.10", "Tanah Bumbu", "units_handled", "BSPS", "APBN"),
    *(2804, "units", "https://example.org/a", "2026-02-12", "reported", "All sources"),
)


def filled(**cells):
    """A sound row with these cells instead."""
    return [cells.get(name, value) for name, value in zip(HEADER, SOUND, strict=True)]


def workbook(path, *rows, header=HEADER, change=None, sheet="data"):
    """A workbook of one sheet; `change` may do to the sheet what people do."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in (header, *rows):
        book.active.append(row)
    if change is not None:
        change(book.active)
    book.save(path)
    return path


def rewritten(path, name, change):
    """The same file with one part of the archive changed; a part that is not there counts as empty."""
    before = path.with_suffix(".before")
    shutil.move(path, before)
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, change(old.read(name) if name in old.namelist() else b""))
    return path


def where(finding):
    """Workbook, sheet and cell that a finding names."""
    return finding.place.rpartition("/")[2]
