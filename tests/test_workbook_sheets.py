"""How a filled-in workbook is laid out: headers that moved, merged and hidden cells, files that are no workbooks."""

import re
import zipfile

import openpyxl
import pytest
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink

from backlog_model.history.tables import findings as shared
from backlog_model.history.workbook import CODES, read_workbook, sheets
from filled_workbook import HEADER, SOUND, filled, rewritten, where, workbook
from history_tables import only

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.fixture
def read(tmp_path):
    """Rows and findings of a sheet with these rows."""

    def read(*rows, **options):
        return read_workbook(workbook(tmp_path / "input.xlsx", *rows, **options))

    return read


def renamed(**names):
    return [names.get(name, name) for name in HEADER]


# header


def test_columns_may_stand_in_any_order_and_be_written_with_capitals(read):
    header = [name.upper().replace("_", " ") for name in reversed(HEADER)]
    rows, findings = read(list(reversed(SOUND)), header=header)
    assert findings == []
    assert (rows[0].year, rows[0].text, rows[0].note) == (2025, "2804", "All sources")


def test_optional_columns_may_be_missing(read):
    kept = [place for place, name in enumerate(HEADER) if name not in ("program", "funding_source")]
    rows, findings = read([SOUND[place] for place in kept], header=[HEADER[place] for place in kept])
    assert (findings, rows[0].program, rows[0].funding) == ([], "", "")


def test_a_header_below_a_title_is_found(read):
    def with_title(sheet):
        sheet.insert_rows(1, amount=2)
        sheet["A1"] = "Data RTLH 2025"

    rows, findings = read(filled(), change=with_title)
    finding = only(findings)
    assert (finding.code, finding.severity, where(finding)) == ("moved_header", "warning", "input.xlsx:data!A3")
    assert rows[0].place.endswith("data!G4")


@pytest.mark.parametrize(
    ("written", "meant", "cell"),
    [
        ("Nilai", "value", "G1"),
        ("indicators", "indicator", "D1"),
        ("Sumber dana", "funding_source", "F1"),
        ("yaer", "year", "A1"),
    ],
)
def test_a_renamed_column_is_named_with_the_right_name_and_read_on(read, written, meant, cell):
    rows, findings = read(filled(), filled(value="1 200"), header=renamed(**{meant: written}))
    assert [(finding.code, where(finding)) for finding in findings] == [
        *(("columns", f"input.xlsx:data!{cell}"), ("number", "input.xlsx:data!G3")),
    ]
    assert findings[0].reading == f"write {meant}"
    assert findings[0].severity == "error"
    assert len(rows) == 1


def test_a_name_that_only_resembles_one_takes_no_column_away(read):
    rows, findings = read(["x", *filled()], header=["values", *HEADER])
    assert (findings, rows[0].text) == ([], "2804")


def test_a_column_that_is_there_twice_is_named(read):
    rows, findings = read([*filled(), 99], header=[*HEADER, "Value"])
    finding = only(findings)
    assert (finding.code, where(finding), finding.severity) == ("columns", "input.xlsx:data!M1", "error")
    assert finding.message == "column value stands twice, first in G"
    assert rows[0].text == "2804"


def test_without_a_column_no_row_is_read_but_cells_are_judged(read):
    kept = [place for place, name in enumerate(HEADER) if name != "unit"]
    row = [filled(value="1 200", region_code=63.1)[place] for place in kept]
    rows, findings = read(row, header=[HEADER[place] for place in kept])
    assert rows == []
    assert [finding.code for finding in findings] == ["columns", "number_code"]
    assert findings[0].message == "no column unit"


def test_what_stands_in_a_column_without_name_is_not_lost_without_a_word(read):
    rows, findings = read(filled(), [*filled(), None, "remark"])
    finding = only(findings)
    assert (len(rows), finding.severity, where(finding)) == (2, "warning", "input.xlsx:data!N3")
    assert "column N has no name in row 1" in finding.message


def test_a_column_with_another_name_is_left_alone(read):
    assert read([*filled(), "x"], header=[*HEADER, "checked by"])[1] == []


def test_a_workbook_without_a_history_table_says_what_is_expected(read):
    finding = only(read(("A", 1), header=("name", "number"), sheet="Sheet1")[1])
    assert (finding.code, where(finding)) == ("no_table", "input.xlsx")
    assert "no sheet of Sheet1 has the columns" in finding.message


@pytest.mark.parametrize(
    ("header", "is_history"),
    [
        (("year", "value", "unit"), False),
        (("year", "unit", "note", "status"), False),
        (("year", "value", "unit", "note"), True),
    ],
)
def test_another_table_is_not_taken_for_a_history_table(read, header, is_history):
    _, findings = read(header=header, sheet="Sheet1")
    assert only(findings).code == ("columns" if is_history else "no_table")


