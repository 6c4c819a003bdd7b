"""Numbers over years and regions, each year and region worked out by hand."""

import math
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from backlog_model.errors import ScenarioError
from backlog_model.scenario.distributions import parse_distribution
from backlog_model.scenario.paths import (
    Array,
    Changes,
    Drawn,
    Everywhere,
    Form,
    Points,
    Recovery,
    Regional,
    Split,
    Value,
    numbers_in,
)
from backlog_model.scenario.units import unit_of

ZERO_TO_TEN = parse_distribution({"uniform": [0, 10]})  # at probability 0.25 it is 2.5
FACTOR = parse_distribution({"uniform": [0, 4]}, (0.0, 1e6))  # 1 at 0.25, the middle is 2
REGIONS = ("63.01", "63.02", "63.03")
HALVES = Value(Regional(REGIONS[:2], (1.0, 1.0)))


class Given:
    """Numbers in (0, 1), and what they were asked for."""

    def __init__(self, numbers: Array) -> None:
        self.numbers = numbers
        self.asked: list[tuple[object, ...]] = []

    def __call__(self, name: str, drawn: Drawn, years: tuple[int, ...], regions: tuple[str, ...]) -> Array:
        self.asked.append((name, drawn, years, regions))
        return self.numbers


def of_draws(*numbers: float) -> Array:
    """One number for each draw."""
    return np.array(numbers)[None, :, None]


def line(value: Value, *years: int, region: str = "63.01") -> list[float]:
    """Central numbers of one region."""
    array = value.array(years, (region,))
    assert array.shape[1:] == (1, 1)
    return [float(each) for each in array[:, 0, 0]]


# numbers by year


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        # each number holds until the next; 20 * 1.5 = 30, 30 * 1.5 = 45
        (Points((2026, 2028), (10.0, 20.0), growth=0.5), [10.0, 10.0, 20.0, 30.0, 45.0]),
        (Points((2026, 2028), (10.0, 20.0), growth=-0.5), [10.0, 10.0, 20.0, 10.0, 5.0]),
        (Points((2026, 2028), (10.0, 20.0)), [10.0, 10.0, 20.0, 20.0, 20.0]),
        (Points((2020,), (1.0,), growth=1.0), [64.0, 128.0, 256.0, 512.0, 1024.0]),  # 2 ** 6 and on
        (Points((2020, 2022, 2026), (1.0, 2.0, 3.0)), [3.0] * 5),
        (Points((2020, 2029), (7.0, 8.0), growth=1.0), [7.0, 7.0, 7.0, 8.0, 16.0]),
    ],
)
def test_numbers_before_between_and_after_the_years_written(points: Points, expected: list[float]) -> None:
    assert points.at((2026, 2027, 2028, 2029, 2030)).tolist() == expected
    assert points.at((2028,)).tolist() == [expected[2]]


def test_only_years_written_are_listed() -> None:
    listed = Points((2026, 2028), (10.0, 20.0), growth=0.5).listed((2025, 2026, 2027, 2028, 2029))
    assert [None if math.isnan(each) else each for each in listed] == [None, 10.0, None, 20.0, None]


@pytest.mark.parametrize(
    "record",
    [
        Points((2026,), (1.0,)),
        Everywhere(1.0),
        Regional(("63.01",), (1.0,)),
        Split(Value.constant(1), HALVES),
        Changes(None, (1.0,)),
        Recovery(2025, 2026, 0.5),
        Value.constant(1),
    ],
)
def test_what_was_read_stays_as_it_is(record: object) -> None:
    name = next(iter(vars(record)))
    with pytest.raises(FrozenInstanceError, match=f"cannot assign to field '{name}'"):
        setattr(record, name, None)


def test_two_values_of_the_same_number_are_two() -> None:
    assert len({Value.constant(1), Value.constant(1)}) == 2


def test_what_was_written_is_not_said_twice() -> None:
    value = Value(Everywhere(2.5), written={"range": [1, 2.5, 4]})
    assert "2.5" in repr(value)
    assert "range" not in repr(value)


# what is known of a value


