"""Forecasts of a series from its own past, held to what came."""

import numpy as np
import pytest

from backlog_model.errors import DataError
from backlog_model.history.forecasting import forecast
from backlog_model.history.forecasting.backtest import backtest

SERIES = np.array([3.0, 5.0, 4.0, 9.0, 8.0, 12.0, 18.0, 15.0, 21.0])


def test_every_year_that_has_a_past_is_an_origin():
    assert backtest(SERIES).origins == (5, 6, 7, 8)
    assert backtest(SERIES, first_origin=3).origins == (3, 4, 5, 6, 7, 8)


def test_errors_are_those_of_forecasts_that_knew_no_more():
    found = backtest(SERIES, horizon=2, method="theta", first_origin=6)
    ahead = {origin: forecast(SERIES[:origin], 2, method="theta").mean for origin in (6, 7, 8)}
    second = [SERIES[7] - ahead[6][1], SERIES[8] - ahead[7][1]]
    first = [SERIES[origin] - ahead[origin][0] for origin in ahead]
    assert [each.forecasts for each in found.by_horizon] == [3, 2]
    assert found.by_horizon[0].mean_absolute_error == pytest.approx(np.abs(first).mean())
    assert found.by_horizon[1].mean_error == pytest.approx(np.mean(second))


def test_errors_in_yearly_movements():
    found = backtest(SERIES, horizon=1, method="naive", first_origin=6)  # misses 6, 3 and 6; moves 2.25 in the median
    moves = np.abs(np.diff(SERIES)).mean()
    assert found.scaled_error == pytest.approx((6.0 + 3.0 + 6.0) / 3.0 / moves)


def test_skill_of_a_reference_against_itself_is_nothing():
    for method, other in (("naive", "drift"), ("drift", "naive")):
        skill = backtest(SERIES, method=method).skill
        assert skill[method] == 0.0
        assert skill[other] != 0.0


def test_skill_is_the_share_of_the_error_saved():
    line = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 9.0])
    found = backtest(line, horizon=1, method="drift")  # drift misses 0, 0, 1; naive 1, 1, 2
    assert found.skill["naive"] == pytest.approx(0.75)


def test_hits_are_counted_for_every_level():
    found = backtest(SERIES, horizon=3, levels=(0.05, 0.95), first_origin=5)
    narrow, wide = found.intervals
    assert (narrow.level, narrow.intervals, wide.intervals) == (0.05, 9, 9)
    held = 0
    for origin in found.origins:
        ahead = forecast(SERIES[:origin], 3, (0.95,))
        came = SERIES[origin : origin + 3]
        held += np.sum((ahead.lower[0][: len(came)] <= came) & (came <= ahead.upper[0][: len(came)]))
    assert wide.hits == held
    assert narrow.hits < wide.hits


def test_missing_years_are_neither_origins_nor_held_to_anything():
    gappy = SERIES.copy()
    gappy[6] = np.nan
    found = backtest(gappy, horizon=2)
    assert found.origins == (5, 6, 8)
    assert [each.forecasts for each in found.by_horizon] == [2, 1]


def test_years_before_the_first_known_one_do_not_count():
    assert backtest([np.nan, np.nan, *SERIES]).origins == backtest(SERIES).origins


def test_origins_wait_for_three_known_years():
    assert backtest([1.0, np.nan, np.nan, 2.0, np.nan, 4.0, 3.0, 5.0], first_origin=3).origins == (6, 7)


def test_too_few_years_leave_everything_undefined():
    found = backtest(SERIES[:5])
    assert found.origins == ()
    assert found.codes == ("too_few_points",)
    assert found.scaled_error is None
    assert found.skill == {"naive": None, "drift": None}
    assert found.by_horizon[0].mean_error is None
    assert found.intervals[0].intervals == 0


@pytest.mark.parametrize(
    ("values", "codes"),
    [([2.0] * 8, ("constant", "naive_exact", "drift_exact")), (0.1 * np.arange(8.0), ("drift_exact",))],
)
def test_exact_references_leave_no_skill(values, codes):
    found = backtest(values)
    assert found.codes == codes
    assert found.skill["drift"] is None


def test_bounds_hold_in_the_past_too():
    falling = np.array([9.0, 7.0, 5.0, 3.0, 1.0, 0.0, 0.0, 0.0])
    free, bounded = (backtest(falling, horizon=1, bounds=bounds) for bounds in (None, "non_negative"))
    assert bounded.by_horizon[0].mean_absolute_error < free.by_horizon[0].mean_absolute_error


def test_first_origin_needs_three_years():
    with pytest.raises(DataError, match="first_origin: 2 years; expected at least 3"):
        backtest(SERIES, first_origin=2)