def test_every_sheet_with_the_columns_is_read(read):
    def with_another(sheet):
        other = sheet.parent.create_sheet("Kota Banjarmasin")
        other.append(HEADER)
        other.append(filled(value="x"))
        other.append(filled())

    rows, findings = read(filled(), change=with_another)
    assert where(only(findings)) == "input.xlsx:Kota Banjarmasin!G2"
    assert [row.place.rpartition(":")[2] for row in rows] == ["data!G2", "Kota Banjarmasin!G3"]


# blank, merged and hidden


def test_blank_rows_are_left_out_wherever_they_stand(read):
    blank = [None] * len(HEADER)
    rows, findings = read(filled(), blank, [" ", "", *blank[2:]], filled(), *[blank] * 3)
    assert findings == []
    assert [row.line for row in rows] == [2, 5]


def test_merged_cells_are_named_and_their_rows_not_read(read):
    rows, findings = read(filled(), filled(), filled(), filled(), change=lambda sheet: sheet.merge_cells("A3:A4"))
    finding = only(findings)
    assert (finding.code, where(finding)) == ("merged_cells", "input.xlsx:data!A3")
    assert finding.message == "cells A3 to A4 are merged, and only the first holds a value"
    assert [row.line for row in rows] == [2, 5]


@pytest.mark.parametrize("area", ["N2:N4", "A1:L1", "L2:M2"])
def test_merged_cells_beside_or_above_the_rows_do_no_harm(read, area):
    def with_title(sheet):
        sheet.insert_rows(1)
        sheet.merge_cells(area)

    rows, findings = read(filled(), change=with_title)
    assert len(rows) == 1
    assert [finding.code for finding in findings] == ["moved_header"]


def test_hidden_neighbours_are_all_named(read):
    def hide(sheet):
        sheet.column_dimensions.group("J", "L", hidden=True)

    _, findings = read(filled(), change=hide)
    assert [where(finding) for finding in findings] == [f"input.xlsx:data!{column}1" for column in "JKL"]


def test_cells_without_their_own_place_follow_each_other(tmp_path):
    def without_places(sheet):
        return re.sub(rb'(<(?:row|c))( r="[A-Z]*\d+")', rb"\1", sheet)

    def hide(sheet):
        sheet.row_dimensions[3].hidden = True

    path = workbook(tmp_path / "input.xlsx", filled(), filled(value="=1+1"), filled(), change=hide)
    rows, findings = read_workbook(rewritten(path, "xl/worksheets/sheet1.xml", without_places))
    assert b' r="' not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert [row.place.rpartition("!")[2] for row in rows] == ["G2", "G4"]
    assert [(finding.code, where(finding)) for finding in findings] == [
        *(("hidden_cells", "input.xlsx:data!A3"), ("formula", "input.xlsx:data!G3")),
    ]


def test_hidden_rows_columns_and_sheets_are_read_with_a_warning(read):
    def hide(sheet):
        for line in (3, 4, 6, 9):
            sheet.row_dimensions[line].hidden = True
        sheet.column_dimensions["L"].hidden = True
        sheet.parent.create_sheet("cover")
        sheet.sheet_state = "hidden"

    rows, findings = read(*[filled()] * 5, change=hide)
    assert len(rows) == 5
    assert {finding.code for finding in findings} == {"hidden_cells"}
    assert {finding.severity for finding in findings} == {"warning"}
    assert [finding.message for finding in findings] == [
        *("sheet data is hidden", "rows 3 to 4 are hidden", "row 6 is hidden", "column note is hidden"),
    ]
    assert where(findings[1]) == "input.xlsx:data!A3"


# size


def test_a_declared_size_of_a_million_rows_is_not_believed(tmp_path):
    path = workbook(tmp_path / "input.xlsx", filled())

    def declare(sheet):
        return sheet.replace(b'<dimension ref="A1:L2"', b'<dimension ref="A1:XFD1048576"')

    rewritten(path, "xl/worksheets/sheet1.xml", declare)
    assert b"XFD1048576" in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert len(read_workbook(path)[0]) == 1


def test_a_declared_size_that_is_too_small_hides_nothing(tmp_path):
    path = workbook(tmp_path / "input.xlsx", filled(), filled())
    rewritten(path, "xl/worksheets/sheet1.xml", lambda sheet: sheet.replace(b'"A1:L3"', b'"A1"'))
    assert len(read_workbook(path)[0]) == 2


def test_a_note_in_the_last_row_and_a_merged_column_make_no_million_cells(tmp_path):
    def far_away(sheet):
        sheet["G1048576"] = "x"

    def merge(sheet):
        return sheet.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="P1:P1048576"/></mergeCells>')

    path = workbook(tmp_path / "input.xlsx", filled(), change=far_away)
    rows, findings = read_workbook(rewritten(path, "xl/worksheets/sheet1.xml", merge))
    assert len(rows) == 1
    assert {where(finding) for finding in findings} == {
        f"input.xlsx:data!{column}1048576" for column in ("A", "B", "D", "G", "H", "I", "K")
    }


def test_what_unpacks_to_too_much_is_refused_unread(tmp_path, monkeypatch):
    path = workbook(tmp_path / "input.xlsx", filled())
    monkeypatch.setattr(sheets, "LARGEST_CONTENT", 1000)
    finding = only(read_workbook(path)[1])
    assert (finding.code, where(finding)) == ("too_large", "input.xlsx")
    assert "expected at most 1_000" in finding.reading


