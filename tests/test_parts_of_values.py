"""Numbers by year, growth and distributions: what is read, and what is told."""

import math
from pathlib import Path

import pytest

from backlog_model.scenario import parts
from backlog_model.scenario.paths import Points
from backlog_model.scenario.units import NUMBER, Unit, unit_of
from small_readings import entry, reading, simple, told

HOUSES, SHARE = unit_of("houses"), unit_of("share")
LISTED = 'a.yaml:1:4: p: expected numbers by year, such as {2026: 10, "2027-2029": 12}'


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# by year


@pytest.mark.parametrize(
    ("text", "expected", "problems"),
    [
        ("{2026: 10, 2028: 20}", Points((2026, 2028), (10.0, 20.0)), []),
        ('{2028: 20, "2026-2027": 5}', Points((2026, 2027, 2028), (5.0, 5.0, 20.0)), []),
        ('{"2026 – 2028": 5}', Points((2026, 2027, 2028), (5.0, 5.0, 5.0)), []),
        ('{"2026-2026": 5}', Points((2026,), (5.0,)), []),
        ("{}", "unread", [LISTED]),
        ("5", "unread", [LISTED]),
        ("[5]", "unread", [LISTED]),
        (
            '{2026: 1, "2025-2027": 2}',
            Points((2025, 2026, 2027), (2.0, 2.0, 2.0)),
            ["a.yaml:1:14: p.2025-2027: 2026 stands twice"],
        ),
        (
            '{2025: 1, "2028-2026": 2}',
            Points((2025,), (1.0,)),
            ["a.yaml:1:14: p.2028-2026: 2028-2026 runs backwards; write 2026-2028"],
        ),
        ('{"2028-2026": 2}', "unread", ["a.yaml:1:5: p.2028-2026: 2028-2026 runs backwards; write 2026-2028"]),
        ("{26: 1, 2027: 2}", Points((2027,), (2.0,)), ["a.yaml:1:5: p.26: '26' is not a year; expected 1900 to 2200"]),
        ('{"26-2027": 1}', "unread", ["a.yaml:1:5: p.26-2027: '26' is not a year; expected 1900 to 2200"]),
        ('{"2026-27": 1}', "unread", ["a.yaml:1:5: p.2026-27: '27' is not a year; expected 1900 to 2200"]),
    ],
)
def test_numbers_by_year(text: str, expected: object, problems: list[str]) -> None:
    read = reading()
    assert simple(parts.points(entry(text), "p", HOUSES, read)) == expected
    assert told(read) == problems


def test_a_number_that_cannot_be_right_leaves_its_year_open() -> None:
    read = reading()
    points = parts.points(entry("{2026: 5, 2027: -1}"), "p", HOUSES, read)
    assert isinstance(points, Points)
    assert (points.years, points.numbers[0], math.isnan(points.numbers[1])) == ((2026, 2027), 5.0, True)
    assert told(read) == ["a.yaml:1:20: p.2027: -1 is negative; expected houses"]


@pytest.mark.parametrize(
    ("text", "rate", "problems"),
    [
        ("0.05", 0.05, []),
        ("-1", -1.0, []),
        ("1", 1.0, []),
        (
            "1.5",
            0.0,
            ["a.yaml:1:4: p.growth: 1.5 lies outside -1 to 1 (share per year, -1 to 1); write 0.015 for 1.5 percent"],
        ),
        ("5%", 0.0, ["a.yaml:1:4: p.growth: '5%' is not a number; write 0.05"]),
    ],
)
def test_growth(text: str, rate: float, problems: list[str]) -> None:
    read = reading()
    assert parts.growth(entry(text), "p", read) == rate
    assert told(read) == problems


def test_no_growth_is_none() -> None:
    assert parts.growth(None, "p", reading()) == 0.0


# distributions


@pytest.mark.parametrize(
    ("text", "unit", "kind"),
    [
        ("{uniform: [1, 4]}", HOUSES, ("uniform", (1.0, 4.0))),
        ("{uniform: [1, 4], value: 3, source: x}", HOUSES, ("uniform", (1.0, 4.0))),  # other keys are set aside
        ("{normal: {mean: 5, sd: 1}, truncate: [4, 6]}", HOUSES, ("normal", (4.0, 6.0))),
        ("{uniform: [1.234, 4.567]}", NUMBER, ("uniform", (1.234, 4.567))),
        ("{uniform: [1234, 2.5]}", HOUSES, "unread"),
        ("{lognormal: {median: 1000, sigma: 1.234}}", HOUSES, ("lognormal", (0.0, math.inf))),  # not in houses
        ("{uniform: [-2, -1]}", NUMBER, ("uniform", (-2.0, -1.0))),
        ("{uniform: [0, 1]}", SHARE, ("uniform", (0.0, 1.0))),
    ],
)
def test_distributions(text: str, unit: Unit, kind: object) -> None:
    read = reading()
    assert simple(parts.distribution(entry(text), "p", unit, read)) == kind
    assert bool(told(read)) == (kind == "unread")


