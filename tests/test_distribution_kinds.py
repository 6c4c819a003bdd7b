"""Each kind of uncertain value as a planner writes it: its values by hand, its edges and its refusals."""

import math
from collections.abc import Mapping

import numpy as np
import pytest

from backlog_model.errors import ScenarioError
from backlog_model.scenario.distribution_numbers import DistributionError
from backlog_model.scenario.distributions import Distribution, parse_distribution, sample

INF = math.inf
ANY = (-INF, INF)
SHARE = (0.0, 1.0)
Written = Mapping[str, object]
Limits = tuple[float, float]


def values(distribution: Distribution, *probabilities: float) -> list[float]:
    return [float(each) for each in distribution.quantile(np.array(probabilities))]


def reached(distribution: Distribution, *places: float) -> list[float]:
    return [float(each) for each in distribution.cdf(np.array(places))]


def close(*expected: float) -> object:
    return pytest.approx(list(expected), rel=1e-12, abs=1e-15)


def refused(written: object, limits: Limits, message: str) -> tuple[str | int | float, ...]:
    """Place of what is refused with a message."""
    with pytest.raises(DistributionError, match=message) as caught:
        parse_distribution(written, limits)  # type: ignore[arg-type]
    return caught.value.at


def test_a_kind_is_kept_with_its_limits() -> None:
    read = parse_distribution({"uniform": [2, 6]}, (0.0, 9.0))
    assert (read.kind, read.limits, read.support) == ("uniform", (0.0, 9.0), (2.0, 6.0))
    assert parse_distribution({"uniform": [2, 6]}).limits == ANY
    assert (read.central(), read.mean(), read.is_event) == (4.0, 4.0, False)
    assert values(read, 0.25, 0.5) == [3.0, 4.0]
    assert reached(read, 1.0, 3.0, 7.0) == [0.0, 0.25, 1.0]


@pytest.mark.parametrize("edges", [[0, 1], [0, 0.5], [0.5, 1]])
def test_both_edges_of_a_uniform_may_be_limits(edges: list[float]) -> None:
    assert parse_distribution({"uniform": edges}, SHARE).support == tuple(edges)


@pytest.mark.parametrize("kind", ["triangular", "pert"])
def test_a_mode_may_lie_at_either_end(kind: str) -> None:
    left, right = (parse_distribution({kind: written}) for written in ([0, 0, 6], [0, 6, 6]))
    assert (left.mean(), right.mean()) == ((2, 4) if kind == "triangular" else (1, 5))
    assert left.central() == pytest.approx(6 - right.central(), rel=1e-12)
    assert refused({kind: [1, 2, 2.5]}, (0.0, 2.0), "^2.5 lies outside 0 to 2") == (kind, 2)
    assert refused({kind: [3, 3, 3]}, ANY, "^all are 3; write the number itself") == (kind,)


# Normal, lognormal and beta


def test_a_normal_mean_may_be_at_the_limit_when_it_is_cut_there() -> None:
    read = parse_distribution({"normal": {"mean": 0, "sd": 2}, "truncate": [0, 60]}, (0.0, INF))
    assert read.central() == pytest.approx(2 * 0.6744897501960817, rel=1e-12)  # 3/4 of all lie below it
    assert refused({"normal": {"mean": -0.1, "sd": 2}}, (0.0, INF), "^-0.1 lies outside 0 to inf") == ("normal", "mean")
    assert refused({"normal": {"mean": 5, "sd": -2}}, ANY, "^-2 lies outside 0 to inf") == ("normal", "sd")


def test_the_widest_lognormal() -> None:
    read = parse_distribution({"lognormal": {"median": 2, "sigma": 5}})
    assert [read.central(), read.mean()] == close(2, 2 * math.exp(12.5))
    message = r"^5.01 is too wide; expected a sigma of the logarithm up to 5, such as 0.6$"
    assert refused({"lognormal": {"median": 2, "sigma": 5.01}}, ANY, message) == ("lognormal", "sigma")
    assert refused({"lognormal": {"median": 0, "sigma": 1}}, ANY, "^0 leaves nothing") == ("lognormal", "median")
    assert refused({"lognormal": {"median": -2, "sigma": 1}}, ANY, "^-2 lies outside 0 to inf")


