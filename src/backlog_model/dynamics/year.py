"""One year of the model.

Events, in this order (the order is part of the specification):

0. money is shared over regions and turned into reach, at last year's stocks (`funding.py`, before the step)
1. records are revised on the opening stocks
2. disasters strike decent and treated houses
3. households form, houses are built, housing finance and self-acquisition reduce the ownership backlog
4. houses decay, relapse, improve and are lost, all at once, from the stocks after 2; slums form, relapse and worsen
5. programmes finish last year's works and start new ones, in order of priority, capped by what is waiting after 4
6. stocks are closed; indicators are read from them (`indicators.py`)
"""

from typing import Any, NamedTuple

import numpy as np

from backlog_model.dynamics import households, housing, infrastructure, repairs, slums
from backlog_model.inputs import NO_LIMIT, Array, Opening, Rules, YearInputs


class State(NamedTuple):
    """Stocks at 31 December and works under way; the class axis comes before (draw, region)."""

    decent_houses: Array
    treated_houses: Array
    rtlh_houses: Array
    households: Array
    ownership_backlog_households: Array
    occupancy_backlog_households: Array
    slum_ha: Array
    slum_handled_ha: Array
    slum_credit_ha: Array
    psu_estates: Array
    psu_complete_estates: Array
    psu_handed_over_estates: Array
    previous_start: Array
    carried_houses: Array
    carried_slum_ha: Array
    carried_new_houses: Array


class Limits(NamedTuple):
    """What each programme started and the limits it met, all blocks on one axis.

    For housing finance eligibility is demand, capacity the developers', ramp the banks'.
    """

    started: Array  # (programme, ...)
    capacity: Array
    eligibility: Array
    ramp: Array


class Flows(NamedTuple):
    """Everything that moved in the year; (draw, region) unless an axis is named."""

    revision_houses: Array  # RTLH added by re-registration, signed
    decent_revision_houses: Array
    clipped_revision_houses: Array  # revision that no stock was there for
    disaster_houses: Array  # become RTLH
    lost_houses: Array  # total losses
    not_struck_houses: Array  # reported damage that found no decent or treated house
    deteriorated_houses: Array
    relapsed_houses: Array
    substandard_built_houses: Array
    self_improved_houses: Array
    removed_rtlh_houses: Array
    removed_houses: Array
    self_built_houses: Array
    built_houses: Array
    waiting_houses: Array  # (severity, ...) RTLH before programmes
    finished_class_houses: Array  # (severity, ...) finished by all programmes
    started_houses: Array  # (house programme, ...)
    reported_handled_houses: Array  # (house programme, ...) finished
    effective_handled_houses: Array  # (house programme, ...)
    lapsed_houses: Array  # (house programme, ...) paid, never finished
    capacity_limit: Array  # (programme, ...)
    eligibility_limit: Array  # (programme, ...)
    ramp_limit: Array  # (programme, ...)
    started: Array  # (programme, ...) houses, ha, estates or households started, all blocks
    new_households: Array
    financed_households: Array
    finance_demand_households: Array
    programme_new_houses: Array  # (new-house programme, ...) finished
    self_acquired_households: Array
    excess_backlog_households: Array  # backlog cut off at the number of households
    waiting_slum_ha: Array  # (authority x slum class, ...) before works
    slum_revision_ha: Array  # (authority, ...)
    clipped_slum_revision_ha: Array  # (authority, ...)
    new_slum_ha: Array  # (authority, ...)
    relapsed_slum_ha: Array  # (authority, ...)
    worsened_slum_ha: Array  # (authority x slum class, ...) by class of origin
    slum_treated_ha: Array  # (slum programme, ...)
    slum_exit_ha: Array  # (authority, ...)
    slum_handled_ha: Array  # (authority, ...) counted by the scenario's rule
    other_authority_ha: Array  # (slum programme, ...) hectares left that belong to another authority
    aided_estates: Array  # (estate programme, ...)
    handed_over_estates: Array


