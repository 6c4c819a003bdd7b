"""A scenario file with its parent and its tables: what is read, what counts as its files, and what is told."""

import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import numpy as np
import pytest

from backlog_model.errors import ScenarioError
from backlog_model.scenario.loading import Source, check, load_scenario
from backlog_model.scenario.schema import Scenario
from backlog_model.scenario.tables import LongTable
from small_readings import row
from small_scenario import SCENARIO, write

BUDGET = "programmes.bsps.budget_idr.apbn"
ROWS = f"key,region,year,value,kind,source\n{BUDGET},63,,5_000_000_000,sourced,APBN\n"
FROM_TABLE = SCENARIO.replace("1_000_000_000", "{csv: budgets.csv}")
CHILD = "title: Child\nextends: base.yaml\n"
YEARS = (2026, 2027)


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def problems(path: Path | str) -> list[str]:
    """What is wrong with a scenario; loading it tells the same."""
    found = [str(problem) for problem in check(path) if not problem.warning]
    if found:
        with pytest.raises(ScenarioError, match=f"^{re.escape(chr(10).join(found))}$"):
            load_scenario(path)
    else:
        assert load_scenario(path).path == Path(path)
    return found


def names(scenario: Scenario) -> list[str]:
    """Names of the files that were read, in their order."""
    return [path.name for path in scenario.files]


def budget(scenario: Scenario) -> list[float]:
    """Budget of the province in two years."""
    array = scenario.programmes["bsps"].budget_idr["apbn"].array(YEARS, ("63.01", "63.10"))
    return [float(each) for each in np.broadcast_to(array, (2, 1, 1))[:, 0, 0]]


def test_a_scenario_by_itself() -> None:
    write(Path.cwd())
    scenario = load_scenario("plan.yaml")
    assert (scenario.title.en, scenario.years.all) == ("Smallest", (2026, 2027, 2028, 2029, 2030))
    assert names(scenario) == ["plan.yaml", "regions.csv"]
    assert (scenario.now, scenario.price_year) == (2025, 2025)
    assert scenario.rows(BUDGET) == ()
    assert budget(scenario) == [1e9, 1e9]
    assert scenario.as_written()["years"] == {"first": 2026, "last": 2030}


def test_a_scenario_with_a_table() -> None:
    scenario = load_scenario(write(Path.cwd(), FROM_TABLE, budgets=ROWS))
    assert names(scenario) == ["plan.yaml", "regions.csv", "budgets.csv"]
    assert [each.value for each in scenario.rows(BUDGET)] == [5e9]
    assert scenario.rows("programmes") == ()
    assert budget(scenario) == [5e9, 5e9]
    source = scenario._origin
    assert isinstance(source, Source)
    assert "LongTable" not in repr(source)  # what a table holds is not said
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'path'"):
        source.path = Path("other.yaml")  # type: ignore[misc]


def test_rows_beside_a_table_of_targets() -> None:
    targets = "id,variable,year,value,region\na,rtlh_houses,2028,100,63\n"
    text = FROM_TABLE + "targets: {csv: targets.csv}\n"
    scenario = load_scenario(write(Path.cwd(), text, budgets=ROWS, targets=targets))
    assert [target.value for target in scenario.targets.values()] == [100.0]
    assert [each.value for each in scenario.rows(BUDGET)] == [5e9]
    assert sorted(names(scenario)) == ["budgets.csv", "plan.yaml", "regions.csv", "targets.csv"]


def test_tables_that_are_given_stand_in_for_files() -> None:
    path = write(Path.cwd(), FROM_TABLE)
    entry = row("63", None, 7e9)._replace(key=BUDGET)
    scenario = load_scenario(path, tables={"budgets.csv": LongTable(Path("budgets.csv"), {BUDGET: (entry,)})})
    assert budget(scenario) == [7e9, 7e9]
    assert names(scenario) == ["plan.yaml", "regions.csv"]
    assert problems(path) == [f"plan.yaml:15:30: {BUDGET}.csv: there is no file budgets.csv"]


