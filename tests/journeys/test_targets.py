"""`backlog targets` as a planner types it."""

import json

import pytest

from backlog_model import cli
from backlog_model.report.layout import WIDTH
from small_scenario import SCENARIO, write

SPREAD = SCENARIO.replace("0.004", "{triangular: [0.002, 0.004, 0.008], assumption: true}")
TARGETS = """\
targets:
  fewer: {variable: rtlh_houses, region: "63", year: 2029, value: 250}
  easy: {variable: rtlh_houses, region: "63", year: 2027, value: 450}
"""
PLAN = SPREAD + TARGETS
RICH = PLAN.replace("1_000_000_000", "9_000_000_000")
DRAWS = ("--draws", 20)


@pytest.fixture
def plan(tmp_path):
    """A plan with targets, in a folder of its own; places as a planner types them."""
    (tmp_path / "folder").mkdir()
    write(tmp_path / "folder", PLAN)
    return "folder/plan.yaml"


@pytest.fixture
def rich(tmp_path, plan):
    """The same with plenty of money, beside it."""
    write(tmp_path / "folder", RICH, name="rich.yaml")
    return "folder/rich.yaml"


@pytest.mark.parametrize(("language", "verdict"), [("id", "bisa bila"), ("en", "feasible if")])
def test_it_answers_in_both_languages_and_writes_nothing(backlog, plan, tmp_path, language, verdict):
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    code, out, err = backlog("targets", plan, *DRAWS, "--lang", language)
    assert (code, err) == (cli.DONE, "")
    assert verdict in next(line for line in out.splitlines() if line.startswith("  fewer*"))
    assert max(len(line) for line in out.splitlines()) <= WIDTH
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_the_language_is_that_of_the_scenario(backlog, plan):
    _, out, _ = backlog("targets", plan, *DRAWS, "--alone")
    assert "Dengan rencana seperti tertulis" in out


def test_json_is_one_document_that_a_second_run_repeats(backlog, plan):
    first, second = (backlog("targets", plan, *DRAWS, "--json", "--seed", 3) for _ in range(2))
    found = json.loads(first[1])
    assert first == second
    assert (found["schema_version"], found["draws"], found["seed"], found["plan_year"]) == (1, 20, 3, 2027)
    assert [each["id"] for each in found["targets"]] == ["fewer", "easy"]
    assert "NaN" not in first[1]
    assert "Infinity" not in first[1]


def test_options_reach_the_answer(backlog, plan):
    options = ("--design", "random", "--criterion", "smoothest", "--alone", "--json")
    code, out, _ = backlog("targets", plan, *DRAWS, *options)
    found = json.loads(out)
    assert (code, found["design"]) == (cli.DONE, "random")
    assert {each["criterion"] for each in found["funding"]} == {"smoothest"}
    assert [each["scenario"] for each in found["paths"]["scenarios"]] == ["plan"]


def test_other_scenarios_of_the_folder_are_held_against_it(backlog, plan, rich, tmp_path):
    write(tmp_path / "folder", "title: broken\n", name="broken.yaml")
    other = tmp_path / "folder" / "elsewhere"
    other.mkdir()
    code, out, err = backlog("targets", plan, *DRAWS, "--json")
    assert code == cli.DONE
    assert [each["scenario"] for each in json.loads(out)["paths"]["scenarios"]] == ["plan", "rich"]
    assert err.count("\n") == 1
    assert err.startswith("folder/broken.yaml: left out, since it does not load: folder/broken.yaml:1:1")


def test_a_scenario_of_other_regions_is_left_out(backlog, plan, tmp_path):
    (tmp_path / "folder" / "others.csv").write_text("code,name\n64,X\n64.01,Y\n64.10,Z\n", encoding="utf-8")
    text = RICH.replace("regions: regions.csv", "regions: others.csv").replace('"63', '"64')
    write(tmp_path / "folder", text, name="other.yaml")
    code, out, err = backlog("targets", plan, *DRAWS, "--json")
    assert [each["scenario"] for each in json.loads(out)["paths"]["scenarios"]] == ["plan"]
    assert (code, err) == (cli.DONE, "folder/other.yaml: left out, since it has other regions\n")
    _, named, _ = backlog("targets", plan, *DRAWS, "--json", "--against", "folder/other.yaml")
    assert json.loads(named)["paths"]["left_out"] == [{"scenario": "other", "reason": "other_regions"}]


def test_only_named_scenarios_are_held_against_it(backlog, plan, rich, tmp_path):
    write(tmp_path / "folder", PLAN, name="third.yaml")
    _, out, _ = backlog("targets", plan, *DRAWS, "--json", "--against", rich)
    assert [each["scenario"] for each in json.loads(out)["paths"]["scenarios"]] == ["plan", "rich"]


def test_the_paths_lead_to_the_target_asked_for(backlog, tmp_path):
    text = PLAN + '  later: {variable: rtlh_houses, region: "63.01", year: 2028, value: 120}\n'
    write(tmp_path, text)
    _, out, _ = backlog("targets", "plan.yaml", *DRAWS, "--json", "--path-target", "later")
    assert json.loads(out)["paths"]["target"] == "later"


def test_a_target_that_is_not_sure_can_end_with_5(backlog, plan, rich):
    code, out, err = backlog("targets", plan, *DRAWS, "--alone", "--quiet", "--require-target", "--lang", "en")
    assert (code, out) == (cli.NOT_MET, "")
    assert err == "plan: the chance is smaller than wanted for fewer\n"
    assert backlog("targets", rich, *DRAWS, "--alone", "--quiet", "--require-target") == (cli.DONE, "", "")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--draws", 0), cli.USAGE, "0 is not in the range x>=1"),
        (("--criterion", "cheap"), cli.USAGE, "'cheap' is not one of 'least_money'"),
        (("--alone", "--against", "folder/rich.yaml"), cli.USAGE, "--alone and --against exclude each other"),
        (("--against", "folder/plan.yaml"), cli.USAGE, "folder/plan.yaml has the same name"),
        (("--against", "folder/none.yaml"), cli.INVALID, "folder/none.yaml"),
        (("--path-target", "fewr", "--alone"), cli.INVALID, "target fewr: unknown; did you mean fewer?"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(backlog, plan, rich, arguments, code, said):
    found, out, err = backlog("targets", plan, *arguments)
    assert (found, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


def test_a_scenario_without_targets_is_refused(backlog, tmp_path):
    write(tmp_path, SPREAD)
    code, out, err = backlog("targets", "plan.yaml", *DRAWS)
    assert (code, out) == (cli.INVALID, "")
    assert err == "plan: no target that applies; write targets: in the scenario\n"
