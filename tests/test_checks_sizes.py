"""Powers of ten and swapped units are seen beside comparable figures, growth and floods are left alone."""

import pytest

from backlog_model.history.checks import check_table
from backlog_model.history.checks.families import Families
from backlog_model.history.tables import COLUMNS, row_of
from backlog_model.history.tables.measures import measure, neighbour
from history_tables import line_of, only, write


def yearly(indicator, values, unit, *, code="63", first=2019):
    return [(first + place, code, indicator, value, unit) for place, value in enumerate(values)]


@pytest.mark.parametrize(
    ("indicator", "values", "unit", "code", "reading"),
    [
        ("units_handled", (2100, 2250, 2300000, 2400, 2500), "units", "magnitude", "likely 2,300 units"),
        ("units_handled", (2100, 2250, 2300000000, 2400, 2500), "units", "magnitude", "likely 2,300 units"),
        ("units_handled", (2100, 2250, 23000, 2400, 2500, 2450), "units", "decimal_mark", "likely 2,300 units"),
        ("units_handled", (2100, 2250, 230000, 2400, 2500), "units", "decimal_mark", "likely 2,300 units"),
        ("units_handled", (2100, 2250, 23, 2400, 2500), "units", "decimal_mark", "likely 2,300 units"),
        ("budget", (36.6, 40.1, 41500, 44.2, 47.3), "Rp billion", "unit_swap", "the figure is in Rp million"),
        ("budget", (3660, 4010, 4.15, 4420, 4730), "Rp billion", "unit_swap", "the figure is in Rp trillion"),
        ("slum_area", (790.5, 791.5, 7915100, 780.2), "ha", "unit_swap", "the figure is in m2"),
        ("decent_share", (55.2, 56.1, 0.572, 58.4), "percent", "unit_swap", "the figure is in share"),
        ("poverty_rate", (4.46, 4.4, 0.0441, 4.3, 4.35), "percent", "unit_swap", "the figure is in share"),
        ("households_total", (1150000, 1160000, 1170, 1180000), "households", "magnitude", "likely 1,170,000"),
    ],
)
def test_a_slip_within_a_series_is_named_with_its_reading(tmp_path, indicator, values, unit, code, reading):
    finding = only(check_table(write(tmp_path, *yearly(indicator, values, unit))))
    assert (finding.code, line_of(finding)) == (code, 4)
    assert reading in finding.reading


def test_a_slip_of_ten_may_be_growth_and_one_of_a_thousand_may_not(tmp_path):
    rows = yearly("units_handled", (2100, 2250, 23000, 2400, 2500, 2450), "units")
    assert only(check_table(write(tmp_path, *rows))).severity == "warning"
    rows = yearly("units_handled", (2100, 2250, 2300000, 2400, 2500), "units")
    assert only(check_table(write(tmp_path, *rows))).severity == "error"


@pytest.mark.parametrize(
    ("indicator", "values", "unit"),
    [
        ("units_handled", (20, 300, 1213, 1000), "units"),  # a programme that begins with a trial
        ("rtlh_handled_share", (1.2, 14.5, 38.5, 58.0), "percent"),  # a share that begins near zero
        ("inflation", (2.55, 6.99, 2.43, 0.1, 3.66), "percent"),  # prices may stand still
        ("houses_affected", (33, 1800, 22991), "houses"),  # one flood is no measure of another
    ],
)
def test_growth_and_events_are_no_slips(tmp_path, indicator, values, unit):
    assert check_table(write(tmp_path, *yearly(indicator, values, unit))) == []


def test_one_other_year_is_not_enough_for_a_programme_but_for_a_stock(tmp_path):
    assert check_table(write(tmp_path, *yearly("units_handled", (230, 2300), "units"))) == []
    finding = only(check_table(write(tmp_path, *yearly("households_total", (1150000, 11600000), "households"))))
    assert (finding.code, line_of(finding)) == ("decimal_mark", 3)


