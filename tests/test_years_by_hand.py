"""Whole years, one after another, worked by hand."""

from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics import simulation
from backlog_model.dynamics.simulation import draws_of, records, simulate, trace, years
from backlog_model.dynamics.year import opening_state, year_step
from backlog_model.inputs import NO_LIMIT, Inputs
from backlog_model.projection import BINDINGS
from one_year import arr, axes_of, inputs_of, near, opening_of, rules_of, state_of, year_of

BLOCKS = axes_of(
    house_programmes=("h1", "h2"),
    slum_programmes=("s",),
    new_house_programmes=("n",),
    estate_programmes=("e",),
    finance_programmes=("f",),
)


def test_the_order_of_a_year_of_houses() -> None:
    state = state_of(
        BLOCKS,
        decent_houses=arr(1000, 0),
        treated_houses=arr(100, 0),
        rtlh_houses=arr([200, 0]),
        households=arr(1000, 0),
    )
    year = year_of(
        BLOCKS,
        revision_houses=arr(100, 0),
        revision_reclassified_share=1.0,
        disaster_damaged_houses=[50.0],
        disaster_destroyed_houses=50.0,
        households=arr(1100, 0),
        built_per_new_household=0.5,
        self_built_houses=0.0,
        new_house_share=0.5,
        deterioration_rate=0.1,
        relapse_rate=0.2,
        substandard_share=[0.2],
        self_improvement_rate=[0.04],
        rtlh_loss_rate=[0.02],
        decent_loss_rate=0.05,
        treated_loss_rate=0.1,
        effectiveness_share=[[1.0], [0.8]],
        vacancy_share=0.2,
    )
    state = state._replace(ownership_backlog_households=arr([400, 0]))
    reach = np.array([[[each, 0.0]] for each in (3.0, 5.0, 7.0, 11.0, 13.0, 17.0)])
    closed, flows = year_step(state, year, rules_of(BLOCKS, revises=[1.0, 0.0]), reach)
    # 100 re-registered: 900, 100, 300. A tenth of 1000 is hit: 810, 90, 350. 50 built, and 11 + 0.5 x 17.
    assert flows.built_houses == near([[50 + 11 + 8.5, 0]])
    # Decay 81 and 18, substandard 10, improved 14, lost 7, 40.5 and 9.
    assert flows.waiting_houses == near([[[350 + 81 + 18 + 10 - 14 - 7, 0]]])
    assert closed.decent_houses == near([[810 - 81 - 40.5 + 14 + 40 + 19.5, 0]])
    # 3 + 5 are repaired, one of them without effect.
    assert closed.treated_houses == near([[90 - 18 - 9 + 7, 0]])
    assert closed.rtlh_houses == near([[[438 - 7, 0]]])
    assert closed.occupancy_backlog_households == near([[1100 - 0.8 * (762 + 70 + 431), 0]])
    assert closed.households.tolist() == [[1100, 0]]
    assert closed.ownership_backlog_households == near([[400 - 17 - 11, 0]])


