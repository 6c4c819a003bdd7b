"""House programmes through one year, worked by hand."""

from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics.repairs import (
    Repaired,
    carried_share,
    due_works,
    finished_share,
    intake,
    ramp_limit,
    repaired_houses,
)
from backlog_model.inputs import NO_LIMIT
from one_year import arr, axes_of, near, rules_of, year_of


@pytest.mark.parametrize(
    ("known", "start", "rate", "previous", "most"),
    [
        (0.0, 4.0, 0.25, 8.0, 10.0),  # 8 x 1.25
        (0.0, 12.0, 0.25, 8.0, 12.0),  # never below the start
        (0.0, 12.0, 0.25, 0.0, 12.0),
        (0.0, 0.0, 0.0, 8.0, 8.0),
        (1.0, 4.0, 0.25, 8.0, NO_LIMIT),
    ],
)
def test_a_ramp_grows_from_last_years_start(
    known: float, start: float, rate: float, previous: float, most: float
) -> None:
    assert ramp_limit(known, start, rate, previous) == most


def test_all_of_a_known_output_is_finished_in_its_year() -> None:
    assert (finished_share(0.0, 0.75), finished_share(1.0, 0.75)) == (0.75, 1.0)
    assert (carried_share(0.0, 0.25), carried_share(1.0, 0.25)) == (0.25, 0.0)


def test_works_due_are_finished_in_order_of_priority_as_far_as_something_waits() -> None:
    waiting, carried = arr(10.0, 5.0), arr([4.0, 7.0], [8.0, 1.0])
    due = due_works(waiting, carried, arr(0.0, 0.0))
    assert due.finished.tolist() == [[4.0, 5.0], [6.0, 0.0]]
    assert due.lapsed.tolist() == [2.0, 3.0]
    assert due.left.tolist() == [0.0, 0.0]
    assert waiting.tolist() == [10.0, 5.0]


def test_nothing_is_due_in_a_known_year() -> None:
    due = due_works(arr(10.0, 5.0), arr([4.0, 7.0], [8.0, 1.0]), arr(1.0, 0.0))
    assert due.finished.tolist() == [[0.0, 0.0], [8.0, 1.0]]
    assert due.lapsed.tolist() == [11.0, 0.0]
    assert due.left.tolist() == [2.0, 4.0]


@pytest.mark.parametrize(
    ("limit", "started", "left"),
    [
        (10.0, [5.0, 5.0, 0.0], [45.0, 15.0, 10.0]),  # a quarter of 40
        (40.0, [20.0, 20.0, 0.0], [30.0, 0.0, 10.0]),
        (99.0, [20.0, 20.0, 0.0], [30.0, 0.0, 10.0]),
        (0.0, [0.0, 0.0, 0.0], [50.0, 20.0, 10.0]),
    ],
)
def test_without_a_mix_classes_are_taken_as_they_are(limit: float, started: list[float], left: list[float]) -> None:
    found = intake(arr(50.0, 20.0, 10.0), arr(20.0, 20.0, 0.0), limit, arr(1.0, 0.0, 0.0), 0.0)
    assert (found.started.tolist(), found.left.tolist()) == (started, left)
    assert (found.units, found.eligible) == (sum(started), 40.0)


@pytest.mark.parametrize(
    ("limit", "started"),
    [
        (40.0, [4.0, 8.0, 28.0]),  # as the mix says
        (60.0, [6 + 94 * 12 / 132, 12 + 38 * 12 / 132, 30.0]),  # 0.7 of 60 is 42: 12 more of the other 94 and 38
        (500.0, [100.0, 50.0, 30.0]),  # all there is
    ],
)
def test_what_a_mix_does_not_find_is_taken_from_what_is_left(limit: float, started: list[float]) -> None:
    eligible = arr(100.0, 50.0, 30.0)
    found = intake(eligible + 7.0, eligible, limit, arr(0.1, 0.2, 0.7), 1.0)
    assert found.started == near(started)
    assert found.left == near([107 - started[0], 57 - started[1], 37 - started[2]])
    assert (found.units, found.eligible) == (min(limit, 180.0), 180.0)


