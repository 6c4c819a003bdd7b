"""Correlations worked out by hand: what is possible together, what contradicts what, and the mixed numbers."""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pytest

from backlog_model.scenario import correlation
from backlog_model.scenario.correlation import Array, Conflict, Copula, matrix_problem

AB = ("a", "b")
ABC = ("a", "b", "c")
PHI = NormalDist()


class Stated(NamedTuple):
    between: tuple[str, ...]
    correlation: float


def matrix(*above: float) -> Array:
    """Symmetric matrix with 1 on its diagonal, from the numbers above it row by row: 1 of two names, 3 of three."""
    size = {1: 2, 3: 3, 6: 4}[len(above)]
    filled = np.zeros((size, size))
    filled[np.triu_indices(size, 1)] = above
    return filled + filled.T + np.eye(size)


@pytest.mark.parametrize(
    ("rank", "normal"),
    [
        (0.0, 0.0),
        (1.0, 1.0),
        (-1.0, -1.0),
        (0.5, (math.sqrt(6) - math.sqrt(2)) / 2),  # twice the sine of 15 degrees
        (-0.5, (math.sqrt(2) - math.sqrt(6)) / 2),
        (0.6, (math.sqrt(5) - 1) / 2),  # of 18 degrees
    ],
)
def test_normal_numbers_are_correlated_a_little_more_than_their_ranks(rank: float, normal: float) -> None:
    assert correlation.normal_correlation(rank) == pytest.approx(normal, rel=1e-15)


GOLDEN = (math.sqrt(5) - 1) / 2  # normal correlation of a rank correlation of 0.6


def test_the_smallest_eigenvalue_of_two_and_of_three() -> None:
    assert correlation.smallest_eigenvalue(matrix(0.6)) == pytest.approx(1 - GOLDEN, rel=1e-14)
    assert correlation.smallest_eigenvalue(matrix(-0.6)) == pytest.approx(1 - GOLDEN, rel=1e-14)
    chain = matrix(0.6, 0.0, 0.6)  # b goes with both, a and c do not go together: 1 - sqrt(2) times the number
    assert correlation.smallest_eigenvalue(chain) == pytest.approx(1 - math.sqrt(2) * GOLDEN, rel=1e-13)


def test_a_diagonal_may_be_rounded() -> None:
    rounded = np.array([[1 - 5e-10, 0.6], [0.6, 1 + 5e-10]])
    assert correlation.smallest_eigenvalue(rounded) == correlation.smallest_eigenvalue(matrix(0.6))


def test_numbers_all_but_fixed_by_others_are_not_possible() -> None:
    """Near 1 the smallest eigenvalue is 0.907 (the root of 3 times pi / 6) of what lacks to 1."""
    assert correlation.is_possible(matrix(1 - 1.2e-9))
    assert not correlation.is_possible(matrix(1 - 1.05e-9))
    assert correlation.is_possible(matrix(1.2e-9 - 1))
    assert not correlation.is_possible(matrix(1.0))


@pytest.mark.parametrize(("size", "lowest"), [(2, -1.0), (3, -0.48258), (4, -0.31980), (11, -0.095533)])
def test_what_any_number_of_values_must_lie_above(size: int, lowest: float) -> None:
    """Where the normal correlation is -1 / (size - 1): twice the sine of 30 degrees of the number."""
    assert correlation.lowest_for_all(size) == pytest.approx(lowest, abs=5e-6)
    normal = 2 * math.sin(math.radians(30) * correlation.lowest_for_all(size))
    assert normal == pytest.approx(-1 / (size - 1), rel=1e-14)


# A matrix of some names


@pytest.mark.parametrize(
    "rank",
    [
        matrix(0.0),
        matrix(0.999),
        matrix(-0.999),
        np.array([[1 + 5e-10, 0.5 + 5e-10], [0.5, 1 - 5e-10]]),
        np.array([[1, 0.5], [0.5 + 5e-10, 1]]),
    ],
)
def test_matrices_that_can_be(rank: Array) -> None:
    assert matrix_problem(rank, AB) is None


