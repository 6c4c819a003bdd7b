"""Text files and tables of cells: what is still taken, what is just too much, and at which line and column."""

import os
from pathlib import Path

import pytest

from backlog_model.scenario.findings import Findings
from backlog_model.scenario.text_files import LARGEST_FILE, decoded, inside, is_file
from backlog_model.scenario.text_tables import read_cells

no_links = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def text_of(path: Path) -> tuple[str | None, list[str]]:
    """Text of a file, and what was found wrong with it."""
    findings = Findings()
    return decoded(path, findings), [str(problem) for problem in findings.problems()]


def written(content: str | bytes, name: str = "t.csv") -> Path:
    """File with this content in the working folder."""
    path = Path.cwd() / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells_of(content: str) -> tuple[list[list[tuple[str, str]]] | None, list[str]]:
    """Text and place of each cell, and what was found wrong."""
    findings = Findings()
    rows = read_cells(written(content), findings)
    problems = [str(problem) for problem in findings.problems()]
    return None if rows is None else [[(cell.text, str(cell.place)) for cell in row] for row in rows], problems


def texts_of(content: str) -> tuple[list[list[str]] | None, list[str]]:
    """Text of each cell, and what was found wrong."""
    rows, problems = cells_of(content)
    return None if rows is None else [[text for text, _ in row] for row in rows], problems


# the file as a whole


def test_the_largest_file() -> None:
    assert LARGEST_FILE == 2_000_000
    text, problems = text_of(written(b"x" * 2_000_000))
    assert (text is not None and len(text), problems) == (2_000_000, [])
    assert text_of(written(b"x" * 2_000_001)) == (None, ["t.csv: 2_000_001 bytes; expected at most 2_000_000"])


UTF_16 = "t.csv:1:1: the file is UTF-16, or not text; save it as UTF-8"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("日本".encode("utf-16-le").join([b"\xff\xfe", b""]), UTF_16),  # none of its first bytes is 0
        ("日本".encode("utf-16-be").join([b"\xfe\xff", b""]), UTF_16),
        (b"abc\x00", UTF_16),
        (b"\x00", UTF_16),
        (b"abcd\x00", "t.csv:1:5: control character U+0000; delete it"),
        (b"\x1b", "t.csv:1:1: control character U+001B; delete it"),
        (b"ab\ncd\n\nefg\x7f", "t.csv:4:4: control character U+007F; delete it"),
        ("é\n日本\u202e".encode(), "t.csv:2:3: control character U+202E; delete it"),
        ("a\u2028b".encode(), "t.csv:1:2: control character U+2028; delete it"),
        (b"\xff", "t.csv:1:1: byte 0xFF is not UTF-8; save the file as UTF-8"),
        (b"a\n\nbc\xe9d", "t.csv:3:3: byte 0xE9 is not UTF-8; save the file as UTF-8"),
        ("é".encode() + b"\xe9", "t.csv:1:2: byte 0xE9 is not UTF-8; save the file as UTF-8"),
    ],
)
def test_files_that_are_not_plain_text(content: bytes, problem: str) -> None:
    assert text_of(written(content)) == (None, [problem])


@pytest.mark.parametrize(
    ("content", "text"),
    [(b"", ""), (b"a\tb\r\nc\n", "a\tb\r\nc\n"), ("\ufeffé\x85".encode(), "é\x85"), (b"ab", "ab"), (b"\xc3\xa9", "é")],
)
def test_plain_text_is_taken_as_it_is(content: bytes, text: str) -> None:
    assert text_of(written(content)) == (text, [])


def test_a_folder_names_at_most_eight_scenarios_in_it() -> None:
    folder = Path("plans")
    folder.mkdir()
    assert text_of(folder) == (None, ["plans: this is a folder; expected a file"])
    for name in "jihgfedcba":
        (folder / f"{name}.yaml").touch()
    listed = "a.yaml, b.yaml, c.yaml, d.yaml, e.yaml, f.yaml, g.yaml, h.yaml"
    assert text_of(folder) == (None, [f"plans: this is a folder; expected a file; it holds {listed}"])


def test_a_file_that_is_missing() -> None:
    written("", "baseline.yaml")
    near = "basline.yaml: there is no such file; did you mean baseline.yaml?"
    assert text_of(Path("basline.yaml")) == (None, [near])
    assert text_of(Path("other.txt")) == (None, ["other.txt: there is no such file"])
    assert text_of(Path("nowhere/baseline.yaml")) == (None, ["nowhere/baseline.yaml: there is no such file"])


