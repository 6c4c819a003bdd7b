"""Fields of the years that are not of programmes: houses, households, disasters, slums and estates."""

from functools import partial

import numpy as np

from backlog_model.assembly.reader import Fields, Part, Reader, stacked
from backlog_model.inputs import NO_LIMIT, SLUM_CLASSES, Array
from backlog_model.scenario.programmes import Shock

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
    "new_slum_rate",
    "slum_relapse_rate",
    "psu_handover_rate",
    "new_estates",
    "new_compliant_share",
)
_BY_SEVERITY = (
    "substandard_share",
    "self_improvement_rate",
    "worsening_rate",
    "rtlh_loss_rate",
    "habitable_share",
)


def _named(name: str, reader: Reader) -> Fields:
    return {name: reader.at(getattr(reader.scenario.assumptions, name))}


def _by_severity(name: str, reader: Reader) -> Fields:
    return {name: reader.classed(getattr(reader.scenario.assumptions, name), reader.axes.severities)}


def _severity_shares(reader: Reader) -> Fields:
    """Classes of houses that deteriorate, and of those that relapse: the same where nothing else is written."""
    assumptions, severities = reader.scenario.assumptions, reader.axes.severities
    split, relapse = reader.split(assumptions.severity_share, severities), assumptions.relapse_severity_share
    return {
        "severity_share": split,
        "relapse_severity_share": reader.split(relapse, severities) if relapse else split,
    }


def _crews(reader: Reader) -> Fields:
    assumptions = reader.scenario.assumptions
    if assumptions.crews is None:
        return {"crews": np.full((1, 1, 1), NO_LIMIT), "houses_per_crew_year": np.ones((1, 1, 1))}
    return {"crews": reader.at(assumptions.crews), "houses_per_crew_year": reader.at(assumptions.houses_per_crew_year)}


def _households(reader: Reader) -> Fields:
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
        factors = np.array(np.broadcast_to(growth, (len(years), *growth.shape[1:])))
        for row in range(1, len(years)):  # many times faster than np.cumprod
            factors[row] *= factors[row - 1]
        path = reader.at(reader.scenario.opening.households, years=(reader.base_year,)) * factors
    return {"households": path}


def _shocks(reader: Reader) -> Fields:
    """Damage that falls on decent and treated houses, by severity, and total losses among the heavily damaged."""
    shocks = [_shock(reader, shock) for shock in reader.scenario.shocks.values()]
    years, *others = np.broadcast_shapes((1, 1, 1), *(part.shape for parts in shocks for part in parts))
    damaged = np.zeros((years, len(reader.axes.severities), *others))
    destroyed = np.zeros((years, *others))
    for houses, lost_share, *shares in shocks:
        for place, share in enumerate(shares):
            hit = houses * share
            if place == len(shares) - 1 and lost_share.any():
                lost = hit * lost_share
                destroyed += lost
                hit = hit - lost
            damaged[:, place] += hit
    return {"disaster_damaged_houses": damaged, "disaster_destroyed_houses": destroyed}


def _shock(reader: Reader, shock: Shock) -> tuple[Array, ...]:
    """Houses that it hits, share of heavily damaged ones that is lost, and share of each class."""
    houses = reader.at(shock.houses) * reader.at(shock.falls_on_decent_share)
    if shock.region_share is not None:
        houses = houses * reader.at(shock.region_share)
    split = reader.split(shock.severity_share, reader.axes.severities)
    return houses, reader.at(shock.total_loss_share), *split.swapaxes(0, 1)


def _slums(reader: Reader) -> Fields:
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


PARTS: tuple[Part, ...] = (
    *(partial(_named, name) for name in _SAME_NAME),
    *(partial(_by_severity, name) for name in _BY_SEVERITY),
    _severity_shares,
    _crews,
    _households,
    _shocks,
    _slums,
)
"""What fills the fields, each of them once."""
