"""Houses through a year before programmes, worked by hand."""

from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics.housing import Revised, Struck, moved_stocks, revised_stocks, struck_stocks
from one_year import arr, axes_of, near, rules_of, year_of

TWO = axes_of(severities=("light", "heavy"))
THREE = axes_of(severities=("light", "medium", "heavy"))


def revised(decent: float, rtlh: list[float], **changed: Any) -> Revised:
    """One region after a re-registration."""
    year = year_of(TWO, **{"revision_reclassified_share": 1.0, "severity_share": [0.7, 0.3], **changed})
    return revised_stocks(arr(decent), arr(*([each] for each in rtlh)), year, rules_of(TWO, revises=[1.0, 0.0]))


def plain(found: Revised) -> tuple[Any, ...]:
    """Decent, RTLH by class, what changed of both, and what found no house."""
    return (found.decent[0], *found.rtlh[:, 0], found.rtlh_change[0], found.decent_change[0], found.clipped[0])


def test_a_scenario_without_revisions_moves_no_house() -> None:
    year = year_of(TWO, revision_houses=5.0, revision_ratio=3.0)
    found = revised_stocks(arr(9.0, 0.0), arr([4.0, 0.0], [2.0, 0.0]), year, rules_of(TWO, revises=[0.0, 1.0]))
    assert plain(found) == (9.0, 4.0, 2.0, 0.0, 0.0, 0.0)
    assert found.clipped.tolist() == [0.0, 0.0]


def test_revisions_add_up_and_take_decent_houses() -> None:
    found = revised(200.0, [60.0, 20.0], revision_class_houses=[6.0, -4.0], revision_houses=8.0, revision_ratio=1.5)
    # 6 + 6 + 30 and -4 + 2 + 10.
    assert plain(found) == near((150.0, 102.0, 28.0, 50.0, -50.0, 0.0))


def test_a_revision_follows_the_stated_split_where_there_is_no_rtlh() -> None:
    found = revised(200.0, [0.0, 0.0], revision_class_houses=[6.0, -4.0], revision_houses=8.0, revision_ratio=1.5)
    # 6 + 5.6 and -4 + 2.4, of which 1.6 finds no house.
    assert plain(found) == near((188.4, 11.6, 0.0, 11.6, -11.6, -1.6))


@pytest.mark.parametrize(
    ("share", "decent", "expected"),
    [
        (0.5, 200.0, (180.0, 84.0, 36.0, 40.0, -20.0, 0.0)),  # 24 and 16 more, half of them new records
        (0.0, 200.0, (200.0, 84.0, 36.0, 40.0, 0.0, 0.0)),  # all of them new records
        (1.0, 10.0, (0.0, 66.0, 24.0, 10.0, -10.0, 30.0)),  # a quarter finds a decent house
        (0.5, 10.0, (0.0, 72.0, 28.0, 20.0, -10.0, 20.0)),  # 20 are wanted of 10
        (1.0, 0.0, (0.0, 60.0, 20.0, 0.0, 0.0, 40.0)),
    ],
)
def test_a_revision_takes_no_more_decent_houses_than_there_are(
    share: float, decent: float, expected: tuple[float, ...]
) -> None:
    changed = {"revision_class_houses": [24.0, 16.0], "revision_reclassified_share": share}
    assert plain(revised(decent, [60.0, 20.0], **changed)) == near(expected)


def test_a_revision_smaller_than_one_house_is_fitted_too() -> None:
    assert plain(revised(0.25, [60.0, 20.0], revision_class_houses=[0.5, 0.0])) == near(
        (0, 60.25, 20, 0.25, -0.25, 0.25)
    )


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"revision_houses": -100.0}, (90.0, 0.0, 0.0, -80.0, 80.0, -20.0)),  # 75 and 25 of 60 and 20
        ({"revision_houses": -40.0}, (50.0, 30.0, 10.0, -40.0, 40.0, 0.0)),
        ({"revision_ratio": 0.25}, (70.0, 15.0, 5.0, -60.0, 60.0, 0.0)),
        ({"revision_class_houses": [4.0, -30.0]}, (26.0, 64.0, 0.0, -16.0, 16.0, -10.0)),
    ],
)
def test_rtlh_struck_off_become_decent_as_far_as_there_are_any(
    changed: dict[str, Any], expected: tuple[float, ...]
) -> None:
    assert plain(revised(10.0, [60.0, 20.0], **changed)) == near(expected)