def test_a_changed_scenario_has_the_same_files() -> None:
    scenario = load_scenario(write(Path.cwd(), FROM_TABLE, budgets=ROWS))
    other = scenario.replace({"assumptions.deterioration_rate": 0.25, BUDGET: {"multiply": 2}})
    assert other.assumptions.deterioration_rate.array((2026,), ("63.01",)).tolist() == [[[0.25]]]
    assert budget(other) == [1e10, 1e10]
    assert names(other) == names(scenario)
    assert other.as_written()["assumptions"] == {"deterioration_rate": 0.25}
    assert scenario.as_written()["assumptions"] == {"deterioration_rate": 0.004}
    with pytest.raises(ScenarioError, match=r"^replace: assumptions\.deterioration_rate: -1 is negative; expected "):
        scenario.replace({"assumptions.deterioration_rate": -1})


# a parent


def test_a_child_says_only_what_differs() -> None:
    write(Path.cwd(), FROM_TABLE, "base.yaml", budgets=ROWS)
    text = f"{CHILD}years: {{last: 2027}}\nprogrammes: {{bsps: {{budget_idr: {{apbn: {{multiply: 3}}}}}}}}\n"
    scenario = load_scenario(write(Path.cwd(), text))
    assert (scenario.title.en, scenario.years.all) == ("Child", (2026, 2027))
    assert budget(scenario) == [1.5e10, 1.5e10]
    assert names(scenario) == ["plan.yaml", "base.yaml", "regions.csv", "budgets.csv"]
    written = scenario.as_written()
    assert (written["title"], written["years"]) == ("Child", {"first": 2026, "last": 2027})
    assert written["programmes"]["bsps"]["budget_idr"]["apbn"] == {"csv": "budgets.csv", "multiply": 3}
    assert "extends" not in written


@pytest.mark.parametrize("text", ["extends:\n", "extends: ~\n"])
def test_nothing_is_extended_where_nothing_is_named(text: str) -> None:
    scenario = load_scenario(write(Path.cwd(), SCENARIO + text))
    assert names(scenario) == ["plan.yaml", "regions.csv"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"{SCENARIO}extends: bas.yaml\n", "16:10: extends: there is no file bas.yaml; did you mean base.yaml?"),
        (
            f"{SCENARIO}extends: data/base.yaml\n",
            "16:10: extends: data/base.yaml; expected the name of a file in the same folder",
        ),
        (f"{SCENARIO}extends: plan.yaml\n", "16:10: extends: a scenario cannot extend itself"),
        (f"{SCENARIO}extends: ./plan.yaml\n", "16:10: extends: ./plan.yaml; expected the name of a file in the same "),
        (f"{SCENARIO}extends: 5\n", '16:10: extends: 5 is not text; write "5" in quotes'),
        (f"{SCENARIO}extends: [base.yaml]\n", "16:10: extends: a list stands where text is expected"),
        (
            "extends: middle.yaml\n",
            "1:10: extends: middle.yaml extends another scenario itself; expected one that does not",
        ),
    ],
)
def test_a_parent_that_cannot_be(text: str, problem: str) -> None:
    write(Path.cwd(), SCENARIO, "base.yaml")
    write(Path.cwd(), SCENARIO + "extends: base.yaml\n", "middle.yaml")
    told = problems(write(Path.cwd(), text))
    assert [each[: len(problem) + len("plan.yaml:")] for each in told if "extends" in each][:1] == [
        f"plan.yaml:{problem}"
    ]


def test_a_parent_that_cannot_be_read_is_told_with_its_own_place() -> None:
    write(Path.cwd(), "title: NO\n\tx: 1\n", "base.yaml")
    assert problems(write(Path.cwd(), f"{SCENARIO}extends: base.yaml\n")) == [
        "base.yaml:2:1: a tab is used for indentation; write spaces"
    ]


