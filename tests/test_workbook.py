"""Filled-in workbooks: what a spreadsheet does to figures and codes is named by sheet and cell, never guessed."""

from dataclasses import fields
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter

from backlog_model.history.tables import read_table
from backlog_model.history.workbook import read_all, read_workbook
from backlog_model.history.workbook.sheet_cells import number_text
from backlog_model.report.history_tables import write_history
from filled_workbook import HEADER, filled, where, workbook
from history_tables import only


@pytest.fixture
def read(tmp_path):
    """Rows and findings of a sheet with these rows."""

    def read(*rows, **options):
        return read_workbook(workbook(tmp_path / "input.xlsx", *rows, **options))

    return read


def formatted(cell, number_format):
    def change(sheet):
        sheet[cell].number_format = number_format

    return change


def test_a_sound_row_is_the_row_of_a_table_with_its_cell_as_place(read):
    rows, findings = read(filled())
    row = rows[0]
    assert (findings, len(rows)) == ([], 1)
    assert (row.year, row.code, row.region, row.indicator, row.value) == (
        *(2025, "63.10", "Tanah Bumbu", "units_handled", 2804.0),
    )
    assert (row.program, row.funding, row.unit, row.source_date, row.status, row.note) == (
        *("BSPS", "APBN", "units", "2026-02-12", "reported", "All sources"),
    )
    assert row.place.endswith("/input.xlsx:data!G2")


def test_rows_written_as_csv_and_read_again_are_the_same(read, tmp_path):
    rows, _ = read(
        filled(),
        filled(value=345.029, unit="ha", indicator="slum_area_handled", source_date="unknown", note='a, "b"'),
        filled(value=-12.5, unit="percent", indicator="budget_change", program=None, status="derived", source_url=None),
    )
    write_history(rows, tmp_path / "history.csv")
    again, findings = read_table(tmp_path / "history.csv")
    assert findings == []
    assert [content(row) for row in again] == [content(row) for row in rows]
    assert len(rows) == 3
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def content(row):
    return {each.name: getattr(row, each.name) for each in fields(row) if each.name not in ("file", "line", "where")}


def test_text_that_looks_like_a_formula_is_written_as_text_and_a_number_as_it_is(read, tmp_path):
    def as_text(sheet):
        sheet["L2"].data_type = "s"  # openpyxl would write a formula

    row = filled(note="=1+1", value=-5, indicator="budget_change", unit="percent")
    rows, findings = read(row, change=as_text)
    assert (rows[0].note, findings) == ("=1+1", [])
    write_history(rows, tmp_path / "history.csv")
    line = (tmp_path / "history.csv").read_text(encoding="utf-8").splitlines()[1]
    assert ",-5,percent," in line
    assert line.endswith(",'=1+1")


# values


@pytest.mark.parametrize(
    ("text", "code", "write"),
    [
        ("2.804", "text_number", "write 2804 (thousands) or 2.804 (decimal dot)"),
        ("345,029", "number", "write 345.029 (decimal comma) or 345029 (thousands)"),
        ("1 200", "number", "write 1200"),
        ("1\xa0200", "number", "write 1200"),
        ("43,62", "number", "write 43.62"),
        ("Rp 932", "number", "write 932"),
        ("-", "number", "digits with a decimal dot"),
    ],
)
def test_a_number_as_text_is_refused_where_its_mark_can_be_read_two_ways(read, text, code, write):
    rows, findings = read(filled(value=text, unit="ha"))
    finding = only(findings)
    assert (rows, finding.code, finding.severity) == ([], code, "error")
    assert where(finding) == "input.xlsx:data!G2"
    assert write in finding.reading


@pytest.mark.parametrize("text", ["2804", " 2804 "])
def test_plain_digits_as_text_are_read_with_a_warning(read, text):
    rows, findings = read(filled(value=text))
    finding = only(findings)
    assert (rows[0].value, finding.code, finding.severity) == (2804.0, "text_number", "warning")
    assert "it is read as 2804" in finding.message


def test_a_percent_format_is_refused_for_percent_and_read_for_a_share(read):
    share = {"indicator": "slum_handled_share", "value": 0.4362}
    rows, findings = read(filled(**share, unit="percent"), change=formatted("G2", "0.00%"))
    finding = only(findings)
    assert (rows, finding.code, where(finding)) == ([], "percent_format", "input.xlsx:data!G2")
    assert finding.message == "0.4362 is shown as 43.62 %, but the unit is percent"
    assert "write 43.62 with the unit percent" in finding.reading
    rows, findings = read(filled(**share, unit="share"), change=formatted("G2", "0%"))
    assert (rows[0].text, only(findings).severity) == ("0.4362", "warning")


