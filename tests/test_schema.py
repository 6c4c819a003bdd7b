import json
import pickle
import re

import pytest
from pydantic import ValidationError

from backlog_model.errors import ScenarioError
from backlog_model.scenario.descriptions import DESCRIPTIONS
from backlog_model.scenario.editor_schema import schema_json
from backlog_model.scenario.loading import check, load_scenario
from backlog_model.scenario.paths import Value
from backlog_model.scenario.schema import Scenario
from backlog_model.scenario.shapes import Shape, fields_of
from small_scenario import SCENARIO, write

THREE = SCENARIO.replace("severity_classes: [all]\n", "").replace("treats: [all]", "treats: [light, medium, heavy]")
THREE = THREE.replace("opening:\n", "opening:\n  severity_share: {light: 0.5, medium: 0.3, heavy: 0.2}\n")
THREE = THREE.replace("assumptions:\n", "assumptions:\n  severity_share: {light: 0.6, medium: 0.3, heavy: 0.1}\n")
REGIONAL = '{by_region: {"63.01": %s, "63.10": %s}}'
SLUM = (
    "  kumuh: {treats: slum, authority: province, intervention: partial, unit_cost_idr: 2e8, budget_idr: {apbd: 1e9}}\n"
)
FINANCE = "  flpp: {treats: finance, quota_households: 100}\n"
MORE = "programmes:\n"
TARGET = "targets:\n  t1: {variable: rtlh_houses, year: 2030, operator: <=, value: 100%s}\n"


@pytest.fixture
def scenario(tmp_path):
    return load_scenario(write(tmp_path, THREE + SLUM + FINANCE + TARGET % ""))


def test_what_is_left_out_follows_from_the_rest(scenario):
    assert (scenario.now, scenario.price_year, scenario.name) == (2025, 2025, "plan")
    assert scenario.years.all == (2026, 2027, 2028, 2029, 2030)
    assert scenario.programmes["bsps"].label.en == "bsps"
    assert scenario.programmes["kumuh"].treats == ("slum",)
    assert scenario.targets["t1"].region == "63"
    assert scenario.assumptions.relapse_severity_share == scenario.assumptions.severity_share
    assert scenario.region_table.codes == ("63.01", "63.10")
    assert list(scenario.programmes) == ["bsps", "kumuh", "flpp"]


def test_a_single_class_takes_everything(tmp_path):
    scenario = load_scenario(write(tmp_path))
    assert scenario.opening.severity_share["all"].array((2025,), ("63.01",)).item() == 1
    assert scenario.assumptions.severity_share["all"].array((2026,), ("63.01",)).item() == 1


def test_terms_of_a_programme_follow_the_assumptions(scenario):
    own = scenario.replace({"programmes.bsps.overhead_share": 0.1, "assumptions.overhead_share": 0.05})
    assert own.of_programme("bsps", "overhead_share").array((2026,), ("63.01",)).item() == 0.1
    assert own.of_programme("kumuh", "overhead_share").array((2026,), ("63.01",)).item() == 0.05


def test_records_are_frozen(scenario):
    with pytest.raises(ValidationError, match="frozen"):
        scenario.now = 2030
    with pytest.raises(ValidationError, match="frozen"):
        scenario.opening.households = scenario.opening.rtlh_houses


def test_a_scenario_survives_pickling(scenario):
    copy = pickle.loads(pickle.dumps(scenario))
    assert copy.as_written() == scenario.as_written()
    assert copy.replace({"now": 2026}).now == 2026


def test_replacing_makes_a_new_scenario(scenario):
    richer = scenario.replace({"programmes.bsps.budget_idr.apbn": {"table": {2026: 5e9}, "growth": 0.1}, "now": 2026})
    budget = richer.programmes["bsps"].budget_idr["apbn"]
    assert budget.array((2026, 2027), ("63.01",)).ravel().tolist() == pytest.approx([5e9, 5.5e9])
    assert scenario.programmes["bsps"].budget_idr["apbn"].array((2026,), ("63.01",)).item() == 1e9
    assert (richer.now, scenario.now) == (2026, 2025)


def test_replacing_with_modifiers_changes_the_value(scenario):
    changed = scenario.replace({"programmes.bsps.budget_idr.apbn": {"multiply": {2027: 0.5}}})
    budget = changed.programmes["bsps"].budget_idr["apbn"]
    assert budget.array((2026, 2027), ("63.01",)).ravel().tolist() == [1e9, 5e8]


