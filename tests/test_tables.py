import os

import pytest

from backlog_model.scenario.findings import Findings
from backlog_model.scenario.tables import read_long_table
from backlog_model.scenario.text_files import inside

HEADER = "key,region,year,value,low,high,kind,source,note\n"
REGIONS = frozenset({"63", "63.01", "63.10"})


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Table of a text (or bytes), and what was found wrong with it."""
    monkeypatch.chdir(tmp_path)

    def reading(content, regions=REGIONS):
        path = tmp_path / "t.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        findings = Findings()
        return read_long_table(path, regions, findings), [str(problem) for problem in findings.problems()]

    return reading


def test_rows_are_kept_by_key(read):
    table, problems = read(
        HEADER
        + 'a.b,63.01,2026,1_000.5,900,1100,sourced,"Agency, 2026",\n'
        + "a.b,63.10,,2e3,,,assumption,,by judgement\n"
        + "\n"
        + "a.c,63,2027,0,,,derived,a / b,\n"
    )
    assert problems == []
    assert [(row.region, row.year, row.value, row.kind, row.source) for row in table.by_key["a.b"]] == [
        ("63.01", 2026, 1000.5, "sourced", "Agency, 2026"),
        ("63.10", None, 2000.0, "assumption", "by judgement"),
    ]
    assert str(table.by_key["a.c"][0].value_place) == "t.csv:5:4"


def test_columns_may_come_in_any_order(read):
    table, problems = read("kind,source,value,year,region,key\nsourced,x,5,2026,63.01,a\n")
    assert problems == []
    assert table.by_key["a"][0].value == 5


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("a,63.01,2026,,,,sourced,x,", "t.csv:2:4: a: column value: empty; write a number"),
        ('a,63.01,2026,"345,029",,,sourced,x,', "t.csv:2:4: a: column value: '345,029'; write 345029 (or 345.029"),
        ("a,63.01,2026,1.234.567,,,sourced,x,", "t.csv:2:4: a: column value: '1.234.567'; write 1234567"),
        ("a,63.01,2026,5%,,,sourced,x,", "write 0.05"),
        ("a,63.01,2026,012,,,sourced,x,", "012 begins with 0; write 12"),
        ("a,63.01,2026,nan,,,sourced,x,", "leave the line out"),
        ("a,63.01,2026,true,,,sourced,x,", "column value: 'true'"),
        ("a,63.1,2026,1,,,sourced,x,", "t.csv:2:2: a: column region: unknown region 63.1; did you mean 63.10?"),
        ("a,,2026,1,,,sourced,x,", "column region: empty; write the code"),
        ("a,63.01,26,1,,,sourced,x,", "t.csv:2:3: a: column year: 26; expected a year from 1900 to 2200"),
        ("a,63.01,2026.0,1,,,sourced,x,", "column year: 2026.0"),
        ("a,63.01,2026,1,,,source,x,", "t.csv:2:7: a: column kind: source; did you mean sourced?"),
        ("a,63.01,2026,1,,,,x,", "column kind: empty; expected one of sourced, derived, assumption"),
        ("a,63.01,2026,1,,,sourced,,n", "t.csv:2:8: a: column source: empty; write where the number is from"),
        ("a,63.01,2026,1,,,assumption,,", "column source: empty; write where the number is from or a note"),
        ("a,63.01,2026,1,3,2,sourced,x,", "t.csv:2:5: a: column low: 3 is above high 2"),
        ("a,63.01,2026,1,x,2,sourced,x,", "t.csv:2:5: a: column low: 'x'"),
        (",63.01,2026,1,,,sourced,x,", "t.csv:2:1: column key: empty"),
        ("a,63.01,2026,1,,,sourced,x", "t.csv:2:1: 8 fields; the header has 9"),
        ("a,63.01,2026,1,,,sourced,x, y, z", "10 fields; the header has 9 (put text with a comma in quotes)"),
        ('a,63.01,2026,1,,,sourced,"x,', "not a CSV file"),
    ],
)
def test_cells_are_checked(read, row, problem):
    _, problems = read(HEADER + row + "\n")
    assert any(problem in each for each in problems), problems


def test_a_repeated_row_names_the_first(read):
    table, problems = read(HEADER + "a,63.01,2026,1,,,sourced,x,\nb,63.01,2026,1,,,sourced,x,\n" * 2)
    assert problems == [
        "t.csv:4:1: a: region 63.01, year 2026 stands twice; first at t.csv:2:1",
        "t.csv:5:1: b: region 63.01, year 2026 stands twice; first at t.csv:3:1",
    ]
    assert len(table.by_key["a"]) == 1


def test_lines_are_counted_through_text_of_several_lines(read):
    _, problems = read(HEADER + 'a,63.01,2026,1,,,sourced,"two\nlines",\nb,63.01,2026,x,,,sourced,y,\n')
    assert problems[0].startswith("t.csv:4:4: b: column value")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "t.csv: the file is empty"),
        ("key;region;year;value;kind;source\n", "t.csv:1:1: cells are not separated by commas"),
        ("key,region,year,value,kind\n", "t.csv:1:1: column source is missing; expected key,region,year,value"),
        (HEADER.replace("note", "sourc") + "\n", "t.csv:1:9: unknown column 'sourc'; did you mean note?"),
        ("key,key,region,year,value,kind,source\n", "t.csv:1:2: column 'key' stands twice; first in field 1"),
        (HEADER.encode("utf-16"), "save it as UTF-8"),
        (HEADER.encode() + b"a,63.01,2026,1,,,sourced,caf\xe9,\n", "t.csv:2:29: byte 0xE9 is not UTF-8"),
        (HEADER.encode() + b"a,63.01,2026,1,,,sourced,\x07,\n", "control character U+0007"),
    ],
)
def test_files_that_are_no_table(read, content, problem):
    _, problems = read(content)
    assert any(problem.replace("; did you mean note?", "") in each for each in problems), problems


def test_regions_are_not_checked_when_none_are_known(read):
    table, problems = read(HEADER + "a,11.01,2026,1,,,sourced,x,\n", regions=None)
    assert problems == []
    assert table.by_key["a"][0].region == "11.01"


@pytest.mark.parametrize(
    "name",
    ["../t.csv", "/etc/passwd", "a/../../t.csv", "C:\\t.csv", "..\\t.csv", "a\\b.csv", "", " ", "\\\\host\\t.csv"],
)
def test_files_outside_the_folder_are_refused(tmp_path, name):
    assert inside(tmp_path, name) is None


def test_files_in_the_folder_or_below_are_found(tmp_path):
    assert inside(tmp_path, "t.csv") == tmp_path / "t.csv"
    assert inside(tmp_path, "data/t.csv") == tmp_path / "data" / "t.csv"


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "plans").mkdir()
    (tmp_path / "secret.csv").write_text("x", encoding="utf-8")
    (tmp_path / "plans" / "t.csv").symlink_to(tmp_path / "secret.csv")
    assert inside(tmp_path / "plans", "t.csv") is None
