"""Everything one simulation reads: labels of the axes, opening stocks, and the arrays of each year.

Axis order is year, source, programme, class, draw, region. An axis along which a value does not vary keeps length 1;
opening stocks are full size. Programmes stand in blocks on one axis: those that repair houses, those that upgrade
slums, those that build new houses, those that complete estates, and housing finance, each block in the order written.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import InitVar, dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.errors import DataError, Problem
from backlog_model.translation import Text

Array = npt.NDArray[np.float64]

NO_LIMIT = 1e15
"""Stands for "no limit" in capacities, quotas and ramps: far above any real number of houses, and finite."""

AUTHORITIES = ("kabkota", "province", "centre")
SLUM_CLASSES = ("light", "medium", "heavy")


@dataclass(frozen=True)
class Axes:
    """Labels of every axis of a simulation, in order."""

    years: tuple[int, ...]
    province: str
    regions: tuple[str, ...]
    severities: tuple[str, ...] = ("light", "medium", "heavy")
    authorities: tuple[str, ...] = AUTHORITIES  # those that have slum, in the order of AUTHORITIES
    house_programmes: tuple[str, ...] = ()
    slum_programmes: tuple[str, ...] = ()
    new_house_programmes: tuple[str, ...] = ()
    estate_programmes: tuple[str, ...] = ()
    finance_programmes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    draws: int = 1

    @property
    def programmes(self) -> tuple[str, ...]:
        """All programmes, block after block."""
        return (
            *self.house_programmes,
            *self.slum_programmes,
            *self.new_house_programmes,
            *self.estate_programmes,
            *self.finance_programmes,
        )


class Opening(NamedTuple):
    """Stocks on 31 December before the first year, and what is already under way; every array is full size."""

    decent_houses: Array  # (draw, region) never treated
    treated_houses: Array  # (draw, region) treated since the opening
    rtlh_houses: Array  # (severity, draw, region)
    households: Array  # (draw, region)
    ownership_backlog_households: Array  # (draw, region)
    slum_ha: Array  # (authority x slum class, draw, region)
    slum_handled_ha: Array  # (authority, draw, region) out of slum, can relapse
    psu_estates: Array  # (draw, region)
    psu_complete_estates: Array  # (draw, region)
    psu_handed_over_estates: Array  # (draw, region)
    previous_start: Array  # (programme, draw, region) started last year, what a ramp grows from
    carried_houses: Array  # (house programme, severity, draw, region) started last year, finished this year
    carried_slum_ha: Array  # (slum programme, slum class, draw, region)
    carried_new_houses: Array  # (new-house programme, draw, region)


class YearInputs(NamedTuple):
    """Assumptions and levers; in `Inputs` each array has a leading year axis, in a step of the model it has none.

    Shapes below leave out the year. Names are those of the scenario file.
    """

    # what happens to houses: (draw, region), or (severity, draw, region) where marked K
    revision_class_houses: Array  # K, re-registered houses of a stated class, signed
    revision_houses: Array  # re-registered houses, split by the classes present, signed
    revision_ratio: Array  # re-registered RTLH over RTLH before, 1 = none
    revision_reclassified_share: Array  # 1: houses move from or to decent; 0: new records, or records struck off
    disaster_damaged_houses: Array  # K, damage that falls on decent and treated houses
    disaster_destroyed_houses: Array  # total losses among decent and treated houses
    deterioration_rate: Array
    severity_share: Array  # K, of houses that deteriorate
    relapse_rate: Array
    relapse_severity_share: Array  # K
    self_improvement_rate: Array  # K
    worsening_rate: Array  # K, to the next heavier class
    rtlh_loss_rate: Array  # K
    decent_loss_rate: Array
    treated_loss_rate: Array
    # households and building: (draw, region)
    households: Array  # at 31 December
    built_per_new_household: Array
    self_built_houses: Array  # a table of self-built and market houses, instead of or beside the rate
    substandard_share: Array  # K
    habitable_share: Array  # K, of RTLH that count as dwellings
    vacancy_share: Array
    new_non_owner_share: Array
    ownership_loss_rate: Array
    self_acquired_rate: Array
    other_home_share: Array
    mbr_share: Array
    take_up_rate: Array
    first_time_share: Array
    new_house_share: Array
    quota_households: Array  # regional
    provincial_quota_households: Array  # (draw, 1), shared over regions
    developer_capacity_households: Array
    bank_capacity_households: Array
    # money: (source, programme, draw, region)
    budget_idr: Array  # regional budgets as written
    provincial_budget_idr: Array  # (source, programme, draw, 1), shared over regions
    absorption_share: Array
    cofunding_share: Array
    # programmes of every block: (programme, draw, region)
    unit_cost_idr: Array  # of the year
    grant_idr: Array  # of the year
    overhead_share: Array
    leakage_share: Array
    drop_out_share: Array
    share_weight: Array  # weight of a region before need
    floor_share: Array
    cap_share: Array
    eligible_share: Array
    capacity_share: Array
    ramp_rate: Array
    ramp_start: Array
    finished_same_year_share: Array
    finished_next_year_share: Array
    known: Array  # (programme, 1, 1) 1 where the year's output is known
    realised: Array  # known output, regional [houses, ha]
    provincial_realised: Array  # (programme, draw, 1), shared over regions like the money
    spending_known: Array  # (programme, 1, 1)
    realised_spent_idr: Array  # regional
    provincial_spent_idr: Array  # (programme, draw, 1)
    # house programmes: (house programme, ...)
    effectiveness_share: Array  # (house programme, severity, draw, region)
    severity_mix: Array  # (house programme, severity, draw, region)
    overlap_share: Array
    official_tally_share: Array
    crews: Array  # (draw, region)
    houses_per_crew_year: Array
    # slums
    slum_revision_ha: Array  # (authority, draw, region), signed
    slum_class_share: Array  # (slum class, draw, region) of re-registered hectares where none are present
    new_slum_rate: Array
    slum_relapse_rate: Array
    slum_worsening_rate: Array  # (slum class, draw, region)
    slum_base_ha: Array  # (authority, draw, region) decree base
    slum_capacity_ha: Array  # (authority, draw, region)
    slum_mix: Array  # (slum programme, slum class, draw, region)
    # estates
    new_estates: Array
    new_compliant_share: Array
    psu_handover_rate: Array
    houses_per_estate: Array  # (estate programme, draw, region)


class Rules(NamedTuple):
    """Choices that do not vary over years, draws or regions; flags are 1.0 or 0.0."""

    treats: Array  # (house programme, severity)
    mix_given: Array  # (house programme,)
    slum_treats: Array  # (slum programme, slum class)
    slum_mix_given: Array  # (slum programme,)
    slum_authority: npt.NDArray[np.int64]  # (slum programme,) index into `Axes.authorities`
    slum_lift: npt.NDArray[np.int64]  # (slum programme,) classes a treated hectare climbs
    credit_kept: Array  # (slum class, 1 + slum class): kappa of the counting rule; first column: out of slum
    share_by_need: Array  # (programme,) 1: weight times need
    cofunded: Array  # (programme,)
    whole_houses: Array  # (programme,)
    funded: Array  # (source, programme) 1 where the scenario names that money
    revises: Array  # (2,) 1 if houses, and hectares, are re-registered in any year


def funded_pairs(rules: Rules) -> list[tuple[int, int]]:
    """Positions (programme, source) of every pot the scenario names, programme by programme: the pot axis of money."""
    return [(int(p), int(s)) for p, s in zip(*np.nonzero(rules.funded.T), strict=True)]


@dataclass(frozen=True)
class Coverage:
    """Where a source covers a stock: elsewhere arrays hold 0 and every output is empty."""

    slum: npt.NDArray[np.bool_]  # (authority, region)
    psu: npt.NDArray[np.bool_]  # (region,)
    ownership: bool = True


@dataclass(frozen=True)
class Inputs:
    """All arrays of one simulation, checked once and read-only.

    Attributes
    ----------
    checked : fields of `yearly` that hold the very arrays of other inputs, and `opening` where all of its fields do;
        those are not checked again
    """

    axes: Axes
    opening: Opening
    yearly: YearInputs
    rules: Rules
    coverage: Coverage
    checked: InitVar[Collection[str]] = ()

    def __post_init__(self, checked: Collection[str]) -> None:
        """Check shapes, finiteness and signs, and make every array read-only."""
        new = {name: array for name, array in self.yearly._asdict().items() if name not in checked}
        problems = [
            *_record_problems(
                {} if _OPENING in checked else self.opening._asdict(), OPENING_SHAPES, self.axes, years=False
            ),
            *_record_problems(new, YEAR_SHAPES, self.axes, years=True),
            *_sum_problems(self.yearly, new),
        ]
        if problems:
            raise DataError([Problem("inputs", problem) for problem in problems])
        for record in (self.opening, self.yearly, self.rules):
            for array in record:
                array.setflags(write=False)

    def at_year(self, position: int) -> YearInputs:
        """Arrays of one simulated year, without the year axis; what is the same everywhere is left as a number."""
        return YearInputs._make(_narrowed(array[min(position, len(array) - 1)]) for array in self.yearly)


_OPENING = "opening"  # name under which all fields of the opening are checked already

# Trailing axes before (draw, region) of the fields that have any; every other field is (draw, region).
_SEVERITY, _AUTHORITY, _SLUM, _AREA = ("severity",), ("authority",), ("slum_class",), ("authority x slum_class",)
_FUNDED, _PROGRAMME = ("source", "programme"), ("programme",)
OPENING_SHAPES: dict[str, tuple[str, ...]] = {
    "rtlh_houses": _SEVERITY,
    "slum_ha": _AREA,
    "slum_handled_ha": _AUTHORITY,
    "previous_start": _PROGRAMME,
    "carried_houses": ("house_programme", "severity"),
    "carried_slum_ha": ("slum_programme", "slum_class"),
    "carried_new_houses": ("new_house_programme",),
}
YEAR_SHAPES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "revision_class_houses",
            "disaster_damaged_houses",
            "severity_share",
            "relapse_severity_share",
            "self_improvement_rate",
            "worsening_rate",
            "rtlh_loss_rate",
            "substandard_share",
            "habitable_share",
        ),
        _SEVERITY,
    ),
    **dict.fromkeys(("budget_idr", "provincial_budget_idr", "absorption_share", "cofunding_share"), _FUNDED),
    **dict.fromkeys(
        (
            "unit_cost_idr",
            "grant_idr",
            "overhead_share",
            "leakage_share",
            "drop_out_share",
            "share_weight",
            "floor_share",
            "cap_share",
            "eligible_share",
            "capacity_share",
            "ramp_rate",
            "ramp_start",
            "finished_same_year_share",
            "finished_next_year_share",
            "known",
            "realised",
            "provincial_realised",
            "spending_known",
            "realised_spent_idr",
            "provincial_spent_idr",
        ),
        _PROGRAMME,
    ),
    **dict.fromkeys(("effectiveness_share", "severity_mix"), ("house_programme", "severity")),
    **dict.fromkeys(("overlap_share", "official_tally_share"), ("house_programme",)),
    **dict.fromkeys(("slum_revision_ha", "slum_base_ha", "slum_capacity_ha"), _AUTHORITY),
    **dict.fromkeys(("slum_class_share", "slum_worsening_rate"), _SLUM),
    "slum_mix": ("slum_programme", "slum_class"),
    "houses_per_estate": ("estate_programme",),
}
_SIGNED = {"revision_class_houses", "revision_houses", "slum_revision_ha"}
_UNBOUNDED_RATES = {"ramp_rate"}


def axis_lengths(axes: Axes) -> dict[str, int]:
    """Length of each named axis."""
    return {
        "severity": len(axes.severities),
        "authority": len(axes.authorities),
        "slum_class": len(SLUM_CLASSES),
        "authority x slum_class": len(axes.authorities) * len(SLUM_CLASSES),
        "source": len(axes.sources),
        "programme": len(axes.programmes),
        "house_programme": len(axes.house_programmes),
        "slum_programme": len(axes.slum_programmes),
        "new_house_programme": len(axes.new_house_programmes),
        "estate_programme": len(axes.estate_programmes),
    }


def _narrowed(array: Array) -> Array:
    """The array without its draw and region axes where both have length 1: numbers are faster than 1 x 1 arrays."""
    return array[..., 0, 0] if array.shape[-2:] == (1, 1) else array


def _record_problems(
    record: Mapping[str, Array], shapes: dict[str, tuple[str, ...]], axes: Axes, *, years: bool
) -> list[str]:
    allowed = {inner: _allowed(inner, axes, years=years) for inner in {(), *shapes.values()}}
    found: list[str] = []
    for name, array in record.items():
        expected = allowed[shapes.get(name, ())]
        if array.ndim != len(expected) or any(n not in wanted for n, wanted in zip(array.shape, expected, strict=True)):
            sizes = tuple(sorted(wanted) for wanted in expected)
            found.append(Text("{name} has shape {shape}; expected {sizes}", name=name, shape=array.shape, sizes=sizes))
        elif array.size:
            found += _value_problems(name, float(array.min()), float(array.max()))
    return found


def _allowed(inner: tuple[str, ...], axes: Axes, *, years: bool) -> list[set[int]]:
    """Lengths that each axis of an array may have, by the axes between year and draw."""
    lengths = axis_lengths(axes)
    between, draws, regions = [{lengths[axis]} for axis in inner], axes.draws, len(axes.regions)
    if years:
        return [{1, len(axes.years)}, *between, {1, draws}, {1, regions}]
    return [*between, {draws}, {regions}]


def _value_problems(name: str, least: float, most: float) -> list[str]:
    """What is wrong with a field of these extremes; both are NaN where any number is."""
    if not (math.isfinite(least) and math.isfinite(most)):
        return [Text("{name} holds a value that is not finite", name=name)]
    if name not in _SIGNED and least < 0:
        return [Text("{name} is {least:g}; expected 0 or more", name=name, least=least)]
    bounded = name.endswith(("_share", "_rate")) and name not in _UNBOUNDED_RATES
    if bounded and most > 1 + 1e-9:
        return [Text("{name} is {most:g}; expected at most 1", name=name, most=most)]
    return []


# Sums that must hold in every draw: shares that split add to exactly one, rates that leave one stock to at most one.
_SPLITS = ("severity_share", "relapse_severity_share")
_PARTS_OF_ONE = ("substandard_share",)
_LEAVING_TOGETHER = (
    ("deterioration_rate", "decent_loss_rate"),
    ("relapse_rate", "treated_loss_rate"),
    ("worsening_rate", "self_improvement_rate", "rtlh_loss_rate"),
    ("finished_same_year_share", "finished_next_year_share"),
)


def _sum_problems(yearly: YearInputs, new: Collection[str]) -> list[str]:
    """What is wrong with sums of which a part is new."""
    found = []
    for name in (*_SPLITS, *_PARTS_OF_ONE):
        if name in new:
            over = Text("{name} over classes", name=name)
            found += _sum_problem(over, getattr(yearly, name).sum(1), exact=name in _SPLITS)
    for names in _LEAVING_TOGETHER:
        if any(name in new for name in names):
            first, *others = (getattr(yearly, name) for name in names)
            found += _sum_problem(" + ".join(names), sum(others, first), exact=False)
    return found


def _sum_problem(name: str, value: Array, *, exact: bool) -> list[str]:
    if not value.size:
        return []
    least, most = value.min(), value.max()
    if not (most > 1 + 1e-9 or (exact and least < 1 - 1e-9)):
        return []
    return [
        Text(
            "{name} is {seen:g}; expected {wanted}",
            name=name,
            seen=most if most > 1 + 1e-9 else least,
            wanted=Text("exactly 1") if exact else Text("at most 1"),
        )
    ]
