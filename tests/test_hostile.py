"""Hostile files are refused or accepted in a sentence, never with a traceback (long form: benchmarks/reliability)."""

import pytest

from backlog_model.errors import ScenarioError
from backlog_model.history.checks import check_tables
from backlog_model.history.workbook import read_workbook
from backlog_model.scenario.findings import Findings
from backlog_model.scenario.loading import load_scenario
from backlog_model.scenario.text_tables import read_cells
from hostile import hostile_scenario, hostile_table, hostile_workbook

NAMED = 0.95
FIRST = 1_000_000  # numbers of files that the long form does not reach


def written(files, folder):
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def refusals(make, count, folder):
    """Problems of each file that is refused; anything but a refusal ends the test."""
    for number in range(FIRST, FIRST + count):
        try:
            load_scenario(written(make(number), folder) / "plan.yaml")
        except ScenarioError as error:
            yield number, error.problems


@pytest.mark.parametrize("make", [hostile_scenario, hostile_table])
def test_scenarios_and_tables(tmp_path, make):
    told = list(refusals(make, 300, tmp_path))
    assert len(told) > 100
    places = [[problem.place.removeprefix(str(tmp_path)) for problem in problems] for _, problems in told]
    named = [all(":" in place for place in each) for each in places]
    assert sum(named) >= NAMED * len(named)
    assert all(problem.message.replace("\n", "").isprintable() for _, problems in told for problem in problems)


def test_history_tables(tmp_path):
    for number in range(FIRST, FIRST + 300):
        findings = check_tables([written(hostile_table(number), tmp_path) / "history.csv"])
        assert all(":" in finding.place for finding in findings)


def test_workbooks(tmp_path):
    counts = {"accepted": 0, "refused": 0}
    for number in range(FIRST, FIRST + 150):
        (tmp_path / "input.xlsx").write_bytes(hostile_workbook(number))
        _, findings = read_workbook(tmp_path / "input.xlsx")
        errors = [finding for finding in findings if finding.severity == "error"]
        counts["refused" if errors else "accepted"] += 1
        assert all(finding.message.isprintable() for finding in errors)
    assert min(counts.values()) > 20


@pytest.mark.parametrize(
    ("row", "said"),
    [("," * 19_999, "20_000 columns; expected at most 200"), (",".join("a" * 150), "more than 200_000 cells")],
)
def test_a_table_of_too_many_columns_or_cells_is_refused_before_its_cells_take_memory(tmp_path, row, said):
    text = "\n".join([row] * (1_900_000 // len(row)))
    findings = Findings()
    (tmp_path / "wide.csv").write_text(text, encoding="utf-8")
    assert read_cells(tmp_path / "wide.csv", findings) is None
    (problem,) = findings.all()
    assert said in problem.message


def test_a_history_table_of_many_megabytes_is_refused_at_once(tmp_path):
    (tmp_path / "history.csv").write_bytes(b"year,region_code\n" + b"2021,63.01\n" * 200_000)
    (finding,) = check_tables([tmp_path / "history.csv"])
    assert finding.code == "too_large"