@pytest.mark.parametrize(
    ("value", "is_drawn", "has_drawn_split", "is_uncertain"),
    [
        (Value.constant(1), False, False, False),
        (Value(Everywhere(ZERO_TO_TEN)), True, False, True),
        (Value(Everywhere(1.0), spread=FACTOR), True, False, True),
        (Value(Regional(REGIONS[:2], (1.0, ZERO_TO_TEN))), True, False, True),
        (Value(Split(Value.constant(8), HALVES)), False, False, False),
        (Value(Split(Value.constant(8), HALVES, 50.0)), False, True, True),
        (Value(Split(Value(Everywhere(ZERO_TO_TEN)), HALVES)), True, False, True),
    ],
)
def test_what_differs_between_draws(value: Value, is_drawn: bool, has_drawn_split: bool, is_uncertain: bool) -> None:
    assert (value.is_drawn, value.has_drawn_split, value.is_uncertain) == (is_drawn, has_drawn_split, is_uncertain)


LATE, EARLY = Points((2027, 2029), (1.0, 2.0)), Points((2025, 2028), (3.0, 4.0))


@pytest.mark.parametrize(
    ("value", "known", "first"),
    [
        (Value.constant(1), (), None),
        (Value(Everywhere(LATE)), (2027, 2029), 2027),
        (Value(Regional(REGIONS, (LATE, EARLY, 5.0))), (2025, 2027, 2028, 2029), 2027),
        (Value(Split(Value(Everywhere(EARLY)), Value(Regional(REGIONS[:1], (LATE,))))), (2025, 2027, 2028, 2029), 2027),
        (Value(Everywhere(1.0), instead=Changes(None, (EARLY,))), (2025, 2028), None),
        (Value(Everywhere(1.0), instead=Changes(None, (2.0,))), (), None),
    ],
)
def test_years_written(value: Value, known: tuple[int, ...], first: int | None) -> None:
    assert value.known_years() == known
    assert value.first_year() == first


@pytest.mark.parametrize(
    ("form", "covered", "by_region"),
    [
        (Everywhere(1.0), (True, True, True), False),
        (Regional(("63.01", "63.03"), (1.0, 2.0)), (True, False, True), True),
        (Split(Value.constant(9), Value(Regional(("63.02",), (1.0,)))), (False, True, False), True),
        (Split(Value.constant(9), Value.constant(1)), (True, True, True), True),
    ],
)
def test_regions_that_have_a_number(form: Form, covered: tuple[bool, ...], by_region: bool) -> None:
    value = Value(form)
    assert value.covered(REGIONS) == covered
    assert value.by_region == by_region


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        (Everywhere(3.0), [3.0]),
        (Everywhere(ZERO_TO_TEN), [5.0]),  # the middle of 0 and 10
        (Regional(REGIONS, (EARLY, ZERO_TO_TEN, 7.0)), [3.0, 4.0, 5.0, 7.0]),
        (Split(Value.constant(8), HALVES), [8.0, 1.0, 1.0]),
    ],
)
def test_every_number_of_a_path(form: Form, numbers: list[float]) -> None:
    assert list(numbers_in(form)) == numbers


# years asked for


@pytest.mark.parametrize("years", [(2026,), (2026, 2027), (2027, 2026)])
def test_a_year_before_the_first_is_refused_even_beside_others(years: tuple[int, ...]) -> None:
    value = Value(Everywhere(Points((2027, 2028), (1.0, 2.0))), path="budget")
    with pytest.raises(ScenarioError, match=r"^budget: no number for 2026; the first year written is 2027$"):
        value.array(years, REGIONS)


def test_the_first_year_written_may_be_asked_for() -> None:
    assert line(Value(Everywhere(Points((2027, 2028), (1.0, 2.0)))), 2027) == [1.0]


def test_one_number_has_one_place_for_all_years_and_regions() -> None:
    assert Value(Everywhere(3.0)).array((2026, 2027), REGIONS).tolist() == [[[3.0]]]
    assert Value(Everywhere(ZERO_TO_TEN)).array((2026, 2027), REGIONS).tolist() == [[[5.0]]]
    assert Value(Everywhere(LATE)).array((2027, 2029), REGIONS).tolist() == [[[1.0]], [[2.0]]]


def test_a_region_that_is_not_written_has_nothing() -> None:
    value = Value(Regional(("63.01", "63.03"), (Points((2026, 2027), (1.0, 2.0)), 5.0)))
    assert value.array((2026, 2027), REGIONS).tolist() == [[[1.0, 0.0, 5.0]], [[2.0, 0.0, 5.0]]]


# changes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (Changes(None, (7.0,)), [[7.0], [7.0]]),
        (Changes(None, (Points((2027,), (7.0,)),)), [[None], [7.0]]),
        (Changes(("63.03", "63.01"), (7.0, Points((2026,), (8.0,)))), [[8.0, None, 7.0], [None, None, 7.0]]),
    ],
)
def test_changes_by_year_and_region(changes: Changes, expected: list[list[float | None]]) -> None:
    array = changes.array((2026, 2027), REGIONS)
    assert array.shape == (2, 1, len(expected[0]))
    assert [[None if math.isnan(each) else each for each in row[0]] for row in array] == expected


