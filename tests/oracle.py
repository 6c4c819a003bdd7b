"""A second implementation of the model, written from the specification (docs/model.md) and from nothing else.

Plain Python numbers, one region and one draw at a time, no arrays. Slow on purpose: each line can be read beside the
equation it stands for. Names of stocks and flows are those of `State` and `Flows`, so that results compare by name.
"""

import math
from typing import Any

import numpy as np

from backlog_model.inputs import NO_LIMIT, Array, Axes, Inputs
from oracle_houses import repair, strike, transitions
from oracle_money import accounts, left_over, money_step
from oracle_slums import slum_year

Cell = dict[str, Any]  # every number of one region in one year: floats, or lists over programmes or classes


def cell(record: Any, draw: int, region: int, year: int | None = None) -> Cell:
    """Numbers of one region, draw and year; an axis of length 1 holds for all."""
    found = {}
    for name, array in zip(record._fields, record, strict=True):
        values = array if year is None else array[min(year, len(array) - 1)]
        values = values[..., min(draw, values.shape[-2] - 1), min(region, values.shape[-1] - 1)]
        found[name] = values.tolist()
    return found


def blocks(axes: Axes) -> dict[str, range]:
    """Positions of each block of programmes on the programme axis."""
    found, start = {}, 0
    for block in ("house", "slum", "new_house", "estate", "finance"):
        length = len(getattr(axes, f"{block}_programmes"))
        found[block] = range(start, start + length)
        start += length
    return found


def project(inputs: Inputs, draw: int) -> dict[str, list[Any]]:
    """States (opening first), flows and money of one draw: lists over years of lists over regions of names."""
    rules = {name: array.tolist() for name, array in inputs.rules._asdict().items()}
    places, regions = blocks(inputs.axes), range(len(inputs.axes.regions))
    states = [[opening_state(inputs, draw, region) for region in regions]]
    flows, money, unallocated = [], [], []
    for year in range(len(inputs.axes.years)):
        assumed = [cell(inputs.yearly, draw, region, year) for region in regions]
        funded = money_step(places, rules, states[-1], assumed, inputs.axes.regions)
        steps = [step(places, rules, states[-1][r], assumed[r], funded[r]) for r in regions]
        states.append([stocks for stocks, _ in steps])
        flows.append([moved for _, moved in steps])
        money.append([accounts(places, rules, assumed[r], funded[r], flows[-1][r]) for r in regions])
        unallocated.append(left_over(assumed[0]["provincial_budget_idr"], [funds["share"] for funds in funded]))
    return {"states": states, "flows": flows, "money": money, "unallocated": unallocated}


def opening_state(inputs: Inputs, draw: int, region: int) -> Cell:
    opening, first = cell(inputs.opening, draw, region), cell(inputs.yearly, draw, region, 0)
    stocks = {**opening, "slum_credit_ha": list(opening["slum_ha"])}
    stocks["occupancy_backlog_households"] = occupancy_backlog(stocks, first)
    return stocks


# ---- 1 to 6: one region, one year -----------------------------------------------------------------------------------


def step(places: Any, rules: Any, stocks: Cell, assumed: Cell, funded: Cell) -> tuple[Cell, Cell]:
    """Stocks at 31 December and everything that moved."""
    programmes = sum(len(block) for block in places.values())
    moved: Cell = {
        name: [NO_LIMIT] * programmes
        for name in ("started", "binding", "capacity_limit", "eligibility_limit", "ramp_limit")
    }
    after_disaster = strike(stocks, assumed, moved)
    new_houses = build(places["new_house"], stocks, assumed, funded, moved)
    ownership = own(places["finance"], stocks, assumed, funded, moved)
    houses = transitions(after_disaster, assumed, moved, moved["new_house_share_of_finance"] + sum(new_houses))
    closed = {**stocks, **ownership, **repair(rules, places["house"], stocks, houses, assumed, funded, moved)}
    closed.update(slum_year(rules, places["slum"], stocks, assumed, funded, moved))
    closed.update(estates(places["estate"], stocks, assumed, funded, moved))
    closed["carried_new_houses"] = moved.pop("carried_new_houses")
    closed["previous_start"] = moved["started"]
    closed["occupancy_backlog_households"] = occupancy_backlog(closed, assumed)
    return closed, moved


def ramp_limit(stocks: Cell, assumed: Cell, p: int) -> float:
    return max(assumed["ramp_start"][p], stocks["previous_start"][p] * (1 + assumed["ramp_rate"][p]))


def build(block: range, stocks: Cell, assumed: Cell, funded: Cell, moved: Cell) -> list[float]:
    """Houses finished by programmes that build new ones."""
    finished, moved["carried_new_houses"] = [], []
    for i, p in enumerate(block):
        if assumed["known"][p]:
            start, now, later, carried = funded["reach"][p], 1.0, 0.0, 0.0
        else:
            moved["ramp_limit"][p] = ramp_limit(stocks, assumed, p)
            start = min(funded["reach"][p], moved["ramp_limit"][p])
            now, later = assumed["finished_same_year_share"][p], assumed["finished_next_year_share"][p]
            carried = stocks["carried_new_houses"][i]
        finished.append(carried + now * start)
        moved["carried_new_houses"].append(later * start)
        moved["started"][p] = start
        moved["binding"][p] = smallest([funded["reach"][p], math.inf, math.inf, moved["ramp_limit"][p]], assumed, p)
    moved["programme_new_houses"] = finished
    return finished


