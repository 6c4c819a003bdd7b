"""House programmes: what they finish and start in order of priority, and where the repaired houses go."""

from typing import Any, NamedTuple

import numpy as np

from backlog_model.inputs import NO_LIMIT, Array, Rules, YearInputs
from backlog_model.quantities import ratio, total, without_dust


class Repaired(NamedTuple):
    """RTLH after programmes and what each programme did."""

    rtlh: Array  # (severity, ...)
    finished_class: Array  # (severity, ...)
    started: Array  # (house programme, ...)
    finished: Array  # (house programme, ...)
    effective: Array  # (house programme, ...)
    lapsed: Array  # (house programme, ...)
    carried: Array  # (house programme, severity, ...) to be finished next year
    capacity_limit: Array  # (house programme, ...)
    eligibility_limit: Array  # (house programme, ...)
    ramp_limit: Array  # (house programme, ...)


class Starts(NamedTuple):
    """What programmes start and what held each of them."""

    by_class: Array  # (house programme, severity, ...)
    units: Array  # (house programme, ...)
    capacity_limit: Array
    eligibility_limit: Array
    ramp_limit: Array


class Intake(NamedTuple):
    """What one programme starts, by class, and what held it."""

    started: Array  # (class, ...)
    units: Any
    eligible: Any


def ramp_limit(known: Any, ramp_start: Any, ramp_rate: Any, previous: Any) -> Any:
    """Most that may be started: last year's start grown by the ramp, at least `ramp_start`; none in a known year."""
    return np.maximum(known * NO_LIMIT, np.maximum(ramp_start, previous * (1.0 + ramp_rate)))


def finished_share(known: Any, same_year: Any) -> Any:
    """Share of the year's starts that is finished in the year: all of them where output is known."""
    return known + (1.0 - known) * same_year


def carried_share(known: Any, next_year: Any) -> Any:
    """Share of the year's starts that is finished next year: none where output is known."""
    return (1.0 - known) * next_year


def intake(left: Array, eligible: Array, limit: Any, mix: Array, mix_given: Any) -> Intake:
    """What a programme takes from the classes it may treat.

    Takes `mix` of its units from each class as far as houses (or hectares) are there and the rest in proportion to
    what is left; without a mix it takes classes in proportion to what is eligible. `left` is reduced in place.

    Parameters
    ----------
    left : (class, draw, region) waiting and not yet taken, changed by this function
    eligible : (class, draw, region) the programme may take
    limit : (draw, region) most units it can start
    mix : (class, draw, region) share of each class, used where `mix_given` is 1

    Examples
    --------
    >>> left = np.array([500.0, 20.0, 10.0])
    >>> intake(left, left * 1.0, 100.0, np.array([0.3, 0.4, 0.3]), 1.0).started
    array([70., 20., 10.])
    """
    available = total(eligible)
    units = np.minimum(limit, available)
    started = np.empty_like(eligible)
    if mix_given == 0.0:
        part = ratio(units, available)
        for k in range(len(eligible)):
            started[k] = np.minimum(part * eligible[k], left[k])
            left[k] -= started[k]
        return Intake(started, units, available)
    for k in range(len(eligible)):
        started[k] = np.minimum(mix[k] * units, eligible[k])
    by_mix = total(started)
    rest = np.minimum(1.0, ratio(np.maximum(0.0, units - by_mix), available - by_mix))
    for k in range(len(eligible)):
        started[k] = np.minimum(started[k] + rest * (eligible[k] - started[k]), left[k])
        left[k] -= started[k]
    return Intake(started, units, available)


def repaired_houses(
    waiting: Array, carried: Array, previous: Array, reach: Array, year: YearInputs, rules: Rules
) -> Repaired:
    """RTLH after the programmes of the year.

    Last year's unfinished houses are finished first; then each programme in turn starts what money, crews, eligible
    houses and its ramp allow. A house is handled at most once a year. An ineffective repair leaves the house one class
    lighter; a house counted twice moves nothing.

    Parameters
    ----------
    waiting : (severity, draw, region) RTLH after decay and repair by owners
    carried : (house programme, severity, draw, region) started last year and due now
    previous : (programme, draw, region) started last year
    reach : (programme, draw, region) houses the money can start; the known output in known years
    """
    left = waiting * 1.0
    due = due_houses(left, carried, year)
    starts = started_houses(left, np.empty_like(carried), previous, reach, year, rules)
    return _closed(waiting, carried, due, starts, year)


