"""Targets in a scenario: which way is better, what is no promise, which base they stand on."""

import shutil
from pathlib import Path

import pytest

from backlog_model.ensemble import run
from backlog_model.ensemble.goals import goal_of
from backlog_model.errors import ScenarioError
from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.loading import check, load_scenario
from backlog_model.scenario.schema import Target, better_sense
from small_scenario import write
from target_plan import HANDLED, PLAN, RTLH, problems, targets_of

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"

# which way is better


def test_an_operator_left_out_follows_from_the_variable(tmp_path):
    plan = PLAN + targets_of(f"{RTLH}, value: 500", "variable: decent_share, year: 2027, value: 0.8")
    scenario = load_scenario(write(tmp_path, plan))
    assert [target.operator for target in scenario.targets.values()] == ["<=", ">="]
    projection = run(scenario, draws=0)
    assert [goal_of(target, projection).operator for target in scenario.targets.values()] == ["<=", ">="]


def test_a_target_made_in_python_has_an_operator_too():
    target = Target(variable="slum_ha", region="63", year=2027, value=5.0)
    assert target.operator == "<="
    with pytest.raises(ValueError, match="operator"):
        Target(variable="households", region="63", year=2027, value=5.0)


def test_a_variable_that_is_neither_good_nor_bad_needs_an_operator(tmp_path):
    neither = "missing, and neither more nor less of households is better by itself; write <= or >="
    assert problems(tmp_path, "variable: households, year: 2027, value: 5") == [f"a.operator: {neither}"]
    either = "variable: households, year: 2027, value: 5, operator: '>='"
    assert problems(tmp_path, either) == problems(tmp_path, either, warning=True) == []


def test_an_unknown_variable_is_the_only_problem_of_its_target(tmp_path):
    found = problems(tmp_path, "variable: rtlh_house, year: 2027, value: 5")
    assert found == ["a.variable: unknown variable rtlh_house; did you mean rtlh_houses?"]


def test_an_operator_against_the_better_side_is_a_warning(tmp_path):
    money = "variable: spent_idr, year: 2027, value: 1e9, operator: <="
    assert problems(tmp_path, money) == []
    expected = "a.operator: <=, but for spent_idr more is better; write >=, unless an upper bound is meant"
    assert problems(tmp_path, money, warning=True) == [expected]


def test_a_target_worse_than_the_opening_is_a_warning(tmp_path):
    worse = problems(tmp_path, f"{RTLH}, value: 601", "variable: decent_share, year: 2027, value: 0.79", warning=True)
    assert worse == [
        "a.value: 601 lies above what is there already, 600: a promise to get worse",
        "b.value: 0.79 lies below what is there already, 0.8: a promise to get worse",
    ]
    assert problems(tmp_path, f"{RTLH}, value: 600", f"{RTLH}, value: 300, part: light", warning=True) == []
    assert "above what is there already, 300" in problems(tmp_path, f"{RTLH}, value: 301, part: light", warning=True)[0]


def test_directions_are_those_of_the_words():
    assert better_sense("rtlh_houses") == better_sense("slum_ha") == better_sense("years_to_clear") == "<="
    assert better_sense("reported_handled_houses") == better_sense("decent_share") == better_sense("psu_share") == ">="
    backlogs = [quantity.direction for name, quantity in QUANTITIES.items() if "backlog_households" in name]
    assert backlogs == ["down", "down", None]  # what is cut off is neither


