"""Promises held against what scenarios deliver: losses, the honest promise, chances kept, and the table of regrets."""

import numpy as np
import pytest

from backlog_model.analysis.aims import Aim
from backlog_model.analysis.paths.target_paths import path_of, target_paths
from backlog_model.analysis.paths.tournament import HONEST, promise_losses, tournament
from backlog_model.errors import DataError
from backlog_model.summary import Goal, Sampling

YEARS = (2026, 2027)
FALLING = Aim("rtlh", Goal("rtlh_houses", "total", "63", "<=", 80.0), 2027, 0.8)
RISING = Aim("decent", Goal("decent_share", "total", "63", ">=", 0.9), 2027, 0.8)
TEN = Sampling(10, 1, "latin_hypercube")
MANY = Sampling(400, 1, "latin_hypercube")
PATHS = target_paths(100.0, 80.0, YEARS)[0]


def ten(low, high):
    """(year, draw) of ten equally spread draws in each year."""
    return np.stack([np.linspace(*ends, 10) for ends in zip(low, high, strict=True)])


def noisy(shift=0.0):
    return np.random.default_rng(5).normal([[90.0 + shift], [80.0 + shift]], 4.0, (2, 400))


def held(delivered, aim=FALLING, sampling=TEN, paths=PATHS, **options):
    return tournament(paths, delivered, aim, sampling=sampling, **options)


# the loss


def test_a_missing_house_costs_four_times_one_promised_too_few():
    delivered = np.array([[[110.0, 90.0], [100.0, 104.0]]])
    low = promise_losses(np.array([[100.0, 100.0]]), delivered, probability=0.8, sign=-1.0)
    np.testing.assert_allclose(low, [[[4.0, (2.0 + 3.2) / 2]]])
    high = promise_losses(np.array([[100.0, 100.0]]), delivered, probability=0.8, sign=1.0)
    np.testing.assert_allclose(high, [[[1.0, (8.0 + 0.8) / 2]]])


@pytest.mark.parametrize("aim", [FALLING, RISING])
def test_the_honest_promise_is_met_with_the_wanted_chance_and_costs_least(aim):
    own = noisy()
    found = held({"own": own, "other": noisy(3.0)}, aim, MANY)
    honest = found.paths[HONEST].values
    met = aim.sign * (own - honest[:, None]) >= 0
    assert met.sum(axis=1).tolist() == [320, 320]
    others = np.concatenate([own.T, honest + np.array([[-1e-6], [1e-6]])])  # a minimum lies on one of the draws
    losses = promise_losses(np.array([honest, *others]), own[None], probability=0.8, sign=aim.sign).mean(axis=(1, 2))
    assert losses[0] <= losses.min() + 1e-12


def test_the_honest_promise_starts_where_the_paths_do_and_ends_where_it_must():
    path = held({"own": ten((90, 90), (99, 99))}).paths[HONEST]
    np.testing.assert_allclose(path.values, [97.0, 97.0])  # eight of ten end at 97 or below
    np.testing.assert_allclose(path.cumulative, [-3.0, -3.0])


# what is told of each path in each scenario


def test_chances_and_gaps_by_hand():
    delivered = {"own": ten((85, 75), (94, 84)), "more": ten((75, 65), (84, 74))}
    found = held(delivered)
    linear = list(found.paths).index("linear")  # promises 90 and 80
    np.testing.assert_allclose(found.every_kept.probability[linear], [0.6, 1.0])
    np.testing.assert_allclose(found.last_kept.probability[linear], [0.6, 1.0])
    front = list(found.paths).index("front_loaded")  # promises 86.67 and 80
    np.testing.assert_allclose(found.every_kept.probability[front], [0.2, 1.0])
    np.testing.assert_allclose(found.last_kept.probability[front], [0.6, 1.0])
    np.testing.assert_allclose(found.gaps[linear], [[-0.5, -0.5], [-10.5, -10.5]])  # means 89.5, 79.5 and ten fewer
    np.testing.assert_array_equal(found.table.satisficing.share, found.every_kept.probability.mean(axis=1))


def test_the_gap_of_more_is_better_is_what_is_missing():
    paths = target_paths(0.8, 0.9, YEARS)[0]
    found = held({"own": ten((0.8, 0.8), (0.88, 0.88))}, RISING, paths=paths)
    np.testing.assert_allclose(found.gaps[0, 0], [0.85 - 0.84, 0.9 - 0.84])
    assert found.last_kept.probability[0, 0] == 0.0


def test_the_year_a_target_is_reached_is_the_same_for_every_path():
    found = held({"now": ten((70, 60), (80, 70)), "late": ten((79, 70), (85, 82)), "never": ten((79, 79), (99, 99))})
    assert found.first_years == {"now": 2026, "late": 2027, "never": None}