def test_of_three_years_the_one_far_below_is_named(tmp_path):
    finding = only(check_table(write(tmp_path, *yearly("households_total", (1150000, 1160, 1170000), "households"))))
    assert (finding.code, line_of(finding)) == ("magnitude", 3)


def test_a_share_written_as_percent_is_seen_beside_one_other_year(tmp_path):
    finding = only(check_table(write(tmp_path, *yearly("decent_share", (55.2, 0.572), "percent"))))
    assert (finding.code, line_of(finding)) == ("unit_swap", 3)
    assert "likely 57.2 percent" in finding.reading


def test_a_stock_alone_shows_a_slip_of_a_thousand(tmp_path):
    stock = (2022, "63", "slum_area_provincial", "791.51", "ha")
    target = (2026, "63", "slum_area_handled_provincial_target", "36000", "ha", "target")
    finding = only(check_table(write(tmp_path, stock, target)))
    assert (finding.code, line_of(finding)) == ("magnitude", 3)
    assert "likely 36 ha" in finding.reading


def family_of(*values):
    cells = dict.fromkeys(COLUMNS, "x") | {"region_code": "63", "unit": "units", "indicator": "units_handled"}
    rows = [row_of({**cells, "year": str(2000 + place), "value": str(value)}, "table.csv", place)
            for place, value in enumerate(values)]  # fmt: skip
    return rows, Families(rows).of(rows[0])[0]


@pytest.mark.parametrize(
    ("values", "excess"),
    [
        ((4000, 100), 40 / 100),  # one other: a hundred times is allowed
        ((4000, 100, 50), 40 / 60),
        ((4000, 100, 50, 80), 40 / 20),
        ((4000, 100, 1, 80), 40 / 100),  # as far as the others are apart
        ((10, 1000, 500, 800), 50 / 20),
        ((10, 1000), 0.01 / 100),  # of two the larger is the one to look at
        ((400, 100, 5000, 80), 0.2 / 62.5),
        ((10,), 0.0),
        ((90000, 100, 200, 400, 800, 1600, 3200), 28.125 / 32**0.75),
    ],
)
def test_how_far_beyond_the_others_a_figure_lies(values, excess):
    rows, family = family_of(*values)
    assert family.excess(rows[0]) == pytest.approx(excess)


@pytest.mark.parametrize(
    ("values", "confirmed"),
    [
        ((100, 290), True),
        ((100, 34), True),
        ((100, 310), False),
        ((100, 33), False),
        ((100, 10, 100), True),
        ((100,), False),
    ],
)
def test_another_year_confirms_a_figure_below_and_above_it(values, confirmed):
    rows, family = family_of(*values)
    assert family.confirms(rows[0]) is confirmed


def test_two_outlets_of_one_statement_do_not_confirm_each_other(tmp_path):
    rows = yearly("units_handled", (2100, 2250, 2300000, 2400), "units")
    second = (*rows[2], "reported", "second outlet", "2022-05")
    assert [line_of(finding) for finding in check_table(write(tmp_path, *rows, second))] == [4, 6]


def test_a_figure_far_from_other_regions_is_sound_where_another_year_confirms_it(tmp_path):
    others = [(2024, f"63.0{place}", "poverty_rate", 4 + place / 10, "percent") for place in range(1, 9)]
    odd = (2024, "63.71", "poverty_rate", 45.0, "percent")
    assert line_of(only(check_table(write(tmp_path, *others, odd)))) == 10
    before = (2023, "63.71", "poverty_rate", 43.0, "percent")
    assert check_table(write(tmp_path, *others, odd, before)) == []


def test_a_slip_in_one_region_is_seen_by_the_other_regions(tmp_path):
    rows = [(2024, f"63.0{place}", "new_houses", 400 + 40 * place, "houses") for place in range(1, 9)]
    rows[3] = (2024, "63.04", "new_houses", 560000, "houses")
    finding = only(check_table(write(tmp_path, *rows)))
    assert (finding.code, line_of(finding)) == ("magnitude", 5)


