"""Slum areas belong to the authority that their size gives: below 10 ha, 10 to 15 ha, 15 ha and more."""

import pytest

from backlog_model.history.checks import check_table
from history_tables import line_of, only, write

ONE = "Single priority area"


@pytest.mark.parametrize(
    ("indicator", "hectares", "right"),
    [
        ("slum_area_provincial", 8, "the kabupaten/kota"),
        ("slum_area_provincial", 15.5, "the centre"),
        ("slum_area_kabkota", 10.4, "the province"),
        ("slum_area_kabkota", 26.5, "the centre"),
        ("slum_area_centre", 12.5, "the province"),
    ],
)
def test_a_single_area_of_the_wrong_authority(tmp_path, indicator, hectares, right):
    finding = only(check_table(write(tmp_path, (2025, "63.71", indicator, hectares, "ha", "reported", ONE))))
    assert (finding.code, finding.severity) == ("authority_and_area", "error")
    assert f"by size an area of {right}" in finding.reading


@pytest.mark.parametrize(
    ("indicator", "hectares"),
    [
        ("slum_area_provincial", "10"),
        ("slum_area_provincial", "14.99"),
        ("slum_area_provincial", "14.6"),
        ("slum_area_kabkota", "9.99"),
        ("slum_area_centre", "15"),
        ("slum_area_all_authorities", "8"),
        ("slum_area", "8"),
    ],
)
def test_a_single_area_of_the_right_authority(tmp_path, indicator, hectares):
    assert check_table(write(tmp_path, (2025, "63.71", indicator, hectares, "ha", "reported", ONE))) == []


@pytest.mark.parametrize(("indicator", "hectares"), [("slum_area_provincial", 15), ("slum_area_kabkota", 10)])
def test_an_area_that_rounding_may_have_put_on_the_limit(tmp_path, indicator, hectares):
    finding = only(check_table(write(tmp_path, (2025, "63.71", indicator, hectares, "ha", "reported", ONE))))
    assert (finding.code, finding.severity) == ("authority_and_area", "warning")


def test_without_a_number_of_areas_nothing_is_said(tmp_path):
    assert check_table(write(tmp_path, (2025, "63.71", "slum_area_provincial", 8, "ha"))) == []


def test_the_mean_area_of_a_list_speaks_for_its_authority(tmp_path):
    def listed(areas):
        return write(
            tmp_path,
            (2022, "63", "slum_area_provincial", "791.51", "ha"),
            (2022, "63", "slum_areas_provincial", areas, "areas"),
        )

    assert check_table(listed(63)) == []
    for areas, right in ((36, "the centre"), (136, "the kabupaten/kota")):
        finding = only(check_table(listed(areas)))
        assert (finding.code, line_of(finding)) == ("authority_and_area", 2)
        assert f"791.51 ha / {areas} areas = {791.51 / areas:.2f} ha" in finding.message
        assert right in finding.reading


def test_the_number_of_areas_may_stand_in_the_note(tmp_path):
    row = (2022, "63", "slum_area_provincial", "791.51", "ha", "reported")
    assert check_table(write(tmp_path, (*row, "63 areas to be finished"))) == []
    assert "centre" in only(check_table(write(tmp_path, (*row, "36 areas to be finished")))).reading


def test_part_of_an_area_may_be_handled(tmp_path):
    name = "slum_area_handled_provincial"
    finding = only(check_table(write(tmp_path, (2025, "63.71", name, 8, "ha", "reported", ONE, "2026"))))
    assert finding.severity == "warning"
    several = (2025, "63.71", name, 32, "ha", "reported", "6 areas", "2026")
    assert check_table(write(tmp_path, several)) == []
    too_large = (2025, "63.71", name, 132, "ha", "reported", "6 areas", "2026")
    assert only(check_table(write(tmp_path, too_large))).severity == "error"


def test_square_metres_are_hectares_too(tmp_path):
    row = (2025, "63.71", "slum_area_provincial", 81000, "m2", "reported", ONE)
    assert "kabupaten/kota" in only(check_table(write(tmp_path, row))).reading


@pytest.mark.parametrize(
    ("indicator", "value", "wrong"),
    [
        ("authority_max_ha_kabkota", 10, False),
        ("authority_max_ha_kabkota", 100, True),
        ("authority_min_ha_provinsi", 10, False),
        ("authority_max_ha_provinsi", 51, True),
        ("authority_min_ha_pusat", 15, False),
    ],
)
def test_the_limits_are_those_of_the_law(tmp_path, indicator, value, wrong):
    findings = check_table(write(tmp_path, (2014, "63", indicator, value, "ha")))
    assert [finding.code for finding in findings] == (["authority_and_area"] if wrong else [])


def test_a_list_of_no_areas_says_nothing(tmp_path):
    rows = [(2022, "63", "slum_area_provincial", "791.51", "ha"), (2022, "63", "slum_areas_provincial", 0, "areas")]
    assert check_table(write(tmp_path, *rows)) == []


@pytest.mark.parametrize(("hectares", "severity"), [("31", "error"), ("30", "warning")])
def test_the_rounding_of_a_list_is_shared_by_its_areas(tmp_path, hectares, severity):
    row = (2022, "63", "slum_area_kabkota", hectares, "ha", "reported", "3 areas")
    assert only(check_table(write(tmp_path, row))).severity == severity


def test_the_sizes_of_an_authority_are_said(tmp_path):
    row = (2025, "63.71", "slum_area_centre", "12.5", "ha", "reported", ONE)
    assert "which has those of 15 ha and more" in only(check_table(write(tmp_path, row))).message
    row = (2025, "63.71", "slum_area_provincial", "8", "ha", "reported", ONE)
    assert "which has those from 10 to below 15 ha" in only(check_table(write(tmp_path, row))).message