def test_a_promise_kept_to_the_last_bit_is_kept():
    found = held({"own": np.full((2, 10), [[90.0 + 1e-12], [80.0 + 1e-12]])})
    assert found.every_kept.probability[0, 0] == 1.0


# the table


def test_regrets_are_those_of_the_losses_over_all_scenarios():
    delivered = {"own": noisy(), "other": noisy(5.0)}
    found = held(delivered, sampling=MANY)
    promised = np.stack([path.values for path in found.paths.values()])
    losses = promise_losses(promised, np.stack([*delivered.values()]), probability=0.8, sign=-1.0)
    np.testing.assert_array_equal(found.table.regret, losses - losses.min(axis=0))
    np.testing.assert_allclose(found.regrets.mean(axis=1), found.table.mean, rtol=1e-12)
    means = found.table.regret.reshape(*losses.shape[:2], 16, 25).mean(axis=3)
    np.testing.assert_allclose(found.regret_errors, means.std(axis=2, ddof=1) / 4, rtol=1e-12)


def test_the_choice_among_families_leaves_the_honest_promise_out():
    found = held({"own": noisy(10.0)}, sampling=MANY, undefined={"trend": "moves_away"})
    assert found.among_all.by_mean.names == (HONEST,)
    assert found.among_all.by_mean.is_clear
    assert HONEST not in found.among_families.by_mean.names
    assert found.undefined == {"trend": "moves_away"}
    assert list(found.paths) == [*PATHS, HONEST]


def test_paths_that_promise_the_same_win_together():
    paths = {name: PATHS[name] for name in ("front_loaded", "linear", "percent_of_base", "constant_units")}
    winner = held({"own": noisy(1.0)}, sampling=MANY, paths=paths).among_families.by_mean
    assert winner.names == ("linear", "percent_of_base", "constant_units")
    assert winner.second == "front_loaded"


def test_a_scenario_without_weight_changes_nothing():
    delivered = {"own": noisy(), "other": noisy(50.0)}
    found = held(delivered, sampling=MANY, weights={"own": 2.0})
    alone = held({"own": noisy()}, sampling=MANY)
    np.testing.assert_allclose(found.table.mean, alone.table.mean, rtol=1e-12)
    np.testing.assert_allclose(found.table.maximum, alone.table.maximum, rtol=1e-12)
    assert found.among_families.by_mean.names == alone.among_families.by_mean.names
    assert found.among_families.by_maximum == alone.among_families.by_maximum


def test_an_assumption_can_change_the_choice():
    easy = np.random.default_rng(1).permutation(np.linspace(0.0, 1.0, 400))
    delivered = np.where(easy < 0.5, [[85.0], [79.0]], [[93.0], [79.0]]) + 0.01 * noisy()
    found = held({"own": delivered}, sampling=MANY, assumptions={"ease": easy}).among_families
    assert [(flip.name, flip.lower, flip.upper) for flip in found.flips] == [("ease", "front_loaded", "back_loaded")]


# refused


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"paths": {}}, "paths: none; expected one or more"),
        ({"paths": {HONEST: PATHS["linear"]}}, "paths: honest is the name of an option of its own"),
        (
            {"paths": {**PATHS, "short": path_of("short", 100.0, (2026,), [80.0])}},
            r"short: years \(2026,\); expected \(2026, 2027\)",
        ),
        ({"delivered": {}}, "delivered: no scenario; expected one or more"),
        (
            {"delivered": {"own": np.ones((2, 10)), "other": np.ones((2, 20))}},
            r"other: shape \(2, 20\); expected \(2, 10\), the years of the paths and the same draws in all",
        ),
        ({"delivered": {"own": np.ones((3, 10))}}, r"own: shape \(3, 10\)"),
        (
            {"delivered": {"own": np.full((2, 10), np.nan)}},
            r"own: nan in year 2026, draw 0 \(from 0\); expected a finite",
        ),
        ({"weights": {"ovn": 1.0}}, "weights: ovn: no such scenario; did you mean own?"),
        ({"weights": {"own": 0.0}}, "weights: expected finite numbers of 0 or more, not all of them 0"),
        ({"assumptions": {"rate": np.ones(3)}}, r"rate: shape \(3,\); expected \(10,\), a finite number for each draw"),
    ],
)
def test_what_cannot_be_compared_is_refused(change, message):
    given = {"paths": PATHS, "delivered": {"own": ten((85, 75), (94, 84))}, "aim": FALLING, "sampling": TEN}
    with pytest.raises(DataError, match=message):
        tournament(**{**given, **change})
