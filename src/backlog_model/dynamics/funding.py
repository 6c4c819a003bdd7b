"""Money to reach: budgets shared over regions and turned into houses, hectares, estates and households.

The only place that looks across regions; it reads the stocks of 31 December of last year, never this year's.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.dynamics.year import State
from backlog_model.inputs import NO_LIMIT, Array, Axes, Rules, YearInputs, funded_pairs
from backlog_model.quantities import ratio, total


class Funding(NamedTuple):
    """What the money of a year can do; money that goes nowhere is kept in sight."""

    reach: Array  # (programme, draw, region) units that can be started, or the known output
    share: Array  # (programme, draw, region) of a provincial pot
    allin_idr: Array  # (programme, draw, region) rupiah spent per unit started
    budget_idr: Array  # (pot, draw, region), pots as in `funded_pairs`
    absorbed_idr: Array  # (pot, draw, region) what can be spent of it
    unallocated_idr: Array  # (pot, draw) provincial money that no region could take


class Spending(NamedTuple):
    """Where the money of a year went."""

    spent_idr: Array  # (pot, draw, region)
    household_top_up_idr: Array  # (programme, draw, region)


def funded(state: State, year: YearInputs, rules: Rules, axes: Axes) -> Funding:
    """Reach of every programme from the money of the year.

    Provincial money is shared over regions by each programme's rule at last year's stocks; regional money stays where
    it is written. Budget x absorption / all-in cost gives units; drop-out reduces them.
    """
    everywhere = np.ones((1, len(axes.regions)))
    weights = sharing_weights(state, year, rules, axes)
    bounds = zip(weights, year.floor_share, year.cap_share, strict=True)
    shares = [regional_shares(weight * everywhere, floor, cap) for weight, floor, cap in bounds]
    pots = funded_pairs(rules)
    unallocated = np.zeros((len(pots), *state.decent_houses.shape[:-1], 1))
    for pot, (p, s) in enumerate(pots):
        provincial = np.atleast_2d(year.provincial_budget_idr[s, p])[:, :1]
        unallocated[pot] = provincial * left_over(shares[p].sum(axis=-1, keepdims=True))
    return reached(shares, unallocated[..., 0], state.previous_start, year, rules, axes)


def sharing_weights(state: State, year: YearInputs, rules: Rules, axes: Axes) -> list[Any]:
    """Weight of a region in the pots of each programme, times its need where the programme shares by need."""
    need = _need(state, rules, axes) if rules.share_by_need.any() else []
    return [
        year.share_weight[p] * need[p] if rules.share_by_need[p] else year.share_weight[p]
        for p in range(len(axes.programmes))
    ]


def reached(
    shares: Sequence[Any], unallocated_idr: Array, like: Array, year: YearInputs, rules: Rules, axes: Axes
) -> Funding:
    """Reach of every programme from its share of the provincial money: each region on its own.

    Parameters
    ----------
    shares : (draw or 1, region) for each programme
    unallocated_idr : (pot, draw) of provincial money, kept in sight
    like : (programme, draw, region) any array of that shape
    """
    programmes, pots = len(axes.programmes), funded_pairs(rules)
    first_finance = programmes - len(axes.finance_programmes)
    first_estate = first_finance - len(axes.estate_programmes)
    reach, share, allin = np.empty_like(like), np.empty_like(like), np.empty_like(like)
    budget, absorbed = (np.empty_like(like, shape=(len(pots), *like.shape[1:])) for _ in range(2))
    for p, mine in enumerate(shares):
        cost = year.grant_idr[p] / ((1.0 - year.overhead_share[p]) * (1.0 - year.leakage_share[p]))
        if first_estate <= p < first_finance:
            cost = cost * year.houses_per_estate[p - first_estate]
        payable = {}
        for pot, (_, s) in own_pots(pots, p):
            money = year.budget_idr[s, p] + mine * year.provincial_budget_idr[s, p]
            payable[s] = year.absorption_share[s, p] * money
            budget[pot], absorbed[pot] = money, payable[s]
        units = _units(p, payable, cost, year, rules, axes)
        if p >= first_finance:
            units = year.quota_households + mine * year.provincial_quota_households
        known = year.known[p]
        if np.any(known):
            units = known * (year.realised[p] + mine * year.provincial_realised[p]) + (1.0 - known) * units
        reach[p], share[p], allin[p] = units, mine, cost
    return Funding(reach, share, allin, budget, absorbed, unallocated_idr)


def left_over(taken: Any) -> Any:
    """Share of a pot that no region takes; round-off is nothing.

    Parameters
    ----------
    taken : (draw or 1, 1) shares of all regions together
    """
    gap = 1.0 - taken
    return np.where(gap < 1e-12, 0.0, gap)


def _need(state: State, rules: Rules, axes: Axes) -> list[Array]:
    """Stock each programme treats, before cover, (draw, region)."""
    houses = [_treated(rules.treats[p], state.rtlh_houses) for p in range(len(axes.house_programmes))]
    slums = []
    for s in range(len(axes.slum_programmes)):
        a = int(rules.slum_authority[s])
        slums.append(_treated(rules.slum_treats[s], state.slum_ha[3 * a : 3 * a + 3]))
    backlog = state.ownership_backlog_households
    incomplete = np.maximum(0.0, state.psu_estates - state.psu_complete_estates)
    return [
        *houses,
        *slums,
        *([backlog] * len(axes.new_house_programmes)),
        *([incomplete] * len(axes.estate_programmes)),
        *([backlog] * len(axes.finance_programmes)),
    ]


def _treated(treats: Array, stock: Array) -> Array:
    treated: Array = total([stock[k] for k in np.flatnonzero(treats)]) if treats.any() else 0.0 * stock[0]
    return treated


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
    whole = weight.sum(axis=-1, keepdims=True)
    if not floor.any() and (cap >= 1.0).all():
        return np.asarray(ratio(weight, whole))
    floors: Array = floor + np.zeros_like(weight)
    share = share_by_weight(weight, whole, floors, floors.sum(axis=-1, keepdims=True))
    for _ in range(weight.shape[-1]):
        excess = over_cap(share, cap).sum(axis=-1, keepdims=True)
        if not excess.any():
            break
        opened = open_weight(weight, share, cap)
        share = shared_again(share, cap, excess, opened, opened.sum(axis=-1, keepdims=True))
    return np.asarray(np.minimum(share, cap))


def share_by_weight(weight: Any, whole_weight: Any, floor: Any, all_floors: Any) -> Any:
    """Floor of a region and its part of the rest of the pot by weight; what is `whole` or `all` is over all regions."""
    return floor + np.maximum(0.0, 1.0 - all_floors) * ratio(weight, whole_weight)


def over_cap(share: Any, cap: Any) -> Any:
    """Part of a share that exceeds its cap."""
    return np.maximum(0.0, share - cap)


def open_weight(weight: Any, share: Any, cap: Any) -> Any:
    """Weight of a region in what others have too much of: its own below its cap, none at it."""
    return np.where(share < cap, weight, 0.0)


def shared_again(share: Any, cap: Any, excess: Any, opened: Any, whole_opened: Any) -> Any:
    """Share of a region after the excess of all regions went by weight to those below their cap."""
    return np.minimum(share, cap) + excess * ratio(opened, whole_opened)


def whole_houses_by_largest_remainder(houses: Array, *, order: npt.NDArray[np.int64] | None = None) -> Array:
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
    whole: Array = np.floor(houses + 1e-9)
    spare = np.floor(houses.sum(axis=-1, keepdims=True) + 1e-9) - whole.sum(axis=-1, keepdims=True)
    columns = np.arange(houses.shape[-1]) if order is None else np.argsort(order)
    ranking = columns[np.argsort(-(houses - whole)[:, columns].round(9), axis=-1, kind="stable")]
    rank = np.argsort(ranking, axis=-1)
    return whole + np.asarray(rank < spare, dtype=np.float64)


def spent(funding: Funding, started: Array, year: YearInputs, rules: Rules, axes: Axes) -> Spending:
    """Money spent and added by households, from the units really started.

    Spending is booked to sources in proportion to what each could pay, or by the co-funding shares; in years of known
    output it can exceed the budget as written, and what is unspent is then negative there.

    Parameters
    ----------
    started : (programme, draw, region) units started
    """
    pots = funded_pairs(rules)
    paid = np.empty_like(funding.budget_idr)
    top_up = np.empty_like(funding.share)
    first_estate = len(started) - len(axes.finance_programmes) - len(axes.estate_programmes)
    for p in range(len(started)):
        own_money = np.maximum(0.0, year.unit_cost_idr[p] - year.grant_idr[p])
        if first_estate <= p < first_estate + len(axes.estate_programmes):
            own_money = own_money * year.houses_per_estate[p - first_estate]
        top_up[p] = started[p] * own_money
        mine = own_pots(pots, p)
        cost = _cost(p, funding, started, year) if mine else started[p]
        for pot, (_, s) in mine:
            if rules.cofunded[p]:
                paid[pot] = cost * year.cofunding_share[s, p]
            else:
                paid[pot] = cost * _booked(pot, mine, funding.absorbed_idr) if len(mine) > 1 else cost
    return Spending(paid, top_up)


def _cost(p: int, funding: Funding, started: Array, year: YearInputs) -> Array:
    """Rupiah spent by a programme: on what it started, on the known output, or as known."""
    cost: Array = started[p] * funding.allin_idr[p]
    known = year.known[p]
    if np.any(known):
        cost = known * funding.reach[p] * funding.allin_idr[p] + (1.0 - known) * cost
        stated = known * year.spending_known[p]
        cost = (
            stated * (year.realised_spent_idr[p] + funding.share[p] * year.provincial_spent_idr[p])
            + (1.0 - stated) * cost
        )
    return cost


def own_pots(pots: list[tuple[int, int]], programme: int) -> list[tuple[int, tuple[int, int]]]:
    """Positions on the pot axis of the pots of one programme, with (programme, source)."""
    return [(position, pot) for position, pot in enumerate(pots) if pot[0] == programme]


def _booked(pot: int, pots: list[tuple[int, tuple[int, int]]], absorbed: Array) -> Any:
    """Share of a programme's spending that one of its pots pays; equal shares where no pot has money."""
    available = total(absorbed[[position for position, _ in pots]])
    return ratio(absorbed[pot], available) + (1.0 - ratio(available, available)) / len(pots)


def _units(p: int, payable: Mapping[int, Array], cost: Array, year: YearInputs, rules: Rules, axes: Axes) -> Any:
    """Units the money can start after drop-out; co-funded programmes are held by their scarcest source.

    Parameters
    ----------
    payable : source -> (draw or 1, region) rupiah that can be spent
    cost : (draw or 1, region or 1) rupiah per unit, all in
    """
    units: Any = NO_LIMIT if rules.cofunded[p] else 0.0
    for s, money in payable.items():
        if rules.cofunded[p]:
            needed = year.cofunding_share[s, p]
            pays = money / (np.where(needed > 0, needed, 1.0) * cost)
            units = np.minimum(units, np.where(needed > 0, pays, NO_LIMIT))
        else:
            units = units + money / cost
    if rules.whole_houses[p]:
        order = np.argsort(np.argsort(np.array(axes.regions))).astype(np.int64)
        units = whole_houses_by_largest_remainder(units * np.ones((1, len(axes.regions))), order=order)
    return units * (1.0 - year.drop_out_share[p])