def test_what_is_wrong_in_both_is_told_file_by_file() -> None:
    write(Path.cwd(), SCENARIO.replace("0.004", "NO"), "base.yaml")
    told = problems(write(Path.cwd(), f"{CHILD}assumptions: {{relapse_rate: NO}}\n"))
    assert [problem.split(": ")[:2] for problem in told] == [
        ["plan.yaml:3:29", "assumptions.relapse_rate"],
        ["base.yaml:10:23", "assumptions.deterioration_rate"],
    ]


# what is told


@pytest.mark.parametrize("name", ["plan.csv", "plan.XLSX", "plan.xls", "plan.Ods"])
def test_a_table_is_no_scenario(name: str) -> None:
    path = write(Path.cwd(), name=name)
    assert problems(path) == [f"{name}: this is a table; expected a scenario, a .yaml file"]


@pytest.mark.parametrize("name", ["plan.yml", "plan", "plan.csv.yaml"])
def test_a_scenario_may_have_any_other_name(name: str) -> None:
    assert problems(write(Path.cwd(), name=name)) == []


def test_a_file_that_cannot_be_read() -> None:
    assert problems("missing.yaml") == ["missing.yaml: there is no such file"]
    assert problems(write(Path.cwd(), "")) == [
        "plan.yaml: the file is empty; expected keys such as title, years and opening"
    ]


def test_too_little_to_go_on_with() -> None:
    assert problems(write(Path.cwd(), SCENARIO.replace("title: Smallest\n", ""))) == [
        "plan.yaml:1:1: title: missing; write it here"
    ]


@pytest.mark.parametrize("table", ["", "code,name\n", "code,name\n63.01,A\n64.01,B\n"])
def test_a_region_table_that_cannot_be_used(table: str) -> None:
    told = problems(write(Path.cwd(), regions=table))
    assert "regions.csv" in {problem.split(":")[0] for problem in told}


def test_a_region_table_that_is_missing() -> None:
    path = write(Path.cwd(), SCENARIO.replace("regions.csv", "region.csv"))
    assert problems(path)[0] == "plan.yaml:4:10: regions: there is no file region.csv; did you mean regions.csv?"


def test_a_scenario_without_regions() -> None:
    told = problems(write(Path.cwd(), SCENARIO.replace("regions: regions.csv\n", "")))
    assert told[0] == "plan.yaml:1:1: regions: missing; write it here"


@pytest.mark.parametrize(
    ("years", "problem"),
    [
        ("years: {first: x, last: 2030}\n", "plan.yaml:2:16: years.first: 'x' is not a whole number; "),
        ("years: {first: 2026, last: x}\n", "plan.yaml:2:28: years.last: 'x' is not a whole number; "),
        ("years: {first: 2026}\n", "plan.yaml:2:1: years.last: missing; write it here"),
        ("years: {last: 2030}\n", "plan.yaml:2:1: years.first: missing; write it here"),
        ("years: 2026\n", "plan.yaml:2:8: years: 2026 stands where a mapping of keys is expected"),
        ("", "plan.yaml:1:1: years: missing; write it here"),
    ],
)
def test_years_that_cannot_be(years: str, problem: str) -> None:
    told = problems(write(Path.cwd(), SCENARIO.replace("years: {first: 2026, last: 2030}\n", years)))
    assert problem in [each[: len(problem)] for each in told]


def test_rows_and_records_are_both_looked_at() -> None:
    rows = f"{ROWS}programmes.bsp.budget_idr.apbn,63,,5,sourced,x\n"
    told = problems(write(Path.cwd(), FROM_TABLE.replace("0.004", "5%"), budgets=rows))
    assert [problem.split(": ")[:2] for problem in told] == [
        ["plan.yaml:10:23", "assumptions.deterioration_rate"],
        ["budgets.csv:3:1", "programmes.bsp.budget_idr.apbn"],
    ]


def test_numbers_without_a_source_stop_nothing() -> None:
    path = write(Path.cwd())
    warnings = [str(problem) for problem in check(path) if problem.warning]
    assert "plan.yaml:10:3: assumptions.deterioration_rate: no source; write `source:` or `assumption: true`" in [
        warning.removesuffix(" beside the number") for warning in warnings
    ]
    assert problems(path) == []
