"""Projections side by side: differences of paired draws, chances, ranks, and what cannot be compared."""

from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm
import small_scenario
from backlog_model.analysis.paired_draws import paired, ranks
from backlog_model.quantities import QUANTITIES
from backlog_model.summary import Sampling

SCENARIOS = Path(__file__).parents[1] / "scenarios"
KALSEL = SCENARIOS / "kalsel"
RANDOM = Sampling(4, 1, "random")


def run_of(name, **options):
    return bm.run(bm.load_scenario(KALSEL / f"{name}.yaml"), **{"draws": 160, **options})


@pytest.fixture(scope="module")
def baseline():
    return run_of("baseline")


@pytest.fixture(scope="module")
def csr_drive():
    return run_of("csr_drive")


@pytest.fixture(scope="module")
def rebased():
    return run_of("regsosek_rebase", draws=40)


@pytest.fixture(scope="module")
def compared(baseline, csr_drive):
    return bm.compare(baseline, csr_drive)


def of_draws(*rows):
    """(year 1, draw, region 1) values."""
    return [np.array(row, dtype=float)[None, :, None] for row in rows]


def test_a_projection_and_itself_differ_nowhere(baseline):
    table = bm.compare(baseline, baseline).table()
    assert (table[["difference", "mean_difference", "p05", "p95"]].dropna() == 0).all(axis=None)
    assert (table[["first_better", "second_better"]].dropna() == 0).all(axis=None)
    assert (table["same"].dropna() == 1).all()
    assert len(table) == sum(len(baseline.years(name)) for name in QUANTITIES)


def test_turning_a_comparison_round_turns_its_signs_and_chances(baseline, csr_drive, compared):
    back, table = bm.compare(csr_drive, baseline).table(by="region"), compared.table(by="region")
    for name in ("difference", "mean_difference"):
        np.testing.assert_array_equal(table[name].to_numpy(), -back[name].to_numpy())
    np.testing.assert_allclose(table["p05"].to_numpy(), -back["p95"].to_numpy(), rtol=1e-12, atol=1e-12)
    for name, other in (("first_better", "second_better"), ("second_mean", "first_mean"), ("same", "same")):
        np.testing.assert_array_equal(table[name].to_numpy(), back[other].to_numpy())
    np.testing.assert_array_equal(table["mc_error"].to_numpy(), back["mc_error"].to_numpy())


def test_chances_add_to_one_wherever_there_are_any(compared):
    table = compared.table(by="region")
    sums = table[["first_better", "second_better", "same"]].sum(axis=1, skipna=False).dropna()
    assert sums.to_numpy() == pytest.approx(1.0)
    assert len(sums) > 1000


def test_more_money_for_houses_is_better_in_every_draw(compared):
    last = compared.table("rtlh_houses").loc["csr_drive", "rtlh_houses", "63", 2035]
    assert last["difference"] < 0
    assert last["percent"] == pytest.approx(100 * last["difference"] / last["first"])
    assert last["mean_difference"] == pytest.approx(last["second_mean"] - last["first_mean"])
    assert last["p05"] < last["mean_difference"] < last["p95"] < 0
    assert (last["first_better"], last["second_better"], last["same"]) == (0, 1, 0)


def test_nothing_is_better_before_plans_part(compared):
    opening = compared.table("rtlh_houses").loc["csr_drive", "rtlh_houses", "63", 2025]
    assert (opening["first_better"], opening["second_better"], opening["same"]) == (0, 0, 1)


def test_pairing_makes_the_error_much_smaller(baseline, csr_drive, compared):
    errors = [
        each.statistics("rtlh_houses", by="province", points=()).mc_error[-1, 0] for each in (baseline, csr_drive)
    ]
    paired_error = compared.table("rtlh_houses")["mc_error"].iloc[-1]
    assert 0 < paired_error < np.hypot(*errors) / 20


def test_paired_statistics_are_those_of_the_differences(baseline, csr_drive, compared):
    first, second = (each.array("rtlh_houses", by="province")[-1, :, 0] for each in (baseline, csr_drive))
    last = compared.table("rtlh_houses", quantiles=(0.25,)).iloc[-1]
    assert last["mean_difference"] == pytest.approx(np.mean(second - first))
    assert last["p25"] == pytest.approx(np.quantile(second - first, 0.25))
    assert "p05" not in last


@pytest.mark.parametrize(("direction", "better"), [("down", (0.5, 0.25)), ("up", (0.25, 0.5)), (None, (0.25, 0.5))])
def test_better_is_smaller_or_larger_by_direction_and_ties_count_for_neither(direction, better):
    found = paired(*of_draws([10, 20, 30, 40], [11, 25, 30, 30]), RANDOM, direction=direction)
    assert (found.first_better.probability.item(), found.second_better.probability.item()) == better
    assert found.same.item() == 0.25
    assert found.mean.item() == -1


