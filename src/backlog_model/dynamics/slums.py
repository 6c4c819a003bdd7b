"""Slum hectares by authority and class: revision, formation, relapse, worsening, works and how they are counted.

The class axis of hectares is authority x slum class: position 3 * authority + class, classes light, medium, heavy.
`credit` are the hectares of each class not yet counted as handled; the four counting rules differ only in the share of
credit that a hectare keeps when it climbs a class (`inputs.credit_kept`).
"""

from typing import Any, NamedTuple

import numpy as np

from backlog_model.dynamics.repairs import carried_share, finished_share, intake, ramp_limit
from backlog_model.inputs import NO_LIMIT, Array, Rules, YearInputs
from backlog_model.quantities import ratio, without_dust


class Waiting(NamedTuple):
    """Hectares before works."""

    slum: Array  # (authority x class, ...)
    credit: Array  # (authority x class, ...)
    handled: Array  # (authority, ...)
    revised: Array  # (authority, ...)
    clipped: Array  # (authority, ...)
    new: Array  # (authority, ...)
    relapsed: Array  # (authority, ...)
    worsened: Array  # (authority x class, ...) by class of origin


class Worked(NamedTuple):
    """Hectares after works."""

    slum: Array  # (authority x class, ...)
    credit: Array  # (authority x class, ...)
    handled: Array  # (authority, ...)
    exits: Array  # (authority, ...)
    counted: Array  # (authority, ...)
    treated: Array  # (slum programme, ...)
    started: Array  # (slum programme, ...)
    carried: Array  # (slum programme, class, ...)
    capacity_limit: Array  # (slum programme, ...)
    eligibility_limit: Array  # (slum programme, ...)
    ramp_limit: Array  # (slum programme, ...)
    other_authority: Array  # (slum programme, ...)


class Works(NamedTuple):
    """Hectares each programme finishes and starts, by class."""

    finished: Array  # (slum programme, class, ...)
    started: Array  # (slum programme, ...)
    carried: Array  # (slum programme, class, ...)
    capacity_limit: Array
    eligibility_limit: Array
    ramp_limit: Array
    left: Array  # (authority x class, ...)


def waiting_slums(slum: Array, credit: Array, handled: Array, year: YearInputs, rules: Rules) -> Waiting:
    """Hectares before works: records revised first, then formation, relapse and worsening from those stocks.

    A revision follows the classes present (`slum_class_share` where there is no slum); hectares added are uncounted,
    hectares removed take their credit with them.
    """
    after, credited = slum * 1.0, credit * 1.0
    worsened = 0.0 * slum
    new, relapsed, revised = 0.0 * handled, 0.0 * handled, 0.0 * handled
    clipped = 0.0 * handled
    for a in range(len(handled)):
        if rules.revises[1] > 0.0:
            revised[a] = _revised(after, credited, 3 * a, year.slum_revision_ha[a], year.slum_class_share)
            clipped[a] = year.slum_revision_ha[a] - revised[a]
        new[a] = year.new_slum_rate * year.slum_base_ha[a] + 0.0 * handled[a]
        relapsed[a] = year.slum_relapse_rate * handled[a]
        arriving, arriving_credit = new[a] + relapsed[a], new[a] + relapsed[a]
        for v in range(3):
            i = 3 * a + v
            rate = year.slum_worsening_rate[v]
            worsened[i] = rate * after[i]
            up_credit = rate * credited[i]
            after[i] = after[i] - worsened[i] + arriving
            credited[i] = credited[i] - up_credit + arriving_credit
            arriving, arriving_credit = worsened[i], up_credit
    return Waiting(after, credited, handled - relapsed, revised, clipped, new, relapsed, worsened)


def _revised(slum: Array, credit: Array, first: int, wanted: Any, class_share: Array) -> Any:
    """Hectares a revision really adds to the three classes from position `first`, which are changed in place."""
    stock = slum[first] + slum[first + 1] + slum[first + 2]
    present = ratio(stock, stock)
    change = np.maximum(wanted, -stock)
    for v in range(3):
        before = slum[first + v] * 1.0
        moved = change * (ratio(before, stock) + (1.0 - present) * class_share[v])
        slum[first + v] = np.maximum(0.0, before + moved)
        kept = ratio(np.minimum(slum[first + v], before), before)
        credit[first + v] = credit[first + v] * kept + np.maximum(0.0, moved)
    return change


