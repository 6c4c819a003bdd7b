"""Small plans without uncertainty as linear programmes: what their money can clear, and what more of it takes.

Written from the equations of docs/model.md (steps 0 to 5) alone, for plans in which doing as much as possible, as early
as possible, is also best: one class, a fixed split, no ramp, nothing carried over, no relapse, programmes that are
equally effective. There the model, which spends what it can in the order of priority, must do as well as the best of
all ways to spend the same money.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linprog

import backlog_model as bm
from backlog_model.scenario.schema import Scenario
from drawn_scenarios import written

FIRST = 2026
PLANNED = 2027  # money of the year before is decided
BILLION = 1e9
Array = np.ndarray


@dataclass(frozen=True)
class Plan:
    """Regions, stocks and rates; pots of money by programme and source; a target for RTLH."""

    codes: tuple[str, ...]
    years: tuple[int, ...]
    decent: Array  # (region,)
    rtlh: Array  # (region,)
    deterioration: float
    improvement: float
    loss: float
    cost: Array  # (programme,) rupiah in the year before the first
    cost_growth: float
    kept: Array  # (programme,) of the money: what is left after overhead
    cover: Array  # (programme,)
    capacity_share: Array  # (programme,)
    drop_out: float
    effectiveness: float
    crews: Array | None  # (region,)
    per_crew: float
    absorption: dict[str, float]
    split: Array  # (region,) of provincial money
    pots: dict[tuple[int, str], Array]  # (year, region), or (year, 1) for the province as a whole
    region: int | None  # of the target; None for the province
    year: int
    value: float

    @property
    def planned(self) -> int:
        """Position of the first year whose money is to be decided."""
        return min(self.years.index(PLANNED), self.years.index(self.year))

    @property
    def mine(self) -> Array:
        """(region,) whether the target counts it."""
        here = np.arange(len(self.codes))
        return np.ones(len(here), bool) if self.region is None else here == self.region


# in YAML


def scenario_of(plan: Plan, folder: Path) -> Scenario:
    """The plan as a scenario file."""
    programmes: dict[str, Any] = {}
    for p in range(len(plan.cost)):
        programmes[f"p{p}"] = {
            "treats": ["all"],
            "unit_cost_idr": plan.cost[p],
            "overhead_share": 1.0 - plan.kept[p],
            "eligible_share": plan.cover[p],
            "capacity_share": plan.capacity_share[p],
            "sharing": {"rule": "fixed_table", "table": {"by_region": dict(zip(plan.codes, plan.split, strict=True))}},
            "budget_idr": {source: money_entry(plan, pot) for (q, source), pot in plan.pots.items() if q == p},
        }
    stocks = {"decent_houses": plan.decent, "rtlh_houses": plan.rtlh, "households": plan.decent + plan.rtlh}
    text = {
        "title": "A plan that is a linear programme",
        "years": {"first": plan.years[0], "last": plan.years[-1]},
        "severity_classes": ["all"],
        "regions": "regions.csv",
        "opening": {name: {"by_region": dict(zip(plan.codes, row, strict=True))} for name, row in stocks.items()},
        "assumptions": {
            "deterioration_rate": plan.deterioration,
            "self_improvement_rate": plan.improvement,
            "rtlh_loss_rate": plan.loss,
            "drop_out_share": plan.drop_out,
            "effectiveness_share": plan.effectiveness,
            "unit_cost_growth_rate": plan.cost_growth,
            "absorption_share": absorption_entry(plan, 0.0),
            "houses_per_crew_year": plan.per_crew,
            **({} if plan.crews is None else {"crews": crews_entry(plan, 0.0)}),
        },
        "programmes": programmes,
        "targets": {"wanted": target_entry(plan)},
    }
    regions = "code,name\n63,Province\n" + "".join(f"{code},Region {code}\n" for code in plan.codes)
    return written(folder, json.dumps(text, default=float), regions=regions)


def money_entry(plan: Plan, pot: Array) -> dict[str, Any]:
    tables = [{"table": dict(zip(map(str, plan.years), column, strict=True))} for column in pot.T.tolist()]
    return tables[0] if pot.shape[1] < len(plan.codes) else {"by_region": dict(zip(plan.codes, tables, strict=True))}


def absorption_entry(plan: Plan, least: float) -> dict[str, Any]:
    before, planned = str(plan.years[0]), str(plan.years[plan.planned])
    return {
        source: {"table": {before: share, planned: max(share, least)} if plan.planned else {planned: max(share, least)}}
        for source, share in plan.absorption.items()
    }


def crews_entry(plan: Plan, more: float) -> dict[str, Any]:
    assert plan.crews is not None
    before, planned = str(plan.years[0]), str(plan.years[plan.planned])
    factor = 1.0 + more / plan.crews.sum()
    rows = [
        {before: crews, planned: crews * factor} if plan.planned else {planned: crews * factor} for crews in plan.crews
    ]
    return {"by_region": {code: {"table": row} for code, row in zip(plan.codes, rows, strict=True)}}


def target_entry(plan: Plan) -> dict[str, Any]:
    region = "63" if plan.region is None else plan.codes[plan.region]
    return {"variable": "rtlh_houses", "region": region, "year": plan.year, "operator": "<=", "value": plan.value}


def money_changes(plan: Plan, extra: float, source: str = "") -> dict[str, Any]:
    """What to write for further money in every year to be decided."""
    parts = spread(plan, source)
    return {
        f"programmes.p{p}.budget_idr.{s}": money_entry(plan, pot + extra * parts[p, s])
        for (p, s), pot in plan.pots.items()
        if (p, s) in parts
    }


def spread(plan: Plan, source: str = "") -> dict[tuple[int, str], Array]:
    """Part of each further rupiah for each pot, as the money written is spread; alike where none is."""
    chosen = {
        pot: money * (plan.mine if money.shape[1] == len(plan.codes) else True)
        for pot, money in plan.pots.items()
        if source in ("", pot[1])
    }
    alike = {
        pot: np.where(plan.mine, 1.0 / plan.mine.sum(), 0.0) if money.shape[1] == len(plan.codes) else np.ones(1)
        for pot, money in chosen.items()
    }
    whole = sum(money.sum(axis=1) for money in chosen.values())
    decided = np.arange(len(plan.years)) >= plan.planned
    return {
        pot: np.where(whole > 0.0, 1.0, 0.0)[:, None] * decided[:, None] * money / np.maximum(whole, 1.0)[:, None]
        + np.where(whole > 0.0, 0.0, 1.0)[:, None] * decided[:, None] * alike[pot] / len(chosen)
        for pot, money in chosen.items()
    }


def left(scenario: Scenario, plan: Plan, year: int | None = None) -> float:
    """RTLH that the target counts, by an ordinary run of a scenario."""
    projection = bm.run(scenario, draws=0)
    row = projection.years("rtlh_houses").index(plan.year if year is None else year)
    return float(projection.array("rtlh_houses")[row, 0][plan.mine].sum())


# as a linear programme


def least_left(plan: Plan, *, year: int | None = None, absorption: float = 0.0) -> float:
    """Fewest RTLH that money, crews and eligible houses allow at the end of a year."""
    stock, limits = _equations(replace(plan, year=year or plan.year), absorption=absorption, planned=plan.planned)
    limits.append(-_unit(len(stock), -2))  # nothing further
    return float(_solved(stock, limits, stock))


def least_money(plan: Plan, source: str = "") -> float | None:
    """Least further money in every year to be decided that meets the target."""
    stock, limits = _equations(plan, money=spread(plan, source), planned=plan.planned)
    return _least(plan, stock, limits, BILLION)


def least_crews(plan: Plan) -> float | None:
    """Fewest further crews that meet the target, not rounded."""
    stock, limits = _equations(plan, more_crews=True, planned=plan.planned)
    return _least(plan, stock, limits, 1.0)


def _least(plan: Plan, stock: Array, limits: list[Array], unit: float) -> float | None:
    goal = -stock
    goal[-1] += plan.value
    found = _solved(_unit(len(stock), -2), [*limits, goal], stock)
    return None if found is None else found * unit


def _unit(size: int, place: int) -> Array:
    return np.eye(size)[place]


def _equations(
    plan: Plan,
    *,
    planned: int,
    money: dict[tuple[int, str], Array] | None = None,
    more_crews: bool = False,
    absorption: float = 0.0,
) -> tuple[Array, list[Array]]:
    """RTLH that the target counts, and limits that must not fall below 0, each linear in houses started.

    Every expression is a row: a coefficient for each (programme, year, region), for what is further needed, and last
    the constant.
    """
    programmes, last, regions = len(plan.cost), plan.years.index(plan.year) + 1, len(plan.codes)
    size = programmes * last * regions + 2
    started = np.eye(size)[:-2].reshape(programmes, last, regions, size)
    further, one = _unit(size, -2), _unit(size, -1)
    limits: list[Array] = []
    total = 0.0 * one
    for r in range(regions):
        rtlh, decent = plan.rtlh[r] * one, plan.decent[r] * one
        for t in range(last):
            waiting = (1.0 - plan.improvement - plan.loss) * rtlh + plan.deterioration * decent
            decent = (1.0 - plan.deterioration) * decent + plan.improvement * rtlh
            mine = started[:, t, r]
            limits += [*(plan.cover[p] * waiting - mine[p] for p in range(programmes)), waiting - mine.sum(axis=0)]
            for p in range(programmes):
                limits.append(_reach(plan, p, t, r, one, further, money or {}, absorption, planned) - mine[p])
            if plan.crews is not None:
                share = further / plan.crews.sum() if more_crews and t >= planned else 0.0
                capacity = plan.per_crew * plan.crews[r] * (one + share)
                limits += [plan.capacity_share[p] * capacity - mine[p] for p in range(programmes)]
                limits.append(capacity - mine.sum(axis=0))
            rtlh = waiting - plan.effectiveness * mine.sum(axis=0)
        total = total + rtlh * plan.mine[r]
    return total, limits


def _reach(
    plan: Plan,
    p: int,
    t: int,
    r: int,
    one: Array,
    further: Array,
    money: dict[tuple[int, str], Array],
    absorption: float,
    planned: int,
) -> Array:
    """Houses that a programme's money starts in a region: written money, and a billion further times `further`."""
    price = plan.cost[p] * (1.0 + plan.cost_growth) ** (t + 1) / plan.kept[p]
    found = 0.0 * one
    for (q, source), pot in plan.pots.items():
        if q == p:
            share = max(plan.absorption[source], absorption if t >= planned else 0.0)
            arrives = share * (1.0 - plan.drop_out) / price
            own, part = (r, 1.0) if pot.shape[1] == len(plan.codes) else (0, plan.split[r])
            found = found + arrives * part * pot[t, own] * one
            if (p, source) in money:
                found = found + arrives * part * money[p, source][t, own] * BILLION * further
    return found


