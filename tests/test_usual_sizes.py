"""Slips of unit are answered with what the number means and what is usual; valid files are left alone."""

from itertools import islice
from pathlib import Path

import pytest

from backlog_model.scenario.loading import check
from slips import copied, in_scenario, in_tables, percent_for_shares

SCENARIOS = Path(__file__).parents[1] / "scenarios"
VALID = sorted([*SCENARIOS.glob("kalsel/*.yaml"), SCENARIOS / "template" / "scenario.yaml"])


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_files_raise_no_alarm(path):
    assert [str(problem) for problem in check(path) if "usually" in problem.message] == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("slips"))


def flagged(slip, folder):
    file = folder / slip.file
    before = file.read_text(encoding="utf-8")
    file.write_text(slip.content, encoding="utf-8")
    try:
        return bool(check(folder / "baseline.yaml"))
    finally:
        file.write_text(before, encoding="utf-8")


@pytest.mark.parametrize(("slips", "step"), [(in_tables, 31), (in_scenario, 7), (percent_for_shares, 5)])
def test_slips_are_flagged(folder, slips, step):
    assert check(folder / "baseline.yaml") == []
    tried = list(islice(slips(), 0, None, step))
    missed = [(slip.place, slip.factor) for slip in tried if not flagged(slip, folder)]
    assert len(tried) >= 15
    assert len(missed) <= 0.05 * len(tried), missed


def test_the_warning_shows_what_the_number_means(folder):
    slip = next(each for each in in_tables() if "bsps.budget_idr" in each.place and each.factor == 1e3)
    (folder / slip.file).write_text(slip.content, encoding="utf-8")
    said = [problem.message for problem in check(folder / "baseline.yaml")]
    assert any(
        "of what there is to treat that the budget buys in a year; usually 0.0001 to 0.9" in each for each in said
    )
