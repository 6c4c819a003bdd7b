"""Every scenario that ships: it loads, runs, loses nothing, agrees with what is published, and goes the right way."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm
from backlog_model.inputs import AUTHORITIES
from backlog_model.quantities import QUANTITIES

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FILES = [path.relative_to(SCENARIOS).as_posix() for path in sorted(SCENARIOS.glob("*/*.yaml"))]
KALSEL = [Path(name).stem for name in FILES if name.startswith("kalsel/")]
ADDED_UP = [name for name, quantity in QUANTITIES.items() if quantity.kind != "indicator"]
STOCKS = [
    name
    for name, quantity in QUANTITIES.items()
    if quantity.kind == "stock" and name != "registry_remaining_houses"  # a ledger without inflow may be overdrawn
]
EXACT = 1e-9  # sums of numbers up to 1e12 in another order


@pytest.fixture(scope="module")
def projections():
    """Central run of every scenario file, by its place under scenarios/."""
    return {name: bm.run(bm.load_scenario(SCENARIOS / name), draws=0) for name in FILES}


@pytest.fixture(scope="module")
def kalsel(projections):
    """Central run of every scenario of Kalimantan Selatan, by name."""
    return {name: projections[f"kalsel/{name}.yaml"] for name in KALSEL}


@pytest.fixture(params=FILES)
def projection(request, projections):
    return projections[request.param]


def of_province(projection, variable, year, part="total"):
    return projection.table(variable, by="province", part=part)[projection.axes.province][year]


def test_nine_scenarios_of_kalsel_and_a_template():
    assert len(KALSEL) == 9
    assert FILES[-1] == "template/scenario.yaml"


# what every scenario keeps


def test_houses_are_neither_made_nor_lost(projection):
    get = projection.array
    stock = get("decent_houses") + get("treated_houses") + get("rtlh_houses")
    moved_from_decent = projection.inputs.yearly.revision_reclassified_share * get("revision_houses")
    gains = get("revision_houses") - moved_from_decent + get("built_houses")
    losses = get("removed_houses") + get("lost_houses")
    np.testing.assert_allclose(np.diff(stock, axis=0), gains - losses, rtol=0, atol=EXACT * stock.max())


def test_every_change_of_rtlh_has_a_flow(projection):
    get = projection.array
    gains = get("revision_houses") + get("new_rtlh_houses")
    losses = get("self_improved_houses") + get("removed_rtlh_houses") + get("effective_handled_houses")
    stock = get("rtlh_houses")
    np.testing.assert_allclose(np.diff(stock, axis=0), gains - losses, rtol=0, atol=EXACT * stock.max())
    np.testing.assert_allclose(
        get("net_clearance_houses"), losses - get("new_rtlh_houses"), rtol=0, atol=EXACT * stock.max()
    )


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_change_of_slum_has_a_flow(projection, authority):
    hectares = {
        name: projection.array(name, part=authority)
        for name in ("slum_ha", "slum_revision_ha", "new_slum_ha", "relapsed_slum_ha", "slum_exit_ha")
    }
    gains = hectares["slum_revision_ha"] + hectares["new_slum_ha"] + hectares["relapsed_slum_ha"]
    change = gains - hectares["slum_exit_ha"]
    np.testing.assert_allclose(np.diff(hectares["slum_ha"], axis=0), change, rtol=0, atol=1e-9)


def test_money_is_spent_or_left(projection):
    for part in projection.parts("budget_idr"):
        budget, spent, unspent = (
            projection.array(name, part=part) for name in ("budget_idr", "spent_idr", "unspent_idr")
        )
        np.testing.assert_allclose(spent + unspent, budget, rtol=EXACT, atol=1e-3)  # a tenth of a cent of Rp billions


def test_the_province_is_the_sum_of_its_regions_and_parts(projection):
    for variable in ADDED_UP:
        check_sums(projection, variable)


def check_sums(projection, variable):
    whole = projection.array(variable, by="province")[..., 0]
    regions = np.nansum(projection.array(variable), axis=-1)
    covered = ~np.isnan(whole)
    np.testing.assert_allclose(whole[covered], regions[covered], rtol=EXACT, atol=EXACT, err_msg=variable)
    if projection.parts(variable) not in ((), ("total",)):
        parts = [projection.array(variable, part=part, by="province")[..., 0] for part in projection.parts(variable)]
        np.testing.assert_allclose(whole[covered], np.nansum(parts, axis=0)[covered], rtol=EXACT, atol=EXACT)


def test_no_stock_is_negative(projection):
    for variable in STOCKS:
        values = projection.array(variable)
        assert (values[~np.isnan(values)] >= 0).all(), variable


# what is published about 2025, in every scenario of Kalimantan Selatan


@pytest.mark.parametrize("name", KALSEL)
def test_2025_is_as_published(kalsel, name):
    projection = kalsel[name]
    assert of_province(projection, "rtlh_houses", 2024) == pytest.approx(237_973, abs=1e-6)
    assert of_province(projection, "official_handled_houses", 2025) == pytest.approx(2_804, abs=1e-6)
    assert of_province(projection, "registry_remaining_houses", 2025) == pytest.approx(235_169, abs=1e-6)
    assert of_province(projection, "reported_handled_houses", 2025) == pytest.approx(6_357, abs=1e-6)
    gross = of_province(projection, "slum_handled_share", 2025, part="gross")
    assert gross == pytest.approx(345.029 / 791.51, abs=1e-9)


def test_slums_without_a_source_are_empty_and_not_zero(kalsel):
    for authority in ("kabkota", "centre"):
        assert np.isnan(kalsel["baseline"].array("slum_ha", part=authority)).all()


# where the scenarios go


def test_the_baseline_stays_near_the_reference_run(kalsel):
    assert of_province(kalsel["baseline"], "rtlh_houses", 2027) == pytest.approx(223_102, rel=0.02)
    assert of_province(kalsel["baseline"], "rtlh_houses", 2030) == pytest.approx(211_666, rel=0.02)


@pytest.mark.parametrize(
    ("name", "more_rtlh", "more_money"),
    [
        ("tkd_cut", True, False),
        ("cut_and_recovery", False, True),
        ("bsps_surge", False, True),
        ("csr_drive", False, True),
        ("full_need", False, True),
        ("delayed_dpa", True, False),
        ("no_dak", True, False),
    ],
)
def test_money_and_rtlh_move_against_each_other(kalsel, name, more_rtlh, more_money):
    change = {
        (variable, year): of_province(kalsel[name], variable, year) - of_province(kalsel["baseline"], variable, year)
        for variable in ("rtlh_houses", "spent_idr")
        for year in (2027, 2030)
    }
    assert [change["rtlh_houses", year] > 0 for year in (2027, 2030)] == [more_rtlh] * 2
    assert (change["spent_idr", 2027] > 0) == more_money


def test_no_dak_is_nearly_the_baseline(kalsel):
    for year in (2027, 2030):
        without, stock = (of_province(kalsel[name], "rtlh_houses", year) for name in ("no_dak", "baseline"))
        assert abs(without / stock - 1) < 0.002


def test_the_surge_ends_when_its_money_ends(kalsel):
    surge, baseline = (of_province(kalsel[name], "spent_idr", 2030) for name in ("bsps_surge", "baseline"))
    assert surge == pytest.approx(baseline, rel=0.001)


def test_full_need_runs_out_of_artisans(kalsel):
    plan, baseline = kalsel["full_need"], kalsel["baseline"]
    assert of_province(plan, "rtlh_houses", 2030) < 0.8 * of_province(baseline, "rtlh_houses", 2030)
    limits = {programme: held(plan, programme) for programme in ("bsps", "kab_housing", "other_community")}
    waiting = plan.table("rtlh_houses").loc[2026]
    assert waiting[limits["bsps"]].sum() > 0.5 * waiting.sum()
    assert min(len(limits[name]) for name in ("kab_housing", "other_community")) > 13 / 2
    assert [name for name in limits if held(baseline, name)] == []


def held(projection, programme):
    """Regions whose artisans bind a programme in 2027."""
    return [
        code for code in projection.axes.regions if projection.binding_name(programme, 2027, region=code) == "capacity"
    ]


def test_late_papers_cost_one_year(kalsel):
    late, baseline = kalsel["delayed_dpa"], kalsel["baseline"]
    lapsed = [of_province(each, "lapsed_houses", 2027) for each in (late, baseline)]
    assert lapsed[0] > 2 * lapsed[1]
    assert of_province(late, "spent_idr", 2028) == pytest.approx(of_province(baseline, "spent_idr", 2028), rel=1e-3)


def test_a_rebase_is_neither_decay_nor_progress(kalsel):
    rebase, baseline = kalsel["regsosek_rebase"], kalsel["baseline"]
    before, after = (of_province(rebase, "rtlh_houses", year) for year in (2026, 2027))
    jump = of_province(rebase, "revision_houses", 2027)
    assert before == of_province(baseline, "rtlh_houses", 2026)
    assert jump == pytest.approx(0.62 * before, rel=EXACT)
    assert of_province(rebase, "clipped_revision_houses", 2027) == pytest.approx(0, abs=1e-6)
    assert of_province(rebase, "net_clearance_houses", 2027) == pytest.approx(before + jump - after, rel=EXACT)
    assert of_province(rebase, "net_clearance_houses", 2027) > 0
    finished = [of_province(each, "reported_handled_houses", 2027) for each in (rebase, baseline)]
    assert finished[0] == pytest.approx(finished[1], rel=1e-3)


def test_no_two_scenarios_are_the_same(kalsel):
    paths = {name: each.array("rtlh_houses", by="province").ravel() for name, each in kalsel.items()}
    assert [pair for pair in combinations(paths, 2) if np.abs(paths[pair[0]] - paths[pair[1]]).max() < 100] == []
