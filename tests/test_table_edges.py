"""Long tables and region tables: each cell at its edge, what is kept of a row, and which regions make up the whole."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from backlog_model.scenario.findings import Findings, Place
from backlog_model.scenario.regions import RegionTable, read_regions
from backlog_model.scenario.tables import Entry, LongTable, read_long_table

HEADER = "key,region,year,value,low,high,kind,source,note\n"
REGIONS = frozenset({"63", "63.01", "63.10"})


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(content: str, regions: frozenset[str] | None = REGIONS) -> tuple[LongTable | None, list[str]]:
    """Long table of a text, and what was found wrong with it."""
    path, findings = Path.cwd() / "t.csv", Findings()
    path.write_text(content, encoding="utf-8")
    return read_long_table(path, regions, findings), [str(problem) for problem in findings.problems()]


def kept(row: str, header: str = HEADER) -> tuple[list[Entry], list[str]]:
    """Entries kept of one row, and what was found wrong with it."""
    table, problems = read(header + row + "\n")
    assert table is not None
    return [entry for entries in table.by_key.values() for entry in entries], problems


def test_a_row_is_kept_whole() -> None:
    entries, problems = kept("a.b, 63.01 ,2026,1_000.5,900,1100,derived,c / d,by hand")
    assert problems == []
    assert entries == [
        Entry(
            *("a.b", "63.01", 2026, 1000.5, "1_000.5", "derived", "c / d"),
            *(Place("t.csv", 2, 1), Place("t.csv", 2, 4), 900.0, 1100.0),
        )
    ]


@pytest.mark.parametrize("year", [1900, 2026, 2200])
def test_years_of_three_centuries(year: int) -> None:
    entries, problems = kept(f"a,63,{year},1,,,sourced,x,")
    assert (entries[0].year, problems) == (year, [])


@pytest.mark.parametrize("year", ["1899", "2201", "0", "1", "-1", "26", "2026.0", "true", "later", "2e3"])
def test_a_row_of_another_year_is_not_kept(year: str) -> None:
    message = f"{year}; expected a year from 1900 to 2200, or nothing for every year"
    assert kept(f"a,63,{year},1,,,sourced,x,") == ([], [f"t.csv:2:3: a: column year: {message}"])


def test_an_empty_year_is_every_year() -> None:
    entries, problems = kept("a,63,,1,,,sourced,x,")
    assert (entries[0].year, problems) == (None, [])


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",63,,1,,,sourced,x,", "t.csv:2:1: column key: empty; expected a dotted path such as opening.households"),
        (
            "a,,,1,,,sourced,x,",
            "t.csv:2:2: a: column region: empty; write the code of a region or of the province",
        ),
        ("a,63.1,,1,,,sourced,x,", "t.csv:2:2: a: column region: unknown region 63.1; did you mean 63.10?"),
        ("a,x,,1,,,sourced,x,", "t.csv:2:2: a: column region: unknown region x; expected one of 63, 63.01, 63.10"),
        ("a,63,,,,,sourced,x,", "t.csv:2:4: a: column value: empty; write a number"),
        ("a,63,,5%,,,sourced,x,", "t.csv:2:4: a: column value: '5%'; write 0.05"),
        ("a,63,,TRUE,,,sourced,x,", "t.csv:2:4: a: column value: 'TRUE'; "),
        ("a,63,,no,,,sourced,x,", "t.csv:2:4: a: column value: no is read differently by different programs; "),
        ("a,63,,1,,,,x,", "t.csv:2:7: a: column kind: empty; expected one of sourced, derived, assumption"),
        ("a,63,,1,,,derive,x,", "t.csv:2:7: a: column kind: derive; did you mean derived?"),
    ],
)
def test_a_row_with_one_thing_wrong_is_not_kept(row: str, problem: str) -> None:
    entries, (told,) = kept(row)
    assert entries == []
    assert told.startswith(problem)
    assert told == problem or problem.endswith("; ")


@pytest.mark.parametrize(
    ("kind", "source", "note", "told", "problem"),
    [
        ("sourced", "BPS", "", "BPS", None),
        ("derived", "a / b", "how", "a / b", None),
        ("assumption", "", "guess", "guess", None),
        ("assumption", "expert", "guess", "expert", None),
        ("assumption", "", "", "", "empty; write where the number is from or a note"),
        ("sourced", "", "", "", "empty; write where the number is from"),
        ("derived", "", "how", "how", "empty; write where the number is from"),
    ],
)
def test_where_a_number_is_from(kind: str, source: str, note: str, told: str, problem: str | None) -> None:
    entries, problems = kept(f"a,63,,1,,,{kind},{source},{note}")
    assert [(entry.kind, entry.source) for entry in entries] == [(kind, told)]
    assert problems == ([] if problem is None else [f"t.csv:2:8: a: column source: {problem}"])


def test_a_table_may_have_neither_notes_nor_ranges() -> None:
    header = "key,region,year,value,kind,source\n"
    entries, problems = kept("a,63,,1,sourced,x", header)
    assert ([(each.source, each.low, each.high) for each in entries], problems) == ([("x", None, None)], [])
    entries, problems = kept("a,63,,1,assumption,", header)
    assert entries[0].source == ""
    assert problems == ["t.csv:2:6: a: column source: empty; write where the number is from or a note"]


@pytest.mark.parametrize(
    ("low", "high", "expected", "problem"),
    [
        ("", "", (None, None), None),
        ("3", "", (3.0, None), None),
        ("", "3", (None, 3.0), None),
        ("0", "0", (0.0, 0.0), None),
        ("2", "2", (2.0, 2.0), None),
        ("1.5", "2", (1.5, 2.0), None),
        ("2.5", "2", (2.5, 2.0), "t.csv:2:5: a: column low: 2.5 is above high 2"),
        ("few", "2", (None, 2.0), "t.csv:2:5: a: column low: 'few'; expected a number such as 0.05 or 20_000_000"),
        ("2", "5%", (2.0, None), "t.csv:2:6: a: column high: '5%'; write 0.05"),
    ],
)
def test_ranges(low: str, high: str, expected: tuple[float | None, float | None], problem: str | None) -> None:
    entries, problems = kept(f"a,63,,1,{low},{high},sourced,x,")
    assert [(entry.low, entry.high) for entry in entries] == [expected]
    assert problems == ([] if problem is None else [problem])


def test_all_that_is_wrong_with_a_row_is_told() -> None:
    entries, problems = kept("a,64,26,x,3,2,guess,,")
    assert entries == []
    assert [problem.split(": ")[:3] for problem in problems] == [
        ["t.csv:2:2", "a", "column region"],
        ["t.csv:2:3", "a", "column year"],
        ["t.csv:2:4", "a", "column value"],
        ["t.csv:2:5", "a", "column low"],
        ["t.csv:2:7", "a", "column kind"],
    ]


def test_the_same_place_twice_even_with_another_number() -> None:
    rows = ["a,63,,1", "a,63,2026,2", "a,63.01,,3", "b,63,,4", "a,63,,5", "a,63,2026,6"]
    table, problems = read(HEADER + "".join(f"{row},,,sourced,x,\n" for row in rows))
    assert table is not None
    assert {key: [entry.value for entry in entries] for key, entries in table.by_key.items()} == {
        "a": [1.0, 2.0, 3.0],
        "b": [4.0],
    }
    assert problems == [
        "t.csv:6:1: a: region 63, year (every) stands twice; first at t.csv:2:1",
        "t.csv:7:1: a: region 63, year 2026 stands twice; first at t.csv:3:1",
    ]


@pytest.mark.parametrize("regions", [None, frozenset({"", "63"})])
def test_any_region_goes_where_none_is_known(regions: frozenset[str] | None) -> None:
    table, problems = read(HEADER + "a,,,1,,,sourced,x,\n", regions)
    assert (table is not None and table.by_key["a"][0].region, problems) == ("", [])


@pytest.mark.parametrize(
    ("header", "problems"),
    [
        (HEADER.replace("note", "notes"), ["t.csv:1:9: unknown column 'notes'; did you mean note?"]),
        # note is there already, so that it is not offered; what is left is told
        (HEADER.replace("low", "note2"), ["t.csv:1:5: unknown column 'note2'; expected one of low, unit"]),
        (
            HEADER.replace("region", "regio").replace("kind", "x"),
            [
                "t.csv:1:1: column region, kind is missing; expected key,region,year,value,kind,source",
                "t.csv:1:2: unknown column 'regio'; did you mean region?",
                "t.csv:1:7: unknown column 'x'; expected one of region, kind, unit",
            ],
        ),
    ],
)
def test_headers(header: str, problems: list[str]) -> None:
    table, found = read(header + "a,63,,1,,,sourced,x,\n")
    assert (found, table is None) == (problems, len(problems) == 3)


def test_a_table_without_rows_has_no_entries() -> None:
    table, problems = read(HEADER)
    assert (table is not None and table.by_key, problems) == ({}, [])
    assert read("") == (None, ["t.csv: the file is empty; expected a header and rows"])


def test_tables_stay_as_they_were_read() -> None:
    table, regions = LongTable(Path("t.csv"), {}), RegionTable(("63.01",), "63", {})
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'by_key'"):
        table.by_key = {}  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'codes'"):
        regions.codes = ()  # type: ignore[misc]


# region tables


def regions_of(*rows: str, header: str = "code,name") -> tuple[RegionTable | None, list[str]]:
    """Region table of rows, and what was found wrong with it."""
    path, findings = Path.cwd() / "regions.csv", Findings()
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return read_regions(path, findings), [str(problem) for problem in findings.problems()]


@pytest.mark.parametrize(
    ("codes", "regions", "whole"),
    [
        ("63 63.10 63.01", ("63.01", "63.10"), "63"),
        ("63.10 63.01 63", ("63.01", "63.10"), "63"),
        ("63 63.01", ("63.01",), "63"),
        ("63", ("63",), "63"),  # the province as its only region
        ("63.01", ("63.01",), "63"),
        ("63.01.02", ("63.01.02",), "63.01"),
        ("63.01 63.01.02", ("63.01.02",), "63.01"),
        ("63.01 63.01.02 63.01.01", ("63.01.01", "63.01.02"), "63.01"),
        ("63.01 63.10", ("63.01", "63.10"), "63"),  # no row of its own
        ("63.1 63.10", ("63.1", "63.10"), "63"),  # 63.10 does not lie in 63.1
        ("63.01.01 63.01.02", ("63.01.01", "63.01.02"), "63.01"),
        ("A A.1", ("A.1",), "A"),
    ],
)
def test_the_whole_by_its_code(codes: str, regions: tuple[str, ...], whole: str) -> None:
    table, problems = regions_of(*(f"{code},{code}" for code in codes.split()))
    assert problems == []
    assert table is not None
    assert (table.codes, table.province_code) == (regions, whole)


@pytest.mark.parametrize(
    ("rows", "regions", "whole"),
    [
        (["00,I,Negara", "63,K,provinsi", "64,T,provinsi"], ("63", "64"), "00"),
        (["63,K,provinsi", "64,T,provinsi", "00,I,country"], ("63", "64"), "00"),
        (["K,K,Provinsi", "63.01,L,kota", "64.01,M,kota"], ("63.01", "64.01"), "K"),
        (["63.01,L,kota", "K,K,province", "64.01,M,"], ("63.01", "64.01"), "K"),
    ],
)
def test_the_whole_by_its_kind(rows: list[str], regions: tuple[str, ...], whole: str) -> None:
    table, problems = regions_of(*rows, header="code,name,kind")
    assert problems == []
    assert table is not None
    assert (table.codes, table.province_code) == (regions, whole)


@pytest.mark.parametrize(
    "rows",
    [
        ["63.01,L,kota", "64.01,M,kota"],
        ["63,K,kota", "64,T,kota"],
        ["63,K,provinsi", "64,T,provinsi"],  # two provinces
        ["00,I,negara", "01,J,negara", "02,K,kota"],
    ],
)
def test_a_table_without_a_whole(rows: list[str]) -> None:
    message = "no row stands for the whole; add a row for the province, such as 63,Kalimantan Selatan"
    assert regions_of(*rows, header="code,name,kind") == (None, [f"regions.csv:1:1: {message}"])


def test_names_and_other_columns() -> None:
    table, problems = regions_of("63.01,Tanah Laut,9", "63,Kalsel,", header="code,name,houses")
    assert problems == []
    assert table is not None
    assert [table.name(code) for code in ("63", "63.01", "63.10")] == ["Kalsel", "Tanah Laut", "63.10"]
    assert table.columns == {"name": {"63.01": "Tanah Laut", "63": "Kalsel"}, "houses": {"63.01": "9", "63": ""}}


def test_codes_that_are_none_and_codes_that_stand_twice() -> None:
    table, problems = regions_of("63,K", "63.01,L", "63.1x,M", ",N", "63.01,O")
    assert table is not None
    assert (table.codes, table.name("63.01")) == (("63.01",), "L")
    expected = "is not a region code; expected text such as 63.10 (with its last zero)"
    assert problems == [
        f"regions.csv:4:1: code: '63.1x' {expected}",
        f"regions.csv:5:1: code: '' {expected}",
        "regions.csv:6:1: code: 63.01 stands twice; first at regions.csv:3:1",
    ]
    assert regions_of("x,K") == (None, [f"regions.csv:2:1: code: 'x' {expected}"])


@pytest.mark.parametrize(
    ("header", "problems"),
    [
        ("id,label", ["code; expected one of id, label", "name; expected one of id, label"]),
        ("name,kode", ["code; did you mean kode?"]),
        ("code,nam", ["name; did you mean nam?"]),
    ],
)
def test_columns_that_a_region_table_needs(header: str, problems: list[str]) -> None:
    table, found = regions_of("63,63", header=header)
    assert table is None
    assert found == [f"regions.csv:1:1: the region table has no column {problem}" for problem in problems]


def test_a_region_table_needs_rows() -> None:
    message = "the region table has no rows; write one row per region"
    assert regions_of() == (None, [f"regions.csv:1:1: {message}"])
