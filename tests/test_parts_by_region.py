"""Numbers by region, from a mapping or from the rows of a table: what is read, and what is told."""

from pathlib import Path

import pytest

from backlog_model.scenario import parts
from backlog_model.scenario.distributions import Distribution
from backlog_model.scenario.paths import Changes, Everywhere, Points, Regional
from backlog_model.scenario.tables import Entry
from backlog_model.scenario.units import unit_of
from small_readings import entry, reading, row, simple_form, told, with_rows

HOUSES = unit_of("houses")


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


BY_REGION = 'expected numbers by region, such as {"63.01": 10, "63.02": 12}'


@pytest.mark.parametrize(
    ("text", "expected", "problems"),
    [
        ('{"63.10": 5, "63.01": {2026: 6}}', {"63.10": 5.0, "63.01": Points((2026,), (6.0,))}, []),
        ("5", "unread", [f"1:4: p: {BY_REGION}"]),
        ("{}", "unread", [f"1:4: p: {BY_REGION}"]),
        ('{"63.01": 5}', {"63.01": 5.0}, ["1:1: p: no number for region 63.10; expected every region once"]),
        (
            '{"63.01": 5, "63.1": 6, "63.10": -1}',
            {"63.01": 5.0, "63.1": 6.0, "63.10": "unread"},
            [
                "1:17: p: unknown region 63.1; did you mean 63.10?",
                "1:37: p.63.10: -1 is negative; expected houses",
            ],
        ),
    ],
)
def test_numbers_by_region(text: str, expected: object, problems: list[str]) -> None:
    read = reading()
    assert simple_form(parts.regional(entry(text), "p", HOUSES, read)) == expected
    assert told(read) == [f"a.yaml:{problem}" for problem in problems]


def test_some_regions_where_not_all_are_needed() -> None:
    read = reading()
    assert simple_form(parts.regional(entry('{"63.01": 5}'), "p", HOUSES, read, whole=False)) == {"63.01": 5.0}
    assert told(read) == []


def test_any_region_where_none_is_known() -> None:
    read = reading(known=False)
    assert simple_form(parts.regional(entry('{"11.01": 5}'), "p", HOUSES, read)) == {"11.01": 5.0}
    assert told(read) == []


@pytest.mark.parametrize(
    ("missing", "few"),
    [
        (1, "63.01"),
        (5, "63.01, 63.02, 63.03, 63.04, 63.05"),
        (6, "63.01, 63.02, 63.03, 63.04, 63.05, 63.06"),
        (7, "63.01, 63.02, 63.03, 63.04, 63.05, 63.06 and 1 more"),
        (9, "63.01, 63.02, 63.03, 63.04, 63.05, 63.06 and 3 more"),
    ],
)
def test_six_missing_regions_are_named(missing: int, few: str) -> None:
    read = reading(*(f"63.0{number}" for number in range(1, missing + 1)), "63.99")
    parts.regional(entry('{"63.99": 5}'), "p", HOUSES, read)
    assert told(read) == [f"a.yaml:1:1: p: no number for region {few}; expected every region once"]


# rows of a table


MISSING = "a.yaml:1:1: p: no number for region 63.10; expected every region once"
BESIDE = "rows for the province (63) beside rows for its regions; keep either"
EVERY = "a row for every year (empty year) beside rows for years; keep either"


@pytest.mark.parametrize(
    ("rows", "expected", "problems"),
    [
        ([row("63", None, 5)], 5.0, []),
        ([row("63", 2027, 6), row("63", 2026, 5)], Points((2026, 2027), (5.0, 6.0)), []),
        ([row("63.10", None, 5), row("63.01", 2026, 6)], {"63.10": 5.0, "63.01": Points((2026,), (6.0,))}, []),
        ([row("63.01", None, 5)], {"63.01": 5.0}, [MISSING]),
        (
            [row("63.01", None, 5), row("63", None, 6, line=3), row("63.10", None, 7)],
            {"63.01": 5.0, "63.10": 7.0},
            [f"t.csv:3:1: p: {BESIDE}"],
        ),
        (
            [row("63", 2026, 5, line=2), row("63", None, 6, line=3)],
            6.0,
            [f"t.csv:3:1: p: region 63: {EVERY}"],
        ),
        (
            [row("63", None, 2.804, text="2.804", line=4)],
            "unread",
            [
                "t.csv:4:4: p: column value: 2.804 is read as 2.804 houses; "
                "write 2804 (or 2.8040 for a number between 2 and 3)"
            ],
        ),
        ([], "unread", ["a.yaml:1:4: p.csv: t.csv has no row with the key p"]),
    ],
)
def test_rows(rows: list[Entry], expected: object, problems: list[str]) -> None:
    read = with_rows(reading(), *rows)
    assert simple_form(parts.from_rows(entry("t.csv"), "p", HOUSES, read)) == expected
    assert told(read) == problems


