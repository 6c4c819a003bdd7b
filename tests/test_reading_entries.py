"""Single entries of a scenario: numbers at the edges of their unit, years, and the files that entries name."""

import math
from pathlib import Path

import pytest

from backlog_model.scenario.nodes import Node
from backlog_model.scenario.reading import wrong_number
from backlog_model.scenario.tables import LongTable
from backlog_model.scenario.units import GROWTH, NUMBER, Unit, unit_of
from small_readings import entry, reading, row, told, with_rows

HOUSES, SHARE, COST = unit_of("houses"), unit_of("share"), unit_of("unit_cost_idr")
PER_HOUSEHOLD = unit_of("built_per_new_household")  # 0 to 10
HEADER = "key,region,year,value,kind,source\n"


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# numbers


@pytest.mark.parametrize(
    ("number", "unit"),
    [
        *((number, HOUSES) for number in (0, 1, 0.5, 1e15)),
        *((number, SHARE) for number in (0, 0.5, 1)),
        *((number, GROWTH) for number in (-1, 0, 1)),
        *((number, COST) for number in (0.001, 1, 1e12)),
        *((number, NUMBER) for number in (-1e15, 0, 1e15)),
        *((number, PER_HOUSEHOLD) for number in (0, 10)),
    ],
)
def test_numbers_up_to_the_limits_of_their_unit(number: float, unit: Unit) -> None:
    assert wrong_number(float(number), "", unit) is None


TOO_LARGE = "is larger than anything to be counted; expected"


@pytest.mark.parametrize(
    ("number", "text", "unit", "problem"),
    [
        (-1, "-1", HOUSES, "-1 is negative; expected houses"),
        (-0.5, "", HOUSES, "-0.5 is negative; expected houses"),
        (2e15, "2e15", HOUSES, f"2e15 {TOO_LARGE} houses up to 1e+15"),
        (-2e15, "-2e15", NUMBER, f"-2e15 {TOO_LARGE} number up to 1e+15"),
        (2.804, "2.804", HOUSES, "2.804 is read as 2.804 houses; write 2804 (or 2.8040 for a number between 2 and 3)"),
        (0, "0", COST, "0 rupiah per house or hectare; expected more than 0"),
        (-1, "-1", COST, "-1 is negative; expected rupiah per house or hectare"),
        (4, "4", SHARE, "4 lies outside 0 to 1 (share, 0 to 1); write 0.04 for 4 percent"),
        (1.5, "1.5", SHARE, "1.5 lies outside 0 to 1 (share, 0 to 1); write 0.015 for 1.5 percent"),
        (100, "", SHARE, "100.0 lies outside 0 to 1 (share, 0 to 1); write 1 for 100 percent"),
        (100.5, "100.5", SHARE, "100.5 lies outside 0 to 1 (share, 0 to 1)"),
        (-0.1, "-0.1", SHARE, "-0.1 is negative; expected share, 0 to 1"),
        (-2, "-2", GROWTH, "-2 lies outside -1 to 1 (share per year, -1 to 1)"),
        (11, "11", PER_HOUSEHOLD, "11 lies outside 0 to 10 (houses per additional household)"),
    ],
)
def test_numbers_beyond_the_limits_of_their_unit(number: float, text: str, unit: Unit, problem: str) -> None:
    assert wrong_number(float(number), text, unit) == problem


def test_dots_are_decimals_where_nothing_is_counted_in_thousands() -> None:
    assert wrong_number(2.804, "2.804", NUMBER) is None
    assert wrong_number(2.804, "2.8040", HOUSES) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("5%", "'5%' is not a number; write 0.05"),
        (f"{'x' * 41}", f"'{'x' * 40}…' is not a number; expected a number such as 0.05 or 20_000_000"),
        ("", "no value given; write a number, or leave the key out"),
        ("true", "true stands where a number is expected"),
        ("[5]", "a list stands where a number is expected"),
        ("{a: 5}", "a mapping stands where a number is expected"),
        ("-1", "-1 is negative; expected houses"),
    ],
)
def test_entries_that_are_no_number(text: str, problem: str) -> None:
    read, node = reading(), entry(text)
    assert math.isnan(read.number(node, "a.b", HOUSES))
    assert told(read) == [f"{node.place}: a.b: {problem}"]


def test_entries_that_are_numbers() -> None:
    read = reading()
    assert [read.number(entry(text), "p", HOUSES) for text in ("0", "1_000", "2.5e3")] == [0.0, 1000.0, 2500.0]
    assert read.checked(5.0, entry("x"), "p", HOUSES) == 5.0
    assert told(read) == []


def test_what_was_refused_already_is_not_told_again() -> None:
    read = reading()
    assert math.isnan(read.number(entry("012"), "p", HOUSES))
    assert read.file(entry("012"), "p") is None
    assert told(read) == []


