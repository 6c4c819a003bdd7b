"""Runs whose draws are counted and not kept, how much memory runs take, and what is refused."""

from itertools import pairwise

import numpy as np
import pytest

import backlog_model as bm
from backlog_model.ensemble import counted, executors, memory, streams_of
from backlog_model.ensemble.goals import goals_of
from backlog_model.ensemble.memory import Demand
from backlog_model.projection import series_of
from backlog_model.streams import MOST_DRAWS
from backlog_model.summary import Goal
from drawn_scenarios import EVERY_KIND, FALLING, written

DRAWS = 1000
POINTS = (0.05, 0.10, 0.50, 0.90, 0.95)
BESIDE = [tuple(point + sign / DRAWS for point in POINTS) for sign in (-1, 1)]


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    return written(tmp_path_factory.mktemp("every"))


@pytest.fixture(scope="module")
def falling(tmp_path_factory):
    return written(tmp_path_factory.mktemp("falling"), FALLING)


@pytest.fixture(scope="module")
def runs(scenario):
    """The same run, its draws kept, and counted."""
    return bm.run(scenario, draws=DRAWS), bm.run(scenario, draws=DRAWS, memory_limit=0)


def every_statistics(runs):
    for series in series_of(runs[0]):
        each = {"part": series.part, "by": series.by}
        kept, other = (run.statistics(series.variable, points=POINTS, **each) for run in runs)
        yield series, kept, other, runs[0].array(series.variable, **each)


def test_means_are_those_of_kept_draws(runs):
    for series, kept, other, values in every_statistics(runs):
        size = np.nanmax(np.abs(values), initial=1.0)
        for found, exact in ((other.mean, kept.mean), (other.mc_error, kept.mc_error)):
            np.testing.assert_allclose(found, exact, rtol=1e-12, atol=1e-12 * size, err_msg=str(series))


def test_quantiles_are_within_a_bin_of_the_draws_beside_them(runs):
    """Where draws lie far apart (between the humps of a mixture) a quantile is anything between two of them."""
    for series, kept, other, values in every_statistics(runs):
        found = other.quantiles
        np.testing.assert_array_equal(np.isnan(found), np.isnan(kept.quantiles), err_msg=str(series))
        sides = (
            runs[0].statistics(series.variable, part=series.part, by=series.by, points=p).quantiles for p in BESIDE
        )
        below, above = (np.nan_to_num(side) for side in sides)
        bins = np.where(np.isnan(values).any(axis=1), np.inf, 0.025 * values.std(axis=1))
        slack = bins + 1e-12 * np.abs(above)
        found = np.nan_to_num(found)
        assert ((found >= below - slack) & (found <= above + slack)).all(), series


def test_quantiles_are_within_a_fiftieth_of_a_standard_deviation(runs):
    for variable in ("rtlh_houses", "decent_share", "ownership_backlog_households", "slum_ha", "households"):
        kept, other = (run.statistics(variable, by="province", points=POINTS).quantiles for run in runs)
        spread = runs[0].array(variable, by="province").std(axis=1)
        assert (np.abs(other - kept) <= 0.02 * spread + 1e-12 * kept).all(), variable


def test_chances_are_those_of_kept_draws(scenario, runs):
    kept, other = runs
    goals = goals_of(scenario, kept)
    assert set(goals) == {"rtlh-2028", "slum-2029"}
    for goal in goals.values():
        found, exact = other.chance(goal), kept.chance(goal)
        assert ((exact.probability > 0.05) & (exact.probability < 0.95)).any()
        np.testing.assert_array_equal(found.probability, exact.probability)
        np.testing.assert_array_equal(found.mc_error, exact.mc_error)


def test_both_have_the_same_central_run_and_binding_limits(runs):
    kept, other = runs
    for name, array in kept.central.values.items():
        np.testing.assert_array_equal(other.central.values[name], array)
    limits = [run.binding_name("bsps", 2027, region="63.01") for run in runs]
    assert limits[0] == limits[1]


def test_the_size_of_a_chunk_changes_no_count(falling, monkeypatch):
    runs = []
    for size in (1024, 8):
        monkeypatch.setattr(Demand, "chunk", property(lambda _, size=size: size))
        runs.append(bm.run(falling, draws=200, memory_limit=0))
    for series in series_of(runs[0].central):
        many, few = (run.tallies.series[series] for run in runs)
        np.testing.assert_array_equal(few.counts, many.counts, err_msg=str(series))
        np.testing.assert_allclose(few.sums, many.sums, rtol=1e-13, err_msg=str(series))


