"""Arrays of the programmes: money, costs, limits, known outputs, and the rules that do not vary."""

from typing import Any

import numpy as np

from backlog_model.assembly.reader import Reader, nested, stacked
from backlog_model.inputs import NO_LIMIT, SLUM_CLASSES, Array, Rules
from backlog_model.neutral import credit_kept, plain_rules
from backlog_model.quantities import ratio
from backlog_model.scenario.paths import Value
from backlog_model.scenario.programmes import Sharing
from backlog_model.scenario.schema import Scenario

_LIFTS = {"partial": 1, "comprehensive": 2, "renewal": 3}
_OF_PROGRAMME = (
    "overhead_share",
    "leakage_share",
    "drop_out_share",
    "eligible_share",
    "finished_same_year_share",
    "finished_next_year_share",
)
_NEED_RULES = ("proportional_need", "fiscal_capacity")


def programme_arrays(reader: Reader) -> dict[str, Array]:
    """Fields of `YearInputs` that belong to programmes."""
    scenario, axes = reader.scenario, reader.axes
    houses = axes.house_programmes
    costs = {name: _costs(reader, name) for name in axes.programmes}
    known = {name: _realised(reader, _realised_value(scenario, name)) for name in axes.programmes}
    spending = {name: _realised(reader, scenario.realised_spent_idr.get(name)) for name in axes.programmes}
    mixes = {name: scenario.of_programme(name, "severity_mix") for name in houses}
    slum_mixes = {name: scenario.programmes[name].severity_mix for name in axes.slum_programmes}
    return {
        **{name: stacked([reader.term(p, name) for p in axes.programmes]) for name in _OF_PROGRAMME},
        **_money(reader),
        **_limits(reader),
        "unit_cost_idr": stacked([costs[p][0] for p in axes.programmes]),
        "grant_idr": stacked([costs[p][1] for p in axes.programmes]),
        "known": stacked([known[p][0] for p in axes.programmes]),
        "realised": stacked([known[p][1] for p in axes.programmes]),
        "provincial_realised": stacked([known[p][2] for p in axes.programmes]),
        "spending_known": stacked([spending[p][0] for p in axes.programmes]),
        "realised_spent_idr": stacked([spending[p][1] for p in axes.programmes]),
        "provincial_spent_idr": stacked([spending[p][2] for p in axes.programmes]),
        "effectiveness_share": nested(
            [reader.classed(scenario.of_programme(p, "effectiveness_share"), axes.severities) for p in houses],
            len(axes.severities),
        ),
        "severity_mix": nested([reader.classed(mixes[p], axes.severities) for p in houses], len(axes.severities)),
        "slum_mix": nested(
            [reader.classed(slum_mixes[p], SLUM_CLASSES) for p in axes.slum_programmes], len(SLUM_CLASSES)
        ),
        "overlap_share": stacked([reader.term(p, "overlap_share") for p in houses]),
        "official_tally_share": stacked([reader.at(scenario.programmes[p].official_tally_share) for p in houses]),
        "houses_per_estate": stacked(
            [reader.at(scenario.programmes[p].houses_per_estate) for p in axes.estate_programmes]
        ),
    }


def _realised_value(scenario: Scenario, programme: str) -> Value | None:
    return scenario.realised_houses.get(programme) or scenario.realised_ha.get(programme)


def _realised(reader: Reader, value: Value | None) -> tuple[Array, Array, Array]:
    """Whether each year is known (year, 1, 1), and what is known: by region, or for the whole province."""
    nothing = np.zeros((1, 1, 1))
    if value is None:
        return nothing, nothing, nothing
    years = tuple(year for year in value.known_years() if year in reader.axes.years)
    if not years:
        return nothing, nothing, nothing
    rows = [reader.axes.years.index(year) for year in years]
    numbers = reader.at(value, years=years)
    spread = np.zeros((len(reader.axes.years), *numbers.shape[1:]))
    spread[rows] = numbers
    known = np.zeros((len(reader.axes.years), 1, 1))
    known[rows] = 1.0
    return (known, spread, nothing) if value.by_region else (known, nothing, spread[:, :, :1])


def _costs(reader: Reader, programme: str) -> tuple[Array, Array]:
    """Full cost of one unit and the grant for it, in rupiah of each year."""
    scenario = reader.scenario
    written = scenario.of_programme(programme, "unit_cost_idr")
    cost = reader.at(written, default=1.0) * _prices(reader, scenario.of_programme(programme, "unit_cost_growth_rate"))
    grant = scenario.programmes[programme].grant_idr
    if grant is None:
        return cost, cost
    return cost, reader.at(grant) * _prices(reader, scenario.of_programme(programme, "grant_growth_rate"))


def _prices(reader: Reader, growth: Value) -> Array:
    """Price of each year over the price of `price_year`."""
    base, years = reader.scenario.price_year, reader.axes.years
    span = tuple(range(min(base, years[0]), max(base, years[-1]) + 1))
    rates = 1.0 + reader.at(growth, years=span)
    rates = np.broadcast_to(rates, (len(span), *rates.shape[1:]))
    prices, start = np.ones(rates.shape), span.index(base)
    for row in range(start + 1, len(span)):
        prices[row] = prices[row - 1] * rates[row]
    for row in range(start - 1, -1, -1):
        prices[row] = prices[row + 1] / rates[row + 1]
    return prices[[span.index(year) for year in years]]


