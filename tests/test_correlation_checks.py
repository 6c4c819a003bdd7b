"""What is told about correlations in a plan: which statement, which value, and beside which other one."""

from pathlib import Path

import pytest

from backlog_model.scenario.loading import check, load_scenario
from small_scenario import SCENARIO, write

A, B = "assumptions.deterioration_rate", "assumptions.relapse_rate"
C, D = "assumptions.vacancy_share", "assumptions.eligible_share"
YEARLY, LEAKING, FIXED = "assumptions.mbr_share", "assumptions.leakage_share", "assumptions.overhead_share"
VALUES = """\
  deterioration_rate: {range: [0.001, 0.004, 0.01]}
  relapse_rate: {range: [0.001, 0.004, 0.01]}
  vacancy_share: {range: [0.01, 0.04, 0.1]}
  eligible_share: {range: [0.6, 0.7, 0.8]}
  mbr_share: {range: [0.5, 0.7, 0.8], drawn: year}
  leakage_share: {range: [0.01, 0.05, 0.1], drawn: year}
  overhead_share: {value: 0.1}
"""
PLAN = SCENARIO.replace("  deterioration_rate: 0.004\n", VALUES)


def stated(*lines: tuple[float, tuple[str, ...]]) -> str:
    """The part of a plan that states correlations, one a line."""
    return "correlations:\n" + "".join(
        f"  - {{correlation: {number}, between: [{', '.join(names)}]}}\n" for number, names in lines
    )


def told(folder: Path, *lines: tuple[float, tuple[str, ...]]) -> list[str]:
    """Everything wrong with a plan that states these correlations, each as it is shown without its place."""
    path = write(folder, PLAN + stated(*lines))
    return [str(each).partition(": ")[2] for each in check(path) if not each.warning]


def place(line: int) -> str:
    """Place of the number of a statement, the first of which is 0, as in `plan.yaml:27:19`."""
    return f"plan.yaml:{PLAN.count(chr(10)) + 2 + line}:19"


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_each_statement_is_looked_at(tmp_path: Path) -> None:
    assert told(tmp_path, (0.5, (A, FIXED)), (0.5, (B, C)), (0.5, (FIXED, D))) == [
        f"correlations.0.between.1: {FIXED} is not uncertain; "
        "give it a distribution such as range, or take it out of this list",
        f"correlations.2.between.0: {FIXED} is not uncertain; "
        "give it a distribution such as range, or take it out of this list",
    ]


def test_what_stands_twice_is_told_once_for_each_further_time(tmp_path: Path) -> None:
    assert told(tmp_path, (0.5, (A, B, A, B, A))) == [
        f"correlations.0.between.2: {A} stands twice in this list; keep it once",
        f"correlations.0.between.3: {B} stands twice in this list; keep it once",
        f"correlations.0.between.4: {A} stands twice in this list; keep it once",
    ]


def test_each_value_that_is_drawn_otherwise_is_told_where_it_stands_first(tmp_path: Path) -> None:
    words = f"is drawn: year, but {A} is drawn: draw; what moves together is drawn alike"
    assert told(tmp_path, (0.1, (A, B)), (0.1, (YEARLY, B, LEAKING)), (0.1, (LEAKING, C))) == [
        f"correlations.1.between.0: {YEARLY} {words}",
        f"correlations.1.between.2: {LEAKING} {words}",
    ]
    assert told(tmp_path, (0.1, (YEARLY, A, LEAKING))) == [
        f"correlations.0.between.1: {A} is drawn: draw, but {YEARLY} is drawn: year; what moves together is drawn alike"
    ]
    assert told(tmp_path, (0.1, (YEARLY, LEAKING)), (0.1, (A, B))) == []


def test_contradictions_are_told_before_what_cannot_be(tmp_path: Path) -> None:
    assert told(tmp_path, (-0.9, (A, B, C)), (0.5, (B, A)), (0.4, (A, C))) == [
        f"correlations.1.correlation: 0.5 for {B} and {A}, but -0.9 at {place(0)}; keep one of them",
        f"correlations.2.correlation: 0.4 for {A} and {C}, but -0.9 at {place(0)}; keep one of them",
    ]


