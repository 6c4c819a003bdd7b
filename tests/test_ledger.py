"""Ledgers: opening + inflow - outflow = closing, and the flow that closes them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backlog_model.errors import DataError
from backlog_model.history.declaration import Flow, Ledger, Stock
from backlog_model.history.ledger import close_ledger
from backlog_model.history.list_inflow import calibrated
from backlog_model.history.published import Published
from backlog_model.history.tables import read_table
from backlog_model.scenario.distributions import parse_distribution
from backlog_model.scenario.paths import Everywhere, Points, Regional, Value
from backlog_model.scenario.records import Label
from past_folders import row, write_table

NAME = Label(id="daftar", en="list")
HANDLED = Flow(indicator="units_handled", year=2020)


@pytest.fixture
def closed(tmp_path):
    """Close a ledger of the given rows."""

    def close(*rows, stock=(2019, 2020), handled=(HANDLED,), **others):
        counts = tuple(Stock(indicator="rtlh_stock", year=year) for year in stock)
        declared = Ledger(label=NAME, region="90.01", definition=NAME, stock=counts, handled=handled, **others)
        return close_ledger("list", declared, Published(read_table(write_table(tmp_path, rows))[0]))

    return close


def share(low, middle, high):
    return Value(Everywhere(parse_distribution({"range": [low, middle, high]}, (0.0, 1.0))))


STOCKS = (row(2019, "rtlh_stock", 1000), row(2020, "rtlh_stock", 970))


def test_the_missing_flow_closes_the_ledger(closed):
    ledger = closed(*STOCKS, row(2020, "units_handled", 50))
    assert ledger.whole.handled == 50
    assert ledger.whole.missing.middle == pytest.approx(20)
    assert ledger.whole.missing.is_exact
    assert ledger.codes == ()
    assert ledger.shows_inflow


def test_what_is_handled_leaves_the_list_only_in_part(closed):
    certain = closed(*STOCKS, row(2020, "units_handled", 50), effectiveness_share=Value.constant(0.8))
    assert certain.whole.missing.middle == pytest.approx(-30 + 50 * 0.8)
    hidden = closed(*STOCKS, row(2020, "units_handled", 50), completeness_share=Value.constant(0.5))
    assert hidden.whole.missing.middle == pytest.approx(-30 + 50 / 0.5)
    doubtful = closed(*STOCKS, row(2020, "units_handled", 50), effectiveness_share=share(0.6, 0.8, 0.9)).whole.missing
    assert doubtful.middle == pytest.approx(10, abs=0.1)
    assert (doubtful.lower, doubtful.upper) == (pytest.approx(0, abs=0.2), pytest.approx(15, abs=0.2))


def test_a_rounded_count_is_known_as_well_as_it_is_printed(closed):
    rounded = (row(2019, "rtlh_stock", 1000, note="Rounded"), row(2020, "rtlh_stock", 970))
    missing = closed(*rounded, row(2020, "units_handled", 50)).whole.missing
    assert missing.middle == pytest.approx(20, abs=1)
    assert (missing.lower, missing.upper) == (pytest.approx(20 - 450, abs=5), pytest.approx(20 + 450, abs=5))


def test_a_lower_bound_lies_below_the_true_count(closed):
    bound = (row(2019, "rtlh_stock", 1000), row(2020, "rtlh_stock", 900, note="Lower bound ('more than')"))
    missing = closed(*bound, row(2020, "units_handled", 50)).whole.missing
    assert (missing.lower, missing.upper) == (pytest.approx(-50 + 5, abs=1), pytest.approx(-50 + 95, abs=1))


def test_other_flows_count_in_full(closed):
    flood = Flow(indicator="flood_inflow", year=2020)
    struck = Flow(indicator="removed", year=2020)
    rows = (*STOCKS, row(2020, "units_handled", 50), row(2020, "flood_inflow", 7), row(2020, "removed", 4))
    whole = closed(*rows, inflows=(flood,), outflows=(struck,)).whole
    assert (whole.inflow, whole.outflow) == (7, 4)
    assert whole.missing.middle == pytest.approx(20 - 7 + 4)


def test_cumulative_reports_are_differences(closed):
    rows = (
        *STOCKS,
        row(2021, "rtlh_stock", 960),
        row(2020, "rtlh_handled_cumulative", 50),
        row(2021, "rtlh_handled_cumulative", 80),
    )
    flows = tuple(Flow(indicator="rtlh_handled_cumulative", year=year, since="2019-12-31") for year in (2020, 2021))
    ledger = closed(*rows, stock=(2019, 2020, 2021), handled=flows)
    assert [span.handled for span in ledger.spans] == [50, 30]
    assert ledger.whole.handled == 80
    assert ledger.whole.missing.middle == pytest.approx(sum(span.missing.middle for span in ledger.spans))
    assert ledger.whole.per_year.middle == pytest.approx(ledger.whole.missing.middle / 2)
    assert ledger.codes == ()


def test_programmes_of_one_year_add_up(closed):
    rows = (*STOCKS, row(2020, "units_handled", 20, program="A"), row(2020, "units_handled", 30, program="B"))
    flows = tuple(Flow(indicator="units_handled", year=2020, program=name) for name in "AB")
    assert closed(*rows, handled=flows).whole.handled == 50


def test_a_cumulative_report_cannot_fall(closed):
    rows = (*STOCKS, row(2020, "handled", 20), row(2021, "handled", 10), row(2021, "rtlh_stock", 960))
    flows = tuple(Flow(indicator="handled", year=year, since="2019-12-31") for year in (2020, 2021))
    with pytest.raises(DataError, match="a cumulative report that ends no later or falls"):
        closed(*rows, stock=(2019, 2021), handled=flows)


def test_one_year_of_inflow_counts_in_full_in_a_longer_span(closed):
    rows = (*STOCKS, row(2022, "rtlh_stock", 960), row(2022, "units_handled", 90), row(2020, "flood", 70))
    handled = (Flow(indicator="units_handled", year=2022, since="2019-12-31"),)
    flood = (Flow(indicator="flood", year=2020),)
    whole = closed(*rows, stock=(2019, 2022), handled=handled, inflows=flood).whole
    assert whole.inflow == 70
    assert whole.missing.middle == pytest.approx(960 - 1000 + 90 - 70)


def test_reports_that_overlap_cover_no_more_than_their_time(closed):
    rows = (*STOCKS, row(2023, "rtlh_stock", 960), row(2021, "h", 10, program="A"), row(2021, "h", 20, program="B"))
    flows = tuple(Flow(indicator="h", year=2021, since="2019-12-31", program=name) for name in "AB")
    assert closed(*rows, stock=(2019, 2023), handled=flows).codes == ("handled_unknown",)


def test_what_is_known_to_have_come_is_no_part_of_the_inferred_inflow(closed):
    counts = (row(2019, "rtlh_stock", 1000), row(2021, "rtlh_stock", 980), row(2021, "units_handled", 100))
    handled = (Flow(indicator="units_handled", year=2021, since="2019-12-31"),)
    plain = closed(*counts, stock=(2019, 2021), handled=handled)
    flood = (Flow(indicator="flood", year=2020),)
    struck = closed(*counts, row(2020, "flood", 60), stock=(2019, 2021), handled=handled, inflows=flood)
    assert calibrated(plain).inflow.median - calibrated(struck).inflow.median == pytest.approx(30, abs=5)


@pytest.mark.parametrize("note", ["survey covered more than 90 percent", "not a lower bound", "Rounded"])
def test_a_bound_has_to_be_called_one(closed, note):
    rows = (row(2019, "rtlh_stock", 1000, note=note), row(2020, "rtlh_stock", 970), row(2020, "units_handled", 50))
    missing = closed(*rows).whole.missing
    assert missing.middle == pytest.approx(20, abs=1)


def test_a_share_by_region_is_that_of_the_region(closed):
    rows = (*STOCKS, row(2020, "units_handled", 50))
    form = Regional(("90.02", "90.01"), (0.1, 0.9))
    assert closed(*rows, effectiveness_share=Value(form)).whole.missing.middle == pytest.approx(-30 + 45)
    by_year = Value(Everywhere(Points((2019,), (0.5,))))
    for wrong in (by_year, Value.constant(0.0), Value(Regional(("90.02",), (0.5,)))):
        with pytest.raises(DataError, match="effectiveness_share: "):
            closed(*rows, effectiveness_share=wrong)


def test_counts_are_in_one_unit_and_not_below_0(closed):
    with pytest.raises(DataError, match=r"1000 units \(.*\) and 970 ha \(.*\); expected one unit"):
        closed(STOCKS[0], row(2020, "rtlh_stock", 970, unit="ha"), handled=())
    with pytest.raises(DataError, match=r":2: -5 units; a count is not below 0"):
        closed(row(2019, "rtlh_stock", -5), STOCKS[1], handled=())


def test_a_longer_report_is_spread_evenly_and_says_so(closed):
    rows = (*STOCKS, row(2021, "rtlh_stock", 960), row(2021, "units_handled", 75))
    flows = (Flow(indicator="units_handled", year=2021, since="2018-12-31"),)
    ledger = closed(*rows, stock=(2019, 2020, 2021), handled=flows)
    assert ledger.whole.handled == pytest.approx(50, rel=1e-3)
    assert [span.handled for span in ledger.spans] == [pytest.approx(25, rel=1e-3)] * 2
    assert ledger.codes == ("handled_spread",)


def test_a_short_end_without_report_goes_on_at_the_same_pace(closed):
    rows = (*STOCKS, row(2020, "units_handled", 45))
    flows = (Flow(indicator="units_handled", year=2020, until="2020-11-25"),)
    ledger = closed(*rows, handled=flows)
    assert ledger.whole.handled == pytest.approx(45 / 0.9, rel=2e-3)
    assert ledger.codes == ("handled_extended",)


def test_handling_that_nobody_reports_is_not_taken_as_zero(closed):
    ledger = closed(*STOCKS, handled=())
    assert ledger.whole.handled is None
    assert ledger.whole.missing.middle == -30
    assert ledger.codes == ("handled_unknown",)
    assert not ledger.shows_inflow


def test_a_list_that_only_falls_by_what_is_handled_shows_no_inflow(closed):
    ledger = closed(*STOCKS, row(2020, "units_handled", 30))
    assert ledger.whole.missing.middle == 0
    assert ledger.codes == ("closed",)
    assert not ledger.shows_inflow


def test_counts_have_to_be_in_order(closed):
    with pytest.raises(DataError, match=r"ledgers.list.stock: .* is not later than .*; write them in order"):
        closed(*STOCKS, row(2020, "units_handled", 30), stock=(2020, 2019))


def test_a_flow_has_to_end_after_it_begins(closed):
    backwards = Flow(indicator="units_handled", year=2020, since="2021-01-01")
    with pytest.raises(DataError, match="until is not later than since"):
        closed(*STOCKS, row(2020, "units_handled", 30), handled=(backwards,))


def test_a_count_that_is_not_there_is_named(closed):
    with pytest.raises(DataError, match=r"ledgers.list.stock: no row rtlh_stock 90.01 2018 in the history tables"):
        closed(*STOCKS, stock=(2018, 2019), handled=())


HOUSES = st.integers(0, 200_000)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(HOUSES, HOUSES, st.integers(0, 50_000), st.floats(0.05, 1.0), st.floats(0.05, 1.0))
def test_the_ledger_always_closes(tmp_path, opening, closing, handled, effectiveness, completeness):
    rows = (row(2019, "rtlh_stock", opening), row(2020, "rtlh_stock", closing), row(2020, "units_handled", handled))
    counts = tuple(Stock(indicator="rtlh_stock", year=year) for year in (2019, 2020))
    declared = Ledger(
        label=NAME,
        region="90.01",
        definition=NAME,
        stock=counts,
        handled=(HANDLED,),
        effectiveness_share=Value.constant(effectiveness),
        completeness_share=Value.constant(completeness),
    )
    whole = close_ledger("list", declared, Published(read_table(write_table(tmp_path, rows))[0])).whole
    assert opening + whole.missing.middle - handled * effectiveness / completeness == pytest.approx(closing, abs=1e-6)