def opening_state(opening: Opening, year: YearInputs) -> State:
    """Stocks on the opening day; all opening slum is uncounted credit."""
    dwellings = households.dwellings(
        opening.decent_houses, opening.treated_houses, opening.rtlh_houses, year.habitable_share
    )
    return State(
        decent_houses=opening.decent_houses,
        treated_houses=opening.treated_houses,
        rtlh_houses=opening.rtlh_houses,
        households=opening.households,
        ownership_backlog_households=opening.ownership_backlog_households,
        occupancy_backlog_households=households.occupancy_backlog(opening.households, dwellings, year.vacancy_share),
        slum_ha=opening.slum_ha,
        slum_handled_ha=opening.slum_handled_ha,
        slum_credit_ha=opening.slum_ha,
        psu_estates=opening.psu_estates,
        psu_complete_estates=opening.psu_complete_estates,
        psu_handed_over_estates=opening.psu_handed_over_estates,
        previous_start=opening.previous_start,
        carried_houses=opening.carried_houses,
        carried_slum_ha=opening.carried_slum_ha,
        carried_new_houses=opening.carried_new_houses,
    )


def year_step(state: State, year: YearInputs, rules: Rules, reach: Array) -> tuple[State, Flows]:
    """Stocks at the end of a year and everything that moved in it.

    Parameters
    ----------
    state : stocks at 31 December of last year
    year : assumptions and levers of this year, without the year axis
    rules : choices that do not vary
    reach : (programme, draw, region) units the money can start after drop-out; households of quota for finance

    Notes
    -----
    The function runs on arrays, and on scalars when compiled: draw and region axes are then absent.
    """
    slum_first = len(state.carried_houses)
    new_first = slum_first + len(state.carried_slum_ha)
    estate_first = new_first + len(state.carried_new_houses)
    finance_first = estate_first + len(year.houses_per_estate)
    quota, known = 0.0 * state.households, 0.0 * year.new_house_share
    for p in range(finance_first, len(reach)):
        quota, known = quota + reach[p], known + year.known[p]

    revised = housing.revised_stocks(state.decent_houses, state.rtlh_houses, year, rules)
    struck = housing.struck_stocks(revised.decent, state.treated_houses, revised.rtlh, year)
    built = households.new_houses(state.carried_new_houses, state.previous_start, reach, new_first, year)
    formed = households.formed_households(
        state.households, state.ownership_backlog_households, quota, known, built.all_finished, year
    )
    moved = housing.moved_stocks(struck, formed.self_built, formed.new_decent, year)
    slum = slums.waiting_slums(state.slum_ha, state.slum_credit_ha, state.slum_handled_ha, year, rules)
    repaired = repairs.repaired_houses(moved.waiting, state.carried_houses, state.previous_start, reach, year, rules)
    worked = slums.worked_slums(slum, state.carried_slum_ha, state.previous_start, reach, slum_first, year, rules)
    estates = infrastructure.closed_estates(
        state.psu_estates,
        state.psu_complete_estates,
        state.psu_handed_over_estates,
        state.previous_start,
        reach,
        estate_first,
        year,
    )
    limits = _limits(reach, repaired, worked, built, estates, formed)
    closing = _closing(state, year, moved, formed, built, repaired, worked, estates, limits.started)
    return closing, _flows(revised, struck, formed, built, moved, slum, repaired, worked, estates, limits)