# what is no promise


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        (f"{RTLH}, value: 5, probability: 80", "a.probability: 80 is not a probability; write 0.8 for 80 percent"),
        (f"{RTLH}, value: 5, probability: 1", "a.probability: 1 is not a probability; expected more than 0 and less"),
        (f"{RTLH}, value: 5, probability: 0", "a.probability: 0 is not a probability; expected more than 0 and less"),
        (f"{RTLH}, value: 5, probability: 80%", "a.probability: '80%' is not a number; write 0.8"),
        (
            "variable: rtlh_houses, year: 2025, value: 5",
            "a.year: 2025 is over (the last known year is 2025), and a target is a promise; expected 2026 to 2030, or",
        ),
        ("variable: rtlh_houses, year: 2031, value: 5", "a.year: 2031 lies after the last simulated year; expected 2"),
        (f"{RTLH}, value: 5, region: ID", "a.region: unknown region ID; expected one of 63, 63.01, 63.10"),
        (f"{RTLH}, value: -1", "a.value: -1 is negative, which rtlh_houses cannot be; expected 0 or more"),
        ("variable: decent_share, year: 2027, value: 1.1", "a.value: 1.1 is more than 1: no more than all houses"),
        ("variable: rtlh_handled_share, year: 2027, value: 1.1", "more than the base can only be handled by counting"),
        (
            "variable: slum_handled_share, part: net, year: 2027, value: 1.1",
            "a.value: 1.1 is more than 1: the share can pass 1 only because new slum is counted when handled but",
        ),
        (f"{HANDLED}, percent_of_base: 101, base: 50", "a.percent_of_base: 101 percent of the base; no more than all"),
        (f"{HANDLED}, value: 601, base_value: 600", "a.value: 601 houses of a base of 600; expected at most the base"),
        (f"{HANDLED}, value: 700", "a.value: 700 houses in one year, of 600 in all at the opening in 63; expected"),
        (
            "variable: slum_handled_ha, year: 2027, value: 36000, region: '63.01'",
            "a.value: 36_000 hectares in one year, of 30 in all at the opening in 63.01; expected less",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_promised(tmp_path, target, problem):
    found = problems(tmp_path, target)
    assert len(found) == 1
    assert problem in found[0]


@pytest.mark.parametrize(
    "target",
    [
        f"{RTLH}, value: 0",
        f"{HANDLED}, value: 600",
        f"{HANDLED}, percent_of_base: 100, base: 50",
        "variable: decent_share, year: 2027, value: 1",
        "variable: net_clearance_houses, year: 2027, value: -5",
        "variable: rtlh_houses, year: 2026, value: 5, probability: 0.99",
        "variable: rtlh_houses, year: 2021, value: -5, base_value: 7, part: x, applies: false, reason: elsewhere",
    ],
)
def test_what_can_be_promised(tmp_path, target):
    assert problems(tmp_path, target) == []


def test_no_year_is_open_where_all_are_known(tmp_path):
    plan = PLAN.replace("now: 2025", "now: 2030")
    found = problems(tmp_path, "variable: rtlh_houses, year: 2030, value: 5", plan=plan)
    assert found[0].endswith("a target is a promise; expected applies: false with a reason")


def test_a_stock_may_be_re_registered_above_its_opening(tmp_path):
    plan = PLAN + "revisions: {r: {year: 2026, variable: rtlh_houses, ratio: 2}}\n"
    assert problems(tmp_path, f"{HANDLED}, value: 700", plan=plan) == []
    assert problems(tmp_path, f"{RTLH}, value: 700", plan=plan, warning=True) == []


def test_slips_in_a_table_have_their_line_and_field(tmp_path):
    header = "id,variable,year,operator,value,probability,applies,source\n"
    rows = header + "t1,rtlh_houses,2027,,500,80,yes,x\nt2,rtlh_houses,2028,>=,5,0.8,yes,x\n"
    found = check(write(tmp_path, PLAN + "targets: {csv: targets.csv}\n", targets=rows))
    said = {each.place.rpartition("/")[2]: (each.message, each.warning) for each in found if "targets." in each.message}
    assert said == {
        "targets.csv:2:6": ("targets.t1.probability: 80 is not a probability; write 0.8 for 80 percent", False),
        "targets.csv:3:4": (
            "targets.t2.operator: >=, but for rtlh_houses less is better; write <=, unless a lower bound is meant",
            True,
        ),
    }


# parts


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        (f"{HANDLED}, part: kumuh", "kumuh treats slum and cannot move reported_handled_houses; expected one of total"),
        (f"{HANDLED}, part: province", "reported_handled_houses has no part province; expected one of total, bsps"),
        (f"{HANDLED}, part: bspss", "reported_handled_houses has no part bspss; did you mean bsps?"),
        (f"{HANDLED}, part: bsps.apbn", "reported_handled_houses is told by programme, not by source; write bsps"),
        (f"{RTLH}, part: bsps", "bsps is a programme, and rtlh_houses is not told by programme; expected one of total"),
        (f"{RTLH}, part: gross", "rtlh_houses has no part gross; expected one of total, light, medium, heavy"),
        ("variable: slum_treated_ha, year: 2027, part: bsps", "bsps treats light, medium, heavy and cannot move slum"),
        ("variable: spent_idr, year: 2027, part: bsps", "spent_idr has no part bsps; expected bsps.apbn"),
        ("variable: spent_idr, year: 2027, part: bsps.apbd", "spent_idr has no part bsps.apbd; expected bsps.apbn"),
    ],
)  # fmt: skip
def test_a_part_that_the_variable_does_not_have(tmp_path, target, problem):
    found = problems(tmp_path, f"{target}, value: 5")
    assert len(found) == 1
    assert found[0].startswith(f"a.part: {problem}")