def test_limits_of_every_kind_of_programme() -> None:
    state = state_of(
        BLOCKS,
        rtlh_houses=60.0,
        households=100.0,
        ownership_backlog_households=50.0,
        slum_ha=arr(*([[each, each]] for each in (5.0, 8.0, 17.0))),
        psu_estates=40.0,
        psu_complete_estates=9.0,
        previous_start=np.array([[[each, each]] for each in (100.0, 200.0, 300.0, 400.0, 500.0, 600.0)]),
        carried_houses=np.array([[[[0.0, 0.0]]], [[[4.0, 4.0]]]]),
        carried_slum_ha=np.array([[[[1.0, 1.0]], [[0.0, 0.0]], [[0.0, 0.0]]]]),
        carried_new_houses=arr([[2.0, 2.0]]),
    )
    year = year_of(
        BLOCKS,
        households=100.0,
        crews=50.0,
        slum_capacity_ha=[70.0],
        ramp_start=[0.0] * 6,
        ramp_rate=[0.5, 0.25, 0.5, 0.25, 0.5, 0.25],
        take_up_rate=0.5,
        developer_capacity_households=19.0,
        bank_capacity_households=23.0,
        finished_same_year_share=[0.5] * 6,
        finished_next_year_share=[0.25] * 6,
    )
    reach = np.array([[[each, each]] for each in (3.0, 5.0, 7.0, 11.0, 13.0, 17.0)])
    closed, flows = year_step(state, year, rules_of(BLOCKS, slum_lift=[3]), reach)
    assert flows.started[:, 0, 0].tolist() == [3, 5, 7, 11, 13, 17]
    assert flows.capacity_limit[:, 0, 0].tolist() == [50, 47, 70, NO_LIMIT, NO_LIMIT, 19]
    # 4 houses and 1 ha are due and no longer wait.
    assert flows.eligibility_limit[:, 0, 0] == near([56, 53, 29, NO_LIMIT, 31, 25])
    assert flows.ramp_limit[:, 0, 0].tolist() == [150, 250, 450, 500, 750, 23]
    assert closed.previous_start.tolist() == flows.started.tolist()
    assert flows.reported_handled_houses[:, 0, 0].tolist() == [1.5, 4 + 2.5]
    assert flows.slum_treated_ha[:, 0, 0].tolist() == [1 + 3.5]
    assert flows.programme_new_houses[:, 0, 0].tolist() == [2 + 5.5]
    assert closed.carried_houses[:, 0, 0, 0].tolist() == [0.75, 1.25]
    assert closed.carried_slum_ha.sum(axis=1)[0, 0, 0] == near(1.75)
    assert closed.carried_new_houses[:, 0, 0].tolist() == [2.75]
    assert closed.psu_complete_estates.tolist() == [[22.0, 22.0]]
    assert flows.financed_households.tolist() == [[17.0, 17.0]]


@pytest.mark.parametrize(
    ("known", "financed"),
    [([0.0, 0.0], 10.0), ([1.0, 0.0], 12.0), ([0.0, 1.0], 12.0)],
)
def test_financed_homes_of_two_programmes_are_added(known: list[float], financed: float) -> None:
    axes = axes_of(new_house_programmes=("n",), estate_programmes=("e",), finance_programmes=("f1", "f2"))
    state = state_of(axes, households=arr(100, 0), ownership_backlog_households=arr(90, 0))
    year = year_of(
        axes, households=arr(100, 0), developer_capacity_households=10.0, new_house_share=0.0, known=[0.0, 0.0, *known]
    )
    _, flows = year_step(state, year, rules_of(axes), arr([[40, 0]], [[30, 0]], [[7, 0]], [[5, 0]]))
    assert flows.financed_households.tolist() == [[financed, 0.0]]
    assert flows.started[2:, 0, 0].tolist() == [financed, financed]
    assert flows.built_houses.tolist() == [[40.0, 0.0]]


def small(draws: int = 3) -> Inputs:
    """Two years; a house repaired costs 1 rupiah, 10 rupiah a year; draws differ in decay."""
    axes = axes_of(years=(2026, 2027), house_programmes=("h",), sources=("apbn",), draws=draws)
    opening = opening_of(axes, decent_houses=arr(100, 200), rtlh_houses=arr([40, 20]), households=arr(145, 200))
    yearly = {
        "households": np.array([150.0, 160.0])[:, None, None],
        "deterioration_rate": np.array([0.1, 0.2, 0.3])[None, :draws, None],
        "budget_idr": np.full((1, 1, 1, 1, 1), 10.0),
        "unit_cost_idr": np.full((1, 1, 1, 1), 4.0),
    }
    return inputs_of(axes, opening, yearly)


RTLH = {  # by draw: 40 and 20, decay of 100 and 200 in the first year and of what is left in the second, 10 repaired
    0: [[40, 20], [40 + 10 - 10, 20 + 20 - 10], [40 + 9 - 10, 30 + 18 - 10]],
    1: [[40, 20], [40 + 20 - 10, 20 + 40 - 10], [50 + 16 - 10, 50 + 32 - 10]],
    2: [[40, 20], [40 + 30 - 10, 20 + 60 - 10], [60 + 21 - 10, 70 + 42 - 10]],
}


