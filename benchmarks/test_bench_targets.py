"""Targets of the baseline: all that is said of them, beside the other scenarios; and one funding solve."""

from pathlib import Path
from typing import Any

from backlog_model.analysis.targets import examine, funding_required
from backlog_model.scenario.loading import load_scenario
from backlog_model.scenario.schema import Scenario
from cases import KALSEL, yardstick_seconds

DRAWS, SMOKE_DRAWS = 2_000, 32
TARGET = "ill-rtlh-2030"


def plan_of(benchmark: Any) -> tuple[Scenario, dict[str, int]]:
    """The baseline with the draws planners take; where nothing is timed one of its targets and a few draws."""
    scenario = load_scenario(KALSEL)
    if not benchmark.disabled:
        return scenario, {"draws": DRAWS}
    only = scenario.targets[TARGET].model_dump(exclude_none=True)
    return scenario.replace({"targets": {TARGET: only}}), {"draws": SMOKE_DRAWS}


def record(benchmark: Any, scenario: Scenario, runs: int) -> None:
    """Put model runs, and the time as a multiple of the yardstick of as many draws, beside the measurement."""
    benchmark.extra_info["runs"] = runs
    if benchmark.stats is not None:
        regions, years = len(scenario.region_table.codes), scenario.years.last - scenario.years.first + 1
        plain = yardstick_seconds(DRAWS, regions, years)
        benchmark.extra_info["times_yardstick"] = benchmark.stats.stats.min / plain


def test_examine(benchmark):
    scenario, options = plan_of(benchmark)
    others = [load_scenario(path) for path in sorted(Path(KALSEL.parent).glob("*.yaml")) if path != KALSEL]
    report = benchmark.pedantic(examine, (scenario,), {"rivals": others, **options}, rounds=3)
    assert report.funding
    assert report.choice is not None
    record(benchmark, scenario, report.runs)


def test_funding_required(benchmark):
    scenario, options = plan_of(benchmark)
    plan = benchmark.pedantic(funding_required, (scenario,), {"target": TARGET, **options}, rounds=3)
    assert plan.runs < 40
    record(benchmark, scenario, plan.runs)