def _solved(aim: Array, limits: list[Array], stock: Array) -> float | None:
    """Least value of an expression under limits; None where they cannot all be kept."""
    table = np.array(limits)
    sizes = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9)
    found = linprog(
        aim[:-1], A_ub=-table[:, :-1] / sizes, b_ub=table[:, -1] / sizes[:, 0], bounds=(0.0, None), method="highs"
    )
    assert found.status in (0, 2), found.message
    return float(found.fun + aim[-1]) if found.status == 0 else None


# at random


def drawn_plan(number: int) -> Plan:
    """A plan at random; limits of every kind bind somewhere, and targets from easy to out of reach."""
    rng = np.random.default_rng([2027, number])
    codes = ("63.01", "63.10")[: rng.integers(1, 3)]
    years = tuple(range(FIRST, FIRST + int(rng.integers(3, 6))))
    programmes = int(rng.integers(1, 3))
    rtlh = rng.uniform(500, 3000, len(codes)).round()
    region = None if rng.random() < 0.6 else int(rng.integers(len(codes)))
    pots = {}
    for p in range(programmes):
        for source in [["apbn"], ["apbd"], ["apbn", "apbd"]][rng.integers(3)]:
            columns = len(codes) if region is not None or rng.random() < 0.5 else 1
            pot = 10.0 ** rng.uniform(-1.0, 1.0) * BILLION * rng.uniform(0.5, 1.5, (len(years), columns))
            pots[p, source] = pot * (rng.random((len(years), 1)) > 0.1)
    crews = 10.0 ** rng.uniform(-3.0, -1.3, len(codes)) * rtlh if rng.random() < 0.8 else None
    plan = Plan(
        codes=codes,
        years=years,
        decent=rng.uniform(3000, 20000, len(codes)).round(),
        rtlh=rtlh,
        deterioration=rng.uniform(0.0, 0.01),
        improvement=rng.uniform(0.0, 0.05),
        loss=rng.uniform(0.0, 0.01),
        cost=rng.uniform(15e6, 30e6, programmes),
        cost_growth=rng.uniform(0.0, 0.1),
        kept=rng.uniform(0.8, 1.0, programmes),
        cover=rng.uniform(0.05, 1.0, programmes),
        capacity_share=rng.choice([1.0, 0.7], programmes),
        drop_out=rng.uniform(0.0, 0.05),
        effectiveness=rng.uniform(0.6, 1.0),
        crews=crews,
        per_crew=7.0,
        absorption={source: rng.uniform(0.3, 1.0) for source in ("apbn", "apbd")},
        split=rng.dirichlet(np.full(len(codes), 5.0)),
        pots=pots,
        region=region,
        year=int(rng.choice(years[: max(1, len(years) - int(rng.integers(0, 3)))])),
        value=0.0,
    )
    reached = least_left(plan)
    now = float(plan.rtlh[plan.mine].sum())
    asked = rng.choice([rng.uniform(0.9, 1.0), rng.uniform(0.98, 1.02), rng.uniform(0.3, 0.9)], p=[0.4, 0.3, 0.3])
    return replace(plan, value=round(asked * min(reached, now * 1.02), 2))
