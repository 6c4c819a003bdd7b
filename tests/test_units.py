"""Limits of each unit: at the limit a number is accepted, beyond it is refused."""

import math

import pytest

from backlog_model.scenario.reading import wrong_number
from backlog_model.scenario.units import FACTOR, NUMBER, SIGNED_HA, SIGNED_HOUSES, Unit, unit_of

LARGEST = 1_000_000_000_000_000.0
SHARE, RATE = "share, 0 to 1", "share of a stock per year, 0 to 1"
PRICE = "rupiah per house, hectare or household"

# field, what it measures, smallest and largest number, whether counted in large whole numbers, whether 0 is refused
LIMITS = [
    ("built_per_new_household", "houses per additional household", 0.0, 10.0, False, False),
    ("capacity_index", "number, any scale", 0.0, LARGEST, False, True),
    ("capacity_share", "share of the region's crews, 0 to 1", 0.0, 1.0, False, False),
    ("crews", "crews of artisans", 0.0, LARGEST, True, False),
    ("grant_idr", PRICE, 0.0, 1_000_000_000_000.0, True, True),
    ("household_growth_rate", "share per year, -0.2 to 0.2", -0.2, 0.2, False, False),
    ("houses_per_crew_year", "houses per crew and year", 0.0, 1000.0, False, False),
    ("houses_per_estate", "houses per estate", 0.0, 1_000_000.0, False, True),
    ("index", "number, any scale", 0.0, LARGEST, False, False),
    ("persons_per_household", "persons per household", 0.0, 30.0, False, True),
    ("population", "persons", 0.0, LARGEST, True, False),
    ("population_by_age", "persons", 0.0, LARGEST, True, False),
    ("ramp_rate", "largest growth per year, 1 for doubling", 0.0, 100.0, False, False),
    ("ramp_start", "houses, hectares or estates a year", 0.0, LARGEST, False, False),
    ("ratio", "new stock over old stock", 0.0, 1000.0, False, False),
    ("table", SHARE, 0.0, 1.0, False, False),
    ("unit_cost_idr", "rupiah per house or hectare", 0.0, 1_000_000_000_000.0, True, True),
    ("unit_cost_growth_rate", "share per year, -1 to 1", -1.0, 1.0, False, False),
    ("relapse_rate", RATE, 0.0, 1.0, False, False),
    ("mbr_share", SHARE, 0.0, 1.0, False, False),
    ("severity_mix", SHARE, 0.0, 1.0, False, False),
    ("rtlh_houses", "houses", 0.0, LARGEST, True, False),
    ("households", "households", 0.0, LARGEST, True, False),
    ("quota_households", "households", 0.0, LARGEST, True, False),
    ("psu_estates", "estates", 0.0, LARGEST, True, False),
    ("slum_ha", "hectares", 0.0, LARGEST, False, False),
    ("budget_idr", "rupiah", 0.0, LARGEST, True, False),
    ("anything", "number", -LARGEST, LARGEST, False, False),
]


@pytest.mark.parametrize(("field", "words", "lower", "upper", "whole", "positive"), LIMITS)
def test_limits_of_a_field(field: str, words: str, lower: float, upper: float, whole: bool, positive: bool) -> None:
    unit = unit_of(field)
    assert unit.words == words
    assert unit.limits == (lower, upper)
    assert wrong_number(lower, "", unit) == (f"0 {words}; expected more than 0" if positive else None)
    assert wrong_number(upper, "", unit) is None
    assert wrong_number(lower + 0.1, "", unit) is None
    for beyond in (lower - 0.5, upper + 0.5):
        assert wrong_number(beyond, "", unit) is not None
    slip = f"2.804 is read as 2.804 {words}; write 2804 (or 2.8040 for a number between 2 and 3)"
    assert (wrong_number(2.804, "2.804", unit) == slip) is whole


@pytest.mark.parametrize(
    ("unit", "words", "whole"),
    [
        (SIGNED_HA, "hectares, negative for a fall", False),
        (SIGNED_HOUSES, "houses, negative for a fall", True),
        (NUMBER, "number", False),
    ],
)
def test_a_signed_number_may_fall(unit: Unit, words: str, whole: bool) -> None:
    assert unit.words == words
    assert unit.limits == (-LARGEST, LARGEST)
    assert wrong_number(-LARGEST, "", unit) is None
    assert wrong_number(0.0, "", unit) is None
    assert unit.whole is whole


def test_a_unit_without_limits_counts_from_zero() -> None:
    unit = Unit("things")
    assert unit.limits == (0.0, LARGEST)
    assert (unit.whole, unit.positive) == (False, False)


@pytest.mark.parametrize(
    ("field", "limits"),
    [
        ("households", (0.0, math.inf)),
        ("mbr_share", (0.0, 1.0)),
        ("unit_cost_growth_rate", (-1.0, 1.0)),
        ("grant_idr", (0.0, 1_000_000_000_000.0)),
        ("anything", (-math.inf, math.inf)),
    ],
)
def test_only_what_is_counted_has_no_natural_limit(field: str, limits: tuple[float, float]) -> None:
    assert unit_of(field).natural_limits == limits


@pytest.mark.parametrize(
    ("number", "field", "problem"),
    [
        (-1, "rtlh_houses", "-1 is negative; expected houses"),
        (2, "mbr_share", "2 lies outside 0 to 1 (share, 0 to 1); write 0.02 for 2 percent"),
        (100, "mbr_share", "100 lies outside 0 to 1 (share, 0 to 1); write 1 for 100 percent"),
        (101, "mbr_share", "101 lies outside 0 to 1 (share, 0 to 1)"),
        (0.3, "household_growth_rate", "0.3 lies outside -0.2 to 0.2 (share per year, -0.2 to 0.2)"),
        (2e15, "slum_ha", "2e+15 is larger than anything to be counted; expected hectares up to 1e+15"),
        (11, "built_per_new_household", "11 lies outside 0 to 10 (houses per additional household)"),
    ],
)
def test_what_is_said_beyond_a_limit(number: float, field: str, problem: str) -> None:
    assert wrong_number(number, f"{number:g}", unit_of(field)) == problem


def test_the_longest_ending_that_is_known_counts() -> None:
    assert unit_of("grant_growth_rate").lower == -1.0
    assert unit_of("share").upper == 1.0
    assert unit_of("capacity_share").words != unit_of("floor_share").words


def test_a_factor_reaches_a_million() -> None:
    assert FACTOR.limits == (0.0, 1_000_000.0)