def test_chunks_are_made_of_every_draw_once(falling):
    projection = bm.run(falling, draws=777, memory_limit=0)
    for series, tally in projection.tallies.series.items():
        if series.variable == "rtlh_houses":
            np.testing.assert_array_equal(tally.counts.sum(axis=1), 777)


@pytest.mark.parametrize("draws", [1, 2, 3, 5])
@pytest.mark.parametrize("limits", [{}, {"memory_limit": 0}], ids=["kept", "counted"])
@pytest.mark.parametrize("compiled_from", [0, executors.COMPILED_FROM], ids=["compiled", "arrays"])
def test_very_few_draws_run(draws, limits, compiled_from, falling, monkeypatch):
    monkeypatch.setattr(executors, "COMPILED_FROM", compiled_from)
    projection = bm.run(falling, draws=draws, **limits)
    found = projection.statistics("rtlh_houses", by="province")
    assert np.isfinite(found.mean).all()
    assert np.isfinite(found.quantiles).all()
    assert np.isnan(found.mc_error).all() == (draws == 1 or (draws < 4 and "memory_limit" in limits))


def test_compiled_counts_are_those_of_arrays(scenario, runs, monkeypatch):
    pytest.importorskip("llvmlite")
    monkeypatch.setattr(executors, "COMPILED_FROM", 0)
    compiled = [bm.run(scenario, draws=DRAWS, memory_limit=0, workers=workers) for workers in (1, 3)]
    for series, tally in runs[1].tallies.series.items():
        found, again = (run.tallies.series[series] for run in compiled)
        np.testing.assert_array_equal(found.counts, again.counts, err_msg=str(series))
        np.testing.assert_array_equal(found.sums, again.sums, err_msg=str(series))
        np.testing.assert_array_equal(found.counts.sum(axis=-1), tally.counts.sum(axis=-1), err_msg=str(series))
        varies = tally.scale < 1e9 / (1.0 + np.abs(tally.low))  # elsewhere bins are as narrow as round-off
        moved = np.abs(found.counts.astype(int) - tally.counts).sum(axis=-1)[varies]
        assert (moved <= 0.004 * DRAWS).all(), (series, moved.max())
        size = np.abs(tally.sums).max(initial=1.0)
        np.testing.assert_allclose(found.sums, tally.sums, rtol=1e-12, atol=1e-12 * size, err_msg=str(series))


def test_progress_rises_to_the_whole(falling):
    told: list[float] = []
    bm.run(falling, draws=300, memory_limit=0, progress=told.append)
    assert all(before < after for before, after in pairwise(told))
    assert told[-1] == pytest.approx(1.0)


def test_what_fails_in_one_thread_stops_the_others(falling, monkeypatch):
    def failing(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bm.run(falling, draws=100_000, memory_limit=0, workers=2, progress=failing)


# What is refused, and how it is said.


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"draws": -1}, "draws: -1 is not possible; expected 0"),
        ({"draws": MOST_DRAWS + 1}, r"draws: 1_?0_?000_?001 is not possible; expected 1 to 10_000_000"),
        ({"draws": 10**15}, "is not possible; expected 1 to 10_000_000"),
        ({"draws": 10, "seed": -3}, "seed: -3 is not possible; expected 0 or more"),
        ({"draws": 10, "workers": 0}, "workers: 0 is not possible; expected 1 or more"),
        ({"draws": 10, "design": "latin"}, "design: latin; .*latin_hypercube"),
        ({"draws": 10, "design": "sobel"}, "design: sobel; did you mean sobol"),
    ],
)
def test_options_that_cannot_be_meant(options, message, falling):
    with pytest.raises(bm.BacklogModelError, match=message):
        bm.run(falling, **options)


def test_the_central_run_has_no_statistics(falling):
    central = bm.run(falling, draws=0)
    goal = Goal("rtlh_houses", "total", "63", "<=", 250.0)
    for asked in (
        lambda: central.statistics("rtlh_houses"),
        lambda: central.quantile_errors("rtlh_houses"),
        lambda: central.chance(goal),
        lambda: central.first_year(goal, 0.8),
    ):
        with pytest.raises(bm.BacklogModelError, match=r"the central run has no draws; run with draws=2000"):
            asked()


