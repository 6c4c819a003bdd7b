"""Entries that belong together: their names are known, and shares add to one."""

from pathlib import Path

import numpy as np
import pytest

from backlog_model.scenario.checking import Checking
from backlog_model.scenario.paths import Everywhere, Form, Points, Regional, Value
from backlog_model.scenario.schema import Scenario
from backlog_model.scenario.sums import (
    add_to_one,
    class_keys,
    one_value,
    regions_add_to_one,
    summed,
    sums_to_one,
)
from hand_worked import ONE, THREE, THREE_REGIONS, checking_of, load

CLASSES = ("light", "medium", "heavy")
REGIONS = ("63.01", "63.02", "63.03")


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load(tmp_path_factory.mktemp("three"), THREE, THREE_REGIONS)


@pytest.fixture
def checking(scenario: Scenario) -> Checking:
    return checking_of(scenario)


@pytest.fixture
def single(tmp_path_factory: pytest.TempPathFactory) -> Checking:
    """One region only."""
    return checking_of(load(tmp_path_factory.mktemp("one"), ONE))


def value(number: float) -> Value:
    return Value(Everywhere(number))


def by_year(first: int, *numbers: float) -> Value:
    return Value(Everywhere(Points(tuple(range(first, first + len(numbers))), numbers)))


def named(**numbers: float) -> dict[str, Value]:
    return {name: value(number) for name, number in numbers.items()}


def said(checking: Checking) -> list[str]:
    return [problem.message for problem in checking.reading.findings.problems()]


@pytest.mark.parametrize(
    ("names", "whole", "right", "problems"),
    [
        (CLASSES, True, True, []),
        (CLASSES, False, True, []),
        (("light", "heavy"), True, False, ["at: nothing for medium; expected light, medium, heavy"]),
        (("light",), True, False, ["at: nothing for medium, heavy; expected light, medium, heavy"]),
        (("light",), False, True, []),
        ((), False, True, []),
        ((*CLASSES, "hevy"), True, False, ["at.hevy: unknown name; did you mean heavy?"]),
        (("roof",), False, False, ["at.roof: unknown name; expected one of light, medium, heavy"]),
    ],
)
def test_names_of_classes(
    checking: Checking, names: tuple[str, ...], whole: bool, right: bool, problems: list[str]
) -> None:
    entry = dict.fromkeys(names, value(1.0))
    assert class_keys("at", entry, CLASSES, checking, whole=whole) is right
    assert said(checking) == problems


def test_all_classes_are_expected_unless_said_otherwise(checking: Checking) -> None:
    assert class_keys("at", named(light=1.0), CLASSES, checking) is False


@pytest.mark.parametrize(
    ("path", "known", "problems"),
    [
        ("opening.share", CLASSES, ["opening.share: missing; write the shares of light, medium, heavy"]),
        ("opening.share", ("light", "heavy"), ["opening.share: missing; write the shares of light, heavy"]),
        ("opening.share", ("all",), []),
        ("assumptions.share", CLASSES, []),
    ],
)
def test_shares_that_are_missing(checking: Checking, path: str, known: tuple[str, ...], problems: list[str]) -> None:
    sums_to_one(path, {}, known, checking)
    assert said(checking) == problems


@pytest.mark.parametrize(
    ("numbers", "problems"),
    [
        ((0.5, 0.3, 0.2), []),
        ((0.5, 0.3, 0.2000009), []),
        ((0.5, 0.3, 0.1999991), []),
        ((0.5, 0.3, 0.2000011), ["at: the shares add to 1.0000011; expected 1"]),
        ((0.5, 0.3, 0.1999989), ["at: the shares add to 0.9999989; expected 1"]),
        ((0.5, 0.3, 0.1), ["at: the shares add to 0.9; expected 1"]),
        ((1.0, 1.0, 1.0), ["at: the shares add to 3; expected 1"]),
        ((0.0, 0.0, 0.0), ["at: the shares add to 0; expected 1"]),
    ],
)
def test_shares_add_to_one(checking: Checking, numbers: tuple[float, float, float], problems: list[str]) -> None:
    light, medium, heavy = numbers
    sums_to_one("at", named(light=light, medium=medium, heavy=heavy), CLASSES, checking)
    assert said(checking) == problems


def test_shares_of_unknown_classes_are_not_added(checking: Checking) -> None:
    sums_to_one("at", named(light=0.5, roof=0.1), CLASSES, checking)
    assert said(checking) == [
        "at.roof: unknown name; expected one of light, medium, heavy",
        "at: nothing for medium, heavy; expected light, medium, heavy",
    ]


