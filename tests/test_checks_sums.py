"""Sums, percents and notes: what does not add up is named, with the slip that explains it."""

import pytest

from backlog_model.history.checks import check_table
from backlog_model.history.checks.derivations import worked_out
from history_tables import line_of, only, write

REGIONS = [(2024, f"63.0{place}", "households", 70100 + 1203 * place, "households") for place in range(1, 7)]
TOTAL = sum(row[3] for row in REGIONS)


def with_value(rows, place, value):
    year, code, indicator, _, unit = rows[place]
    return [*rows[:place], (year, code, indicator, value, unit), *rows[place + 1 :]]


def test_two_digits_that_changed_places_in_a_part_are_named(tmp_path):
    province = (2024, "63", "households", TOTAL, "households")
    assert check_table(write(tmp_path, province, *REGIONS)) == []
    finding = only(check_table(write(tmp_path, province, *with_value(REGIONS, 2, 37709))))
    assert (finding.code, line_of(finding)) == ("parts_and_total", 2)
    assert "likely 73,709 instead of 37,709 for households of Region 63.03" in finding.reading
    assert "two digits changed places" in finding.reading


def test_two_digits_that_changed_places_in_the_total_are_named(tmp_path):
    wrong = int(str(TOTAL)[0] + str(TOTAL)[2] + str(TOTAL)[1] + str(TOTAL)[3:])
    finding = only(check_table(write(tmp_path, (2024, "63", "households", wrong, "households"), *REGIONS)))
    assert f"likely {TOTAL:,} instead of {wrong:,} for households of Kalimantan Selatan" in finding.reading


def test_a_lost_digit_of_a_part_is_named(tmp_path):
    rows = [(2025, "63", "psu_estates", 1945, "estates"), (2025, "63", "psu_handed_over_estates", 568, "estates")]
    rows.append((2025, "63", "psu_not_handed_over_estates", 13770, "estates"))
    names = [name.replace("psu_", "new_") for _, _, name, _, _ in rows]
    renamed = [(year, code, name, *rest) for (year, code, _, *rest), name in zip(rows, names, strict=True)]
    finding = only(check_table(write(tmp_path, *renamed)))
    assert "likely 1,377 instead of 13,770" in finding.reading


def test_the_total_of_a_list_may_have_been_stated_earlier(tmp_path):
    listed = (2020, "63", "rtlh_baseline_listed", 76023, "units")
    parts = [(2021, "63", "rtlh_handled_cumulative", 28459, "units"), (2021, "63", "rtlh_remaining", 47564, "units")]
    assert check_table(write(tmp_path, listed, *parts)) == []
    finding = only(check_table(write(tmp_path, listed, parts[0], (*parts[1][:3], 47654, "units"))))
    assert "likely 47,564 instead of 47,654" in finding.reading


def test_a_total_that_was_rounded_may_lie_below_its_programmes(tmp_path):
    def reported(total, note):
        done = [(2024, "63", "units_handled", each, "units", "reported", "", "2025", name, "APBD provinsi")
                for name, each in (("PK-RTLH", 700), ("disaster rehab", 600))]  # fmt: skip
        whole = (
            2024,
            "63",
            "units_handled",
            total,
            "units",
            "reported",
            note,
            "2025",
            "all provincial",
            "APBD provinsi",
        )
        return write(tmp_path, whole, *done)

    assert check_table(reported(1000, "Rounded")) == []
    assert only(check_table(reported(1000, ""))).code == "programmes_and_total"


def test_a_part_about_ten_times_too_large_is_no_lost_mark(tmp_path):
    rows = [(2025, "63", "new_estates", 1945, "estates"), (2025, "63", "new_handed_over_estates", 568, "estates")]
    finding = only(check_table(write(tmp_path, *rows, (2025, "63", "new_not_handed_over_estates", 13990, "estates"))))
    assert "or a part is off by 12,613" in finding.reading


def test_no_single_slip_is_made_up(tmp_path):
    province = (2024, "63", "households", TOTAL - 1000, "households")
    assert "or a part is off by 1,000" in only(check_table(write(tmp_path, province, *REGIONS))).reading


def test_parts_said_to_add_up_must_although_regions_are_missing(tmp_path):
    rows = [(2021, code, "houses_hit", value, "houses") for code, value in (("63.01", 400), ("63.02", 250))]
    province = (2021, "63", "houses_hit", 700, "houses")
    (tmp_path / "regions.csv").write_text("code,name\n63,P\n63.01,A\n63.02,B\n63.03,C\n", encoding="utf-8")
    assert check_table(write(tmp_path, province, *rows)) == []
    said = [(*row, "reported", "adds up to the stated 700") for row in rows]
    assert "400 + 250 = 650, not 700" in only(check_table(write(tmp_path, province, *said))).message


def test_one_region_above_its_province(tmp_path):
    rows = [(2024, "63", "new_houses", 700, "houses"), (2024, "63.01", "new_houses", 900, "houses")]
    assert only(check_table(write(tmp_path, *rows))).code == "parts_and_total"


