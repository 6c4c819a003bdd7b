"""Assumptions moved one at a time: each alone, at the ends of its own range, from the central line."""

from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm
from backlog_model.analysis.one_at_a_time import one_at_a_time
from backlog_model.assembly import assemble_moved
from drawn_scenarios import written
from small_scenario import write

TEMPLATE = bm.load_scenario("scenarios/template/scenario.yaml")
KALSEL = bm.load_scenario("scenarios/kalsel/baseline.yaml")


def central(scenario, year, variable="rtlh_houses"):
    projection = bm.run(scenario, draws=0)
    return projection.array(variable, by="province")[projection.years(variable).index(year), 0, 0]


def rewritten(path, value):
    return TEMPLATE.replace({path: {"value": value, "assumption": True}})


@pytest.mark.parametrize("scenario", [TEMPLATE, KALSEL])
def test_nothing_moved_is_the_central_line(scenario):
    assert one_at_a_time(scenario, 2027)[0].base == pytest.approx(central(scenario, 2027), rel=1e-12)


def test_each_result_is_that_of_the_scenario_with_this_number_written():
    moves = {move.paths: move for move in one_at_a_time(TEMPLATE, 2030)}
    move = moves[("assumptions.relapse_rate",)]
    assert (move.low_values, move.high_values) == (pytest.approx((0.002,)), pytest.approx((0.03,)))
    assert move.low == pytest.approx(central(rewritten("assumptions.relapse_rate", 0.002), 2030), rel=1e-9)
    assert move.high == pytest.approx(central(rewritten("assumptions.relapse_rate", 0.03), 2030), rel=1e-9)


def test_the_largest_span_stands_first_and_holds_the_median():
    moves = one_at_a_time(KALSEL, 2027)
    spans = [move.swing for move in moves]
    assert spans == sorted(spans, reverse=True)
    assert all(move.swing >= abs(move.high - move.low) >= 0.0 for move in moves)
    assert moves[0].paths == tuple(f"assumptions.self_improvement_rate.{name}" for name in ("light", "medium", "heavy"))


def test_what_changes_nothing_has_no_span():
    """No house of the template depends on who owns it."""
    scenario = TEMPLATE.replace({"assumptions.self_acquired_rate": {"range": [0.005, 0.01, 0.02], "assumption": True}})
    moves = {move.paths: move for move in one_at_a_time(scenario, 2030)}
    assert moves[("assumptions.self_acquired_rate",)].swing == 0.0


def test_classes_move_together_only_where_a_correlation_says_so():
    together = {move.paths for move in one_at_a_time(KALSEL, 2027) if len(move.paths) > 1}
    assert {paths[0].rpartition(".")[0] for paths in together} == {
        "assumptions.self_improvement_rate",
        "assumptions.substandard_share",
        "assumptions.effectiveness_share",
    }
    apart = {move.paths for move in one_at_a_time(KALSEL.replace({"correlations": []}), 2027)}
    assert all(len(paths) == 1 for paths in apart)


def test_chances_of_each_year_stay_in_the_middle():
    paths = {path for move in one_at_a_time(KALSEL, 2027) for path in move.paths}
    assert not [path for path in paths if path.endswith(("absorption_share", ".houses"))]
    assert "shocks.flood.falls_on_decent_share" in paths


def test_a_number_of_each_region_is_told_as_their_sum():
    crews = next(move for move in one_at_a_time(KALSEL, 2027) if move.paths == ("assumptions.crews",))
    assert crews.high_values[0] == pytest.approx(3 * crews.low_values[0])
    assert crews.low_values[0] > 1000


def test_the_year_looked_at_counts_and_so_does_the_result():
    early, late = (one_at_a_time(TEMPLATE, year)[0].swing for year in (2026, 2035))
    assert 0 < early < late
    decent = one_at_a_time(TEMPLATE, 2030, variable="decent_share")
    assert decent[0].base == pytest.approx(central(TEMPLATE, 2030, "decent_share"))


def test_a_split_over_regions_stays_at_its_weights():
    inputs = assemble_moved(KALSEL, {"assumptions.relapse_rate": np.array([0.05, 0.95])})
    assert np.ptp(inputs.opening.rtlh_houses, axis=-2).max() == 0.0


def test_a_scenario_without_uncertainty_has_nothing_to_move(tmp_path: Path):
    assert one_at_a_time(bm.load_scenario(write(tmp_path)), 2026) == ()


def test_all_kinds_of_uncertainty_are_moved_from_the_central_line(tmp_path: Path):
    scenario = written(tmp_path)
    moves = one_at_a_time(scenario, 2028)
    assert moves[0].base == pytest.approx(central(scenario, 2028), rel=1e-9)
    assert len({move.paths for move in moves}) == len(moves)
    assert all(np.isfinite([move.low, move.high, *move.low_values, *move.high_values]).all() for move in moves)
    assert ("assumptions.household_growth_rate",) in {move.paths for move in moves}  # drawn apart in each region
