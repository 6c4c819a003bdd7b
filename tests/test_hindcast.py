"""Forecasts as of earlier years: nothing published later may reach them."""

from dataclasses import replace
from pathlib import Path

import pytest

from backlog_model.history.breaks import breaks
from backlog_model.history.declaration import read_declaration
from backlog_model.history.hindcast import hindcasts
from backlog_model.history.ledger import LEVEL
from backlog_model.history.outlook import LEVELS
from backlog_model.history.published import Published, last_day
from backlog_model.history.tables import read_table
from past_folders import row, write_folder

KALSEL = Path(__file__).parents[1] / "scenarios" / "kalsel"
DECLARED = """\
hindcasts: [2022]
series:
  price: {label: {id: "a", en: "b"}, indicator: price, region: "90.01"}
  short: {label: {id: "a", en: "b"}, indicator: short, region: "90.01"}
ledgers:
  list:
    label: {id: "a", en: "b"}
    region: "90.01"
    definition: {id: "a", en: "b"}
    stock:
      - {indicator: rtlh_stock, year: 2019}
      - {indicator: rtlh_stock, year: 2021}
      - {indicator: rtlh_stock, year: 2024}
    handled:
      - {indicator: handled, year: 2021, since: "2019-12-31"}
      - {indicator: handled, year: 2024, since: "2021-12-31"}
events:
  registry:
    label: {id: "a", en: "b"}
    region: "90.01"
    date: "2024-06"
    before: {indicator: rtlh_stock, year: 2021}
    after: {indicator: registry, year: 2024}
    bridge: {id: "a", en: "b"}
"""
ROWS = [
    *(
        row(year, "price", value, unit="Rp")
        for year, value in enumerate((10, 12, 13, 15, 16, 18, 21, 22, 24, 25), start=2016)
    ),
    row(2021, "short", 3),
    row(2024, "short", 4),
    row(2019, "rtlh_stock", 1000),
    row(2021, "rtlh_stock", 900),
    row(2024, "rtlh_stock", 800),
    row(2021, "handled", 200),
    row(2024, "handled", 240),
    row(2024, "registry", 5000),
]


@pytest.fixture
def province(tmp_path):
    return write_folder(tmp_path / "land", DECLARED, ROWS)


def of(folder, change=lambda each: each):
    declared = read_declaration(folder)
    tables = sorted((folder / "history").glob("*.csv"))
    rows = [change(each) for table in tables for each in read_table(table)[0]]
    return hindcasts(declared, rows, breaks(declared, Published(rows)))


def test_a_series_is_continued_from_what_was_published(province):
    made = [each for each in of(province).made if each.name == "price"]
    assert [each.actual.year for each in made] == [2022, 2023, 2024, 2025]
    assert {row.year for row in made[0].known} == set(range(2016, 2022))
    assert made[0].error == pytest.approx(made[0].forecast - 21)
    assert made[0].lower < made[0].forecast < made[0].upper


def test_a_ledger_is_continued_at_the_pace_it_had(province):
    made = [each for each in of(province).made if each.name == "list" and each.crosses is None]
    assert [(each.actual.value, [known.value for known in each.known]) for each in made] == [(800, [1000, 900])]
    assert made[0].forecast == pytest.approx(900 - 3 * 50, abs=60)
    assert made[0].hit is (made[0].lower <= 800 <= made[0].upper)


def test_a_break_of_definition_is_kept_apart(province):
    crossed = [each for each in of(province).made if each.crosses]
    assert [(each.crosses, each.actual.value) for each in crossed] == [("registry", 5000)]
    assert crossed[0].error < -3000


def test_too_little_is_said_and_not_forecast(province):
    silent = of(province).silent
    assert [(each.name, each.figures) for each in silent] == [("short", 1)]


def later(origin, change):
    """The same row, changed if it was published after the origin or nobody knows when."""

    def changed(each):
        seen = each.source_date and last_day(each.source_date).year <= origin
        return each if seen else replace(each, text=change(each.text))

    return changed


@pytest.mark.parametrize("origin", [2022, 2024])
def test_nothing_published_later_moves_any_forecast_of_kalsel(origin):
    before = {_key(each): each for each in of(KALSEL).made if each.origin == origin}
    after = {_key(each): each for each in of(KALSEL, later(origin, lambda text: str(float(text) * 1.5))).made}
    assert len(before) >= 5
    for key, each in before.items():
        again = after[key]
        assert (again.forecast, again.lower, again.upper) == (each.forecast, each.lower, each.upper)
        assert [known.value for known in again.known] == [known.value for known in each.known]
        assert all(last_day(known.source_date).year <= origin for known in each.known)


def _key(each):
    return each.origin, each.kind, each.name, each.actual.year, each.crosses


def test_a_reader_of_the_past_hands_out_nothing_later():
    rows = [each for table in sorted((KALSEL / "history").glob("*.csv")) for each in read_table(table)[0]]
    declared = read_declaration(KALSEL)
    for origin in declared.hindcasts:
        then = Published(rows, until=last_day(str(origin)))
        assert 0 < len(then.rows) < len(rows)
        for series in declared.series.values():
            then.yearly(series)
        assert then.read
        assert all(each.source_date <= f"{origin}-12-31" for each in then.read)


def test_limits_are_those_the_level_names():
    assert LEVEL in LEVELS