@pytest.mark.parametrize(
    ("mean", "sd", "a", "b"),
    [
        (0.5, math.sqrt(1 / 12), 1, 1),  # the variance of a beta law is m (1 - m) / (a + b + 1)
        (0.25, math.sqrt(0.1875 / 5), 1, 3),
        (2 / 3, math.sqrt(2 / 9 / 4), 2, 1),
    ],
)
def test_a_beta_law_by_mean_and_spread_is_one_by_its_two_numbers(mean: float, sd: float, a: float, b: float) -> None:
    spread = parse_distribution({"beta": {"mean": mean, "sd": sd}}, SHARE)
    plain = parse_distribution({"beta": {"a": a, "b": b}}, SHARE)
    assert values(spread, 0.1, 0.5, 0.9) == close(*values(plain, 0.1, 0.5, 0.9))
    assert spread.mean() == pytest.approx(mean, rel=1e-14)


def test_how_wide_and_how_narrow_a_beta_law_can_be() -> None:
    widest = r"^0.4 is too wide for a mean of 0.2; expected less than 0.4$"
    assert refused({"beta": {"mean": 0.2, "sd": 0.4}}, SHARE, widest) == ("beta", "sd")
    assert refused({"beta": {"mean": 0.5, "sd": 0.5}}, SHARE, r"^0.5 is too wide") == ("beta", "sd")
    assert parse_distribution({"beta": {"mean": 0.5, "sd": 0.4999}}, SHARE).mean() == 0.5
    assert parse_distribution({"beta": {"mean": 0.5, "sd": 1e-8}}, SHARE).mean() == 0.5
    narrow = r"^9e-09 leaves nothing uncertain; write the mean itself$"
    assert refused({"beta": {"mean": 0.5, "sd": 9e-9}}, SHARE, narrow) == ("beta", "sd")


@pytest.mark.parametrize(
    ("written", "place", "message"),
    [
        ({"a": 2, "b": 0}, ("b",), "^0 leaves nothing uncertain"),
        ({"a": -1, "b": 2}, ("a",), "^-1 lies outside 0 to inf"),
        ({"a": 2}, (), "^the entries 'a'; expected {a: …, b: …}$"),
        ({}, (), "^the entries nothing; expected {a: …, b: …}$"),
        ({"mean": 0.5}, (), "^the entries 'mean'; expected {mean: …, sd: …}$"),
        ({"sd": 0.5}, (), "^the entries 'sd'; expected {mean: …, sd: …}$"),
        ({"mean": 0.5, "sd": 0.1, "a": 1}, (), "^the entries 'mean', 'sd', 'a'; expected {mean: …, sd: …}$"),
        ([2, 3], (), r"^\[2, 3\]; expected {mean: …, sd: …}$"),
        ({"mean": 0, "sd": 0.1}, ("sd",), "^0.1 is too wide for a mean of 0; expected less than 0$"),
        ({"mean": 1.5, "sd": 0.1}, ("mean",), "^1.5 lies outside 0 to 1, the limits here$"),
        ({"mean": 0.5, "sd": 0}, ("sd",), "^0 leaves nothing uncertain; expected a number above 0$"),
    ],
)
def test_beta_laws_that_cannot_be(written: object, place: tuple[str, ...], message: str) -> None:
    assert refused({"beta": written}, ANY, message) == ("beta", *place)


def test_a_mean_of_a_beta_law_lies_within_the_limits_too() -> None:
    assert refused({"beta": {"mean": 0.3, "sd": 0.01}}, (0.5, 1.0), "^0.3 lies outside 0.5 to 1") == ("beta", "mean")


# Quantiles and samples


def test_quantiles_may_be_written_in_any_order_and_stay_level() -> None:
    read = parse_distribution({"quantiles": {0.9: 7, "0.1": 1, 0.5: 1}}, (1.0, 7.0))
    assert values(read, 0.05, 0.3, 0.5, 0.7, 0.9, 0.99) == close(1, 1, 1, 4, 7, 7)
    assert reached(read, 0.9, 1.0, 4.0, 7.0) == close(0, 0.5, 0.7, 1)
    assert read.central() == 1.0


