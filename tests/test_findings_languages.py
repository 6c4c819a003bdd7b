"""Every finding is said in Indonesian and in English, with the same figures."""

import os
import re
from dataclasses import replace
from datetime import date, time

import pytest

from backlog_model.history.checks import CODES, check_folder, check_rows, check_table, check_tables
from backlog_model.history.tables import COLUMNS, read_table
from backlog_model.history.workbook import CODES as OF_WORKBOOKS
from backlog_model.history.workbook import read_all, sheets
from backlog_model.report.remarks import of_finding, told
from backlog_model.translation import translated
from filled_workbook import HEADER, SOUND, filled, workbook
from history_tables import KALSEL, write
from simulated_history import CODES as REGIONS
from simulated_history import clean_rows, table

FIGURE = re.compile(r"\d+(?:[.,_]\d+)*")
ENGLISH = re.compile(
    r"\b(the|is|are|of|and|or|not|no|expected|write|likely|look|with|where|but|here|elsewhere|its|it|row|column|cell)\b"
)

WRONG_CELLS = (
    *((year, "63", "houses", 5, "houses") for year in ("20x5", "")),
    *((2025, code, "houses", 5, "houses") for code in ("63.1", "6310", "Banjar")),
    *((2025, "63", name, 5, "houses", status) for name, status in (("", ""), ("houses", "guessed"))),
    *((2025, "63", "amount", value, "ha") for value in ("", "1.751.418", "345,029", "43,62", "1e999", "many")),
    *((2025, "63", "houses", "2.804", "houses"), (2025, "63", "slum_handled_share", "140", "percent")),
    (2025, "63", "houses", 5, "houses", "reported", "", "May"),
)
OF_SUMS = (
    *((2025, "63", "rtlh_stock", 600, "units"), (2025, "63.01", "rtlh_stock", 400, "units")),
    *((2025, "63.02", "rtlh_stock", 251, "units"), (2025, "63", "total_backlog", 5, "households")),
    *((2025, "63", "psu_estates", 1954, "estates"), (2025, "63", "psu_handed_over_estates", 568, "estates")),
    (2025, "63", "psu_not_handed_over_estates", 1377, "estates"),
    *(
        (2025, "63", "slum_light", 10, "ha"),
        (2025, "63", "slum_medium", 20, "ha"),
        (2025, "63", "slum_heavy", 30, "ha"),
    ),
    (2025, "63", "slum", 600, "ha"),
    *((2020, "63.03", "houses", 10, "houses"), (2021, "63.03", "houses", 30, "houses")),
)
OF_AUTHORITIES = (
    *((2025, "63", "slum_area_provincial", area, "ha", "reported", "one area") for area in (4, 40)),
    (2025, "63", "slum_area_kabkota", 791.51, "ha", "reported", "36 areas"),
    (2025, "63", "authority_min_ha_province", 12, "ha"),
)
OF_DATES_AND_NOTES = (
    (2025, "63", "units_handled", 5, "units", "reported", "", "2024-03"),
    (2025, "63", "households", 5, "households", "derived", "2 + 2"),
    (2025, "63", "rtlh_stock", 5, "units", "conflicting"),
    (2025, "63", "population", 5000, "houses"),
    *((2025, "63.05", "budget", 1, "Rp billion"), (2025, "63.05", "units_handled", 5000, "units")),
    *((year, "63.06", "rtlh_handled_cumulative", 30 - year % 2000, "units") for year in (2020, 2021)),
    *((2020 + place, "63.04", "amount", 5, "ha" if place else "persons") for place in range(5)),
)
CELLS = (
    {"value": "#REF!"},
    {"value": "=1402*2"},
    {"value": True},
    {"value": "2.804"},
    {"value": "2804"},
    {"region_code": 63.1},
    {"region_code": "99.99"},
    {"indicator": None},
    {"source_date": None, "source_url": None},
)


def numbers(text):
    return set(FIGURE.findall(text))


def shipped():
    return check_folder(KALSEL)


def slipped_tables(tmp_path):
    rows = [row for path in sorted(KALSEL.glob("*.csv")) for row in read_table(path)[0]]
    scaled = [replace(row, text=f"{row.value * 1000:g}") if place % 40 == 0 else row for place, row in enumerate(rows)]
    swapped = [replace(row, unit="Rp million") if place % 40 == 1 else row for place, row in enumerate(rows)]
    repeated = [*clean_rows(1, 7, 8), clean_rows(1, 7, 8)[0]]
    parts = (WRONG_CELLS, OF_SUMS, OF_AUTHORITIES, OF_DATES_AND_NOTES)
    paths = [write(tmp_path, *each, name=f"{place}.csv") for place, each in enumerate(parts)]
    return [
        *(finding for each in (scaled, swapped) for finding in check_rows(each, REGIONS)),
        *(finding for path in (*paths, table(tmp_path, repeated)) for finding in check_table(path)),
        *check_tables(paths[1:]),
        *unreadable(tmp_path),
    ]