def test_a_stock_of_another_registry_is_a_break_and_not_a_slip(tmp_path):
    rows = [(year, "63", "rtlh_stock", value, "units") for year, value in ((2021, 47564), (2022, 44000), (2023, 40100))]
    registry = (2024, "63", "rtlh_stock", 237973, "units", "reported", "Regsosek")
    assert only(check_table(write(tmp_path, *rows, registry))).code == "source_break"


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (("rtlh_stock", 2379730, "units"), ("houses_total", 1004710, "houses")),
        (("backlog_ownership", 3106340, "households"), ("households_total", 1189304, "households")),
        (("slum_area_provincial", 7915.1, "ha"), ("slum_area_all_authorities", 3820, "ha")),
        (("units_handled", 280400, "units"), ("rtlh_stock", 237973, "units")),
    ],
)
def test_a_part_is_not_larger_than_its_whole(tmp_path, part, whole):
    table = write(tmp_path, (2025, "63", *whole), (2025, "63", *part))
    finding = only(check_table(table))
    assert "more than the whole stock of" in finding.message
    assert (line_of(finding), finding.severity) == (3, "error")
    assert finding.code == "beyond_the_whole"


def test_a_region_has_no_larger_stock_than_its_province(tmp_path):
    province = (2021, "63", "rtlh_stock", 76023, "units")
    assert check_table(write(tmp_path, province, (2023, "63.01", "rtlh_stock", 76000, "units"))) == []
    finding = only(check_table(write(tmp_path, province, (2023, "63.01", "rtlh_stock", 99000, "units"))))
    assert "more than the whole stock of 76,023" in finding.message


@pytest.mark.parametrize(
    ("indicator", "value", "unit", "likely"),
    [
        ("slum_area_provincial", 791, "persons", "ha"),
        ("budget", 2300, "units", "Rp"),
        ("units_handled", 2300, "Rp million", "houses"),
        ("households_total", 1189304, "persons", "households"),
        ("population", 4305281, "households", "persons"),
        ("rtlh_handled_share", 43, "units", "percent"),
        ("cost_per_unit", 20, "Rp million", "Rp/houses"),
    ],
)
def test_a_unit_that_the_indicator_cannot_have(tmp_path, indicator, value, unit, likely):
    finding = only(check_table(write(tmp_path, (2025, "63", indicator, value, unit))))
    assert finding.code == "unit_swap"
    assert f"it counts {likely}" in finding.message


def test_a_unit_other_than_that_of_the_other_rows(tmp_path):
    rows = yearly("new_estates", (12, 14, 13), "estates")
    finding = only(check_table(write(tmp_path, *rows, (2022, "63", "new_estates", 15, "ha"))))
    assert (finding.code, line_of(finding), finding.severity) == ("unit_swap", 5, "warning")
    assert "in ha here and in estates elsewhere" in finding.message


def test_multiples_of_a_unit_are_one_unit(tmp_path):
    rows = [(2024, "63", "budget", 36.6, "Rp billion"), (2025, "63", "budget", 40100, "Rp million")]
    rows.append((2026, "63", "budget", 41500000000, "Rp"))
    assert check_table(write(tmp_path, *rows)) == []
    wrong = (2027, "63", "budget", 41500000000, "Rp billion")
    finding = only(check_table(write(tmp_path, *rows, wrong)))
    assert finding.code == "unit_swap"
    assert "against 41.5, 40.1, 36.6 in the same series" in finding.message


def test_a_price_that_no_house_has(tmp_path):
    done = (2025, "63", "units_handled", 1830, "units")
    assert check_table(write(tmp_path, (2025, "63", "budget", 36.6, "Rp billion"), done)) == []
    finding = only(check_table(write(tmp_path, (2025, "63", "budget", 36.6, "Rp million"), done)))
    assert finding.code == "implausible_quotient"
    assert "36.6 Rp million / 1,830 units is 2e+04 Rp a house" in finding.message