def test_a_truth_value_under_a_percent_format_is_refused_as_such(read):
    _, findings = read(filled(value=True, unit="percent"), change=formatted("G2", "0%"))
    assert only(findings).code == "number"


def test_a_percent_sign_that_is_only_text_in_a_format_changes_nothing(read):
    row = filled(indicator="slum_handled_share", value=43.62, unit="percent")
    assert read(row, change=formatted("G2", '0.00" %"'))[1] == []


def test_a_formula_counts_with_its_last_result(tmp_path):
    rows, findings = with_formula(tmp_path, "=1402*2", 2804)
    finding = only(findings)
    assert (rows[0].value, finding.severity, finding.code) == (2804.0, "warning", "formula")
    assert "=1402*2" in finding.message
    assert "last result is used: 2804" in finding.message


def test_a_formula_without_result_is_refused(read):
    rows, findings = read(filled(value="=1402*2"))
    finding = only(findings)
    assert (rows, finding.code, where(finding)) == ([], "formula", "input.xlsx:data!G2")
    assert "has no result in the file" in finding.message


def with_formula(folder, formula, result):
    """A row whose value is a formula as a spreadsheet program saves it, with its result."""
    path = folder / "formula.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("data")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, filled())
        sheet.write_formula(1, HEADER.index("value"), formula, None, result)
    return read_workbook(path)


def test_a_formula_that_ended_in_an_error_is_an_error_cell(tmp_path):
    rows, findings = with_formula(tmp_path, "=1/0", "#DIV/0!")
    assert (rows, only(findings).code) == ([], "error_cell")


def test_a_long_formula_is_named_by_its_beginning(read):
    finding = only(read(filled(value=f"=SUM({'A1,' * 30}A1)"))[1])
    assert finding.message == "the formula =SUM(A1,A1,A1,A1,A1,A1,A1,A1,A1,A1,A1... has no result in the file"


@pytest.mark.parametrize("shown", ["#REF!", "#DIV/0!", "#N/A"])
def test_an_error_cell_is_named(read, shown):
    rows, findings = read(filled(value=shown))
    finding = only(findings)
    assert (rows, finding.code, where(finding)) == ([], "error_cell", "input.xlsx:data!G2")
    assert finding.message == f"the cell shows {shown}"


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        (datetime(2026, 4, 2), "date_cell", "the number behind it is 46114"),
        (time(12, 0), "date_cell", "the number behind it is 0.5"),
        (True, "number", "write a number"),
        (None, "empty_cell", "a missing figure is not zero"),
    ],
)
def test_what_is_no_number_is_refused(read, value, code, said):
    rows, findings = read(filled(value=value))
    finding = only(findings)
    assert (rows, finding.code, where(finding)) == ([], code, "input.xlsx:data!G2")
    assert said in finding.reading


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (43.62, "43.62"),
        (0.1 + 0.2, "0.3"),
        (4.76e12, "4760000000000"),
        (1.5e14, "150000000000000"),
        (2.5e-7, "0.00000025"),
    ],
)
def test_digits_that_are_noise_of_the_spreadsheet_are_not_printed(read, value, text):
    assert number_text(value) == text
    assert read(filled(value=value, unit="index", indicator="cpi"))[0][0].text == text


# codes, years, dates


@pytest.mark.parametrize(
    ("value", "code", "write"),
    [
        (63.1, "number_code", "63.10"),
        (63.01, "number_code", "63.01"),
        (6310, "number_code", "63.10"),
        (63, "number_code", "63"),
        (631001, "number_code", "63.10.01"),
        (6310012003, "number_code", "63.10.01.2003"),
        (7, "number_code", "the code, such as 63.10"),
        (datetime(2063, 10, 1), "date_cell", "63.10"),
        (datetime(1963, 1, 1), "date_cell", "63.01"),
        (date(2026, 3, 11), "date_cell", "11.03"),
        (timedelta(hours=63, minutes=10), "date_cell", "63.10"),
        (time(11, 3), "date_cell", "11.03"),
    ],
)
def test_a_code_that_became_a_number_or_a_date_is_refused_with_the_code_meant(read, value, code, write):
    rows, findings = read(filled(region_code=value))
    finding = only(findings)
    assert (rows, finding.code, where(finding)) == ([], code, "input.xlsx:data!B2")
    assert finding.reading == f"format the column as Text, then write {write}"


