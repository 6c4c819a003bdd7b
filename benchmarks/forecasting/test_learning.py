"""The factors in the package are those that the simulated series give."""

import numpy as np
import pytest

import learning
from backlog_model.history.forecasting.interval_factors import COEFFICIENTS, HORIZONS, LENGTHS, LEVELS, SHAPES
from backlog_model.history.forecasting.intervals import movement
from processes import PROCESSES, simulate

LENGTH = 10
FEWER = 5_000
# By how much logarithms learned on so few series differ from the table: at most 0.13 on average and 0.15 among series
# over eight seeds, widths of other levels 0.23.
AVERAGE, AMONG_SERIES, SHAPE = 0.15, 0.20, 0.25


@pytest.fixture
def learned(monkeypatch):
    """Factors of one length, learned anew on few other series."""
    monkeypatch.setattr(learning, "MOST_SERIES", FEWER)
    monkeypatch.setattr(learning, "SEED", 7)
    for cached in (learning.past_and_future, learning.learned):
        cached.cache_clear()
    yield {method: learning.learned(method, LENGTH) for method in ("drift", "combination")}
    for cached in (learning.past_and_future, learning.learned):
        cached.cache_clear()


def test_table_is_for_the_same_lengths_horizons_and_levels():
    assert (LENGTHS, HORIZONS, LEVELS) == (learning.LENGTHS, learning.HORIZONS, learning.LEVELS)


def test_table_is_learned_again(learned):
    values = simulate(np.random.default_rng(1), 400, LENGTH)
    _, measures = movement(values, np.full(400, LENGTH))
    place = LENGTHS.index(LENGTH)
    for method, (coefficients, _) in learned.items():
        differences = measures @ (coefficients - np.array(COEFFICIENTS[method][place])).T
        assert np.abs(differences.mean(axis=0)).max() < AVERAGE
        assert differences.std(axis=0).max() < AMONG_SERIES
    shapes = learned[learning.SHAPED_ON][1]
    assert np.abs(np.log(shapes / np.array(SHAPES[place]))).max() < SHAPE


def test_every_process_gives_finite_series_that_move():
    for process in PROCESSES:
        values = process(np.random.default_rng(2), (50, 30))
        assert values.shape == (50, 30)
        assert np.all(np.ptp(values, axis=1) > 0.0)
        assert np.all(np.isfinite(values))
