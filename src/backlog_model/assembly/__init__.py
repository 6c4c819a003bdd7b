"""From a scenario to arrays: the only place that knows both what a planner writes and what the model reads."""

import numpy as np

from backlog_model.assembly.drawing import Drawing
from backlog_model.assembly.programmes import programme_arrays, rules_of
from backlog_model.assembly.reader import Reader, stacked
from backlog_model.dynamics.funding import regional_shares
from backlog_model.inputs import AUTHORITIES, NO_LIMIT, SLUM_CLASSES, Array, Axes, Coverage, Inputs, Opening
from backlog_model.neutral import empty_opening, neutral_years
from backlog_model.quantities import ratio
from backlog_model.scenario.paths import Value
from backlog_model.scenario.schema import Scenario

# Fields that are the same number, name by name, in the scenario's assumptions and in `YearInputs`.
_SAME_NAME = (
    "deterioration_rate",
    "relapse_rate",
    "decent_loss_rate",
    "treated_loss_rate",
    "built_per_new_household",
    "vacancy_share",
    "new_non_owner_share",
    "ownership_loss_rate",
    "self_acquired_rate",
    "other_home_share",
    "mbr_share",
    "take_up_rate",
    "first_time_share",
    "new_house_share",
    "houses_per_crew_year",
    "new_slum_rate",
    "slum_relapse_rate",
    "psu_handover_rate",
    "new_estates",
    "new_compliant_share",
)
_BY_SEVERITY = ("substandard_share", "self_improvement_rate", "rtlh_loss_rate", "habitable_share")


def assemble(scenario: Scenario, drawing: Drawing | None = None) -> Inputs:
    """Arrays of a scenario in some draws; without a drawing those of the central run.

    Parameters
    ----------
    scenario : a checked scenario
    drawing : random numbers and the draws wanted; without it every assumption is at its median and chance events are
        at their mean

    Raises
    ------
    DataError
        When shares or rates that belong together leave their bounds in some draw.
    """
    axes = axes_of(scenario, draws=len(drawing.draws) if drawing else 1)
    reader = Reader(scenario, axes, drawing)
    yearly = neutral_years(axes)._replace(
        **_houses(reader), **_households(reader), **_shocks(reader), **_slums(reader), **programme_arrays(reader)
    )
    opening = _opening(reader)
    yearly = yearly._replace(**_revisions(reader, opening))
    return Inputs(axes, opening, yearly, rules_of(reader), _coverage(reader))


def axes_of(scenario: Scenario, *, draws: int = 1) -> Axes:
    """Labels of every axis; programmes in blocks of one kind, each in the order written."""
    kinds: dict[str, list[str]] = {"houses": [], "slum": [], "new_houses": [], "estates": [], "finance": []}
    for name, programme in scenario.programmes.items():
        kinds["houses" if programme.repairs else programme.treats[0]].append(name)
    sources = dict.fromkeys(source for programme in scenario.programmes.values() for source in programme.budget_idr)
    return Axes(
        years=scenario.years.all,
        province=scenario.region_table.province_code,
        regions=scenario.region_table.codes,
        severities=scenario.severity_classes,
        authorities=_authorities(scenario),
        house_programmes=tuple(kinds["houses"]),
        slum_programmes=tuple(kinds["slum"]),
        new_house_programmes=tuple(kinds["new_houses"]),
        estate_programmes=tuple(kinds["estates"]),
        finance_programmes=tuple(kinds["finance"]),
        sources=tuple(sources),
        draws=draws,
    )


def _authorities(scenario: Scenario) -> tuple[str, ...]:
    """Authorities that have slum, base or works in the scenario, in their usual order."""
    opening = scenario.opening
    named = {*opening.slum_ha, *opening.slum_base_ha, *opening.slum_handled_ha}
    named |= {p.authority or "kabkota" for p in scenario.programmes.values() if "slum" in p.treats}
    named |= {
        revision.authority or "kabkota" for revision in scenario.revisions.values() if revision.variable == "slum_ha"
    }
    return tuple(authority for authority in AUTHORITIES if authority in named)


