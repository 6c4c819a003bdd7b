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


class Intake(NamedTuple):
    """What one programme starts, by class, what it leaves, and how much it could have taken."""

    started: Array  # (class, ...)
    left: Array  # (class, ...)
    units: Any
    eligible: Any


class Due(NamedTuple):
    """Works of last year: finished now, before any new start."""

    finished: Array  # (programme, class, ...)
    lapsed: Array  # (programme, ...) carried work for which nothing is left
    left: Array  # (class, ...) waiting after them


def ramp_limit(known: Any, ramp_start: Any, ramp_rate: Any, previous: Any) -> Any:
    """Most that may be started: last year's start grown by the ramp, at least `ramp_start`; none in a known year."""
    return np.maximum(np.maximum(known * NO_LIMIT, ramp_start), previous * (1.0 + ramp_rate))


def finished_share(known: Any, same_year: Any) -> Any:
    """Share of the year's starts that is finished in the year: all of them where output is known."""
    return known + (1.0 - known) * same_year


def carried_share(known: Any, next_year: Any) -> Any:
    """Share of the year's starts that is finished next year: none where output is known."""
    return (1.0 - known) * next_year


def due_works(waiting: Array, carried: Array, known: Any) -> Due:
    """Works started last year that are finished now, in order of priority, as far as something is waiting.

    Nothing is carried into a year whose output is known.

    Parameters
    ----------
    waiting : (class, draw, region)
    carried : (programme, class, draw, region)
    known : (programme, ...) 1 where the year's output is known
    """
    left = waiting * 1.0
    finished, lapsed = np.empty_like(carried), np.empty_like(carried[:, 0])
    for p in range(len(carried)):
        for k in range(len(waiting)):
            finished[p, k] = (1.0 - known[p]) * np.minimum(carried[p, k], left[k])
            left[k] -= finished[p, k]
        lapsed[p] = np.maximum(0.0, total(carried[p]) - total(finished[p]))
    return Due(finished, lapsed, left)


def intake(left: Array, eligible: Array, limit: Any, mix: Array, mix_given: Any) -> Intake:
    """What a programme takes from the classes it may treat.

    Takes `mix` of its units from each class as far as houses (or hectares) are there and the rest in proportion to
    what is left; without a mix it takes classes in proportion to what is eligible.

    Parameters
    ----------
    left : (class, draw, region) waiting and not yet taken
    eligible : (class, draw, region) the programme may take, at most `left`
    limit : (draw, region) most units it can start
    mix : (class, draw, region) share of each class, used where `mix_given` is 1

    Examples
    --------
    >>> left = np.array([500.0, 20.0, 10.0])
    >>> intake(left, left, 100.0, np.array([0.3, 0.4, 0.3]), 1.0).started
    array([70., 20., 10.])
    """
    available = total(eligible)
    units = np.minimum(limit, available)
    started, after = np.empty_like(left), np.empty_like(left)
    if mix_given == 0.0:
        part = ratio(units, available)
        for k in range(len(left)):
            started[k] = part * eligible[k]
            after[k] = np.maximum(0.0, left[k] - started[k])
        return Intake(started, after, units, available)
    for k in range(len(left)):
        started[k] = np.minimum(mix[k] * units, eligible[k])
    by_mix = total(started)
    rest = np.minimum(1.0, ratio(np.maximum(0.0, units - by_mix), available - by_mix))
    for k in range(len(left)):
        started[k] += rest * (eligible[k] - started[k])
        after[k] = np.maximum(0.0, left[k] - started[k])
    return Intake(started, after, units, available)


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
    due = due_works(waiting, carried, year.known)
    unstarted, left, lapsed = due.left, due.left, due.lapsed
    units, by_crews, by_stock = np.empty_like(lapsed), np.empty_like(lapsed), np.empty_like(lapsed)
    by_ramp, finished, effective = np.empty_like(lapsed), 0.0 * lapsed, 0.0 * lapsed
    away, mended, finished_class = 0.0 * waiting, 0.0 * waiting, 0.0 * waiting
    carried_on, eligible = np.empty_like(carried), np.empty_like(waiting)
    capacity = year.crews * year.houses_per_crew_year + 0.0 * waiting[0]
    crews = capacity
    for p in range(len(carried)):
        known = year.known[p]
        for k in range(len(waiting)):
            eligible[k] = np.minimum(rules.treats[p, k] * year.eligible_share[p] * unstarted[k], left[k])
        by_crews[p] = np.maximum(known * NO_LIMIT, np.minimum(crews, year.capacity_share[p] * capacity))
        by_ramp[p] = ramp_limit(known, year.ramp_start[p], year.ramp_rate[p], previous[p])
        most = np.minimum(np.minimum(reach[p], by_crews[p]), by_ramp[p])
        taken = intake(left, eligible, most, year.severity_mix[p], rules.mix_given[p])
        left, units[p], by_stock[p] = taken.left, taken.units, taken.eligible
        crews = np.maximum(0.0, crews - taken.units)
        same = finished_share(known, year.finished_same_year_share[p])
        following = carried_share(known, year.finished_next_year_share[p])
        lapsed[p] += np.maximum(0.0, 1.0 - same - following) * taken.units
        for k in range(len(waiting)):
            done = same * taken.started[k] + due.finished[p, k]
            counted_once = (1.0 - year.overlap_share[p]) * done
            repaired = year.effectiveness_share[p, k] * counted_once
            finished[p] += done
            finished_class[k] += done
            effective[p] += repaired
            away[k] += counted_once
            mended[k] += repaired
            carried_on[p, k] = following * taken.started[k]
    rtlh = without_dust(np.maximum(0.0, waiting - away), waiting)
    for k in range(len(waiting)):
        rtlh[max(k - 1, 0)] += np.maximum(0.0, away[k] - mended[k])
    return Repaired(rtlh, finished_class, units, finished, effective, lapsed, carried_on, by_crews, by_stock, by_ramp)