def test_a_stock_less_what_was_handled_is_no_count(tmp_path):
    stock = (2025, "63", "rtlh_stock", 237973, "units")
    done = (2025, "63", "units_handled", 2804, "units")
    finding = only(check_table(write(tmp_path, stock, done, (2025, "63", "rtlh_remaining", 235169, "units"))))
    assert (finding.code, finding.severity, line_of(finding)) == ("closed_ledger", "warning", 4)
    assert "235,169 = 237,973 - 2,804 is a subtraction" in finding.message
    assert check_table(write(tmp_path, stock, done, (2025, "63", "rtlh_remaining", 236169, "units"))) == []


def test_two_names_of_one_quantity(tmp_path):
    rows = [(2025, "63", "units_handled_official", 2804, "houses")]
    rows.append((2025, "63", "units_finished_all_sources", 6357, "houses", "derived", "sum of reports"))
    finding = only(check_table(write(tmp_path, *rows)))
    assert finding.code == "disagreement"
    assert "say of each what it counts" in finding.reading


def test_three_concepts_added_are_found(tmp_path):
    rows = [(2022, "63", name, value, "households") for name, value in
            (("backlog_ownership", 252804), ("backlog_occupancy", 139983), ("backlog_adequacy", 300011))]  # fmt: skip
    finding = only(check_table(write(tmp_path, *rows, (2022, "63", "need", 692798, "households"))))
    assert finding.code == "overlapping_concepts"
    assert len(finding.others) == 3


def test_a_share_and_a_percent_are_checked_alike(tmp_path):
    amounts = [
        (2025, "63", "transfer_tkd", 4551.194, "Rp billion"),
        (2026, "63", "transfer_tkd", 2350.173, "Rp billion"),
    ]
    assert check_table(write(tmp_path, *amounts, (2026, "63", "transfer_change", -0.4836, "share"))) == []
    wrong = only(check_table(write(tmp_path, *amounts, (2026, "63", "transfer_change", -0.4386, "share"))))
    assert (wrong.code, line_of(wrong)) == ("percent_and_ratio", 4)


@pytest.mark.parametrize(
    ("value", "unit", "note"),
    [
        ("17.33", "Rp million/unit", "Rp 26 billion / 1,500 units"),
        ("790.99", "ha", "345.029 / 0.4362; 791.51 would give 43.59 percent"),
        ("1.178", "percent", "2,804 / 237,973"),
        ("15657", "units", "76,023 x 0.5803 - 28,459, that is 2022 to September 2024"),
        ("31907", "units", "76,023 x (1 - 0.5803)"),
        ("-187.8", "units/year", "(708 - 1,459) / 4, net of handling"),
        ("118.82", "Rp million/unit", "932 / 7,844"),
        ("14210", "units", "350,000 x 4.06 percent (share of January-October 2023)"),
        ("21050", "units", "100,000 / 4.75"),
        ("2310", "houses", "Plan of 2024 taken as finished"),
        ("19", "houses", "116 in 2019-2024"),
        ("2105263158", "Rp", "100 x Rp 20 million, overhead added"),
    ],
)
def test_a_derived_figure_that_its_note_gives_or_does_not_work_out(tmp_path, value, unit, note):
    assert check_table(write(tmp_path, (2025, "63", "thing", value, unit, "derived", note))) == []


@pytest.mark.parametrize(
    ("value", "unit", "note"),
    [
        ("13.77", "Rp million/unit", "Rp 26 billion / 1,500 units"),
        ("17330", "Rp million/unit", "Rp 26 billion / 1,500 units"),
        ("1.718", "percent", "2,804 / 237,973"),
        ("31970", "units", "76,023 x (1 - 0.5803)"),
        ("406", "units", "220 + 79 + 10 + 151"),
        ("460000", "units", "220 + 79 + 10 + 151"),
        ("17.63", "Rp million/unit", "Rp 26 billion / 1,500 units"),
        ("5", "units", "10 / 2.2"),
    ],
)
def test_a_derived_figure_that_its_note_contradicts(tmp_path, value, unit, note):
    finding = only(check_table(write(tmp_path, (2025, "63", "thing", value, unit, "derived", note))))
    assert (finding.code, finding.severity) == ("derived_and_note", "warning")
    assert f"work it out again: {note}" in finding.reading


def test_a_note_is_held_against_derived_figures_only(tmp_path):
    assert check_table(write(tmp_path, (2025, "63", "thing", 5, "units", "reported", "220 + 79 units asked for"))) == []


@pytest.mark.parametrize(
    ("note", "result"),
    [
        ("2 + 3 x 4", 14.0),
        ("(2 + 3) x 4", 20.0),
        ("12 / 3 - 1", 3.0),
        ("12 / 0", None),
        ("(2 + 3", None),
        ("2 + ", None),
        ("5 units", None),
        ("[5 - 2]", None),
        ("stock 2022 less handled", None),
        ("", None),
    ],
)
def test_arithmetic_of_a_note(note, result):
    assert worked_out(note) == result


def test_a_share_of_a_list_that_falls_is_another_base(tmp_path):
    rows = [
        (2024, "63", "rtlh_handled_share", "58.03", "percent"),
        (2025, "63", "rtlh_handled_share", "41.2", "percent"),
    ]
    finding = only(check_table(write(tmp_path, *rows)))
    assert (finding.code, finding.severity) == ("falling_cumulative", "warning")
    assert check_table(write(tmp_path, *reversed([(2026 - place, *row[1:]) for place, row in enumerate(rows)]))) == []
