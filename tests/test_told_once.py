"""What is wrong is told where it stands, and nothing else is said to be missing for it."""

from pathlib import Path

import pytest

from backlog_model.scenario.loading import check
from small_scenario import SCENARIO, write

PROBLEMS = {
    "an entry of a list": (
        ("treats: [all]", "treats: [all, 5]"),
        ['plan.yaml:13:19: programmes.bsps.treats.1: 5 is not text; write "5" in quotes'],
    ),
    "a part of a record": (
        ("last: 2030", "last: 012"),
        [
            'plan.yaml:2:28: years.last: 012 begins with 0; write 12, or "012" in quotes when it is a code; '
            "for 0,012 write 0.012"
        ],
    ),
    "a part of a needed record": (
        ("title: Smallest", "title: {id: 5}"),
        [
            "plan.yaml:1:1: title.en: missing; write it here",
            'plan.yaml:1:13: title.id: 5 is not text; write "5" in quotes',
        ],
    ),
    "years that are no mapping": (
        ("{first: 2026, last: 2030}", "5"),
        ["plan.yaml:2:8: years: 5 stands where a mapping of keys is expected"],
    ),
    "a first year that is none": (
        ("first: 2026", "first: x"),
        ["plan.yaml:2:16: years.first: 'x' is not a whole number; expected a number such as 0.05 or 20_000_000"],
    ),
    "a first year without one before it": (
        ("first: 2026", "first: 1900"),
        ["plan.yaml:2:16: years.first: 1900; expected more than 1900"],
    ),
    "no years at all": (("years: {first: 2026, last: 2030}\n", ""), ["plan.yaml:1:1: years: missing; write it here"]),
    "text that reads as true": (
        ("deterioration_rate: 0.004", 'deterioration_rate: "true"'),
        [
            "plan.yaml:10:23: assumptions.deterioration_rate: 'true' is not a number; "
            "expected a number such as 0.05 or 20_000_000"
        ],
    ),
    "a target that is no number": (
        ("title:", "targets: {a: {variable: rtlh_houses, year: 2027, value: [1]}}\ntitle:"),
        ["plan.yaml:1:57: targets.a.value: a list is not a number; expected a number"],
    ),
    "a target that begins with 0": (
        ("title:", "targets: {a: {variable: rtlh_houses, year: 2027, value: 012}}\ntitle:"),
        [
            'plan.yaml:1:57: targets.a.value: 012 begins with 0; write 12, or "012" in quotes when it is a code; '
            "for 0,012 write 0.012"
        ],
    ),
    "a target without a number": (
        ("title:", "targets: {a: {variable: rtlh_houses, year: 2027}}\ntitle:"),
        ["plan.yaml:1:11: targets.a: no number; expected either value or percent_of_base"],
    ),
    "a target with nothing for a number": (
        ("title:", "targets: {a: {variable: rtlh_houses, year: 2027, value: }}\ntitle:"),
        ["plan.yaml:1:11: targets.a: no number; expected either value or percent_of_base"],
    ),
    "a word in a list of names, and a word for a number": (
        ("title:", "correlations: [{between: [a, 5], correlation: x}]\ntitle:"),
        [
            'plan.yaml:1:30: correlations.0.between.1: 5 is not text; write "5" in quotes',
            "plan.yaml:1:47: correlations.0.correlation: 'x' is not a number; "
            "expected a number such as 0.05 or 20_000_000",
        ],
    ),
}


def told(path: Path) -> list[str]:
    """What stops a scenario from being used, its file named without the folder."""
    problems = [str(each).replace(f"{path.parent}/", "") for each in check(path)]
    return [each for each in problems if "no source; write" not in each]


@pytest.mark.parametrize("case", PROBLEMS)
def test_one_fault_is_one_sentence(tmp_path: Path, case: str) -> None:
    (old, new), expected = PROBLEMS[case]
    assert old in SCENARIO
    assert told(write(tmp_path, SCENARIO.replace(old, new, 1))) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("", "regions.csv: the file is empty; expected a header and rows"),
        ('code,name\n63,A\n63.01,"B\n', "regions.csv:3: not a CSV file: unexpected end of data"),
    ],
)
def test_without_regions_none_is_said_to_lack_houses(tmp_path: Path, table: str, expected: str) -> None:
    path = write(tmp_path)
    (tmp_path / "regions.csv").write_text(table, encoding="utf-8")
    assert told(path) == [expected]


@pytest.mark.parametrize(
    ("split", "year"),
    [
        ('{"63.01": {2026: 1, 2028: 0}, "63.10": 0}', 2028),
        ('{"63.01": {2025: 0, 2026: 1}, "63.10": {2024: 1, 2025: 0}}', 2025),
        ('{"63.01": {2026: 1, 2028: 0}, "63.10": {2026: 0, 2029: 2}}', 2028),
        ('{"63.01": {2026: 1, 2028: 0}, "63.10": {2026: 0, 2028: 2}}', None),
        ('{"63.01": {2026: 1, 2028: 0}, "63.10": 0.5}', None),
        ('{"63.01": 1, "63.10": 2}, instead: {2028: 0}', 2028),
        ('{"63.01": 1, "63.10": 2}, instead: {2028: 5}', None),
    ],
)
def test_a_total_needs_a_weight_in_every_year(tmp_path: Path, split: str, year: int | None) -> None:
    crews = f"  crews: {{total: 60, split: {{by_region: {split}}}}}\n"
    path = write(tmp_path, SCENARIO.replace("assumptions:\n", "assumptions:\n" + crews))
    place = f"plan.yaml:10:{crews.index('split') + 1}: assumptions.crews.split: "
    expected = [f"{place}all weights are 0 in {year}; expected at least one above 0"] if year is not None else []
    assert told(path) == expected


def test_where_nothing_is_to_be_split_no_weight_is_needed(tmp_path: Path) -> None:
    total = "{table: {2026: 60, 2028: 0}}"
    crews = f'  crews: {{total: {total}, split: {{by_region: {{"63.01": {{2026: 1, 2028: 0}}, "63.10": 0}}}}}}\n'
    assert told(write(tmp_path, SCENARIO.replace("assumptions:\n", "assumptions:\n" + crews))) == []
    constant = '  crews: {total: {value: 60, instead: {2028: 0}}, split: {by_region: {"63.01": 1, "63.10": 2}}}\n'
    assert told(write(tmp_path, SCENARIO.replace("assumptions:\n", "assumptions:\n" + constant))) == []
    again = crews.replace("2028: 0}}, split", "2028: 0, 2029: 5}}, split")
    path = write(tmp_path, SCENARIO.replace("assumptions:\n", "assumptions:\n" + again))
    assert [each.partition("split: ")[2] for each in told(path)] == [
        "all weights are 0 in 2029; expected at least one above 0"
    ]