@pytest.mark.parametrize(
    ("path", "entry", "problem"),
    [
        (
            "programmes.bsp.budget_idr.apbn",
            1,
            "replace: programmes.bsp.budget_idr.apbn: unknown key bsp; did you mean bsps?",
        ),
        ("programmes.bsps.budget_idr.apb", 1, "unknown key apb; did you mean apbn?"),
        ("years.fist", 1, "unknown key fist; did you mean first?"),
        ("years.first.deep", 1, "unknown key deep"),
        ("", 1, "unknown key"),
        ("assumptions.relapse_rate", float("nan"), "assumptions.relapse_rate: nan cannot be written in a scenario"),
        ("assumptions.relapse_rate", object(), "cannot be written in a scenario"),
        ("assumptions.relapse_rate", 2, "2 lies outside 0 to 1"),
        ("assumptions.relapse_rate", {"csv": "none.csv"}, "there is no file none.csv"),
        ("years", 2030, "years: 2030 stands where a mapping"),
        ("opening.rtlh_houses", 5, "one number for the whole province"),
    ],
)
def test_replacing_is_checked(scenario, path, entry, problem):
    with pytest.raises(ScenarioError, match=re.escape(problem)):
        scenario.replace({path: entry})


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("light: 0.5", "light: 0.6", "opening.severity_share: the shares add to 1.1; expected 1"),
        ("light: 0.6", "light: 0.5", "assumptions.severity_share: the shares add to 0.9; expected 1"),
        ("light: 0.6, ", "", "nothing for light; expected light, medium, heavy"),
        ("light: 0.6", "ringan: 0.6", "assumptions.severity_share.ringan: unknown name"),
        (REGIONAL % (200, 300), REGIONAL % (200, -300), "-300 is negative; expected houses"),
        (
            "treats: [light, medium, heavy]",
            "treats: []",
            "programmes.bsps.treats: an empty list",
        ),
        ("treats: [light, medium, heavy]", "treats: [light, hevy]", "hevy is nothing to treat; did you mean heavy?"),
        ("treats: [light, medium, heavy]", "treats: [light, slum]", "write one programme for each kind of work"),
        ("treats: [light, medium, heavy]", "treats: [light, light]", "a class stands twice"),
        (MORE, MORE + SLUM.replace("authority: province, ", ""), "programmes.kumuh.authority: missing"),
        (MORE, MORE + SLUM.replace("intervention: partial, ", ""), "programmes.kumuh.intervention: missing"),
        (MORE, MORE + SLUM.replace("partial", "partly"), "intervention: partly; did you mean partial?"),
        (MORE, MORE + FINANCE.replace(", quota_households: 100", ""), "quota_households: missing"),
        (
            MORE,
            MORE + FINANCE + FINANCE.replace("flpp", "ssb"),
            "programmes.ssb.treats: a second finance programme beside flpp",
        ),
        ("bsps:", "BSPS-2:", "'BSPS-2' is no short name"),
        ("    budget_idr: {apbn: 1_000_000_000}\n", "", "programmes.bsps.budget_idr: missing"),
        (
            "    unit_cost_idr",
            "    ramp_rate: 0.2\n    unit_cost_idr",
            "ramp_rate without ramp_start; a ramp needs both",
        ),
        ("    unit_cost_idr", "    sharing: {rule: fixed_table}\n    unit_cost_idr", "sharing.table: missing"),
        (
            "    unit_cost_idr",
            f"    sharing: {{rule: fixed_table, table: {REGIONAL % (0.3, 0.6)}}}\n    unit_cost_idr",
            "the shares of the regions add to 0.9; expected 1",
        ),
        (
            "    unit_cost_idr",
            "    sharing: {floor_share: 0.6}\n    unit_cost_idr",
            "the floors of 2 regions add to 1.2",
        ),
        (
            "    unit_cost_idr",
            "    sharing: {floor_share: 0.4, cap_share: 0.3}\n    unit_cost_idr",
            "a cap lies below the floor",
        ),
        (
            "    unit_cost_idr",
            "    cofunding_share: {apbn: 0.4}\n    unit_cost_idr",
            "the shares add to 0.4; expected 1",
        ),
        (
            "    unit_cost_idr",
            "    cofunding_share: {apbd: 1}\n    unit_cost_idr",
            "cofunding_share.apbd: unknown name",
        ),
        ("    unit_cost_idr", "    overhead_share: 1\n    unit_cost_idr", "overhead_share 1 leaves no money"),
        ("    unit_cost_idr", "    finished_next_year_share: 0.1\n    unit_cost_idr", "add to 1.1; expected at most 1"),
        ("    unit_cost_idr", "    severity_mix: {light: 0.5}\n    unit_cost_idr", "the shares add to 0.5; expected 1"),
        (
            "  deterioration",
            "  decent_loss_rate: 0.999\n  deterioration",
            "deterioration_rate and decent_loss_rate add to 1.003",
        ),
        (
            "  deterioration",
            "  self_improvement_rate: 0.6\n  rtlh_loss_rate: 0.5\n  deterioration",
            "(light) add to 1.1",
        ),
        ("  deterioration", "  worsening_rate: {heavy: 0.1}\n  deterioration", "worsening_rate.heavy: unknown name"),
        ("  deterioration", "  substandard_share: 0.1\n  deterioration", "one share for 3 classes"),
        ("  deterioration", "  household_growth_rate: 0.5\n  deterioration", "0.5 lies outside -0.2 to 0.2"),
        (
            "opening:\n",
            f"opening:\n  ownership_backlog_households: {REGIONAL % (990, 500)}\n",
            "region 63.01: 990 without a home of their own, of at most 984 households",
        ),
        ("opening:\n", f"opening:\n  slum_ha: {{provinsi: {REGIONAL % (1, 2)}}}\n", "slum_ha.provinsi: unknown name"),
        (
            "opening:\n",
            f"opening:\n  psu_estates: {REGIONAL % (9, 9)}\n  psu_handed_over_estates: {REGIONAL % (10, 1)}\n",
            "opening.psu_handed_over_estates: region 63.01: 10 is more than psu_estates, 9",
        ),
        ("  deterioration", "  crews: 30\n  deterioration", "assumptions.crews: one number for the whole province"),
        ("  deterioration", "  persons_per_household: 4\n  deterioration", "persons_per_household without population"),
        (
            "  deterioration",
            f"  population_by_age: {{15-24: {REGIONAL % (9, 9)}}}\n  headship_rate: {{15-25: 0.1}}\n  deterioration",
            "assumptions.headship_rate.15-25: unknown name; did you mean 15-24?",
        ),
        (
            "  deterioration",
            "  unit_cost_growth_rate: {table: {2027: 0.05}}\n  deterioration",
            "a number for 2027 only; the scenario needs 2026 to 2030",
        ),
        ("opening:", "openings:", "openings: unknown key; did you mean opening?"),
        ("deterioration_rate: 0.004\n", "deterioration_rate: 0.004\nopenings: {}\n", "openings: unknown key"),
        ("years:", "now: 2040\nyears:", "now: 2040 lies outside the scenario; expected 2025 to 2030"),
        ("last: 2030", "last: 2020", "years.last: 2020 comes before years.first, 2026"),
        ("last: 2030", "last: 2200", "years.last: 2026 to 2200 are more than"),
    ],
)
def test_entries_fit_together(tmp_path, old, new, problem):
    assert old in THREE
    found = [str(each) for each in check(write(tmp_path, THREE.replace(old, new, 1))) if not each.warning]
    assert any(problem in each for each in found), found