@pytest.mark.parametrize("text", ["63.1", "6310", "Tanah Bumbu"])
def test_a_code_as_text_is_judged_as_in_a_table(read, text):
    rows, findings = read(filled(region_code=text))
    finding = only(findings)
    assert (rows, finding.code, where(finding)) == ([], "region_code", "input.xlsx:data!B2")


@pytest.mark.parametrize("year", [2025, 2025.0, "2025", " 2025 "])
def test_a_year_may_be_a_number_or_text(read, year):
    rows, findings = read(filled(year=year))
    assert (rows[0].year, findings) == (2025, [])


@pytest.mark.parametrize(
    ("year", "code", "said"),
    [
        (datetime(1905, 7, 17), "date_cell", "write 2025 and format the cell as a number"),  # day 2025 of the calendar
        (datetime(2025, 12, 31), "date_cell", "write 2025 and format the cell as a number"),
        (timedelta(hours=5), "date_cell", "expected one year such as 2025"),
        (2025.5, "year", "expected one year such as 2025"),
        (2.025, "year", "expected one year such as 2025"),
        ("2024/2025", "year", "expected one year such as 2025"),
    ],
)
def test_what_is_no_year_is_refused(read, year, code, said):
    rows, findings = read(filled(year=year))
    finding = only(findings)
    assert (rows, finding.code, where(finding)) == ([], code, "input.xlsx:data!A2")
    assert said in finding.reading


@pytest.mark.parametrize(
    ("number_format", "written"), [("yyyy-mm-dd", "2026-02-12"), ("mmm-yy", "2026-02"), ("yyyy", "2026")]
)
def test_a_date_cell_is_read_as_far_as_it_shows(read, number_format, written):
    row = filled(source_date=datetime(2026, 2, 12))
    rows, findings = read(row, change=formatted("J2", number_format))
    finding = only(findings)
    assert (rows[0].source_date, finding.severity, where(finding)) == (written, "warning", "input.xlsx:data!J2")


def test_text_columns_take_what_is_written(read):
    rows, findings = read(filled(region=2024, note=datetime(2026, 2, 12), program=True, funding_source=1.5))
    assert findings == []
    assert (rows[0].region, rows[0].note, rows[0].program, rows[0].funding) == ("2024", "2026-02-12", "TRUE", "1.5")


@pytest.mark.parametrize(
    ("column", "value", "code", "cell"),
    [
        ("indicator", None, "empty_cell", "D2"),
        ("unit", "  ", "empty_cell", "H2"),
        ("status", "Reported", "status", "K2"),
        ("source_url", None, "no_source", "I2"),
        ("source_date", "12/2/2026", "source_date", "J2"),
        ("value", 2.804, "decimal_mark", "G2"),
    ],
)
def test_the_rules_of_tables_name_the_cell(read, column, value, code, cell):
    finding = only(read(filled(**{column: value}))[1])
    assert (finding.code, where(finding)) == (code, f"input.xlsx:data!{cell}")


def test_every_problem_is_found_at_once_and_sound_rows_are_kept(read):
    rows, findings = read(filled(), filled(year="x", value="x"), filled(status="x"), filled(year=2024))
    assert [where(finding) for finding in findings] == [f"input.xlsx:data!{cell}" for cell in ("A3", "G3", "K4")]
    assert [row.line for row in rows] == [2, 5]


# the region table of the workbook


def test_a_code_that_the_region_table_does_not_have_is_refused(read):
    def with_regions(sheet):
        regions = sheet.parent.create_sheet("regions")
        for row in (("code", "name", "level"), ("63", "Kalsel", "province"), ("63.10", "Tanah Bumbu", "region")):
            regions.append(row)

    rows, findings = read(filled(), filled(region_code="63"), filled(region_code="ID"), filled(region_code="63.11"),
                          change=with_regions)  # fmt: skip
    finding = only(findings)
    assert [row.code for row in rows] == ["63.10", "63", "ID"]
    assert (finding.code, where(finding)) == ("unknown_region", "input.xlsx:data!B5")
    assert "did you mean 63.10?" in finding.message


def test_codes_of_the_region_table_are_text_as_well(tmp_path):
    def with_regions(sheet):
        regions = sheet.parent.create_sheet("daerah")
        for row in (("Contoh",), ("code", "name"), (63.1, "Tanah Bumbu"), ("63.11", "Balangan")):
            regions.append(row)

    found = read_all(workbook(tmp_path / "input.xlsx", change=with_regions))
    assert found.regions == ("63.11",)
    assert (only(found.findings).code, where(only(found.findings))) == ("number_code", "input.xlsx:daerah!A3")
