"""Runs of a scenario: the central run, and the draws around it."""

from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm
from backlog_model.assembly import assemble
from backlog_model.dynamics.simulation import simulate
from backlog_model.ensemble import memory
from backlog_model.ensemble.goals import goal_of, goals_of
from backlog_model.ensemble.spread import spread_shares
from backlog_model.projection import series_of
from backlog_model.quantities import QUANTITIES

SCENARIOS = Path(__file__).parents[1] / "scenarios"
COUNTED = {"draws": 400, "memory_limit": 0}


@pytest.fixture(scope="module")
def scenario():
    return bm.load_scenario(SCENARIOS / "template" / "scenario.yaml")


@pytest.fixture(scope="module")
def drawn(scenario):
    return bm.run(scenario, draws=400)


@pytest.fixture(scope="module")
def counted(scenario):
    return bm.run(scenario, **COUNTED)


def everything(projection):
    """Every statistic of every series, side by side."""
    found = [projection.statistics(each.variable, part=each.part, by=each.by) for each in series_of(projection.central)]
    return np.concatenate([np.ravel(part) for each in found for part in (each.mean, each.mc_error, each.quantiles)])


# the central run


def test_without_draws_a_run_is_the_central_line_under_the_name_of_its_file(scenario):
    projection = bm.run(scenario, draws=0)
    assert (projection.draws, projection.scenario, projection.sampling) == (0, "scenario", None)
    assert projection.central is projection
    simulated = simulate(assemble(scenario))
    for name, values in simulated.values.items():
        np.testing.assert_array_equal(projection.values[name], values)


def test_the_seed_changes_nothing_in_the_central_run(scenario):
    first, second = (bm.run(scenario, draws=0, seed=seed).array("rtlh_houses") for seed in (1, 2))
    np.testing.assert_array_equal(first, second)


def test_the_central_run_stands_beside_the_draws(scenario, drawn, counted):
    alone = bm.run(scenario, draws=0)
    for projection in (drawn, counted):
        assert (projection.central.draws, projection.central.scenario) == (0, "scenario")
        for name, values in alone.values.items():
            np.testing.assert_array_equal(projection.central.values[name], values)
        for programme in projection.axes.programmes:
            named = projection.binding_name(programme, 2027, region="99")
            assert named == alone.binding_name(programme, 2027, region="99")


def test_two_thousand_draws_unless_another_number_is_asked_for(scenario):
    projection = bm.run(scenario)
    assert projection.sampling == (2000, 1, "latin_hypercube")
    assert projection.array("rtlh_houses", by="province").shape == (len(projection.years("rtlh_houses")), 2000, 1)


# what is refused


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"draws": -1}, r"draws: -1 is not possible; expected 0 \(the central run alone\) or more"),
        ({"draws": 2_000_000_000}, "draws: 2_?000_?000_?000 is not possible; expected 1 to 10_000_000"),
        ({"seed": -1}, "seed: -1 is not possible; expected 0 or more"),
        ({"workers": 0}, "workers: 0 is not possible; expected 1 or more"),
        ({"design": "sobel"}, "design: sobel; did you mean sobol?"),
    ],
)
def test_a_run_that_cannot_be_meant_is_refused_in_a_sentence(scenario, asked, said):
    with pytest.raises(bm.BacklogModelError, match=said):
        bm.run(scenario, **asked)


def test_a_run_that_does_not_fit_into_memory_is_not_begun(scenario, monkeypatch):
    monkeypatch.setattr(memory, "available_bytes", lambda: 2.0**20)
    with pytest.raises(bm.BacklogModelError, match=r"needs about \d+\.\d GiB of memory and 0\.0 GiB is free"):
        bm.run(scenario, **COUNTED)
    with pytest.raises(bm.BacklogModelError, match="needs about"):
        bm.run(scenario, draws=1000)  # draws that are kept must fit too


def test_memory_that_is_free_is_a_number_of_bytes():
    assert memory.available_bytes() > 2**20


def test_the_central_run_has_neither_statistics_nor_chances(scenario):
    projection = bm.run(scenario, draws=0)
    goal = projection.goal("rtlh_houses", "<=", 20_000)
    for asked in (
        lambda: projection.statistics("rtlh_houses"),
        lambda: projection.quantile_errors("rtlh_houses"),
        lambda: projection.chance(goal),
        lambda: projection.table("rtlh_houses", quantiles=(0.5,)),
    ):
        with pytest.raises(bm.BacklogModelError, match="rtlh_houses: the central run has no draws; run with draws="):
            asked()


# the draws


def test_the_same_seed_gives_the_same_numbers_and_another_others(scenario, drawn):
    again, other = (everything(bm.run(scenario, draws=400, seed=seed)) for seed in (1, 2))
    np.testing.assert_array_equal(everything(drawn), again)
    assert not np.array_equal(again, other, equal_nan=True)


@pytest.mark.parametrize("design", ["random", "latin_hypercube", "sobol"])
def test_every_design_agrees_within_its_errors(scenario, drawn, design):
    reference, found = (
        each.statistics("rtlh_houses", by="province") for each in (drawn, bm.run(scenario, draws=400, design=design))
    )
    error = np.hypot(reference.mc_error, found.mc_error)
    assert (np.abs(found.mean - reference.mean) <= 5 * error + 1e-6).all()


