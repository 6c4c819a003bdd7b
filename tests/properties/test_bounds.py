"""Nothing negative, nothing undefined, and no limit exceeded."""

import numpy as np
from hypothesis import given

from backlog_model.inputs import Array, Inputs
from results import parts
from strategies import inputs

SIGNED = {
    "revision_houses",
    "decent_revision_houses",
    "clipped_revision_houses",
    "slum_revision_ha",
    "clipped_slum_revision_ha",
    "unspent_idr",
}


def _at_most(actual: Array, limit: Array) -> None:
    assert (actual <= limit + 1e-9 + 1e-12 * np.abs(limit)).all()


@given(inputs())
def test_everything_is_finite_and_nothing_is_negative(case: Inputs) -> None:
    found = parts(case)
    for part, names in found.items():
        for name, array in names.items():
            if array.dtype.kind == "f":
                assert np.isfinite(array).all(), (part, name)
                assert name in SIGNED or array.min(initial=0.0) >= 0.0, (part, name, array.min())


# Rounding to whole houses may give a region up to one house more than its own share of the money pays for.
@given(inputs(without=("whole houses",)))
def test_only_known_spending_can_exceed_the_budget(case: Inputs) -> None:
    money = parts(case)["money"]
    known = np.broadcast_to(case.yearly.known[:, None] > 0, money["unspent_idr"].shape)
    _at_most(-np.where(known, 0.0, money["unspent_idr"]), 1e-12 * money["budget_idr"])


@given(inputs())
def test_starts_stay_within_every_limit(case: Inputs) -> None:
    found = parts(case)
    flows = found["flows"]
    for name in ("capacity_limit", "eligibility_limit", "ramp_limit"):
        _at_most(flows["started"], flows[name])
    _at_most(flows["started"], found["money"]["reach"])


@given(inputs(without=("known",)))
def test_house_programmes_share_the_crews(case: Inputs) -> None:
    started = parts(case)["flows"]["started_houses"].sum(1)
    _at_most(started, np.broadcast_to(case.yearly.crews * case.yearly.houses_per_crew_year, started.shape))


@given(inputs())
def test_works_never_exceed_what_is_waiting(case: Inputs) -> None:
    found = parts(case)
    _at_most(found["flows"]["finished_class_houses"], found["flows"]["waiting_houses"])
    waiting = found["flows"]["waiting_slum_ha"].sum(1)
    _at_most(found["flows"]["slum_treated_ha"].sum(1), waiting)


@given(inputs())
def test_a_hectare_is_counted_at_most_once(case: Inputs) -> None:
    states = parts(case)["states"]
    _at_most(states["slum_credit_ha"], states["slum_ha"])


@given(inputs())
def test_shares_keep_to_their_floor_and_cap(case: Inputs) -> None:
    share = parts(case)["money"]["share"]
    _at_most(share, np.broadcast_to(case.yearly.cap_share, share.shape))
    _at_most(np.broadcast_to(case.yearly.floor_share, share.shape), share)
    _at_most(share.sum(-1), np.ones(share.shape[:-1]))


@given(inputs())
def test_backlogs_are_bounded_by_households(case: Inputs) -> None:
    states = parts(case)["states"]
    households = states["households"]
    _at_most(states["ownership_backlog_households"], (1 - case.yearly.other_home_share.min(0)) * households)
    _at_most(states["occupancy_backlog_households"], households)