@pytest.mark.parametrize(
    "target",
    [
        f"{HANDLED}, part: kab",
        f"{RTLH}, part: heavy",
        "variable: slum_ha, year: 2027, part: province",
        "variable: slum_treated_ha, year: 2027, part: kumuh",
        "variable: spent_idr, year: 2027, part: bsps.apbn",
        "variable: rtlh_handled_share, year: 2027, part: moving_base",
    ],
)
def test_parts_that_the_projection_has(tmp_path, target):
    scenario = load_scenario(write(tmp_path, PLAN + targets_of(f"{target}, value: 0.5")))
    assert goal_of(scenario.targets["a"], run(scenario, draws=0)) is not None


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        (
            "variable: aided_estates, year: 2027",
            "no programme of the scenario treats estates, so aided_estates stays 0",
        ),
        ("variable: financed_households, year: 2027", "no programme of the scenario treats finance, so financed"),
        ("variable: slum_ha, year: 2027, part: centre", "opening.slum_ha.centre has nothing for 63, so slum_ha is not"),
        ("variable: psu_share, year: 2027", "opening.psu_estates has nothing for 63, so psu_share is not simulated"),
        (
            "variable: ownership_backlog_households, year: 2027, region: '63.01'",
            "opening.ownership_backlog_households has nothing for 63.01",
        ),
    ],
)
def test_what_the_scenario_does_not_simulate(tmp_path, target, problem):
    found = problems(tmp_path, f"{target}, value: 0.5")
    assert len(found) == 1
    assert found[0].startswith(f"a: {problem}")


def test_a_region_that_no_source_covers(tmp_path):
    plan = PLAN.replace(
        'slum_ha: {province: {by_region: {"63.01": 30, "63.10": 20}}}',
        'slum_ha: {province: {by_region: {"63.01": 30}}}',
    )
    slum = "variable: slum_ha, year: 2027, value: 5"
    assert problems(tmp_path, slum, f"{slum}, region: '63.01'", plan=plan) == []
    assert "opening.slum_ha has nothing for 63.10" in problems(tmp_path, f"{slum}, region: '63.10'", plan=plan)[0]


# bases


@pytest.mark.parametrize(
    ("target", "base", "own"),
    [
        (f"{RTLH}, value: 500", 600, "600 for 63 at the end of 2024"),
        (f"{RTLH}, value: 100, region: '63.01'", 200, "200 for 63.01"),
        (f"{RTLH}, value: 100, part: light", 300, "300 for 63"),
        (f"{HANDLED}, value: 50, part: bsps", 600, "600 for 63"),
        ("variable: rtlh_handled_share, year: 2027, value: 0.5", 600, "600 for 63"),
        ("variable: decent_share, year: 2027, value: 0.85", 0.8, "0.8 for 63"),
        ("variable: slum_ha, year: 2027, value: 5, part: province", 50, "50 for 63"),
        ("variable: slum_handled_share, year: 2027, value: 0.6", 100, "100 for 63"),
        ("variable: slum_handled_ha, year: 2027, value: 5, region: '63.10'", 40, "40 for 63.10"),
    ],
)
def test_a_target_stands_on_the_base_of_the_scenario(tmp_path, target, base, own):
    assert problems(tmp_path, f"{target}, base_value: {base * 1.004}") == []
    found = problems(tmp_path, f"{target}, base_value: {base * 1.006}, base_year: 2021")
    assert len(found) == 1
    assert found[0].startswith(f"a.base_value: the target stands on {base * 1.006:g} (2021), the scenario on {own}")
    assert found[0].endswith("restate the target on the base of the scenario, or write applies: false with a reason")