def test_round_off_is_a_tie():
    found = paired(*of_draws([1e12, 1e12, 0.3, 5], [1e12 + 1e-3, 1e12 + 1e6, 0.1 + 0.2, 5]), RANDOM, direction="up")
    assert (found.second_better.probability.item(), found.same.item()) == (0.25, 0.75)


@pytest.mark.parametrize(
    ("direction", "better"), [("down", (0.25, 0.25)), ("up", (0.25, 0.25)), (None, (np.nan, np.nan))]
)
def test_an_undefined_draw_is_worse_than_any_number(direction, better):
    found = paired(*of_draws([np.nan, 5, np.nan, 7], [3, np.nan, np.nan, 7]), RANDOM, direction=direction)
    chances = (found.first_better.probability.item(), found.second_better.probability.item())
    assert chances == pytest.approx(better, nan_ok=True)
    assert np.isnan([found.mean.item(), *found.quantiles.ravel()]).all()


def test_what_nothing_covers_has_no_chance():
    found = paired(*of_draws([np.nan] * 4, [np.nan] * 4), RANDOM, direction="down")
    assert all(np.isnan(each).all() for each in (*found.second_better, *found.first_better, found.same))


def test_the_error_of_a_chance_is_that_of_its_draws():
    found = paired(*of_draws([1, 1, 1, 1], [2, 0, 0, 0]), RANDOM, direction="down")
    assert found.second_better.mc_error.item() == pytest.approx(np.sqrt(4 / 6 * 2 / 6 / 4))


def test_ranks_of_equal_regions_are_shared():
    values = np.array([[5.0, 7.0, 7.0 + 1e-12, np.nan, 1.0]])
    np.testing.assert_array_equal(ranks(values), [[3, 1, 1, np.nan, 4]])


def test_regions_are_ranked_by_value_and_by_improvement(compared):
    table = compared.table("rtlh_houses", by="region").xs(2030, level="year")
    most, fewest = table["first"].idxmax(), table["first"].idxmin()
    assert (table.loc[most, "first_rank"], table.loc[fewest, "first_rank"]) == (1, 13)
    assert table["difference_rank"].idxmin() == table["difference"].idxmin()
    share = compared.table("decent_share", by="region").xs(2030, level="year")
    assert share["difference_rank"].idxmin() == share["difference"].idxmax()
    assert "first_rank" not in compared.table("rtlh_houses")


def test_percent_of_nothing_is_undefined(compared):
    flows = compared.table("revision_houses")
    assert flows["difference"].eq(0).all()
    assert flows["percent"].isna().all()


def test_money_that_reached_no_region_is_told_for_the_province_alone(compared):
    assert "unallocated_idr" in compared.table().index.get_level_values("variable")
    assert "unallocated_idr" not in compared.table(by="region").index.get_level_values("variable")
    assert compared.table("unallocated_idr", by="region").index.unique("region").tolist() == ["63"]


def test_central_runs_are_compared_without_chances(baseline):
    table = bm.compare(baseline.central, run_of("csr_drive", draws=0)).table("rtlh_houses")
    assert table.columns.tolist() == ["first", "second", "difference", "percent"]
    assert table["difference"].iloc[-1] < 0


def test_counted_draws_are_not_paired(baseline):
    plan = bm.load_scenario(SCENARIOS / "template" / "scenario.yaml")
    counted = bm.run(plan, draws=40, memory_limit=1)
    pair = bm.compare(counted, counted).pairs[0]
    assert pair.is_counted
    assert pair.differences("rtlh_houses").paired is None
    with pytest.raises(bm.BacklogModelError, match="counted, not kept, and cannot be paired"):
        pair.draws_of("rtlh_houses", 2030)
    with pytest.raises(bm.BacklogModelError, match="has no draws to pair"):
        bm.compare(baseline.central, baseline.central).pairs[0].draws_of("rtlh_houses", 2030)


def test_a_new_count_of_one_plan_is_neither_better_nor_worse(rebased):
    pair = bm.compare(run_of("baseline", draws=40), rebased).pairs[0]
    found = pair.differences("rtlh_houses", years=(2026, 2027, 2030))
    assert np.isfinite(found.paired.second_better.probability[0]).all()
    assert np.isnan(found.paired.second_better.probability[1:]).all()
    assert np.isnan(found.columns()["same"][1:]).all()
    assert np.isnan(found.change_rank[1:]).all()
    assert (found.difference[1:] > 0).all()
    assert np.isfinite(pair.differences("spent_idr").paired.second_better.probability).all()
    assert bm.compare(rebased, rebased).pairs[0].counted_again == {}


