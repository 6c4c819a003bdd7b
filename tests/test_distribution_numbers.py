"""Numbers that a distribution is written with: what is accepted, what is refused, and with which words."""

import math

import pytest

from backlog_model.scenario import distribution_numbers as numbers
from backlog_model.scenario.distribution_numbers import DistributionError

INF = math.inf


@pytest.mark.parametrize(
    ("seen", "limits"), [(0, (0, 1)), (1, (0, 1)), (0.5, (0, 1)), (-3, (-3, -3)), (7, (-INF, INF))]
)
def test_a_number_at_its_limits_is_accepted(seen: float, limits: tuple[float, float]) -> None:
    read = numbers.number(seen, (), limits)
    assert read == seen
    assert type(read) is float


@pytest.mark.parametrize(
    ("seen", "message"),
    [
        (-1e-9, "^-1e-09 lies outside 0 to 1, the limits here$"),
        (1.0000001, "^1 lies outside 0 to 1, the limits here$"),
        (True, "^True is not a number; expected a plain number such as 0.05 or 20_000_000$"),
        (None, "^None is not a number"),
        ("1", "^'1' is not a number"),
        (INF, "^inf is not finite; expected a finite number$"),
        (-INF, "^-inf is not finite"),
        (math.nan, "^nan is not finite"),
    ],
)
def test_other_numbers_are_refused_at_their_place(seen: object, message: str) -> None:
    with pytest.raises(DistributionError, match=message) as caught:
        numbers.number(seen, ("beta", "mean"), (0.0, 1.0))
    assert caught.value.at == ("beta", "mean")


def test_positive_means_above_0() -> None:
    assert numbers.positive(5e-324, ()) == 5e-324
    with pytest.raises(DistributionError, match=r"^0 leaves nothing uncertain; expected a number above 0$"):
        numbers.positive(0.0, ())
    with pytest.raises(DistributionError, match=r"^-1 lies outside 0 to inf, the limits here$"):
        numbers.positive(-1, ())


def test_numbers_may_stay_level_but_never_fall() -> None:
    names = ("low", "mode", "high")
    assert numbers.increasing([2, 2, 3], (), names, (2, 3)) == [2.0, 2.0, 3.0]
    assert numbers.increasing([2, 3, 3], (), names, (2, 3)) == [2.0, 3.0, 3.0]
    with pytest.raises(DistributionError, match=r"^1.5 after 2; expected low <= mode <= high$") as caught:
        numbers.increasing([1, 2, 1.5], ("pert",), names, (0, 9))
    assert caught.value.at == ("pert", 2)
    with pytest.raises(DistributionError, match=r"^9.5 lies outside 0 to 9, the limits here$") as caught:
        numbers.increasing([1, 2, 9.5], ("pert",), names, (0, 9))
    assert caught.value.at == ("pert", 2)
    with pytest.raises(DistributionError, match=r"^all are 2; write the number itself when nothing is uncertain$"):
        numbers.increasing([2, 2, 2], (), names, (0, 9))


@pytest.mark.parametrize("seen", ["12", 12, {1: 2}, None])
def test_a_list_is_asked_for(seen: object) -> None:
    with pytest.raises(DistributionError, match=r"is not a list; expected \[low, high\]$"):
        numbers.listed_numbers(seen, (), ("low", "high"))


@pytest.mark.parametrize("seen", [[], [1], [1, 2, 3]])
def test_a_list_has_one_place_for_each_name(seen: list[int]) -> None:
    with pytest.raises(DistributionError, match=rf"^{len(seen)} numbers; expected 2: \[low, high\]$"):
        numbers.listed_numbers(seen, (), ("low", "high"))
    assert numbers.listed_numbers((1, 2), (), ("low", "high")) == (1, 2)


def test_entries_come_with_their_places() -> None:
    read = numbers.fields({"sd": 2, "mean": 1}, ("normal",), "mean", "sd")
    assert read == [(1, ("normal", "mean")), (2, ("normal", "sd"))]


@pytest.mark.parametrize(
    ("seen", "message"),
    [
        ({}, "^the entries nothing; expected {mean: …, sd: …}$"),
        ({"mean": 1, "sd": 2, "x": 3}, "^the entries 'mean', 'sd', 'x'; expected {mean: …, sd: …}$"),
        (5, "^5; expected {mean: …, sd: …}$"),
    ],
)
def test_other_entries_are_refused(seen: object, message: str) -> None:
    with pytest.raises(DistributionError, match=message):
        numbers.fields(seen, (), "mean", "sd")


def test_a_probability_may_be_any_number_between_0_and_1() -> None:
    assert [numbers.probability_of_key(key, ()) for key in ("1e-9", 0.5, "0.999")] == [1e-9, 0.5, 0.999]


@pytest.mark.parametrize("key", [0, 1, -0.1, 1.5, "half", None])
def test_other_probabilities_are_refused(key: object) -> None:
    with pytest.raises(DistributionError, match=r"is not a probability; expected a number between 0 and 1$") as caught:
        numbers.probability_of_key(key, ("quantiles",))
    assert caught.value.at == ("quantiles", str(key))
