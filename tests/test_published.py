"""History rows as they could be read at a date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog_model.errors import DataError
from backlog_model.history.declaration import Selection, Series
from backlog_model.history.published import Published, last_day, moment, values_of
from backlog_model.history.tables import read_table
from backlog_model.scenario.records import Label
from past_folders import row, write_table

NAME = Label(id="deret", en="series")


@pytest.fixture
def rows_of(tmp_path):
    def read(*rows):
        found, wrong = read_table(write_table(tmp_path, rows))
        assert wrong == []
        return found

    return read


def selection(indicator="rtlh_stock", year=2020, **others):
    return Selection(indicator=indicator, year=year, **others)


def test_rows_published_later_cannot_be_read(rows_of):
    rows = rows_of(row(2020, "rtlh_stock", 900), row(2021, "rtlh_stock", 950))
    then = Published(rows, until=date(2021, 12, 31))
    assert [each.value for each in then.rows] == [900]
    with pytest.raises(DataError, match=r"no row rtlh_stock 90.01 2021 published by 2021-12-31"):
        then.one(selection(year=2021), "90.01", by="here")


def test_a_date_that_is_not_known_to_the_day_counts_as_its_end(rows_of):
    rows = rows_of(
        row(2020, "a", 1, source_date="2021"),
        row(2020, "b", 2, source_date="2021-06"),
        row(2020, "c", 3, source_date="unknown"),
    )
    assert [each.value for each in Published(rows, until=date(2021, 6, 30)).rows] == [2]
    assert [each.value for each in Published(rows, until=date(2021, 12, 31)).rows] == [1, 2]
    assert len(Published(rows).rows) == 3


def test_two_outlets_of_one_figure_are_read_once_at_the_earlier_date(rows_of):
    rows = rows_of(
        row(2020, "rtlh_stock", 900, source_url="b", source_date="2021-05-02"),
        row(2020, "rtlh_stock", 900, source_url="a", source_date="2021-05-01"),
    )
    published = Published(rows)
    assert published.one(selection(), "90.01", by="here").source == "a"
    assert [each.source for each in published.read] == ["a"]


def test_two_values_of_one_figure_are_refused_by_name(rows_of):
    published = Published(
        rows_of(row(2020, "rtlh_stock", 900), row(2020, "rtlh_stock", 800, status="derived", note="x"))
    )
    with pytest.raises(DataError, match=r"here: several rows .*900 \(.*:2\), 800 \(.*:3\); say which"):
        published.one(selection(), "90.01", by="here")
    assert published.one(selection(status="derived"), "90.01", by="here").value == 800


def test_a_series_takes_no_doubted_figures_and_no_plans(rows_of):
    rows = rows_of(
        row(2019, "rtlh_stock", 1000, status="conflicting"),
        row(2020, "rtlh_stock", 900, source_date="2021-01-01"),
        row(2020, "rtlh_stock", 890, source_date="2022-01-01"),
        row(2021, "rtlh_stock", 850, status="target"),
        row(2022, "rtlh_stock", 800, region_code="90.02"),
        row(2022, "rtlh_stock", 700, program="BSPS"),
    )
    series = Series(label=NAME, indicator="rtlh_stock", region="90.01")
    assert [each.value for each in Published(rows).yearly(series)] == [890, 700]
    only = series.model_copy(update={"program": "BSPS"})
    assert [each.value for each in Published(rows).yearly(only)] == [700]


def test_years_without_a_figure_are_empty(rows_of):
    years, values = values_of(rows_of(row(2018, "a", 5), row(2020, "a", 7)))
    assert years == (2018, 2019, 2020)
    assert values[0] == 5
    assert values[1] != values[1]
    assert values[2] == 7
    assert values_of([]) == ((), ())


DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(DAYS, DAYS)
def test_moments_keep_the_order_of_days(one, other):
    assert (moment(one.isoformat()) <= moment(other.isoformat())) == (one <= other)


@given(DAYS)
def test_a_month_ends_on_its_last_day(day):
    assert last_day(day.isoformat()) == day
    assert day <= last_day(day.isoformat()[:7]) <= last_day(day.isoformat()[:4])
    assert last_day(day.isoformat()[:7]).month == day.month