GROUPED = "is read as 1.234 houses; write 1234 (or 1.2340 for a number between 1 and 2)"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "{range: [1, 5%, x]}",
            [
                "1:16: p.range.1: '5%' is not a number; write 0.05",
                "1:20: p.range.2: 'x' is not a number; expected a number such as 0.05 or 20_000_000",
            ],
        ),
        ("{range: [1, ~, 3]}", ["1:16: p.range.1: no value given; write a number"]),
        ("{range: [1.234, 2, 3]}", [f"1:13: p.range.0: 1.234 {GROUPED}"]),
        ("{lognormal: {median: 1.234, sigma: 1.5}}", [f"1:25: p.lognormal.median: 1.234 {GROUPED}"]),
        ("{range: [1, 012, 3]}", []),  # refused where it was read
        (
            "{range: [1, 012, x]}",
            ["1:21: p.range.2: 'x' is not a number; expected a number such as 0.05 or 20_000_000"],
        ),
        ("{range: [3, 2, 4]}", ["1:16: p.range.1: 2 after 3; expected p05 <= p50 <= p95"]),
        ("{range: [1, 2]}", ["1:12: p.range: 2 numbers; expected 3: [p05, p50, p95]"]),
        (
            "{range: [2e15, 3e15, 4e15]}",
            ["1:4: p: 3000000000000000.0 is larger than anything to be counted; expected houses up to 1e+15"],
        ),
    ],
)
def test_distributions_that_cannot_be(text: str, problems: list[str]) -> None:
    read = reading()
    assert simple(parts.distribution(entry(text), "p", HOUSES, read)) == "unread"
    assert told(read) == [f"a.yaml:{problem}" for problem in problems]


# what is written for one region


ANY = "a.yaml:1:4: p: expected a number, a table by year or a distribution"


@pytest.mark.parametrize(
    ("text", "expected", "problems"),
    [
        ("5", 5.0, []),
        ("{2026: 5}", Points((2026,), (5.0,)), []),
        ('{"2026-2027": 5}', Points((2026, 2027), (5.0, 5.0)), []),
        ("{table: {2026: 5}}", Points((2026,), (5.0,)), []),
        ("{table: {2026: 5}, growth: 0.1}", Points((2026,), (5.0,), 0.1), []),
        ("{uniform: [1, 4]}", ("uniform", (1.0, 4.0)), []),
        ("{uniform: [1, 4], truncate: [2, 3]}", ("uniform", (2.0, 3.0)), []),
        ("{}", "unread", [LISTED]),
        ("{growth: 0.1}", "unread", [ANY]),
        ("{tables: {2026: 5}}", "unread", [ANY, "a.yaml:1:5: p.tables: unknown key; did you mean table?"]),
        (
            "{table: {2026: 5}, groth: 0.1}",
            Points((2026,), (5.0,)),
            ["a.yaml:1:23: p.groth: unknown key; did you mean growth?"],
        ),
        (
            "{table: {}, growth: 0.1}",
            "unread",
            [LISTED.replace("1:4: p:", "1:12: p.table:")],
        ),
    ],
)
def test_one_region(text: str, expected: object, problems: list[str]) -> None:
    read = reading()
    assert simple(parts.part(entry(text), "p", HOUSES, read)) == expected
    assert told(read) == problems


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("{uniform: [1, 4], growth: 2}", ["a.yaml:1:22: p.growth: unknown key"]),
        (
            "{2026: 5, later: 6}",
            ["a.yaml:1:4: p: expected a n", "a.yaml:1:5: p.2026: unknown", "a.yaml:1:14: p.later: "],
        ),
        ("{table: {2026: 5}, 2027: 6}", ["a.yaml:1:23: p.2027: unknown key"]),
    ],
)
def test_keys_that_do_not_go_together(text: str, places: list[str]) -> None:
    read = reading()
    parts.part(entry(text), "p", HOUSES, read)
    assert [problem[: len(start)] for problem, start in zip(told(read), places, strict=True)] == places


def test_only_numbers_by_year_grow() -> None:
    assert parts.growing(Points((2026,), (5.0,)), 0.5) == Points((2026,), (5.0,), 0.5)
    assert parts.growing(5.0, 0.5) == 5.0