def test_disasters_fall_on_decent_and_treated_houses_in_proportion() -> None:
    year = year_of(THREE, disaster_damaged_houses=[4.0, 2.0, 1.0], disaster_destroyed_houses=3.0)
    rtlh = np.array([[5.0] * 3, [7.0] * 3, [9.0] * 3])
    found = struck_stocks(arr(60.0, 4.0, 0.0), arr(20.0, 1.0, 0.0), rtlh, year)
    # 10 of 80 houses are hit; 5 houses are found of 10; none is found.
    assert found.decent.tolist() == [52.5, 0.0, 0.0]
    assert found.treated.tolist() == [17.5, 0.0, 0.0]
    assert found.rtlh.tolist() == [[9.0, 7.0, 5.0], [9.0, 8.0, 7.0], [10.0, 9.5, 9.0]]
    assert found.damaged.tolist() == [7.0, 3.5, 0.0]
    assert found.lost.tolist() == [3.0, 1.5, 0.0]
    assert found.not_struck.tolist() == [0.0, 5.0, 10.0]


def test_without_disaster_nothing_is_hit() -> None:
    found = struck_stocks(arr(60.0), arr(20.0), arr([5.0], [7.0], [9.0]), year_of(THREE))
    assert (found.decent[0], found.treated[0], found.damaged[0], found.lost[0]) == (60.0, 20.0, 0.0, 0.0)
    assert (found.rtlh[:, 0].tolist(), found.not_struck[0]) == ([5.0, 7.0, 9.0], 0.0)


def struck(decent: float, treated: float, rtlh: list[float]) -> Struck:
    """One region after disasters."""
    nothing = arr(0.0)
    return Struck(arr(decent), arr(treated), arr(*([each] for each in rtlh)), nothing, nothing, nothing)


def test_every_rate_applies_at_once_to_the_stocks_after_disasters() -> None:
    year = year_of(
        THREE,
        deterioration_rate=0.02,
        severity_share=[0.5, 0.3, 0.2],
        relapse_rate=0.05,
        relapse_severity_share=[0.6, 0.25, 0.15],
        substandard_share=[0.05, 0.03, 0.02],
        self_improvement_rate=[0.1, 0.06, 0.02],
        worsening_rate=[0.03, 0.04, 0.0],
        rtlh_loss_rate=[0.01, 0.03, 0.05],
        decent_loss_rate=0.003,
        treated_loss_rate=0.01,
    )
    found = moved_stocks(struck(1000.0, 200.0, [100.0, 50.0, 20.0]), 40.0, 7.0, year)
    assert (found.deteriorated, found.relapsed) == (near([20.0]), near([10.0]))
    light = 0.5 * 20 + 0.6 * 10 + 0.05 * 40 + (1 - 0.03 - 0.1 - 0.01) * 100
    medium = 0.3 * 20 + 0.25 * 10 + 0.03 * 40 + 3 + (1 - 0.04 - 0.06 - 0.03) * 50
    heavy = 0.2 * 20 + 0.15 * 10 + 0.02 * 40 + 2 + (1 - 0.02 - 0.05) * 20
    assert found.waiting == near([[light], [medium], [heavy]])
    assert found.substandard_built == near(4.0)
    assert found.self_improved == near([10 + 3 + 0.4])
    assert found.removed_rtlh == near([1 + 1.5 + 1])
    assert found.removed == near([3.5 + 3 + 2])
    assert found.decent == near([1000 - 20 - 3 + 13.4 + 36 + 7])
    assert found.treated == near([200 - 10 - 2])


def test_where_there_are_no_houses_only_building_adds_some() -> None:
    year = year_of(
        axes_of(), deterioration_rate=0.5, relapse_rate=0.5, substandard_share=[0.25], self_improvement_rate=[0.5]
    )
    found = moved_stocks(struck(0.0, 0.0, [0.0]), 8.0, 3.0, year)
    assert (found.decent.tolist(), found.treated.tolist(), found.waiting.tolist()) == ([9.0], [0.0], [[2.0]])
    assert found.removed.tolist() == found.deteriorated.tolist() == [0.0]


def test_all_houses_can_leave_in_one_year() -> None:
    year = year_of(
        axes_of(),
        deterioration_rate=0.75,
        decent_loss_rate=0.25,
        relapse_rate=0.5,
        treated_loss_rate=0.5,
        self_improvement_rate=[0.75],
        rtlh_loss_rate=[0.25],
    )
    found = moved_stocks(struck(80.0, 20.0, [40.0]), 0.0, 0.0, year)
    assert (found.decent.tolist(), found.treated.tolist()) == ([30.0], [0.0])  # 30 repaired by owners
    assert found.waiting.tolist() == [[70.0]]  # 60 deteriorated, 10 relapsed
    assert found.removed.tolist() == [10.0 + 20.0 + 10.0]