@pytest.mark.parametrize(
    ("text", "year"),
    [
        *(("1900", 1900), ("2026", 2026), ("2200", 2200)),
        *((text, None) for text in ("1899", "2201", "202", "02026", "20260", "2O26", "", "-202", "+202", "２０２６")),
    ],
)
def test_years(text: str, year: int | None) -> None:
    read = reading()
    assert read.year(entry("5"), "p", text) == year
    message = f"a.yaml:1:1: p: {text!r} is not a year; expected 1900 to 2200"
    assert told(read) == ([] if year is not None else [message])


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("a.valu", "; did you mean value?"),
        ("a.zzz", "; expected one of value, table"),
        ("a.b.004", "; is it a decimal comma? write 0.004 for 0,004"),
        ("5", "; is it a decimal comma? write 0.5 for 0,5"),
    ],
)
def test_keys_that_are_not_known(path: str, hint: str) -> None:
    read = reading()
    read.unknown_key(entry("1"), path, ("value", "table"))
    assert told(read) == [f"a.yaml:1:1: {path}: unknown key{hint}"]


def test_region_codes_where_they_are_known() -> None:
    assert reading().codes == ("63.01", "63.10")
    assert reading(known=False).codes is None


# files


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("5", "expected the name of a file"),
        ("[t.csv]", "expected the name of a file"),
        ("../t.csv", "'../t.csv' lies outside the scenario's folder; expected a file in it"),
        ("tt.csv", "there is no file tt.csv; did you mean t.csv?"),
        ("other.txt", "there is no file other.txt"),
        ("nowhere/t.csv", "there is no file nowhere/t.csv"),
        (".", "there is no file ."),
    ],
)
def test_files_that_cannot_be_read(text: str, problem: str) -> None:
    (Path.cwd() / "t.csv").touch()
    read = reading()
    assert read.file(entry(text), "p") is None
    assert told(read)[0].startswith(f"a.yaml:1:4: p: {problem}")
    assert read.table(entry(text), "p") is None
    assert len(told(read)) == 1


def test_a_file_in_the_folder_or_below() -> None:
    (Path.cwd() / "data").mkdir()
    (Path.cwd() / "data" / "t.csv").touch()
    read = reading()
    assert read.file(entry("data/t.csv"), "p") == Path.cwd() / "data" / "t.csv"
    assert told(read) == []


def test_a_table_is_read_once_for_all_entries() -> None:
    file = Path.cwd() / "t.csv"
    file.write_text(HEADER + "p,63.01,,5,sourced,x\np,63,,6,sourced,x\np,64,,7,sourced,x\n", encoding="utf-8")
    read, first, second = reading(), entry("t.csv"), entry("t.csv")
    table = read.table(first, "p")
    assert table is not None
    assert [each.value for each in table.by_key["p"]] == [5.0, 6.0]
    unknown = "t.csv:4:2: p: column region: unknown region 64; expected one of 63, 63.01, 63.10"
    assert told(read) == [unknown]
    file.write_text("", encoding="utf-8")
    assert read.table(second, "q") is table
    assert read.named_by[file] is first
    assert told(read) == [unknown]


def test_a_table_of_any_region_where_none_is_known() -> None:
    (Path.cwd() / "t.csv").write_text(HEADER + "p,64,,7,sourced,x\n", encoding="utf-8")
    read = reading(known=False)
    assert [each.value for each in read.rows(entry("t.csv"), "p")] == [7.0]
    assert told(read) == []


def test_rows_that_were_given_need_no_file() -> None:
    read = with_rows(reading(), row("63", None, 5))
    assert [each.value for each in read.rows(entry("t.csv"), "p")] == [5.0]
    assert read.used == {(read.folder / "t.csv", "p")}
    assert told(read) == []


def test_a_key_without_rows_offers_one_that_is_not_used() -> None:
    read = reading()
    file = read.folder / "t.csv"
    read.tables[file] = LongTable(file, {key: (row("63", None, 5),) for key in ("budget.apbn", "budget.apbd")})
    node: Node = entry("t.csv")
    assert len(read.rows(node, "budget.apbn")) == 1
    assert read.rows(node, "budget.apbm") == ()
    assert read.rows(node, "something", key="estimated") == ()
    assert told(read) == [
        "a.yaml:1:4: budget.apbm.csv: t.csv has no row with the key budget.apbm; did you mean budget.apbd?",
        "a.yaml:1:4: something.estimated: t.csv has no row with the key something",
    ]


def test_a_table_that_cannot_be_used_has_no_rows() -> None:
    (Path.cwd() / "t.csv").write_text("key,region\n", encoding="utf-8")
    read = reading()
    assert read.rows(entry("t.csv"), "p") == ()
    assert read.used == set()
    assert told(read) == [
        "t.csv:1:1: column year, value, kind, source is missing; expected key,region,year,value,kind,source"
    ]