def test_prices_must_grow_from_the_price_year(tmp_path):
    text = THREE.replace("years:", "price_year: 2023\nyears:")
    text = text.replace("  deterioration", "  unit_cost_growth_rate: {table: {2026: 0.05}}\n  deterioration")
    found = [each.message for each in check(write(tmp_path, text))]
    assert "assumptions.unit_cost_growth_rate: a number for 2026 only; the scenario needs 2024 to 2030" in found


def test_a_missing_section_does_not_hide_the_rest(tmp_path):
    found = [
        str(each) for each in check(write(tmp_path, THREE.replace("opening:", "openings:") + TARGET % ", part: x"))
    ]
    assert any("openings: unknown key; did you mean opening?" in each for each in found)
    assert any("opening: missing; write it here" in each for each in found)
    assert any("targets.t1.part: rtlh_houses has no part x" in each for each in found)


def test_houses_must_stand_somewhere(tmp_path):
    text = THREE.replace(REGIONAL % (200, 300), REGIONAL % (0, 300)).replace(REGIONAL % (700, 1500), REGIONAL % (0, 9))
    assert "opening: region 63.01 has no houses" in str(check(write(tmp_path, text))[0])


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        (TARGET.replace("rtlh_houses", "rtlh_house") % "", "unknown variable rtlh_house; did you mean rtlh_houses?"),
        (TARGET % ', region: "63.11"', "targets.t1.region: unknown region 63.11; did you mean 63.10?"),
        (TARGET % ", region: 63.10", 'targets.t1.region: 63.10 is not text; write "63.10" in quotes'),
        (
            TARGET.replace("2030", "2040") % "",
            "targets.t1.year: 2040 lies after the last simulated year; expected 2026",
        ),
        (TARGET.replace("100", "2.804") % "", "2.804 is read as 2.804 houses; write 2804"),
        (TARGET % ", percent_of_base: 20", "value and percent_of_base; expected either"),
        (TARGET % ", probability: 1.5", "targets.t1.probability: 1.5 is not a probability"),
        (
            "targets:\n  t1: {variable: decent_share, year: 2030, operator: '>=', value: 80}\n",
            "write 0.8 for 80 percent",
        ),
        (
            "realised_houses: {bsp: {table: {2026: 5}}}\n",
            "realised_houses.bsp: unknown programme bsp; did you mean bsps?",
        ),
        ("realised_houses: {bsps: 5}\n", "one number for every year; write the years that are known"),
        ("realised_ha: {bsps: {table: {2026: 5}}}\n", "bsps treats no slum; write it under realised_houses"),
        ("revisions: {r: {year: 2040, variable: rtlh_houses, ratio: 2}}\n", "2040 is not simulated"),
        ("revisions: {r: {year: 2027, variable: rtlh_houses}}\n", "no change; expected one of ratio, houses, classes"),
        ("revisions: {r: {year: 2027, variable: slum_ha, ratio: 2}}\n", "revisions.r.authority: missing"),
        ("revisions: {r: {year: 2027, variable: rtlh_houses, ratio: 2, ha: 1}}\n", "not for rtlh_houses"),
        ("shocks: {f: {houses: 5}}\n", "shocks.f.severity_share: missing"),
        ("shocks: {f: {houses: 5}}\n", "shocks.f.region_share: missing"),
        (f"shocks: {{f: {{houses: 5, region_share: {REGIONAL % (0.5, 0.4)}}}}}\n", "add to 0.9; expected 1"),
        (
            "correlations: [{between: [assumptions.deterioration_rate, assumptions.relapse], correlation: 0.5}]\n",
            "unknown value assumptions.relapse",
        ),
        (
            "correlations: [{between: [assumptions.deterioration_rate, assumptions.vacancy_share], correlation: 1}]\n",
            "assumptions.deterioration_rate is not uncertain",
        ),
        ("correlations: [{between: [a], correlation: 0.5}]\n", "a list; expected a list of at least two"),
        ("correlations: [{between: [a, b], correlation: 1.5}]\n", "1.5; expected at most 1"),
    ],
)
def test_promises_fit_the_scenario(tmp_path, more, problem):
    found = [str(each) for each in check(write(tmp_path, THREE + more)) if not each.warning]
    assert any(problem in each for each in found), found


