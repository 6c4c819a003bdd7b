"""Arrays of the programmes: money, costs, limits, known outputs, and the rules that do not vary."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

import numpy as np

from backlog_model.assembly.reader import Fields, Part, Reader, nested, stacked
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


def _term(name: str, reader: Reader) -> Fields:
    return {name: stacked([reader.term(programme, name) for programme in reader.axes.programmes])}


def _overlap(reader: Reader) -> Fields:
    return {"overlap_share": stacked([reader.term(p, "overlap_share") for p in reader.axes.house_programmes])}


def _own_numbers(reader: Reader) -> Fields:
    """Numbers that a programme has of its own, or not at all."""
    axes, programmes = reader.axes, reader.scenario.programmes
    slum_mixes = [reader.classed(programmes[p].severity_mix, SLUM_CLASSES) for p in axes.slum_programmes]
    return {
        "slum_mix": nested(slum_mixes, len(SLUM_CLASSES)),
        "official_tally_share": stacked([reader.at(programmes[p].official_tally_share) for p in axes.house_programmes]),
        "houses_per_estate": stacked([reader.at(programmes[p].houses_per_estate) for p in axes.estate_programmes]),
    }


def _term_by_severity(name: str, reader: Reader) -> Fields:
    severities, scenario = reader.axes.severities, reader.scenario
    shares = [reader.classed(scenario.of_programme(p, name), severities) for p in reader.axes.house_programmes]
    return {name: nested(shares, len(severities))}


def _known_output(reader: Reader) -> Fields:
    known = [_realised(reader, _realised_value(reader.scenario, name)) for name in reader.axes.programmes]
    return _in_columns(("known", "realised", "provincial_realised"), known)


def _known_spending(reader: Reader) -> Fields:
    known = [_realised(reader, reader.scenario.realised_spent_idr.get(name)) for name in reader.axes.programmes]
    return _in_columns(("spending_known", "realised_spent_idr", "provincial_spent_idr"), known)


def _in_columns(names: tuple[str, ...], rows: Sequence[tuple[Array, ...]]) -> Fields:
    """Fields of which each programme has a row."""
    return {name: stacked([row[column] for row in rows]) for column, name in enumerate(names)}


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


def _costs(reader: Reader) -> Fields:
    """Full cost of one unit and the grant for it, in rupiah of each year."""
    prices = cache(partial(_prices, reader))  # programmes share a growth
    costs = [_cost(reader, name, prices) for name in reader.axes.programmes]
    return _in_columns(("unit_cost_idr", "grant_idr"), costs)


def _cost(reader: Reader, programme: str, prices: Callable[[Value], Array]) -> tuple[Array, Array]:
    scenario = reader.scenario
    written = scenario.of_programme(programme, "unit_cost_idr")
    cost = reader.at(written, default=1.0) * prices(scenario.of_programme(programme, "unit_cost_growth_rate"))
    grant = scenario.programmes[programme].grant_idr
    if grant is None:
        return cost, cost
    return cost, reader.at(grant) * prices(scenario.of_programme(programme, "grant_growth_rate"))


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


def _budgets(reader: Reader) -> Fields:
    """Budgets by source and programme, regional or provincial."""
    programmes, nothing = reader.scenario.programmes, np.zeros((1, 1, 1))

    def regional(programme: str, source: str) -> Array:
        pot = programmes[programme].budget_idr.get(source)
        return reader.at(pot) if pot is not None and pot.by_region else nothing

    def provincial(programme: str, source: str) -> Array:
        pot = programmes[programme].budget_idr.get(source)
        return reader.at(pot)[..., :1] if pot is not None and not pot.by_region else nothing

    return {"budget_idr": _by_source(reader, regional), "provincial_budget_idr": _by_source(reader, provincial)}


def _absorption(reader: Reader) -> Fields:
    def absorbed(programme: str, source: str) -> Array:
        written = reader.scenario.of_programme(programme, "absorption_share")
        return reader.at(written if isinstance(written, Value) else written.get(source))

    return {"absorption_share": _by_source(reader, absorbed)}


def _cofunding(reader: Reader) -> Fields:
    def cofunded(programme: str, source: str) -> Array:
        return reader.at(reader.scenario.programmes[programme].cofunding_share.get(source))

    return {"cofunding_share": _by_source(reader, cofunded)}


def _by_source(reader: Reader, numbers: Callable[[str, str], Array]) -> Array:
    """Numbers of each programme and source as (year, source, programme, draw, region)."""
    sources, programmes = reader.axes.sources, reader.axes.programmes
    whole = stacked([numbers(programme, source) for source in sources for programme in programmes])
    return whole.reshape(len(whole), len(sources), len(programmes), *whole.shape[2:])


def _sharing(reader: Reader) -> Fields:
    rules = [reader.scenario.programmes[p].sharing for p in reader.axes.programmes]
    return {
        "share_weight": stacked([_weight(reader, rule) for rule in rules]),
        "floor_share": stacked([reader.at(rule.floor_share) for rule in rules]),
        "cap_share": stacked([reader.at(rule.cap_share, default=1.0) for rule in rules]),
    }


def _capacities(reader: Reader) -> Fields:
    listed = [reader.scenario.programmes[p] for p in reader.axes.programmes]
    return {
        "capacity_share": stacked([reader.at(p.capacity_share) for p in listed]),
        "ramp_rate": stacked([reader.at(p.ramp_rate) for p in listed]),
        "ramp_start": stacked([reader.at(p.ramp_start, default=NO_LIMIT) for p in listed]),
    }


def _finance(reader: Reader) -> Fields:
    finance = [reader.scenario.programmes[p] for p in reader.axes.finance_programmes]
    quota = finance[0].quota_households if finance else None
    nothing = np.zeros((1, 1, 1))
    return {
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


PARTS: tuple[Part, ...] = (
    *(partial(_term, name) for name in _OF_PROGRAMME),
    *(partial(_term_by_severity, name) for name in ("effectiveness_share", "severity_mix")),
    _overlap,
    _own_numbers,
    _known_output,
    _known_spending,
    _costs,
    _budgets,
    _absorption,
    _cofunding,
    _sharing,
    _capacities,
    _finance,
)
"""What fills the fields, each of them once."""


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
