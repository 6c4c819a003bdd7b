"""Numbers that scenarios take over: how they come about, and the table that keeps them."""

import math

import pytest

from backlog_model.errors import DataError
from backlog_model.history import handover
from backlog_model.history.declaration import read_declaration
from backlog_model.history.ledger import Interval
from backlog_model.history.outlook import LEVELS, outlooks
from backlog_model.history.published import Published
from backlog_model.history.tables import read_table
from backlog_model.report.past import estimates_table
from past_folders import row, write_folder

SERIES = """\
series:
  price: {label: {id: "a", en: "b"}, indicator: price, region: "90.01", bounds: non_negative, horizon: 2}
  wage: {label: {id: "a", en: "b"}, indicator: wage, region: "90.01"}
  rent: {label: {id: "a", en: "b"}, indicator: rent, region: "90.01"}
  census: {label: {id: "a", en: "b"}, indicator: census, region: "90.01", figures: growth, horizon: 1}
estimates:
  assumptions.household_growth_rate: {method: level, of: [census], note: "census"}
  assumptions.relapse_rate: {method: level, of: [price], scale: 0.01, note: "a percent"}
  assumptions.unit_cost_growth_rate: {method: pooled_growth, of: [price, wage, rent], note: "prices"}
"""
ROWS = [
    *(row(year, "price", value, unit="percent") for year, value in enumerate((10, 12, 11, 13, 14.4), start=2018)),
    *(row(year, "wage", value, unit="Rp") for year, value in ((2018, 100), (2022, 121))),
    *(row(year, "rent", value, unit="Rp") for year, value in ((2019, 50), (2020, 52), (2021, 50))),
    *(
        row(year, "census", value, unit="persons")
        for year, value in ((1990, 1000), (2000, 1200), (2010, 1380), (2020, 1500))
    ),
]


@pytest.fixture
def province(tmp_path):
    return write_folder(tmp_path / "land", SERIES, ROWS)


@pytest.fixture
def seen(province):
    declared = read_declaration(province)
    rows, wrong = read_table(province / "history" / "rtlh_stock.csv")
    assert wrong == []
    found = outlooks(declared, Published(rows))
    return declared, found


@pytest.fixture
def numbers(seen):
    return {each.key: each for each in handover.estimates(*seen, "90")}


def test_a_level_is_the_mean_of_its_forecast(seen, numbers):
    forecast = seen[1]["price"].forecast
    place = LEVELS.index(0.9)
    interval = numbers["assumptions.relapse_rate"].interval
    assert interval.middle == pytest.approx(0.01 * forecast.mean.mean())
    assert interval.lower == pytest.approx(0.01 * forecast.lower[place].mean())
    assert interval.upper == pytest.approx(0.01 * forecast.upper[place].mean())


def test_growth_is_a_year_between_unequal_figures(seen, numbers):
    outlook = seen[1]["census"]
    assert outlook.years == (2000, 2010, 2020)
    assert outlook.values == pytest.approx([1.2**0.1 - 1, 1.15**0.1 - 1, (1500 / 1380) ** 0.1 - 1])
    assert outlook.years_ahead == (2030,)
    assert numbers["assumptions.household_growth_rate"].interval.middle == pytest.approx(outlook.forecast.mean[0])


def test_pooled_growth_weighs_series_alike(numbers):
    rates = [math.log(14.4 / 10) / 4, math.log(1.21) / 4, 0.0]
    mean = sum(rates) / 3
    error = math.sqrt(sum((rate - mean) ** 2 for rate in rates) / 2 / 3)
    interval = numbers["assumptions.unit_cost_growth_rate"].interval
    assert interval.middle == pytest.approx(math.expm1(mean))
    assert interval.upper == pytest.approx(math.expm1(mean + 2.9199855803537256 * error))
    assert interval.lower == pytest.approx(math.expm1(mean - 2.9199855803537256 * error))


def test_sources_name_the_figures(numbers):
    source = numbers["assumptions.household_growth_rate"].source
    assert source == (
        "history/history.yaml, estimates.assumptions.household_growth_rate: level of census "
        "(rtlh_stock.csv, 4 figures, 1990-2020)"
    )


def test_too_few_figures_give_no_number(province):
    declared = read_declaration(province)
    rows, _ = read_table(province / "history" / "rtlh_stock.csv")
    few = Published([each for each in rows if each.indicator != "census" or each.year > 2005])
    with pytest.raises(
        DataError, match=r"estimates.assumptions.household_growth_rate: census has 1 values; .* needs 3"
    ):
        handover.estimates(declared, outlooks(declared, few), "90")
    fewer = Published([each for each in rows if each.indicator != "rent"])
    with pytest.raises(DataError, match="2 series with two figures or more; expected 3"):
        handover.estimates(declared, outlooks(declared, fewer), "90")


def test_growth_needs_figures_above_zero(province):
    declared = read_declaration(province)
    rows, _ = read_table(province / "history" / "rtlh_stock.csv")
    zero = [each for each in rows if each.indicator != "census"]
    path = write_folder(province.parent / "zero", SERIES, [row(1990, "census", 0), row(2000, "census", 10)])
    with pytest.raises(DataError, match="0 to 10; growth needs figures above 0"):
        outlooks(declared, Published([*zero, *read_table(path / "history" / "rtlh_stock.csv")[0]]))


def number(key="a", region="90", middle=0.004, lower=0.001, upper=0.01):
    return handover.Estimate(key, region, Interval(middle, lower, upper), "source", "note, with a comma")


def test_the_table_keeps_what_was_written(province):
    assert handover.differences([number()], province) == ("a 90",)
    estimates_table.write([number(), number("b")], province)
    assert handover.differences([number(), number("b")], province) == ()
    assert sorted(each.name for each in province.iterdir()) == ["estimates.csv", "history", "regions.csv"]


def test_the_table_says_which_numbers_are_out_of_date(province):
    estimates_table.write([number(), number("b")], province)
    assert handover.differences([number(middle=0.0041), number("b")], province) == ("a 90",)
    assert handover.differences([number(middle=0.0040000001), number("b")], province) == ()
    assert handover.differences([number()], province) == ("b 90",)
    assert handover.differences([number(), number("b"), number("b", "90.01")], province) == ("b 90.01",)


def test_a_table_that_holds_no_numbers_is_out_of_date(province):
    (province / "estimates.csv").write_text("key,region,value,low,high\na,90,x,,\n", encoding="utf-8")
    assert handover.differences([number()], province) == ("a 90",)


def test_a_table_that_cannot_be_written_is_told(province):
    (province / "estimates.csv").mkdir()
    with pytest.raises(DataError, match=r"estimates.csv: cannot be written"):
        estimates_table.write([number()], province)
    assert not (province / "estimates.part").exists()


def test_numbers_become_the_table_that_scenarios_read(province):
    table = handover.as_long_table([number(), number("b", "90.01"), number("b", "90.02", middle=0.005)], province)
    assert table.path == province / "estimates.csv"
    assert [(row.region, row.low, row.value, row.high) for row in table.by_key["b"]] == [
        ("90.01", 0.001, 0.004, 0.01),
        ("90.02", 0.001, 0.005, 0.01),
    ]


def test_a_note_never_becomes_a_formula(province):
    estimates_table.write([handover.Estimate("a", "90", Interval(1.0, 0.5, 2.0), "source", "=1+1")], province)
    assert (province / "estimates.csv").read_text(encoding="utf-8").endswith(",source,'=1+1\n")