def test_one_quantile_alone_is_the_value_itself() -> None:
    read = parse_distribution({"quantiles": {0.5: 3}})
    assert (values(read, 0.01, 0.99), read.mean(), read.support) == ([3.0, 3.0], 3.0, (3.0, 3.0))


@pytest.mark.parametrize(
    ("written", "place", "message"),
    [
        ({0.1: 1, 0.5: 3, 0.9: 2.5}, (0.9,), "^2.5 at 0.9 after 3 at 0.5; expected values that never fall$"),
        ({0.1: 1, "0.10": 2}, ("0.10",), "^2 at 0.1 after 1 at 0.1; expected values that never fall$"),
        ({0.1: -1}, (0.1,), "^-1 lies outside 0 to 9, the limits here$"),
        ({0: 1}, ("0",), "^0 is not a probability; expected a number between 0 and 1$"),
        ({}, (), "^{}; expected probabilities and values, such as {0.05: 10, 0.5: 12}$"),
        ("x", (), "^'x'; expected probabilities and values"),
    ],
)
def test_quantiles_that_cannot_be(written: object, place: tuple[str | float, ...], message: str) -> None:
    assert refused({"quantiles": written}, (0.0, 9.0), message) == ("quantiles", *place)


def test_samples_may_be_one_number_or_lie_at_the_limits() -> None:
    assert parse_distribution({"samples": [1, 0, 1]}, SHARE).central() == 1.0
    assert values(parse_distribution({"samples": [4]}), 0.1, 0.9) == [4.0, 4.0]


@pytest.mark.parametrize("written", ["12", 5, [], {}, {1: 2}])
def test_samples_are_a_list(written: object) -> None:
    assert refused({"samples": written}, ANY, r"; expected a list of at least one number$") == ("samples",)


def test_the_sample_outside_is_named() -> None:
    assert refused({"samples": [0.1, 0.2, 1.5]}, SHARE, "^1.5 lies outside 0 to 1") == ("samples", 2)


# Mixtures and events


def test_weights_may_miss_1_by_rounding_only() -> None:
    parts = [{"weight": 0.5, "uniform": [0, 1]}, {"weight": 0.5 + 5e-10, "uniform": [0, 1]}]
    assert parse_distribution({"mixture": parts}).central() == pytest.approx(0.5, rel=1e-8)
    for slip, total in ((-2e-9, "0.999999998"), (2e-9, "1.000000002")):
        parts[1]["weight"] = 0.5 + slip
        assert refused({"mixture": parts}, ANY, f"^the weights add to {total}; expected 1$") == ("mixture",)
    parts[1]["weight"] = 0.6
    assert refused({"mixture": parts}, ANY, r"^the weights add to 1.1; expected 1$") == ("mixture",)


@pytest.mark.parametrize(
    ("written", "place", "message"),
    [
        ([], (), r"^\[\]; expected a list such as \[{weight: 0.9, beta: …}, {weight: 0.1, …}\]$"),
        ("ab", (), "^'ab'; expected a list such as"),
        ({"weight": 1}, (), "; expected a list such as"),
        ([{"weight": 0.5, "uniform": [0, 1]}, 3], (1,), "^3; expected a weight and one kind of distribution$"),
        ([{"weight": 0, "uniform": [0, 1]}], (0, "weight"), "^0 leaves nothing uncertain"),
        ([{"weight": 1}], (0,), "^no kind among 'weight'; expected exactly one of range, uniform"),
        ([{"weight": 1, "uniform": [0, 2]}], (0, "uniform", 1), "^2 lies outside 0 to 1"),
        ([{"weight": 1, "uniform": [0, 1], "truncate": [2, 3]}], (0, "truncate"), "^no value lies from 2 to 3"),
    ],
)
def test_mixtures_that_cannot_be(written: object, place: tuple[str | int, ...], message: str) -> None:
    assert refused({"mixture": written}, SHARE, message) == ("mixture", *place)


