"""Every value of a run, in the table and in the document."""

import csv
import io
import json
import math
from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm
from backlog_model.analysis.limits import bindings, joint_limit, needs, province_limit
from backlog_model.projection import BINDINGS
from backlog_model.report import notes, values

KALSEL = Path(__file__).parents[1] / "scenarios" / "kalsel"
INTERFACE = """
rtlh_houses decent_houses treated_houses households ownership_backlog_households occupancy_backlog_households slum_ha
psu_gap_estates new_rtlh_houses deteriorated_houses relapsed_houses disaster_houses substandard_built_houses
self_improved_houses removed_rtlh_houses removed_houses lost_houses built_houses revision_houses started_houses
reported_handled_houses official_handled_houses effective_handled_houses lapsed_houses net_clearance_houses
slum_handled_ha slum_treated_ha slum_exit_ha new_slum_ha relapsed_slum_ha financed_households budget_idr spent_idr
unspent_idr household_top_up_idr decent_share rtlh_handled_share slum_handled_share break_even_houses years_to_clear
programme_contribution_share funding_gap_idr cost_per_net_house_idr psu_share
"""
ADDITIVE = ("rtlh_houses", "slum_ha", "budget_idr", "reported_handled_houses", "effective_handled_houses")


@pytest.fixture(scope="module")
def scenario():
    return bm.load_scenario(KALSEL / "baseline.yaml")


@pytest.fixture(scope="module")
def projection(scenario):
    return bm.run(scenario, draws=0)


@pytest.fixture(scope="module")
def rows(scenario, projection):
    return list(
        csv.DictReader(io.StringIO(values.table(scenario, projection, values.every_series(scenario, projection))))
    )


@pytest.fixture(scope="module")
def document(scenario, projection):
    return json.loads(
        values.as_json(
            values.document(scenario, projection, values.every_series(scenario, projection), run_id="abc", seed=1)
        )
    )


def found(document, variable, *, region="63", part="total"):
    """Central values of one series, by year."""
    return {
        row["year"]: row["central"]
        for row in document["results"]
        if (row["variable"], row["region"], row["part"]) == (variable, region, part)
    }


def test_the_table_holds_what_the_document_holds(rows, document):
    assert tuple(rows[0]) == values.COLUMNS
    assert len(rows) == len(document["results"])
    for row, result in zip(rows, document["results"], strict=True):
        assert [row[name] for name in ("variable", "unit", "region", "part")] == [
            result[name] for name in ("variable", "unit", "region", "part")
        ]
        assert int(row["year"]) == result["year"]
        assert (float(row["central"]) if row["central"] else None) == result["central"]


def test_every_variable_stands_for_the_province_and_all_regions(projection, document):
    regions = {}
    for row in document["results"]:
        regions.setdefault(row["variable"], set()).add(row["region"])
    for variable in INTERFACE.split():
        assert regions[variable] == {"63", *projection.axes.regions}, variable


def test_values_are_those_of_the_projection(projection, document):
    for variable in ("rtlh_houses", "spent_idr", "decent_share"):
        expected = projection.array(variable)[:, 0, projection.axes.regions.index("63.10")]
        assert list(found(document, variable, region="63.10").values()) == expected.tolist()
    assert list(found(document, "rtlh_houses")) == list(range(2024, 2036))
    assert list(found(document, "net_clearance_houses")) == list(range(2025, 2036))


@pytest.mark.parametrize("variable", ADDITIVE)
def test_parts_and_regions_add_up_to_their_total(projection, document, variable):
    whole = found(document, variable)
    parts = [found(document, variable, part=part) for part in projection.parts(variable)]
    regions = [found(document, variable, region=region) for region in projection.axes.regions]
    for year, value in whole.items():
        assert value == pytest.approx(math.fsum(part[year] or 0.0 for part in parts), rel=1e-12)
        assert value == pytest.approx(math.fsum(region[year] for region in regions), rel=1e-12)


def test_what_no_source_covers_is_null_and_not_zero(document):
    assert set(found(document, "slum_ha", part="kabkota").values()) == {None}
    assert found(document, "slum_ha", part="province")[2024] == pytest.approx(482.331)
    assert found(document, "slum_ha")[2024] == pytest.approx(482.331)


def test_without_draws_only_the_central_line_is_given(document):
    assert (document["schema_version"], document["draws"], document["seed"]) == (1, 0, 1)
    assert list(document["results"][0]) == [
        *("variable", "unit", "region", "part", "year", "central", "mean", "p05", "p10", "p50", "p90", "p95"),
        "mc_error",
    ]
    assert {row[name] for row in document["results"] for name in values.STATISTICS[1:]} == {None}


