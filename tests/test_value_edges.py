"""How a value is written: what may stand together, what is missing, and where a number is from."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backlog_model.scenario.loading import check, load_scenario
from backlog_model.scenario.paths import Recovery, Split, Value
from changed_plan import changed, regional, said
from small_scenario import write

RATE = "assumptions.relapse_rate"
CREWS = "assumptions.crews"
RTLH = "opening.rtlh_houses"
YEARS, CODES = (2026, 2027, 2028), ("63.01", "63.10")
HEADER = "key,region,year,value,kind,source\n"
NUMBER_KINDS = "; expected value, a distribution such as range, table, by_region, csv, estimated or total"
CHANGE = "; a change needs a number to change, here or in the scenario that this one extends"


def refused(folder: Path, path: str, entry: Any, *expected: str) -> None:
    """Exactly this is said of an entry, the path left out."""
    assert said(folder, {path: entry}) == [f"{path}{each}" for each in expected]


def read(folder: Path, path: str, entry: Any, **tables: str) -> Value:
    """The value at a path of assumptions or the opening."""
    scenario = load_scenario(write(folder, json.dumps(changed({path: entry})), **tables))
    section, name = path.split(".")
    value: Value = getattr(getattr(scenario, section), name)
    return value


def numbers(value: Value) -> list[list[float]]:
    """Numbers of a value by year, one for each region or one for all."""
    found: list[list[float]] = value.array(YEARS, CODES)[:, 0, :].tolist()
    return found


# what may stand together


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"value": 0.1, "table": {"2026": 0.1}}, ": value and table stand together; keep one of them"),
        ({"value": 0.1, "uniform": [0, 1], "csv": "x"}, ": value and uniform and csv stand together; keep one of them"),
        ({"source": "x"}, f": no number among source{NUMBER_KINDS}"),
        ({"source": "x", "note": "y"}, f": no number among source, note{NUMBER_KINDS}"),
        ({}, f": no number among nothing{NUMBER_KINDS}"),
        ({"multiply": 2}, f": no number among multiply{CHANGE}"),
        ({"instead": 0.2}, f": no number among instead{CHANGE}"),
        ({"growth": 0.1, "source": "x"}, f": no number among growth, source{CHANGE}"),
        ({"spread": {"uniform": [0.5, 2]}}, f": no number among spread{CHANGE}"),
        ({"value": 0.1, "growth": 0.1}, ".growth: growth cannot stand beside value; it goes with table, csv"),
        (
            {"value": 0.1, "truncate": [0, 1]},
            ".truncate: truncate cannot stand beside value; it goes with a distribution",
        ),
        ({"value": 0.1, "split": regional(1, 1)}, ".split: split cannot stand beside value; it goes with total"),
        (
            {"table": {"2026": 0.1}, "concentration": 200},
            ".concentration: concentration cannot stand beside table; it goes with total",
        ),
        (
            {"uniform": [0, 1], "spread": {"uniform": [0.5, 2]}},
            ".spread: spread cannot stand beside uniform; it goes with value, table, by_region, csv, total",
        ),
        ({"value": 0.1, "weight": 1}, ".weight: unknown key"),
        ({"value": 0.1, "sorce": "x"}, ".sorce: unknown key; did you mean source?"),
    ],
)
def test_what_cannot_stand_together(tmp_path: Path, entry: dict[str, Any], expected: str) -> None:
    refused(tmp_path, RATE, entry, expected)


@pytest.mark.parametrize(
    "entry",
    [
        {"table": {"2026": 0.1}, "growth": 0.1},
        {"table": {"2026": 0.1}, "spread": {"uniform": [0.5, 2]}},
        {"uniform": [0, 1], "truncate": [0.25, 0.75]},
        {"value": 0.1, "spread": {"uniform": [0.5, 2]}},
    ],
)
def test_what_may_stand_together(tmp_path: Path, entry: dict[str, Any]) -> None:
    refused(tmp_path, RATE, entry)


@pytest.mark.parametrize("entry", [0.5, {"value": 0.5}, {"light": 0.5, "medium": 0.5, "heavy": 0.5}])
def test_one_value_or_one_for_each_class(tmp_path: Path, entry: Any) -> None:
    refused(tmp_path, "assumptions.habitable_share", entry)


def test_an_unknown_key_is_the_only_problem_of_its_value(tmp_path: Path) -> None:
    refused(tmp_path, RATE, {"value": 5, "colour": 1}, ".colour: unknown key")


# the main kinds


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (0.25, [[0.25]]),
        ({"value": 0.25}, [[0.25]]),
        ({"uniform": [0.25, 0.75]}, [[0.5]]),
        ({"table": {"2026": 0.25, "2028": 0.5}}, [[0.25], [0.25], [0.5]]),
        ({"table": {"2026": 0.25}, "growth": 1}, [[0.25], [0.5], [1.0]]),
        (regional(0.25, 0.5), [[0.25, 0.5]]),
        ({"value": 0.25, "multiply": {"2027": 2}}, [[0.25], [0.5], [0.25]]),
        ({"value": 0.25, "instead": {"2028": 1}}, [[0.25], [0.25], [1.0]]),
        ({"value": 0.25, "instead": {"2027": 0.5}, "multiply": 2}, [[0.5], [1.0], [0.5]]),
    ],
)
def test_numbers_of_each_kind(tmp_path: Path, entry: Any, expected: list[list[float]]) -> None:
    assert numbers(read(tmp_path, RATE, entry)) == expected


@pytest.mark.parametrize(
    ("rows", "entry", "expected"),
    [
        ("63,,0.25", {}, [[0.25]]),
        ("63,2026,0.25", {"growth": 1}, [[0.25], [0.5], [1.0]]),
        ("63,2026,0.25|63,2027,0.5", {}, [[0.25], [0.5], [0.5]]),
        ("63.01,2026,0.25|63.10,2026,0.125", {"growth": 1}, [[0.25, 0.125], [0.5, 0.25], [1.0, 0.5]]),
        ("63.01,2026,0.25|63.10,2026,0.125", {}, [[0.25, 0.125]] * 3),
    ],
)
def test_numbers_of_a_table(tmp_path: Path, rows: str, entry: dict[str, Any], expected: list[list[float]]) -> None:
    table = HEADER + "".join(f"{RATE},{row},sourced,x\n" for row in rows.split("|"))
    assert numbers(read(tmp_path, RATE, {"csv": "data.csv", **entry}, data=table)) == expected


def test_a_table_without_rows_is_told_once(tmp_path: Path) -> None:
    table = HEADER + f"{RTLH},63.01,,200,sourced,x\n{RTLH},63.10,,300,sourced,x\n"
    plan = {RTLH: {"csv": "data.csv"}, RATE: {"csv": "data.csv", "growth": 0.1}}
    assert said(tmp_path, plan, data=table) == [f"{RATE}.csv: data.csv has no row with the key {RATE}"]


# a total and its split


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"total": 60, "split": regional(1, 2)}, [[20.0, 40.0]]),
        ({"total": 60, "split": regional(0.5, 0.25)}, [[40.0, 20.0]]),
        ({"total": 60, "split": regional(0.5, 1)}, [[20.0, 40.0]]),
        ({"total": 60, "split": regional(0, 1)}, [[0.0, 60.0]]),
        ({"total": {"table": {"2026": 60, "2028": 30}}, "split": regional(1, 2)}, [[20, 40], [20, 40], [10, 20]]),
        ({"total": 60, "split": regional({"2026": 0, "2028": 1}, 1)}, [[0, 60], [0, 60], [30, 30]]),
        ({"total": 60, "split": regional({"uniform": [0, 4]}, 1)}, [[40.0, 20.0]]),
        ({"total": 60, "split": regional({"2026": 0, "2028": 1}, {"2026": 1, "2028": 0})}, [[0, 60], [0, 60], [60, 0]]),
    ],
)
def test_a_total_is_split_by_weights(tmp_path: Path, entry: dict[str, Any], expected: list[list[float]]) -> None:
    assert np.allclose(numbers(read(tmp_path, CREWS, entry)), expected, rtol=1e-12, atol=0.0)  # shares are rounded


UNSURE = {"uniform": [50, 70]}
SPREAD = {"uniform": [0.5, 2]}
BY_REGION = "total is given by region already; write by_region or csv instead of total and split"


@pytest.mark.parametrize(
    ("total", "split", "expected"),
    [
        (60, 1, ".split: one number for all regions; expected weights by region (by_region or csv)"),
        (60, {"table": {"2026": 1}}, ".split: one number for all regions; expected weights by region (by_region or c"),
        (60, {"uniform": [1, 2]}, ".split: one number for all regions; expected weights by region (by_region or csv)"),
        (60, "half", ".split: 'half' is not a number; expected a number such as 0.05 or 20_000_000"),
        (60, regional(-1, 2), ".split.by_region.63.01: -1 is negative; expected number"),
        (60, regional(1), ".split.by_region: no number for region 63.10; expected every region once"),
        (60, regional(0, 0), ".split: all weights are 0; expected at least one above 0"),
        (60, regional({"2026": 0}, 0), ".split: all weights are 0; expected at least one above 0"),
        (regional(20, 40), regional(1, 2), f".split: {BY_REGION}"),
        ({**UNSURE, "drawn": "region"}, regional(1, 2), f".split: {BY_REGION}"),
        ({**UNSURE, "drawn": "region_year"}, regional(1, 2), f".split: {BY_REGION}"),
        ({**UNSURE, "drawn": "year"}, regional(1, 2), ".split: drawn stands inside total; write it beside total"),
        (60, {**regional(1, 2), "drawn": "year"}, ".split: drawn stands inside split; write it beside total"),
        ({"value": 60, "spread": SPREAD}, regional(1, 2), ".split: spread stands inside total; write it beside total"),
        (60, {**regional(1, 2), "spread": SPREAD}, ".split: spread stands inside split; write it beside total"),
        (UNSURE, regional(UNSURE, 1), ".split: total and split are both uncertain; keep one of them certain"),
        (UNSURE, regional(1, 2), None),
        (60, regional(UNSURE, 1), None),
        (-60, regional(1, 2), ".total: -60 is negative; expected crews of artisans"),
    ],
)
def test_what_is_wrong_with_a_split(tmp_path: Path, total: Any, split: Any, expected: str | None) -> None:
    problems = said(tmp_path, {CREWS: {"total": total, "split": split}})
    assert len(problems) == (expected is not None)
    assert all(each.startswith(f"{CREWS}{expected}") for each in problems)


def test_a_total_without_a_split(tmp_path: Path) -> None:
    such = "such as split: {by_region: {…}}"
    expected = f": total without split; write how it is split over regions, {such}"
    refused(tmp_path, CREWS, {"total": 60}, expected)


@pytest.mark.parametrize(
    ("path", "concentration", "expected"),
    [
        (RTLH, 200, None),
        (RTLH, 1, None),
        (RTLH, 1.5, None),
        (RTLH, 0.5, "0.5; expected 1 or more, such as 200"),
        (RTLH, 0, "0; expected 1 or more, such as 200"),
        (RTLH, "close", "'close' is not a number; expected a number such as 0.05 or 20_000_000"),
        (CREWS, 200, f"a split can be drawn at {RTLH} only, where the houses of each region bound it"),
    ],
)
def test_how_closely_a_drawn_split_keeps(tmp_path: Path, path: str, concentration: Any, expected: str | None) -> None:
    entry = {"total": 500, "split": regional(2, 3), "concentration": concentration}
    refused(tmp_path, path, entry, *([f".concentration: {expected}"] if expected else []))
    if expected is None:
        form = read(tmp_path, path, entry).form
        assert isinstance(form, Split)
        assert form.concentration == concentration


# what is said beside a number


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ({"source": 5}, '.source: 5 is not text; write "5" in quotes'),
        ({"note": ["x"]}, ".note: a list or mapping is not text; expected text"),
        ({"definition": {"x": 1}}, ".definition: a list or mapping is not text; expected text"),
        ({"source": None}, None),
        ({"source": "5"}, None),
        ({"assumption": "yes"}, ".assumption: yes; expected true or false"),
        ({"assumption": 1}, ".assumption: 1; expected true or false"),
        ({"assumption": []}, ".assumption: nothing; expected true or false"),
        ({"assumption": True}, None),
        ({"assumption": False}, None),
        ({"drawn": "year"}, None),
        ({"drawn": "years"}, ".drawn: years; did you mean year?"),
        ({"drawn": 5}, ".drawn: 5; expected one of draw, region, region_year, year"),
        ({"drawn": []}, ".drawn: nothing; expected one of draw, region, region_year, year"),
    ],
)
def test_what_is_said_beside_a_number(tmp_path: Path, beside: dict[str, Any], expected: str | None) -> None:
    refused(tmp_path, RATE, {"value": 0.25, **beside}, *([expected] if expected else []))


@pytest.mark.parametrize("key", ["source", "assumption"])
def test_what_was_refused_already_is_told_once(tmp_path: Path, key: str) -> None:
    text = json.dumps(changed({RATE: {"value": 0.25, key: "@"}})).replace('"@"', "012")
    problems = [str(each.message) for each in check(write(tmp_path, text)) if not each.warning]
    assert len(problems) == 1
    assert "012 begins with 0; write 12" in problems[0]


@pytest.mark.parametrize(
    ("beside", "kind", "source"),
    [
        ({}, "unstated", None),
        ({"source": "survey"}, "sourced", "survey"),
        ({"assumption": True}, "assumption", None),
        ({"assumption": True, "source": "survey"}, "assumption", "survey"),
        ({"assumption": False, "source": "survey"}, "sourced", "survey"),
        ({"assumption": False}, "unstated", None),
    ],
)
def test_where_a_number_is_from(tmp_path: Path, beside: dict[str, Any], kind: str, source: str | None) -> None:
    value = read(tmp_path, RATE, {"value": 0.25, "note": "n", "definition": "d", "drawn": "year", **beside})
    assert (value.kind, value.source) == (kind, source)
    assert (value.note, value.definition, value.drawn, value.weight) == ("n", "d", "year", None)


@pytest.mark.parametrize(
    ("total", "split", "beside", "kind", "source"),
    [
        ({"source": "a"}, {"source": "b"}, {}, "sourced", "a; b"),
        ({"source": "a"}, {"source": "a"}, {}, "sourced", "a"),
        ({"source": "a"}, {}, {}, "unstated", "a"),
        ({}, {"assumption": True}, {}, "assumption", None),
        ({"assumption": True}, {"source": "b"}, {}, "assumption", "b"),
        ({"assumption": True}, {"source": "b"}, {"source": "c"}, "sourced", "c"),
        ({}, {}, {"assumption": True}, "assumption", None),
    ],
)
def test_a_split_is_as_weak_as_its_weakest_part(
    tmp_path: Path, total: Any, split: Any, beside: Any, kind: str, source: str | None
) -> None:
    value = read(tmp_path, CREWS, {"total": {"value": 60, **total}, "split": {**regional(1, 2), **split}, **beside})
    assert (value.kind, value.source) == (kind, source)


@pytest.mark.parametrize(
    ("rows", "beside", "kind", "source"),
    [
        ("sourced,a", {}, "sourced", "a"),
        ("sourced,a|derived,b", {}, "derived", "a; b"),
        ("assumption,a|derived,b", {}, "assumption", "a; b"),
        ("sourced,a|sourced,a", {}, "sourced", "a"),
        ("sourced,a|sourced,b|sourced,c", {}, "sourced", "a; b; c"),
        ("sourced,a|sourced,b|sourced,c|sourced,d", {}, "sourced", "a; b; c; and 1 more"),
        ("sourced,a|sourced,b|sourced,c|sourced,d|sourced,e", {}, "sourced", "a; b; c; and 2 more"),
        ("sourced,a", {"assumption": True}, "assumption", "a"),
        ("assumption,a", {"source": "mine"}, "sourced", "mine"),
    ],
)
def test_a_table_is_as_weak_as_its_weakest_row(tmp_path: Path, rows: str, beside: Any, kind: str, source: str) -> None:
    lines = [f"{RATE},63,{2022 + at},0.25,{row}\n" for at, row in enumerate(rows.split("|"), start=4)]
    other = f"{RTLH},63.01,,200,assumption,z\n{RTLH},63.10,,300,assumption,z\n"
    plan = {RATE: {"csv": "data.csv", **beside}, RTLH: {"csv": "data.csv"}}
    text = json.dumps(changed(plan))
    value = load_scenario(write(tmp_path, text, data=HEADER + other + "".join(lines))).assumptions.relapse_rate
    assert (value.kind, value.source) == (kind, source)


# changes


def test_a_spread_is_a_distribution(tmp_path: Path) -> None:
    such = "expected a distribution of a factor, such as {lognormal: {median: 1, sigma: 0.2}}"
    refused(tmp_path, RATE, {"value": 0.25, "spread": 2}, f".spread: {such}")
    assert read(tmp_path, RATE, {"value": 0.25, "spread": SPREAD}).spread is not None
    assert read(tmp_path, RATE, {"value": 0.25}).spread is None


LEVEL = {"level_of": 2026, "after": 2027, "share": 0.5}


@pytest.mark.parametrize(
    ("recover", "beside", "expected"),
    [
        (LEVEL, {}, []),
        (2, {}, [".recover: expected level_of, after, share"]),
        ({**LEVEL, "until": 2028}, {}, [".recover.until: unknown key; expected one of level_of, after, share"]),
        ({"level_of": 2026, "after": 2027}, {}, [".recover.share: missing; write it here"]),
        (
            {"after": 2027},
            {},
            [".recover.level_of: missing; write it here", ".recover.share: missing; write it here"],
        ),
        (
            {**LEVEL, "share": 2},
            {},
            [".recover.share: 2 lies outside 0 to 1 (share, 0 to 1); write 0.02 for 2 percent"],
        ),
        ({**LEVEL, "after": 26}, {}, [".recover.after: '26' is not a year; expected 1900 to 2200"]),
        ({**LEVEL, "level_of": 26}, {}, [".recover.level_of: '26' is not a year; expected 1900 to 2200"]),
        (LEVEL, {"drawn": "year"}, []),
    ],
)
def test_what_a_recovery_says(tmp_path: Path, recover: Any, beside: dict[str, Any], expected: list[str]) -> None:
    refused(tmp_path, RATE, {"value": 0.25, "recover": recover, **beside}, *expected)


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (2026, None),
        (2025, None),
        (2027, "level_of: 2026 lies before 2027, the first year with a number"),
        (2028, "level_of: 2026 lies before 2028, the first year with a number"),
    ],
)
def test_a_recovery_is_to_a_year_with_a_number(tmp_path: Path, first: int, expected: str | None) -> None:
    problems = said(tmp_path, {RATE: {"table": {str(first): 0.25}, "recover": LEVEL}})
    assert [each for each in problems if ".recover." in each] == ([f"{RATE}.recover.{expected}"] if expected else [])
    backwards = {**LEVEL, "level_of": 2028, "after": 2026}
    problems = said(tmp_path, {RATE: {"table": {str(first): 0.25}, "recover": backwards}})
    after = [f"{RATE}.recover.{expected.replace('level_of', 'after')}"] if expected else []
    assert [each for each in problems if ".recover." in each] == after


@pytest.mark.parametrize(("drawn", "told"), [("draw", False), ("region", False), ("year", True), ("region_year", True)])
def test_what_differs_from_year_to_year_does_not_recover(tmp_path: Path, drawn: str, told: bool) -> None:
    message = ".recover: a value drawn for each year has no level to recover to"
    entry = {"uniform": [0.25, 0.5], "drawn": drawn, "recover": LEVEL}
    refused(tmp_path, RATE, entry, *([message] if told else []))


def test_a_recovery_as_read(tmp_path: Path) -> None:
    entry = {"table": {"2026": 0.5, "2027": 0.25}, "recover": LEVEL}
    value = read(tmp_path, RATE, entry)
    assert value.recover == Recovery(2026, 2027, 0.5)
    assert numbers(value) == [[0.5], [0.25], [0.375]]  # half of the way from 0.25 back to 0.5