def worked_slums(
    waiting: Waiting, carried: Array, previous: Array, reach: Array, first: int, year: YearInputs, rules: Rules
) -> Worked:
    """Hectares after the works of the year, each moved at most once, and what is counted as handled.

    Parameters
    ----------
    waiting : hectares before works
    carried : (slum programme, class, draw, region) due from last year
    previous, reach : (programme, draw, region) of all blocks; this block begins at position `first`
    """
    works = _works(waiting.slum, carried, previous, reach, first, year, rules)
    slum, credit = waiting.slum * 1.0, waiting.credit * 1.0
    exits, counted = 0.0 * waiting.handled, 0.0 * waiting.handled
    treated, other = 0.0 * works.started, 0.0 * works.started
    for s in range(len(works.started)):
        a = rules.slum_authority[s]
        for v in range(3):
            i, b = 3 * a + v, v - rules.slum_lift[s]
            moved = works.finished[s, v]
            used = waiting.credit[i] * ratio(moved, waiting.slum[i])
            kept = rules.credit_kept[v, max(b, -1) + 1]
            treated[s] = treated[s] + moved
            counted[a] = counted[a] + used * (1.0 - kept)
            slum[i] = without_dust(np.maximum(0.0, slum[i] - moved), waiting.slum[i])
            credit[i] = np.maximum(0.0, credit[i] - used)
            if b < 0:
                exits[a] = exits[a] + moved
            else:
                slum[3 * a + b] = slum[3 * a + b] + moved
                credit[3 * a + b] = credit[3 * a + b] + used * kept
        for i in range(len(slum)):
            if i < 3 * a or i > 3 * a + 2:
                other[s] = other[s] + works.left[i]
    return Worked(
        slum=slum,
        credit=credit,
        handled=waiting.handled + exits,
        exits=exits,
        counted=counted,
        treated=treated,
        started=works.started,
        carried=works.carried,
        capacity_limit=works.capacity_limit,
        eligibility_limit=works.eligibility_limit,
        ramp_limit=works.ramp_limit,
        other_authority=other,
    )


def _works(
    slum: Array, carried: Array, previous: Array, reach: Array, first: int, year: YearInputs, rules: Rules
) -> Works:
    left = slum * 1.0
    finished, carried_on = np.empty_like(carried), np.empty_like(carried)
    for s in range(len(carried)):
        for v in range(3):
            i = 3 * rules.slum_authority[s] + v
            finished[s, v] = (1.0 - year.known[first + s]) * np.minimum(carried[s, v], left[i])
            left[i] -= finished[s, v]
    unstarted, room = left * 1.0, np.empty_like(left[: len(year.slum_capacity_ha)])
    for a in range(len(room)):
        room[a] = year.slum_capacity_ha[a]
    units, by_crews = np.empty_like(finished[:, 0]), np.empty_like(finished[:, 0])
    by_stock, by_ramp = np.empty_like(units), np.empty_like(units)
    eligible = np.empty_like(left[:3])
    for s in range(len(carried)):
        p, a = first + s, rules.slum_authority[s]
        for v in range(3):
            within = np.minimum(year.eligible_share[p] * unstarted[3 * a + v], left[3 * a + v])
            eligible[v] = rules.slum_treats[s, v] * within
        share_of_crews = np.minimum(room[a], year.capacity_share[p] * year.slum_capacity_ha[a])
        by_crews[s] = np.maximum(year.known[p] * NO_LIMIT, share_of_crews)
        by_ramp[s] = ramp_limit(year.known[p], year.ramp_start[p], year.ramp_rate[p], previous[p])
        most = np.minimum(np.minimum(reach[p], by_crews[s]), by_ramp[s])
        taken = intake(left[3 * a : 3 * a + 3], eligible, most, year.slum_mix[s], rules.slum_mix_given[s])
        left[3 * a : 3 * a + 3] = taken.left
        units[s], by_stock[s] = taken.units, taken.eligible
        room[a] = np.maximum(0.0, room[a] - taken.units)
        same = finished_share(year.known[p], year.finished_same_year_share[p])
        following = carried_share(year.known[p], year.finished_next_year_share[p])
        for v in range(3):
            finished[s, v] = finished[s, v] + same * taken.started[v]
            carried_on[s, v] = following * taken.started[v]
    return Works(finished, units, carried_on, by_crews, by_stock, by_ramp, left)