def test_the_document_is_plain_and_without_nan(scenario, projection):
    text = values.as_json(
        values.document(scenario, projection, values.every_series(scenario, projection), run_id="abc", seed=1)
    )
    assert text.isascii()
    assert "NaN" not in text
    assert "Infinity" not in text


def test_targets_that_apply_stand_beside_the_central_line(scenario, document):
    targets = {target["id"]: target for target in document["targets"]}
    assert set(targets) == {name for name, target in scenario.targets.items() if target.applies}
    target = targets["ill-rtlh-2030"]
    assert target == {
        **{"id": "ill-rtlh-2030", "year": 2030, "value": 210000, "probability": None, "mc_error": None},
        **{"wanted_probability": 0.8, "first_year": None, "first_year_range": [None, None], "by_year": []},
        "central": found(document, "rtlh_houses")[2030],
        "binding": "funds",
    }


def test_binding_names_a_limit_for_every_programme_region_and_year(projection, document):
    axes = projection.axes
    assert len(document["binding"]) == len(axes.programmes) * (1 + len(axes.regions)) * len(axes.years)
    assert {each["binding"] for each in document["binding"]} <= set(BINDINGS)
    known = {each["binding"] for each in document["binding"] if each["year"] == 2025 and each["programme"] == "bsps"}
    assert known == {"none"}


def test_assumed_splits_and_counting_rules_stand_beside_the_rows(rows):
    beside = {(row["variable"], row["part"], row["region"]): row["note"] for row in rows}
    assert beside["rtlh_houses", "total", "63"] == ""
    assert beside["rtlh_houses", "heavy", "63.10"] == notes.ASSUMED
    assert beside["households", "total", "63.10"] == notes.DERIVED
    assert beside["budget_idr", "kab_housing.apbd_kab", "63.10"] == ""
    assert beside["budget_idr", "bsps.apbn", "63.10"] == notes.SHARED
    assert beside["slum_ha", "total", "63"] == notes.COVERED
    assert beside["slum_handled_share", "net", "63"].endswith("counting rule: step; net of relapse")
    assert beside["rtlh_handled_share", "moving_base", "63"] == "base: RTLH at the start of the year"


def test_notes_of_the_document_are_those_of_the_table(rows, document):
    said = {(each["variable"], each["part"], each["level"]): each["note"] for each in document["notes"]}
    for row in rows:
        level = "province" if row["region"] == "63" else "region"
        assert said.get((row["variable"], row["part"], level), "") == row["note"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@cmd", "\tx"])
def test_text_never_becomes_a_formula(text):
    assert values.cell(text) == f"'{text}"


def test_names_with_commas_and_quotes_keep_their_cell(scenario, projection, monkeypatch):
    monkeypatch.setitem(scenario.region_table.names, "63.01", '=Laut, "Tanah"')
    text = values.table(scenario, projection, values.every_series(scenario, projection))
    names = {row["region_name"] for row in csv.DictReader(io.StringIO(text)) if row["region"] == "63.01"}
    assert names == {'\'=Laut, "Tanah"'}


def test_the_limit_of_a_province_is_the_one_that_holds_most_need():
    funds, capacity, none = (BINDINGS.index(name) for name in ("funds", "capacity", "none"))
    codes = np.array([funds, capacity, capacity, none], dtype=np.int8)
    assert province_limit(codes, np.array([50.0, 20.0, 20.0, 900.0])) == funds
    assert province_limit(codes, np.array([30.0, 20.0, 20.0, 0.0])) == capacity
    assert province_limit(codes, np.zeros(4)) == capacity
    assert province_limit(codes[3:], np.ones(1)) == none


def test_need_is_the_stock_at_the_start_of_the_year(projection):
    need = needs(projection)
    axes = projection.axes
    np.testing.assert_array_equal(
        need[1, axes.programmes.index("bsps")], projection.array("rtlh_houses")[1, 0], strict=True
    )
    slum = projection.array("slum_ha", part="province")[:-1, 0]
    np.testing.assert_array_equal(need[:, axes.programmes.index("slum_prov")], slum)


def test_binding_of_a_region_is_the_one_recorded(projection):
    for each in bindings(projection):
        if each.region != "63" and each.programme == "flpp":
            name = projection.binding_name("flpp", each.year, region=each.region)
            assert each.binding == name
    assert joint_limit(projection, ("flpp",), 2026, "63.01") == "quota"
    assert joint_limit(projection, ("flpp",), 2024, "63") == "none"