def test_a_new_count_nobody_knows_is_another_count_than_a_known_one(rebased):
    ratio = {"range": [1.2, 1.62, 1.7], "assumption": True}
    plan = bm.load_scenario(KALSEL / "regsosek_rebase.yaml").replace({"revisions.four_criteria_2027.ratio": ratio})
    pair = bm.compare(rebased, bm.run(plan, draws=40)).pairs[0]
    assert pair.counted_again["rtlh_houses"] == 2027
    assert "slum_ha" not in pair.counted_again


def test_every_other_projection_is_held_against_the_first(baseline, csr_drive):
    found = bm.compare(baseline, csr_drive, baseline)
    assert found.names == ("baseline", "csr_drive", "baseline (2)")
    assert found.table("rtlh_houses").index.unique("scenario").tolist() == ["csr_drive", "baseline (2)"]
    assert [pair.has_same_outputs for pair in found.pairs] == [False, True]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"seed": 2}, r"160 draws \(seed 1, latin_hypercube\) and csr_drive 160 draws \(seed 2, latin_hypercube\)"),
        ({"draws": 40}, "csr_drive 40 draws"),
        ({"design": "random"}, r"csr_drive 160 draws \(seed 1, random\)"),
        ({"draws": 0}, "csr_drive no draws; expected the same number of draws, seed and design"),
    ],
)
def test_other_draws_are_refused(baseline, options, said):
    with pytest.raises(bm.BacklogModelError, match=said):
        bm.compare(baseline, run_of("csr_drive", **options))


def test_one_projection_and_other_provinces_are_refused(baseline):
    with pytest.raises(bm.BacklogModelError, match="nothing to compare with"):
        bm.compare(baseline)
    elsewhere = bm.run(bm.load_scenario(SCENARIOS / "template" / "scenario.yaml"), draws=0)
    with pytest.raises(bm.BacklogModelError, match="baseline is about 63 and scenario about 99"):
        bm.compare(baseline, elsewhere)


def small_run(folder, before="", after="", **tables):
    text = small_scenario.SCENARIO.replace(before, after) if before else small_scenario.SCENARIO
    return bm.run(bm.load_scenario(small_scenario.write(folder, text, f"plan{len(after)}.yaml", **tables)), draws=0)


def test_years_of_one_alone_are_left_out_and_told(tmp_path):
    long, short = small_run(tmp_path), small_run(tmp_path, "first: 2026, last: 2030", "first: 2027, last: 2029")
    pair = bm.compare(long, short).pairs[0]
    assert [(each.what, each.labels) for each in pair.left_out] == [("years", ("2026", "2030"))]
    assert pair.years("rtlh_houses") == (2026, 2027, 2028, 2029)
    assert pair.years("spent_idr") == (2027, 2028, 2029)
    found = pair.differences("rtlh_houses")
    np.testing.assert_array_equal(found.first, long.array("rtlh_houses")[1:5, 0])
    assert pair.differences("spent_idr", years=(2026,)).columns()["first"].shape == (0, 2)
    later = small_run(tmp_path, "first: 2026, last: 2030", "first: 2041, last: 2045")
    with pytest.raises(bm.BacklogModelError, match="have no year in common"):
        bm.compare(long, later)


def test_regions_of_one_alone_are_left_out_and_told(tmp_path):
    whole = small_run(tmp_path)
    text = small_scenario.SCENARIO
    for number in (1000, 700, 200):
        text = text.replace(f'"63.01": {number}, ', "")
    (tmp_path / "part").mkdir()
    regions = "code,name\n63,Kalimantan Selatan\n63.10,Tanah Bumbu\n"
    part = bm.run(bm.load_scenario(small_scenario.write(tmp_path / "part", text, regions=regions)), draws=0)
    pair = bm.compare(whole, part).pairs[0]
    assert [(each.what, each.scenario, each.labels) for each in pair.left_out] == [("regions", "plan0", ("63.01",))]
    found = pair.differences("households")
    assert found.regions == ("63.10",)
    np.testing.assert_array_equal(found.first[0], [2000.0])


def test_unknown_names_are_refused_with_the_nearest(compared):
    with pytest.raises(bm.BacklogModelError, match="rtlh_house: unknown variable; did you mean rtlh_houses"):
        compared.table("rtlh_house")
    with pytest.raises(bm.BacklogModelError, match="unknown part 'mild'"):
        compared.table("rtlh_houses", part="mild")
    assert compared.table("rtlh_houses", part="heavy")["difference"].iloc[-1] < 0
