"""Decent, treated and uninhabitable houses: revision of records, disaster, decay, repair by owners, building, loss."""

from typing import Any, NamedTuple

import numpy as np

from backlog_model.inputs import Array, Rules, YearInputs
from backlog_model.quantities import ratio, total


class Revised(NamedTuple):
    """Stocks after re-registration."""

    decent: Array
    rtlh: Array  # (severity, ...)
    rtlh_change: Array
    decent_change: Array
    clipped: Array


class Struck(NamedTuple):
    """Stocks after disasters."""

    decent: Array
    treated: Array
    rtlh: Array  # (severity, ...)
    damaged: Array  # became RTLH
    lost: Array
    not_struck: Array


class Moved(NamedTuple):
    """Stocks after a year of decay, repair by owners and building, before programmes."""

    decent: Array
    treated: Array
    waiting: Array  # (severity, ...)
    deteriorated: Array
    relapsed: Array
    substandard_built: Array
    self_improved: Array
    removed_rtlh: Array
    removed: Array


def revised_stocks(decent: Array, rtlh: Array, year: YearInputs, rules: Rules) -> Revised:
    """Stocks after a re-registration, which comes before everything else of the year.

    A revision moves houses between decent and RTLH unless they are new records. It never takes more than is there:
    what finds no house is `clipped`. Without stated classes it follows the classes present, or `severity_share` where
    there is no RTLH.
    """
    if rules.revises[0] == 0.0:
        nothing = 0.0 * decent
        return Revised(decent, rtlh, nothing, nothing, nothing)
    classes = len(rtlh)
    stock = total(rtlh)
    present = ratio(stock, stock)
    wanted, change = np.empty_like(rtlh), np.empty_like(rtlh)
    for k in range(classes):
        split = ratio(rtlh[k], stock) + (1.0 - present) * year.severity_share[k]
        wanted[k] = year.revision_class_houses[k] + year.revision_houses * split + (year.revision_ratio - 1.0) * rtlh[k]
        change[k] = np.maximum(wanted[k], -rtlh[k])
    taken = year.revision_reclassified_share * total(change)
    fit = 1.0 - ratio(np.maximum(0.0, taken - decent), np.maximum(0.0, taken))
    for k in range(classes):
        change[k] = change[k] * fit
    decent_change = -year.revision_reclassified_share * total(change)
    return Revised(
        decent=np.maximum(0.0, decent + decent_change),
        rtlh=rtlh + change,
        rtlh_change=total(change),
        decent_change=decent_change,
        clipped=total(wanted) - total(change),
    )


def struck_stocks(decent: Array, treated: Array, rtlh: Array, year: YearInputs) -> Struck:
    """Stocks after disasters that fall on decent and treated houses in proportion; RTLH that are struck stay RTLH."""
    reported = total(year.disaster_damaged_houses) + year.disaster_destroyed_houses
    standing = decent + treated
    hit = np.minimum(reported, standing)
    found = ratio(hit, reported)
    remaining = 1.0 - ratio(hit, standing)
    after = np.empty_like(rtlh)
    for k in range(len(rtlh)):
        after[k] = rtlh[k] + found * year.disaster_damaged_houses[k]
    return Struck(
        decent=decent * remaining,
        treated=treated * remaining,
        rtlh=after,
        damaged=found * total(year.disaster_damaged_houses),
        lost=found * year.disaster_destroyed_houses,
        not_struck=reported - hit,
    )


def moved_stocks(struck: Struck, self_built: Any, new_decent: Any, year: YearInputs) -> Moved:
    """Stocks after one year of autonomous change, every rate applied at once to the stocks after disasters.

    Parameters
    ----------
    struck : stocks after disasters
    self_built : (draw, region) houses built by households and the market, of which `substandard_share` are RTLH
    new_decent : (draw, region) programme-built and financed houses, all decent
    """
    decent, treated, rtlh = struck.decent, struck.treated, struck.rtlh
    deteriorated, relapsed = year.deterioration_rate * decent, year.relapse_rate * treated
    waiting = np.empty_like(rtlh)
    self_improved = year.self_improvement_rate[0] * rtlh[0]
    removed_rtlh = year.rtlh_loss_rate[0] * rtlh[0]
    worsened = 0.0 * deteriorated
    for k in range(len(rtlh)):
        inflow = year.severity_share[k] * deteriorated + year.relapse_severity_share[k] * relapsed
        inflow = inflow + year.substandard_share[k] * self_built + worsened
        stays = 1.0 - (year.worsening_rate[k] + year.self_improvement_rate[k] + year.rtlh_loss_rate[k])
        waiting[k] = inflow + np.maximum(0.0, stays) * rtlh[k]
        worsened = year.worsening_rate[k] * rtlh[k]
        if k > 0:
            self_improved = self_improved + year.self_improvement_rate[k] * rtlh[k]
            removed_rtlh = removed_rtlh + year.rtlh_loss_rate[k] * rtlh[k]
    substandard = total(year.substandard_share) * self_built
    removed_decent, removed_treated = year.decent_loss_rate * decent, year.treated_loss_rate * treated
    kept = 1.0 - (year.deterioration_rate + year.decent_loss_rate)
    return Moved(
        decent=decent * np.maximum(0.0, kept) + self_improved + (self_built - substandard) + new_decent,
        treated=treated * np.maximum(0.0, 1.0 - (year.relapse_rate + year.treated_loss_rate)),
        waiting=waiting,
        deteriorated=deteriorated,
        relapsed=relapsed,
        substandard_built=substandard,
        self_improved=self_improved,
        removed_rtlh=removed_rtlh,
        removed=removed_rtlh + removed_decent + removed_treated,
    )