def test_one_statement_about_too_many_says_how_low_they_can_go(tmp_path: Path) -> None:
    """Of four, each at -0.8: 1 - 3 x 2 sin(24 degrees) is -1.44; the lowest is asin(-1/6) 6 / pi."""
    assert told(tmp_path, (-0.8, (A, B, C, D))) == [
        "correlations.0.correlation: not possible together: smallest eigenvalue -1.4; "
        "4 values can all be correlated above -0.32 only"
    ]


@pytest.mark.parametrize("number", [1, -1])
def test_a_number_that_leaves_nothing_to_draw_is_told_as_such(tmp_path: Path, number: int) -> None:
    words = (
        f"correlation: {number} leaves nothing to draw (smallest eigenvalue 0); write a number nearer 0, such as 0.99"
    )
    assert told(tmp_path, (0.1, (C, D)), (number, (A, B))) == [f"correlations.1.{words}"]
    (in_a_group,) = told(tmp_path, (number, (A, B)), (0, (B, C)), (0, (A, C)))
    assert in_a_group == f"correlations.0.{words}"


def test_others_are_named_by_their_places(tmp_path: Path) -> None:
    """A chain of three at 0.9: 1 - sqrt(2) x 2 sin(27 degrees) is -0.28, and the fourth, at 0.1, hardly changes it."""
    (chain,) = told(tmp_path, (0.9, (A, B)), (0.9, (B, C)), (0.1, (C, D)))
    assert chain == (
        f"correlations.1.correlation: not possible together with {place(0)} and {place(2)}: smallest eigenvalue -0.29; "
        f"{A} and {C}, not stated, count as 0: state them, or write numbers nearer 0"
    )
    (full,) = told(tmp_path, (0.9, (A, B)), (0.9, (B, C)), (-0.9, (A, C)))
    assert full == (
        f"correlations.2.correlation: not possible together with {place(0)} and {place(1)}: "
        "smallest eigenvalue -0.82; write numbers nearer 0"
    )


def test_each_group_that_cannot_be_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, (1, (A, B)), (1, (C, D)))
    assert [each.partition(" leaves")[0] for each in found] == [
        "correlations.0.correlation: 1",
        "correlations.1.correlation: 1",
    ]


# Which version of a plan says what


def child_of(folder: Path, child: str, *lines: tuple[float, tuple[str, ...]]) -> list[str]:
    write(folder, PLAN + (stated(*lines) if lines else ""), name="parent.yaml")
    path = write(folder, f"title: Child\nextends: parent.yaml\n{child}", name="child.yaml")
    return [str(each).partition(": ")[2] for each in check(path) if not each.warning]


def test_what_a_child_makes_certain_rests(tmp_path: Path) -> None:
    assert child_of(tmp_path, "assumptions: {relapse_rate: 0.01}\n", (0.5, (A, B))) == []


def test_what_a_child_states_must_be_uncertain_there_or_in_the_parent(tmp_path: Path) -> None:
    assert child_of(tmp_path, stated((0.5, (A, B)))) == []
    (parents,) = child_of(tmp_path, stated((0.5, (A, FIXED))))
    assert parents.startswith(f"correlations.0.between.1: {FIXED} is not uncertain")
    (own,) = child_of(tmp_path, "assumptions: {relapse_rate: 0.01}\n" + stated((0.5, (A, B))))
    assert own.startswith(f"correlations.0.between.1: {B} is not uncertain")


def test_a_parent_that_contradicts_itself_is_told(tmp_path: Path) -> None:
    (found,) = child_of(tmp_path, "", (0.5, (A, FIXED)))
    assert found.startswith(f"correlations.0.between.1: {FIXED} is not uncertain")


def test_what_is_made_certain_in_python_rests(tmp_path: Path) -> None:
    plan = load_scenario(write(tmp_path, PLAN + stated((0.5, (A, B)))))
    assert plan.replace({B: 0.01}).correlations == plan.correlations