def unreadable(tmp_path):
    contents = {
        "latin.csv": "tahun: caf\xe9".encode("latin-1"),
        "semicolons.csv": ";".join(COLUMNS).encode(),
        "short.csv": f"{','.join(COLUMNS)}\n2025,63\n".encode(),
        "twice.csv": f"{','.join(COLUMNS)},note\n".encode(),
        "missing.csv": ",".join(COLUMNS[1:]).encode(),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    source = (*COLUMNS[:6], "", "2025", "reported", "")
    (tmp_path / "nobody.csv").write_text(f"{','.join(COLUMNS)}\n{','.join(source)}\n", encoding="utf-8")
    (tmp_path / "away.csv").symlink_to(os.devnull)
    return [finding for name in (*contents, "nobody.csv", "away.csv") for finding in check_table(tmp_path / name)]


def slipped_workbooks(tmp_path, monkeypatch):
    files = [broken(tmp_path, name, content) for name, content in BROKEN.items()]
    files += [tmp_path / "nowhere.xlsx", workbook(tmp_path / "none.xlsx", header=("a", "b"))]
    files += [workbook(tmp_path / f"{change.__name__}.xlsx", SOUND, SOUND, change=change) for change in CHANGES]
    rows = [filled(**cells) for cells in CELLS]
    files.append(workbook(tmp_path / "cells.xlsx", *rows, change=with_regions_and_dates))
    files.append(workbook(tmp_path / "names.xlsx", SOUND, header=[*HEADER[:6], "nilai", *HEADER[7:-2], "unit", "note"]))
    found = [finding for file in files for finding in read_all(file).findings]
    monkeypatch.setattr(sheets, "LARGEST_FILE", 1_000)
    return [*found, *read_all(files[-1]).findings]


BROKEN = {
    "locked.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "old.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "text.xlsx": b"year,region_code",
    "empty.xlsx": b"",
    "cut.xlsx": b"PK\x03\x04 cut off",
}


def broken(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


def hidden(sheet):
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["G"].hidden = True


def merged(sheet):
    sheet.merge_cells("A2:A3")


def moved(sheet):
    sheet.insert_rows(1)
    sheet["A1"] = "Data"


def unnamed(sheet):
    sheet["N3"] = "lost"


CHANGES = (hidden, merged, moved, unnamed)


def with_regions_and_dates(sheet):
    regions = sheet.parent.create_sheet("regions")
    for row in (("code", "name"), ("63", "Kalimantan Selatan"), ("63.10", "Tanah Bumbu")):
        regions.append(row)
    last = sheet.max_row + 1
    dated = ({"year": date(2025, 1, 1)}, {"region_code": date(2063, 10, 1)}, {"region_code": time(6, 10)})
    for cells in (*dated, {"value": date(2025, 3, 1)}, {"source_date": date(2025, 3, 1)}):
        sheet.append(filled(**cells))
    for place, unit in enumerate(("share", "units")):
        sheet.append(filled(value=0.4362, unit=unit))
        sheet.cell(last + 5 + place, 7).number_format = "0.00%"


@pytest.fixture(scope="module")
def slips(tmp_path_factory):
    with pytest.MonkeyPatch.context() as monkeypatch:
        folder = tmp_path_factory.mktemp("slips")
        return [*slipped_tables(folder), *slipped_workbooks(folder, monkeypatch)]


def test_the_slips_lead_to_every_kind_of_finding(slips):
    seen = {finding.code for finding in (*slips, *shipped())}
    assert {*CODES, *OF_WORKBOOKS} - seen == set()


def test_every_finding_says_the_same_figures_in_both_languages(slips):
    for finding in (*slips, *shipped()):
        for said in (finding.message, finding.reading):
            assert numbers(translated(said, "id")) == numbers(said), said


def test_every_message_is_indonesian_and_every_reading_is_too_unless_it_is_the_note(slips):
    notes = {row.note for path in KALSEL.glob("*.csv") for row in read_table(path)[0]}
    for finding in (*slips, *shipped()):
        message, reading = translated(finding.message, "id"), translated(finding.reading, "id")
        assert message != finding.message
        assert reading != finding.reading or finding.reading in notes, finding
        assert not ENGLISH.search(message), finding.message
        by_note = finding.code in ("known_conflict", "derived_and_note")
        assert by_note or not ENGLISH.search(reading), finding.reading


def test_a_finding_is_told_with_the_rows_beside_it_in_the_language_asked_for():
    finding = next(each for each in shipped() if each.code == "parts_and_total")
    remark = of_finding(finding, lambda place: place.rpartition("/")[2])
    assert (remark.place, remark.code, remark.warning) == ("psu.csv:9", "parts_and_total", True)
    assert told(remark.message, "id").startswith("bagian-bagian tidak berjumlah menjadi totalnya: 568 + 1377 = 1945")
    assert told(remark.message, "id").endswith("(bandingkan psu.csv:10, psu.csv:11)")
    assert told(remark.message, "en") == (
        "parts do not make the total: 568 + 1,377 = 1,945, not 1,935; either the total is 1,945 or a part is off by 10 "
        "(beside psu.csv:10, psu.csv:11)"
    )
