"""The workbook of a report, read back: its sheets, its numbers, its formulas, and text that stays text."""

import io
import math
import zipfile

import pytest
from openpyxl import load_workbook

from backlog_model.report.figures.catalogue import figures
from backlog_model.report.sheets.book import Book, Head
from backlog_model.report.sheets.cells import Formula, Number, clean, is_percent
from backlog_model.report.sheets.graphs import columns, down, dress
from backlog_model.report.sheets.workbook import sheets, workbook
from report_case import SCENARIOS, dossier, kalsel
from sheet_formulas import worked_out
from small_scenario import write

TEMPLATE = SCENARIOS / "template" / "scenario.yaml"
INDONESIAN = ["Ringkasan", "Sasaran", "Kabupaten-Kota", "Pendanaan", "Asumsi", "Temuan Data", "Data"]
ENGLISH = ["Summary", "Targets", "Regions", "Funding", "Assumptions", "Findings", "Data"]
HOSTILE = ("=1+1", "+1", "@SUM(A1)", "<script>alert(1)</script>", "-2", "http://example.org", "12")


class Read:
    """A workbook with its formulas, and with the values that were stored beside them."""

    def __init__(self, content):
        self.content = content
        self.written = load_workbook(io.BytesIO(content), rich_text=False)
        self.values = load_workbook(io.BytesIO(content), data_only=True)
        self.own = [name for name in self.written.sheetnames if name in (*INDONESIAN, *ENGLISH)]

    def numbers(self, name):
        """All numbers of a sheet that are no formula."""
        cells = (cell for row in self.written[name].iter_rows() for cell in row)
        return [cell.value for cell in cells if cell.data_type == "n" and cell.value is not None]

    def texts(self, name):
        return [cell.value for row in self.values[name].iter_rows() for cell in row if isinstance(cell.value, str)]

    def formulas(self, name):
        return [cell for row in self.written[name].iter_rows() for cell in row if cell.data_type == "f"]


@pytest.fixture(scope="module")
def report():
    return dossier(kalsel("baseline", "full_need"), draws=40)


@pytest.fixture(scope="module")
def found(report):
    return figures(report)


@pytest.fixture(scope="module")
def book(report, found):
    return Read(sheets(report, found).as_bytes())


@pytest.fixture(scope="module")
def central():
    report = dossier([TEMPLATE], "en", draws=0)
    return report, Read(workbook(report))


def stored(figure, *names):
    """Numbers of some columns of a figure, as a spreadsheet stores them: percent as shares."""
    known = {column.name: column for column in figure.columns}
    return [
        record[name] / 100 if is_percent(known[name].unit or str(record.get("unit", ""))) else record[name]
        for record in figure.records
        for name in names
        if record[name] is not None
    ]


def missing(numbers, among):
    """Numbers that are not among others, but for the last digits of a float."""
    known = {f"{each:.9g}" for each in among}
    return [each for each in numbers if f"{each:.9g}" not in known]


def test_sheets_stand_in_their_order_in_both_languages(book, central):
    assert book.written.sheetnames[:7] == INDONESIAN
    assert central[1].written.sheetnames[:7] == ENGLISH


def test_a_sheet_follows_that_says_how_to_get_official_tables_where_there_are_none(central):
    assert len(central[1].written.sheetnames) == 8


@pytest.mark.parametrize("name", INDONESIAN)
def test_a_sheet_prints_one_page_wide_on_a4_with_its_head_on_every_page(book, report, name):
    sheet = book.written[name]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.page_setup.fitToWidth in (None, 1)  # 1 where nothing is written
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows is not None
    assert report.lead.run.run_id in sheet.oddHeader.right.text
    assert "Halaman &[Page] dari &N" in sheet.oddFooter.right.text.replace("&P", "&[Page]")
    last_row = max(cell.row for row in sheet.iter_rows() for cell in row if cell.value is not None)
    printed = sheet.print_area.rpartition("$")[2]
    assert int(printed) >= last_row


@pytest.mark.parametrize("name", INDONESIAN)
def test_heads_stay_in_sight(book, name):
    assert book.written[name].freeze_panes is not None


@pytest.mark.parametrize("name", ["Asumsi", "Temuan Data", "Data"])
def test_long_tables_can_be_filtered_under_the_head_that_is_frozen_and_repeated(book, name):
    sheet = book.written[name]
    head = int(sheet.freeze_panes[1:]) - 1
    assert sheet.auto_filter.ref.startswith(f"A{head}:")
    assert sheet.print_title_rows == f"${head}:${head}"


SHOWN = {
    "indicators": ("Ringkasan", ("y2025", "y2027", "y2030", "y2035", "p05", "p95", "error")),
    "fan_rtlh_houses": ("Ringkasan", ("central", "p05", "p50", "p95", "target", "observed")),
    "fan_decent_share": ("Ringkasan", ("central", "p05", "p95")),
    "comparison": ("Ringkasan", ("central",)),
    "tornado": ("Ringkasan", ("low", "high", "swing")),
    "targets": ("Sasaran", ("value", "central", "chance", "error", "wanted_chance")),
    "chance_map": ("Sasaran", ("chance",)),
    "tournament": ("Sasaran", ("regret", "error", "largest", "kept", "money")),
    "regions": ("Kabupaten-Kota", ("p05", "p50", "p95", "error")),
    "regions_by_year": ("Kabupaten-Kota", ("y2024", "y2027", "y2035")),
    "funding": ("Pendanaan", ("budget", "spent")),
    "assumptions": ("Asumsi", ("value", "low", "high")),
}