@pytest.mark.parametrize(
    ("years", "problems"),
    [
        ((0.5, 0.5, 0.5), []),
        ((0.5, 0.4, 0.5), ["at: the shares add to 0.9; expected 1"]),
        ((0.5, 0.5, 0.7), ["at: the shares add to 1.2; expected 1"]),
        ((0.6, 0.4, 0.5), ["at: the shares add to 0.9; expected 1"]),  # the smallest is told first
    ],
)
def test_shares_add_to_one_in_every_year(checking: Checking, years: tuple[float, ...], problems: list[str]) -> None:
    add_to_one("at", (value(0.5), by_year(2026, *years)), checking)
    assert said(checking) == problems


def test_shares_that_begin_too_late_are_not_added(checking: Checking) -> None:
    add_to_one("at", (value(0.5), by_year(2027, 0.1)), checking)
    assert said(checking) == []


def test_shares_of_the_opening_are_those_of_the_year_before(checking: Checking) -> None:
    shares = (value(0.5), by_year(2025, 0.5, 0.1))
    add_to_one("opening.at", shares, checking)
    assert said(checking) == []
    add_to_one("at", shares, checking)
    assert said(checking) == ["at: the shares add to 0.6; expected 1"]


@pytest.mark.parametrize(
    ("form", "problems"),
    [
        (Regional(REGIONS, (0.2, 0.3, 0.5)), []),
        (Regional(REGIONS, (0.2, 0.3, 0.5000009)), []),
        (Regional(REGIONS, (0.2, 0.3, 0.4)), ["at: the shares of the regions add to 0.9; expected 1"]),
        (Regional(REGIONS, (0.2, 0.3, 0.500002)), ["at: the shares of the regions add to 1.000002; expected 1"]),
        (Regional(REGIONS, (1.0, 1.0, 1.0)), ["at: the shares of the regions add to 3; expected 1"]),
        (
            Regional(REGIONS, (0.2, 0.3, Points((2026, 2028), (0.5, 0.4)))),
            ["at: the shares of the regions add to 0.9; expected 1"],
        ),
        (
            Regional(REGIONS, (0.2, 0.3, Points((2026, 2028), (0.5, 0.6)))),
            ["at: the shares of the regions add to 1.1; expected 1"],
        ),
        (Regional(REGIONS, (0.2, 0.3, Points((2027,), (0.4,)))), []),  # begins too late, which is said elsewhere
        (Everywhere(1.0), ["at: one number for all regions; expected a share of each region, adding to 1"]),
        (Everywhere(float("nan")), []),  # could not be read, which has been said
    ],
)
def test_shares_of_regions_add_to_one(checking: Checking, form: Form, problems: list[str]) -> None:
    regions_add_to_one("at", Value(form), checking)
    assert said(checking) == problems


def test_a_single_region_takes_everything(single: Checking) -> None:
    regions_add_to_one("at", value(1.0), single)
    assert said(single) == []
    regions_add_to_one("at", value(0.8), single)
    assert said(single) == ["at: the shares of the regions add to 0.8; expected 1"]


def test_two_regions_have_two_shares(tmp_path: Path) -> None:
    text = THREE.replace(', "63.03": 5000', "").replace(', "63.03": 3500', "")
    text = text.replace(', "63.03": 200', "").replace(', "63.03": 1300', "")
    two = checking_of(load(tmp_path, text, THREE_REGIONS.replace("63.03,Banjar\n", "")))
    regions_add_to_one("at", value(1.0), two)
    assert said(two) == ["at: one number for all regions; expected a share of each region, adding to 1"]


def test_values_are_added_by_year_and_region(checking: Checking) -> None:
    regional = Value(Regional(REGIONS, (1.0, 2.0, 3.0)))
    total = summed((value(10.0), by_year(2026, 1.0, 2.0, 4.0), regional), checking)
    assert total is not None
    assert np.array_equal(total[:, 0], [[12.0, 13.0, 14.0], [13.0, 14.0, 15.0], [15.0, 16.0, 17.0]])
    opening = summed((value(10.0), by_year(2024, 1.0, 2.0, 4.0)), checking, opening=True)
    assert opening is not None
    assert opening.ravel().tolist() == [12.0]


def test_no_sum_of_nothing_or_of_what_begins_too_late(checking: Checking) -> None:
    assert summed((), checking) is None
    assert summed((value(1.0), by_year(2027, 1.0)), checking) is None
    assert summed((by_year(2026, 1.0),), checking, opening=True) is None
    assert summed((by_year(2026, 1.0),), checking) is not None


def test_the_largest_sum_over_years_and_regions(checking: Checking) -> None:
    regional = Value(Regional(REGIONS, (1.0, 2.0, 3.0)))
    assert one_value(checking, (by_year(2026, 5.0, 9.0, 7.0), regional)) == 12.0
    assert one_value(checking, (value(0.25),)) == 0.25
    assert one_value(checking, ()) is None
    assert one_value(checking, (value(0.25), by_year(2028, 1.0))) is None
