"""Targets in a table beside a scenario, row by row, and how operators and probabilities are read."""

from pathlib import Path

import pytest

from backlog_model.errors import Problem
from backlog_model.scenario.loading import check, load_scenario
from backlog_model.scenario.schema import Target
from small_scenario import write
from target_plan import PLAN, RTLH, problems

CSV = PLAN + "targets: {csv: targets.csv}\n"


def found(folder: Path, *rows: str, text: str = CSV) -> list[Problem]:
    """Problems of a table of targets."""
    return [each for each in check(write(folder, text, targets="\n".join(rows) + "\n")) if not each.warning]


def told(folder: Path, *rows: str, text: str = CSV) -> list[str]:
    """The same, without their places."""
    return [each.message for each in found(folder, *rows, text=text)]


def read(folder: Path, *rows: str) -> dict[str, Target]:
    """Targets of a table, by name."""
    return dict(load_scenario(write(folder, CSV, targets="\n".join(rows) + "\n")).targets)


# probabilities


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        ("0.5", None),
        ("0.001", None),
        ("0.999", None),
        ("0", "expected more than 0 and less than 1, such as 0.8"),
        ("-0.5", "expected more than 0 and less than 1, such as 0.8"),
        ("1", "expected more than 0 and less than 1, such as 0.8"),
        ("1.5", "write 0.015 for 1.5 percent"),
        ("80", "write 0.8 for 80 percent"),
        ("99.5", "write 0.995 for 99.5 percent"),
        ("100", "expected more than 0 and less than 1, such as 0.8"),
        ("150", "expected more than 0 and less than 1, such as 0.8"),
    ],
)
def test_probabilities(tmp_path: Path, number: str, advice: str | None) -> None:
    message = f"probability: {number} is not a probability; {advice}"
    assert problems(tmp_path, f"{RTLH}, value: 5, probability: {number}") == ([f"a.{message}"] if advice else [])
    rows = ("id,variable,year,value,probability", f"a,rtlh_houses,2027,5,{number}")
    assert told(tmp_path, *rows) == ([f"targets.a.{message}"] if advice else [])


@pytest.mark.parametrize("written", ["true", "high"])
def test_what_is_no_number_is_no_probability(tmp_path: Path, written: str) -> None:
    (problem,) = problems(tmp_path, f"{RTLH}, value: 5, probability: {written}")
    assert problem.startswith(f"a.probability: {written!r} is not a number; ")


# operators


NEITHER = "missing, and neither more nor less of households is better by itself; write <= or >="


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("variable: households, value: 5", [f"a.operator: {NEITHER}"]),
        ("variable: households, value: 5, operator: null", [f"a.operator: {NEITHER}"]),
        ("variable: households, value: 5, operator: <=", []),
        ("variable: rtlh_houses, value: 5, operator: null", []),
        ("variable: rtlh_houses, value: 5, operator: less", ["a.operator: less; expected one of <=, >="]),
        ("variable: rtlh_house, value: 5", ["a.variable: unknown variable rtlh_house; did you mean rtlh_houses?"]),
        ("value: 5", ["a.variable: missing; write it here"]),
    ],
)
def test_operators(tmp_path: Path, target: str, expected: list[str]) -> None:
    assert problems(tmp_path, f"year: 2027, {target}") == expected


def test_a_target_is_a_mapping(tmp_path: Path) -> None:
    found = [each.message for each in check(write(tmp_path, PLAN + "targets: {a: 5}\n")) if not each.warning]
    assert found == ["targets.a: 5 stands where a mapping of keys is expected"]


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ("", []),
        ("targets: {}\n", []),
        ("targets: 5\n", ["targets: 5 stands where a mapping of keys is expected"]),
        ("targets: [5]\n", ["targets: a list stands where a mapping of keys is expected"]),
    ],
)
def test_targets_are_named(tmp_path: Path, targets: str, expected: list[str]) -> None:
    assert [each.message for each in check(write(tmp_path, PLAN + targets)) if not each.warning] == expected


# tables


def test_a_row_as_read(tmp_path: Path) -> None:
    header = "id,variable,region,year,part,operator,value,probability,kind,unit,source,note"
    a = "a,rtlh_houses,63.01,2027,light,<=,40,0.9,published,houses,plan,2024"
    targets = read(tmp_path, header, a, "b,decent_share,,2028,,,0.85,,,,plan,")
    assert list(targets) == ["a", "b"]
    assert targets["a"] == Target(
        variable="rtlh_houses", region="63.01", year=2027, part="light", operator="<=", value=40, probability=0.9,
        kind="published", unit="houses", source="plan", note="2024",
    )  # fmt: skip
    assert targets["b"] == Target(
        variable="decent_share", region="63", year=2028, operator=">=", value=0.85, source="plan"
    )


