"""Money to reach: budgets shared over regions and turned into houses, hectares, estates and households.

The only place that looks across regions; it reads the stocks of 31 December of last year, never this year's.
"""

from typing import NamedTuple

import numpy as np

from backlog_model.dynamics.year import State
from backlog_model.inputs import NO_LIMIT, Array, Axes, Rules, YearInputs
from backlog_model.quantities import ratio


class Funding(NamedTuple):
    """What the money of a year can do; money that goes nowhere is kept in sight."""

    reach: Array  # (programme, draw, region) units that can be started, or the known output
    share: Array  # (programme, draw, region) of a provincial pot
    allin_idr: Array  # (programme, draw, region) rupiah spent per unit started
    budget_idr: Array  # (source, programme, draw, region)
    absorbed_idr: Array  # (source, programme, draw, region) what can be spent of it
    unallocated_idr: Array  # (source, programme, draw) provincial money that no region could take


class Spending(NamedTuple):
    """Where the money of a year went."""

    spent_idr: Array  # (source, programme, draw, region)
    unspent_idr: Array  # (source, programme, draw, region)
    household_top_up_idr: Array  # (programme, draw, region)


def funded(state: State, year: YearInputs, rules: Rules, axes: Axes) -> Funding:
    """Reach of every programme from the money of the year.

    Provincial money is shared over regions by each programme's rule at last year's stocks; regional money stays where
    it is written. Budget x absorption / all-in cost gives units; drop-out reduces them.
    """
    need = _need(state, rules, axes)
    size = state.decent_houses.shape
    programmes, sources = len(axes.programmes), len(axes.sources)
    first_finance = programmes - len(axes.finance_programmes)
    first_estate = first_finance - len(axes.estate_programmes)
    reach, share, allin = (np.empty((programmes, *size)) for _ in range(3))
    budget, absorbed = (np.zeros((sources, programmes, *size)) for _ in range(2))
    unallocated = np.zeros((sources, programmes, size[0]))
    for p in range(programmes):
        weight = year.share_weight[p] * (need[p] if rules.share_by_need[p] else 1.0)
        share[p] = regional_shares(weight + np.zeros(size), year.floor_share[p], year.cap_share[p])
        allin[p] = year.grant_idr[p] / ((1.0 - year.overhead_share[p]) * (1.0 - year.leakage_share[p]))
        if first_estate <= p < first_finance:
            allin[p] *= year.houses_per_estate[p - first_estate]
        for s in np.flatnonzero(rules.funded[:, p]):
            provincial = year.provincial_budget_idr[s, p]
            budget[s, p] = year.budget_idr[s, p] + share[p] * provincial
            absorbed[s, p] = year.absorption_share[s, p] * budget[s, p]
            unallocated[s, p] = provincial[:, 0] * _without_region(share[p])
        reach[p] = _reach(p, allin[p], absorbed[:, p], year, rules, axes)
        if p >= first_finance:
            reach[p] = year.quota_households + share[p] * year.provincial_quota_households
        realised = year.realised[p] + share[p] * year.provincial_realised[p]
        reach[p] = year.known[p] * realised + (1.0 - year.known[p]) * reach[p]
    return Funding(reach, share, allin, budget, absorbed, unallocated)


def _need(state: State, rules: Rules, axes: Axes) -> list[Array]:
    """Stock each programme treats, before cover, (draw, region)."""
    houses = [(rules.treats[p][:, None, None] * state.rtlh_houses).sum(0) for p in range(len(axes.house_programmes))]
    slums = []
    for s in range(len(axes.slum_programmes)):
        a = int(rules.slum_authority[s])
        slums.append((rules.slum_treats[s][:, None, None] * state.slum_ha[3 * a : 3 * a + 3]).sum(0))
    backlog = state.ownership_backlog_households
    incomplete = np.maximum(0.0, state.psu_estates - state.psu_complete_estates)
    return [
        *houses,
        *slums,
        *([backlog] * len(axes.new_house_programmes)),
        *([incomplete] * len(axes.estate_programmes)),
        *([backlog] * len(axes.finance_programmes)),
    ]


