"""What a scenario leaves out: it is read as if the default were written."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from backlog_model.errors import ScenarioError
from backlog_model.scenario.loading import check, load_scenario
from backlog_model.scenario.paths import Value
from backlog_model.scenario.schema import Scenario, Target, Years, better_sense
from hand_worked import ONE, load

CODES = ("63.01",)
BARE = """\
title: Bare
years: {first: 2026, last: 2028}
severity_classes: [all]
regions: regions.csv
opening: {households: 1000, decent_houses: 700, rtlh_houses: 200}
"""
LEFT_OUT = {
    "household_growth_rate": 0.0,
    "built_per_new_household": 0.5,
    "substandard_share": 0.0,
    "deterioration_rate": 0.0,
    "relapse_rate": 0.0,
    "self_improvement_rate": 0.0,
    "rtlh_loss_rate": 0.0,
    "decent_loss_rate": 0.0,
    "treated_loss_rate": 0.0,
    "habitable_share": 1.0,
    "vacancy_share": 0.0,
    "new_non_owner_share": 0.0,
    "ownership_loss_rate": 0.0,
    "self_acquired_rate": 0.0,
    "other_home_share": 0.0165,
    "mbr_share": 0.8,
    "take_up_rate": 0.1,
    "first_time_share": 0.9,
    "new_house_share": 1.0,
    "houses_per_crew_year": 7.0,
    "new_slum_rate": 0.0,
    "slum_relapse_rate": 0.0,
    "psu_handover_rate": 0.0,
    "new_estates": 0.0,
    "new_compliant_share": 0.0,
    "absorption_share": 1.0,
    "overhead_share": 0.0,
    "leakage_share": 0.0,
    "drop_out_share": 0.0,
    "overlap_share": 0.0,
    "effectiveness_share": 1.0,
    "eligible_share": 1.0,
    "finished_same_year_share": 1.0,
    "finished_next_year_share": 0.0,
    "unit_cost_growth_rate": 0.0,
    "grant_growth_rate": 0.0,
}
NO_NUMBER = [
    *("households", "population", "persons_per_household", "crews", "unit_cost_idr", "severity_mix"),
]
NO_NAMES = [
    *("population_by_age", "headship_rate", "worsening_rate", "slum_worsening_rate"),
    "slum_capacity_ha",
]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load(tmp_path_factory.mktemp("bare"), BARE)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load(tmp_path_factory.mktemp("one"), ONE)


def number(value: Value) -> float:
    """The number of the first year."""
    return float(value.array((2026,), CODES).item())


@pytest.mark.parametrize(("name", "expected"), LEFT_OUT.items())
def test_an_assumption_left_out_is_its_default(bare: Scenario, name: str, expected: float) -> None:
    left_out = getattr(bare.assumptions, name)
    written = getattr(bare.replace({f"assumptions.{name}": expected}).assumptions, name)
    assert number(left_out) == expected
    assert np.array_equal(left_out.array((2026, 2028), CODES), written.array((2026, 2028), CODES))
    assert (left_out.source, left_out.path) == ("default of the model", "")
    assert (written.source, written.path) == (None, f"assumptions.{name}")


def test_assumptions_without_a_default_are_empty(bare: Scenario) -> None:
    assert [getattr(bare.assumptions, name) for name in NO_NUMBER] == [None] * 6
    assert [getattr(bare.assumptions, name) for name in NO_NAMES] == [{}] * 5
    assert bare.assumptions.slum_counting_rule == "step"
    every = {*LEFT_OUT, *NO_NUMBER, *NO_NAMES, "severity_share", "relapse_severity_share", "slum_counting_rule"}
    assert every == set(type(bare.assumptions).model_fields)


def test_an_opening_left_out_is_empty(bare: Scenario) -> None:
    opening = bare.opening
    assert number(opening.treated_houses) == 0.0
    assert [opening.ownership_backlog_households, opening.psu_estates] == [None, None]
    assert [opening.psu_complete_estates, opening.psu_handed_over_estates] == [None, None]
    assert [opening.slum_ha, opening.slum_base_ha, opening.slum_handled_ha, opening.slum_class_share] == [{}] * 4


def test_sections_left_out_are_empty(bare: Scenario) -> None:
    assert bare.correlations == ()
    sections = [bare.programmes, bare.shocks, bare.revisions, bare.targets]
    assert [*sections, bare.realised_houses, bare.realised_ha, bare.realised_spent_idr] == [{}] * 7
    assert bare.output.language == "id"
    assert bare.extends is None


def test_a_programme_left_to_itself(one: Scenario) -> None:
    programme = one.programmes["repair"]
    assert number(programme.capacity_share) == 1.0
    assert number(programme.official_tally_share) == 1.0
    assert number(programme.houses_per_estate) == 100.0
    assert programme.classes == ("light", "medium", "heavy")
    assert (programme.slum_location, programme.sharing.rule) == ("any", "proportional_need")
    assert programme.sharing.whole_houses is False
    assert (programme.label.id, programme.label.en) == ("repair", "repair")
    own = one.replace({"programmes.repair.sharing": {"whole_houses": True}})
    assert own.programmes["repair"].sharing.whole_houses is True


@pytest.mark.parametrize(
    ("treats", "expected", "repairs"),
    [
        ("all", ("all",), True),
        (["all"], ("all",), True),
        ("slum", ("slum",), False),
        (["new_houses"], ("new_houses",), False),
        ("estates", ("estates",), False),
    ],
)
def test_one_kind_of_work_or_several(one: Scenario, treats: object, expected: tuple[str, ...], repairs: bool) -> None:
    more = {"programmes.repair.authority": "province", "programmes.repair.intervention": "partial"}
    programme = one.replace({"programmes.repair.treats": treats, **more}).programmes["repair"]
    assert programme.treats == expected
    assert programme.repairs is repairs


def test_a_term_of_a_programme_is_its_own_or_that_of_all(one: Scenario) -> None:
    changed = one.replace({"assumptions.overhead_share": 0.05, "programmes.repair.overhead_share": 0.0})
    assert number(changed.of_programme("repair", "overhead_share")) == 0.0
    assert number(changed.of_programme("kumuh", "overhead_share")) == 0.05
    assert changed.of_programme("repair", "grant_idr") is None


def test_a_shock_left_to_itself(one: Scenario) -> None:
    shock = one.replace({"shocks": {"flood": {"houses": 10}}}).shocks["flood"]
    assert (number(shock.falls_on_decent_share), number(shock.total_loss_share)) == (1.0, 0.0)
    assert number(shock.severity_share["all"]) == 1.0
    assert (shock.region_share, shock.label.en) == (None, "flood")


def test_a_revision_left_to_itself(one: Scenario) -> None:
    revision = {"year": 2027, "variable": "rtlh_houses", "ratio": 2}
    left_out = one.replace({"revisions": {"anew": revision}}).revisions["anew"]
    assert left_out.new_records is False
    assert (left_out.label.id, left_out.houses, left_out.ha, left_out.classes) == ("anew", None, None, {})


def test_a_correlation_left_to_itself(one: Scenario) -> None:
    uncertain = {"uniform": [0.1, 0.2]}
    pair = ["assumptions.mbr_share", "assumptions.take_up_rate"]
    changes: dict[str, Any] = dict.fromkeys(pair, uncertain)
    correlations = [{"between": pair, "correlation": 0.5}]
    assert one.replace({**changes, "correlations": correlations}).correlations[0].assumption is False


TARGET = {"variable": "rtlh_houses", "year": 2027, "value": 100}


def test_a_target_left_to_itself(one: Scenario) -> None:
    target = one.replace({"targets": {"goal": TARGET}}).targets["goal"]
    assert (target.region, target.part, target.operator) == ("63", "total", "<=")
    assert (target.probability, target.kind, target.applies) == (0.8, "illustrative", True)
    assert target.wanted == 100.0


@pytest.mark.parametrize(
    ("variable", "sense"),
    [("rtlh_houses", "<="), ("decent_share", ">="), ("households", None), ("nothing", None), (5, None), (None, None)],
)
def test_the_better_side_of_a_variable(variable: object, sense: str | None) -> None:
    assert better_sense(variable) == sense


def test_the_operator_of_a_target_follows_from_its_variable(one: Scenario) -> None:
    def operator(**more: object) -> str:
        return one.replace({"targets": {"goal": {**TARGET, **more}}}).targets["goal"].operator

    assert operator(variable="decent_houses", value=900) == ">="
    assert operator(operator=">=") == ">="
    with pytest.raises(ScenarioError, match=r"goal\.operator: missing, and neither more nor less of households is"):
        operator(variable="households")


@pytest.mark.parametrize(
    ("probability", "problem"),
    [(0.0, "greater than 0"), (-0.5, "greater than 0"), (1.0, "less than 1"), (1.5, "less than 1")],
)
def test_a_probability_lies_between_0_and_1(one: Scenario, probability: float, problem: str) -> None:
    with pytest.raises(ValidationError, match=f"Input should be {problem}"):
        target(probability=probability)
    with pytest.raises(ScenarioError, match=r"targets\.goal\.probability: "):
        one.replace({"targets": {"goal": {**TARGET, "probability": probability}}})


@pytest.mark.parametrize("probability", [0.001, 0.999])
def test_a_probability_may_be_nearly_0_or_1(one: Scenario, probability: float) -> None:
    changed = one.replace({"targets": {"goal": {**TARGET, "probability": probability}}})
    assert changed.targets["goal"].probability == probability


def target(**written: Any) -> Target:
    """A target by itself."""
    return Target(variable="rtlh_houses", region="63", year=2027, operator="<=", **written)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ({"value": 150.0}, 150.0),
        ({"value": 0.0, "percent_of_base": 50.0, "base": 200.0}, 0.0),
        ({"percent_of_base": 25.0, "base": 2000.0}, 500.0),
        ({"percent_of_base": 40.0}, 0.0),
        ({"base": 2000.0}, 0.0),
        ({}, 0.0),
    ],
)
def test_the_number_promised(written: dict[str, float], wanted: float) -> None:
    assert target(**written).wanted == wanted


@pytest.mark.parametrize(("first", "last", "all_years"), [(2026, 2028, (2026, 2027, 2028)), (2026, 2026, (2026,))])
def test_every_simulated_year(first: int, last: int, all_years: tuple[int, ...]) -> None:
    assert Years(first=first, last=last).all == all_years


@pytest.mark.parametrize(("first", "last"), [(1901, 1903), (2198, 2200)])
def test_years_from_1901_to_2200(tmp_path: Path, first: int, last: int) -> None:
    text = f"now: {first}\nprice_year: {first}\n" + BARE.replace("2026", str(first)).replace("2028", str(last))
    assert load(tmp_path, text).years.all == (first, first + 1, last)


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        (1899, 1902, "years.first: 1899; expected at least 1900"),
        (1900, 1902, "years.first: 1900; expected more than 1900"),
        (2198, 2201, "years.last: 2201; expected at most 2200"),
    ],
)
def test_years_beyond_are_refused(tmp_path: Path, first: int, last: int, problem: str) -> None:
    with pytest.raises(ScenarioError, match=problem):
        load(tmp_path, BARE.replace("2026", str(first)).replace("2028", str(last)))


def test_the_last_known_year_comes_before_the_first_simulated_one(bare: Scenario) -> None:
    assert (bare.now, bare.price_year) == (2025, 2025)
    written = bare.replace({"now": 2026, "price_year": 2023})
    assert (written.now, written.price_year) == (2026, 2023)


def test_a_single_class_takes_everything(bare: Scenario) -> None:
    for holder in (bare.opening, bare.assumptions):
        assert list(holder.severity_share) == ["all"]
        assert number(holder.severity_share["all"]) == 1.0
    assert bare.assumptions.relapse_severity_share == bare.assumptions.severity_share


def test_three_classes_are_written_out(tmp_path: Path) -> None:
    text = BARE.replace("severity_classes: [all]\n", "").replace(
        "opening: {", "opening: {severity_share: {light: 0.5, medium: 0.3, heavy: 0.2}, "
    )
    scenario = load(tmp_path, text)
    assert scenario.severity_classes == ("light", "medium", "heavy")
    assert list(scenario.opening.severity_share) == ["light", "medium", "heavy"]
    assert scenario.assumptions.severity_share == {}
    assert scenario.assumptions.relapse_severity_share == {}
    more = text + "assumptions: {severity_share: {light: 0.2, medium: 0.3, heavy: 0.5}}\n"
    follows = load(tmp_path, more).assumptions
    assert [number(value) for value in follows.relapse_severity_share.values()] == [0.2, 0.3, 0.5]
    own = more.replace("}}", "}, relapse_severity_share: {light: 1, medium: 0, heavy: 0}}")
    stated = load(tmp_path, own).assumptions
    assert [number(value) for value in stated.relapse_severity_share.values()] == [1.0, 0.0, 0.0]


def test_labels_are_one_text_or_two(bare: Scenario) -> None:
    assert (bare.title.id, bare.title.en) == ("Bare", "Bare")
    both = bare.replace({"title": {"id": "Polos", "en": "Bare"}}).title
    assert (both.id, both.en) == ("Polos", "Bare")


def test_sections_that_are_no_mappings_are_refused_and_nothing_breaks(tmp_path: Path) -> None:
    load(tmp_path, BARE)
    path = tmp_path / "plan.yaml"
    path.write_text(BARE + "programmes: 5\nshocks: {flood: 5}\ntargets: {goal: 5}\n", encoding="utf-8")
    found = [problem.message for problem in check(path)]
    assert "programmes: 5 stands where a mapping of keys is expected" in found
    assert "shocks.flood: 5 stands where a mapping of keys is expected" in found
    assert any(each.startswith("targets.goal") for each in found)
    (tmp_path / "regions.csv").unlink()
    with pytest.raises(ScenarioError, match=r"regions: there is no file regions\.csv"):
        load_scenario(path)
