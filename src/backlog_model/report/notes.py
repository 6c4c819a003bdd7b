"""What has to stand beside numbers: that a split over regions is assumed, what is covered, how things are counted."""

from backlog_model.inputs import AUTHORITIES
from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.paths import Split, Value
from backlog_model.scenario.schema import Scenario

ASSUMED = "split by region is an assumption"
DERIVED = "split by region is derived from other figures"
SHARED = "provincial money, shared over regions by the programme's rule"
COVERED = "covered regions only"
_BASES = {
    "total": "base: RTLH at the opening",
    "fixed_base": "base: RTLH at the opening",
    "moving_base": "base: RTLH at the start of the year",
}
_HOUSES = ("rtlh_houses", "decent_houses", "treated_houses")
_HOUSEHOLDS = {
    "households": ("households",),
    "new_households": ("households",),
    "occupancy_backlog_households": (*_HOUSES, "households"),
}


def split_of(variable: str, scenario: Scenario) -> str | None:
    """Note on the regional rows of a variable: how the stocks it rests on were split over regions, if they were."""
    opening = scenario.opening
    unit = QUANTITIES[variable].unit
    if variable in _HOUSEHOLDS:
        stocks = [getattr(opening, name) for name in _HOUSEHOLDS[variable]]
    elif unit == "households":
        stocks = [opening.ownership_backlog_households, opening.households]
    elif unit == "ha" or variable.startswith("slum"):
        stocks = [*opening.slum_ha.values(), *opening.slum_handled_ha.values(), *opening.slum_base_ha.values()]
    elif unit == "estates" or variable.startswith("psu"):
        stocks = [opening.psu_estates, opening.psu_handed_over_estates]
    else:
        stocks = [getattr(opening, name) for name in _HOUSES]
    return _weakest(stocks)


def _weakest(stocks: list[Value | None]) -> str | None:
    splits = [stock.form.weights for stock in stocks if stock is not None and isinstance(stock.form, Split)]
    kinds = {weights.kind for weights in splits}
    if kinds & {"assumption", "unstated"}:
        return ASSUMED
    return DERIVED if "derived" in kinds else None


def note(variable: str, part: str, scenario: Scenario, projection: Projection, *, by: str) -> str:
    """Everything that has to stand beside the values of a variable, by `region` or for the `province`."""
    quantity = QUANTITIES[variable]
    found: list[str | None] = []
    if by == "region":
        found.append(_money_split(part, scenario) if quantity.parts == "money" else split_of(variable, scenario))
    elif _partly_covered(variable, part, projection):
        found.append(COVERED)
    if variable in ("slum_handled_ha", "slum_handled_share"):
        found.append(f"counting rule: {scenario.assumptions.slum_counting_rule}")
    if variable == "slum_handled_share":
        found.append("net of relapse" if part == "net" else "gross")
    if variable == "rtlh_handled_share":
        found.append(_BASES[part])
    if variable == "registry_remaining_houses":
        found.append("closed ledger of the official tally, without inflow")
    return "; ".join(each for each in found if each)


def _money_split(part: str, scenario: Scenario) -> str | None:
    """Whether money by region was written by region, or shared by a rule."""
    programme, _, source = part.partition(".")
    pots = [
        pot
        for name, entry in scenario.programmes.items()
        for each, pot in entry.budget_idr.items()
        if part == "total" or (name, each) == (programme, source)
    ]
    return SHARED if any(not pot.by_region for pot in pots) else _weakest(list(pots))


def _partly_covered(variable: str, part: str, projection: Projection) -> bool:
    """Whether some region, or some authority, is in no source."""
    coverage = projection.inputs.coverage
    if QUANTITIES[variable].parts in ("authority", "gross_net"):
        covered = coverage.slum[AUTHORITIES.index(part)] if part in AUTHORITIES else coverage.slum
        return not bool(covered.all())
    return QUANTITIES[variable].unit == "estates" and not bool(coverage.psu.all())
