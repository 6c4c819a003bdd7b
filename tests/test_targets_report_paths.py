"""What is said of target paths, of targets met on paper, and to programs."""

import json
import math
import re
from dataclasses import replace

import numpy as np
import pytest

from backlog_model.analysis.central_ledger import Line
from backlog_model.analysis.gaming import Flag
from backlog_model.report.targets.document import document, plain
from backlog_model.report.targets.notes import notes
from backlog_model.report.targets.paths import assumption, paths
from backlog_model.report.targets.screen import flags
from backlog_model.report.targets.standings import sentence
from backlog_model.report.targets.view import TargetView
from backlog_model.report.values import as_json
from small_targets import examined, joined, standing_of, with_standing


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return examined(tmp_path_factory.mktemp("targets"))


@pytest.fixture(scope="module")
def view(report):
    return TargetView.of(report, "en")


# paths


def test_paths_show_their_values_and_the_least_regretted_first(report, view):
    lines = paths(view)
    row = next(line for line in lines if line.startswith("straight line "))
    values = report.choice.tournament.paths["linear"].values
    assert row.split()[2:5] == [f"{value:.0f}" for value in values]
    first = lines[next(place for place, line in enumerate(lines) if line.startswith("path ") and "rank" in line) + 1]
    best = int(np.argmin(report.choice.tournament.table.mean))
    assert first.startswith(view.say(f"paths_family_{list(report.choice.tournament.paths)[best]}"))
    assert "missing it counts 4 times" in joined(lines)


def test_the_choice_is_said_with_its_error_and_clearness(report, view):
    winner = report.choice.tournament.among_families.by_mean
    said = joined(paths(view))
    assert f"{view.say(f'paths_family_{winner.names[0]}')} has the least regret" in said
    assert "clear, beyond two errors" in said
    close = replace(report.choice.tournament.among_families, by_mean=winner._replace(lead=winner.mc_error), flips=())
    contest = replace(report.choice.tournament, among_families=close)
    changed = TargetView.of(replace(report, choice=replace(report.choice, tournament=contest)), "en")
    assert "not clear, within two errors" in joined(paths(changed))


def test_money_that_no_path_can_have_is_a_dash(report):
    money = {**report.choice.money, "linear": np.array([1e9, np.inf, 1e9])}
    changed = TargetView.of(replace(report, choice=replace(report.choice, money=money)), "en")
    row = next(line for line in paths(changed) if line.startswith("straight line "))
    assert row.endswith("–")


def test_each_scenario_has_its_chance_of_the_target(report, view):
    lines = paths(view)
    chances = report.choice.tournament.last_kept.probability[0]
    rows = [next(line.split() for line in lines if re.match(rf"{name} +\d", line)) for name in ("plan", "more")]
    assert [row[1] for row in rows] == [f"{100 * chance:.1f}" for chance in chances]


def test_families_and_scenarios_left_out_are_named_with_the_reason(report):
    changed = replace(report, choice=replace(report.choice, left_out={"rebase": "redefined"}))
    said = joined(paths(TargetView.of(changed, "en")))
    assert "Without a path: along the nation (no shape given), own path (no shape given)" in said
    assert "Scenarios left out: rebase (its records change" in said


def test_assumptions_are_named_with_their_place(view):
    path = "assumptions.self_improvement_rate.medium"
    assert assumption(view, path) == f"rate of own improvement, medium [{path}]"
    assert assumption(view, "assumptions.deterioration_rate") == (
        "rate of deterioration [assumptions.deterioration_rate]"
    )
    assert assumption(view, "programmes.bsps.lag") == "programmes.bsps.lag"


def test_without_a_choice_nothing_is_said_of_paths(report):
    alone = TargetView.of(replace(report, choice=None), "en")
    assert paths(alone) == []
    assert "least regret" not in joined(sentence(alone))
    assert document(alone.report)["paths"] is None


# flags and notes


@pytest.mark.parametrize(
    ("met", "without", "said"),
    [
        (True, False, "meets it only by that"),
        (True, True, "meets it even without"),
        (True, None, "meets it."),
        (False, True, "misses it because of that"),
        (False, False, "misses it."),
    ],
)
def test_a_flag_shows_its_ledger_lines(report, met, without, said):
    beside = tuple(Line("rtlh_houses", "heavy", year, year, 70.0) for year in (2025, 2027))
    flag = Flag(
        "light_only", Line("reported_handled_houses", "light", 2026, 2027, 50.0), beside, met, without, ("bsps",)
    )
    changed = with_standing(report, replace(standing_of(report, "easy"), flags=(flag,)))
    told = joined(flags(TargetView.of(changed, "en")))
    assert "Only the light class is treated while the heavy class waits (bsps):" in told
    assert "easy*: RTLH handled (finished), light, 50 houses (2026-2027); Uninhabitable houses (RTLH), heavy" in told
    assert "70 houses (2025), 70 houses (2027)" in told
    assert said in told


def test_targets_on_another_list_are_not_held_against_the_model(view):
    said = joined(notes(view))
    assert "other: published on a list of 76,023 houses, not held against the 500 houses of this model" in said
    assert "closed: a closed year." in said
    assert "another list." not in said
    assert "Published among the targets above: 1; illustrations marked *, adopted by no one: 4." in said


# the document


def test_the_document_says_the_same_and_has_no_number_that_is_none(report):
    text = as_json(document(report))
    found = json.loads(text)
    assert [each["id"] for each in found["targets"]] == ["fewer", "easy", "early", "share", "occupied"]
    fewer = found["targets"][0]
    assert fewer["probability"] == float(standing_of(report, "fewer").promise.chance.probability)
    assert {each["year"] for each in fewer["by_year"]} == {2025, 2026, 2027, 2028, 2029, 2030}
    assert fewer["verdict"]["relaxations"][0]["unit"] == "idr"
    assert found["funding"][0]["total"]["budget"] == pytest.approx(report.funding[0].budget.sum())
    assert sum(each["total"] for each in found["funding"][0]["sources"]) == pytest.approx(
        found["funding"][0]["total"]["budget"]
    )
    assert [each["reason"] for each in found["not_applicable"]] == ["another list", "a closed year"]


def test_the_document_tells_regrets_and_chances_of_each_path(report):
    found = json.loads(as_json(document(report)))["paths"]
    assert [each["scenario"] for each in found["scenarios"]] == ["plan", "more"]
    assert [each["ends_on_target"] for each in found["families"]].count(False) == 1
    linear = found["families"][0]
    table = report.choice.tournament.table
    assert linear["regret"]["mean"] == float(table.mean[0])
    assert linear["regret"]["ranks"]["mean"] == int(table.ranks["mean"][0])
    assert linear["scenarios"][1]["last_kept"] == float(report.choice.tournament.last_kept.probability[0, 1])
    assert found["among_families"]["by_mean"]["clear"] is True


def test_undefined_numbers_are_null():
    numbers = {"a": math.nan, "b": np.array([np.inf, 1.0]), "c": (np.float64(2.0), np.bool_(True)), "d": None}
    assert plain(numbers) == {"a": None, "b": [None, 1.0], "c": [2.0, True], "d": None}
