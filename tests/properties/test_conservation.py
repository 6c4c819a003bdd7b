"""Nothing appears or disappears: houses, hectares, households, estates and rupiah, in every year, draw and region."""

import numpy as np
from hypothesis import given

from backlog_model.inputs import Array, Inputs
from comparison import close
from results import parts
from strategies import inputs


def _same(actual: Array, expected: Array, size: Array) -> None:
    np.testing.assert_array_less(np.abs(actual - expected), 1e-9 + 1e-11 * (np.abs(size).max(initial=0.0)))


@given(inputs())
def test_houses(case: Inputs) -> None:
    found = parts(case)
    states, flows = found["states"], found["flows"]
    every = states["decent_houses"] + states["treated_houses"] + states["rtlh_houses"].sum(1)
    gained = flows["revision_houses"] + flows["decent_revision_houses"] + flows["built_houses"]
    _same(np.diff(every, axis=0), gained - flows["removed_houses"] - flows["lost_houses"], every)


@given(inputs())
def test_rtlh(case: Inputs) -> None:
    found = parts(case)
    rtlh, flows = found["states"]["rtlh_houses"].sum(1), found["flows"]
    inflow = sum(flows[f"{name}_houses"] for name in ("deteriorated", "relapsed", "substandard_built", "disaster"))
    outflow = flows["self_improved_houses"] + flows["removed_rtlh_houses"] + flows["effective_handled_houses"].sum(1)
    _same(np.diff(rtlh, axis=0), flows["revision_houses"] + inflow - outflow, rtlh)


@given(inputs())
def test_reported_damage_strikes_or_is_reported_as_not_striking(case: Inputs) -> None:
    flows, yearly = parts(case)["flows"], case.yearly
    reported = yearly.disaster_damaged_houses.sum(1) + yearly.disaster_destroyed_houses
    accounted = flows["disaster_houses"] + flows["lost_houses"] + flows["not_struck_houses"]
    _same(accounted, np.broadcast_to(reported, accounted.shape), reported)


@given(inputs())
def test_houses_started_are_finished_lapse_or_are_under_way(case: Inputs) -> None:
    found = parts(case)
    flows, under_way = found["flows"], found["states"]["carried_houses"].sum(2)
    done = flows["reported_handled_houses"] + flows["lapsed_houses"]
    _same(under_way[:-1] + flows["started_houses"], done + under_way[1:], flows["started_houses"])


@given(inputs())
def test_hectares_of_every_authority(case: Inputs) -> None:
    found = parts(case)
    states, flows = found["states"], found["flows"]
    slum = states["slum_ha"]
    area = slum.reshape(len(slum), 3, 3, *slum.shape[2:]).sum(2) + states["slum_handled_ha"]
    _same(np.diff(area, axis=0), flows["slum_revision_ha"] + flows["new_slum_ha"], area)


@given(inputs())
def test_ledger_of_households_without_a_home_of_their_own(case: Inputs) -> None:
    found = parts(case)
    flows, year = found["flows"], case.yearly
    households, backlog = found["states"]["households"], found["states"]["ownership_backlog_households"]
    before, owned = backlog[:-1], households[:-1] * (1 - year.other_home_share) - backlog[:-1]
    left = before + year.new_non_owner_share * flows["new_households"] + year.ownership_loss_rate * owned
    left = left - np.minimum(year.first_time_share * flows["financed_households"], left)
    left = left - np.minimum(flows["programme_new_houses"].sum(1), left)
    left = left - flows["self_acquired_households"] - flows["excess_backlog_households"]
    _same(backlog[1:], left, households)


@given(inputs())
def test_every_rupiah_is_spent_unspent_or_unallocated(case: Inputs) -> None:
    money, year = parts(case)["money"], case.yearly
    budget = money["budget_idr"]
    _same(budget, money["spent_idr"] + money["unspent_idr"], budget)
    regional = np.broadcast_to(year.budget_idr, budget.shape).sum(-1)
    provincial = np.broadcast_to(year.provincial_budget_idr[..., 0], regional.shape)
    _same(budget.sum(-1) + money["unallocated_idr"], regional + provincial, budget)


@given(inputs())
def test_spending_is_starts_at_the_full_cost(case: Inputs) -> None:
    found = parts(case)
    spent, cost = found["money"]["spent_idr"].sum(1), found["flows"]["started"] * found["money"]["allin_idr"]
    simulated = np.broadcast_to(case.yearly.known == 0, spent.shape)
    assert close(np.where(simulated, spent, 0.0), _funded_only(case, np.where(simulated, cost, 0.0))).all()


def _funded_only(case: Inputs, cost: Array) -> Array:
    """Cost of programmes that some source pays for; housing finance has a quota instead."""
    return cost * (case.rules.funded.sum(0) > 0)[:, None, None]


@given(inputs())
def test_estates_and_their_hand_over(case: Inputs) -> None:
    found = parts(case)
    states, flows = found["states"], found["flows"]
    estates, complete, over = (states[f"psu_{name}estates"] for name in ("", "complete_", "handed_over_"))
    compliant = case.yearly.new_compliant_share * case.yearly.new_estates
    _same(np.diff(estates, axis=0), np.broadcast_to(case.yearly.new_estates, estates[1:].shape), estates)
    _same(np.diff(complete, axis=0), compliant + flows["aided_estates"].sum(1), estates)
    _same(np.diff(over, axis=0), flows["handed_over_estates"], estates)
    assert (complete <= estates + 1e-9).all()
    assert (over <= complete + 1e-9).all()