def test_a_row_that_is_a_percentage(tmp_path: Path) -> None:
    header = "id,variable,year,percent_of_base,base,base_year,base_value"
    target = read(tmp_path, header, "a,rtlh_houses,2027,50,600,2024,600")["a"]
    assert (target.percent_of_base, target.base, target.base_year, target.base_value) == (50, 600, 2024, 600)
    assert target.wanted == 300  # 50 / 100 * 600


@pytest.mark.parametrize(
    ("word", "applies"), [("", True), ("true", True), ("YES", True), ("yes", True), ("No", False), ("false", False)]
)
def test_whether_a_row_applies(tmp_path: Path, word: str, applies: bool) -> None:
    target = read(tmp_path, "id,variable,year,value,applies,reason", f"a,rtlh_houses,2027,5,{word},closed")["a"]
    assert target.applies is applies


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("a,rtlh_houses,2027,5,maybe", "targets.a.applies: maybe; write true or false"),
        ("a,rtlh_houses,2027,2.804,yes", "targets.a.value: 2.804 is read as 2.804 houses; write 2804 (or 2.8040 "),
        ("a,rtlh_houses,next,5,yes", "targets.a.year: 'next' is not a whole number; "),
        (",rtlh_houses,2027,5,yes", "column id: empty id"),
        ("a,,2027,5,yes", "targets.a.variable: missing; write it here"),
    ],
)
def test_wrong_cells(tmp_path: Path, row: str, expected: str) -> None:
    (problem,) = found(tmp_path, "id,variable,year,value,applies", row)
    assert problem.message.startswith(expected)
    assert "targets.csv:2:" in problem.place


def test_a_number_that_looks_like_a_code(tmp_path: Path) -> None:
    said = told(tmp_path, "id,variable,year,value", "a,rtlh_houses,2027,012")
    assert "targets.a.value: '012' is not a number; write 12" in said


def test_wrong_headers(tmp_path: Path) -> None:
    row = "a,rtlh_houses,2027,5"
    (unknown,) = found(tmp_path, "id,variable,year,value,valu", f"{row},1")
    assert unknown.message == "unknown column 'valu'; did you mean value?"
    assert unknown.place.endswith("targets.csv:1:5")
    (missing,) = found(tmp_path, "variable,year,value", "rtlh_houses,2027,5")
    assert missing.message == "column id is missing; expected a short name for each target"
    assert missing.place.endswith("targets.csv:1:1")


def test_a_name_that_stands_twice(tmp_path: Path) -> None:
    rows = ("id,variable,year,value", "a,rtlh_houses,2027,5", "b,rtlh_houses,2028,5", "a,rtlh_houses,2029,5")
    (twice,) = found(tmp_path, *rows)
    assert twice.message.startswith("column id: id a stands twice; first at ")
    assert twice.message.endswith("targets.csv:2:1")
    assert twice.place.endswith("targets.csv:4:1")


def test_an_empty_name_does_not_hide_the_next_row(tmp_path: Path) -> None:
    rows = ("id,variable,year,value", ",rtlh_houses,2027,5", "b,rtlh_house,2028,5")
    variable = "targets.b.variable: unknown variable rtlh_house; did you mean rtlh_houses?"
    assert told(tmp_path, *rows) == ["column id: empty id", variable]


def test_a_table_without_rows(tmp_path: Path) -> None:
    assert read(tmp_path, "id,variable,year,value") == {}


def test_targets_stand_in_one_place(tmp_path: Path) -> None:
    both = f"{PLAN}targets:\n  csv: targets.csv\n  b: {{{RTLH}, value: 5}}\n"
    expected = ["targets.b: targets stand in a table and beside it; keep them in one place"]
    assert told(tmp_path, "id,variable,year,value", "a,rtlh_houses,2027,5", text=both) == expected


@pytest.mark.parametrize(
    ("named", "expected"),
    [("target.csv", "there is no file target.csv; did you mean targets.csv?"), ("5", "expected the name of a file")],
)
def test_a_table_that_is_not_there(tmp_path: Path, named: str, expected: str) -> None:
    text = CSV.replace("targets.csv", named)
    assert told(tmp_path, "id,variable,year,value", "a,rtlh_houses,2027,-5", text=text) == [f"targets.csv: {expected}"]


def test_an_empty_table(tmp_path: Path) -> None:
    path = write(tmp_path, CSV, targets="")
    assert [each.message for each in check(path)][:1] == ["the file is empty; expected a header and rows"]


def test_a_table_of_targets_is_a_file_of_the_scenario(tmp_path: Path) -> None:
    scenario = load_scenario(write(tmp_path, CSV, targets="id,variable,year,value\na,rtlh_houses,2027,5\n"))
    assert [file.name for file in scenario.files] == ["plan.yaml", "regions.csv", "targets.csv"]