def test_only_regions_named_are_changed() -> None:
    form = Regional(REGIONS, (10.0, 20.0, 30.0))
    instead = Value(form, instead=Changes(("63.02",), (Points((2027,), (5.0,)),)))
    assert instead.array((2026, 2027), REGIONS).tolist() == [[[10.0, 20.0, 30.0]], [[10.0, 5.0, 30.0]]]
    multiply = Value(form, multiply=Changes(("63.02",), (Points((2027,), (3.0,)),)))
    assert multiply.array((2026, 2027), REGIONS).tolist() == [[[10.0, 20.0, 30.0]], [[10.0, 60.0, 30.0]]]


def test_what_stands_instead_is_multiplied_too() -> None:
    value = Value(Everywhere(10.0), instead=Changes(None, (4.0,)), multiply=Changes(None, (Points((2027,), (3.0,)),)))
    assert line(value, 2026, 2027) == [4.0, 4.0 * 3]


# recovery


@pytest.mark.parametrize(
    ("level", "fallen", "share", "expected"),
    [
        # a quarter of the distance each year: 100 - 60 * 0.75 = 55, 100 - 60 * 0.75 ** 2 = 66.25
        (100.0, 40.0, 0.25, [100.0, 40.0, 55.0, 66.25]),
        (100.0, 40.0, 1.0, [100.0, 40.0, 100.0, 100.0]),
        (100.0, 40.0, 0.0, [100.0, 40.0, 40.0, 40.0]),
        (40.0, 100.0, 0.5, [40.0, 100.0, 100.0, 100.0]),
        (0.9, 0.1, 0.0, [0.9, 0.1, 0.9 - (0.9 - 0.1), 0.9 - (0.9 - 0.1)]),  # the year of the fall to the last digit
    ],
)
def test_recovery_year_by_year(level: float, fallen: float, share: float, expected: list[float]) -> None:
    value = Value(Everywhere(Points((2025, 2026), (level, fallen))), recover=Recovery(2025, 2026, share))
    assert line(value, 2025, 2026, 2027, 2028) == expected
    assert line(value, 2027, 2028) == expected[2:]  # neither of its two years is asked for
    assert line(value, 2026) == expected[1:2]
    assert line(value, 2028, 2026) == [expected[3], expected[1]]


def test_one_number_recovers_from_a_change() -> None:
    value = Value(
        Everywhere(80.0), multiply=Changes(None, (Points((2026,), (0.5,)),)), recover=Recovery(2025, 2026, 0.5)
    )
    assert line(value, 2026, 2027, 2028) == [40.0, 60.0, 70.0]


def test_recovery_region_by_region() -> None:
    form = Regional(REGIONS, (80.0, 10.0, 40.0))
    change = Changes(("63.01",), (Points((2026,), (0.5,)),))
    array = Value(form, multiply=change, recover=Recovery(2025, 2026, 0.5)).array((2027,), REGIONS)
    assert array.tolist() == [[[60.0, 10.0, 40.0]]]


def test_the_years_of_a_recovery_must_be_written() -> None:
    value = Value(Everywhere(Points((2025, 2026), (1.0, 2.0))), path="p", recover=Recovery(2024, 2026, 0.5))
    with pytest.raises(ScenarioError, match=r"^p: no number for 2024; the first year written is 2025$"):
        value.array((2026,), REGIONS)


# draws


def test_a_certain_value_takes_no_random_numbers() -> None:
    numbers = Given(of_draws(0.1, 0.2))
    for form in (Everywhere(3.0), Regional(REGIONS, (3.0, 3.0, 3.0)), Split(Value.constant(6), HALVES)):
        assert Value(form).array((2026,), REGIONS[:2], numbers).shape[1] == 1
    assert numbers.asked == []


def test_random_numbers_are_asked_for_by_name() -> None:
    numbers = Given(of_draws(0.1, 0.25, 0.5))
    value = Value(Everywhere(ZERO_TO_TEN), path="assumptions.x", drawn="region")
    assert value.array((2026, 2027), REGIONS, numbers).tolist() == [[[1.0], [2.5], [5.0]]]
    assert numbers.asked == [("assumptions.x", "region", (2026, 2027), REGIONS)]