def _money(reader: Reader) -> dict[str, Array]:
    """Budgets by source and programme, regional or provincial, and how much of them is absorbed or co-funded."""
    axes, programmes = reader.axes, reader.scenario.programmes
    regional, provincial, absorption, cofunding = [], [], [], []
    for source in axes.sources:
        pots = [programmes[p].budget_idr.get(source) for p in axes.programmes]
        arrays = [reader.at(pot) for pot in pots]
        nothing = np.zeros((1, 1, 1))
        regional.append(stacked([a if pot and pot.by_region else nothing for pot, a in zip(pots, arrays, strict=True)]))
        provincial.append(
            stacked([a if pot and not pot.by_region else nothing for pot, a in zip(pots, arrays, strict=True)])[..., :1]
        )
        absorption.append(stacked([reader.at(_absorption(reader, p, source)) for p in axes.programmes]))
        cofunding.append(stacked([reader.at(programmes[p].cofunding_share.get(source)) for p in axes.programmes]))
    length = len(axes.programmes)
    return {
        "budget_idr": nested(regional, length),
        "provincial_budget_idr": nested(provincial, length),
        "absorption_share": nested(absorption, length),
        "cofunding_share": nested(cofunding, length),
    }


def _absorption(reader: Reader, programme: str, source: str) -> Value | None:
    written = reader.scenario.of_programme(programme, "absorption_share")
    return written if isinstance(written, Value) else written.get(source)


def _limits(reader: Reader) -> dict[str, Array]:
    axes, programmes = reader.axes, reader.scenario.programmes
    listed = [programmes[p] for p in axes.programmes]
    finance = [programmes[p] for p in axes.finance_programmes]
    quota = finance[0].quota_households if finance else None
    nothing = np.zeros((1, 1, 1))
    return {
        "share_weight": stacked([_weight(reader, p.sharing) for p in listed]),
        "floor_share": stacked([reader.at(p.sharing.floor_share) for p in listed]),
        "cap_share": stacked([reader.at(p.sharing.cap_share, default=1.0) for p in listed]),
        "capacity_share": stacked([reader.at(p.capacity_share) for p in listed]),
        "ramp_rate": stacked([reader.at(p.ramp_rate) for p in listed]),
        "ramp_start": stacked([reader.at(p.ramp_start, default=NO_LIMIT) for p in listed]),
        "quota_households": reader.at(quota, default=NO_LIMIT) if quota is None or quota.by_region else nothing,
        "provincial_quota_households": nothing if quota is None or quota.by_region else reader.at(quota),
        **{
            name: reader.at(getattr(finance[0], name) if finance else None, default=NO_LIMIT)
            for name in ("developer_capacity_households", "bank_capacity_households")
        },
    }


def _weight(reader: Reader, sharing: Sharing) -> Array:
    """Weight of each region before need."""
    if sharing.rule == "fiscal_capacity":
        return np.asarray(1.0 / reader.at(sharing.capacity_index, default=1.0))
    if sharing.rule == "weighted_index":
        parts = [(value.weight or 1.0, reader.at(value)) for value in sharing.index.values()]
        regions = len(reader.axes.regions)
        return np.asarray(
            sum(a * ratio(x, np.broadcast_to(x, (*x.shape[:2], regions)).mean(axis=2, keepdims=True)) for a, x in parts)
        )
    return reader.at(sharing.table if sharing.rule == "fixed_table" else None, default=1.0)


def rules_of(reader: Reader) -> Rules:
    """Choices of a scenario that do not vary over years, draws or regions."""
    axes, scenario = reader.axes, reader.scenario
    listed = [scenario.programmes[p] for p in axes.programmes]
    slums = [scenario.programmes[p] for p in axes.slum_programmes]
    houses = [scenario.programmes[p] for p in axes.house_programmes]
    return plain_rules(axes)._replace(
        treats=_flags([[severity in p.treats for severity in axes.severities] for p in houses], len(axes.severities)),
        mix_given=_flags([scenario.of_programme(p, "severity_mix") is not None for p in axes.house_programmes]),
        slum_treats=_flags([[each in p.classes for each in SLUM_CLASSES] for p in slums], len(SLUM_CLASSES)),
        slum_mix_given=_flags([p.severity_mix is not None for p in slums]),
        slum_authority=np.array([axes.authorities.index(p.authority or "kabkota") for p in slums], dtype=np.int64),
        slum_lift=np.array([_LIFTS[p.intervention or "partial"] for p in slums], dtype=np.int64),
        credit_kept=credit_kept(scenario.assumptions.slum_counting_rule),
        share_by_need=_flags([p.sharing.rule in _NEED_RULES for p in listed]),
        cofunded=_flags([bool(p.cofunding_share) for p in listed]),
        whole_houses=_flags([p.sharing.whole_houses for p in listed]),
        revises=_flags(
            [any(r.variable == stock for r in scenario.revisions.values()) for stock in ("rtlh_houses", "slum_ha")]
        ),
        funded=_flags([[p.budget_idr.get(source) is not None for p in listed] for source in axes.sources], len(listed)),
    )


def _flags(choices: list[Any], columns: int | None = None) -> Array:
    flags = np.array(choices, dtype=np.float64)
    return flags if columns is None else flags.reshape(len(choices), columns)