def test_rows_for_some_regions_only() -> None:
    read = with_rows(reading(), row("63.01", None, 5))
    assert simple_form(parts.from_rows(entry("t.csv"), "p", HOUSES, read, whole=False)) == {"63.01": 5.0}
    read = with_rows(reading(), row("63.01", None, 5, 4, 6))
    form = parts.estimated(entry("t.csv"), "p", HOUSES, read, whole=False)
    assert isinstance(form, Regional)
    assert form.codes == ("63.01",)
    assert told(read) == []


def test_rows_where_no_region_is_known() -> None:
    read = with_rows(reading(known=False), row("63", None, 5))
    assert simple_form(parts.from_rows(entry("t.csv"), "p", HOUSES, read)) == {"63": 5.0}


def test_a_province_that_is_its_only_region() -> None:
    read = with_rows(reading("63"), row("63", None, 5), row("63.01", None, 6))
    assert simple_form(parts.from_rows(entry("t.csv"), "p", HOUSES, read)) == 5.0
    assert told(read) == []


ONE_ROW = "an estimate is one row, with an empty year"


@pytest.mark.parametrize(
    ("rows", "expected", "problems"),
    [
        ([row("63", None, 3, 3, 3)], 3.0, []),
        ([row("63", None, 3, 2, None)], "unread", ["2:1: p: low and high are empty; an estimate has a range"]),
        ([row("63", None, 3, None, 4)], "unread", ["2:1: p: low and high are empty; an estimate has a range"]),
        ([row("63", 2026, 3, 2, 4)], "unread", [f"2:1: p: region 63: {ONE_ROW}"]),
        ([row("63", None, 3, 2, 4), row("63", None, 3, 2, 4)], "unread", [f"2:1: p: region 63: {ONE_ROW}"]),
        ([row("63", None, -3, -4, -2)], "unread", ["2:4: p: column value: -3 is negative; expected houses"]),
        (
            [row("63", None, 5, 2, 4)],
            "unread",
            ["2:1: p: low, value, high: 4 after 5; expected p05 <= p50 <= p95"],
        ),
    ],
)
def test_estimates(rows: list[Entry], expected: object, problems: list[str]) -> None:
    read = with_rows(reading(), *(each._replace(text=f"{each.value:g}") for each in rows))
    assert simple_form(parts.estimated(entry("t.csv"), "p", HOUSES, read)) == expected
    assert told(read) == [f"t.csv:{problem}" for problem in problems]


@pytest.mark.parametrize(("low", "value", "high"), [(2, 3, 5), (3, 3, 5), (2, 5, 5)])
def test_an_estimate_is_drawn_from_its_range(low: float, value: float, high: float) -> None:
    read = with_rows(reading(), row("63", None, value, low, high))
    form = parts.estimated(entry("t.csv"), "p", HOUSES, read)
    assert isinstance(form, Everywhere)
    assert isinstance(form.part, Distribution)
    assert (form.part.kind, form.part.central()) == ("range", value)


def test_an_estimate_is_needed_for_every_region() -> None:
    read = with_rows(reading(), row("63.01", None, 3, 3, 3))
    parts.estimated(entry("t.csv"), "p", HOUSES, read)
    assert told(read) == [MISSING]


# changes


@pytest.mark.parametrize(
    ("text", "expected", "problems"),
    [
        ("5", Changes(None, (5.0,)), []),
        ("{2026: 5}", Changes(None, (Points((2026,), (5.0,)),)), []),
        ("{csv: t.csv}", Changes(("63.01",), (Points((2026,), (7.0,)),)), []),
        (
            "{csv: t.csv, growth: 0.1}",
            Changes(("63.01",), (Points((2026,), (7.0,)),)),
            ["a.yaml:1:17: p.growth: unknown key; expected one of csv"],
        ),
    ],
)
def test_changes(text: str, expected: Changes, problems: list[str]) -> None:
    read = with_rows(reading(), row("63.01", 2026, 7))
    assert parts.changes(entry(text), "p", HOUSES, read) == expected
    assert told(read) == problems


def test_changes_of_the_whole_province() -> None:
    read = with_rows(reading(), row("63", 2026, 7))
    assert parts.changes(entry("{csv: t.csv}"), "p", HOUSES, read) == Changes(None, (Points((2026,), (7.0,)),))


def test_factors() -> None:
    read = reading()
    assert parts.factors(entry("0"), "p", read) == Changes(None, (0.0,))
    assert parts.factors(entry("1e6"), "p", read) == Changes(None, (1e6,))
    assert told(read) == []
    parts.factors(entry("-0.5"), "p", read)
    assert told(read) == ["a.yaml:1:4: p: -0.5 is negative; expected factor"]