def test_each_region_takes_its_own_random_numbers() -> None:
    drawn = np.array([[[0.1, 0.2, 0.3], [0.5, 0.6, 0.7]]])  # (year, draw, region)
    value = Value(Regional(REGIONS, (ZERO_TO_TEN, ZERO_TO_TEN, ZERO_TO_TEN)), drawn="region")
    assert value.array((2026,), REGIONS, Given(drawn)).tolist() == [[[1.0, 2.0, 3.0], [5.0, 6.0, 7.0]]]


def test_regions_may_share_random_numbers() -> None:
    value = Value(Regional(REGIONS, (ZERO_TO_TEN, 8.0, ZERO_TO_TEN)))
    assert value.array((2026,), REGIONS, Given(of_draws(0.1, 0.5))).tolist() == [[[1.0, 8.0, 1.0], [5.0, 8.0, 5.0]]]
    assert value.array((2026,), REGIONS).tolist() == [[[5.0, 8.0, 5.0]]]


def test_a_spread_multiplies_what_is_written() -> None:
    value = Value(Everywhere(Points((2026, 2027), (3.0, 5.0))), spread=FACTOR)
    # 4 * 0.25 = 1 and 4 * 0.75 = 3 times; in the central run 4 * 0.5 = 2 times
    assert value.array((2026, 2027), REGIONS, Given(of_draws(0.25, 0.75)))[..., 0].tolist() == [[3.0, 9.0], [5.0, 15.0]]
    assert line(value, 2026, 2027) == [6.0, 10.0]


def test_a_spread_ends_at_the_limits_of_a_share() -> None:
    value = Value(Everywhere(0.5), spread=FACTOR, unit=unit_of("share"))
    assert value.array((2026,), REGIONS, Given(of_draws(0.25, 0.75)))[0, :, 0].tolist() == [0.5, 1.0]


# a total split over regions


@pytest.mark.parametrize(
    ("weights", "expected"),
    [((1.0, 3.0), [25.0, 75.0]), ((0.25, 0.25), [50.0, 50.0]), ((0.0, 0.5), [0.0, 100.0]), ((0.0, 0.0), [0.0, 0.0])],
)
def test_a_total_is_split(weights: tuple[float, float], expected: list[float]) -> None:
    value = Value(Split(Value.constant(100), Value(Regional(REGIONS[:2], weights))))
    assert value.array((2026,), REGIONS[:2]).tolist() == [[expected]]


def test_weights_may_change_by_year() -> None:
    weights = Value(Regional(REGIONS[:2], (Points((2026, 2027), (1.0, 3.0)), 1.0)))
    array = Value(Split(Value.constant(100), weights)).array((2026, 2027), REGIONS[:2])
    assert array.tolist() == [[[50.0, 50.0]], [[75.0, 25.0]]]


def test_a_drawn_total_is_split_in_each_draw() -> None:
    value = Value(Split(Value(Everywhere(ZERO_TO_TEN)), HALVES))
    assert value.array((2026,), REGIONS[:2], Given(of_draws(0.2, 0.8))).tolist() == [[[1.0, 1.0], [4.0, 4.0]]]


def test_drawn_shares_keep_the_total_of_each_year() -> None:
    total = Value(Everywhere(Points((2026, 2027), (100.0, 300.0))))
    value = Value(Split(total, HALVES, 1e6), path="opening.rtlh_houses")
    numbers = Given(np.array([[[0.3, 0.9], [0.5, 0.5], [0.9, 0.1]]]))
    array = value.array((2026, 2027), REGIONS[:2], numbers)
    assert array.shape == (2, 3, 2)
    assert array.sum(axis=2) == pytest.approx(np.array([[100.0] * 3, [300.0] * 3]), rel=1e-12)
    assert array[:, 1].tolist() == [[50.0, 50.0], [150.0, 150.0]]
    # so large a concentration keeps close to the weights: a share has the variance 0.25 / 1e6, a spread of 0.0005
    assert array[1] == pytest.approx(150.0, abs=300 * 0.0005 * 3)
    assert array[0, 0, 0] < 50.0 < array[0, 2, 0]
    assert numbers.asked == [("opening.rtlh_houses.split", "region", (2026, 2027), REGIONS[:2])]


def test_the_central_run_keeps_the_weights() -> None:
    value = Value(Split(Value.constant(100), HALVES, 2.0))
    assert value.array((2026,), REGIONS[:2]).tolist() == [[[50.0, 50.0]]]