def _limits(reach: Array, repaired: Any, worked: Any, built: Any, estates: Any, formed: Any) -> Limits:
    started, capacity = np.empty_like(reach), np.empty_like(reach)
    eligibility, ramp = np.empty_like(reach), np.empty_like(reach)
    p = 0
    for h in range(len(repaired.started)):
        started[p], capacity[p] = repaired.started[h], repaired.capacity_limit[h]
        eligibility[p], ramp[p] = repaired.eligibility_limit[h], repaired.ramp_limit[h]
        p += 1
    for s in range(len(worked.started)):
        started[p], capacity[p] = worked.started[s], worked.capacity_limit[s]
        eligibility[p], ramp[p] = worked.eligibility_limit[s], worked.ramp_limit[s]
        p += 1
    for n in range(len(built.started)):
        started[p], capacity[p] = built.started[n], NO_LIMIT
        eligibility[p], ramp[p] = NO_LIMIT, built.ramp_limit[n]
        p += 1
    for e in range(len(estates.aided)):
        started[p], capacity[p] = estates.aided[e], NO_LIMIT
        eligibility[p], ramp[p] = estates.incomplete[e], estates.ramp_limit[e]
        p += 1
    for f in range(p, len(reach)):
        started[f], eligibility[f] = formed.financed, formed.finance_demand
        capacity[f], ramp[f] = formed.developers, formed.banks
    return Limits(started, capacity, eligibility, ramp)


def _closing(
    state: State,
    year: YearInputs,
    moved: Any,
    formed: Any,
    built: Any,
    repaired: Any,
    worked: Any,
    estates: Any,
    started: Array,
) -> State:
    treated = moved.treated + 0.0
    for p in range(len(repaired.effective)):
        treated = treated + repaired.effective[p]
    houses = households.dwellings(moved.decent, treated, repaired.rtlh, year.habitable_share)
    all_households = year.households + 0.0 * state.households
    return State(
        decent_houses=moved.decent,
        treated_houses=treated,
        rtlh_houses=repaired.rtlh,
        households=all_households,
        ownership_backlog_households=formed.ownership_backlog,
        occupancy_backlog_households=households.occupancy_backlog(all_households, houses, year.vacancy_share),
        slum_ha=worked.slum,
        slum_handled_ha=worked.handled,
        slum_credit_ha=worked.credit,
        psu_estates=estates.estates,
        psu_complete_estates=estates.complete,
        psu_handed_over_estates=estates.handed_over,
        previous_start=started,
        carried_houses=repaired.carried,
        carried_slum_ha=worked.carried,
        carried_new_houses=built.carried,
    )


def _flows(
    revised: Any,
    struck: Any,
    formed: Any,
    built: Any,
    moved: Any,
    slum: Any,
    repaired: Any,
    worked: Any,
    estates: Any,
    limits: Limits,
) -> Flows:
    return Flows(
        revision_houses=revised.rtlh_change,
        decent_revision_houses=revised.decent_change,
        clipped_revision_houses=revised.clipped,
        disaster_houses=struck.damaged,
        lost_houses=struck.lost,
        not_struck_houses=struck.not_struck,
        deteriorated_houses=moved.deteriorated,
        relapsed_houses=moved.relapsed,
        substandard_built_houses=moved.substandard_built,
        self_improved_houses=moved.self_improved,
        removed_rtlh_houses=moved.removed_rtlh,
        removed_houses=moved.removed,
        self_built_houses=formed.self_built,
        built_houses=formed.self_built + formed.new_decent,
        waiting_houses=moved.waiting,
        finished_class_houses=repaired.finished_class,
        started_houses=repaired.started,
        reported_handled_houses=repaired.finished,
        effective_handled_houses=repaired.effective,
        lapsed_houses=repaired.lapsed,
        capacity_limit=limits.capacity,
        eligibility_limit=limits.eligibility,
        ramp_limit=limits.ramp,
        started=limits.started,
        new_households=formed.new_households,
        financed_households=formed.financed,
        finance_demand_households=formed.finance_demand,
        programme_new_houses=built.finished,
        self_acquired_households=formed.self_acquired,
        excess_backlog_households=formed.excess_backlog,
        waiting_slum_ha=slum.slum,
        slum_revision_ha=slum.revised,
        clipped_slum_revision_ha=slum.clipped,
        new_slum_ha=slum.new,
        relapsed_slum_ha=slum.relapsed,
        worsened_slum_ha=slum.worsened,
        slum_treated_ha=worked.treated,
        slum_exit_ha=worked.exits,
        slum_handled_ha=worked.counted,
        other_authority_ha=worked.other_authority,
        aided_estates=estates.aided,
        handed_over_estates=estates.handed_over_in_year,
    )