def assert_as_worked(values: Any) -> None:
    for draw, rtlh in RTLH.items():
        assert values["rtlh_houses"][:, 0, draw] == near(rtlh)
        assert values["occupancy_backlog_households"][:, 0, draw] == near([[5, 0], [10, 0], [20, 0]])
        assert values["treated_houses"][:, 0, draw] == near([[0, 0], [10, 10], [20, 20]])
        assert values["new_households"][:, 0, draw].tolist() == [[5, 0], [10, 10]]
        assert values["spent_idr"][:, 0, draw].tolist() == [[10, 10], [10, 10]]
        assert values["household_top_up_idr"][:, 0, draw].tolist() == [[30, 30], [30, 30]]
    assert values["deteriorated_houses"][:, 0] == near([[[10, 20], [20, 40], [30, 60]], [[9, 18], [16, 32], [21, 42]]])


@pytest.mark.parametrize("block", [None, 1, 2, 3, 9])
def test_a_simulation_of_two_years(block: int | None) -> None:
    found = simulate(small(), block=block)
    assert_as_worked(found.values)
    assert np.asarray(BINDINGS)[found.binding].tolist() == [[[["funds", "funds"]] * 3]] * 2
    assert np.asarray(BINDINGS)[found.province_binding].tolist() == [[["funds"] * 3]] * 2
    arrays: list[Any] = [*found.values.values(), found.binding, found.province_binding]
    assert not any(array.flags.writeable for array in arrays)
    with pytest.raises(ValueError, match="read-only"):
        found.values["rtlh_houses"][0] = 1.0


def test_the_limit_of_each_year_is_kept() -> None:
    inputs = small()
    crews = np.array([NO_LIMIT, 4.0])[:, None, None]
    later = Inputs(inputs.axes, inputs.opening, inputs.yearly._replace(crews=crews), inputs.rules, inputs.coverage)
    found = simulate(later, block=2)
    assert np.asarray(BINDINGS)[found.binding].tolist() == [[[["funds"] * 2] * 3], [[["capacity"] * 2] * 3]]
    assert np.asarray(BINDINGS)[found.province_binding].tolist() == [[["funds"] * 3], [["capacity"] * 3]]
    assert found.values["started_houses"][:, 0, 0].tolist() == [[10, 10], [4, 4]]


@pytest.mark.parametrize("block", [None, 1, 2])
def test_records_are_the_values_of_a_simulation(block: int | None) -> None:
    found = records(small(), block=block)
    assert_as_worked(found)
    assert set(found) == set(simulate(small()).values)


@pytest.mark.parametrize("wanted", [{"rtlh_houses"}, {"spent_idr", "treated_houses"}, {"budget_idr"}, set()])
def test_only_what_is_wanted_is_recorded(wanted: set[str]) -> None:
    found = records(small(), block=2, variables=frozenset(wanted))
    assert set(found) == wanted
    whole = records(small())
    assert all(array.tolist() == whole[name].tolist() for name, array in found.items())


def test_values_lie_in_memory_by_year_part_region_and_draw() -> None:
    for values in (simulate(small()).values, records(small())):
        assert values["rtlh_houses"].shape == (3, 1, 3, 2)
        assert values["rtlh_houses"].swapaxes(2, 3).flags.c_contiguous
        assert values["built_houses"].shape == (2, 1, 3, 2)


def blocks_of(monkeypatch: pytest.MonkeyPatch, block: int | None) -> list[slice]:
    """Draws that are worked on at once."""
    seen = list[slice]()

    def watched(inputs: Inputs, draws: slice) -> Inputs:
        seen.append(draws)
        return draws_of(inputs, draws)

    monkeypatch.setattr(simulation, "draws_of", watched)
    assert_as_worked(simulate(small(), block=block).values)
    return seen