@pytest.mark.parametrize(
    ("rank", "problem"),
    [
        ([[1, 0, 0], [0, 1, 0]], r"shape (2, 3); expected (2, 2), a row and a column for each of a, b"),
        ([[1, math.nan], [math.inf, 1]], "nan for a and b; expected a finite number"),
        ([[1, 0], [-math.inf, 1]], "-inf for b and a; expected a finite number"),
        ([[1, 1.5], [1.2, 1]], "1.5 for a and b; expected -1 to 1"),
        ([[1, 0.5], [-1.2, 1]], "-1.2 for b and a; expected -1 to 1"),
        ([[0.5, 0], [0, 0.25]], "0.5 for a and a; expected 1, each goes along with itself"),
        ([[1, 0], [0, -1]], "-1 for b and b; expected 1, each goes along with itself"),
        ([[1, 0], [0, 1 - 2e-9]], "1 for b and b; expected 1, each goes along with itself"),
        ([[1, 1 + 2e-9], [1 + 2e-9, 1]], "1 for a and b; expected -1 to 1"),
        ([[1, 0.5], [0.25, 1]], "not symmetric: 0.5 for a and b, but 0.25 the other way round"),
        ([[1, 0.5], [0.5 + 2e-9, 1]], "not symmetric: 0.5 for a and b, but 0.5 the other way round"),
        ([[1, 0.5], [-0.5, 1]], "not symmetric: 0.5 for a and b, but -0.5 the other way round"),
        ([[1, 1], [1, 1]], "not possible together: smallest eigenvalue 0; expected above 0"),
    ],
)
def test_matrices_that_cannot_be(rank: list[list[float]], problem: str) -> None:
    assert matrix_problem(np.array(rank), AB) == problem


def test_the_widest_difference_is_named() -> None:
    rank = matrix(0.1, 0.2, 0.3)
    rank[1, 0], rank[2, 1] = 0.15, 0.9
    found = "not symmetric: 0.3 for b and c, but 0.9 the other way round"
    assert matrix_problem(rank, ABC) == found


# Statements


def test_a_pair_stated_twice_with_two_numbers_is_a_conflict() -> None:
    stated = [Stated(AB, 0.5), Stated(("c", "d"), 0.1), Stated(("b", "a"), 0.4), Stated(AB, 0.5), Stated(AB, -0.5)]
    assert correlation.conflicts(stated) == [
        Conflict(("b", "a"), 0, 2, (0.5, 0.4)),
        Conflict(AB, 0, 4, (0.5, -0.5)),
    ]


def test_two_statements_have_one_conflict_however_many_pairs_they_share() -> None:
    stated = [Stated(ABC, 0.5), Stated(("c", "b", "a"), 0.4)]
    assert correlation.conflicts(stated) == [Conflict(("c", "b"), 0, 1, (0.5, 0.4))]
    assert correlation.conflicts([Stated(ABC, 0.5), Stated(ABC, 0.5)]) == []
    assert correlation.conflicts([Stated(("a", "b", "a"), 0.5)]) == []


def test_what_is_possible_is_not_told() -> None:
    assert correlation.impossible([Stated(ABC, 0.5), Stated(("x", "y"), -0.9)]) == []


def test_an_impossible_group_names_the_statement_that_made_it_so() -> None:
    """a with b and b with c, a and c not stated: 1 - sqrt(2) x 2 sin(27 degrees) is the smallest eigenvalue."""
    stated = [Stated(("x", "y"), 0.3), Stated(AB, 0.9), Stated(("b", "c"), 0.9), Stated(("c", "d"), 0.1)]
    (found,) = correlation.impossible(stated)
    assert found[1:] == (2, (1, 2, 3), ("a", "c"))
    (alone,) = correlation.impossible(stated[:3])
    assert alone[1:] == (2, (1, 2), ("a", "c"))
    assert alone.eigenvalue == pytest.approx(1 - math.sqrt(8) * math.sin(math.radians(27)), rel=1e-13)


def test_two_that_are_one_are_named_before_what_follows() -> None:
    stated = [Stated(AB, 1.0), Stated(("b", "c"), 0.5), Stated(("a", "c"), 0.5)]
    (found,) = correlation.impossible(stated)
    assert (found.at, found.stated, found.unstated) == (0, (0, 1, 2), None)
    assert found.eigenvalue == pytest.approx(0.0, abs=1e-15)