def _houses(reader: Reader) -> dict[str, Array]:
    assumptions, severities = reader.scenario.assumptions, reader.axes.severities
    split = reader.split(assumptions.severity_share, severities)
    relapse = assumptions.relapse_severity_share
    return {
        **{name: reader.at(getattr(assumptions, name)) for name in _SAME_NAME},
        **{name: reader.classed(getattr(assumptions, name), severities) for name in _BY_SEVERITY},
        "severity_share": split,
        "relapse_severity_share": reader.split(relapse, severities) if relapse else split,
        "worsening_rate": reader.classed(assumptions.worsening_rate, severities),
        "crews": reader.at(assumptions.crews, default=NO_LIMIT),
        **({} if assumptions.crews else {"houses_per_crew_year": np.ones((1, 1, 1))}),
    }


def _households(reader: Reader) -> dict[str, Array]:
    """Households at the end of every year: a table, headship rates by age, household size, or growth."""
    assumptions, years = reader.scenario.assumptions, reader.axes.years
    if assumptions.households is not None:
        path = reader.at(assumptions.households)
    elif assumptions.population_by_age:
        ages = assumptions.population_by_age
        path = sum((reader.at(ages[age]) * reader.at(assumptions.headship_rate[age]) for age in ages), np.zeros(()))
    elif assumptions.population is not None:
        path = reader.at(assumptions.population) / reader.at(assumptions.persons_per_household)
    else:
        growth = 1.0 + reader.at(assumptions.household_growth_rate)
        growth = np.broadcast_to(growth, (len(years), *growth.shape[1:]))
        path = reader.at(reader.scenario.opening.households, years=(reader.base_year,)) * np.cumprod(growth, axis=0)
    return {"households": path}


def _shocks(reader: Reader) -> dict[str, Array]:
    """Damage that falls on decent and treated houses, by severity, and total losses among the heavily damaged."""
    severities = reader.axes.severities
    damaged, destroyed = np.zeros((1, len(severities), 1, 1)), np.zeros((1, 1, 1))
    for shock in reader.scenario.shocks.values():
        houses = reader.at(shock.houses) * reader.at(shock.falls_on_decent_share)
        if shock.region_share is not None:
            houses = houses * reader.at(shock.region_share)
        by_class = houses[:, None] * reader.split(shock.severity_share, severities)
        lost = by_class[:, -1] * reader.at(shock.total_loss_share)
        by_class = np.concatenate([by_class[:, :-1], (by_class[:, -1] - lost)[:, None]], axis=1)
        damaged, destroyed = damaged + by_class, destroyed + lost
    return {"disaster_damaged_houses": damaged, "disaster_destroyed_houses": destroyed}


def _slums(reader: Reader) -> dict[str, Array]:
    scenario = reader.scenario
    assumptions, opening = scenario.assumptions, scenario.opening
    before = (reader.base_year,)
    base = [opening.slum_base_ha.get(authority) for authority in reader.axes.authorities]
    parts = [
        (opening.slum_ha.get(authority), opening.slum_handled_ha.get(authority))
        for authority in reader.axes.authorities
    ]
    written = [reader.at(value, years=before) for value in base]
    added = [reader.at(slum, years=before) + reader.at(handled, years=before) for slum, handled in parts]
    return {
        "slum_base_ha": stacked([w if b is not None else a for b, w, a in zip(base, written, added, strict=True)]),
        "slum_capacity_ha": reader.classed(assumptions.slum_capacity_ha, reader.axes.authorities, default=NO_LIMIT),
        "slum_worsening_rate": reader.classed(assumptions.slum_worsening_rate, SLUM_CLASSES),
        "slum_class_share": reader.split(opening.slum_class_share, SLUM_CLASSES),
    }