def test_a_mix_finds_nothing_where_nothing_is() -> None:
    found = intake(arr(0.0, 0.0), arr(0.0, 0.0), 5.0, arr(0.5, 0.5), 1.0)
    assert found.started.tolist() == found.left.tolist() == [0.0, 0.0]
    assert found.units == found.eligible == 0.0


THREE = axes_of(severities=("light", "medium", "heavy"), house_programmes=("h1", "h2"))
NO_RAMP = {"ramp_start": [NO_LIMIT, NO_LIMIT]}


def two_programmes(**changed: Any) -> Repaired:
    """The first treats light and heavy, the second all by a mix; the second region has no houses."""
    rules = rules_of(THREE, treats=[[1, 0, 1], [1, 1, 1]], mix_given=[0, 1])
    year = year_of(
        THREE,
        crews=10.0,
        houses_per_crew_year=7.0,
        capacity_share=[0.4, 1.0],
        eligible_share=[0.5, 0.5],
        ramp_start=[6.0, NO_LIMIT],
        ramp_rate=[0.2, 0.0],
        finished_same_year_share=[0.5, 0.75],
        finished_next_year_share=[0.3, 0.25],
        overlap_share=[0.1, 0.2],
        effectiveness_share=[[0.9, 0.5, 0.6], [0.8, 0.75, 0.5]],
        severity_mix=[[0.0, 0.0, 0.0], [0.5, 0.25, 0.25]],
    )._replace(**{name: np.array(value) for name, value in changed.items()})
    waiting = arr([[100.0, 0.0]], [[60.0, 0.0]], [[40.0, 0.0]])
    carried = arr([[[5.0, 0]], [[0, 0]], [[10.0, 0]]], [[[5.0, 0]], [[6.0, 0]], [[0, 0]]])
    previous, reach = arr([[20.0, 0]], [[0, 0]]), arr([[45.0, 9]], [[40.0, 9]])
    return repaired_houses(waiting, carried, previous, reach, year, rules)


def test_what_programmes_start_and_what_limits_them() -> None:
    found = two_programmes()
    # Due: 5 light, 10 heavy; 5 light, 6 medium. 90, 54, 30 are left.
    # First: money 45, 0.4 of 70 that crews can do, half of 90 and 30, ramp 20 x 1.2 = 24: 18 light, 6 heavy.
    # Second: money 40, the other 46 of crews, half of 90, 54, 30: 20, 10, 10.
    assert found.started == near(arr([[24, 0]], [[40, 0]]))
    assert found.capacity_limit == near(arr([[28, 28]], [[46, 70]]))
    assert found.eligibility_limit == near(arr([[60, 0]], [[87, 0]]))
    assert found.ramp_limit == near(arr([[24, 6]], [[NO_LIMIT, NO_LIMIT]]))
    assert found.carried[..., 0, 0] == near([[5.4, 0, 1.8], [5, 2.5, 2.5]])
    assert found.carried[..., 0, 1].tolist() == [[0, 0, 0], [0, 0, 0]]


def test_what_programmes_finish_and_where_the_houses_go() -> None:
    found = two_programmes()
    # Finished: 5 + 9 light, 10 + 3 heavy; 5 + 15 light, 6 + 7.5 medium, 7.5 heavy.
    assert found.finished == near(arr([[27, 0]], [[41, 0]]))
    assert found.finished_class == near(arr([[34, 0]], [[13.5, 0]], [[20.5, 0]]))
    assert found.lapsed == near(arr([[0.2 * 24, 0]], [[0, 0]]))
    # Counted once: 12.6 and 11.7; 16, 10.8 and 6.
    first, second = 12.6 * 0.9 + 11.7 * 0.6, 16 * 0.8 + 10.8 * 0.75 + 6 * 0.5
    assert found.effective == near(arr([[first, 0]], [[second, 0]]))
    light = 100 - 12.6 * 0.9 - 16 * 0.8 + 10.8 * 0.25  # light that fail stay light, medium that fail come
    medium = 60 - 10.8 + 11.7 * 0.4 + 6 * 0.5
    assert found.rtlh == near(arr([[light, 0]], [[medium, 0]], [[40 - 11.7 - 6, 0]]))


