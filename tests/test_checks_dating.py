"""A result is known when its year is over, and a source does not stand for a year long after it."""

import pytest

from backlog_model.history.checks import check_table
from history_tables import only, write


def dated(indicator, date, *, status="reported", note="", year=2025, unit="units"):
    return (year, "63", indicator, 2804, unit, status, note, date)


@pytest.mark.parametrize("indicator", ["units_handled", "new_houses_built", "rtlh_stock"])
def test_a_result_reported_before_its_year_is_a_plan(tmp_path, indicator):
    finding = only(check_table(write(tmp_path, dated(indicator, "2024-03-14"))))
    assert (finding.code, finding.severity) == ("stale_source", "error")
    assert "before the year" in finding.message
    assert "only be a plan" in finding.reading


def test_a_date_that_is_none_is_said_once_and_stops_no_other_check(tmp_path):
    finding = only(check_table(write(tmp_path, dated("units_handled", "May 2025"))))
    assert (finding.code, finding.severity) == ("source_date", "warning")


def test_a_result_reported_within_its_year_is_a_part_of_it(tmp_path):
    finding = only(check_table(write(tmp_path, dated("units_handled", "2025-08-28"))))
    assert (finding.code, finding.severity) == ("stale_source", "warning")
    assert "within the year" in finding.message


@pytest.mark.parametrize(
    "row",
    [
        dated("units_handled", "2026-02-12"),
        dated("units_handled", "2025-12"),
        dated("units_handled", "2025"),
        dated("units_handled", "2025-08-28", note="By August 2025"),
        dated("units_handled", "2025-08-28", note="up to 7 August"),
        dated("units_handled_q1", "2025-05-20"),
        dated("units_completed", "2025-05-05"),
        dated("rtlh_handled_cumulative", "2025-09-13"),
        dated("rtlh_stock", "2025-08-28"),
        dated("rtlh_stock", "2024-12-31"),
        dated("units_handled", "2024-03-14", status="target"),
        dated("units_planned", "2024-03-14"),
        dated("units_handled", "2024-03-14", status="derived", note="plan taken as finished"),
    ],
)
def test_what_a_source_of_that_date_can_know(tmp_path, row):
    assert check_table(write(tmp_path, row)) == []


def test_an_old_source_is_named_once_for_all_its_regions(tmp_path):
    rows = [(2024, f"63.0{place}", "occupancy_share", 9 + place, "percent", "assumption", "as then", "2019-08-08")
            for place in range(1, 5)]  # fmt: skip
    finding = only(check_table(write(tmp_path, *rows)))
    assert (finding.code, finding.severity, len(finding.others)) == ("stale_source", "warning", 3)
    assert "of 2024 in 4 regions rests on a source of 2019-08-08, 5 years older" in finding.message


@pytest.mark.parametrize(("date", "stale"), [("2022-12-31", False), ("2021-01", True), ("unknown", False)])
def test_three_years_are_old(tmp_path, date, stale):
    row = dated("housing_price_index", date, year=2024, unit="index")
    assert len(check_table(write(tmp_path, row))) == stale


def test_a_result_from_an_old_source_is_said_once(tmp_path):
    assert "before the year" in only(check_table(write(tmp_path, dated("units_handled", "2020-03")))).message
    assert "before the year" in only(check_table(write(tmp_path, dated("rtlh_stock", "2020-03")))).message


def test_a_target_may_be_as_old_as_its_plan(tmp_path):
    assert check_table(write(tmp_path, dated("houses_built", "2019-01", status="target", unit="houses"))) == []
