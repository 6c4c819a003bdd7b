"""The same futures under other levers: what is drawn stays, what is asked for is what an ordinary run gives."""

import numpy as np
import pytest

import backlog_model as bm
from backlog_model.analysis.aims import aims_of
from backlog_model.analysis.futures import Futures, assembled, changed, names_read, taken, until
from backlog_model.dynamics.simulation import simulate
from backlog_model.projection import Projection
from drawn_scenarios import written


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    return written(tmp_path_factory.mktemp("futures"))


@pytest.fixture(scope="module")
def aims(scenario):
    return aims_of(scenario, bm.run(scenario, draws=0))


@pytest.fixture(scope="module")
def futures(scenario, aims):
    return Futures.of(scenario, aims.values(), draws=50, seed=4)


def more(inputs, factor):
    return changed(inputs, {"provincial_budget_idr": inputs.yearly.provincial_budget_idr * factor})


@pytest.mark.parametrize("design", ["random", "latin_hypercube", "sobol"])
def test_values_are_those_of_an_ordinary_run(scenario, aims, design):
    futures = Futures.of(scenario, aims.values(), draws=40, seed=9, design=design)
    found = futures.values(futures.inputs)
    projection = bm.run(scenario, draws=40, seed=9, design=design)
    assert [*found] == ["rtlh-2028", "slum-2029"]
    for name, aim in aims.items():
        np.testing.assert_array_equal(found[name], aim.values(projection))


def test_without_draws_the_central_run_is_the_only_future(scenario, aims):
    futures = Futures.of(scenario, aims.values(), draws=0)
    central = bm.run(scenario, draws=0)
    assert futures.sampling.draws == 1
    for name, values in futures.values(futures.inputs).items():
        np.testing.assert_array_equal(values, aims[name].values(central))


def test_money_written_in_another_scenario_is_the_same_future_with_more_money(scenario, aims, futures):
    richer = scenario.replace({"programmes.bsps.budget_idr.apbn": 4_500_000_000})
    inputs = changed(
        futures.inputs,
        {"provincial_budget_idr": assembled(richer, draws=50, seed=4).yearly.provincial_budget_idr[:4]},
    )
    found = futures.values(inputs)["rtlh-2028"]
    np.testing.assert_array_equal(found, aims["rtlh-2028"].values(bm.run(richer, draws=50, seed=4)))
    assert not np.allclose(found, futures.values(futures.inputs)["rtlh-2028"])


def test_years_after_the_last_aim_are_left_out(scenario, aims):
    early = Futures.of(scenario, [aims["rtlh-2028"]], draws=20, seed=4)
    assert early.inputs.axes.years == (2026, 2027, 2028)
    whole = simulate(assembled(scenario, draws=20, seed=4))
    np.testing.assert_array_equal(early.values(early.inputs)["rtlh-2028"], aims["rtlh-2028"].values(whole))


def test_cut_inputs_give_the_same_first_years(scenario):
    whole = assembled(scenario, draws=10, seed=2)
    short = simulate(until(whole, 2027))
    assert short.years("rtlh_houses") == (2025, 2026, 2027)
    np.testing.assert_array_equal(short.array("rtlh_houses"), simulate(whole).array("rtlh_houses")[:3])


def test_draws_can_be_taken_in_any_order_and_more_than_once(futures):
    chosen = [7, 3, 3, 49]
    whole, some = futures.values(futures.inputs), futures.values(taken(futures.inputs, chosen))
    for name, values in whole.items():
        np.testing.assert_array_equal(some[name], values[chosen])


def test_each_draw_can_have_its_own_money(futures):
    once, twice = futures.values(more(futures.inputs, 1.0)), futures.values(more(futures.inputs, 2.0))
    inputs = taken(futures.inputs, [5, 5])
    both = futures.values(more(inputs, np.array([1.0, 2.0])[:, None]))
    np.testing.assert_array_equal(both["rtlh-2028"], [once["rtlh-2028"][5], twice["rtlh-2028"][5]])


def test_values_outlive_the_next_run(futures):
    before = futures.values(futures.inputs)["rtlh-2028"]
    kept = before.copy()
    futures.values(more(futures.inputs, 10.0))
    np.testing.assert_array_equal(before, kept)


def test_every_run_is_counted(scenario, aims):
    futures = Futures.of(scenario, aims.values(), draws=20)
    assert futures.runs == 0
    futures.values(futures.inputs)
    futures.values(taken(futures.inputs, [0, 1]), [aims["slum-2029"]])
    assert futures.runs == 2


def test_only_what_the_aims_read_is_recorded(futures, aims):
    projection = futures.projected(futures.inputs)
    assert isinstance(projection, Projection)
    read = names_read(futures.inputs, [aims["rtlh-2028"]])
    assert any("rtlh" in name for name in read)
    assert read < futures.variables
    assert len(futures.variables) < 8


def test_the_inputs_as_written_are_left_alone(futures):
    before = futures.inputs.yearly.provincial_budget_idr.copy()
    futures.values(more(futures.inputs, 3.0))
    np.testing.assert_array_equal(futures.inputs.yearly.provincial_budget_idr, before)
