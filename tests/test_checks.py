"""Slips in published figures are caught, and sound figures are left alone."""

import subprocess
import sys

import pytest

from backlog_model.history.checks import check_folder, check_table, check_tables
from backlog_model.history.tables import COLUMNS, Finding
from history_tables import KALSEL, only, write

SLUM = (2022, "63", "slum_area_provincial", "791.51", "ha")


def test_hectares_beyond_the_stock_are_a_slip_of_a_thousand(tmp_path):
    target = (2026, "63", "slum_area_handled_provincial_target", "36000", "ha", "target")
    finding = only(check_table(write(tmp_path, SLUM, target)))
    assert finding.place.endswith("table.csv:3")
    assert "36,000 ha is out of size: more than the whole stock of 791.51" in finding.message
    assert finding.severity == "error"


def test_a_slip_of_a_thousand_is_read_by_its_own_series(tmp_path):
    name = "slum_area_handled_provincial_target"
    years = [(2024, "63", name, "33.4", "ha", "target"), (2025, "63", name, "35.09", "ha", "target")]
    finding = only(check_table(write(tmp_path, *years, (2026, "63", name, "36000", "ha", "target"))))
    assert "against 35.09, 33.4 in the same series" in finding.message
    assert "likely 36 ha" in finding.reading


def test_one_other_figure_is_enough_for_a_slip_of_a_thousand(tmp_path):
    rows = [
        (2026, "63", "slum_target", value, "ha", "target", "", date) for value, date in ((36.67, 2025), (36000, 2026))
    ]
    finding = only(check_table(write(tmp_path, *rows)))
    assert "36,000 ha is out of size: against 36.67" in finding.message


def test_a_thousands_dot_read_as_decimal_dot_is_no_count(tmp_path):
    finding = only(check_table(write(tmp_path, (2025, "63", "units_handled", "2.804", "units"))))
    assert "2.804 units: units come in whole numbers" in finding.message
    assert "write 2804" in finding.reading


@pytest.mark.parametrize(
    ("total", "parts", "names"),
    [
        (1935, (568, 1377), ("psu_handed_over_estates", "psu_not_handed_over_estates")),
        (1935, (568, 1377), ("psu_estates_handed_over", "psu_estates_not_handed_over")),
    ],
)
def test_parts_that_do_not_make_the_total(tmp_path, total, parts, names):
    rows = [(2025, "63", name, value, "estates") for name, value in zip(names, parts, strict=True)]
    finding = only(check_table(write(tmp_path, (2025, "63", "psu_estates", total, "estates"), *rows)))
    assert "568 + 1,377 = 1,945, not 1,935" in finding.message
    assert "the total is 1,945 or a part is off by 10" in finding.reading
    assert finding.others[1].endswith("table.csv:4")


def test_parts_that_make_the_total_pass(tmp_path):
    rows = [(2026, "ID", f"bsps_units_{part}", value, "units") for part, value in
            (("coastal", 120000), ("rural", 160000), ("urban", 120000))]  # fmt: skip
    assert check_table(write(tmp_path, (2026, "ID", "bsps_units", 400000, "units"), *rows)) == []


def test_printed_percent_that_needs_another_base(tmp_path):
    done = (2025, "63", "slum_area_handled_cumulative", "345.029", "ha")
    finding = only(check_table(write(tmp_path, SLUM, done, (2025, "63", "slum_handled_share", "43.62", "percent"))))
    assert finding.message == "43.62 % is printed, but 345.029 / 791.51 = 43.59 %"
    assert "a base of 790.99" in finding.reading
    assert finding.severity == "warning"


def test_a_base_worked_out_from_the_percent_proves_nothing(tmp_path):
    done = (2025, "63", "slum_area_handled_cumulative", "345.029", "ha")
    circular = (2025, "63", "slum_area_provincial", "790.99", "ha", "derived", "345.029 / 0.4362")
    share = (2025, "63", "slum_handled_share", "43.62", "percent")
    assert "345.029 / 791.51" in only(check_table(write(tmp_path, SLUM, done, circular, share))).message


@pytest.mark.parametrize("printed", ["43.59", "43.6", "44", "43.5", "43"])
def test_percent_rounded_or_cut_off_passes(tmp_path, printed):
    done = (2025, "63", "slum_area_handled_cumulative", "345.029", "ha")
    assert check_table(write(tmp_path, SLUM, done, (2025, "63", "slum_handled_share", printed, "percent"))) == []


def test_percent_of_what_is_left_passes(tmp_path):
    rows = [(2022, "63.71", "slum_area", "508.48", "ha"), (2025, "63.71", "slum_area_remaining", "298.09", "ha")]
    assert check_table(write(tmp_path, *rows, (2025, "63.71", "slum_handled_share", "41.37", "percent"))) == []


