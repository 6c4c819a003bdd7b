"""Problems found while a scenario is read: each once, in the order of the files and their lines."""

from pathlib import Path

import pytest

from backlog_model.scenario.findings import Findings, Place, shown


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("plan.yaml", 3, 7), "plan.yaml:3:7"),
        (Place("plan.yaml", 3), "plan.yaml:3"),
        (Place("plan.yaml"), "plan.yaml"),
        (Place("replace", 0, 5), "replace"),
    ],
)
def test_a_place_in_words(place: Place, words: str) -> None:
    assert str(place) == words
    assert (Place("plan.yaml").line, Place("plan.yaml").column) == (0, 0)


def test_files_in_the_order_in_which_they_are_met_and_lines_from_top_to_bottom() -> None:
    findings = Findings()
    for place, message in (
        (Place("b.yaml", 9, 1), "z"),
        (Place("a.csv", 2, 5), "y"),
        (Place("b.yaml", 2, 8), "x"),
        (Place("b.yaml", 2, 3), "w"),
        (Place("b.yaml", 2, 3), "v"),
        (Place("b.yaml", 10, 1), "a"),
        (Place("a.csv", 1, 9), "b"),
    ):
        findings.add(place, "", message)
    assert [str(each) for each in findings.all()] == [
        *("b.yaml:2:3: v", "b.yaml:2:3: w", "b.yaml:2:8: x", "b.yaml:9:1: z", "b.yaml:10:1: a"),
        *("a.csv:1:9: b", "a.csv:2:5: y"),
    ]


def test_a_problem_is_told_once_with_its_path() -> None:
    findings = Findings()
    place = Place("plan.yaml", 1, 1)
    findings.add(place, "years.first", "wrong")
    findings.add(place, "years.first", "wrong")
    findings.add(place, "", "wrong")
    assert [each.message for each in findings.all()] == ["wrong", "years.first: wrong"]


def test_warnings_do_not_stop_a_scenario() -> None:
    findings = Findings()
    place = Place("plan.yaml", 1, 1)
    findings.warn(place, "a", "odd")
    assert findings.problems() == ()
    findings.add(place, "b", "wrong")
    assert [(each.message, each.warning) for each in findings.all()] == [("a: odd", True), ("b: wrong", False)]
    assert [each.message for each in findings.problems()] == ["b: wrong"]
    assert all(each.warning is False for each in findings.problems())


def test_what_is_said_first_of_the_same_place_stays() -> None:
    place = Place("plan.yaml", 1, 1)
    first_wrong, first_odd = Findings(), Findings()
    first_wrong.add(place, "a", "so")
    first_wrong.warn(place, "a", "so")
    first_odd.warn(place, "a", "so")
    first_odd.add(place, "a", "so")
    assert [each.warning for each in first_wrong.all()] == [False]
    assert [each.warning for each in first_odd.all()] == [True]


def test_a_path_is_shown_from_the_working_folder_where_it_lies_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert shown(Path("kalsel/plan.yaml")) == "kalsel/plan.yaml"
    assert shown(here / "kalsel" / "plan.yaml") == "kalsel/plan.yaml"
    assert shown(tmp_path / "plan.yaml") == (tmp_path / "plan.yaml").as_posix()
    assert shown(Path("../plan.yaml")) == (tmp_path / "plan.yaml").as_posix()
