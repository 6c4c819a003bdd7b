"""Series as weighted sums of recorded rows: found in symbols, equal to what arrays give for any values."""

from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm
from backlog_model.assembly import assemble
from backlog_model.dynamics import simulation
from backlog_model.ensemble import streams_of
from backlog_model.inputs import Array, Inputs
from backlog_model.levels import INDICATORS
from backlog_model.linear import LinearSeries, linear_series
from backlog_model.projection import Projection, series_of
from backlog_model.scenario.schema import Scenario
from backlog_model.summary import Sampling
from backlog_model.tallies import Tallies, Tally
from drawn_scenarios import EVERY_KIND, drawing, written

DRAWS = 6
SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
SHARES = {
    "known": "official_tally_share: 0.8",
    "drawn": "official_tally_share: {uniform: [0.7, 0.9]}",
    "by year": "official_tally_share: {uniform: [0.7, 0.9], drawn: year}",
}


def drawn(scenario: Scenario) -> tuple[Inputs, dict[str, Array]]:
    """Inputs of some draws, and any numbers in place of what would be recorded."""
    inputs = assemble(scenario, drawing(scenario, streams_of(scenario, draws=DRAWS, seed=1)))
    numbers = np.random.default_rng(4)
    return inputs, {name: 1 + numbers.random(array.shape) for name, array in simulation.records(inputs).items()}


def tallies_of(projection: Projection) -> Tallies:
    found = {key: projection.array(key.variable, part=key.part, by=key.by) for key in series_of(projection)}
    tallies = {key: Tally.around(array, 1) for key, array in found.items()}
    return Tallies.joined(Sampling(DRAWS, 1, "random"), tallies, {})


def rows_of(linear: LinearSeries, projection: Projection, rows: int) -> Array:
    """(row, draw) of all series."""
    found = np.full((rows, DRAWS), np.pi)
    sources = [projection.values[name].swapaxes(-1, -2).reshape(-1, DRAWS) for name in linear.sources]
    weighted = linear.sums.weights[:, None] * np.concatenate(sources)[linear.sums.sources]
    found[linear.sums.rows] = np.add.reduceat(weighted, linear.sums.firsts[:-1])
    found[linear.constant_rows] = linear.constants[:, None]
    arrays = [projection.array(key.variable, part=key.part, by=key.by) for key in linear.others]
    found[linear.other_rows] = np.concatenate([array.swapaxes(-1, -2).reshape(-1, DRAWS) for array in arrays])
    return found


def assert_rows_are_those_of_arrays(scenario: Scenario) -> LinearSeries:
    inputs, values = drawn(scenario)
    projection = Projection(inputs, values)
    tallies = tallies_of(projection)
    linear = linear_series(simulation.draws_of(inputs, slice(0, 2)), values, tallies)
    found, start = rows_of(linear, projection, len(tallies.whole.low)), 0
    for series, tally in tallies.series.items():
        expected = projection.array(series.variable, part=series.part, by=series.by).swapaxes(-1, -2)
        rows = found[start : start + len(tally.low)].reshape(expected.shape)
        np.testing.assert_allclose(rows, expected, rtol=1e-12, atol=1e-11, err_msg=str(series))
        start += len(tally.low)
    assert start == len(found)
    return linear


def test_series_of_a_province_are_those_of_arrays() -> None:
    linear = assert_rows_are_those_of_arrays(bm.load_scenario(SCENARIOS / "kalsel" / "baseline.yaml"))
    assert {series.variable for series in linear.others} == set(INDICATORS) - {"break_even_houses"}
    assert np.isnan(linear.constants).any()


@pytest.mark.parametrize("share", SHARES)
def test_series_of_every_kind_of_programme_are_those_of_arrays(share: str, tmp_path: Path) -> None:
    bsps = "bsps: {treats: [light, medium, heavy]"
    assert EVERY_KIND.count(bsps) == 1
    linear = assert_rows_are_those_of_arrays(written(tmp_path, EVERY_KIND.replace(bsps, f"{bsps}, {SHARES[share]}")))
    drawn_weights = {series.variable for series in linear.others} - set(INDICATORS)
    assert drawn_weights == (set() if share == "known" else {"official_handled_houses", "registry_remaining_houses"})


def test_sums_are_in_the_order_of_memory() -> None:
    inputs, values = drawn(bm.load_scenario(SCENARIOS / "template" / "scenario.yaml"))
    sums = linear_series(inputs, values, tallies_of(Projection(inputs, values))).sums
    lasts = np.maximum.reduceat(sums.sources, sums.firsts[:-1])
    assert (np.diff(lasts) >= 0).all()
    assert len(np.unique(sums.rows)) == len(sums.rows)
    assert (np.diff(sums.firsts) > 0).all()
    assert sums.firsts[-1] == len(sums.sources) == len(sums.weights)