def test_printed_prices_narrow_what_a_price_can_be(tmp_path):
    rows = [(2025, "63", "budget", 366, "Rp billion"), (2025, "63", "units_handled", 1830, "units")]
    assert check_table(write(tmp_path, *rows)) == []
    price = (2024, "63", "cost_per_unit", 20, "Rp million/unit")
    finding = only(check_table(write(tmp_path, *rows, price)))
    assert (finding.code, finding.severity) == ("implausible_quotient", "warning")


def test_of_several_counts_the_one_that_fits_no_budget_is_named(tmp_path):
    budget = (2025, "63", "budget", 25, "Rp billion")
    counts = [(2025, "63", "units_planned", 1000, "units"), (2025, "63", "units_completed", 88, "units")]
    assert line_of(only(check_table(write(tmp_path, budget, *counts)))) == 4
    wrong = (2025, "63", "budget", 25, "Rp million")
    sound = (2025, "63", "units_completed", 885, "units")
    assert line_of(only(check_table(write(tmp_path, wrong, counts[0], sound)))) == 2


def test_persons_counted_as_households(tmp_path):
    rows = [(2024, "63", "population", 4305281, "persons"), (2024, "63", "households_total", 4305000, "households")]
    finding = only(check_table(write(tmp_path, *rows)))
    assert finding.code == "implausible_quotient"
    assert "4,305,281 persons / 4,305,000 households" in finding.message


@pytest.mark.parametrize(
    ("unit", "dimension", "scale", "intensive"),
    [
        ("Rp billion", "Rp", 1e9, False),
        ("Rp juta/unit", "Rp/houses", 1e6, True),
        ("m2", "ha", 1e-4, False),
        ("KK", "households", 1.0, False),
        ("percent/year", "percent/year", 1.0, True),
        ("units/year", "houses/year", 1.0, False),
        ("persons/household", "persons/households", 1.0, True),
        ("", "", 1.0, False),
    ],
)
def test_units_are_read_as_plain_unit_and_multiple(unit, dimension, scale, intensive):
    found = measure(unit)
    assert (found.dimension, found.scale, found.intensive) == (dimension, pytest.approx(scale), intensive)


def test_a_unit_next_to_another_is_found_in_both_directions():
    assert neighbour("Rp million/unit", 1e3) == "Rp thousand/unit"
    assert neighbour("percent", 0.01) == "share"
    assert neighbour("m2", 1e-4) == "ha"
    assert neighbour("households", 1e3) is None


def test_nothing_divides_by_a_figure_of_zero(tmp_path):
    rows = [(2025, "63", "budget", 0, "Rp billion"), (2025, "63", "units_handled", 0, "units")]
    shares = [(2024, "63", "slum_area_provincial", 0, "ha"), (2024, "63", "slum_handled_share", 0, "percent")]
    assert check_table(write(tmp_path, *rows, *shares, (2025, "63", "slum_area_provincial", 0, "ha"))) == []


def test_a_price_is_compared_between_country_and_province(tmp_path):
    rows = [(2024, code, "new_price", value, "Rp million/unit") for code, value in
            (("63", 20), ("63.01", 21), ("63.02", 22), ("63.03", 20.5))]  # fmt: skip
    finding = only(check_table(write(tmp_path, *rows, (2024, "ID", "new_price", 20300, "Rp million/unit"))))
    assert (finding.code, line_of(finding)) == ("unit_swap", 6)


def test_a_count_of_the_country_is_not_compared_with_its_provinces(tmp_path):
    rows = [(2024, code, "new_houses", 900 + place, "houses") for place, code in enumerate(("63", "62", "61", "64"))]
    assert check_table(write(tmp_path, *rows, (2024, "ID", "new_houses", 4_000_000, "houses"))) == []
