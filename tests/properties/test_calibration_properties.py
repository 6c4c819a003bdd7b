"""Calibration at any history: scale, finite and ordered numbers, and the ratio that the two shares keep."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backlog_model.history.calibration import calibrate
from simulated_stocks import PRIOR, WITH_ERROR

DRAWS = 300


@st.composite
def histories(draw):
    """Years, stock and handled houses, as wild as a registry can be."""
    count = draw(st.integers(2, 9))
    spans = draw(st.lists(st.floats(0.1, 5.0), min_size=count - 1, max_size=count - 1))
    stock = draw(st.lists(st.floats(0, 5e5), min_size=count, max_size=count))
    handled = draw(st.lists(st.floats(0, 5e4), min_size=count - 1, max_size=count - 1))
    return 2000 + np.concatenate([[0.0], np.cumsum(spans)]), np.array(stock), np.array(handled)


def scaled(prior, factor):
    inflow, noise = prior.inflow, prior.noise_sd
    return replace(prior, inflow=(inflow[0] * factor, inflow[1] * factor), noise_sd=(noise[0] * factor, noise[1]))


@settings(max_examples=40)
@given(histories(), st.sampled_from([PRIOR, WITH_ERROR]), st.sampled_from([0.0, 0.05]))
def test_every_number_is_finite_and_lies_where_it_can(history, prior, exit_rate):
    found = calibrate(*history, prior, exit_rate=exit_rate, draws=DRAWS)
    assert all(np.isfinite(values).all() for values in found.draws.values())
    for name in ("effectiveness", "completeness"):
        assert ((found.draws[name] > 0) & (found.draws[name] <= 1)).all()
    assert (found.draws["noise_sd"] > 0).all()
    for number in (found.inflow, found.ratio, found.noise_sd, found.next_stock(3000.0)):
        assert number.lower <= number.median <= number.upper
    assert found.next_stock(3000.0).lower >= 0


@settings(max_examples=25)
@given(histories(), st.sampled_from([1e-3, 0.25, 1e6]))
def test_houses_counted_in_other_units_change_no_share(history, factor):
    years, stock, handled = history
    found = calibrate(years, stock, handled, PRIOR, draws=DRAWS)
    other = calibrate(years, stock * factor, handled * factor, scaled(PRIOR, factor), draws=DRAWS)
    np.testing.assert_allclose(
        other.draws["inflow"], found.draws["inflow"] * factor, rtol=1e-3, atol=1e-3 * factor * 5000
    )
    np.testing.assert_allclose(other.draws["noise_sd"], found.draws["noise_sd"] * factor, rtol=1e-3)
    np.testing.assert_allclose(other.draws["ratio"], found.draws["ratio"], rtol=1e-3)
    assert other.codes == found.codes


@settings(max_examples=25)
@given(histories(), st.floats(-1e5, 1e6))
def test_a_stock_that_is_higher_throughout_tells_the_same(history, more):
    years, stock, handled = history
    shift = more - min(0.0, float(stock.min() + more))
    found = calibrate(years, stock, handled, PRIOR, draws=DRAWS)
    other = calibrate(years, stock + shift, handled, PRIOR, draws=DRAWS)
    np.testing.assert_allclose(other.draws["inflow"], found.draws["inflow"], rtol=1e-3, atol=1.0)