def test_ownership_and_occupancy_backlog_are_not_added(tmp_path):
    rows = [
        (2022, "63", "backlog_ownership", 252804, "households"),
        (2022, "63", "backlog_occupancy", 139983, "households"),
        (2022, "63", "housing_backlog", 392787, "households"),
    ]
    finding = only(check_table(write(tmp_path, *rows)))
    assert "392,787 = 252,804 (backlog_ownership) + 139,983 (backlog_occupancy)" in finding.message
    assert "keep each by itself" in finding.reading
    assert finding.severity == "error"


def test_a_total_of_backlogs_is_suspect_by_its_name(tmp_path):
    finding = only(check_table(write(tmp_path, (2022, "63", "backlog_total", 392787, "households"))))
    assert "adds backlogs of different kinds" in finding.message


def test_a_change_of_source_is_not_a_trend(tmp_path):
    rows = [
        (2024, "63", "rtlh_remaining", 31000, "units", "reported", "agency list, lower bound"),
        (2025, "63", "rtlh_stock", 237973, "units", "reported", "Regsosek"),
    ]
    finding = only(check_table(write(tmp_path, *rows)))
    assert "31,000 (2024) -> 237,973 (2025), x7.7: a change of source" in finding.message
    assert "not a trend" in finding.message
    assert "regsosek" in finding.message


def test_claim_against_the_fall_of_the_stock(tmp_path):
    rows = [
        (2021, "63", "rtlh_remaining", 47564, "units", "reported", "end of 2021", "2022-10-27"),
        (2024, "63", "rtlh_remaining", 31000, "units", "reported", "Lower bound", "2024-10-23"),
        (2024, "63", "units_handled_per_year", 10000, "units/year", "reported", "", "2024-10-23"),
    ]
    finding = only(check_table(write(tmp_path, *rows)))
    assert "10,000 a year are said to be handled" in finding.message
    assert "47,564 -> 31,000 in 2.8 years, 5,896 a year" in finding.message
    assert "4,104 a year came in anew" in finding.reading


def test_claim_is_found_across_tables(tmp_path):
    stock = [(2021, "63", "rtlh_remaining", 47564, "units"), (2024, "63", "rtlh_remaining", 31907, "units")]
    claim = (2024, "63", "units_handled_per_year", 10000, "units/year")
    tables = [write(tmp_path, *stock, name="stock.csv"), write(tmp_path, claim, name="claims.csv")]
    assert [check_table(table) for table in tables] == [[], []]
    assert only(check_tables(tables)).place.endswith("claims.csv:2")
    assert only(check_folder(tmp_path)).place.endswith("claims.csv:2")


def test_a_table_may_mark_its_own_conflicts(tmp_path):
    target = (2026, "63", "slum_area_handled_provincial_target", "36000", "ha", "conflicting")
    assert only(check_table(write(tmp_path, SLUM, target))).severity == "warning"


def test_province_below_its_regions(tmp_path):
    regions = [(2024, "63.01", "households", 70, "households"), (2024, "63.02", "households", 50, "households")]
    finding = only(check_table(write(tmp_path, (2024, "63", "households", 110, "households"), *regions)))
    assert "70 + 50 = 120, not 110" in finding.message


def test_province_above_its_regions_only_when_all_are_given(tmp_path):
    regions = [(2024, "63.01", "households", 70, "households"), (2024, "63.02", "households", 50, "households")]
    table = write(tmp_path, (2024, "63", "households", 130, "households"), *regions)
    assert "70 + 50 = 120, not 130" in only(check_table(table)).message
    (tmp_path / "regions.csv").write_text("code,name\n63,P\n63.01,A\n63.02,B\n63.03,C\n", encoding="utf-8")
    assert check_table(table) == []


def test_cumulative_counts_do_not_fall(tmp_path):
    rows = [(year, "63", "rtlh_handled_cumulative", value, "units") for year, value in ((2023, 5979), (2024, 4555))]
    assert "falls from 5,979 (2023) to 4,555 (2024)" in only(check_table(write(tmp_path, *rows))).message


def test_a_missing_year_is_seen_in_a_yearly_series_only(tmp_path):
    years = [(year, "63", "new_houses", 100 + year, "houses") for year in (2019, 2020, 2021, 2023)]
    assert "no value for 2022" in only(check_table(write(tmp_path, *years))).message
    assert check_table(write(tmp_path, *years[::2])) == []


def test_the_same_row_twice_and_two_values_for_one_figure(tmp_path):
    row = (2025, "63", "units_handled", 2804, "units")
    assert "same row again" in only(check_table(write(tmp_path, row, row))).message
    other = (2025, "63", "units_handled", 2904, "units", "reported", "", "2026-02")
    assert "2,804, 2,904" in only(check_table(write(tmp_path, row, other))).message