@pytest.mark.parametrize("figure", SHOWN)
def test_every_number_of_a_figure_stands_on_its_sheet_as_a_number(book, found, figure):
    sheet, names = SHOWN[figure]
    wanted = stored(found[figure], *names)
    assert wanted
    assert missing(wanted, book.numbers(sheet)) == []


@pytest.mark.parametrize("name", ["Ringkasan", "Sasaran", "Asumsi"])
def test_every_number_of_a_sheet_is_in_a_figure(book, found, name):
    every = [float(found["tornado"].settings["base"])]
    for figure in found.values():
        names = [column.name for column in figure.columns if column.kind != "text"]
        every += [each for each in stored(figure, *names) if isinstance(each, int | float)]
    assert missing(book.numbers(name), every) == []


def test_texts_of_figures_stand_on_their_sheets(book, found):
    for figure, sheet, aside in (
        ("assumptions", "Asumsi", ""),
        ("findings", "Temuan Data", "code"),
        ("limits", "Pendanaan", "programme"),
    ):
        names = [column.name for column in found[figure].read if column.name != aside]
        texts = {record[name] for record in found[figure].records for name in names}
        wanted = {each.strip() for each in texts if isinstance(each, str)} - {""}
        assert wanted <= {each.strip() for each in book.texts(sheet)}


@pytest.mark.parametrize("name", INDONESIAN[:5])
def test_formulas_are_few_and_their_stored_values_are_right(book, name):
    for cell in book.formulas(name):
        ours = book.values[name][cell.coordinate].value
        assert math.isclose(worked_out(cell.value, book.values[name]), ours, rel_tol=1e-9, abs_tol=1e-6), cell


def test_sums_the_ledger_and_their_checks_are_formulas(book):
    names = [cell.value for name in ("Ringkasan", "Kabupaten-Kota", "Pendanaan") for cell in book.formulas(name)]
    assert sum(text.startswith("=SUM(") for text in names) > 50
    for name in ("Ringkasan", "Kabupaten-Kota", "Pendanaan"):
        rows = [row for row in book.values[name].iter_rows() if "Selisih (harus 0)" in [cell.value for cell in row]]
        assert rows
        for row in rows:
            checks = [cell.value for cell in row if isinstance(cell.value, int | float)]
            assert checks
            assert set(checks) == {0}


def test_a_percentage_is_a_share_shown_as_percent(book, found):
    share = next(row for row in found["indicators"].records if row["indicator"] == "decent_share")
    row = next(each for each in book.written["Ringkasan"].iter_rows() if each[0].value == share["label"])
    cell = row[2]
    assert cell.number_format == "0.00%"
    assert cell.value == pytest.approx(share["y2025"] / 100)


def test_an_undefined_number_is_a_dash(book, found):
    years = next(row for row in found["indicators"].records if row["indicator"] == "years_to_clear")
    assert years["p05"] is None
    row = next(each for each in book.values["Ringkasan"].iter_rows() if each[0].value == years["label"])
    assert "–" in [cell.value for cell in row]


def test_each_sheet_of_results_has_charts_of_its_own(book):
    charts = {name: len(book.written[name]._charts) for name in INDONESIAN}
    drawings = [name for name in zipfile.ZipFile(io.BytesIO(book.content)).namelist() if name.startswith("xl/charts/c")]
    assert len(drawings) >= 8, charts


def test_without_draws_there_is_no_range_and_nothing_is_missing(central):
    report, read = central
    assert report.draws == 0
    assert missing(stored(figures(report)["indicators"], "y2025", "y2027"), read.numbers("Summary")) == []
    heads = [cell.value for cell in read.written["Data"][int(read.written["Data"].freeze_panes[1:]) - 1]]
    assert len(heads) == 8


def test_the_same_report_gives_the_same_bytes(central):
    report, read = central
    assert workbook(report) == read.content


def test_data_hold_every_scenario_and_the_regions_of_the_first(book, report):
    sheet = book.values["Data"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[3] == "rtlh_houses" and row[6] == 2027]
    codes = {(row[0], row[1]) for row in rows}
    axes = report.lead.projection.axes
    assert codes == {("baseline", code) for code in (axes.province, *axes.regions)} | {("full_need", axes.province)}
    province = next(row for row in rows if row[:2] == ("baseline", axes.province))
    assert province[7] == pytest.approx(report.lead.view.value("rtlh_houses", 2027))