@pytest.mark.parametrize("probability", [0, 0.25, 1])
def test_any_probability_may_be_that_of_an_event(probability: float) -> None:
    read = parse_distribution({"event": {"probability": probability, "size": 8}}, (0.0, 8.0))
    assert (read.central(), read.mean(), read.is_event) == (8 * probability, 8 * probability, True)
    assert reached(read, 0.0, 8.0) == [1 - probability, 1.0]


@pytest.mark.parametrize("probability", [-0.1, 1.1])
def test_no_other_number_is_a_probability(probability: float) -> None:
    place = refused({"event": {"probability": probability, "size": 8}}, ANY, "lies outside 0 to 1, the limits here$")
    assert place == ("event", "probability")


def test_a_size_is_never_below_0_nor_outside_the_limits() -> None:
    event = {"probability": 0.5, "size": -1}
    assert refused({"event": event}, ANY, r"^-1 lies outside 0 to inf, the limits here$") == ("event", "size")
    assert refused({"event": event}, (-5.0, 9.0), r"^-1 lies outside 0 to 9, the limits here$") == ("event", "size")
    event["size"] = 0.5
    assert refused({"event": event}, (1.0, 9.0), r"^0.5 lies outside 1 to 9, the limits here$") == ("event", "size")
    assert parse_distribution({"event": {"probability": 0.5, "size": 0}}).mean() == 0.0
    open_tail = {"probability": 0.5, "size": {"normal": {"mean": 1, "sd": 1}}}
    assert refused({"event": open_tail}, ANY, "^15.87% of the values lie outside 0 to inf") == (
        *("event", "size"),
        "normal",
    )


def test_counts_have_a_mean_within_the_limits_and_above_0() -> None:
    assert refused({"poisson": {"mean": 12}}, (0.0, 9.0), r"^12 lies outside 0 to 9") == ("poisson", "mean")
    assert refused({"poisson": {"mean": 0}}, ANY, "^0 leaves nothing uncertain") == ("poisson", "mean")
    assert refused({"poisson": {"mean": 3, "sd": 1}}, ANY, "^the entries 'mean', 'sd'; expected {mean: …}$")
    wide = {"mean": 12, "dispersion": 0.1}
    assert refused({"negative_binomial": wide}, (0.0, 9.0), r"^12 lies outside 0 to 9") == (
        *("negative_binomial", "mean"),
    )
    assert refused({"negative_binomial": {"mean": 3, "dispersion": 0}}, ANY, "^0 leaves nothing uncertain") == (
        *("negative_binomial", "dispersion"),
    )


# Truncation


@pytest.mark.parametrize(
    ("written", "cut", "support"),
    [
        ({"samples": [1, 5, 9]}, [0, 1], (1, 1)),
        ({"samples": [1, 5, 9]}, [9, 12], (9, 9)),
        ({"samples": [1, 5, 9]}, [1, 9], (1, 9)),
        ({"uniform": [0, 1]}, [0, 1e-9], (0, 1e-9)),
        ({"poisson": {"mean": 3}}, [-3, 0], (0, 0)),
        ({"uniform": [0, 1]}, [-3, 0.5], (0, 0.5)),
    ],
)
def test_a_cut_may_leave_a_single_end(written: Written, cut: list[float], support: Limits) -> None:
    assert parse_distribution({**written, "truncate": cut}).support == support


@pytest.mark.parametrize(
    ("written", "cut", "message"),
    [
        (
            {"uniform": [0, 1]},
            [0, 9e-10],
            r"^only 9e-10 of the values lie from 0 to 9e-10; 90 % of them lie from 0.05 to 0.95$",
        ),
        ({"uniform": [1, 3]}, [0, 1], r"^no value lies from 0 to 1; 90 % of them lie from 1.1 to 2.9$"),
        ({"uniform": [1, 3]}, [3, 4], r"^no value lies from 3 to 4; 90 % of them lie from 1.1 to 2.9$"),
        ({"samples": [1, 5, 9]}, [0, 0.9], r"^no value lies from 0 to 0.9; 90 % of them lie from 1 to 9$"),
        ({"samples": [1, 5, 9]}, [9.1, 12], r"^no value lies from 9.1 to 12; 90 % of them lie from 1 to 9$"),
        ({"uniform": [1, 3]}, [2, 2], "^all are 2; write the number itself when nothing is uncertain$"),
        ({"uniform": [1, 3]}, [3, 2], "^2 after 3; expected low <= high$"),
    ],
)
def test_a_cut_that_leaves_too_little(written: Written, cut: list[float], message: str) -> None:
    place = refused({**written, "truncate": cut}, ANY, message)
    assert place == ("truncate", 1) if " after " in message else place == ("truncate",)