def test_counted_draws_cannot_be_looked_at_one_by_one(runs):
    _, other = runs
    for asked in (
        lambda: other.array("rtlh_houses"),
        lambda: other.backlog_union(),
        lambda: other.chance(Goal("rtlh_houses", "total", "63", "<=", 2222.0)),
    ):
        with pytest.raises(bm.BacklogModelError, match=r"the 1_000 draws of this run were counted, not kept"):
            asked()


def test_unknown_names_are_told_in_both_modes(runs):
    for run in runs:
        with pytest.raises(bm.BacklogModelError, match="rtlh: unknown variable"):
            run.statistics("rtlh")
        with pytest.raises(bm.BacklogModelError, match=r"unknown part 'roof'; expected one of total, light"):
            run.statistics("rtlh_houses", part="roof")
        with pytest.raises(bm.BacklogModelError, match=r"63\.03: unknown region"):
            run.chance(Goal("rtlh_houses", "total", "63.03", "<=", 1.0))


def test_a_run_that_memory_cannot_hold_is_refused_before_it_begins(falling, monkeypatch):
    def never(*_):
        raise AssertionError("a draw was simulated")

    monkeypatch.setattr(memory, "available_bytes", lambda: 0.2 * 2**20)
    monkeypatch.setattr(counted, "run", never)
    with pytest.raises(
        bm.BacklogModelError, match=r"needs about \d+\.\d GiB of memory and 0\.0 GiB is free; ask for fewer"
    ):
        bm.run(falling, draws=10_000, memory_limit=0)


def test_memory_hardly_grows_with_the_draws(scenario):
    central = bm.run(scenario, draws=0)
    few, many = (Demand.of(scenario, central, streams_of(scenario, draws=n, seed=1)) for n in (10_000, 1_000_000))
    assert few.counted(2) <= many.counted(2) < 1.02 * few.counted(2)  # a sum for each of more replicates
    assert many.kept == 100 * few.kept
    assert few.counted(1) < few.counted(4) < 4 * few.counted(1)


def test_kept_draws_take_what_was_foreseen(scenario, runs):
    kept, _ = runs
    taken = sum(array.nbytes for array in kept.values.values())
    demand = Demand.of(scenario, kept.central, streams_of(scenario, draws=DRAWS, seed=1))
    assert taken == DRAWS * demand.values
    assert DRAWS * demand.values <= demand.kept


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "medium: {pert: [0, 0.02, 0.1]}, heavy: 0.01}",
            "medium: {uniform: [0, 1]}, heavy: 0.3}",
            r"substandard_share over classes is 1\.\d+; expected at most 1",
        ),
        (
            "finished_next_year_share: {uniform: [0.05, 0.12]}",
            "finished_next_year_share: {uniform: [0.0, 0.2]}",
            r"finished_same_year_share \+ finished_next_year_share is 1\.0\d+; expected at most 1",
        ),
        (
            "relapse_rate: {range: [0.002, 0.01, 0.03]}",
            "relapse_rate: {uniform: [0, 0.6]}\n  treated_loss_rate: {uniform: [0, 0.6]}",
            r"relapse_rate \+ treated_loss_rate is 1\.\d+; expected at most 1",
        ),
    ],
)
@pytest.mark.parametrize("limits", [{}, {"memory_limit": 0}], ids=["kept", "counted"])
def test_drawn_shares_that_leave_their_bounds_are_named(before, after, message, limits, tmp_path):
    assert EVERY_KIND.count(before) == 1
    plan = written(tmp_path, EVERY_KIND.replace(before, after))
    bm.run(plan, draws=0)
    with pytest.raises(bm.DataError, match=message):
        bm.run(plan, draws=300, **limits)


def test_a_table_of_a_counted_run_needs_no_quantiles(runs):
    _, run = runs
    table = run.table("rtlh_houses", by="province")
    assert list(table.columns.get_level_values("statistic")) == ["mean", "mc_error"]


def test_points_that_are_no_probabilities_are_refused(runs):
    for run in runs:
        with pytest.raises(bm.BacklogModelError, match=r"quantile 1\.5: expected a probability from 0 to 1"):
            run.statistics("rtlh_houses", points=(0.5, 1.5))
        with pytest.raises(bm.BacklogModelError, match=r"quantile -0\.1"):
            run.quantile_errors("rtlh_houses", points=(-0.1,))
