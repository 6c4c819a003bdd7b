"""Tables as people send them: empty, grouped by semicolons, oddly encoded, long."""

import sys

import pytest

from backlog_model.history.checks import CODES, check_folder, check_rows, check_table
from backlog_model.history.checks.figures import Figures
from backlog_model.history.tables import COLUMNS, read_table, row_of
from history_tables import KALSEL, only, write

HEADER = ",".join(COLUMNS)
ROW = "2025,63,P,houses,5,houses,https://example.org,2025,reported,"


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"", "columns", "no column year"),
        (b"\n\n", "columns", "no column year"),
        (HEADER.replace(",", ";").encode(), "columns", "no column year"),
        (HEADER.encode("utf-16"), "encoding", "not UTF-8"),
        ((HEADER + "\n" + ROW.replace("P", "Kab\xe9")).encode("latin-1"), "encoding", "not UTF-8"),
        (HEADER.replace("status", "state").encode(), "columns", "no column status"),
        ((HEADER + ",value\n" + ROW + ",6").encode(), "columns", "column value is there twice"),
        ((HEADER + "\n" + ROW + '"' + "x" * 200_000).encode(), "encoding", "cannot be read as CSV"),
        ((HEADER + "\n" + ROW.replace(",", ";")).encode(), "cell_count", "1 cells for 10 columns"),
    ],
)
def test_a_table_that_cannot_be_read(tmp_path, content, code, message):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    finding = only(check_table(path))
    assert finding.code == code
    assert message in finding.message


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "\n",
        "\ufeff" + HEADER + "\n" + ROW + "\n",
        HEADER + "\r\n" + ROW + "\r\n",
        HEADER.replace(",", " , ") + "\n" + ROW.replace(",", " , ") + "\n",
        HEADER + "\n" + ROW + "\n,,,,,,,,,\n   \n\n",
    ],
)
def test_a_table_that_can_be_read(tmp_path, text):
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8", newline="")
    assert check_table(path) == []


def test_a_region_table_of_any_encoding_stops_nothing(tmp_path):
    (tmp_path / "regions.csv").write_bytes("code,name\n63.01,Kab\xe9\n".encode("latin-1"))
    write(tmp_path, (2025, "63", "houses", 5, "houses"))
    assert check_folder(tmp_path) == []


@pytest.mark.parametrize(
    ("indicator", "value", "unit"),
    [
        ("households_proper_water", 140, "percent"),
        ("rtlh_in_slum_share", 1.5, "share"),
        ("poverty_rate", -4, "percent"),
    ],
)
def test_a_share_outside_its_range(tmp_path, indicator, value, unit):
    assert only(check_table(write(tmp_path, (2025, "63", indicator, value, unit)))).code == "percent_range"


@pytest.mark.parametrize(("value", "unit"), [(140, "percent"), (1.4, "share"), (-48.36, "percent")])
def test_a_change_has_no_range(tmp_path, value, unit):
    assert check_table(write(tmp_path, (2025, "63", "transfer_share_change", value, unit))) == []


def test_every_finding_has_a_code_that_is_explained():
    findings = check_folder(KALSEL)
    assert {finding.code for finding in findings} <= CODES.keys()


def test_findings_come_in_the_order_of_lines(tmp_path):
    rows = [(2025, "63", "houses", f"{place}.5", "houses") for place in range(12)]
    places = [finding.place.rpartition(":")[2] for finding in check_table(write(tmp_path, *rows))]
    assert places == [str(line) for line in range(2, 14)]


def test_rows_of_another_kind_of_file_keep_their_place(tmp_path):
    cells = dict(zip(COLUMNS, ROW.split(","), strict=True))
    rows = [
        row_of({**cells, "year": str(year)}, "input.xlsx", 7, where=f"input.xlsx:history!E{year}") for year in (1, 2)
    ]
    finding = only(check_rows([*rows, rows[0]]))
    assert (finding.code, finding.place) == ("duplicate", "input.xlsx:history!E1")


def test_what_was_stated_last_is_found_up_to_a_year(tmp_path):
    rows = [(year, "63", "houses", year, "houses", status) for year, status in
            ((2019, "reported"), (2021, "reported"), (2022, "derived"), (2023, "target"))]  # fmt: skip
    figures = Figures(read_table(write(tmp_path, *rows))[0])
    assert [row.year for year in (2018, 2020, 2022, 2030) for row in figures.stated_last("houses", "63", year)] == [
        *(2019, 2021, 2023)
    ]


def steps(regions):
    """Steps of the interpreter that checking five years of so many regions takes."""
    cells = {**dict(zip(COLUMNS, ROW.split(","), strict=True)), "indicator": "households", "unit": "households"}
    rows = [
        row_of({**cells, "year": str(year), "region_code": f"63.{region:02d}"}, "table.csv", 10 * region + year)
        for region in range(regions)
        for year in range(2020, 2025)
    ]
    count = 0

    def step(frame, event, _):
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        findings = check_rows(rows)
    finally:
        sys.settrace(before)
    assert findings == []
    return count


def test_work_grows_with_the_rows_and_not_with_their_square():
    assert steps(64) < 5 * steps(16)


def test_more_than_anything_can_be_is_refused(tmp_path):
    finding = only(check_table(write(tmp_path, (2020, "63", "rtlh_stock", "1e300", "units"))))
    assert (finding.code, finding.message) == ("number", "value 1e300: nothing is as many")