def test_a_chance_event_is_cut_inside() -> None:
    flood = {"event": {"probability": 0.5, "size": {"uniform": [0, 8], "truncate": [2, 4]}}}
    assert values(parse_distribution(flood), 0.5, 0.75, 0.875) == close(0, 3, 3.5)
    assert parse_distribution(flood).mean() == pytest.approx(1.5, rel=1e-12)
    whole = r"^a chance event cannot be truncated as a whole; truncate its size instead$"
    assert refused({**flood, "truncate": [0, 5]}, ANY, whole) == ("truncate",)
    mixed = {"mixture": [{"weight": 0.5, **flood}, {"weight": 0.5, "uniform": [0, 1]}], "truncate": [0, 1]}
    inside = r"^a chance event cannot be truncated as a whole; truncate the sizes inside it instead$"
    assert refused(mixed, ANY, inside) == ("truncate",)


# Which kind


def test_exactly_one_kind_is_asked_for() -> None:
    kinds = "range, uniform, triangular, pert, normal, lognormal, beta, quantiles, samples, mixture, event"
    asked = rf"; expected exactly one of {kinds}, negative_binomial, poisson$"
    assert refused({"unifrm": [0, 1]}, ANY, rf"^no kind among 'unifrm'{asked}") == ()
    assert refused({}, ANY, rf"^no kind among nothing{asked}") == ()
    assert refused({"uniform": [0, 1], "pert": [0, 1, 2]}, ANY, rf"^several kinds \(uniform, pert\){asked}") == ()
    assert refused([1, 2], ANY, r"^\[1, 2\]; expected a mapping such as {range: \[1, 2, 4\]}$") == ()


# Samples drawn together


def test_each_replicate_of_an_even_sample_has_one_value_in_each_part() -> None:
    """160 draws are 16 replicates of 10, each with one value in every tenth."""
    drawn = sample({"a": {"uniform": [0, 10]}, "b": {"uniform": [100, 110]}}, None, 160)
    assert drawn.shape == (160, 2)
    for place in range(16):
        rows = np.sort(np.floor(drawn[10 * place : 10 * place + 10]), axis=0)
        assert rows[:, 0].tolist() == list(range(10))
        assert rows[:, 1].tolist() == list(range(100, 110))


def test_one_correlated_pair_and_one_value_alone() -> None:
    kinds: list[Written] = [{"uniform": [0, 1]}, {"uniform": [0, 1]}, {"samples": [5]}]
    matrix = np.array([[1, 0.9, 0], [0.9, 1, 0], [0, 0, 1]])
    free, tied = sample(kinds, None, 64, seed=3), sample(kinds, matrix, 64, seed=3)
    assert tied[:, 0].tolist() == free[:, 0].tolist()
    assert tied[:, 2].tolist() == [5.0] * 64
    assert np.abs(tied[:, 1] - tied[:, 0]).mean() < np.abs(free[:, 1] - free[:, 0]).mean() / 2


def test_a_sample_starts_at_seed_1_and_is_spread_evenly_unless_told_otherwise() -> None:
    kinds: list[Written] = [{"uniform": [0, 1]}]
    plain = sample(kinds, None, 20)
    assert plain.tolist() == sample(kinds, None, 20, 1, "latin_hypercube").tolist()
    assert plain.tolist() != sample(kinds, None, 20, 2).tolist()


def test_nothing_to_draw_and_no_matrix() -> None:
    with pytest.raises(ScenarioError, match="kinds: nothing to draw; expected at least one distribution"):
        sample({}, None, 10)
    with pytest.raises(ScenarioError, match="correlation: not a matrix of numbers; expected a row for each value"):
        sample([{"uniform": [0, 1]}], {"a": 1}, 10)  # type: ignore[arg-type]
