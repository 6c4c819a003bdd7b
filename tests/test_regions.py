import pytest

from backlog_model.scenario.findings import Findings
from backlog_model.scenario.regions import read_regions


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Region table of a text, and what was found wrong with it."""
    monkeypatch.chdir(tmp_path)

    def reading(text):
        path = tmp_path / "regions.csv"
        path.write_text(text, encoding="utf-8")
        findings = Findings()
        return read_regions(path, findings), [str(problem) for problem in findings.problems()]

    return reading


def test_codes_stay_text_in_one_order_for_every_file(read):
    table, problems = read(
        "code,name,kind\n63.10,Tanah Bumbu,kabupaten\n63,Kalsel,provinsi\n63.01,Tanah Laut,kabupaten\n"
    )
    assert problems == []
    assert table.codes == ("63.01", "63.10")
    assert table.province_code == "63"
    assert (table.name("63"), table.name("63.10")) == ("Kalsel", "Tanah Bumbu")
    assert table.columns["kind"]["63.01"] == "kabupaten"


@pytest.mark.parametrize(
    ("rows", "codes", "province"),
    [
        ("63.01,Tanah Laut\n", ("63.01",), "63"),
        ("63.01,Tanah Laut\n63.02,Kotabaru\n", ("63.01", "63.02"), "63"),
        ("63,Kalimantan Selatan\n", ("63",), "63"),
        ("63,Kalsel\n63.01,Tanah Laut\n", ("63.01",), "63"),
    ],
)
def test_the_province_follows_from_the_codes(read, rows, codes, province):
    table, problems = read("code,name\n" + rows)
    assert (problems, table.codes, table.province_code) == ([], codes, province)


def test_provinces_of_a_country_need_a_row_for_it(read):
    rows = "code,name,kind\n11,Aceh,provinsi\n63,Kalsel,provinsi\n"
    assert read(rows + "ID,Indonesia,negara\n")[0].province_code == "ID"
    table, problems = read(rows)
    assert table is None
    assert problems == [
        "regions.csv:1:1: no row stands for the whole; add a row for the province, such as 63,Kalimantan Selatan"
    ]


def test_repeated_and_strange_codes_are_refused(read):
    table, problems = read("code,name\n63,Kalsel\n63.01,Tanah Laut\n63.01,Kotabaru\n6 3.2,Banjar\n,Tapin\n")
    assert problems == [
        "regions.csv:4:1: code: 63.01 stands twice; first at regions.csv:3:1",
        "regions.csv:5:1: code: '6 3.2' is not a region code; expected text such as 63.10 (with its last zero)",
        "regions.csv:6:1: code: '' is not a region code; expected text such as 63.10 (with its last zero)",
    ]
    assert table.codes == ("63.01",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "regions.csv: the file is empty"),
        ("code,name\n", "regions.csv:1:1: the region table has no rows"),
        ("kode,name\n63,Kalsel\n", "regions.csv:1:1: the region table has no column code; did you mean kode?"),
        ("code;name\n63;Kalsel\n", "regions.csv:1:1: cells are not separated by commas"),
        ("code,name\n63\n", "regions.csv:2:1: 1 fields; the header has 2"),
    ],
)
def test_files_that_are_no_region_table(read, text, problem):
    table, problems = read(text)
    assert table is None
    assert problems[0].startswith(problem)