@pytest.mark.parametrize(
    ("cells", "block", "expected"),
    [
        (32_768, None, [(0, 3)]),
        (4, None, [(0, 2), (2, 3)]),  # two regions: two draws at once
        (2, None, [(0, 1), (1, 2), (2, 3)]),
        (1, None, [(0, 1), (1, 2), (2, 3)]),  # at least one draw at once
        (32_768, 2, [(0, 2), (2, 3)]),
        (2, 3, [(0, 3)]),
    ],
)
def test_draws_are_worked_on_in_blocks(
    monkeypatch: pytest.MonkeyPatch, cells: int, block: int | None, expected: list[tuple[int, int]]
) -> None:
    monkeypatch.setattr(simulation, "CELLS_PER_BLOCK", cells)
    assert [(draws.start, draws.stop) for draws in blocks_of(monkeypatch, block)] == expected


def test_some_of_the_draws() -> None:
    chosen = draws_of(small(), slice(1, 3))
    assert chosen.axes.draws == 2
    assert chosen.yearly.deterioration_rate.tolist() == [[[0.2], [0.3]]]
    assert chosen.yearly.households.shape == (2, 1, 1)
    assert chosen.opening.rtlh_houses.shape == (1, 2, 2)
    assert all(array.flags.c_contiguous for array in chosen.opening)


def test_a_trace_has_every_array_of_every_year() -> None:
    found = trace(small())
    assert found.states.rtlh_houses[:, 0, 1] == near(RTLH[1])
    assert found.states.occupancy_backlog_households[:, 0].tolist() == [[5, 0], [10, 0], [20, 0]]
    assert found.flows.new_households[:, 2].tolist() == [[5, 0], [10, 10]]
    assert found.funding.reach.tolist() == [[[[10, 10]] * 3]] * 2
    assert found.spending.spent_idr.shape == (2, 1, 3, 2)
    assert found.binding.tolist() == [[[[0, 0]] * 3]] * 2
    steps = list(years(small()))
    assert len(steps) == 2
    assert steps[1].state.rtlh_houses[0, 1] == near(RTLH[1][2])


def test_the_opening_is_read_with_the_assumptions_of_the_first_year() -> None:
    inputs = small()
    empty = np.array([0.5, 0.25])[:, None, None]
    changed = Inputs(
        inputs.axes, inputs.opening, inputs.yearly._replace(vacancy_share=empty), inputs.rules, inputs.coverage
    )
    simulated, recorded = (
        values["occupancy_backlog_households"][:, 0, 0] for values in (simulate(changed).values, records(changed))
    )
    # Half of 140 and 220 houses, then half again, then three quarters of them: 105 and 165.
    expected = [[145 - 70, 200 - 110], [150 - 70, 150 - 110], [160 - 105, 0]]
    assert simulated.tolist() == recorded.tolist() == expected
    assert trace(changed).states.occupancy_backlog_households[:, 0].tolist() == expected


def test_a_trace_of_one_year() -> None:
    axes = axes_of(house_programmes=("h",), sources=("apbn",))
    found = trace(inputs_of(axes, opening_of(axes, rtlh_houses=8.0), {"budget_idr": np.full((1, 1, 1, 1, 1), 3.0)}))
    assert found.states.rtlh_houses.tolist() == [[[[8.0, 8.0]]], [[[5.0, 5.0]]]]
    assert found.flows.started_houses.tolist() == [[[[3.0, 3.0]]]]


def test_the_opening_counts_the_backlog_of_its_own_households() -> None:
    axes = axes_of()
    opening = opening_of(axes, decent_houses=arr(60, 70), rtlh_houses=arr([20, 10]), households=arr(100, 90))
    opening = opening._replace(treated_houses=arr([8, 4]), slum_ha=arr([[1, 2]], [[3, 4]], [[5, 6]]))
    found = opening_state(opening, year_of(axes, habitable_share=[0.5], vacancy_share=0.25, households=999.0))
    assert found.occupancy_backlog_households.tolist() == [[100 - 0.75 * 78, 90 - 0.75 * 79]]
    assert found.slum_credit_ha.tolist() == [[[1, 2]], [[3, 4]], [[5, 6]]]