def smallest(limits: list[float], assumed: Cell, p: int) -> str:
    """Name of the limit that binds: funds, capacity, eligibility, ramp, the first of equals; none when known."""
    if assumed["known"][p]:
        return "none"
    return ("funds", "capacity", "eligibility", "ramp")[limits.index(min(limits))]


def own(block: range, stocks: Cell, assumed: Cell, funded: Cell, moved: Cell) -> Cell:
    """Households, finance and the ownership backlog."""
    households, before = assumed["households"], stocks["households"]
    backlog, other = stocks["ownership_backlog_households"], assumed["other_home_share"]
    grown = max(0.0, households - before)
    demand = assumed["take_up_rate"] * assumed["mbr_share"] * backlog
    financed = sum(finance(p, demand, assumed, funded, moved) for p in block)
    left = backlog + assumed["new_non_owner_share"] * grown
    left += assumed["ownership_loss_rate"] * (before - backlog - other * before)
    for taken in (assumed["first_time_share"] * financed, sum(moved["programme_new_houses"])):
        left -= min(taken, left)
    acquired = min(assumed["self_acquired_rate"] * backlog, left)
    left -= acquired
    closed = min(left, (1 - other) * households)
    moved["new_house_share_of_finance"] = assumed["new_house_share"] * financed
    moved.update(new_households=grown, financed_households=financed, finance_demand_households=demand)
    moved.update(self_acquired_households=acquired, excess_backlog_households=left - closed)
    return {"households": households, "ownership_backlog_households": closed}


def finance(p: int, demand: float, assumed: Cell, funded: Cell, moved: Cell) -> float:
    """Homes financed: quota, demand, developers or banks, whichever is least; a known number meets only demand."""
    known = assumed["known"][p]
    limits = [funded["reach"][p], demand, assumed["developer_capacity_households"], assumed["bank_capacity_households"]]
    if known:
        limits[2:] = [NO_LIMIT, NO_LIMIT]
    moved["eligibility_limit"][p], moved["capacity_limit"][p], moved["ramp_limit"][p] = limits[1:]
    moved["started"][p] = min(limits)
    moved["binding"][p] = "none" if known else ("quota", "demand", "developer", "bank")[limits.index(min(limits))]
    return min(limits)


def occupancy_backlog(stocks: Cell, assumed: Cell) -> float:
    dwellings = stocks["decent_houses"] + stocks["treated_houses"]
    dwellings += sum(u * h for u, h in zip(stocks["rtlh_houses"], assumed["habitable_share"], strict=True))
    return max(0.0, stocks["households"] - (1 - assumed["vacancy_share"]) * dwellings)


def estates(block: range, stocks: Cell, assumed: Cell, funded: Cell, moved: Cell) -> Cell:
    """Estates, complete, handed over: E >= C >= V; money buys houses' worth of works in an estate."""
    total = stocks["psu_estates"] + assumed["new_estates"]
    compliant = assumed["new_compliant_share"] * assumed["new_estates"]
    complete = stocks["psu_complete_estates"] + compliant
    over = assumed["psu_handover_rate"] * (stocks["psu_complete_estates"] - stocks["psu_handed_over_estates"])
    moved["aided_estates"], moved["handed_over_estates"] = [], compliant + over
    for p in block:
        waiting = max(0.0, total - complete)
        limits = [
            funded["reach"][p],
            math.inf,
            waiting,
            math.inf if assumed["known"][p] else ramp_limit(stocks, assumed, p),
        ]
        aided = min(limits)
        complete += aided
        moved["aided_estates"].append(aided)
        moved["started"][p], moved["eligibility_limit"][p] = aided, waiting
        moved["ramp_limit"][p] = min(limits[3], NO_LIMIT)
        moved["binding"][p] = smallest(limits, assumed, p)
    handed_over = stocks["psu_handed_over_estates"] + compliant + over
    return {"psu_estates": total, "psu_complete_estates": complete, "psu_handed_over_estates": handed_over}


# ---- all draws, stacked like a projection ---------------------------------------------------------------------------


def stacked(inputs: Inputs) -> dict[str, dict[str, Array]]:
    """`project` of every draw as arrays (year, ..., draw, region) by part and name."""
    draws = [project(inputs, draw) for draw in range(inputs.axes.draws)]
    parts = {part: _stacked_part([draw[part] for draw in draws]) for part in ("states", "flows", "money")}
    parts["money"]["unallocated_idr"] = np.stack([np.asarray(draw["unallocated"]) for draw in draws], axis=-1)
    return parts


def _stacked_part(draws: list[list[list[Cell]]]) -> dict[str, Array]:
    return {name: np.stack([_stacked_years(draw, name) for draw in draws], axis=-2) for name in draws[0][0][0]}


def _stacked_years(years: list[list[Cell]], name: str) -> Array:
    return np.stack([np.stack([np.asarray(place[name]) for place in year], axis=-1) for year in years])