def test_a_file_that_is_too_large_is_refused_unread(tmp_path, monkeypatch):
    path = workbook(tmp_path / "input.xlsx", filled())
    monkeypatch.setattr(sheets, "LARGEST_FILE", 100)
    assert only(read_workbook(path)[1]).code == "too_large"


# files that are no workbooks


def archive(path, *names):
    with zipfile.ZipFile(path, "w") as new:
        for name in names:
            new.writestr(name, "x")


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (OLD_OFFICE, "not_a_workbook", "old kind (.xls)"),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "encrypted_file", "locked with a password"),
        (b"", "not_a_workbook", "this file is empty"),
        (b"<html><table>", "not_a_workbook", "no workbook, whatever its name says"),
        (b"year,region_code\n", "not_a_workbook", "no workbook, whatever its name says"),
        (b"PK\x03\x04 and no more", "broken_file", "cut off or damaged"),
    ],
)
def test_another_kind_of_file_is_named(tmp_path, content, code, said):
    path = tmp_path / "input.xlsx"
    path.write_bytes(content)
    rows, findings = read_workbook(path)
    finding = only(findings)
    assert (rows, finding.code, where(finding)) == ([], code, "input.xlsx")
    assert said in finding.message


@pytest.mark.parametrize(
    ("names", "code", "said"),
    [
        (("notes.txt",), "not_a_workbook", "holds no workbook"),
        (("[Content_Types].xml", "word/document.xml"), "not_a_workbook", "holds no workbook"),
        (("[Content_Types].xml", "xl/workbook.bin"), "not_a_workbook", "binary workbook"),
        (("[Content_Types].xml", "xl/workbook.xml"), "broken_file", "damaged"),
    ],
)
def test_another_kind_of_archive_is_named(tmp_path, names, code, said):
    archive(tmp_path / "input.xlsx", *names)
    finding = only(read_workbook(tmp_path / "input.xlsx")[1])
    assert finding.code == code
    assert said in finding.message


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert only(read_workbook(tmp_path / "input.xlsx")[1]).code == "no_file"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_damaged_part_is_one_finding(tmp_path, part):
    path = rewritten(workbook(tmp_path / "input.xlsx", filled()), part, lambda before: before[: len(before) // 2])
    rows, findings = read_workbook(path)
    assert (rows, only(findings).code) == ([], "broken_file")


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("docProps/core.xml", b"<cp:core", b"<?xml version='1.0' encoding='U'?><cp:core"),
        ("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="2000000000000"'),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="x"/></mergeCells>'),
    ],
)
def test_a_part_that_no_program_writes_is_one_finding(tmp_path, part, before, after):
    path = rewritten(workbook(tmp_path / "input.xlsx", filled()), part, lambda text: text.replace(before, after))
    assert after in zipfile.ZipFile(path).read(part)
    assert only(read_workbook(path)[1]).code == "broken_file"


def test_what_the_reader_does_not_know_is_passed_over_in_silence(tmp_path):
    lists_of_excel = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    path = workbook(tmp_path / "input.xlsx", filled())
    rewritten(path, "xl/worksheets/sheet1.xml", lambda sheet: sheet.replace(b"</worksheet>", lists_of_excel))
    rows, findings = read_workbook(path)
    assert (len(rows), findings) == (1, [])


def test_macros_and_links_to_other_files_are_left_alone(tmp_path):
    path = tmp_path / "input.xlsm"
    book = openpyxl.Workbook()
    book.active.title = "data"
    for row in (HEADER, filled()):
        book.active.append(row)
    link = ExternalLink(externalBook=ExternalBook(id="rId1"))
    link.file_link = Relationship(type="externalLinkPath", Target="file:///elsewhere.xlsx", TargetMode="External")
    book._external_links.append(link)
    book.save(path)
    with_macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    without = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    rewritten(path, "[Content_Types].xml", lambda types: types.replace(without, with_macro))
    rewritten(path, "xl/vbaProject.bin", lambda _: b"Sub Auto_Open()")
    rewritten(path, "xl/externalLinks/externalLink1.xml", lambda _: b"never looked at")
    rows, findings = read_workbook(path)
    assert {"xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml"} <= set(zipfile.ZipFile(path).namelist())
    assert (len(rows), findings) == (1, [])


def test_every_code_is_explained(read):
    def spoil(sheet):
        sheet.merge_cells("A6:A7")
        sheet.row_dimensions[3].hidden = True

    rows = [
        *(filled(value="2.804"), filled(value="#REF!"), filled(value="=1"), filled(region_code=63.1), filled()),
        *(filled(), filled(unit=None)),
    ]
    _, findings = read(*rows, header=renamed(note="notes"), change=spoil)
    assert len({finding.code for finding in findings}) == 8
    assert {finding.code for finding in findings} <= {*CODES, *shared.CODES}