def test_the_last_of_a_group_may_make_it_impossible() -> None:
    stated = [Stated(AB, 0.9), Stated(("b", "c"), 0.9), Stated(("a", "c"), -0.9)]
    (found,) = correlation.impossible(stated)
    assert (found.at, found.stated, found.unstated) == (2, (0, 1, 2), None)
    assert found.eigenvalue < -0.5


def test_each_impossible_group_is_told() -> None:
    far = -0.9
    stated = [Stated(ABC, far), Stated(("d", "e"), 0.5), Stated(("f", "g", "h"), far)]
    assert [(found.at, found.stated) for found in correlation.impossible(stated)] == [(0, (0,)), (2, (2,))]


def test_names_that_meet_later_form_one_group() -> None:
    stated = [Stated(("a", "b"), 0.1), Stated(("c", "d"), 0.1), Stated(("e", "f"), 0.1), Stated(("d", "a"), 0.1)]
    assert correlation.groups(stated) == [("a", "b", "c", "d"), ("e", "f")]


# Mixed numbers


def test_a_factor_of_three() -> None:
    """The rows have length 1, and the products of any two rows are the correlations."""
    one, two, three = (2 * math.sin(math.radians(30) * rank) for rank in (0.5, 0.2, -0.3))
    rest = math.sqrt(1 - one**2)
    third = (three - one * two) / rest
    expected = np.array([[1, 0, 0], [one, rest, 0], [two, third, math.sqrt(1 - two**2 - third**2)]], dtype=np.float64)
    np.testing.assert_allclose(correlation.factor(matrix(0.5, 0.2, -0.3)), expected, rtol=1e-14, atol=0)


def test_a_mixed_number_is_part_of_another_and_part_of_its_own() -> None:
    copula = Copula.of([Stated(AB, 0.6)])
    own = math.sqrt(1 - GOLDEN**2)
    assert copula.mixes["a"] == {"a": 1.0}
    assert copula.mixes["b"] == pytest.approx({"a": GOLDEN, "b": own}, rel=1e-14)
    drawn = {"a": np.array([0.9, 0.5, 0.1]), "b": np.array([0.5, 0.2, 0.7]), "x": np.array([0.3, 0.3, 0.3])}
    expected = [
        PHI.cdf(GOLDEN * PHI.inv_cdf(a) + own * PHI.inv_cdf(b)) for a, b in [(0.9, 0.5), (0.5, 0.2), (0.1, 0.7)]
    ]
    assert copula.uniform("b", drawn).tolist() == pytest.approx(expected, rel=1e-13)
    together = copula.uniforms(drawn)
    assert together["b"].tolist() == copula.uniform("b", drawn).tolist()
    assert (together["a"] is drawn["a"], together["x"] is drawn["x"]) == (True, True)


def test_what_a_name_takes_nothing_of_is_left_out() -> None:
    copula = Copula.of([Stated(AB, 0.0), Stated(("b", "c"), 0.5)])
    assert [copula.members(name) for name in ("a", "b", "c", "x")] == [("a",), ("b",), ("b", "c"), ("x",)]
    by_matrix = Copula.of_matrix(ABC, matrix(0.0, 0.0, 0.5))
    assert by_matrix == copula
    assert Copula.of([]).members("a") == ("a",)


def test_mixed_numbers_stop_at_the_ends_of_what_can_be_drawn() -> None:
    copula = Copula.of([Stated(AB, 0.6)])
    ends = np.array([2.0**-54, 1 - 2.0**-53, 0.5])
    assert copula.uniform("b", {"a": ends, "b": ends}).tolist() == [2.0**-54, 1 - 2.0**-53, 0.5]


def test_normal_numbers_of_uniform_ones() -> None:
    expected = [PHI.inv_cdf(0.1), 0.0, PHI.inv_cdf(0.9)]
    assert correlation.normal(np.array([0.1, 0.5, 0.9])).tolist() == pytest.approx(expected, rel=1e-14, abs=1e-16)