def test_works_due_for_which_nothing_waits_lapse() -> None:
    axes = axes_of(house_programmes=("h1",))
    year = year_of(axes, finished_same_year_share=[0.5], finished_next_year_share=[0.25])
    found = repaired_houses(arr([[9.0]]), arr([[[13.0]]]), arr([[0.0]]), arr([[5.0]]), year, rules_of(axes))
    assert found.finished.tolist() == found.effective.tolist() == [[[9.0]]]
    assert found.lapsed.tolist() == [[[4.0]]]
    assert found.rtlh.tolist() == [[[0.0]]]
    assert found.started.tolist() == found.eligibility_limit.tolist() == [[[0.0]]]


def test_repairs_that_fail_stay_in_the_only_class() -> None:
    axes = axes_of(house_programmes=("h1",))
    year = year_of(axes, crews=3.0, houses_per_crew_year=4.0, effectiveness_share=[[0.75]])
    waiting, carried = arr([[50.0, 0.0]]), np.zeros((1, 1, 1, 2))
    found = repaired_houses(waiting, carried, arr([[0.0, 0.0]]), arr([[20.0, 20.0]]), year, rules_of(axes))
    assert found.started.tolist() == found.finished.tolist() == [[[12.0, 0.0]]]
    assert found.effective.tolist() == [[[9.0, 0.0]]]
    assert found.rtlh.tolist() == [[[50 - 9.0, 0.0]]]
    assert found.capacity_limit.tolist() == [[[12.0, 12.0]]]
    assert found.lapsed.tolist() == [[[0.0, 0.0]]]


def test_a_house_is_taken_once_a_year() -> None:
    found = two_programmes(eligible_share=[1.0, 1.0], capacity_share=[1.0, 1.0], **NO_RAMP)
    # First: 45 of 90 + 30, three eighths: 33.75 and 11.25. The second then finds 56.25, 54 and 18.75.
    assert found.started == near(arr([[45, 0]], [[25, 0]]))
    assert found.eligibility_limit == near(arr([[120, 0]], [[129, 0]]))
    assert found.capacity_limit == near(arr([[70, 70]], [[25, 70]]))
    assert found.carried[:, :, 0, 0] == near([[0.3 * 33.75, 0, 0.3 * 11.25], [3.125, 1.5625, 1.5625]])


def test_crews_can_run_out() -> None:
    found = two_programmes(crews=2.0, capacity_share=[1.0, 1.0], **NO_RAMP)
    assert found.started == near(arr([[14, 0]], [[0, 0]]))
    assert found.capacity_limit == near(arr([[14, 14]], [[0, 14]]))


def test_a_known_output_needs_no_crews_and_takes_those_there_are() -> None:
    found = two_programmes(known=[1.0, 0.0])
    # Nothing is due for the first: 95, 54, 40 are left. It starts 45 of 67.5 and finishes them: 31.67 and 13.33.
    assert found.started == near(arr([[45, 0]], [[25, 0]]))
    assert found.finished == near(arr([[45, 0]], [[11 + 0.75 * 25, 0]]))
    assert found.capacity_limit == near(arr([[NO_LIMIT, NO_LIMIT]], [[25, 70]]))
    assert found.ramp_limit == near(arr([[NO_LIMIT, NO_LIMIT]], [[NO_LIMIT, NO_LIMIT]]))
    assert found.eligibility_limit == near(arr([[67.5, 0]], [[47.5 + 27 + 20, 0]]))
    assert found.lapsed == near(arr([[15, 0]], [[0, 0]]))
    assert found.carried[:, :, 0, 0] == near([[0, 0, 0], [3.125, 1.5625, 1.5625]])