def regional_shares(weight: Array, floor: Array, cap: Array) -> Array:
    """Share of a provincial pot that each region gets.

    Each region gets its floor; the rest goes by weight; what exceeds a cap is shared again by weight among regions
    below their cap until nothing exceeds. With no weight left, or all regions at their cap, the shares add to less
    than one: the rest of the pot reaches nobody.

    Parameters
    ----------
    weight : (draw, region) need, index or table, >= 0
    floor, cap : (draw or 1, region or 1) shares of the pot

    Returns
    -------
    (draw, region) shares

    Examples
    --------
    >>> weight, floor = np.array([[6000.0, 3000.0, 1000.0]]), np.array([[0.10, 0.10, 0.15]])
    >>> regional_shares(weight, floor, np.array([[0.45, 1.0, 1.0]])).round(6)
    array([[0.45 , 0.325, 0.225]])
    """
    by_weight = ratio(weight, weight.sum(axis=-1, keepdims=True))
    if not floor.any() and (cap >= 1.0).all():
        return by_weight
    floors = floor + np.zeros_like(weight)
    share = floors + np.maximum(0.0, 1.0 - floors.sum(axis=-1, keepdims=True)) * by_weight
    for _ in range(weight.shape[-1]):
        excess = np.maximum(0.0, share - cap).sum(axis=-1, keepdims=True)
        if not excess.any():
            break
        open_weight = weight * (share < cap)
        share = np.minimum(share, cap) + excess * ratio(open_weight, open_weight.sum(axis=-1, keepdims=True))
    return np.minimum(share, cap)


def whole_houses_by_largest_remainder(houses: Array, *, order: Array | None = None) -> Array:
    """Whole houses per region that keep the rounded-down provincial total.

    Parameters
    ----------
    houses : (draw, region) houses the money pays for, with fractions
    order : (region,) position of each region in the order that breaks ties (official code); column order by default

    Examples
    --------
    >>> whole_houses_by_largest_remainder(np.array([[2.5, 1.5, 3.2]]))
    array([[3., 1., 3.]])
    """
    whole = np.floor(houses + 1e-9)
    spare = np.floor(houses.sum(axis=-1, keepdims=True) + 1e-9) - whole.sum(axis=-1, keepdims=True)
    columns = np.arange(houses.shape[-1]) if order is None else np.argsort(order)
    ranking = columns[np.argsort(-(houses - whole)[:, columns].round(9), axis=-1, kind="stable")]
    rank = np.argsort(ranking, axis=-1)
    return whole + (rank < spare)


def spent(funding: Funding, started: Array, year: YearInputs, rules: Rules) -> Spending:
    """Money spent, left over, and added by households, from the units really started.

    Spending is booked to sources in proportion to what each could pay, or by the co-funding shares; in years of known
    output it can exceed the budget as written, and `unspent_idr` is then negative there.

    Parameters
    ----------
    started : (programme, draw, region) units started
    """
    paid, left = np.zeros_like(funding.budget_idr), np.zeros_like(funding.budget_idr)
    top_up = np.empty_like(funding.share)
    for p in range(len(started)):
        cost = started[p] * funding.allin_idr[p]
        cost = year.spending_known[p] * year.realised_spent_idr[p] + (1.0 - year.spending_known[p]) * cost
        top_up[p] = started[p] * np.maximum(0.0, year.unit_cost_idr[p] - year.grant_idr[p])
        sources = np.flatnonzero(rules.funded[:, p])
        available = np.zeros_like(cost)
        for s in sources:
            available = available + funding.absorbed_idr[s, p]
        some = ratio(available, available)
        for s in sources:
            booked = ratio(funding.absorbed_idr[s, p], available) + (1.0 - some) / len(sources)
            paid[s, p] = cost * (year.cofunding_share[s, p] if rules.cofunded[p] else booked)
            left[s, p] = funding.budget_idr[s, p] - paid[s, p]
    return Spending(paid, left, top_up)


def _without_region(share: Array) -> Array:
    """Share of a pot that no region takes; round-off is nothing."""
    gap = 1.0 - share.sum(axis=-1)
    return np.where(gap < 1e-12, 0.0, gap)


def _reach(p: int, allin: Array, absorbed: Array, year: YearInputs, rules: Rules, axes: Axes) -> Array:
    """Units the money can start after drop-out; co-funded programmes are held by their scarcest source."""
    sources = np.flatnonzero(rules.funded[:, p])
    units = np.full(allin.shape, NO_LIMIT if rules.cofunded[p] else 0.0)
    for s in sources:
        if rules.cofunded[p]:
            needed = year.cofunding_share[s, p]
            pays = absorbed[s] / (np.where(needed > 0, needed, 1.0) * allin)
            units = np.minimum(units, np.where(needed > 0, pays, NO_LIMIT))
        else:
            units = units + absorbed[s] / allin
    if rules.whole_houses[p]:
        order = np.argsort(np.argsort(np.array(axes.regions)))
        units = whole_houses_by_largest_remainder(units, order=order)
    return units * (1.0 - year.drop_out_share[p])
