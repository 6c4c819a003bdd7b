"""Values that move together: the copula behind stated rank correlations, and what cannot be stated."""

import math
import pickle
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backlog_model.errors import ScenarioError
from backlog_model.scenario import correlation
from backlog_model.scenario.correlation import Copula, factor, groups, is_possible, lowest_for_all, normal_correlation
from backlog_model.scenario.loading import check, load_scenario
from small_scenario import SCENARIO, write

KALSEL = Path(__file__).parents[1] / "scenarios" / "kalsel"
CERTAIN = "  deterioration_rate: 0.004\n"
UNCERTAIN = """\
  deterioration_rate: {range: [0.001, 0.004, 0.01]}
  relapse_rate: {range: [0.001, 0.004, 0.01]}
  vacancy_share: {range: [0.01, 0.04, 0.1]}
  mbr_share: {range: [0.5, 0.7, 0.8], drawn: year}
  overhead_share: {value: 0.1}
"""
A, B, C = "assumptions.deterioration_rate", "assumptions.relapse_rate", "assumptions.vacancy_share"
YEARLY, FIXED = "assumptions.mbr_share", "assumptions.overhead_share"


class Stated(NamedTuple):
    between: tuple[str, ...]
    correlation: float


def line(*names, r):
    return f"  - {{between: [{', '.join(names)}], correlation: {r}}}\n"


def scenario(*lines):
    return SCENARIO.replace(CERTAIN, UNCERTAIN) + "correlations:\n" + "".join(lines)


def problems(path):
    return [problem for problem in check(path) if not problem.warning]


def uniforms(*names, draws=1000):
    generator = np.random.default_rng(5)
    return {name: generator.uniform(size=draws) for name in names}


# What a planner may state


PROBLEMS = {
    "misspelt": ([line(A, "assumptions.relapse", r=0.5)], 48, f"between.1: unknown value .*; did you mean {B}"),
    "short name": ([line("relapse_rate", A, r=0.5)], 16, f"between.0: unknown value relapse_rate; did you mean {B}"),
    "unlike any": ([line(A, "shocks.x", r=0.5)], 48, f"unknown value shocks.x; expected one of {A}, {B}"),
    "certain": ([line(A, FIXED, r=0.5)], 48, f"{FIXED} is not uncertain; give it a distribution such as range"),
    "drawn": (
        [line(A, YEARLY, r=0.5)],
        48,
        f"between.1: {YEARLY} is drawn: year, but {A} is drawn: draw; what moves together is drawn alike",
    ),
    "drawn through others": ([line(A, B, r=0.5), line(B, C, YEARLY, r=0.5)], 69, f"{YEARLY} is drawn: year, but {A}"),
    "above 1": ([line(A, B, r=1.5)], 88, "correlation: 1.5; expected at most 1"),
    "below -1": ([line(A, B, r=-1.01)], 88, "correlation: -1.01; expected at least -1"),
    "decimal comma": ([line(A, B, r='"0,5"')], 88, "'0,5' is not a number; write 0.5"),
    "exactly 1": (
        [line(A, B, r=1)],
        88,
        r"1 leaves nothing to draw \(smallest eigenvalue 0\); write a number nearer 0",
    ),
    "exactly -1": ([line(A, B, r=-1)], 88, "-1 leaves nothing to draw"),
    "three far apart": (
        [line(A, B, C, r=-0.8)],
        115,
        "not possible together: smallest eigenvalue -0.63; 3 values can all be correlated above -0.483 only",
    ),
    "ranks would do, normal numbers not": ([line(A, B, C, r=-0.49)], 115, "smallest eigenvalue -0.015"),
    "a pair left out": (
        [line(A, B, r=0.9), line(B, C, r=0.9)],
        83,
        f"correlations.1.correlation: not possible together with plan.yaml:21:88: smallest eigenvalue -0.28; "
        f"{A} and {C}, not stated, count as 0: state them, or write numbers nearer 0",
    ),
    "a contradiction of three": (
        [line(A, B, r=0.9), line(B, C, r=0.9), line(A, C, r=-0.9)],
        89,
        "with plan.yaml:21:88 and plan.yaml:22:83: smallest eigenvalue -0.82; write numbers nearer 0",
    ),
    "said twice differently": (
        [line(A, B, r=0.9), line(C, B, A, r=0.8)],
        115,
        f"0.8 for {B} and {A}, but 0.9 at plan.yaml:21:88; keep one of them",
    ),
    "listed twice": ([line(A, B, A, r=0.5)], 74, f"between.2: {A} stands twice in this list; keep it once"),
    "no list": ([f"  - {{between: {A}, correlation: 0.5}}\n"], 15, "expected a list"),
    "alone": ([line(A, r=0.5)], 15, "expected a list of at least two"),
}


