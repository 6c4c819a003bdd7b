"""Target paths and regret at any numbers: paths close and keep their shape, ranks do not hang on labels."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backlog_model.analysis.paths.target_paths import target_paths
from backlog_model.analysis.regret import regret_table

STEADY = ("linear", "percent_of_base", "percent_of_remaining", "front_loaded", "back_loaded", "s_curve", "fiscal_share")
LEVELS = st.floats(0.001, 1e6)
SIGNED = st.floats(-1e5, 1e5)


@st.composite
def ways(draw):
    """Arguments of `target_paths`: what is started from and aimed at, and something to shape every family."""
    count = draw(st.integers(1, 12))

    def row(numbers):
        return np.array(draw(st.lists(numbers, min_size=count, max_size=count)))

    start, goal = draw(LEVELS), draw(st.one_of(st.just(0.0), LEVELS))
    years = tuple(range(2026, 2026 + count))
    return (start, goal, years), {
        "break_even": draw(st.one_of(st.none(), st.just(row(SIGNED)))),
        "trend": row(LEVELS),
        "money": row(st.one_of(st.just(0.0), LEVELS)),
        "national": dict(zip((2025, *years), [draw(LEVELS), *row(LEVELS)], strict=True)),
        "feasible": row(LEVELS),
    }


@given(ways())
def test_every_path_closes_on_the_goal(way):
    (start, goal, years), given_shapes = way
    paths, missing = target_paths(start, goal, years, **given_shapes)
    assert {*paths} | {*missing} >= {*STEADY, "trend", "national_alignment", "max_feasible", "constant_units"}
    for path in paths.values():
        assert path.values[-1] == goal
        size = np.abs([start, goal, *path.values]).max()
        assert abs(path.steps.sum() - (goal - start)) <= 1e-13 * len(years) * size
        np.testing.assert_allclose(np.cumsum(path.steps), path.cumulative, rtol=0, atol=1e-13 * len(years) * size)


@given(ways())
def test_values_of_steady_families_go_one_way_only(way):
    (start, goal, years), given_shapes = way
    paths, _ = target_paths(start, goal, years, **given_shapes)
    direction = np.sign(goal - start)
    for name in set(STEADY) & set(paths):
        assert (direction * paths[name].steps >= 0).all(), name


@given(ways())
def test_loads_lie_on_their_sides_of_the_line(way):
    (start, goal, years), given_shapes = way
    paths, _ = target_paths(start, goal, years, **given_shapes)
    direction, slack = np.sign(goal - start), 1e-12 * max(start, goal)
    ahead = direction * (paths["front_loaded"].values - paths["linear"].values)
    behind = direction * (paths["linear"].values - paths["back_loaded"].values)
    assert (ahead >= -slack).all()
    np.testing.assert_allclose(ahead[:-1], behind[:-1][::-1], rtol=0, atol=slack)


@given(ways())
def test_constant_units_are_constant_and_lead_to_the_goal_year_by_year(way):
    (start, goal, years), given_shapes = way
    gains = given_shapes["break_even"]
    path = target_paths(start, goal, years, **given_shapes)[0].get("constant_units")
    if gains is None or path is None:
        return
    size = np.abs([start, goal, *path.values, *np.abs(gains).cumsum()]).max()
    np.testing.assert_allclose(gains - path.steps, path.units, rtol=0, atol=1e-12 * size)


@given(ways(), st.sampled_from([0.5, 2.0**20, 2.0**-30]))
def test_other_units_scale_values_and_leave_percents_and_scales(way, factor):
    (start, goal, years), shapes = way
    scaled = {name: shapes[name] * factor for name in ("trend", "feasible")}
    gains = None if shapes["break_even"] is None else shapes["break_even"] * factor
    paths, missing = target_paths(start, goal, years, **shapes)
    others, missing_too = target_paths(
        start * factor, goal * factor, years, **{**shapes, **scaled, "break_even": gains}
    )
    assert missing_too == missing
    for name, path in paths.items():
        np.testing.assert_allclose(others[name].values, path.values * factor, rtol=1e-12, atol=1e-12 * factor * start)
        assert (others[name].percent, others[name].scale) == (path.percent, path.scale)


@st.composite
def contests(draw):
    """Losses (option, future) in quarters, so that ties happen and sums are exact."""
    options, futures = draw(st.integers(1, 5)), draw(st.integers(1, 9))
    quarters = draw(st.lists(st.integers(-40, 40), min_size=options * futures, max_size=options * futures))
    return np.reshape(quarters, (options, futures)) / 4.0


@given(contests(), st.randoms(use_true_random=False))
def test_ranks_hang_on_no_order_of_options_or_futures(losses, random):
    options, futures = (random.sample(range(size), size) for size in losses.shape)
    table, other = regret_table(losses), regret_table(losses[options][:, futures])
    for name, ranks in table.ranks.items():
        np.testing.assert_array_equal(other.ranks[name], ranks[options])
    np.testing.assert_allclose(other.best_chance, table.best_chance[options], rtol=1e-12)


@given(contests(), st.integers(-100, 100))
def test_what_a_future_costs_all_options_alike_is_not_regretted(losses, more):
    table = regret_table(losses)
    np.testing.assert_array_equal(table.regret.min(axis=0), 0.0)
    assert (table.regret >= 0).all()
    shifted = regret_table(losses + more * np.arange(losses.shape[1]))
    np.testing.assert_array_equal(shifted.regret, table.regret)
    np.testing.assert_array_equal(shifted.best_chance, table.best_chance)


@given(contests())
def test_criteria_keep_their_order_and_somebody_is_best(losses):
    table = regret_table(losses)
    assert (table.mean <= table.maximum + 1e-12).all()
    assert (table.percentile_90 <= table.maximum).all()
    assert abs(table.best_chance.sum() - 1.0) < 1e-12
    assert all(ranks.min() == 1 for ranks in table.ranks.values())