def _opening(reader: Reader) -> Opening:
    """Stocks on the opening day, full size."""
    opening, axes = reader.scenario.opening, reader.axes
    decent, rtlh = _houses_at_opening(reader)
    severity = reader.split(opening.severity_share, axes.severities)[0]
    slum_class = reader.split(opening.slum_class_share, SLUM_CLASSES)[0]
    slum = [reader.opening(opening.slum_ha.get(authority)) for authority in reader.axes.authorities]
    handled = [reader.opening(opening.slum_handled_ha.get(each))[None] for each in axes.authorities]
    nothing = np.zeros((0, axes.draws, len(axes.regions)))
    handed_over = reader.opening(opening.psu_handed_over_estates)
    complete = opening.psu_complete_estates
    return empty_opening(axes)._replace(
        decent_houses=decent,
        treated_houses=reader.opening(opening.treated_houses),
        rtlh_houses=rtlh * severity,
        households=reader.opening(opening.households),
        ownership_backlog_households=reader.opening(opening.ownership_backlog_households),
        slum_ha=np.concatenate([nothing, *(hectares * slum_class for hectares in slum)]),
        slum_handled_ha=np.concatenate([nothing, *handled]),
        psu_estates=reader.opening(opening.psu_estates),
        psu_complete_estates=handed_over if complete is None else reader.opening(complete),
        psu_handed_over_estates=handed_over,
    )


def _houses_at_opening(reader: Reader) -> tuple[Array, Array]:
    """Decent and uninhabitable houses of each region, full size.

    Where the split of RTLH over regions is drawn, the houses of a region stay what they are: RTLH never exceed those
    that were not treated, what exceeds them goes to the other regions by weight, and the rest of them is decent.
    """
    value = reader.scenario.opening.rtlh_houses
    decent, rtlh = reader.opening(reader.scenario.opening.decent_houses), reader.opening(value)
    if reader.drawing is None or not value.has_drawn_split:
        return decent, rtlh
    total = rtlh.sum(axis=-1, keepdims=True)
    stated = value.array((reader.base_year,), reader.axes.regions)[0]
    untreated = decent + total * ratio(stated, stated.sum(axis=-1, keepdims=True))
    bound = ratio(untreated, total)
    rtlh = total * regional_shares(rtlh, np.zeros((1, 1)), bound)
    return np.maximum(0.0, untreated - rtlh), rtlh


def _coverage(reader: Reader) -> Coverage:
    opening, codes = reader.scenario.opening, reader.axes.regions
    nowhere = (False,) * len(codes)
    slum = [opening.slum_ha[each].covered(codes) if each in opening.slum_ha else nowhere for each in AUTHORITIES]
    psu = opening.psu_estates.covered(codes) if opening.psu_estates else nowhere
    return Coverage(np.array(slum), np.array(psu), ownership=opening.ownership_backlog_households is not None)


def _revisions(reader: Reader, opening: Opening) -> dict[str, Array]:
    """Re-registrations, each in its year; a provincial number is split like the opening stock."""
    axes, years = reader.axes, reader.axes.years
    size = (len(years), axes.draws if reader.scenario.revisions else 1, len(axes.regions))
    houses, ratio, moved = np.zeros(size), np.ones(size), np.ones(size)
    classes, slum = (
        np.zeros((size[0], len(axes.severities), *size[1:])),
        np.zeros((size[0], len(axes.authorities), *size[1:])),
    )
    for revision in reader.scenario.revisions.values():
        at, year = years.index(revision.year), (revision.year,)
        if revision.variable == "slum_ha":
            a = axes.authorities.index(revision.authority or "kabkota")
            stock = opening.slum_ha[3 * a : 3 * a + 3].sum(axis=0)
            slum[at, a] += _split(reader, revision.ha, stock, year)
            continue
        stock = opening.rtlh_houses.sum(axis=0)
        houses[at] += _split(reader, revision.houses, stock, year)
        ratio[at] *= reader.at(revision.ratio, default=1.0, years=year)[0]
        moved[at] = 0.0 if revision.new_records else 1.0
        for k, severity in enumerate(axes.severities):
            classes[at, k] += _split(reader, revision.classes.get(severity), stock, year)
    return {
        "revision_houses": houses,
        "revision_ratio": ratio,
        "revision_reclassified_share": moved,
        "revision_class_houses": classes,
        "slum_revision_ha": slum,
    }


def _split(reader: Reader, value: Value | None, stock: Array, year: tuple[int, ...]) -> Array:
    """(draw, region) of a number by region, or of a provincial one in proportion to a stock."""
    array: Array = reader.at(value, years=year)[0]
    if value is None or value.by_region:
        return array
    share: Array = ratio(stock, stock.sum(axis=-1, keepdims=True))
    return array * share