def test_a_stock_that_is_counted_again_has_a_line_for_each_record_and_no_verdict_on_the_change():
    report = dossier(kalsel("regsosek_rebase"), draws=20)
    read = Read(sheets(report, figures(report)).as_bytes())
    lines = {row[0].value: row for row in read.values["Ringkasan"].iter_rows() if isinstance(row[0].value, str)}
    before, after = (lines[f"jalur tengah, {name}"] for name in ("sebelum 2027", "sejak 2027"))
    assert [cell.value is None for cell in before[2:6]] == [False, False, False, True]
    assert [cell.value is None for cell in after[2:6]] == [True, True, True, False]
    assert any(text.startswith("Pendataan ulang pada 2027") for text in read.texts("Kabupaten-Kota"))
    rules = read.written["Kabupaten-Kota"].conditional_formatting
    assert {rule.type for area in rules for rule in area.rules} == {"dataBar"}


def hostile_scenario(folder):
    text = TEMPLATE.read_text(encoding="utf-8")
    text = text.replace('"Contoh: provinsi rekaan"', '"=1+1"').replace('"Bedah rumah kabupaten/kota"', '"@SUM(A1)"')
    text = text.replace('"BSPS (APBN)"', '"<script>alert(1)</script>"').replace('"Banjir besar"', '"A & B &D"')
    text = text.replace('definition: "Isi daftar asalnya / state the list it comes from"', 'note: "-2"')
    rows = (TEMPLATE.parent / "regions.csv").read_text(encoding="utf-8").splitlines()
    rows[2] = rows[2].replace(rows[2].split(",")[1], "=HYPERLINK(A1)")
    (folder / "budgets.csv").write_text((TEMPLATE.parent / "budgets.csv").read_text(encoding="utf-8"), encoding="utf-8")
    path = write(folder, text, name="plan.yaml")
    (folder / "regions.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_text_of_a_scenario_never_becomes_a_formula_or_a_tag(tmp_path):
    read = Read(workbook(dossier([hostile_scenario(tmp_path)], draws=20)))
    seen = {text for name in read.own for text in read.texts(name)}
    for text in ("=HYPERLINK(A1)", "-2"):
        assert text in seen
    assert any("<script>alert(1)</script>" in text for text in seen)
    assert any("@SUM(A1)" in text for text in seen)
    for name in read.own:
        for cell in read.formulas(name):
            worked_out(cell.value, read.values[name])
        assert not read.written[name]._hyperlinks
    assert read.written["Ringkasan"].oddHeader.left.text.strip() == "=1+1"


def test_cells_take_text_as_text():
    book = Book(title="A & B &D", left="", right="", page="{page}/{pages}")
    sheet = book.sheet("x", (20.0, 10.0))
    sheet.title("=1+1")
    rows = [[text, Number(None)] for text in (*HOSTILE, "bell\x07 null\x00 \ud800 end")]
    sheet.table([Head("=A1"), Head("+2")], rows)
    sheet.finish()
    read = load_workbook(io.BytesIO(book.as_bytes()))["x"]
    column = [read.cell(row, 1) for row in range(3, 3 + len(rows))]
    assert [cell.value for cell in column] == [*HOSTILE, "bell null  end"]
    assert {cell.data_type for cell in column} == {"s"}
    assert read["A1"].data_type == read["A2"].data_type == "s"
    assert read.oddHeader.left.text.strip() == "A && B &&D"
    assert not read._hyperlinks


def test_a_title_of_a_chart_is_no_reference():
    book = Book(title="", left="", right="", page="{page}{pages}")
    sheet = book.sheet("x", (20.0, 10.0))
    block = sheet.table([Head("a"), Head("b")], [["=B1", Number(1.0)], ["c", Formula("=B2", 1.0)]])
    series = down(sheet, block, 1)
    chart = columns(book, down(sheet, block, 0), [series], total=series, decimals=0)
    sheet.chart(dress(chart, "=B1", unit="=B2"), rows=5)
    sheet.finish()
    parts = zipfile.ZipFile(io.BytesIO(book.as_bytes()))
    text = parts.read("xl/charts/chart1.xml").decode()
    assert "<c:f>B1</c:f>" not in text
    assert "<c:f>B2</c:f>" not in text
    assert "<a:t> =B1</a:t>" in text


def test_control_characters_are_left_out_and_long_text_is_cut():
    assert clean("a\x00b\x1fc\nd\te") == "abc\nd\te"
    assert len(clean("x" * 40_000)) == 32_000


def test_a_dossier_of_one_region_needs_no_sheet_of_regions(tmp_path):
    (tmp_path / "regions.csv").write_text("code,name\n63,Kalimantan Selatan\n63.01,Tanah Laut\n", encoding="utf-8")
    path = tmp_path / "plan.yaml"
    path.write_text(ONE_REGION, encoding="utf-8")
    read = Read(workbook(dossier([path], "en", draws=20)))
    assert any("one region only" in text for text in read.texts("Regions"))


ONE_REGION = """\
title: One region
years: {first: 2026, last: 2030}
severity_classes: [all]
regions: regions.csv
opening:
  households: {by_region: {"63.01": 1000}}
  decent_houses: {by_region: {"63.01": 700}}
  rtlh_houses: {by_region: {"63.01": 200}}
"""