def test_a_target_that_does_not_apply_may_lie_anywhere(tmp_path):
    more = TARGET.replace("2030", "2021") % ", region: ID, applies: false, reason: before the first year"
    assert not load_scenario(write(tmp_path, THREE + more)).targets["t1"].applies


def test_targets_may_stand_in_a_table(tmp_path):
    rows = "id,variable,region,year,operator,value,applies,source\nt1,rtlh_houses,63,2030,<=,100,yes,RPJMD\n"
    targets = load_scenario(write(tmp_path, THREE + "targets: {csv: targets.csv}\n", targets=rows)).targets
    assert (targets["t1"].value, targets["t1"].applies, targets["t1"].region) == (100, True, "63")
    wrong = rows.replace("2030", "2040").replace("100", "2.804").replace("variable", "variabel")
    found = [str(each) for each in check(write(tmp_path, THREE + "targets: {csv: targets.csv}\n", targets=wrong))]
    assert any("targets.csv:1:2: unknown column 'variabel'; did you mean variable?" in each for each in found)


def test_uncovered_regions_of_slum_are_known(tmp_path):
    text = THREE.replace(
        "opening:\n",
        "opening:\n  slum_class_share: {light: 1, medium: 0, heavy: 0}\n"
        '  slum_ha: {province: {by_region: {"63.10": 5}}}\n',
    )
    value = load_scenario(write(tmp_path, text)).opening.slum_ha["province"]
    assert value.covered(("63.01", "63.10")) == (False, True)


def every_field(record, seen=()):
    """Every record below a record, with its fields."""
    for name, shape in fields_of(record).items():
        yield name, shape
        inner = shape.record or (shape.entries or shape.items or Shape()).record
        if inner is not None and inner not in seen:
            yield from every_field(inner, (*seen, inner))


def test_every_entry_is_described_in_one_place():
    names = {name for name, _ in every_field(Scenario)}
    assert names == set(DESCRIPTIONS)


def test_every_value_has_a_unit():
    without = {
        name for name, shape in every_field(Scenario) if shape.value is not None and shape.value.words == "number"
    }
    assert without == set()


def test_the_editor_schema_describes_every_value():
    schema = schema_json()
    text = json.dumps(schema)
    assert "a value" not in text.replace("stands for a value", "")
    references = set(re.findall(r'"#/\$defs/(\w+)"', text))
    assert references <= set(schema["$defs"])
    budget = schema["$defs"]["Programme"]["properties"]["budget_idr"]
    assert budget["description"].endswith("[rupiah]")
    assert {"value", "table", "csv", "range"} <= {
        name for form in schema["$defs"]["Value"]["oneOf"] for name in form.get("properties", {})
    }
    assert set(schema["else"]["required"]) == {"title", "years", "regions", "opening"}


def test_values_are_taken_as_they_are(scenario):
    assert isinstance(scenario.opening.households, Value)
    assert scenario.opening.households.path == "opening.households"
