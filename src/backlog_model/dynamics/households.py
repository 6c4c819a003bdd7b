"""Household formation, housing finance, and the ownership and occupancy backlogs."""

from typing import Any, NamedTuple

import numpy as np

from backlog_model.dynamics.repairs import carried_share, finished_share, ramp_limit
from backlog_model.inputs import NO_LIMIT, Array, YearInputs


class NewHouses(NamedTuple):
    """Houses finished by programmes that build for non-owners, and what they started."""

    finished: Array  # (new-house programme, ...)
    started: Array  # (new-house programme, ...)
    carried: Array  # (new-house programme, ...)
    ramp_limit: Array  # (new-house programme, ...)
    all_finished: Any


class Formed(NamedTuple):
    """Households and building of the year, before anything decays."""

    new_households: Array
    self_built: Array
    new_decent: Array  # programme-built and financed
    financed: Array
    finance_demand: Array
    developers: Any  # most that developers can build, no limit where output is known
    banks: Any
    self_acquired: Array
    ownership_backlog: Array
    excess_backlog: Array


def new_houses(carried: Array, previous: Array, reach: Array, first: int, year: YearInputs) -> NewHouses:
    """Houses that programmes for non-owners finish: last year's rest and the part of new starts finished at once.

    Parameters
    ----------
    carried : (new-house programme, draw, region) due from last year
    previous, reach : (programme, draw, region) of all blocks; this block begins at position `first`
    """
    finished, started = np.empty_like(carried), np.empty_like(carried)
    carried_on, limit = np.empty_like(carried), np.empty_like(carried)
    all_finished = 0.0 * year.households
    for n in range(len(carried)):
        p = first + n
        limit[n] = ramp_limit(year.known[p], year.ramp_start[p], year.ramp_rate[p], previous[p])
        started[n] = np.minimum(reach[p], limit[n])
        due = carried[n] * (1.0 - year.known[p])
        finished[n] = due + finished_share(year.known[p], year.finished_same_year_share[p]) * started[n]
        carried_on[n] = carried_share(year.known[p], year.finished_next_year_share[p]) * started[n]
        all_finished = all_finished + finished[n]
    return NewHouses(finished, started, carried_on, limit, all_finished)


def formed_households(
    households: Array, ownership_backlog: Array, quota: Array, known: Any, programme_built: Any, year: YearInputs
) -> Formed:
    """Households that form, houses that are built for them, and who still owns none.

    The backlog grows with new households that start without ownership and with ownership lost; financed first homes,
    programme houses and self-acquired homes reduce it in that order, each at most by what is left. It never exceeds
    the households that have no other home.

    Parameters
    ----------
    households, ownership_backlog : (draw, region) at 31 December of last year
    quota : (draw, region) financed units allotted, or the known number
    known : 1 where the number of financed units is known: only demand then limits it
    programme_built : (draw, region) finished houses of programmes for non-owners
    """
    formed = np.maximum(0.0, year.households - households)
    demand = year.take_up_rate * year.mbr_share * ownership_backlog
    developers = np.maximum(known * NO_LIMIT, year.developer_capacity_households)
    banks = np.maximum(known * NO_LIMIT, year.bank_capacity_households)
    financed = np.minimum(np.minimum(quota, demand), np.minimum(developers, banks))
    owners = np.maximum(0.0, households - ownership_backlog - year.other_home_share * households)
    backlog = ownership_backlog + year.new_non_owner_share * formed + year.ownership_loss_rate * owners
    backlog = backlog - np.minimum(year.first_time_share * financed, backlog)
    backlog = backlog - np.minimum(programme_built, backlog)
    self_acquired = np.minimum(year.self_acquired_rate * ownership_backlog, backlog)
    backlog = backlog - self_acquired
    closing = np.minimum(backlog, (1.0 - year.other_home_share) * year.households)
    return Formed(
        new_households=formed,
        self_built=year.self_built_houses + year.built_per_new_household * formed,
        new_decent=year.new_house_share * financed + programme_built,
        financed=financed,
        finance_demand=demand,
        developers=developers,
        banks=banks,
        self_acquired=self_acquired,
        ownership_backlog=closing,
        excess_backlog=backlog - closing,
    )


def dwellings(decent: Array, treated: Array, rtlh: Array, habitable_share: Array) -> Any:
    """Houses people can live in: decent, treated, and the habitable share of RTLH of each class.

    Examples
    --------
    >>> dwellings(np.array([70.0]), np.array([10.0]), np.array([[15.0], [5.0]]), np.array([[1.0], [0.0]]))
    array([95.])
    """
    houses = decent + treated
    for k in range(len(rtlh)):
        houses = houses + habitable_share[k] * rtlh[k]
    return houses


def occupancy_backlog(households: Array, dwelling_houses: Any, vacancy_share: Array) -> Any:
    """Households without a dwelling of their own, region by region: a surplus elsewhere does not help.

    Examples
    --------
    >>> occupancy_backlog(np.array([100.0, 50.0]), np.array([90.0, 80.0]), np.array([0.0, 0.1]))
    array([10.,  0.])
    """
    return np.maximum(0.0, households - (1.0 - vacancy_share) * dwelling_houses)