@pytest.mark.parametrize(("lines", "column", "problem"), PROBLEMS.values(), ids=PROBLEMS)
def test_each_mistake_gives_one_message_at_its_place(tmp_path, monkeypatch, lines, column, problem):
    monkeypatch.chdir(tmp_path)
    found = problems(write(tmp_path, scenario(*lines)))
    assert len(found) == 1, [str(each) for each in found]
    with pytest.raises(ScenarioError, match=problem):
        load_scenario(tmp_path / "plan.yaml")
    assert found[0].place == f"plan.yaml:{20 + len(lines)}:{column}"


@pytest.mark.parametrize(
    "lines",
    [
        [line(A, B, r=0.5)],
        [line(A, B, r=0.9), line(B, C, r=0.9), line(A, C, r=0.8)],
        [line(A, B, r=0.9), line(B, A, r=0.9)],
        [line(A, B, r=0), line(B, C, r=-0.99)],
        [line(A, B, C, r=-0.48)],
    ],
)
def test_what_can_be_is_accepted(tmp_path, lines):
    assert problems(write(tmp_path, scenario(*lines))) == []


def test_a_value_that_could_not_be_read_is_not_told_again(tmp_path):
    text = scenario(line(A, B, r=0.5)).replace("[0.001, 0.004, 0.01]}\n  rel", "[3, 2, 1]}\n  rel")
    found = problems(write(tmp_path, text))
    assert len(found) == 1
    assert "3 lies outside" in str(found[0])


def test_a_value_made_certain_by_a_child_or_in_python_rests(tmp_path):
    parent = load_scenario(write(tmp_path, scenario(line(A, B, C, r=0.5)), name="parent.yaml"))
    child = "title: Child\nextends: parent.yaml\nassumptions: {relapse_rate: 0.01}\n"
    assert problems(write(tmp_path, child, name="child.yaml")) == []
    fixed = parent.replace({A: 0.005})
    assert Copula.of(fixed.correlations) == Copula.of(parent.correlations)  # the others keep their numbers
    stated = child + f"correlations: [{{between: [{A}, {B}], correlation: 0.5}}]\n"
    assert "is not uncertain" in str(problems(write(tmp_path, stated, name="child.yaml"))[0])


def test_classes_made_one_by_a_change_in_python_rest():
    baseline = load_scenario(KALSEL / "baseline.yaml")
    assert baseline.replace({"assumptions.effectiveness_share": {"value": 0.8, "assumption": True}}).correlations


def test_shipped_groups_hold_together_and_are_drawn_alike():
    stated = load_scenario(KALSEL / "baseline.yaml").correlations
    found = groups(stated)
    assert sorted(len(group) for group in found) == [2, 3, 3, 3, 6]
    assert correlation.impossible(stated) == []
    assert correlation.conflicts(stated) == []
    copula = Copula.of(stated)
    assert all(copula.members(group[-1]) == group for group in found)