def test_each_authority_has_its_own_base(tmp_path):
    plan = PLAN.replace("  slum_ha: {", '  slum_ha: {centre: {by_region: {"63.01": 7, "63.10": 1}}, ')
    slum = "variable: slum_ha, year: 2027, value: 5"
    assert problems(tmp_path, f"{slum}, part: centre, base_value: 8", f"{slum}, base_value: 58", plan=plan) == []
    assert "the scenario on 50" in problems(tmp_path, f"{slum}, part: province, base_value: 58", plan=plan)[0]


def test_a_percentage_of_a_stock_is_of_that_stock(tmp_path):
    assert problems(tmp_path, f"{RTLH}, percent_of_base: 90, base: 600") == []
    assert "a.base: the target stands on 500" in problems(tmp_path, f"{RTLH}, percent_of_base: 90, base: 500")[0]
    assert problems(tmp_path, f"{HANDLED}, percent_of_base: 90, base: 50") == []  # of a plan, for example


def kalsel_with(tmp_path, name):
    """Kalsel with one of its targets marked as applying, and the line where that target stands."""
    for file in (*KALSEL.glob("*.csv"), KALSEL / "baseline.yaml"):
        shutil.copy(file, tmp_path)
    lines = (KALSEL / "targets.csv").read_text(encoding="utf-8").splitlines()
    (at,) = [place for place, line in enumerate(lines) if line.startswith(f"{name},")]
    lines[at] = lines[at].replace("published,no,", "published,yes,")
    (tmp_path / "targets.csv").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "baseline.yaml", at + 1


@pytest.mark.parametrize(
    ("name", "stated", "own"),
    [
        ("rpjmd2126-rtlh-2026", "76_023 (2021)", "237_973 for 63 "),
        ("rpjmd2126-rtlh-units", "47_564 (2021)", "237_973 for 63 "),
        ("tala-clear", "2_530 (2025)", "26_957 for 63.01 "),
        ("tapin-clear", "5_230 (2025)", "10_479 for 63.05 "),
        ("slum-2029-ha", "724.66 (2025)", "791.51 for 63 "),
    ],
)
def test_published_targets_of_another_list_are_not_mixed_in(tmp_path, name, stated, own):
    path, line = kalsel_with(tmp_path, name)
    with pytest.raises(ScenarioError, match="bases are not mixed") as caught:
        load_scenario(path)
    (problem,) = caught.value.problems
    assert problem.place.endswith(f"targets.csv:{line}:10")  # the tenth field: base_value
    assert f"targets.{name}.base_value: the target stands on {stated}, the scenario on {own}" in problem.message


@pytest.mark.parametrize("path", sorted(KALSEL.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_targets_of_kalsel_are_sound(path):
    assert [each for each in check(path) if "targets." in each.message] == []


def test_kalsel_has_targets_of_every_year_and_kind_asked_for():
    targets = load_scenario(KALSEL / "baseline.yaml").targets.values()
    asked = {("rtlh_houses", "63"), ("decent_share", "63"), ("slum_handled_share", "63")}
    for year in (2027, 2029, 2030):
        assert asked <= {(each.variable, each.region) for each in targets if each.year == year and each.applies}
    assert all(
        "another inventory" in (each.reason or "") for each in targets if each.base_value in (76023, 47564, 2530)
    )