def due_houses(left: Array, carried: Array, year: YearInputs) -> Array:
    """Houses started last year and finished now, before any new start; `left` is reduced in place.

    Nothing is carried into a year whose output is known.
    """
    due = np.empty_like(carried)
    for p in range(len(carried)):
        for k in range(len(left)):
            due[p, k] = (1.0 - year.known[p]) * np.minimum(carried[p, k], left[k])
            left[k] -= due[p, k]
    return due


def started_houses(
    left: Array, by_class: Array, previous: Array, reach: Array, year: YearInputs, rules: Rules
) -> Starts:
    """Houses each programme starts, in order of priority, with crews shared.

    `left` is reduced in place; `by_class` (house programme, severity, draw, region) is filled.
    """
    programmes, classes = len(rules.treats), len(left)
    unstarted, eligible = left * 1.0, np.empty_like(left)
    units, by_crews = np.empty_like(reach[:programmes]), np.empty_like(reach[:programmes])
    by_stock, by_ramp = np.empty_like(units), np.empty_like(units)
    capacity = year.crews * year.houses_per_crew_year
    crews = capacity + 0.0 * left[0]
    for p in range(programmes):
        for k in range(classes):
            eligible[k] = np.minimum(rules.treats[p, k] * year.eligible_share[p] * unstarted[k], left[k])
        share_of_crews = np.minimum(crews, year.capacity_share[p] * capacity)
        by_crews[p] = np.maximum(year.known[p] * NO_LIMIT, share_of_crews)
        by_ramp[p] = ramp_limit(year.known[p], year.ramp_start[p], year.ramp_rate[p], previous[p])
        most = np.minimum(np.minimum(reach[p], by_crews[p]), by_ramp[p])
        taken = intake(left, eligible, most, year.severity_mix[p], rules.mix_given[p])
        by_class[p], units[p], by_stock[p] = taken.started, taken.units, taken.eligible
        crews = np.maximum(0.0, crews - taken.units)
    return Starts(by_class, units, by_crews, by_stock, by_ramp)


def _closed(waiting: Array, carried: Array, due: Array, starts: Starts, year: YearInputs) -> Repaired:
    away, mended, finished_class = 0.0 * waiting, 0.0 * waiting, 0.0 * waiting
    finished, effective, lapsed = 0.0 * starts.units, 0.0 * starts.units, np.empty_like(starts.units)
    carried_on = np.empty_like(carried)
    for p in range(len(carried)):
        same = finished_share(year.known[p], year.finished_same_year_share[p])
        following = carried_share(year.known[p], year.finished_next_year_share[p])
        lapsed[p] = np.maximum(0.0, 1.0 - same - following) * starts.units[p]
        for k in range(len(waiting)):
            done = same * starts.by_class[p, k]
            done += due[p, k]
            counted_once = (1.0 - year.overlap_share[p]) * done
            repaired = year.effectiveness_share[p, k] * counted_once
            finished[p] += done
            finished_class[k] += done
            effective[p] += repaired
            away[k] += counted_once
            mended[k] += repaired
            lapsed[p] += carried[p, k] - due[p, k]
            carried_on[p, k] = following * starts.by_class[p, k]
    rtlh = without_dust(np.maximum(0.0, waiting - away), waiting)
    for k in range(len(waiting)):
        rtlh[max(k - 1, 0)] += np.maximum(0.0, away[k] - mended[k])
    return Repaired(
        rtlh=rtlh,
        finished_class=finished_class,
        started=starts.units,
        finished=finished,
        effective=effective,
        lapsed=lapsed,
        carried=carried_on,
        capacity_limit=starts.capacity_limit,
        eligibility_limit=starts.eligibility_limit,
        ramp_limit=starts.ramp_limit,
    )
