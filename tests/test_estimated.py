"""Numbers that a scenario takes from what the past says."""

import numpy as np
import pytest

from backlog_model.errors import ScenarioError
from backlog_model.scenario.loading import load_scenario
from small_scenario import SCENARIO, write

HEADER = "key,region,year,value,low,high,kind,source,note\n"
PLAIN, DECAY = "deterioration_rate: 0.004", "deterioration_rate: {estimated: estimates.csv}"


def row(key="assumptions.deterioration_rate", region="63", year="", value="0.004", low="0.001", high="0.01"):
    return f"{key},{region},{year},{value},{low},{high},derived,ledger of the list,\n"


@pytest.fixture
def loaded(tmp_path):
    def load(*rows, scenario=DECAY):
        return load_scenario(write(tmp_path, SCENARIO.replace(PLAIN, scenario), estimates=HEADER + "".join(rows)))

    return load


def rate_of(scenario, uniform=None):
    value = scenario.assumptions.deterioration_rate
    return value.array((2026,), scenario.region_table.codes, uniform)


def test_the_middle_is_central_and_the_range_is_drawn(loaded):
    scenario = loaded(row())
    assert rate_of(scenario)[0, 0, 0] == 0.004
    drawn = rate_of(scenario, lambda *_: np.array([0.05, 0.5, 0.95])[None, :, None])
    assert drawn[0, :, 0] == pytest.approx([0.001, 0.004, 0.01])


def test_source_and_kind_come_from_the_row(loaded):
    value = loaded(row()).assumptions.deterioration_rate
    assert (value.source, value.kind) == ("ledger of the list", "derived")
    assert value.is_uncertain


def test_regions_may_differ(loaded):
    codes = loaded(row()).region_table.codes
    scenario = loaded(*(row(region=code, value=f"{0.002 * (place + 1)}") for place, code in enumerate(codes)))
    assert rate_of(scenario)[0, 0].tolist() == pytest.approx([0.002 * (place + 1) for place in range(len(codes))])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([row(low="")], "low and high are empty; an estimate has a range"),
        ([row(year="2026")], "an estimate is one row, with an empty year"),
        ([row(low="0.005")], "low, value, high: "),
        ([row(value="1.5", high="2")], "lies outside 0 to 1"),
        ([row(key="assumptions.relapse_rate")], "has no row with the key assumptions.deterioration_rate"),
    ],
)
def test_a_row_that_cannot_be_used_is_told(loaded, rows, message):
    with pytest.raises(ScenarioError, match=message):
        loaded(*rows)


def test_rows_that_this_scenario_does_not_take_are_left_alone(loaded):
    assert rate_of(loaded(row(), row(key="assumptions.relapse_rate")))[0, 0, 0] == 0.004


def test_spread_has_no_place_beside_a_range(loaded):
    with pytest.raises(ScenarioError, match="spread cannot stand beside estimated"):
        loaded(row(), scenario=DECAY.replace("estimates.csv}", "estimates.csv, spread: {range: [0.5, 1, 2]}}"))