def test_the_same_value_from_a_second_source_confirms_it(tmp_path):
    row = (2025, "63", "rtlh_stock", 237973, "units")
    assert check_table(write(tmp_path, row, (*row, "reported", "second outlet", "2026-02"))) == []


def test_reports_of_programmes_above_their_total(tmp_path):
    rows = [
        (2022, "63", "units_handled", 126, "units", "reported", "", "2025-08", "all provincial", "APBD provinsi"),
        (2022, "63", "units_planned", 120, "units", "reported", "", "2022-10", "PK-RTLH", "APBD provinsi"),
        (2022, "63", "units_planned", 133, "units", "reported", "", "2022-09", "disaster rehab", "APBD provinsi"),
    ]
    finding = only(check_table(write(tmp_path, *rows)))
    assert "report 253 finished houses, but their total says 126" in finding.message
    assert finding.reading == "likely 253"


def test_percent_change_between_years(tmp_path):
    amounts = [(2025, "63", "transfer", "4551.194", "Rp billion"), (2026, "63", "transfer", "2350.173", "Rp billion")]
    assert check_table(write(tmp_path, *amounts, (2026, "63", "transfer_change", "-48.36", "percent"))) == []
    wrong = only(check_table(write(tmp_path, *amounts, (2026, "63", "transfer_change", "-43.86", "percent"))))
    assert "2,350.173 after 4,551.194 is -48.36 %" in wrong.message


@pytest.mark.parametrize(
    ("code", "reading"), [("63.1", "write 63.10"), ("6310", "write 63.10"), ("63.001", "a code such as 63 or 63.10")]
)
def test_region_codes_are_text(tmp_path, code, reading):
    assert reading in only(check_table(write(tmp_path, (2025, code, "houses", 5, "houses")))).reading


@pytest.mark.parametrize(
    ("value", "reading"),
    [
        ("345,029", "write 345.029 (decimal comma) or 345029 (thousands)"),
        ("1.751.418", "write 1751418"),
        ("43,62", "write 43.62"),
        ("1.234,5", "write 1234.5"),
        ("237 973", "write 237973"),
        ("5%", "write 5"),
        ("n/a", "digits with a decimal dot"),
        ("nan", "digits with a decimal dot"),
        ("1e999", "a finite number"),
        ("", "a missing figure is not zero"),
    ],
)
def test_numbers_are_plain(tmp_path, value, reading):
    assert reading in only(check_table(write(tmp_path, (2025, "63", "amount", value, "Rp billion")))).reading


def test_every_wrong_cell_of_a_row_is_named(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(",".join(COLUMNS) + "\n\n2025/26,63.1,Tanah Bumbu,,x,units,,soon,said,\n1,2\n", encoding="utf-8")
    findings = check_table(path)
    assert [finding.place.rpartition(":")[2] for finding in findings] == ["3"] * 7 + ["4"]
    for word in ("year", "region code", "indicator", "status", "no source", "source_date", "plain number", "2 cells"):
        assert any(word in finding.message for finding in findings)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"year;region_code;value\n", "no column year, region_code"),
        (b"", "no column year"),
        (b"\xff\xfe2\x00", "not UTF-8"),
    ],
)
def test_files_that_are_no_history_table(tmp_path, content, message):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    assert message in only(check_table(path)).message


def test_a_folder_may_hold_other_tables(tmp_path):
    (tmp_path / "regions.csv").write_text("code,name\n63,P\n", encoding="utf-8")
    write(tmp_path, (2025, "63", "houses", 5, "houses"))
    assert check_folder(tmp_path) == []


def test_lines_are_counted_across_quoted_notes(tmp_path):
    first = (2025, "63", "houses", 5, "houses", "reported", "two\nlines")
    path = write(tmp_path, first, (2025, "63", "area", "x", "ha"))
    assert only(check_table(path)).place.endswith("table.csv:4")


def test_a_finding_reads_as_place_what_is_wrong_and_what_is_right():
    finding = Finding(
        "a.csv:3",
        ("36000 ha",),
        "36,000 ha is out of size",
        "likely 36 ha",
        others=("a.csv:2",),
        code="magnitude",
    )
    assert str(finding) == "a.csv:3: error: 36,000 ha is out of size; likely 36 ha (beside a.csv:2)"


def test_checking_needs_the_standard_library_only():
    program = f"""
import sys
from pathlib import Path
from backlog_model.history.checks import check_folder
assert check_folder(Path({str(KALSEL)!r}))
heavy = [name for name in ("numpy", "pandas", "scipy", "statsmodels") if name in sys.modules]
sys.exit(f"imported {{heavy}}" if heavy else 0)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