def test_a_name_that_no_system_takes_is_no_file() -> None:
    path = Path("x" * 300)
    assert not is_file(path)
    assert text_of(path) == (None, [f"{'x' * 300}: there is no such file"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only where there are pipes")
def test_a_pipe_is_no_file() -> None:
    os.mkfifo("pipe")
    assert not is_file(Path("pipe"))
    assert text_of(Path("pipe")) == (None, ["pipe: this is not a file"])


@no_links
def test_a_link_may_not_lead_out_of_the_folder() -> None:
    (Path.cwd() / "plans").mkdir()
    target = written("x", "secret.csv")
    written("y", "plans/own.csv")
    Path("plans/in.csv").symlink_to("own.csv")
    Path("plans/out.csv").symlink_to(target)
    assert text_of(Path("plans/in.csv")) == ("y", [])
    outside = f"this is a link to {target.resolve()}, outside its folder; expected that file itself"
    assert text_of(Path("plans/out.csv")) == (None, [f"plans/out.csv: {outside}"])


@pytest.mark.parametrize("name", ["t.csv", "a/t.csv", "a..b/t.csv", "..t.csv", "missing", "a b.csv", "./t.csv"])
def test_names_inside_the_folder(name: str) -> None:
    assert inside(Path.cwd(), name) == Path.cwd() / name


@pytest.mark.parametrize("name", ["", " ", "..", "a/..", "../t", "a/../t", "/t", "C:t", "a\\b", "\\\\host\\t"])
def test_names_outside_the_folder(name: str) -> None:
    assert inside(Path.cwd(), name) is None


# rows and cells


def test_cells_have_their_text_and_place() -> None:
    rows, problems = cells_of('code, name ,note\n,  ,\n63.01,"Tanah\nLaut",\n , x,\n')
    assert problems == []
    assert rows == [
        [("code", "t.csv:1:1"), ("name", "t.csv:1:2"), ("note", "t.csv:1:3")],
        [("63.01", "t.csv:3:1"), ("Tanah\nLaut", "t.csv:3:2"), ("", "t.csv:3:3")],
        [("", "t.csv:5:1"), ("x", "t.csv:5:2"), ("", "t.csv:5:3")],
    ]


def test_blank_lines_before_the_header_are_passed_over() -> None:
    assert cells_of("\n,\na,b\n") == ([[("a", "t.csv:3:1"), ("b", "t.csv:3:2")]], [])


@pytest.mark.parametrize("content", ["", "\n\n", " , \n,\n"])
def test_a_table_without_any_text_is_empty(content: str) -> None:
    assert texts_of(content) == (None, ["t.csv: the file is empty; expected a header and rows"])


def test_the_most_columns() -> None:
    header = ",".join(f"c{number}" for number in range(200))
    rows, problems = texts_of(header + "\n")
    assert (rows and len(rows[0]), problems) == (200, [])
    assert texts_of(f"a,b\n{header},x\n") == (None, ["t.csv:2:201: 201 columns; expected at most 200"])
    assert texts_of("a,b\n" + "," * 19_999) == (None, ["t.csv:2:201: 20_000 columns; expected at most 200"])


def test_the_most_cells() -> None:
    header = ",".join(f"c{number}" for number in range(200))
    full = f"{header}\n" + f"{',' * 199}\n" * 999  # 1,000 rows of 200 cells, all but the first blank
    rows, problems = texts_of(full)
    assert (rows and len(rows), problems) == (1, [])
    assert texts_of(f"{full}x\n") == (None, ["t.csv:1001:1: more than 200_000 cells; split the table"])
    assert texts_of(f"{full}x,y,z\n") == (None, ["t.csv:1001:3: more than 200_000 cells; split the table"])


@pytest.mark.parametrize("header", ["code;name", "code\tname", "code;name\tkind", ";"])
def test_cells_must_be_separated_by_commas(header: str) -> None:
    problem = "t.csv:1:1: cells are not separated by commas; save the file as CSV (comma)"
    assert texts_of(f"{header}\n63\n") == (None, [problem])


@pytest.mark.parametrize("header", [["code"], ["code", "a;b"], ["a\tb", "code"]])
def test_other_headers_are_taken(header: list[str]) -> None:
    assert texts_of(",".join(header) + "\n") == ([header], [])


def test_a_column_that_stands_twice_names_the_first() -> None:
    rows, problems = texts_of("a,b,a,b,a\n1,2,3,4,5\n")
    assert rows == [["a", "b", "a", "b", "a"], ["1", "2", "3", "4", "5"]]
    assert problems == [
        "t.csv:1:3: column 'a' stands twice; first in field 1",
        "t.csv:1:4: column 'b' stands twice; first in field 2",
        "t.csv:1:5: column 'a' stands twice; first in field 1",
    ]


SHORT = "t.csv:2:1: 1 fields; the header has 2 (put text with a comma in quotes)"


@pytest.mark.parametrize(
    ("content", "rows", "problems"),
    [
        ("a,b\n", [["a", "b"]], []),
        ("a,b\n1\n", None, [SHORT]),
        ("a,b\n1\n1,2\n", [["a", "b"], ["1", "2"]], [SHORT]),
        ("a,b\n1\n1,2,3\n", None, [SHORT, SHORT.replace("2:1", "3:1").replace("1 fields", "3 fields")]),
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]], []),
    ],
)
def test_rows_of_another_length(content: str, rows: list[list[str]] | None, problems: list[str]) -> None:
    assert texts_of(content) == (rows, problems)


def test_a_quote_that_never_ends_is_told_at_its_row() -> None:
    rows, (problem,) = texts_of('a,b\n"1\n2",3\n"4\n')
    assert rows is None
    assert problem.startswith("t.csv:4:")
    assert "not a CSV file" in problem