def test_regions_add_up_in_every_draw(drawn):
    for variable in (name for name, quantity in QUANTITIES.items() if quantity.kind != "indicator"):
        whole, regions = (drawn.array(variable, by=by) for by in ("province", "region"))
        if not np.isnan(whole).all():
            np.testing.assert_allclose(whole[..., 0], np.nansum(regions, axis=-1), rtol=1e-9, atol=1e-6)


# draws that are counted and not kept


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_change_no_number(scenario, counted, workers):
    others = bm.run(scenario, workers=workers, **COUNTED)
    np.testing.assert_array_equal(everything(counted), everything(others))
    for goal in goals_of(scenario, counted).values():
        np.testing.assert_array_equal(counted.chance(goal), others.chance(goal))


def test_counting_gives_the_means_and_chances_of_the_draws(scenario, drawn, counted):
    for variable in ("rtlh_houses", "decent_share", "spent_idr", "net_clearance_houses"):
        kept, tallied = (each.statistics(variable) for each in (drawn, counted))
        np.testing.assert_allclose(tallied.mean, kept.mean, rtol=1e-9)
        np.testing.assert_allclose(tallied.mc_error, kept.mc_error, rtol=1e-6, atol=1e-9 * np.abs(kept.mean).max())
    goals = goals_of(scenario, counted).values()
    assert len(goals) > 0
    for goal in goals:
        np.testing.assert_array_equal(counted.chance(goal), drawn.chance(goal))


def test_counted_quantiles_lie_within_a_bin_of_those_of_the_draws(drawn, counted):
    kept, tallied = (each.statistics("rtlh_houses", points=(0.05, 0.5, 0.95)).quantiles for each in (drawn, counted))
    width = np.ptp(drawn.array("rtlh_houses"), axis=1)
    assert (np.abs(tallied - kept) <= width / 50 + 1e-6).all()


def test_counted_draws_are_told_from_kept_ones(counted):
    for asked in (
        lambda: counted.array("rtlh_houses"),
        lambda: counted.chance(counted.goal("rtlh_houses", "<=", 1.0)),
    ):
        with pytest.raises(bm.BacklogModelError, match="the 400 draws of this run were counted, not kept"):
            asked()
    with pytest.raises(bm.BacklogModelError, match="unknown variable; did you mean rtlh_houses"):
        counted.statistics("rtlh_house")


def test_a_counted_run_tells_how_far_it_is(scenario):
    told = []
    bm.run(scenario, progress=told.append, **COUNTED)
    assert told == sorted(told)
    assert told[-1] == 1.0


# goals


def test_a_goal_is_of_the_province_unless_a_region_is_named(drawn):
    goal = drawn.goal("rtlh_houses", "<=", 20_000)
    assert goal == ("rtlh_houses", "total", "99", "<=", 20_000)
    met = drawn.array("rtlh_houses", by="province")[:, :, 0] <= 20_000
    np.testing.assert_allclose(drawn.chance(goal).probability, met.mean(axis=1), rtol=1e-12)
    of_region = drawn.chance(drawn.goal("rtlh_houses", "<=", 8_000, region="99.02"))
    met = drawn.array("rtlh_houses")[:, :, drawn.axes.regions.index("99.02")] <= 8_000
    np.testing.assert_allclose(of_region.probability, met.mean(axis=1), rtol=1e-12)


def test_a_goal_that_cannot_be_is_refused(drawn):
    with pytest.raises(bm.BacklogModelError, match="operator '<': expected '<=' or '>='"):
        drawn.goal("rtlh_houses", "<", 1.0)
    with pytest.raises(bm.BacklogModelError, match=r"99\.03: unknown region; did you mean 99\.02"):
        drawn.chance(drawn.goal("rtlh_houses", "<=", 1.0, region="99.03"))
    with pytest.raises(bm.BacklogModelError, match="unknown part 'heavi'"):
        drawn.chance(drawn.goal("rtlh_houses", "<=", 1.0, part="heavi"))


def test_the_first_year_is_the_first_with_that_chance(drawn):
    goal = drawn.goal("rtlh_houses", "<=", 22_000)
    chances = dict(zip(drawn.years("rtlh_houses"), drawn.chance(goal).probability.tolist(), strict=True))
    sure = [year for year, chance in chances.items() if chance >= 0.5]
    assert drawn.first_year(goal, 0.5) == sure[0] > 2025
    assert drawn.first_year(goal, 0.5, after=sure[0]) == sure[1]
    assert drawn.first_year(drawn.goal("rtlh_houses", "<=", 0.0), 0.5) is None


def test_targets_without_a_number_in_the_model_are_no_goals(scenario, drawn):
    target = scenario.targets["rtlh-2030"]
    assert goal_of(target, drawn) is not None
    assert goal_of(target.model_copy(update={"part": "kabkota"}), drawn) is None


# where the spread comes from


def test_knowledge_and_chance_share_the_spread(scenario):
    shares = spread_shares(scenario, draws=200)
    assert tuple(shares) == tuple(range(2025, 2036))
    assert np.isnan(shares[2025].knowledge)  # the opening is known
    for share in list(shares.values())[1:]:
        assert share.knowledge + share.chance == pytest.approx(1.0)
        assert 0.0 <= share.chance <= 1.0
        assert share.mc_error > 0.0