def test_checking_the_shipped_correlations_loads_no_slow_library():
    code = (
        "import sys; from backlog_model.scenario.loading import check\n"
        f"check({str(KALSEL / 'baseline.yaml')!r}); print({{'scipy', 'pandas', 'statsmodels'}} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("set()\n", "")


# Groups and factors


def test_groups_hang_together_in_the_order_written():
    stated = [Stated(("d", "a"), 0.1), Stated(("x", "y"), 0.1), Stated(("b", "a"), 0.1), Stated(("y", "z"), 0.1)]
    assert groups(stated) == [("d", "a", "b"), ("x", "y", "z")]
    assert groups([*stated, Stated(("z", "d"), 0.1)]) == [("d", "a", "x", "y", "b", "z")]
    assert groups([]) == []


def test_a_pair_that_nobody_stated_is_uncorrelated():
    copula = Copula.of([Stated(("a", "b"), 0.6), Stated(("b", "c"), 0.6)])
    rows = [[copula.mixes[name].get(other, 0.0) for other in "abc"] for name in "abc"]
    between = np.array(rows) @ np.array(rows).T
    expected = [[1, normal_correlation(0.6), 0], [normal_correlation(0.6), 1, normal_correlation(0.6)]]
    np.testing.assert_allclose(between[:2], expected, atol=1e-15)


def test_the_smallest_eigenvalue_of_equal_correlations_is_known():
    matrix = np.full((4, 4), 0.3) + 0.7 * np.eye(4)
    assert correlation.smallest_eigenvalue(matrix) == pytest.approx(1 - normal_correlation(0.3), abs=1e-14)
    low = np.full((4, 4), -0.3) + 1.3 * np.eye(4)
    assert correlation.smallest_eigenvalue(low) == pytest.approx(1 + 3 * normal_correlation(-0.3), abs=1e-14)


@given(st.integers(2, 12), st.floats(-1, 0.999))
def test_equal_correlations_are_possible_exactly_above_the_lowest(size, rank):
    assume(abs(rank - lowest_for_all(size)) > 1e-6)
    matrix = np.full((size, size), rank) + (1 - rank) * np.eye(size)
    assert is_possible(matrix) == (rank > lowest_for_all(size))


@given(st.integers(2, 7), st.integers(0, 2**32 - 1))
def test_a_factor_gives_its_matrix_back_and_no_row_hangs_on_later_ones(size, seed):
    mixing = np.random.default_rng(seed).normal(size=(size, size + 1))
    normal = np.corrcoef(mixing)
    rank = 6 / math.pi * np.arcsin(np.clip(normal, -1, 1) / 2)
    np.fill_diagonal(rank, 1.0)
    assume(is_possible(rank) and correlation.smallest_eigenvalue(rank) > 1e-6)
    triangle = factor(rank)
    np.testing.assert_allclose(triangle @ triangle.T, normal, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(triangle, np.tril(triangle))
    np.testing.assert_array_equal(factor(rank[:-1, :-1]), triangle[:-1, :-1])


# Numbers


STATED = [Stated(("a", "b", "c"), 0.6), Stated(("d", "e"), -0.7)]


def test_uncorrelated_and_first_names_keep_their_very_numbers():
    copula, drawn = Copula.of(STATED), uniforms("a", "d", "alone")
    for name, numbers in drawn.items():
        assert copula.members(name) == (name,)
        assert copula.uniform(name, drawn) is numbers


def test_a_name_takes_the_numbers_of_those_before_it():
    copula = Copula.of(STATED)
    assert copula.members("c") == ("a", "b", "c")
    assert copula.members("e") == ("d", "e")


def test_one_more_member_at_the_end_changes_no_earlier_one():
    drawn = uniforms("a", "b", "c", "x")
    longer = Copula.of([Stated(("a", "b", "c", "x"), 0.6)])
    for name in "abc":
        np.testing.assert_array_equal(longer.uniform(name, drawn), Copula.of(STATED).uniform(name, drawn))


def test_correlation_0_changes_no_number():
    drawn = uniforms("a", "b")
    assert Copula.of([Stated(("a", "b"), 0.0)]).uniform("b", drawn) is drawn["b"]


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_blocks_change_no_bit(size):
    copula, drawn = Copula.of(STATED), uniforms("a", "b", "c", draws=1003)
    blocks = [
        copula.uniform("c", {name: numbers[at : at + size] for name, numbers in drawn.items()})
        for at in range(0, 1003, size)
    ]
    np.testing.assert_array_equal(np.concatenate(blocks), copula.uniform("c", drawn))


def test_shapes_are_kept_and_all_at_once_is_one_by_one():
    copula = Copula.of(STATED)
    drawn = {name: numbers.reshape(2, 100, 5) for name, numbers in uniforms("a", "b", "c", "d", "e", "x").items()}
    together = copula.uniforms(drawn)
    assert list(together) == list(drawn)
    for name, numbers in together.items():
        assert numbers.shape == (2, 100, 5)
        np.testing.assert_array_equal(numbers, copula.uniform(name, drawn))


@pytest.mark.parametrize("rank", [-0.99, 0.99])
def test_the_farthest_numbers_stay_between_0_and_1(rank):
    ends = np.array([2.0**-54, 2.0**-54, 1 - 2.0**-53, 1 - 2.0**-53, 0.5])
    copula = Copula.of([Stated(("a", "b"), rank)])
    numbers = copula.uniform("b", {"a": ends, "b": ends[[0, 2, 0, 2, 4]]})
    assert np.all((numbers > 0) & (numbers < 1))
    assert numbers[-1] == 0.5


def test_a_copula_can_be_sent_to_another_process():
    copula = Copula.of(STATED)
    assert pickle.loads(pickle.dumps(copula)) == copula
